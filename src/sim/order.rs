//! The record of one payment, as the contract's section 10.1 lists it.
//!
//! Separate because the rules change it, the queries show it, and the seed makes it.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// One payment and what has been done to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    /// WeChat's number, 28 digits as a rule. Must not be changed once the world knows the order.
    pub transaction_id: String,
    /// The merchant that placed the payment (`merchant_id` in replies).
    pub mchid: String,
    /// The sub-merchant of a service-provider payment; empty when there is none.
    pub sub_mchid: String,
    /// The merchant's own number. Must not be changed once the world knows the order.
    pub out_trade_no: String,
    /// All goods joined by semicolons.
    pub description: String,
    /// The payer under the Mini Program's appid.
    pub openid: String,
    /// Fen.
    pub paid_amount: i64,
    /// Unix seconds; 0 has been seen in the wild.
    pub trade_create_time: i64,
    /// Unix seconds.
    pub pay_time: i64,
    /// Unix seconds; before this every lookup answers 10060001.
    pub visible_at: i64,
    /// 1 to be shipped, 2 shipped, 3 receipt confirmed, 4 complete, 5 refunded, 6 awaiting settlement.
    pub order_state: i64,
    /// A state to report instead of the true one (an unknown 7, a refund shown a day late).
    pub reported_state: Option<i64>,
    /// A dispute is open; `None` leaves the field out of replies.
    pub in_complaint: Option<bool>,
    /// What was uploaded; `None` before the first upload.
    pub shipping: Option<Shipping>,
    /// Before the first upload report `shipping:{}` instead of leaving it out.
    pub empty_shipping: bool,
    /// The `upload_time` of the last accepted upload.
    pub last_upload_time: Option<Timestamp>,
    /// The single re-shipment is gone.
    pub reship_used: bool,
    /// The single receipt reminder is gone.
    pub reminder_used: bool,
    /// A special report (X): its type, and `delay_to` in unix seconds for a pre-sale.
    pub special: Option<(i64, Option<i64>)>,
    /// Unix seconds when the last parcel was reported.
    pub shipped_at: Option<i64>,
    /// Unix seconds when receipt was confirmed.
    pub confirmed_at: Option<i64>,
    /// 1 by the buyer, 2 automatic.
    pub confirm_method: Option<i64>,
    /// Unix seconds when the money was settled.
    pub settled_at: Option<i64>,
    /// Every change, oldest first.
    pub history: Vec<Change>,
    /// Every message sent because of this order, oldest first.
    pub notices: Vec<Notice>,
}

/// The shipping part of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shipping {
    /// 1 unified, 2 split.
    pub delivery_mode: i64,
    /// 1 express, 2 same-city, 3 virtual, 4 self pick-up.
    pub logistics_type: i64,
    /// All parcels reported.
    pub finish: bool,
    /// 0 not finished, 1 finished, 2 re-shipped and finished.
    pub finish_count: i64,
    /// The parcels in the order they were reported.
    pub parcels: Vec<Parcel>,
}

/// One parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parcel {
    /// Empty unless sent by express.
    pub tracking_no: String,
    /// The courier's `delivery_id`; empty unless sent by express.
    pub express_company: String,
    /// Read back as `goods_desc`.
    pub item_desc: String,
    /// Masked phone of the sender.
    pub consignor_contact: String,
    /// Masked phone of the receiver.
    pub receiver_contact: String,
    /// Unix seconds.
    pub upload_time: i64,
}

/// Who changed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A call over the wire.
    Api,
    /// Another system of the merchant, or the web console.
    SomeoneElse,
    /// The buyer.
    Buyer,
    /// The platform itself.
    Platform,
}

/// One accepted change of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When it was accepted.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// `upload`, `remind`, `special`, `confirm`, `refund`, `settle`.
    pub what: &'static str,
    /// The shipping afterwards, for uploads.
    pub shipping: Option<Shipping>,
}

/// One message sent because of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// When it was sent.
    pub at: Timestamp,
    /// `parcels_shipped`, `all_shipped`, `reminder`, or the name of an event.
    pub kind: &'static str,
}

impl Parcel {
    /// True when buyer and courier see the same parcel; the time of the report does not count.
    pub fn same_as(&self, other: &Self) -> bool {
        let unstamped = Self {
            upload_time: other.upload_time,
            ..self.clone()
        };
        unstamped == *other
    }
}

impl Order {
    /// How many uploads that came over the wire were accepted.
    pub fn committed_uploads(&self) -> usize {
        self.history
            .iter()
            .filter(|change| change.what == "upload" && change.by == Actor::Api)
            .count()
    }

