//! From the verdicts of a file to its record, and from there to the outbox.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::Notice;
use super::command::BatchId;
use super::import_state::Import;
use super::import_work::{Found, key_of};
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{
    Counts, FileRow, PlanOptions, PlannedRow, PlannedShipment, ProblemKind, RowStatus, Shipment, ShipmentId,
    Timestamp, TransactionId, by_deadline,
};
use crate::store::{Enqueued, NewShipment};

/// A file with more orders than this asks how much is left of today's quotas before it is sent.
const ASKS_FOR_QUOTA: usize = 200;
/// Rows beside those that are sent that are written down with them, so that the file can be shown again without the
/// file. Of a larger one the others are not: nothing was done with them.
const KEPT_BESIDE: usize = 20_000;
/// Rows that are written down in one transaction.
const ROWS_AT_ONCE: usize = 500;

/// What was asked for with *Send*.
#[derive(Clone, Copy, Debug)]
pub(super) struct Release {
    hold_secs: u32,
    /// The permission to correct was given or taken back with it, so that not what was shown as ready is ready now.
    new_permission: bool,
    /// It was taken back: the corrections that were shown as ready are not sent.
    takes_back: bool,
}

/// What a person had before their eyes when they sent.
struct Shown {
    ready: HashSet<(u32, u64)>,
    /// In their order.
    correctable: Vec<u32>,
}

impl Shown {
    /// Leaves only what was shown and allowed; how many orders that were shown as ready are not any more. With a new
    /// permission the corrections come and go, and nothing else does.
    fn choose(&self, shipments: &mut Vec<PlannedShipment>, release: Release) -> usize {
        let mut still: usize = 0;
        let is_shown =
            |row: &usize| u32::try_from(*row).is_ok_and(|row| self.correctable.binary_search(&row).is_ok());
        shipments.retain(|shipment| {
            let ready = self.ready.contains(&key_of(shipment));
            still = still.saturating_add(usize::from(ready));
            let corrects = release.new_permission && shipment.intent.reship().is_some();
            ready || (corrects && shipment.rows.iter().all(is_shown))
        });
        if release.takes_back {
            return 0;
        }
        self.ready.len().saturating_sub(still)
    }
}

impl Engine {
    /// The plan is made: the batch is written down and shown, or sent.
    pub(super) fn planned(&mut self, mut import: Import, found: Found) {
        let shown = Shown {
            ready: std::mem::replace(&mut import.ready, found.ready)
                .into_iter()
                .collect(),
            correctable: std::mem::replace(&mut import.correctable, found.correctable),
        };
        import.status = found.status.into();
        import.marks = found.marks.into();
        import.asks_for_preset = found.asks_for_preset;
        import.needs = found.needs;
        import.unknown = Arc::new(found.unknown);
        for (at, picked) in import.picked.iter_mut().enumerate() {
            picked.rows = found.picked.get(at).copied().unwrap_or_default();
        }
        import.row_shipments = Arc::default();
        import.rows_of.clear();
        import.ends.clear();
        self.note_if_seen(&mut import);
        crate::step::at("before-batch-kept");
        if import.id == BatchId::default() {
            let now = self.clock.now();
            let repaired = repaired_rows(&import);
            let repaired: Vec<(usize, &FileRow, &PlannedRow)> = repaired
                .iter()
                .map(|(index, row, planned)| (*index, &**row, &**planned))
                .collect();
            let stored =
                self.tell_store(|store, appid| store.insert_batch(appid, &import.file, &repaired, now));
            import.id = BatchId(stored.unwrap_or_default());
        }
        crate::step::at("after-batch-kept");
        let links: Vec<(Arc<Shipment>, Vec<usize>)> = found
            .linked
            .into_iter()
            .filter_map(|(id, rows)| Some((Arc::clone(self.outbox.get(id)?), rows)))
            .collect();
        import.link_many(&links);
        import.phase = BatchPhase::Checked;
        if let Some(release) = import.release.take() {
            let mut shipments = found.shipments;
            let fallen = shown.choose(&mut shipments, release);
            let taken = self.taken(&shipments);
            if taken > 0 {
                // Somebody shipped from elsewhere while the plan was made; the next one knows it.
                self.import = Some(import);
                self.say(Notice::BatchChanged(taken));
                self.plan_batch();
                return;
            }
            if fallen > 0 {
                // A person looks at the new verdicts first. Nothing was written down or sent.
                if release.new_permission {
                    import.reship = !import.reship; // it was given for what was shown
                }
                self.import = Some(import);
                self.say(Notice::BatchChanged(fallen));
                self.plan_batch();
                return;
            }
            by_deadline(&mut shipments);
            self.release(import, shipments, release);
            return;
        }
        if import.ready.len() > ASKS_FOR_QUOTA
            && let Some(client) = self.client.clone()
        {
            self.jobs.quotas(client);
        }
        self.note_checked(
            import.id,
            &import.file,
            &Counts::of(import.status.iter().copied()),
        );
        self.import = Some(import);
        self.dirty.batch = true;
        self.follow_arrived();
    }

