//! What the program notes for the shop's technical person: one line of JSON for each event, in a few files of
//! bounded size beside the journal. Apart from the journal, because nothing is ever decided from it and losing it
//! loses nothing.
//!
//! Only typed fields get in: words of our own, numbers, and texts that are shortened and hidden first. No library
//! writes here, so no setting can make one write a URL or a body.

mod files;
mod line;

use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::Timestamp;
use files::Files;

/// The folder of the log inside the data folder.
pub const FOLDER: &str = "logs";
/// The file that is written now; older ones are `fahuo.1.log`, `fahuo.2.log`, … with growing age.
pub const FILE: &str = "fahuo.log";

/// How much is noted; each level also notes what the ones before it do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Off,
    /// What keeps the program from working.
    Error,
    /// What somebody should look at.
    Warn,
    /// Runs, files, and how each shipment ended.
    #[default]
    Info,
    /// Each look at an order, too.
    Debug,
    /// Every line of the journal.
    Trace,
}

impl Level {
    /// Every level, the quietest first.
    pub const ALL: [Self; 6] = [
        Self::Off,
        Self::Error,
        Self::Warn,
        Self::Info,
        Self::Debug,
        Self::Trace,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }

    /// The level of a word, in any case.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|level| level.word().eq_ignore_ascii_case(word))
    }
}

/// One level for the process, as the person who started it wants it.
static LEVEL: AtomicU8 = AtomicU8::new(Level::Info as u8);

/// From now on so much is noted by every log of this process.
pub fn set_level(level: Level) {
    LEVEL.store(level as u8, Ordering::Relaxed);
}

fn is_noted(level: Level) -> bool {
    level != Level::Off && level as u8 <= LEVEL.load(Ordering::Relaxed)
}

/// A value of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A word of our own, or a number of WeChat's that was checked when it came in.
    Word(&'a str),
    /// A text from outside: phones, payers and tokens are hidden, and it is cut.
    Text(&'a str),
}

impl From<usize> for Field<'_> {
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Field<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// The open log of a data folder. Clones write to the same files.
#[derive(Clone, Debug)]
pub struct Log(Arc<Mutex<Files>>);

impl Log {
    /// The log of a data folder. Nothing is made before something is noted.
    pub fn open(data_dir: &Path) -> Self {
        Self(Arc::new(Mutex::new(Files::of(data_dir.join(FOLDER)))))
    }

    /// Notes an event. A line that cannot be written is dropped: a log must not stop the work that it is about.
    pub fn note(&self, at: Timestamp, level: Level, what: &str, fields: &[(&str, Field<'_>)]) {
        if !is_noted(level) {
            return;
        }
        let text = line::write(at, level, what, fields);
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.append(&text);
    }
}
