//! One order in words: its facts, its parcels, what was sent from here, and what can be done with it now.

pub mod journal;
pub mod timeline;

use crate::domain::{
    CourierList, FailureKind, Order, OrderState, ShippedParcel, State, Timestamp, TransactionId, plain_text,
};
use crate::engine::snapshot::Outbox;
use crate::engine::{OpenOrder, Remote};
use crate::i18n::{Explained, Lang, explain_failure, format, text, text_with};
use crate::ui::orders::model::cells;
use crate::ui::orders::model::{Said, Tone};

pub use journal::{Entry, entry};

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// The value as it is read.
    pub value: String,
    /// What copying it gives; `None` when nobody would copy it.
    pub copy: Option<String>,
}

/// A parcel as WeChat shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelCard {
    /// Who carries it, or how it is delivered when there is no courier.
    pub carrier: String,
    /// Its number; empty for deliveries without a courier.
    pub tracking_no: String,
    /// What is in it.
    pub goods: String,
    /// When it was reported.
    pub reported: String,
    /// The masked contacts that went with it; may be empty.
    pub contact: String,
    /// Whether it is one that was sent from here; `None` when nothing was.
    pub mark: Option<Said>,
}

/// What a shipping form of this order would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Report its shipping for the first time.
    First,
    /// Report more parcels of a partly shipped order.
    Continue,
    /// Spend the single correction.
    Correct,
}

/// Why no shipping can be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cannot {
    /// It is refunded.
    Refunded,
    /// The buyer has confirmed, or the money is settled.
    Closed,
    /// It is shipped and the correction is spent.
    NoCorrection,
    /// Its state is not known to this program.
    StateUnknown(i64),
    /// A shipment from here is on its way.
    OnItsWay,
    /// A shipment from here waits for a decision.
    Undecided,
}

/// What can be done with an order now.
///
/// # Errors
/// Why nothing can.
pub fn purpose(open: &OpenOrder) -> Result<Purpose, Cannot> {
    let order = &open.order;
    if open.shipments.iter().any(|shipment| shipment.state.is_open()) {
        return Err(Cannot::OnItsWay);
    }
    let undecided = |state: &State| matches!(state, State::NeedsPerson(_));
    if open.shipments.iter().any(|shipment| undecided(&shipment.state)) {
        return Err(Cannot::Undecided);
    }
    match order.state {
        OrderState::Refunded => Err(Cannot::Refunded),
        OrderState::Unknown(code) => Err(Cannot::StateUnknown(code)),
        OrderState::Received | OrderState::Complete | OrderState::AwaitingSettlement => Err(Cannot::Closed),
        OrderState::ToShip | OrderState::Shipped if order.partly_shipped() => Ok(Purpose::Continue),
        OrderState::ToShip | OrderState::Shipped if order.can_ship() => Ok(Purpose::First),
        OrderState::ToShip | OrderState::Shipped if order.corrections_left() > 0 => Ok(Purpose::Correct),
        OrderState::ToShip | OrderState::Shipped => Err(Cannot::NoCorrection),
    }
}

/// The words of the button that opens the form.
pub fn purpose_name(lang: Lang, purpose: Purpose) -> String {
    text(
        lang,
        match purpose {
            Purpose::First => "detail-ship",
            Purpose::Continue => "detail-ship-more",
            Purpose::Correct => "detail-correct",
        },
    )
}

/// Why the button is not there.
pub fn cannot_words(lang: Lang, cannot: Cannot) -> Said {
    let (id, tone) = match cannot {
        Cannot::Refunded => ("detail-cannot-refunded", Tone::Quiet),
        Cannot::Closed => ("detail-cannot-closed", Tone::Quiet),
        Cannot::NoCorrection => ("detail-cannot-no-correction", Tone::Quiet),
        Cannot::OnItsWay => ("detail-cannot-on-its-way", Tone::Busy),
        Cannot::Undecided => ("detail-cannot-undecided", Tone::Person),
        Cannot::StateUnknown(code) => {
            let words = text_with(lang, "detail-cannot-state-unknown", &[("code", code.into())]);
            return Said::new(words, Tone::Bad);
        }
    };
    Said::new(text(lang, id), tone)
}

