//! Sums over what the tables hold. SQLite checks its pages but not its values: a flipped bit in a tracking
//! number, or a page that is older than the others, is "ok" to it. Triggers of the connection keep one sum for
//! each table, in the same transaction as the rows, and gather the changes for the second copy.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Map, Value};
use sha2::Digest as _;

use super::StoreError;
use super::json::{hex, int};

/// What a table is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Its rows also go into the second copy.
    Copied,
    /// Its rows are in the backups; without those they are read or made again.
    BackedUp,
    /// Losing it costs reads and nothing else.
    Cache,
}

/// Every table with what it is worth.
pub(super) const TABLES: [(&str, Worth); 21] = [
    ("journal_file", Worth::Copied),
    ("shipment", Worth::Copied),
    ("open_order", Worth::BackedUp), // made again from the shipments
    ("journal", Worth::Copied),
    ("errand", Worth::Copied),
    ("shopping", Worth::Copied),
    ("tombstone", Worth::Copied),
    ("journal_cut", Worth::Copied),
    ("account", Worth::Copied),
    ("sealed", Worth::Copied),
    ("setting", Worth::Copied),
    ("pause", Worth::Copied),
    ("audit", Worth::Copied),
    ("answer", Worth::Copied),
    ("batch", Worth::BackedUp),
    ("batch_row", Worth::BackedUp),
    ("order_cache", Worth::Cache),
    ("fetch_position", Worth::Cache),
    ("courier_list", Worth::Cache),
    ("history", Worth::Cache),
    ("history_number", Worth::Cache),
];

/// Sums have 56 bits, so that SQLite can add them without overflow.
const MASK: i64 = (1 << 56) - 1;

/// What the transaction under way has changed so far.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// The changed rows of copied tables, in their order.
    pub(super) rows: Vec<Value>,
    /// Something that counts was changed.
    pub(super) counts: bool,
}

/// Shared with the function that the triggers call.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(Arc<Mutex<Pending>>);

