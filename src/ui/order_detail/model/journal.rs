//! What was sent from here for one order, each shipment in words: where it stands, since when, and when it
//! is looked at next. Apart from the facts, because these come from the journal and not from WeChat.

use std::time::Duration;

use crate::domain::{CourierList, Decision, Delivery, Shipment, ShipmentId, State, Step, Timestamp, Why};
use crate::engine::snapshot::Outbox;
use crate::i18n::{Lang, format, logistics_type_name, shipment_state_name, tell, text, text_with};
use crate::ui::orders::model::{Said, Tone};
use crate::ui::outbox::model::{can_cancel, decisions};

/// One shipment from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: ShipmentId,
    /// WeChat's number of its order.
    pub order: String,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// WeChat does not show its order.
    pub not_visible: bool,
    /// Where it stands, as a pill.
    pub state: Said,
    /// When it entered this state.
    pub since: String,
    /// What was sent.
    pub what: String,
    /// What is known; may be empty.
    pub detail: String,
    /// What happens next, with its moment; empty when nothing does.
    pub next: String,
    /// How far it is, what follows, and what a person can do; may be empty.
    pub course: String,
    /// How long `next` stays true; `None`: until something happens.
    pub changes: Option<Duration>,
    /// WeChat's code, last and small; may be empty.
    pub small: String,
    /// It can still be taken back.
    pub can_cancel: bool,
    /// What a person may decide about it.
    pub decisions: &'static [Decision],
}

/// Puts a shipment into words; the outbox knows what it waits for.
pub fn entry(
    lang: Lang,
    shipment: &Shipment,
    outbox: &Outbox,
    couriers: &CourierList,
    now: Timestamp,
) -> Entry {
    let ahead = outbox.outlook(shipment, now);
    let told = tell(lang, shipment, &ahead, None, now);
    let ended = ahead.step == Step::Nothing;
    let course = told.course(lang);
    let known = match &shipment.state {
        State::Shipped { found: false } => String::new(),
        State::Shipped { found: true } => text(lang, "detail-journal-found"),
        State::Cancelled => text(lang, "detail-journal-cancelled"),
        State::Queued
        | State::Waiting
        | State::Sending
        | State::Unclear(_)
        | State::Rejected(_)
        | State::NeedsPerson(_) => sentence(lang, told.known.title, told.known.detail),
    };
    Entry {
        id: shipment.id,
        order: shipment.intent.transaction_id().as_str().to_owned(),
        queued_at: shipment.queued_at,
        not_visible: matches!(
            shipment.state,
            State::Waiting | State::NeedsPerson(Why::NotVisible)
        ),
        state: Said::new(shipment_state_name(lang, &shipment.state), tone(&shipment.state)),
        since: if ended {
            format::moment(shipment.since, now)
        } else {
            told.since
        },
        what: what(lang, shipment, couriers),
        detail: known,
        next: told.next,
        course,
        changes: ahead.changes_in(now),
        small: told.known.code,
        can_cancel: can_cancel(&shipment.state),
        decisions: decisions(&shipment.state),
    }
}

/// Title and rest as one text.
fn sentence(lang: Lang, title: String, rest: String) -> String {
    if rest.is_empty() {
        return title;
    }
    let parts = [("title", title.into()), ("rest", rest.into())];
    text_with(lang, "detail-title-and-rest", &parts)
}

/// The words of a decision's button.
pub fn decision_name(lang: Lang, decision: Decision) -> String {
    text(
        lang,
        match decision {
            Decision::AcceptAsItIs => "detail-decide-accept",
            Decision::TryAgain => "detail-decide-again",
            Decision::Drop => "detail-decide-drop",
            Decision::TakeOver => "detail-decide-take-over",
        },
    )
}

/// The tone of a shipment's state.
pub fn tone(state: &State) -> Tone {
    match state {
        State::Queued | State::Waiting | State::Sending => Tone::Busy,
        State::Unclear(_) => Tone::Unclear,
        State::Shipped { .. } => Tone::Good,
        State::Rejected(_) => Tone::Bad,
        State::NeedsPerson(_) => Tone::Person,
        State::Cancelled => Tone::Quiet,
    }
}

fn what(lang: Lang, shipment: &Shipment, couriers: &CourierList) -> String {
    let intent = &shipment.intent;
    let body = match intent.delivery() {
        Delivery::Plain { logistics_type, .. } => logistics_type_name(lang, *logistics_type),
        Delivery::Unified(parcel) => {
            let name = couriers.name(parcel.courier.as_str()).to_owned();
            format!("{name} {}", parcel.tracking_no.as_str())
        }
        Delivery::Split { parcels, complete } => {
            let id = if *complete {
                "detail-parcels-all"
            } else {
                "detail-parcels-some"
            };
            text_with(lang, id, &[("count", parcels.len().into())])
        }
    };
    if intent.reship().is_some() {
        text_with(lang, "detail-correction-of", &[("what", body.into())])
    } else {
        body
    }
}
