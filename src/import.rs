//! Reads the files that warehouses send: bytes in, rows and problems out. Apart from everything that sends, so that
//! a file can be checked completely while nothing can leave the house. What goes out to be repaired and comes back,
//! files of results and WeChat's template, is written here too, because the reader must know it again.
//!
//! The way of a file: `sniff` tells what it is, `text`, `workbook`, `biff` or `html` delivers its rows, `assemble` finds the header,
//! `columns` decides what each column is for, `rows` reads row after row.

mod aliases;
mod assemble;
mod biff;
mod biff_text;
mod biff_values;
mod carry;
mod cells;
mod cfb;
mod charset;
mod clean;
mod columns;
mod couriers;
mod delimiter;
mod express;
mod goods;
mod grid;
mod header;
mod headless;
mod html;
mod mappings;
mod merged;
mod numbers;
mod order_columns;
mod parcels;
mod phones;
mod records;
mod repair;
mod result_rows;
mod results;
mod rows;
mod sheet_out;
pub mod shopping;
mod similar;
mod sniff;
mod source;
mod table_out;
mod template;
mod text;
mod tracking_columns;
mod unzip;
mod words;
mod workbook;

use std::fs::File;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use crate::domain::{CourierList, FileRow, ImportedFile, ProblemKind};

pub use columns::Mapping;
pub use couriers::{built_in_couriers, knows_spelling, same_spelling};
pub use express::{looks_like, with_courier};
pub use mappings::{Mappings, RememberedMapping};
pub use repair::repair;
pub use results::{Form, Results, Written, WrittenRows, write_results};
pub use shopping::{read_shopping, read_shopping_text};
pub use table_out::write_table;
pub use template::{TEMPLATE_HEADINGS, TEMPLATE_SHEET, write_template};

use assemble::{Assembly, Taker, Told};
use grid::{Sink, Stop};
use sniff::Format;
use source::{Source, Tally, Window};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Largest old workbook, in bytes; its sheets end at 65,536 rows.
const MAX_OLD_BYTES: u64 = 64 * 1024 * 1024;
/// Memory for the rows that [`read`] keeps, in bytes, roughly counted.
const MAX_KEPT_BYTES: usize = 1024 * 1024 * 1024;

/// How far a reading is. A file is looked at twice: once to tell what it is, once for its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows read so far.
    pub rows: u64,
    /// Bytes looked at so far.
    pub bytes: u64,
    /// Bytes that will be looked at.
    pub of_bytes: u64,
}

/// What a reading needs besides the file.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The couriers that may be sent; spellings in the file are resolved to these ids and to no others.
    pub couriers: &'a CourierList,
    /// Tells a number of an order that is known, WeChat's or the shop's: which of several columns names the order.
    pub knows: &'a dyn Fn(&str) -> bool,
    /// Asked now and then; `true` ends the reading, and the file comes back without rows.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Told now and then how far the reading is.
    pub progress: &'a dyn Fn(Progress),
}

impl<'a> ReadOptions<'a> {
    /// Knows no orders, reads to the end and tells nobody.
    pub fn new(couriers: &'a CourierList) -> Self {
        Self {
            couriers,
            knows: &|_| false,
            cancelled: &|| false,
            progress: &|_| {},
        }
    }
}

/// Reads a file. Never fails for a bad row: what is wrong with a row stands in the row, what is wrong with the file
/// in [`ImportedFile::problems`].
pub fn read(path: &Path, options: &ReadOptions<'_>) -> ImportedFile {
    read_mapped(path, options, &[])
}

/// Reads a file, with a person's choice of what some of its headings are for.
pub fn read_mapped(path: &Path, options: &ReadOptions<'_>, mapping: &Mapping) -> ImportedFile {
    collect(options, |taker| {
        read_rows_told(path, options, Told::Now(mapping), taker)
    })
}

/// Reads a file, with what was decided earlier for files with the same headings.
pub fn read_remembering(path: &Path, options: &ReadOptions<'_>, known: &Mappings) -> ImportedFile {
    collect(options, |taker| {
        read_rows_told(path, options, Told::Earlier(known), taker)
    })
}

/// Reads the bytes of a file that is called `name`.
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions<'_>) -> ImportedFile {
    read_bytes_mapped(name, bytes, options, &[])
}

/// Reads the bytes of a file, with a person's choice of what some of its headings are for.
pub fn read_bytes_mapped(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions<'_>,
    mapping: &Mapping,
) -> ImportedFile {
    collect(options, |taker| {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let source = Source::Bytes(Cursor::new(bytes));
        read_source(named(name), source, length, options, Told::Now(mapping), taker)
    })
}

