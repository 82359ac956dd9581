//! A line of the history in words: what happened, and what is to be known about it. Both shells and the files that go
//! out say it with these.

mod did;

use super::{
    Names, code_class, code_line, errand_name, errand_state_name, explain_code, explain_doubt,
    explain_errand_why, explain_failure,
};
use crate::domain::{
    Changed, CourierList, Decision, Delivery, ErrandKind, ErrandState, Facts, Happened, HistoryKind,
    HistoryLine, Intent, JournalEntry, ParcelId, Timestamp, hide_private,
};
use crate::i18n::{Lang, format, logistics_type_name, state_name, text, text_with};

/// How a line is meant: for its colour, and for a column of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Nothing follows from it.
    #[default]
    Quiet,
    /// On its way.
    Busy,
    /// As it was wished.
    Good,
    /// Refused or failed.
    Bad,
    /// Not known.
    Unclear,
    /// A person must decide.
    Person,
}

/// A line of the history in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What happened, without a full stop.
    pub title: String,
    /// What is to be known about it; may be empty.
    pub detail: String,
    /// WeChat's code and request id, last and small; may be empty.
    pub code: String,
    /// How it is meant.
    pub mood: Mood,
}

/// The name of a kind of lines.
pub fn history_kind_name(lang: Lang, kind: HistoryKind) -> String {
    let id = match kind {
        HistoryKind::Shipment => "history-kind-shipment",
        HistoryKind::Person => "history-kind-person",
        HistoryKind::File => "history-kind-file",
        HistoryKind::Errand => "history-kind-errand",
        HistoryKind::WeChat => "history-kind-wechat",
        HistoryKind::Program => "history-kind-program",
    };
    text(lang, id)
}

/// Says what happened.
pub fn tell_happened(lang: Lang, line: &HistoryLine, couriers: &CourierList) -> Told {
    let mut told = match &line.happened {
        Happened::Record { attempt, entry } => record(lang, *attempt, entry, line.intent.as_deref()),
        Happened::Did { what, details } => did::words(lang, what, details),
        Happened::Changed(changed) => changed_words(lang, changed, couriers),
        Happened::Errand { errand, state } => errand_words(lang, *errand, state),
    };
    let http_status = match &line.happened {
        Happened::Record { entry, .. } => entry.http_status(),
        Happened::Did { .. } | Happened::Changed(_) | Happened::Errand { .. } => None,
    };
    let (errcode, rid) = line.happened.code();
    told.code = code_line(lang, errcode.filter(|code| *code != 0), http_status, rid);
    told
}

/// The parcels of an intent: `中通快递 7850…`, several apart by a separator; the kind of delivery without a courier.
pub fn parcels_of(lang: Lang, intent: &Intent, couriers: &CourierList) -> String {
    let one = |parcel: &crate::domain::Parcel| {
        let courier = couriers.name(parcel.courier.as_str());
        format!("{courier} {}", parcel.tracking_no.as_str())
    };
    match intent.delivery() {
        Delivery::Plain { logistics_type, .. } => logistics_type_name(lang, *logistics_type),
        Delivery::Unified(parcel) => one(parcel),
        Delivery::Split { parcels, .. } => {
            let all: Vec<String> = parcels.iter().map(one).collect();
            all.join(&text(lang, "list-separator"))
        }
    }
}

/// What a person gives to support about one line or message: nothing secret, nothing personal.
pub fn support_text(lang: Lang, title: &str, order: Option<&str>, code: &str, at: Timestamp) -> String {
    let mut lines = vec![
        text_with(lang, "support-what", &[("what", title.into())]),
        text_with(lang, "support-at", &[("at", format::moment_exact(at).into())]),
    ];
    if let Some(order) = order {
        lines.push(text_with(lang, "support-order", &[("order", order.into())]));
    }
    if !code.is_empty() {
        lines.push(code.to_owned());
    }
    lines.push(text_with(
        lang,
        "support-version",
        &[("version", env!("CARGO_PKG_VERSION").into())],
    ));
    hide_private(&lines.join("\n"))
}

/// The headings of a file of history lines.
pub fn history_headings(lang: Lang) -> Vec<String> {
    [
        "history-head-at",
        "history-head-kind",
        "history-head-what",
        "history-head-detail",
        "history-head-order",
        "history-head-courier",
        "history-head-tracking",
        "history-head-file",
        "history-head-row",
        "history-head-who",
        "history-head-code",
        "history-head-rid",
    ]
    .map(|id| text(lang, id))
    .to_vec()
}

