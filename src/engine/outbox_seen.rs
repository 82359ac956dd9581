//! What any reading of an order says about shipments that have ended: apart from the looks that the outbox asks
//! for itself, because here nothing waits for an answer.

use std::sync::Arc;

use super::outbox::{Effect, Outbox};
use crate::domain::{Event, Look, Now, Order, Shipment, State, next};
use crate::store::JournalEntry;

impl Outbox {
    /// Learns from a reading that somebody else asked for. An upload can be accepted although another system
    /// has shipped the order a moment before; no answer tells, but the order shows it.
    pub fn seen(&mut self, order: &Order, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let counts = |s: &&Arc<Shipment>| {
            // What was taken back may have landed all the same: what it did is no race.
            let ended_without = match s.state {
                State::Cancelled => s.upload_time.is_none(),
                State::Rejected(_) => true,
                State::Queued
                | State::Waiting
                | State::Sending
                | State::Unclear(_)
                | State::Shipped { .. }
                | State::NeedsPerson(_) => false,
            };
            !ended_without
        };
        let Some(newest) = self.of_order(&order.transaction_id).find(counts).cloned() else {
            return effects;
        };
        let look = Look::of(order, now.local);
        let finish_count = look.finish_count;
        if newest.state.is_open() {
            return effects; // its own look will tell
        }
        if let Ok(after) = next(&newest, Event::Looked(look), now, &self.policy) {
            let entry = JournalEntry::Looked {
                verdict: after.state.word().to_owned(),
                finish_count,
            };
            self.put_recorded(after, entry, &mut effects);
        }
        effects
    }
}
