//! Replies and mishaps as bytes: status, headers, body, and what is sent past the HTTP library.
//!
//! Separate so that spoiling an answer is a pure function that a table can test.

use super::endpoint;
use super::fault::Answer;
use super::reply::Reply;
use serde_json::{Value, json};

/// What goes out for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Location`, for redirects.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// How it is sent.
    pub way: Way,
    /// The `errcode` in the body, for the ledger.
    pub errcode: Option<i64>,
}

/// How an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As HTTP means it.
    Whole,
    /// Half of the body, then the connection closes.
    Cut,
    /// The body over and over, without end.
    Endless,
    /// One byte after another.
    Drip {
        /// Milliseconds between two bytes.
        ms: u64,
    },
}

const JSON: &str = "application/json; charset=UTF-8";
const JSON_WITHOUT_CHARSET: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";

/// The true answer. The courier list comes without a charset, as users have met it.
pub fn truth(path: &str, reply: &Reply) -> Wire {
    let content_type = if path == endpoint::GET_DELIVERY_LIST {
        JSON_WITHOUT_CHARSET
    } else {
        JSON
    };
    Wire {
        status: 200,
        content_type,
        location: None,
        body: reply.body.to_string().into_bytes(),
        way: Way::Whole,
        errcode: reply.errcode,
    }
}

/// An answer in place of the truth; `rid` ends the `errmsg` where one is made up.
pub fn spoiled(answer: &Answer, path: &str, reply: &Reply, rid: &str) -> Wire {
    let true_answer = truth(path, reply);
    let half = true_answer.body.len() / 2;
    let without = |status, content_type, body: &str| Wire {
        status,
        content_type,
        body: body.as_bytes().to_vec(),
        errcode: None,
        ..true_answer.clone()
    };
    match answer {
        Answer::Errcode(errcode) => {
            let body = json!({"errcode": errcode, "errmsg": format!("{} rid: {rid}", words(*errcode))});
            Wire {
                body: body.to_string().into_bytes(),
                errcode: Some(*errcode),
                ..true_answer
            }
        }
        Answer::ErrcodeAsString => {
            let errcode = reply.errcode.unwrap_or(0).to_string();
            let body = changed(reply, |fields| {
                fields.insert("errcode".into(), errcode.into());
            });
            Wire {
                body,
                errcode: None,
                ..true_answer
            }
        }
        Answer::NoErrcode => {
            let body = changed(reply, |fields| {
                fields.shift_remove("errcode");
            });
            Wire {
                body,
                errcode: None,
                ..true_answer
            }
        }
        Answer::NoCharset => Wire {
            content_type: JSON_WITHOUT_CHARSET,
            ..true_answer
        },
        Answer::Status(status) => without(*status, HTML, ""),
        Answer::Html(status) => {
            let page = "<!DOCTYPE html><html><head><title>网关错误</title></head><body><h1>Bad gateway</h1></body></html>";
            without(*status, HTML, page)
        }
        Answer::Redirect(location) => Wire {
            location: Some(location.clone()),
            ..without(307, HTML, "")
        },
        Answer::Body(body) => without(200, JSON, body),
        Answer::Empty => without(200, JSON, ""),
        Answer::Truncated => {
            let body = true_answer.body.iter().take(half).copied().collect();
            Wire {
                body,
                errcode: None,
                ..true_answer
            }
        }
        Answer::CutBody => Wire {
            way: Way::Cut,
            errcode: None,
            ..true_answer
        },
        Answer::Endless => Wire {
            way: Way::Endless,
            errcode: None,
            ..true_answer
        },
        Answer::Drip { ms } => Wire {
            way: Way::Drip { ms: *ms },
            ..true_answer
        },
    }
}

impl Wire {
    /// The head for answers that are sent past the HTTP library.
    pub fn raw_head(&self, date: &str) -> String {
        let length = match self.way {
            Way::Endless => "Transfer-Encoding: chunked".to_owned(),
            Way::Whole | Way::Cut | Way::Drip { .. } => format!("Content-Length: {}", self.body.len()),
        };
        format!(
            "HTTP/1.1 {} OK\r\nContent-Type: {}\r\nDate: {date}\r\nConnection: close\r\n{length}\r\n\r\n",
            self.status, self.content_type
        )
    }
}

/// The true body with its fields changed.
fn changed(reply: &Reply, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Vec<u8> {
    let mut body = reply.body.clone();
    if let Some(fields) = body.as_object_mut() {
        change(fields);
    }
    body.to_string().into_bytes()
}

/// Texts in the manner of the real ones.
fn words(errcode: i64) -> &'static str {
    match errcode {
        -1 => "system error",
        40001 => "invalid credential, access_token is invalid or not latest",
        40014 => "invalid access_token",
        40164 => "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
        42001 => "access_token expired",
        44990 => "reach max api second frequence limit",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit, mustslower, retry next minute",
        48001 => "api unauthorized",
        10_060_001 => "order does not exist",
        10_060_012 | 10_060_019 => "system error, please try again later",
        _ => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply::Done;
    use super::*;

    fn reply() -> Reply {
        Reply::new(Ok(Done::empty()), "1-2-3")
    }

    #[test]
    fn each_answer_is_spoiled_in_its_own_way() {
        for (answer, status, body, errcode) in [
            (
                Answer::Errcode(-1),
                200,
                r#"{"errcode":-1,"errmsg":"system error rid: r"}"#,
                Some(-1),
            ),
            (
                Answer::ErrcodeAsString,
                200,
                r#"{"errcode":"0","errmsg":"ok rid: 1-2-3"}"#,
                None,
            ),
            (Answer::NoErrcode, 200, r#"{"errmsg":"ok rid: 1-2-3"}"#, None),
            (
                Answer::NoCharset,
                200,
                r#"{"errcode":0,"errmsg":"ok rid: 1-2-3"}"#,
                Some(0),
            ),
            (Answer::Status(502), 502, "", None),
            (Answer::Redirect("http://127.0.0.1/".into()), 307, "", None),
            (
                Answer::Body("{\"errcode\":0,\"errcode\":-1}".into()),
                200,
                r#"{"errcode":0,"errcode":-1}"#,
                None,
            ),
            (Answer::Empty, 200, "", None),
            (Answer::Truncated, 200, r#"{"errcode":0,"errms"#, None),
        ] {
            let wire = spoiled(&answer, endpoint::UPLOAD, &reply(), "r");
            let text = String::from_utf8(wire.body).unwrap();
            assert_eq!(
                (wire.status, text.as_str(), wire.errcode),
                (status, body, errcode),
                "{answer:?}"
            );
        }
    }

    #[test]
    fn the_courier_list_has_no_charset() {
        assert_eq!(
            truth(endpoint::GET_DELIVERY_LIST, &reply()).content_type,
            "application/json"
        );
        assert_eq!(
            truth(endpoint::UPLOAD, &reply()).content_type,
            "application/json; charset=UTF-8"
        );
    }
}
