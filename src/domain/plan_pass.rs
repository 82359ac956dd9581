//! How a plan is made without holding the rows: they are gone through twice, in their order. The first time it is seen
//! which rows belong together, the second time each gets its verdict. Between the two a row costs some bytes.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use super::plan::{add_to, find_order, first_verdict, order_of, point_at_cells};
use super::plan_group::{Group, plan_group};
use super::{
    Field, FileRow, Known, Order, PlannedRow, PlannedShipment, Problem, ProblemKind, RowStatus, TransactionId,
};

/// Gives a row of the file by its index.
pub type RowAt<'a> = dyn Fn(usize) -> Option<Arc<FileRow>> + 'a;

/// Rows of one order that are joined; an order with more of them is held as a whole.
const MOST_ROWS_OF_ORDER: usize = 1_000;
/// Rows that are named when an order is held for having too many.
const NAMED_ROWS: usize = 20;
/// Verdicts that are kept until the turn of their row comes; those beyond it are found a second time.
const MOST_AHEAD: usize = 4_096;
/// No order.
const NO_ORDER: u32 = u32::MAX;

/// The first look over the rows of a file, one after the other.
#[derive(Debug, Default)]
pub struct Survey {
    rows: u32,
    /// Rows so far that are not ignored.
    counted: u32,
    orders: Vec<Arc<Order>>,
    by_id: HashMap<TransactionId, u32>,
    /// The rows whose order is known, in their order.
    members: Vec<Member>,
    numbers: Vec<Seen>,
}

/// A row whose order is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    /// The place of its order among those of the file.
    order: u32,
    /// Its index.
    row: u32,
    /// Its place among the rows that are not ignored.
    place: u32,
}

/// A tracking number of a row. Numbers are the same when their 64-bit sums are: two different ones of a million rows
/// share theirs once in thirty million files, and then a warning or a note stands where none belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    number: u64,
    /// Its place among all numbers of the file.
    place: u32,
    /// The row as the spreadsheet numbers it.
    row: u32,
    courier: u32,
    order: u32,
}

impl Survey {
    /// Takes the next row.
    pub fn row(&mut self, row: &FileRow, known: &Known<'_>) {
        let index = self.rows;
        self.rows = self.rows.saturating_add(1);
        if row.ignored.is_some() {
            return;
        }
        let place = self.counted;
        self.counted = self.counted.saturating_add(1);
        let order = order_of(row, known).map_or(NO_ORDER, |order| self.place_of(order));
        if order != NO_ORDER {
            self.members.push(Member {
                order,
                row: index,
                place,
            });
        }
        for parcel in row.parcels.iter().filter(|parcel| !parcel.tracking_no.is_empty()) {
            if is_order_number(row, &parcel.tracking_no, known) {
                continue;
            }
            self.numbers.push(Seen {
                number: sum(&parcel.tracking_no),
                place: u32::try_from(self.numbers.len()).unwrap_or(u32::MAX),
                row: row.row,
                courier: short_sum(parcel.courier.as_deref()),
                order,
            });
        }
    }

    fn place_of(&mut self, order: Arc<Order>) -> u32 {
        let next = u32::try_from(self.orders.len()).unwrap_or(NO_ORDER);
        let orders = &mut self.orders;
        *self.by_id.entry(order.transaction_id.clone()).or_insert_with(|| {
            orders.push(order);
            next
        })
    }

    /// The orders of the rows so far.
    pub fn orders(&self) -> impl Iterator<Item = &Arc<Order>> {
        self.orders.iter()
    }

    /// After the last row.
    pub fn finish(self) -> Judge {
        let mut numbers = self.numbers;
        numbers.sort_unstable();
        let mut again: Vec<Seen> = numbers
            .chunk_by(|one, other| one.number == other.number)
            .filter(|same| same.len() > 1)
            .filter_map(|same| same.first().copied())
            .collect();
        again.shrink_to_fit();
        drop(numbers);
        let mut grouped = self.members.clone();
        grouped.sort_unstable();
        Judge {
            orders: self.orders,
            by_row: self.members,
            grouped,
            again,
            ahead: HashMap::new(),
        }
    }
}

