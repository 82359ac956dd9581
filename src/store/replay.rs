//! The lines of the second copy, done again on an older journal.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, Transaction, params_from_iter};
use serde_json::{Map, Value};

use super::copy::{self, Line};
use super::json::to_json;
use super::sums::{TABLES, Worth, kept, recount};
use super::{StoreError, dump, history_index, journal};
use crate::domain::{State, Why};

/// Brings a journal to where the copy stands, and gives the number of changes that could not be brought back.
/// `from_nothing`: the journal is empty and only takes what the copy has.
///
/// # Errors
/// When it cannot be read or written; then it is as it was.
pub(super) fn all(conn: &mut Connection, copy: &Path, from_nothing: bool) -> Result<usize, StoreError> {
    // Rows may come before those they name; what is left over at the end is removed.
    conn.pragma_update(None, "foreign_keys", "OFF")?;
    let tx = conn.transaction()?;
    let base = if from_nothing {
        -1
    } else {
        kept(&tx, "commits")?.unwrap_or(0)
    };
    let mut replay = Replay {
        tx: &tx,
        columns: HashMap::new(),
        reached: base.max(0),
        lost: 0,
    };
    let found = copy::read(copy, |line| replay.line(&line, base))?;
    let (reached, mut lost) = (replay.reached, replay.lost);
    lost = lost.saturating_add(usize::from(
        found.damaged || (from_nothing && found.store.is_none()),
    ));
    lost = lost.saturating_add(tx.execute(
        "DELETE FROM journal WHERE shipment_id NOT IN (SELECT id FROM shipment)",
        [],
    )?);
    journal::chain_anew(&tx)?;
    hold_orders(&tx)?;
    tx.execute(
        "UPDATE journal_file SET ended_at = NULL, place = '' WHERE id = 1",
        [],
    )?;
    tx.execute("UPDATE content SET total = ?1 WHERE name = 'commits'", [reached])?;
    history_index::make_again(&tx)?;
    recount(&tx)?;
    tx.commit()?;
    Ok(lost)
}

struct Replay<'a> {
    tx: &'a Transaction<'a>,
    columns: HashMap<String, BTreeSet<String>>,
    reached: i64,
    lost: usize,
}

