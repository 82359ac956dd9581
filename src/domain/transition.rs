//! The state machine of a shipment as one function: what follows from what. Apart from the types so that the
//! whole table can be read on one screen.

use std::time::Duration;

use super::look::decide;
use super::shipment::{
    Answer, COUNTING_LOOKS, Decision, Doubt, Event, Hold, InvalidTransition, MAX_ATTEMPTS, Now, Policy,
    Refusal, Shipment, State, Why,
};
use super::time::next_upload_time;
use super::{FailureKind, Look, Timestamp, Verdict};

/// The state machine: what a shipment becomes when something happens to it.
///
/// # Errors
/// [`InvalidTransition`] for a pair that is not in the table; the shipment stays as it was.
pub fn next(
    shipment: &Shipment,
    event: Event,
    now: Now,
    policy: &Policy,
) -> Result<Shipment, InvalidTransition> {
    let invalid = InvalidTransition {
        state: shipment.state.word(),
        event: event.word(),
    };
    match (&shipment.state, event) {
        // ── Before sending: only a look opens the way ───────────────────────────────────
        (State::Queued | State::Waiting, Event::Looked(look)) => Ok(looked_before_send(shipment, look, now)),
        // A plain no, or an answer that cannot be read, is asked for again on the same ladder.
        (
            State::Queued | State::Waiting,
            Event::LookFailed(FailureKind::OrderNotVisible | FailureKind::Refused | FailureKind::Garbled),
        ) => Ok(wait_for_order(shipment, now, policy)),
        (State::Queued | State::Waiting, Event::LookFailed(_)) => {
            let mut same = shipment.clone();
            same.not_before = now.local.plus(policy.first_look);
            Ok(same)
        }
        (State::Queued | State::Waiting, Event::Cancelled) => Ok(shipment.to(State::Cancelled, now)),

        (State::Queued | State::Waiting, Event::GroupBroken) => {
            Ok(shipment.to(State::NeedsPerson(Why::CombinedInPart), now))
        }
        (State::Queued | State::Waiting, Event::Claimed(claimant)) => {
            Ok(shipment.to(State::NeedsPerson(Why::ClaimedElsewhere(claimant)), now))
        }

        // ── The answer ──────────────────────────────────────────────────────────────────
        (State::Sending, Event::Answered(answer)) => Ok(answered(shipment, answer, now, policy)),
        (State::Sending, Event::Restarted) => Ok(shipment
            .to(State::Unclear(Doubt::Restart), now)
            .after(policy.first_look)),

        // ── Unclear: looks only ─────────────────────────────────────────────────────────
        (State::Unclear(doubt), Event::Looked(look)) => {
            Ok(looked_after_doubt(shipment, doubt, &look, now, policy))
        }
        (State::Unclear(_), Event::LookFailed(_)) => {
            let mut same = shipment.clone();
            same.not_before = now.local.plus(policy.look_again);
            Ok(same)
        }
        // The wall clock may have jumped while the program was away: the quiet time starts anew.
        (State::Unclear(doubt), Event::Restarted) => Ok(shipment
            .to(State::Unclear(doubt.clone()), now)
            .after(policy.first_look)),
        (State::Queued | State::Waiting, Event::Restarted) => Ok(waits_on(shipment, now, policy)),

        // ── Accepted by an answer: only a look tells that somebody else shipped at the same moment ──
        // The same when a look found it: a request of ours may have landed later, over another computer's.
        (State::Shipped { .. }, Event::Looked(look)) if was_raced(shipment, &look) => {
            Ok(shipment.to(State::NeedsPerson(Why::Race), now))
        }

        // ── A person decides ────────────────────────────────────────────────────────────
        (State::NeedsPerson(_), Event::Decided(Decision::AcceptAsItIs)) => {
            // What stood there before is settled: it is not told again.
            let accepted = shipment.to(State::Shipped { found: true }, now);
            Ok(Shipment {
                baseline: None,
                ..accepted
            })
        }
        (State::NeedsPerson(_) | State::Rejected(_), Event::Decided(Decision::TryAgain))
        | (State::NeedsPerson(Why::ClaimedElsewhere(_)), Event::Decided(Decision::TakeOver)) => {
            // A new decision is a new stamp and a new body; the look before the send still guards it. What may
            // have left before is not forgotten: the old stamp stays until the new one takes its place.
            let refused = matches!(shipment.state, State::Rejected(_));
            let may_be_there = !refused && shipment.may_have_been_sent();
            let fresh = shipment.to(State::Queued, now);
            Ok(Shipment {
                attempts: 0,
                upload_time: shipment.upload_time.filter(|_| may_be_there),
                body_sha256: None,
                baseline: None,
                wait_steps: 0,
                ..fresh
            })
        }
        (State::NeedsPerson(_) | State::Rejected(_), Event::Decided(Decision::Drop)) => {
            Ok(shipment.to(State::Cancelled, now))
        }
        _ => Err(invalid),
    }
}

