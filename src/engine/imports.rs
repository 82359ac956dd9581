//! An imported file on its way: read, look up its orders, plan, release to the outbox, follow its rows.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::Notice;
use super::command::BatchId;
use super::run::Engine;
use super::snapshot::{BatchPhase, BatchView};
use crate::domain::{
    CallFailure, Counts, FailureKind, ImportedFile, Known, OrderAnswer, OrderKey, OrderQuery, OrderState,
    PlanOptions, PlannedRow, PlannedShipment, Problem, RowStatus, Severity, Shipment, ShipmentId, Timestamp,
    TransactionId, plan,
};
use crate::store::{Enqueued, NewShipment};

/// Up to this many orders are asked for one by one; a larger file fetches the list of unshipped orders first.
const ONE_BY_ONE: usize = 40;
/// Look-ups of an import in flight at most.
const LOOK_UPS_IN_FLIGHT: usize = 8;

/// The file that is open.
#[derive(Debug)]
pub(super) struct Import {
    token: u64,
    pub(super) id: BatchId,
    file: Arc<ImportedFile>,
    pub(super) phase: BatchPhase,
    rows_read: Arc<AtomicU64>,
    cancelled: Arc<AtomicBool>,
    answers: HashMap<String, OrderAnswer>,
    to_look_up: VecDeque<String>,
    looking_up: usize,
    total: usize,
    reship: bool,
    plan: Arc<[PlannedRow]>,
    shipments: Vec<PlannedShipment>,
    row_shipments: Arc<[Option<ShipmentId>]>,
    rows_of: HashMap<ShipmentId, Vec<usize>>,
    status: Vec<RowStatus>,
    ends: HashMap<ShipmentId, Arc<Shipment>>,
    pub(super) holding_until: Option<Timestamp>,
}

impl Import {
    fn new(token: u64, name: String) -> Self {
        Self {
            token,
            id: BatchId::default(),
            file: Arc::new(ImportedFile {
                name,
                ..ImportedFile::default()
            }),
            phase: BatchPhase::Reading,
            rows_read: Arc::default(),
            cancelled: Arc::default(),
            answers: HashMap::new(),
            to_look_up: VecDeque::new(),
            looking_up: 0,
            total: 0,
            reship: false,
            plan: Arc::from([]),
            shipments: Vec::new(),
            row_shipments: Arc::from([]),
            rows_of: HashMap::new(),
            status: Vec::new(),
            ends: HashMap::new(),
            holding_until: None,
        }
    }

    /// What the window shows.
    pub(super) fn view(&self) -> BatchView {
        let mut counts = Counts::of(self.status.iter().copied());
        counts.warned = self
            .plan
            .iter()
            .zip(&self.status)
            .filter(|(row, status)| {
                !matches!(status, RowStatus::Blocked | RowStatus::Ignored)
                    && row
                        .problems
                        .iter()
                        .any(|p| p.what.severity() == Severity::Warning)
            })
            .count();
        BatchView {
            id: self.id,
            file: Arc::clone(&self.file),
            plan: Arc::clone(&self.plan),
            status: self.status.clone().into(),
            row_shipments: Arc::clone(&self.row_shipments),
            shipments: Arc::new(self.ends.clone()),
            counts,
            orders_to_send: self.shipments.len(),
            phase: self.phase.clone(),
        }
    }

    /// Shipments of this file that are still open.
    fn open_shipments(&self) -> usize {
        self.ends
            .values()
            .filter(|shipment| shipment.state.is_open())
            .count()
    }

    fn link(&mut self, shipment: &Arc<Shipment>, rows: &[usize]) {
        let mut linked: Vec<Option<ShipmentId>> = self.row_shipments.to_vec();
        linked.resize(self.status.len(), None);
        for row in rows {
            if let Some(slot) = linked.get_mut(*row) {
                *slot = Some(shipment.id);
            }
        }
        self.row_shipments = linked.into();
        self.rows_of
            .entry(shipment.id)
            .or_default()
            .extend_from_slice(rows);
        self.follow(shipment);
    }

    fn link_many(&mut self, links: &[(Arc<Shipment>, Vec<usize>)]) {
        let mut linked: Vec<Option<ShipmentId>> = self.row_shipments.to_vec();
        linked.resize(self.status.len(), None);
        for (shipment, rows) in links {
            for row in rows {
                if let Some(slot) = linked.get_mut(*row) {
                    *slot = Some(shipment.id);
                }
            }
            self.rows_of
                .entry(shipment.id)
                .or_default()
                .extend_from_slice(rows);
        }
        self.row_shipments = linked.into();
        for (shipment, _) in links {
            self.follow(shipment);
        }
    }

