//! What each `errcode` means: one table for each call that changes something, one for everything that only reads.
//!
//! Separate because the promise "nothing is sent twice" rests on this table; its rows follow reliability
//! section 2.3 and contract section 8, and a code without a row is never taken for a yes or a no.

use super::envelope::Envelope;
use crate::domain::{Answer, CallFailure, Doubt, FailureKind, Hold, Refusal};

/// The token was refused at the door: fetch a new one (contract 2.1).
pub(super) fn is_token_refusal(errcode: i64) -> bool {
    matches!(errcode, 40_001 | 42_001 | 40_014)
}

/// The calls that change something; each has its own codes of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// (I) One order is shipped.
    Ship,
    /// (II) The sub-orders of a combined order are shipped.
    ShipCombined,
    /// (V) The buyer is reminded to confirm receipt.
    Remind,
    /// (VI) The page that a message opens is set.
    JumpPath,
    /// (X) A pre-sale or a test order is reported.
    Report,
    /// The quotas of all calls are reset.
    ClearQuota,
    /// The combined details of a shopping order: the other family, contract 4.1.
    ShoppingDetails,
    /// The combined shipping of a shopping order, contract 4.2.
    ShoppingShip,
}

impl Write {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Ship,
        Self::ShipCombined,
        Self::Remind,
        Self::JumpPath,
        Self::Report,
        Self::ClearQuota,
        Self::ShoppingDetails,
        Self::ShoppingShip,
    ];

    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Ship => super::UPLOAD_PATH,
            Self::ShipCombined => super::COMBINED_PATH,
            Self::Remind => super::REMIND_PATH,
            Self::JumpPath => super::JUMP_PATH,
            Self::Report => super::REPORT_PATH,
            Self::ClearQuota => super::CLEAR_QUOTA_PATH,
            Self::ShoppingDetails => super::SHOPPING_DETAILS_PATH,
            Self::ShoppingShip => super::SHOPPING_SHIP_PATH,
        }
    }

    /// A no that is about the content of this request; nothing was done, and the same content is refused again.
    fn refuses(self, errcode: i64) -> bool {
        match self {
            Self::Ship | Self::ShipCombined => refuses_this_request(errcode),
            Self::Remind => matches!(errcode, 10_060_014 | 10_060_028..=10_060_030 | 10_060_032),
            Self::Report => matches!(errcode, 268_546_000 | 268_546_001),
            // The ten resets of the month are used.
            Self::ClearQuota => errcode == 48_006,
            Self::JumpPath => false,
            Self::ShoppingDetails => refuses_shopping_order(errcode) || refuses_details(errcode),
            Self::ShoppingShip => refuses_shopping_order(errcode) || refuses_shopping_parcels(errcode),
        }
    }

    /// WeChat does not show the order to this call yet. A report of an order that a look has just shown as waiting
    /// gets 268546002 when WeChat is late (contract 3.10).
    fn not_visible(self, errcode: i64) -> bool {
        match self {
            Self::Ship | Self::ShipCombined | Self::Remind => errcode == 10_060_001,
            Self::Report => errcode == 268_546_002,
            Self::JumpPath | Self::ClearQuota | Self::ShoppingDetails | Self::ShoppingShip => false,
        }
    }

    /// It speaks of the order's state, perhaps of our own first try: compare with a look.
    fn compares(self, errcode: i64) -> bool {
        match self {
            Self::Ship | Self::ShipCombined => matches!(
                errcode,
                10_060_002 | 10_060_003 | 10_060_023 | 268_440_065 | 268_485_216
            ),
            // Of the order's state that family knows only the time of the last upload.
            Self::ShoppingDetails | Self::ShoppingShip => errcode == 268_485_216,
            Self::Remind | Self::JumpPath | Self::Report | Self::ClearQuota => false,
        }
    }
}

/// What the answer to a write means. Refused tokens are the caller's, who knows whether it was a fresh one;
/// here they read as the second refusal.
pub(super) fn answer(write: Write, envelope: &Envelope) -> Answer {
    let errcode = envelope.errcode;
    match errcode {
        0 => Answer::Accepted,
        code if write.not_visible(code) => Answer::NotVisible,
        code if write.compares(code) => Answer::Unclear(Doubt::Compare {
            errcode,
            rid: envelope.rid.clone(),
        }),
        code if write.refuses(code) => Answer::Refused(Refusal {
            errcode,
            rid: envelope.rid.clone(),
            refunded: false,
        }),
        code if refused_at_the_door(code) => Answer::NotProcessed(hold(failure(envelope))),
        // "Busy" does not say "not done", and a code that no document names says nothing.
        _ => Answer::Unclear(Doubt::Failure(failure(envelope))),
    }
}

/// The failure that a code of a read means.
pub(super) fn failure(envelope: &Envelope) -> CallFailure {
    envelope.failure(kind(envelope))
}

/// The failure that a code of the token call means: there 40001 speaks of the secret.
pub(super) fn token_failure(envelope: &Envelope) -> CallFailure {
    if envelope.errcode == 40_001 {
        envelope.failure(FailureKind::WrongSecret)
    } else {
        failure(envelope)
    }
}

