//! The client: WeChat's calls as methods, each naming the paragraph of the contract that it follows.
//!
//! Separate from the engine so that the protocol can be tested byte by byte against a server of its own.
//! Reads may be repeated here; an upload is one request and one answer, whatever happens.

pub mod base_url;
mod call;
mod clock;
mod diagnostics;
mod envelope;
mod errands;
pub mod global;
mod lenient;
mod orders;
mod outcome;
mod platform;
mod raw;
mod service;
mod shipping;
mod source;
mod token;
mod token_command;
mod token_service;
mod transport;
mod user_order;

use std::sync::Arc;

use serde::Serialize;
use zeroize::Zeroizing;

pub use base_url::{BaseUrl, BaseUrlProblem};
pub use call::Upload;
pub use errands::{errand_body, errand_write, jump_path_body};
pub use orders::OrderPage;
pub use outcome::Write;
pub use platform::{NewRefreshToken, PlatformKeys};
pub use raw::MAX_RAW_BYTES;
pub use service::{Quota, RateLimit};
pub use shipping::{combined_body, upload_body};
pub use source::TokenSource;
pub use transport::Timing;
pub use user_order::{
    SHOPPING_DETAILS_PATH, SHOPPING_SHIP_PATH, SHOPPING_VERIFY_PATH, ShoppingClient, ShoppingSaid,
    ShoppingUpload,
};

use crate::domain::{CallFailure, Courier, ErrandKind, FailureKind, Order, OrderKey, OrderQuery, RidRecord};
use call::Caller;
use clock::Clock;
use platform::Platform;
use source::Source;
use token::Tokens;
use token_command::TokenCommand;
use token_service::TokenService;
use transport::{LIST_CAP, SMALL_CAP, Transport};

/// Path of the upload, for [`Client::quota`] and for journals.
pub const UPLOAD_PATH: &str = "/wxa/sec/order/upload_shipping_info";
/// Path of the combined upload, as above.
pub const COMBINED_PATH: &str = "/wxa/sec/order/upload_combined_shipping_info";
/// Path of the reminder to confirm receipt, as above.
pub const REMIND_PATH: &str = "/wxa/sec/order/notify_confirm_receive";
/// Path of the report of special orders, as above.
pub const REPORT_PATH: &str = "/wxa/sec/order/opspecialorder";
/// Path of the setting of the page that messages open.
pub const JUMP_PATH: &str = "/wxa/sec/order/set_msg_jump_path";
/// Path of the list of orders, for [`Client::quota`].
pub const ORDER_LIST_PATH: &str = "/wxa/sec/order/get_order_list";
/// Path of the courier list, for [`Client::quota`].
pub const COURIERS_PATH: &str = "/cgi-bin/express/delivery/open_msg/get_delivery_list";
/// Path of the reset of all quotas.
pub const CLEAR_QUOTA_PATH: &str = "/cgi-bin/clear_quota";
/// Path of the reading of one order, for [`Client::quota`].
pub const GET_ORDER_PATH: &str = "/wxa/sec/order/get_order";

/// Whom to call, as whom.
#[derive(Clone, Default)]
pub struct ClientConfig {
    /// [`base_url::WECHAT`], a relay of the merchant (https), or a loopback address.
    pub base_url: String,
    /// AppID of the Mini Program.
    pub appid: String,
    /// AppSecret; tokens are fetched with it.
    pub secret: Option<Zeroizing<String>>,
    /// A token from elsewhere; used instead of the secret and never renewed.
    pub access_token: Option<Zeroizing<String>>,
}

impl std::fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hidden = |secret: &Option<Zeroizing<String>>| secret.as_ref().map(|_| "***");
        f.debug_struct("ClientConfig")
            .field("base_url", &self.base_url)
            .field("appid", &self.appid)
            .field("secret", &hidden(&self.secret))
            .field("access_token", &hidden(&self.access_token))
            .finish()
    }
}

