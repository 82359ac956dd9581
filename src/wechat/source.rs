//! Where the account's tokens come from, and the reading of whatever carries one.
//!
//! Apart from their keeper, who decides when one is asked for and does not care by whom it is given.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

use super::clock::Clock;
use super::platform::{Platform, PlatformKeys};
use super::token_command::TokenCommand;
use super::token_service::TokenService;
use super::transport::{Reply, SMALL_CAP, Sent, Transport};
use super::{envelope, lenient, outcome};
use crate::domain::{CallFailure, FailureKind, ServiceMethod, TokenTrouble};

/// A token is renewed when it lives less than this; then the old and the new one are valid (contract 2.1).
const RENEW_BEFORE_SECS: u64 = 300;
/// How long a token is used whose end nobody names, in seconds: the place that gave it is asked again soon, and
/// costs nothing of WeChat's quota.
const UNKNOWN_LIFE_SECS: u64 = 300;
/// Longest token that is believed; WeChat asks to reserve 512 characters.
const MAX_TOKEN_BYTES: usize = 2048;

/// Where tokens come from, with the secrets that this takes.
#[derive(Clone)]
pub enum TokenSource {
    /// The AppSecret of the Mini Program.
    Secret(Zeroizing<String>),
    /// A token from the environment; never renewed.
    Given(Zeroizing<String>),
    /// A token that a person has pasted; never renewed, and a new one is asked for when it is refused.
    Pasted(Zeroizing<String>),
    /// A third-party platform that the merchant has authorised.
    Platform(PlatformKeys),
    /// The merchant's own token service.
    Service {
        /// Its address.
        url: String,
        /// How it is asked.
        method: ServiceMethod,
        /// What it wants to see behind `Bearer`.
        bearer: Option<Zeroizing<String>>,
    },
    /// A program that prints a token.
    Command {
        /// Its full path.
        program: String,
        /// What it is called with.
        arguments: Vec<String>,
    },
}

impl std::fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Secret(_) => "Secret(***)",
            Self::Given(_) => "Given(***)",
            Self::Pasted(_) => "Pasted(***)",
            Self::Platform(_) => "Platform(***)",
            Self::Service { .. } => "Service(***)",
            Self::Command { .. } => "Command(***)",
        })
    }
}

/// A source that can be asked.
pub(super) enum Source {
    /// One token for ever.
    Given {
        text: Zeroizing<String>,
        is_pasted: bool,
    },
    /// Contract 2.1.
    Stable {
        appid: String,
        secret: Zeroizing<String>,
    },
    /// Contract 2.2.
    Platform(Platform),
    /// https.
    Service(TokenService),
    /// A program.
    Command(TokenCommand),
}

/// A token and until when it is used.
pub(super) struct Fetched {
    pub(super) text: Zeroizing<String>,
    pub(super) renew_at: Instant,
}

#[derive(Serialize)]
struct StableRequest<'a> {
    grant_type: &'static str,
    appid: &'a str,
    secret: &'a str,
}

/// Borrows from the body, which is wiped after it was read.
#[derive(Deserialize)]
struct TokenReply<'a> {
    #[serde(borrow)]
    access_token: Cow<'a, str>,
    #[serde(default)]
    expires_in: Option<Value>,
}

impl Source {
    /// Asks for a token.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) async fn fetch(&self, transport: &Transport, clock: &Clock) -> Result<Fetched, CallFailure> {
        match self {
            Self::Given { .. } => Err(CallFailure::of(FailureKind::NoCredentials)),
            Self::Stable { appid, secret } => stable_token(appid, secret, transport, clock).await,
            Self::Platform(platform) => platform.fetch(transport, clock).await,
            Self::Service(service) => service.fetch().await,
            Self::Command(command) => command.fetch().await,
        }
    }

    /// A token of this source was refused twice; only a pasted one has words of its own for that.
    pub(super) fn refusal(&self, refusal: CallFailure) -> CallFailure {
        match self {
            Self::Given { is_pasted: true, .. } => CallFailure {
                kind: FailureKind::NoToken(TokenTrouble::PastedStale),
                ..refusal
            },
            Self::Given { .. }
            | Self::Stable { .. }
            | Self::Platform(_)
            | Self::Service(_)
            | Self::Command(_) => refusal,
        }
    }

    /// The secret that an answer of WeChat's might repeat.
    pub(super) fn secret(&self) -> Option<&[u8]> {
        match self {
            Self::Stable { secret, .. } => Some(secret.as_bytes()),
            Self::Given { .. } | Self::Platform(_) | Self::Service(_) | Self::Command(_) => None,
        }
    }
}