/// The second look, which gives the verdicts. What is known must be the same as at the first look, or newer: a row
/// whose order became known in between is held.
#[derive(Debug)]
pub struct Judge {
    orders: Vec<Arc<Order>>,
    by_row: Vec<Member>,
    grouped: Vec<Member>,
    /// Of each tracking number that stands in several places the first one, by number.
    again: Vec<Seen>,
    /// Verdicts of rows whose turn has not come.
    ahead: HashMap<usize, PlannedRow>,
}

impl Judge {
    /// The verdict of a row. Asked for the first row of an order, it hands the shipment of that order to `found`.
    pub fn verdict(
        &mut self,
        index: usize,
        rows: &RowAt<'_>,
        known: &Known<'_>,
        found: &mut dyn FnMut(PlannedShipment),
    ) -> PlannedRow {
        if let Some(planned) = self.ahead.remove(&index) {
            return planned;
        }
        let own = u32::try_from(index).ok().and_then(|index| {
            let at = self.by_row.binary_search_by_key(&index, |member| member.row);
            self.by_row.get(at.ok()?).copied()
        });
        let Some(row) = rows(index) else {
            return unreadable();
        };
        match own {
            Some(member) => self.together(member, &row, rows, known, found),
            None => self.alone(&row, known),
        }
    }

    /// A row without an order.
    fn alone(&self, row: &FileRow, known: &Known<'_>) -> PlannedRow {
        let mut planned = first_verdict(row);
        if planned.status != RowStatus::Ignored {
            let problem = match find_order(row, known) {
                Ok(_) => {
                    let mut problem = Problem::of(ProblemKind::OrderNotAsked, Field::OutTradeNo);
                    problem.column = row.order_column;
                    problem.value.clone_from(&row.order_number);
                    Some(problem)
                }
                Err(problem) => *problem,
            };
            // A number that is damaged or missing has said so already.
            planned.problems.extend(problem);
            planned.status = RowStatus::Blocked;
            self.check_tracking(row, NO_ORDER, &mut planned, known);
        }
        point_at_cells(row, &mut planned, known.columns);
        planned
    }

    /// A row with the others of its order.
    fn together(
        &mut self,
        own: Member,
        row: &FileRow,
        rows: &RowAt<'_>,
        known: &Known<'_>,
        found: &mut dyn FnMut(PlannedShipment),
    ) -> PlannedRow {
        let from = self.grouped.partition_point(|member| member.order < own.order);
        let to = self.grouped.partition_point(|member| member.order <= own.order);
        let members = self.grouped.get(from..to).unwrap_or_default();
        let order = usize::try_from(own.order).ok().and_then(|at| self.orders.get(at));
        let Some(order) = order else {
            return self.alone(row, known);
        };
        if members.len() > MOST_ROWS_OF_ORDER {
            return self.too_many(members, own, row, known, rows);
        }
        let mut group = Group {
            order: Arc::clone(order),
            indices: Vec::with_capacity(members.len()),
            rows: Vec::with_capacity(members.len()),
            apart: Vec::with_capacity(members.len()),
        };
        let mut planned = Vec::with_capacity(members.len());
        let mut before = None;
        for member in members {
            let index = usize::try_from(member.row).unwrap_or(usize::MAX);
            let Some(row) = rows(index) else {
                return unreadable(); // and so is every other row of the order
            };
            group.indices.push(index);
            group
                .apart
                .push(before.is_some_and(|before: u32| before.checked_add(1) != Some(member.place)));
            before = Some(member.place);
            planned.push(self.before_group(&row, *member, known));
            group.rows.push(row);
        }
        if let Some(shipment) = plan_group(&group, &mut planned, known)
            && members.first() == Some(&own)
        {
            found(shipment);
        }
        let own = usize::try_from(own.row).unwrap_or(usize::MAX);
        let mut result = None;
        for ((index, row), mut planned) in group.indices.iter().zip(&group.rows).zip(planned) {
            point_at_cells(row, &mut planned, known.columns);
            if *index == own {
                result = Some(planned);
            } else if *index > own && self.ahead.len() < MOST_AHEAD {
                self.ahead.insert(*index, planned);
            }
        }
        result.unwrap_or_else(unreadable)
    }

