//! One row of a file of results: its own cells as they must go out, and the added ones beside them. Apart from
//! `results`, which goes over the rows.

use super::aliases::is_ours;
use super::cells::{Id, read_id};
use super::grid::{Cell, Kind};
use super::numbers::is_mangled;
use super::results::{Form, Results};
use super::sheet_out::{OutCell, scientific};
use crate::domain::{Field, FileRow, ProblemKind};

/// What stands for nothing where an empty cell would not count.
const NOTHING: &str = "/";

/// A repaired row goes out as it was repaired, so that it need not be repaired again.
pub(super) fn typed_anew(cells: &mut Vec<Cell>, read: Option<&FileRow>) {
    let Some(row) = read else { return };
    for column in row.repaired_columns() {
        if cells.len() <= *column {
            cells.resize(column.saturating_add(1), Cell::text(""));
        }
        if let (Some(cell), Some(text)) = (cells.get_mut(*column), row.cells.get(*column)) {
            *cell = Cell::text(text.as_str());
        }
    }
}

/// Which columns stay and how wide the file's own part is.
pub(super) struct Layout {
    /// Columns that an earlier file of results has added; they make place for new ones.
    ours: Vec<usize>,
    /// All columns of the file.
    all: usize,
}

impl Layout {
    pub(super) fn of(results: &Results<'_>, header: &[Cell]) -> Self {
        let all = header.len().max(results.file.columns.len());
        let is_ours = |column: &usize| header.get(*column).is_some_and(|cell| is_ours(&cell.text));
        Self {
            ours: (0..all).filter(is_ours).collect(),
            all,
        }
    }

    /// A row's own cells and the added ones. A row with too many cells keeps them all before the added ones, which
    /// then are never empty, so that the row still does not fit its header.
    pub(super) fn join(&self, mut cells: Vec<OutCell>, added: &[String]) -> Vec<OutCell> {
        let empty = |cell: &OutCell| matches!(cell, OutCell::Text(text) if text.is_empty());
        while cells.len() > self.all && cells.last().is_some_and(empty) {
            cells.pop();
        }
        let too_many = cells.len().saturating_sub(self.all);
        let mut row: Vec<OutCell> = cells
            .into_iter()
            .enumerate()
            .filter(|(column, _)| !self.ours.contains(&column.saturating_sub(too_many)) || *column < too_many)
            .map(|(_, cell)| cell)
            .collect();
        let width = self.all.saturating_sub(self.ours.len());
        if row.len() < width {
            row.resize(width, OutCell::Text(String::new()));
        }
        let added = added.iter().map(|cell| match cell.as_str() {
            "" if too_many > 0 => NOTHING,
            cell => cell,
        });
        row.extend(added.map(|cell| OutCell::Text(cell.to_owned())));
        row
    }
}

/// A cell that was found damaged must not look sound because we wrote it: a number that lost its digits stays in
/// the form of such a number, the result of a formula stays one, and what could not be read keeps its mark.
pub(super) fn guarded(
    cell: &Cell,
    field: Option<Field>,
    column: usize,
    read: Option<&FileRow>,
    form: Form,
) -> OutCell {
    let told = read.map_or(&[][..], |row| &row.problems);
    let is_told = |kind: &ProblemKind| {
        told.iter()
            .any(|problem| problem.column == Some(column) && problem.what == *kind)
    };
    let text = &cell.text;
    if cell.kind == Kind::Unreadable || is_told(&ProblemKind::Unreadable) {
        let marked = text.contains('\u{fffd}');
        return OutCell::Text(if marked {
            text.clone()
        } else {
            format!("{text}\u{fffd}")
        });
    }
    let id = matches!(
        field,
        Some(Field::TransactionId | Field::OutTradeNo | Field::TrackingNo | Field::Mchid)
    );
    let bad = is_told(&ProblemKind::MangledId)
        || is_told(&ProblemKind::FormulaCell)
        || matches!(read_id(cell, false), Id::Bad(_));
    let looks_sound = matches!(read_id(&Cell::text(text.clone()), false), Id::Sound { .. });
    if !id || !bad || !looks_sound {
        return OutCell::Text(text.clone());
    }
    let damaged = text
        .trim()
        .parse()
        .ok()
        .map(|number: f64| (number, scientific(number)));
    match (damaged, cell.kind) {
        (Some((number, _)), Kind::Number(_)) if form == Form::Workbook => OutCell::Number(number),
        (Some((_, shown)), Kind::Text | Kind::Number(_)) if is_mangled(&shown) => OutCell::Text(shown),
        _ => OutCell::Text(format!("={text}")),
    }
}
