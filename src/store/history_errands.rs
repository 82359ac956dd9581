//! Errands in the history: each state that one has come into is a line, found by its order, its code and its rid. Apart
//! from the journal's lines because an errand keeps its steps in itself.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;

use super::history_index::{Row, insert, number, push, trade_no};
use super::json::{from_json, int};
use super::{Store, StoreError};
use crate::domain::{ErrandKind, ErrandState, Happened, HistoryLine, Timestamp};

/// A line of the index names errand and step in one number; an errand keeps fewer steps than this.
const STEPS: i64 = 64;

/// The number of a step in the index.
pub(super) fn source_id(errand: i64, step: usize) -> i64 {
    errand.saturating_mul(STEPS).saturating_add(int(step))
}

/// Adds a step of an errand to the index, unless nobody would look for it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn add(
    conn: &Connection,
    appid: &str,
    order: &str,
    kind: ErrandKind,
    source_id: i64,
    (at, state): (Timestamp, &ErrandState),
) -> Result<(), StoreError> {
    if *state == ErrandState::Sending {
        return Ok(()); // what came of it says it too
    }
    let mut text = order.to_owned();
    number(conn, appid, order, order, "order")?;
    if let Some(trade_no) = trade_no(conn, appid, order)? {
        push(&mut text, &trade_no);
        number(conn, appid, &trade_no, order, "order")?;
    }
    push(&mut text, kind.word());
    push(&mut text, state.word());
    let (errcode, rid) = state.code();
    if let Some(errcode) = errcode {
        push(&mut text, &errcode.to_string());
    }
    if let Some(rid) = rid {
        push(&mut text, rid);
        number(conn, appid, rid, order, "rid")?;
    }
    let row = Row {
        at,
        kind: "errand",
        source: "errand",
        source_id,
        order,
        batch: None,
        text: &text,
    };
    insert(conn, appid, &row)
}

/// The order that a message or a question to WeChat Pay was about; empty when it was about none.
pub(super) fn order_of<'a>(what: &str, details: &'a Value) -> &'a str {
    let order = match what {
        "event" | "payment" | "shopping_answered" => details.get("transaction_id").and_then(Value::as_str),
        _ => None,
    };
    order.unwrap_or_default()
}

/// Makes the lines of all errands again. A schema without errands is left alone.
///
/// # Errors
/// When something cannot be read or written.
pub(super) fn make_again(conn: &Connection) -> Result<(), StoreError> {
    let there: bool = conn.query_row(
        "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'errand'",
        [],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(());
    }
    let mut statement =
        conn.prepare("SELECT id, appid, transaction_id, kind, trail FROM errand ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let (appid, order): (String, String) = (row.get(1)?, row.get(2)?);
        // What cannot be read is not worth refusing the folder for: it is only not found.
        let Ok((kind, trail)) = read(&row.get::<_, String>(3)?, &row.get::<_, String>(4)?) else {
            continue;
        };
        for (step, (at, state)) in trail.iter().enumerate() {
            add(conn, &appid, &order, kind, source_id(id, step), (*at, state))?;
        }
    }
    Ok(())
}

type Trail = Vec<(Timestamp, ErrandState)>;

fn read(kind: &str, trail: &str) -> Result<(ErrandKind, Trail), StoreError> {
    Ok((
        from_json(kind, "an errand")?,
        from_json(trail, "the trail of an errand")?,
    ))
}

impl Store {
    /// The line of a step; `None` when its errand is gone.
    pub(super) fn of_errand(
        &self,
        source_id: i64,
        line: HistoryLine,
    ) -> Result<Option<HistoryLine>, StoreError> {
        let found: Option<(String, String, String, String)> = self
            .conn
            .prepare_cached("SELECT kind, trail, appid, transaction_id FROM errand WHERE id = ?1")?
            .query_row([source_id.div_euclid(STEPS)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((kind, trail, appid, order)) = found else {
            return Ok(None);
        };
        let (errand, trail) = read(&kind, &trail)?;
        let step = usize::try_from(source_id.rem_euclid(STEPS)).unwrap_or(usize::MAX);
        let Some((_, state)) = trail.into_iter().nth(step) else {
            return Ok(None);
        };
        let raw: Option<String> = self
            .conn
            .prepare_cached(
                "SELECT raw FROM answer
                 WHERE appid = ?1 AND transaction_id = ?2 AND kind = 'errand' AND facts = ?3 LIMIT 1",
            )?
            .query_row([appid, order, source_id.to_string()], |row| row.get(0))
            .optional()?;
        Ok(Some(HistoryLine {
            happened: Happened::Errand { errand, state },
            raw: raw.unwrap_or_default(),
            ..line
        }))
    }

    /// Where the steps of an order's errands stand: each with its moment, oldest errand first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn errand_steps(&self, appid: &str, order: &str) -> Result<Vec<(i64, Timestamp)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, kind, trail FROM errand WHERE appid = ?1 AND transaction_id = ?2 ORDER BY id",
        )?;
        let mut rows = statement.query(params![appid, order])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if let Ok((_, trail)) = read(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?) {
                steps.extend(
                    trail
                        .iter()
                        .enumerate()
                        .map(|(step, (at, _))| (source_id(id, step), *at)),
                );
            }
        }
        Ok(steps)
    }

    /// The messages and questions about an order that are no shipment's: each with its moment, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn notes_of(
        &self,
        appid: &str,
        order: &str,
        most: usize,
    ) -> Result<Vec<(i64, Timestamp)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT source_id, at FROM (SELECT id, source_id, at FROM history
                 WHERE appid = ?1 AND transaction_id = ?2 AND source = 'audit' ORDER BY at DESC, id DESC LIMIT ?3)
             ORDER BY at, id",
        )?;
        let found = statement.query_map(params![appid, order, int(most)], |row| {
            Ok((row.get(0)?, Timestamp::from_millis(row.get(1)?)))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
#[path = "history_errands_tests.rs"]
mod tests;
