//! The append-only part of the journal: what happened to each shipment, chained by hashes so that a changed
//! or missing row is noticed.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::json::{count, from_json, sha256_hex, to_json};
use super::{Store, StoreError, history_index};
use crate::domain::{ShipmentId, Timestamp};

pub use crate::domain::JournalEntry;

/// The newest entry of the journal: its number and its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// 0 when there is no entry.
    pub(super) seq: i64,
    /// The chain's hash up to there.
    pub(super) hash: [u8; 32],
}

/// An entry with who did it, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Signed {
    #[serde(flatten)]
    pub(super) entry: JournalEntry,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) by: String,
}

/// One line of a shipment's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// Its number in the whole journal, from 1.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Sends that may have reached WeChat by then.
    pub attempt: u8,
    /// What happened.
    pub entry: JournalEntry,
}

/// What a new line of the journal consists of.
pub(super) struct NewLine<'a> {
    pub(super) at: Timestamp,
    pub(super) appid: &'a str,
    pub(super) shipment: ShipmentId,
    pub(super) attempt: u8,
    pub(super) entry: &'a JournalEntry,
    /// Who works here; only kept with what a person did.
    pub(super) by: &'a str,
}

/// Appends a line and moves the head, which only counts once the transaction is committed.
///
/// # Errors
/// When it cannot be written.
pub(super) fn append(tx: &Transaction<'_>, head: &mut Head, line: &NewLine<'_>) -> Result<(), StoreError> {
    let seq = head.seq.saturating_add(1);
    let by = if line.entry.is_by_a_person() { line.by } else { "" };
    let payload = to_json(&Signed {
        entry: line.entry.clone(),
        by: by.to_owned(),
    })?;
    let raw = RawLine {
        seq,
        at: line.at.millis(),
        appid: line.appid,
        shipment: line.shipment.0,
        attempt: i64::from(line.attempt),
        record: line.entry.word(),
        payload: &payload,
    };
    let hash = raw.hash(&head.hash);
    tx.prepare_cached(
        "INSERT INTO journal (seq, at, appid, shipment_id, attempt, record, payload, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        raw.seq,
        raw.at,
        raw.appid,
        raw.shipment,
        raw.attempt,
        raw.record,
        raw.payload,
        hash
    ])?;
    *head = Head { seq, hash };
    let found = history_index::Line::Journal {
        seq,
        at: line.at,
        shipment: line.shipment.0,
        entry: line.entry,
        by,
    };
    history_index::add(tx, line.appid, &found)
}

/// The newest line that the database holds, or where one was that was deleted for its age.
///
/// # Errors
/// When it cannot be read.
pub(super) fn read_head(conn: &Connection) -> Result<Head, StoreError> {
    let newest = |table: &str| -> Result<Option<Head>, StoreError> {
        let query = format!("SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1");
        let found = conn
            .query_row(&query, [], |row| {
                Ok(Head {
                    seq: row.get(0)?,
                    hash: row.get(1)?,
                })
            })
            .optional()?;
        Ok(found)
    };
    let line = newest("journal")?.unwrap_or_default();
    if !has_cuts(conn)? {
        return Ok(line);
    }
    let cut = newest("journal_cut")?.filter(|cut| cut.seq > line.seq);
    Ok(cut.unwrap_or(line))
}

/// A schema that was made before records were deleted for their age has no such table.
fn has_cuts(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'journal_cut'")?
        .exists([])?)
}

/// The places where lines were deleted for their age, each with the chain's hash up to there.
struct Cuts(std::iter::Peekable<std::vec::IntoIter<Head>>);

impl Cuts {
    fn read(conn: &Connection) -> Result<Self, StoreError> {
        let mut found = Vec::new();
        if has_cuts(conn)? {
            let mut statement = conn.prepare("SELECT seq, hash FROM journal_cut ORDER BY seq")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                found.push(Head {
                    seq: row.get(0)?,
                    hash: row.get(1)?,
                });
            }
        }
        Ok(Self(found.into_iter().peekable()))
    }

    /// The chain's head before a line, when the line before it was `head`.
    fn before(&mut self, seq: i64, head: Head) -> Head {
        let mut head = head;
        while let Some(cut) = self.0.next_if(|cut| cut.seq < seq) {
            head = cut;
        }
        head
    }
}