/// Contract 2.1, stable token in normal mode: `POST /cgi-bin/stable_token`. Never forced.
async fn stable_token(
    appid: &str,
    secret: &str,
    transport: &Transport,
    clock: &Clock,
) -> Result<Fetched, CallFailure> {
    let body = super::to_json(&StableRequest {
        grant_type: "client_credential",
        appid,
        secret,
    });
    let asked_at = Instant::now();
    let mut reply = match transport
        .post("/cgi-bin/stable_token", None, body, SMALL_CAP)
        .await
    {
        Sent::Answered(reply) => reply,
        Sent::Unsent(failure) | Sent::Lost(failure) => return Err(failure),
    };
    let fetched = read_stable(&reply, clock, asked_at);
    reply.body.zeroize();
    fetched
}

fn read_stable(reply: &Reply, clock: &Clock, asked_at: Instant) -> Result<Fetched, CallFailure> {
    let envelope = envelope::read_of_token(reply)?;
    if let Some(offset) = reply.offset_millis {
        clock.add(offset);
    }
    if envelope.errcode != 0 {
        return Err(outcome::token_failure(&envelope));
    }
    let garbled = || envelope::failure(FailureKind::Garbled, reply);
    let Ok(token) = serde_json::from_slice::<TokenReply<'_>>(&reply.body) else {
        return Err(garbled());
    };
    let text = Zeroizing::new(token.access_token.into_owned());
    let lives = token.expires_in.as_ref().and_then(lives_secs);
    lives
        .and_then(|lives| fetched(text, lives, asked_at))
        .ok_or_else(garbled)
}

/// The JSON of a token service or of a program; the end of its token need not be named.
pub(super) fn read_json(body: &[u8], asked_at: Instant) -> Option<Fetched> {
    let token = serde_json::from_slice::<TokenReply<'_>>(body).ok()?;
    let text = Zeroizing::new(token.access_token.into_owned());
    let lives = match &token.expires_in {
        None | Some(Value::Null) => UNKNOWN_LIFE_SECS,
        Some(named) => lives_secs(named)?,
    };
    fetched(text, lives, asked_at)
}

/// A token that stands alone.
pub(super) fn read_bare(text: &str, asked_at: Instant) -> Option<Fetched> {
    fetched(Zeroizing::new(text.to_owned()), UNKNOWN_LIFE_SECS, asked_at)
}

/// Seconds that a token lives, as an answer names them.
pub(super) fn lives_secs(named: &Value) -> Option<u64> {
    lenient::whole(named).and_then(|secs| u64::try_from(secs).ok())
}

/// A token that can be used; `None` when it is none.
pub(super) fn fetched(text: Zeroizing<String>, lives_secs: u64, asked_at: Instant) -> Option<Fetched> {
    let renew_at = asked_at.checked_add(renew_after(lives_secs))?;
    is_token(&text).then_some(Fetched { text, renew_at })
}

/// It can stand in a URL and is not too long.
pub(super) fn is_token(text: &str) -> bool {
    (1..=MAX_TOKEN_BYTES).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// How long a token is used: until 300 s before its end, but a short-lived one for half of its life, so that
/// it is not fetched again for every call.
fn renew_after(lives_secs: u64) -> Duration {
    let lives_secs = lives_secs.min(7200);
    let long = lives_secs.saturating_sub(RENEW_BEFORE_SECS);
    Duration::from_secs(long.max(lives_secs / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_five_minutes_before_its_end() {
        for (lives, used) in [
            (7200, 6900),
            (700, 400),
            (600, 300),
            (300, 150),
            (10, 5),
            (0, 0),
            (u64::MAX, 6900),
        ] {
            assert_eq!(renew_after(lives), Duration::from_secs(used), "{lives}");
        }
    }

    #[test]
    fn the_end_of_a_token_may_be_left_out_but_not_be_nonsense() {
        let now = Instant::now();
        let used = |body: &str| read_json(body.as_bytes(), now).map(|token| token.renew_at - now);
        for (body, expected) in [
            (r#"{"access_token":"t","expires_in":7200}"#, Some(6900)),
            (r#"{"expires_in":"600","access_token":"t","more":{}}"#, Some(300)),
            (r#"{"access_token":"t"}"#, Some(150)),
            (r#"{"access_token":"t","expires_in":null}"#, Some(150)),
            (r#"{"access_token":"t","expires_in":-1}"#, None),
            (r#"{"access_token":"t","expires_in":"soon"}"#, None),
            (r#"{"access_token":"","expires_in":7200}"#, None),
            (r#"{"access_token":"a b"}"#, None),
            (r#"{"token":"t"}"#, None),
            ("t", None),
        ] {
            assert_eq!(used(body), expected.map(Duration::from_secs), "{body}");
        }
        assert!(read_bare("86_abc-DEF", now).is_some());
        assert!(read_bare("86_abc\nDEF", now).is_none());
    }
}
