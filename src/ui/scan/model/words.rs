//! What the station says: what it awaits, what the last scan came to, and where each scanned order stands. Apart from
//! the station, because it decides nothing.

use super::{Last, Outcome, Scan, Seen, Signal, Station};
use crate::domain::{
    Barred, CourierList, CourierQuestion, OpenScan, Problem, ScanCode, ScanRefusal, ScanStep, ScannedParcel,
    State, Timestamp, plain_text,
};
use crate::i18n::explain::Names;
use crate::i18n::{Lang, explain_problem, format, shipment_state_name, text, text_with};
use crate::ui::order_detail::model::journal;
use crate::ui::orders::model::{Said, Tone};

/// Characters of a refused scan that are shown.
const MOST_READ: usize = 60;

/// What stands large on the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What is to be scanned, or what was wrong.
    pub title: Said,
    /// What to do now.
    pub detail: String,
}

/// What stands large now: a refusal until the next scan, else what is awaited.
pub fn prompt(lang: Lang, station: &Station, seen: &Seen<'_>) -> Prompt {
    let couriers = &seen.snapshot.couriers;
    let awaited = awaited(lang, station, couriers);
    let refused = station.last().filter(|last| last.signal == Signal::Refused);
    match refused {
        Some(last) => Prompt {
            title: Said::new(outcome(lang, &last.outcome, couriers), Tone::Bad),
            detail: advice(lang, &last.outcome).unwrap_or(awaited.title.text),
        },
        None => awaited,
    }
}

fn awaited(lang: Lang, station: &Station, couriers: &CourierList) -> Prompt {
    let say = |id: &str, tone, detail: String| Prompt {
        title: Said::new(text(lang, id), tone),
        detail,
    };
    if let Some(number) = station.asking() {
        let detail = text_with(lang, "scan-asking-text", &[("number", number.into())]);
        return say("scan-asking", Tone::Busy, detail);
    }
    let Some(open) = station.desk().open() else {
        return say("scan-order", Tone::Ready, text(lang, "scan-order-text"));
    };
    if let Some(question) = &open.question {
        let args = [
            ("number", (&question.tracking_no).into()),
            ("looks", couriers.name(&question.looks_like).into()),
            ("usual", couriers.name(&question.usual).into()),
        ];
        return Prompt {
            title: Said::new(text_with(lang, "scan-question", &args), Tone::Warn),
            detail: text_with(lang, "scan-question-text", &args),
        };
    }
    let count = open.parcels.len().saturating_add(open.order.held);
    let id = match (open.several, open.parcels.is_empty()) {
        (false, _) => "scan-parcel-text",
        (true, true) if open.order.held > 0 => "scan-parcel-held",
        (true, true) => "scan-parcel-first",
        (true, false) => "scan-parcel-more",
    };
    let detail = text_with(lang, id, &[("count", count.into())]);
    let title = if open.parcels.is_empty() {
        "scan-parcel"
    } else {
        "scan-parcel-next"
    };
    say(title, Tone::Busy, detail)
}

/// What the last scan came to, for the line below; `None` while it stands large itself.
pub fn last_line(lang: Lang, last: &Last, couriers: &CourierList) -> Option<Said> {
    let tone = match last.signal {
        Signal::Taken => Tone::Quiet,
        Signal::Done => Tone::Good,
        Signal::Warning => Tone::Warn,
        Signal::Refused => return None,
    };
    let words = outcome(lang, &last.outcome, couriers);
    (!words.is_empty()).then(|| Said::new(words, tone))
}

/// What was read when it was refused: a person sees at once which code it was. Long texts are cut.
pub fn read_line(lang: Lang, last: &Last) -> Option<String> {
    let refused = last.signal == Signal::Refused && !last.read.is_empty();
    let plain = plain_text::line(&last.read);
    let mut read: String = plain.chars().take(MOST_READ).collect();
    if plain.chars().count() > MOST_READ {
        read.push('…');
    }
    refused.then(|| text_with(lang, "scan-read", &[("text", read.into())]))
}

/// The piece of a broken scan that was left out; `None` when there was none.
pub fn left_out(lang: Lang, last: &Last) -> Option<Said> {
    let piece = last.left_out.as_str();
    let words = || text_with(lang, "scan-left-out", &[("piece", piece.into())]);
    (!piece.is_empty()).then(|| Said::new(words(), Tone::Warn))
}

