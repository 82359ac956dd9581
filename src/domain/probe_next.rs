//! How a probe goes on: a small state machine of its own. Nothing is sent without a look that shows the order as the
//! last step left it, nothing is concluded without a look afterwards, and what is in doubt waits for the quiet time.

use super::probe::{Outcome, Probe, ProbeState, ProbeStop, Sent};
use super::probe_answer::{Finding, ProbeAnswer};
use super::probe_shown::Shown;
use super::probe_step::ProbeStep;
use super::{Answer, Doubt, Now, Order, OrderState, Policy, Timestamp};

/// So many looks may lack what was accepted before it is taken for what it is.
const MOST_LOOKS: u8 = 6;

/// What happens to a probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeEvent {
    /// A person said go, and a look has just shown this.
    Go {
        /// The order.
        order: Box<Order>,
        /// The step that the person saw.
        step: ProbeStep,
        /// Hex SHA-256 of the body that will be sent.
        body_sha256: String,
    },
    /// The upload was answered, or not.
    Answered(Answer, Option<String>),
    /// A look after it.
    Looked(Box<Order>),
    /// The look failed.
    LookFailed,
    /// A person leaves the step out.
    Skipped(ProbeStep),
    /// A person ends it.
    Stopped,
    /// The program was started again.
    Restarted,
}

/// The probe after an event; `None` when it does not fit, and nothing has changed.
pub fn next_probe(probe: &Probe, event: ProbeEvent, now: Now, policy: &Policy) -> Option<Probe> {
    let mut after = probe.clone();
    match (probe.state, event) {
        (
            ProbeState::Ready,
            ProbeEvent::Go {
                order,
                step,
                body_sha256,
            },
        ) if step == probe.step => go(&mut after, &order, body_sha256, now),
        (ProbeState::Sending, ProbeEvent::Answered(answer, rid)) => {
            answered(&mut after, &answer, rid, now, policy);
        }
        (ProbeState::Sending, ProbeEvent::Restarted) => {
            doubt(&mut after, None, now, policy);
        }
        // A look of an earlier run counts for nothing, and a doubt keeps its quiet time.
        (ProbeState::Looking { not_before, .. }, ProbeEvent::Restarted) => {
            let latest = now.local.plus(policy.quiet);
            after.state = ProbeState::Looking {
                not_before: not_before.min(latest),
                looks: 0,
            };
        }
        (ProbeState::Looking { looks, .. }, ProbeEvent::Looked(order)) => {
            looked(&mut after, &order, looks, now, policy);
        }
        (ProbeState::Looking { looks, .. }, ProbeEvent::LookFailed) => {
            after.state = ProbeState::Looking {
                not_before: now.local.plus(policy.look_again),
                looks,
            };
        }
        (ProbeState::Ready, ProbeEvent::Skipped(step)) if step == probe.step && step.may_be_skipped() => {
            advance(&mut after);
        }
        (ProbeState::Ready, ProbeEvent::Stopped) => stop(&mut after, ProbeStop::Person),
        _ => return None,
    }
    Some(after)
}

fn go(probe: &mut Probe, order: &Order, body_sha256: String, now: Now) {
    if order.in_complaint || !matches!(order.state, OrderState::ToShip | OrderState::Shipped) {
        return stop(probe, ProbeStop::Closed);
    }
    // Somebody else works on it, or the look was late: nothing is sent.
    probe.differs = Shown::of(order) != probe.shown;
    if probe.differs {
        return;
    }
    let upload_time = probe.upload_time(now);
    probe.sent.push(Sent {
        step: probe.step,
        at: now.local,
        upload_time,
        body_sha256,
        outcome: None,
        rid: None,
    });
    probe.state = ProbeState::Sending;
}

