//! `check` and `ship`: a file is opened, checked, shown, and, when a person or `--yes` says so, sent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::args::{CheckArgs, ShipArgs};
use super::follow::{End, Standing, follow};
use super::opening::open;
use super::output::Console;
use super::report::Report;
use super::running::Running;
use super::shipments::{open as open_shipments, summary};
use super::{Exit, Fail, batch_rows, earlier, inbox, question, saving, verify};
use crate::domain::{Counts, RowStatus};
use crate::engine::{BatchId, BatchPhase, BatchView, Command, Gate, Snapshot};
use crate::i18n::format;

/// Checks files; nothing is sent.
///
/// # Errors
/// When it cannot run.
pub fn check(running: &mut Running, args: &CheckArgs) -> Result<Exit, Fail> {
    let files = inbox::expand(running.console, &args.files)?;
    saving::may_save(running, &args.save, &files)?;
    running.need_credentials()?;
    let mut report = Report::new(running.console)?;
    let mut worst = Exit::Done;
    for path in &files {
        let batch = open(running, path, &args.columns)?;
        report.checked(running, &batch)?;
        report.ended(running, &batch, false)?;
        let unusable = not_usable(&batch);
        say_checked(running.console, &batch);
        // Without a verdict there is nothing to tell about the rows.
        let saved = match unusable {
            None => saving::save(running, &args.save, &batch),
            Some(exit) => exit,
        };
        worst = worst.max(after_check(&batch.counts)).max(saved);
    }
    report.finish()?;
    Ok(worst)
}

/// Checks files and sends what is ready.
///
/// # Errors
/// When it cannot run.
pub fn ship(running: &mut Running, args: &ShipArgs) -> Result<Exit, Fail> {
    let files = inbox::expand(running.console, &args.files)?;
    saving::may_save(running, &args.save, &files)?;
    running.need_credentials()?;
    let mut report = Report::new(running.console)?;
    let mut worst = Exit::Done;
    // What an earlier run left goes on with the first file, so all files must agree with it before.
    if files.len() > 1 && open_shipments(&running.snapshot().outbox) > 0 {
        for path in &files {
            let batch = open(running, path, &args.columns)?;
            let count = earlier::contradicted(&batch);
            if count > 0 {
                report.checked(running, &batch)?;
                report.ended(running, &batch, false)?;
                report.finish()?;
                return Ok(conclude(
                    running.console,
                    &Sent::Contradicted(count),
                    &batch.counts,
                ));
            }
        }
    }
    for (index, path) in files.iter().enumerate() {
        let batch = open(running, path, &args.columns)?;
        report.checked(running, &batch)?;
        crate::step::at("cli-checked");
        let (end, batch) = match not_usable(&batch) {
            Some(exit) => {
                report.ended(running, &batch, false)?;
                worst = worst.max(exit);
                continue;
            }
            None => send(running, args, batch)?,
        };
        report.ended(running, &batch, matches!(end, Sent::Until(_)))?;
        let unconfirmed = running.snapshot().outbox.unconfirmed > 0;
        let mut exit = conclude(running.console, &end, &batch.counts);
        if exit == Exit::Done && unconfirmed {
            // It was said just before: nobody could see whether somebody else shipped the same orders.
            exit = Exit::SomeRows;
        }
        let saved = saving::save(running, &args.save, &batch);
        worst = worst.max(exit).max(saved);
        if exit == Exit::Done
            && let Some(folder) = &args.move_finished
        {
            worst = worst.max(inbox::move_finished(running.console, path, folder));
        }
        if end.stops() || running.interrupt.asked() {
            let left = files.len().saturating_sub(index).saturating_sub(1);
            if left > 0 {
                worst = worst.max(Exit::Stopped);
                running.console.say("cli-files-left", &[("count", left.into())]);
            }
            break;
        }
    }
    crate::step::at("cli-followed");
    report.finish()?;
    crate::step::at("cli-reported");
    let left = open_shipments(&running.snapshot().outbox);
    if left > 0 && worst < Exit::CannotRun {
        running.console.say("cli-earlier-left", &[("count", left.into())]);
        summary(running.console, &running.snapshot().outbox);
    }
    Ok(worst)
}

