//! The form of `ship-combined`: read, checked field by field, and what is wrong with it told with its place and the
//! repair. Apart from sending it because a form is written by hand.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::Fail;
use super::json_place::{Step, path_words, place_of, place_of_error};
use super::output::Console;
use crate::domain::plain_text::one_line;
use crate::domain::{CombinedDraft, DeliveryMode, Draft, LogisticsType, ParcelDraft};
use crate::i18n::{Arg, logistics_type_name};

/// A form as the help shows it; whoever copies it changes the numbers and the texts.
pub const SAMPLE: &str = r#"  {
    "parent": "4200000000202611210000000001",
    "sub_orders": [
      {
        "transaction_id": "4200000000202611210000000002",
        "parcels": [
          {
            "express_company": "ZTO",
            "tracking_no": "78000000000001",
            "item_desc": "茶叶 1 盒"
          }
        ]
      },
      {
        "transaction_id": "4200000000202611210000000003",
        "logistics_type": 1,
        "is_all_delivered": true,
        "parcels": [
          {
            "express_company": "SF",
            "tracking_no": "SF1234567890123",
            "item_desc": "茶杯 2 只",
            "receiver_contact": "138****0000"
          }
        ]
      }
    ]
  }"#;
/// Characters of a field's name from a file that are shown.
const NAME_CHARS: usize = 80;

/// A combined order as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    parent: String,
    sub_orders: Vec<Sub>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sub {
    transaction_id: String,
    #[serde(default = "express")]
    logistics_type: i64,
    #[serde(default = "yes")]
    is_all_delivered: bool,
    parcels: Vec<Parcel>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parcel {
    #[serde(default)]
    express_company: String,
    #[serde(default)]
    tracking_no: String,
    item_desc: String,
    #[serde(default)]
    consignor_contact: String,
    #[serde(default)]
    receiver_contact: String,
}

fn express() -> i64 {
    LogisticsType::Express.code()
}

fn yes() -> bool {
    true
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    List,
    Text,
    YesNo,
    Logistics,
}

/// A field: its name, what it holds, and whether it must be there.
type Field = (&'static str, Kind, bool);

const FORM: [Field; 2] = [("parent", Kind::Text, true), ("sub_orders", Kind::List, true)];
const SUB: [Field; 4] = [
    ("transaction_id", Kind::Text, true),
    ("parcels", Kind::List, true),
    ("logistics_type", Kind::Logistics, false),
    ("is_all_delivered", Kind::YesNo, false),
];
const PARCEL: [Field; 5] = [
    ("item_desc", Kind::Text, true),
    ("express_company", Kind::Text, false),
    ("tracking_no", Kind::Text, false),
    ("consignor_contact", Kind::Text, false),
    ("receiver_contact", Kind::Text, false),
];

/// The first thing that is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
    /// The value at the end of the path is of another kind.
    Kind(Kind),
    /// The object at the end of the path lacks this field.
    Missing(&'static str, Kind),
    /// There is no field of the name at the end of the path; these there are.
    Unknown(&'static [Field]),
}

/// Reads a form.
///
/// # Errors
/// What is wrong with it, where, and what to do.
pub fn read(console: Console, path: &Path) -> Result<CombinedDraft, Fail> {
    let file = || ("file", Arg::from(path.display().to_string()));
    let fail = |id: &str, args: &[(&str, Arg)]| Fail::cannot_run(console.text(id, args));
    let bytes = std::fs::read(path).map_err(|_why| fail("cli-list-unreadable", &[file()]))?;
    let text = String::from_utf8(bytes).map_err(|_why| fail("cli-form-not-utf8", &[file()]))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(fail("cli-form-empty", &[file()]));
    }
    let at = |(line, column): (usize, usize)| [("line", Arg::from(line)), ("column", Arg::from(column))];
    let syntax = |error: &serde_json::Error| {
        let id = if error.is_eof() {
            "cli-form-ended"
        } else {
            "cli-form-syntax"
        };
        let [line, column] = at(place_of_error(text, error));
        fail(id, &[file(), line, column])
    };
    let value: Value = serde_json::from_str(text).map_err(|error| syntax(&error))?;
    check(&value).map_err(|(way, wrong)| {
        let [line, column] = at(place_of(text, &way));
        let what = ("what", Arg::from(words(console, &way, &wrong)));
        fail("cli-form-wrong", &[file(), line, column, what])
    })?;
    // Everything has its place and its kind; what is left is a field that stands there twice.
    let form: Form = serde_json::from_str(text).map_err(|error| {
        let [line, column] = at(place_of_error(text, &error));
        let what = ("what", Arg::from(console.text("cli-form-twice", &[])));
        fail("cli-form-wrong", &[file(), line, column, what])
    })?;
    Ok(draft(form))
}

/// Looks at every field; gives the way to the first that is wrong.
fn check(form: &Value) -> Result<(), (Vec<Step>, Wrong)> {
    let mut way = Vec::new();
    let subs = object(form, &FORM, &mut way)?.get("sub_orders");
    way.push(Step::Key("sub_orders".to_owned()));
    for (index, sub) in subs.and_then(Value::as_array).into_iter().flatten().enumerate() {
        way.push(Step::Index(index));
        let parcels = object(sub, &SUB, &mut way)?.get("parcels");
        way.push(Step::Key("parcels".to_owned()));
        for (index, parcel) in parcels
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            way.push(Step::Index(index));
            object(parcel, &PARCEL, &mut way)?;
            way.pop();
        }
        way.truncate(way.len().saturating_sub(2));
    }
    Ok(())
}

/// The fields of an object, each of its kind and no other.
fn object<'a>(
    value: &'a Value,
    fields: &'static [Field],
    way: &mut Vec<Step>,
) -> Result<&'a serde_json::Map<String, Value>, (Vec<Step>, Wrong)> {
    let wrong = |way: &[Step], wrong| Err((way.to_vec(), wrong));
    let Value::Object(object) = value else {
        return wrong(way, Wrong::Kind(Kind::Object));
    };
    for name in object.keys() {
        if fields.iter().all(|(known, ..)| known != name) {
            way.push(Step::Key(name.clone()));
            return wrong(way, Wrong::Unknown(fields));
        }
    }
    for (name, kind, needed) in fields {
        match object.get(*name) {
            None if *needed => return wrong(way, Wrong::Missing(name, *kind)),
            Some(value) if !kind.fits(value) => {
                way.push(Step::Key((*name).to_owned()));
                return wrong(way, Wrong::Kind(*kind));
            }
            None | Some(_) => {}
        }
    }
    Ok(object)
}

