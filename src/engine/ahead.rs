//! What a shell needs beside the shipments to say what happens next: the waiting times in force, the next
//! moments, what stands in the way, and how long a number of shipments takes at the present pace.

use super::snapshot::{Gate, Outbox};
use crate::domain::{ClaimsTrouble, Obstacle, Outlook, Pause, Policy, Shipment, Timestamp};

/// Calls for one shipment: the look and the upload.
const CALLS_PER_SHIPMENT: usize = 2;

/// The next moments of the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// The waiting times in force.
    pub policy: Policy,
    /// The first moment at which an unclear shipment may be looked at; in the past: it is due.
    pub next_look: Option<Timestamp>,
    /// The first moment at which WeChat may be asked for an order that it did not show.
    pub next_ask: Option<Timestamp>,
    /// The first moment at which a queued shipment may be sent.
    pub next_send: Option<Timestamp>,
    /// Not even looks are made before this moment.
    pub looks_closed: Option<(Timestamp, Pause)>,
}

impl Outbox {
    /// What keeps shipments from being sent, or unclear ones from being looked at.
    pub fn obstacle(&self, sends: bool) -> Option<Obstacle> {
        let looks = self
            .ahead
            .looks_closed
            .map(|(until, pause)| Obstacle::Until(until, pause));
        match &self.gate {
            Gate::Account(_) => Some(Obstacle::Account),
            Gate::StoreFailed => Some(Obstacle::Journal),
            _ if !sends => looks,
            Gate::Paused | Gate::Interrupted => Some(Obstacle::Continue),
            Gate::Quarantine { until } => Some(Obstacle::Until(*until, Pause::NewFolder)),
            Gate::DailyQuota { until } => Some(Obstacle::Until(*until, Pause::DailyQuota)),
            Gate::Recovering { until } => Some(Obstacle::Until(*until, Pause::NoAnswer)),
            // Without the team's key only a person helps, in the settings.
            Gate::Claims {
                trouble: ClaimsTrouble::KeyMissing,
                ..
            } => Some(Obstacle::Account),
            Gate::Claims { until, .. } => Some(Obstacle::Until(*until, Pause::TeamFolder)),
            // The shipments of a batch that waits carry its moment themselves.
            Gate::Open | Gate::Holding { .. } => None,
        }
    }

    /// What happens to a shipment next.
    pub fn outlook(&self, shipment: &Shipment, now: Timestamp) -> Outlook {
        Outlook::of(shipment, &self.ahead.policy, |sends| self.obstacle(sends), now)
    }

    /// When the next unclear shipment is looked at; `None`: there is none, it is being looked at, or a person
    /// must act first.
    pub fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        self.next(self.ahead.next_look, false, now)
    }

    /// The same for an order that WeChat does not show yet.
    pub fn next_ask(&self, now: Timestamp) -> Option<Timestamp> {
        self.next(self.ahead.next_ask, true, now)
    }

    fn next(&self, first: Option<Timestamp>, sends: bool, now: Timestamp) -> Option<Timestamp> {
        let at = match self.obstacle(sends) {
            Some(Obstacle::Until(until, _)) => first?.max(until),
            Some(Obstacle::Continue | Obstacle::Account | Obstacle::Journal) => return None,
            None => first?,
        };
        (at > now).then_some(at)
    }

    /// How long so many shipments take at the present pace, in seconds; `None` while no pace is known.
    pub fn secs_for(&self, shipments: usize) -> Option<u64> {
        (self.calls_per_sec > 0.0).then(|| secs_for(shipments, self.calls_per_sec))
    }

    /// Before a start: the calls that so many shipments need, and how long they take at the present pace,
    /// together with what is in line already. `None` while no pace is known, or when there is nothing to send.
    pub fn estimate(&self, shipments: usize) -> Option<(usize, u64)> {
        let before = self.queued.saturating_add(self.sending);
        let secs = self.secs_for(shipments.saturating_add(before))?;
        (shipments > 0).then(|| (calls_for(shipments), secs))
    }
}

