//! Answers as they came, for a person to read: masked, and cut to a bounded length. Apart from the envelope, because
//! nothing may ever be decided from them.

use serde_json::{Map, Value};

use crate::domain::{MaskedContact, OpenId, hide_private};

/// Longest text of an answer that is kept, in bytes.
pub const MAX_RAW_BYTES: usize = 4096;

/// Of an answer that is no JSON more is not looked at, in bytes.
const MOST_READ_BYTES: usize = 16 * MAX_RAW_BYTES;

/// Numbers that must stay readable to be found again.
const NUMBERS: [&str; 10] = [
    "transaction_id",
    "merchant_id",
    "merchant_trade_no",
    "sub_merchant_id",
    "mchid",
    "out_trade_no",
    "tracking_no",
    "express_company",
    "last_index",
    "rid",
];

/// The text of an answer in JSON.
pub(super) fn of_value(value: &Value) -> String {
    cut(&masked(None, value).to_string())
}

/// The text of an answer of any kind.
pub(super) fn of_bytes(body: &[u8]) -> String {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => of_value(&value),
        Err(_no_json) => {
            // More is never shown, and a page may be large; what is cut here is not what is shown last.
            let head = body.get(..MOST_READ_BYTES).unwrap_or(body);
            cut(&hide_private(&String::from_utf8_lossy(head)))
        }
    }
}

fn masked(name: Option<&str>, value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| (hide_private(name), masked(Some(name), value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(values) => values.iter().map(|value| masked(name, value)).collect(),
        Value::String(text) => Value::String(masked_text(name.unwrap_or_default(), text)),
        Value::Number(_) if is_secret(name.unwrap_or_default()) => Value::from("***"),
        Value::Number(number) if !NUMBERS.contains(&name.unwrap_or_default()) => {
            let text = number.to_string();
            let hidden = hide_private(&text);
            if hidden == text {
                value.clone()
            } else {
                Value::from(hidden)
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => value.clone(),
    }
}

fn masked_text(name: &str, text: &str) -> String {
    if NUMBERS.contains(&name) {
        return text.to_owned();
    }
    if name.ends_with("openid") {
        return OpenId(text.to_owned()).short();
    }
    if is_secret(name) {
        return String::from("***");
    }
    if name.ends_with("_contact") {
        return MaskedContact::mask(text)
            .map_or_else(|| hide_private(text), |masked| masked.as_str().to_owned());
    }
    hide_private(text)
}

pub(super) fn is_secret(name: &str) -> bool {
    name.ends_with("token") || name.ends_with("secret") || name == "session_key"
}

pub(super) fn cut(text: &str) -> String {
    if text.len() <= MAX_RAW_BYTES {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(MAX_RAW_BYTES);
    format!("{}…", text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_kept_without_what_belongs_to_a_person() {
        let answer = json!({
            "errcode": 0,
            "errmsg": "ok 13812341234 rid: 65f1a2b3-0a1b",
            "access_token": "secret",
            "tel": 13_812_341_234_u64,
            "order": {
                "transaction_id": "4200000925202101284997714292",
                "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
                "description": "请打13812341234",
                "shipping": {"shipping_list": [{
                    "tracking_no": "13812341234",
                    "contact": {"receiver_contact": "13812341234"},
                }]},
            },
        });
        let raw = of_value(&answer);
        let read: Value = serde_json::from_str(&raw).unwrap();
        assert_eq!(read["errmsg"], "ok 138****1234 rid: 65f1a2b3-0a1b");
        assert_eq!(read["access_token"], "***");
        assert_eq!(read["tel"], "138****1234");
        assert_eq!(read["order"]["openid"], "oUpF…eS6o");
        assert_eq!(read["order"]["description"], "请打138****1234");
        let parcel = &read["order"]["shipping"]["shipping_list"][0];
        assert_eq!(parcel["tracking_no"], "13812341234", "a tracking number stays");
        assert_eq!(parcel["contact"]["receiver_contact"], "138****1234");
    }

    #[test]
    fn whatever_came_is_text_of_bounded_length() {
        assert_eq!(of_bytes(b"<html>13812341234"), "<html>138****1234");
        assert_eq!(of_bytes(b"\xff\xfe"), "\u{fffd}\u{fffd}");
        // A phone that lies over the cut does not stay readable up to there.
        let across = format!("{}13812341234", "x ".repeat(MAX_RAW_BYTES / 2 - 5));
        assert!(of_bytes(across.as_bytes()).ends_with("138****123…"));
        let long = of_bytes("错".repeat(9000).as_bytes());
        assert!(long.len() <= MAX_RAW_BYTES + '…'.len_utf8() && long.ends_with('…'));
        let long = of_value(&json!({ "errmsg": "错".repeat(9000) }));
        assert!(long.len() <= MAX_RAW_BYTES + '…'.len_utf8());
    }
}