impl Kind {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Object => value.is_object(),
            Self::List => value.is_array(),
            Self::Text => value.is_string(),
            Self::YesNo => value.is_boolean(),
            Self::Logistics => value.as_i64().and_then(logistics).is_some(),
        }
    }

    fn words(self, console: Console) -> String {
        let id = match self {
            Self::Object => "cli-form-object",
            Self::List => "cli-form-list",
            Self::Text => "cli-form-text",
            Self::YesNo => "cli-form-yes-no",
            Self::Logistics => {
                let one = |kind: LogisticsType| {
                    format!("{} ({})", kind.code(), logistics_type_name(console.lang, kind))
                };
                let kinds = LogisticsType::ALL.map(one);
                return kinds.join(&console.text("list-separator", &[]));
            }
        };
        console.text(id, &[])
    }
}

fn logistics(code: i64) -> Option<LogisticsType> {
    LogisticsType::ALL.into_iter().find(|known| known.code() == code)
}

/// What is wrong and what was expected.
fn words(console: Console, way: &[Step], wrong: &Wrong) -> String {
    let whole = path_words(way);
    let shown = one_line(&whole, NAME_CHARS).into_owned();
    let field = |name: &str| ("field", Arg::from(name));
    match wrong {
        Wrong::Kind(kind) if way.is_empty() => {
            console.text("cli-form-whole", &[("expected", kind.words(console).into())])
        }
        Wrong::Kind(kind) => console.text(
            "cli-form-kind",
            &[field(&shown), ("expected", kind.words(console).into())],
        ),
        Wrong::Missing(name, kind) => {
            let within = if shown.is_empty() {
                String::new()
            } else {
                format!("{shown}.")
            };
            let name = format!("{within}{name}");
            let expected = ("expected", kind.words(console).into());
            console.text("cli-form-missing", &[field(&name), expected])
        }
        Wrong::Unknown(fields) => {
            let known: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
            let known = known.join(&console.text("list-separator", &[]));
            console.text("cli-form-unknown", &[field(&shown), ("known", known.into())])
        }
    }
}