impl Replay<'_> {
    fn line(&mut self, line: &Line, base: i64) -> Result<(), StoreError> {
        if line.ended.is_some() || line.n <= base {
            return Ok(());
        }
        if line.store.is_some() {
            for table in dump::WHOLE {
                self.tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
        } else if line.digest.is_some() && line.n > self.reached.saturating_add(1) && self.reached > 0 {
            self.lost = self.lost.saturating_add(1); // commits between the two are on no line
        }
        for row in &line.rows {
            if !self.row(row)? {
                self.lost = self.lost.saturating_add(1);
            }
        }
        self.reached = self.reached.max(line.n);
        Ok(())
    }

    /// Does one change again; `false` when it does not fit.
    fn row(&mut self, noted: &Value) -> Result<bool, StoreError> {
        let text = |field: &str| noted.get(field).and_then(Value::as_str);
        let (Some(table), Some(kind), Some(row)) = (
            text("table"),
            text("kind"),
            noted.get("row").and_then(Value::as_object),
        ) else {
            return Ok(false);
        };
        if !TABLES.contains(&(table, Worth::Copied)) {
            return Ok(false);
        }
        let keys = self.keys(table, row)?;
        let Some(keys) = keys else { return Ok(false) };
        let values: Option<Vec<(&String, SqlValue)>> = row
            .iter()
            .map(|(column, value)| Some((column, from_value(value)?)))
            .collect();
        let Some(values) = values else { return Ok(false) };
        let (sql, order): (String, Vec<&(&String, SqlValue)>) = statement(table, kind, &values, &keys);
        if sql.is_empty() {
            return Ok(true);
        }
        let values = params_from_iter(order.into_iter().map(|(_, value)| value));
        match self.tx.prepare_cached(&sql)?.execute(values) {
            Ok(changed) => Ok(changed > 0 || kind == "d"),
            // Half a row, for one that is not there.
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The key of the table, when the row names it and nothing that the table has not.
    fn keys(
        &mut self,
        table: &str,
        row: &Map<String, Value>,
    ) -> Result<Option<BTreeSet<String>>, StoreError> {
        if !self.columns.contains_key(table) {
            let query = "SELECT name FROM pragma_table_info(?1) UNION ALL
                         SELECT '=' || name FROM pragma_table_info(?1) WHERE pk > 0";
            let mut statement = self.tx.prepare(query)?;
            let names = statement.query_map([table], |row| row.get(0))?;
            self.columns
                .insert(table.to_owned(), names.collect::<Result<_, _>>()?);
        }
        let Some(known) = self.columns.get(table) else {
            return Ok(None);
        };
        let keys: BTreeSet<String> = known
            .iter()
            .filter_map(|name| name.strip_prefix('='))
            .map(String::from)
            .collect();
        let fits =
            row.keys().all(|name| known.contains(name)) && keys.iter().all(|key| row.contains_key(key));
        Ok(fits.then_some(keys))
    }
}

/// The statement of a change with its values in their order; empty when nothing is to be done.
fn statement<'a>(
    table: &str,
    kind: &str,
    values: &'a [(&'a String, SqlValue)],
    keys: &BTreeSet<String>,
) -> (String, Vec<&'a (&'a String, SqlValue)>) {
    let (key, rest): (Vec<_>, Vec<_>) = values.iter().partition(|(column, _)| keys.contains(*column));
    let pairs = |list: &[&(&String, SqlValue)], glue: &str| -> String {
        let pairs: Vec<String> = list.iter().map(|(column, _)| format!("{column} = ?")).collect();
        pairs.join(glue)
    };
    match kind {
        "i" => {
            let columns: Vec<&str> = values.iter().map(|(column, _)| column.as_str()).collect();
            let marks = vec!["?"; values.len()].join(", ");
            let sql = format!(
                "INSERT OR REPLACE INTO {table} ({}) VALUES ({marks})",
                columns.join(", ")
            );
            (sql, values.iter().collect())
        }
        "u" if !rest.is_empty() => {
            let sql = format!(
                "UPDATE {table} SET {} WHERE {}",
                pairs(&rest, ", "),
                pairs(&key, " AND ")
            );
            (sql, rest.into_iter().chain(key).collect())
        }
        "d" => (format!("DELETE FROM {table} WHERE {}", pairs(&key, " AND ")), key),
        _ => (String::new(), Vec::new()),
    }
}

fn from_value(value: &Value) -> Option<SqlValue> {
    Some(match value {
        Value::Null => SqlValue::Null,
        Value::Number(number) => match number.as_i64() {
            Some(number) => SqlValue::Integer(number),
            None => SqlValue::Real(number.as_f64()?),
        },
        Value::String(text) => SqlValue::Text(text.clone()),
        Value::Object(_) => SqlValue::Blob(from_hex(value.get("hex")?.as_str()?)?),
        Value::Bool(_) | Value::Array(_) => return None,
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits?;
    pairs
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(high << 4 | low).ok(),
            _ => None,
        })
        .collect()
}

const OPEN: &str = "state IN ('queued', 'waiting', 'sending', 'unclear')";

/// Makes the guard again from the shipments. Where two of one order would be open, because the end of the
/// first was not brought back, a person decides about the first.
fn hold_orders(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let person = State::NeedsPerson(Why::RecordDamaged);
    tx.execute(
        &format!(
            "UPDATE shipment SET state = ?1, state_json = ?2 WHERE {OPEN} AND EXISTS (
                 SELECT 1 FROM shipment AS later WHERE later.appid = shipment.appid
                 AND later.transaction_id = shipment.transaction_id AND later.id > shipment.id
                 AND later.{OPEN})"
        ),
        [person.word(), &to_json(&person)?],
    )?;
    tx.execute("DELETE FROM open_order", [])?;
    tx.execute(
        &format!(
            "INSERT INTO open_order (appid, transaction_id, shipment_id)
             SELECT appid, transaction_id, id FROM shipment WHERE {OPEN}"
        ),
        [],
    )?;
    Ok(())
}