/// What a scan came to, in one sentence.
pub fn outcome(lang: Lang, outcome: &Outcome, couriers: &CourierList) -> String {
    let of = |id: &str, number: &str| text_with(lang, id, &[("number", number.into())]);
    match outcome {
        Outcome::Step(step) => step_words(lang, step, couriers),
        Outcome::Unfit(problems) => problem_words(lang, problems, couriers),
        Outcome::NotFound(number) => of("scan-not-found", number),
        Outcome::NotAsked(number) => of("scan-not-asked", number),
        Outcome::AskingEnded(number) => of("scan-asking-ended", number),
        Outcome::Jam => text(lang, "scan-jam"),
        Outcome::NotQueued(number, problems) => {
            let why = problem_words(lang, problems, couriers);
            let args = [("number", number.into()), ("why", why.into())];
            text_with(lang, "scan-not-queued", &args)
        }
        Outcome::Stopped(number) => of("scan-stopped", number),
        Outcome::TakenBack(number) => of("scan-taken-back", number),
        Outcome::NothingToTakeBack => text(lang, "scan-nothing-to-take-back"),
    }
}

fn step_words(lang: Lang, step: &ScanStep, couriers: &CourierList) -> String {
    match step {
        ScanStep::Opened | ScanStep::AskWeChat(_) | ScanStep::Asked(_) | ScanStep::Undo => String::new(),
        ScanStep::Added(parcel) => {
            let parcel = parcel_words(lang, parcel, couriers);
            text_with(lang, "scan-added", &[("parcel", parcel.into())])
        }
        ScanStep::Ship {
            parcels, complete, ..
        } => {
            let id = match (complete, parcels.is_empty()) {
                (true, true) => "scan-finished",
                (true, false) => "scan-shipped",
                (false, _) => "scan-shipped-part",
            };
            text_with(lang, id, &[("count", parcels.len().into())])
        }
        ScanStep::Several => text(lang, "scan-several"),
        ScanStep::TakenOut(number) => text_with(lang, "scan-taken-out", &[("number", number.into())]),
        ScanStep::Dropped(_) => text(lang, "scan-dropped"),
        ScanStep::Refused(why) => refusal(lang, why, couriers),
    }
}

fn refusal(lang: Lang, why: &ScanRefusal, couriers: &CourierList) -> String {
    let id = match why {
        ScanRefusal::SeveralOrders(count) => {
            return text_with(lang, "scan-no-several-orders", &[("count", (*count).into())]);
        }
        ScanRefusal::Barred(barred) => return bar_words(lang, *barred),
        ScanRefusal::ParcelUsed(other) => {
            return text_with(lang, "scan-no-parcel-used", &[("number", other.into())]);
        }
        ScanRefusal::Full(max) => return text_with(lang, "scan-no-full", &[("max", (*max).into())]),
        ScanRefusal::NoCourier(Some(id)) => {
            let courier = couriers.name(id);
            return text_with(lang, "scan-no-courier-looks", &[("courier", courier.into())]);
        }
        ScanRefusal::NoCourier(None) => "scan-no-courier",
        ScanRefusal::Unreadable => "scan-no-unreadable",
        ScanRefusal::OrderInsteadOfParcel => "scan-no-order-here",
        ScanRefusal::LikeOrder => "scan-no-like-order",
        ScanRefusal::ParcelInsteadOfOrder => "scan-no-parcel-here",
        ScanRefusal::ParcelTwice => "scan-no-parcel-twice",
        ScanRefusal::NotWhole => "scan-no-not-whole",
        ScanRefusal::LetterForDigit => "scan-no-letter",
        ScanRefusal::Undecided => "scan-no-undecided",
        ScanRefusal::NoOrder => "scan-no-order-open",
        ScanRefusal::NoParcel => "scan-no-parcel-yet",
        ScanRefusal::NothingAsked => "scan-no-question",
    };
    text(lang, id)
}

fn bar_words(lang: Lang, barred: Barred) -> String {
    let id = match barred {
        Barred::Shipped => "scan-bar-shipped",
        Barred::Refunded => "scan-bar-refunded",
        Barred::Closed => "scan-bar-closed",
        Barred::OnItsWay => "scan-bar-on-its-way",
        Barred::Undecided => "scan-bar-undecided",
        Barred::NotReadYet => "scan-bar-not-read-yet",
        Barred::StateUnknown(code) => {
            return text_with(lang, "scan-bar-state-unknown", &[("code", code.into())]);
        }
    };
    text(lang, id)
}

