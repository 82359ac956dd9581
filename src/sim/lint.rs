//! What the real server tolerates although the documents advise against it.
//!
//! Separate from the rules because it refuses nothing: it leaves warnings in the ledger for tests to find.

use super::couriers;
use serde_json::Value;

/// The warnings for a request body.
pub fn warnings(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(body) = serde_json::from_slice::<Value>(bytes) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if text.contains("\\u") {
        found.push("escaped text: buyers have been shown \\u literally".to_owned());
    }
    walk("", &body, &mut found);
    for shipment in shipments(&body) {
        check_shipment(shipment, &mut found);
    }
    found
}

/// Nulls, and numbers in quotes.
fn walk(name: &str, value: &Value, found: &mut Vec<String>) {
    const NUMBERS: [&str; 8] = [
        "order_number_type",
        "logistics_type",
        "delivery_mode",
        "received_time",
        "begin_time",
        "end_time",
        "page_size",
        "order_state",
    ];
    match value {
        Value::Null => found.push(format!("{name} is null: leave it out")),
        Value::String(_) if NUMBERS.contains(&name) => found.push(format!("{name} is not a number")),
        Value::Array(items) => items.iter().for_each(|item| walk(name, item, found)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(name, value, found)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn shipments(body: &Value) -> Vec<&Value> {
    let subs = body
        .get("sub_orders")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    subs.chain([body])
        .filter(|shipment| shipment.get("shipping_list").is_some())
        .collect()
}

fn check_shipment(shipment: &Value, found: &mut Vec<String>) {
    let given = |value: &Value, name: &str| {
        value
            .get(name)
            .is_some_and(|inner| !inner.is_null() && inner.as_str() != Some(""))
    };
    let both = |key: &Value| given(key, "transaction_id") && given(key, "out_trade_no");
    if shipment.get("order_key").is_some_and(both) {
        found.push("order_key carries both numbers: send those of its type".to_owned());
    }
    if shipment.get("delivery_mode").and_then(Value::as_i64) == Some(1) && given(shipment, "is_all_delivered")
    {
        found.push("is_all_delivered in unified mode: leave it out".to_owned());
    }
    let logistics = shipment.get("logistics_type");
    let express = logistics.and_then(Value::as_i64) == Some(1);
    for parcel in shipment
        .get("shipping_list")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        // Shopping orders have no such field here.
        if logistics.is_some()
            && !express
            && ["tracking_no", "express_company", "contact"]
                .iter()
                .any(|name| given(parcel, name))
        {
            found.push("a parcel that is not express carries more than item_desc".to_owned());
        }
        let courier = parcel
            .get("express_company")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if express && !courier.is_empty() && !couriers::is_known(courier) {
            found.push(format!("express_company {courier:?} is not in the list"));
        }
        for name in ["consignor_contact", "receiver_contact"] {
            let contact = parcel
                .pointer(&format!("/contact/{name}"))
                .and_then(Value::as_str);
            if contact.is_some_and(|contact| !contact.contains('*')) {
                found.push(format!("{name} is not masked"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_habit_has_its_warning_and_a_good_upload_has_none() {
        let express = |inner: &str| {
            format!(r#"{{"delivery_mode":1,"logistics_type":1,"shipping_list":[{{{inner}}}]}}"#)
        };
        for (body, expected) in [
            (
                express(r#""tracking_no":"1","express_company":"ZTO","item_desc":"茶""#),
                None,
            ),
            (express(r#""item_desc":"\u8336""#), Some("escaped text")),
            (express(r#""item_desc":null"#), Some("is null")),
            (express(r#""express_company":"YUNDA""#), Some("not in the list")),
            (
                express(r#""contact":{"receiver_contact":"13812341234"}"#),
                Some("not masked"),
            ),
            (
                r#"{"delivery_mode":"1","shipping_list":[]}"#.into(),
                Some("not a number"),
            ),
            (
                r#"{"delivery_mode":1,"is_all_delivered":true,"shipping_list":[]}"#.into(),
                Some("in unified mode"),
            ),
            (
                r#"{"logistics_type":4,"shipping_list":[{"item_desc":"a","tracking_no":"1"}]}"#.into(),
                Some("more than item_desc"),
            ),
            (
                r#"{"order_key":{"transaction_id":"1","out_trade_no":"2"},"shipping_list":[]}"#.into(),
                Some("both numbers"),
            ),
        ] {
            let found = warnings(body.as_bytes());
            match expected {
                None => assert!(found.is_empty(), "{body}: {found:?}"),
                Some(words) => assert!(
                    found.iter().any(|warning| warning.contains(words)),
                    "{body}: {found:?}"
                ),
            }
        }
    }
}
