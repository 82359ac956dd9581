//! Calls that tell about calls: what WeChat received under a request id, and the reset of all quotas.
//!
//! Separate from `service` because what comes back quotes our own requests, with their token, and is masked here.

use serde::Serialize;
use serde_json::Value;

use super::{lenient, raw};
use crate::domain::{RidRecord, Timestamp, hide_private};

/// An AppSecret has so many hexadecimal digits.
const SECRET_CHARS: usize = 32;

#[derive(Serialize)]
struct RidRequest<'a> {
    rid: &'a str,
}

/// The body of `rid/get`.
pub(super) fn rid_request(rid: &str) -> Vec<u8> {
    super::to_json(&RidRequest { rid })
}

/// What was received and answered; `None` when the answer does not say.
pub(super) fn read_rid(answer: &Value) -> Option<RidRecord> {
    let request = answer.get("request").filter(|request| request.is_object())?;
    let secs = lenient::integer(request, "invoke_time");
    Some(RidRecord {
        invoked_at: (secs > 0).then(|| Timestamp::from_secs(secs)),
        cost_millis: lenient::integer(request, "cost_in_ms"),
        url: masked_url(&lenient::text(request, "request_url")),
        request: masked_body(&lenient::text(request, "request_body")),
        response: masked_body(&lenient::text(request, "response_body")),
        client_ip: hide_private(&lenient::text(request, "client_ip")),
    })
}

/// The parameters of an address without the values of tokens and secrets.
fn masked_url(url: &str) -> String {
    let (before, query) = match url.split_once('?') {
        Some((before, query)) => (format!("{before}?"), query),
        None => (String::new(), url),
    };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match part.split_once('=') {
            Some((name, _)) if raw::is_secret(name) => format!("{name}=***"),
            Some((name, value)) => format!("{name}={}", masked_text(value)),
            None => masked_text(part),
        })
        .collect();
    raw::cut(&format!("{before}{}", parts.join("&")))
}

/// A body: by the names of its fields where it is JSON, else by the shapes of what stands in it.
fn masked_body(body: &str) -> String {
    match serde_json::from_str::<Value>(body) {
        Ok(value) if value.is_object() || value.is_array() => raw::of_value(&value),
        Ok(_) | Err(_) => raw::cut(&masked_text(body)),
    }
}

/// Phones, payers and tokens hidden by their shapes, and everything that may be an AppSecret.
fn masked_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let end = |word: &mut String, out: &mut String| {
        let is_secret = word.len() == SECRET_CHARS
            && word.bytes().all(|b| b.is_ascii_hexdigit())
            && word.bytes().any(|b| b.is_ascii_alphabetic());
        out.push_str(if is_secret { "***" } else { word.as_str() });
        word.clear();
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else {
            end(&mut word, &mut out);
            out.push(c);
        }
    }
    end(&mut word, &mut out);
    hide_private(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_secret_or_personal_of_a_request_is_read() {
        let token = "72_".to_owned() + &"aB3_".repeat(30);
        let secret = "5a4db0c50000demo0000only0000f400".replace(['m', 'o', 'n', 'l', 'y'], "a");
        assert_eq!(secret.len(), SECRET_CHARS);
        let body = json!({"payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
            "shipping_list": [{"tracking_no": "13812341234",
                "contact": {"receiver_contact": "13812341234"}}]});
        for (url, request, response) in [
            (
                format!("access_token={token}"),
                body.to_string(),
                r#"{"errcode":45009}"#.to_owned(),
            ),
            (
                format!("/x?a=1&access_token={token}&b=13987654321"),
                format!(r#"{{"grant_type":"client_credential","secret":"{secret}""#),
                format!("{{\"access_token\":\"{token}\",\"expires_in\":7200}}"),
            ),
            (
                format!("component_access_token={token}"),
                String::new(),
                "13812341234".to_owned(),
            ),
            (
                format!("x={secret}"),
                format!(r#"{{"secret":"{secret}"}}"#),
                token.clone(),
            ),
        ] {
            let record = read_rid(&json!({"errcode": 0, "request": {"invoke_time": 1_635_156_704,
                "cost_in_ms": 30, "request_url": url, "request_body": request,
                "response_body": response, "client_ip": "203.0.113.7"}}))
            .unwrap();
            let all = format!("{record:?}");
            for hidden in [
                token.as_str(),
                secret.as_str(),
                "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
                "receiver_contact\\\":\\\"13812341234",
                "13987654321",
            ] {
                assert!(!all.contains(hidden), "{all}");
            }
            assert_eq!(record.invoked_at, Some(Timestamp::from_secs(1_635_156_704)));
            assert_eq!(
                (record.cost_millis, record.client_ip.as_str()),
                (30, "203.0.113.7")
            );
        }
    }

    #[test]
    fn an_answer_without_a_request_says_nothing_and_a_poor_one_little() {
        for answer in [
            json!({"errcode": 0}),
            json!({"request": null}),
            json!({"request": "x"}),
        ] {
            assert_eq!(read_rid(&answer), None);
        }
        assert_eq!(read_rid(&json!({"request": {}})), Some(RidRecord::default()));
    }
}
