//! One event as one line of JSON that no terminal can be tricked by.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Field, Level};
use crate::domain::{Timestamp, hide_private};

/// A text from outside is cut after so many characters.
const TEXT_CHARS: usize = 120;

/// The line with its end.
pub(super) fn write(at: Timestamp, level: Level, what: &str, fields: &[(&str, Field<'_>)]) -> String {
    let mut values = Map::new();
    values.insert("at".into(), at.rfc3339().into());
    values.insert("level".into(), level.word().into());
    values.insert("pid".into(), std::process::id().into());
    values.insert("what".into(), what.into());
    for (name, field) in fields {
        values.insert((*name).into(), value(*field));
    }
    let mut line = escaped(&Value::Object(values).to_string());
    line.push('\n');
    line
}

fn value(field: Field<'_>) -> Value {
    match field {
        Field::Number(number) => number.into(),
        Field::Flag(flag) => flag.into(),
        Field::Word(word) => word.into(),
        Field::Text(text) => {
            let hidden = hide_private(text);
            let mut cut: String = hidden.chars().take(TEXT_CHARS).collect();
            if cut.len() < hidden.len() {
                cut.push('…');
            }
            cut.into()
        }
    }
}

/// JSON escapes what ends a line; what turns, hides or joins text in a terminal is escaped as well.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let tricky = c.is_control()
            || matches!(u32::from(c), 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff);
        if tricky {
            // All of them stand in the first plane, so that one escape holds each.
            write!(out, "\\u{:04x}", u32::from(c)).unwrap_or_default();
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(1_763_700_000_123);

    #[test]
    fn a_line_is_one_line_of_json_whatever_a_text_holds() {
        let text =
            "a\r\nb\u{1b}[31m\u{202e}txt\u{2028}\u{85}\u{feff}\"\\ 13812345678 oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
        let line = write(AT, Level::Warn, "file", &[("name", Field::Text(text))]);
        assert_eq!(line.matches('\n').count(), 1);
        assert!(line.trim_end().chars().all(|c| !c.is_control()), "{line:?}");
        for hidden in [
            "\u{202e}",
            "\u{2028}",
            "\u{feff}",
            "13812345678",
            "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        ] {
            assert!(!line.contains(hidden), "{line:?}");
        }
        let read: Value = serde_json::from_str(&line).unwrap();
        assert!(
            read["name"]
                .as_str()
                .unwrap()
                .starts_with("a\r\nb\u{1b}[31m\u{202e}txt")
        );
        assert_eq!(read["at"], "2025-11-21T12:40:00.123+08:00");
        assert_eq!((&read["level"], &read["what"]), (&"warn".into(), &"file".into()));
    }

    #[test]
    fn a_long_text_is_cut() {
        let line = write(AT, Level::Info, "x", &[("t", Field::Text(&"长 ".repeat(500)))]);
        assert!(line.chars().count() < 300, "{line}");
    }
}