/// A line as the cells below [`history_headings`].
pub fn history_cells(lang: Lang, line: &HistoryLine, couriers: &CourierList) -> Vec<String> {
    let told = tell_happened(lang, line, couriers);
    let parcels = line.intent.iter().flat_map(|intent| intent.parcels());
    let joined = |cells: Vec<&str>| cells.join("; ");
    let (errcode, rid) = line.happened.code();
    let file = line.file.as_ref();
    let rows = file.map_or(&[][..], |file| file.rows.as_slice());
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    vec![
        format::moment_exact(line.at),
        history_kind_name(lang, line.kind),
        told.title,
        told.detail,
        line.order.as_ref().map(ToString::to_string).unwrap_or_default(),
        joined(
            parcels
                .clone()
                .map(|parcel| couriers.name(parcel.courier.as_str()))
                .collect(),
        ),
        joined(parcels.map(|parcel| parcel.tracking_no.as_str()).collect()),
        file.map(|file| file.name.clone()).unwrap_or_default(),
        rows.join("; "),
        line.by.clone(),
        errcode.map(|code| code.to_string()).unwrap_or_default(),
        rid.unwrap_or_default().to_owned(),
    ]
}

fn said(lang: Lang, id: &str, mood: Mood) -> Told {
    let detail = format!("{id}.detail");
    Told {
        title: text(lang, id),
        detail: if crate::i18n::has(lang, &detail) {
            text(lang, &detail)
        } else {
            String::new()
        },
        mood,
        ..Told::default()
    }
}

fn record(lang: Lang, attempt: u8, entry: &JournalEntry, intent: Option<&Intent>) -> Told {
    match entry {
        JournalEntry::Queued { .. } if intent.is_some_and(|intent| intent.reship().is_some()) => {
            said(lang, "happened-queued-correction", Mood::Busy)
        }
        JournalEntry::Queued { .. } => Told {
            detail: combined_with(lang, intent),
            ..said(lang, "happened-queued", Mood::Busy)
        },
        JournalEntry::Sending { attempt, .. } => Told {
            title: text_with(lang, "happened-sending", &[("attempt", (*attempt).into())]),
            mood: Mood::Busy,
            ..Told::default()
        },
        JournalEntry::Answered { class, errcode, .. } => answered(lang, class, *errcode),
        JournalEntry::Looked { verdict, .. } => looked(lang, verdict, attempt),
        JournalEntry::LookFailed { failure } => Told {
            title: text(lang, "happened-look-failed"),
            detail: explain_failure(lang, failure).title,
            mood: Mood::Unclear,
            ..Told::default()
        },
        JournalEntry::Unclear { doubt } => Told {
            title: explain_doubt(lang, doubt).title,
            mood: Mood::Unclear,
            ..Told::default()
        },
        JournalEntry::Decided { decision } => {
            let id = match decision {
                Decision::AcceptAsItIs => "happened-decided-accept",
                Decision::TryAgain => "happened-decided-again",
                Decision::Drop => "happened-decided-drop",
                Decision::TakeOver => "happened-decided-take-over",
            };
            said(lang, id, Mood::Quiet)
        }
        JournalEntry::Cancelled => said(lang, "happened-cancelled", Mood::Quiet),
        JournalEntry::Restarted => said(lang, "happened-restarted", Mood::Unclear),
        JournalEntry::Claimed { answer, holder } => claimed(lang, answer, holder.as_ref()),
    }
}

/// Which combined order it goes out with; empty when with none.
fn combined_with(lang: Lang, intent: Option<&Intent>) -> String {
    intent
        .and_then(Intent::combined)
        .map_or_else(String::new, |combined| {
            let args = [
                ("parent", combined.parent.as_str().into()),
                ("count", combined.orders.len().into()),
            ];
            text_with(lang, "happened-combined", &args)
        })
}

/// An errand has come into this state.
fn errand_words(lang: Lang, errand: ErrandKind, state: &ErrandState) -> Told {
    let args = [
        ("what", errand_name(lang, errand).into()),
        ("state", errand_state_name(lang, state).into()),
    ];
    let at = |id: &str, at| text_with(lang, id, &[("at", format::moment_exact(at).into())]);
    let (detail, mood) = match (state, errand) {
        (ErrandState::Queued, ErrandKind::Remind { received_at }) => {
            (at("happened-errand-signed", received_at), Mood::Busy)
        }
        (ErrandState::Queued, ErrandKind::PreSale { delay_to }) => {
            (at("happened-errand-ship-by", delay_to), Mood::Busy)
        }
        (ErrandState::Queued, ErrandKind::TestOrder) | (ErrandState::Sending, _) => {
            (String::new(), Mood::Busy)
        }
        (ErrandState::Unclear(doubt), _) => (explain_doubt(lang, doubt).title, Mood::Unclear),
        (ErrandState::Done(_), _) => (String::new(), Mood::Good),
        (ErrandState::Refused(refusal), _) => (explain_code(lang, refusal.errcode).title, Mood::Bad),
        (ErrandState::Stopped(why), _) => (explain_errand_why(lang, *why).title, Mood::Bad),
        (ErrandState::NeedsPerson(why), _) => (explain_errand_why(lang, *why).title, Mood::Person),
        (ErrandState::Cancelled, _) => (String::new(), Mood::Quiet),
    };
    Told {
        title: text_with(lang, "happened-errand", &args),
        detail,
        mood,
        ..Told::default()
    }
}

