//! What one row of the list says, in the language of the window. Apart from the index, because only the
//! rows that can be seen are ever put into words.

use crate::domain::{CourierList, Order, OrderState, ShippedParcel, Timestamp, plain_text};
use crate::i18n::{Lang, format, state_name, text, text_with};

use super::columns::shipped_at;
use super::filter::View;

/// Parcels of one order that are named in a row; an order has 15 at most.
const PARCELS: usize = 20;

/// How a value should strike the eye; the pane has the colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As any other text.
    #[default]
    Plain,
    /// Less than other text.
    Quiet,
    /// Something can be done.
    Ready,
    /// Something is under way.
    Busy,
    /// All is well.
    Good,
    /// Worth a look.
    Warn,
    /// Something is wrong or late.
    Bad,
    /// Nobody knows yet.
    Unclear,
    /// A person must decide.
    Person,
}

/// A word or a line, with the tone it is said in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// How they should strike the eye.
    pub tone: Tone,
}

impl Said {
    /// Words in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }
}

/// One row, ready to be painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCells {
    /// When it was paid.
    pub pay_time: String,
    /// WeChat's number.
    pub transaction_id: String,
    /// The shop's number; may be empty.
    pub out_trade_no: String,
    /// What was bought; may be empty.
    pub goods: String,
    /// What was paid.
    pub amount: String,
    /// Who paid, shortened.
    pub payer: String,
    /// Where it stands.
    pub state: Said,
    /// What is left of the 48 hours, or when it was shipped.
    pub deadline: Said,
    /// Corrections that WeChat still takes; empty before the first upload.
    pub corrections: Said,
    /// The couriers of its parcels, each once.
    pub courier: String,
    /// The numbers of its parcels.
    pub tracking_no: String,
    /// When the last parcel was reported.
    pub shipped_at: String,
    /// The merchant that took the payment.
    pub mchid: String,
    /// A dispute is open.
    pub in_complaint: bool,
}

/// Puts one order into the words of a row.
pub fn row_cells(lang: Lang, order: &Order, couriers: &CourierList, now: Timestamp) -> RowCells {
    RowCells {
        pay_time: format::moment(order.pay_time, now),
        transaction_id: order.transaction_id.as_str().to_owned(),
        out_trade_no: plain_text::cell(&order.out_trade_no).into_owned(),
        goods: plain_text::cell(&order.description).into_owned(),
        amount: format::money(order.paid_amount),
        payer: format::payer(&order.openid),
        state: state(lang, order),
        deadline: deadline(lang, order, now),
        corrections: corrections(lang, order),
        courier: couriers_of(order, couriers),
        tracking_no: parcels_joined(order, |parcel| &parcel.tracking_no),
        shipped_at: shipped_at(order).map_or_else(String::new, |at| format::moment(at, now)),
        mchid: plain_text::cell(&order.mchid).into_owned(),
        in_complaint: order.in_complaint,
    }
}

/// The names of the couriers of an order, each once.
pub fn couriers_of(order: &Order, couriers: &CourierList) -> String {
    let mut names: Vec<&str> = Vec::new();
    for parcel in order.shipping.parcels.iter().take(PARCELS) {
        let name = couriers.name(&parcel.express_company);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    shown(&names)
}

/// A text of each parcel, one behind the other.
pub fn parcels_joined(order: &Order, text: impl Fn(&ShippedParcel) -> &str) -> String {
    let parcels = order.shipping.parcels.iter().take(PARCELS);
    let texts: Vec<&str> = parcels.map(text).filter(|text| !text.is_empty()).collect();
    shown(&texts)
}

fn shown(texts: &[&str]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| plain_text::cell(text)).collect();
    plain_text::cell(&texts.join(", ")).into_owned()
}

/// The order's state as a pill; a partly shipped order says so instead.
pub fn state(lang: Lang, order: &Order) -> Said {
    if order.partly_shipped() {
        return Said::new(text(lang, "orders-partly-shipped"), Tone::Warn);
    }
    Said::new(state_name(lang, order.state), state_tone(order.state))
}

/// The tone of a state.
pub fn state_tone(state: OrderState) -> Tone {
    match state {
        OrderState::ToShip => Tone::Ready,
        OrderState::Shipped | OrderState::AwaitingSettlement => Tone::Busy,
        OrderState::Received | OrderState::Complete => Tone::Good,
        OrderState::Refunded => Tone::Quiet,
        OrderState::Unknown(_) => Tone::Bad,
    }
}

/// What is left of the 48 hours, by how much they are over, or when the last parcel was reported.
pub fn deadline(lang: Lang, order: &Order, now: Timestamp) -> Said {
    if !order.can_ship() {
        let newest = order.shipping.parcels.iter().filter_map(|p| p.upload_time).max();
        let shipped = newest.map_or_else(String::new, |at| {
            text_with(
                lang,
                "orders-shipped-at",
                &[("at", format::moment(at, now).into())],
            )
        });
        return Said::new(shipped, Tone::Quiet);
    }
    let due = order.deadline();
    let span = |length| ("span", format::duration(lang, length).into());
    if due <= now {
        let late = text_with(lang, "orders-overdue-by", &[span(now.since(due))]);
        return Said::new(late, Tone::Bad);
    }
    let tone = if View::DueSoon.holds(order, now) {
        Tone::Warn
    } else {
        Tone::Plain
    };
    Said::new(text_with(lang, "orders-due-in", &[span(due.since(now))]), tone)
}

/// Corrections that WeChat still takes. Before anything was shipped there is nothing to correct.
pub fn corrections(lang: Lang, order: &Order) -> Said {
    if order.shipping.parcels.is_empty() && !order.shipping.finish_shipping {
        return Said::new("", Tone::Quiet);
    }
    match order.corrections_left() {
        0 => Said::new(text(lang, "orders-corrections-none"), Tone::Quiet),
        left => Said::new(
            text_with(lang, "orders-corrections-left", &[("count", left.into())]),
            Tone::Plain,
        ),
    }
}

/// The name of a group.
pub fn view_name(lang: Lang, view: View) -> String {
    match view {
        View::All => text(lang, "orders-view-all"),
        View::State(state) => state_name(lang, state),
        View::DueSoon => text(lang, "orders-view-due-soon"),
        View::Over36Hours => text(lang, "orders-view-over-36"),
        View::Overdue => text(lang, "orders-view-overdue"),
        View::PartlyShipped => text(lang, "orders-partly-shipped"),
        View::InDispute => text(lang, "orders-view-in-dispute"),
        View::Unsettled => text(lang, "orders-view-unsettled"),
    }
}
