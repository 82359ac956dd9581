//! Deletes what is older than a shop wants to keep: openids, masked contacts, descriptions, answers, messages, with
//! the whole record of orders that ended before. A tombstone stays for each, by which nothing is shipped twice.
//!
//! It is done in slices, because a journal may hold years; after the last one [`Store::finish_purge`] sees to it
//! that no file of the folder holds the bytes any more.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension as _};

use super::backup::{self, BACKUPS};
use super::files::{remove_if_there, sync_folder};
use super::json::{from_json, sha256_hex};
use super::retention_rows::{orders, others};
use super::{Store, StoreError, copy, dump, journal};
use crate::domain::{RowStatus, Timestamp, TransactionId};

/// Set while a purge is not finished, so that the next run finishes it.
const UNFINISHED: &str = "retention.unfinished";
/// A second copy of a journal with more lines leaves out what the new backup holds.
const LONG_JOURNAL: i64 = 40_000;

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Orders of which a tombstone is left, or nothing when nothing was ever sent for them.
    pub orders: usize,
    /// Reminders, reports, and calls about shopping orders.
    pub errands: usize,
    /// Rows of imported files.
    pub rows: usize,
    /// Answers of WeChat.
    pub answers: usize,
    /// Lines about what people did, push messages among them.
    pub deeds: usize,
    /// Orders of the local list.
    pub listed: usize,
}

impl Purged {
    /// Nothing was old enough.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// How many there are beside the orders.
    pub fn others(&self) -> usize {
        [self.errands, self.rows, self.answers, self.deeds, self.listed]
            .into_iter()
            .fold(0, usize::saturating_add)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            orders: self.orders.saturating_add(other.orders),
            errands: self.errands.saturating_add(other.errands),
            rows: self.rows.saturating_add(other.rows),
            answers: self.answers.saturating_add(other.answers),
            deeds: self.deeds.saturating_add(other.deeds),
            listed: self.listed.saturating_add(other.listed),
        }
    }
}

impl Store {
    /// The accounts of which anything is kept; the empty one stands for what is about none.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn kept_accounts(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT '' UNION SELECT appid FROM account UNION SELECT appid FROM shipment
             UNION SELECT appid FROM audit UNION SELECT appid FROM batch UNION SELECT appid FROM order_cache
             UNION SELECT appid FROM errand UNION SELECT appid FROM shopping
             UNION SELECT appid FROM answer",
        )?;
        let found = statement.query_map([], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Deletes one slice of what ended before a moment. Nothing more is left when the result is nothing.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of the slice was deleted.
    pub fn purge_slice(
        &mut self,
        appid: &str,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<Purged, StoreError> {
        self.write(|tx, head| {
            // What is deleted beside the orders may belong to them, so they go first.
            let mut purged = Purged {
                orders: orders(tx, appid, before, now)?,
                ..Purged::default()
            };
            if purged.orders == 0 {
                purged = others(tx, appid, before, now)?;
            }
            if !purged.is_nothing() {
                *head = journal::read_head(tx)?;
                tx.execute(
                    "INSERT INTO setting (key, value) VALUES (?1, '1')
                     ON CONFLICT (key) DO UPDATE SET value = '1'",
                    [UNFINISHED],
                )?;
            }
            Ok(purged)
        })
    }

    /// A purge was begun and not finished.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn purge_is_unfinished(&self) -> Result<bool, StoreError> {
        Ok(self.setting(UNFINISHED)?.is_some_and(|value| !value.is_empty()))
    }

    /// Takes the deleted bytes out of every file: the database is packed, the log emptied, one new backup takes the
    /// place of all others, the second copy is begun anew, and what recoveries have set aside goes when it is older
    /// than `keep`.
    ///
    /// # Errors
    /// When the disk refuses; it is then to be done again.
    pub fn finish_purge(&mut self, keep: Duration, now: Timestamp) -> Result<(), StoreError> {
        self.conn.execute_batch("VACUUM")?;
        self.conn.pragma(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))?;
        self.back_up(now)?;
        let newest = backup::list(&self.dir).pop();
        for backup in backup::list(&self.dir) {
            if newest.as_ref() != Some(&backup) {
                remove_if_there(&backup.path)?;
            }
        }
        let folder = self.dir.join(BACKUPS);
        sync_folder(&folder)?;
        let held = newest
            .filter(|_| self.head.seq > LONG_JOURNAL)
            .map_or(0, |backup| backup.seq);
        self.copy = copy::Copy::begin(&self.dir, &dump::lines(&self.conn, held)?)?;
        self.forget_set_aside(keep, now)?;
        self.set_setting(UNFINISHED, "")
    }

    /// Copies that earlier versions and recoveries have left beside the journal, once they are old.
    fn forget_set_aside(&self, keep: Duration, now: Timestamp) -> Result<(), StoreError> {
        for found in fs::read_dir(&self.dir)?.flatten() {
            let name = found.file_name();
            let name = name.to_string_lossy();
            let is_folder = name.starts_with("damaged-");
            if !is_folder && !name.starts_with("backup-schema-") {
                continue;
            }
            let changed = found.metadata()?.modified()?;
            let changed = changed.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            let changed = Timestamp::from_millis(i64::try_from(changed).unwrap_or(i64::MAX));
            if now.since(changed) < keep {
                continue;
            }
            if is_folder {
                fs::remove_dir_all(found.path())?;
            } else {
                remove_if_there(&found.path())?;
            }
        }
        Ok(())
    }
}

/// The key under which an order is remembered without its number.
pub(super) fn order_key(appid: &str, order: &str) -> String {
    sha256_hex(&format!("{appid}\n{order}"))
}

/// What a tombstone says of an order's shipments: number of the newest, fingerprint, status.
///
/// # Errors
/// When it cannot be read.
pub(super) fn shipped_before(
    conn: &Connection,
    appid: &str,
    order: &TransactionId,
) -> Result<Option<(i64, String, RowStatus)>, StoreError> {
    let found: Option<(i64, String, String)> = conn
        .prepare_cached(
            "SELECT last_id, fingerprint, status FROM tombstone
             WHERE appid = ?1 AND order_sha256 = ?2 AND family = 'ship'",
        )?
        .query_row([appid, &order_key(appid, order.as_str())], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    found
        .map(|(id, fingerprint, status)| Ok((id, fingerprint, from_json(&status, "a tombstone")?)))
        .transpose()
}

/// The order's reminder was used, and its record deleted since.
///
/// # Errors
/// When it cannot be read.
pub(super) fn reminded_before(
    conn: &Connection,
    appid: &str,
    order: &TransactionId,
) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM tombstone WHERE appid = ?1 AND order_sha256 = ?2 AND family = 'remind'",
        )?
        .exists([appid, &order_key(appid, order.as_str())])?)
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
