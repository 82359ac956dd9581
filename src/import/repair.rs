//! Reads a row again after a person has typed some of its cells anew. Apart from `rows`, because here a file is no
//! longer at hand: only what the cells touch is read again, by the same functions as a file's, and a cell that was
//! damaged in the file stays damaged until it is typed anew itself.

use std::sync::Arc;

use crate::domain::{Column, CourierList, Field, FileRow, LogisticsType, Problem, ProblemKind, Repaired};

use super::cells::{Id, read_id};
use super::columns::{Columns, OrderColumn};
use super::couriers::Spellings;
use super::express;
use super::goods::item_desc;
use super::grid::{Cell, Kind, RawRow};
use super::phones;
use super::rows::Rows;
use super::tracking_columns::pairs;

/// Longest text that is taken, in characters; more than any field of WeChat's.
const MAX_CHARS: usize = 500;

/// What the parcels of a row are read from.
const OF_PARCELS: [Field; 5] = [
    Field::TrackingNo,
    Field::Courier,
    Field::LogisticsType,
    Field::DeliveryMode,
    Field::AllDelivered,
];
const OF_ORDER: [Field; 2] = [Field::TransactionId, Field::OutTradeNo];
const OF_GOODS: [Field; 2] = [Field::ItemDesc, Field::Quantity];

/// The row with a cell typed anew, or as the file has it when `text` is `None`. Everything that was typed in the row
/// before stays. A row that was taken for sums or an example is a shipment once something is typed in it. `None` when
/// the row can be none or the cell takes no part in what is sent.
pub fn repair(
    row: &FileRow,
    columns: &[Column],
    couriers: &CourierList,
    column: usize,
    text: Option<&str>,
) -> Option<FileRow> {
    let field = columns.get(column)?.field?;
    if row.ignored.is_some_and(|ignored| !ignored.may_be_shipment()) || !field.is_repairable() {
        return None;
    }
    let mut typed: Vec<(usize, String)> = row
        .repaired_columns()
        .iter()
        .filter(|other| **other != column)
        .map(|other| (*other, row.cells.get(*other).cloned().unwrap_or_default()))
        .collect();
    typed.extend(text.map(|text| (column, kept(text, field))));
    typed.sort_by_key(|(column, _)| *column);
    let before = row.as_read();
    if typed.is_empty() {
        return Some(before.clone());
    }
    let mut repaired = if before.ignored.is_some() {
        let counted = as_shipment(before, columns, couriers);
        Repair::of(&counted, &typed, columns).read(columns, couriers)
    } else {
        Repair::of(before, &typed, columns).read(columns, couriers)
    };
    if let Some(repaired) = &mut repaired.repaired {
        repaired.before = before.clone();
    }
    Some(repaired)
}

/// A row that was taken for something else, read as a shipment.
fn as_shipment(row: &FileRow, columns: &[Column], couriers: &CourierList) -> FileRow {
    let mut read = FileRow {
        row: row.row,
        origin: row.origin,
        cells: Arc::clone(&row.cells),
        doubtful: row.doubtful.clone(),
        ..FileRow::default()
    };
    let raw = raw_of(row);
    Rows::of_columns(known(columns), Spellings::new(couriers)).read_fields(&raw, &mut read);
    read.ignored = None;
    read
}

/// The cells of a row as a file's.
fn raw_of(row: &FileRow) -> RawRow {
    let cells = row.cells.iter().enumerate();
    RawRow {
        row: row.row,
        cells: cells
            .map(|(column, text)| Cell {
                text: text.clone(),
                kind: trust(row, column),
            })
            .collect(),
    }
}

/// The text as it is kept: no full phone number, no controls, not endless.
fn kept(text: &str, field: Field) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect();
    let is_id = matches!(field, Field::TransactionId | Field::OutTradeNo | Field::Mchid);
    if field == Field::ReceiverContact {
        phones::hide_cell(&text)
    } else if is_id && matches!(read_id(&Cell::text(text.as_str()), false), Id::Sound { .. }) {
        text
    } else {
        phones::hide(&text)
    }
}

/// A row whose cells are read again.
struct Repair<'a> {
    before: &'a FileRow,
    /// Columns that were typed anew, with their fields.
    typed: Vec<(usize, Field)>,
    raw: RawRow,
}

impl<'a> Repair<'a> {
    fn of(before: &'a FileRow, typed: &[(usize, String)], columns: &[Column]) -> Self {
        let mut raw = raw_of(before);
        for (column, text) in typed {
            if raw.cells.len() <= *column {
                raw.cells.resize(column.saturating_add(1), Cell::text(""));
            }
            if let Some(cell) = raw.cells.get_mut(*column) {
                *cell = Cell::text(text.as_str());
            }
        }
        let field = |column: usize| columns.get(column).and_then(|column| column.field);
        Self {
            before,
            typed: typed
                .iter()
                .filter_map(|(column, _)| Some((*column, field(*column)?)))
                .collect(),
            raw,
        }
    }

    fn touches(&self, fields: &[Field]) -> bool {
        self.typed.iter().any(|(_, field)| fields.contains(field))
    }

