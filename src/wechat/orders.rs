//! Orders on the wire: what is asked for, and how an order is read from an answer (contract 3.3 and 3.4).
//!
//! Separate because queries name their fields differently from uploads (C-25) and replies are read leniently.

use serde::Serialize;
use serde_json::Value;

use super::lenient;
use crate::domain::{
    Fen, OpenId, Order, OrderKey, OrderQuery, OrderState, ShippedParcel, Shipping, Timestamp, TransactionId,
};

/// The documented end of an open range, 2^32 - 1.
const LAST_SECOND: i64 = 4_294_967_295;
/// Largest page that is asked for; the real limit is not published (U-7).
const MAX_PAGE_SIZE: u32 = 100;

/// One page of the list of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderPage {
    /// The orders, as WeChat sorts them.
    pub orders: Vec<Order>,
    /// The cursor of the next page; `None` after the last one.
    pub next: Option<String>,
    /// Entries without a readable `transaction_id`, which are left out.
    pub unreadable: usize,
    /// The text of each order as it came, masked and cut, in the same order.
    pub raw: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OrderRequest<'a> {
    Transaction {
        transaction_id: &'a str,
    },
    Merchant {
        merchant_id: &'a str,
        merchant_trade_no: &'a str,
    },
}

#[derive(Serialize)]
struct ListRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pay_time_range: Option<PayTimeRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_state: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    openid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_index: Option<&'a str>,
    page_size: u32,
}

/// Unix seconds, both ends inclusive.
#[derive(Serialize)]
struct PayTimeRange {
    begin_time: i64,
    end_time: i64,
}

/// The body of `get_order`.
pub(super) fn order_request(key: &OrderKey) -> Vec<u8> {
    super::to_json(&match key {
        OrderKey::Transaction(id) => OrderRequest::Transaction {
            transaction_id: id.as_str(),
        },
        OrderKey::Merchant { mchid, out_trade_no } => OrderRequest::Merchant {
            merchant_id: mchid,
            merchant_trade_no: out_trade_no,
        },
    })
}

/// The body of `get_order_list`.
pub(super) fn list_request(query: &OrderQuery, cursor: Option<&str>, page_size: u32) -> Vec<u8> {
    let ranged = query.paid_from.is_some() || query.paid_to.is_some();
    super::to_json(&ListRequest {
        pay_time_range: ranged.then(|| PayTimeRange {
            // Payments have whole seconds: the first one that is not before `paid_from`.
            begin_time: query
                .paid_from
                .map_or(0, |from| from.millis().saturating_add(999).div_euclid(1000)),
            end_time: query.paid_to.map_or(LAST_SECOND, Timestamp::secs),
        }),
        order_state: query.state.map(i64::from),
        openid: query.openid.as_ref().map(|payer| payer.0.as_str()),
        last_index: cursor,
        page_size: page_size.clamp(1, MAX_PAGE_SIZE),
    })
}

/// The order in an answer of `get_order`; `None` when there is none or it is not the one that was asked for.
pub(super) fn read_order(answer: &Value, key: &OrderKey) -> Option<Order> {
    let order = order(lenient::object(answer, "order"))?;
    let asked = match key {
        OrderKey::Transaction(id) => order.transaction_id == *id,
        OrderKey::Merchant { out_trade_no, .. } => order.out_trade_no == *out_trade_no,
    };
    asked.then_some(order)
}

/// The page in an answer of `get_order_list`. The list ends when WeChat says so, when the cursor stays where
/// it was, and when the page is empty, so that a broken cursor cannot turn in a circle.
pub(super) fn read_page(answer: &Value, cursor: Option<&str>) -> OrderPage {
    let entries = lenient::list(answer, "order_list");
    let read = |entry| Some((order(entry)?, super::raw::of_value(entry)));
    let (orders, raw): (Vec<Order>, Vec<String>) = entries.iter().filter_map(read).unzip();
    let next = Some(lenient::text(answer, "last_index")).filter(|next| {
        let moved = !next.is_empty() && Some(next.as_str()) != cursor;
        lenient::boolean(answer, "has_more") && moved && !entries.is_empty()
    });
    OrderPage {
        unreadable: entries.len().saturating_sub(orders.len()),
        orders,
        next,
        raw,
    }
}

fn order(value: &Value) -> Option<Order> {
    Some(Order {
        transaction_id: TransactionId::parse(lenient::text(value, "transaction_id").trim())?,
        mchid: lenient::text(value, "merchant_id"),
        out_trade_no: lenient::text(value, "merchant_trade_no"),
        sub_mchid: lenient::text(value, "sub_merchant_id"),
        description: lenient::text(value, "description"),
        paid_amount: Fen(lenient::integer(value, "paid_amount")),
        openid: OpenId(lenient::text(value, "openid")),
        pay_time: lenient::time(value, "pay_time").unwrap_or_default(),
        state: OrderState::from(lenient::integer(value, "order_state")),
        in_complaint: lenient::boolean(value, "in_complaint"),
        shipping: shipping(lenient::object(value, "shipping")),
    })
}

fn shipping(value: &Value) -> Shipping {
    Shipping {
        delivery_mode: lenient::integer(value, "delivery_mode"),
        logistics_type: lenient::integer(value, "logistics_type"),
        finish_shipping: lenient::boolean(value, "finish_shipping"),
        finish_shipping_count: lenient::integer(value, "finish_shipping_count"),
        goods_desc: lenient::text(value, "goods_desc"),
        parcels: lenient::list(value, "shipping_list").iter().map(parcel).collect(),
    }
}

fn parcel(value: &Value) -> ShippedParcel {
    let contact = lenient::object(value, "contact");
    ShippedParcel {
        tracking_no: lenient::text(value, "tracking_no"),
        express_company: lenient::text(value, "express_company"),
        goods_desc: lenient::text(value, "goods_desc"),
        upload_time: lenient::time(value, "upload_time"),
        consignor_contact: lenient::text(contact, "consignor_contact"),
        receiver_contact: lenient::text(contact, "receiver_contact"),
    }
}
