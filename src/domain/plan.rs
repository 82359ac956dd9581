//! From rows to shipments: joins a file's rows with WeChat's orders and the journal, groups them by order,
//! and gives every row its verdict. Pure: what is known is an argument.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::look::decide;
use super::plan_pass::Survey;
use super::{
    CallFailure, Column, CourierList, Field, FileRow, Intent, Look, MaskedContact, Order, OrderNumber,
    OrderState, Problem, ProblemKind, RowStatus, Timestamp, TransactionId, Verdict,
};

/// What the look-up of an order number gave.
#[derive(Clone, Debug)]
pub enum OrderAnswer {
    /// The order.
    Found(Arc<Order>),
    /// WeChat does not know the number.
    NotFound,
    /// Several orders carry this shop number.
    Ambiguous(usize),
    /// It could not be asked.
    Failed(CallFailure),
    /// It was not asked: one check asks for so many unknown orders and no more.
    NotAsked,
}

/// What the journal knows about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    /// The newest shipment of the order.
    pub shipment: super::ShipmentId,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its state as a row shows it.
    pub status: RowStatus,
}

/// The settings that a plan uses.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// Parcels per payment.
    pub max_parcels: usize,
    /// For rows without a courier.
    pub default_courier: Option<String>,
    /// For orders without any text.
    pub default_item_desc: Option<String>,
    /// The sender's masked phone, for 顺丰 rows without a contact.
    pub sender_contact: Option<MaskedContact>,
    /// A person allowed the single re-shipment for the orders of this file.
    pub reship: bool,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            max_parcels: 10,
            default_courier: None,
            default_item_desc: None,
            sender_contact: None,
            reship: false,
        }
    }
}

/// Everything outside the file that a plan depends on.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The answer for an order number as it stands in a row; `None` when WeChat does not know it.
    pub orders: &'a dyn Fn(&OrderNumber) -> Option<OrderAnswer>,
    /// Tells a number of an order that is known, WeChat's or the shop's: no parcel has it.
    pub names_an_order: &'a dyn Fn(&str) -> bool,
    /// The newest shipment of each order.
    pub journal: &'a HashMap<TransactionId, Prior>,
    /// The columns of the file, so that a problem finds its cell.
    pub columns: &'a [Column],
    /// The couriers that may be sent.
    pub couriers: &'a CourierList,
    /// Settings.
    pub options: &'a PlanOptions,
    /// Now, for grants.
    pub now: Timestamp,
}

/// One row with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// Where it stands.
    pub status: RowStatus,
    /// The order it belongs to, once found.
    pub transaction_id: Option<TransactionId>,
    /// Everything that was found, the file's own problems first.
    pub problems: Vec<Problem>,
    /// The shipment in the journal that already covers this row.
    pub shipment: Option<super::ShipmentId>,
}

impl PlannedRow {
    /// The courier that was taken because the row names none, by id.
    pub fn filled_courier(&self) -> Option<&str> {
        self.problems.iter().find_map(|problem| {
            if let ProblemKind::CourierFilled { id } = &problem.what {
                Some(id.as_str())
            } else {
                None
            }
        })
    }
}

/// One shipment that may be sent, and the rows it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedShipment {
    /// What WeChat should hold.
    pub intent: Intent,
    /// Indices of its rows.
    pub rows: Vec<usize>,
    /// 48 hours after the payment.
    pub deadline: Timestamp,
}

/// The verdict over a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One entry for each row of the file.
    pub rows: Vec<PlannedRow>,
    /// What may be sent, oldest deadline first.
    pub shipments: Vec<PlannedShipment>,
}

/// Gives every row its verdict. No row is lost: the result has one entry for each row, in order.
pub fn plan(rows: &[FileRow], known: &Known<'_>) -> Plan {
    let rows: Vec<Arc<FileRow>> = rows.iter().cloned().map(Arc::new).collect();
    let mut survey = Survey::default();
    for row in &rows {
        survey.row(row, known);
    }
    let mut judge = survey.finish();
    let mut shipments = Vec::new();
    let at = |index: usize| rows.get(index).cloned();
    let rows = (0..rows.len())
        .map(|index| judge.verdict(index, &at, known, &mut |shipment| shipments.push(shipment)))
        .collect();
    by_deadline(&mut shipments);
    Plan { rows, shipments }
}

/// The order in which shipments are sent: the oldest deadline first.
pub fn by_deadline(shipments: &mut [PlannedShipment]) {
    shipments.sort_by_key(|shipment| (shipment.deadline, shipment.rows.first().copied()));
}

/// Problems that were found by joining rows get the cell of the field that they are about.
pub(super) fn point_at_cells(row: &FileRow, planned: &mut PlannedRow, columns: &[Column]) {
    for problem in planned
        .problems
        .iter_mut()
        .filter(|problem| problem.column.is_none())
    {
        let column = columns
            .iter()
            .position(|c| c.field.is_some() && c.field == problem.field);
        problem.column = column;
        if problem.value.is_none() {
            problem.value = column.and_then(|column| row.cells.get(column)).cloned();
        }
    }
}

