//! Everything that the record holds, row by row, for a file that people keep. Read from a copy of the database, so
//! that the loop does not wait for it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};

use super::files::remove_if_there;
use super::sums::to_value;
use super::{Store, StoreError, backup};

/// What is exported, in this order. The sealed secrets stay where they are, and the index of the history holds
/// nothing of its own.
pub const EXPORTED: [&str; 17] = [
    "account",
    "shipment",
    "journal",
    "errand",
    "shopping",
    "batch",
    "batch_row",
    "answer",
    "audit",
    "order_cache",
    "courier_list",
    "setting",
    "pause",
    "fetch_position",
    "tombstone",
    "journal_cut",
    "journal_file",
];

/// A copy of the record as it stood at one moment; its file goes with it.
#[derive(Debug)]
pub struct Everything {
    path: PathBuf,
}

impl Drop for Everything {
    fn drop(&mut self) {
        // A file that is left behind is removed by the next export.
        drop(remove_if_there(&self.path));
    }
}

impl Store {
    /// Copies the record for an export. Takes about a second for a million rows.
    ///
    /// # Errors
    /// When the disk has no room for it.
    pub fn everything(&self) -> Result<Everything, StoreError> {
        let path = self.dir.join("export.tmp");
        let copy = Everything { path };
        backup::copy_into(&self.conn, &copy.path)?;
        Ok(copy)
    }
}

impl Everything {
    /// Hands over every row of a table as JSON by column; texts that are JSON themselves are given as such.
    ///
    /// # Errors
    /// When it cannot be read, or what `each` says.
    pub fn rows<E: From<StoreError>>(
        &self,
        table: &str,
        mut each: impl FnMut(&Value) -> Result<(), E>,
    ) -> Result<usize, E> {
        let conn = open(&self.path)?;
        let wrong = |error: rusqlite::Error| E::from(StoreError::from(error));
        if !EXPORTED.contains(&table) {
            return Ok(0);
        }
        let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).map_err(wrong)?;
        let columns: Vec<String> = statement.column_names().map(String::from).collect();
        let mut rows = statement.query([]).map_err(wrong)?;
        let mut count: usize = 0;
        while let Some(row) = rows.next().map_err(wrong)? {
            let mut values = Map::new();
            for (index, column) in columns.iter().enumerate() {
                let value = to_value(row.get_ref(index).map_err(wrong)?);
                values.insert(column.clone(), opened(value));
            }
            each(&Value::Object(values))?;
            count = count.saturating_add(1);
        }
        Ok(count)
    }
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    Ok(Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?)
}

/// JSON in a text is given as what it says.
fn opened(value: Value) -> Value {
    let text = value.as_str().filter(|text| text.starts_with(['{', '[']));
    let inner = text.and_then(|text| serde_json::from_str(text).ok());
    inner.unwrap_or(value)
}
