//! The end of what was written down, and how many shipments stand where: for a person who looks for the cause of
//! something, not for the work.

use rusqlite::params;

use super::audit::AuditEntry;
use super::journal::JournalEntry;
use super::json::{count, from_json, int};
use super::{Store, StoreError};
use crate::domain::{ShipmentId, Timestamp};

impl Store {
    /// How many shipments of the account are in each state, by its stable word.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn shipment_counts(&self, appid: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT state, count(*) FROM shipment WHERE appid = ?1 GROUP BY state ORDER BY state",
        )?;
        let mut rows = statement.query([appid])?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            counts.push((row.get(0)?, count(row.get(1)?, "shipments")?));
        }
        Ok(counts)
    }

    /// The newest lines of the account's audit, newest first, at most `limit`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn audit_tail(&self, appid: &str, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        let lines = self.audit(limit)?;
        let own = |entry: &AuditEntry| entry.appid == appid || entry.appid.is_empty();
        Ok(lines.into_iter().filter(own).collect())
    }

    /// The newest lines of the account's journal, newest first, at most `limit`: when, which shipment, its attempts,
    /// and what happened.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn journal_tail(
        &self,
        appid: &str,
        limit: usize,
    ) -> Result<Vec<(Timestamp, ShipmentId, u8, JournalEntry)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT at, shipment_id, attempt, payload FROM (SELECT * FROM journal ORDER BY seq DESC LIMIT ?2)
             WHERE appid = ?1 ORDER BY seq DESC",
        )?;
        let mut rows = statement.query(params![appid, int(limit)])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let payload = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            lines.push((
                Timestamp::from_millis(row.get(0)?),
                ShipmentId(row.get(1)?),
                count(row.get(2)?, "attempt")?,
                from_json(payload, "a line of the journal")?,
            ));
        }
        Ok(lines)
    }
}
