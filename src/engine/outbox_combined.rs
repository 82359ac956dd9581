//! The sub-orders of a combined order: each is looked at by itself, and only when all of them may be sent are they
//! sent, with one request and one time. What came of it is looked at for each sub-order again.

use std::sync::Arc;
use std::time::Duration;

use super::outbox::{Effect, Flight, Outbox, hex_sha256};
use super::quota::Api;
use crate::domain::{Event, Now, OpenId, Shipment, ShipmentId, State, Timestamp, Why, next};
use crate::store::JournalEntry;
use crate::wechat::combined_body;

/// Looks of one group lie at most so far apart: what an older one shows may have changed.
const TOGETHER: Duration = Duration::from_secs(20);

/// A member whose look allows the send, until the others are there.
#[derive(Debug)]
pub(super) struct Ready {
    /// The shipment as it would be sent.
    sending: Shipment,
    payer: OpenId,
    at: Timestamp,
}

impl Outbox {
    /// The look of a member allows the send: it goes out when the looks of all others do.
    pub(super) fn member_looked(
        &mut self,
        shipment: &Arc<Shipment>,
        sending: Shipment,
        payer: OpenId,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some(members) = self.members(shipment) else {
            let broken = next(shipment, Event::GroupBroken, now, &self.policy);
            if let Ok(after) = broken {
                let entry = JournalEntry::Looked {
                    verdict: after.state.word().to_owned(),
                    finish_count: 0,
                };
                self.put_recorded(after, entry, effects);
            }
            return;
        };
        let ready = Ready {
            sending,
            payer,
            at: now.local,
        };
        self.ready.insert(shipment.id, ready);
        if members.iter().all(|id| self.is_ready(*id, now.local)) {
            self.send_together(&members, now, effects);
            return;
        }
        // The others come; whoever is the last sends. Until then this one is not asked for again.
        let others = members.iter().filter_map(|id| self.shipments.get(id));
        let latest = others.map(|other| other.not_before).max().unwrap_or(now.local);
        let mut waits = Shipment::clone(shipment);
        waits.not_before = latest.max(now.local.plus(TOGETHER));
        self.put(Arc::new(waits));
    }

    /// The shipments of a group in the order in which they are sent; `None` when one of them has ended another way,
    /// so that not all of them can be sent any more.
    fn members(&self, shipment: &Shipment) -> Option<Vec<ShipmentId>> {
        let combined = shipment.intent.combined()?;
        let mut members = Vec::new();
        for order in &combined.orders {
            let ours = |other: &&Arc<Shipment>| other.intent.combined() == Some(combined);
            let newest = self.of_order(order).find(ours)?;
            if !newest.state.is_open() {
                return None;
            }
            members.push(newest.id);
        }
        Some(members)
    }

    /// Its look is fresh, and nothing else has happened to it since.
    fn is_ready(&self, id: ShipmentId, now: Timestamp) -> bool {
        let waits = self
            .shipments
            .get(&id)
            .is_some_and(|shipment| matches!(shipment.state, State::Queued | State::Waiting));
        let fresh = self
            .ready
            .get(&id)
            .is_some_and(|ready| now.since(ready.at) < TOGETHER);
        waits && fresh && !self.flights.contains_key(&id)
    }

    /// All of them go out: each is `Sending` in the journal before the one request leaves.
    fn send_together(&mut self, members: &[ShipmentId], now: Now, effects: &mut Vec<Effect>) {
        let ready: Vec<Ready> = members.iter().filter_map(|id| self.ready.remove(id)).collect();
        let Some(payer) = ready.first().map(|ready| ready.payer.clone()) else {
            return;
        };
        let times = ready.iter().filter_map(|ready| ready.sending.upload_time);
        let upload_time = times.max().unwrap_or(now.server);
        let intents: Vec<_> = ready
            .iter()
            .map(|ready| Arc::clone(&ready.sending.intent))
            .collect();
        let body = combined_body(&intents, &payer, upload_time);
        let sha256 = hex_sha256(&body);
        let changed = |ready: &Ready| {
            let known = ready.sending.body_sha256.as_ref();
            known.is_some_and(|known| *known != sha256)
        };
        let damaged = ready.iter().any(changed);
        for ready in ready {
            let mut sending = ready.sending;
            if damaged {
                // The record is not what was sent before: a changed byte must not reach WeChat.
                sending.state = State::NeedsPerson(Why::RecordDamaged);
            } else {
                sending.body_sha256 = Some(sha256.clone());
                sending.upload_time = Some(upload_time);
                self.flights.insert(sending.id, Flight::Upload);
            }
            let entry = JournalEntry::Sending {
                attempt: sending.attempts,
                body_sha256: sha256.clone(),
                upload_time,
            };
            self.put_recorded(sending, entry, effects);
        }
        if !damaged {
            self.pace.spend();
            self.gates.quotas.spend(Api::Upload);
            effects.push(Effect::UploadCombined(members.to_vec(), body));
        }
    }
}

#[cfg(test)]
#[path = "outbox_combined_tests.rs"]
mod tests;
