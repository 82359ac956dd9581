//! Reads the cells of a workbook, one after the other and never as a box in memory. Apart, because a workbook has
//! kinds of cells that text has not: numbers, formulas, merged cells, several sheets.

use std::io::{BufReader, Seek as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx};

use super::grid::{Cell, Kind, MAX_CELL_BYTES, RawRow, Sink, Stop};
use super::header;
use super::merged::{Area, MergedDown};
use super::numbers::number_cell;
use super::source::{Source, Tally};
use super::unzip;

/// Sheets among which the best is looked for.
const MAX_SHEETS: usize = 32;

type Book<'a, 's> = Xlsx<BufReader<&'a mut Source<'s>>>;

/// Delivers the rows of the sheet with the best header.
pub(super) fn read(source: &mut Source<'_>, tally: &Tally<'_>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    unzip::check(source, tally)?;
    source.rewind().map_err(|error| Stop::lost(&error))?;
    // The parser is not ours: should it panic on a hostile file, that file is refused and nothing else happens.
    catch_unwind(AssertUnwindSafe(|| read_book(source, sink))).unwrap_or(Err(Stop::Unsupported))
}

fn read_book(source: &mut Source<'_>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut book: Book<'_, '_> = Xlsx::new(BufReader::new(source)).map_err(unsupported)?;
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
fn best_sheet(book: &mut Book<'_, '_>) -> Option<String> {
    let all: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut best: Option<(String, (bool, u32, bool))> = None;
    for (name, visible) in all.into_iter().take(MAX_SHEETS) {
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
        let score = header::find(&head).map_or(0, |found| found.score);
        let rank = (visible, score, readable && !head.is_empty());
        if best.as_ref().is_none_or(|(_, before)| rank > *before) {
            best = Some((name, rank));
        }
    }
    best.map(|(name, _)| name)
}

/// Delivers the rows of a sheet, the blank ones between them too.
fn rows(
    book: &mut Book<'_, '_>,
    sheet: &str,
    merged: &[Dimensions],
    sink: &mut Sink<'_>,
) -> Result<(), Stop> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unsupported)?;
    let mut rows = MergedDown::new(merged.iter().map(area), sink);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(unsupported)? {
        let (row, column) = (cell.pos.0.saturating_add(1), index(cell.pos.1));
        let cell = cell_of(&cell.value, cell.formula.is_some());
        if cell.text.len() > MAX_CELL_BYTES {
            return Err(Stop::TooLarge { row });
        }
        if rows.cell(row, column, cell)?.is_break() {
            return Ok(());
        }
    }
    let _finished = rows.end();
    Ok(())
}

fn index(column: u32) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

fn area(merged: &Dimensions) -> Area {
    let (first, last) = (merged.start, merged.end);
    let row = |row: u32| row.saturating_add(1);
    (row(first.0), row(last.0), index(first.1), index(last.1))
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
