//! The uploads of the guided probe: their order, and which question each of them answers.

use serde::{Deserialize, Serialize};

use super::Question;

/// The uploads of the probe in their order; each is sent only when a person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeStep {
    /// One parcel of a split shipment that goes on.
    First,
    /// The same bytes again.
    SameTime,
    /// The same parcel with an older time.
    OlderTime,
    /// The same parcel with a newer time.
    NewerTime,
    /// A list with another parcel alone.
    SecondList,
    /// Fifteen parcels.
    ManyParcels,
    /// A text of 61 emoji.
    LongText,
    /// What WeChat shows, and nothing more follows.
    Finish,
    /// The same once more; this may spend the correction.
    Identical,
}

impl ProbeStep {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::First,
        Self::SameTime,
        Self::OlderTime,
        Self::NewerTime,
        Self::SecondList,
        Self::ManyParcels,
        Self::LongText,
        Self::Finish,
        Self::Identical,
    ];

    /// What comes after it; `None` after the last.
    pub fn next(self) -> Option<Self> {
        let mut after = Self::ALL.into_iter().skip_while(|step| *step != self);
        after.nth(1)
    }

    /// Its place, from 1.
    pub fn number(self) -> usize {
        let before = Self::ALL.into_iter().take_while(|step| *step != self);
        before.count().saturating_add(1)
    }

    /// It may be left out. Without the first there is nothing to ask, and without the end the order stays unfinished,
    /// which is for the person who stops.
    pub fn may_be_skipped(self) -> bool {
        !matches!(self, Self::First | Self::Finish)
    }

    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::SameTime => "same_time",
            Self::OlderTime => "older_time",
            Self::NewerTime => "newer_time",
            Self::SecondList => "second_list",
            Self::ManyParcels => "many_parcels",
            Self::LongText => "long_text",
            Self::Finish => "finish",
            Self::Identical => "identical",
        }
    }

    /// The question that it answers with yes or no; the first step answers two by its look, the end none.
    pub fn question(self) -> Option<Question> {
        match self {
            Self::First | Self::Finish => None,
            Self::SameTime => Some(Question::SameTime),
            Self::OlderTime => Some(Question::OlderTime),
            Self::NewerTime => Some(Question::NewerTime),
            Self::SecondList => Some(Question::SecondList),
            Self::ManyParcels => Some(Question::ParcelLimit),
            Self::LongText => Some(Question::TextLength),
            Self::Identical => Some(Question::Correction),
        }
    }
}
