//! The local record: journal, order cache, batches, audit and settings in SQLite. Apart because the promise
//! "nothing is sent that was not written down before" rests on how this one file is opened and written.
//!
//! One connection, one writer, one program for each folder. All calls block; the engine makes them on its own
//! thread. Everything is scoped by the account's AppID.

mod accounts;
mod answers;
mod audit;
mod backup;
mod ballast;
mod batches;
#[cfg(test)]
mod cache_tests;
mod copy;
mod dump;
mod errands;
mod error;
mod everything;
#[cfg(test)]
mod failure_tests;
mod faults;
mod files;
#[cfg(test)]
mod guard_tests;
mod history;
mod history_errands;
mod history_find;
mod history_index;
mod inspect;
mod journal;
mod json;
mod lock;
mod open;
mod orders;
mod place;
mod probe;
mod recover;
mod replay;
mod retention;
mod retention_rows;
mod schema;
mod settings;
mod shipment_row;
mod shipments;
mod shopping;
mod sums;
mod tail;
#[cfg(test)]
mod test_support;
mod write;

use std::fs::File;
use std::path::PathBuf;

use rusqlite::Connection;

use crate::domain::Timestamp;

pub use accounts::AccountRow;
pub use audit::AuditEntry;
pub use batches::StoredBatch;
pub use errands::ErrandQueued;
pub use error::{OpenError, StoreError};
pub use everything::{EXPORTED, Everything};
pub use history::{HistoryPage, HistoryPlace, Meant};
pub use journal::{JournalEntry, JournalLine};
pub use open::Opened;
pub use orders::FetchPosition;
pub use recover::{Damage, Recovered};
pub use retention::Purged;
pub use settings::Pause;
pub use shipments::{Change, Enqueued, NewShipment};

use ballast::Ballast;
use copy::Copy;
use faults::Faults;
use journal::Head;
use sums::Notes;

/// The open journal of one folder. Dropping it without [`close`](Store::close) is what a crash looks like: the
/// next run finds everything that was recorded, and `Opened::clean` is `false`.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    dir: PathBuf,
    head: Head,
    notes: Notes,
    copy: Copy,
    ballast: Ballast,
    faults: Faults,
    /// A write ended in a way that only a new start can clear up: nothing is written any more.
    failed: bool,
    /// Something that counts was written since the last backup.
    dirty: bool,
    /// What was written would be hard to make again: the next quiet moment is for a backup.
    urgent: bool,
    backed_up_at: Timestamp,
    /// Who works here.
    who: String,
    /// Held until the store is gone; the last field, so that the connection is closed before.
    _lock: File,
}

impl Store {
    /// Keeps space for a disk that runs full, in bytes; without it nothing else is lost.
    ///
    /// # Errors
    /// When the disk has no room for it now.
    pub fn keep_ballast(&self, bytes: u64) -> Result<(), StoreError> {
        self.ballast.keep(bytes)
    }
}