    /// What a row says before the others of its order are looked at.
    fn before_group(&self, row: &FileRow, member: Member, known: &Known<'_>) -> PlannedRow {
        let mut planned = first_verdict(row);
        let order = usize::try_from(member.order)
            .ok()
            .and_then(|at| self.orders.get(at));
        planned.transaction_id = order.map(|order| order.transaction_id.clone());
        self.check_tracking(row, member.order, &mut planned, known);
        planned
    }

    /// An order with more rows than anybody ships parcels: nothing of it is sent.
    fn too_many(
        &self,
        members: &[Member],
        own: Member,
        row: &FileRow,
        known: &Known<'_>,
        rows: &RowAt<'_>,
    ) -> PlannedRow {
        let mut planned = self.before_group(row, own, known);
        let others = members
            .iter()
            .filter(|member| member.row != own.row)
            .take(NAMED_ROWS);
        let others = others
            .filter_map(|member| rows(usize::try_from(member.row).ok()?))
            .map(|row| row.row)
            .collect();
        let problem = Problem::of(ProblemKind::DuplicateConflict { rows: others }, Field::TrackingNo);
        let value = row.parcels.first().map_or("", |parcel| &parcel.tracking_no);
        add_to(&mut planned, problem, value);
        point_at_cells(row, &mut planned, known.columns);
        planned
    }

    /// Tracking numbers that are order numbers, or that stand on several orders or with two couriers.
    fn check_tracking(&self, row: &FileRow, order: u32, planned: &mut PlannedRow, known: &Known<'_>) {
        let mut firsts_here: Vec<u64> = Vec::new();
        for parcel in row.parcels.iter().filter(|parcel| !parcel.tracking_no.is_empty()) {
            let number = parcel.tracking_no.as_str();
            if is_order_number(row, number, known) {
                let problem = Problem::of(ProblemKind::TrackingIsOrderNumber, Field::TrackingNo);
                add_to(planned, problem, number);
                continue;
            }
            let key = sum(number);
            let at = self.again.binary_search_by_key(&key, |seen| seen.number);
            let Some(first) = at.ok().and_then(|at| self.again.get(at)) else {
                continue;
            };
            if first.row == row.row && !firsts_here.contains(&key) {
                firsts_here.push(key);
                continue;
            }
            if first.courier != short_sum(parcel.courier.as_deref()) {
                let kind = ProblemKind::TrackingTwoCouriers { row: first.row };
                add_to(planned, Problem::of(kind, Field::TrackingNo), number);
            } else if first.order != order {
                let kind = ProblemKind::TrackingShared { row: first.row };
                add_to(planned, Problem::of(kind, Field::TrackingNo), number);
            }
        }
    }
}

fn is_order_number(row: &FileRow, number: &str, known: &Known<'_>) -> bool {
    row.order_number.as_deref() == Some(number) || (known.names_an_order)(number)
}

/// A row that cannot be had back is held.
fn unreadable() -> PlannedRow {
    PlannedRow {
        status: RowStatus::Blocked,
        transaction_id: None,
        problems: vec![ProblemKind::Unreadable.into()],
        shipment: None,
    }
}

fn sum(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn short_sum(text: Option<&str>) -> u32 {
    text.map_or(0, |text| u32::try_from(sum(text) >> 32).unwrap_or(0).max(1))
}

#[cfg(test)]
#[path = "plan_pass_tests.rs"]
mod tests;
