//! The other family of calls, `/user-order/`: what was told about shopping orders, and the documents' rules for it.
//!
//! Separate from shipments because the two share no field and no state: what is told here releases no money.

use super::fields::Fields;
use super::reply::{Done, Refusal};
use super::user_order_form::{self, Key, Tail};
use super::world::World;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one combined order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShoppingRecord {
    /// The body of the details that count, as they came.
    pub details: Option<Value>,
    /// Uploads of details that were carried out.
    pub details_uploads: usize,
    /// The body of the shipping that counts.
    pub shipping: Option<Value>,
    /// Uploads of shipping that were carried out.
    pub shipping_uploads: usize,
    openid: String,
    appid: String,
    details_at: Option<Timestamp>,
    shipping_at: Option<Timestamp>,
}

/// Everything that was told, and the settings of the product.
#[derive(Debug, Clone, Default)]
pub struct Shopping {
    /// False answers 268485184: the product was never opened for this account.
    pub opened: bool,
    /// Parcels in one list.
    pub max_parcels: usize,
    records: BTreeMap<Key, ShoppingRecord>,
    /// Combined orders whose payment is complete: their details stay as they are.
    paid: BTreeSet<Key>,
    /// Combined orders that are not paid yet: they cannot be shipped.
    unpaid: BTreeSet<Key>,
}

impl Shopping {
    /// An account for which the product is open.
    pub fn open(max_parcels: usize) -> Self {
        Self {
            opened: true,
            max_parcels,
            ..Self::default()
        }
    }

    /// What is known of a combined order.
    pub fn record(&self, key: &Key) -> Option<&ShoppingRecord> {
        self.records.get(key)
    }

    /// All combined orders that were told of.
    pub fn records(&self) -> impl Iterator<Item = (&Key, &ShoppingRecord)> {
        self.records.iter()
    }

    /// The payment of a combined order is complete.
    pub fn pay(&mut self, key: Key) {
        self.unpaid.remove(&key);
        self.paid.insert(key);
    }

    /// A combined order waits for its payment.
    pub fn await_payment(&mut self, key: Key) {
        self.paid.remove(&key);
        self.unpaid.insert(key);
    }

    /// Another Mini Program uploaded the details of this order.
    pub fn told_by_another(&mut self, key: &Key) {
        if let Some(record) = self.records.get_mut(key) {
            "wxanother0000000000".clone_into(&mut record.appid);
        }
    }
}

/// 268435461, for what has no code of its own.
fn parameter(what: &str) -> Refusal {
    Refusal::new(268_435_461, format!("invalid parameter: {what}"))
}

fn not_newer() -> Refusal {
    Refusal::new(268_485_216, "upload_time is not later than the last upload")
}

impl World {
    /// The combined shopping details.
    pub(super) fn shopping_details(&mut self, body: &Value) -> Result<Done, Refusal> {
        let tail = user_order_form::details(body, &self.credentials.appid, self.policy.refuse_zero_millis)?;
        self.shopping_opened()?;
        let paid = self.shopping.paid.contains(&tail.key);
        let record = self.shopping.records.entry(tail.key.clone()).or_default();
        if paid && record.details.is_some() {
            return Err(parameter("the payment is complete, its details stay as they are"));
        }
        if record.details_at.is_some_and(|last| tail.stamp <= last) {
            return Err(not_newer());
        }
        record.details = Some(body.clone());
        record.details_uploads = record.details_uploads.saturating_add(1);
        record.details_at = Some(tail.stamp);
        record.openid = tail.openid;
        record.appid.clone_from(&self.credentials.appid);
        Ok(Done::empty())
    }

    /// The combined shipping; only after the payment.
    pub(super) fn shopping_shipping(&mut self, body: &Value) -> Result<Done, Refusal> {
        let most = self.shopping.max_parcels;
        let (tail, named) = user_order_form::shipping(body, most, self.policy.refuse_zero_millis)?;
        self.shopping_opened()?;
        if self.shopping.unpaid.contains(&tail.key) {
            return Err(parameter("the order is not paid"));
        }
        let appid = self.credentials.appid.clone();
        let record = self.shopping.records.entry(tail.key.clone()).or_default();
        if record.details.is_some() && record.appid != appid {
            return Err(Refusal::new(
                268_485_275,
                "the appid that uploads shipping differs from the one of the shopping details",
            ));
        }
        if record.details.is_some() && record.openid != tail.openid {
            return Err(parameter("payer differs from the one of the shopping details"));
        }
        let told = record.details.as_ref().map(user_order_form::item_ids);
        if let Some(told) = told
            && let Some(unknown) = named.iter().find(|id| !told.contains(*id))
        {
            return Err(parameter(&format!(
                "merchant_item_id {unknown:?} is not in the details"
            )));
        }
        if record.shipping_at.is_some_and(|last| tail.stamp <= last) {
            return Err(not_newer());
        }
        record.shipping = Some(body.clone());
        record.shipping_uploads = record.shipping_uploads.saturating_add(1);
        record.shipping_at = Some(tail.stamp);
        Ok(Done::empty())
    }

    /// How an upload of details came out, in words.
    pub(super) fn shopping_verify(&self, body: &Value) -> Result<Done, Refusal> {
        let fields = Fields::of(body, &["order_key", "payer"])?;
        let Tail { key, openid, .. } = user_order_form::question(fields)?;
        self.shopping_opened()?;
        let result = match self.shopping.records.get(&key) {
            None => "shopping order is not uploaded",
            Some(record) if record.details.is_none() => "shopping order is not uploaded",
            Some(record) if record.openid != openid => "payer openid does not match the uploaded order",
            Some(_) if self.shopping.unpaid.contains(&key) => "order is not paid",
            Some(_) => "success",
        };
        let fields = Map::from_iter([("verify_result".to_owned(), Value::from(result))]);
        Ok(Done::with(fields))
    }

    fn shopping_opened(&self) -> Result<(), Refusal> {
        if self.shopping.opened {
            Ok(())
        } else {
            Err(Refusal::new(
                268_485_184,
                "no permission for the shopping order product",
            ))
        }
    }
}
