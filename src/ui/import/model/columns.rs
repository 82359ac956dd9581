//! What a person decides about the columns of a file: one choice for each heading, what speaks against them, and how
//! the first rows would be read.

use std::sync::Arc;

use crate::domain::{Column, Field, FileRow, Ignored, ImportedFile, Problem, ProblemKind};
use crate::engine::snapshot::Rows;

/// Rows that are shown of what the choices mean.
pub const PREVIEWED: usize = 20;

/// First rows that are looked at, for the preview and for a question about the columns.
const LOOKED_AT: usize = 1_000;

/// What a column may be used for, in the order in which it is offered.
pub const OFFERED: [Field; 11] = [
    Field::TransactionId,
    Field::OutTradeNo,
    Field::Mchid,
    Field::Courier,
    Field::TrackingNo,
    Field::ItemDesc,
    Field::Quantity,
    Field::ReceiverContact,
    Field::LogisticsType,
    Field::DeliveryMode,
    Field::AllDelivered,
];

/// What speaks against using the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Several headings are chosen for one field, and only one can be used.
    Twice(Field, Vec<String>),
    /// No heading is chosen for what every file needs.
    NoOrder,
    /// No heading is chosen for the tracking number.
    NoTracking,
    /// Several headings are chosen for it: every number is a parcel of the row's order.
    SideBySide(Vec<String>),
}

impl Objection {
    /// The file cannot be read like this.
    pub fn blocks(&self) -> bool {
        match self {
            Self::Twice(..) | Self::NoOrder => true,
            // Goods that are picked up need none; several parcels may stand side by side.
            Self::NoTracking | Self::SideBySide(_) => false,
        }
    }
}

/// A choice for each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    columns: Vec<Column>,
    /// Headings between which the reader could not decide.
    open: Vec<String>,
    /// The reader waits for a person to say that it is so.
    asked: bool,
}

impl Choices {
    /// As the file was read.
    pub fn of(file: &ImportedFile, rows: &Rows) -> Self {
        let asks = |problem: &Problem| {
            if let ProblemKind::ColumnAmbiguous { headings } = &problem.what {
                Some(headings.clone())
            } else {
                (problem.what == ProblemKind::NoHeader).then(Vec::new)
            }
        };
        let mut of_rows = rows.iter().take(LOOKED_AT);
        let of_row = || of_rows.find_map(|row| row.problems.iter().find_map(asks));
        let open = file.problems.iter().find_map(asks).or_else(of_row);
        Self {
            columns: file.columns.clone(),
            asked: open.is_some(),
            open: open.unwrap_or_default(),
        }
    }

    /// The columns with what each is used for.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The reader could not decide about this column, and neither has a person.
    pub fn is_open(&self, column: &Column) -> bool {
        column.field.is_none() && self.open.contains(&column.heading)
    }

    /// A person chooses. Headings that are written the same mean the same.
    pub fn choose(&mut self, column: usize, field: Option<Field>) {
        let Some(heading) = self.columns.get(column).map(|column| column.heading.clone()) else {
            return;
        };
        let same = self.columns.iter_mut().filter(|column| column.heading == heading);
        for column in same {
            column.field = field;
        }
        self.open.retain(|open| *open != heading);
    }

    /// What speaks against them.
    pub fn objections(&self) -> Vec<Objection> {
        let mut found = Vec::new();
        for field in OFFERED.into_iter().filter(|field| is_single(*field)) {
            let mut headings: Vec<String> = self.of_field(field).map(|c| c.heading.clone()).collect();
            headings.dedup();
            if headings.len() > 1 {
                found.push(Objection::Twice(field, headings));
            }
        }
        let has = |field| self.of_field(field).next().is_some();
        if !has(Field::TransactionId) && !has(Field::OutTradeNo) {
            found.push(Objection::NoOrder);
        }
        let numbers: Vec<String> = self
            .of_field(Field::TrackingNo)
            .map(|c| c.heading.clone())
            .collect();
        match numbers.len() {
            0 => found.push(Objection::NoTracking),
            1 => {}
            _ => found.push(Objection::SideBySide(numbers)),
        }
        found
    }