/// The order beside the list, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Where it stands.
    pub state: Said,
    /// What was paid.
    pub amount: String,
    /// What was bought.
    pub goods: String,
    /// The name of `deadline`.
    pub deadline_name: String,
    /// What is left of the 48 hours, or when it was shipped.
    pub deadline: Said,
    /// Corrections that WeChat still takes.
    pub corrections: Said,
    /// Worth knowing before anything is done.
    pub warnings: Vec<Said>,
    /// Numbers, payer, times.
    pub facts: Vec<Fact>,
    /// What WeChat shows as shipped.
    pub parcels: Vec<ParcelCard>,
    /// What was sent from here and is WeChat's no longer.
    pub missing: Vec<Said>,
    /// What was sent from here and has not ended well, newest first; the rest is in the timeline.
    pub journal: Vec<Entry>,
    /// How old this is.
    pub age: String,
    /// What can be done.
    pub purpose: Result<Purpose, Cannot>,
}

/// Puts an order into words.
pub fn detail(
    lang: Lang,
    open: &OpenOrder,
    outbox: &Outbox,
    couriers: &CourierList,
    now: Timestamp,
) -> Detail {
    let order = &open.order;
    let goods = match order.description.trim() {
        "" => text(lang, "detail-no-goods"),
        goods => plain_text::line(goods).into_owned(),
    };
    let parcels = order
        .shipping
        .parcels
        .iter()
        .map(|parcel| ParcelCard {
            mark: timeline::mark(lang, open, &parcel.express_company, &parcel.tracking_no),
            ..parcel_card(lang, order, parcel, couriers, now)
        })
        .collect();
    Detail {
        state: cells::state(lang, order),
        amount: format::money(order.paid_amount),
        goods,
        deadline_name: text(
            lang,
            if order.can_ship() {
                "detail-deadline"
            } else {
                "detail-shipped"
            },
        ),
        deadline: cells::deadline(lang, order, now),
        corrections: cells::corrections(lang, order),
        warnings: warnings(lang, order),
        facts: facts(lang, order),
        parcels,
        journal: open
            .shipments
            .iter()
            .filter(|shipment| !has_ended(&shipment.state))
            .map(|shipment| entry(lang, shipment, outbox, couriers, now))
            .collect(),
        missing: timeline::missing(lang, open, couriers),
        age: text_with(
            lang,
            "detail-read-at",
            &[
                ("at", format::time_of_day(open.read_at).into()),
                ("age", format::age(lang, open.read_at, now).into()),
            ],
        ),
        purpose: purpose(open),
    }
}

/// Nothing follows from it, and nobody can do anything about it.
fn has_ended(state: &State) -> bool {
    matches!(state, State::Shipped { .. } | State::Cancelled)
}

fn warnings(lang: Lang, order: &Order) -> Vec<Said> {
    let mut warnings = Vec::new();
    if order.in_complaint {
        warnings.push(Said::new(text(lang, "detail-in-complaint"), Tone::Bad));
    }
    if order.partly_shipped() {
        let count = order.shipping.parcels.len();
        let words = text_with(lang, "detail-partly-shipped", &[("count", count.into())]);
        warnings.push(Said::new(words, Tone::Warn));
    }
    warnings
}

