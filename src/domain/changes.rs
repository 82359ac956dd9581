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
    row.ignored.is_none()
        && !stands_as_read(row, columns)
        && !changes(row, columns, &CourierList::default()).is_empty()
}

/// Certainly nothing is changed: the cells are what counts, letter by letter, as in most rows. Asked for every row of a
/// large file.
fn stands_as_read(row: &FileRow, columns: &[Column]) -> bool {
    let cell = |column: usize| row.cells.get(column).map_or("", String::as_str);
    let mut of_numbers = (0..)
        .zip(columns)
        .filter(|(_, c)| c.field == Some(Field::TrackingNo));
    let number_stands = match (row.parcels.as_slice(), of_numbers.next(), of_numbers.next()) {
        ([], _, _) => true,
        ([parcel], Some((column, _)), None) => cell(column) == parcel.tracking_no,
        _ => false,
    };
    let goods = columns
        .iter()
        .position(|column| column.field == Some(Field::ItemDesc));
    let goods_stand = |text: &String| goods.is_none_or(|column| text.starts_with(cell(column).trim()));
    let order_stands = || match (row.order_column, &row.order_number) {
        (Some(column), Some(number)) => cell(column) == number,
        (Some(_) | None, _) => true,
    };
    let is_about_cells = |problem: &super::Problem| {
        matches!(
            problem.what,
            ProblemKind::CourierTranslated { .. } | ProblemKind::CourierTaught { .. }
        )
    };
    row.repaired.is_none()
        && number_stands
        && order_stands()
        && row.item_desc.as_ref().is_none_or(goods_stand)
        && !row.problems.iter().any(is_about_cells)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Problem, Repaired, RowParcel};
    use super::*;

    #[test]
    fn the_short_way_to_say_that_nothing_is_changed_agrees_with_the_long_one() {
        let fields = [
            Some(Field::OutTradeNo),
            Some(Field::Courier),
            Some(Field::TrackingNo),
            Some(Field::ItemDesc),
        ];
        let columns: Vec<Column> = fields
            .into_iter()
            .map(|field| Column {
                heading: String::new(),
                field,
            })
            .collect();
        let plain = FileRow {
            cells: ["S1", "顺丰", "SF1", " 茶 "].map(str::to_owned).into(),
            order_number: Some("S1".into()),
            order_column: Some(0),
            parcels: vec![RowParcel {
                courier: Some("SF".into()),
                tracking_no: "SF1".into(),
            }],
            item_desc: Some("茶*1".into()),
            ..FileRow::default()
        };
        let told = |kind| vec![Problem::from(kind).at(1, "顺丰".to_owned())];
        let typed = Repaired {
            columns: vec![0],
            before: FileRow::default(),
        };
        let cells = |cells: [&str; 4]| Arc::from(cells.map(str::to_owned));
        for (row, changed) in [
            (plain.clone(), false),
            (
                FileRow {
                    cells: cells(["'S1", "顺丰", "SF1", "茶"]),
                    ..plain.clone()
                },
                true,
            ),
            (
                FileRow {
                    cells: cells(["S1", "顺丰", "sf1", "茶"]),
                    ..plain.clone()
                },
                true,
            ),
            (
                FileRow {
                    cells: cells(["S1", "顺丰", "SF1", "咖啡"]),
                    ..plain.clone()
                },
                true,
            ),
            (
                FileRow {
                    parcels: Vec::new(),
                    item_desc: None,
                    ..plain.clone()
                },
                false,
            ),
            (
                FileRow {
                    problems: told(ProblemKind::CourierTranslated { id: "SF".into() }),
                    ..plain.clone()
                },
                true,
            ),
            (
                FileRow {
                    problems: told(ProblemKind::MissingCourier),
                    ..plain.clone()
                },
                false,
            ),
            (
                FileRow {
                    repaired: Some(Box::new(typed)),
                    ..plain.clone()
                },
                true,
            ),
        ] {
            assert_eq!(is_changed(&row, &columns), changed, "{row:?}");
            let long = !changes(&row, &columns, &CourierList::default()).is_empty();
            assert_eq!(long, changed, "{row:?}");
        }
    }
}
