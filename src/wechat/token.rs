//! The access token: fetched when it is needed, kept in memory only, renewed by one caller for all.
//!
//! Separate because a storm of token calls, or a token that is refused for ever, must be impossible here.
//! Every token has an epoch. Only the first refusal of an epoch fetches; a fresh token that is refused before
//! it ever worked is the account's trouble and not the token's.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Mutex;
use zeroize::{Zeroize as _, Zeroizing};

use super::clock::Clock;
use super::transport::{Reply, SMALL_CAP, Sent, Transport};
use super::{envelope, lenient, outcome};
use crate::domain::{CallFailure, FailureKind};

/// A token is renewed when it lives less than this; then the old and the new one are valid (contract 2.1).
const RENEW_BEFORE_SECS: u64 = 300;
/// Longest token that is believed; WeChat asks to reserve 512 characters.
const MAX_TOKEN_BYTES: usize = 2048;

/// A token for one call.
pub(super) struct Lease {
    text: Arc<Zeroizing<String>>,
    epoch: u64,
}

impl Lease {
    /// The token, for the one place that sends it.
    pub(super) fn expose(&self) -> &str {
        &self.text
    }
}

/// Where tokens come from.
pub(super) enum Source {
    /// A person or their token service gave one; it is never renewed.
    Given(Zeroizing<String>),
    /// From WeChat.
    Fetched {
        /// AppID.
        appid: String,
        /// AppSecret.
        secret: Zeroizing<String>,
    },
}

/// The keeper of the account's token.
pub(super) struct Tokens {
    given: Option<Arc<Zeroizing<String>>>,
    fetched: Option<(String, Zeroizing<String>)>,
    state: Mutex<State>,
    /// Token calls that have ended: who waited for one that failed does not make another.
    ended: AtomicU64,
    /// The newest epoch whose token WeChat accepted.
    proven: AtomicU64,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    epoch: u64,
    /// The token of this epoch replaced a refused one.
    replaces_refused: bool,
    /// The newest epoch whose token was refused.
    refused: Option<u64>,
    last_failure: Option<CallFailure>,
}

struct Held {
    text: Arc<Zeroizing<String>>,
    renew_at: Instant,
}

#[derive(Serialize)]
struct TokenRequest<'a> {
    grant_type: &'static str,
    appid: &'a str,
    secret: &'a str,
}

/// Borrows from the body, which is wiped after it was read.
#[derive(Deserialize)]
struct TokenReply<'a> {
    #[serde(borrow)]
    access_token: Cow<'a, str>,
    expires_in: Value,
}

impl Tokens {
    /// A keeper that holds nothing yet, or the given token for ever.
    pub(super) fn new(source: Source) -> Self {
        let (given, fetched) = match source {
            Source::Given(text) => (Some(Arc::new(text)), None),
            Source::Fetched { appid, secret } => (None, Some((appid, secret))),
        };
        Self {
            given,
            fetched,
            state: Mutex::default(),
            ended: AtomicU64::new(0),
            proven: AtomicU64::new(0),
        }
    }

    /// Takes the token and the secret out of an answer that repeats them: its text is shown and kept.
    pub(super) fn hide(&self, lease: &Lease, body: &mut Vec<u8>) {
        let secret = self.fetched.as_ref().map(|(_, secret)| secret.as_bytes());
        for hidden in [Some(lease.expose().as_bytes()), secret].into_iter().flatten() {
            while let Some(at) = find(body, hidden) {
                body.splice(at..at.saturating_add(hidden.len()), *b"***");
            }
        }
    }

    /// A token to call with; fetched when none is held or the held one ends soon.
    ///
    /// # Errors
    /// Why no token could be fetched.
    pub(super) async fn lease(&self, transport: &Transport, clock: &Clock) -> Result<Lease, CallFailure> {
        if let Some(given) = &self.given {
            return Ok(Lease {
                text: Arc::clone(given),
                epoch: 0,
            });
        }
        let ended = self.ended.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        if let Some(held) = state.held.as_ref().filter(|held| Instant::now() < held.renew_at) {
            return Ok(Lease {
                text: Arc::clone(&held.text),
                epoch: state.epoch,
            });
        }
        self.fetch(&mut state, ended, transport, clock).await
    }