    /// The `order` object of `get_order` and `get_order_list`.
    ///
    /// With `partial_is_shipped` an unfinished split shipment is reported in state 2.
    pub fn to_reply(&self, partial_is_shipped: bool) -> Map<String, Value> {
        let mut order = Map::new();
        order.insert("transaction_id".into(), self.transaction_id.clone().into());
        order.insert("merchant_trade_no".into(), self.out_trade_no.clone().into());
        order.insert("merchant_id".into(), self.mchid.clone().into());
        order.insert("sub_merchant_id".into(), self.sub_mchid.clone().into());
        order.insert("description".into(), cut(&self.description).into());
        order.insert("paid_amount".into(), self.paid_amount.into());
        order.insert("openid".into(), self.openid.clone().into());
        order.insert("trade_create_time".into(), self.trade_create_time.into());
        order.insert("pay_time".into(), self.pay_time.into());
        order.insert("order_state".into(), self.shown_state(partial_is_shipped).into());
        if let Some(in_complaint) = self.in_complaint {
            order.insert("in_complaint".into(), in_complaint.into());
        }
        match &self.shipping {
            Some(shipping) => {
                order.insert("shipping".into(), shipping.to_reply());
            }
            None if self.empty_shipping => {
                order.insert("shipping".into(), json!({}));
            }
            None => {}
        }
        order
    }

    /// The state a reply shows.
    pub fn shown_state(&self, partial_is_shipped: bool) -> i64 {
        let partial = self.shipping.as_ref().is_some_and(|shipping| !shipping.finish);
        match self.reported_state {
            Some(state) => state,
            None if partial_is_shipped && partial && self.order_state == 1 => 2,
            None => self.order_state,
        }
    }
}

impl Shipping {
    fn to_reply(&self) -> Value {
        let parcels: Vec<Value> = self.parcels.iter().map(Parcel::to_reply).collect();
        json!({
            "delivery_mode": self.delivery_mode,
            "logistics_type": self.logistics_type,
            "finish_shipping": self.finish,
            "finish_shipping_count": self.finish_count,
            "goods_desc": "",
            "upload_scene": 2,
            "shipping_list": parcels,
        })
    }
}

impl Parcel {
    fn to_reply(&self) -> Value {
        let mut parcel = Map::new();
        parcel.insert("tracking_no".into(), self.tracking_no.clone().into());
        parcel.insert("express_company".into(), self.express_company.clone().into());
        parcel.insert("goods_desc".into(), self.item_desc.clone().into());
        parcel.insert("upload_time".into(), self.upload_time.into());
        let mut contact = Map::new();
        for (name, text) in [
            ("consignor_contact", &self.consignor_contact),
            ("receiver_contact", &self.receiver_contact),
        ] {
            if !text.is_empty() {
                contact.insert(name.into(), text.clone().into());
            }
        }
        if !contact.is_empty() {
            parcel.insert("contact".into(), Value::Object(contact));
        }
        Value::Object(parcel)
    }
}

/// WeChat cuts the description at 120 characters and adds three dots.
fn cut(description: &str) -> String {
    if description.chars().count() <= 120 {
        return description.to_owned();
    }
    let mut text: String = description.chars().take(120).collect();
    text.push_str("...");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uploaded_item_desc_is_read_back_as_goods_desc_in_seconds() {
        let parcel = Parcel {
            tracking_no: "SF1".into(),
            item_desc: "茶🍵".into(),
            upload_time: 1_700_000_000,
            ..Parcel::default()
        };
        let shipping = Shipping {
            finish: true,
            finish_count: 1,
            parcels: vec![parcel],
            ..Shipping::default()
        };
        let order = Order {
            shipping: Some(shipping),
            order_state: 2,
            ..Order::default()
        };
        let reply = order.to_reply(false);
        let read = &reply["shipping"]["shipping_list"][0];
        assert_eq!(read["goods_desc"], "茶🍵");
        assert_eq!(read["upload_time"], 1_700_000_000);
        assert!(read.get("contact").is_none());
        assert!(reply.get("in_complaint").is_none());
    }

    #[test]
    fn an_unfinished_split_shows_state_1_or_2_by_setting() {
        let order = Order {
            shipping: Some(Shipping::default()),
            order_state: 1,
            ..Order::default()
        };
        assert_eq!((order.shown_state(false), order.shown_state(true)), (1, 2));
        let fresh = Order {
            order_state: 1,
            ..Order::default()
        };
        assert_eq!(fresh.shown_state(true), 1);
    }

    #[test]
    fn a_long_description_ends_in_three_dots_after_120_characters() {
        assert_eq!(cut(&"茶".repeat(120)), "茶".repeat(120));
        assert_eq!(cut(&"茶".repeat(121)), format!("{}...", "茶".repeat(120)));
    }
}