fn claimed(lang: Lang, answer: &str, holder: Option<&crate::domain::Claimant>) -> Told {
    match (answer, holder) {
        ("theirs", Some(holder)) => Told {
            title: text(lang, "happened-claimed-theirs"),
            detail: super::claims::explain_claimed(lang, holder).title,
            mood: Mood::Person,
            ..Told::default()
        },
        ("theirs", None) => said(lang, "happened-claimed-theirs", Mood::Person),
        ("taken_over", _) => said(lang, "happened-claimed-over", Mood::Busy),
        _ => said(lang, "happened-claimed-ours", Mood::Busy),
    }
}

/// What an answer meant, by the state it led to.
fn answered(lang: Lang, class: &str, errcode: Option<i64>) -> Told {
    let (id, mood) = match class {
        "shipped" => ("happened-accepted", Mood::Good),
        "rejected" => ("happened-refused", Mood::Bad),
        "waiting" => ("happened-not-visible", Mood::Unclear),
        "queued" => ("happened-not-processed", Mood::Quiet),
        _ => ("happened-no-clear-answer", Mood::Unclear),
    };
    let mut told = said(lang, id, mood);
    if let Some(errcode) = errcode.filter(|code| *code != 0) {
        let args = [
            ("title", explain_code(lang, errcode).title.into()),
            ("rest", code_class(errcode).words(lang).into()),
        ];
        told.detail = text_with(lang, "happened-code", &args);
    }
    told
}

/// What a look proved, by the state it led to.
fn looked(lang: Lang, verdict: &str, attempt: u8) -> Told {
    let (id, mood) = match verdict {
        "sending" | "queued" if attempt == 0 || verdict == "sending" => {
            ("happened-looked-may-send", Mood::Quiet)
        }
        "shipped" => ("happened-looked-found", Mood::Good),
        "rejected" => ("happened-looked-refunded", Mood::Bad),
        "needs_person" => ("happened-looked-person", Mood::Person),
        "queued" if attempt > 0 => ("happened-looked-again", Mood::Busy),
        _ => ("happened-looked-nothing", Mood::Unclear),
    };
    said(lang, id, mood)
}

fn changed_words(lang: Lang, changed: &Changed, couriers: &CourierList) -> Told {
    let (before, now) = (&changed.before, &changed.now);
    let mut parts: Vec<String> = Vec::new();
    if before.state != now.state {
        let args = [
            ("before", state_name(lang, before.state).into()),
            ("now", state_name(lang, now.state).into()),
        ];
        parts.push(text_with(lang, "happened-state", &args));
    }
    if before.in_complaint != now.in_complaint {
        let id = if now.in_complaint {
            "happened-dispute"
        } else {
            "happened-dispute-over"
        };
        parts.push(text(lang, id));
    }
    if before.finish_count < 2 && now.finish_count >= 2 {
        parts.push(text(lang, "happened-correction-spent"));
    }
    if before.parcels != now.parcels {
        parts.push(text(lang, "happened-parcels"));
    } else if parts.is_empty() {
        parts.push(text(lang, "happened-finish"));
    }
    Told {
        title: parts.join(&text(lang, "list-separator")),
        detail: parcel_changes(lang, before, now, couriers),
        mood: if now.in_complaint && !before.in_complaint {
            Mood::Bad
        } else {
            Mood::Quiet
        },
        ..Told::default()
    }
}

fn parcel_changes(lang: Lang, before: &Facts, now: &Facts, couriers: &CourierList) -> String {
    let known = Names { couriers };
    let list = |parcels: Vec<&ParcelId>| -> String {
        let named = parcels
            .into_iter()
            .map(|parcel| format!("{} {}", known.courier(&parcel.courier), parcel.tracking_no));
        named.collect::<Vec<_>>().join(&text(lang, "list-separator"))
    };
    let come: Vec<&ParcelId> = now.parcels.difference(&before.parcels).collect();
    let gone: Vec<&ParcelId> = before.parcels.difference(&now.parcels).collect();
    let mut said = Vec::new();
    if !come.is_empty() {
        said.push(text_with(
            lang,
            "happened-parcels-come",
            &[("parcels", list(come).into())],
        ));
    }
    if !gone.is_empty() {
        said.push(text_with(
            lang,
            "happened-parcels-gone",
            &[("parcels", list(gone).into())],
        ));
    }
    said.join(&text(lang, "result-join"))
}

#[cfg(test)]
#[path = "happened_tests.rs"]
mod tests;
