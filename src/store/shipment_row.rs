//! One shipment as a row: columns to values and back; apart from the queries that share it.

use std::sync::Arc;

use rusqlite::Row;

use super::StoreError;
use super::json::{count, from_json, sha256_hex};
use crate::domain::{Shipment, ShipmentId, State, Timestamp, Why};

/// The columns that [`read`] wants, in its order.
pub(super) const COLUMNS: &str = "id, intent, intent_sha256, state_json, since, attempts, upload_time, \
     body_sha256, baseline, pending_looks, wait_steps, not_before, deadline, queued_at";

/// A row of [`COLUMNS`]. An open shipment whose intent is not what was queued is given to a person instead of
/// being sent.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be read at all.
pub(super) fn read(row: &Row<'_>) -> Result<Shipment, StoreError> {
    let text = |index| -> Result<&str, StoreError> {
        Ok(row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)?)
    };
    let intent = text(1)?;
    let mut state: State = from_json(text(3)?, "the state of a shipment")?;
    if state.is_open() && sha256_hex(intent) != text(2)? {
        state = State::NeedsPerson(Why::RecordDamaged);
    }
    let baseline: Option<String> = row.get(8)?;
    Ok(Shipment {
        id: ShipmentId(row.get(0)?),
        intent: Arc::new(from_json(intent, "the intent of a shipment")?),
        state,
        since: Timestamp::from_millis(row.get(4)?),
        attempts: count(row.get(5)?, "attempts")?,
        upload_time: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
        body_sha256: row.get(7)?,
        baseline: baseline
            .map(|look| from_json(&look, "the look of a shipment"))
            .transpose()?,
        pending_looks: count(row.get(9)?, "pending_looks")?,
        wait_steps: count(row.get(10)?, "wait_steps")?,
        not_before: Timestamp::from_millis(row.get(11)?),
        deadline: Timestamp::from_millis(row.get(12)?),
        queued_at: Timestamp::from_millis(row.get(13)?),
    })
}
