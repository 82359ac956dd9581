//! The imported file as the engine holds it: its verdicts, and where each row stands now.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use super::command::BatchId;
use super::snapshot::{BatchPhase, BatchView};
use crate::domain::{
    Counts, ImportedFile, OrderAnswer, OrderNumber, PlannedRow, PlannedShipment, RowStatus, Severity,
    Shipment, ShipmentId, Timestamp,
};

/// The file that is open.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) token: u64,
    pub(super) id: BatchId,
    pub(super) file: Arc<ImportedFile>,
    /// Where the file lies; written down only while it waits to be sent, see `left_over`.
    pub(super) source: Option<PathBuf>,
    pub(super) phase: BatchPhase,
    pub(super) rows_read: Arc<AtomicU64>,
    pub(super) cancelled: Arc<AtomicBool>,
    pub(super) answers: HashMap<OrderNumber, OrderAnswer>,
    pub(super) to_look_up: VecDeque<OrderNumber>,
    pub(super) looking_up: usize,
    pub(super) total: usize,
    pub(super) reship: bool,
    pub(super) plan: Arc<[PlannedRow]>,
    pub(super) shipments: Vec<PlannedShipment>,
    pub(super) row_shipments: Arc<[Option<ShipmentId>]>,
    pub(super) rows_of: HashMap<ShipmentId, Vec<usize>>,
    pub(super) status: Vec<RowStatus>,
    pub(super) ends: HashMap<ShipmentId, Arc<Shipment>>,
    pub(super) holding_until: Option<Timestamp>,
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
            source: None,
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
            picked: Vec::new(),
            preset: super::presets::Preset::default(),
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
            readable: self.source.is_some(),
            phase: self.phase.clone(),
            picks: Vec::new(),
            preset: super::snapshot::PresetView::default(),
        }
    }

    /// Shipments of this file that are still open.
    pub(super) fn open_shipments(&self) -> usize {
        self.ends
            .values()
            .filter(|shipment| shipment.state.is_open())
            .count()
    }

    pub(super) fn link(&mut self, shipment: &Arc<Shipment>, rows: &[usize]) {
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

    pub(super) fn link_many(&mut self, links: &[(Arc<Shipment>, Vec<usize>)]) {
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
    pub(super) fn follow(&mut self, shipment: &Arc<Shipment>) {
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
