//! What the pretend WeChat answers before it becomes bytes: an errcode with its text, or fields.
//!
//! Separate so that the rules return meaning and only one place knows the envelope with its `rid`.

use serde_json::{Map, Value};

/// A request that was not carried out, with the code of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The `errcode`.
    pub errcode: i64,
    /// The `errmsg` without its `rid`.
    pub text: String,
}

impl Refusal {
    /// A refusal with its code and text.
    pub fn new(errcode: i64, text: impl Into<String>) -> Self {
        Self {
            errcode,
            text: text.into(),
        }
    }
}

/// A request that was carried out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// The fields of the answer beside `errcode` and `errmsg`.
    pub fields: Map<String, Value>,
    /// Token answers carry no `errcode` when all is well.
    pub bare: bool,
}

impl Done {
    /// An answer with nothing but `errcode` 0.
    pub fn empty() -> Self {
        Self::default()
    }

    /// An answer with these fields.
    pub fn with(fields: Map<String, Value>) -> Self {
        Self { fields, bare: false }
    }
}

/// The JSON an endpoint answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The `errcode`, `None` where the documents have none.
    pub errcode: Option<i64>,
    /// The whole body.
    pub body: Value,
    /// True when the request was carried out.
    pub applied: bool,
}

impl Reply {
    /// Puts the envelope around an outcome; `rid` ends the `errmsg`.
    pub fn new(outcome: Result<Done, Refusal>, rid: &str) -> Self {
        match outcome {
            Ok(done) if done.bare => Self {
                errcode: None,
                body: Value::Object(done.fields),
                applied: true,
            },
            Ok(done) => Self {
                errcode: Some(0),
                body: envelope(0, &format!("ok rid: {rid}"), done.fields),
                applied: true,
            },
            Err(refusal) => Self {
                errcode: Some(refusal.errcode),
                body: envelope(
                    refusal.errcode,
                    &format!("{} rid: {rid}", refusal.text),
                    Map::new(),
                ),
                applied: false,
            },
        }
    }
}

/// `{"errcode":…,"errmsg":…,…}`.
fn envelope(errcode: i64, errmsg: &str, fields: Map<String, Value>) -> Value {
    let mut body = Map::new();
    body.insert("errcode".into(), errcode.into());
    body.insert("errmsg".into(), errmsg.into());
    body.extend(fields);
    Value::Object(body)
}