/// What to do after a refusal, where that is not simply the right scan.
fn advice(lang: Lang, outcome: &Outcome) -> Option<String> {
    let id = match outcome {
        Outcome::Step(ScanStep::Refused(ScanRefusal::Barred(Barred::Shipped))) => "scan-do-correct",
        Outcome::Step(ScanStep::Refused(ScanRefusal::Barred(Barred::Undecided))) | Outcome::Stopped(_) => {
            "scan-do-outbox"
        }
        Outcome::Step(ScanStep::Refused(ScanRefusal::NoCourier(_))) => "scan-do-courier",
        Outcome::Step(ScanStep::Refused(ScanRefusal::ParcelUsed(_))) => "scan-do-same-box",
        Outcome::Step(ScanStep::Refused(ScanRefusal::LikeOrder)) => "scan-do-like-order",
        Outcome::NotFound(_) => "scan-do-not-found",
        Outcome::Unfit(_) => "scan-do-unfit",
        Outcome::Step(_)
        | Outcome::NotAsked(_)
        | Outcome::AskingEnded(_)
        | Outcome::Jam
        | Outcome::NotQueued(..)
        | Outcome::TakenBack(_)
        | Outcome::NothingToTakeBack => return None,
    };
    Some(text(lang, id))
}

fn problem_words(lang: Lang, problems: &[Problem], couriers: &CourierList) -> String {
    let worst = problems
        .iter()
        .find(|problem| problem.blocks())
        .or(problems.first());
    worst.map_or_else(
        || text(lang, "scan-no-unreadable"),
        |problem| explain_problem(lang, problem, &Names { couriers }).title,
    )
}

/// `中通快递 75312345678901`.
pub fn parcel_words(lang: Lang, parcel: &ScannedParcel, couriers: &CourierList) -> String {
    let args = [
        ("courier", couriers.name(&parcel.courier).into()),
        ("number", (&parcel.tracking_no).into()),
    ];
    text_with(lang, "ship-courier-and-number", &args)
}

/// Where a scanned order stands, as a pill.
pub fn standing(lang: Lang, scan: &Scan, now: Timestamp) -> Said {
    if !scan.refused.is_empty() {
        return Said::new(text(lang, "scan-state-refused"), Tone::Bad);
    }
    if scan.taking_back {
        return Said::new(text(lang, "scan-state-taking-back"), Tone::Quiet);
    }
    let Some(shipment) = &scan.shipment else {
        return Said::new(text(lang, "scan-state-asked"), Tone::Busy);
    };
    let held = shipment.state == State::Queued && shipment.not_before > now;
    if held {
        let left = format::countdown(lang, shipment.not_before, now);
        return Said::new(
            text_with(lang, "scan-state-held", &[("left", left.into())]),
            Tone::Warn,
        );
    }
    if shipment.state == State::Cancelled {
        return Said::new(text(lang, "scan-state-taken-back"), Tone::Quiet);
    }
    Said::new(
        shipment_state_name(lang, &shipment.state),
        journal::tone(&shipment.state),
    )
}

/// The name of a command and what it does.
pub fn code_words(lang: Lang, code: ScanCode) -> (String, String) {
    let (name, what) = match code {
        ScanCode::Next => ("scan-code-next", "scan-code-next-text"),
        ScanCode::Finish => ("scan-code-finish", "scan-code-finish-text"),
        ScanCode::Later => ("scan-code-later", "scan-code-later-text"),
        ScanCode::Courier => ("scan-code-courier", "scan-code-courier-text"),
        ScanCode::Cancel => ("scan-code-cancel", "scan-code-cancel-text"),
        ScanCode::Undo => ("scan-code-undo", "scan-code-undo-text"),
    };
    (text(lang, name), text(lang, what))
}

/// The commands that mean something now, for the buttons.
pub fn codes_now(station: &Station) -> Vec<ScanCode> {
    let undo = !station.session().scans().is_empty();
    match station.desk().open() {
        None if station.asking().is_some() => vec![ScanCode::Cancel],
        None if undo => vec![ScanCode::Undo],
        None => Vec::new(),
        Some(OpenScan {
            question: Some(CourierQuestion { .. }),
            ..
        }) => vec![ScanCode::Courier, ScanCode::Undo, ScanCode::Cancel],
        Some(open) => {
            let mut codes = Vec::new();
            if !open.parcels.is_empty() || open.order.held > 0 {
                codes.push(ScanCode::Finish);
            }
            if !open.parcels.is_empty() {
                codes.extend([ScanCode::Later, ScanCode::Undo]);
            }
            if !open.several {
                codes.push(ScanCode::Next);
            }
            codes.push(ScanCode::Cancel);
            codes
        }
    }
}
