//! Small things that are remembered: settings, the accounts' courier lists, and pauses that must survive a
//! restart.

use rusqlite::{OptionalExtension as _, params};

use super::json::{from_json, to_json};
use super::{Store, StoreError};
use crate::domain::{Courier, Timestamp};

/// A call that must not be made before a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The call.
    pub api: String,
    /// Not before this moment of WeChat's clock.
    pub until: Timestamp,
    /// A stable word for the reason.
    pub reason: String,
}

impl Store {
    /// A setting, when it was ever set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// All settings whose key begins like this, in the order of their keys.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn settings_under(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key, value FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
        )?;
        let found = statement.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([key, value])?;
            Ok(())
        })
    }

    /// Keeps the account's courier list as WeChat gave it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save_couriers(
        &mut self,
        appid: &str,
        couriers: &[Courier],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "INSERT INTO courier_list (appid, couriers, read_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (appid) DO UPDATE SET couriers = excluded.couriers, read_at = excluded.read_at",
                params![appid, to_json(couriers)?, at.millis()],
            )?;
            Ok(())
        })
    }

    /// The account's courier list and when WeChat gave it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn couriers(&self, appid: &str) -> Result<Option<(Vec<Courier>, Timestamp)>, StoreError> {
        let found: Option<(String, i64)> = self
            .conn
            .query_row(
                "SELECT couriers, read_at FROM courier_list WHERE appid = ?1",
                [appid],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        found
            .map(|(couriers, read_at)| {
                let couriers = from_json(&couriers, "the courier list")?;
                Ok((couriers, Timestamp::from_millis(read_at)))
            })
            .transpose()
    }

    /// Remembers that a call must not be made before `until`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_pause(
        &mut self,
        appid: &str,
        api: &str,
        until: Timestamp,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "INSERT INTO pause (appid, api, until_at, reason) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (appid, api) DO UPDATE SET until_at = excluded.until_at, reason = excluded.reason",
                params![appid, api, until.millis(), reason],
            )?;
            Ok(())
        })
    }

    /// All pauses of the account, also those that are over.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn pauses(&self, appid: &str) -> Result<Vec<Pause>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT api, until_at, reason FROM pause WHERE appid = ?1 ORDER BY api")?;
        let pauses = statement.query_map([appid], |row| {
            Ok(Pause {
                api: row.get(0)?,
                until: Timestamp::from_millis(row.get(1)?),
                reason: row.get(2)?,
            })
        })?;
        Ok(pauses.collect::<Result<_, _>>()?)
    }

    /// Ends all pauses of the account.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn clear_pauses(&mut self, appid: &str) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute("DELETE FROM pause WHERE appid = ?1", [appid])?;
            Ok(())
        })
    }
}
