//! A combined order from the form or the command line: all of its sub-orders are put in line, or none.

use std::sync::Arc;

use super::Notice;
use super::run::Engine;
use crate::domain::{
    CombinedDraft, OpenId, OrderState, Problem, ProblemKind, Rules, Shipment, TransactionId,
};
use crate::store::{Enqueued, NewShipment};

impl Engine {
    /// Ships the sub-orders of a combined order with one call.
    pub(super) fn ship_combined(&mut self, draft: &CombinedDraft) {
        let rules = Rules {
            max_parcels: self.account().map_or(10, |account| account.max_parcels),
            couriers: Some(&self.couriers),
        };
        let refuse = |transaction_id: String, problems: Vec<Problem>| Notice::NotQueued {
            transaction_id,
            problems,
        };
        let intents = match draft.check(&rules) {
            Ok(intents) => intents,
            Err(wrong) => {
                for (order, problems) in wrong {
                    self.say(refuse(order, problems));
                }
                return;
            }
        };
        if let Some(problem) = draft.other_buyers(|order| self.payer_of(order)) {
            self.say(refuse(draft.parent.trim().to_owned(), vec![problem]));
            return;
        }
        let mut barred = Vec::new();
        for intent in &intents {
            let order = intent.transaction_id();
            let refunded = self
                .book
                .get(order)
                .is_some_and(|order| order.state == OrderState::Refunded);
            if refunded {
                barred.push((order.clone(), ProblemKind::Refunded));
            } else if self.outbox.has_open(order) {
                barred.push((order.clone(), ProblemKind::ShipmentOpen));
            }
        }
        if !barred.is_empty() {
            for (order, kind) in barred {
                self.say(refuse(order.as_str().to_owned(), vec![kind.into()]));
            }
            return;
        }
        let now = self.clock.now();
        let deadlines: Vec<_> = intents
            .iter()
            .map(|intent| {
                let order = self.book.get(intent.transaction_id());
                order.map_or(now, |order| order.deadline())
            })
            .collect();
        let new: Vec<NewShipment<'_>> = intents
            .iter()
            .zip(&deadlines)
            .map(|(intent, deadline)| NewShipment {
                intent,
                deadline: *deadline,
                not_before: now,
                batch: None,
            })
            .collect();
        crate::step::at("before-queued");
        let enqueued = self.tell_store(|store, appid| store.enqueue(appid, &new, now));
        crate::step::at("after-queued");
        let Some(enqueued) = enqueued else { return };
        let mut queued = Vec::new();
        for ((intent, deadline), answer) in intents.into_iter().zip(deadlines).zip(enqueued) {
            if let Enqueued::New(id) = answer {
                queued.push(Shipment::queued(id, Arc::new(intent), deadline, now, now));
            }
        }
        let orders: Vec<_> = queued
            .iter()
            .map(|shipment| shipment.intent.transaction_id().clone())
            .collect();
        self.outbox.add(queued);
        self.follow_changes();
        for order in orders {
            self.say(Notice::Queued(order));
        }
    }

    /// Who paid an order, when it is known here.
    fn payer_of(&self, order: &str) -> Option<OpenId> {
        let order = TransactionId::parse(order)?;
        self.book.get(&order).map(|order| order.openid.clone())
    }
}
