//! Reads the cells of an old workbook (`.xls`, BIFF8). Apart from `cfb`, which opens the container, and from
//! `biff_text`, which knows how such a file writes text.

use std::io::{Read as _, Seek as _};
use std::ops::ControlFlow;

use super::biff_text::{Texts, short_text, text};
use super::biff_values::{date, error, float_at, shows_date, truth_or_error, unpacked};
use super::cfb::{u16_at, u32_at, workbook_stream};
use super::grid::{Cell, Kind, MAX_CELL_BYTES, RawRow, Sink, Stop};
use super::header;
use super::merged::MergedDown;
use super::numbers::number_cell;
use super::source::Source;

/// Sheets among which the best is looked for.
const MAX_SHEETS: usize = 32;

const EOF: u16 = 0x000a;
const BOF: u16 = 0x0809;
const FILE_PASS: u16 = 0x002f;
const BOUND_SHEET: u16 = 0x0085;
const SHARED_TEXTS: u16 = 0x00fc;
const FORMAT: u16 = 0x041e;
const CELL_FORMAT: u16 = 0x00e0;
const DATE_1904: u16 = 0x0022;
const MERGED: u16 = 0x00e5;
const FORMULA_TEXT: u16 = 0x0207;
/// The records that hold cells.
const CELLS: [u16; 9] = [
    0x0203,
    0x027e,
    0x00fd,
    0x0204,
    0x00d6,
    0x0205,
    0x0006,
    FORMULA_TEXT,
    0x00bd,
];
/// BIFF8 in the first record of a workbook.
const VERSION_8: u16 = 0x0600;

/// One record: its kind, its data, and where the next one begins.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) end: usize,
}

/// The record at this place of the stream.
pub(super) fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let start = at.checked_add(4)?;
    let end = start.checked_add(usize::from(u16_at(stream, at.checked_add(2)?)?))?;
    Some(Record {
        kind: u16_at(stream, at)?,
        data: stream.get(start..end)?,
        end,
    })
}

/// Delivers the rows of the sheet with the best header.
pub(super) fn read(source: &mut Source<'_>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    source.rewind().map_err(|error| Stop::lost(&error))?;
    let mut bytes = Vec::new();
    source
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::lost(&error))?;
    let stream = workbook_stream(&bytes)?;
    drop(bytes);
    if has_password(&stream) {
        return Err(Stop::Protected);
    }
    let book = Book::open(&stream).ok_or(Stop::Unsupported)?;
    let mut best: Option<(usize, (bool, u32))> = None;
    for (at, visible) in book.sheets.iter().take(MAX_SHEETS) {
        let mut head = Vec::new();
        let mut first_rows = |row: RawRow| {
            head.push(row);
            if head.len() > header::WITHIN {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let readable = book.rows(*at, &mut first_rows).is_ok();
        let score = header::find(&head).map_or(0, |found| found.score);
        let rank = (*visible && readable, score);
        if best.is_none_or(|(_, before)| rank > before) {
            best = Some((*at, rank));
        }
    }
    best.map_or(Ok(()), |(at, _)| book.rows(at, sink))
}

/// It says so among its first records, which are never encrypted.
fn has_password(stream: &[u8]) -> bool {
    let mut at: usize = 0;
    while let Some(here) = record(stream, at) {
        match here.kind {
            FILE_PASS => return true,
            EOF => return false,
            _ => at = here.end,
        }
    }
    false
}

/// What all sheets share.
struct Book<'a> {
    stream: &'a [u8],
    /// Where each sheet begins, and whether it is shown.
    sheets: Vec<(usize, bool)>,
    texts: Texts,
    /// By cell format: it shows a date.
    dates: Vec<bool>,
    starts_1904: bool,
}

impl<'a> Book<'a> {
    /// Reads what stands before the sheets; `None` when the stream is none of a workbook.
    fn open(stream: &'a [u8]) -> Option<Self> {
        let first = record(stream, 0).filter(|first| first.kind == BOF)?;
        if u16_at(first.data, 0)? != VERSION_8 {
            return None;
        }
        let mut book = Self {
            stream,
            sheets: Vec::new(),
            texts: Texts::default(),
            dates: Vec::new(),
            starts_1904: false,
        };
        let mut date_formats: Vec<u16> = (14..=22).chain(45..=47).collect();
        let mut formats = Vec::new();
        let mut at = first.end;
        while let Some(here) = record(stream, at) {
            match here.kind {
                EOF => break,
                DATE_1904 => book.starts_1904 = u16_at(here.data, 0) == Some(1),
                BOUND_SHEET => {
                    let place = usize::try_from(u32_at(here.data, 0)?).ok()?;
                    if here.data.get(5) == Some(&0) && short_text(here.data, 6).is_some() {
                        book.sheets
                            .push((place, here.data.get(4).is_some_and(|b| b % 4 == 0)));
                    }
                }
                SHARED_TEXTS => book.texts = Texts::read(stream, at),
                FORMAT => {
                    let shown = text(here.data, 2).unwrap_or_default();
                    if shows_date(&shown) {
                        date_formats.extend(u16_at(here.data, 0));
                    }
                }
                CELL_FORMAT => formats.extend(u16_at(here.data, 2)),
                _ => {}
            }
            at = here.end;
        }
        book.dates = formats
            .iter()
            .map(|format| date_formats.contains(format))
            .collect();
        Some(book)
    }

