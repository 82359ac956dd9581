//! One POST: the URL with its token is built, used and forgotten here, and so is every error of the HTTP library.
//!
//! Separate so that no other file can print a URL, follow a redirect or send a second time.

use std::error::Error as StdError;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, DATE};

use super::base_url::BaseUrl;
use super::clock;
use crate::domain::{CallFailure, FailureKind};

/// The time limits of a call. Only tests use other ones than the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// For name, connection, proxy and TLS handshake together. Shorter than `read`, whose clock starts at the
    /// same moment: else a connection that never comes reads as a request that was not answered.
    pub connect: Duration,
    /// Longest silence while the answer is awaited or read.
    pub read: Duration,
    /// For the whole call.
    pub total: Duration,
    /// Wait before a read is repeated; doubles each time.
    pub first_retry: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(10),
            total: Duration::from_secs(20),
            first_retry: Duration::from_secs(2),
        }
    }
}

/// Largest body of an answer to a list call, in bytes.
pub(super) const LIST_CAP: usize = 8 * 1024 * 1024;
/// Largest body of any other answer, in bytes.
pub(super) const SMALL_CAP: usize = 256 * 1024;

/// An answer as it came, whoever gave it.
pub(super) struct Reply {
    /// HTTP status.
    pub(super) status: u16,
    /// The body, at most as long as the cap.
    pub(super) body: Vec<u8>,
    /// The sender calls it HTML.
    pub(super) html: bool,
    /// What its `Date` says about our clock, in milliseconds.
    pub(super) offset_millis: Option<i64>,
}

/// How one POST ended.
pub(super) enum Sent {
    /// With a complete answer.
    Answered(Reply),
    /// Certainly before its first byte left.
    Unsent(CallFailure),
    /// Without a complete answer; the request may have been read.
    Lost(CallFailure),
}

/// The connection to one address.
pub(super) struct Transport {
    http: reqwest::Client,
    base: BaseUrl,
}

impl Transport {
    /// Builds the HTTP client with every hidden second send switched off (reliability D9).
    ///
    /// # Errors
    /// `Tls` when the system has no trusted roots.
    pub(super) fn new(base: BaseUrl, timing: Timing) -> Result<Self, CallFailure> {
        match http_client(&base, timing) {
            Some(http) => Ok(Self { http, base }),
            None => Err(CallFailure::of(FailureKind::Tls)),
        }
    }

    /// Sends exactly one request and reads at most `cap` bytes of its answer.
    pub(super) async fn post(&self, path: &str, token: Option<&str>, body: Vec<u8>, cap: usize) -> Sent {
        let token = token.map(|token| ("access_token", token));
        self.post_with(path, token, body, cap).await
    }

    /// The same with another name for the token: the calls of a third-party platform about itself.
    pub(super) async fn post_with(
        &self,
        path: &str,
        token: Option<(&str, &str)>,
        body: Vec<u8>,
        cap: usize,
    ) -> Sent {
        let Ok(mut url) = reqwest::Url::parse(&format!("{}{path}", self.base.as_str())) else {
            return Sent::Unsent(CallFailure::of(FailureKind::Refused));
        };
        if let Some((name, token)) = token {
            url.query_pairs_mut().append_pair(name, token);
        }
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(body);
        crate::step::at("before-wire");
        send(request, cap).await
    }
}

/// Sends one request and reads at most `cap` bytes of its answer.
pub(super) async fn send(request: reqwest::RequestBuilder, cap: usize) -> Sent {
    match request.send().await {
        Ok(response) => read_capped(response, cap).await,
        Err(error) if error.is_builder() => Sent::Unsent(CallFailure::of(FailureKind::Refused)),
        Err(error) if error.is_connect() => {
            let kind = if is_tls(&error) {
                FailureKind::Tls
            } else {
                FailureKind::Offline
            };
            Sent::Unsent(CallFailure::of(kind))
        }
        Err(_) => Sent::Lost(CallFailure::of(FailureKind::NoAnswer)),
    }
}

/// An HTTP client that sends nothing twice and nothing elsewhere; `None` when the system has no trusted roots.
pub(super) fn http_client(base: &BaseUrl, timing: Timing) -> Option<reqwest::Client> {
    install_crypto();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("fahuo/", env!("CARGO_PKG_VERSION")))
        .retry(reqwest::retry::never())
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .http1_only()
        .https_only(base.is_https())
        .connect_timeout(timing.connect)
        .read_timeout(timing.read)
        .timeout(timing.total)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(16);
    if base.is_loopback() {
        builder = builder.no_proxy();
    }
    if !base.is_https() {
        // No certificate is ever checked, so a computer without roots can use the simulator too.
        builder = builder.tls_certs_only([]);
    }
    builder.build().ok()
}

async fn read_capped(mut response: reqwest::Response, cap: usize) -> Sent {
    crate::step::at("answer-begun");
    let status = response.status().as_u16();
    let lost = |kind| {
        Sent::Lost(CallFailure {
            http_status: Some(status),
            ..CallFailure::of(kind)
        })
    };
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let offset_millis = header(DATE).and_then(|date| clock::offset_of(date, clock::local_now()));
    let html = header(CONTENT_TYPE).is_some_and(|kind| kind.trim_start().starts_with("text/html"));
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > cap => {
                return lost(FailureKind::Garbled);
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(_) => return lost(FailureKind::NoAnswer),
        }
    }
    crate::step::at("answer-read");
    Sent::Answered(Reply {
        status,
        body,
        html,
        offset_millis,
    })
}

/// Whether a connection failed because of TLS: the cause is looked up by its type, not by its text.
pub(super) fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return true;
        }
        // `io::Error` does not show what it wraps as its source.
        let wrapped = current
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(inner) => Some(inner),
            None => current.source(),
        };
    }
    false
}

/// Chooses the cryptography of the process once; another part of the process may have chosen before.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let installed = rustls::crypto::ring::default_provider().install_default();
        drop(installed);
    });
}
