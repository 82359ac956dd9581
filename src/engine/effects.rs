//! Effects become deeds: records in one commit, then the calls, then what a person is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Notice;
use super::outbox::Effect;
use super::run::Engine;
use crate::domain::{Order, Shipment, ShipmentId, State};
use crate::store::Change;

impl Engine {
    /// Performs effects: all records in one commit, and only then the calls.
    pub(super) fn perform(&mut self, effects: Vec<Effect>) {
        let mut records = Vec::new();
        let mut rest = Vec::new();
        for effect in effects {
            if let Effect::Record(shipment, entry) = effect {
                records.push((shipment, entry));
            } else {
                rest.push(effect);
            }
        }
        let mut written = true;
        if !records.is_empty() {
            let at = self.clock.now();
            let changes: Vec<Change<'_>> = records
                .iter()
                .map(|(shipment, entry)| Change { shipment, entry, at })
                .collect();
            let raw = |(shipment, entry): &(Arc<Shipment>, _)| {
                self.raw.of(shipment.id, shipment.intent.transaction_id(), entry)
            };
            let raw: Vec<Option<String>> = records.iter().map(raw).collect();
            crate::step::at("before-record");
            written = self
                .tell_store(|store, appid| store.record_answers(appid, &changes, &raw))
                .is_some();
            crate::step::at("after-record");
            self.note_records(&records, written);
            self.history_grew();
        }
        let mut seen: Vec<Order> = Vec::new();
        for effect in rest {
            match (effect, self.client.clone()) {
                (Effect::Look(id, order), Some(client)) => {
                    crate::step::at("before-look");
                    self.jobs.look(client, id, order);
                }
                // What could not be written down is not sent.
                (Effect::Upload(id, body), Some(client)) if written => {
                    crate::step::at("before-upload");
                    self.jobs.upload(client, id, body);
                }
                (Effect::UploadCombined(ids, body), Some(client)) if written => {
                    crate::step::at("before-upload");
                    self.jobs.upload_combined(client, ids, body);
                }
                (Effect::UploadCombined(ids, _), _) => {
                    for id in ids {
                        self.outbox.not_started(id);
                    }
                }
                (Effect::Claim(id, order, from), Some(_)) => self.ask_team(id, order, from),
                (Effect::Release(order), _) => self.release_claim(order),
                (Effect::Seen(order), _) => seen.push(*order),
                (Effect::Pause(api, until), _) => {
                    crate::step::at("before-pause-kept");
                    self.tell_store(|store, appid| store.set_pause(appid, api.path(), until, "45009"));
                    crate::step::at("after-pause-kept");
                }
                (Effect::Look(id, _) | Effect::Upload(id, _) | Effect::Claim(id, ..), _) => {
                    self.outbox.not_started(id);
                }
                (Effect::Record(..), _) => {}
            }
        }
        if !seen.is_empty() {
            // What the answers of a group show is kept in one commit too.
            let at = self.clock.now();
            self.learn_orders(seen, at);
        }
        self.follow_changes();
    }

    /// The parts that show shipments follow what changed.
    pub(super) fn follow_changes(&mut self) {
        let changed: BTreeSet<ShipmentId> = self.outbox.take_changed();
        if changed.is_empty() {
            return;
        }
        self.dirty.outbox = true;
        for id in &changed {
            let Some(shipment) = self.outbox.get(*id).cloned() else {
                continue;
            };
            self.tell_person(&shipment);
            self.shipment_changed(&shipment);
            self.verify_later(&shipment);
        }
        self.follow_shipments(&changed);
    }

    /// Ends and doubts are said once; those of a file are summed up at its end.
    pub(super) fn tell_person(&mut self, shipment: &Arc<Shipment>) {
        let id = shipment.intent.transaction_id().clone();
        match shipment.state {
            State::Shipped { .. } => {
                self.shipped_now = self.shipped_now.saturating_add(1);
                if self.import.is_none() {
                    self.say(Notice::Shipped(id));
                }
            }
            State::NeedsPerson(_) if self.import.is_none() => self.say(Notice::NeedsPerson(id)),
            State::Unclear(_) if self.import.is_none() && shipment.pending_looks == 0 => {
                self.say(Notice::Unclear(id));
            }
            State::Queued
            | State::Waiting
            | State::Sending
            | State::Unclear(_)
            | State::Rejected(_)
            | State::NeedsPerson(_)
            | State::Cancelled => {}
        }
    }
}
