//! `ship-combined`: a combined order from a JSON file, all of its sub-orders with one call or none.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::follow::{Standing, follow, tell};
use super::output::Console;
use super::running::Running;
use super::shipments::{shipment_json, table};
use super::{Exit, Fail, combined_form, question};
use crate::domain::{Shipment, State, TransactionId};
use crate::engine::{Command, Notice, Outbox, Snapshot};
use crate::i18n::format;

/// `ship-combined`.
#[derive(Debug, Args)]
pub struct CombinedArgs {
    /// The form.
    #[arg(value_name = "FILE")]
    pub form: PathBuf,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
}

/// Ships a combined order.
///
/// # Errors
/// When it cannot run.
pub fn ship(running: &mut Running, args: &CombinedArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    let draft = combined_form::read(console, &args.form)?;
    console.say("cli-combined-advice", &[]);
    if !args.yes {
        let words = [
            ("count", format::count(draft.subs.len()).into()),
            ("parent", draft.parent.as_str().into()),
        ];
        let question = console.text("cli-ask-combined", &words);
        if !question::confirm(console, &running.interrupt, &question)? {
            return Err(Fail {
                exit: Exit::Stopped,
                words: console.text("cli-stopped-nothing-sent", &[]),
            });
        }
    }
    let orders: Vec<TransactionId> = draft
        .subs
        .iter()
        .filter_map(|sub| TransactionId::parse(sub.transaction_id.trim()))
        .collect();
    let before = newest_id(&running.snapshot().outbox);
    let count = draft.subs.len();
    running.send(Command::ShipCombined(draft));
    let ours = |shipment: &Arc<Shipment>| {
        shipment.id.0 > before && orders.contains(shipment.intent.transaction_id())
    };
    let mut progress = console.progress();
    let queued = running.wait_for(None, |snapshot, notices| {
        let refused = notices
            .iter()
            .any(|notice| matches!(notice, Notice::NotQueued { .. }));
        let stuck = snapshot.outbox.gate == crate::engine::Gate::StoreFailed;
        let there = snapshot
            .outbox
            .rows
            .iter()
            .filter(|shipment| ours(shipment))
            .count();
        tell(console, &mut progress, snapshot, notices);
        (refused || stuck)
            .then_some(false)
            .or((count > 0 && there == count).then_some(true))
    });
    progress.clear();
    if !queued.map_err(|halt| running.fail(halt))? {
        return Err(Fail::cannot_run(console.text("cli-stopped-nothing-sent", &[])));
    }
    let end = follow(running, |snapshot| standing(console, snapshot, &ours));
    let outbox = running.snapshot().outbox;
    let rows: Vec<Arc<Shipment>> = outbox
        .rows
        .iter()
        .filter(|shipment| ours(shipment))
        .cloned()
        .collect();
    print(console, &rows, &outbox)?;
    if let Some(exit) = end.exit(rows.iter().any(|shipment| shipment.attempts > 0)) {
        end.say(console);
        return Ok(exit);
    }
    let shipped = |shipment: &Arc<Shipment>| matches!(shipment.state, State::Shipped { .. });
    Ok(if rows.iter().all(shipped) {
        Exit::Done
    } else {
        Exit::SomeRows
    })
}

fn newest_id(outbox: &Outbox) -> i64 {
    outbox
        .rows
        .iter()
        .map(|shipment| shipment.id.0)
        .max()
        .unwrap_or(0)
}

fn standing(console: Console, snapshot: &Snapshot, ours: &impl Fn(&Arc<Shipment>) -> bool) -> Standing {
    let (mut moving, mut waiting, mut ended) = (0_usize, 0_usize, 0_usize);
    for shipment in snapshot.outbox.rows.iter().filter(|shipment| ours(shipment)) {
        let counter = if shipment.state == State::Waiting {
            &mut waiting
        } else if shipment.state.is_open() {
            &mut moving
        } else {
            &mut ended
        };
        *counter = counter.saturating_add(1);
    }
    let open = moving.saturating_add(waiting);
    let args = [
        ("done", format::count(ended).into()),
        ("open", format::count(open).into()),
    ];
    Standing {
        finished: open == 0,
        moving,
        waiting,
        ended,
        unclaimed: false,
        line: console.text("cli-progress-errands", &args),
    }
}

fn print(console: Console, rows: &[Arc<Shipment>], outbox: &Outbox) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let rows: Vec<Value> = rows
            .iter()
            .map(|shipment| shipment_json(console.lang, shipment, outbox))
            .collect();
        return writeln!(out, "{}", json!({ "shipments": rows }));
    }
    table(console, rows, outbox).write(&mut out, console)
}
