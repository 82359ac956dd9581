//! A search through the cells of a file, a part of a large one in each frame.

use crate::domain::PlannedRow;
use crate::engine::snapshot::{BatchView, Kept, Rows};

/// Rows that are looked through at once.
pub(super) const SEARCHED_AT_ONCE: usize = 2_000;

/// How far it is, and what it has found.
#[derive(Debug)]
pub(super) struct Search {
    rows: Rows,
    plan: Kept<PlannedRow>,
    needle: String,
    at: usize,
    hits: Vec<u32>,
}

impl Search {
    pub(super) fn new(batch: &BatchView, needle: String) -> Self {
        Self {
            rows: batch.rows.clone(),
            plan: batch.plan.clone(),
            needle,
            at: 0,
            hits: Vec::new(),
        }
    }

    /// It looks for this in these rows.
    pub(super) fn is_for(&self, batch: &BatchView, needle: &str) -> bool {
        self.needle == needle && self.rows.is_same(&batch.rows) && self.plan.is_same(&batch.plan)
    }

    /// The rows in which it was found so far, in their order.
    pub(super) fn hits(&self) -> &[u32] {
        &self.hits
    }

    /// Rows that were looked through, and rows of the file; `None` at the end.
    pub(super) fn progress(&self) -> Option<(usize, usize)> {
        (self.at < self.plan.len()).then_some((self.at, self.plan.len()))
    }

    /// Looks through the next rows; `true` when there were some.
    pub(super) fn go_on(&mut self, batch: &BatchView) -> bool {
        let from = self.at;
        self.at = from.saturating_add(SEARCHED_AT_ONCE).min(self.plan.len());
        for index in from..self.at {
            if contains(batch, index, &self.needle) {
                self.hits.extend(u32::try_from(index).ok());
            }
        }
        self.at > from
    }
}

fn contains(batch: &BatchView, index: usize, needle: &str) -> bool {
    let Some(row) = batch.rows.get(index) else {
        return false;
    };
    let planned = batch.plan.get(index);
    let order = planned.as_ref().and_then(|row| row.transaction_id.as_ref());
    let has = |text: &str| text.to_lowercase().contains(needle);
    order.is_some_and(|id| has(id.as_str()))
        || row.cells.iter().any(|cell| has(cell))
        || row
            .parcels
            .iter()
            .any(|parcel| has(&parcel.tracking_no) || parcel.courier.as_deref().is_some_and(has))
}
