//! The journal of shipments: queueing, recording what happened, and finding them again. The table `open_order`
//! is the guard: an order has at most one shipment under way, whatever the rest of the program believes.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Params, Transaction, params};

use super::answers::{self, NewAnswer};
use super::journal::{JournalEntry, NewLine, append};
use super::json::{from_json, int, sha256_hex, to_json};
use super::retention::shipped_before;
use super::shipment_row::{COLUMNS, read};
use super::{Store, StoreError, probe};
use crate::domain::{Intent, Prior, RowStatus, Shipment, ShipmentId, State, Timestamp, TransactionId};

/// The states of [`State::is_open`], worded as in the index that finds them.
const OPEN: &str = "state IN ('queued', 'waiting', 'sending', 'unclear')";

/// A shipment that is to be queued.
#[derive(Clone, Copy, Debug)]
pub struct NewShipment<'a> {
    /// What WeChat should hold.
    pub intent: &'a Intent,
    /// When WeChat starts to count the order as late.
    pub deadline: Timestamp,
    /// Not sent before this moment (the hold window).
    pub not_before: Timestamp,
    /// The file it comes from: its number and the indices of its rows.
    pub batch: Option<(i64, &'a [usize])>,
}

/// What became of a [`NewShipment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// It is queued under this number.
    New(ShipmentId),
    /// The order has this other open shipment; nothing was queued for it.
    OrderTaken(ShipmentId),
    /// The guided probe works on the order; nothing was queued for it.
    Probed,
}

/// A shipment as it stands now, and what brought it there.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The shipment after the change.
    pub shipment: &'a Shipment,
    /// What happened.
    pub entry: &'a JournalEntry,
    /// When, by this computer's clock.
    pub at: Timestamp,
}

