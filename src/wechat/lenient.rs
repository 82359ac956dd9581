//! Values of a read, taken leniently: numbers may come as text, and missing, null, "" and {} are the same.
//!
//! Separate because it is the opposite of `envelope`: here a surprise must not hide an order (contract section 12).

use serde_json::Value;

use crate::domain::Timestamp;

/// The largest whole number that a float holds exactly.
const EXACT_FLOAT: f64 = 9_007_199_254_740_992.0;

/// A text; whole numbers become their digits. A number that lost digits on its way is not taken.
pub(super) fn text(object: &Value, name: &str) -> String {
    let Some(value) = object.get(name) else {
        return String::new();
    };
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    match (value.as_i64(), value.as_u64()) {
        (Some(number), _) => number.to_string(),
        (None, Some(number)) => number.to_string(),
        (None, None) => String::new(),
    }
}

/// A whole number, 0 when there is none.
pub(super) fn integer(object: &Value, name: &str) -> i64 {
    object.get(name).and_then(whole).unwrap_or(0)
}

/// A yes; 1 and "true" count as well.
pub(super) fn boolean(object: &Value, name: &str) -> bool {
    let Some(value) = object.get(name) else {
        return false;
    };
    value
        .as_bool()
        .or_else(|| value.as_str().map(|text| matches!(text.trim(), "true" | "1")))
        .or_else(|| whole(value).map(|number| number != 0))
        .unwrap_or(false)
}

/// The entries of a list; anything else than a list has none.
pub(super) fn list<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A part that may be missing; reading from `Null` gives empty values.
pub(super) fn object<'a>(object: &'a Value, name: &str) -> &'a Value {
    const NOTHING: &Value = &Value::Null;
    object.get(name).unwrap_or(NOTHING)
}

/// Unix seconds; 0 and everything unreadable is no time. RFC 3339 is taken as well.
pub(super) fn time(object: &Value, name: &str) -> Option<Timestamp> {
    let value = object.get(name)?;
    match whole(value) {
        Some(secs) => (secs != 0).then(|| Timestamp::from_secs(secs)),
        None => Timestamp::parse(value.as_str()?),
    }
}

/// A whole number in any spelling.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()))
        .or_else(|| value.as_f64().and_then(exact))
}

fn exact(number: f64) -> Option<i64> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only floats that are whole numbers within the exact range get here"
    )]
    let whole = || number as i64;
    (number.fract() == 0.0 && number.abs() <= EXACT_FLOAT).then(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_come_as_numbers_or_as_text() {
        for (value, expected) in [
            (json!(12), 12),
            (json!("12"), 12),
            (json!(" -12 "), -12),
            (json!(12.0), 12),
            (json!(12.5), 0),
            (json!(1e300), 0),
            (json!(""), 0),
            (json!(null), 0),
            (json!({}), 0),
            (json!([1]), 0),
            (json!("x"), 0),
        ] {
            assert_eq!(integer(&json!({"n": value}), "n"), expected, "{value}");
        }
        assert_eq!(integer(&json!({}), "n"), 0);
        assert_eq!(integer(&Value::Null, "n"), 0);
    }

    #[test]
    fn an_id_that_lost_digits_is_not_taken() {
        let exact: Value = serde_json::from_str(r#"{"id":1900001234}"#).unwrap();
        assert_eq!(text(&exact, "id"), "1900001234");
        let large: Value = serde_json::from_str(r#"{"id":18446744073709551615}"#).unwrap();
        assert_eq!(text(&large, "id"), "18446744073709551615");
        let lossy: Value = serde_json::from_str(r#"{"id":4200000925202101284997714292}"#).unwrap();
        assert_eq!(text(&lossy, "id"), "");
    }

    #[test]
    fn absence_has_many_spellings() {
        for value in [json!(null), json!(""), json!({}), json!([])] {
            let object_with = json!({"x": value});
            assert_eq!(text(&object_with, "x"), "", "{value}");
            assert!(!boolean(&object_with, "x"), "{value}");
            assert!(list(&object_with, "x").is_empty(), "{value}");
            assert_eq!(time(&object_with, "x"), None, "{value}");
            assert_eq!(text(object(&object_with, "x"), "inner"), "", "{value}");
        }
        assert!(list(&Value::Null, "x").is_empty());
    }

    #[test]
    fn a_yes_has_several_spellings() {
        for (value, expected) in [
            (json!(true), true),
            (json!(1), true),
            (json!("true"), true),
            (json!("1"), true),
            (json!(false), false),
            (json!(0), false),
            (json!("false"), false),
            (json!("0"), false),
        ] {
            assert_eq!(boolean(&json!({"b": value}), "b"), expected, "{value}");
        }
    }

    #[test]
    fn times_are_seconds() {
        assert_eq!(
            time(&json!({"t": 1_700_000_000}), "t"),
            Some(Timestamp::from_secs(1_700_000_000))
        );
        assert_eq!(
            time(&json!({"t": "1700000000"}), "t"),
            Some(Timestamp::from_secs(1_700_000_000))
        );
        assert_eq!(time(&json!({"t": 0}), "t"), None);
        assert_eq!(
            time(&json!({"t": "2023-11-15T06:13:20+08:00"}), "t"),
            Some(Timestamp::from_secs(1_700_000_000))
        );
    }
}
