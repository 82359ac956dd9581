//! Reads the cells of a workbook, one after the other and never as a box in memory. Apart, because a workbook has
//! kinds of cells that text has not: numbers, formulas, merged cells, several sheets.

use std::collections::HashMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx};

use super::grid::{Cell, Kind, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROW_BYTES, RawRow, Sink, Stop};
use super::header;
use super::numbers::number_cell;
use super::unzip;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Delivers the rows of the sheet with the best header.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    unzip::check(bytes)?;
    // The parser is not ours: should it panic on a hostile file, that file is refused and nothing else happens.
    catch_unwind(AssertUnwindSafe(|| read_book(bytes, sink))).unwrap_or(Err(Stop::Unsupported))
}

fn read_book(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(unsupported)?;
    let Some(sheet) = best_sheet(&mut book) else {
        return Ok(());
    };
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    rows(&mut book, &sheet, &merged, sink)
}

fn unsupported(_damaged: calamine::XlsxError) -> Stop {
    Stop::Unsupported
}

/// The visible sheet whose first rows look most like a header; the first one among equals.
fn best_sheet(book: &mut Book<'_>) -> Option<String> {
    let all: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut best: Option<(String, (bool, u32, bool))> = None;
    for (name, visible) in all {
        let mut head: Vec<RawRow> = Vec::new();
        let mut sink = |row: RawRow| {
            head.push(row);
            if head.len() > header::WITHIN {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let readable = rows(book, &name, &[], &mut sink).is_ok();
        let score = header::find(&head).map_or(0, |(_, score)| score);
        let rank = (visible, score, readable && !head.is_empty());
        if best.as_ref().is_none_or(|(_, before)| rank > *before) {
            best = Some((name, rank));
        }
    }
    best.map(|(name, _)| name)
}

/// Delivers the rows of a sheet, the blank ones between them too.
fn rows(book: &mut Book<'_>, sheet: &str, merged: &[Dimensions], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unsupported)?;
    let mut down = MergedDown::new(merged);
    let mut row: Option<(RawRow, usize)> = None;
    loop {
        let cell = cells.next_cell_with_formula_metadata().map_err(unsupported)?;
        let Some(cell) = cell else { break };
        let (index, column) = cell.pos;
        let number = index.saturating_add(1);
        let cell = cell_of(&cell.value, cell.formula.is_some());
        if cell.text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS || cell.text.len() > MAX_CELL_BYTES {
            return Err(Stop::TooLarge { row: number });
        }
        if row.as_ref().is_none_or(|(open, _)| open.row != number) {
            let before = row.as_ref().map_or(0, |(open, _)| open.row);
            if let Some((full, _)) = row.take()
                && sink(down.fill(full)).is_break()
            {
                return Ok(());
            }
            if blanks(before, number, &mut down, sink).is_break() {
                return Ok(());
            }
            row = Some((
                RawRow {
                    row: number,
                    cells: Vec::new(),
                },
                0,
            ));
        }
        if let Some((open, bytes)) = &mut row {
            *bytes = bytes.saturating_add(cell.text.len());
            if *bytes > MAX_ROW_BYTES {
                return Err(Stop::TooLarge { row: number });
            }
            if open.cells.len() <= column {
                open.cells.resize(column.saturating_add(1), Cell::text(""));
            }
            if let Some(slot) = open.cells.get_mut(column) {
                *slot = cell;
            }
        }
    }
    if let Some((full, _)) = row {
        let _finished = sink(down.fill(full));
    }
    Ok(())
}

/// The rows without cells between two rows; of a large gap only the beginning, which is enough to show that it is
/// there.
fn blanks(before: u32, next: u32, down: &mut MergedDown, sink: &mut Sink<'_>) -> ControlFlow<()> {
    const SHOWN: u32 = 200;
    for number in before.saturating_add(1)..next.min(before.saturating_add(SHOWN)) {
        let blank = RawRow {
            row: number,
            cells: Vec::new(),
        };
        sink(down.fill(blank))?;
    }
    ControlFlow::Continue(())
}

/// One cell with its doubts.
fn cell_of(value: &DataRef<'_>, formula: bool) -> Cell {
    let (text, kind) = match value {
        DataRef::Empty => return Cell::text(""),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (text.clone(), Kind::Text)
        }
        DataRef::SharedString(text) => ((*text).to_owned(), Kind::Text),
        DataRef::Int(number) => (number.to_string(), Kind::Number(as_float(*number))),
        DataRef::Float(number) => (number_cell(*number).0, Kind::Number(*number)),
        DataRef::Bool(truth) => (if *truth { "TRUE" } else { "FALSE" }.to_owned(), Kind::Text),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
            (
                text.trim_end_matches(" 00:00:00").to_owned(),
                Kind::Number(date.as_f64()),
            )
        }
        DataRef::Error(error) => (error.to_string(), Kind::Error),
    };
    // A formula that gives text is as good as text; one that gives a number is not, where an id belongs.
    let kind = if formula && matches!(kind, Kind::Number(_)) {
        Kind::Formula
    } else {
        kind
    };
    Cell { text, kind }
}

fn as_float(number: i64) -> f64 {
    number as f64
}

/// Cells merged downwards show one value for several rows, such as one order with several parcels; the file holds it
/// only once.
struct MergedDown {
    /// By column: the first and the last row, from 1.
    spans: HashMap<usize, Vec<(u32, u32)>>,
    /// By column: the value and the last row for which it stands.
    open: HashMap<usize, (Cell, u32)>,
    /// The widest row so far.
    width: usize,
}

impl MergedDown {
    fn new(merged: &[Dimensions]) -> Self {
        let mut spans: HashMap<usize, Vec<(u32, u32)>> = HashMap::new();
        for area in merged {
            let (first, last) = (area.start, area.end);
            if first.1 == last.1
                && first.0 < last.0
                && let Ok(column) = usize::try_from(first.1)
                && column < MAX_COLUMNS
            {
                let span = (first.0.saturating_add(1), last.0.saturating_add(1));
                spans.entry(column).or_default().push(span);
            }
        }
        for list in spans.values_mut() {
            list.sort_unstable();
        }
        Self {
            spans,
            open: HashMap::new(),
            width: 0,
        }
    }

    fn fill(&mut self, mut row: RawRow) -> RawRow {
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
        row
    }
}