impl Store {
    /// Queues shipments in one transaction: after a crash all of them are there or none. The answers stand in
    /// the order of `new`.
    ///
    /// # Errors
    /// When they cannot be written; then none is queued.
    pub fn enqueue(
        &mut self,
        appid: &str,
        new: &[NewShipment<'_>],
        now: Timestamp,
    ) -> Result<Vec<Enqueued>, StoreError> {
        let who = self.who.clone();
        self.write(|tx, head| {
            let mut answers = Vec::with_capacity(new.len());
            for shipment in new {
                let holder = holder(tx, appid, shipment.intent.transaction_id())?;
                if let Some(holder) = holder {
                    answers.push(Enqueued::OrderTaken(holder));
                    continue;
                }
                if probe::is_locked(tx, appid, shipment.intent.transaction_id())? {
                    answers.push(Enqueued::Probed);
                    continue;
                }
                let intent = to_json(shipment.intent)?;
                let intent_sha256 = sha256_hex(&intent);
                let id = insert(tx, appid, shipment, &intent, &intent_sha256, now)?;
                hold(tx, appid, shipment.intent.transaction_id(), id)?;
                if let Some((batch, rows)) = shipment.batch {
                    link_rows(tx, batch, rows, id)?;
                }
                let line = NewLine {
                    at: now,
                    appid,
                    shipment: id,
                    attempt: 0,
                    entry: &JournalEntry::Queued { intent_sha256 },
                    by: &who,
                };
                append(tx, head, &line)?;
                answers.push(Enqueued::New(id));
            }
            Ok(answers)
        })
    }

    /// Records changes in one transaction, durable when it returns: after a crash all of them are there or
    /// none. The guard follows the state: an open shipment holds its order, any other lets it go.
    ///
    /// # Errors
    /// [`StoreError::OrderTaken`] when a shipment would open again while another one holds its order,
    /// [`StoreError::UnknownShipment`] when it is not this account's, or when they cannot be written. In all
    /// cases nothing was written.
    pub fn record(&mut self, appid: &str, changes: &[Change<'_>]) -> Result<(), StoreError> {
        self.record_answers(appid, changes, &[])
    }

    /// [`record`](Self::record), with the text of the answer behind each change, where there was one.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn record_answers(
        &mut self,
        appid: &str,
        changes: &[Change<'_>],
        raw: &[Option<String>],
    ) -> Result<(), StoreError> {
        let who = self.who.clone();
        self.write(|tx, head| {
            for (index, change) in changes.iter().enumerate() {
                let shipment = change.shipment;
                let order = shipment.intent.transaction_id();
                update(tx, appid, shipment)?;
                match holder(tx, appid, order)? {
                    Some(other) if other != shipment.id => {
                        if shipment.state.is_open() {
                            return Err(StoreError::OrderTaken(other));
                        }
                    }
                    Some(_) if !shipment.state.is_open() => release(tx, appid, order)?,
                    None if shipment.state.is_open() => hold(tx, appid, order, shipment.id)?,
                    Some(_) | None => {}
                }
                let line = NewLine {
                    at: change.at,
                    appid,
                    shipment: shipment.id,
                    attempt: shipment.attempts,
                    entry: change.entry,
                    by: &who,
                };
                append(tx, head, &line)?;
                if let Some(raw) = raw.get(index).and_then(Option::as_deref) {
                    let answer = NewAnswer {
                        at: change.at,
                        appid,
                        order: order.as_str(),
                        kind: "record",
                        facts: "",
                        raw,
                    };
                    answers::insert(tx, head, &answer)?;
                }
            }
            Ok(())
        })
    }

    /// All shipments of the account that are under way: queued, waiting, sending, unclear; oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn open_shipments(&self, appid: &str) -> Result<Vec<Shipment>, StoreError> {
        self.select(&format!("appid = ?1 AND {OPEN} ORDER BY id"), [appid])
    }

    /// Shipments of the account that are not under way: first those for a person and the refused ones, then
    /// those that ended, each newest first; at most `limit`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn recent_shipments(&self, appid: &str, limit: usize) -> Result<Vec<Shipment>, StoreError> {
        let mut found = self.select(
            "appid = ?1 AND state IN ('needs_person', 'rejected') ORDER BY id DESC LIMIT ?2",
            params![appid, int(limit)],
        )?;
        let rest = limit.saturating_sub(found.len());
        found.extend(self.select(
            "appid = ?1 AND state IN ('shipped', 'cancelled') ORDER BY id DESC LIMIT ?2",
            params![appid, int(rest)],
        )?);
        Ok(found)
    }

    /// One shipment of the account.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn shipment(&self, appid: &str, id: ShipmentId) -> Result<Option<Shipment>, StoreError> {
        let found = self.select("appid = ?1 AND id = ?2", params![appid, id.0])?;
        Ok(found.into_iter().next())
    }

    /// All shipments of one order, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn shipments_of(&self, appid: &str, order: &TransactionId) -> Result<Vec<Shipment>, StoreError> {
        self.select(
            "appid = ?1 AND transaction_id = ?2 ORDER BY id DESC",
            [appid, order.as_str()],
        )
    }

    /// The newest shipment of each of these orders; orders without any are left out.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn priors(
        &self,
        appid: &str,
        orders: &[TransactionId],
    ) -> Result<HashMap<TransactionId, Prior>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, fingerprint, state_json FROM shipment
             WHERE appid = ?1 AND transaction_id = ?2 ORDER BY id DESC LIMIT 1",
        )?;
        let mut priors = HashMap::new();
        for order in orders {
            let mut rows = statement.query([appid, order.as_str()])?;
            let Some(row) = rows.next()? else {
                // Its record was deleted for its age.
                if let Some((id, fingerprint, status)) = shipped_before(&self.conn, appid, order)? {
                    let prior = Prior {
                        shipment: ShipmentId(id),
                        fingerprint,
                        status,
                    };
                    priors.insert(order.clone(), prior);
                }
                continue;
            };
            let state = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let state: State = from_json(state, "the state of a shipment")?;
            let prior = Prior {
                shipment: ShipmentId(row.get(0)?),
                fingerprint: row.get(1)?,
                status: RowStatus::from(&state),
            };
            priors.insert(order.clone(), prior);
        }
        Ok(priors)
    }

    fn select(&self, condition: &str, params: impl Params) -> Result<Vec<Shipment>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} FROM shipment WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// Reads every open shipment of every account once, so that a journal with one that cannot be read is refused
