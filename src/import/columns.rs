//! Decides what each column is for, by its heading and, where headings leave it open, by its values. Apart from
//! `rows`, which reads by these decisions: one heading never feeds two fields, and what is really open asks.

use crate::domain::{Column, Field, Problem, ProblemKind};

use super::aliases::{Role, normal, role};
use super::clean;
use super::grid::RawRow;
use super::numbers::Habits;
use super::tracking_columns::pairs;

/// A column that may name the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OrderColumn {
    /// Its index.
    pub(super) column: usize,
    /// WeChat's number or the shop's.
    pub(super) field: Field,
    /// The heading is vague, so that only values of WeChat's shape count.
    pub(super) by_shape: bool,
}

/// What the columns of a file are for.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// All of them, as the file shows them.
    pub(super) all: Vec<Column>,
    /// Where the order's number stands, best first.
    pub(super) orders: Vec<OrderColumn>,
    /// Where the merchant number stands, best first.
    pub(super) mchid: Vec<usize>,
    /// Where the tracking number stands.
    pub(super) tracking: Option<usize>,
    /// Where the numbers of further parcels of the same row stand.
    pub(super) more_tracking: Vec<usize>,
    /// Other columns of tracking numbers, which may hold more parcels.
    pub(super) rivals: Vec<usize>,
    /// Where the courier stands: names before codes.
    pub(super) couriers: Vec<usize>,
    /// Which of them belongs to which column of tracking numbers, when it does not stand for the whole row.
    pub(super) courier_of: Vec<(usize, usize)>,
    /// Where the goods stand.
    pub(super) goods: Option<usize>,
    /// Where the quantity stands.
    pub(super) quantity: Option<usize>,
    /// Where the receiver's phone stands, best first.
    pub(super) phones: Vec<usize>,
    /// Columns that say how it is delivered.
    pub(super) manner: Vec<usize>,
    /// The column that says whether everything is shipped.
    pub(super) all_delivered: Option<usize>,
    /// What the numbers of a column have in common, for order and tracking columns.
    pub(super) habits: Vec<(usize, Habits)>,
    /// What is wrong with the columns as a whole.
    pub(super) problems: Vec<Problem>,
}

impl Columns {
    /// Every column of tracking numbers, in the order of the parcels.
    pub(super) fn all_tracking(&self) -> impl Iterator<Item = usize> {
        self.tracking
            .into_iter()
            .chain(self.more_tracking.iter().copied())
    }

    /// What the column is used for.
    pub(super) fn field(&self, column: usize) -> Option<Field> {
        self.all.get(column).and_then(|c| c.field)
    }

    /// The numbers of the column have something in common by which one of them may be doubted.
    pub(super) fn has_habits(&self, column: usize) -> bool {
        self.habits
            .iter()
            .any(|(index, habits)| *index == column && habits.may_doubt())
    }

    /// The number stands in a column whose numbers are damaged in the same way.
    pub(super) fn doubts(&self, column: usize, text: &str) -> bool {
        self.habits
            .iter()
            .any(|(index, habits)| *index == column && habits.doubt(text))
    }
}

/// A person's choice: what each heading is for. Headings that are not named are decided as usual.
pub type Mapping = [(String, Option<Field>)];

/// Reads a header, with the first rows below it to tell by their values what the headings leave open.
pub(super) fn decide(
    header: &RawRow,
    sample: &[RawRow],
    mapping: &Mapping,
    knows: &dyn Fn(&str) -> bool,
) -> Columns {
    let headings: Vec<String> = header.cells.iter().map(|cell| cell.text.clone()).collect();
    let roles: Vec<Option<Role>> = headings
        .iter()
        .map(|heading| {
            let word = normal(heading);
            let chosen = mapping.iter().find(|(name, _)| normal(name) == word);
            match chosen {
                Some((_, Some(field))) if !word.is_empty() => Some(Role::Is(*field, 0)),
                Some((_, None)) if !word.is_empty() => Some(Role::Other),
                _ => role(heading),
            }
        })
        .collect();
    let is_chosen = |heading: &&String| {
        let word = normal(heading);
        !word.is_empty()
            && mapping
                .iter()
                .any(|(name, field)| field.is_some() && normal(name) == word)
    };
    let mut table = Table {
        headings: &headings,
        chosen: (0..headings.len())
            .filter(|column| headings.get(*column).iter().any(is_chosen))
            .collect(),
        roles,
        sample,
        knows,
        columns: Columns::default(),
    };
    table.columns.all = headings
        .iter()
        .map(|heading| Column {
            heading: clean::prose(heading),
            field: None,
        })
        .collect();
    table.orders();
    table.tracking();
    table.rest();
    table.habits();
    table.columns
}

/// The header and the first rows while they are being read.
pub(super) struct Table<'a> {
    headings: &'a [String],
    pub(super) roles: Vec<Option<Role>>,
    /// Columns of which a person has said what they are for.
    pub(super) chosen: Vec<usize>,
    sample: &'a [RawRow],
    /// A number is one of an order that is known.
    pub(super) knows: &'a dyn Fn(&str) -> bool,
    pub(super) columns: Columns,
}

/// What came of several columns for one field.
pub(super) enum Pick {
    None,
    One(usize),
    Open(Vec<usize>),
}