fn draft(form: Form) -> CombinedDraft {
    let subs = form.sub_orders.into_iter().map(|sub| {
        let logistics_type = logistics(sub.logistics_type).unwrap_or(LogisticsType::Express);
        let split =
            logistics_type == LogisticsType::Express && (sub.parcels.len() > 1 || !sub.is_all_delivered);
        let parcels = sub.parcels.into_iter().map(|parcel| ParcelDraft {
            courier: parcel.express_company,
            tracking_no: parcel.tracking_no,
            item_desc: parcel.item_desc,
            consignor_contact: parcel.consignor_contact,
            receiver_contact: parcel.receiver_contact,
        });
        Draft {
            transaction_id: sub.transaction_id,
            logistics_type,
            delivery_mode: if split {
                DeliveryMode::Split
            } else {
                DeliveryMode::Unified
            },
            complete: sub.is_all_delivered,
            parcels: parcels.collect(),
            ..Draft::default()
        }
    });
    CombinedDraft {
        parent: form.parent,
        subs: subs.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Format;
    use crate::domain::Rules;
    use crate::i18n::Lang;

    /// The words for a form.
    fn told(text: &str, lang: Lang) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("form.json");
        std::fs::write(&file, text).unwrap();
        let read = read(Console::plain(lang, Format::Text), &file);
        read.err().map(|fail| fail.words).unwrap_or_default()
    }

    #[test]
    fn the_sample_of_the_help_is_a_form_that_can_be_sent() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("form.json");
        std::fs::write(&file, SAMPLE).unwrap();
        let draft = read(Console::plain(Lang::En, Format::Text), &file).unwrap();
        let rules = Rules {
            max_parcels: 10,
            couriers: None,
        };
        let intents = draft.check(&rules).unwrap();
        assert_eq!(intents.len(), 2);
    }

    #[test]
    fn what_is_wrong_with_a_form_is_told_with_its_place_and_what_is_expected() {
        let sub = |inner: &str| format!("{{\"parent\": \"1\",\n \"sub_orders\": [{{{inner}}}]}}");
        for (text, english, chinese) in [
            ("  \n", "is empty", "是空的"),
            ("{\n \"parent\": ", "line 2", "第 2 行"),
            ("{\n \"parent\": '1' }", "line 2, column 12", "第 2 行第 12 列"),
            ("[]", "in braces", "大括号"),
            (
                "{\"parent\": \"1\"}",
                "\"sub_orders\" is missing",
                "缺少“sub_orders”",
            ),
            (
                "{\"parent\": 1, \"sub_orders\": []}",
                "column 12: \"parent\" must be a text in quotation marks",
                "第 12 列：“parent”应为引号里的文字",
            ),
            (
                &sub("\"transaction_id\": \"2\""),
                "line 2, column 17: \"sub_orders[0].parcels\" is missing",
                "第 2 行第 17 列：缺少“sub_orders[0].parcels”",
            ),
            (
                &sub(
                    "\"transaction_id\": \"2\", \"parcels\": [{\"item_desc\": \"a\", \"tracking_number\": \"9\"}]",
                ),
                "no field \"sub_orders[0].parcels[0].tracking_number\". There are: item_desc",
                "没有“sub_orders[0].parcels[0].tracking_number”这个字段，可以写的有：item_desc",
            ),
            (
                &sub("\"transaction_id\": \"2\", \"logistics_type\": 9, \"parcels\": []"),
                "must be 1 (",
                "应为1 (",
            ),
            (
                "{\"parent\": \"1\", \"parent\": \"2\", \"sub_orders\": []}",
                "stands there twice",
                "出现了两次",
            ),
        ] {
            for (lang, words) in [(Lang::En, english), (Lang::ZhCn, chinese)] {
                let said = told(text, lang);
                assert!(said.contains(words), "{words} is not in: {said}");
            }
        }
    }
}