    fn read(self, columns: &[Column], couriers: &CourierList) -> FileRow {
        let typed: Vec<usize> = self.typed.iter().map(|(column, _)| *column).collect();
        let mut row = self.before.clone();
        row.cells = self.raw.cells.iter().map(|cell| cell.text.clone()).collect();
        row.doubtful.retain(|column| !typed.contains(column));
        row.problems
            .retain(|problem| problem.column.is_none_or(|column| !typed.contains(&column)));
        row.repaired = Some(Box::new(Repaired {
            columns: typed,
            before: self.before.clone(),
        }));
        let known = known(columns);
        let text = |column: usize| self.raw.cells.get(column).map_or("", |cell| cell.text.as_str());
        if self.touches(&OF_ORDER) {
            self.read_order(&mut row);
        }
        if self.touches(&[Field::Mchid]) {
            row.mchid = known.mchid.iter().find_map(|column| merchant(text(*column)));
        }
        if self.touches(&OF_GOODS) {
            let at = |column: Option<usize>| column.map(text).unwrap_or_default();
            row.item_desc = item_desc(at(known.goods), at(known.quantity));
        }
        if self.touches(&[Field::ReceiverContact]) {
            row.receiver_contact = known
                .phones
                .iter()
                .find_map(|column| phones::contact(text(*column)));
        }
        if self.touches(&OF_PARCELS) {
            row.problems
                .retain(|problem| problem.field.is_none_or(|field| !OF_PARCELS.contains(&field)));
            row.parcels.clear();
            row.logistics_type = LogisticsType::default();
            (row.split, row.more_follows) = (false, false);
            let mut reader = Rows::of_columns(known, Spellings::new(couriers));
            reader.read_manner(&self.raw, &mut row);
            express::read(&reader.columns, &mut reader.spellings, &self.raw, &mut row);
            // A number that is taken away is missing; the row does not become one that ships nothing.
            row.ignored = None;
        }
        row
    }

    /// What a person typed as the order's number counts before every other number of the row.
    fn read_order(&self, row: &mut FileRow) {
        row.problems.retain(|problem| {
            !problem.blocks() || problem.field.is_none_or(|field| !OF_ORDER.contains(&field))
        });
        let typed = self.typed.iter().filter(|(_, field)| OF_ORDER.contains(field));
        let mut bad: Option<Problem> = None;
        for (column, field) in typed {
            let Some(cell) = self.raw.cells.get(*column) else {
                continue;
            };
            match read_id(cell, false) {
                Id::Sound { text, .. } => {
                    row.order_number = Some(text);
                    row.order_column = Some(*column);
                    return;
                }
                Id::Bad(kind) => {
                    let problem = Problem::of(kind, *field).at(*column, phones::hide(&cell.text));
                    bad.get_or_insert(problem);
                }
                Id::None => {}
            }
            row.order_column.get_or_insert(*column);
        }
        let from_typed = |column| self.typed.iter().any(|(typed, _)| *typed == column);
        if bad.is_some() || row.order_column.is_some_and(from_typed) {
            row.order_number = None;
        }
        row.problems.extend(bad);
    }
}

/// The columns of a file that was read before, without the habits of its numbers.
fn known(all: &[Column]) -> Columns {
    let of = |wanted: &[Field]| -> Vec<usize> {
        let columns = all.iter().enumerate();
        columns
            .filter(|(_, column)| column.field.is_some_and(|field| wanted.contains(&field)))
            .map(|(index, _)| index)
            .collect()
    };
    let first = |wanted| of(&[wanted]).first().copied();
    let (tracking, couriers) = (of(&[Field::TrackingNo]), of(&[Field::Courier]));
    let order = |field: Field| {
        of(&[field]).into_iter().map(move |column| OrderColumn {
            column,
            field,
            by_shape: false,
        })
    };
    Columns {
        all: all.to_vec(),
        orders: OF_ORDER.into_iter().flat_map(order).collect(),
        mchid: of(&[Field::Mchid]),
        courier_of: pairs(all, &tracking, &couriers),
        tracking: tracking.first().copied(),
        more_tracking: tracking.into_iter().skip(1).collect(),
        couriers,
        goods: first(Field::ItemDesc),
        quantity: first(Field::Quantity),
        phones: of(&[Field::ReceiverContact]),
        manner: of(&[Field::LogisticsType, Field::DeliveryMode]),
        all_delivered: first(Field::AllDelivered),
        ..Columns::default()
    }
}

/// How far a cell that was not typed anew can be trusted.
fn trust(before: &FileRow, column: usize) -> Kind {
    let told = |kind: &ProblemKind| {
        let mut at_cell = before.problems.iter().filter(|p| p.column == Some(column));
        at_cell.any(|problem| problem.what == *kind)
    };
    if told(&ProblemKind::Unreadable) {
        Kind::Unreadable
    } else if told(&ProblemKind::FormulaCell) {
        Kind::Formula
    } else if told(&ProblemKind::MangledId) || before.doubtful.contains(&column) {
        // A number of which no digit counts.
        Kind::Number(f64::NAN)
    } else {
        Kind::Text
    }
}

fn merchant(text: &str) -> Option<String> {
    match read_id(&Cell::text(text), false) {
        Id::Sound { text, .. } if text.len() >= 6 && text.bytes().all(|b| b.is_ascii_digit()) => Some(text),
        Id::Sound { .. } | Id::None | Id::Bad(_) => None,
    }
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