/// The calls of one account. Cloning is cheap; clones share token and clock.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Caller>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client with the usual time limits. Nothing is called yet.
    ///
    /// # Errors
    /// `NoCredentials` without AppID, or without both secret and token; `NotWeChat` for an address that
    /// [`BaseUrl::parse`] refuses; `Tls` when the system has no trusted roots.
    pub fn new(config: ClientConfig) -> Result<Self, CallFailure> {
        Self::with_timing(config, Timing::default())
    }

    /// A client with other time limits, for tests against a loopback server.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_timing(config: ClientConfig, timing: Timing) -> Result<Self, CallFailure> {
        let source = match (config.access_token, config.secret) {
            (Some(token), _) if !token.is_empty() => TokenSource::Given(token),
            (_, secret) => TokenSource::Secret(secret.unwrap_or_default()),
        };
        Self::with_source(&config.base_url, config.appid, source, timing)
    }

    /// A client whose tokens come from somewhere else than AppID and AppSecret.
    ///
    /// # Errors
    /// As [`Client::new`]; `NoToken` for the address of a token service that is not allowed.
    pub fn with_source(
        base_url: &str,
        appid: String,
        source: TokenSource,
        timing: Timing,
    ) -> Result<Self, CallFailure> {
        let Ok(base) = BaseUrl::parse(base_url) else {
            return Err(CallFailure::of(FailureKind::NotWeChat));
        };
        let tokens = Tokens::new(asked(&appid, source, timing)?);
        Ok(Self {
            inner: Arc::new(Caller {
                transport: Transport::new(base, timing)?,
                tokens,
                clock: Clock::default(),
                appid,
                timing,
            }),
        })
    }

    /// A token is being asked for with which a new refresh token may come: who ends the program waits for it.
    pub fn is_renewing(&self) -> bool {
        self.inner.tokens.is_renewing()
    }

    /// Makes sure that a token is at hand (contract 2.1); fetches one when none is held.
    ///
    /// # Errors
    /// What is wrong with AppID, AppSecret, the address or the connection.
    pub async fn token_check(&self) -> Result<(), CallFailure> {
        self.inner.lease().await.map(drop)
    }

    /// (III) One order, contract 3.3.
    ///
    /// # Errors
    /// `OrderNotVisible` when WeChat does not know it; `Garbled` when another order comes back.
    pub async fn get_order(&self, key: &OrderKey) -> Result<Order, CallFailure> {
        self.read_order(key).await.map(|(order, _raw)| order)
    }

    /// (III) as [`Self::get_order`], with the text of the answer, masked and cut, for people.
    ///
    /// # Errors
    /// As [`Self::get_order`].
    pub async fn read_order(&self, key: &OrderKey) -> Result<(Order, String), CallFailure> {
        let answer = self
            .inner
            .read(GET_ORDER_PATH, orders::order_request(key), SMALL_CAP)
            .await?;
        let order = orders::read_order(&answer, key).ok_or_else(no_data)?;
        Ok((order, raw::of_value(&answer)))
    }

    /// (III) as [`Self::read_order`], but asked once: who asks comes back by themselves, at a pace that knows of
    /// every failure.
    ///
    /// # Errors
    /// As [`Self::get_order`].
    pub async fn read_order_once(&self, key: &OrderKey) -> Result<(Order, String), CallFailure> {
        let answer = self
            .inner
            .read_without_retry(GET_ORDER_PATH, &orders::order_request(key), SMALL_CAP)
            .await?;
        let order = orders::read_order(&answer, key).ok_or_else(no_data)?;
        Ok((order, raw::of_value(&answer)))
    }

    /// (IV) One page of orders, contract 3.4. The query must stay the same from page to page.
    ///
    /// # Errors
    /// `BadCursor` when paging must start again.
    pub async fn get_order_list(
        &self,
        query: &OrderQuery,
        cursor: Option<&str>,
        page_size: u32,
    ) -> Result<OrderPage, CallFailure> {
        let body = orders::list_request(query, cursor, page_size);
        let answer = self.inner.read(ORDER_LIST_PATH, body, LIST_CAP).await?;
        Ok(orders::read_page(&answer, cursor))
    }

    /// (I) Reports a shipment, contract 3.1, with a body of [`upload_body`]. At most one request is sent,
    /// whatever its answer: a refused token is renewed for the next one, but nothing is sent again here.
    pub async fn upload_shipping_info(&self, body: &[u8]) -> Upload {
        self.inner.write(Write::Ship, body).await
    }

    /// (II) Reports the shipments of a combined order's sub-orders, contract 3.2, all of them or none. As with
    /// [`Self::upload_shipping_info`], at most one request is sent.
    pub async fn upload_combined_shipping_info(&self, body: &[u8]) -> Upload {
        self.inner.write(Write::ShipCombined, body).await
    }

    /// (V) and (X) Reminds the buyer to confirm receipt (contract 3.5), or reports a special order (3.10), with a
    /// body of [`errand_body`]. As with [`Self::upload_shipping_info`], at most one request is sent.
    pub async fn errand(&self, kind: ErrandKind, body: &[u8]) -> Upload {
        self.inner.write(errand_write(kind), body).await
    }

    /// (VI) Sets the page of the Mini Program that a message opens, for the whole account, contract 3.6, with a body
    /// of [`jump_path_body`]. As with [`Self::upload_shipping_info`], at most one request is sent.
    pub async fn set_msg_jump_path(&self, body: &[u8]) -> Upload {
        self.inner.write(Write::JumpPath, body).await
    }

    /// The calls about shopping orders, a family of its own: contract section 4.
    pub fn shopping(&self) -> ShoppingClient {
        ShoppingClient::new(Arc::clone(&self.inner))
    }

    /// The couriers that may be sent, contract section 5.
    ///
    /// # Errors
    /// Any failure of a read.
    pub async fn get_delivery_list(&self) -> Result<Vec<Courier>, CallFailure> {
        let answer = self.inner.read(COURIERS_PATH, b"{}".to_vec(), LIST_CAP).await?;
        Ok(service::read_couriers(&answer))
    }

    /// (VII) Whether WeChat holds the funds of this account until shipping is reported, contract 3.7.
    ///
    /// # Errors
    /// `ServiceNotOpened` when the service was never opened.
    pub async fn is_trade_managed(&self) -> Result<bool, CallFailure> {
        let body = service::appid_request(&self.inner.appid);
        let answer = self
            .inner
            .read("/wxa/sec/order/is_trade_managed", body, SMALL_CAP)
            .await?;
        Ok(lenient::boolean(&answer, "is_trade_managed"))
    }

    /// (VIII) Whether every merchant number of the account was confirmed, contract 3.8.
    ///
    /// # Errors
    /// As [`Client::is_trade_managed`].
    pub async fn is_trade_management_confirmation_completed(&self) -> Result<bool, CallFailure> {
        let body = service::appid_request(&self.inner.appid);
        let path = "/wxa/sec/order/is_trade_management_confirmation_completed";
        let answer = self.inner.read(path, body, SMALL_CAP).await?;
        Ok(lenient::boolean(&answer, "completed"))
    }

    /// How often a call may still be made today, contract section 1; the path begins with a slash.
    ///
    /// # Errors
    /// `Refused` with 76003 or 76021 for a path that WeChat does not know.
    pub async fn quota(&self, cgi_path: &str) -> Result<Quota, CallFailure> {
        let body = service::quota_request(cgi_path);
        let answer = self
            .inner
            .read("/cgi-bin/openapi/quota/get", body, SMALL_CAP)
            .await?;
        service::read_quota(&answer).ok_or_else(no_data)
    }

    /// What WeChat received under a request id of the last seven days, contract section 1; masked.
    ///
    /// # Errors
    /// `Refused` with 76001 for an id that WeChat does not tell about any more, or of another account.
    pub async fn rid(&self, rid: &str) -> Result<RidRecord, CallFailure> {
        let body = diagnostics::rid_request(rid);
        let answer = self
            .inner
            .read("/cgi-bin/openapi/rid/get", body, SMALL_CAP)
            .await?;
        diagnostics::read_rid(&answer).ok_or_else(no_data)
    }

    /// Resets the quotas of all calls of the account, contract section 1: ten times in a month, and only because a
    /// person asks for it. As with [`Self::upload_shipping_info`], at most one request is sent.
    pub async fn clear_quota(&self) -> Upload {
        let body = service::appid_request(&self.inner.appid);
        self.inner.write(Write::ClearQuota, &body).await
    }

    /// WeChat's time minus this computer's in milliseconds, from the `Date` of the last five answers;
    /// `None` before the first.
    pub fn clock_offset_millis(&self) -> Option<i64> {
        self.inner.clock.offset_millis()
    }
}

