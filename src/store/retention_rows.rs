//! The rows that are deleted for their age, a slice at a time.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::history_errands::source_id;
use super::json::{from_json, int, to_json};
use super::retention::{Purged, order_key};
use super::{StoreError, journal};
use crate::domain::{RowStatus, State, Timestamp};

/// Orders, or other rows, of one slice.
const SLICE: usize = 500;

/// Shipments that have ended; what waits for a person waits on.
const ENDED: &str = "state IN ('shipped', 'cancelled', 'rejected')";
const ENDED_ERRAND: &str = "state IN ('done', 'refused', 'stopped', 'cancelled')";

/// Orders all of whose shipments ended before the moment: buries and forgets one slice of them.
///
/// # Errors
/// When they cannot be read or written.
pub(super) fn orders(
    tx: &Transaction<'_>,
    appid: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT DISTINCT transaction_id FROM shipment WHERE appid = ?1 AND {ENDED} AND since < ?2
         AND NOT EXISTS (SELECT 1 FROM shipment AS other WHERE other.appid = ?1
             AND other.transaction_id = shipment.transaction_id AND (other.since >= ?2 OR NOT (other.{ENDED})))
         LIMIT ?3"
    ))?;
    let found = statement.query_map(params![appid, before.millis(), int(SLICE)], |row| row.get(0))?;
    let found: Vec<String> = found.collect::<Result<_, _>>()?;
    for order in &found {
        bury(tx, appid, order, now)?;
        forget(tx, appid, order)?;
    }
    if !found.is_empty() {
        journal::join_cuts(tx)?;
    }
    Ok(found.len())
}

/// Puts up the tombstone of an order for which something was sent.
fn bury(tx: &Transaction<'_>, appid: &str, order: &str, now: Timestamp) -> Result<(), StoreError> {
    let newest: Option<(i64, String, String)> = tx
        .prepare_cached(
            "SELECT id, fingerprint, state_json FROM shipment
             WHERE appid = ?1 AND transaction_id = ?2 AND (state = 'shipped' OR upload_time IS NOT NULL)
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([appid, order], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, fingerprint, state)) = newest else {
        return Ok(());
    };
    let state: State = from_json(&state, "the state of a shipment")?;
    let status = to_json(&RowStatus::from(&state))?;
    put_up(tx, (appid, order, "ship"), (id, &fingerprint, &status), now)
}

fn put_up(
    tx: &Transaction<'_>,
    (appid, order, family): (&str, &str, &str),
    (id, fingerprint, status): (i64, &str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO tombstone (appid, order_sha256, family, last_id, fingerprint, status, purged_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (appid, order_sha256, family) DO UPDATE SET last_id = excluded.last_id,
             fingerprint = excluded.fingerprint, status = excluded.status, purged_at = excluded.purged_at",
    )?
    .execute(params![
        appid,
        order_key(appid, order),
        family,
        id,
        fingerprint,
        status,
        now.millis()
    ])?;
    Ok(())
}

/// Deletes the shipments of an order with everything that hangs on them; their answers go by their own age.
fn forget(tx: &Transaction<'_>, appid: &str, order: &str) -> Result<(), StoreError> {
    const ITS: &str = "(SELECT id FROM shipment WHERE appid = ?1 AND transaction_id = ?2)";
    let all =
        |sql: &str| -> Result<usize, StoreError> { Ok(tx.prepare_cached(sql)?.execute([appid, order])?) };
    all("DELETE FROM history WHERE appid = ?1 AND transaction_id = ?2 AND source = 'journal'")?;
    all(&format!("DELETE FROM batch_row WHERE shipment_id IN {ITS}"))?;
    all(&format!(
        "INSERT INTO journal_cut (seq, hash) SELECT seq, hash FROM journal WHERE shipment_id IN {ITS}"
    ))?;
    all(&format!("DELETE FROM journal WHERE shipment_id IN {ITS}"))?;
    all("DELETE FROM shipment WHERE appid = ?1 AND transaction_id = ?2")?;
    all("DELETE FROM order_cache WHERE appid = ?1 AND transaction_id = ?2")?;
    forget_numbers(tx, appid, order)
}

/// The numbers that lead to an order go when nothing of it is left to be found.
fn forget_numbers(tx: &Transaction<'_>, appid: &str, order: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM history_number WHERE appid = ?1 AND transaction_id = ?2
         AND NOT EXISTS (SELECT 1 FROM history WHERE appid = ?1 AND transaction_id = ?2)",
    )?
    .execute([appid, order])?;
    Ok(())
}

