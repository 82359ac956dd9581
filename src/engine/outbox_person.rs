//! What a person may do to shipments: take back, decide, go on.

use std::collections::BTreeSet;

use super::outbox::{Effect, Outbox};
use crate::domain::{Decision, Event, InvalidTransition, Now, ShipmentId, State, Timestamp, next};
use crate::store::JournalEntry;

impl Outbox {
    /// A person takes back one shipment.
    ///
    /// # Errors
    /// It is no longer waiting to be sent.
    pub fn cancel(&mut self, id: ShipmentId, now: Now) -> Result<Vec<Effect>, InvalidTransition> {
        self.person(id, Event::Cancelled, JournalEntry::Cancelled, now)
    }

    /// A person decides about a shipment that stopped.
    ///
    /// # Errors
    /// It does not wait for a person.
    pub fn decide(
        &mut self,
        id: ShipmentId,
        decision: Decision,
        now: Now,
    ) -> Result<Vec<Effect>, InvalidTransition> {
        self.person(
            id,
            Event::Decided(decision),
            JournalEntry::Decided { decision },
            now,
        )
    }

    fn person(
        &mut self,
        id: ShipmentId,
        event: Event,
        entry: JournalEntry,
        now: Now,
    ) -> Result<Vec<Effect>, InvalidTransition> {
        let gone = InvalidTransition {
            state: "gone",
            event: "asked",
        };
        let shipment = self.shipments.get(&id).cloned().ok_or(gone.clone())?;
        let decision = if let JournalEntry::Decided { decision } = &entry {
            Some(*decision)
        } else {
            None
        };
        let mut after = next(&shipment, event, now, &self.policy)?;
        if self.flights.contains_key(&id) && after.state.is_open() {
            return Err(gone);
        }
        let taken = after.state.is_open()
            && self
                .of_order(after.intent.transaction_id())
                .any(|other| other.id != id && other.state.is_open());
        if taken {
            return Err(InvalidTransition {
                state: "taken",
                event: "asked",
            });
        }
        after.not_before = self.alone_until(after.intent.transaction_id(), now.local);
        let mut effects = Vec::new();
        self.put_recorded(after.clone(), entry, &mut effects);
        self.team_follows(&shipment, &after, decision, &mut effects);
        Ok(effects)
    }

    /// Open shipments that [`Self::cancel_all`] leaves as they are.
    pub fn not_cancelled(&self, only: Option<&BTreeSet<ShipmentId>>) -> usize {
        let open = self.shipments.values().filter(|s| s.state.is_open());
        open.filter(|s| only.is_none_or(|only| only.contains(&s.id)))
            .count()
    }

    /// Takes back everything that was not sent yet and is not being looked at.
    pub fn cancel_all(&mut self, only: Option<&BTreeSet<ShipmentId>>, now: Now) -> Vec<Effect> {
        let ids: Vec<ShipmentId> = self
            .shipments
            .values()
            .filter(|s| matches!(s.state, State::Queued | State::Waiting) && !s.may_have_been_sent())
            .filter(|s| only.is_none_or(|only| only.contains(&s.id)))
            .map(|s| s.id)
            .collect();
        ids.into_iter()
            .filter_map(|id| self.cancel(id, now).ok())
            .flatten()
            .collect()
    }

    /// A person asks to go on: pauses by hand, by interruption and by account failures end. `true`: and, because
    /// nothing else was in the way, the rests of the daily quotas.
    pub fn resume(&mut self, now: Timestamp) -> bool {
        self.pace.go_on(now);
        self.gates.resume()
    }
}
