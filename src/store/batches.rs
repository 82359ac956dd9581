//! Imported files: what was read, the verdicts, and which shipment each row became, so that an interrupted
//! file can be shown again without the file.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::json::{count, from_json, int, to_json};
use super::{Store, StoreError};
use crate::domain::{FileRow, ImportedFile, PlannedRow, ShipmentId, Timestamp, TransactionId};

/// A file as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBatch {
    /// Its number.
    pub id: i64,
    /// What was read; of a large file only the rows that were sent, and the first of the others.
    pub file: ImportedFile,
    /// The place of each row in the file.
    pub places: Vec<usize>,
    /// The verdict of each row.
    pub plan: Vec<PlannedRow>,
    /// The shipment that each row became, by index; `None` for rows that were not queued.
    pub row_shipments: Vec<Option<ShipmentId>>,
    /// When it was read.
    pub imported_at: Timestamp,
}

impl Store {
    /// Keeps a file, with the rows that a person has repaired in it already, and gives it a number. Its other rows are
    /// kept when they are sent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn insert_batch(
        &mut self,
        appid: &str,
        file: &ImportedFile,
        repaired: &[(usize, &FileRow, &PlannedRow)],
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let id = self.write(|tx, _| {
            tx.execute(
                "INSERT INTO batch (appid, name, sha256, encoding, header_row, columns, problems, imported_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    appid,
                    file.name,
                    file.sha256,
                    file.encoding,
                    file.header_row,
                    to_json(&file.columns)?,
                    to_json(&file.problems)?,
                    now.millis()
                ],
            )?;
            let id = tx.last_insert_rowid();
            keep(tx, id, repaired)?;
            Ok(id)
        })?;
        self.urgent = true;
        Ok(id)
    }

    /// Keeps rows of a file by their place in it, with their verdicts, in one transaction; rows that were kept before
    /// are replaced and stay the shipments that they became.
    ///
    /// # Errors
    /// When they cannot be written, or there is no such file; then none is.
    pub fn keep_batch_rows(
        &mut self,
        batch: i64,
        rows: &[(usize, &FileRow, &PlannedRow)],
    ) -> Result<(), StoreError> {
        self.write(|tx, _| keep(tx, batch, rows))
    }

    /// The repaired rows, by index, of the newest file with these bytes.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn repaired_rows(&self, appid: &str, sha256: &str) -> Result<Vec<(usize, FileRow)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT row_index, row FROM batch_row
             WHERE batch_id = (SELECT max(id) FROM batch WHERE appid = ?1 AND sha256 = ?2)
               AND instr(row, ?3) > 0 ORDER BY row_index",
        )?;
        let mut rows = statement.query([appid, sha256, "\"repaired\":{"])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let read: FileRow = from_json(text, "a row of a file")?;
            if read.repaired.is_some() {
                found.push((count(row.get(0)?, "row_index")?, read));
            }
        }
        Ok(found)
    }

    /// The rows of a file that became shipments, as (index, shipment).
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn batch_row_shipments(&self, batch: i64) -> Result<Vec<(usize, ShipmentId)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT row_index, shipment_id FROM batch_row
             WHERE batch_id = ?1 AND shipment_id IS NOT NULL ORDER BY row_index",
        )?;
        let mut rows = statement.query([batch])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((count(row.get(0)?, "row_index")?, ShipmentId(row.get(1)?)));
        }
        Ok(found)
    }

    /// The newest file of the account that no person has closed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn latest_batch(&self, appid: &str) -> Result<Option<StoredBatch>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, name, sha256, encoding, header_row, columns, problems, imported_at FROM batch
             WHERE appid = ?1 AND closed_at IS NULL ORDER BY id DESC LIMIT 1",
        )?;
        let mut rows = statement.query([appid])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let text = |index| -> Result<&str, StoreError> {
            Ok(row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)?)
        };
        let mut batch = StoredBatch {
            id: row.get(0)?,
            file: ImportedFile {
                name: row.get(1)?,
                sha256: row.get(2)?,
                encoding: row.get(3)?,
                header_row: count(row.get(4)?, "header_row")?,
                columns: from_json(text(5)?, "the columns of a file")?,
                rows: Vec::new(),
                problems: from_json(text(6)?, "the problems of a file")?,
            },
            places: Vec::new(),
            plan: Vec::new(),
            row_shipments: Vec::new(),
            imported_at: Timestamp::from_millis(row.get(7)?),
        };
        read_rows(&self.conn, &mut batch)?;
        Ok(Some(batch))
    }

    /// A person closed the file: it is not shown again. Its rows and shipments stay.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close_batch(&mut self, batch: i64, now: Timestamp) -> Result<(), StoreError> {
        self.write(|tx, _| {
            tx.execute(
                "UPDATE batch SET closed_at = ?2 WHERE id = ?1 AND closed_at IS NULL",
                params![batch, now.millis()],
            )?;
            Ok(())
        })
    }

    /// When a file with these bytes was last read for the account.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn batch_seen(&self, appid: &str, sha256: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self
            .conn
            .query_row(
                "SELECT imported_at FROM batch WHERE appid = ?1 AND sha256 = ?2 ORDER BY id DESC LIMIT 1",
                [appid, sha256],
                |row| row.get(0).map(Timestamp::from_millis),
            )
            .optional()?)
    }
}

fn keep(tx: &Transaction<'_>, batch: i64, rows: &[(usize, &FileRow, &PlannedRow)]) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO batch_row (batch_id, row_index, row, status, transaction_id, problems, prior_shipment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (batch_id, row_index) DO UPDATE SET row = excluded.row, status = excluded.status,
             transaction_id = excluded.transaction_id, problems = excluded.problems,
             prior_shipment = excluded.prior_shipment",
    )?;
    for (index, row, planned) in rows {
        statement.execute(params![
            batch,
            int(*index),
            to_json(row)?,
            to_json(&planned.status)?,
            planned.transaction_id.as_ref().map(TransactionId::as_str),
            to_json(&planned.problems)?,
            planned.shipment.map(|shipment| shipment.0),
        ])?;
    }
    Ok(())
}

fn read_rows(conn: &Connection, batch: &mut StoredBatch) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT row, status, transaction_id, problems, prior_shipment, shipment_id, row_index FROM batch_row
         WHERE batch_id = ?1 ORDER BY row_index",
    )?;
    let mut rows = statement.query([batch.id])?;
    while let Some(row) = rows.next()? {
        let (read, planned, shipment) = read_row(row)?;
        batch.file.rows.push(read);
        batch.places.push(count(row.get(6)?, "row_index")?);
        batch.plan.push(planned);
        batch.row_shipments.push(shipment);
    }
    Ok(())
}

fn read_row(row: &Row<'_>) -> Result<(FileRow, PlannedRow, Option<ShipmentId>), StoreError> {
    let text = |index| -> Result<&str, StoreError> {
        Ok(row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)?)
    };
    let order = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?;
    let planned = PlannedRow {
        status: from_json(text(1)?, "the status of a row")?,
        transaction_id: order.and_then(TransactionId::parse),
        problems: from_json(text(3)?, "the problems of a row")?,
        shipment: row.get::<_, Option<i64>>(4)?.map(ShipmentId),
    };
    let shipment = row.get::<_, Option<i64>>(5)?.map(ShipmentId);
    Ok((from_json(text(0)?, "a row of a file")?, planned, shipment))
}

#[cfg(test)]
#[path = "batches_tests.rs"]
mod tests;
