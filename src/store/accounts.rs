//! The accounts of the folder and their sealed secrets: the key to the seals is not here, so that a copy of
//! the file gives nothing away.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::json::{count, from_json, int, to_json};
use super::{Store, StoreError};
use crate::domain::{Access, MaskedContact};

/// One account, without its secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountRow {
    /// Its number; 0 for one that is not kept yet.
    pub id: i64,
    /// The name by which staff know it.
    pub name: String,
    /// AppID of the Mini Program; no two accounts have the same.
    pub appid: String,
    /// How it comes by its access tokens.
    pub access: Access,
    /// Merchant number; may be empty.
    pub mchid: String,
    /// Parcels per payment, 10 to 15.
    pub max_parcels: usize,
    /// The sender's masked phone.
    pub sender_contact: Option<MaskedContact>,
    /// Courier for files without one; may be empty.
    pub default_courier: String,
    /// Text for orders without one; may be empty.
    pub default_item_desc: String,
}

impl Store {
    /// All accounts in the order in which they were added.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn accounts(&self) -> Result<Vec<AccountRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, name, appid, mchid, max_parcels, sender_contact, default_courier, default_item_desc,
                 access
             FROM account ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        let mut accounts = Vec::new();
        while let Some(row) = rows.next()? {
            accounts.push(read(row)?);
        }
        Ok(accounts)
    }

    /// Adds an account (`id` 0) or changes one, and gives its number. When its AppID changes, the secrets
    /// that were sealed for the old one are removed: they belong to the AppID.
    ///
    /// # Errors
    /// [`StoreError::AppIdTaken`], [`StoreError::Unknown`] for a number that is not there, or when it cannot
    /// be written; then nothing was.
    pub fn save_account(&mut self, account: &AccountRow) -> Result<i64, StoreError> {
        let id = self.write(|tx, _| {
            let taken: Option<i64> = tx
                .query_row(
                    "SELECT id FROM account WHERE appid = ?1 AND id <> ?2",
                    params![account.appid, account.id],
                    |row| row.get(0),
                )
                .optional()?;
            if taken.is_some() {
                return Err(StoreError::AppIdTaken);
            }
            let id = if account.id == 0 {
                insert(tx, account)?
            } else {
                update(tx, account)?
            };
            Ok(id)
        })?;
        self.urgent = true;
        Ok(id)
    }

    /// Forgets an account and its sealed secrets. Its journal stays.
    ///
    /// # Errors
    /// When it cannot be written; then nothing was. That it is not there is no error.
    pub fn remove_account(&mut self, id: i64) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "DELETE FROM sealed WHERE appid = (SELECT appid FROM account WHERE id = ?1)",
                [id],
            )?;
            tx.execute("DELETE FROM account WHERE id = ?1", [id])?;
            Ok(())
        })
    }

    /// A sealed secret.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn sealed(&self, appid: &str, field: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .conn
            .query_row(
                "SELECT blob FROM sealed WHERE appid = ?1 AND field = ?2",
                [appid, field],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// Keeps a sealed secret.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_sealed(&mut self, appid: &str, field: &str, blob: &[u8]) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "INSERT INTO sealed (appid, field, blob) VALUES (?1, ?2, ?3)
             ON CONFLICT (appid, field) DO UPDATE SET blob = excluded.blob",
                params![appid, field, blob],
            )?;
            Ok(())
        })
    }

    /// Removes a sealed secret.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remove_sealed(&mut self, appid: &str, field: &str) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "DELETE FROM sealed WHERE appid = ?1 AND field = ?2",
                [appid, field],
            )?;
            Ok(())
        })
    }
}

fn read(row: &Row<'_>) -> Result<AccountRow, StoreError> {
    let contact: Option<String> = row.get(5)?;
    Ok(AccountRow {
        id: row.get(0)?,
        name: row.get(1)?,
        appid: row.get(2)?,
        mchid: row.get(3)?,
        max_parcels: count(row.get(4)?, "max_parcels")?,
        // Masked again on the way out: what is no masked phone is not shown as one.
        sender_contact: contact.as_deref().and_then(MaskedContact::mask),
        default_courier: row.get(6)?,
        default_item_desc: row.get(7)?,
        access: from_json(&row.get::<_, String>(8)?, "the access of an account")?,
    })
}

fn insert(tx: &Transaction<'_>, account: &AccountRow) -> Result<i64, StoreError> {
    tx.execute(
        "INSERT INTO account (name, appid, mchid, max_parcels, sender_contact, default_courier,
             default_item_desc, access)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            account.name,
            account.appid,
            account.mchid,
            int(account.max_parcels),
            account.sender_contact.as_ref().map(MaskedContact::as_str),
            account.default_courier,
            account.default_item_desc,
            to_json(&account.access)?
        ],
    )?;
    Ok(tx.last_insert_rowid())
}

fn update(tx: &Transaction<'_>, account: &AccountRow) -> Result<i64, StoreError> {
    tx.execute(
        "DELETE FROM sealed WHERE appid = (SELECT appid FROM account WHERE id = ?1 AND appid <> ?2)",
        params![account.id, account.appid],
    )?;
    let changed = tx.execute(
        "UPDATE account SET name = ?2, appid = ?3, mchid = ?4, max_parcels = ?5, sender_contact = ?6,
             default_courier = ?7, default_item_desc = ?8, access = ?9
         WHERE id = ?1",
        params![
            account.id,
            account.name,
            account.appid,
            account.mchid,
            int(account.max_parcels),
            account.sender_contact.as_ref().map(MaskedContact::as_str),
            account.default_courier,
            account.default_item_desc,
            to_json(&account.access)?
        ],
    )?;
    if changed == 1 {
        Ok(account.id)
    } else {
        Err(StoreError::Unknown("account"))
    }
}