    /// A file of which nothing is left to send says when it came before.
    fn note_if_seen(&mut self, import: &mut Import) {
        let done = import.status.contains(&RowStatus::AlreadyDone) && import.ready.is_empty();
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

    /// Gives the rows of a checked file their verdicts anew, from what is known.
    pub(super) fn plan_anew(&mut self) {
        let checked = |import: &Import| import.phase == BatchPhase::Checked;
        if self.import.as_ref().is_some_and(checked) {
            self.plan_batch();
        }
    }

    /// Checks the open file again, with fresh orders. Where the last check could not ask for all, this one goes on.
    pub(super) fn recheck_batch(&mut self) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        let idle = matches!(
            import.phase,
            BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Done
        );
        if idle {
            if !import.left_unasked {
                import.asked.clear();
            }
            self.look_up_rows(false);
        }
    }

    /// Releases the ready rows to the outbox. The intents are made from the rows now, and not kept from the check on.
    pub(super) fn send_batch(&mut self, batch: BatchId, hold_secs: u32, reship: bool) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if import.id != batch || import.phase != BatchPhase::Checked {
            return; // a second click
        }
        import.release = Some(Release {
            hold_secs: hold_secs.min(600),
            new_permission: reship != import.reship,
            takes_back: import.reship && !reship,
        });
        import.reship = reship;
        self.plan_batch();
    }

    /// How many of these orders have an open shipment.
    fn taken(&self, shipments: &[PlannedShipment]) -> usize {
        let open = self.outbox.newest_first();
        let open = open.filter(|shipment| shipment.state.is_open());
        let open: HashSet<&TransactionId> = open.map(|shipment| shipment.intent.transaction_id()).collect();
        let mine = shipments.iter();
        mine.filter(|planned| open.contains(planned.intent.transaction_id()))
            .count()
    }

    /// Puts shipments into the outbox, in one transaction.
    fn release(&mut self, mut import: Import, shipments: Vec<PlannedShipment>, release: Release) {
        let now = self.clock.now();
        let not_before = now.plus(Duration::from_secs(u64::from(release.hold_secs)));
        let batch = import.id;
        let places: Vec<Vec<usize>> = shipments
            .iter()
            .map(|shipment| shipment.rows.iter().map(|row| import.place_of(*row)).collect())
            .collect();
        let new: Vec<NewShipment<'_>> = shipments
            .iter()
            .zip(&places)
            .map(|(shipment, places)| NewShipment {
                intent: &shipment.intent,
                deadline: shipment.deadline,
                not_before,
                batch: Some((batch.0, places)),
            })
            .collect();
        let kept = self.keep_rows(&import, &shipments);
        crate::step::at("before-enqueue");
        let enqueued = kept.and_then(|()| self.tell_store(|store, appid| store.enqueue(appid, &new, now)));
        let Some(enqueued) = enqueued else {
            self.import = Some(import);
            self.dirty.batch = true;
            self.say(Notice::BatchNotKept);
            return;
        };
        crate::step::at("after-enqueue");
        let mut links = Vec::with_capacity(shipments.len());
        let mut added = Vec::with_capacity(shipments.len());
        let mut taken = Vec::new();
        for (planned, enqueued) in shipments.into_iter().zip(enqueued) {
            match enqueued {
                Enqueued::New(id) => {
                    let shipment = queued(id, &planned, now, not_before);
                    links.push((Arc::new(shipment.clone()), planned.rows));
                    added.push(shipment);
                }
                Enqueued::OrderTaken(id) => {
                    let open = self.outbox.get(id);
                    let same =
                        |open: &&Arc<Shipment>| open.intent.fingerprint() == planned.intent.fingerprint();
                    if let Some(open) = open.filter(same) {
                        links.push((Arc::clone(open), planned.rows));
                    } else {
                        taken.extend(planned.rows); // another parcel of this order is under way
                    }
                }
                Enqueued::Probed => taken.extend(planned.rows),
            }
        }
        import.link_many(&links);
        let status = Arc::make_mut(&mut import.status);
        for row in taken {
            if let Some(status) = status.get_mut(row) {
                *status = RowStatus::Blocked;
            }
        }
        import.phase = BatchPhase::Sending;
        import.holding_until = (release.hold_secs > 0).then_some(not_before);
        let details = serde_json::json!({
            "batch": batch.0, "orders": links.len(), "hold_secs": release.hold_secs, "reship": import.reship,
        });
        self.import = Some(import);
        self.audit("batch_sent", &details);
        crate::step::at("before-hold");
        self.outbox.add(added);
        self.dirty.batch = true;
        self.dirty.outbox = true;
        self.follow_arrived();
        self.batch_may_be_done();
    }

    /// Writes down the rows that are sent, and others so far as they are not too many. A part of them alone says
    /// nothing: a file is shown again only when shipments name it.
    fn keep_rows(&mut self, import: &Import, shipments: &[PlannedShipment]) -> Option<()> {
        let mut sent: Vec<usize> = shipments
            .iter()
            .flat_map(|shipment| shipment.rows.iter().copied())
            .collect();
        sent.sort_unstable();
        let mut beside: usize = 0;
        let mut wanted = (0..import.rows.len())
            .filter(|index| {
                let is_sent = sent.binary_search(index).is_ok();
                beside = beside.saturating_add(usize::from(!is_sent));
                is_sent || beside <= KEPT_BESIDE
            })
            .peekable();
        let id = import.id.0;
        while wanted.peek().is_some() {
            let rows: Vec<_> = wanted
                .by_ref()
                .take(ROWS_AT_ONCE)
                .filter_map(|index| {
                    let row = import.rows.get(index)?;
                    Some((import.place_of(index), row, import.plan.get(index)?))
                })
                .collect();
            let rows: Vec<(usize, &FileRow, &PlannedRow)> = rows
                .iter()
                .map(|(place, row, planned)| (*place, &**row, &**planned))
                .collect();
            self.tell_store(|store, _| store.keep_batch_rows(id, &rows))?;
        }
        Some(())
    }
}

fn queued(id: ShipmentId, planned: &PlannedShipment, now: Timestamp, not_before: Timestamp) -> Shipment {
    let intent = Arc::new(planned.intent.clone());
    Shipment::queued(id, intent, planned.deadline, now, not_before)
}

/// The rows that a person has repaired, as they count, with their verdicts.
fn repaired_rows(import: &Import) -> Vec<(usize, Arc<FileRow>, Arc<PlannedRow>)> {
    let repaired = import.rows.repaired();
    repaired
        .filter_map(|(index, row)| {
            let planned = import.plan.get(index)?;
            Some((import.place_of(index), Arc::clone(row), planned))
        })
        .collect()
}
