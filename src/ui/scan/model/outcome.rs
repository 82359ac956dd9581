//! What a scan came to, and how that sounds. Apart from the station, because words and sounds are made from it.

use crate::domain::{Order, Problem, ScanRefusal, ScanStep};

/// What staff hear of a scan without looking up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Taken; something else is awaited.
    Taken,
    /// An order is complete.
    Done,
    /// Look up: something must be decided or was left out.
    Warning,
    /// Refused, nothing has changed.
    Refused,
}

/// What the last scan came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What the station made of it.
    Step(ScanStep),
    /// It would be shipped, but it cannot be sent like this.
    Unfit(Vec<Problem>),
    /// WeChat does not know the number either.
    NotFound(String),
    /// WeChat could not be asked for the number.
    NotAsked(String),
    /// A person wants this number not to be asked for any more; what waited for it is left out.
    AskingEnded(String),
    /// Too many scans came while a number was asked for; this one was left out.
    Jam,
    /// The outbox did not take the order with this number; nothing was sent.
    NotQueued(String, Vec<Problem>),
    /// The order with this number stopped after it was sent.
    Stopped(String),
    /// The order with this number is taken back; nothing of it was sent.
    TakenBack(String),
    /// The last order cannot be taken back: it was sent, or nothing was scanned.
    NothingToTakeBack,
}

/// What was said last, and the piece of a broken scan that was left out before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// What it came to.
    pub outcome: Outcome,
    /// How it sounds.
    pub signal: Signal,
    /// What was read; empty when nothing was.
    pub read: String,
    /// The piece that was left out; empty when there was none.
    pub left_out: String,
}

impl Outcome {
    /// How it sounds; `opened` is the order that is open then.
    pub(super) fn signal(&self, opened: Option<&Order>) -> Signal {
        match self {
            Self::Step(ScanStep::Opened) if opened.is_some_and(|order| order.in_complaint) => Signal::Warning,
            Self::Step(
                ScanStep::Opened | ScanStep::Added(_) | ScanStep::Several | ScanStep::AskWeChat(_),
            ) => Signal::Taken,
            Self::Step(ScanStep::Ship { .. }) => Signal::Done,
            Self::Step(
                ScanStep::Asked(_) | ScanStep::Dropped(_) | ScanStep::TakenOut(_) | ScanStep::Undo,
            )
            | Self::AskingEnded(_)
            | Self::TakenBack(_) => Signal::Warning,
            Self::Step(ScanStep::Refused(_))
            | Self::Unfit(_)
            | Self::NotFound(_)
            | Self::NotAsked(_)
            | Self::Jam
            | Self::NotQueued(..)
            | Self::Stopped(_)
            | Self::NothingToTakeBack => Signal::Refused,
        }
    }

    /// The courier that was proposed where none of the shop's is known.
    pub fn proposed(&self) -> Option<&str> {
        match self {
            Self::Step(ScanStep::Refused(ScanRefusal::NoCourier(proposed))) => proposed.as_deref(),
            Self::Step(_)
            | Self::Unfit(_)
            | Self::NotFound(_)
            | Self::NotAsked(_)
            | Self::AskingEnded(_)
            | Self::Jam
            | Self::NotQueued(..)
            | Self::Stopped(_)
            | Self::TakenBack(_)
            | Self::NothingToTakeBack => None,
        }
    }
}
