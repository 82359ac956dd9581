//! Reading the bodies of `/user-order/`: every field and every code of the documents.
//!
//! Separate from the records because form comes before state, and because its fields are not those of shipments.

use super::couriers;
use super::fields::Fields;
use super::reply::Refusal;
use super::upload_time::upload_time;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

/// The numbers of an order of this family; text, so that it sorts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Type 2.
    Transaction(String),
    /// Type 1: merchant and the merchant's number.
    Merchant(String, String),
}

/// What every body has.
#[derive(Debug, Clone)]
pub struct Tail {
    /// The combined order.
    pub key: Key,
    /// The payer.
    pub openid: String,
    /// The `upload_time`; the beginning of time in a question.
    pub stamp: Timestamp,
}

const KEY: [&str; 4] = ["order_number_type", "transaction_id", "mchid", "out_trade_no"];
const TYPES: [(&str, i64); 2] = [("MERCHANT_TRADE_NUMBER", 1), ("WXPAY_TRADE_NUMBER", 2)];
const LOGISTICS: [(&str, i64); 1] = [("VIRTUAL_GOODS", 3)];
const MODES: [(&str, i64); 2] = [("UNIFIED_DELIVERY", 1), ("SPLIT_DELIVERY", 2)];

fn refuse<T>(code: i64, text: &str) -> Result<T, Refusal> {
    Err(Refusal::new(code, text))
}

/// Text that is not longer than the documents allow; these limits have no code of their own.
fn within(text: &str, most: usize, name: &str) -> Result<(), Refusal> {
    if text.len() > most {
        return refuse(268_435_461, &format!("invalid parameter: {name} is too long"));
    }
    Ok(())
}

fn key(fields: Fields<'_>) -> Result<Key, Refusal> {
    let Some(key) = fields.object("order_key", &KEY)? else {
        return refuse(268_485_194, "order_key is required");
    };
    let kind = key.number_or_name("order_number_type", &TYPES)?;
    let filled = |name| key.filled(name);
    match kind {
        Some(1) => {
            let Some(mchid) = filled("mchid")? else {
                return refuse(268_485_196, "mchid is required");
            };
            let Some(out_trade_no) = filled("out_trade_no")? else {
                return refuse(268_485_197, "out_trade_no is required");
            };
            if !mchid.bytes().all(|b| b.is_ascii_alphanumeric()) || mchid.len() > 32 {
                return refuse(268_485_217, "mchid is invalid");
            }
            Ok(Key::Merchant(mchid.to_owned(), out_trade_no.to_owned()))
        }
        Some(2) => match filled("transaction_id")? {
            Some(id) => Ok(Key::Transaction(id.to_owned())),
            None => refuse(268_485_195, "transaction_id is required"),
        },
        _ => refuse(268_485_194, "order_number_type is invalid"),
    }
}

fn payer(fields: Fields<'_>) -> Result<String, Refusal> {
    let openid = match fields.object("payer", &["openid"])? {
        Some(payer) => payer.filled("openid")?,
        None => None,
    };
    let Some(openid) = openid else {
        return refuse(268_485_192, "openid is empty");
    };
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if openid.len() > 128 || !openid.bytes().all(sign) {
        return refuse(268_457_013, "openid cannot be decoded");
    }
    if openid.bytes().all(|b| b == b'0') {
        return refuse(268_457_014, "openid decodes to 0");
    }
    Ok(openid.to_owned())
}

fn stamp(fields: Fields<'_>, refuse_zero_millis: bool) -> Result<Timestamp, Refusal> {
    let Some(text) = fields.filled("upload_time")? else {
        return refuse(268_485_214, "upload_time is required");
    };
    upload_time(text, refuse_zero_millis).map_or_else(|| refuse(268_485_216, "upload_time is invalid"), Ok)
}

/// The body of a question: numbers and payer.
pub fn question(fields: Fields<'_>) -> Result<Tail, Refusal> {
    Ok(Tail {
        key: key(fields)?,
        openid: payer(fields)?,
        stamp: Timestamp::UNIX_EPOCH,
    })
}

/// What both uploads begin with: their names, numbers, payer and time.
fn upload(body: &Value, zero: bool) -> Result<(Tail, &[Value]), Refusal> {
    let fields = Fields::of(body, &["order_key", "sub_orders", "payer", "upload_time"])?;
    let subs = fields.array("sub_orders")?.unwrap_or_default();
    let mut tail = question(fields)?;
    tail.stamp = stamp(fields, zero)?;
    if subs.is_empty() {
        return refuse(268_435_461, "invalid parameter: sub_orders is empty");
    }
    Ok((tail, subs))
}

