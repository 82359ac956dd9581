//! The state machine of an errand as one function. Apart from the types so that the whole table can be read on one
//! screen.

use super::errand::{Errand, ErrandEnd, ErrandState, ErrandWhy};
use super::shipment::{Answer, Decision, Doubt, Hold, InvalidTransition, MAX_ATTEMPTS, Now, Policy};
use super::{FailureKind, Order};

/// WeChat says that the reminder of this order is used.
const REMINDER_USED: i64 = 10_060_030;

/// What happens to an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrandEvent {
    /// The order was read.
    Looked(Box<Order>),
    /// The order could not be read.
    LookFailed(FailureKind),
    /// It was answered, or not.
    Answered(Answer),
    /// The program was started and found it.
    Restarted,
    /// A person takes it back.
    Cancelled,
    /// A person decides.
    Decided(Decision),
}

impl ErrandEvent {
    fn word(&self) -> &'static str {
        match self {
            Self::Looked(_) => "looked",
            Self::LookFailed(_) => "look failed",
            Self::Answered(_) => "answered",
            Self::Restarted => "restarted",
            Self::Cancelled => "cancelled",
            Self::Decided(_) => "decided",
        }
    }
}

/// What an errand becomes when something happens to it.
///
/// # Errors
/// [`InvalidTransition`] for a pair that is not in the table; the errand stays as it was.
pub fn next_errand(
    errand: &Errand,
    event: ErrandEvent,
    now: Now,
    policy: &Policy,
) -> Result<Errand, InvalidTransition> {
    let invalid = InvalidTransition {
        state: errand.state.word(),
        event: event.word(),
    };
    let at = now.local;
    match (&errand.state, event) {
        // ── Before sending: only a look opens the way ───────────────────────────────────
        (ErrandState::Queued, ErrandEvent::Looked(order)) => {
            if let Err(why) = errand.kind.check(&order, now.server) {
                return Ok(errand.to(ErrandState::Stopped(why), at));
            }
            let mut sending = errand.to(ErrandState::Sending, at);
            sending.attempts = sending.attempts.saturating_add(1);
            Ok(sending)
        }
        (
            ErrandState::Queued,
            ErrandEvent::LookFailed(
                FailureKind::OrderNotVisible | FailureKind::Refused | FailureKind::Garbled,
            ),
        ) => Ok(wait_for_order(errand, now, policy)),
        (ErrandState::Queued, ErrandEvent::LookFailed(_)) => {
            let mut same = errand.clone();
            same.not_before = at.plus(policy.first_look);
            Ok(same)
        }
        (ErrandState::Queued, ErrandEvent::Restarted) => {
            // The clock of the run that set the wait may have been ahead.
            let mut same = errand.clone();
            same.not_before = same.not_before.min(at.plus(policy.quiet));
            Ok(same)
        }

        // ── The answer ──────────────────────────────────────────────────────────────────
        (ErrandState::Sending, ErrandEvent::Answered(answer)) => Ok(answered(errand, answer, now, policy)),
        (ErrandState::Sending, ErrandEvent::Restarted) => Ok(errand
            .to(ErrandState::Unclear(Doubt::Restart), at)
            .after(policy.quiet)),

        // ── Unclear: looks only, and not before an old request can no longer land ───────
        (ErrandState::Unclear(_), ErrandEvent::Looked(order)) => Ok(looked_after_doubt(errand, &order, now)),
        (ErrandState::Unclear(_), ErrandEvent::LookFailed(_)) => {
            let mut same = errand.clone();
            same.not_before = at.plus(policy.look_again);
            Ok(same)
        }
        (ErrandState::Unclear(doubt), ErrandEvent::Restarted) => Ok(errand
            .to(ErrandState::Unclear(doubt.clone()), at)
            .after(policy.quiet)),

        // ── A person decides ────────────────────────────────────────────────────────────
        (ErrandState::NeedsPerson(_), ErrandEvent::Decided(Decision::AcceptAsItIs)) => {
            Ok(errand.to(ErrandState::Done(ErrandEnd::ByPerson), at))
        }
        (
            ErrandState::NeedsPerson(_) | ErrandState::Refused(_) | ErrandState::Stopped(_),
            ErrandEvent::Decided(Decision::TryAgain),
        ) => {
            let mut again = errand.to(ErrandState::Queued, at);
            again.attempts = 0;
            again.waits = 0;
            again.queued_at = at;
            Ok(again)
        }
        (ErrandState::Queued, ErrandEvent::Cancelled)
        | (
            ErrandState::NeedsPerson(_) | ErrandState::Refused(_) | ErrandState::Stopped(_),
            ErrandEvent::Decided(Decision::Drop),
        ) => Ok(errand.to(ErrandState::Cancelled, at)),
        _ => Err(invalid),
    }
}

fn answered(errand: &Errand, answer: Answer, now: Now, policy: &Policy) -> Errand {
    let at = now.local;
    match answer {
        Answer::Accepted => errand.to(ErrandState::Done(ErrandEnd::Accepted), at),
        Answer::Refused(refusal) if errand.kind.is_reminder() && refusal.errcode == REMINDER_USED => {
            errand.to(ErrandState::Done(ErrandEnd::Used), at)
        }
        Answer::Refused(refusal) => errand.to(ErrandState::Refused(refusal), at),
        // Proved not executed: this try does not count.
        Answer::NotProcessed(hold) => {
            let mut queued = errand.to(ErrandState::Queued, at);
            queued.attempts = queued.attempts.saturating_sub(1);
            if matches!(&hold, Hold::Account(failure) if failure.kind == FailureKind::Refused) {
                queued = queued.after(policy.ladder.first().copied().unwrap_or(policy.quiet));
            }
            queued
        }
        Answer::NotVisible => {
            let mut waiting = wait_for_order(errand, now, policy);
            waiting.attempts = waiting.attempts.saturating_sub(1);
            waiting
        }
        Answer::Unclear(doubt) => errand.to(ErrandState::Unclear(doubt), at).after(policy.quiet),
    }
}

/// WeChat shows nothing of an errand. A reminder may be sent again, because WeChat itself refuses the second of an
/// order; what a second report would do is not written anywhere.
fn looked_after_doubt(errand: &Errand, order: &Order, now: Now) -> Errand {
    let state = match errand.kind.check(order, now.server) {
        Err(why) => ErrandState::Stopped(why),
        Ok(()) if !errand.kind.is_reminder() => ErrandState::NeedsPerson(ErrandWhy::Unproven),
        Ok(()) if errand.attempts >= MAX_ATTEMPTS => ErrandState::NeedsPerson(ErrandWhy::ThreeAttempts),
        Ok(()) => ErrandState::Queued,
    };
    errand.to(state, now.local)
}

fn wait_for_order(errand: &Errand, now: Now, policy: &Policy) -> Errand {
    if now.local >= errand.queued_at.plus(policy.give_up_waiting) {
        return errand.to(ErrandState::Stopped(ErrandWhy::NotVisible), now.local);
    }
    let step = usize::from(errand.waits).min(policy.ladder.len().saturating_sub(1));
    let wait = policy.ladder.get(step).copied().unwrap_or(policy.quiet);
    let mut waiting = if errand.state == ErrandState::Queued {
        errand.clone()
    } else {
        errand.to(ErrandState::Queued, now.local)
    };
    waiting.not_before = now.local.plus(wait);
    waiting.waits = errand.waits.saturating_add(1);
    waiting
}

#[cfg(test)]
#[path = "errand_next_tests.rs"]
mod tests;