    /// The rows of a shipment take its state.
    fn follow(&mut self, shipment: &Arc<Shipment>) {
        let Some(rows) = self.rows_of.get(&shipment.id) else {
            return;
        };
        let status = RowStatus::from(&shipment.state);
        for row in rows {
            if let Some(slot) = self.status.get_mut(*row) {
                *slot = status;
            }
        }
        self.ends.insert(shipment.id, Arc::clone(shipment));
    }
}

impl Engine {
    /// Reads and checks a file; nothing is sent.
    pub(super) fn open_file(&mut self, path: PathBuf) {
        self.close_batch();
        self.import_serial = self.import_serial.saturating_add(1);
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let import = Import::new(self.import_serial, name);
        self.jobs.read_file(
            import.token,
            path,
            Arc::clone(&self.couriers),
            Arc::clone(&import.rows_read),
            Arc::clone(&import.cancelled),
        );
        self.import = Some(import);
        self.dirty.batch = true;
    }

    /// The file has been read.
    pub(super) fn file_read(&mut self, token: u64, file: ImportedFile) {
        let Some(import) = self.import.as_mut().filter(|import| import.token == token) else {
            return;
        };
        self.dirty.batch = true;
        let unusable = file.problems.iter().any(Problem::blocks);
        import.status = file
            .rows
            .iter()
            .map(|row| {
                if row.ignored.is_some() {
                    RowStatus::Ignored
                } else {
                    RowStatus::Blocked
                }
            })
            .collect();
        import.file = Arc::new(file);
        if unusable {
            import.phase = BatchPhase::Unusable;
            return;
        }
        self.look_up_rows(false);
    }

    /// Finds the order of every row: from the list of unshipped orders when the file is large, then one by one.
    fn look_up_rows(&mut self, list_is_fresh: bool) {
        let Some(import) = &self.import else { return };
        let mut mchids: HashMap<&str, Option<&str>> = HashMap::new();
        for row in import.file.rows.iter().filter(|row| row.ignored.is_none()) {
            if let Some(number) = &row.order_number {
                mchids.insert(number, row.mchid.as_deref());
            }
        }
        let total = mchids.len();
        let without_key = mchids.iter().any(|(number, mchid)| {
            self.book.by_number(number).is_empty() && self.keys_of(number, *mchid).is_empty()
        });
        let wants_list = !list_is_fresh && total > 0 && (total > ONE_BY_ONE || without_key);
        let mut answers = HashMap::new();
        let mut queue = VecDeque::new();
        for (number, mchid) in mchids {
            let known = self.book.by_number(number);
            let known: Vec<_> = match mchid {
                Some(mchid) if known.len() > 1 => known.into_iter().filter(|o| o.mchid == mchid).collect(),
                _ => known,
            };
            match known.as_slice() {
                [order] if list_is_fresh && self.fresh.contains(&order.transaction_id) => {
                    answers.insert(number.to_owned(), OrderAnswer::Found(Arc::clone(order)));
                }
                [_, _, ..] => {
                    answers.insert(number.to_owned(), OrderAnswer::Ambiguous(known.len()));
                }
                _ => queue.push_back(number.to_owned()),
            }
        }
        let Some(import) = self.import.as_mut() else {
            return;
        };
        import.total = total;
        import.phase = BatchPhase::LookingUp { done: 0, total };
        self.dirty.batch = true;
        if wants_list {
            self.fresh.clear();
            let query = OrderQuery {
                state: Some(OrderState::ToShip),
                ..OrderQuery::default()
            };
            let key = serde_json::to_string(&query).unwrap_or_default();
            // A check wants the whole list as it is now, not the rest of an older fetch.
            self.tell_store(|store, appid| store.clear_fetch_position(appid, &key));
            self.fetch_orders(query, true);
            if self.client.is_none() {
                self.fail_import(CallFailure::of(FailureKind::NoCredentials));
            }
            return;
        }
        import.answers = answers;
        import.to_look_up = queue;
        self.pump_look_ups();
    }

    /// The fetch of the list has ended; `failure` when a page could not be had.
    pub(super) fn fetch_ended(&mut self, for_import: bool, failure: Option<CallFailure>) {
        let waiting = matches!(
            self.import.as_ref().map(|import| &import.phase),
            Some(BatchPhase::LookingUp { .. })
        );
        if !for_import || !waiting {
            return;
        }
        match failure {
            Some(failure) => self.fail_import(failure),
            None => self.look_up_rows(true),
        }
    }