/// before anything is sent from it.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub(super) fn read_all_open(conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn.prepare(&format!("SELECT {COLUMNS} FROM shipment WHERE {OPEN}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        read(row)?;
    }
    Ok(())
}

/// The open shipment that holds an order.
fn holder(
    tx: &Transaction<'_>,
    appid: &str,
    order: &TransactionId,
) -> Result<Option<ShipmentId>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT shipment_id FROM open_order WHERE appid = ?1 AND transaction_id = ?2")?
        .query_row([appid, order.as_str()], |row| row.get(0).map(ShipmentId))
        .optional()?)
}

/// The plain INSERT is on purpose: should the look-up above ever be wrong, the primary key still refuses.
fn hold(tx: &Transaction<'_>, appid: &str, order: &TransactionId, id: ShipmentId) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO open_order (appid, transaction_id, shipment_id) VALUES (?1, ?2, ?3)")?
        .execute(params![appid, order.as_str(), id.0])?;
    Ok(())
}

fn release(tx: &Transaction<'_>, appid: &str, order: &TransactionId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM open_order WHERE appid = ?1 AND transaction_id = ?2")?
        .execute([appid, order.as_str()])?;
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    appid: &str,
    new: &NewShipment<'_>,
    intent: &str,
    intent_sha256: &str,
    now: Timestamp,
) -> Result<ShipmentId, StoreError> {
    let state = State::Queued;
    tx.prepare_cached(
        "INSERT INTO shipment (appid, transaction_id, intent, intent_sha256, fingerprint, state, state_json,
             since, not_before, deadline, queued_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?8)",
    )?
    .execute(params![
        appid,
        new.intent.transaction_id().as_str(),
        intent,
        intent_sha256,
        new.intent.fingerprint(),
        state.word(),
        to_json(&state)?,
        now.millis(),
        new.not_before.millis(),
        new.deadline.millis(),
    ])?;
    Ok(ShipmentId(tx.last_insert_rowid()))
}

fn link_rows(tx: &Transaction<'_>, batch: i64, rows: &[usize], id: ShipmentId) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("UPDATE batch_row SET shipment_id = ?3 WHERE batch_id = ?1 AND row_index = ?2")?;
    for row in rows {
        if statement.execute(params![batch, int(*row), id.0])? == 0 {
            return Err(StoreError::Unknown("row of a file"));
        }
    }
    Ok(())
}

fn update(tx: &Transaction<'_>, appid: &str, shipment: &Shipment) -> Result<(), StoreError> {
    let baseline = shipment.baseline.as_ref().map(to_json).transpose()?;
    let changed = tx
        .prepare_cached(
            "UPDATE shipment SET state = ?3, state_json = ?4, since = ?5, attempts = ?6, upload_time = ?7,
                 body_sha256 = ?8, baseline = ?9, pending_looks = ?10, wait_steps = ?11, not_before = ?12
             WHERE id = ?1 AND appid = ?2 AND transaction_id = ?13",
        )?
        .execute(params![
            shipment.id.0,
            appid,
            shipment.state.word(),
            to_json(&shipment.state)?,
            shipment.since.millis(),
            shipment.attempts,
            shipment.upload_time.map(Timestamp::millis),
            shipment.body_sha256,
            baseline,
            shipment.pending_looks,
            shipment.wait_steps,
            shipment.not_before.millis(),
            shipment.intent.transaction_id().as_str(),
        ])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::UnknownShipment(shipment.id))
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