    /// They say something else than the file was read by, or answer the reader's question by what it has proposed.
    pub fn differ_from(&self, file: &ImportedFile) -> bool {
        let answered = self.asked && !self.columns.iter().any(|column| self.is_open(column));
        answered || self.columns != file.columns
    }

    /// All headings.
    pub fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.heading.clone()).collect()
    }

    /// The choice for each heading, as it is remembered.
    pub fn mapping(&self) -> Vec<(String, Option<Field>)> {
        let named = self.columns.iter().filter(|column| !column.heading.is_empty());
        named
            .map(|column| (column.heading.clone(), column.field))
            .collect()
    }

    /// The fields that the preview shows, each with its columns.
    pub fn previewed(&self) -> Vec<(Field, Vec<usize>)> {
        let columns = |field| {
            let all = self.columns.iter().enumerate();
            let of_field = all.filter(move |(_, column)| column.field == Some(field));
            of_field.map(|(index, _)| index).collect::<Vec<usize>>()
        };
        OFFERED
            .into_iter()
            .map(|field| (field, columns(field)))
            .filter(|(_, columns)| !columns.is_empty())
            .collect()
    }

    fn of_field(&self, field: Field) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(move |column| column.field == Some(field))
    }
}

/// Only one heading can be used for it.
fn is_single(field: Field) -> bool {
    match field {
        Field::TransactionId
        | Field::OutTradeNo
        | Field::ItemDesc
        | Field::Quantity
        | Field::AllDelivered => true,
        Field::Mchid
        | Field::TrackingNo
        | Field::Courier
        | Field::ReceiverContact
        | Field::ConsignorContact
        | Field::ReceiverName
        | Field::ReceiverAddress
        | Field::ShipTime
        | Field::LogisticsType
        | Field::DeliveryMode
        | Field::Reship
        | Field::AppId
        | Field::PayTime
        | Field::Parcels => false,
    }
}

/// The first rows that are shipments; all that hold something where none was recognised.
pub fn preview(rows: &Rows) -> Vec<Arc<FileRow>> {
    let first = || rows.iter().take(LOOKED_AT);
    let any = first().any(|row| row.ignored.is_none());
    let shown = |row: &Arc<FileRow>| match row.ignored {
        None => true,
        Some(ignored) => !any && ignored != Ignored::Blank,
    };
    first().filter(shown).take(PREVIEWED).collect()
}

/// The first value of a column, so that a person knows what stands in it.
pub fn sample(rows: &[Arc<FileRow>], column: usize) -> &str {
    rows.iter()
        .filter_map(|row| row.cells.get(column))
        .map(|cell| cell.trim())
        .find(|cell| !cell.is_empty())
        .unwrap_or_default()
}