/// Gives the rows of a file to `taker`, one after the other, and keeps none: a file of a million rows takes no more
/// memory than one of ten. The file that comes back has everything but its rows; `Break` ends the reading.
pub fn read_rows(
    path: &Path,
    options: &ReadOptions<'_>,
    mapping: &Mapping,
    taker: &mut dyn FnMut(FileRow) -> ControlFlow<()>,
) -> ImportedFile {
    read_rows_told(path, options, Told::Now(mapping), taker)
}

/// [`read_rows`] with what was decided earlier for files with the same headings.
pub fn read_rows_remembering(
    path: &Path,
    options: &ReadOptions<'_>,
    known: &Mappings,
    taker: &mut dyn FnMut(FileRow) -> ControlFlow<()>,
) -> ImportedFile {
    read_rows_told(path, options, Told::Earlier(known), taker)
}

fn read_rows_told(
    path: &Path,
    options: &ReadOptions<'_>,
    told: Told<'_>,
    taker: &mut Taker<'_>,
) -> ImportedFile {
    let mut file = named(&path.file_name().unwrap_or_default().to_string_lossy());
    match open(path) {
        Ok((source, length)) => read_source(file, source, length, options, told, taker),
        Err(problem) => {
            file.problems.push(problem.into());
            file
        }
    }
}

fn named(name: &str) -> ImportedFile {
    ImportedFile {
        name: name.to_owned(),
        ..ImportedFile::default()
    }
}

fn open(path: &Path) -> Result<(Source<'static>, u64), ProblemKind> {
    let unreadable = |error: std::io::Error| match Stop::lost(&error) {
        Stop::Lost { locked } => ProblemKind::FileUnreadable { locked },
        Stop::TooLarge { .. } | Stop::Unsupported | Stop::Protected | Stop::Cancelled => {
            ProblemKind::FileUnreadable { locked: false }
        }
    };
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(ProblemKind::FileUnreadable { locked: false });
    }
    if about.len() > MAX_FILE_BYTES {
        return Err(ProblemKind::FileTooLarge { row: 0 });
    }
    Ok((Source::File(file), about.len()))
}

/// Keeps the rows, up to a limit of memory.
fn collect(options: &ReadOptions<'_>, reading: impl FnOnce(&mut Taker<'_>) -> ImportedFile) -> ImportedFile {
    let mut rows: Vec<FileRow> = Vec::new();
    let mut kept_bytes: usize = 0;
    let mut full = None;
    let mut file = reading(&mut |row: FileRow| {
        kept_bytes = kept_bytes.saturating_add(row.bytes());
        if kept_bytes > MAX_KEPT_BYTES {
            full = Some(row.row);
            return ControlFlow::Break(());
        }
        rows.push(row);
        ControlFlow::Continue(())
    });
    if let Some(row) = full {
        file.problems.push(ProblemKind::FileTooLarge { row }.into());
    }
    if !(options.cancelled)() {
        file.rows = rows;
    }
    file
}

fn read_source<'a>(
    mut file: ImportedFile,
    mut source: Source<'_>,
    length: u64,
    options: &'a ReadOptions<'a>,
    told: Told<'a>,
    taker: &'a mut Taker<'a>,
) -> ImportedFile {
    let tally = Tally::new(options, length.saturating_mul(2));
    let survey = sniff::survey(&mut source, &tally);
    let format = survey.as_ref().map_or(Format::Other, |survey| survey.format);
    format.encoding().clone_into(&mut file.encoding);
    file.sha256 = survey
        .as_ref()
        .map_or(String::new(), |survey| survey.sha256.clone());
    let mut assembly = Assembly::new(file, options, told, &tally, taker);
    let mut sink = |row| assembly.row(row);
    let outcome = survey.and_then(|_survey| deliver(format, &mut source, length, &tally, &mut sink));
    if let Err(stop) = outcome {
        assembly.stop(stop);
    }
    assembly.finish()
}

/// Delivers the rows of a file.
fn deliver(
    format: Format,
    source: &mut Source<'_>,
    length: u64,
    tally: &Tally<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), Stop> {
    match format {
        Format::Zip => workbook::read(source, tally, sink),
        Format::Text(charset) => text::read(Window::new(source, charset, tally)?, charset, sink),
        Format::Ole if length > MAX_OLD_BYTES => Err(Stop::TooLarge { row: 0 }),
        Format::Ole => biff::read(source, sink),
        Format::Html(charset) => html::read(Window::new(source, charset, tally)?, charset, sink),
        Format::Other => Err(Stop::Unsupported),
    }
}