fn sub_key(fields: Fields<'_>, parent: &Key) -> Result<(), Refusal> {
    let kind = |key: &Key| matches!(key, Key::Transaction(_));
    if kind(&key(fields)?) != kind(parent) {
        return refuse(
            268_485_253,
            "order_number_type of sub order differs from parent order",
        );
    }
    Ok(())
}

/// The combined shopping details.
pub fn details(body: &Value, appid: &str, refuse_zero_millis: bool) -> Result<Tail, Refusal> {
    let (tail, subs) = upload(body, refuse_zero_millis)?;
    for sub in subs {
        let known = [
            "order_key",
            "merchant_order_no",
            "order_detail_jump_link",
            "item_list",
            "logistics_type",
        ];
        let fields = Fields::of(sub, &known)?;
        sub_key(fields, &tail.key)?;
        let Some(number) = fields.filled("merchant_order_no")? else {
            return refuse(268_485_201, "merchant_order_no is empty");
        };
        within(number, 64, "merchant_order_no")?;
        if !link(fields, "order_detail_jump_link", appid)? {
            return refuse(268_485_202, "order_detail_jump_link is required");
        }
        items(fields.array("item_list")?.unwrap_or_default(), appid)?;
        let logistics = fields.number_or_name("logistics_type", &LOGISTICS)?;
        if !matches!(logistics, None | Some(1..=3)) {
            return refuse(268_435_461, "invalid parameter: logistics_type");
        }
    }
    Ok(tail)
}

/// `false` when there is none.
fn link(fields: Fields<'_>, name: &str, own: &str) -> Result<bool, Refusal> {
    let Some(link) = fields.object(name, &["type", "appid", "path", "url"])? else {
        return Ok(false);
    };
    match link.text("type")? {
        Some("MINI_PROGRAM") => {
            let Some(appid) = link.filled("appid")? else {
                return refuse(268_485_204, "appid is empty in a link to a Mini Program");
            };
            let Some(path) = link.filled("path")? else {
                return refuse(268_485_205, "path is empty in a link to a Mini Program");
            };
            within(appid, 32, "appid")?;
            within(path, 512, "path")?;
            if appid != own {
                return refuse(268_435_461, "invalid parameter: appid is not the caller's");
            }
        }
        Some("URL") => match link.filled("url")? {
            Some(url) => within(url, 1024, "url")?,
            None => return refuse(268_485_206, "url is empty in a link to an address"),
        },
        _ => return refuse(268_485_202, "link type is invalid"),
    }
    Ok(true)
}

fn items(items: &[Value], appid: &str) -> Result<(), Refusal> {
    if items.is_empty() {
        return refuse(268_485_211, "item_list is empty");
    }
    if items.len() > 50 {
        return refuse(268_435_461, "invalid parameter: more than 50 items");
    }
    let with_id = items
        .iter()
        .filter(|item| {
            item.get("merchant_item_id")
                .is_some_and(|id| id.as_str() != Some(""))
        })
        .count();
    if with_id != 0 && with_id != items.len() {
        return refuse(
            268_485_213,
            "merchant_item_id must be set for all items or for none",
        );
    }
    items.iter().try_for_each(|value| item(value, appid))
}

fn item(value: &Value, appid: &str) -> Result<(), Refusal> {
    let known = [
        "merchant_item_id",
        "name",
        "description",
        "unit_price",
        "quantity",
        "image_url",
        "item_detail_jump_link",
    ];
    let fields = Fields::of(value, &known)?;
    within(
        fields.text("merchant_item_id")?.unwrap_or_default(),
        64,
        "merchant_item_id",
    )?;
    let Some(name) = fields.filled("name")? else {
        return refuse(268_485_207, "name is empty");
    };
    let words = [
        (name, 256),
        (fields.text("description")?.unwrap_or_default(), 512),
    ];
    if words.iter().any(|(text, most)| text.chars().count() > *most) {
        return refuse(268_435_461, "invalid parameter: name or description is too long");
    }
    if fields.number("unit_price")?.is_none_or(|price| price < 0) {
        return refuse(268_485_208, "unit_price is empty");
    }
    if fields.number("quantity")?.is_none_or(|count| count < 1) {
        return refuse(268_485_209, "quantity is empty");
    }
    let images = fields.array("image_url")?.unwrap_or_default();
    if images.is_empty() || images.iter().any(|url| url.as_str().is_none_or(str::is_empty)) {
        return refuse(268_485_210, "image_url is empty");
    }
    if images.len() > 3 {
        return refuse(268_435_461, "invalid parameter: more than 3 images");
    }
    for url in images.iter().filter_map(Value::as_str) {
        within(url, 1024, "image_url")?;
    }
    if !link(fields, "item_detail_jump_link", appid)? {
        return refuse(268_485_272, "item_detail_jump_link is required");
    }
    Ok(())
}

