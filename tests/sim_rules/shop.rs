//! A world with one order, and the bodies that ship it; separate because all rules start from it.

use fahuo::sim::endpoint;
use fahuo::sim::world::Request;
use fahuo::sim::{Order, SimConfig, World};
use jiff::Timestamp;
use serde_json::{Value, json};

pub const TRANSACTION: &str = "4200000000000000000000000001";
pub const PAID: i64 = 1_700_000_000;

pub fn at(secs: i64) -> Timestamp {
    Timestamp::from_second(PAID + 3600 + secs).unwrap()
}

/// A world with one order that can be shipped, and a token for it.
pub struct Shop {
    pub world: World,
    pub token: String,
}

impl Shop {
    pub fn new() -> Self {
        let mut world = World::new(
            &SimConfig {
                orders: 0,
                ..SimConfig::default()
            },
            at(0),
        );
        world.limits.per_second = None;
        world.put_order(order(TRANSACTION, "S1"));
        let token = world.tokens.current(at(0)).0;
        Self { world, token }
    }

    pub fn call(&mut self, path: &str, body: &Value, secs: i64) -> (i64, Value) {
        let body = body.to_string();
        let token = self.token.clone();
        let request = Request {
            method: "POST",
            path,
            access_token: Some(&token),
            body: body.as_bytes(),
        };
        let reply = self.world.apply(&request, at(secs));
        (reply.errcode.unwrap(), reply.body)
    }

    pub fn upload(&mut self, body: &Value) -> i64 {
        self.call(endpoint::UPLOAD, body, 1).0
    }

    pub fn order(&self) -> &Order {
        self.world.order(TRANSACTION).unwrap()
    }
}

pub fn order(transaction_id: &str, out_trade_no: &str) -> Order {
    Order {
        transaction_id: transaction_id.into(),
        out_trade_no: out_trade_no.into(),
        mchid: "1600000001".into(),
        openid: "o1".into(),
        pay_time: PAID,
        visible_at: PAID + 60,
        order_state: 1,
        ..Order::default()
    }
}

pub fn parcel(tracking_no: &str) -> Value {
    json!({"tracking_no": tracking_no, "express_company": "ZTO", "item_desc": "茶叶"})
}

/// A good unified express upload, `secs` after the first possible stamp.
pub fn unified(tracking_no: &str, secs: i64) -> Value {
    json!({
        "order_key": {"order_number_type": 2, "transaction_id": TRANSACTION},
        "logistics_type": 1,
        "delivery_mode": 1,
        "shipping_list": [parcel(tracking_no)],
        "upload_time": stamp(secs),
        "payer": {"openid": "o1"},
    })
}

pub fn split(tracking_nos: &[&str], all: bool, secs: i64) -> Value {
    let mut body = unified("", secs);
    body["delivery_mode"] = 2.into();
    body["is_all_delivered"] = all.into();
    body["shipping_list"] = tracking_nos.iter().map(|no| parcel(no)).collect();
    body
}

pub fn stamp(secs: i64) -> Value {
    format!("2023-11-15T08:{:02}:{:02}+08:00", secs / 60, secs % 60).into()
}
