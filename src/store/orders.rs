//! The cache of orders and where the fetch of the list stopped. Losing any of it costs reads and nothing else,
//! so what cannot be read counts as not there.

use rusqlite::{OptionalExtension as _, Row, params};

use super::json::{count, from_json, int, sha256_hex, to_json};
use super::sums::{self, TABLES, Worth};
use super::{Store, StoreError, history_index};
use crate::domain::{OpenId, Order, Timestamp, TransactionId};

/// Two searches and no ORDER BY: for OR, and for the order of payments, SQLite would walk the whole list, once
/// for each row of a file.
pub(super) const BY_NUMBER: &str = "
    SELECT doc, read_at FROM order_cache WHERE appid = ?1 AND transaction_id = ?2
    UNION ALL
    SELECT doc, read_at FROM order_cache
    WHERE appid = ?1 AND out_trade_no = ?2 AND transaction_id <> ?2";

/// Where a fetch of the list stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchPosition {
    /// WeChat's cursor (`last_index`).
    pub cursor: String,
    /// Pages that came.
    pub pages: usize,
    /// Orders that came.
    pub orders: usize,
}

impl Store {
    /// Keeps orders as WeChat showed them at `read_at`, in one transaction; a reading that is older than the
    /// one that is kept changes nothing. Of the payer only [`OpenId::short`] is kept: enough to recognise
    /// them on the screen, useless to anybody else, and never to be sent.
    ///
    /// # Errors
    /// When they cannot be written; then none is.
    pub fn upsert_orders(
        &mut self,
        appid: &str,
        orders: &[Order],
        read_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|tx, _| {
            {
                let mut statement = tx.prepare_cached(
                    "INSERT INTO order_cache (appid, transaction_id, out_trade_no, pay_time, read_at, doc)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (appid, transaction_id) DO UPDATE SET out_trade_no = excluded.out_trade_no,
                     pay_time = excluded.pay_time, read_at = excluded.read_at, doc = excluded.doc
                 WHERE excluded.read_at >= order_cache.read_at",
                )?;
                for order in orders {
                    let mut kept = order.clone();
                    kept.openid = OpenId(kept.openid.short());
                    statement.execute(params![
                        appid,
                        order.transaction_id.as_str(),
                        order.out_trade_no,
                        order.pay_time.millis(),
                        read_at.millis(),
                        to_json(&kept)?,
                    ])?;
                }
            }
            Ok(())
        })
    }

    /// Empties the caches: what they hold is not as it was written, and will be read again.
    pub(super) fn empty_caches(&mut self) -> Result<(), StoreError> {
        self.write(|tx, _| {
            for (table, worth) in TABLES {
                if worth == Worth::Cache {
                    tx.execute(&format!("DELETE FROM {table}"), [])?;
                }
            }
            history_index::make_again(tx)?;
            sums::recount(tx)
        })
    }

    /// All orders of the account with the moment at which each was read, newest payment first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn all_orders(&self, appid: &str) -> Result<Vec<(Order, Timestamp)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT doc, read_at FROM order_cache WHERE appid = ?1 ORDER BY pay_time DESC, id",
        )?;
        let mut rows = statement.query([appid])?;
        let mut orders = Vec::new();
        while let Some(row) = rows.next()? {
            orders.extend(read(row)?);
        }
        Ok(orders)
    }

    /// One order with the moment at which it was read.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn order(
        &self,
        appid: &str,
        order: &TransactionId,
    ) -> Result<Option<(Order, Timestamp)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT doc, read_at FROM order_cache WHERE appid = ?1 AND transaction_id = ?2",
        )?;
        let mut rows = statement.query([appid, order.as_str()])?;
        rows.next()?.map_or(Ok(None), read)
    }

    /// The orders that have this number, WeChat's or the shop's. Several when shop numbers repeat, newest
    /// payment first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn orders_by_number(&self, appid: &str, number: &str) -> Result<Vec<Order>, StoreError> {
        let mut statement = self.conn.prepare_cached(BY_NUMBER)?;
        let mut rows = statement.query([appid, number])?;
        let mut orders = Vec::new();
        while let Some(row) = rows.next()? {
            orders.extend(read(row)?.map(|(order, _)| order));
        }
        orders.sort_by_key(|order: &Order| std::cmp::Reverse(order.pay_time));
        Ok(orders)
    }

    /// Where the fetch of this query stopped. The key is any text that names the query; only its hash is kept.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fetch_position(&self, appid: &str, query_key: &str) -> Result<Option<FetchPosition>, StoreError> {
        let found: Option<(String, i64, i64)> = self
            .conn
            .prepare_cached(
                "SELECT cursor, pages, orders FROM fetch_position WHERE appid = ?1 AND query_key = ?2",
            )?
            .query_row([appid, &sha256_hex(query_key)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((cursor, pages, orders)) = found else {
            return Ok(None);
        };
        Ok(Some(FetchPosition {
            cursor,
            pages: count(pages, "pages")?,
            orders: count(orders, "orders")?,
        }))
    }

    /// Remembers where the fetch of this query stopped.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_fetch_position(
        &mut self,
        appid: &str,
        query_key: &str,
        position: &FetchPosition,
    ) -> Result<(), StoreError> {
        self.write(|tx, _| {
        tx
            .prepare_cached(
                "INSERT INTO fetch_position (appid, query_key, cursor, pages, orders) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (appid, query_key) DO UPDATE SET cursor = excluded.cursor,
                     pages = excluded.pages, orders = excluded.orders",
            )?
            .execute(params![
                appid,
                sha256_hex(query_key),
                position.cursor,
                int(position.pages),
                int(position.orders)
            ])?;
        Ok(())
        })
    }

    /// Forgets where the fetch of this query stopped: the next one begins at the front.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn clear_fetch_position(&mut self, appid: &str, query_key: &str) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.prepare_cached("DELETE FROM fetch_position WHERE appid = ?1 AND query_key = ?2")?
                .execute([appid, &sha256_hex(query_key)])?;
            Ok(())
        })
    }
}

fn read(row: &Row<'_>) -> Result<Option<(Order, Timestamp)>, StoreError> {
    let doc = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    let read_at = Timestamp::from_millis(row.get(1)?);
    Ok(from_json(doc, "an order").ok().map(|order| (order, read_at)))
}
