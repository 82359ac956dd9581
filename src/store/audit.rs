//! What people did: append only, apart from the journal because it is about the program and not about one
//! shipment.

use rusqlite::params;
use serde_json::Value;

use super::history_index::{self, Line};
use super::json::{from_json, int, to_json};
use super::{Store, StoreError};
use crate::domain::{Timestamp, hide_private};

/// Lines that are searched for those of one kind; the rest is for the history.
const SEARCHED: usize = 20_000;

/// One line of the audit.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Its number.
    pub id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// The account; empty when it is about none.
    pub appid: String,
    /// A stable word for what was done.
    pub what: String,
    /// Masked details.
    pub details: Value,
}

/// Whoever wrote the details should have masked them; what belongs to a person stays out all the same.
fn hide_leaves(value: &mut Value) {
    match value {
        Value::String(text) => *text = hide_private(text),
        Value::Array(values) => values.iter_mut().for_each(hide_leaves),
        Value::Object(fields) => fields.values_mut().for_each(hide_leaves),
        Value::Number(number) => {
            let text = number.to_string();
            let hidden = hide_private(&text);
            if hidden != text {
                *value = Value::String(hidden);
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

impl Store {
    /// Adds a line. `details` must already be masked: no secret, payer or full phone number.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append_audit(
        &mut self,
        appid: &str,
        at: Timestamp,
        what: &str,
        details: &Value,
    ) -> Result<(), StoreError> {
        let mut details = details.clone();
        hide_leaves(&mut details);
        if let Some(fields) = details.as_object_mut()
            && !self.who.is_empty()
        {
            fields.insert(String::from("by"), Value::from(self.who.clone()));
        }
        self.write(|tx, _| {
            tx.prepare_cached("INSERT INTO audit (at, appid, what, details) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![at.millis(), appid, what, to_json(&details)?])?;
            let line = Line::Audit {
                id: tx.last_insert_rowid(),
                at,
                what,
                details: &details,
            };
            history_index::add(tx, appid, &line)
        })
    }

    /// From now on, what people do is done by this person.
    pub fn set_person(&mut self, name: &str) {
        self.who = hide_private(name.trim());
    }

    /// The newest lines of an account with this word, newest first, at most `limit`, with the moment of each. Only the
    /// newest lines of the audit are searched.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn audit_of(
        &self,
        appid: &str,
        what: &str,
        limit: usize,
    ) -> Result<Vec<(Timestamp, Value)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT at, details FROM (SELECT * FROM audit ORDER BY id DESC LIMIT ?4)
             WHERE appid = ?1 AND what = ?2 ORDER BY id DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(params![appid, what, int(limit), int(SEARCHED)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let details = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let details = from_json(details, "a line of the audit")?;
            found.push((Timestamp::from_millis(row.get(0)?), details));
        }
        Ok(found)
    }

    /// The newest lines of all accounts, newest first, at most `limit`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn audit(&self, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, at, appid, what, details FROM audit ORDER BY id DESC LIMIT ?1")?;
        let mut rows = statement.query([int(limit)])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let details = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
            entries.push(AuditEntry {
                id: row.get(0)?,
                at: Timestamp::from_millis(row.get(1)?),
                appid: row.get(2)?,
                what: row.get(3)?,
                details: from_json(details, "a line of the audit")?,
            });
        }
        Ok(entries)
    }
}