    fn fail_import(&mut self, failure: CallFailure) {
        if let Some(import) = self.import.as_mut() {
            import.phase = BatchPhase::Failed(failure);
            self.dirty.batch = true;
        }
    }

    /// Starts as many look-ups as the pace allows; plans when the last has come back.
    pub(super) fn pump_look_ups(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        let looking = matches!(
            self.import.as_ref().map(|import| &import.phase),
            Some(BatchPhase::LookingUp { .. })
        );
        if !looking
            || self
                .book
                .running
                .as_ref()
                .is_some_and(|running| running.for_import)
        {
            return None;
        }
        let mut again = None;
        while let Some((number, in_flight, token)) = self
            .import
            .as_ref()
            .filter(|import| import.looking_up < LOOK_UPS_IN_FLIGHT)
            .and_then(|import| {
                import
                    .to_look_up
                    .front()
                    .map(|n| (n.clone(), import.looking_up, import.token))
            })
        {
            let Some(client) = self.client.clone() else {
                self.fail_import(CallFailure::of(FailureKind::NoCredentials));
                return None;
            };
            if let Err(wait) = self.outbox.permit(now, in_flight) {
                again = wait;
                break;
            }
            let known = self.book.by_number(&number);
            let keys = match known.as_slice() {
                [order] => vec![OrderKey::Transaction(order.transaction_id.clone())],
                _ => self.keys_of(&number, self.mchid_of_row(&number).as_deref()),
            };
            self.jobs.look_up(client, token, number, keys);
            if let Some(import) = self.import.as_mut() {
                import.to_look_up.pop_front();
                import.looking_up = import.looking_up.saturating_add(1);
            }
        }
        let done = self
            .import
            .as_ref()
            .is_some_and(|i| i.to_look_up.is_empty() && i.looking_up == 0);
        if done {
            self.plan_batch();
        }
        again
    }

    fn mchid_of_row(&self, number: &str) -> Option<String> {
        let import = self.import.as_ref()?;
        let row = import
            .file
            .rows
            .iter()
            .find(|row| row.order_number.as_deref() == Some(number))?;
        row.mchid.clone()
    }

    /// One order of the file was found, or not.
    pub(super) fn looked_up(&mut self, token: u64, number: String, answer: OrderAnswer) {
        let at = self.clock.now();
        match &answer {
            OrderAnswer::Found(order) => {
                self.keep_orders(vec![(**order).clone()], at);
                self.outbox.learn_read(None, self.now());
            }
            OrderAnswer::Failed(failure) => self.outbox.learn_read(Some(failure), self.now()),
            OrderAnswer::NotFound | OrderAnswer::Ambiguous(_) => self.outbox.learn_read(None, self.now()),
        }
        let Some(import) = self.import.as_mut().filter(|import| import.token == token) else {
            return;
        };
        import.looking_up = import.looking_up.saturating_sub(1);
        self.dirty.batch = true;
        if let OrderAnswer::Failed(failure) = &answer
            && failure.stops_account()
        {
            // Every other order would fail the same way: stop after one.
            import.to_look_up.clear();
            let failure = failure.clone();
            self.fail_import(failure);
            return;
        }
        import.answers.insert(number, answer);
        let left = import.to_look_up.len().saturating_add(import.looking_up);
        if let BatchPhase::LookingUp { done, total } = &mut import.phase {
            *done = total.saturating_sub(left);
        }
    }

    /// Gives every row its verdict and writes the batch down.
    fn plan_batch(&mut self) {
        let Some(mut import) = self.import.take() else {
            return;
        };
        let options = self.plan_options(import.reship);
        let ids: Vec<TransactionId> = import
            .answers
            .values()
            .filter_map(|answer| match answer {
                OrderAnswer::Found(order) => Some(order.transaction_id.clone()),
                OrderAnswer::NotFound | OrderAnswer::Ambiguous(_) | OrderAnswer::Failed(_) => None,
            })
            .collect();
        let journal = self
            .tell_store(|store, appid| store.priors(appid, &ids))
            .unwrap_or_default();
        let known = Known {
            orders: &import.answers,
            journal: &journal,
            couriers: &self.couriers,
            options: &options,
            now: self.clock.now(),
        };
        let planned = plan(&import.file.rows, &known);
        import.status = planned.rows.iter().map(|row| row.status).collect();
        import.plan = planned.rows.into();
        import.shipments = planned.shipments;
        import.row_shipments = vec![None; import.status.len()].into();
        import.rows_of.clear();
        import.ends.clear();
        let now = self.clock.now();
        if import.id == BatchId::default() {
            let stored =
                self.tell_store(|store, appid| store.insert_batch(appid, &import.file, &import.plan, now));
            import.id = BatchId(stored.unwrap_or_default());
        } else {
            let id = import.id.0;
            self.tell_store(|store, _| store.update_batch_plan(id, &import.plan));
        }
        self.link_known(&mut import);
        import.phase = BatchPhase::Checked;
        self.import = Some(import);
        self.dirty.batch = true;
    }

