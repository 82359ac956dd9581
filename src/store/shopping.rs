//! The record of calls about shopping orders: written before a byte leaves, and again with what came of it.

use rusqlite::{Row, params};

use super::json::{count, from_json, int, to_json};
use super::{Store, StoreError};
use crate::domain::{ShoppingId, ShoppingRecord, Timestamp};

impl Store {
    /// Adds calls in one transaction: after a crash all of them are there or none. Their numbers stand in the order of
    /// `records`.
    ///
    /// # Errors
    /// When they cannot be written; then none is.
    pub fn add_shopping(
        &mut self,
        appid: &str,
        records: &[ShoppingRecord],
    ) -> Result<Vec<ShoppingId>, StoreError> {
        self.write(|tx, _| {
            let mut ids = Vec::with_capacity(records.len());
            for record in records {
                tx.prepare_cached(
                    "INSERT INTO shopping (appid, call, order_number, draft, payer, content_sha256, upload_time, state,
                         state_json, since, attempts, in_doubt, source, trail)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                )?
                .execute(params![
                    appid,
                    record.draft.call().word(),
                    record.draft.key.number(),
                    to_json(&*record.draft)?,
                    record.payer,
                    record.content_sha256,
                    record.upload_time.map(Timestamp::millis),
                    record.state.word(),
                    to_json(&record.state)?,
                    record.since.millis(),
                    record.attempts,
                    record.in_doubt,
                    record.source,
                    to_json(&record.trail)?,
                ])?;
                ids.push(ShoppingId(tx.last_insert_rowid()));
            }
            Ok(ids)
        })
    }

    /// Records where calls stand now, in one transaction, durable when it returns. What was asked for never changes.
    ///
    /// # Errors
    /// When one is not this account's, or they cannot be written; then nothing was written.
    pub fn record_shopping(&mut self, appid: &str, records: &[&ShoppingRecord]) -> Result<(), StoreError> {
        self.write(|tx, _| {
            for record in records {
                let changed = tx
                    .prepare_cached(
                        "UPDATE shopping SET upload_time = ?3, state = ?4, state_json = ?5, since = ?6, attempts = ?7,
                             in_doubt = ?8, trail = ?9
                         WHERE id = ?1 AND appid = ?2",
                    )?
                    .execute(params![
                        record.id.0,
                        appid,
                        record.upload_time.map(Timestamp::millis),
                        record.state.word(),
                        to_json(&record.state)?,
                        record.since.millis(),
                        record.attempts,
                        record.in_doubt,
                        to_json(&record.trail)?,
                    ])?;
                if changed != 1 {
                    return Err(StoreError::Unknown("shopping order"));
                }
            }
            Ok(())
        })
    }

    /// The account's calls, newest first: all that are open or unclear, and of the others at most `limit`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn shopping(&self, appid: &str, limit: usize) -> Result<Vec<ShoppingRecord>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, draft, payer, content_sha256, upload_time, state_json, since, attempts, in_doubt, source, trail
             FROM shopping
             WHERE appid = ?1 AND (state IN ('queued', 'sending', 'unclear') OR id IN
               (SELECT id FROM shopping WHERE appid = ?1 ORDER BY id DESC LIMIT ?2))
             ORDER BY id DESC",
        )?;
        let mut rows = statement.query(params![appid, int(limit)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

fn read(row: &Row<'_>) -> Result<ShoppingRecord, StoreError> {
    let text = |index: usize| -> Result<String, StoreError> { Ok(row.get(index)?) };
    let upload_time: Option<i64> = row.get(4)?;
    Ok(ShoppingRecord {
        id: ShoppingId(row.get(0)?),
        draft: std::sync::Arc::new(from_json(&text(1)?, "a shopping order")?),
        payer: text(2)?,
        content_sha256: text(3)?,
        upload_time: upload_time.map(Timestamp::from_millis),
        state: from_json(&text(5)?, "the state of a shopping order")?,
        since: Timestamp::from_millis(row.get(6)?),
        attempts: count(row.get(7)?, "the attempts of a shopping order")?,
        in_doubt: row.get(8)?,
        source: text(9)?,
        trail: from_json(&text(10)?, "the trail of a shopping order")?,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::test_support::{APPID, OTHER_APPID, at, folder, open};
    use super::*;
    use crate::domain::shopping::{KeyDraft, ShoppingContent};
    use crate::domain::{CallFailure, Doubt, FailureKind, ShoppingDraft, ShoppingState};

    fn record(number: &str) -> ShoppingRecord {
        let draft = ShoppingDraft {
            key: KeyDraft {
                transaction_id: number.into(),
                ..KeyDraft::default()
            },
            openid: String::new(),
            content: ShoppingContent::Details(Vec::new()),
        };
        ShoppingRecord::queued(
            Arc::new(draft),
            "oUpF…eS6o".into(),
            format!("sum {number}"),
            at(1),
        )
    }

    #[test]
    fn what_was_told_comes_back_also_from_the_second_copy() {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        let mut both = [record("1"), record("2")];
        let ids = store.add_shopping(APPID, &both).unwrap();
        for (record, id) in both.iter_mut().zip(ids) {
            record.id = id;
        }
        let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
        let first = &mut both[0];
        first.state = ShoppingState::Unclear(doubt);
        first.upload_time = Some(at(2));
        (first.attempts, first.in_doubt) = (1, true);
        first.trail.push((at(2), first.state.clone()));
        store.record_shopping(APPID, &[&both[0]]).unwrap();
        let foreign = store.record_shopping(OTHER_APPID, &[&both[1]]);
        assert!(matches!(foreign, Err(StoreError::Unknown(_))));

        // What is unclear comes back however old it is.
        let [first, second] = both;
        assert_eq!(store.shopping(APPID, 1).unwrap(), [second.clone(), first.clone()]);
        assert!(store.shopping(OTHER_APPID, 10).unwrap().is_empty());
        drop(store);
        std::fs::remove_file(dir.join("fahuo.db")).unwrap();
        let (store, opened) = open(&dir);
        assert!(opened.recovered.is_some());
        assert_eq!(store.shopping(APPID, 10).unwrap(), [second, first]);
    }
}
