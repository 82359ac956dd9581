//! How long an order is left alone after something was sent for it. A look may show what was true ten seconds
//! ago, and a request may land long after its connection has died: the look before the next send must be late
//! enough to show both.

use std::time::Duration;

use super::outbox::Outbox;
use crate::domain::{Policy, Shipment, State, Timestamp, TransactionId, Why};

impl Outbox {
    /// New shipments wait until a look shows everything that other shipments of their orders have sent.
    pub(super) fn leave_alone(&self, new: &mut [Shipment], now: Option<Timestamp>) {
        for shipment in new.iter_mut().filter(|s| sends(s)) {
            if let Some(at) = self.all_is_shown_from(shipment.intent.transaction_id()) {
                let now = now.unwrap_or(shipment.since);
                shipment.not_before = shipment.not_before.max(self.at_most_quiet(at, now));
            }
        }
    }

    /// The same for one order: from this moment on a look shows everything that was sent for it.
    pub(super) fn alone_until(&self, order: &TransactionId, now: Timestamp) -> Timestamp {
        let latest = self.all_is_shown_from(order);
        latest.map_or(now, |at| self.at_most_quiet(at, now).max(now))
    }

    fn all_is_shown_from(&self, order: &TransactionId) -> Option<Timestamp> {
        let known = self.of_order(order);
        known.filter_map(|known| self.shows_all_from(known)).max()
    }

    /// From when on a look shows what a shipment that has stopped may have sent. What an earlier run has ended
    /// counts from the start of this one: the computer's clock may have jumped in between.
    fn shows_all_from(&self, known: &Shipment) -> Option<Timestamp> {
        let wait = shows_all_after(known, &self.policy)?;
        Some(known.since.max(self.began).plus(wait))
    }

    /// What was decided in an earlier run waits the quiet time anew, if an older request of it may still land.
    pub(super) fn wait_anew(&self, shipment: &mut Shipment) {
        let older_try = shipment.upload_time.is_some() && shipment.body_sha256.is_none();
        if older_try && sends(shipment) {
            shipment.not_before = shipment.not_before.max(self.began.plus(self.policy.quiet));
        }
    }

    /// The moment may come from a run in which the computer's clock was ahead.
    fn at_most_quiet(&self, at: Timestamp, now: Timestamp) -> Timestamp {
        at.min(now.plus(self.policy.quiet))
    }
}

fn sends(shipment: &Shipment) -> bool {
    matches!(shipment.state, State::Queued | State::Waiting)
}

/// How long after its end a look shows what a shipment that has stopped may have sent; `None`: nothing is on its way.
fn shows_all_after(shipment: &Shipment, policy: &Policy) -> Option<Duration> {
    match &shipment.state {
        State::Shipped { found: false } => Some(policy.second_look),
        // These are proved, refused or looked at twice after the quiet time; open ones hold the order themselves.
        State::NeedsPerson(Why::ThreeAttempts | Why::TimeNotAccepted | Why::NotVisible)
        | State::Queued
        | State::Waiting
        | State::Sending
        | State::Unclear(_) => None,
        State::Rejected(refusal) if !refusal.refunded => None,
        // These came with the first look that showed them, and a request of ours may still be under way: what
        // the look found may be another computer's.
        State::Shipped { found: true } | State::NeedsPerson(_) | State::Rejected(_) | State::Cancelled => {
            shipment.upload_time.map(|_sent| policy.quiet)
        }
    }
}