impl Notes {
    /// What was noted since the last call.
    pub(super) fn take(&self) -> Pending {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[derive(Clone, Debug)]
struct Table {
    name: &'static str,
    worth: Worth,
    columns: Vec<(String, bool)>, // with: is part of the key
}

/// Makes the triggers of this connection; they are gone with it.
///
/// # Errors
/// When SQLite refuses.
pub(super) fn install(conn: &Connection) -> Result<Notes, StoreError> {
    let notes = Notes::default();
    let mut tables = Vec::new();
    for (name, worth) in TABLES {
        let columns = columns(conn, name)?;
        tables.push(Table { name, worth, columns });
    }
    let (known, pending) = (tables.clone(), notes.clone());
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("changed", -1, flags, move |call| {
        let refused = || rusqlite::Error::InvalidParameterName(String::from("changed"));
        let index = usize::try_from(call.get::<i64>(0)?).ok();
        let table = index.and_then(|index| known.get(index)).ok_or_else(refused)?;
        Ok(changed(call, table, &pending))
    })?;
    for (index, table) in tables.iter().enumerate() {
        if !table.columns.is_empty() {
            make_triggers(conn, index, table)?;
        }
    }
    Ok(notes)
}

fn make_triggers(conn: &Connection, index: usize, table: &Table) -> Result<(), StoreError> {
    let name = table.name;
    let list = |row: &str| -> String {
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|(column, _)| format!("{row}.{column}"))
            .collect();
        columns.join(", ")
    };
    let (old, new) = (list("OLD"), list("NEW"));
    for (event, kind, values) in [
        ("INSERT", "i", new.clone()),
        ("DELETE", "d", old.clone()),
        ("UPDATE", "u", format!("{old}, {new}")),
    ] {
        conn.execute_batch(&format!(
            "CREATE TEMP TRIGGER sum_{name}_{kind} AFTER {event} ON main.{name} BEGIN
               UPDATE content SET total = (total + changed({index}, '{kind}', {values})) & {MASK}
               WHERE name = '{name}';
             END"
        ))?;
    }
    Ok(())
}

fn columns(conn: &Connection, table: &str) -> Result<Vec<(String, bool)>, StoreError> {
    let mut statement = conn.prepare("SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(columns.collect::<Result<_, _>>()?)
}

/// Notes a change, and gives the change of the table's sum.
fn changed(call: &Context<'_>, table: &Table, notes: &Notes) -> i64 {
    const BEFORE_VALUES: usize = 2;
    let width = table.columns.len();
    let value = |index: usize| call.get_raw(BEFORE_VALUES.saturating_add(index));
    let first: Vec<ValueRef<'_>> = (0..width).map(value).collect();
    let second: Vec<ValueRef<'_>> = (width..call.len().saturating_sub(BEFORE_VALUES))
        .map(value)
        .collect();
    let kind = call.get_raw(1).as_str().unwrap_or_default();
    let (old, new): (&[ValueRef<'_>], &[ValueRef<'_>]) = match kind {
        "i" => (&[], &first),
        "d" => (&first, &[]),
        _ => (&first, &second),
    };
    let mut pending = notes.0.lock().unwrap_or_else(PoisonError::into_inner);
    pending.counts |= table.worth != Worth::Cache;
    if table.worth == Worth::Copied {
        pending.rows.push(note(table, kind, old, new));
    }
    let sum = |row: &[ValueRef<'_>]| if row.is_empty() { 0 } else { row_sum(row) };
    sum(new).wrapping_sub(sum(old))
}

/// A changed row for the second copy: its key and, unless it was deleted, what is new.
fn note(table: &Table, kind: &str, old: &[ValueRef<'_>], new: &[ValueRef<'_>]) -> Value {
    let mut values = Map::new();
    for (index, (column, is_key)) in table.columns.iter().enumerate() {
        let (before, after) = (old.get(index), new.get(index));
        if let Some(value) = after.or(before)
            && (*is_key || (after.is_some() && before != after))
        {
            values.insert(column.clone(), to_value(*value));
        }
    }
    row_note(table.name, kind, &values)
}

/// One row of the second copy.
pub(super) fn row_note(table: &str, kind: &str, values: &Map<String, Value>) -> Value {
    serde_json::json!({ "table": table, "kind": kind, "row": values })
}

/// A value of SQLite in JSON; bytes stand as `{"hex": …}`.
pub(super) fn to_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => serde_json::json!({ "hex": hex(bytes) }),
    }
}

fn row_sum(row: &[ValueRef<'_>]) -> i64 {
    let mut hash = sha2::Sha256::new();
    for value in row {
        let (tag, bytes): (u8, &[u8]) = match value {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(number) => (1, &number.to_le_bytes()),
            ValueRef::Real(number) => (2, &number.to_le_bytes()),
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(bytes) => (4, bytes),
        };
        hash.update([tag]);
        hash.update(int(bytes.len()).to_le_bytes());
        hash.update(bytes);
    }
    first_56_bits(&hash.finalize())
}

fn first_56_bits(bytes: &[u8]) -> i64 {
    bytes
        .iter()
        .take(7)
        .fold(0, |sum, byte| sum << 8 | i64::from(*byte))
}

/// Which tables are not as they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Something that counts.
    pub(super) counts: bool,
    /// A cache, which may be emptied.
    pub(super) cache: bool,
}

/// Compares what the tables hold with their sums.
///
/// # Errors
/// When they cannot be read.
pub(super) fn check(conn: &Connection) -> Result<Wrong, StoreError> {
    let mut wrong = Wrong::default();
    for (name, worth) in TABLES {
        if is_not_there_yet(conn, name)? {
            continue;
        }
        if kept(conn, name)? != Some(counted(conn, &format!("SELECT * FROM {name} NOT INDEXED"))?) {
            match worth {
                Worth::Copied | Worth::BackedUp => wrong.counts = true,
                Worth::Cache => wrong.cache = true,
            }
        }
    }
    wrong.counts |= kept(conn, "schema")? != Some(counted(conn, SCHEMA)?);
    Ok(wrong)
}

/// A table of a later schema than the file has. The sum of the schema itself tells that none was taken away.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_not_there_yet(conn: &Connection, name: &str) -> Result<bool, StoreError> {
    let there = conn
        .prepare_cached("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1")?
        .exists([name])?;
    Ok(!there && kept(conn, name)?.is_none())
}

const SCHEMA: &str = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema";

/// Counts all sums anew, after a migration or where rows were changed without the triggers.
///
/// # Errors
/// When they cannot be read or written.
pub(super) fn recount(conn: &Connection) -> Result<(), StoreError> {
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut totals = vec![("version", version), ("schema", counted(conn, SCHEMA)?)];
    for (name, _) in TABLES {
        if is_not_there_yet(conn, name)? {
            continue;
        }
        totals.push((name, counted(conn, &format!("SELECT * FROM {name} NOT INDEXED"))?));
    }
    for (name, total) in totals {
        conn.execute(
            "INSERT INTO content (name, total) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET total = ?2",
            rusqlite::params![name, total],
        )?;
    }
    Ok(())
}

/// The number that is kept under a name.
///
/// # Errors
/// When it cannot be read.
pub(super) fn kept(conn: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT total FROM content WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

fn counted(conn: &Connection, query: &str) -> Result<i64, StoreError> {
    let mut statement = conn.prepare(query)?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    let mut total: i64 = 0;
    while let Some(row) = rows.next()? {
        let values = (0..width)
            .map(|index| row.get_ref(index))
            .collect::<Result<Vec<_>, _>>()?;
        total = total.wrapping_add(row_sum(&values)) & MASK;
    }
    Ok(total)
}

/// One word for everything that counts: equal only when it reads the same.
///
/// # Errors
/// When it cannot be read.
pub(super) fn digest(conn: &Connection) -> Result<String, StoreError> {
    let mut hash = sha2::Sha256::new();
    for (name, worth) in TABLES {
        // A table of a later schema than the file has has no sum yet.
        if worth != Worth::Cache
            && let Some(total) = kept(conn, name)?
        {
            hash.update(total.to_le_bytes());
        }
    }
    Ok(hex(hash.finalize().get(..8).unwrap_or_default()))
}
