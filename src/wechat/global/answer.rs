//! An answer of WeChat Pay: its body as it came, what its headers say about its signature, and what a refusal says.

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::super::lenient;
use crate::domain::{PayFailure, PayFailureKind};

/// Characters of WeChat Pay's own words that are shown.
const MAX_WORDS: usize = 256;

/// An answer as it came.
pub(super) struct Answer {
    status: u16,
    headers: HeaderMap,
    /// The raw body: the signature covers its bytes.
    pub(super) body: Vec<u8>,
}

/// What the headers say about the signature.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    /// Unix seconds.
    pub(super) timestamp: i64,
    timestamp_text: &'a str,
    nonce: &'a str,
    /// Which key.
    pub(super) serial: &'a str,
    /// Base64.
    pub(super) signature: &'a str,
}

impl Answer {
    /// Reads at most `cap` bytes.
    ///
    /// # Errors
    /// When it breaks off or is longer.
    pub(super) async fn read(mut response: reqwest::Response, cap: usize) -> Result<Self, PayFailure> {
        let mut answer = Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: Vec::new(),
        };
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if answer.body.len().saturating_add(chunk.len()) > cap => {
                    return Err(answer.failed(PayFailureKind::Garbled));
                }
                Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
                Ok(None) => return Ok(answer),
                Err(_) => return Err(answer.failed(PayFailureKind::NoAnswer)),
            }
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?.to_str().ok()?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// It says that the question was answered.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What it says about its signature; `None` when it has none.
    pub(super) fn signed(&self) -> Option<Signed<'_>> {
        let timestamp_text = self.header("Wechatpay-Timestamp")?;
        Some(Signed {
            timestamp: timestamp_text.parse().ok()?,
            timestamp_text,
            nonce: self.header("Wechatpay-Nonce")?,
            serial: self.header("Wechatpay-Serial")?,
            signature: self.header("Wechatpay-Signature")?,
        })
    }

    /// What was signed: three parts, each followed by a line feed.
    pub(super) fn message(&self, signed: &Signed<'_>) -> Vec<u8> {
        let mut message = format!("{}\n{}\n", signed.timestamp_text, signed.nonce).into_bytes();
        message.extend(&self.body);
        message.push(b'\n');
        message
    }

    /// A failure with what support needs.
    pub(super) fn failed(&self, kind: PayFailureKind) -> PayFailure {
        PayFailure {
            http_status: Some(self.status),
            request_id: self.header("Request-Id").map(str::to_owned),
            ..PayFailure::of(kind)
        }
    }

    /// What a refusal says; `None` for a success.
    pub(super) fn failure(&self) -> Option<PayFailure> {
        if self.is_success() {
            return None;
        }
        if (300..400).contains(&self.status) {
            return Some(self.failed(PayFailureKind::NotWeChat));
        }
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let code = lenient::text(&body, "code");
        if code.is_empty() {
            let kind = if self.status >= 500 {
                PayFailureKind::Garbled
            } else {
                PayFailureKind::NotWeChat
            };
            return Some(self.failed(kind));
        }
        let detail = lenient::object(&body, "detail");
        let parts = ["field", "issue", "location"].map(|name| lenient::text(detail, name));
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let short = |text: &str| text.chars().take(MAX_WORDS).collect();
        Some(PayFailure {
            message: short(&lenient::text(&body, "message")),
            detail: short(&parts.join(" · ")),
            ..self.failed(PayFailureKind::Refused(short(&code)))
        })
    }
}
