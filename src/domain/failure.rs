//! What a failed call means for people: the outer error, converted once from what broke on the wire.

use serde::{Deserialize, Serialize};

/// Why a call failed. Decisions are made from this and never from a message's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No connection could be made: no network, name not found, refused.
    Offline,
    /// A connection was made but no complete answer came in time, or it broke.
    NoAnswer,
    /// The server's certificate was not accepted, or the system has no trusted roots.
    Tls,
    /// A proxy or a login page answered instead of WeChat (HTML, 3xx, 407).
    NotWeChat,
    /// The server answered something that is no answer: 5xx, broken JSON, no `errcode`.
    Garbled,
    /// WeChat is busy: -1, 10060012, 10060019.
    Busy,
    /// AppID is unknown: 40013.
    WrongAppId,
    /// AppSecret is wrong: 40125, or 40001 from the token call.
    WrongSecret,
    /// AppSecret is frozen: 40243.
    SecretFrozen,
    /// This computer's address is not on the account's list: 40164, 61004. The address as WeChat saw it,
    /// when it could be read strictly.
    IpNotAllowed {
        /// The caller's address, when the answer names one.
        ip: Option<String>,
    },
    /// The administrator must confirm this computer's address: 89501, 89503, 89506, 89507.
    IpNeedsConfirmation,
    /// The access token was refused twice: 40001, 42001, 40014, 41001.
    TokenRefused,
    /// The delivery service was never opened or the permission is missing: 48001.
    ServiceNotOpened,
    /// The Mini Program has not given the third-party platform this permission: 61003, 61007.
    NotAuthorised,
    /// The platform's own AppID, AppSecret, ticket or refresh token is not accepted: 61005, 61006, 61011, 61012,
    /// 61023, and refusals of its two token calls.
    PlatformCredentials,
    /// Third-party platforms may not make this call (ruling C-31); every other call goes on.
    NotForPlatforms,
    /// There is no token from where the account takes its tokens. Nothing was sent to WeChat.
    NoToken(TokenTrouble),
    /// The account is limited by the platform: 48004, 50002, 50004, 50007.
    AccountLimited,
    /// Too many calls in a second or minute: 44990, 45011, HTTP 429.
    TooFast,
    /// The daily quota of this call is used up: 45009.
    DailyQuota,
    /// WeChat does not know the order (yet): 10060001.
    OrderNotVisible,
    /// The paging position is no longer valid: 10060011.
    BadCursor,
    /// The clock of this computer is more than five minutes off.
    ClockOff {
        /// This computer's clock minus WeChat's, in seconds.
        skew_secs: i64,
    },
    /// No AppID or AppSecret is at hand.
    NoCredentials,
    /// Any other `errcode`.
    Refused,
}

/// Why the place where an account takes its tokens gave none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenTrouble {
    /// The pasted token is not accepted any more.
    PastedStale,
    /// The token service does not answer in time, or says that it cannot just now: 5xx, 429.
    ServiceDown,
    /// Its certificate is not accepted.
    ServiceTls,
    /// It refuses: 401, 403, 404, a redirect.
    ServiceRefuses,
    /// What it answers has no token.
    ServiceGarbled,
    /// The program cannot be started.
    CommandMissing,
    /// It did not end in time and was stopped.
    CommandHangs,
    /// It ended with an error.
    CommandFails,
    /// What it prints has no token.
    CommandGarbled,
    /// A new refresh token could not be written down, so the token that came with it is not used.
    RefreshNotKept,
}

impl TokenTrouble {
    /// It may end by itself: asked again a little later instead of stopping for a person.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::ServiceDown | Self::CommandHangs)
    }
}

/// A failed call with what support needs to find it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallFailure {
    /// What it means.
    pub kind: FailureKind,
    /// WeChat's code, when there was one.
    pub errcode: Option<i64>,
    /// WeChat's request id, when there was one.
    pub rid: Option<String>,
    /// HTTP status, when there was an answer.
    pub http_status: Option<u16>,
}

impl FailureKind {
    /// The line or the server is in trouble, whatever was asked: a sign to slow down.
    pub fn is_trouble(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::NoAnswer | Self::Tls | Self::NotWeChat | Self::Garbled | Self::Busy
        ) || matches!(self, Self::NoToken(trouble) if trouble.may_pass())
    }
}

impl CallFailure {
    /// A failure without an answer.
    pub fn of(kind: FailureKind) -> Self {
        Self {
            kind,
            errcode: None,
            rid: None,
            http_status: None,
        }
    }

    /// The same call cannot work for any order until a person changes the account or its settings: a batch
    /// stops after one row instead of failing them all.
    pub fn stops_account(&self) -> bool {
        matches!(&self.kind, FailureKind::NoToken(trouble) if !trouble.may_pass())
            || matches!(
                self.kind,
                FailureKind::WrongAppId
                    | FailureKind::WrongSecret
                    | FailureKind::SecretFrozen
                    | FailureKind::IpNotAllowed { .. }
                    | FailureKind::IpNeedsConfirmation
                    | FailureKind::TokenRefused
                    | FailureKind::ServiceNotOpened
                    | FailureKind::NotAuthorised
                    | FailureKind::PlatformCredentials
                    | FailureKind::AccountLimited
                    | FailureKind::ClockOff { .. }
                    | FailureKind::NoCredentials
                    | FailureKind::Tls
            )
    }
}