/// One slice of what is old and hangs on no order that is left.
///
/// # Errors
/// When they cannot be read or written.
pub(super) fn others(
    tx: &Transaction<'_>,
    appid: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<Purged, StoreError> {
    let old = params![appid, before.millis(), int(SLICE)];
    let errands = errands(tx, appid, before, now)?;
    let shopping = tx
        .prepare_cached(
            "DELETE FROM shopping WHERE id IN (SELECT id FROM shopping WHERE appid = ?1 AND since < ?2
                 AND state NOT IN ('queued', 'sending', 'unclear') ORDER BY id LIMIT ?3)",
        )?
        .execute(old)?;
    let rows = tx
        .prepare_cached(
            "DELETE FROM batch_row WHERE rowid IN (SELECT batch_row.rowid FROM batch_row
                 JOIN batch ON batch.id = batch_row.batch_id
                 WHERE batch.appid = ?1 AND batch.imported_at < ?2 AND batch_row.shipment_id IS NULL
                 AND batch.id <> (SELECT max(id) FROM batch WHERE appid = ?1) LIMIT ?3)",
        )?
        .execute(old)?;
    tx.prepare_cached(
        "DELETE FROM batch WHERE appid = ?1 AND imported_at < ?2
         AND id <> (SELECT max(id) FROM batch WHERE appid = ?1)
         AND NOT EXISTS (SELECT 1 FROM batch_row WHERE batch_id = batch.id)",
    )?
    .execute(params![appid, before.millis()])?;
    let answers = answers(tx, appid, before)?;
    let deeds = deeds(tx, appid, before)?;
    let listed = tx
        .prepare_cached(
            "DELETE FROM order_cache WHERE id IN (SELECT id FROM order_cache
                 WHERE appid = ?1 AND pay_time < ?2 AND NOT EXISTS (SELECT 1 FROM shipment
                     WHERE appid = ?1 AND transaction_id = order_cache.transaction_id) LIMIT ?3)",
        )?
        .execute(old)?;
    Ok(Purged {
        orders: 0,
        errands: errands.saturating_add(shopping),
        rows,
        answers,
        deeds,
        listed,
    })
}

fn errands(
    tx: &Transaction<'_>,
    appid: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT id, transaction_id, family = 'remind' AND state = 'done' FROM errand
         WHERE appid = ?1 AND since < ?2 AND {ENDED_ERRAND} ORDER BY id LIMIT ?3"
    ))?;
    let found = statement.query_map(params![appid, before.millis(), int(SLICE)], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let found: Vec<(i64, String, bool)> = found.collect::<Result<_, _>>()?;
    for (id, order, reminded) in &found {
        if *reminded {
            put_up(tx, (appid, order, "remind"), (*id, "", ""), now)?;
        }
        tx.prepare_cached(
            "DELETE FROM history WHERE appid = ?1 AND transaction_id = ?2 AND source = 'errand'
             AND source_id BETWEEN ?3 AND ?4",
        )?
        .execute(params![
            appid,
            order,
            source_id(*id, 0),
            source_id(id.saturating_add(1), 0).saturating_sub(1)
        ])?;
        tx.prepare_cached("DELETE FROM errand WHERE id = ?1")?
            .execute([id])?;
        forget_numbers(tx, appid, order)?;
    }
    Ok(found.len())
}

/// What people did, and push messages.
fn deeds(tx: &Transaction<'_>, appid: &str, before: Timestamp) -> Result<usize, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT audit.id, audit.at, history.transaction_id FROM audit LEFT JOIN history
             ON history.appid = audit.appid AND history.at = audit.at AND history.source = 'audit'
             AND history.source_id = audit.id
         WHERE audit.appid = ?1 AND audit.at < ?2 ORDER BY audit.id LIMIT ?3",
    )?;
    let found = statement.query_map(params![appid, before.millis(), int(SLICE)], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let found: Vec<(i64, i64, Option<String>)> = found.collect::<Result<_, _>>()?;
    for (id, at, order) in &found {
        tx.prepare_cached(
            "DELETE FROM history WHERE appid = ?1 AND at = ?2 AND source = 'audit' AND source_id = ?3",
        )?
        .execute(params![appid, at, id])?;
        tx.prepare_cached("DELETE FROM audit WHERE id = ?1")?
            .execute([id])?;
        if let Some(order) = order.as_deref().filter(|order| !order.is_empty()) {
            forget_numbers(tx, appid, order)?;
        }
    }
    Ok(found.len())
}

/// Answers go by their own age, also those of orders that are still under way.
fn answers(tx: &Transaction<'_>, appid: &str, before: Timestamp) -> Result<usize, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id, transaction_id FROM answer WHERE appid = ?1 AND at < ?2 ORDER BY id LIMIT ?3",
    )?;
    let found = statement.query_map(params![appid, before.millis(), int(SLICE)], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let found: Vec<(i64, String)> = found.collect::<Result<_, _>>()?;
    for (id, order) in &found {
        tx.prepare_cached(
            "DELETE FROM history WHERE appid = ?1 AND transaction_id = ?2 AND source = 'answer' AND source_id = ?3",
        )?
        .execute(params![appid, order, id])?;
        tx.prepare_cached("DELETE FROM answer WHERE id = ?1")?
            .execute([id])?;
        forget_numbers(tx, appid, order)?;
    }
    Ok(found.len())
}
