//! The flat fields of a message and what is taken from them; the same for XML and JSON.

use std::collections::BTreeMap;

use crate::domain::{EventKind, PushEvent, PushRefusal, Timestamp, TransactionId};

/// Fields of one message at most; the richest has fourteen.
const MOST_FIELDS: usize = 64;
/// Bytes of the longest number that is kept.
const MAX_ID_BYTES: usize = 64;

/// The fields by their names, as text. Numbers of any length keep their digits.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Takes a field.
    ///
    /// # Errors
    /// [`PushRefusal::Malformed`] when it is there twice, or there are too many.
    pub(super) fn put(&mut self, name: &str, value: String) -> Result<(), PushRefusal> {
        let is_new = self.0.insert(name.to_owned(), value).is_none();
        if is_new && self.0.len() <= MOST_FIELDS {
            Ok(())
        } else {
            Err(PushRefusal::Malformed)
        }
    }

    /// A field that says something.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name).map(|text| text.trim());
        text.filter(|text| !text.is_empty())
    }

    /// Seconds; absent, empty, 0 and unreadable are no time.
    fn time(&self, name: &str) -> Option<Timestamp> {
        let secs: i64 = self.text(name)?.parse().ok()?;
        (secs > 0).then(|| Timestamp::from_secs(secs))
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok().filter(|number| *number != 0)
    }

    /// A number of a merchant or a shop: what is no such number is none.
    fn id(&self, name: &str) -> String {
        let text = self.text(name).unwrap_or_default();
        let fits = text.len() <= MAX_ID_BYTES && text.bytes().all(|b| b.is_ascii_graphic());
        if fits { text.to_owned() } else { String::new() }
    }

    /// The message about orders; `None` for another of WeChat's messages.
    ///
    /// # Errors
    /// [`PushRefusal::Malformed`] when it is no message of WeChat at all.
    pub(super) fn event(&self) -> Result<Option<PushEvent>, PushRefusal> {
        let create_time = self.time("CreateTime");
        if self.text("Event").or_else(|| self.text("MsgType")).is_none() {
            return Err(PushRefusal::Malformed);
        }
        let Some(event) = self.text("Event").and_then(EventKind::of_word) else {
            return Ok(None);
        };
        let transaction_id = self.text("transaction_id").and_then(TransactionId::parse);
        let event = PushEvent {
            event,
            create_time: create_time.unwrap_or_default(),
            transaction_id,
            merchant_id: self.id("merchant_id"),
            sub_merchant_id: self.id("sub_merchant_id"),
            merchant_trade_no: self.id("merchant_trade_no"),
            pay_time: self.time("pay_time"),
            shipped_time: self.time("shipped_time"),
            estimated_settlement_time: self.time("estimated_settlement_time"),
            confirm_receive_method: self.number("confirm_receive_method"),
            confirm_receive_time: self.time("confirm_receive_time"),
            settlement_time: self.time("settlement_time"),
        };
        // A message about an order that names none cannot be told from its repetitions, and nothing can be looked at.
        let needs_order = event.event != EventKind::RemindAccess;
        if needs_order && event.order_key().is_none() {
            return Err(PushRefusal::Malformed);
        }
        Ok(Some(event))
    }
}
