//! The history as people read it: what happened to one order, and what happened at all, searched and in pages. The
//! cost of a page grows with what is on it and never with the age of the folder.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rusqlite::{OptionalExtension as _, Row, params};
use serde_json::Value;

use super::history_find::{self, Found};
use super::journal::Signed;
use super::json::{count, from_json, int};
use super::{Store, StoreError};
use crate::domain::{
    Details, FromFile, Happened, HistoryLine, HistoryQuery, ShipmentId, Timestamp, TransactionId,
    hide_private,
};

/// Lines of one order's timeline at most; the newest are kept.
const LINES_OF_AN_ORDER: usize = 500;

/// What the words of a query mean to who knows more than the history does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// Orders whose numbers were typed.
    pub orders: Vec<TransactionId>,
    /// A word and another one that means the same: the name of a courier and its id.
    pub same: Vec<(String, String)>,
}

/// Where a page of the history ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryPlace {
    /// Still among what the numbers lead to.
    pub(super) numbers: bool,
    pub(super) at: i64,
    pub(super) id: i64,
}

/// One page of the history, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryPage {
    /// The lines.
    pub lines: Vec<HistoryLine>,
    /// Lines that are there and cannot be read.
    pub unreadable: usize,
    /// Where the next page begins; `None` at the end.
    pub next: Option<HistoryPlace>,
    /// The search stopped here because it had read enough; older lines may match too.
    pub searched_to: Option<Timestamp>,
}

