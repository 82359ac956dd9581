//! The fault script as JSON: a list of `{"path", "when", "orders", "what"}`.
//!
//! Separate from the faults themselves because a file written by a person needs errors with a place.
//!
//! `when`: `"next"` (the default), `"always"`, `{"next":n}`, `{"nth":n}`, `{"every":n}`, `{"after":n}`,
//! `{"for_secs":n}`.
//! `what`: `"drop_before_apply"`, `"drop_reply_after_apply"`, `{"apply_late_ms":n}`, `{"delay_ms":n}`,
//! `{"delay_reply_ms":n}`, `{"answer":…,"applied":bool}`, `{"happen":…}`.
//! `answer`: `{"errcode":n}`, `{"status":n}`, `{"html":n}`, `{"redirect":"…"}`, `{"body":"…"}`, `{"drip_ms":n}`,
//! `"errcode_as_string"`, `"no_errcode"`, `"no_charset"`, `"empty"`, `"truncated"`, `"cut_body"`, `"endless"`.
//! `happen`: `"kill_token"`, `"platform_revoked"`, `"ticket_expired"`, `"authorised_again"`, `"refund"`, `"buyer_confirms"`, `"service_closed"`, `{"not_visible_secs":n}`,
//! `{"report_state":n}`, `{"ip_not_allowed":"…"}`, `{"date_skew_secs":n}`,
//! `{"someone_else_ships":{"express_company":"…","tracking_no":"…"}}`.

use super::fault::{Answer, Fault, Happening, What, When};
use serde_json::Value;

/// A fault script that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultFileError {
    /// Which fault, counted from 0; `None` for the file as a whole.
    pub index: Option<usize>,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for FaultFileError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.index {
            Some(index) => write!(formatter, "fault {index}: {}", self.problem),
            None => formatter.write_str(&self.problem),
        }
    }
}

impl std::error::Error for FaultFileError {}

/// Reads a script from the text of a file.
pub fn parse(text: &str) -> Result<Vec<Fault>, FaultFileError> {
    let value: Value = serde_json::from_str(text).map_err(|problem| FaultFileError {
        index: None,
        problem: format!("not JSON: {problem}"),
    })?;
    read(&value)
}

/// Reads a script: one fault or a list of them.
pub fn read(value: &Value) -> Result<Vec<Fault>, FaultFileError> {
    let at = |index, problem| FaultFileError { index, problem };
    let Some(items) = value.as_array() else {
        return fault(value)
            .map(|fault| vec![fault])
            .map_err(|problem| at(None, problem));
    };
    items
        .iter()
        .enumerate()
        .map(|(index, item)| fault(item).map_err(|problem| at(Some(index), problem)))
        .collect()
}

fn fault(value: &Value) -> Result<Fault, String> {
    let map = value
        .as_object()
        .ok_or("an object with \"path\" and \"what\" is expected")?;
    let known = ["path", "when", "orders", "what"];
    if let Some(name) = map.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("unknown field {name:?}; known are {}", known.join(", ")));
    }
    let path = map
        .get("path")
        .and_then(Value::as_str)
        .ok_or("\"path\" is missing")?;
    let when = map.get("when").map_or(Ok(When::Next(1)), when)?;
    let what = what(map.get("what").ok_or("\"what\" is missing")?)?;
    let orders = match map.get("orders") {
        None => Vec::new(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(_) => return Err("\"orders\" must be a list of transaction_id".to_owned()),
    };
    Ok(Fault::new(path, when, what).for_orders(orders))
}

