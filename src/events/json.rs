//! The JSON form of a message: one flat object.

use serde_json::{Map, Value};

use super::fields::Fields;
use crate::domain::PushRefusal;

/// Reads the object. Numbers keep their digits or are left out: a number that has lost some is no number.
///
/// # Errors
/// [`PushRefusal::Malformed`].
pub(super) fn read(text: &str) -> Result<Fields, PushRefusal> {
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|_broken| PushRefusal::Malformed)?;
    let mut fields = Fields::default();
    for (name, value) in object {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => continue,
        };
        fields.put(&name, value)?;
    }
    Ok(fields)
}
