//! The bodies of this family: the fields of the documents in their order, those of the chosen kind of number and link
//! only, and links by name because the sources disagree on their numbers (C-11). Nothing depends on chance or on the
//! client, so that a second try is the same bytes.

use serde::Serialize;

use crate::domain::shopping::{
    JumpLink, ShoppingCheck, ShoppingDetails, ShoppingItem, ShoppingParcel, ShoppingShipment,
};
use crate::domain::{MaskedContact, OpenId, OrderKey, Timestamp};

#[derive(Serialize)]
struct Key<'a> {
    order_number_type: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mchid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    out_trade_no: Option<&'a str>,
}

#[derive(Serialize)]
struct Payer<'a> {
    openid: &'a str,
}

#[derive(Serialize)]
struct DetailsRequest<'a> {
    order_key: Key<'a>,
    sub_orders: Vec<SubDetails<'a>>,
    payer: Payer<'a>,
    upload_time: String,
}

#[derive(Serialize)]
struct SubDetails<'a> {
    order_key: Key<'a>,
    merchant_order_no: &'a str,
    order_detail_jump_link: Link<'a>,
    item_list: Vec<Item<'a>>,
    logistics_type: i64,
}

#[derive(Serialize)]
struct Link<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Item<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant_item_id: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    unit_price: i64,
    quantity: i64,
    image_url: &'a [String],
    #[serde(rename = "item_detail_jump_link")]
    link: Link<'a>,
}

#[derive(Serialize)]
struct ShipRequest<'a> {
    order_key: Key<'a>,
    sub_orders: Vec<SubShipment<'a>>,
    upload_time: String,
    payer: Payer<'a>,
}

#[derive(Serialize)]
struct SubShipment<'a> {
    order_key: Key<'a>,
    delivery_mode: i64,
    shipping_list: Vec<Parcel<'a>>,
}

#[derive(Serialize)]
struct Parcel<'a> {
    tracking_no: &'a str,
    express_company: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    item_list: Vec<ItemId<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Contact<'a>>,
}

#[derive(Serialize)]
struct ItemId<'a> {
    merchant_item_id: &'a str,
}

#[derive(Serialize)]
struct Contact<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    consignor_contact: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_contact: Option<&'a str>,
}

#[derive(Serialize)]
struct CheckRequest<'a> {
    order_key: Key<'a>,
    payer: Payer<'a>,
}

/// The body of the combined shopping details.
pub(super) fn details(details: &ShoppingDetails, upload_time: Timestamp) -> String {
    let subs = details.subs().iter().map(|sub| SubDetails {
        order_key: key(&sub.key),
        merchant_order_no: &sub.merchant_order_no,
        order_detail_jump_link: link(&sub.link),
        item_list: sub.items.iter().map(item).collect(),
        logistics_type: sub.logistics.code(),
    });
    text(&DetailsRequest {
        order_key: key(details.of().key()),
        sub_orders: subs.collect(),
        payer: payer(details.of().payer()),
        upload_time: upload_time.rfc3339(),
    })
}

/// The body of the combined shipping.
pub(super) fn shipment(shipment: &ShoppingShipment, upload_time: Timestamp) -> String {
    let subs = shipment.subs().iter().map(|sub| SubShipment {
        order_key: key(&sub.key),
        delivery_mode: sub.mode.code(),
        shipping_list: sub.parcels.iter().map(parcel).collect(),
    });
    text(&ShipRequest {
        order_key: key(shipment.of().key()),
        sub_orders: subs.collect(),
        upload_time: upload_time.rfc3339(),
        payer: payer(shipment.of().payer()),
    })
}

/// The body of the question how an upload came out.
pub(super) fn check(order: &ShoppingCheck) -> String {
    text(&CheckRequest {
        order_key: key(order.key()),
        payer: payer(order.payer()),
    })
}

fn key(key: &OrderKey) -> Key<'_> {
    match key {
        OrderKey::Merchant { mchid, out_trade_no } => Key {
            order_number_type: 1,
            transaction_id: None,
            mchid: Some(mchid),
            out_trade_no: Some(out_trade_no),
        },
        OrderKey::Transaction(id) => Key {
            order_number_type: 2,
            transaction_id: Some(id.as_str()),
            mchid: None,
            out_trade_no: None,
        },
    }
}

fn payer(openid: &OpenId) -> Payer<'_> {
    Payer { openid: &openid.0 }
}

fn link(link: &JumpLink) -> Link<'_> {
    match link {
        JumpLink::MiniProgram { appid, path } => Link {
            url: None,
            appid: Some(appid),
            path: Some(path),
            kind: "MINI_PROGRAM",
        },
        JumpLink::Url(url) => Link {
            url: Some(url),
            appid: None,
            path: None,
            kind: "URL",
        },
    }
}

fn item(item: &ShoppingItem) -> Item<'_> {
    Item {
        merchant_item_id: item.merchant_item_id.as_deref(),
        name: &item.name,
        description: item.description.as_deref(),
        unit_price: item.unit_price.0,
        quantity: item.quantity,
        image_url: &item.image_urls,
        link: link(&item.link),
    }
}

fn parcel(parcel: &ShoppingParcel) -> Parcel<'_> {
    let ids = parcel.item_ids.iter().map(|id| ItemId { merchant_item_id: id });
    let (consignor, receiver) = (&parcel.contact.consignor, &parcel.contact.receiver);
    Parcel {
        tracking_no: parcel.tracking_no.as_str(),
        express_company: parcel.courier.as_str(),
        item_list: ids.collect(),
        contact: (!parcel.contact.is_empty()).then(|| Contact {
            consignor_contact: consignor.as_ref().map(MaskedContact::as_str),
            receiver_contact: receiver.as_ref().map(MaskedContact::as_str),
        }),
    }
}

/// Strings and numbers always serialise; nothing else is passed in here.
fn text(request: &impl Serialize) -> String {
    serde_json::to_string(request).unwrap_or_default()
}