/// What the row itself says.
pub(super) fn first_verdict(row: &FileRow) -> PlannedRow {
    let status = if row.ignored.is_some() {
        RowStatus::Ignored
    } else if row.problems.iter().any(Problem::blocks) {
        RowStatus::Blocked
    } else {
        RowStatus::Ready
    };
    PlannedRow {
        status,
        transaction_id: None,
        problems: row.problems.clone(),
        shipment: None,
    }
}

/// The order of a row, without a word about why there is none.
pub(super) fn order_of(row: &FileRow, known: &Known<'_>) -> Option<Arc<Order>> {
    let number = row.order_number.as_deref()?;
    let OrderAnswer::Found(order) = (known.orders)(&row.lookup_key()?)? else {
        return None;
    };
    belongs(&order, number, row.mchid.as_deref()).then_some(order)
}

/// The order of a row, or what is wrong with its number; nothing when that was said already.
pub(super) fn find_order(row: &FileRow, known: &Known<'_>) -> Result<Arc<Order>, Box<Option<Problem>>> {
    let problem = |kind| {
        let mut problem = Problem::of(kind, Field::OutTradeNo);
        problem.column = row.order_column;
        problem.value.clone_from(&row.order_number);
        problem
    };
    let Some(number) = &row.order_number else {
        let told = row
            .problems
            .iter()
            .any(|p| p.blocks() && matches!(p.field, Some(Field::TransactionId | Field::OutTradeNo)));
        return Err(Box::new((!told).then(|| problem(ProblemKind::OrderMissing))));
    };
    let answer = row.lookup_key().and_then(|key| (known.orders)(&key));
    match answer {
        // The shop's number of another merchant is another order.
        Some(OrderAnswer::Found(order)) if !belongs(&order, number, row.mchid.as_deref()) => {
            Err(Box::new(Some(problem(ProblemKind::OrderNotFound))))
        }
        Some(OrderAnswer::Found(order)) => Ok(order),
        Some(OrderAnswer::Ambiguous(count)) => {
            Err(Box::new(Some(problem(ProblemKind::OrderAmbiguous { count }))))
        }
        Some(OrderAnswer::Failed(failure)) => {
            Err(Box::new(Some(problem(ProblemKind::OrderUnchecked { failure }))))
        }
        Some(OrderAnswer::NotAsked) => Err(Box::new(Some(problem(ProblemKind::OrderNotAsked)))),
        Some(OrderAnswer::NotFound) | None => Err(Box::new(Some(problem(ProblemKind::OrderNotFound)))),
    }
}

/// The order is the one that the row means: by WeChat's number, or by the shop's with a merchant that fits.
fn belongs(order: &Order, number: &str, mchid: Option<&str>) -> bool {
    order.transaction_id.as_str() == number
        || mchid.is_none_or(|mchid| order.mchid == mchid || order.sub_mchid == mchid)
}

/// Adds a problem to a row and lets the row's verdict follow.
pub(super) fn add(planned: &mut [PlannedRow], index: usize, problem: Problem, value: &str) {
    if let Some(row) = planned.get_mut(index) {
        add_to(row, problem, value);
    }
}

/// [`add`] for a row at hand.
pub(super) fn add_to(row: &mut PlannedRow, mut problem: Problem, value: &str) {
    if problem.value.is_none() && !value.is_empty() {
        problem.value = Some(value.to_owned());
    }
    if problem.blocks() && row.status == RowStatus::Ready {
        row.status = RowStatus::Blocked;
    }
    if !row.problems.contains(&problem) {
        row.problems.push(problem);
    }
}

/// What the state of the order says about an intent before anything is sent.
pub(super) enum Standing {
    /// It may be sent.
    Free,
    /// WeChat holds exactly this.
    Done,
    /// It may not.
    Refuse(ProblemKind),
}

/// Judges an intent by the order as it was last read.
pub(super) fn standing(intent: &Intent, order: &Order, now: Timestamp) -> Standing {
    let look = Look::of(order, now);
    match decide(intent, None, &look, None) {
        Verdict::Pending => Standing::Free,
        Verdict::Landed { .. } => Standing::Done,
        Verdict::Refunded => Standing::Refuse(ProblemKind::Refunded),
        Verdict::Closed => Standing::Refuse(ProblemKind::StateUnknown {
            code: order.state.into(),
        }),
        Verdict::Foreign | Verdict::Ambiguous | Verdict::Unproven => Standing::Refuse(match order.state {
            OrderState::Received | OrderState::Complete | OrderState::AwaitingSettlement => {
                ProblemKind::OrderClosed
            }
            OrderState::ToShip | OrderState::Shipped | OrderState::Refunded | OrderState::Unknown(_)
                if look.done() =>
            {
                ProblemKind::AlreadyShipped {
                    corrections_left: order.corrections_left(),
                }
            }
            OrderState::ToShip | OrderState::Shipped | OrderState::Refunded | OrderState::Unknown(_) => {
                ProblemKind::PartlyShipped
            }
        }),
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
pub(super) mod tests;
