//! Waiting for shipments to have their ends, and knowing when that is no use any more. Shared by `ship`
//! and `resume`, which differ only in what they wait for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failures;
use super::output::{self, Console, Progress};
use super::running::{Halt, Running};
use super::waits::{waiting_words, waits_by_plan};
use super::{Exit, batch_json};
use crate::domain::{CallFailure, ClaimsTrouble, Policy, Timestamp};
use crate::engine::{Command, Gate, Notice, Outbox, Snapshot};
use crate::i18n::{Arg, errands_queued, explain_problem, format};

/// Orders that WeChat does not show yet are waited for so many quiet times (three minutes); most appear within a
/// minute or two.
const WAIT_FOR_ORDERS: u32 = 3;
/// But never shorter, where tests make the quiet time very short.
const LEAST_WAIT_FOR_ORDERS: Duration = Duration::from_secs(2);
/// Nothing changes for so long: somebody should know.
const WAIT_FOR_CHANGE: Duration = Duration::from_mins(10);
/// A team's folder that did not answer so often is not waited for any longer.
const CLAIM_TRIES: u32 = 3;
/// How often the clock is looked at when nothing changes.
const TURN: Duration = Duration::from_millis(500);
/// How long answers on their way may take after Ctrl-C.
const WAIT_FOR_ANSWERS: Duration = Duration::from_mins(1);

/// Where the shipments stand that are waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Every one has its end, or waits for a person.
    pub finished: bool,
    /// Those that are queued, being sent or unclear.
    pub moving: usize,
    /// Those that wait until WeChat shows their order.
    pub waiting: usize,
    /// Those that have their end.
    pub ended: usize,
    /// They are reminders and reports, for which a team's folder is not asked.
    pub unclaimed: bool,
    /// The line to show.
    pub line: String,
}

/// How following ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every shipment has its end, or waits for a person.
    Finished,
    /// Nothing can work until the account is repaired.
    Account(CallFailure),
    /// The daily quota is used up.
    DailyQuota(Timestamp),
    /// The team's folder cannot be asked.
    Claims(ClaimsTrouble),
    /// The journal cannot be written.
    StoreFailed,
    /// What was asked for was not put into the outbox.
    NotSent,
    /// What is left waits until WeChat shows the orders.
    OrdersNotVisible(usize),
    /// Nothing has changed for a long time.
    Stalled,
    /// Ctrl-C.
    Interrupted,
    /// The engine has ended by itself.
    EngineEnded,
}

