//! Reads one row by what the columns were decided to be: its order, its parcels, and every doubt at its cell.
//! Apart from `assemble`, which knows where in the file the row stands.

use std::sync::Arc;

use crate::domain::{Field, FileRow, Ignored, LogisticsType, Problem, ProblemKind};

use super::cells::{Id, read_id};
use super::clean;
use super::columns::Columns;
use super::couriers::Spellings;
use super::express;
use super::goods::item_desc;
use super::grid::{Cell, Kind, RawRow};
use super::header::{Again, again, joined, normals};
use super::phones;
use super::words::{self, Manner, manner, yes_or_no};
use crate::domain::shapes;

/// Unreadable cells that are told for one row.
const TOLD_CELLS: usize = 3;

/// Reads the rows below the header.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub(super) columns: Columns,
    pub(super) spellings: Spellings<'a>,
    header: Vec<String>,
    /// The rows of a header that has several.
    lines: Vec<Vec<String>>,
    /// The headings of another header further up, by which this reader does not know the columns.
    foreign: Option<Vec<String>>,
    /// Below a line that begins the sums of a bill.
    in_totals: bool,
    /// Rows read below the header.
    read: usize,
}

impl<'a> Rows<'a> {
    /// For the rows below a header of one row or several.
    pub(super) fn new(lines: &[RawRow], columns: Columns, spellings: Spellings<'a>) -> Self {
        Self {
            columns,
            spellings,
            header: normals(&joined(lines)),
            lines: lines.iter().map(normals).collect(),
            foreign: None,
            in_totals: false,
            read: 0,
        }
    }

    /// For single rows of a file whose columns are known.
    pub(super) fn of_columns(columns: Columns, spellings: Spellings<'a>) -> Self {
        Self::new(&[], columns, spellings)
    }

    /// Reads a row.
    pub(super) fn read(&mut self, raw: RawRow) -> FileRow {
        let mut row = FileRow {
            row: raw.row,
            ..FileRow::default()
        };
        row.ignored = self.ignored(&raw);
        self.read = self.read.saturating_add(1);
        if row.ignored.is_none() {
            self.read_fields(&raw, &mut row);
        }
        row.doubtful = self.doubtful(&raw);
        row.cells = self.shown(raw, &row);
        if row.ignored.is_some() {
            row.problems.clear();
            row.parcels.clear();
        }
        row
    }

    /// The row's cells as they are kept: phones hidden everywhere but in sound ids.
    fn shown(&self, raw: RawRow, row: &FileRow) -> Arc<[String]> {
        let used = matches!(row.ignored, None | Some(Ignored::NotShippedYet));
        let names_order = |column| row.order_number.is_some() && row.order_column == Some(column);
        let cells = raw.cells.into_iter().enumerate();
        cells
            .map(|(column, cell)| match self.columns.field(column) {
                Some(Field::ReceiverContact | Field::ConsignorContact) => phones::hide_cell(&cell.text),
                Some(Field::TransactionId | Field::OutTradeNo | Field::Mchid)
                    if used && (names_order(column) || matches!(read_id(&cell, false), Id::Sound { .. })) =>
                {
                    cell.text
                }
                _ => phones::hidden(cell.text),
            })
            .collect()
    }

    /// Columns whose cells must not be taken for numbers when the row is read again from what is kept of it.
    fn doubtful(&self, raw: &RawRow) -> Vec<usize> {
        let cells = raw.cells.iter().enumerate();
        cells
            .filter(|(column, cell)| {
                let told = || cell.kind != Kind::Text && matches!(read_id(cell, true), Id::Bad(_));
                let doubted = || {
                    self.columns.has_habits(*column)
                        && self.columns.doubts(*column, &clean::id(&cell.text).text)
                };
                self.columns.field(*column).is_some() && (told() || doubted())
            })
            .map(|(column, _)| column)
            .collect()
    }

