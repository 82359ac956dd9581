//! What counts otherwise than it stands in the file: cells that were tidied up, translated, or typed anew by a person;
//! and which cells may be typed anew.

use crate::domain::{Column, CourierList, Field, FileRow, Ignored, ProblemKind, RowStatus};
use crate::engine::snapshot::{BatchPhase, BatchView};

/// A cell that counts otherwise than it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its column.
    pub column: usize,
    /// What the column is for.
    pub field: Field,
    /// As it stands in the file.
    pub original: String,
    /// As it counts.
    pub now: String,
    /// A person typed it anew.
    pub by_person: bool,
}

/// The changed cells of a row, from the left.
pub fn changes(row: &FileRow, columns: &[Column], couriers: &CourierList) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let typed = row.repaired_columns();
    let as_read = row.as_read();
    let mut add = |column: usize, field: Field, now: &str, by_person: bool| {
        let original = as_read.cells.get(column).cloned().unwrap_or_default();
        if (by_person || original != now) && found.iter().all(|change| change.column != column) {
            found.push(Change {
                column,
                field,
                original,
                now: now.to_owned(),
                by_person,
            });
        }
    };
    let field_of = |column: usize| columns.get(column).and_then(|column| column.field);
    for column in typed {
        let now = row.cells.get(*column).map_or("", String::as_str);
        add(*column, field_of(*column).unwrap_or(Field::ItemDesc), now, true);
    }
    for cell in row.changed_cells(columns) {
        let field = field_of(cell.column).unwrap_or(Field::OutTradeNo);
        add(cell.column, field, &cell.now, false);
    }
    let first = |field| columns.iter().position(|column| column.field == Some(field));
    for problem in &row.problems {
        if let (ProblemKind::CourierTranslated { id } | ProblemKind::CourierTaught { id }, Some(column)) =
            (&problem.what, problem.column)
        {
            add(column, Field::Courier, couriers.name(id), false);
        }
    }
    if let (Some(text), Some(column)) = (&row.item_desc, first(Field::ItemDesc)) {
        let cell = as_read.cells.get(column).map_or("", String::as_str);
        // With the quantity behind it the text is still the file's.
        if !text.starts_with(cell.trim()) {
            add(column, Field::ItemDesc, text, false);
        }
    }
    found.sort_by_key(|change| change.column);
    found
}

/// Something of the row counts otherwise than it stands in the file.
pub fn is_changed(row: &FileRow, columns: &[Column]) -> bool {
    row.ignored.is_none() && !changes(row, columns, &CourierList::default()).is_empty()
}

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
    let row = batch.file.rows.get(index);
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
    let problems = batch.plan.get(index).map_or(&[][..], |row| &row.problems);
    let mut at_cell = problems.iter().filter(|p| p.column == Some(column));
    at_cell.any(|problem| {
        matches!(
            problem.what,
            ProblemKind::MangledId | ProblemKind::Unreadable | ProblemKind::FormulaCell
        )
    })
}
