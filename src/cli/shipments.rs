//! `resume` and `history`: the journal's shipments, going on with the open ones or listing them.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::args::HistoryArgs;
use super::batch_json::message;
use super::follow::{Standing, follow};
use super::output::{self, Console, Tone};
use super::running::Running;
use super::table::{Cell, Table};
use super::{Exit, Fail};
use crate::domain::{Parcel, Shipment, State, Timestamp};
use crate::engine::{Outbox, Snapshot};
use crate::i18n::{
    Explained, Lang, explain_doubt, explain_refusal, explain_why, format, logistics_type_name,
    shipment_state_name,
};

/// Goes on with what an earlier run left.
///
/// # Errors
/// When it cannot run.
pub fn resume(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let before = running.snapshot().outbox;
    let at_start = open(&before);
    if at_start > 0 {
        running.need_credentials()?;
    }
    let end = follow(running, |snapshot| {
        standing(console, snapshot, open(&snapshot.outbox))
    });
    let outbox = running.snapshot().outbox;
    crate::step::at("cli-resumed");
    print_counts(console, &outbox)?;
    if let Some(exit) = end.exit(outbox.shipped > 0) {
        end.say(console);
        return Ok(exit);
    }
    let person = for_a_person(&outbox);
    let new = person
        .saturating_sub(for_a_person(&before))
        .max(stopped_since(&outbox, running.started));
    let (id, exit) = match (at_start, new) {
        (0, 0) => ("cli-resume-nothing", Exit::Done),
        (_, 0) => ("cli-resume-done", Exit::Done),
        _ => ("cli-resume-person", Exit::SomeRows),
    };
    console.say(id, &[("count", new.into())]);
    let older = person.saturating_sub(new);
    if older > 0 {
        console.say("cli-resume-older", &[("count", older.into())]);
    }
    Ok(exit)
}

/// Shipments that wait to be sent or to be found out about.
pub fn open(outbox: &Outbox) -> usize {
    [outbox.queued, outbox.waiting, outbox.sending, outbox.unclear]
        .into_iter()
        .fold(0_usize, usize::saturating_add)
}

fn for_a_person(outbox: &Outbox) -> usize {
    outbox.needs_person.saturating_add(outbox.rejected)
}

/// Shipments that have stopped for a person since then. The engine goes on as soon as it is started, so some
/// may have stopped before anybody could count.
fn stopped_since(outbox: &Outbox, started: Timestamp) -> usize {
    let stopped = |state: &State| matches!(state, State::NeedsPerson(_) | State::Rejected(_));
    outbox
        .rows
        .iter()
        .filter(|shipment| stopped(&shipment.state) && shipment.since >= started)
        .count()
}

fn standing(console: Console, snapshot: &Snapshot, open: usize) -> Standing {
    let outbox = &snapshot.outbox;
    let person = for_a_person(outbox);
    let args = [
        ("shipped", format::count(outbox.shipped).into()),
        ("open", format::count(open).into()),
        ("person", format::count(person).into()),
    ];
    let mut line = console.text("cli-progress-resuming", &args);
    if let Some(secs) = outbox.remaining_secs.filter(|secs| *secs > 0) {
        let span = format::duration(console.lang, Duration::from_secs(secs));
        line.push_str(&console.text("cli-progress-remaining", &[("span", span.into())]));
    }
    Standing {
        finished: open == 0,
        moving: open.saturating_sub(outbox.waiting),
        waiting: outbox.waiting,
        ended: outbox.shipped.saturating_add(person),
        line,
    }
}

fn print_counts(console: Console, outbox: &Outbox) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let counts = [
        ("shipped", "cli-count-shipped", outbox.shipped),
        (
            "queued",
            "cli-count-queued",
            outbox.queued.saturating_add(outbox.sending),
        ),
        ("waiting", "cli-count-waiting", outbox.waiting),
        ("unclear", "cli-count-unclear", outbox.unclear),
        ("refused", "cli-count-refused", outbox.rejected),
        ("needs_person", "cli-count-needs-person", outbox.needs_person),
    ];
    if console.is_json() {
        let counts: serde_json::Map<String, Value> = counts
            .into_iter()
            .map(|(word, _, count)| (word.to_owned(), count.into()))
            .collect();
        return writeln!(out, "{}", json!({ "counts": counts }));
    }
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(.., count)| *count > 0)
        .map(|(_, id, count)| console.text(id, &[("count", format::count(count).into())]))
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", parts.join(&console.text("list-separator", &[])))
}

