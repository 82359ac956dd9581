//! The merchant's own token service: one request to the address that a person has typed, and nowhere else.
//!
//! Separate from the calls to WeChat because it is another server: its answers say nothing about WeChat, its clock is
//! not WeChat's, and what it is asked with must never go there, nor WeChat's secrets here.

use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Serialize;
use zeroize::{Zeroize as _, Zeroizing};

use super::base_url::BaseUrl;
use super::source::{self, Fetched};
use super::transport::{self, Reply, Sent, Timing, http_client};
use crate::domain::{CallFailure, FailureKind, ServiceMethod, TokenTrouble};

/// Longest answer that is read, in bytes.
const CAP: usize = 64 * 1024;
/// The whole call takes no longer, whatever the limits for WeChat are.
const LIMIT: Duration = Duration::from_secs(15);

/// A service that can be asked.
pub(super) struct TokenService {
    http: reqwest::Client,
    url: BaseUrl,
    method: ServiceMethod,
    bearer: Option<Zeroizing<String>>,
    appid: String,
}

#[derive(Serialize)]
struct Request<'a> {
    appid: &'a str,
}

impl TokenService {
    /// A service at an address that only encrypted or local connections reach.
    ///
    /// # Errors
    /// `NoToken` for another address, `Tls` when the system has no trusted roots.
    pub(super) fn new(
        appid: String,
        url: &str,
        method: ServiceMethod,
        bearer: Option<Zeroizing<String>>,
        timing: Timing,
    ) -> Result<Self, CallFailure> {
        let url = BaseUrl::parse_whole(url).map_err(|_rule| failure(TokenTrouble::ServiceRefuses))?;
        let timing = Timing {
            total: timing.total.min(LIMIT),
            ..timing
        };
        let http = http_client(&url, timing).ok_or_else(|| CallFailure::of(FailureKind::Tls))?;
        Ok(Self {
            http,
            url,
            method,
            bearer: bearer.filter(|bearer| !bearer.is_empty()),
            appid,
        })
    }

    /// Asks once.
    ///
    /// # Errors
    /// Always `NoToken`: nothing of this is WeChat's doing.
    pub(super) async fn fetch(&self) -> Result<Fetched, CallFailure> {
        let mut request = match self.method {
            ServiceMethod::Get => self.http.get(self.url.as_str()),
            ServiceMethod::Post => {
                let body = super::to_json(&Request { appid: &self.appid });
                let request = self.http.post(self.url.as_str()).body(body);
                request.header(CONTENT_TYPE, "application/json; charset=utf-8")
            }
        };
        request = request.header(ACCEPT, "application/json");
        if let Some(bearer) = &self.bearer {
            request = request.bearer_auth(bearer.as_str());
        }
        let asked_at = Instant::now();
        let mut reply = match transport::send(request, CAP).await {
            Sent::Answered(reply) => reply,
            Sent::Unsent(unsent) => return Err(failure(trouble_of(&unsent.kind))),
            Sent::Lost(lost) => {
                return Err(CallFailure {
                    http_status: lost.http_status,
                    ..failure(trouble_of(&lost.kind))
                });
            }
        };
        let token = read(&reply, asked_at);
        reply.body.zeroize();
        token
    }
}

fn trouble_of(kind: &FailureKind) -> TokenTrouble {
    if *kind == FailureKind::Tls {
        TokenTrouble::ServiceTls
    } else if *kind == FailureKind::Refused {
        TokenTrouble::ServiceRefuses
    } else if *kind == FailureKind::Garbled {
        TokenTrouble::ServiceGarbled
    } else {
        TokenTrouble::ServiceDown
    }
}

fn failure(trouble: TokenTrouble) -> CallFailure {
    CallFailure::of(FailureKind::NoToken(trouble))
}

fn read(reply: &Reply, asked_at: Instant) -> Result<Fetched, CallFailure> {
    let trouble = match reply.status {
        200 => match source::read_json(&reply.body, asked_at) {
            Some(token) => return Ok(token),
            None => TokenTrouble::ServiceGarbled,
        },
        429 | 500..=599 => TokenTrouble::ServiceDown,
        _ => TokenTrouble::ServiceRefuses,
    };
    Err(CallFailure {
        http_status: Some(reply.status),
        ..failure(trouble)
    })
}