/// Calls that so many shipments need at least.
fn calls_for(shipments: usize) -> usize {
    shipments.saturating_mul(CALLS_PER_SHIPMENT)
}

/// How long so many shipments take, in seconds, at least one.
pub(super) fn secs_for(shipments: usize, calls_per_sec: f64) -> u64 {
    let secs = calls_for(shipments) as f64 / calls_per_sec.max(0.1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds, far below the limit"
    )]
    let secs = secs.ceil() as u64;
    secs.max(1)
}

/// The first moment among shipments in a state.
pub(super) fn first<'a>(
    shipments: impl Iterator<Item = &'a std::sync::Arc<Shipment>>,
    is: impl Fn(&crate::domain::State) -> bool,
) -> Option<Timestamp> {
    shipments
        .filter(|shipment| is(&shipment.state))
        .map(|shipment| shipment.not_before)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CallFailure, FailureKind};

    #[test]
    fn every_gate_says_what_it_keeps_from_being_sent_and_looked_at() {
        let until = Timestamp::from_secs(90);
        let account = || Gate::Account(CallFailure::of(FailureKind::WrongSecret));
        let claims = |trouble| Gate::Claims {
            trouble,
            until,
            tries: 1,
        };
        let paused = |pause| Some(Obstacle::Until(until, pause));
        for (gate, sends, looks) in [
            (Gate::Open, None, None),
            (Gate::Holding { until }, None, None),
            (Gate::Paused, Some(Obstacle::Continue), None),
            (Gate::Interrupted, Some(Obstacle::Continue), None),
            (Gate::Quarantine { until }, paused(Pause::NewFolder), None),
            (Gate::DailyQuota { until }, paused(Pause::DailyQuota), None),
            (Gate::Recovering { until }, paused(Pause::NoAnswer), None),
            (claims(ClaimsTrouble::KeyMissing), Some(Obstacle::Account), None),
            (
                claims(ClaimsTrouble::Unreachable),
                paused(Pause::TeamFolder),
                None,
            ),
            (account(), Some(Obstacle::Account), Some(Obstacle::Account)),
            (
                Gate::StoreFailed,
                Some(Obstacle::Journal),
                Some(Obstacle::Journal),
            ),
        ] {
            let mut outbox = Outbox {
                gate: gate.clone(),
                ..Outbox::default()
            };
            outbox.ahead.next_look = Some(Timestamp::from_secs(50));
            assert_eq!(
                (outbox.obstacle(true), outbox.obstacle(false)),
                (sends, looks),
                "{gate:?}"
            );
            let due = looks.is_none().then_some(Timestamp::from_secs(50));
            assert_eq!(outbox.next_look(Timestamp::from_secs(20)), due, "{gate:?}");
            assert_eq!(outbox.next_look(Timestamp::from_secs(60)), None, "it is due");
            outbox.ahead.looks_closed = Some((until, Pause::DailyQuota));
            let put_off = looks.is_none().then_some(until);
            assert_eq!(outbox.next_look(Timestamp::from_secs(60)), put_off, "{gate:?}");
        }
    }

    #[test]
    fn an_estimate_follows_the_pace_and_is_none_without_one() {
        let at = |calls_per_sec| Outbox {
            calls_per_sec,
            ..Outbox::default()
        };
        assert_eq!(at(4.0).secs_for(480), Some(240));
        assert_eq!(at(40.0).secs_for(1), Some(1));
        assert_eq!(at(0.0).secs_for(480), None);
        let mut busy = at(4.0);
        assert_eq!(busy.estimate(480), Some((960, 240)));
        assert_eq!((busy.estimate(0), at(0.0).estimate(480)), (None, None));
        busy.queued = 480;
        assert_eq!(busy.estimate(480), Some((960, 480)), "what is in line goes first");
    }
}
