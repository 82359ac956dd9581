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
use crate::engine::{BatchView, Command, ErrandCommand, Notice, Snapshot};

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
    let before = open(&before.outbox).saturating_add(before.errands.open);
    crate::step::at("cli-cancel-asked");
    running.send(Command::CancelAll);
    running.send(Command::Errands(ErrandCommand::CancelAll));
    // Answered one after the other: the shipments first.
    let mut answers: Vec<usize> = Vec::new();
    let done = running.wait_for(Some(CANCEL_LIMIT), |snapshot, notices| {
        for notice in notices {
            if *notice == Notice::StoreFailed {
                return Some(None);
            }
            if let Notice::Cancelled(count) = notice {
                answers.push(*count);
            }
        }
        let (&[shipments, errands], left) = (answers.get(..2)?, Left::of(snapshot)) else {
            return None;
        };
        let all = shipments.saturating_add(errands).saturating_add(left.all());
        (all <= before).then_some(Some((shipments, errands, left)))
    });
    let done = done.map_err(|halt| running.fail(halt))?;
    let (shipments, errands, left) = done.ok_or_else(|| refuse("cli-cancel-not-recorded"))?;
    print(console, shipments, errands, left)?;
    for (count, id) in [
        (left.shipments, "cli-cancel-left"),
        (left.errands, "cli-cancel-errands-left"),
    ] {
        if count > 0 {
            console.say(id, &[("count", count.into())]);
        }
    }
    Ok(if left.all() > 0 {
        Exit::SomeRows
    } else {
        Exit::Done
    })
}

/// What could not be taken back.
#[derive(Clone, Copy, Debug)]
struct Left {
    shipments: usize,
    errands: usize,
}

impl Left {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            shipments: open(&snapshot.outbox),
            errands: snapshot.errands.open,
        }
    }

    fn all(self) -> usize {
        self.shipments.saturating_add(self.errands)
    }
}

fn print(console: Console, shipments: usize, errands: usize, left: Left) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let json = json!({
            "cancelled": shipments.saturating_add(errands),
            "left": left.all(),
            "errands": { "cancelled": errands, "left": left.errands },
        });
        return writeln!(out, "{json}");
    }
    if shipments == 0 && errands == 0 && left.all() == 0 {
        return writeln!(out, "{}", console.text("cli-cancel-nothing", &[]));
    }
    for (count, id) in [(shipments, "cli-cancelled"), (errands, "cli-cancelled-errands")] {
        if count > 0 {
            writeln!(out, "{}", console.text(id, &[("count", count.into())]))?;
        }
    }
    Ok(())
}
