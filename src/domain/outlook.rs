//! What happens to a shipment next by itself, when at the earliest, and how far it has come: the rules of
//! `transition`, read ahead. Apart from it because it decides nothing; whatever it says is asked of the same
//! functions, so that no screen can promise what the state machine does not do.

use std::time::Duration;

use super::Timestamp;
use super::shipment::{COUNTING_LOOKS, MAX_ATTEMPTS, Policy, Shipment, State, Why};
use super::transition::{gives_up_at, quiet_until, untouched};

/// Why the calls that a shipment needs are not made at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A person must say *go on*.
    Continue,
    /// A person must repair the account.
    Account,
    /// The journal cannot be written: a person must make room or give rights.
    Journal,
    /// It ends by itself.
    Until(Timestamp, Pause),
}

/// A pause that ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// The journal is new or restored.
    NewFolder,
    /// The daily quota is used up.
    DailyQuota,
    /// WeChat or the network does not answer.
    NoAnswer,
    /// The team's folder cannot be asked whose an order is.
    TeamFolder,
}

/// What follows when every look that counts shows nothing of an unclear shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untouched {
    /// It is sent again with the same time; this is the number of that try.
    SentAgain(u8),
    /// A person decides.
    Person(Why),
}

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The order is looked at and, when nothing stands there, sent.
    Send {
        /// The number of that try, from 1 to [`Outlook::TRIES`].
        attempt: u8,
    },
    /// WeChat is asked for the order again.
    Ask {
        /// How often it was asked for in vain.
        asked: u8,
        /// A look from then on that does not find it hands it to a person.
        gives_up_at: Timestamp,
    },
    /// WeChat's answer is awaited.
    Answer {
        /// The number of this try.
        attempt: u8,
    },
    /// The order is looked at, because it is not known whether the shipment arrived.
    Look {
        /// Until then "not there" proves nothing.
        quiet_until: Timestamp,
        /// Which of the looks that count it is, from 1 to [`Outlook::LOOKS`]; `None`: only a find counts yet.
        counts: Option<u8>,
        /// The earliest moment of the last look that counts.
        known_at: Timestamp,
        /// What follows if none of them shows it.
        untouched: Untouched,
    },
    /// A person decides.
    Decide,
    /// Nothing: it has ended.
    Nothing,
}

/// A shipment's future as far as it can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// What happens next.
    pub step: Step,
    /// Not before this moment; `None`: as soon as it is its turn, or when WeChat or a person acts.
    pub at: Option<Timestamp>,
    /// What stands in the way of it.
    pub obstacle: Option<Obstacle>,
}

impl Step {
    /// The stable word for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Send { attempt: 1 } => "send",
            Self::Send { .. } => "send_again",
            Self::Ask { .. } => "ask_again",
            Self::Answer { .. } => "answer",
            Self::Look { .. } => "look",
            Self::Decide => "decide",
            Self::Nothing => "nothing",
        }
    }

    /// It is a call that sends, and not only a look.
    fn sends(state: &State) -> Option<bool> {
        match state {
            State::Queued | State::Waiting => Some(true),
            State::Unclear(_) => Some(false),
            State::Sending
            | State::Shipped { .. }
            | State::Rejected(_)
            | State::NeedsPerson(_)
            | State::Cancelled => None,
        }
    }
}

impl Obstacle {
    /// The stable word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Account => "account",
            Self::Journal => "journal",
            Self::Until(_, Pause::NewFolder) => "new_folder",
            Self::Until(_, Pause::DailyQuota) => "daily_quota",
            Self::Until(_, Pause::NoAnswer) => "no_answer",
            Self::Until(_, Pause::TeamFolder) => "team_folder",
        }
    }
}

impl Outlook {
    /// Tries of one intent before a person is asked.
    pub const TRIES: u8 = MAX_ATTEMPTS;
    /// Looks after the quiet time that must show nothing.
    pub const LOOKS: u8 = COUNTING_LOOKS;

    /// Reads ahead. `obstacle` says what stands in the way of sending (`true`) or of looking (`false`).
    pub fn of(
        shipment: &Shipment,
        policy: &Policy,
        obstacle: impl Fn(bool) -> Option<Obstacle>,
        now: Timestamp,
    ) -> Self {
        let ready = shipment.not_before.max(now);
        // A pause that is over before its own moment is none for this shipment.
        let stops = |obstacle: &Obstacle| !matches!(obstacle, Obstacle::Until(until, _) if *until <= ready);
        let obstacle = Step::sends(&shipment.state).and_then(obstacle).filter(stops);
        let opens = match obstacle {
            Some(Obstacle::Until(until, _)) => until,
            Some(Obstacle::Continue | Obstacle::Account | Obstacle::Journal) | None => shipment.not_before,
        };
        let at = ready.max(opens);
        let attempt = shipment.attempts.saturating_add(1);
        let step = match &shipment.state {
            State::Queued => Step::Send { attempt },
            State::Waiting => Step::Ask {
                asked: shipment.wait_steps,
                gives_up_at: gives_up_at(shipment.since, policy),
            },
            State::Sending => Step::Answer {
                attempt: shipment.attempts,
            },
            State::Unclear(doubt) => {
                let quiet_until = quiet_until(shipment, policy);
                let counts = (at >= quiet_until).then(|| shipment.pending_looks.saturating_add(1));
                let done = shipment.pending_looks.min(COUNTING_LOOKS);
                let more = COUNTING_LOOKS.saturating_sub(done).saturating_sub(1);
                let more = policy.second_look.saturating_mul(u32::from(more));
                let untouched = match untouched(shipment, doubt) {
                    State::NeedsPerson(why) => Untouched::Person(why),
                    State::Queued
                    | State::Waiting
                    | State::Sending
                    | State::Unclear(_)
                    | State::Shipped { .. }
                    | State::Rejected(_)
                    | State::Cancelled => Untouched::SentAgain(attempt),
                };
                Step::Look {
                    quiet_until,
                    counts,
                    known_at: at.max(quiet_until).plus(more),
                    untouched,
                }
            }
            State::NeedsPerson(_) | State::Rejected(_) => Step::Decide,
            State::Shipped { .. } | State::Cancelled => Step::Nothing,
        };
        let waits = Step::sends(&shipment.state).is_some() && at > now;
        let by_person = matches!(
            obstacle,
            Some(Obstacle::Continue | Obstacle::Account | Obstacle::Journal)
        );
        Self {
            step,
            at: Some(at).filter(|_| waits && !by_person),
            obstacle,
        }
    }

    /// How long from `now` until a countdown to [`Self::at`] shows something else: a second, or a minute while
    /// it is more than an hour away. `None` when nothing is counted down.
    pub fn changes_in(&self, now: Timestamp) -> Option<Duration> {
        let left = self.at?.since(now);
        let unit: u128 = if left > Duration::from_hours(1) {
            60_000
        } else {
            1000
        };
        let rest = left.as_millis().checked_rem(unit).unwrap_or_default();
        let rest = if rest == 0 { unit } else { rest };
        u64::try_from(rest).ok().map(Duration::from_millis)
    }
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;
