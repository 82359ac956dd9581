//! Tokens of a third-party platform, contract 2.2: first the platform's own, then that of the merchant.
//!
//! Separate because two tokens depend on each other here, and because the refresh token must be written down before
//! anything is done with what came beside it: a refresh token that is lost is the merchant's authorisation lost.

use std::time::Instant;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::{Mutex, mpsc, oneshot};
use zeroize::{Zeroize as _, Zeroizing};

use super::clock::Clock;
use super::source::{self, Fetched};
use super::transport::{LIST_CAP, Reply, SMALL_CAP, Sent, Transport};
use super::{envelope, lenient, outcome};
use crate::domain::{CallFailure, FailureKind, TokenTrouble};

const COMPONENT_TOKEN: &str = "/cgi-bin/component/api_component_token";
const AUTHORIZER_TOKEN: &str = "/cgi-bin/component/api_authorizer_token";
const AUTHORIZER_LIST: &str = "/cgi-bin/component/api_get_authorizer_list";
/// The refresh token is not valid (any more).
const REFRESH_REFUSED: i64 = 61_023;
/// Mini Programs on one page of the list, the most that WeChat gives.
const PAGE: u32 = 500;
/// Pages that are read at most when a refresh token is looked for.
const PAGES: u32 = 20;

/// What a platform needs to act for a merchant.
#[derive(Clone)]
pub struct PlatformKeys {
    /// AppID of the platform.
    pub component_appid: String,
    /// Its AppSecret.
    pub component_secret: Zeroizing<String>,
    /// The ticket that WeChat pushes to it about every ten minutes.
    pub ticket: Zeroizing<String>,
    /// The refresh token of the merchant's authorisation.
    pub refresh_token: Zeroizing<String>,
    /// Who writes a new refresh token down; without one it lives as long as the client.
    pub keeper: Option<mpsc::UnboundedSender<NewRefreshToken>>,
}

/// A refresh token that takes the place of the one before. The token that came with it waits until `kept` is answered.
#[derive(Debug)]
pub struct NewRefreshToken {
    /// Its text.
    pub text: Zeroizing<String>,
    /// Answered once it is written down; dropped when it could not be.
    pub kept: oneshot::Sender<()>,
}

/// A platform that can be asked for tokens of one merchant.
pub(super) struct Platform {
    component_appid: String,
    component_secret: Zeroizing<String>,
    ticket: Zeroizing<String>,
    /// AppID of the Mini Program.
    appid: String,
    keeper: Option<mpsc::UnboundedSender<NewRefreshToken>>,
    state: Mutex<State>,
}

struct State {
    component: Option<Fetched>,
    refresh_token: Zeroizing<String>,
    /// The refresh token is written down.
    is_kept: bool,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of WeChat's document")]
struct ComponentRequest<'a> {
    component_appid: &'a str,
    component_appsecret: &'a str,
    component_verify_ticket: &'a str,
}

#[derive(Serialize)]
struct AuthorizerRequest<'a> {
    component_appid: &'a str,
    authorizer_appid: &'a str,
    authorizer_refresh_token: &'a str,
}

#[derive(Serialize)]
struct ListRequest<'a> {
    component_appid: &'a str,
    offset: u32,
    count: u32,
}

impl Platform {
    pub(super) fn new(appid: String, keys: PlatformKeys) -> Self {
        Self {
            component_appid: keys.component_appid,
            component_secret: keys.component_secret,
            ticket: keys.ticket,
            appid,
            keeper: keys.keeper,
            state: Mutex::new(State {
                component: None,
                refresh_token: keys.refresh_token,
                is_kept: true,
            }),
        }
    }

