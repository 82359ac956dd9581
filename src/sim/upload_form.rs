//! Reading an upload: the checks of section 10.3 that need nothing but the request (steps 2 to 9).
//!
//! Separate from the judgement on an order because the documents' order of checks is "form before lookup".

use super::fields::{Fields, malformed};
use super::order::Parcel;
use super::parcel_form::ParcelDraft;
use super::reply::Refusal;
use super::upload_time::upload_time;
use jiff::Timestamp;
use serde_json::Value;

/// Which order a request means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Type 2.
    Transaction(String),
    /// Type 1. With a service-provider payment `mchid` is the sub-merchant.
    Merchant {
        /// The merchant number.
        mchid: String,
        /// The merchant's order number.
        out_trade_no: String,
    },
}

/// What is shipped for one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// The payment.
    pub key: Key,
    /// 1..4.
    pub logistics_type: i64,
    /// 1..2.
    pub delivery_mode: i64,
    /// All parcels are in the list; always true in unified mode.
    pub all_delivered: bool,
    /// The parcels.
    pub parcels: Vec<Parcel>,
}

/// A well-formed upload, single or combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// One shipment per payment, at least one.
    pub shipments: Vec<Shipment>,
    /// The `upload_time`, the clock of the merchant.
    pub stamp: Timestamp,
    /// The payer.
    pub openid: String,
}

/// The settings the form depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormLimits {
    /// Parcels in one list.
    pub max_parcels: usize,
    /// Whether `….000+08:00` is refused, as staff said it is.
    pub refuse_zero_millis: bool,
    /// Whether 120 characters are counted in units of UTF-16.
    pub utf16_texts: bool,
}

const KEY: [&str; 4] = ["order_number_type", "transaction_id", "mchid", "out_trade_no"];
const MODES: [(&str, i64); 2] = [("UNIFIED_DELIVERY", 1), ("SPLIT_DELIVERY", 2)];

/// Reads the body of (I).
pub fn single(body: &Value, limits: FormLimits) -> Result<Upload, Refusal> {
    let known = [
        "order_key",
        "logistics_type",
        "delivery_mode",
        "is_all_delivered",
        "shipping_list",
        "upload_time",
        "payer",
    ];
    let fields = Fields::of(body, &known)?;
    let draft = ShipmentDraft::read(fields)?;
    let tail = TailDraft::read(fields)?;
    let shipment = draft.check(limits)?;
    let (stamp, openid) = tail.check(limits)?;
    Ok(Upload {
        shipments: vec![shipment],
        stamp,
        openid,
    })
}

/// Reads the body of (II): every sub-order is checked like a single one, then the types and repeats.
pub fn combined(body: &Value, limits: FormLimits) -> Result<Upload, Refusal> {
    let fields = Fields::of(body, &["order_key", "sub_orders", "upload_time", "payer"])?;
    let parent = KeyDraft::read(fields)?;
    let known = [
        "order_key",
        "logistics_type",
        "delivery_mode",
        "is_all_delivered",
        "shipping_list",
    ];
    let mut drafts = Vec::new();
    for sub in fields.array("sub_orders")?.unwrap_or_default() {
        drafts.push(ShipmentDraft::read(Fields::of(sub, &known)?)?);
    }
    let tail = TailDraft::read(fields)?;
    let parent = parent.check()?;
    if drafts.is_empty() {
        return Err(Refusal::new(10_060_014, "invalid parameter: sub_orders is empty"));
    }
    let mut shipments = Vec::new();
    for draft in drafts {
        shipments.push(draft.check(limits)?);
    }
    let (stamp, openid) = tail.check(limits)?;
    let kind = |key: &Key| matches!(key, Key::Transaction(_));
    if shipments
        .iter()
        .any(|shipment| kind(&shipment.key) != kind(&parent))
    {
        return Err(Refusal::new(
            268_485_253,
            "order_number_type of sub order differs from parent order",
        ));
    }
    for (index, shipment) in shipments.iter().enumerate() {
        if shipments
            .iter()
            .take(index)
            .any(|earlier| earlier.key == shipment.key)
        {
            return Err(Refusal::new(10_060_013, "duplicate sub order"));
        }
    }
    Ok(Upload {
        shipments,
        stamp,
        openid,
    })
}

/// The key as it came, types checked only.
struct KeyDraft<'a> {
    kind: Option<i64>,
    transaction_id: Option<&'a str>,
    mchid: Option<&'a str>,
    out_trade_no: Option<&'a str>,
}

impl<'a> KeyDraft<'a> {
    fn read(fields: Fields<'a>) -> Result<Self, Refusal> {
        let Some(key) = fields.object("order_key", &KEY)? else {
            return Ok(Self {
                kind: None,
                transaction_id: None,
                mchid: None,
                out_trade_no: None,
            });
        };
        Ok(Self {
            kind: key.number("order_number_type")?,
            transaction_id: key.filled("transaction_id")?,
            mchid: key.filled("mchid")?,
            out_trade_no: key.filled("out_trade_no")?,
        })
    }

