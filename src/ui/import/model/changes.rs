//! Which cells of a row may be typed anew, and which must be.

pub use crate::domain::{Change, changes, is_changed};
use crate::domain::{Column, Field, Ignored, ProblemKind, RowStatus};
use crate::engine::snapshot::{BatchPhase, BatchView};

/// A person may type cells of this row anew: nothing of it is on its way or done.
pub fn may_repair(batch: &BatchView, index: usize) -> bool {
    let idle = matches!(
        batch.phase,
        BatchPhase::Checked | BatchPhase::Done | BatchPhase::Failed(_)
    );
    let unsent = match super::status_of(batch, index) {
        RowStatus::Ready | RowStatus::Blocked | RowStatus::Cancelled | RowStatus::Refused => true,
        RowStatus::Ignored => may_be_shipment(batch, index),
        RowStatus::AlreadyDone
        | RowStatus::Queued
        | RowStatus::Waiting
        | RowStatus::Sending
        | RowStatus::Unclear
        | RowStatus::Shipped
        | RowStatus::NeedsPerson => false,
    };
    idle && unsent
}

/// The row was left out, and a person may say that it is a shipment after all.
pub fn may_be_shipment(batch: &BatchView, index: usize) -> bool {
    let row = batch.rows.get(index);
    row.and_then(|row| row.ignored)
        .is_some_and(Ignored::may_be_shipment)
}

/// The columns whose cells a person may type anew.
pub fn repairable(columns: &[Column]) -> impl Iterator<Item = (usize, Field)> {
    columns.iter().enumerate().filter_map(|(index, column)| {
        let field = column.field.filter(|field| field.is_repairable())?;
        Some((index, field))
    })
}

/// The columns of a row with something wrong that a person may repair in its cell, from the left.
pub fn to_repair(batch: &BatchView, index: usize) -> Vec<usize> {
    let Some(planned) = batch.plan.get(index).filter(|_| may_repair(batch, index)) else {
        return Vec::new();
    };
    let wrong = |column: usize| {
        let mut at_cell = planned.problems.iter().filter(|p| p.column == Some(column));
        at_cell.any(|problem| problem.what.severity() > crate::domain::Severity::Note)
    };
    repairable(&batch.file.columns)
        .map(|(column, _)| column)
        .filter(|column| wrong(*column))
        .collect()
}

/// What stands in the cell is a damaged number, a formula or no text at all.
pub fn is_lost(batch: &BatchView, index: usize, column: usize) -> bool {
    let planned = batch.plan.get(index);
    let problems = planned.as_ref().map_or(&[][..], |row| &row.problems);
    let mut at_cell = problems.iter().filter(|p| p.column == Some(column));
    at_cell.any(|problem| {
        matches!(
            problem.what,
            ProblemKind::MangledId | ProblemKind::Unreadable | ProblemKind::FormulaCell
        )
    })
}
