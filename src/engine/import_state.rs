//! The imported file as the engine holds it: its verdicts, and where each row stands now.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use super::command::BatchId;
use super::import_send::Release;
use super::import_work::Work;
use super::kept::Kept;
use super::rows::Rows;
use super::snapshot::{BatchPhase, BatchView};
use crate::domain::{
    Counts, ImportedFile, Mark, Needs, OrderAnswer, OrderNumber, PlannedRow, RowStatus, Shipment, ShipmentId,
    Timestamp,
};

/// The file that is open.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub(super) struct Import {
    pub(super) token: u64,
    pub(super) id: BatchId,
    /// Without its rows.
    pub(super) file: Arc<ImportedFile>,
    pub(super) rows: Rows,
    /// Where the file lies; written down only while it waits to be sent, see `left_over`.
    pub(super) source: Option<PathBuf>,
    pub(super) phase: BatchPhase,
    /// The pass over the rows that is under way.
    pub(super) work: Option<Work>,
    pub(super) rows_read: Arc<AtomicU64>,
    pub(super) cancelled: Arc<AtomicBool>,
    /// Answers for the orders that had to be asked for one by one.
    pub(super) asked: HashMap<OrderNumber, OrderAnswer>,
    /// The list was fetched for this file, so its orders need not be asked for.
    pub(super) by_list: bool,
    /// More orders are unknown than one check asks for.
    pub(super) left_unasked: bool,
    pub(super) to_look_up: VecDeque<OrderNumber>,
    pub(super) looking_up: usize,
    pub(super) total: usize,
    pub(super) reship: bool,
    /// What was asked for with *Send*, until the plan is made once more.
    pub(super) release: Option<Release>,
    pub(super) plan: Kept<PlannedRow>,
    pub(super) marks: Arc<[Mark]>,
    pub(super) asks_for_preset: bool,
    /// What its rows lack.
    pub(super) needs: Needs,
    /// In how many rows each unknown spelling of a courier stands.
    pub(super) unknown: Arc<BTreeMap<String, usize>>,
    /// What was shown as ready: the first row of each order, and a sum over what would be sent.
    pub(super) ready: Vec<(u32, u64)>,
    /// The rows that were shown as lacking only the permission to correct, in their order.
    pub(super) correctable: Vec<u32>,
    pub(super) row_shipments: Arc<BTreeMap<usize, ShipmentId>>,
    pub(super) rows_of: HashMap<ShipmentId, Vec<usize>>,
    pub(super) status: Arc<[RowStatus]>,
    pub(super) ends: HashMap<ShipmentId, Arc<Shipment>>,
    pub(super) holding_until: Option<Timestamp>,
    /// After a restart: the place in the file of each row that was kept.
    pub(super) places: Vec<usize>,
    /// What a person said about couriers of this file that the reader does not know.
    pub(super) picked: Vec<super::teaching::Picked>,
    /// What is taken where its rows leave something open.
    pub(super) preset: super::presets::Preset,
}

impl Import {
    pub(super) fn new(token: u64, name: String) -> Self {
        Self {
            token,
            id: BatchId::default(),
            file: Arc::new(ImportedFile {
                name,
                ..ImportedFile::default()
            }),
            rows: Rows::default(),
            source: None,
            phase: BatchPhase::Reading { rows: 0 },
            work: None,
            rows_read: Arc::default(),
            cancelled: Arc::default(),
            asked: HashMap::new(),
            by_list: false,
            left_unasked: false,
            to_look_up: VecDeque::new(),
            looking_up: 0,
            total: 0,
            reship: false,
            release: None,
            plan: Kept::default(),
            marks: Arc::from([]),
            asks_for_preset: false,
            needs: Needs::default(),
            unknown: Arc::default(),
            ready: Vec::new(),
            correctable: Vec::new(),
            row_shipments: Arc::default(),
            rows_of: HashMap::new(),
            status: Arc::from([]),
            ends: HashMap::new(),
            holding_until: None,
            places: Vec::new(),
            picked: Vec::new(),
            preset: super::presets::Preset::default(),
        }
    }

    /// What the window shows.
    pub(super) fn view(&self) -> BatchView {
        let count = |is: fn(&Mark) -> bool| self.marks.iter().filter(|mark| is(mark)).count();
        BatchView {
            id: self.id,
            file: Arc::clone(&self.file),
            rows: self.rows.clone(),
            plan: self.plan.clone(),
            status: Arc::clone(&self.status),
            marks: Arc::clone(&self.marks),
            changed: count(|mark| mark.changed),
            repaired: count(|mark| mark.repaired),
            needs: self.needs,
            unknown_couriers: Arc::clone(&self.unknown),
            row_shipments: Arc::clone(&self.row_shipments),
            shipments: Arc::new(self.ends.clone()),
            counts: self.counts(),
            orders_to_send: if self.phase == BatchPhase::Sending || self.phase == BatchPhase::Done {
                0
            } else {
                self.ready.len()
            },
            readable: self.source.is_some(),
            phase: self.phase.clone(),
            picks: Vec::new(),
            preset: super::snapshot::PresetView::default(),
        }
    }

    /// How many rows stand where.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::of(self.status.iter().copied());
        let marked = self.marks.iter().zip(self.status.iter());
        counts.warned = marked
            .filter(|(mark, status)| {
                mark.warned && !matches!(status, RowStatus::Blocked | RowStatus::Ignored)
            })
            .count();
        counts
    }

    /// The place of a row in the file that it was read from.
    pub(super) fn place_of(&self, index: usize) -> usize {
        self.places.get(index).copied().unwrap_or(index)
    }

    /// Shipments of this file that are still open.
    pub(super) fn open_shipments(&self) -> usize {
        self.ends
            .values()
            .filter(|shipment| shipment.state.is_open())
            .count()
    }

    pub(super) fn link_many(&mut self, links: &[(Arc<Shipment>, Vec<usize>)]) {
        let linked = Arc::make_mut(&mut self.row_shipments);
        for (shipment, rows) in links {
            linked.extend(rows.iter().map(|row| (*row, shipment.id)));
            self.rows_of
                .entry(shipment.id)
                .or_default()
                .extend_from_slice(rows);
        }
        for (shipment, _) in links {
            self.follow(shipment);
        }
    }

    /// The rows of a shipment take its state.
    pub(super) fn follow(&mut self, shipment: &Arc<Shipment>) {
        let Some(rows) = self.rows_of.get(&shipment.id) else {
            return;
        };
        let status = RowStatus::from(&shipment.state);
        let all = Arc::make_mut(&mut self.status);
        for row in rows {
            if let Some(slot) = all.get_mut(*row) {
                *slot = status;
            }
        }
        self.ends.insert(shipment.id, Arc::clone(shipment));
    }
}