    fn check(&self) -> Result<Key, Refusal> {
        let missing = |code, name: &str| Refusal::new(code, format!("{name} is required"));
        match self.kind {
            Some(1) => Ok(Key::Merchant {
                mchid: self
                    .mchid
                    .ok_or_else(|| missing(268_485_196, "mchid"))?
                    .to_owned(),
                out_trade_no: self
                    .out_trade_no
                    .ok_or_else(|| missing(268_485_197, "out_trade_no"))?
                    .to_owned(),
            }),
            Some(2) => self
                .transaction_id
                .map(|id| Key::Transaction(id.to_owned()))
                .ok_or_else(|| missing(268_485_195, "transaction_id")),
            _ => Err(Refusal::new(268_485_194, "order_number_type is invalid")),
        }
    }
}

/// One shipment as it came, types checked only.
struct ShipmentDraft<'a> {
    key: KeyDraft<'a>,
    logistics_type: Option<i64>,
    delivery_mode: Option<i64>,
    is_all_delivered: Option<bool>,
    parcels: Vec<ParcelDraft<'a>>,
}

impl<'a> ShipmentDraft<'a> {
    fn read(fields: Fields<'a>) -> Result<Self, Refusal> {
        let mut parcels = Vec::new();
        for parcel in fields.array("shipping_list")?.unwrap_or_default() {
            parcels.push(ParcelDraft::read(parcel)?);
        }
        Ok(Self {
            key: KeyDraft::read(fields)?,
            logistics_type: fields.number("logistics_type")?,
            delivery_mode: fields.number_or_name("delivery_mode", &MODES)?,
            is_all_delivered: fields.boolean("is_all_delivered")?,
            parcels,
        })
    }

    fn check(&self, limits: FormLimits) -> Result<Shipment, Refusal> {
        let key = self.key.check()?;
        let logistics_type = within(self.logistics_type, 1, 4)
            .ok_or_else(|| Refusal::new(10_060_005, "logistics_type is invalid"))?;
        let delivery_mode = within(self.delivery_mode, 1, 2)
            .ok_or_else(|| Refusal::new(268_485_224, "delivery_mode is invalid"))?;
        let unified = delivery_mode == 1;
        let count = self.parcels.len();
        if count == 0 {
            return Err(Refusal::new(
                10_060_014,
                "invalid parameter: shipping_list is empty",
            ));
        }
        if count > limits.max_parcels {
            return Err(Refusal::new(10_060_024, "too many parcels in shipping_list"));
        }
        if unified && count != 1 {
            return Err(Refusal::new(
                268_485_228,
                "unified delivery needs exactly one parcel",
            ));
        }
        if !unified && logistics_type != 1 {
            return Err(Refusal::new(10_060_006, "split delivery needs logistics_type 1"));
        }
        let all_delivered = if unified {
            true
        } else {
            self.is_all_delivered
                .ok_or_else(|| Refusal::new(10_060_007, "split delivery needs is_all_delivered"))?
        };
        let mut parcels = Vec::new();
        for parcel in &self.parcels {
            parcels.push(parcel.check(logistics_type == 1, limits)?);
        }
        Ok(Shipment {
            key,
            logistics_type,
            delivery_mode,
            all_delivered,
            parcels,
        })
    }
}

/// Time and payer as they came.
struct TailDraft<'a> {
    upload_time: Option<&'a str>,
    openid: Option<&'a str>,
}

impl<'a> TailDraft<'a> {
    fn read(fields: Fields<'a>) -> Result<Self, Refusal> {
        let payer = fields.object("payer", &["openid"])?;
        let openid = match payer {
            Some(payer) => payer.filled("openid")?,
            None => None,
        };
        Ok(Self {
            upload_time: fields.text("upload_time")?,
            openid,
        })
    }

    fn check(&self, limits: FormLimits) -> Result<(Timestamp, String), Refusal> {
        let time = upload_time(self.upload_time.unwrap_or_default(), limits.refuse_zero_millis)
            .ok_or_else(|| Refusal::new(268_485_216, "upload_time is invalid"))?;
        let openid = self
            .openid
            .filter(|openid| openid.len() <= 128)
            .ok_or_else(|| Refusal::new(10_060_014, "invalid parameter: payer.openid"))?;
        Ok((time, openid.to_owned()))
    }
}

fn within(number: Option<i64>, low: i64, high: i64) -> Option<i64> {
    number.filter(|number| (low..=high).contains(number))
}

/// Parses the bytes of a request: 44002 for none, 47001 for what is not JSON in UTF-8.
pub fn parse(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Err(Refusal::new(44002, "empty post data"));
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(value) if value.is_object() => Ok(value),
        Ok(_) => Err(malformed("an object is expected")),
        Err(problem) => Err(malformed(&format!(
            "line {} column {}",
            problem.line(),
            problem.column()
        ))),
    }
}
