//! From the orders of a file to its plan, and from the plan to the outbox.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::command::BatchId;
use super::import_state::Import;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{
    Known, OrderAnswer, OrderNumber, PlanOptions, PlannedRow, ProblemKind, RowStatus, Shipment, ShipmentId,
    TransactionId, plan,
};
use crate::store::{Enqueued, NewShipment};

/// A file with more orders than this asks how much is left of today's quotas before it is sent.
const ASKS_FOR_QUOTA: usize = 200;

impl Engine {
    /// Gives every row its verdict and writes the batch down.
    pub(super) fn plan_batch(&mut self) {
        let Some(mut import) = self.import.take() else {
            return;
        };
        self.know_misplaced_numbers(&mut import);
        crate::step::at("before-plan");
        let options = self.options_for(&import);
        let ids: Vec<TransactionId> = import
            .answers
            .values()
            .filter_map(|answer| match answer {
                OrderAnswer::Found(order) => Some(order.transaction_id.clone()),
                OrderAnswer::NotFound
                | OrderAnswer::Ambiguous(_)
                | OrderAnswer::Failed(_)
                | OrderAnswer::NotAsked => None,
            })
            .collect();
        let journal = self
            .tell_store(|store, appid| store.priors(appid, &ids))
            .unwrap_or_default();
        let known = Known {
            orders: &|number| import.answers.get(number).cloned(),
            names_an_order: &|number| !self.book.by_number(number).is_empty(),
            journal: &journal,
            columns: &import.file.columns,
            couriers: &self.couriers,
            options: &options,
            now: self.clock.now(),
        };
        let mut planned = plan(&import.file.rows, &known);
        super::presets::warn_of_shapes(&import.file.rows, &mut planned.rows, &self.couriers);
        import.status = planned.rows.iter().map(|row| row.status).collect();
        let before = std::mem::replace(&mut import.plan, planned.rows.into());
        import.shipments = planned.shipments;
        import.row_shipments = vec![None; import.status.len()].into();
        import.rows_of.clear();
        import.ends.clear();
        self.note_if_seen(&mut import);
        crate::step::at("before-batch-kept");
        let now = self.clock.now();
        if import.id == BatchId::default() {
            let stored =
                self.tell_store(|store, appid| store.insert_batch(appid, &import.file, &import.plan, now));
            import.id = BatchId(stored.unwrap_or_default());
        } else {
            let id = import.id.0;
            let rows = import.plan.len();
            let changed: Vec<(usize, &PlannedRow)> = import
                .plan
                .iter()
                .enumerate()
                .filter(|(index, row)| before.get(*index) != Some(*row))
                .collect();
            self.tell_store(|store, _| store.update_batch_plan(id, rows, &changed));
        }
        crate::step::at("after-batch-kept");
        self.link_known(&mut import);
        import.phase = BatchPhase::Checked;
        if import.shipments.len() > ASKS_FOR_QUOTA
            && let Some(client) = self.client.clone()
        {
            self.jobs.quotas(client);
        }
        self.import = Some(import);
        self.dirty.batch = true;
        self.follow_arrived();
    }

    /// Orders of the local list whose number stands in the place of a tracking number, also when the row of that order
    /// is not in this file.
    fn know_misplaced_numbers(&self, import: &mut Import) {
        for parcel in import.file.rows.iter().flat_map(|row| &row.parcels) {
            if let [order, ..] = self.book.by_number(&parcel.tracking_no).as_slice() {
                let number = OrderNumber {
                    number: parcel.tracking_no.clone(),
                    mchid: None,
                };
                let found = OrderAnswer::Found(Arc::clone(order));
                import.answers.entry(number).or_insert(found);
            }
        }
    }

    /// A file of which nothing is left to send says when it came before.
    fn note_if_seen(&mut self, import: &mut Import) {
        let done = import.status.contains(&RowStatus::AlreadyDone) && import.shipments.is_empty();
        if !done || import.id != BatchId::default() {
            return;
        }
        let sha256 = import.file.sha256.clone();
        if let Some(at) = self
            .tell_store(|store, appid| store.batch_seen(appid, &sha256))
            .flatten()
        {
            Arc::make_mut(&mut import.file)
                .problems
                .push(ProblemKind::SeenBefore { at }.into());
        }
    }

