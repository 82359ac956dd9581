//! What a value of the command line must be, as data: the reader of the value knows no language, and the words for
//! a mistake are made where they are shown.

use std::error::Error;
use std::fmt;
use std::str::FromStr as _;

use crate::i18n::{Lang, text_with};

/// What was expected instead of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A whole number within these limits, both included; without an upper one any that can be counted.
    Whole { from: u64, to: Option<u64> },
    /// No days for ever, or a number of days within these limits.
    Days { least: u32, most: u32 },
    /// A day or a moment.
    Time,
    /// One of these words, which are the same in every language.
    Words(String),
}

impl fmt::Display for Expected {
    /// For clap, which asks for it; people read [`Self::words`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl Error for Expected {}

impl Expected {
    /// It in words.
    pub fn words(&self, lang: Lang) -> String {
        let text = |id: &str, args: &[(&str, crate::i18n::Arg)]| text_with(lang, id, args);
        match self {
            Self::Whole { from, to: None } => text("cli-expected-whole-from", &[("from", plain(*from))]),
            Self::Whole { from, to: Some(to) } => text(
                "cli-expected-whole",
                &[("from", plain(*from)), ("to", plain(*to))],
            ),
            Self::Days { least, most } => text(
                "cli-expected-days",
                &[("least", plain((*least).into())), ("most", plain((*most).into()))],
            ),
            Self::Time => text("cli-expected-time", &[]),
            Self::Words(words) => words.clone(),
        }
    }
}

/// As it is typed: without separators between its digits.
fn plain(number: u64) -> crate::i18n::Arg {
    number.to_string().into()
}

/// A reader of whole numbers within these limits.
pub fn whole<T: TryFrom<u64>>(from: u64, to: u64) -> impl Fn(&str) -> Result<T, Expected> + Clone {
    move |typed| {
        let number = u64::from_str(typed.trim()).ok();
        let number = number.filter(|number| (from..=to).contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or(Expected::Whole {
            from,
            to: (to < u64::MAX).then_some(to),
        })
    }
}

/// A reader of numbers of something.
pub fn count<T: TryFrom<u64>>() -> impl Fn(&str) -> Result<T, Expected> + Clone {
    whole(0, u64::MAX)
}
