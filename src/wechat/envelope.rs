//! The envelope of every answer, `errcode` and `errmsg`, read strictly: what is not the integer 0 is no success.
//!
//! Separate because this strictness protects uploads, while the data of reads is taken leniently (`lenient`).

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::Value;

use super::transport::Reply;
use crate::domain::{CallFailure, FailureKind};

/// Longest `rid` that is taken over.
const MAX_RID_BYTES: usize = 64;

/// What every call answers besides its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    /// WeChat's code; 0 is success.
    pub(super) errcode: i64,
    /// The request id, for support.
    pub(super) rid: Option<String>,
    /// The caller's address when the text names exactly one that can be read.
    pub(super) ip: Option<String>,
    /// HTTP status; always 200 here.
    pub(super) http_status: u16,
}

/// Repeated `errcode` or `errmsg` keys are an error of serde; other keys are skipped.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    errcode: Option<Value>,
    #[serde(default)]
    errmsg: Option<Value>,
}

/// Reads the envelope of an answer.
///
/// # Errors
/// `NotWeChat` for redirects, proxies and HTML; `TooFast` for 429; `Garbled` for everything else that has no
/// integer `errcode` in a JSON object with status 200.
pub(super) fn read(reply: &Reply) -> Result<Envelope, CallFailure> {
    let raw = read_raw(reply)?;
    let errcode = raw.errcode.as_ref().and_then(Value::as_i64);
    match errcode {
        Some(errcode) => Ok(Envelope::of(errcode, raw.errmsg.as_ref(), reply)),
        None => Err(failure(FailureKind::Garbled, reply)),
    }
}

/// The same for the token call, which leaves `errcode` out when it succeeds.
///
/// # Errors
/// As [`read`].
pub(super) fn read_of_token(reply: &Reply) -> Result<Envelope, CallFailure> {
    let raw = read_raw(reply)?;
    match raw.errcode.as_ref().map(Value::as_i64) {
        None => Ok(Envelope::of(0, raw.errmsg.as_ref(), reply)),
        Some(Some(errcode)) => Ok(Envelope::of(errcode, raw.errmsg.as_ref(), reply)),
        Some(None) => Err(failure(FailureKind::Garbled, reply)),
    }
}

fn read_raw(reply: &Reply) -> Result<Raw, CallFailure> {
    match reply.status {
        200 => {}
        429 => return Err(failure(FailureKind::TooFast, reply)),
        300..=399 | 407 => return Err(failure(FailureKind::NotWeChat, reply)),
        500..=599 => return Err(failure(FailureKind::Garbled, reply)),
        _ => return Err(failure(no_json(reply), reply)),
    }
    let Ok(raw) = serde_json::from_slice(&reply.body) else {
        return Err(failure(no_json(reply), reply));
    };
    Ok(raw)
}

/// What an answer without JSON is: somebody else's page, or nothing readable.
fn no_json(reply: &Reply) -> FailureKind {
    let page = reply.body.trim_ascii_start().starts_with(b"<");
    if page || reply.html {
        FailureKind::NotWeChat
    } else {
        FailureKind::Garbled
    }
}

/// A failure that carries the status of the answer.
pub(super) fn failure(kind: FailureKind, reply: &Reply) -> CallFailure {
    CallFailure {
        http_status: Some(reply.status),
        ..CallFailure::of(kind)
    }
}

impl Envelope {
    fn of(errcode: i64, errmsg: Option<&Value>, reply: &Reply) -> Self {
        let errmsg = errmsg.and_then(Value::as_str).unwrap_or_default();
        Self {
            errcode,
            rid: rid(errmsg),
            ip: ip(errmsg),
            http_status: reply.status,
        }
    }

    /// The same code as a failure.
    pub(super) fn failure(&self, kind: FailureKind) -> CallFailure {
        CallFailure {
            kind,
            errcode: Some(self.errcode),
            rid: self.rid.clone(),
            http_status: Some(self.http_status),
        }
    }
}