    /// Rows whose shipment is in the journal already follow it.
    pub(super) fn link_known(&self, import: &mut Import) {
        let mut rows_of: HashMap<ShipmentId, Vec<usize>> = HashMap::new();
        for (index, row) in import.plan.iter().enumerate() {
            if let Some(id) = row.shipment.filter(|_| row.status != RowStatus::AlreadyDone) {
                rows_of.entry(id).or_default().push(index);
            }
        }
        for (id, rows) in rows_of {
            if let Some(shipment) = self.outbox.get(id).cloned() {
                import.link(&shipment, &rows);
            }
        }
    }

    pub(super) fn plan_options(&self, reship: bool) -> PlanOptions {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let Some(account) = self.account() else {
            return PlanOptions {
                reship,
                ..PlanOptions::default()
            };
        };
        PlanOptions {
            max_parcels: account.max_parcels.clamp(10, 15),
            default_courier: some(&account.default_courier),
            default_item_desc: some(&account.default_item_desc),
            sender_contact: account.sender_contact.clone(),
            reship,
        }
    }

    /// Checks the open file again, with fresh orders.
    pub(super) fn recheck_batch(&mut self) {
        let idle = self.import.as_ref().is_some_and(|import| {
            matches!(
                import.phase,
                BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Done
            )
        });
        if idle {
            self.look_up_rows(false);
        }
    }

    /// Releases the ready rows to the outbox, in one transaction.
    pub(super) fn send_batch(&mut self, batch: BatchId, hold_secs: u32, reship: bool) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if import.id != batch || import.phase != BatchPhase::Checked {
            return; // a second click
        }
        if reship != import.reship {
            import.reship = reship;
            self.plan_batch();
        }
        let now = self.clock.now();
        let not_before = now.plus(Duration::from_secs(u64::from(hold_secs.min(600))));
        let Some(mut import) = self.import.take() else {
            return;
        };
        let planned = std::mem::take(&mut import.shipments);
        let new: Vec<NewShipment<'_>> = planned
            .iter()
            .map(|shipment| NewShipment {
                intent: &shipment.intent,
                deadline: shipment.deadline,
                not_before,
                batch: Some((batch.0, &shipment.rows)),
            })
            .collect();
        crate::step::at("before-enqueue");
        let Some(enqueued) = self.tell_store(|store, appid| store.enqueue(appid, &new, now)) else {
            import.shipments = planned;
            self.import = Some(import);
            return;
        };
        crate::step::at("after-enqueue");
        let mut links = Vec::with_capacity(planned.len());
        let mut added = Vec::with_capacity(planned.len());
        for (planned, enqueued) in planned.into_iter().zip(enqueued) {
            match enqueued {
                Enqueued::New(id) => {
                    let intent = Arc::new(planned.intent);
                    let shipment = Shipment::queued(id, intent, planned.deadline, now, not_before);
                    links.push((Arc::new(shipment.clone()), planned.rows));
                    added.push(shipment);
                }
                Enqueued::OrderTaken(id) => {
                    if let Some(open) = self.outbox.get(id) {
                        links.push((Arc::clone(open), planned.rows));
                    }
                }
            }
        }
        import.link_many(&links);
        import.phase = BatchPhase::Sending;
        import.holding_until = (hold_secs > 0).then_some(not_before);
        self.import = Some(import);
        let details = serde_json::json!({
            "batch": batch.0, "orders": links.len(), "hold_secs": hold_secs, "reship": reship,
        });
        self.audit("batch_sent", &details);
        crate::step::at("before-hold");
        self.outbox.add(added);
        self.dirty.batch = true;
        self.dirty.outbox = true;
        self.follow_arrived();
        self.batch_may_be_done();
    }
}