/// What a row of the preview shows for a field: the cells of its columns that are not empty.
pub fn previewed_cell(row: &FileRow, columns: &[usize]) -> String {
    let cells = columns.iter().filter_map(|column| row.cells.get(*column));
    let filled: Vec<&str> = cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    filled.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(columns: &[(&str, Option<Field>)]) -> ImportedFile {
        ImportedFile {
            columns: columns
                .iter()
                .map(|(heading, field)| Column {
                    heading: (*heading).to_owned(),
                    field: *field,
                })
                .collect(),
            ..ImportedFile::default()
        }
    }

    const ORDER: Option<Field> = Some(Field::OutTradeNo);
    const TRACKING: Option<Field> = Some(Field::TrackingNo);

    #[track_caller]
    fn check(columns: &[(&str, Option<Field>)], expected: &[Objection]) {
        assert_eq!(
            Choices::of(&file(columns), &Rows::default()).objections(),
            expected
        );
    }

    #[test]
    fn one_heading_for_one_field_and_what_every_file_needs() {
        let courier = Some(Field::Courier);
        check(&[("订单号", ORDER), ("单号", TRACKING)], &[]);
        check(
            &[
                ("订单号", ORDER),
                ("单号", TRACKING),
                ("甲", courier),
                ("乙", courier),
            ],
            &[],
        );
        check(&[("订单号", ORDER), ("备注", None)], &[Objection::NoTracking]);
        check(&[("单号", TRACKING)], &[Objection::NoOrder]);
        let both = vec!["甲".to_owned(), "乙".to_owned()];
        check(
            &[("甲", ORDER), ("乙", ORDER), ("单号", TRACKING)],
            &[Objection::Twice(Field::OutTradeNo, both.clone())],
        );
        // Parcels side by side are told and hold nothing up.
        let parcels = Objection::SideBySide(both);
        assert!(Objection::NoOrder.blocks() && !Objection::NoTracking.blocks() && !parcels.blocks());
        check(
            &[("订单号", ORDER), ("甲", TRACKING), ("乙", TRACKING)],
            &[parcels],
        );
        // The same heading twice is one heading.
        check(&[("甲", ORDER), ("甲", ORDER), ("单号", TRACKING)], &[]);
    }

    #[test]
    fn a_choice_holds_for_every_heading_that_is_written_the_same() {
        let read = file(&[("单号", None), ("订单号", ORDER), ("单号", None), ("", None)]);
        let mut choices = Choices::of(&read, &read.rows.clone().into());
        assert!(!choices.differ_from(&read));
        choices.choose(2, TRACKING);
        choices.choose(9, TRACKING);
        assert!(choices.differ_from(&read));
        let mapping = [("单号", TRACKING), ("订单号", ORDER), ("单号", TRACKING)];
        let mapping = mapping.map(|(heading, field)| (heading.to_owned(), field));
        assert_eq!(choices.mapping(), mapping);
        assert_eq!(choices.headings().len(), 4);
        let previewed = [(Field::OutTradeNo, vec![1]), (Field::TrackingNo, vec![0, 2])];
        assert_eq!(choices.previewed(), previewed);
    }

    #[test]
    fn what_the_reader_left_open_stays_so_until_a_person_decides() {
        let mut read = file(&[("单号甲", None), ("单号乙", None), ("备注", None)]);
        let headings = vec!["单号甲".to_owned(), "单号乙".to_owned()];
        read.problems = vec![ProblemKind::ColumnAmbiguous { headings }.into()];
        let mut choices = Choices::of(&read, &read.rows.clone().into());
        let open = |choices: &Choices| {
            choices
                .columns()
                .iter()
                .map(|c| choices.is_open(c))
                .collect::<Vec<_>>()
        };
        assert_eq!(open(&choices), [true, true, false]);
        choices.choose(0, TRACKING);
        assert_eq!(open(&choices), [false, true, false]);
        // A question about some rows only may be answered with what the reader has taken.
        let mut read = file(&[("单号甲", TRACKING), ("订单号", ORDER)]);
        assert!(!Choices::of(&read, &read.rows.clone().into()).differ_from(&read));
        read.rows = vec![FileRow {
            problems: vec![ProblemKind::ColumnAmbiguous { headings: Vec::new() }.into()],
            ..FileRow::default()
        }];
        assert!(Choices::of(&read, &read.rows.clone().into()).differ_from(&read));
        read.rows.clear();
        read.problems = vec![ProblemKind::NoHeader.into()];
        assert!(Choices::of(&read, &read.rows.clone().into()).differ_from(&read));
    }

    #[test]
    fn the_preview_shows_the_first_rows_that_are_shipments() {
        let row = |number: u32| FileRow {
            row: number,
            cells: [format!(" {number} "), String::new()].into(),
            ignored: (number == 1).then_some(crate::domain::Ignored::Title),
            ..FileRow::default()
        };
        let rows = preview(&(1..40).map(row).collect::<Vec<FileRow>>().into());
        assert_eq!((rows.len(), rows[0].row), (PREVIEWED, 2));
        assert_eq!((sample(&rows, 0), sample(&rows, 1)), ("2", ""));
        assert_eq!(previewed_cell(&rows[3], &[0, 1, 7]), "5");
    }
}
