//! Puts a file together from its rows as they come: keeps the first ones until the header is found, then reads
//! each once. Apart from the readers of the formats, which only deliver rows.

use std::ops::ControlFlow;

use crate::domain::{Column, Field, FileRow, Ignored, ImportedFile, LogisticsType, Problem, ProblemKind};

use super::ReadOptions;
use super::aliases::{is_our_row, is_ours};
use super::carry;
use super::clean;
use super::columns::{Mapping, decide};
use super::couriers::Spellings;
use super::grid::{Kind, MAX_COLUMNS, MAX_ROWS, RawRow, Stop};
use super::header;
use super::mappings::Mappings;
use super::phones;
use super::rows::Rows;

/// Rows by whose values open questions about the columns are answered.
const SAMPLE: usize = 200;
/// Rows between two looks at whether the reading was cancelled.
const BETWEEN_LOOKS: u64 = 512;
/// Memory for the rows that are kept, in bytes, roughly counted.
const MAX_KEPT_BYTES: usize = 1024 * 1024 * 1024;
/// What a row and each of its cells take besides their text.
const ROW_BYTES: usize = 320;
const CELL_BYTES: usize = 40;
/// Blank rows in a run that are kept; more are left out.
const KEPT_BLANKS: usize = 100;

/// What is known about the columns beforehand.
#[derive(Clone, Copy)]
pub(super) enum Told<'a> {
    /// By a person, for this file.
    Now(&'a Mapping),
    /// Earlier, for files with the same headings.
    Earlier(&'a Mappings),
}

/// A file while it is being read.
pub(super) struct Assembly<'a> {
    options: &'a ReadOptions<'a>,
    mapping: Told<'a>,
    file: ImportedFile,
    head: Vec<RawRow>,
    /// A file of results that we wrote: its cells are taken as they were before that.
    ours: bool,
    /// The column of such a file with the rows of the first file.
    origin: Option<usize>,
    reader: Option<Rows<'a>>,
    blanks: Vec<u32>,
    seen: u64,
    kept_bytes: usize,
    cancelled: bool,
    /// The first rows have no header: more rows would not help.
    hopeless: bool,
}

impl<'a> Assembly<'a> {
    /// Begins a file.
    pub(super) fn new(file: ImportedFile, options: &'a ReadOptions<'a>, mapping: Told<'a>) -> Self {
        Self {
            options,
            mapping,
            file,
            head: Vec::new(),
            ours: false,
            origin: None,
            reader: None,
            blanks: Vec::new(),
            seen: 0,
            kept_bytes: 0,
            cancelled: false,
            hopeless: false,
        }
    }