/// The combined shipping, and the items that it names.
pub fn shipping(
    body: &Value,
    max_parcels: usize,
    refuse_zero_millis: bool,
) -> Result<(Tail, BTreeSet<String>), Refusal> {
    let (tail, subs) = upload(body, refuse_zero_millis)?;
    let mut named = BTreeSet::new();
    for sub in subs {
        let fields = Fields::of(sub, &["order_key", "delivery_mode", "shipping_list"])?;
        sub_key(fields, &tail.key)?;
        let mode = fields.number_or_name("delivery_mode", &MODES)?;
        let unified = match mode {
            Some(1) => true,
            Some(2) => false,
            _ => return refuse(268_485_224, "delivery_mode is invalid"),
        };
        let parcels = fields.array("shipping_list")?.unwrap_or_default();
        if parcels.is_empty() {
            return refuse(268_485_229, "shipping_list is empty");
        }
        if unified && parcels.len() != 1 {
            return refuse(268_485_228, "unified delivery needs exactly one parcel");
        }
        if parcels.len() > max_parcels {
            return refuse(268_435_461, "invalid parameter: too many parcels");
        }
        for value in parcels {
            parcel(value, unified, &mut named)?;
        }
    }
    Ok((tail, named))
}

fn parcel(value: &Value, unified: bool, named: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let known = ["tracking_no", "express_company", "item_list", "contact"];
    let fields = Fields::of(value, &known)?;
    let Some(number) = fields.filled("tracking_no")? else {
        return refuse(268_485_226, "tracking_no is empty");
    };
    let Some(courier) = fields.filled("express_company")? else {
        return refuse(268_485_227, "express_company is empty");
    };
    within(number, 128, "tracking_no")?;
    within(courier, 128, "express_company")?;
    let items = fields.array("item_list")?.unwrap_or_default();
    if unified && !items.is_empty() {
        return refuse(268_485_231, "unified delivery names no items");
    }
    if !unified && items.is_empty() {
        return refuse(268_485_232, "split delivery names the items of each parcel");
    }
    if items.len() > 50 {
        return refuse(268_435_461, "invalid parameter: more than 50 items");
    }
    for item in items {
        let Some(id) = Fields::of(item, &["merchant_item_id"])?.filled("merchant_item_id")? else {
            return refuse(268_485_230, "merchant_item_id is empty");
        };
        within(id, 64, "merchant_item_id")?;
        named.insert(id.to_owned());
    }
    contact(fields, courier)
}

/// SF needs one; whatever is given keeps its last four digits readable.
fn contact(fields: Fields<'_>, courier: &str) -> Result<(), Refusal> {
    let names = ["consignor_contact", "receiver_contact"];
    let contact = fields.object("contact", &names)?;
    let mut given = 0_usize;
    for name in names {
        let text = match contact {
            Some(contact) => contact.filled(name)?,
            None => None,
        };
        let Some(text) = text else { continue };
        given = given.saturating_add(1);
        let bare = text.chars().rev().filter(|mark| !matches!(mark, '-' | ' '));
        let tail: Vec<char> = bare.take(4).collect();
        if text.len() > 1024 || tail.len() != 4 || !tail.iter().all(char::is_ascii_digit) {
            return refuse(268_435_461, "invalid parameter: contact");
        }
    }
    if courier == "SF" && given == 0 {
        return refuse(268_435_461, "invalid parameter: contact is required for SF");
    }
    if !couriers::is_known(courier) {
        return refuse(
            268_435_461,
            "invalid parameter: express_company is not in the list",
        );
    }
    Ok(())
}

/// The items that details name.
pub fn item_ids(details: &Value) -> BTreeSet<String> {
    let list = |value: &Value, name: &str| {
        let found = value.get(name).and_then(Value::as_array);
        found.cloned().unwrap_or_default()
    };
    let mut ids = BTreeSet::new();
    for sub in list(details, "sub_orders") {
        for item in list(&sub, "item_list") {
            ids.extend(
                item.get("merchant_item_id")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
    ids
}