/// What was done with the ready rows of a file.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    /// There was nothing to send.
    Nothing,
    /// So many orders wait with other content, which an earlier run left: nothing was sent.
    Contradicted(usize),
    /// A person said no.
    Declined,
    /// They were sent until this happened.
    Until(End),
}

impl Sent {
    /// The files after this one are not sent either.
    fn stops(&self) -> bool {
        match self {
            Self::Nothing | Self::Declined => false,
            Self::Contradicted(_) => true,
            Self::Until(end) => *end != End::Finished,
        }
    }
}

/// Asks and sends. Gives the file as it stands afterwards.
fn send(
    running: &mut Running,
    args: &ShipArgs,
    batch: Arc<BatchView>,
) -> Result<(Sent, Arc<BatchView>), Fail> {
    let console = running.console;
    let contradicted = earlier::contradicted(&batch);
    if contradicted > 0 {
        return Ok((Sent::Contradicted(contradicted), batch));
    }
    let again = if args.reship { orders_to_reship(&batch) } else { 0 };
    let orders = batch.orders_to_send.saturating_add(again);
    let left = still_open(&batch.counts);
    if orders == 0 && left == 0 {
        return Ok((Sent::Nothing, batch));
    }
    let others = earlier::others(&running.snapshot(), &batch);
    if others > 0 {
        console.say("cli-earlier-goes-on", &[("count", others.into())]);
    }
    if let Some((calls, secs)) = running.snapshot().outbox.estimate(orders) {
        let time = format::duration(console.lang, Duration::from_secs(secs));
        let args = [("calls", format::count(calls).into()), ("time", time.into())];
        console.say("cli-estimate", &args);
    }
    if !args.yes {
        let id = if orders == 0 {
            "cli-ask-go-on"
        } else if again > 0 {
            "cli-ask-reship"
        } else {
            "cli-ask-send"
        };
        let numbers = [
            ("orders", orders.into()),
            ("again", again.into()),
            ("left", left.into()),
            ("earlier", others.into()),
        ];
        if !question::confirm(console, &running.interrupt, &console.text(id, &numbers))? {
            return Ok((Sent::Declined, batch));
        }
    }
    if orders > 0 {
        let by_default = if args.yes {
            0
        } else {
            running.snapshot().preferences.hold_secs
        };
        running.send(Command::SendBatch {
            batch: batch.id,
            hold_secs: args.hold.unwrap_or(by_default),
            reship: args.reship,
        });
    }
    let id = batch.id;
    crate::step::at("cli-sending");
    let end = follow(running, |snapshot| standing(console, snapshot, id, orders > 0));
    if end == End::Finished {
        verify::verify(running);
    }
    let newest = running.snapshot().batch.filter(|newest| newest.id == id);
    Ok((Sent::Until(end), newest.unwrap_or(batch)))
}

/// Where the rows of a file stand. `by_phase`: the file was put into the outbox, so its phase says when it
/// is done; otherwise what an earlier run left of it is waited for.
fn standing(console: Console, snapshot: &Snapshot, id: BatchId, by_phase: bool) -> Standing {
    let Some(batch) = snapshot.batch.as_ref().filter(|batch| batch.id == id) else {
        return Standing::default();
    };
    let counts = &batch.counts;
    let invisible = batch
        .status
        .iter()
        .filter(|status| **status == RowStatus::Waiting)
        .count();
    let open = still_open(counts);
    let ended = [counts.shipped, counts.refused, counts.needs_person]
        .into_iter()
        .fold(0_usize, usize::saturating_add);
    let mut line = console.text(
        "cli-progress-sending",
        &[
            ("file", (&batch.file.name).into()),
            ("shipped", format::count(counts.shipped).into()),
            ("open", format::count(open).into()),
            (
                "person",
                format::count(counts.refused.saturating_add(counts.needs_person)).into(),
            ),
        ],
    );
    let moves = snapshot.outbox.gate == Gate::Open;
    if let Some(secs) = snapshot.outbox.remaining_secs.filter(|secs| moves && *secs > 0) {
        let span = format::duration(console.lang, Duration::from_secs(secs));
        line.push_str(&console.text("cli-progress-remaining", &[("span", span.into())]));
    }
    Standing {
        finished: if by_phase {
            batch.phase == BatchPhase::Done
        } else {
            open == 0
        },
        moving: open.saturating_sub(invisible),
        waiting: invisible,
        ended,
        unclaimed: false,
        line,
    }
}

