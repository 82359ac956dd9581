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
use super::grid::{Cell, Kind, MAX_COLUMNS, MAX_ROWS, RawRow, Stop};
use super::header;
use super::headless;
use super::mappings::Mappings;
use super::phones;
use super::rows::Rows;
use super::source::Tally;

/// Rows by whose values open questions about the columns are answered.
const SAMPLE: usize = 200;
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

/// Takes the rows of a file once they are read; `Break` when no more are wanted.
pub(super) type Taker<'a> = dyn FnMut(FileRow) -> ControlFlow<()> + 'a;

/// A file while it is being read. It keeps its first rows until the header is found, and no others.
pub(super) struct Assembly<'a> {
    options: &'a ReadOptions<'a>,
    mapping: Told<'a>,
    tally: &'a Tally<'a>,
    taker: &'a mut Taker<'a>,
    file: ImportedFile,
    head: Vec<RawRow>,
    /// A file of results that we wrote: its cells are taken as they were before that.
    ours: bool,
    /// The column of such a file with the rows of the first file.
    origin: Option<usize>,
    reader: Option<Rows<'a>>,
    blanks: Vec<u32>,
    /// A row was given out that is not blank, and one that stands below the header.
    gave: Gave,
    /// The first rows have no header: more rows would not help.
    hopeless: bool,
    /// Nobody wants more rows.
    unwanted: bool,
}

/// What was given out so far.
#[derive(Clone, Copy, Default)]
struct Gave {
    /// A row that is not blank.
    something: bool,
    /// A row below the header.
    below: bool,
    /// A row that needs a tracking number.
    express: bool,
}

impl<'a> Assembly<'a> {
    /// Begins a file.
    pub(super) fn new(
        file: ImportedFile,
        options: &'a ReadOptions<'a>,
        mapping: Told<'a>,
        tally: &'a Tally<'a>,
        taker: &'a mut Taker<'a>,
    ) -> Self {
        Self {
            options,
            mapping,
            tally,
            taker,
            file,
            head: Vec::new(),
            ours: false,
            origin: None,
            reader: None,
            blanks: Vec::new(),
            gave: Gave::default(),
            hopeless: false,
            unwanted: false,
        }
    }