    /// A call was refused because of its token. `Ok` means that another token is there now.
    ///
    /// # Errors
    /// `TokenRefused` when this was a fresh token that never worked, or a given one; else why no new token
    /// could be fetched.
    pub(super) async fn refused(
        &self,
        lease: &Lease,
        refusal: CallFailure,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<(), CallFailure> {
        if self.given.is_some() {
            return Err(refusal);
        }
        let ended = self.ended.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        if lease.epoch < state.epoch {
            return Ok(());
        }
        state.held = None;
        crate::step::at("token-refused");
        state.refused = Some(state.epoch);
        if state.replaces_refused && self.proven.load(Ordering::SeqCst) < state.epoch {
            return Err(refusal);
        }
        self.fetch(&mut state, ended, transport, clock).await.map(drop)
    }

    /// WeChat accepted this token.
    pub(super) fn accepted(&self, lease: &Lease) {
        self.proven.fetch_max(lease.epoch, Ordering::SeqCst);
    }

    async fn fetch(
        &self,
        state: &mut State,
        ended_before: u64,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<Lease, CallFailure> {
        if self.ended.load(Ordering::SeqCst) != ended_before
            && let Some(failure) = &state.last_failure
        {
            return Err(failure.clone());
        }
        crate::step::at("before-token");
        let fetched = self.call(transport, clock).await;
        crate::step::at("after-token");
        self.ended.fetch_add(1, Ordering::SeqCst);
        match fetched {
            Ok(held) => {
                let text = Arc::clone(&held.text);
                state.replaces_refused = state.refused == Some(state.epoch);
                state.epoch = state.epoch.saturating_add(1);
                state.held = Some(held);
                state.last_failure = None;
                Ok(Lease {
                    text,
                    epoch: state.epoch,
                })
            }
            Err(failure) => {
                state.held = None;
                state.last_failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    /// Contract 2.1, stable token in normal mode: `POST /cgi-bin/stable_token`. Never forced.
    async fn call(&self, transport: &Transport, clock: &Clock) -> Result<Held, CallFailure> {
        let Some((appid, secret)) = &self.fetched else {
            return Err(CallFailure::of(FailureKind::NoCredentials));
        };
        let request = TokenRequest {
            grant_type: "client_credential",
            appid,
            secret,
        };
        let body = super::to_json(&request);
        let asked_at = Instant::now();
        let mut reply = match transport
            .post("/cgi-bin/stable_token", None, body, SMALL_CAP)
            .await
        {
            Sent::Answered(reply) => reply,
            Sent::Unsent(failure) | Sent::Lost(failure) => return Err(failure),
        };
        let held = read_token(&reply, clock, asked_at);
        reply.body.zeroize();
        held
    }
}

fn read_token(reply: &Reply, clock: &Clock, asked_at: Instant) -> Result<Held, CallFailure> {
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
    let usable = (1..=MAX_TOKEN_BYTES).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    let lives = lenient::whole(&token.expires_in).and_then(|secs| u64::try_from(secs).ok());
    let Some(lives) = lives.filter(|_| usable) else {
        return Err(garbled());
    };
    let Some(renew_at) = asked_at.checked_add(renew_after(lives)) else {
        return Err(garbled());
    };
    Ok(Held {
        text: Arc::new(text),
        renew_at,
    })
}

/// How long a token is used: until 300 s before its end, but a short-lived one for half of its life, so that
/// it is not fetched again for every call.
fn renew_after(lives_secs: u64) -> Duration {
    let lives_secs = lives_secs.min(7200);
    let long = lives_secs.saturating_sub(RENEW_BEFORE_SECS);
    Duration::from_secs(long.max(lives_secs / 2))
}

/// Where a text stands in an answer; nothing stands nowhere.
fn find(body: &[u8], text: &[u8]) -> Option<usize> {
    let found = || body.windows(text.len()).position(|part| part == text);
    // What replaces it must not bring it back.
    (text.len() > 3).then(found).flatten()
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
}
