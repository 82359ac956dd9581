//! The local record: journal, order cache, batches, audit and settings in SQLite. Apart because the promise
//! "nothing is sent that was not written down before" rests on how this one file is opened and written.
//!
//! One connection, one writer, one program for each folder. All calls block; the engine makes them on its own
//! thread. Everything is scoped by the account's AppID.

mod accounts;
mod anchor;
mod audit;
mod batches;
#[cfg(test)]
mod cache_tests;
mod error;
mod files;
#[cfg(test)]
mod guard_tests;
mod journal;
mod json;
mod lock;
mod open;
mod orders;
mod schema;
mod settings;
mod shipment_row;
mod shipments;
#[cfg(test)]
mod test_support;

use std::fs::File;

use rusqlite::Connection;

pub use accounts::AccountRow;
pub use audit::AuditEntry;
pub use batches::StoredBatch;
pub use error::{OpenError, StoreError};
pub use journal::{JournalEntry, JournalLine};
pub use open::Opened;
pub use orders::FetchPosition;
pub use settings::Pause;
pub use shipments::{Change, Enqueued, NewShipment};

use anchor::{Anchor, Head};

/// The open journal of one folder. Dropping it without [`close`](Store::close) is what a crash looks like: the
/// next run finds everything that was recorded, and `Opened::clean` is `false`.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    head: Head,
    anchor: Anchor,
    /// Held until the store is gone; the last field, so that the connection is closed before.
    _lock: File,
}

impl Store {
    /// A transaction that appended to the journal is committed: remembers its head here and beside the file.
    fn moved_to(&mut self, head: Head) -> Result<(), StoreError> {
        if self.head == head {
            return Ok(());
        }
        self.head = head;
        Ok(self.anchor.write(head)?)
    }
}