    /// A token of the merchant. A platform token that is refused is fetched once more, and a refresh token that is
    /// refused is read once from the platform's list; then it stops.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) async fn fetch(&self, transport: &Transport, clock: &Clock) -> Result<Fetched, CallFailure> {
        let mut state = self.state.lock().await;
        let (mut renewed, mut reread) = (false, false);
        loop {
            let failure = match self.authorizer_token(&mut state, transport, clock).await {
                Ok(token) => return Ok(token),
                Err(failure) => failure,
            };
            if failure.kind == FailureKind::TokenRefused && !renewed {
                renewed = true;
                state.component = None;
            } else if failure.errcode == Some(REFRESH_REFUSED) && !reread {
                reread = true;
                if !self.reread(&mut state, transport, clock).await? {
                    return Err(failure);
                }
            } else {
                return Err(about_platform(failure));
            }
        }
    }

    /// `POST /cgi-bin/component/api_authorizer_token`.
    async fn authorizer_token(
        &self,
        state: &mut State,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<Fetched, CallFailure> {
        let component = self.component_token(state, transport, clock).await?;
        let request = AuthorizerRequest {
            component_appid: &self.component_appid,
            authorizer_appid: &self.appid,
            authorizer_refresh_token: &state.refresh_token,
        };
        let body = super::to_json(&request);
        let asked_at = Instant::now();
        let mut reply = post(
            transport,
            AUTHORIZER_TOKEN,
            Some(component.as_str()),
            body,
            SMALL_CAP,
        )
        .await?;
        let answer = read(&reply, clock);
        reply.body.zeroize();
        let mut answer = answer?;
        let token = take(&mut answer, "authorizer_access_token", asked_at);
        // First the refresh token, whatever else is wrong with the answer.
        let new = taken(&mut answer, "authorizer_refresh_token");
        if source::is_token(&new) {
            self.keep(state, new).await?;
        }
        token.ok_or_else(garbled)
    }

    /// `POST /cgi-bin/component/api_component_token`, when none is held.
    async fn component_token(
        &self,
        state: &mut State,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<Zeroizing<String>, CallFailure> {
        if let Some(held) = state
            .component
            .as_ref()
            .filter(|held| Instant::now() < held.renew_at)
        {
            return Ok(held.text.clone());
        }
        let request = ComponentRequest {
            component_appid: &self.component_appid,
            component_appsecret: &self.component_secret,
            component_verify_ticket: &self.ticket,
        };
        let body = super::to_json(&request);
        let asked_at = Instant::now();
        let mut reply = post(transport, COMPONENT_TOKEN, None, body, SMALL_CAP).await?;
        let answer = read(&reply, clock).map_err(about_platform);
        reply.body.zeroize();
        let token = take(&mut answer?, "component_access_token", asked_at).ok_or_else(garbled)?;
        let text = token.text.clone();
        state.component = Some(token);
        Ok(text)
    }

    /// Reads the refresh token of this Mini Program from the list of those that have authorised the platform
    /// (`POST /cgi-bin/component/api_get_authorizer_list`); `false` when there is no other one than ours.
    async fn reread(
        &self,
        state: &mut State,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<bool, CallFailure> {
        let component = self.component_token(state, transport, clock).await?;
        for page in 0..PAGES {
            let request = ListRequest {
                component_appid: &self.component_appid,
                offset: page.saturating_mul(PAGE),
                count: PAGE,
            };
            let body = super::to_json(&request);
            let mut reply = post(
                transport,
                AUTHORIZER_LIST,
                Some(component.as_str()),
                body,
                LIST_CAP,
            )
            .await?;
            let answer = read(&reply, clock).map_err(about_platform);
            reply.body.zeroize();
            let mut answer = answer?;
            let Some(list) = answer.get_mut("list").and_then(Value::as_array_mut) else {
                return Ok(false);
            };
            let is_ours = |entry: &&mut Value| lenient::text(entry, "authorizer_appid") == self.appid;
            let full = list.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
            if let Some(entry) = list.iter_mut().find(is_ours) {
                let found = taken(entry, "refresh_token");
                if !source::is_token(&found) || *found == *state.refresh_token {
                    return Ok(false);
                }
                self.keep(state, found).await?;
                return Ok(true);
            }
            if !full {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// A refresh token was given: it is written down before anything goes on.
    async fn keep(&self, state: &mut State, new: Zeroizing<String>) -> Result<(), CallFailure> {
        if *new == *state.refresh_token && state.is_kept {
            return Ok(());
        }
        state.refresh_token.clone_from(&new);
        let Some(keeper) = &self.keeper else {
            return Ok(());
        };
        state.is_kept = false;
        let (kept, written) = oneshot::channel();
        let told = keeper.send(NewRefreshToken { text: new, kept });
        if told.is_err() || written.await.is_err() {
            return Err(CallFailure::of(FailureKind::NoToken(
                TokenTrouble::RefreshNotKept,
            )));
        }
        state.is_kept = true;
        Ok(())
    }
}

/// What WeChat refuses in these calls is about the platform and not about the Mini Program's own AppSecret.
fn about_platform(failure: CallFailure) -> CallFailure {
    let is_about_it = matches!(
        failure.kind,
        FailureKind::WrongAppId | FailureKind::WrongSecret | FailureKind::TokenRefused | FailureKind::Refused
    );
    if is_about_it {
        return CallFailure {
            kind: FailureKind::PlatformCredentials,
            ..failure
        };
    }
    failure
}

async fn post(
    transport: &Transport,
    path: &str,
    component: Option<&str>,
    body: Vec<u8>,
    cap: usize,
) -> Result<Reply, CallFailure> {
    let token = component.map(|token| ("component_access_token", token));
    match transport.post_with(path, token, body, cap).await {
        Sent::Answered(reply) => Ok(reply),
        Sent::Unsent(failure) | Sent::Lost(failure) => Err(failure),
    }
}

/// The JSON of an answer that was no refusal.
fn read(reply: &Reply, clock: &Clock) -> Result<Value, CallFailure> {
    let envelope = envelope::read_of_token(reply)?;
    if let Some(offset) = reply.offset_millis {
        clock.add(offset);
    }
    if envelope.errcode != 0 {
        return Err(outcome::failure(&envelope));
    }
    serde_json::from_slice(&reply.body).map_err(|_json| garbled())
}

fn garbled() -> CallFailure {
    CallFailure {
        http_status: Some(200),
        ..CallFailure::of(FailureKind::Garbled)
    }
}

/// The text of a field, moved out of the answer, so that it is wiped when it is dropped.
fn taken(answer: &mut Value, name: &str) -> Zeroizing<String> {
    Zeroizing::new(match answer.get_mut(name).map(Value::take) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    })
}

fn take(answer: &mut Value, name: &str, asked_at: Instant) -> Option<Fetched> {
    let lives = answer.get("expires_in").and_then(source::lives_secs)?;
    source::fetched(taken(answer, name), lives, asked_at)
}