impl Table<'_> {
    fn values(&self, column: usize) -> impl Iterator<Item = String> {
        self.sample
            .iter()
            .filter_map(move |row| row.cells.get(column))
            .map(|cell| clean::id(&cell.text).text)
            .filter(|text| !text.is_empty())
    }

    pub(super) fn heading(&self, column: usize) -> &str {
        self.headings.get(column).map_or("", String::as_str)
    }

    pub(super) fn filled(&self, column: usize) -> usize {
        self.values(column).count()
    }

    /// Hundredths of the values that have a shape.
    pub(super) fn share(&self, column: usize, shape: impl Fn(&str) -> bool) -> usize {
        let (mut all, mut fit) = (0usize, 0usize);
        for value in self.values(column) {
            all = all.saturating_add(1);
            fit = fit.saturating_add(usize::from(shape(&value)));
        }
        fit.saturating_mul(100).checked_div(all).unwrap_or_default()
    }

    /// Columns with a field, the most specific heading first.
    pub(super) fn of(&self, field: Field) -> Vec<(usize, u8)> {
        let mut found: Vec<(usize, u8)> = self
            .roles
            .iter()
            .enumerate()
            .filter_map(|(column, role)| match role {
                Some(Role::Is(is, rank)) if *is == field => Some((column, *rank)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(_, rank)| *rank);
        found
    }

    pub(super) fn claim(&mut self, column: usize, field: Field) {
        if let Some(slot) = self.columns.all.get_mut(column) {
            slot.field = Some(field);
        }
    }

    pub(super) fn missing(&mut self, field: Field) {
        let problem = Problem::of(ProblemKind::ColumnMissing { field }, field);
        self.columns.problems.push(problem);
    }

    /// One column of those that may hold a field: the most specific with data; among equals the first of the same
    /// heading, or any when they agree, or the one whose values have the shape.
    pub(super) fn pick(&self, candidates: &[(usize, u8)], shape: impl Fn(&str) -> bool) -> Pick {
        let with_data: Vec<(usize, u8)> = candidates
            .iter()
            .copied()
            .filter(|(column, _)| self.filled(*column) > 0)
            .collect();
        let Some((first, rank)) = with_data.first().copied() else {
            return candidates
                .first()
                .map_or(Pick::None, |(column, _)| Pick::One(*column));
        };
        let equals: Vec<usize> = with_data
            .iter()
            .filter(|(_, other)| *other == rank)
            .map(|(column, _)| *column)
            .collect();
        if equals.iter().all(|column| self.agree(first, *column)) {
            return Pick::One(first);
        }
        let mut ranked: Vec<(usize, usize)> = equals
            .iter()
            .map(|column| (self.share(*column, &shape), *column))
            .collect();
        ranked.sort_by_key(|(share, column)| (std::cmp::Reverse(*share), *column));
        match ranked.as_slice() {
            [(best, column), (second, _), ..] if *best >= second.saturating_add(50) => Pick::One(*column),
            _ => Pick::Open(equals),
        }
    }

    /// Two columns never contradict each other, or carry the same heading.
    fn agree(&self, one: usize, other: usize) -> bool {
        let heading = |column: usize| self.headings.get(column).map(|h| normal(h));
        one == other
            || heading(one) == heading(other)
            || self.sample.iter().all(|row| {
                let value = |column: usize| {
                    row.cells
                        .get(column)
                        .map_or(String::new(), |c| clean::id(&c.text).text)
                };
                let (a, b) = (value(one), value(other));
                a.is_empty() || b.is_empty() || a == b
            })
    }

    pub(super) fn open(&mut self, field: Field, columns: &[usize]) {
        let headings = columns
            .iter()
            .filter_map(|column| self.columns.all.get(*column))
            .map(|column| column.heading.clone())
            .collect();
        let problem = Problem::of(ProblemKind::ColumnAmbiguous { headings }, field);
        self.columns.problems.push(problem);
    }

    fn rest(&mut self) {
        let free = |table: &Self, field: Field| -> Vec<usize> {
            table
                .of(field)
                .into_iter()
                .map(|(column, _)| column)
                .filter(|column| table.columns.field(*column).is_none())
                .collect()
        };
        self.columns.couriers = free(self, Field::Courier);
        let tracking: Vec<usize> = self.columns.all_tracking().collect();
        self.columns.courier_of = pairs(&self.columns.all, &tracking, &self.columns.couriers);
        self.columns.phones = free(self, Field::ReceiverContact);
        self.columns.mchid = free(self, Field::Mchid);
        self.columns.manner = free(self, Field::LogisticsType);
        self.columns.manner.extend(free(self, Field::DeliveryMode));
        let first_with_data = |table: &Self, field: Field| {
            let all = free(table, field);
            let full = all.iter().copied().find(|column| table.filled(*column) > 0);
            full.or(all.first().copied())
        };
        self.columns.goods = first_with_data(self, Field::ItemDesc);
        self.columns.quantity = first_with_data(self, Field::Quantity);
        self.columns.all_delivered = first_with_data(self, Field::AllDelivered);
        let single = [
            self.columns.goods,
            self.columns.quantity,
            self.columns.all_delivered,
        ];
        for column in 0..self.roles.len() {
            let Some(Some(Role::Is(field, _))) = self.roles.get(column).copied() else {
                continue;
            };
            let used = match field {
                Field::TransactionId | Field::OutTradeNo | Field::TrackingNo => false,
                Field::ItemDesc | Field::Quantity | Field::AllDelivered => single.contains(&Some(column)),
                Field::Mchid
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
                | Field::Parcels => self.columns.field(column).is_none(),
            };
            if used {
                self.claim(column, field);
            }
        }
    }

    fn habits(&mut self) {
        let columns: Vec<usize> = self
            .columns
            .orders
            .iter()
            .map(|order| order.column)
            .chain(self.columns.all_tracking())
            .collect();
        for column in columns {
            let values: Vec<String> = self.values(column).collect();
            let mut habits = Habits::of(values.iter().map(String::as_str));
            if self.columns.field(column) == Some(Field::TrackingNo) {
                habits.forget_zeros();
            }
            self.columns.habits.push((column, habits));
        }
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
