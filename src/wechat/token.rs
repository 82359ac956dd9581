//! The access token: fetched when it is needed, kept in memory only, renewed by one caller for all.
//!
//! Separate because a storm of token calls, or a token that is refused for ever, must be impossible here.
//! Every token has an epoch. Only the first refusal of an epoch fetches; a fresh token that is refused before
//! it ever worked is the account's trouble and not the token's.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::clock::Clock;
use super::source::Source;
use super::transport::Transport;
use crate::domain::CallFailure;

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

/// The keeper of the account's token.
pub(super) struct Tokens {
    source: Source,
    given: Option<Arc<Zeroizing<String>>>,
    state: Mutex<State>,
    /// Token calls that have ended: who waited for one that failed does not make another.
    ended: AtomicU64,
    /// The newest epoch whose token WeChat accepted.
    proven: AtomicU64,
    /// Token calls under way.
    fetching: AtomicU64,
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

/// Counts a token call for as long as it is under way, also when nobody waits for its end.
struct Fetching<'a>(&'a AtomicU64);

impl<'a> Fetching<'a> {
    fn begin(count: &'a AtomicU64) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Tokens {
    /// A keeper that holds nothing yet, or the given token for ever.
    pub(super) fn new(source: Source) -> Self {
        let given = match &source {
            Source::Given { text, .. } => Some(Arc::new(text.clone())),
            Source::Stable { .. } | Source::Platform(_) | Source::Service(_) | Source::Command(_) => None,
        };
        Self {
            source,
            given,
            state: Mutex::default(),
            ended: AtomicU64::new(0),
            proven: AtomicU64::new(0),
            fetching: AtomicU64::new(0),
        }
    }

    /// Takes the token and the secret out of an answer that repeats them: its text is shown and kept.
    pub(super) fn hide(&self, lease: &Lease, body: &mut Vec<u8>) {
        for hidden in [Some(lease.expose().as_bytes()), self.source.secret()]
            .into_iter()
            .flatten()
        {
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
            return Err(self.source.refusal(refusal));
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
        let fetching = Fetching::begin(&self.fetching);
        let fetched = self.source.fetch(transport, clock).await;
        drop(fetching);
        crate::step::at("after-token");
        self.ended.fetch_add(1, Ordering::SeqCst);
        match fetched {
            Ok(fetched) => {
                let text = Arc::new(fetched.text);
                let held = Held {
                    text: Arc::clone(&text),
                    renew_at: fetched.renew_at,
                };
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

    /// A token is being asked for, and a new refresh token may come with it.
    pub(super) fn is_renewing(&self) -> bool {
        matches!(self.source, Source::Platform(_)) && self.fetching.load(Ordering::SeqCst) > 0
    }
}

/// Where a text stands in an answer; nothing stands nowhere.
fn find(body: &[u8], text: &[u8]) -> Option<usize> {
    let found = || body.windows(text.len()).position(|part| part == text);
    // What replaces it must not bring it back.
    (text.len() > 3).then(found).flatten()
}
