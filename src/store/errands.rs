//! The journal of errands: queueing, recording what happened, finding them again. An index of the table refuses the
//! second open errand of a family for one order, whatever the rest of the program believes.

use std::collections::HashSet;

use rusqlite::{OptionalExtension as _, Params, Row, Transaction, params};

use super::answers::{self, NewAnswer};
use super::history_errands;
use super::json::{count, from_json, int, to_json};
use super::retention::reminded_before;
use super::{Store, StoreError};
use crate::domain::{Errand, ErrandId, ErrandKind, ErrandState, Timestamp, TransactionId};

const COLUMNS: &str =
    "id, transaction_id, kind, state_json, since, attempts, waits, not_before, queued_at, trail";
/// The states of [`ErrandState::is_open`], worded as in the index that finds them.
const OPEN: &str = "state IN ('queued', 'sending', 'unclear')";

/// What became of a new errand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrandQueued {
    /// It is queued under this number.
    New(ErrandId),
    /// Another one of its family is under way for this order; nothing was queued.
    UnderWay,
    /// The order was reminded before; nothing was queued.
    Reminded,
}

impl Store {
    /// Queues errands of one kind in one transaction: after a crash all of them are there or none. The answers stand
    /// in the order of `orders`.
    ///
    /// # Errors
    /// When they cannot be written; then none is queued.
    pub fn queue_errands(
        &mut self,
        appid: &str,
        orders: &[TransactionId],
        kind: ErrandKind,
        now: Timestamp,
    ) -> Result<Vec<ErrandQueued>, StoreError> {
        self.write(|tx, _| {
            let mut answers = Vec::with_capacity(orders.len());
            for order in orders {
                answers.push(match standing(tx, appid, order, kind)? {
                    Some(answer) => answer,
                    None => ErrandQueued::New(insert(tx, appid, order, kind, now)?),
                });
            }
            Ok(answers)
        })
    }

    /// Records where errands stand now, in one transaction, durable when it returns. `raw` is WeChat's answer, masked,
    /// that led the last of them there.
    ///
    /// # Errors
    /// When one is not this account's, when another one of its family is open, or when they cannot be written; then
    /// nothing was written.
    pub fn record_errands(
        &mut self,
        appid: &str,
        errands: &[&Errand],
        raw: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(|tx, head| {
            for errand in errands {
                let open = standing(tx, appid, &errand.transaction_id, errand.kind)?;
                let was_open = is_open(tx, errand.id)?;
                if errand.state.is_open() && !was_open && open == Some(ErrandQueued::UnderWay) {
                    return Err(StoreError::Unknown("free errand"));
                }
                let steps = steps_of(tx, errand.id)?;
                update(tx, appid, errand)?;
                add_steps(tx, appid, errand, steps)?;
            }
            if let (Some(errand), Some(raw)) = (errands.last(), raw) {
                let step = errand.trail.len().saturating_sub(1);
                let row = NewAnswer {
                    at: errand.since,
                    appid,
                    order: errand.transaction_id.as_str(),
                    kind: "errand",
                    facts: &history_errands::source_id(errand.id.0, step).to_string(),
                    raw,
                };
                answers::insert(tx, head, &row)?;
            }
            Ok(())
        })
    }

    /// The account's errands: all that are open or wait for a person, then the others, each newest first; at most
    /// `limit` of the others.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn errands(&self, appid: &str, limit: usize) -> Result<Vec<Errand>, StoreError> {
        let stands = format!("({OPEN} OR state = 'needs_person')");
        let mut found = self.select_errands(&format!("appid = ?1 AND {stands} ORDER BY id DESC"), [appid])?;
        found.extend(self.select_errands(
            &format!("appid = ?1 AND NOT {stands} ORDER BY id DESC LIMIT ?2"),
            params![appid, int(limit)],
        )?);
        Ok(found)
    }

    /// The orders whose reminder is used, as far as this program knows.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn reminded(&self, appid: &str) -> Result<HashSet<TransactionId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT transaction_id FROM errand
             WHERE appid = ?1 AND family = 'remind' AND state = 'done'",
        )?;
        let found = statement.query_map([appid], |row| row.get::<_, String>(0))?;
        let mut reminded = HashSet::new();
        for order in found {
            reminded.extend(TransactionId::parse(&order?));
        }
        Ok(reminded)
    }

    fn select_errands(&self, condition: &str, params: impl Params) -> Result<Vec<Errand>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} FROM errand WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// What stands in the way of a new errand of this kind.