impl Store {
    /// A page of the account's history, at most `limit` lines, newest first; numbers that begin or end as the text
    /// does come before what merely contains it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn history(
        &self,
        appid: &str,
        query: &HistoryQuery,
        meant: &Meant,
        from: Option<HistoryPlace>,
        limit: usize,
    ) -> Result<HistoryPage, StoreError> {
        let found = history_find::page(&self.conn, appid, query, meant, from, limit)?;
        let mut lines = Vec::with_capacity(found.lines.len());
        let mut unreadable: usize = 0;
        for hit in &found.lines {
            match self.line(hit) {
                Ok(line) => lines.extend(line),
                Err(_damaged) => unreadable = unreadable.saturating_add(1),
            }
        }
        Ok(HistoryPage {
            lines,
            unreadable,
            next: found.next,
            searched_to: found.searched_to,
        })
    }

    /// Everything that is known to have happened to an order, oldest first; of very much the newest.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn timeline(&self, appid: &str, order: &TransactionId) -> Result<Vec<HistoryLine>, StoreError> {
        let mut lines = BTreeMap::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT journal.seq, journal.at FROM journal JOIN shipment ON shipment.id = journal.shipment_id
             WHERE shipment.appid = ?1 AND shipment.transaction_id = ?2 ORDER BY journal.seq DESC LIMIT ?3",
        )?;
        let limits = params![appid, order.as_str(), int(LINES_OF_AN_ORDER)];
        let mut rows = statement.query(limits)?;
        while let Some(row) = rows.next()? {
            let (seq, at): (i64, i64) = (row.get(0)?, row.get(1)?);
            let hit = Found::of_order(order, "journal", seq, Timestamp::from_millis(at));
            // The journal's own order counts where the clock went back.
            if let Ok(Some(line)) = self.line(&hit) {
                lines.insert((seq, 0, seq), line);
            }
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT id, at, seq FROM answer
             WHERE appid = ?1 AND transaction_id = ?2 AND kind = 'change' ORDER BY id DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(limits)?;
        while let Some(row) = rows.next()? {
            let (id, at): (i64, i64) = (row.get(0)?, row.get(1)?);
            let hit = Found::of_order(order, "answer", id, Timestamp::from_millis(at));
            if let Ok(Some(line)) = self.line(&hit) {
                lines.insert((row.get(2)?, 1, id), line);
            }
        }
        let mut lines: Vec<HistoryLine> = lines.into_values().collect();
        let steps = self.errand_steps(appid, order.as_str())?;
        let notes = self.notes_of(appid, order.as_str(), LINES_OF_AN_ORDER)?;
        let steps = steps.into_iter().map(|step| ("errand", step));
        let notes = notes.into_iter().map(|note| ("audit", note));
        for (source, (id, at)) in steps.chain(notes) {
            let hit = Found::of_order(order, source, id, at);
            if let Ok(Some(line)) = self.line(&hit) {
                // Behind everything that is not younger: what happened in one moment stays in its own order.
                let before = lines.iter().rposition(|other| other.at <= at);
                lines.insert(before.map_or(0, |index| index.saturating_add(1)), line);
            }
        }
        Ok(lines)
    }

    /// The line that was found; `None` when its source is gone.
    fn line(&self, hit: &Found) -> Result<Option<HistoryLine>, StoreError> {
        let line = HistoryLine {
            at: hit.at,
            kind: hit.kind,
            order: TransactionId::parse(&hit.order),
            shipment: None,
            intent: None,
            file: None,
            by: String::new(),
            happened: Happened::Did {
                what: String::new(),
                details: Details::default(),
            },
            raw: String::new(),
        };
        match hit.source.as_str() {
            "journal" => self.of_journal(hit.source_id, line),
            "audit" => self.of_audit(hit.source_id, line),
            "errand" => self.of_errand(hit.source_id, line),
            _ => self.of_answer(hit.source_id, line),
        }
    }

    fn of_journal(&self, seq: i64, line: HistoryLine) -> Result<Option<HistoryLine>, StoreError> {
        let found: Option<(i64, i64, String, String)> = self
            .conn
            .prepare_cached(
                "SELECT journal.shipment_id, journal.attempt, journal.payload, shipment.intent
                 FROM journal JOIN shipment ON shipment.id = journal.shipment_id WHERE journal.seq = ?1",
            )?
            .query_row([seq], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((shipment, attempt, payload, intent)) = found else {
            return Ok(None);
        };
        let signed: Signed = from_json(&payload, "a line of the journal")?;
        let raw: Option<String> = self
            .conn
            .prepare_cached("SELECT raw FROM answer WHERE seq = ?1 AND kind = 'record' LIMIT 1")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        Ok(Some(HistoryLine {
            shipment: Some(ShipmentId(shipment)),
            intent: from_json(&intent, "the intent of a shipment").ok().map(Arc::new),
            file: self.file_of(shipment)?,
            by: signed.by,
            happened: Happened::Record {
                attempt: count(attempt, "attempt")?,
                entry: signed.entry,
            },
            raw: raw.unwrap_or_default(),
            ..line
        }))
    }

    fn of_audit(&self, id: i64, line: HistoryLine) -> Result<Option<HistoryLine>, StoreError> {
        let found: Option<(String, String)> = self
            .conn
            .prepare_cached("SELECT what, details FROM audit WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((what, details)) = found else {
            return Ok(None);
        };
        let mut details: Value = from_json(&details, "a line of the audit")?;
        let by = details.as_object_mut().and_then(|fields| fields.remove("by"));
        let by = by.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let file = match details.get("batch").and_then(Value::as_i64) {
            Some(batch) => self.name_of_batch(batch)?,
            None => None,
        };
        Ok(Some(HistoryLine {
            file,
            by,
            happened: Happened::Did {
                what,
                details: Details(details),
            },
            ..line
        }))
    }

    fn of_answer(&self, id: i64, line: HistoryLine) -> Result<Option<HistoryLine>, StoreError> {
        let found: Option<(String, String)> = self
            .conn
            .prepare_cached("SELECT facts, raw FROM answer WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((facts, raw)) = found else {
            return Ok(None);
        };
        Ok(Some(HistoryLine {
            happened: Happened::Changed(from_json(&facts, "a change of an order")?),
            raw,
            ..line
        }))
    }

    fn name_of_batch(&self, batch: i64) -> Result<Option<FromFile>, StoreError> {
        let name: Option<String> = self
            .conn
            .prepare_cached("SELECT name FROM batch WHERE id = ?1")?
            .query_row([batch], |row| row.get(0))
            .optional()?;
        Ok(name.map(|name| FromFile {
            batch,
            name: hide_private(&name),
            rows: Vec::new(),
        }))
    }

    fn file_of(&self, shipment: i64) -> Result<Option<FromFile>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT batch.id, batch.name, json_extract(batch_row.row, '$.row') FROM batch_row
             JOIN batch ON batch.id = batch_row.batch_id
             WHERE batch_row.shipment_id = ?1 ORDER BY batch_row.batch_id, batch_row.row_index LIMIT 15",
        )?;
        let mut rows = statement.query([shipment])?;
        let mut file: Option<FromFile> = None;
        while let Some(row) = rows.next()? {
            let (batch, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let from = file.get_or_insert(FromFile {
                batch,
                name: hide_private(&name),
                rows: Vec::new(),
            });
            if from.batch == batch {
                from.rows.extend(number_of(row)?);
            }
        }
        Ok(file)
    }
}

fn number_of(row: &Row<'_>) -> Result<Option<u32>, StoreError> {
    let number: Option<i64> = row.get(2)?;
    Ok(number.and_then(|number| u32::try_from(number).ok()))
}

/// Orders and files of lines that were shown already, so that they are not shown twice.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) orders: HashSet<String>,
    pub(super) batches: HashSet<i64>,
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