/// The request id: what follows the last `rid: `, only lower-case hex digits and hyphens.
fn rid(errmsg: &str) -> Option<String> {
    let (_, rest) = errmsg.rsplit_once("rid: ")?;
    let rid: String = rest
        .chars()
        .take_while(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'))
        .collect();
    let ended = rest
        .chars()
        .nth(rid.len())
        .is_none_or(|next| next.is_ascii_whitespace() || next == ']');
    ((1..=MAX_RID_BYTES).contains(&rid.len()) && ended).then_some(rid)
}

/// The caller's address: the first word that is an address as a whole.
fn ip(errmsg: &str) -> Option<String> {
    errmsg
        .split(|c: char| c.is_whitespace() || c == ',')
        .find_map(|word| word.parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply {
            status,
            body: body.as_bytes().to_vec(),
            html: false,
            offset_millis: None,
        }
    }

    #[test]
    fn only_an_integer_errcode_counts() {
        for (body, expected) in [
            (r#"{"errcode":0,"errmsg":"ok"}"#, Some(0)),
            (r#" {"errmsg":"x","errcode":-1,"more":{"errcode":0}} "#, Some(-1)),
            (r#"{"errcode":9223372036854775807}"#, Some(i64::MAX)),
            (r#"{"errcode":"0"}"#, None),
            (r#"{"errcode":0.0}"#, None),
            (r#"{"errcode":-0}"#, None),
            (r#"{"errcode":0e0}"#, None),
            (r#"{"errcode":null}"#, None),
            (r#"{"errcode":false}"#, None),
            (r#"{"errcode":[0]}"#, None),
            (r#"{"errcode":9223372036854775808}"#, None),
            (r#"{"errcode":0,"errcode":0}"#, None),
            (r#"{"errcode":-1,"errcode":0}"#, None),
            (r#"{"Errcode":0}"#, None),
            (r#"{"errcode":0"#, None),
            (r#"{"errcode":0}{"errcode":0}"#, None),
            ("{}", None),
            ("[]", None),
            ("0", None),
            ("", None),
            ("null", None),
        ] {
            let got = read(&reply(200, body));
            assert_eq!(got.as_ref().ok().map(|e| e.errcode), expected, "{body}");
            if let Err(failure) = got {
                assert_eq!(failure.kind, FailureKind::Garbled, "{body}");
            }
        }
    }

    #[test]
    fn what_is_not_utf8_is_no_answer() {
        let mut odd = reply(200, "");
        odd.body = b"{\"errcode\":0,\"errmsg\":\"\xff\xfe\"}".to_vec();
        assert_eq!(read(&odd).unwrap_err().kind, FailureKind::Garbled);
    }

    #[test]
    fn a_status_other_than_200_is_never_an_answer() {
        let zero = r#"{"errcode":0}"#;
        for (status, kind) in [
            (201, FailureKind::Garbled),
            (204, FailureKind::Garbled),
            (301, FailureKind::NotWeChat),
            (302, FailureKind::NotWeChat),
            (307, FailureKind::NotWeChat),
            (400, FailureKind::Garbled),
            (407, FailureKind::NotWeChat),
            (429, FailureKind::TooFast),
            (500, FailureKind::Garbled),
            (502, FailureKind::Garbled),
        ] {
            let failure = read(&reply(status, zero)).unwrap_err();
            assert_eq!((failure.kind, failure.http_status), (kind, Some(status)));
        }
        assert_eq!(
            read(&reply(200, "\n<html>")).unwrap_err().kind,
            FailureKind::NotWeChat
        );
        assert_eq!(
            read(&reply(403, "<html>")).unwrap_err().kind,
            FailureKind::NotWeChat
        );
    }

    #[test]
    fn the_request_id_is_read_strictly() {
        for (errmsg, expected) in [
            (
                "ok rid: 65f1a2b3-0a1b2c3d-4e5f6071",
                Some("65f1a2b3-0a1b2c3d-4e5f6071"),
            ),
            ("rid: 1 then rid: 2", Some("2")),
            ("x [rid: abc]", Some("abc")),
            ("ok rid: ", None),
            ("ok rid:65f1", None),
            ("ok rid: 65F1", None),
            ("ok rid: 65f1<b>", None),
            ("ok rid: 65f1中", None),
            ("ok", None),
        ] {
            assert_eq!(rid(errmsg).as_deref(), expected, "{errmsg}");
        }
        assert_eq!(rid(&format!("rid: {}", "a".repeat(65))), None);
    }

    #[test]
    fn an_address_is_taken_only_when_a_whole_word_is_one() {
        for (errmsg, expected) in [
            (
                "invalid ip 203.0.113.7, not in whitelist rid: 65f1",
                Some("203.0.113.7"),
            ),
            (
                "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in",
                Some("203.0.113.7"),
            ),
            ("invalid ip ::ffff:203.0.113.7, not", Some("203.0.113.7")),
            ("invalid ip 2001:db8::1, not", Some("2001:db8::1")),
            ("invalid ip <b>203.0.113.7</b>", None),
            ("invalid ip 203.0.113.7.9", None),
            ("invalid ip 203.0.113.777", None),
            ("", None),
        ] {
            assert_eq!(ip(errmsg).as_deref(), expected, "{errmsg}");
        }
    }
}
