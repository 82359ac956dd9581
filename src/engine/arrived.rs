//! Files that have arrived in the watched folder, as the shells see them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::watch_folder::Stamp;
use crate::domain::Timestamp;

/// The watched folder and what has arrived in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchView {
    /// The folder; empty when none is watched.
    pub folder: PathBuf,
    /// It was listed once: what comes from now on is shown.
    pub begun: bool,
    /// Why it cannot be watched right now; it is tried again.
    pub trouble: Option<WatchTrouble>,
    /// What has arrived, newest first.
    pub files: Vec<Arrived>,
    /// A file that was checked and of which nothing was sent.
    pub left_over: Option<LeftOver>,
}

/// A file that was checked in the window and of which nothing was sent; offered again at the next start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOver {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was checked.
    pub at: Timestamp,
    /// Rows that could be sent.
    pub ready: usize,
    /// Rows that were to be repaired.
    pub blocked: usize,
}

impl WatchView {
    /// Where a file lies.
    pub fn path_of(&self, file: &Arrived) -> PathBuf {
        self.folder.join(&file.name)
    }
}

/// Why a folder cannot be watched right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchTrouble {
    /// It is not there, or cannot be reached.
    Missing,
    /// It may not be listed.
    Denied,
    /// It holds more files than a folder where files arrive.
    TooMany,
    /// It has not answered for a while.
    Silent,
}

/// One file that has arrived. Its content counts, so a copy or a renamed file is the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Its name in the folder.
    pub name: String,
    /// Hex SHA-256 of its bytes; empty while it could not be read.
    pub sha256: String,
    /// When it was noticed.
    pub at: Timestamp,
    /// What is known of it.
    pub state: ArrivedState,
    /// It is not in the folder any more.
    pub gone: bool,
    /// How it looked when it was read.
    pub stamp: Stamp,
    /// A person has cleared the list since: it is remembered and not shown.
    pub cleared: bool,
}

/// What is known of a file that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArrivedState {
    /// Nobody has opened it.
    New,
    /// It is in the folder and cannot be read; it is tried again.
    Held,
    /// It was opened and cannot be used.
    Unusable,
    /// It was checked; nothing of it was sent.
    Checked {
        /// Rows that may be sent.
        ready: usize,
        /// Rows to repair.
        blocked: usize,
    },
    /// Its rows were put into the outbox, or all of them were shipped before.
    Handled,
}