fn standing(
    tx: &Transaction<'_>,
    appid: &str,
    order: &TransactionId,
    kind: ErrandKind,
) -> Result<Option<ErrandQueued>, StoreError> {
    let found = |condition: &str| {
        tx.prepare_cached(&format!(
            "SELECT 1 FROM errand WHERE appid = ?1 AND transaction_id = ?2 AND family = ?3 AND {condition}"
        ))?
        .query_row([appid, order.as_str(), kind.family()], |_| Ok(()))
        .optional()
    };
    if found(OPEN)?.is_some() {
        return Ok(Some(ErrandQueued::UnderWay));
    }
    // A report overwrites the one before; a reminder is used once and for all.
    let used =
        kind.is_reminder() && (found("state = 'done'")?.is_some() || reminded_before(tx, appid, order)?);
    Ok(used.then_some(ErrandQueued::Reminded))
}

fn is_open(tx: &Transaction<'_>, id: ErrandId) -> Result<bool, StoreError> {
    let open = tx
        .prepare_cached(&format!("SELECT 1 FROM errand WHERE id = ?1 AND {OPEN}"))?
        .query_row([id.0], |_| Ok(()))
        .optional()?;
    Ok(open.is_some())
}

/// How many steps of it are written down.
fn steps_of(tx: &Transaction<'_>, id: ErrandId) -> Result<usize, StoreError> {
    let steps: Option<i64> = tx
        .prepare_cached("SELECT json_array_length(trail) FROM errand WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    count(steps.unwrap_or_default(), "the steps of an errand")
}

/// Lets the history find its steps from this one on.
fn add_steps(tx: &Transaction<'_>, appid: &str, errand: &Errand, from: usize) -> Result<(), StoreError> {
    for (step, (at, state)) in errand.trail.iter().enumerate().skip(from) {
        let id = history_errands::source_id(errand.id.0, step);
        let order = errand.transaction_id.as_str();
        history_errands::add(tx, appid, order, errand.kind, id, (*at, state))?;
    }
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    appid: &str,
    order: &TransactionId,
    kind: ErrandKind,
    now: Timestamp,
) -> Result<ErrandId, StoreError> {
    let new = Errand::queued(ErrandId(0), order.clone(), kind, now);
    tx.prepare_cached(
        "INSERT INTO errand (appid, transaction_id, family, kind, state, state_json, since, not_before, queued_at,
             trail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, ?8)",
    )?
    .execute(params![
        appid,
        order.as_str(),
        kind.family(),
        to_json(&kind)?,
        new.state.word(),
        to_json(&new.state)?,
        now.millis(),
        to_json(&new.trail)?,
    ])?;
    let id = ErrandId(tx.last_insert_rowid());
    add_steps(tx, appid, &Errand { id, ..new }, 0)?;
    Ok(id)
}

fn update(tx: &Transaction<'_>, appid: &str, errand: &Errand) -> Result<(), StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE errand SET state = ?3, state_json = ?4, since = ?5, attempts = ?6, waits = ?7, not_before = ?8,
                 queued_at = ?9, trail = ?10
             WHERE id = ?1 AND appid = ?2",
        )?
        .execute(params![
            errand.id.0,
            appid,
            errand.state.word(),
            to_json(&errand.state)?,
            errand.since.millis(),
            errand.attempts,
            errand.waits,
            errand.not_before.millis(),
            errand.queued_at.millis(),
            to_json(&errand.trail)?,
        ])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Unknown("errand"))
    }
}