    /// Takes the next row.
    pub(super) fn row(&mut self, raw: RawRow) -> ControlFlow<()> {
        self.seen = self.seen.saturating_add(1);
        if self.seen.is_multiple_of(BETWEEN_LOOKS) {
            (self.options.progress)(self.seen);
            if (self.options.cancelled)() {
                self.cancelled = true;
                return ControlFlow::Break(());
            }
        }
        let too_wide = raw.cells.iter().skip(MAX_COLUMNS).any(|cell| !cell.is_blank());
        let text: usize = raw.cells.iter().map(|cell| cell.text.len()).sum();
        let cells = raw.cells.len().saturating_mul(CELL_BYTES);
        self.kept_bytes = [ROW_BYTES, cells, text]
            .into_iter()
            .fold(self.kept_bytes, usize::saturating_add);
        if raw.row > MAX_ROWS || too_wide || self.kept_bytes > MAX_KEPT_BYTES {
            self.stop(Stop::TooLarge { row: raw.row });
            return ControlFlow::Break(());
        }
        if self.reader.is_none() {
            self.head.push(raw);
            if self.head.len() >= header::WITHIN.saturating_add(SAMPLE) {
                self.settle();
            }
        } else {
            self.take(raw);
        }
        if self.hopeless {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Tells why the file was not read to its end.
    pub(super) fn stop(&mut self, stop: Stop) {
        let kind = match stop {
            Stop::TooLarge { row } => ProblemKind::FileTooLarge { row },
            Stop::Unsupported => ProblemKind::FileUnsupported,
        };
        self.file.problems.push(kind.into());
    }

    /// The file, complete. A reading that was cancelled gives a file without rows.
    pub(super) fn finish(mut self) -> ImportedFile {
        if self.cancelled {
            self.file.rows.clear();
            return self.file;
        }
        if self.reader.is_none() && !self.hopeless {
            self.settle();
        }
        (self.options.progress)(self.seen);
        if let Some(reader) = &self.reader {
            let needs_number =
                |row: &FileRow| row.ignored.is_none() && row.logistics_type == LogisticsType::Express;
            let missing = reader.columns.tracking.is_none()
                && !reader
                    .columns
                    .problems
                    .iter()
                    .any(|p| p.field == Some(Field::TrackingNo))
                && self.file.rows.iter().any(needs_number);
            if missing {
                let field = Field::TrackingNo;
                self.file
                    .problems
                    .push(Problem::of(ProblemKind::ColumnMissing { field }, field));
            }
        }
        let nothing = self
            .file
            .rows
            .iter()
            .all(|row| row.ignored == Some(Ignored::Blank));
        let header_only =
            self.reader.is_some() && self.file.rows.iter().all(|row| row.row < self.file.header_row);
        if self.file.problems.is_empty() && (nothing || header_only) {
            self.file.problems.push(ProblemKind::FileEmpty.into());
        }
        self.file
    }

    /// Finds the header among the first rows and reads them.
    fn settle(&mut self) {
        let mut head = std::mem::take(&mut self.head);
        let Some((index, _)) = header::find(&head) else {
            self.without_header(head);
            self.hopeless = true;
            return;
        };
        let mut below = head.split_off(index);
        let rows = below.split_off(1.min(below.len()));
        let Some(header) = below.pop() else { return };
        for title in head {
            let ignored = if title.is_blank() {
                Ignored::Blank
            } else {
                Ignored::Title
            };
            self.file.rows.push(unread(&title, ignored));
        }
        let headings = || header.cells.iter().map(|cell| cell.text.as_str());
        self.ours = headings().any(is_ours);
        self.origin = headings().position(is_our_row);
        let mapping = match self.mapping {
            Told::Now(mapping) => mapping,
            Told::Earlier(known) => known.find(headings()),
        };
        let columns = decide(&header, &rows, mapping);
        self.file.header_row = header.row;
        self.file.columns.clone_from(&columns.all);
        self.file.problems.extend(columns.problems.iter().cloned());
        let spellings = Spellings::new(self.options.couriers);
        self.reader = Some(Rows::new(&header, columns, spellings));
        for raw in rows {
            self.take(raw);
        }
    }

    /// No header: the rows are kept to be looked at, and nothing is read out of them.
    fn without_header(&mut self, mut head: Vec<RawRow>) {
        while head.last().is_some_and(RawRow::is_blank) {
            head.pop();
        }
        if head.is_empty() {
            return;
        }
        let width = head.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        self.file.columns = std::iter::repeat_n(
            Column {
                heading: String::new(),
                field: None,
            },
            width.min(MAX_COLUMNS),
        )
        .collect();
        self.file.problems.push(ProblemKind::NoHeader.into());
        for raw in head {
            let ignored = if raw.is_blank() {
                Ignored::Blank
            } else {
                Ignored::Title
            };
            self.file.rows.push(unread(&raw, ignored));
        }
    }

    fn take(&mut self, mut raw: RawRow) {
        if self.ours {
            as_it_was(&mut raw);
        }
        if raw.is_blank() {
            self.blanks.push(raw.row);
            return;
        }
        let blanks = std::mem::take(&mut self.blanks);
        for row in blanks.into_iter().take(KEPT_BLANKS) {
            self.file.rows.push(FileRow {
                row,
                ignored: Some(Ignored::Blank),
                ..FileRow::default()
            });
        }
        let number = self.origin.and_then(|column| raw.cells.get(column));
        let origin = number.and_then(|cell| clean::id(&cell.text).text.parse().ok());
        if let Some(reader) = &mut self.reader {
            let row = reader.read(raw);
            self.file.rows.push(FileRow { origin, ..row });
        }
    }
}

/// A row of a file of results without what we put on its cells. A cell that could not be read carries its mark.
fn as_it_was(raw: &mut RawRow) {
    for cell in &mut raw.cells {
        carry::inward(&mut cell.text);
        if cell.text.contains('\u{fffd}') {
            cell.kind = Kind::Unreadable;
        }
    }
}

/// A row that is only shown.
fn unread(raw: &RawRow, ignored: Ignored) -> FileRow {
    FileRow {
        row: raw.row,
        cells: raw.cells.iter().map(|cell| phones::hide(&cell.text)).collect(),
        ignored: Some(ignored),
        ..FileRow::default()
    }
}