/// The source with what it needs to be asked.
///
/// # Errors
/// `NoCredentials` when something is missing, and as the token service says.
fn asked(appid: &str, source: TokenSource, timing: Timing) -> Result<Source, CallFailure> {
    let is_whole = !appid.is_empty()
        && match &source {
            TokenSource::Secret(text) | TokenSource::Given(text) | TokenSource::Pasted(text) => {
                !text.is_empty()
            }
            TokenSource::Platform(keys) => {
                let secrets = [&keys.component_secret, &keys.ticket, &keys.refresh_token];
                !keys.component_appid.is_empty() && secrets.iter().all(|secret| !secret.is_empty())
            }
            TokenSource::Service { url, .. } => !url.is_empty(),
            TokenSource::Command { program, .. } => !program.is_empty(),
        };
    if !is_whole {
        return Err(CallFailure::of(FailureKind::NoCredentials));
    }
    let appid = appid.to_owned();
    Ok(match source {
        TokenSource::Secret(secret) => Source::Stable { appid, secret },
        TokenSource::Given(text) => Source::Given {
            text,
            is_pasted: false,
        },
        TokenSource::Pasted(text) => Source::Given {
            text,
            is_pasted: true,
        },
        TokenSource::Platform(keys) => Source::Platform(Platform::new(appid, keys)),
        TokenSource::Service { url, method, bearer } => {
            Source::Service(TokenService::new(appid, &url, method, bearer, timing)?)
        }
        TokenSource::Command { program, arguments } => {
            Source::Command(TokenCommand::new(program, arguments, timing.total))
        }
    })
}

/// Success was reported, but what was asked for is not in the answer.
fn no_data() -> CallFailure {
    CallFailure {
        errcode: Some(0),
        http_status: Some(200),
        ..CallFailure::of(FailureKind::Garbled)
    }
}

/// Raw UTF-8 JSON. Strings, numbers and booleans always serialise; nothing else is passed in here.
fn to_json(request: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(request).unwrap_or_default()
}
