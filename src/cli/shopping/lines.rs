//! What is printed about shopping orders: what is wrong in a file, and what came of each order, for people or for scripts.

use std::io::{self, Write as _};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::cli::output::{self, Console, Tone};
use crate::cli::table::{Cell, Table};
use crate::domain::shopping::{FileFault, FileOrder, FilePlace, FileProblem, FileTrouble};
use crate::domain::{Doubt, ShoppingRecord, ShoppingState};
use crate::engine::ShoppingFileView;
use crate::i18n::{
    explain_shopping, format, shopping_call_name, shopping_file_place, shopping_file_problem, shopping_place,
    shopping_state_name,
};

/// The newest call with the content of an order.
pub fn record_of<'a>(order: &FileOrder, rows: &'a [Arc<ShoppingRecord>]) -> Option<&'a Arc<ShoppingRecord>> {
    let kept = order.draft.kept();
    rows.iter().find(|record| *record.draft == kept)
}

/// Says what is wrong in a file, each with its place.
pub fn say_problems(console: Console, view: &ShoppingFileView) {
    if !view.file.unknown.is_empty() {
        let columns = view.file.unknown.join(", ");
        console.say("cli-shopping-unknown", &[("columns", columns.into())]);
    }
    for problem in view.file.orders.iter().flat_map(|order| &order.problems) {
        let args = [
            ("place", place(console, view, problem).into()),
            ("words", shopping_file_problem(console.lang, problem).into()),
        ];
        console.say("cli-shopping-wrong", &args);
    }
}

