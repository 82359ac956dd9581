//! The one way in which something is written: a transaction, its commit, and its line in the second copy.

use rusqlite::{Transaction, TransactionBehavior};

use super::copy::Line;
use super::journal::Head;
use super::sums::{digest, kept};
use super::{Store, StoreError};

impl Store {
    /// Does something in one transaction, durable when this returns. When the disk is full, the space that was
    /// kept for this is given up and it is done once more.
    ///
    /// # Errors
    /// When it cannot be written; then nothing was. After an error that leaves this open nothing is written
    /// any more until the next start.
    pub(super) fn write<T>(
        &mut self,
        mut act: impl FnMut(&Transaction<'_>, &mut Head) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.failed {
            return Err(StoreError::Io(String::from("an earlier write failed")));
        }
        match self.commit(&mut act) {
            Err(StoreError::Full) if !self.failed && self.ballast.give_up() => self.commit(&mut act),
            result => result,
        }
    }

    fn commit<T>(
        &mut self,
        act: &mut impl FnMut(&Transaction<'_>, &mut Head) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut head = self.head;
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        drop(self.notes.take()); // of a transaction that was rolled back
        self.faults.meet()?;
        let value = act(&tx, &mut head)?;
        let pending = self.notes.take();
        let mut line = None;
        if pending.counts {
            tx.prepare_cached("UPDATE content SET total = total + 1 WHERE name = 'commits'")?
                .execute([])?;
            line = Some(Line {
                n: kept(&tx, "commits")?.unwrap_or(0),
                digest: Some(digest(&tx)?),
                rows: pending.rows,
                ..Line::default()
            });
        }
        self.faults.meet()?;
        crate::step::at("store-before-commit");
        if let Err(error) = tx.commit() {
            let error = StoreError::from(error);
            // A commit without space is rolled back; any other may be found or not be found at the next start.
            self.failed = !matches!(error, StoreError::Full);
            return Err(error);
        }
        crate::step::at("store-after-commit");
        self.head = head;
        if let Some(line) = line {
            self.dirty = true;
            self.append(&line)?;
        }
        crate::step::at("store-after-copy");
        Ok(value)
    }

    fn append(&mut self, line: &Line) -> Result<(), StoreError> {
        let appended = match self.faults.meet().and_then(|()| self.copy.append(line)) {
            Err(StoreError::Full) if self.ballast.give_up() => self.copy.append(line),
            result => result,
        };
        // The database is ahead now: whole, but whoever waits for this write must take it for failed.
        self.failed = appended.is_err();
        appended
    }
}
