//! What any reading of an order says about shipments that have ended: apart from the looks that the outbox asks
//! for itself, because here nothing waits for an answer.

use std::sync::Arc;

use super::outbox::{Effect, Outbox};
use crate::domain::{Event, Look, Now, Order, Shipment, State, next};
use crate::store::JournalEntry;

/// `finish_shipping_count` from which on the one correction of an order is spent.
const CORRECTED: i64 = 2;

impl Outbox {
    /// Learns from a reading that somebody else asked for. An upload can be accepted although another system
    /// has shipped the order a moment before; no answer tells, but the order shows it.
    pub fn seen(&mut self, order: &Order, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        if order.shipping.finish_shipping_count < CORRECTED {
            return effects;
        }
        let of_order = |s: &&Arc<Shipment>| {
            let ended_without = matches!(s.state, State::Cancelled | State::Rejected(_));
            !ended_without && *s.intent.transaction_id() == order.transaction_id
        };
        let Some(newest) = self.newest_first().find(of_order).cloned() else {
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