fn facts(lang: Lang, order: &Order) -> Vec<Fact> {
    let fact = |id: &str, value: String, copy: Option<String>| Fact {
        name: text(lang, id),
        value,
        copy,
    };
    let number =
        |id: &str, value: &str| fact(id, plain_text::cell(value).into_owned(), Some(value.to_owned()));
    let mut facts = vec![number("detail-transaction-id", order.transaction_id.as_str())];
    if !order.out_trade_no.is_empty() {
        facts.push(number("detail-out-trade-no", &order.out_trade_no));
    }
    facts.push(fact("detail-paid-at", format::moment_exact(order.pay_time), None));
    facts.push(fact(
        "detail-payer",
        format::payer(&order.openid),
        Some(order.openid.0.clone()),
    ));
    facts.push(number("detail-mchid", &order.mchid));
    if !order.sub_mchid.is_empty() {
        facts.push(number("detail-sub-mchid", &order.sub_mchid));
    }
    facts
}

/// One parcel as WeChat shows it.
pub fn parcel_card(
    lang: Lang,
    order: &Order,
    parcel: &ShippedParcel,
    couriers: &CourierList,
    now: Timestamp,
) -> ParcelCard {
    let carrier = match order.shipping.logistics_type {
        2 => text(lang, "logistics-type-same-city"),
        3 => text(lang, "logistics-type-virtual"),
        4 => text(lang, "logistics-type-pick-up"),
        _ => plain_text::cell(couriers.name(&parcel.express_company)).into_owned(),
    };
    let contact = [&parcel.receiver_contact, &parcel.consignor_contact]
        .into_iter()
        .find(|contact| !contact.is_empty())
        .cloned()
        .unwrap_or_default();
    let reported = parcel.upload_time.map_or_else(String::new, |at| {
        text_with(
            lang,
            "detail-reported-at",
            &[("at", format::moment(at, now).into())],
        )
    });
    ParcelCard {
        carrier,
        tracking_no: plain_text::cell(&parcel.tracking_no).into_owned(),
        goods: plain_text::line(&parcel.goods_desc).into_owned(),
        reported,
        contact,
        mark: None,
    }
}

/// What the place beside the list shows.
#[derive(Debug)]
pub enum Shown<'a> {
    /// No order is open.
    Nothing,
    /// It is being fetched, and nothing is known of it yet.
    Loading(String),
    /// It could not be fetched, and nothing is known of it.
    Failed {
        /// Why.
        why: Explained,
        /// Its number.
        number: String,
        /// WeChat does not know it.
        not_visible: bool,
    },
    /// The order.
    Order {
        /// What is known.
        open: &'a OpenOrder,
        /// It is being read again.
        fetching: bool,
        /// It could not be read again; what is shown is older.
        failure: Option<Explained>,
    },
}

/// Chooses what to show. Another order than the one that was asked for is never shown in its place.
pub fn shown<'a>(lang: Lang, open: &'a Remote<OpenOrder>, asked: Option<&TransactionId>) -> Shown<'a> {
    let is_other = |open: &OpenOrder| asked.is_some_and(|asked| *asked != open.order.transaction_id);
    let number = || asked.map(ToString::to_string).unwrap_or_default();
    match open {
        Remote::Nothing if asked.is_some() => Shown::Loading(number()),
        Remote::Nothing => Shown::Nothing,
        Remote::Ready(open) if is_other(open) => Shown::Loading(number()),
        Remote::Waiting { previous: Some(open) } if is_other(open) => Shown::Loading(number()),
        Remote::Ready(open) => Shown::Order {
            open,
            fetching: false,
            failure: None,
        },
        Remote::Waiting { previous: Some(open) } => Shown::Order {
            open,
            fetching: true,
            failure: None,
        },
        Remote::Waiting { previous: None } => Shown::Loading(number()),
        Remote::Failed {
            previous: Some(open),
            failure,
        } if !is_other(open) => Shown::Order {
            open,
            fetching: false,
            failure: Some(explain_failure(lang, failure)),
        },
        Remote::Failed { failure, .. } => Shown::Failed {
            why: explain_failure(lang, failure),
            number: number(),
            not_visible: failure.kind == FailureKind::OrderNotVisible,
        },
    }
}

#[cfg(test)]
#[path = "model/tests.rs"]
mod tests;
