//! A table as it came: which row has the headings, and the rows below it.

use std::ops::ControlFlow;

use crate::domain::shopping::Column;
use crate::import::clean::folded;
use crate::import::grid::RawRow;

/// Rows in which headings are looked for.
const HEADINGS_WITHIN: usize = 12;
/// Headings that make a row the one of the headings.
const ENOUGH: usize = 2;

/// The table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What each column is for; `None` before the headings were found.
    pub(super) columns: Option<Vec<Option<Column>>>,
    /// The rows below the headings that are not blank.
    pub(super) rows: Vec<RawRow>,
    /// Headings that are not known.
    pub(super) unknown: Vec<String>,
    seen: usize,
}

impl Table {
    /// Takes the next row.
    pub(super) fn row(&mut self, row: RawRow) -> ControlFlow<()> {
        if row.is_blank() {
            return ControlFlow::Continue(());
        }
        if self.columns.is_some() {
            self.rows.push(row);
            return ControlFlow::Continue(());
        }
        self.seen = self.seen.saturating_add(1);
        let columns: Vec<Option<Column>> = row.cells.iter().map(|cell| column_of(&cell.text)).collect();
        if columns.iter().flatten().count() >= ENOUGH {
            let cells = row.cells.iter().zip(&columns);
            let unknown = cells.filter(|(cell, column)| column.is_none() && !cell.is_blank());
            self.unknown = unknown.map(|(cell, _)| cell.text.trim().to_owned()).collect();
            self.columns = Some(columns);
        } else if self.seen >= HEADINGS_WITHIN {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

fn column_of(heading: &str) -> Option<Column> {
    let heading = folded(heading);
    let heading = heading.trim_end_matches(['*', '(', ')']);
    let same = |name: &str| {
        let name = folded(name);
        name.trim_end_matches(['*', '(', ')']) == heading
    };
    let mut all = Column::ALL.iter().copied();
    all.find(|column| {
        let own = column.headings();
        own.iter().chain(column.others()).any(|name| same(name))
    })
}