    fn ignored(&mut self, raw: &RawRow) -> Option<Ignored> {
        if raw.is_blank() {
            return Some(Ignored::Blank);
        }
        match again(raw, &self.header, &self.lines) {
            Again::No => {}
            Again::Same => {
                self.foreign = None;
                return Some(Ignored::RepeatedHeader);
            }
            Again::Other => {
                self.foreign = Some(raw.cells.iter().map(|cell| clean::prose(&cell.text)).collect());
                return Some(Ignored::RepeatedHeader);
            }
        }
        let text = |column: usize| raw.cells.get(column).map_or("", |cell| cell.text.as_str());
        let order = self
            .columns
            .orders
            .iter()
            .map(|order| text(order.column))
            .find(|t| !t.trim().is_empty());
        let numbers = || self.columns.all_tracking().map(text);
        let first = raw
            .cells
            .iter()
            .find(|cell| !cell.is_blank())
            .map_or("", |cell| cell.text.as_str());
        if words::is_sample(order.unwrap_or(first)) || numbers().any(words::is_sample) {
            return Some(Ignored::Sample);
        }
        let tells = |cell: &Cell| words::is_instruction(&cell.text);
        if self.read < 2
            && !order.unwrap_or_default().contains(|c: char| c.is_ascii_digit())
            && raw.cells.iter().any(tells)
        {
            return Some(Ignored::Sample);
        }
        if numbers().any(|number| shapes::may_be_tracking(&clean::id(number).text)) {
            return None;
        }
        let sums = words::is_total(first) || order.is_some_and(words::is_total);
        let alone = raw
            .cells
            .iter()
            .filter(|cell| !cell.is_blank())
            .all(|cell| words::is_footer(&cell.text));
        let sums = sums || alone;
        if clean::folded(first) == "总交易单数" {
            self.in_totals = true;
        }
        (sums || self.in_totals).then_some(Ignored::Totals)
    }

    pub(super) fn read_fields(&mut self, raw: &RawRow, row: &mut FileRow) {
        self.check_cells(raw, row);
        self.read_order(raw, row);
        self.read_manner(raw, row);
        express::read(&self.columns, &mut self.spellings, raw, row);
        let text = |column: usize| raw.cells.get(column).map_or("", |cell| cell.text.as_str());
        let goods = self.columns.goods.map(text).unwrap_or_default();
        let quantity = self.columns.quantity.map(text).unwrap_or_default();
        row.item_desc = item_desc(goods, quantity);
        row.receiver_contact = self
            .columns
            .phones
            .iter()
            .find_map(|column| phones::contact(text(*column)));
        row.mchid = self.columns.mchid.iter().find_map(|column| {
            let id = read_id(raw.cells.get(*column)?, false);
            match id {
                Id::Sound { text, .. } if text.len() >= 6 && text.bytes().all(|b| b.is_ascii_digit()) => {
                    Some(text)
                }
                Id::Sound { .. } | Id::None | Id::Bad(_) => None,
            }
        });
    }

    /// What can be wrong with the row before anyone asks what it means.
    fn check_cells(&self, raw: &RawRow, row: &mut FileRow) {
        let unreadable = raw.cells.iter().enumerate().filter(|(column, cell)| {
            let used = self.columns.field(*column).is_some();
            cell.kind == Kind::Unreadable || (used && cell.text.contains('\u{fffd}'))
        });
        for (column, cell) in unreadable.take(TOLD_CELLS) {
            row.problems.push(Problem {
                field: self.columns.field(column),
                ..Problem::from(ProblemKind::Unreadable).at(column, phones::hide(&cell.text))
            });
        }
        if let Some(headings) = &self.foreign {
            let headings = headings.clone();
            row.problems
                .push(ProblemKind::ColumnAmbiguous { headings }.into());
        }
        self.check_rivals(raw, row);
        let expected = self.columns.all.len();
        let found = raw
            .cells
            .iter()
            .rposition(|cell| !cell.is_blank())
            .map_or(0, |last| last.saturating_add(1));
        let cut = self
            .columns
            .tracking
            .into_iter()
            .chain(self.columns.orders.iter().map(|order| order.column))
            .any(|column| column >= raw.cells.len());
        if found > expected || (cut && raw.cells.len() < expected) {
            let found = if found > expected { found } else { raw.cells.len() };
            row.problems
                .push(ProblemKind::CellCount { found, expected }.into());
        }
    }