/// What a certain "not executed" asks for.
pub(super) fn hold(failure: CallFailure) -> Hold {
    match failure.kind {
        FailureKind::Offline
        | FailureKind::NoAnswer
        | FailureKind::NotWeChat
        | FailureKind::Garbled
        | FailureKind::Busy => Hold::Connection,
        FailureKind::NoToken(trouble) if trouble.may_pass() => Hold::Connection,
        FailureKind::TooFast if failure.errcode == Some(44_990) => Hold::Second,
        FailureKind::TooFast => Hold::Minute,
        FailureKind::DailyQuota => Hold::Day,
        FailureKind::Tls
        | FailureKind::WrongAppId
        | FailureKind::WrongSecret
        | FailureKind::SecretFrozen
        | FailureKind::IpNotAllowed { .. }
        | FailureKind::IpNeedsConfirmation
        | FailureKind::TokenRefused
        | FailureKind::ServiceNotOpened
        | FailureKind::NotAuthorised
        | FailureKind::PlatformCredentials
        | FailureKind::NotForPlatforms
        | FailureKind::NoToken(_)
        | FailureKind::AccountLimited
        | FailureKind::OrderNotVisible
        | FailureKind::BadCursor
        | FailureKind::ClockOff { .. }
        | FailureKind::NoCredentials
        | FailureKind::Refused => Hold::Account(failure),
    }
}

/// A no that is about the content of this request; nothing was done, and the same content is refused again.
fn refuses_this_request(errcode: i64) -> bool {
    matches!(
        errcode,
        // The order cannot be shipped, or a field of it is wrong.
        10_060_004..=10_060_009 | 10_060_013 | 10_060_014 | 10_060_020 | 10_060_024..=10_060_026 | 10_060_031
        // The payer is not one of this account.
        | 40_003
        // Form errors. 268485216 is not one: see `answer`.
        | 268_435_461 | 268_457_013 | 268_457_014
        | 268_485_184 | 268_485_192 | 268_485_194..=268_485_197 | 268_485_201..=268_485_214 | 268_485_217
        | 268_485_224 | 268_485_226..=268_485_232 | 268_485_253 | 268_485_272 | 268_485_275
    )
}

/// A no to any upload of the shopping family (contract 4.4): number, payer, time or product.
fn refuses_shopping_order(errcode: i64) -> bool {
    matches!(
        errcode,
        40_003 | 268_435_461 | 268_457_013 | 268_457_014 | 268_485_184 | 268_485_192 | 268_485_194
            ..=268_485_197 | 268_485_214 | 268_485_217 | 268_485_253 | 268_485_275
    )
}

/// A no to shopping details (contract 4.1): links, items, prices, images.
fn refuses_details(errcode: i64) -> bool {
    matches!(errcode, 268_485_201..=268_485_213 | 268_485_272)
}

/// A no to the shipping of a shopping order (contract 4.2): mode, parcels, items.
fn refuses_shopping_parcels(errcode: i64) -> bool {
    matches!(errcode, 268_485_224 | 268_485_226..=268_485_232)
}

/// Refused before the request was looked at; nothing was done, and another order would fare the same.
fn refused_at_the_door(errcode: i64) -> bool {
    matches!(
        errcode,
        40_001 | 40_014 | 41_001 | 42_001 // token
        | 40_002 | 40_013 | 40_125 | 40_243 | 41_002 | 41_004 // credentials
        | 40_097 | 43_002 | 44_002 | 47_001 // the shape of the request
        | 40_164 | 61_004 | 89_501 | 89_503 | 89_506 | 89_507 // address
        | 44_990 | 45_009 | 45_011 // rate and quota
        | 48_001 | 48_004 | 50_002 | 50_004 | 50_007 // permission, account
        | 61_003 | 61_005..=61_007 | 61_011 | 61_012 | 61_023 // third-party platform
    )
}

fn kind(envelope: &Envelope) -> FailureKind {
    match envelope.errcode {
        -1 | 10_060_012 | 10_060_019 => FailureKind::Busy,
        40_001 | 40_014 | 41_001 | 42_001 => FailureKind::TokenRefused,
        40_013 | 41_002 => FailureKind::WrongAppId,
        40_125 | 41_004 => FailureKind::WrongSecret,
        40_243 => FailureKind::SecretFrozen,
        40_164 | 61_004 => FailureKind::IpNotAllowed {
            ip: envelope.ip.clone(),
        },
        89_501 | 89_503 | 89_506 | 89_507 => FailureKind::IpNeedsConfirmation,
        48_001 => FailureKind::ServiceNotOpened,
        61_003 | 61_007 => FailureKind::NotAuthorised,
        61_005 | 61_006 | 61_011 | 61_012 | 61_023 => FailureKind::PlatformCredentials,
        48_004 | 50_002 | 50_004 | 50_007 => FailureKind::AccountLimited,
        44_990 | 45_011 => FailureKind::TooFast,
        45_009 => FailureKind::DailyQuota,
        10_060_001 => FailureKind::OrderNotVisible,
        10_060_011 => FailureKind::BadCursor,
        _ => FailureKind::Refused,
    }
}