/// We have sent it, and the one correction is gone although no person gave it away: we shipped over somebody.
fn was_raced(shipment: &Shipment, look: &Look) -> bool {
    let sent = shipment.baseline.is_some();
    let baseline = shipment.baseline.as_ref();
    let verdict = decide(&shipment.intent, baseline, look, shipment.upload_time);
    // WeChat took ours, and something else stands there: a look cannot be so old that it shows what was never there.
    let replaced = look.done()
        && shipment.intent.reship().is_none()
        && matches!(verdict, Verdict::Foreign | Verdict::Ambiguous);
    sent && (verdict == Verdict::Landed { race: true } || replaced)
}

fn looked_before_send(shipment: &Shipment, look: Look, now: Now) -> Shipment {
    let baseline = shipment.baseline.as_ref();
    let verdict = decide(&shipment.intent, baseline, &look, shipment.upload_time);
    if verdict != Verdict::Pending {
        return shipment.to(settled(verdict), now);
    }
    let mut sending = shipment.to(State::Sending, now);
    sending.attempts = sending.attempts.saturating_add(1);
    let is_resend = shipment.attempts > 0 || shipment.body_sha256.is_some();
    sending.upload_time = if is_resend { shipment.upload_time } else { None }.or_else(|| {
        let newest = look.latest_upload.max(shipment.upload_time);
        Some(next_upload_time(now.server, newest))
    });
    sending.baseline = Some(look);
    sending
}

fn looked_after_doubt(
    shipment: &Shipment,
    doubt: &Doubt,
    look: &Look,
    now: Now,
    policy: &Policy,
) -> Shipment {
    let verdict = decide(
        &shipment.intent,
        shipment.baseline.as_ref(),
        look,
        shipment.upload_time,
    );
    if verdict != Verdict::Pending {
        return shipment.to(settled(verdict), now); // positive proof is taken at once
    }
    let mut same = shipment.clone();
    let quiet_until = quiet_until(shipment, policy);
    if now.local < quiet_until {
        same.not_before = now.local.plus(policy.look_again).min(quiet_until);
        return same;
    }
    same.pending_looks = same.pending_looks.saturating_add(1);
    if same.pending_looks < COUNTING_LOOKS {
        same.not_before = now.local.plus(policy.second_look);
        return same;
    }
    shipment.to(untouched(shipment, doubt), now)
}

/// Until then "not there" proves nothing about an unclear shipment.
pub(super) fn quiet_until(shipment: &Shipment, policy: &Policy) -> Timestamp {
    shipment.since.plus(policy.quiet)
}

/// What an unclear shipment becomes when all looks that count have shown nothing of it.
pub(super) fn untouched(shipment: &Shipment, doubt: &Doubt) -> State {
    if matches!(
        doubt,
        Doubt::Compare {
            errcode: 268_485_216,
            ..
        }
    ) {
        return State::NeedsPerson(Why::TimeNotAccepted);
    }
    if shipment.attempts >= MAX_ATTEMPTS {
        return State::NeedsPerson(Why::ThreeAttempts);
    }
    State::Queued
}

