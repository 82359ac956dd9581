//! What the window knows about a scanned number: the order it names, why that is not shipped, which order has a
//! parcel already, and the draft of a scanned order. Looked up once for each scan, so nothing is kept.

use std::sync::Arc;

use super::{Seen, Session};
use crate::domain::{
    Barred, Draft, Order, ParcelDraft, Problem, ScannedOrder, ScannedParcel, Shipment, State, TransactionId,
    scan, scan_desk, shapes,
};
use crate::engine::OpenOrder;
use crate::ui::order_detail::model::Purpose;
use crate::ui::ship_form::model::{Form, Way};

/// A scanned order that can be sent.
#[derive(Clone, Debug)]
pub struct Ready {
    /// What goes to the engine.
    pub draft: Draft,
    /// By which its shipment is known again.
    pub fingerprint: String,
}

/// The orders whose number stands in the text: WeChat's, or the shop's, whose letters a caps lock may have changed.
pub fn hits<'a>(text: &str, orders: &'a [Arc<Order>]) -> Vec<&'a Arc<Order>> {
    let mut numbers = scan::numbers(text);
    if !numbers.iter().any(|number| number == text) {
        numbers.push(text.to_owned());
    }
    let exact = |order: &&Arc<Order>| {
        numbers
            .iter()
            .any(|number| order.transaction_id.as_str() == number || order.out_trade_no == *number)
    };
    let found: Vec<&Arc<Order>> = orders.iter().filter(exact).collect();
    if !found.is_empty() {
        return found;
    }
    let alike = |order: &&Arc<Order>| {
        numbers
            .iter()
            .any(|number| !number.is_empty() && order.out_trade_no.eq_ignore_ascii_case(number))
    };
    orders.iter().filter(alike).collect()
}

/// An order as the station needs it.
pub fn scanned(order: &Order, seen: &Seen<'_>, session: &Session) -> ScannedOrder {
    let account = seen.snapshot.session.account();
    ScannedOrder {
        id: order.transaction_id.clone(),
        held: if order.partly_shipped() {
            order.shipping.parcels.len()
        } else {
            0
        },
        max_parcels: account.map_or(10, |account| account.max_parcels),
        barred: session_bar(order, session)
            .or_else(|| journal_bar(order, seen))
            .or_else(|| scan_desk::barred(order)),
    }
}

/// It was scanned here and goes out or has gone out.
fn session_bar(order: &Order, session: &Session) -> Option<Barred> {
    let on_its_way = session.is_under_way(&order.transaction_id);
    on_its_way.then_some(Barred::OnItsWay)
}

/// What the journal knows of its shipments.
fn journal_bar(order: &Order, seen: &Seen<'_>) -> Option<Barred> {
    let of_order = |shipment: &&Arc<Shipment>| *shipment.intent.transaction_id() == order.transaction_id;
    let mut shipments = seen.snapshot.outbox.rows.iter().filter(of_order);
    shipments.find_map(|shipment| bar_of(order, shipment))
}

fn bar_of(order: &Order, shipment: &Shipment) -> Option<Barred> {
    match &shipment.state {
        State::Queued | State::Waiting | State::Sending | State::Unclear(_) => Some(Barred::OnItsWay),
        State::NeedsPerson(_) => Some(Barred::Undecided),
        State::Shipped { .. } if shipment.intent.completes() => Some(Barred::Shipped),
        // A part that the list does not show yet would be missing from what is sent next.
        State::Shipped { .. } => {
            let shown = |number: &str| {
                let parcels = &order.shipping.parcels;
                parcels
                    .iter()
                    .any(|parcel| same_number(&parcel.tracking_no, number))
            };
            let parcels = shipment.intent.parcels();
            let all = parcels.iter().all(|parcel| shown(parcel.tracking_no.as_str()));
            (!all).then_some(Barred::NotReadYet)
        }
        State::Rejected(_) | State::Cancelled => None,
    }
}