fn answered(probe: &mut Probe, answer: &Answer, rid: Option<String>, now: Now, policy: &Policy) {
    let outcome = match answer {
        Answer::Accepted => Outcome::Accepted,
        Answer::Refused(refusal) => Outcome::Refused(refusal.errcode),
        // Here these codes are answers: the question was what WeChat says to the same again.
        Answer::Unclear(Doubt::Compare { errcode, .. }) => Outcome::Refused(*errcode),
        Answer::NotVisible => Outcome::Refused(10_060_001),
        Answer::NotProcessed(_) => {
            set_outcome(probe, Outcome::NotSent, rid);
            probe.state = ProbeState::Ready;
            return;
        }
        Answer::Unclear(Doubt::Failure(_) | Doubt::Restart) => {
            return doubt(probe, rid, now, policy);
        }
    };
    set_outcome(probe, outcome, rid);
    // Whether the last one spent the correction must not be read from what was true before it.
    let wait = if probe.step == ProbeStep::Identical {
        policy.quiet
    } else {
        policy.first_look
    };
    probe.state = looking(now.local.plus(wait));
}

fn doubt(probe: &mut Probe, rid: Option<String>, now: Now, policy: &Policy) {
    set_outcome(probe, Outcome::Doubtful, rid);
    probe.state = looking(now.local.plus(policy.quiet));
}

fn looking(not_before: Timestamp) -> ProbeState {
    ProbeState::Looking { not_before, looks: 0 }
}

fn set_outcome(probe: &mut Probe, outcome: Outcome, rid: Option<String>) {
    if let Some(sent) = probe.sent.last_mut() {
        sent.outcome = Some(outcome);
        sent.rid = rid;
    }
}

fn looked(probe: &mut Probe, order: &Order, looks: u8, now: Now, policy: &Policy) {
    if !matches!(order.state, OrderState::ToShip | OrderState::Shipped) {
        return stop(probe, ProbeStop::Closed);
    }
    let shown = Shown::of(order);
    let landed = probe.landed(&shown);
    let outcome = probe.sent.last().and_then(|sent| sent.outcome.clone());
    let again = looks.saturating_add(1);
    match (outcome, landed) {
        (Some(Outcome::Accepted), Some(false)) if again < MOST_LOOKS => {
            probe.state = ProbeState::Looking {
                not_before: now.local.plus(policy.look_again),
                looks: again,
            };
        }
        (Some(Outcome::Accepted), Some(false)) => {
            // Accepted and never shown: no answer can be made of that.
            match probe.step.question() {
                Some(question) => conclude(probe, shown, vec![(question, Finding::Unknown)], now),
                None => stop(probe, ProbeStop::NeverShown),
            }
        }
        (Some(Outcome::Accepted), _) | (Some(Outcome::Doubtful) | None, Some(true)) => {
            let findings = probe.accepted(&shown);
            conclude(probe, shown, findings, now);
        }
        (Some(Outcome::Refused(errcode)), _) => match probe.refused(errcode) {
            Some(finding) => conclude(probe, shown, vec![finding], now),
            None => stop(probe, ProbeStop::Refused(errcode)),
        },
        // "Not there" counts only when a second look says it too.
        (Some(Outcome::Doubtful) | None, Some(false)) if looks == 0 => {
            probe.state = ProbeState::Looking {
                not_before: now.local.plus(policy.second_look),
                looks: again,
            };
        }
        (Some(Outcome::Doubtful | Outcome::NotSent) | None, _) => {
            // Nothing shows what became of it: a person sends it again or leaves it out.
            probe.shown = shown;
            probe.state = ProbeState::Ready;
        }
    }
}

fn conclude(probe: &mut Probe, shown: Shown, findings: Vec<(super::Question, Finding)>, now: Now) {
    let rid = probe.sent.last().and_then(|sent| sent.rid.clone());
    probe
        .answers
        .extend(findings.into_iter().map(|(question, finding)| ProbeAnswer {
            question,
            finding,
            rid: rid.clone(),
            at: now.local,
        }));
    probe.shown = shown;
    advance(probe);
}

fn advance(probe: &mut Probe) {
    match probe.step.next() {
        Some(step) => {
            probe.step = step;
            probe.state = ProbeState::Ready;
        }
        None => end(probe, ProbeState::Done),
    }
}

fn stop(probe: &mut Probe, why: ProbeStop) {
    end(probe, ProbeState::Stopped(why));
}

fn end(probe: &mut Probe, state: ProbeState) {
    probe.state = state;
    probe.locked = None;
}

#[cfg(test)]
#[path = "probe_tests.rs"]
mod tests;
