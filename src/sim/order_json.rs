//! Orders as JSON for the control routes: read one in, write one out with its history.
//!
//! Separate from `order` because this is our own format, not WeChat's.

use super::order::{Actor, Change, Order, Parcel, Shipping};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Names a custom order may have; all but the first three may be left out.
const NAMES: [&str; 20] = [
    "transaction_id",
    "out_trade_no",
    "openid",
    "mchid",
    "sub_mchid",
    "description",
    "paid_amount",
    "pay_time",
    "paid_secs_ago",
    "trade_create_time",
    "visible_at",
    "visible_in_secs",
    "order_state",
    "reported_state",
    "in_complaint",
    "empty_shipping",
    "shipping",
    "reship_used",
    "reminder_used",
    "shipped_at",
];

/// Reads one order or a list of them; says which one is wrong and why.
pub fn read_all(value: &Value, now: Timestamp) -> Result<Vec<Order>, String> {
    let Some(items) = value.as_array() else {
        return Ok(vec![read(value, now)?]);
    };
    items
        .iter()
        .enumerate()
        .map(|(index, item)| read(item, now).map_err(|problem| format!("order {index}: {problem}")))
        .collect()
}

/// Reads one order. Left out are: paid an hour ago, visible, to be shipped.
fn read(value: &Value, now: Timestamp) -> Result<Order, String> {
    let map = value.as_object().ok_or("an object is expected")?;
    if let Some(name) = map.keys().find(|name| !NAMES.contains(&name.as_str())) {
        return Err(format!("unknown field {name:?}; known are {}", NAMES.join(", ")));
    }
    let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name: &str| map.get(name).and_then(Value::as_i64);
    let truth = |name: &str| map.get(name).and_then(Value::as_bool);
    let needed = |name: &str| {
        text(name)
            .filter(|text| !text.is_empty())
            .ok_or(format!("{name} is missing"))
    };
    let paid_ago = now
        .as_second()
        .saturating_sub(number("paid_secs_ago").unwrap_or(3600));
    let pay_time = number("pay_time").unwrap_or(paid_ago);
    let visible_in = number("visible_in_secs").map(|secs| now.as_second().saturating_add(secs));
    let shipping = map
        .get("shipping")
        .map(|shipping| read_shipping(shipping, pay_time))
        .transpose()?;
    let finished = shipping.as_ref().is_some_and(|shipping| shipping.finish);
    let shipped_at = number("shipped_at").or_else(|| finished.then(|| pay_time.saturating_add(60)));
    Ok(Order {
        transaction_id: needed("transaction_id")?,
        out_trade_no: needed("out_trade_no")?,
        openid: needed("openid")?,
        mchid: text("mchid").unwrap_or_else(|| "1600000001".to_owned()),
        sub_mchid: text("sub_mchid").unwrap_or_default(),
        description: text("description").unwrap_or_default(),
        paid_amount: number("paid_amount").unwrap_or(1),
        pay_time,
        trade_create_time: number("trade_create_time").unwrap_or(pay_time),
        visible_at: number("visible_at").or(visible_in).unwrap_or(pay_time),
        order_state: number("order_state").unwrap_or(if finished { 2 } else { 1 }),
        reported_state: number("reported_state"),
        in_complaint: match map.get("in_complaint") {
            None => Some(false),
            Some(_) => truth("in_complaint"),
        },
        empty_shipping: truth("empty_shipping").unwrap_or(false),
        last_upload_time: shipped_at.and_then(|secs| Timestamp::from_second(secs).ok()),
        shipping,
        reship_used: truth("reship_used").unwrap_or(false),
        reminder_used: truth("reminder_used").unwrap_or(false),
        shipped_at,
        ..Order::default()
    })
}

