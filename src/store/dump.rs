//! The rows with which a second copy begins: all that is not sure to be in every backup.

use rusqlite::{Connection, Row};
use serde_json::{Map, Value};

use super::StoreError;
use super::copy::Line;
use super::sums::{digest, is_not_there_yet, kept, row_note, to_value};

/// Rows on one line.
const ROWS_A_LINE: usize = 200;

/// What is repeated, in an order in which nothing is named before it is there; `?1` is the journal's number up
/// to which the backups hold everything. Shipments under way are always repeated, with all their history.
const REPEATED: [(&str, &str); 13] = [
    ("journal_file", "1"),
    (
        "shipment",
        "state IN ('queued', 'waiting', 'sending', 'unclear')
         OR id IN (SELECT shipment_id FROM journal WHERE seq > ?1)",
    ),
    (
        "journal",
        "seq > ?1 OR shipment_id IN
         (SELECT id FROM shipment WHERE state IN ('queued', 'waiting', 'sending', 'unclear'))",
    ),
    (
        "errand",
        "state IN ('queued', 'sending', 'unclear', 'needs_person')
         OR id > (SELECT coalesce(max(id), 0) FROM errand) - 2000",
    ),
    (
        "shopping",
        "state IN ('queued', 'sending', 'unclear')
         OR id > (SELECT coalesce(max(id), 0) FROM shopping) - 2000",
    ),
    // Every backup was made after the last purge, or still holds what was purged since.
    ("tombstone", "?1 = 0"),
    ("journal_cut", "1"),
    ("account", "1"),
    ("sealed", "1"),
    ("setting", "1"),
    ("pause", "1"),
    ("audit", "id > (SELECT coalesce(max(id), 0) FROM audit) - 1000"),
    // Those of shipments under way that are older stand in every backup.
    ("answer", "seq >= ?1"),
];

/// Tables that are repeated whole: what a backup holds of them is older.
pub(super) const WHOLE: [&str; 4] = ["account", "sealed", "setting", "pause"];

/// The lines of a new second copy.
///
/// # Errors
/// When the rows cannot be read.
pub(super) fn lines(conn: &Connection, backed_up_seq: i64) -> Result<Vec<Line>, StoreError> {
    let n = kept(conn, "commits")?.unwrap_or(0);
    let store = conn.query_row("SELECT store_id FROM journal_file WHERE id = 1", [], |row| {
        row.get(0)
    })?;
    let mut lines = vec![Line {
        n,
        store: Some(store),
        ..Line::default()
    }];
    for (table, condition) in REPEATED {
        if is_not_there_yet(conn, table)? {
            continue;
        }
        // The number is named in every condition, so that every query takes it.
        let query = format!("SELECT * FROM {table} WHERE ({condition}) AND ?1 IS NOT NULL ORDER BY 1");
        let mut statement = conn.prepare(&query)?;
        let columns: Vec<String> = statement.column_names().map(String::from).collect();
        let mut rows = statement.query([backed_up_seq])?;
        let mut noted = Vec::new();
        while let Some(row) = rows.next()? {
            noted.push(whole_row(table, &columns, row)?);
            if noted.len() >= ROWS_A_LINE {
                lines.push(Line {
                    n,
                    rows: std::mem::take(&mut noted),
                    ..Line::default()
                });
            }
        }
        lines.push(Line {
            n,
            rows: noted,
            ..Line::default()
        });
    }
    lines.push(Line {
        n,
        digest: Some(digest(conn)?),
        ..Line::default()
    });
    Ok(lines)
}

fn whole_row(table: &str, columns: &[String], row: &Row<'_>) -> Result<Value, StoreError> {
    let mut values = Map::new();
    for (index, column) in columns.iter().enumerate() {
        values.insert(column.clone(), to_value(row.get_ref(index)?));
    }
    Ok(row_note(table, "i", &values))
}