    /// Takes the next row.
    pub(super) fn row(&mut self, raw: RawRow) -> ControlFlow<()> {
        if let Err(stop) = self.tally.row() {
            self.stop(stop);
            return ControlFlow::Break(());
        }
        let too_wide = raw.cells.iter().skip(MAX_COLUMNS).any(|cell| !cell.is_blank());
        if raw.row > MAX_ROWS || too_wide {
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
        if self.hopeless || self.unwanted {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Tells why the file was not read to its end.
    pub(super) fn stop(&mut self, stop: Stop) {
        let kind = match stop {
            Stop::TooLarge { row } => ProblemKind::FileTooLarge { row },
            Stop::Unsupported => ProblemKind::FileUnsupported,
            Stop::Protected => ProblemKind::FileProtected,
            Stop::Lost { locked } => ProblemKind::FileUnreadable { locked },
            Stop::Cancelled => {
                self.unwanted = true;
                return;
            }
        };
        self.file.problems.push(kind.into());
    }

    /// The file, complete, without its rows: those were given out.
    pub(super) fn finish(mut self) -> ImportedFile {
        self.unwanted |= self.tally.tell().is_err();
        if self.reader.is_none() && !self.hopeless && !self.unwanted {
            self.settle();
        }
        if self.unwanted {
            return self.file;
        }
        if let Some(reader) = self.reader.as_ref().filter(|_| !self.hopeless) {
            let asked = reader
                .columns
                .problems
                .iter()
                .any(|p| p.field == Some(Field::TrackingNo));
            if reader.columns.tracking.is_none() && !asked && self.gave.express {
                let field = Field::TrackingNo;
                self.file
                    .problems
                    .push(Problem::of(ProblemKind::ColumnMissing { field }, field));
            }
        }
        let header_only = self.reader.is_some() && !self.gave.below;
        if self.file.problems.is_empty() && (!self.gave.something || header_only) {
            self.file.problems.push(ProblemKind::FileEmpty.into());
        }
        self.file
    }

    fn give(&mut self, row: FileRow) {
        if self.unwanted {
            return;
        }
        self.gave.something |= row.ignored != Some(Ignored::Blank);
        self.gave.below |= self.reader.is_some() && row.row > self.file.header_row;
        self.gave.express |= row.ignored.is_none() && row.logistics_type == LogisticsType::Express;
        self.unwanted |= (self.taker)(row).is_break();
    }

    /// Finds the header among the first rows and reads them.
    fn settle(&mut self) {
        let mut head = std::mem::take(&mut self.head);
        let Some(found) = header::find(&head) else {
            self.without_header(head);
            return;
        };
        let rows = head.split_off(found.last.saturating_add(1).min(head.len()));
        let lines = head.split_off(found.first.min(head.len()));
        let header = header::joined(&lines);
        // Of a header in several rows the last one counts as the header, and those above it as titles.
        let above = lines.len().saturating_sub(1);
        head.extend(lines.iter().take(above).cloned());
        self.titles(head);
        let headings = || header.cells.iter().map(|cell| cell.text.as_str());
        self.ours = headings().any(is_ours);
        self.origin = headings().position(is_our_row);
        let mapping = match self.mapping {
            Told::Now(mapping) => mapping,
            Told::Earlier(known) => known.find(headings()),
        };
        let columns = decide(&header, &rows, mapping, self.options.knows);
        self.file.header_row = header.row;
        self.file.columns.clone_from(&columns.all);
        self.file.problems.extend(columns.problems.iter().cloned());
        let spellings = Spellings::new(self.options.couriers);
        self.reader = Some(Rows::new(&lines, columns, spellings));
        for raw in rows {
            self.take(raw);
        }
    }

    /// No header: what a person has confirmed for such values counts, and else the first rows are given out as their
    /// values propose, to be confirmed.
    fn without_header(&mut self, mut head: Vec<RawRow>) {
        while head.last().is_some_and(RawRow::is_blank) {
            head.pop();
        }
        if head.is_empty() {
            return;
        }
        let letters = headless::header(&head);
        let Some(first) = headless::first_row(&head) else {
            self.nothing_to_read(&letters, &head);
            return;
        };
        let rows = head.split_off(first);
        self.titles(head);
        let proposed = headless::propose(&rows, self.options.couriers, self.options.knows);
        let names = || letters.cells.iter().map(|cell| cell.text.as_str());
        let confirmed = match self.mapping {
            Told::Now(mapping)
                if mapping
                    .iter()
                    .any(|(name, _)| names().any(|letter| letter == name)) =>
            {
                Some(mapping)
            }
            Told::Now(_) => None,
            Told::Earlier(known) => Some(known.find(names()))
                .filter(|known| !known.is_empty() && !headless::contradicts(known, &proposed)),
        };
        let columns = decide(
            &letters,
            &rows,
            confirmed.unwrap_or(&proposed),
            self.options.knows,
        );
        self.file.columns.clone_from(&columns.all);
        if confirmed.is_some() {
            self.file.problems.extend(columns.problems.iter().cloned());
        } else {
            self.file.problems.push(ProblemKind::NoHeader.into());
            self.hopeless = true;
        }
        self.reader = Some(Rows::new(&[], columns, Spellings::new(self.options.couriers)));
        for raw in rows {
            self.take(raw);
        }
    }

    /// Neither a header nor a number: the rows are kept to be looked at, and nothing is read out of them.
    fn nothing_to_read(&mut self, letters: &RawRow, head: &[RawRow]) {
        let column = |cell: &Cell| Column {
            heading: cell.text.clone(),
            field: None,
        };
        self.file.columns = letters.cells.iter().map(column).collect();
        self.file.problems.push(ProblemKind::NoHeader.into());
        self.hopeless = true;
        self.titles(head.iter().cloned());
    }

    /// Gives out rows that stand above what is read.
    fn titles(&mut self, rows: impl IntoIterator<Item = RawRow>) {
        for title in rows {
            let ignored = if title.is_blank() {
                Ignored::Blank
            } else {
                Ignored::Title
            };
            self.give(unread(&title, ignored));
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
            self.give(FileRow {
                row,
                ignored: Some(Ignored::Blank),
                ..FileRow::default()
            });
        }
        let number = self.origin.and_then(|column| raw.cells.get(column));
        let origin = number.and_then(|cell| clean::id(&cell.text).text.parse().ok());
        if let Some(reader) = &mut self.reader {
            let row = reader.read(raw);
            self.give(FileRow { origin, ..row });
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