fn still_open(counts: &Counts) -> usize {
    counts.waiting.saturating_add(counts.unclear)
}

/// Orders whose single correction `--reship` would spend.
fn orders_to_reship(batch: &BatchView) -> usize {
    let orders: BTreeSet<String> = batch_rows::rows(batch)
        .filter(batch_rows::RowView::could_be_reshipped)
        .filter_map(|row| row.transaction_id().map(str::to_owned))
        .collect();
    orders.len()
}

/// The file or the account does not allow any verdict.
fn not_usable(batch: &BatchView) -> Option<Exit> {
    match batch.phase {
        BatchPhase::Unusable | BatchPhase::Failed(_) => Some(Exit::CannotRun),
        BatchPhase::Reading { .. }
        | BatchPhase::LookingUp { .. }
        | BatchPhase::Comparing { .. }
        | BatchPhase::Checked
        | BatchPhase::Sending
        | BatchPhase::Done => None,
    }
}

fn for_a_person(counts: &Counts) -> usize {
    [counts.blocked, counts.refused, counts.needs_person]
        .into_iter()
        .fold(0, usize::saturating_add)
}

fn after_check(counts: &Counts) -> Exit {
    if for_a_person(counts) > 0 {
        Exit::SomeRows
    } else {
        Exit::Done
    }
}

/// The last sentence of a check: nothing was sent, and what to do now.
fn say_checked(console: Console, batch: &BatchView) {
    let id = match (&batch.phase, batch.orders_to_send, for_a_person(&batch.counts)) {
        (BatchPhase::Unusable | BatchPhase::Failed(_), ..) => "cli-checked-unusable",
        (_, 0, 0) => "cli-checked-nothing",
        (_, 0, _) => "cli-checked-repair",
        (_, _, 0) => "cli-checked-ready",
        (..) => "cli-checked-some",
    };
    let args = [
        ("orders", batch.orders_to_send.into()),
        ("rows", for_a_person(&batch.counts).into()),
        ("file", (&batch.file.name).into()),
    ];
    console.say(id, &args);
}

/// The last sentence of a file that was to be sent, and its exit code.
fn conclude(console: Console, sent: &Sent, counts: &Counts) -> Exit {
    let person = for_a_person(counts);
    let waiting = if let Sent::Contradicted(count) = sent {
        *count
    } else {
        0
    };
    let args = [
        ("shipped", format::count(counts.shipped).into()),
        ("rows", person.into()),
        ("count", waiting.into()),
    ];
    if let Sent::Until(end) = sent
        && let Some(exit) = end.exit(counts.shipped > 0)
    {
        end.say(console);
        return exit;
    }
    let (id, exit) = match sent {
        Sent::Declined => ("cli-declined", Exit::Stopped),
        Sent::Contradicted(_) => ("cli-earlier-contradicts", Exit::Stopped),
        Sent::Nothing if person > 0 => ("cli-nothing-to-send-some", Exit::SomeRows),
        Sent::Nothing => ("cli-nothing-to-send", Exit::Done),
        // Taken back in the meantime, for example in the window.
        Sent::Until(_) if counts.ready > 0 => ("cli-sent-some-taken-back", Exit::SomeRows),
        Sent::Until(_) if person > 0 => ("cli-sent-some", Exit::SomeRows),
        Sent::Until(_) => ("cli-sent-all", Exit::Done),
    };
    console.say(id, &args);
    exit
}
