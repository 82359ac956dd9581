//! The append-only part of the journal: what happened to each shipment, chained by hashes so that a changed
//! or missing row is noticed.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::json::{count, from_json, sha256_hex, to_json};
use super::{Store, StoreError};
use crate::domain::{CallFailure, Claimant, Decision, Doubt, ShipmentId, Timestamp};

/// The newest entry of the journal: its number and its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// 0 when there is no entry.
    pub(super) seq: i64,
    /// The chain's hash up to there.
    pub(super) hash: [u8; 32],
}

/// One thing that happened to a shipment. Nothing here may hold a secret, a payer or a full phone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum JournalEntry {
    /// It was queued; written by [`Store::enqueue`] itself.
    Queued {
        /// Hex SHA-256 of the intent as it is kept: the chain also covers what is to be sent.
        intent_sha256: String,
    },
    /// The order was read.
    Looked {
        /// The stable word of what the look proves.
        verdict: String,
        /// `finish_shipping_count` that it showed.
        finish_count: i64,
    },
    /// The order could not be read.
    LookFailed {
        /// Why.
        failure: CallFailure,
    },
    /// An upload is about to leave; durable before its first byte does.
    Sending {
        /// Which try, from 1.
        attempt: u8,
        /// Hex SHA-256 of the body.
        body_sha256: String,
        /// The time in the body.
        upload_time: Timestamp,
    },
    /// The upload was answered, or not.
    Answered {
        /// The stable word of what the answer means.
        class: String,
        /// WeChat's code, when there was one.
        errcode: Option<i64>,
        /// HTTP status, when there was one.
        http_status: Option<u16>,
        /// WeChat's request id, when there was one.
        rid: Option<String>,
        /// How long the call took, in milliseconds.
        millis: u64,
    },
    /// The outcome is not known.
    Unclear {
        /// Why.
        doubt: Doubt,
    },
    /// A person decided.
    Decided {
        /// What.
        decision: Decision,
    },
    /// A person took it back.
    Cancelled,
    /// The program was started and found it.
    Restarted,
    /// The team's folder was asked for the order.
    Claimed {
        /// The stable word of the answer: `ours`, `taken_over` or `theirs`.
        answer: String,
        /// Whose it is, when it is not ours.
        holder: Option<Claimant>,
    },
}

impl JournalEntry {
    /// The stable word of the entry.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "queued",
            Self::Looked { .. } => "looked",
            Self::LookFailed { .. } => "look_failed",
            Self::Sending { .. } => "sending",
            Self::Answered { .. } => "answered",
            Self::Unclear { .. } => "unclear",
            Self::Decided { .. } => "decided",
            Self::Cancelled => "cancelled",
            Self::Restarted => "restarted",
            Self::Claimed { .. } => "claimed",
        }
    }
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
}

/// Appends a line and moves the head, which only counts once the transaction is committed.
///
/// # Errors
/// When it cannot be written.
pub(super) fn append(tx: &Transaction<'_>, head: &mut Head, line: &NewLine<'_>) -> Result<(), StoreError> {
    let seq = head.seq.saturating_add(1);
    let payload = to_json(line.entry)?;
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
    Ok(())
}

/// The newest line that the database holds.
///
/// # Errors
/// When it cannot be read.
pub(super) fn read_head(conn: &Connection) -> Result<Head, StoreError> {
    let newest = conn
        .query_row(
            "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1",
            [],
            |row| {
                Ok(Head {
                    seq: row.get(0)?,
                    hash: row.get(1)?,
                })
            },
        )
        .optional()?;
    Ok(newest.unwrap_or_default())
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
    let mut before = [0; 32];
    let mut wrong = Vec::new();
    while let Some(row) = rows.next()? {
        let hash = raw_line(row)?.hash(&before);
        if row.get::<_, [u8; 32]>(7)? != hash {
            wrong.push((row.get::<_, i64>(0)?, hash));
        }
        before = hash;
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
        let mut head = Head::default();
        while let Some(row) = rows.next()? {
            let raw = raw_line(row)?;
            let hash = raw.hash(&head.hash);
            // A gap needs no check of its own: the number and the hash before are part of the hash.
            if row.get::<_, [u8; 32]>(7)? != hash {
                return Ok(false);
            }
            head = Head { seq: raw.seq, hash };
        }
        Ok(head == self.head)
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
