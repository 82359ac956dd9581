//! What counts otherwise than it stands in the file: cells that were tidied up, translated, or typed anew by a person.

use super::{Column, CourierList, Field, FileRow, PlannedRow, ProblemKind, Severity};

/// A cell that counts otherwise than it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its column.
    pub column: usize,
    /// What the column is for.
    pub field: Field,
    /// As it stands in the file.
    pub original: String,
    /// As it counts.
    pub now: String,
    /// A person typed it anew.
    pub by_person: bool,
}

/// The changed cells of a row, from the left.
pub fn changes(row: &FileRow, columns: &[Column], couriers: &CourierList) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let typed = row.repaired_columns();
    let as_read = row.as_read();
    let mut add = |column: usize, field: Field, now: &str, by_person: bool| {
        let original = as_read.cells.get(column).cloned().unwrap_or_default();
        if (by_person || original != now) && found.iter().all(|change| change.column != column) {
            found.push(Change {
                column,
                field,
                original,
                now: now.to_owned(),
                by_person,
            });
        }
    };
    let field_of = |column: usize| columns.get(column).and_then(|column| column.field);
    for column in typed {
        let now = row.cells.get(*column).map_or("", String::as_str);
        add(*column, field_of(*column).unwrap_or(Field::ItemDesc), now, true);
    }
    for cell in row.changed_cells(columns) {
        let field = field_of(cell.column).unwrap_or(Field::OutTradeNo);
        add(cell.column, field, &cell.now, false);
    }
    let first = |field| columns.iter().position(|column| column.field == Some(field));
    for problem in &row.problems {
        if let (ProblemKind::CourierTranslated { id } | ProblemKind::CourierTaught { id }, Some(column)) =
            (&problem.what, problem.column)
        {
            add(column, Field::Courier, couriers.name(id), false);
        }
    }
    if let (Some(text), Some(column)) = (&row.item_desc, first(Field::ItemDesc)) {
        let cell = as_read.cells.get(column).map_or("", String::as_str);
        // With the quantity behind it the text is still the file's.
        if !text.starts_with(cell.trim()) {
            add(column, Field::ItemDesc, text, false);
        }
    }
    found.sort_by_key(|change| change.column);
    found
}

/// Something of the row counts otherwise than it stands in the file.
pub fn is_changed(row: &FileRow, columns: &[Column]) -> bool {
    row.ignored.is_none() && !changes(row, columns, &CourierList::default()).is_empty()
}

/// What the filters over the rows of a file ask, in three bytes for each row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Something of it is worth a look.
    pub warned: bool,
    /// Something of it counts otherwise than it stands in the file.
    pub changed: bool,
    /// A person has repaired it.
    pub repaired: bool,
}

impl Mark {
    /// The mark of a row with its verdict.
    pub fn of(row: &FileRow, planned: &PlannedRow, columns: &[Column]) -> Self {
        let mut problems = planned.problems.iter();
        Self {
            warned: problems.any(|p| p.what.severity() == Severity::Warning),
            changed: is_changed(row, columns),
            repaired: row.repaired.is_some(),
        }
    }
}