/// A word, or an object with one field: its name and value.
fn word(value: &Value) -> (&str, &Value) {
    match value {
        Value::String(word) => (word, &Value::Null),
        Value::Object(map) => map
            .iter()
            .next()
            .map_or(("", &Value::Null), |(name, inner)| (name, inner)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => ("", &Value::Null),
    }
}

fn when(value: &Value) -> Result<When, String> {
    let (name, inner) = word(value);
    let count = || {
        let number = inner.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or(format!("{name:?} needs a count"))
    };
    match name {
        "next" if inner.is_null() => Ok(When::Next(1)),
        "next" => Ok(When::Next(count()?)),
        "nth" => Ok(When::Nth(count()?)),
        "every" => Ok(When::Every(count()?)),
        "after" => Ok(When::After(count()?)),
        "for_secs" => Ok(When::ForSecs(count()?)),
        "always" => Ok(When::Always),
        _ => Err(format!(
            "unknown \"when\" {value}; next, nth, every, after, for_secs or always"
        )),
    }
}

fn what(value: &Value) -> Result<What, String> {
    if let Some(inner) = value.get("answer") {
        let applied = value.get("applied").and_then(Value::as_bool);
        let answer = answer(inner)?;
        // Errors are mostly wanted instead of the deed, spoiled answers after it.
        let after = !matches!(
            answer,
            Answer::Errcode(_) | Answer::Status(_) | Answer::Html(_) | Answer::Redirect(_)
        );
        return Ok(What::Answer {
            applied: applied.unwrap_or(after),
            answer,
        });
    }
    let (name, inner) = word(value);
    let ms = || inner.as_u64().ok_or(format!("{name:?} needs milliseconds"));
    match name {
        "drop_before_apply" => Ok(What::DropBeforeApply),
        "drop_reply_after_apply" => Ok(What::DropReplyAfterApply),
        "apply_late_ms" => Ok(What::ApplyLate { ms: ms()? }),
        "delay_ms" => Ok(What::Delay { ms: ms()? }),
        "delay_reply_ms" => Ok(What::DelayReply { ms: ms()? }),
        "happen" => Ok(What::Happen(happening(inner)?)),
        _ => Err(format!(
            "unknown \"what\" {value}; drop_before_apply, drop_reply_after_apply, apply_late_ms, delay_ms, \
             delay_reply_ms, answer or happen"
        )),
    }
}

fn answer(value: &Value) -> Result<Answer, String> {
    let (name, inner) = word(value);
    let number = || inner.as_i64().ok_or(format!("{name:?} needs a number"));
    let status = || {
        let status = number()?;
        u16::try_from(status)
            .ok()
            .filter(|code| (200..600).contains(code))
            .ok_or(format!("{status} is no status"))
    };
    match name {
        "errcode" => Ok(Answer::Errcode(number()?)),
        "status" => Ok(Answer::Status(status()?)),
        "html" => Ok(Answer::Html(status()?)),
        "redirect" => {
            let location = inner.as_str().ok_or("\"redirect\" needs an address")?;
            Ok(Answer::Redirect(location.to_owned()))
        }
        "body" => {
            let body = inner.as_str().ok_or("\"body\" needs a text")?;
            Ok(Answer::Body(body.to_owned()))
        }
        "drip_ms" => Ok(Answer::Drip {
            ms: inner.as_u64().ok_or("\"drip_ms\" needs milliseconds")?,
        }),
        "errcode_as_string" => Ok(Answer::ErrcodeAsString),
        "no_errcode" => Ok(Answer::NoErrcode),
        "no_charset" => Ok(Answer::NoCharset),
        "empty" => Ok(Answer::Empty),
        "truncated" => Ok(Answer::Truncated),
        "cut_body" => Ok(Answer::CutBody),
        "endless" => Ok(Answer::Endless),
        _ => Err(format!("unknown answer {value}")),
    }
}

fn happening(value: &Value) -> Result<Happening, String> {
    let (name, inner) = word(value);
    let number = || inner.as_i64().ok_or(format!("{name:?} needs a number"));
    let text = |field: &str, default: &str| {
        inner
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or(default)
            .to_owned()
    };
    match name {
        "kill_token" => Ok(Happening::KillToken),
        "platform_revoked" => Ok(Happening::PlatformRevoked),
        "ticket_expired" => Ok(Happening::TicketExpired),
        "authorised_again" => Ok(Happening::AuthorisedAgain),
        "refund" => Ok(Happening::Refund),
        "buyer_confirms" => Ok(Happening::BuyerConfirms),
        "service_closed" => Ok(Happening::ServiceClosed),
        "not_visible_secs" => Ok(Happening::NotVisible { secs: number()? }),
        "report_state" => Ok(Happening::ReportState(number()?)),
        "date_skew_secs" => Ok(Happening::DateSkew { secs: number()? }),
        "ip_not_allowed" => {
            let ip = inner.as_str().ok_or("\"ip_not_allowed\" needs an address")?;
            Ok(Happening::IpNotAllowed(ip.to_owned()))
        }
        "someone_else_ships" => Ok(Happening::SomeoneElseShips {
            express_company: text("express_company", "YTO"),
            tracking_no: text("tracking_no", "YT0000000000001"),
        }),
        _ => Err(format!("unknown happening {value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, when: When, what: &What) {
        let faults = parse(line).unwrap();
        assert_eq!(faults, [Fault::new("get_order", when, what.clone())], "{line}");
    }

    #[test]
    fn each_word_of_the_script_means_its_fault() {
        let line = |when: &str, what: &str| format!(r#"{{"path":"get_order","when":{when},"what":{what}}}"#);
        let drop = r#""drop_before_apply""#;
        for (when, meant) in [
            (r#""next""#, When::Next(1)),
            (r#"{"next":2}"#, When::Next(2)),
            (r#"{"nth":3}"#, When::Nth(3)),
            (r#"{"every":5}"#, When::Every(5)),
            (r#"{"after":20}"#, When::After(20)),
            (r#"{"for_secs":30}"#, When::ForSecs(30)),
            (r#""always""#, When::Always),
        ] {
            check(&line(when, drop), meant, &What::DropBeforeApply);
        }
        for (what, meant) in [
            (r#""drop_reply_after_apply""#, What::DropReplyAfterApply),
            (r#"{"apply_late_ms":40}"#, What::ApplyLate { ms: 40 }),
            (r#"{"delay_ms":1}"#, What::Delay { ms: 1 }),
            (r#"{"delay_reply_ms":1}"#, What::DelayReply { ms: 1 }),
            (r#"{"answer":{"errcode":-1}}"#, What::errcode(-1)),
            (
                r#"{"answer":{"errcode":-1},"applied":true}"#,
                What::errcode_after_apply(-1),
            ),
            (
                r#"{"answer":{"body":"{}"}}"#,
                What::answer(Answer::Body("{}".into())),
            ),
            (r#"{"answer":"endless"}"#, What::answer(Answer::Endless)),
            (
                r#"{"answer":{"html":502}}"#,
                What::Answer {
                    applied: false,
                    answer: Answer::Html(502),
                },
            ),
            (r#"{"happen":"kill_token"}"#, What::Happen(Happening::KillToken)),
            (
                r#"{"happen":"platform_revoked"}"#,
                What::Happen(Happening::PlatformRevoked),
            ),
            (
                r#"{"happen":"ticket_expired"}"#,
                What::Happen(Happening::TicketExpired),
            ),
            (
                r#"{"happen":"authorised_again"}"#,
                What::Happen(Happening::AuthorisedAgain),
            ),
            (
                r#"{"happen":{"report_state":7}}"#,
                What::Happen(Happening::ReportState(7)),
            ),
        ] {
            check(&line(r#""next""#, what), When::Next(1), &meant);
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        let good = r#"{"path":"*","what":"drop_before_apply"}"#;
        for (bad, words) in [
            (r#"{"what":"drop_before_apply"}"#, "fault 1: \"path\" is missing"),
            (r#"{"path":"*"}"#, "fault 1: \"what\" is missing"),
            (
                r#"{"path":"*","what":"explode"}"#,
                "fault 1: unknown \"what\" \"explode\"",
            ),
            (
                r#"{"path":"*","what":"drop_before_apply","when":{"nth":"x"}}"#,
                "fault 1: \"nth\" needs a count",
            ),
            (
                r#"{"path":"*","what":{"answer":{"status":7}}}"#,
                "fault 1: 7 is no status",
            ),
            (r#"{"path":"*","What":1}"#, "fault 1: unknown field \"What\""),
        ] {
            let problem = parse(&format!("[{good},{bad}]")).unwrap_err().to_string();
            assert!(problem.starts_with(words), "{problem}");
        }
        assert!(parse("[").unwrap_err().to_string().starts_with("not JSON"));
    }
}
