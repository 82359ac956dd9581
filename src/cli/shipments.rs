//! `resume` and `history`: the journal's shipments, going on with the open ones or listing them.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::args::HistoryArgs;
use super::batch_json::message;
use super::errand_lines::{self, Line};
use super::follow::{End, Standing, follow};
use super::output::{self, Console, Tone};
use super::running::Running;
use super::table::{Cell, Table};
use super::{Exit, Fail, ahead, errands_left, verify};
use crate::domain::{Errand, Parcel, Shipment, State, Timestamp};
use crate::engine::{Gate, Outbox, Snapshot};
use crate::i18n::{Lang, format, logistics_type_name, shipment_state_name};

/// More of what is left does not help anybody on a terminal.
const MOST_LEFT: usize = 50;

/// Goes on with what an earlier run left.
///
/// # Errors
/// When it cannot run.
pub fn resume(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let snapshot = running.snapshot();
    let (before, errands) = (snapshot.outbox, snapshot.errands);
    let at_start = open(&before).saturating_add(errands.open);
    if at_start > 0 {
        running.need_credentials()?;
    }
    let end = follow(running, |snapshot| {
        let open = open(&snapshot.outbox).saturating_add(snapshot.errands.open);
        standing(console, snapshot, open)
    });
    if end == End::Finished {
        verify::verify(running);
    }
    let snapshot = running.snapshot();
    let new_errands = snapshot.errands.needs_person.saturating_sub(errands.needs_person);
    let outbox = Arc::clone(&snapshot.outbox);
    crate::step::at("cli-resumed");
    print_counts(console, &outbox, &errands_left::left(&snapshot.errands))?;
    summary(console, &outbox);
    if let Some(exit) = end.exit(outbox.shipped > 0) {
        if let End::OrdersNotVisible(_) = end {
            End::OrdersNotVisible(outbox.waiting).say(console);
            errands_left::say_waiting(console, errands_left::waiting(&snapshot.errands));
        } else {
            end.say(console);
        }
        return Ok(exit);
    }
    let person = for_a_person(&outbox);
    let new = person
        .saturating_sub(for_a_person(&before))
        .max(stopped_since(&outbox, running.started))
        .saturating_add(new_errands);
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
    let moves = outbox.gate == Gate::Open;
    if let Some(secs) = outbox.remaining_secs.filter(|secs| moves && *secs > 0) {
        let span = format::duration(console.lang, Duration::from_secs(secs));
        line.push_str(&console.text("cli-progress-remaining", &[("span", span.into())]));
    }
    let waiting = outbox
        .waiting
        .saturating_add(errands_left::waiting(&snapshot.errands));
    Standing {
        finished: open == 0,
        moving: open.saturating_sub(waiting),
        waiting,
        ended: outbox.shipped.saturating_add(person),
        unclaimed: false,
        line,
    }
}

/// Says how many are unclear or waiting, and when at the earliest they are looked at once somebody goes on.
pub fn summary(console: Console, outbox: &Outbox) {
    let now = output::now();
    let said = [
        (outbox.unclear, "cli-left-unclear", outbox.next_look(now)),
        (outbox.waiting, "cli-left-waiting", outbox.next_ask(now)),
    ];
    for (count, id, at) in said {
        if count > 0 {
            let at = format::clock(at.unwrap_or(now), now);
            console.say(id, &[("count", count.into()), ("at", at.into())]);
        }
    }
}

fn print_counts(console: Console, outbox: &Outbox, errands: &[Arc<Errand>]) -> io::Result<()> {
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
        let left: Vec<Value> = left(outbox)
            .iter()
            .map(|shipment| shipment_json(console.lang, shipment, outbox))
            .collect();
        let errands = errand_lines::left_json(console, errands);
        let all = json!({ "counts": counts, "shipments": left, "errands": errands });
        return writeln!(out, "{all}");
    }
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(.., count)| *count > 0)
        .map(|(_, id, count)| console.text(id, &[("count", format::count(count).into())]))
        .collect();
    if !parts.is_empty() {
        writeln!(out, "{}", parts.join(&console.text("list-separator", &[])))?;
    }
    let left = left(outbox);
    if !left.is_empty() {
        table(console, left.get(..MOST_LEFT).unwrap_or(&left), outbox).write(&mut out, console)?;
    }
    if errands.is_empty() {
        return Ok(());
    }
    let errands = errands.get(..MOST_LEFT).unwrap_or(errands);
    let lines: Vec<Line<'_>> = errands.iter().map(Line::Errand).collect();
    errand_lines::table(console, &lines).write(&mut out, console)
}

