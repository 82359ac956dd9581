//! The open questions that the guided probe asks (contract section 12), and what can be found.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// An open question of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// How many orders are on one page at most (U-7).
    PageSize,
    /// Which state is shown while a split shipment is unfinished (U-2).
    UnfinishedState,
    /// Whose clock the `upload_time` of a reply is.
    ShownTime,
    /// What becomes of the same upload with the same time.
    SameTime,
    /// … with an older time.
    OlderTime,
    /// … with a newer time.
    NewerTime,
    /// Whether a second list replaces or extends the first (U-1).
    SecondList,
    /// How many parcels one upload may have (C-20).
    ParcelLimit,
    /// What 120 characters are (U-8).
    TextLength,
    /// Whether the same upload again spends the one correction (U-3).
    Correction,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 10] = [
        Self::PageSize,
        Self::UnfinishedState,
        Self::ShownTime,
        Self::SameTime,
        Self::OlderTime,
        Self::NewerTime,
        Self::SecondList,
        Self::ParcelLimit,
        Self::TextLength,
        Self::Correction,
    ];

    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::PageSize => "page_size",
            Self::UnfinishedState => "unfinished_state",
            Self::ShownTime => "shown_time",
            Self::SameTime => "same_time",
            Self::OlderTime => "older_time",
            Self::NewerTime => "newer_time",
            Self::SecondList => "second_list",
            Self::ParcelLimit => "parcel_limit",
            Self::TextLength => "text_length",
            Self::Correction => "correction",
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// A count, or a state by its number.
    Number(i64),
    /// It was accepted.
    Accepted,
    /// It was refused with this code.
    Refused(i64),
    /// The new list takes the place of the old one.
    Replaces,
    /// The new parcels are added.
    Extends,
    /// The merchant's time.
    OurTime,
    /// WeChat's time.
    ServerTime,
    /// It costs nothing.
    Free,
    /// It spends the correction.
    Spends,
    /// An emoji counts once.
    Characters,
    /// An emoji counts twice.
    Utf16,
    /// It could not be told.
    Unknown,
}

impl Finding {
    /// A stable word; numbers stand beside it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Accepted => "accepted",
            Self::Refused(_) => "refused",
            Self::Replaces => "replaces",
            Self::Extends => "extends",
            Self::OurTime => "our_time",
            Self::ServerTime => "server_time",
            Self::Free => "free",
            Self::Spends => "spends",
            Self::Characters => "characters",
            Self::Utf16 => "utf16",
            Self::Unknown => "unknown",
        }
    }

    /// The count, state or code.
    pub fn number(self) -> Option<i64> {
        match self {
            Self::Number(number) | Self::Refused(number) => Some(number),
            Self::Accepted
            | Self::Replaces
            | Self::Extends
            | Self::OurTime
            | Self::ServerTime
            | Self::Free
            | Self::Spends
            | Self::Characters
            | Self::Utf16
            | Self::Unknown => None,
        }
    }
}

/// One question with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeAnswer {
    /// What was asked.
    pub question: Question,
    /// What was found.
    pub finding: Finding,
    /// WeChat's request id, where the answer carried one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rid: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What is known of an account, with the newest answer to each question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProbeAnswers {
    /// One for each question at most.
    pub known: Vec<ProbeAnswer>,
}

impl ProbeAnswers {
    /// The answer to a question.
    pub fn of(&self, question: Question) -> Option<&ProbeAnswer> {
        self.known.iter().find(|answer| answer.question == question)
    }

    /// What was found, unless it could not be told.
    pub fn finding(&self, question: Question) -> Option<Finding> {
        let found = self.of(question)?.finding;
        (found != Finding::Unknown).then_some(found)
    }

    /// Takes a new answer; "could not be told" takes no other answer away.
    pub fn learn(&mut self, answer: ProbeAnswer) {
        if answer.finding == Finding::Unknown && self.finding(answer.question).is_some() {
            return;
        }
        self.known.retain(|known| known.question != answer.question);
        self.known.push(answer);
        self.known.sort_by_key(|known| known.question);
    }
}