/// The end that a look's verdict means; `Pending` is not an end.
fn settled(verdict: Verdict) -> State {
    match verdict {
        Verdict::Landed { race: false } => State::Shipped { found: true },
        Verdict::Landed { race: true } => State::NeedsPerson(Why::Race),
        Verdict::Foreign => State::NeedsPerson(Why::ShippedElsewhere),
        Verdict::Ambiguous => State::NeedsPerson(Why::Ambiguous),
        Verdict::Unproven => State::NeedsPerson(Why::Unproven),
        Verdict::Refunded => State::Rejected(Refusal {
            errcode: 0,
            rid: None,
            refunded: true,
        }),
        Verdict::Closed | Verdict::Pending => State::NeedsPerson(Why::StateUnknown),
    }
}

fn answered(shipment: &Shipment, answer: Answer, now: Now, policy: &Policy) -> Shipment {
    match answer {
        Answer::Accepted => shipment.to(State::Shipped { found: false }, now),
        Answer::Refused(refusal) => shipment.to(State::Rejected(refusal), now),
        // Proved not executed: this try does not count, and the stamp may stay: nobody has seen it.
        Answer::NotProcessed(hold) => {
            let mut queued = shipment.to(State::Queued, now);
            queued.attempts = queued.attempts.saturating_sub(1);
            if matches!(&hold, Hold::Account(failure) if failure.kind == FailureKind::Refused) {
                // A no about the shape of this request: others go first when a person goes on.
                queued = queued.after(policy.ladder.first().copied().unwrap_or(policy.quiet));
            }
            queued
        }
        Answer::NotVisible => {
            let mut waiting = wait_for_order(shipment, now, policy);
            waiting.attempts = waiting.attempts.saturating_sub(1);
            waiting
        }
        Answer::Unclear(doubt) => shipment.to(State::Unclear(doubt), now).after(policy.first_look),
    }
}

fn wait_for_order(shipment: &Shipment, now: Now, policy: &Policy) -> Shipment {
    let waiting_since = if shipment.state == State::Waiting {
        shipment.since
    } else {
        now.local
    };
    if now.local >= gives_up_at(waiting_since, policy) {
        return shipment.to(State::NeedsPerson(Why::NotVisible), now);
    }
    let wait = ladder_step(shipment.wait_steps, policy);
    let mut waiting = shipment.to(State::Waiting, now).after(wait);
    waiting.since = waiting_since;
    waiting.wait_steps = shipment.wait_steps.saturating_add(1);
    waiting
}

/// From then on a look that does not find the order ends the waiting that began at `waiting_since`.
pub(super) fn gives_up_at(waiting_since: Timestamp, policy: &Policy) -> Timestamp {
    waiting_since.plus(policy.give_up_waiting)
}

/// The longest hold window that a person can ask for.
const LONGEST_HOLD: Duration = Duration::from_mins(10);

/// The computer's clock may have gone back while the program was away: what is left of a wait is never more
/// than the wait was.
fn waits_on(shipment: &Shipment, now: Now, policy: &Policy) -> Shipment {
    let wait = if shipment.state == State::Waiting {
        ladder_step(shipment.wait_steps.saturating_sub(1), policy)
    } else {
        // The clock of the run that set it may have been far ahead of the one in which it was queued.
        let wait = shipment.not_before.since(shipment.since);
        wait.min(LONGEST_HOLD.max(policy.quiet))
    };
    let mut same = shipment.clone();
    same.since = same.since.min(now.local);
    same.not_before = same.not_before.min(now.local.plus(wait));
    same
}

fn ladder_step(step: u8, policy: &Policy) -> Duration {
    let step = usize::from(step).min(policy.ladder.len().saturating_sub(1));
    policy.ladder.get(step).copied().unwrap_or(policy.quiet)
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