/// The shipments that have not ended, as far as they are known one by one.
fn left(outbox: &Outbox) -> Vec<Arc<Shipment>> {
    let rows = outbox.rows.iter();
    let stands =
        |state: &State| state.is_open() || matches!(state, State::NeedsPerson(_) | State::Rejected(_));
    rows.filter(|shipment| stands(&shipment.state)).cloned().collect()
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
            .map(|shipment| shipment_json(console.lang, shipment, &snapshot.outbox))
            .collect();
        writeln!(out, "{}", json!({ "shipments": shipments }))?;
        return Ok(Exit::Done);
    }
    if shown.is_empty() {
        writeln!(out, "{}", console.text("cli-no-shipments", &[]))?;
        return Ok(Exit::Done);
    }
    table(console, shown, &snapshot.outbox).write(&mut out, console)?;
    summary(console, &snapshot.outbox);
    let left_out = all.len().saturating_sub(shown.len());
    if left_out > 0 {
        console.say("cli-more-shipments", &[("count", left_out.into())]);
    }
    Ok(Exit::Done)
}

/// Shipments, and below each that has not ended what is known of it and what happens next.
pub fn table(console: Console, shipments: &[Arc<Shipment>], outbox: &Outbox) -> Table {
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
        let told = ahead::told(console.lang, shipment, outbox, now);
        let open = !told.next.is_empty();
        let title = if open {
            told.known.title.clone()
        } else {
            String::new()
        };
        table.push(vec![
            format::moment(shipment.since, now).into(),
            Cell::new(
                &shipment_state_name(console.lang, &shipment.state),
                tone(&shipment.state),
            ),
            shipment.intent.transaction_id().as_str().into(),
            parcels(console.lang, shipment).into(),
            title.into(),
        ]);
        let mut lines = if open {
            ahead::lines(console.lang, &told)
        } else {
            Vec::new()
        };
        // What simply waits in line needs one line and not its whole course.
        if shipment.state == State::Queued && shipment.attempts == 0 {
            lines.truncate(1);
        }
        for line in lines {
            let line = Cell::new(&line, Tone::Faint);
            table.push(vec!["".into(), "".into(), "".into(), "".into(), line]);
        }
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

fn tone(state: &State) -> Tone {
    match state {
        State::Shipped { .. } => Tone::Good,
        State::Rejected(_) | State::NeedsPerson(_) => Tone::Bad,
        State::Unclear(_) | State::Waiting => Tone::Warning,
        State::Queued | State::Sending | State::Cancelled => Tone::Faint,
    }
}

/// A shipment for scripts.
pub fn shipment_json(lang: Lang, shipment: &Shipment, outbox: &Outbox) -> Value {
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
    let now = output::now();
    let told = ahead::told(lang, shipment, outbox, now);
    let open = !told.next.is_empty();
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
    let mut shipment_json = json!({
        "id": shipment.id,
        "transaction_id": shipment.intent.transaction_id().as_str(),
        "state": shipment.state.word(),
        "queued_at": shipment.queued_at.rfc3339(),
        "attempts": shipment.attempts,
        "upload_time": shipment.upload_time.map(crate::domain::Timestamp::rfc3339),
        "logistics_type": shipment.intent.logistics_type().code(),
        "delivery_mode": shipment.intent.delivery_mode().code(),
        "is_all_delivered": shipment.intent.completes(),
        "parcels": parcels,
        "errcode": errcode,
        "rid": rid,
        "message": open.then(|| message(lang, &told.known)),
        "action": open.then_some(told.you),
    });
    let next = serde_json::to_value(ahead::NextJson::of(shipment, outbox, now));
    if let (Some(into), Ok(Value::Object(next))) = (shipment_json.as_object_mut(), next) {
        into.extend(next);
    }
    shipment_json
}
