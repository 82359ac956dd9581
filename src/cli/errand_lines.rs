//! What came of errands, one line for each order, as a table or for scripts.

use std::io::{self, Write as _};
use std::sync::Arc;

use serde_json::{Value, json};

use super::batch_json;
use super::output::{Console, Tone};
use super::table::{Cell, Table};
use crate::domain::{Errand, ErrandKind, ErrandState, ErrandWhy};
use crate::i18n::{Explained, errand_name, errand_state_name, explain_errand, explain_errand_why};

/// What came of one order.
pub enum Line<'a> {
    /// It was asked for.
    Errand(&'a Arc<Errand>),
    /// It was not, for this reason.
    NotQueued(&'a str, ErrandWhy),
    /// There is no such order.
    Unknown(&'a str),
}

impl Line<'_> {
    /// Nothing is left to do for it.
    pub fn is_done(&self) -> bool {
        match self {
            Self::Errand(errand) => matches!(errand.state, ErrandState::Done(_)),
            // Nothing was to be done.
            Self::NotQueued(_, why) => *why == ErrandWhy::Reminded,
            Self::Unknown(_) => false,
        }
    }

    fn order(&self) -> &str {
        match self {
            Self::Errand(errand) => errand.transaction_id.as_str(),
            Self::NotQueued(order, _) | Self::Unknown(order) => order,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Errand(errand) if errand.waits_for_order() => "waiting",
            Self::Errand(errand) => errand.state.word(),
            Self::NotQueued(..) => "stopped",
            Self::Unknown(_) => "not_found",
        }
    }

    fn words(&self, console: Console) -> Explained {
        match self {
            Self::Errand(errand) => explain_errand(console.lang, errand),
            Self::NotQueued(_, why) => explain_errand_why(console.lang, *why),
            Self::Unknown(order) => Explained {
                title: console.text("cli-errand-unknown", &[("order", (*order).into())]),
                action: console.text("cli-errand-unknown-action", &[]),
                ..Explained::default()
            },
        }
    }
}

/// Prints them, as a table or for scripts.
///
/// # Errors
/// When they cannot be printed.
pub fn print(console: Console, kind: ErrandKind, lines: &[Line<'_>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let errands: Vec<Value> = lines
            .iter()
            .map(|line| line_json(console, kind.word(), line))
            .collect();
        return writeln!(out, "{}", json!({ "errands": errands }));
    }
    if lines.is_empty() {
        let what = errand_name(console.lang, kind);
        return writeln!(
            out,
            "{}",
            console.text("errands-nothing", &[("what", what.into())])
        );
    }
    table(console, lines).write(&mut out, console)
}

/// Errands that an earlier run left, for scripts.
pub fn left_json(console: Console, left: &[Arc<Errand>]) -> Vec<Value> {
    let one = |errand: &Arc<Errand>| line_json(console, errand.kind.word(), &Line::Errand(errand));
    left.iter().map(one).collect()
}

/// One line for each order, and below it why it is not done and what to do.
pub fn table(console: Console, lines: &[Line<'_>]) -> Table {
    let heading = ["field-transaction-id", "cli-column-status", "cli-column-what"];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    for line in lines {
        let tone = if line.is_done() { Tone::Good } else { Tone::Bad };
        let status = match line {
            Line::Errand(errand) if errand.waits_for_order() => console.text("shipment-state-waiting", &[]),
            Line::Errand(errand) => errand_state_name(console.lang, &errand.state),
            Line::NotQueued(..) | Line::Unknown(_) => console.text("errand-state-stopped", &[]),
        };
        let words = line.words(console);
        table.push(vec![
            line.order().into(),
            Cell::new(&status, tone),
            words.title.as_str().into(),
        ]);
        // What is not done needs its reason and the next step.
        let more = [&words.detail, &words.action].into_iter();
        for more in more.filter(|words| !words.is_empty() && !line.is_done()) {
            table.push(vec!["".into(), "".into(), Cell::new(more, Tone::Faint)]);
        }
    }
    table
}

fn line_json(console: Console, kind: &str, line: &Line<'_>) -> Value {
    let (attempts, errcode, rid) = match line {
        Line::Errand(errand) => match &errand.state {
            ErrandState::Refused(refusal) => (errand.attempts, Some(refusal.errcode), refusal.rid.clone()),
            ErrandState::Queued
            | ErrandState::Sending
            | ErrandState::Unclear(_)
            | ErrandState::Done(_)
            | ErrandState::Stopped(_)
            | ErrandState::NeedsPerson(_)
            | ErrandState::Cancelled => (errand.attempts, None, None),
        },
        Line::NotQueued(..) | Line::Unknown(_) => (0, None, None),
    };
    let why = match line {
        Line::Errand(errand) if errand.waits_for_order() => Some(ErrandWhy::NotVisible),
        Line::Errand(errand) => match &errand.state {
            ErrandState::Stopped(why) | ErrandState::NeedsPerson(why) => Some(*why),
            ErrandState::Queued
            | ErrandState::Sending
            | ErrandState::Unclear(_)
            | ErrandState::Done(_)
            | ErrandState::Refused(_)
            | ErrandState::Cancelled => None,
        },
        Line::NotQueued(_, why) => Some(*why),
        Line::Unknown(_) => None,
    };
    let words = line.words(console);
    json!({
        "transaction_id": line.order(),
        "kind": kind,
        "state": line.word(),
        "why": why,
        "attempts": attempts,
        "errcode": errcode,
        "rid": rid,
        "message": batch_json::message(console.lang, &words),
        "action": words.action,
    })
}