fn read(row: &Row<'_>) -> Result<Errand, StoreError> {
    let text = |index: usize| -> Result<String, StoreError> { Ok(row.get(index)?) };
    let moment =
        |index: usize| -> Result<Timestamp, StoreError> { Ok(Timestamp::from_millis(row.get(index)?)) };
    let order = text(1)?;
    let transaction_id = TransactionId::parse(&order)
        .ok_or_else(|| StoreError::Corrupt(String::from("the order of an errand")))?;
    let state: ErrandState = from_json(&text(3)?, "the state of an errand")?;
    Ok(Errand {
        id: ErrandId(row.get(0)?),
        transaction_id,
        kind: from_json(&text(2)?, "an errand")?,
        state,
        since: moment(4)?,
        attempts: count(row.get(5)?, "the attempts of an errand")?,
        waits: count(row.get(6)?, "the waits of an errand")?,
        not_before: moment(7)?,
        queued_at: moment(8)?,
        trail: from_json(&text(9)?, "the trail of an errand")?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{APPID, OTHER_APPID, at, folder, open, order};
    use super::*;
    use crate::domain::{ErrandEnd, ErrandWhy};

    const REMIND: ErrandKind = ErrandKind::Remind {
        received_at: Timestamp::from_secs(1_700_000_100),
    };

    fn put(store: &mut Store, state: ErrandState) -> Result<(), StoreError> {
        let mut errand = store.errands(APPID, 10).unwrap().remove(0);
        errand.trail.push((at(9), state.clone()));
        errand.state = state;
        errand.attempts = 1;
        store.record_errands(APPID, &[&errand], None)
    }

    #[test]
    fn an_order_has_one_open_errand_of_a_family_and_one_reminder_for_ever() {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        let both = [order(1), order(2)];
        let queued = store.queue_errands(APPID, &both, REMIND, at(1)).unwrap();
        assert!(matches!(queued[..], [ErrandQueued::New(_), ErrandQueued::New(_)]));
        let again = |store: &mut Store, kind| store.queue_errands(APPID, &both[1..], kind, at(2)).unwrap()[0];
        assert_eq!(again(&mut store, REMIND), ErrandQueued::UnderWay);
        // Another family and another account are another matter.
        assert!(matches!(
            again(&mut store, ErrandKind::TestOrder),
            ErrandQueued::New(_)
        ));
        assert!(matches!(
            store.queue_errands(OTHER_APPID, &both, REMIND, at(2)).unwrap()[0],
            ErrandQueued::New(_)
        ));
        let pre_sale = ErrandKind::PreSale { delay_to: at(9) };
        assert_eq!(again(&mut store, pre_sale), ErrandQueued::UnderWay);
        // SQLite itself refuses, whatever a person of the code believes.
        let raw = store.conn.execute("UPDATE errand SET family = 'remind'", []);
        assert!(raw.is_err());

        put(&mut store, ErrandState::Done(ErrandEnd::Accepted)).unwrap();
        assert!(matches!(again(&mut store, pre_sale), ErrandQueued::New(_)));
        put(&mut store, ErrandState::Cancelled).unwrap();
        let found = store.errands(APPID, 10).unwrap();
        let reminder = found.iter().find(|errand| errand.transaction_id == order(2));
        let mut reminder = reminder.unwrap().clone();
        reminder.state = ErrandState::Done(ErrandEnd::Used);
        store.record_errands(APPID, &[&reminder], None).unwrap();
        assert_eq!(again(&mut store, REMIND), ErrandQueued::Reminded);
        assert_eq!(store.reminded(APPID).unwrap(), HashSet::from([order(2)]));
    }

    #[test]
    fn everything_comes_back_also_from_the_second_copy() {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        store.queue_errands(APPID, &[order(1)], REMIND, at(1)).unwrap();
        let stopped = ErrandState::NeedsPerson(ErrandWhy::ThreeAttempts);
        put(&mut store, stopped.clone()).unwrap();
        let before = store.errands(APPID, 10).unwrap();
        assert_eq!((&before[0].state, before[0].trail.len()), (&stopped, 2));
        drop(store);
        std::fs::remove_file(dir.join("fahuo.db")).unwrap();
        let (store, opened) = open(&dir);
        assert!(opened.recovered.is_some());
        assert_eq!(store.errands(APPID, 10).unwrap(), before);
    }

    #[test]
    fn one_that_would_open_beside_another_stays_as_it_was() {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        store.queue_errands(APPID, &[order(1)], REMIND, at(1)).unwrap();
        put(&mut store, ErrandState::Stopped(ErrandWhy::NotShipped)).unwrap();
        let old = store.errands(APPID, 10).unwrap().remove(0);
        store.queue_errands(APPID, &[order(1)], REMIND, at(2)).unwrap();
        let mut reopened = old.clone();
        reopened.state = ErrandState::Queued;
        let refused = store.record_errands(APPID, &[&reopened], None);
        assert!(matches!(refused, Err(StoreError::Unknown(_))));
        assert!(store.errands(APPID, 10).unwrap().contains(&old));
    }
}