    /// Rows whose shipment is in the journal already follow it.
    fn link_known(&self, import: &mut Import) {
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

    fn plan_options(&self, reship: bool) -> PlanOptions {
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
        if reship && !import.reship {
            import.reship = true;
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
        let Some(enqueued) = self.tell_store(|store, appid| store.enqueue(appid, &new, now)) else {
            import.shipments = planned;
            self.import = Some(import);
            return;
        };
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
        self.outbox.add(added);
        self.dirty.batch = true;
        self.dirty.outbox = true;
        self.batch_may_be_done();
    }

    /// The rows of changed shipments follow them.
    pub(super) fn follow_shipments(&mut self, changed: &BTreeSet<ShipmentId>) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        for id in changed {
            if let Some(shipment) = self.outbox.get(*id) {
                import.follow(shipment);
            }
        }
        self.dirty.batch = true;
        self.batch_may_be_done();
    }

    fn batch_may_be_done(&mut self) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if import.phase == BatchPhase::Sending && import.open_shipments() == 0 {
            import.phase = BatchPhase::Done;
            let counts = import.view().counts;
            self.dirty.batch = true;
            self.say(Notice::BatchDone(counts));
        }
    }

    /// Stops what is being done with the file. What was sent stays sent.
    pub(super) fn stop_batch(&mut self) {
        let Some(import) = self.import.as_ref() else {
            return;
        };
        match import.phase {
            BatchPhase::Reading | BatchPhase::LookingUp { .. } => self.close_batch(),
            BatchPhase::Sending => {
                let ids: BTreeSet<ShipmentId> = import.rows_of.keys().copied().collect();
                self.cancel_queued(Some(&ids));
            }
            BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Unusable | BatchPhase::Done => {}
        }
    }

    /// Shows no file. What it put into the outbox stays there.
    pub(super) fn close_batch(&mut self) {
        if let Some(import) = self.import.take() {
            import.cancelled.store(true, Ordering::Relaxed);
            self.dirty.batch = true;
        }
        if self
            .book
            .running
            .as_ref()
            .is_some_and(|running| running.for_import)
        {
            self.stop_fetch();
        }
    }

    /// After a restart the file that was being sent is shown again.
    pub(super) fn reopen_batch(&mut self) {
        let Some(stored) = self
            .tell_store(|store, appid| store.latest_batch(appid))
            .flatten()
        else {
            return;
        };
        let mut rows_of: HashMap<ShipmentId, Vec<usize>> = HashMap::new();
        for (row, id) in stored.row_shipments.iter().enumerate() {
            if let Some(id) = id {
                rows_of.entry(*id).or_default().push(row);
            }
        }
        if !rows_of
            .keys()
            .any(|id| self.outbox.get(*id).is_some_and(|s| s.state.is_open()))
        {
            return;
        }
        self.import_serial = self.import_serial.saturating_add(1);
        let mut import = Import::new(self.import_serial, stored.file.name.clone());
        import.id = BatchId(stored.id);
        import.status = stored.plan.iter().map(|row| row.status).collect();
        import.plan = stored.plan.into();
        import.file = Arc::new(stored.file);
        import.phase = BatchPhase::Sending;
        let mut links: Vec<(Arc<Shipment>, Vec<usize>)> = Vec::with_capacity(rows_of.len());
        for (id, rows) in rows_of {
            let open = self.outbox.get(id).cloned();
            let shipment = open.or_else(|| {
                self.tell_store(|store, appid| store.shipment(appid, id))
                    .flatten()
                    .map(Arc::new)
            });
            links.extend(shipment.map(|shipment| (shipment, rows)));
        }
        import.link_many(&links);
        self.import = Some(import);
        self.dirty.batch = true;
    }
}