    /// Another column of tracking numbers says something else: one more parcel, or an older one. Nobody asked which,
    /// so the row waits.
    fn check_rivals(&self, raw: &RawRow, row: &mut FileRow) {
        let text = |column: usize| raw.cells.get(column).map_or("", |cell| cell.text.as_str());
        let Some(tracking) = self.columns.tracking else {
            return;
        };
        let heading = |column: usize| self.columns.all.get(column).map(|c| c.heading.clone());
        let differs = |column: &&usize| {
            let id = clean::id(text(**column)).text;
            let is_read = |column| text(column).contains(&id);
            shapes::ends_in_tracking(&id) && !self.columns.all_tracking().any(is_read)
        };
        if let Some(rival) = self.columns.rivals.iter().find(differs) {
            let headings = [tracking, *rival].into_iter().filter_map(heading).collect();
            let problem = Problem::of(ProblemKind::ColumnAmbiguous { headings }, Field::TrackingNo);
            row.problems.push(problem.at(*rival, phones::hide(text(*rival))));
        }
    }

    /// The first sound number of the columns that may name the order; else what is wrong with the first.
    fn read_order(&self, raw: &RawRow, row: &mut FileRow) {
        let mut bad: Option<(Problem, bool)> = None;
        let mut vague: Option<(String, usize)> = None;
        for order in &self.columns.orders {
            let Some(cell) = raw.cells.get(order.column) else {
                continue;
            };
            let id = match read_id(cell, false) {
                Id::Sound { text, .. } if self.columns.doubts(order.column, &text) => {
                    Id::Bad(ProblemKind::MangledId)
                }
                id @ (Id::None | Id::Sound { .. } | Id::Bad(_)) => id,
            };
            match id {
                Id::None => {}
                Id::Bad(kind) => {
                    let problem = Problem::of(kind, order.field).at(order.column, phones::hide(&cell.text));
                    if bad.as_ref().is_none_or(|(_, vague)| *vague && !order.by_shape) {
                        bad = Some((problem, order.by_shape));
                    }
                }
                Id::Sound { text, .. } if order.by_shape && !shapes::is_wechat_number(&text) => {
                    vague.get_or_insert((text, order.column));
                }
                Id::Sound { text, changed } => {
                    if changed {
                        let kind = ProblemKind::Cleaned { now: text.clone() };
                        row.problems
                            .push(Problem::of(kind, order.field).at(order.column, cell.text.clone()));
                    }
                    if let Some((problem, false)) = bad {
                        // The other number of the row is sound: the damaged one is told and not used.
                        let kind = ProblemKind::Cleaned { now: text.clone() };
                        row.problems.push(Problem {
                            what: kind,
                            ..problem
                        });
                    }
                    row.order_number = Some(text);
                    row.order_column = Some(order.column);
                    return;
                }
            }
        }
        match (bad, vague) {
            (Some((problem, false)), _) | (Some((problem, true)), None) => {
                row.order_column = problem.column;
                let told = problem.what == ProblemKind::Unreadable
                    && row.problems.iter().any(|p| p.column == problem.column);
                if !told {
                    row.problems.push(problem);
                }
            }
            (_, Some((text, column))) => {
                row.order_number = Some(text);
                row.order_column = Some(column);
            }
            (None, None) => row.order_column = self.columns.orders.first().map(|order| order.column),
        }
    }

    pub(super) fn read_manner(&self, raw: &RawRow, row: &mut FileRow) {
        for column in &self.columns.manner {
            let Some(cell) = raw
                .cells
                .get(*column)
                .filter(|cell| !words::is_no_courier(&cell.text))
            else {
                continue;
            };
            match manner(&cell.text) {
                Some(Manner::Type(kind)) if row.logistics_type == LogisticsType::Express => {
                    row.logistics_type = kind;
                }
                Some(Manner::Type(_)) => {}
                Some(Manner::Split(split)) => row.split = split,
                None if self.spellings.find(&cell.text).is_some() => {}
                None => {
                    let field = self.columns.field(*column).unwrap_or(Field::LogisticsType);
                    let problem = Problem::of(ProblemKind::LogisticsTypeUnknown, field);
                    row.problems.push(problem.at(*column, phones::hide(&cell.text)));
                }
            }
        }
        let cell = self
            .columns
            .all_delivered
            .and_then(|column| Some((column, raw.cells.get(column)?)));
        if let Some((column, cell)) = cell.filter(|(_, cell)| !cell.is_blank()) {
            if let Some(yes) = yes_or_no(&cell.text) {
                row.more_follows = !yes;
            } else {
                let problem = Problem::of(ProblemKind::LogisticsTypeUnknown, Field::AllDelivered);
                row.problems.push(problem.at(column, phones::hide(&cell.text)));
            }
        }
    }
}