/// Follows what `look` names until it has its ends or cannot go on.
pub fn follow(running: &mut Running, mut look: impl FnMut(&Snapshot) -> Standing) -> End {
    let console = running.console;
    let mut progress = console.progress();
    let mut last = Standing::default();
    let mut said_gate = None;
    let (mut changed_at, mut nudged_at) = (Instant::now(), None::<Instant>);
    loop {
        let mut seen = None;
        let mut first = true;
        let mut refused = false;
        // One turn for every change, and one now and then for the clock.
        let turn = running.wait_for(Some(TURN), |snapshot, notices| {
            tell(console, &mut progress, snapshot, notices);
            let is_refusal =
                |notice: &Notice| matches!(notice, Notice::BatchChanged(_) | Notice::BatchNotKept);
            refused |= notices.iter().any(is_refusal);
            let now = with_gate(look(snapshot), &snapshot.outbox.gate);
            let changed = seen.as_ref().is_some_and(|(before, _)| *before != now);
            let settled = first && now.0.finished;
            first = false;
            let parts = (Arc::clone(&snapshot.outbox), Arc::clone(&snapshot.errands));
            seen = Some((now, parts));
            (changed || settled || refused).then_some(())
        });
        match turn {
            Ok(()) | Err(Halt::TimeUp) => {}
            Err(Halt::Interrupted) => {
                progress.clear();
                return stop(running);
            }
            Err(Halt::Ended) => return End::EngineEnded,
        }
        if refused {
            progress.clear();
            return End::NotSent;
        }
        let Some(((standing, gate), (outbox, errands))) = seen else {
            continue;
        };
        if (standing.moving, standing.waiting, standing.ended) != (last.moving, last.waiting, last.ended) {
            changed_at = Instant::now();
        }
        let waits = waiting_words(console, &outbox, &errands, output::now());
        if !console.moves() && waits_by_plan(&gate) && said_gate.as_ref() != Some(&gate) {
            // No line that is rewritten says it, and the next one comes only after a while.
            progress.say(&[standing.line.clone(), waits.clone()].concat());
        }
        said_gate = Some(gate.clone());
        progress.show(&[standing.line.clone(), waits].concat());
        last = standing;
        if last.finished {
            return End::Finished;
        }
        let only_waits = last.moving == 0 && last.waiting > 0;
        match &gate {
            Gate::Account(failure) => return End::Account(failure.clone()),
            Gate::DailyQuota { until } => return End::DailyQuota(*until),
            Gate::StoreFailed => return End::StoreFailed,
            // A share may be away for a moment.
            Gate::Claims {
                trouble: ClaimsTrouble::Unreachable,
                tries: 0..CLAIM_TRIES,
                ..
            } => {}
            Gate::Claims { trouble, .. } => return End::Claims(*trouble),
            Gate::Interrupted | Gate::Paused => {
                // What was left by an earlier run goes on, because somebody asked for this one.
                if nudged_at.is_none_or(|at| at.elapsed() > Duration::from_secs(5)) {
                    nudged_at = Some(Instant::now());
                    running.send(Command::Resume);
                }
            }
            Gate::Open if only_waits && changed_at.elapsed() >= wait_for_orders(&outbox.ahead.policy) => {
                return End::OrdersNotVisible(last.waiting);
            }
            Gate::Open | Gate::Holding { .. } | Gate::Quarantine { .. } | Gate::Recovering { .. } => {}
        }
        if waits_by_plan(&gate) {
            changed_at = Instant::now();
        }
        if changed_at.elapsed() >= WAIT_FOR_CHANGE {
            return End::Stalled;
        }
    }
}

/// What stands, and what keeps it from going on: a team's folder does not keep back what nobody claims.
fn with_gate(standing: Standing, gate: &Gate) -> (Standing, Gate) {
    let is_free = standing.unclaimed && matches!(gate, Gate::Claims { .. });
    let gate = if is_free { Gate::Open } else { gate.clone() };
    (standing, gate)
}

/// How long orders that WeChat does not show are waited for.
fn wait_for_orders(policy: &Policy) -> Duration {
    policy
        .quiet
        .saturating_mul(WAIT_FOR_ORDERS)
        .max(LEAST_WAIT_FOR_ORDERS)
}

/// Sends nothing more, and waits until what is on its way has been answered and recorded.
fn stop(running: &mut Running) -> End {
    running.console.say("cli-stopping", &[]);
    running.send(Command::Pause);
    let waited = running.wait_out(WAIT_FOR_ANSWERS, |snapshot, _| {
        let Outbox { sending, gate, .. } = &*snapshot.outbox;
        (*sending == 0 && outranks_pause(gate)).then_some(())
    });
    match waited {
        // What is not answered by now is unclear in the journal, and looked at first by the next run.
        Ok(()) | Err(Halt::TimeUp | Halt::Interrupted) => End::Interrupted,
        Err(Halt::Ended) => End::EngineEnded,
    }
}

/// The gate that is shown once a pause has been taken in: the pause, or a reason that needs a person more.
/// Any other is from before.
fn outranks_pause(gate: &Gate) -> bool {
    match gate {
        Gate::Paused | Gate::Interrupted | Gate::Account(_) | Gate::StoreFailed => true,
        Gate::Open
        | Gate::Holding { .. }
        | Gate::Quarantine { .. }
        | Gate::DailyQuota { .. }
        | Gate::Claims { .. }
        | Gate::Recovering { .. } => false,
    }
}