/// Keeps of neighbouring cuts only the last: it holds the hash that the next line needs.
///
/// # Errors
/// When they cannot be written.
pub(super) fn join_cuts(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM journal_cut
         WHERE EXISTS (SELECT 1 FROM journal_cut AS later WHERE later.seq > journal_cut.seq)
         AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.seq > journal_cut.seq AND journal.seq <
             (SELECT min(later.seq) FROM journal_cut AS later WHERE later.seq > journal_cut.seq))",
        [],
    )?;
    Ok(())
}

/// Chains the lines anew from the first one on whose hash does not fit: after a recovery some may be missing.
///
/// # Errors
/// When they cannot be read or written.
pub(super) fn chain_anew(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let mut statement = tx.prepare(
        "SELECT seq, at, appid, shipment_id, attempt, record, payload, hash FROM journal ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut cuts = Cuts::read(tx)?;
    let mut head = Head::default();
    let mut wrong = Vec::new();
    while let Some(row) = rows.next()? {
        let raw = raw_line(row)?;
        let hash = raw.hash(&cuts.before(raw.seq, head).hash);
        if row.get::<_, [u8; 32]>(7)? != hash {
            wrong.push((raw.seq, hash));
        }
        head = Head { seq: raw.seq, hash };
    }
    for (seq, hash) in wrong {
        tx.prepare_cached("UPDATE journal SET hash = ?2 WHERE seq = ?1")?
            .execute(params![seq, hash])?;
    }
    Ok(())
}

/// The first seven columns of a line.
fn raw_line<'a>(row: &'a Row<'_>) -> Result<RawLine<'a>, StoreError> {
    let text = |index| -> Result<&'a str, StoreError> {
        Ok(row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)?)
    };
    Ok(RawLine {
        seq: row.get(0)?,
        at: row.get(1)?,
        appid: text(2)?,
        shipment: row.get(3)?,
        attempt: row.get(4)?,
        record: text(5)?,
        payload: text(6)?,
    })
}

struct RawLine<'a> {
    seq: i64,
    at: i64,
    appid: &'a str,
    shipment: i64,
    attempt: i64,
    record: &'a str,
    payload: &'a str,
}

impl RawLine<'_> {
    fn hash(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hash = sha2::Sha256::new();
        hash.update(before);
        for number in [self.seq, self.at, self.shipment, self.attempt] {
            hash.update(number.to_le_bytes());
        }
        for text in [self.appid, self.record, self.payload] {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}

impl Store {
    /// What happened to a shipment, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn history_of(&self, shipment: ShipmentId) -> Result<Vec<JournalLine>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT seq, at, attempt, payload FROM journal WHERE shipment_id = ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([shipment.0])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let payload = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            lines.push(JournalLine {
                seq: row.get(0)?,
                at: Timestamp::from_millis(row.get(1)?),
                attempt: count(row.get(2)?, "attempt")?,
                entry: from_json(payload, "a line of the journal")?,
            });
        }
        Ok(lines)
    }

    /// Reads the whole journal and every intent, and says whether all of it is as it was written: no line
    /// changed, missing, or added, no intent changed. Takes about a second for a million lines.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn verify_chain(&self) -> Result<bool, StoreError> {
        Ok(self.lines_are_whole()? && self.intents_are_whole()?)
    }

    fn lines_are_whole(&self) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT seq, at, appid, shipment_id, attempt, record, payload, hash FROM journal ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let mut cuts = Cuts::read(&self.conn)?;
        let mut head = Head::default();
        while let Some(row) = rows.next()? {
            let raw = raw_line(row)?;
            let hash = raw.hash(&cuts.before(raw.seq, head).hash);
            // A gap needs no check of its own: the number and the hash before are part of the hash.
            if row.get::<_, [u8; 32]>(7)? != hash {
                return Ok(false);
            }
            head = Head { seq: raw.seq, hash };
        }
        Ok(cuts.before(i64::MAX, head) == self.head)
    }

    /// Every shipment's intent has the hash that the chain holds for it.
    fn intents_are_whole(&self) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT shipment.intent, journal.payload FROM shipment
             LEFT JOIN journal ON journal.shipment_id = shipment.id AND journal.record = 'queued'
             ORDER BY shipment.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let intent = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let Some(payload) = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)? else {
                return Ok(false);
            };
            let expected = JournalEntry::Queued {
                intent_sha256: sha256_hex(intent),
            };
            if from_json::<JournalEntry>(payload, "a line of the journal")? != expected {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
