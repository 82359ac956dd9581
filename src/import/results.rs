//! Files of results: chosen rows of an imported file in the file's own form, each with what became of it, so that
//! staff repair them where they are and import them again. Apart from the reader, which recognises the columns that
//! are added here and leaves them out.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::aliases::is_ours;
use super::grid::{Cell, RawRow, Stop};
use super::result_rows::{Layout, guarded, typed_anew};
use super::sheet_out::{Dialect, OutCell, SheetOut, TextOut};
use super::sniff::{self, Format};
use super::source::{Tally, Window};
use super::{ReadOptions, deliver, open, text};
use crate::domain::{CourierList, FileRow, ImportedFile};

/// The sheet of a workbook of results.
const SHEET: &str = "Sheet1";

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
    /// Indices of the rows in their order.
    pub rows: &'a [usize],
    /// The added cells of a row, by its index.
    pub notes: &'a dyn Fn(usize) -> Vec<String>,
    /// For what must not lie in memory.
    pub folder: &'a Path,
}

/// A file ready to be put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be` or `xlsx`.
    pub encoding: &'static str,
}

/// What has become of a file of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenRows {
    /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be` or `xlsx`.
    pub encoding: &'static str,
    /// The cells come from the imported file itself; otherwise from our record, in which phones are masked.
    pub original: bool,
}

/// Why a file of results is begun once more.
enum Again {
    /// The file is not the one any more that was imported.
    OtherFile,
    /// The encoding lacks a character.
    Encoding,
    /// It cannot be written.
    No(io::Error),
}

impl From<io::Error> for Again {
    fn from(error: io::Error) -> Self {
        Self::No(error)
    }
}

/// Writes the rows into an empty file, one after the other: however many they are, they are never all in memory.
///
/// # Errors
/// When they do not fit into a workbook, or the disk refuses.
pub fn write_results(results: &Results<'_>, form: Form, file: &mut File) -> io::Result<WrittenRows> {
    let mut source = results.source;
    let mut encoding = None;
    loop {
        file.set_len(0)?;
        file.rewind()?;
        let written = match source {
            Some(source) => from_source(source, results, form, encoding, file),
            None => from_record(results, form, encoding, file),
        };
        match written {
            Ok(encoding) => {
                return Ok(WrittenRows {
                    encoding,
                    original: source.is_some(),
                });
            }
            Err(Again::OtherFile) if source.is_some() => source = None,
            Err(Again::Encoding) if encoding.is_none() => encoding = Some("utf-8"),
            Err(Again::No(error)) => return Err(error),
            Err(Again::OtherFile | Again::Encoding) => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// The file that comes into being: its header, then its rows.
struct Out<'a> {
    results: &'a Results<'a>,
    form: Form,
    sink: OutSink<'a>,
    /// `None` before the header.
    layout: Option<Layout>,
    /// The rows that have not come yet, by their place in `results.rows`.
    next: usize,
}

enum OutSink<'a> {
    Text(TextOut<'a, BufWriter<&'a mut File>>),
    Sheet(Box<SheetOut>, &'a mut File),
}

impl<'a> Out<'a> {
    fn new(
        results: &'a Results<'a>,
        form: Form,
        dialect: &'a Dialect,
        encoding: &'static str,
        file: &'a mut File,
    ) -> io::Result<Self> {
        let sink = match form {
            Form::Text => OutSink::Text(TextOut::new(BufWriter::new(file), dialect, encoding)?),
            Form::Workbook => OutSink::Sheet(Box::new(SheetOut::new(SHEET, Some(results.folder))?), file),
        };
        Ok(Self {
            results,
            form,
            sink,
            layout: None,
            next: 0,
        })
    }

    /// The number of the row that comes next, as the file numbers it; `None` after the last one.
    fn wanted(&self) -> Option<u32> {
        if self.layout.is_none() {
            return Some(self.results.file.header_row);
        }
        let index = self.results.rows.get(self.next)?;
        Some((self.results.row)(*index)?.row)
    }

    /// Takes the header, and then one row after the other.
    fn take(&mut self, mut cells: Vec<Cell>) -> Result<(), Again> {
        let Some(layout) = &self.layout else {
            let layout = Layout::of(self.results, &cells);
            let own: Vec<OutCell> = cells.into_iter().map(|cell| OutCell::Text(cell.text)).collect();
            self.sink.row(&layout.join(own, self.results.headings))?;
            self.layout = Some(layout);
            return Ok(());
        };
        let Some(index) = self.results.rows.get(self.next).copied() else {
            return Err(Again::OtherFile);
        };
        self.next = self.next.saturating_add(1);
        let read = (self.results.row)(index);
        let read = read.as_deref();
        typed_anew(&mut cells, read);
        let own = cells.iter().enumerate().map(|(column, cell)| {
            let field = self
                .results
                .file
                .columns
                .get(column)
                .and_then(|column| column.field);
            guarded(cell, field, column, read, self.form)
        });
        let row = layout.join(own.collect(), &(self.results.notes)(index));
        self.sink.row(&row)
    }

    /// After the last row.
    fn finish(self) -> Result<(), Again> {
        if self.layout.is_none() || self.next < self.results.rows.len() {
            return Err(Again::OtherFile);
        }
        Ok(match self.sink {
            OutSink::Text(text) => text.finish(),
            OutSink::Sheet(sheet, file) => {
                let mut file = BufWriter::new(file);
                sheet.finish(&mut file)?;
                file.flush()
            }
        }?)
    }
}

impl OutSink<'_> {
    fn row(&mut self, row: &[OutCell]) -> Result<(), Again> {
        match self {
            Self::Text(text) => {
                text.row(row)?;
                if text.lacking {
                    Err(Again::Encoding)
                } else {
                    Ok(())
                }
            }
            Self::Sheet(sheet, _) => Ok(sheet.row(row)?),
        }
    }
}

/// Writes the header and the rows from the file itself, if it is still the one that was imported.
fn from_source(
    source: &Path,
    results: &Results<'_>,
    form: Form,
    encoding: Option<&'static str>,
    file: &mut File,
) -> Result<&'static str, Again> {
    let other = |_: Stop| Again::OtherFile;
    let (mut source, length) = open(source).map_err(|_unreadable| Again::OtherFile)?;
    let couriers = CourierList::default();
    let options = ReadOptions::new(&couriers);
    let tally = Tally::new(&options, length.saturating_mul(2));
    let survey = sniff::survey(&mut source, &tally).map_err(other)?;
    if survey.sha256 != results.file.sha256 {
        return Err(Again::OtherFile);
    }
    let dialect = match survey.format {
        Format::Text(charset) => {
            let window = Window::new(&mut source, charset, &tally).map_err(other)?;
            text::dialect(window, charset).map_err(other)?
        }
        Format::Html(_) | Format::Zip | Format::Ole | Format::Other => Dialect::default(),
    };
    let encoding = encoding.unwrap_or(dialect.encoding);
    let mut out = Out::new(results, form, &dialect, encoding, file)?;
    let mut wanted = out.wanted();
    let mut failed = None;
    // A file that we wrote ourselves carries what its cells need on the way.
    let mut carried = false;
    let mut sink = |mut raw: RawRow| {
        if wanted == Some(raw.row) {
            if out.layout.is_none() {
                carried = raw.cells.iter().any(|cell| is_ours(&cell.text));
            }
            if carried {
                raw.cells
                    .iter_mut()
                    .for_each(|cell| super::carry::inward(&mut cell.text));
            }
            failed = out.take(raw.cells).err();
            wanted = out.wanted();
        }
        if wanted.is_none() || failed.is_some() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    // A file that ends in something unreadable still has the rows before it.
    let _read_to_its_end = deliver(survey.format, &mut source, length, &tally, &mut sink);
    if let Some(failed) = failed {
        return Err(failed);
    }
    out.finish()?;
    Ok(encoding_of(form, encoding))
}

/// Writes the header and the rows as they were kept.
fn from_record(
    results: &Results<'_>,
    form: Form,
    encoding: Option<&'static str>,
    file: &mut File,
) -> Result<&'static str, Again> {
    let dialect = kept_dialect(results.file);
    let encoding = encoding.unwrap_or(dialect.encoding);
    let mut out = Out::new(results, form, &dialect, encoding, file)?;
    let columns = results.file.columns.iter();
    out.take(columns.map(|column| Cell::text(column.heading.clone())).collect())?;
    for index in results.rows {
        let row = (results.row)(*index).ok_or_else(|| Again::No(io::ErrorKind::UnexpectedEof.into()))?;
        out.take(row.cells.iter().cloned().map(Cell::text).collect())?;
    }
    out.finish()?;
    Ok(encoding_of(form, encoding))
}

fn encoding_of(form: Form, text: &'static str) -> &'static str {
    match form {
        Form::Text => text,
        Form::Workbook => "xlsx",
    }
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
