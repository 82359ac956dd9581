//! What an earlier, stopped run left in the outbox: whether a file contradicts it, and taking it back. Apart
//! from `ship` and `resume`, because the first must not send it by surprise and the second always does.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::time::Duration;

use serde_json::json;

use super::batch_rows;
use super::output::Console;
use super::running::Running;
use super::shipments::open;
use super::{Exit, Fail};
use crate::domain::ProblemKind;
use crate::engine::{BatchView, Command, Notice, Snapshot};

/// How long taking back may take, which is one commit.
const CANCEL_LIMIT: Duration = Duration::from_mins(1);

/// Orders of a checked file that wait in the outbox with other content than the file has.
pub fn contradicted(batch: &BatchView) -> usize {
    let orders: BTreeSet<String> = batch_rows::rows(batch)
        .filter(|row| {
            row.problems()
                .iter()
                .any(|problem| problem.what == ProblemKind::ShipmentOpen)
        })
        .filter_map(|row| row.transaction_id().map(str::to_owned))
        .collect();
    orders.len()
}

/// Orders that wait in the outbox and are not of this file.
pub fn others(snapshot: &Snapshot, batch: &BatchView) -> usize {
    let own = batch.shipments.values();
    let own = own.filter(|shipment| shipment.state.is_open()).count();
    open(&snapshot.outbox).saturating_sub(own)
}

/// Takes back what was not sent yet.
///
/// # Errors
/// When there is no account, or the journal cannot be written.
pub fn cancel(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let refuse = |id: &str| Fail::cannot_run(console.text(id, &[]));
    let before = running.snapshot();
    if before.session.current.is_none() {
        return Err(refuse("cli-need-account"));
    }
    let before = open(&before.outbox);
    crate::step::at("cli-cancel-asked");
    running.send(Command::CancelAll);
    let mut cancelled = None;
    let done = running.wait_for(Some(CANCEL_LIMIT), |snapshot, notices| {
        for notice in notices {
            if *notice == Notice::StoreFailed {
                return Some(None);
            }
            if let Notice::Cancelled(count) = notice {
                cancelled = Some(*count);
            }
        }
        let left = open(&snapshot.outbox);
        let count = cancelled.filter(|count| left.saturating_add(*count) <= before)?;
        Some(Some((count, left)))
    });
    let done = done.map_err(|halt| running.fail(halt))?;
    let (count, left) = done.ok_or_else(|| refuse("cli-cancel-not-recorded"))?;
    print(console, count, left)?;
    if left > 0 {
        console.say("cli-cancel-left", &[("count", left.into())]);
        return Ok(Exit::SomeRows);
    }
    Ok(Exit::Done)
}

fn print(console: Console, cancelled: usize, left: usize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        return writeln!(out, "{}", json!({ "cancelled": cancelled, "left": left }));
    }
    let id = match (cancelled, left) {
        (0, 0) => "cli-cancel-nothing",
        (0, _) => return Ok(()),
        _ => "cli-cancelled",
    };
    writeln!(out, "{}", console.text(id, &[("count", cancelled.into())]))
}
