//! The body of an upload: exactly the fields that belong to the intent, in the documented order.
//!
//! Separate because these bytes are written to the journal before they are sent, and a resend must be
//! byte-identical (reliability D4): nothing here depends on time, chance or the state of the client.

use std::sync::Arc;

use serde::Serialize;

use crate::domain::{
    Delivery, DeliveryMode, Intent, MaskedContact, OpenId, Parcel, Timestamp, TransactionId,
};

/// `order_number_type` 2: by WeChat's number (contract 3.0).
const BY_TRANSACTION_ID: u8 = 2;

#[derive(Serialize)]
struct UploadRequest<'a> {
    order_key: UploadKey<'a>,
    logistics_type: i64,
    delivery_mode: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_all_delivered: Option<bool>,
    shipping_list: Vec<UploadParcel<'a>>,
    upload_time: String,
    payer: Payer<'a>,
}

#[derive(Serialize)]
struct CombinedRequest<'a> {
    order_key: UploadKey<'a>,
    sub_orders: Vec<SubOrder<'a>>,
    upload_time: String,
    payer: Payer<'a>,
}

#[derive(Serialize)]
struct SubOrder<'a> {
    order_key: UploadKey<'a>,
    logistics_type: i64,
    delivery_mode: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_all_delivered: Option<bool>,
    shipping_list: Vec<UploadParcel<'a>>,
}

#[derive(Serialize)]
struct UploadKey<'a> {
    order_number_type: u8,
    transaction_id: &'a str,
}

#[derive(Serialize)]
struct UploadParcel<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking_no: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    express_company: Option<&'a str>,
    item_desc: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<UploadContact<'a>>,
}

#[derive(Serialize)]
struct UploadContact<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    consignor_contact: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_contact: Option<&'a str>,
}

#[derive(Serialize)]
struct Payer<'a> {
    openid: &'a str,
}

/// The body of `upload_shipping_info` (contract 3.1) in raw UTF-8. The same arguments always give the same
/// bytes.
pub fn upload_body(intent: &Intent, payer: &OpenId, upload_time: Timestamp) -> Vec<u8> {
    super::to_json(&UploadRequest {
        order_key: key(intent.transaction_id()),
        logistics_type: intent.logistics_type().code(),
        delivery_mode: intent.delivery_mode().code(),
        is_all_delivered: (intent.delivery_mode() == DeliveryMode::Split).then(|| intent.completes()),
        shipping_list: parcels(intent),
        upload_time: upload_time.rfc3339(),
        payer: Payer { openid: &payer.0 },
    })
}

/// The body of `upload_combined_shipping_info` (contract 3.2) in raw UTF-8, from the intents of all sub-orders in
/// their order. The same arguments always give the same bytes. Without any intent it is empty.
pub fn combined_body(intents: &[Arc<Intent>], payer: &OpenId, upload_time: Timestamp) -> Vec<u8> {
    let Some(combined) = intents.first().and_then(|intent| intent.combined()) else {
        return Vec::new();
    };
    let sub_orders = intents.iter().map(|intent| SubOrder {
        order_key: key(intent.transaction_id()),
        logistics_type: intent.logistics_type().code(),
        delivery_mode: intent.delivery_mode().code(),
        is_all_delivered: (intent.delivery_mode() == DeliveryMode::Split).then(|| intent.completes()),
        shipping_list: parcels(intent),
    });
    super::to_json(&CombinedRequest {
        order_key: key(&combined.parent),
        sub_orders: sub_orders.collect(),
        upload_time: upload_time.rfc3339(),
        payer: Payer { openid: &payer.0 },
    })
}

fn key(order: &TransactionId) -> UploadKey<'_> {
    UploadKey {
        order_number_type: BY_TRANSACTION_ID,
        transaction_id: order.as_str(),
    }
}

fn parcels(intent: &Intent) -> Vec<UploadParcel<'_>> {
    match intent.delivery() {
        Delivery::Unified(one) => vec![parcel(one)],
        Delivery::Split { parcels, .. } => parcels.iter().map(parcel).collect(),
        Delivery::Plain { item_desc, .. } => vec![UploadParcel {
            tracking_no: None,
            express_company: None,
            item_desc: item_desc.as_str(),
            contact: None,
        }],
    }
}

fn parcel(parcel: &Parcel) -> UploadParcel<'_> {
    let (consignor, receiver) = (&parcel.contact.consignor, &parcel.contact.receiver);
    UploadParcel {
        tracking_no: Some(parcel.tracking_no.as_str()),
        express_company: Some(parcel.courier.as_str()),
        item_desc: parcel.item_desc.as_str(),
        contact: (!parcel.contact.is_empty()).then(|| UploadContact {
            consignor_contact: consignor.as_ref().map(MaskedContact::as_str),
            receiver_contact: receiver.as_ref().map(MaskedContact::as_str),
        }),
    }
}