/// Says what happened once and is not seen in counts.
pub fn tell(console: Console, progress: &mut Progress, snapshot: &Snapshot, notices: &[Notice]) {
    for notice in notices {
        let words = match notice {
            Notice::NotQueued {
                transaction_id,
                problems,
            } => {
                let couriers = &snapshot.couriers;
                let names = crate::i18n::explain::Names { couriers };
                let why = problems
                    .iter()
                    .map(|problem| explain_problem(console.lang, problem, &names));
                let why: Vec<String> = why
                    .map(|words| batch_json::message(console.lang, &words))
                    .collect();
                let args: [(&str, Arg); 2] =
                    [("order", transaction_id.into()), ("why", why.join(" ").into())];
                console.text("cli-not-queued", &args)
            }
            Notice::Cancelled(count) => console.text("cli-cancelled", &[("count", (*count).into())]),
            Notice::ErrandsQueued {
                kind,
                queued,
                refused,
            } => errands_queued(console.lang, *kind, *queued, refused),
            Notice::StoreFailed => console.text("cli-end-store-failed", &[]),
            Notice::Shipped(_)
            | Notice::Queued(_)
            | Notice::NeedsPerson(_)
            | Notice::Unclear(_)
            | Notice::BatchDone(_)
            | Notice::BatchChanged(_) // the end says it
            | Notice::BatchNotKept
            | Notice::NotCancelled(_)
            | Notice::TooLate(_)
            | Notice::OrderNotFound(_)
            | Notice::FetchFailed(_)
            | Notice::Reread { .. }
            | Notice::FileSaved(_)
            | Notice::FileNotSaved { .. }
            | Notice::Saved
            | Notice::NotSaved(_)
            | Notice::SecretNotKept
            | Notice::TeamSaved { .. }
            | Notice::TeamNotSaved(_)
            | Notice::TeamKeyNotKept
            | Notice::FileArrived(_)
            | Notice::FileHeld(_)
            | Notice::FileGone(_)
            | Notice::ErrandsDone { .. }
            | Notice::JumpPath(_)
            | Notice::Diagnostics(_)
            | Notice::Events(_)
            | Notice::PayNotSaved(_)
            | Notice::Shopping(_)
            | Notice::Alert(_)
            | Notice::Purged(_)
            | Notice::Dropped(_) => continue,
        };
        progress.clear();
        output::say(&words);
    }
}

impl End {
    /// Says why it did not come to the end.
    pub fn say(&self, console: Console) {
        match self {
            Self::Finished => {}
            Self::Account(failure) => {
                output::say(&output::lines(&failures::explain(console.lang, failure)));
            }
            Self::DailyQuota(until) => {
                let until = format::moment(*until, output::now());
                console.say("cli-end-daily-quota", &[("until", until.into())]);
            }
            Self::Claims(trouble) => {
                output::say(&output::lines(&failures::explain_claims(console.lang, *trouble)));
            }
            Self::StoreFailed => console.say("cli-end-store-failed", &[]),
            Self::NotSent => console.say("cli-end-not-sent", &[]),
            Self::OrdersNotVisible(count) => {
                if *count > 0 {
                    console.say("cli-end-not-visible", &[("count", (*count).into())]);
                }
            }
            Self::Stalled => console.say("cli-end-stalled", &[]),
            Self::Interrupted => console.say("cli-end-interrupted", &[]),
            Self::EngineEnded => console.say("cli-engine-ended", &[]),
        }
    }

    /// The exit code, when it did not come to the end. An account that never worked is no interruption.
    pub fn exit(&self, something_was_sent: bool) -> Option<Exit> {
        match self {
            Self::Finished => None,
            Self::Account(_) | Self::Claims(ClaimsTrouble::KeyMissing | ClaimsTrouble::KeyWrong)
                if !something_was_sent =>
            {
                Some(Exit::CannotRun)
            }
            Self::Account(_)
            | Self::DailyQuota(_)
            | Self::Claims(_)
            | Self::StoreFailed
            | Self::NotSent
            | Self::OrdersNotVisible(_)
            | Self::Stalled
            | Self::Interrupted
            | Self::EngineEnded => Some(Exit::Stopped),
        }
    }
}
