//! What WeChat answered, word by word but masked, and what it showed when an order had changed. Apart from the
//! journal, because nothing is ever decided from it: it is there for people.

use rusqlite::{Transaction, params};

use super::history_index::{self, Line};
use super::journal::Head;
use super::json::{int, to_json};
use super::{Store, StoreError};
use crate::domain::{Changed, Timestamp, TransactionId};

/// Answers that are kept of one order; older ones go.
pub(super) const KEPT_OF_AN_ORDER: usize = 24;

impl Store {
    /// Keeps what has changed of orders, each with the text of the answer, in one transaction.
    ///
    /// # Errors
    /// When it cannot be written; then nothing is.
    pub fn keep_changes(
        &mut self,
        appid: &str,
        changes: &[(TransactionId, Changed, Option<String>)],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|tx, head| {
            for (order, changed, raw) in changes {
                let facts = to_json(changed)?;
                let row = NewAnswer {
                    at,
                    appid,
                    order: order.as_str(),
                    kind: "change",
                    facts: &facts,
                    raw: raw.as_deref().unwrap_or_default(),
                };
                let id = insert(tx, head, &row)?;
                history_index::add(
                    tx,
                    appid,
                    &Line::Change {
                        id,
                        at,
                        order,
                        changed,
                    },
                )?;
            }
            Ok(())
        })
    }
}

/// An answer that is to be kept.
pub(super) struct NewAnswer<'a> {
    pub(super) at: Timestamp,
    pub(super) appid: &'a str,
    pub(super) order: &'a str,
    pub(super) kind: &'static str,
    pub(super) facts: &'a str,
    pub(super) raw: &'a str,
}

/// Keeps one and lets the oldest of its order go; its number.
///
/// # Errors
/// When it cannot be written.
pub(super) fn insert(tx: &Transaction<'_>, head: &Head, new: &NewAnswer<'_>) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO answer (at, appid, transaction_id, kind, seq, facts, raw)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        new.at.millis(),
        new.appid,
        new.order,
        new.kind,
        head.seq,
        new.facts,
        new.raw,
    ])?;
    let id = tx.last_insert_rowid();
    // The line of a change stays in the history as long as its answer does: both go together.
    // What WeChat said to an upload or an errand outlives the looks, which are many and equal.
    let gone = "SELECT id FROM answer WHERE appid = ?1 AND transaction_id = ?2
         ORDER BY kind = 'errand' OR kind = 'record' AND EXISTS (SELECT 1 FROM journal
             WHERE journal.seq = answer.seq AND instr(journal.payload, '\"answered\"') > 0) DESC,
             id DESC LIMIT -1 OFFSET ?3";
    let limits = params![new.appid, new.order, int(KEPT_OF_AN_ORDER)];
    tx.prepare_cached(&format!(
        "DELETE FROM history WHERE source = 'answer' AND appid = ?1 AND transaction_id = ?2
         AND source_id IN ({gone})"
    ))?
    .execute(limits)?;
    tx.prepare_cached(&format!("DELETE FROM answer WHERE id IN ({gone})"))?
        .execute(limits)?;
    Ok(id)
}