    /// The records of one sheet without those of charts inside it.
    fn records(&self, start: usize) -> impl Iterator<Item = Record<'a>> {
        let stream = self.stream;
        let mut at = record(stream, start).map(|first| first.end);
        let mut inside: u32 = 0;
        std::iter::from_fn(move || {
            loop {
                let here = record(stream, at?)?;
                at = Some(here.end);
                match (here.kind, inside) {
                    (BOF, _) => inside = inside.saturating_add(1),
                    (EOF, 0) => {
                        at = None;
                        return None;
                    }
                    (EOF, _) => inside = inside.saturating_sub(1),
                    (_, 0) => return Some(here),
                    _ => {}
                }
            }
        })
    }

    /// The records of one sheet in the order of its rows: some writers put cells down as they come.
    fn by_row(&self, start: usize) -> Vec<Record<'a>> {
        let mut row = 0;
        let mut records: Vec<(u16, Record<'a>)> = self
            .records(start)
            .filter(|here| CELLS.contains(&here.kind))
            .map(|here| {
                // The text of a formula stands behind it and has no place of its own.
                if here.kind != FORMULA_TEXT {
                    row = u16_at(here.data, 0).unwrap_or(row);
                }
                (row, here)
            })
            .collect();
        records.sort_by_key(|(row, _)| *row);
        records.into_iter().map(|(_, here)| here).collect()
    }

    fn rows(&self, start: usize, sink: &mut Sink<'_>) -> Result<(), Stop> {
        let areas = self
            .records(start)
            .filter(|r| r.kind == MERGED)
            .flat_map(|r| merged(r.data));
        let mut down = MergedDown::new(areas, sink);
        let mut formula = None;
        for here in self.by_row(start) {
            for (row, column, cell) in self.cells(&here, &mut formula) {
                if cell.text.len() > MAX_CELL_BYTES {
                    return Err(Stop::TooLarge { row });
                }
                if down.cell(row, column, cell)?.is_break() {
                    return Ok(());
                }
            }
        }
        let _finished = down.end();
        Ok(())
    }

    /// The cells of a record: none, one, or several numbers side by side. `formula` is where the text of the record
    /// behind belongs.
    fn cells(&self, here: &Record<'_>, formula: &mut Option<(u32, usize)>) -> Vec<(u32, usize, Cell)> {
        let data = here.data;
        let Some((row, column)) = u16_at(data, 0).zip(u16_at(data, 2)) else {
            return Vec::new();
        };
        let place = (u32::from(row).saturating_add(1), usize::from(column));
        let format = u16_at(data, 4).unwrap_or_default();
        let cell = match here.kind {
            0x0203 => float_at(data, 6).map(|value| self.number(value, format, false)),
            0x027e => u32_at(data, 6).map(|packed| self.number(unpacked(packed), format, false)),
            0x00fd => u32_at(data, 6)
                .and_then(|index| self.texts.get(index))
                .map(Cell::text),
            0x0204 | 0x00d6 => text(data, 6).map(Cell::text),
            0x0205 => truth_or_error(data),
            0x0006 => self.formula(data, format, place, formula),
            FORMULA_TEXT => {
                let found = formula.take().zip(text(data, 0));
                return found
                    .map(|((row, column), text)| (row, column, Cell::text(text)))
                    .into_iter()
                    .collect();
            }
            0x00bd => return self.packed_row(data, place),
            _ => None,
        };
        cell.map(|cell| (place.0, place.1, cell)).into_iter().collect()
    }

    fn number(&self, value: f64, format: u16, formula: bool) -> Cell {
        let is_date = self.dates.get(usize::from(format)).copied().unwrap_or_default();
        let date = is_date.then(|| date(value, self.starts_1904)).flatten();
        Cell {
            text: date.unwrap_or_else(|| number_cell(value).0),
            kind: if formula {
                Kind::Formula
            } else {
                Kind::Number(value)
            },
        }
    }

    fn packed_row(&self, data: &[u8], place: (u32, usize)) -> Vec<(u32, usize, Cell)> {
        let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        let (numbers, _) = numbers.as_chunks::<6>();
        let cells = numbers.iter().enumerate().filter_map(|(offset, number)| {
            let cell = self.number(unpacked(u32_at(number, 2)?), u16_at(number, 0)?, false);
            Some((place.0, place.1.saturating_add(offset), cell))
        });
        cells.collect()
    }

    /// The last result of a formula. Its text stands in the record behind.
    fn formula(
        &self,
        data: &[u8],
        format: u16,
        place: (u32, usize),
        text: &mut Option<(u32, usize)>,
    ) -> Option<Cell> {
        *text = None;
        if u16_at(data, 12)? != 0xffff {
            return Some(self.number(float_at(data, 6)?, format, true));
        }
        match data.get(6)? {
            0 => {
                *text = Some(place);
                None
            }
            1 => Some(Cell::text(if data.get(8)? == &0 { "FALSE" } else { "TRUE" })),
            2 => Some(error(*data.get(8)?)),
            _ => None,
        }
    }
}

/// Areas of merged cells as first row, last row, first column, last column, rows from 1.
fn merged(data: &[u8]) -> Vec<(u32, u32, usize, usize)> {
    let (areas, _) = data.get(2..).unwrap_or_default().as_chunks::<8>();
    let number = |area: &[u8], at| u16_at(area, at).unwrap_or_default();
    let one = |area: &[u8; 8]| {
        (
            u32::from(number(area, 0)).saturating_add(1),
            u32::from(number(area, 2)).saturating_add(1),
            usize::from(number(area, 4)),
            usize::from(number(area, 6)),
        )
    };
    areas.iter().map(one).collect()
}
