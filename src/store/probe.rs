//! The guided probe's record, one for each account, and what was found; its order is locked for shipments by the same
//! file that refuses a second open shipment.

use rusqlite::{OptionalExtension as _, Transaction};

use super::json::{from_json, to_json};
use super::{Store, StoreError};
use crate::domain::{Probe, ProbeAnswers, TransactionId};

/// Under which the record of an account is kept, with its AppID behind it. [`is_locked`] reads it too.
const RECORD: &str = "probe.";
/// The same for the answers.
const ANSWERS: &str = "probe_answers.";

impl Store {
    /// The account's last probe and everything that was ever found. A record that cannot be read counts as none.
    ///
    /// # Errors
    /// When they cannot be read from the disk.
    pub fn probe(&self, appid: &str) -> Result<(Option<Probe>, ProbeAnswers), StoreError> {
        let record = self.setting(&format!("{RECORD}{appid}"))?;
        let answers = self.setting(&format!("{ANSWERS}{appid}"))?;
        Ok((
            record.and_then(|text| from_json(&text, "the probe").ok()),
            answers
                .and_then(|text| from_json(&text, "the answers of the probe").ok())
                .unwrap_or_default(),
        ))
    }

    /// Keeps the probe as it stands now; durable when it returns.
    ///
    /// # Errors
    /// When it cannot be written; then nothing may be sent.
    pub fn record_probe(&mut self, appid: &str, probe: &Probe) -> Result<(), StoreError> {
        self.set_setting(&format!("{RECORD}{appid}"), &to_json(probe)?)
    }

    /// Keeps what was found.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_probe_answers(&mut self, appid: &str, answers: &ProbeAnswers) -> Result<(), StoreError> {
        self.set_setting(&format!("{ANSWERS}{appid}"), &to_json(answers)?)
    }
}

/// A probe that has not ended works on this order: no shipment may be queued for it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_locked(
    tx: &Transaction<'_>,
    appid: &str,
    order: &TransactionId,
) -> Result<bool, StoreError> {
    let locked: Option<i64> = tx
        .prepare_cached(
            "SELECT 1 FROM setting WHERE key = ?1
             AND json_valid(value) AND json_extract(value, '$.locked') = ?2",
        )?
        .query_row([&format!("{RECORD}{appid}"), order.as_str()], |row| row.get(0))
        .optional()?;
    Ok(locked.is_some())
}
