//! Turns the cells of a sheet into rows: gaps between rows, limits, and cells merged downwards, which stand for
//! several rows though the file holds them once. Apart, because both kinds of workbook need it.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::grid::{Cell, MAX_COLUMNS, MAX_ROW_BYTES, RawRow, Sink, Stop};

/// Rows without cells that are delivered in one gap; enough to show that it is there.
const SHOWN_GAP: u32 = 200;

/// The first and the last row of an area and its first and last column; rows from 1, columns from 0.
pub(super) type Area = (u32, u32, usize, usize);

/// Collects cells, row by row, and delivers the rows.
pub(super) struct MergedDown<'a, 's> {
    /// By column: the first and the last row, from 1.
    spans: HashMap<usize, Vec<(u32, u32)>>,
    /// By column: the value and the last row for which it stands.
    open: HashMap<usize, (Cell, u32)>,
    /// The widest row so far.
    width: usize,
    row: Option<RawRow>,
    /// The row that was delivered last.
    delivered: u32,
    bytes: usize,
    sink: &'a mut Sink<'s>,
}

impl<'a, 's> MergedDown<'a, 's> {
    /// For a sheet with these merged areas.
    pub(super) fn new(areas: impl IntoIterator<Item = Area>, sink: &'a mut Sink<'s>) -> Self {
        let mut spans: HashMap<usize, Vec<(u32, u32)>> = HashMap::new();
        for (first, last, left, right) in areas {
            if left == right && first < last && left < MAX_COLUMNS {
                spans.entry(left).or_default().push((first, last));
            }
        }
        for list in spans.values_mut() {
            list.sort_unstable();
        }
        Self {
            spans,
            open: HashMap::new(),
            width: 0,
            row: None,
            delivered: 0,
            bytes: 0,
            sink,
        }
    }

    /// Takes the next cell of the sheet; `Break` when no more are wanted. A sheet that goes back to a row is damaged:
    /// what belongs together there, nobody knows.
    pub(super) fn cell(&mut self, row: u32, column: usize, cell: Cell) -> Result<ControlFlow<()>, Stop> {
        if cell.text.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if column >= MAX_COLUMNS {
            return Err(Stop::TooLarge { row });
        }
        if row <= self.delivered {
            return Err(Stop::Unsupported);
        }
        if self.row.as_ref().is_none_or(|open| open.row != row) {
            let before = self.row.as_ref().map_or(0, |open| open.row);
            if self.end().is_break() || self.gap(before, row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.bytes = 0;
            self.row = Some(RawRow {
                row,
                cells: Vec::new(),
            });
        }
        self.bytes = self.bytes.saturating_add(cell.text.len());
        if self.bytes > MAX_ROW_BYTES {
            return Err(Stop::TooLarge { row });
        }
        if let Some(open) = &mut self.row {
            if open.cells.len() <= column {
                open.cells.resize(column.saturating_add(1), Cell::text(""));
            }
            if let Some(slot) = open.cells.get_mut(column) {
                *slot = cell;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Delivers the row that is open.
    pub(super) fn end(&mut self) -> ControlFlow<()> {
        match self.row.take() {
            Some(row) => self.deliver(row),
            None => ControlFlow::Continue(()),
        }
    }

    fn gap(&mut self, before: u32, next: u32) -> ControlFlow<()> {
        for row in before.saturating_add(1)..next.min(before.saturating_add(SHOWN_GAP)) {
            self.deliver(RawRow {
                row,
                cells: Vec::new(),
            })?;
        }
        ControlFlow::Continue(())
    }

    fn deliver(&mut self, mut row: RawRow) -> ControlFlow<()> {
        self.delivered = row.row;
        // A workbook keeps no empty cells, so a short row lacks nothing.
        self.width = self.width.max(row.cells.len());
        row.cells.resize(self.width, Cell::text(""));
        for (column, spans) in &self.spans {
            let begins = spans
                .binary_search_by_key(&row.row, |(first, _)| *first)
                .ok()
                .and_then(|at| spans.get(at));
            if let Some((_, last)) = begins {
                match row.cells.get(*column) {
                    Some(cell) if !cell.is_blank() => self.open.insert(*column, (cell.clone(), *last)),
                    _ => self.open.remove(column),
                };
            }
        }
        for (column, (cell, last)) in &self.open {
            if row.row > *last {
                continue;
            }
            if row.cells.len() <= *column {
                row.cells.resize(column.saturating_add(1), Cell::text(""));
            }
            if let Some(slot) = row.cells.get_mut(*column).filter(|slot| slot.is_blank()) {
                slot.clone_from(cell);
            }
        }
        (self.sink)(row)
    }
}
