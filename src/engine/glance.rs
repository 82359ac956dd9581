//! A first look at files that have arrived, so that their list says how many rows of each are ready: one file at a
//! time, by a job beside the loop, and only while no file is being checked. Nothing is asked of WeChat and nothing can
//! be sent from it; opening a file checks it from the beginning.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::arrived::Glance;
use super::import_state::Import;
use super::jobs::{JobDone, KnownToReader};
use super::kept::{Keeper, Kept};
use super::run::Engine;
use super::snapshot::BatchPhase;
use super::watch_folder::{Stamp, WatchDone};
use crate::domain::{
    FileRow, ImportedFile, Judge, Known, Order, OrderAnswer, OrderNumber, PlanOptions, PlannedRow, Prior,
    Problem, ProblemKind, RowStatus, Survey, Timestamp, TransactionId,
};

/// A larger file is looked at when a person opens it.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// The same of a file with more rows.
const MOST_ROWS: usize = 20_000;

/// The orders that a file names, by WeChat's numbers and the shop's.
type ByNumber = HashMap<String, Vec<Arc<Order>>>;

/// A file that was read for a first look.
#[derive(Debug)]
pub enum Opened {
    /// There are no rows to count.
    Ended(Glance),
    /// Its rows, and the orders of the local list that they name.
    Rows {
        /// Without its rows.
        file: ImportedFile,
        /// Its rows.
        rows: Kept<FileRow>,
        /// The orders.
        orders: ByNumber,
    },
}

impl Engine {
    /// Begins the next first look, when one is due and no file is being checked; `true` when it has begun.
    pub(super) fn begin_glance(&mut self) -> bool {
        let is_busy = self.import.as_ref().is_some_and(|import| {
            matches!(
                import.phase,
                BatchPhase::Reading { .. } | BatchPhase::LookingUp { .. } | BatchPhase::Comparing { .. }
            )
        });
        if is_busy || self.account().is_none() {
            return false;
        }
        let Some(file) = self.watch.next_to_count() else {
            return false;
        };
        let (sha256, stamp) = (file.sha256.clone(), file.stamp);
        let path = self.watch.kept.folder.join(&file.name);
        let known = KnownToReader {
            couriers: Arc::clone(&self.couriers),
            mappings: Arc::clone(&self.mappings),
            mapping: None,
            orders: self.book.view(0).rows,
            folder: self.config.data_dir.clone(),
        };
        let serial = self.watch.serial;
        self.jobs.blocking(move || {
            let opened = Box::new(open(&path, stamp, &known));
            JobDone::Watch(WatchDone::Opened(serial, sha256, opened))
        });
        true
    }

    /// The rows were read: they are compared with the journal beside the loop.
    pub(super) fn opened_for_glance(&mut self, sha256: String, opened: Opened) {
        let (file, rows, orders) = match opened {
            Opened::Ended(glance) => return self.glanced(&sha256, glance),
            Opened::Rows { file, rows, orders } => (file, rows, orders),
        };
        let ids: HashSet<&TransactionId> = orders.values().flatten().map(|o| &o.transaction_id).collect();
        let ids: Vec<TransactionId> = ids.into_iter().cloned().collect();
        let journal = self.tell_store(|store, appid| store.priors(appid, &ids));
        let preset = self.preset_of(&file.columns);
        let import = Import {
            preset,
            ..Import::new(0, String::new())
        };
        let counting = Counting {
            options: self.options_for(&import),
            journal: journal.unwrap_or_default(),
            now: self.clock.now(),
            file,
            rows,
            orders,
        };
        let (serial, couriers) = (self.watch.serial, Arc::clone(&self.couriers));
        self.watch.asked_at = Some(self.clock.now());
        self.jobs.blocking(move || {
            let glance = counting.count(&couriers);
            JobDone::Watch(WatchDone::Counted(serial, sha256, glance))
        });
    }

    /// A first look has ended.
    pub(super) fn glanced(&mut self, sha256: &str, glance: Glance) {
        // Others may be waiting for theirs.
        self.watch.next = Some(self.clock.now());
        self.dirty.watch |= self.watch.counted(sha256, glance);
    }
}