/// Lists shipments, newest first.
///
/// # Errors
/// When they cannot be printed.
pub fn history(running: &mut Running, args: &HistoryArgs) -> Result<Exit, Fail> {
    let console = running.console;
    let snapshot = running.snapshot();
    let all = &snapshot.outbox.rows;
    let shown = all.get(..args.limit).unwrap_or(all);
    let mut out = io::stdout().lock();
    if console.is_json() {
        let shipments: Vec<Value> = shown
            .iter()
            .map(|shipment| shipment_json(console.lang, shipment))
            .collect();
        writeln!(out, "{}", json!({ "shipments": shipments }))?;
        return Ok(Exit::Done);
    }
    if shown.is_empty() {
        writeln!(out, "{}", console.text("cli-no-shipments", &[]))?;
        return Ok(Exit::Done);
    }
    table(console, shown).write(&mut out, console)?;
    let left_out = all.len().saturating_sub(shown.len());
    if left_out > 0 {
        console.say("cli-more-shipments", &[("count", left_out.into())]);
    }
    Ok(Exit::Done)
}

fn table(console: Console, shipments: &[Arc<Shipment>]) -> Table {
    let heading = [
        "cli-column-since",
        "cli-column-status",
        "field-transaction-id",
        "field-parcels",
        "cli-column-what",
    ];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    let now = output::now();
    for shipment in shipments {
        let words = explained(console.lang, &shipment.state);
        table.push(vec![
            format::moment(shipment.since, now).into(),
            Cell::new(
                &shipment_state_name(console.lang, &shipment.state),
                tone(&shipment.state),
            ),
            shipment.intent.transaction_id().as_str().into(),
            parcels(console.lang, shipment).into(),
            words.map(|words| words.title).unwrap_or_default().into(),
        ]);
    }
    table
}

fn parcels(lang: Lang, shipment: &Shipment) -> String {
    let one = |parcel: &Parcel| format!("{} {}", parcel.courier.as_str(), parcel.tracking_no.as_str());
    match shipment.intent.parcels() {
        [] => logistics_type_name(lang, shipment.intent.logistics_type()),
        [parcel] => one(parcel),
        [first, rest @ ..] => format!("{} +{}", one(first), rest.len()),
    }
}

fn explained(lang: Lang, state: &State) -> Option<Explained> {
    match state {
        State::Rejected(refusal) => Some(explain_refusal(lang, refusal)),
        State::NeedsPerson(why) => Some(explain_why(lang, why)),
        State::Unclear(doubt) => Some(explain_doubt(lang, doubt)),
        State::Queued | State::Waiting | State::Sending | State::Shipped { .. } | State::Cancelled => None,
    }
}

fn tone(state: &State) -> Tone {
    match state {
        State::Shipped { .. } => Tone::Good,
        State::Rejected(_) | State::NeedsPerson(_) => Tone::Bad,
        State::Unclear(_) | State::Waiting => Tone::Warning,
        State::Queued | State::Sending | State::Cancelled => Tone::Faint,
    }
}

fn shipment_json(lang: Lang, shipment: &Shipment) -> Value {
    let parcels: Vec<Value> = shipment
        .intent
        .parcels()
        .iter()
        .map(|parcel| {
            json!({
                "express_company": parcel.courier.as_str(),
                "tracking_no": parcel.tracking_no.as_str(),
                "item_desc": parcel.item_desc.as_str(),
            })
        })
        .collect();
    let words = explained(lang, &shipment.state);
    let (errcode, rid) = match &shipment.state {
        State::Rejected(refusal) => (
            Some(refusal.errcode).filter(|code| *code != 0),
            refusal.rid.clone(),
        ),
        State::Queued
        | State::Waiting
        | State::Sending
        | State::Unclear(_)
        | State::Shipped { .. }
        | State::NeedsPerson(_)
        | State::Cancelled => (None, None),
    };
    json!({
        "id": shipment.id,
        "transaction_id": shipment.intent.transaction_id().as_str(),
        "state": shipment.state.word(),
        "since": shipment.since.rfc3339(),
        "queued_at": shipment.queued_at.rfc3339(),
        "attempts": shipment.attempts,
        "upload_time": shipment.upload_time.map(crate::domain::Timestamp::rfc3339),
        "logistics_type": shipment.intent.logistics_type().code(),
        "delivery_mode": shipment.intent.delivery_mode().code(),
        "is_all_delivered": shipment.intent.completes(),
        "parcels": parcels,
        "errcode": errcode,
        "rid": rid,
        "message": words.as_ref().map(|words| message(lang, words)),
        "action": words.map(|words| words.action),
    })
}
