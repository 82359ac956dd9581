//! Care of the journal between the inputs: what a recovery has to say, space for a full disk, backups. Apart
//! from the loop because none of it decides what is sent.

use super::run::Engine;
use crate::domain::Timestamp;

/// Space that is kept for a disk that runs full, in bytes; enough for the results of what is on its way.
const BALLAST_BYTES: u64 = 16 * 1024 * 1024;
/// The same where nothing real is at stake.
const SMALL_BALLAST_BYTES: u64 = 64 * 1024;

impl Engine {
    /// Before the first input: what was recovered, and space for a full disk.
    pub(super) fn prepare_store(&mut self) {
        self.recovered = self.tell_store(|store, _| store.recovered()).flatten();
        let is_test = self.config.sandbox || self.config.quiet.is_some();
        let bytes = if is_test {
            SMALL_BALLAST_BYTES
        } else {
            BALLAST_BYTES
        };
        // A disk without room for it now is said when a record does not fit; until then nothing is wrong.
        if let Some(store) = &self.store {
            drop(store.keep_ballast(bytes));
        }
    }

    /// A person has read what was recovered.
    pub(super) fn close_recovered(&mut self) {
        self.tell_store(|store, _| store.close_recovered());
        self.recovered = None;
        self.dirty.session = true;
    }

    /// Makes a backup when one is due. It takes the loop's time, and a look must not grow old meanwhile: so
    /// nothing new is started until what is on its way has come back. `true`: wait for that.
    pub(super) fn must_wait_for_backup(&mut self, now: Timestamp) -> bool {
        let due = self.store.as_ref().is_some_and(|store| store.backup_is_due(now));
        if !due {
            return false;
        }
        if self.in_flight() > 0 {
            return true;
        }
        // One that cannot be made is tried again later; the journal itself is not touched by it.
        if let Some(store) = &mut self.store {
            drop(store.back_up_if_due(now));
        }
        false
    }
}