/// Reads the rows, and finds the orders that they name.
fn open(path: &Path, stamp: Stamp, known: &KnownToReader) -> Opened {
    let looks_so = || {
        let about = File::open(path).and_then(|file| file.metadata());
        about.is_ok_and(|about| Stamp::of(&about) == stamp)
    };
    if stamp.bytes > MOST_BYTES || !looks_so() {
        return Opened::Ended(Glance::None);
    }
    let all: HashSet<&str> = known
        .orders
        .iter()
        .flat_map(|order| [order.transaction_id.as_str(), order.out_trade_no.as_str()])
        .collect();
    let options = crate::import::ReadOptions {
        knows: &|number| all.contains(number),
        ..crate::import::ReadOptions::new(&known.couriers)
    };
    let mut keeper = Keeper::new(&known.folder, super::packed::ROWS);
    let mut wanted: HashSet<String> = HashSet::new();
    let mut count = 0_usize;
    let mut too_many = false;
    let mut taker = |row: FileRow| {
        count = count.saturating_add(1);
        wanted.extend(row.lookup_key().map(|key| key.number));
        wanted.extend(row.parcels.iter().map(|parcel| parcel.tracking_no.clone()));
        too_many |= count > MOST_ROWS || keeper.push(&row).is_err();
        if too_many {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let file = crate::import::read_rows_remembering(path, &options, &known.mappings, &mut taker);
    let rows = keeper.finish().ok().filter(|_| !too_many && looks_so());
    let Some(rows) = rows else {
        return Opened::Ended(Glance::None);
    };
    if file.problems.iter().any(Problem::blocks) {
        return Opened::Ended(Glance::Unusable);
    }
    let mut orders = ByNumber::new();
    for order in known.orders.iter() {
        let mut numbers = vec![order.transaction_id.as_str(), order.out_trade_no.as_str()];
        numbers.dedup();
        for number in numbers.into_iter().filter(|number| wanted.contains(*number)) {
            orders
                .entry(number.to_owned())
                .or_default()
                .push(Arc::clone(order));
        }
    }
    Opened::Rows { file, rows, orders }
}

/// Everything that the verdicts of a first look depend on.
struct Counting {
    file: ImportedFile,
    rows: Kept<FileRow>,
    orders: ByNumber,
    journal: HashMap<TransactionId, Prior>,
    options: PlanOptions,
    now: Timestamp,
}

impl Counting {
    fn count(&self, couriers: &crate::domain::CourierList) -> Glance {
        let known = Known {
            orders: &|number| Some(self.answer(number)),
            names_an_order: &|number| self.orders.contains_key(number),
            journal: &self.journal,
            columns: &self.file.columns,
            couriers,
            options: &self.options,
            now: self.now,
        };
        let mut survey = Survey::default();
        for row in self.rows.iter() {
            survey.row(&row, &known);
        }
        let mut judge: Judge = survey.finish();
        let at = |index: usize| self.rows.get(index);
        let (mut ready, mut blocked, mut unknown, mut done) = (0_usize, 0_usize, 0_usize, 0_usize);
        for index in 0..self.rows.len() {
            let planned = judge.verdict(index, &at, &known, &mut |_shipment| ());
            let counter = match planned.status {
                RowStatus::Ready => &mut ready,
                RowStatus::Ignored => continue,
                RowStatus::Blocked if lacks_only_the_order(&planned) => &mut unknown,
                RowStatus::Blocked | RowStatus::Refused => &mut blocked,
                RowStatus::AlreadyDone
                | RowStatus::Queued
                | RowStatus::Waiting
                | RowStatus::Sending
                | RowStatus::Unclear
                | RowStatus::Shipped
                | RowStatus::NeedsPerson
                | RowStatus::Cancelled => &mut done,
            };
            *counter = counter.saturating_add(1);
        }
        Glance::Counted {
            ready,
            blocked,
            unknown,
            done,
        }
    }

    fn answer(&self, number: &OrderNumber) -> OrderAnswer {
        let mchid = number.mchid.as_deref();
        let named = self.orders.get(&number.number).map_or(&[][..], Vec::as_slice);
        let mut fitting = named.iter().filter(|order| {
            order.transaction_id.as_str() == number.number
                || mchid.is_none_or(|mchid| order.mchid == mchid || order.sub_mchid == mchid)
        });
        match (fitting.next(), fitting.count()) {
            (None, _) => OrderAnswer::NotAsked,
            (Some(order), 0) => OrderAnswer::Found(Arc::clone(order)),
            (Some(_), others) => OrderAnswer::Ambiguous(others.saturating_add(1)),
        }
    }
}

/// The row is complete, and only its order is not known here.
fn lacks_only_the_order(planned: &PlannedRow) -> bool {
    let mut blocking = planned
        .problems
        .iter()
        .filter(|problem| problem.blocks())
        .peekable();
    blocking.peek().is_some() && blocking.all(|problem| problem.what == ProblemKind::OrderNotAsked)
}