fn place(console: Console, view: &ShoppingFileView, problem: &FileProblem) -> String {
    let at = shopping_file_place(console.lang, &problem.at);
    let inside = shopping_place(console.lang, view.file.call, problem.place);
    let parts = [at, inside].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Prints what is known of each order of a file.
///
/// # Errors
/// When it cannot be printed.
pub fn file(console: Console, view: &ShoppingFileView, rows: &[Arc<ShoppingRecord>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let orders = view
            .file
            .orders
            .iter()
            .map(|order| order_json(console, view, order, rows));
        let json = json!({
            "file": view.file.name,
            "call": view.file.call.word(),
            "trouble": view.file.trouble.as_ref().map(trouble_word),
            "counts": {
                "orders": view.file.orders.len(),
                "ready": view.ready,
                "already_there": view.already,
                "wrong": view.wrong,
            },
            "unknown_columns": view.file.unknown,
            "orders": orders.collect::<Vec<Value>>(),
        });
        return writeln!(out, "{json}");
    }
    let heading = ["shopping-order", "cli-column-status", "cli-column-what"];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    for order in &view.file.orders {
        let number = order.draft.key.number();
        let (status, tone, what) = match (order.problems.first(), record_of(order, rows)) {
            (Some(problem), _) => {
                let words = shopping_file_problem(console.lang, problem);
                (console.text("row-status-blocked", &[]), Tone::Bad, words)
            }
            (None, Some(record)) => told(console, record),
            (None, None) => (console.text("row-status-ready", &[]), Tone::Plain, String::new()),
        };
        table.push(vec![number.into(), Cell::new(&status, tone), what.into()]);
    }
    table.write(&mut out, console)
}

/// Prints earlier calls.
///
/// # Errors
/// When they cannot be printed.
pub fn results(console: Console, rows: &[Arc<ShoppingRecord>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let rows: Vec<Value> = rows.iter().map(|record| record_json(console, record)).collect();
        return writeln!(out, "{}", json!({ "shopping": rows }));
    }
    if rows.is_empty() {
        return writeln!(out, "{}", console.text("shopping-results-empty", &[]));
    }
    let heading = [
        "cli-column-since",
        "cli-head-call",
        "shopping-order",
        "cli-column-status",
        "cli-column-what",
    ];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    for record in rows {
        let (status, tone, what) = told(console, record);
        table.push(vec![
            format::moment_exact(record.since).into(),
            shopping_call_name(console.lang, record.draft.call()).into(),
            record.draft.key.number().into(),
            Cell::new(&status, tone),
            what.into(),
        ]);
    }
    table.write(&mut out, console)
}

/// State, colour and words of a call.
fn told(console: Console, record: &ShoppingRecord) -> (String, Tone, String) {
    let tone = match record.state {
        ShoppingState::Accepted | ShoppingState::Settled => Tone::Good,
        ShoppingState::Refused(_) | ShoppingState::NotSent(_) => Tone::Bad,
        ShoppingState::Unclear(_) => Tone::Warning,
        ShoppingState::Queued | ShoppingState::Sending | ShoppingState::Said(_) | ShoppingState::Left => {
            Tone::Plain
        }
    };
    let words = explain_shopping(console.lang, record);
    let what = said_of(record).filter(|said| !said.is_empty());
    let what = what.map_or(words.title, str::to_owned);
    (shopping_state_name(console.lang, &record.state), tone, what)
}

/// WeChat's own words, when it gave some.
fn said_of(record: &ShoppingRecord) -> Option<&str> {
    if let ShoppingState::Said(said) = &record.state {
        Some(said)
    } else {
        None
    }
}

fn order_json(
    console: Console,
    view: &ShoppingFileView,
    order: &FileOrder,
    rows: &[Arc<ShoppingRecord>],
) -> Value {
    let problems = order.problems.iter().map(|problem| {
        let (kind, field) = match problem.fault {
            FileFault::Field(field, fault) => (fault.word(), json!(field)),
            FileFault::UnknownName => ("unknown_name", Value::Null),
            FileFault::WrongType => ("wrong_type", Value::Null),
        };
        json!({
            "at": at_json(&problem.at),
            "kind": kind,
            "field": field,
            "message": format!("{}: {}", place(console, view, problem), shopping_file_problem(console.lang, problem)),
        })
    });
    let result = record_of(order, rows).filter(|_| order.problems.is_empty());
    json!({
        "at": at_json(&order.at),
        "order": order.draft.key.number(),
        "problems": problems.collect::<Vec<Value>>(),
        "result": result.map(|record| record_json(console, record)),
    })
}

fn at_json(at: &FilePlace) -> Value {
    match at {
        FilePlace::Row(row) => json!(row),
        FilePlace::Path(path) => json!(path),
    }
}

fn record_json(console: Console, record: &ShoppingRecord) -> Value {
    let (errcode, rid) = match &record.state {
        ShoppingState::Refused(refusal) => (Some(refusal.errcode), refusal.rid.clone()),
        ShoppingState::NotSent(failure) | ShoppingState::Unclear(Doubt::Failure(failure)) => {
            (failure.errcode, failure.rid.clone())
        }
        ShoppingState::Unclear(Doubt::Compare { errcode, rid }) => (Some(*errcode), rid.clone()),
        ShoppingState::Unclear(Doubt::Restart)
        | ShoppingState::Queued
        | ShoppingState::Sending
        | ShoppingState::Accepted
        | ShoppingState::Said(_)
        | ShoppingState::Left
        | ShoppingState::Settled => (None, None),
    };
    let said = said_of(record);
    let words = explain_shopping(console.lang, record);
    json!({
        "id": record.id,
        "call": record.draft.call().word(),
        "order": record.draft.key.number(),
        "state": record.state.word(),
        "verify_result": said,
        "at": record.since.rfc3339(),
        "attempts": record.attempts,
        "errcode": errcode,
        "rid": rid,
        "message": output::lines(&words),
        "action": words.action,
    })
}

fn trouble_word(trouble: &FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Unreadable => "unreadable",
        FileTrouble::TooLarge => "too_large",
        FileTrouble::NotJson { .. } => "not_json",
        FileTrouble::NoHeadings => "no_headings",
        FileTrouble::Empty => "empty",
    }
}