/// The other order that has this tracking number already, by the number that staff know it by.
pub fn used_by(
    number: &str,
    open: Option<&TransactionId>,
    seen: &Seen<'_>,
    session: &Session,
) -> Option<String> {
    if let Some(scan) = session.with_parcel(number, open) {
        return Some(scan.number.clone());
    }
    let sent = seen.snapshot.outbox.rows.iter().find(|shipment| {
        let parcels = shipment.intent.parcels();
        // What WeChat refused holds nothing, and the open order may be sent again with its own parcels.
        !matches!(shipment.state, State::Cancelled | State::Rejected(_))
            && Some(shipment.intent.transaction_id()) != open
            && parcels
                .iter()
                .any(|parcel| same_number(parcel.tracking_no.as_str(), number))
    });
    let orders = &seen.snapshot.orders.rows;
    if let Some(shipment) = sent {
        let id = shipment.intent.transaction_id();
        let order = orders.iter().find(|order| order.transaction_id == *id);
        return Some(order.map_or_else(|| id.as_str().to_owned(), |order| shop_number(order)));
    }
    let has = |order: &&Arc<Order>| {
        let parcels = &order.shipping.parcels;
        parcels
            .iter()
            .any(|parcel| same_number(&parcel.tracking_no, number))
    };
    let mut having = orders.iter().filter(has);
    let first = having.next()?;
    // A parcel that the open order holds already is used as well.
    let other = if Some(&first.transaction_id) == open {
        having.next().unwrap_or(first)
    } else {
        first
    };
    Some(shop_number(other))
}

/// It looks like the number of an order of this shop. A slip may be of an order that the list does not hold yet, and
/// must not be taken for a parcel.
pub fn is_like_order(number: &str, seen: &Seen<'_>) -> bool {
    let orders = seen.snapshot.orders.rows.iter();
    orders
        .filter(|order| !order.out_trade_no.is_empty())
        .any(|order| shapes::is_like_order_number(number, &order.out_trade_no))
}

/// The number by which staff know an order.
pub fn shop_number(order: &Order) -> String {
    match order.out_trade_no.as_str() {
        "" => order.transaction_id.as_str().to_owned(),
        number => number.to_owned(),
    }
}

/// The same number, whatever its case and hyphens.
pub fn same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> Vec<u8> {
        let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
        kept.map(|b| b.to_ascii_uppercase()).collect()
    };
    // Nearly all differ in length, hyphens aside; the others are few.
    one.len().abs_diff(other.len()) <= 4 && !one.is_empty() && plain(one) == plain(other)
}

/// What is sent for a scanned order: made by the shipping form, so that both ways follow the same rules.
///
/// # Errors
/// What is wrong with it.
pub fn draft(
    order: &Arc<Order>,
    parcels: &[ScannedParcel],
    complete: bool,
    seen: &Seen<'_>,
) -> Result<Ready, Vec<Problem>> {
    let open = OpenOrder {
        order: Arc::clone(order),
        read_at: seen.now,
        shipments: Vec::new(),
        timeline: Arc::default(),
    };
    let purpose = if order.partly_shipped() {
        Purpose::Continue
    } else {
        Purpose::First
    };
    let mut form = Form::new(&open, purpose, seen.snapshot.session.account());
    let kept = form.kept();
    let usual = form.parcels.last().cloned().unwrap_or_default();
    form.parcels.truncate(kept);
    form.parcels.extend(parcels.iter().map(|parcel| ParcelDraft {
        courier: parcel.courier.clone(),
        tracking_no: parcel.tracking_no.clone(),
        ..usual.clone()
    }));
    let split = form.parcels.len() > 1 || kept > 0 || !complete;
    form.choose(if split { Way::Split } else { Way::Unified });
    form.complete = complete;
    let (intent, _) = form.check(&seen.snapshot.couriers)?;
    Ok(Ready {
        draft: form.draft(),
        fingerprint: intent.fingerprint(),
    })
}
