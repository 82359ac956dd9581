//! What was sent from here for one order, each shipment in words: where it stands, since when, and when it
//! is looked at next. Apart from the facts, because these come from the journal and not from WeChat.

use crate::domain::{CourierList, Decision, Delivery, Shipment, ShipmentId, State, Timestamp, Why};
use crate::i18n::{
    Explained, Lang, explain_doubt, explain_refusal, explain_why, format, logistics_type_name,
    shipment_state_name, text, text_with,
};
use crate::ui::orders::model::{Said, Tone};

/// One shipment from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: ShipmentId,
    /// Where it stands, as a pill.
    pub state: Said,
    /// When it entered this state.
    pub since: String,
    /// What was sent.
    pub what: String,
    /// What happened and what happens next; may be empty.
    pub detail: String,
    /// WeChat's code, last and small; may be empty.
    pub small: String,
    /// It can still be taken back.
    pub can_cancel: bool,
    /// What a person may decide about it.
    pub decisions: &'static [Decision],
}

/// Puts a shipment into words.
pub fn entry(lang: Lang, shipment: &Shipment, couriers: &CourierList, now: Timestamp) -> Entry {
    let (detail, small) = words(lang, shipment, now);
    Entry {
        id: shipment.id,
        state: Said::new(shipment_state_name(lang, &shipment.state), tone(&shipment.state)),
        since: format::moment(shipment.since, now),
        what: what(lang, shipment, couriers),
        detail,
        small,
        can_cancel: matches!(shipment.state, State::Queued | State::Waiting),
        decisions: match shipment.state {
            State::NeedsPerson(Why::ClaimedElsewhere(_)) => {
                &[Decision::TryAgain, Decision::TakeOver, Decision::Drop]
            }
            State::NeedsPerson(_) => &[Decision::AcceptAsItIs, Decision::TryAgain, Decision::Drop],
            State::Rejected(_) => &[Decision::TryAgain, Decision::Drop],
            State::Queued
            | State::Waiting
            | State::Sending
            | State::Unclear(_)
            | State::Shipped { .. }
            | State::Cancelled => &[],
        },
    }
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

/// What happened and what comes next, and the small line.
fn words(lang: Lang, shipment: &Shipment, now: Timestamp) -> (String, String) {
    let next = if shipment.not_before > now {
        format::time_of_day(shipment.not_before)
    } else {
        text(lang, "detail-at-once")
    };
    let explained = |explained: Explained| {
        let rest = explained.rest();
        let all = match (explained.title.is_empty(), rest.is_empty()) {
            (_, true) => explained.title,
            (true, false) => rest,
            (false, false) => {
                let parts = [("title", explained.title.into()), ("rest", rest.into())];
                text_with(lang, "detail-title-and-rest", &parts)
            }
        };
        (all, explained.code)
    };
    match &shipment.state {
        State::Queued => {
            let at = [("at", next.into())];
            (text_with(lang, "detail-journal-queued", &at), String::new())
        }
        State::Waiting => {
            let at = [("at", next.into())];
            (text_with(lang, "detail-journal-waiting", &at), String::new())
        }
        State::Sending => (text(lang, "detail-journal-sending"), String::new()),
        State::Unclear(doubt) => {
            let why = explain_doubt(lang, doubt);
            let args = [
                ("why", why.title.into()),
                ("since", format::time_of_day(shipment.since).into()),
                ("next", next.into()),
            ];
            (text_with(lang, "detail-journal-unclear", &args), why.code)
        }
        State::Shipped { found: false } => (String::new(), String::new()),
        State::Shipped { found: true } => (text(lang, "detail-journal-found"), String::new()),
        State::Rejected(refusal) => explained(explain_refusal(lang, refusal)),
        State::NeedsPerson(why) => explained(explain_why(lang, why)),
        State::Cancelled => (text(lang, "detail-journal-cancelled"), String::new()),
    }
}
