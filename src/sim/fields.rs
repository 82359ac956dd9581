//! Strict reading of request JSON by the field names of the documents.
//!
//! Separate because every endpoint shares the same shape rules: unknown names, objects for arrays and
//! wrong types are 47001, and `null` counts as absent.

use super::reply::Refusal;
use serde_json::{Map, Value};

/// The members of one JSON object whose names have been checked.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// Takes an object; 47001 when it is something else or has a name that is not in `known`.
    pub fn of(value: &'a Value, known: &[&str]) -> Result<Self, Refusal> {
        let Some(map) = value.as_object() else {
            return Err(malformed("an object is expected"));
        };
        match map.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(malformed(&format!("unknown field {name:?}"))),
            None => Ok(Self(map)),
        }
    }

    /// A string; absent and `null` are `None`.
    pub fn text(self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.present(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(malformed(&format!("{name} must be a string"))),
        }
    }

    /// A string that is neither absent nor empty.
    pub fn filled(self, name: &str) -> Result<Option<&'a str>, Refusal> {
        Ok(self.text(name)?.filter(|text| !text.is_empty()))
    }

    /// A whole number; a numeric string passes too (the ledger warns of it).
    pub fn number(self, name: &str) -> Result<Option<i64>, Refusal> {
        let wrong = || malformed(&format!("{name} must be a number"));
        match self.present(name) {
            None => Ok(None),
            Some(Value::Number(number)) => number.as_i64().map(Some).ok_or_else(wrong),
            Some(Value::String(text)) => match text.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(wrong()),
            },
            Some(_) => Err(wrong()),
        }
    }

    /// A number that may also be written as one of these names.
    pub fn number_or_name(self, name: &str, names: &[(&str, i64)]) -> Result<Option<i64>, Refusal> {
        let given = self.present(name).and_then(Value::as_str);
        match names.iter().find(|(word, _)| Some(*word) == given) {
            Some((_, number)) => Ok(Some(*number)),
            None => self.number(name),
        }
    }

    /// A truth value.
    pub fn boolean(self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.present(name) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(_) => Err(malformed(&format!("{name} must be a boolean"))),
        }
    }

    /// An object with these names.
    pub fn object(self, name: &str, known: &[&str]) -> Result<Option<Fields<'a>>, Refusal> {
        match self.present(name) {
            None => Ok(None),
            Some(value) => Fields::of(value, known).map(Some),
        }
    }

    /// An array.
    pub fn array(self, name: &str) -> Result<Option<&'a [Value]>, Refusal> {
        match self.present(name) {
            None => Ok(None),
            Some(Value::Array(items)) => Ok(Some(items)),
            Some(_) => Err(malformed(&format!("{name} must be an array"))),
        }
    }

    fn present(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }
}

/// 47001 with the reason.
pub fn malformed(reason: &str) -> Refusal {
    Refusal::new(47001, format!("data format error hint: [{reason}]"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn null_is_absent_and_a_wrong_type_is_47001() {
        let body = json!({"a": null, "b": 1, "c": "2", "d": [], "e": {}, "f": "x"});
        let fields = Fields::of(&body, &["a", "b", "c", "d", "e", "f"]).unwrap();
        assert_eq!(fields.text("a"), Ok(None));
        assert_eq!(fields.number("b"), Ok(Some(1)));
        assert_eq!(fields.number("c"), Ok(Some(2)));
        for wrong in [
            fields.text("b").map(|_| ()),
            fields.number("f").map(|_| ()),
            fields.number("d").map(|_| ()),
            fields.boolean("b").map(|_| ()),
            fields.array("e").map(|_| ()),
            fields.object("d", &[]).map(|_| ()),
        ] {
            assert_eq!(wrong.unwrap_err().errcode, 47001);
        }
    }

    #[test]
    fn an_unknown_name_is_47001() {
        let refusal = Fields::of(&json!({"transactionId": "42"}), &["transaction_id"]).unwrap_err();
        assert_eq!(refusal.errcode, 47001);
    }
}
