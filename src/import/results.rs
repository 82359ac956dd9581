//! Files of results: chosen rows of an imported file in the file's own form, each with what became of it, so that
//! staff repair them where they are and import them again. Apart from the reader, which recognises the columns that
//! are added here and leaves them out.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::aliases::is_ours;
use super::cells::{Id, read_id};
use super::grid::{Cell, Kind, RawRow};
use super::numbers::is_mangled;
use super::sheet_out::{self, Dialect, OutCell, scientific};
use super::sniff::{self, Format};
use super::source::{Tally, Window};
use super::{ReadOptions, deliver, open, text};
use crate::domain::{CourierList, Field, FileRow, ImportedFile, ProblemKind};

/// The sheet of a workbook of results.
const SHEET: &str = "Sheet1";

/// What stands for nothing where an empty cell would not count.
const NOTHING: &str = "/";

/// The form of a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Delimited text.
    Text,
    /// A workbook, `.xlsx`.
    Workbook,
}

impl Form {
    /// By the ending of the name that a person chose.
    pub fn of(path: &Path) -> Self {
        match path.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("xlsx") => Self::Workbook,
            Some(_) | None => Self::Text,
        }
    }
}

/// What goes out.
#[derive(Clone, Copy)]
pub struct Results<'a> {
    /// The imported file.
    pub file: &'a ImportedFile,
    /// Its rows by index, with what was repaired.
    pub row: &'a dyn Fn(usize) -> Option<Arc<FileRow>>,
    /// Where it lay when it was read; its own cells are used while it is still the same.
    pub source: Option<&'a Path>,
    /// Headings of the added columns; the reader knows them by how they begin.
    pub headings: &'a [String],
    /// Indices of the rows in their order, each with its added cells.
    pub rows: &'a [(usize, Vec<String>)],
}

/// A file ready to be put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be` or `xlsx`.
    pub encoding: &'static str,
    /// The cells come from the imported file itself; otherwise from our record, in which phones are masked.
    pub original: bool,
}

/// A row as it stands in its file.
type Row = (u32, Vec<Cell>);

/// Writes the rows.
///
/// # Errors
/// When they do not fit into a workbook.
pub fn write_results(results: &Results<'_>, form: Form) -> std::io::Result<Written> {
    let from_source = results.source.and_then(|source| read_again(source, results));
    let original = from_source.is_some();
    let (dialect, rows) = from_source.unwrap_or_else(|| (kept_dialect(results.file), kept_rows(results)));
    let columns = Layout::of(results, &rows);
    let mut table = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter();
    if let Some((_, header)) = rows.next() {
        let own: Vec<OutCell> = header.into_iter().map(|cell| OutCell::Text(cell.text)).collect();
        table.push(columns.join(own, results.headings));
    }
    for ((_, mut cells), (index, notes)) in rows.zip(results.rows) {
        let read = (results.row)(*index);
        let read = read.as_deref();
        typed_anew(&mut cells, read);
        let own = cells.iter().enumerate().map(|(column, cell)| {
            let field = results.file.columns.get(column).and_then(|column| column.field);
            guarded(cell, field, column, read, form)
        });
        table.push(columns.join(own.collect(), notes));
    }
    let (bytes, encoding) = match form {
        Form::Text => sheet_out::text(&table, &dialect),
        Form::Workbook => (sheet_out::workbook(&table, SHEET, 1)?, "xlsx"),
    };
    Ok(Written {
        bytes,
        encoding,
        original,
    })
}

/// A repaired row goes out as it was repaired, so that it need not be repaired again.
fn typed_anew(cells: &mut Vec<Cell>, read: Option<&FileRow>) {
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
struct Layout {
    /// Columns that an earlier file of results has added; they make place for new ones.
    ours: Vec<usize>,
    /// All columns of the file.
    all: usize,
}

impl Layout {
    fn of(results: &Results<'_>, rows: &[Row]) -> Self {
        let header = rows.first().map_or(&[][..], |(_, cells)| cells);
        let all = header.len().max(results.file.columns.len());
        let is_ours = |column: &usize| header.get(*column).is_some_and(|cell| is_ours(&cell.text));
        Self {
            ours: (0..all).filter(is_ours).collect(),
            all,
        }
    }

    /// A row's own cells and the added ones. A row with too many cells keeps them all before the added ones, which
    /// then are never empty, so that the row still does not fit its header.
    fn join(&self, mut cells: Vec<OutCell>, added: &[String]) -> Vec<OutCell> {
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

/// The header and the rows from the file itself, if it is still the one that was imported.
fn read_again(source: &Path, results: &Results<'_>) -> Option<(Dialect, Vec<Row>)> {
    let (mut source, length) = open(source).ok()?;
    let couriers = CourierList::default();
    let options = ReadOptions::new(&couriers);
    let tally = Tally::new(&options, length.saturating_mul(2));
    let survey = sniff::survey(&mut source, &tally).ok()?;
    if survey.sha256 != results.file.sha256 {
        return None;
    }
    let file = results.file;
    let mut wanted = std::iter::once(file.header_row)
        .chain(
            results
                .rows
                .iter()
                .filter_map(|(index, _)| Some((results.row)(*index)?.row)),
        )
        .peekable();
    let mut rows: Vec<Row> = Vec::with_capacity(results.rows.len().saturating_add(1));
    let mut sink = |raw: RawRow| {
        if wanted.peek() == Some(&raw.row) {
            wanted.next();
            rows.push((raw.row, raw.cells));
        }
        if wanted.peek().is_none() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    // A file that ends in something unreadable still has the rows before it.
    let _read_to_its_end = deliver(survey.format, &mut source, length, &tally, &mut sink);
    if rows.len() != results.rows.len().saturating_add(1) {
        return None;
    }
    if rows
        .first()
        .is_some_and(|(_, header)| header.iter().any(|cell| is_ours(&cell.text)))
    {
        for cell in rows.iter_mut().flat_map(|(_, cells)| cells) {
            super::carry::inward(&mut cell.text);
        }
    }
    let dialect = match survey.format {
        Format::Text(charset) => {
            let window = Window::new(&mut source, charset, &tally).ok()?;
            text::dialect(window, charset).ok()?
        }
        Format::Html(_) | Format::Zip | Format::Ole | Format::Other => Dialect::default(),
    };
    Some((dialect, rows))
}

fn kept_dialect(file: &ImportedFile) -> Dialect {
    let known = ["gb18030", "utf-16le", "utf-16be"];
    Dialect {
        encoding: known
            .into_iter()
            .find(|name| *name == file.encoding)
            .unwrap_or("utf-8"),
        ..Dialect::default()
    }
}

/// The header and the rows as they were kept.
fn kept_rows(results: &Results<'_>) -> Vec<Row> {
    let file = results.file;
    let header = file
        .columns
        .iter()
        .map(|column| Cell::text(column.heading.clone()));
    let mut rows = vec![(file.header_row, header.collect())];
    for row in results.rows.iter().filter_map(|(index, _)| (results.row)(*index)) {
        let cells = row.cells.iter().cloned().map(Cell::text);
        rows.push((row.row, cells.collect()));
    }
    rows
}

/// A cell that was found damaged must not look sound because we wrote it: a number that lost its digits stays in
/// the form of such a number, the result of a formula stays one, and what could not be read keeps its mark.
fn guarded(cell: &Cell, field: Option<Field>, column: usize, read: Option<&FileRow>, form: Form) -> OutCell {
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