/// Reads the shape that `get_order` answers.
fn read_shipping(value: &Value, upload_time: i64) -> Result<Shipping, String> {
    let number =
        |value: &Value, name: &str, default| value.get(name).and_then(Value::as_i64).unwrap_or(default);
    let list = value.get("shipping_list").and_then(Value::as_array);
    let list = list.ok_or("shipping.shipping_list must be an array")?;
    let finish = value
        .get("finish_shipping")
        .and_then(Value::as_bool)
        .unwrap_or(true);
    let parcels = list.iter().map(|parcel| {
        let text = |pointer: &str| {
            parcel
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Parcel {
            tracking_no: text("/tracking_no"),
            express_company: text("/express_company"),
            item_desc: text("/goods_desc"),
            consignor_contact: text("/contact/consignor_contact"),
            receiver_contact: text("/contact/receiver_contact"),
            upload_time: number(parcel, "upload_time", upload_time),
        }
    });
    Ok(Shipping {
        delivery_mode: number(value, "delivery_mode", if list.len() > 1 { 2 } else { 1 }),
        logistics_type: number(value, "logistics_type", 1),
        finish,
        finish_count: number(value, "finish_shipping_count", i64::from(finish)),
        parcels: parcels.collect(),
    })
}

/// The whole record of an order: what WeChat would show, and what only the simulator knows.
pub fn record(order: &Order, uploads_sent: usize) -> Value {
    let mut fields = order.to_reply(false);
    let history: Vec<Value> = order.history.iter().map(change).collect();
    let notices: Vec<Value> = order
        .notices
        .iter()
        .map(|notice| json!({"at": notice.at.to_string(), "kind": notice.kind}))
        .collect();
    fields.insert("true_state".into(), order.order_state.into());
    fields.insert("visible_at".into(), order.visible_at.into());
    fields.insert("uploads_sent".into(), uploads_sent.into());
    fields.insert("committed_uploads".into(), order.committed_uploads().into());
    fields.insert("reship_used".into(), order.reship_used.into());
    fields.insert("reminder_used".into(), order.reminder_used.into());
    fields.insert("special".into(), json!(order.special));
    fields.insert(
        "last_upload_time".into(),
        json!(order.last_upload_time.map(|at| at.to_string())),
    );
    fields.insert("history".into(), history.into());
    fields.insert("notices".into(), notices.into());
    Value::Object(fields)
}

fn change(change: &Change) -> Value {
    let by = match change.by {
        Actor::Api => "api",
        Actor::SomeoneElse => "someone_else",
        Actor::Buyer => "buyer",
        Actor::Platform => "platform",
    };
    let parcels: Vec<Value> = change
        .shipping
        .iter()
        .flat_map(|shipping| &shipping.parcels)
        .map(|parcel| json!({"express_company": parcel.express_company, "tracking_no": parcel.tracking_no}))
        .collect();
    json!({"at": change.at.to_string(), "by": by, "what": change.what, "parcels": parcels})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_700_000_000).unwrap()
    }

    #[test]
    fn three_numbers_make_an_order_that_can_be_shipped() {
        let value = json!({"transaction_id": "42", "out_trade_no": "S1", "openid": "o1"});
        let orders = read_all(&value, now()).unwrap();
        assert_eq!(orders[0].order_state, 1);
        assert!(orders[0].visible_at <= now().as_second());
    }

    #[test]
    fn a_shipped_order_comes_back_as_it_went_in() {
        let shipping = json!({"shipping_list": [{"tracking_no": "SF1", "express_company": "SF"}]});
        let value =
            json!([{"transaction_id": "42", "out_trade_no": "S1", "openid": "o1", "shipping": shipping}]);
        let orders = read_all(&value, now()).unwrap();
        let record = record(&orders[0], 0);
        assert_eq!(record["order_state"], 2);
        assert_eq!(record["shipping"]["finish_shipping_count"], 1);
        assert_eq!(record["shipping"]["shipping_list"][0]["tracking_no"], "SF1");
    }

    #[test]
    fn a_bad_order_is_named_with_its_place() {
        let good = json!({"transaction_id": "42", "out_trade_no": "S1", "openid": "o1"});
        for (bad, words) in [
            (
                json!({"transaction_id": "42", "openid": "o1"}),
                "order 1: out_trade_no is missing",
            ),
            (
                json!({"transactionId": "42"}),
                "order 1: unknown field \"transactionId\"",
            ),
            (json!(7), "order 1: an object is expected"),
        ] {
            let problem = read_all(&json!([good, bad]), now()).unwrap_err();
            assert!(problem.starts_with(words), "{problem}");
        }
    }
}
