//! WeChat's codes (contract section 8) and the message of each; a table of its own because it is long.
//! `tests/contract_codes.rs` holds it against the contract.

use super::Explained;
use crate::i18n::{Lang, text, text_with};

/// What a code of WeChat's means and what to do. Codes that are not in the catalogue get a general text
/// that says so. `detail` is empty: whether something was sent depends on the call.
pub fn explain_code(lang: Lang, errcode: i64) -> Explained {
    let id = message_id(errcode).unwrap_or("code-unknown");
    let args = [("code", errcode.into())];
    Explained {
        title: text_with(lang, id, &args),
        action: text_with(lang, &format!("{id}.action"), &args),
        ..Explained::default()
    }
}

/// What a code asks of whom (contract section 8): the same for every order and in both shells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeClass {
    /// The program tries again by itself; nothing was executed.
    Later,
    /// It is not known whether it was executed: the order is read first.
    LookFirst,
    /// WeChat has it already: compared, and then done.
    Already,
    /// The order is not there yet: waited for, then a person's.
    Wait,
    /// Today's quota is used up.
    Quota,
    /// The account, its rights or its address must be put right.
    Account,
    /// Something in this order must be put right.
    Order,
    /// Not in any document.
    Unknown,
}

impl CodeClass {
    /// Its words.
    pub fn words(self, lang: Lang) -> String {
        text(
            lang,
            match self {
                Self::Later => "code-class-later",
                Self::LookFirst => "code-class-look-first",
                Self::Already => "code-class-already",
                Self::Wait => "code-class-wait",
                Self::Quota => "code-class-quota",
                Self::Account => "code-class-account",
                Self::Order => "code-class-order",
                Self::Unknown => "code-class-unknown",
            },
        )
    }
}

/// The class of a code.
pub fn code_class(errcode: i64) -> CodeClass {
    match errcode {
        -1 | 10_060_012 | 10_060_019 | 268_485_216 => CodeClass::LookFirst,
        10_060_001 | 268_546_002 => CodeClass::Wait,
        10_060_002 | 10_060_003 | 10_060_023 | 10_060_030 | 268_440_065 | 268_486_048 => CodeClass::Already,
        44_990 | 45_011 | 40_001 | 40_014 | 42_001 | 10_060_011 | 9_410_000 => CodeClass::Later,
        45_009 | 48_006 => CodeClass::Quota,
        // The payer of one order, not the account.
        40_003 => CodeClass::Order,
        code if account_id(code).is_some() => CodeClass::Account,
        268_485_184 | 268_485_275 => CodeClass::Account,
        code if is_known(code) => CodeClass::Order,
        _ => CodeClass::Unknown,
    }
}

/// The code has a text of its own.
pub(super) fn is_known(errcode: i64) -> bool {
    message_id(errcode).is_some()
}

fn message_id(errcode: i64) -> Option<&'static str> {
    shipping_id(errcode)
        .or_else(|| account_id(errcode))
        .or_else(|| shopping_id(errcode))
}

/// Orders and their shipping: 100600xx, 2684852xx and the special reports.
fn shipping_id(errcode: i64) -> Option<&'static str> {
    Some(match errcode {
        -1 | 10_060_012 | 10_060_019 => "code-busy",
        10_060_001 => "code-order-not-visible",
        10_060_002 | 268_440_065 => "code-already-complete",
        10_060_003 => "code-reship-used",
        10_060_004 => "code-not-shippable",
        10_060_005 => "code-logistics-type",
        10_060_006 => "code-split-not-express",
        10_060_007 => "code-all-delivered-missing",
        10_060_008 | 10_060_020 => "code-item-desc-empty",
        10_060_009 => "code-item-desc-long",
        10_060_011 => "code-bad-cursor",
        10_060_013 => "code-duplicate-sub-orders",
        10_060_014 => "code-bad-parameter",
        10_060_023 => "code-nothing-changed",
        10_060_024 => "code-too-many-parcels",
        10_060_025 => "code-courier-long",
        10_060_026 => "code-tracking-long",
        10_060_028 => "code-not-shipped-yet",
        10_060_029 => "code-receipt-time",
        10_060_030 => "code-reminder-used",
        10_060_031 => "code-payer-differs",
        10_060_032 => "code-reminder-express-only",
        268_485_194..=268_485_197 => "code-order-key",
        268_485_216 => "code-upload-time",
        268_485_224 => "code-delivery-mode",
        268_485_226 => "code-tracking-missing",
        268_485_227 => "code-courier-missing",
        268_485_228 => "code-parcel-count",
        268_485_229 => "code-parcel-list",
        268_485_230..=268_485_232 => "code-item-ids",
        268_485_253 => "code-types-differ",
        268_546_000 => "code-special-type",
        268_546_001 => "code-special-date",
        268_546_002 => "code-special-not-waiting",
        268_486_048 => "code-repeated-application",
        9_410_000 => "code-no-carrier-data",
        _ => return None,
    })
}

/// Credentials, permissions, quotas and the form of a call.
fn account_id(errcode: i64) -> Option<&'static str> {
    Some(match errcode {
        40_001 | 40_014 | 42_001 => "code-token",
        41_001 => "code-token-missing",
        40_002 => "code-grant-type",
        40_003 => "code-openid",
        40_013 => "code-appid",
        40_097 => "code-argument",
        40_125 => "code-secret",
        40_164 => "code-ip",
        61_004 => "code-platform-ip",
        40_243 => "code-secret-frozen",
        41_002 | 41_004 => "code-credentials-missing",
        43_002 | 44_002 | 47_001 => "code-request-form",
        44_990 => "code-per-second",
        45_009 => "code-daily-quota",
        45_011 => "code-per-minute",
        48_001 => "code-not-granted",
        48_006 => "code-resets-used",
        48_004 | 50_002 | 50_004 | 50_007 => "code-account-limited",
        61_003 => "code-not-authorised",
        61_005 | 61_006 => "code-ticket",
        61_007 => "code-permission-set",
        61_011 | 61_012 => "code-not-a-platform",
        61_023 => "code-refresh-token",
        76_001 => "code-rid-gone",
        76_003 => "code-quota-path",
        76_021 => "code-quota-path-unknown",
        76_022 => "code-quota-path-kind",
        89_501 | 89_503 | 89_506 | 89_507 => "code-ip-confirmation",
        9_300_507 => "code-waybill-token",
        _ => return None,
    })
}

/// What to go through when WeChat does not know an order (contract 8.1), in this order.
pub fn not_visible_checklist(lang: Lang) -> Vec<String> {
    (1..=7)
        .map(|point| text(lang, &format!("not-visible-{point}")))
        .collect()
}

/// Shopping orders (family B).
fn shopping_id(errcode: i64) -> Option<&'static str> {
    Some(match errcode {
        268_435_461 => "code-shopping-parameter",
        268_457_013 | 268_457_014 => "code-shopping-openid",
        268_485_184 => "code-shopping-not-enabled",
        268_485_192 | 268_485_201..=268_485_214 | 268_485_272 => "code-shopping-field",
        268_485_217 => "code-shopping-mchid",
        268_485_275 => "code-shopping-appid",
        _ => return None,
    })
}

/// The small line at the end: `错误码 40164 · rid 6543…`.
pub(super) fn code_line(
    lang: Lang,
    errcode: Option<i64>,
    http_status: Option<u16>,
    rid: Option<&str>,
) -> String {
    let mut parts = Vec::new();
    if let Some(errcode) = errcode {
        parts.push(text_with(lang, "code-line", &[("code", errcode.into())]));
    } else if let Some(status) = http_status.filter(|status| *status != 200) {
        parts.push(format!("HTTP {status}"));
    }
    if let Some(rid) = rid.filter(|rid| !rid.is_empty()) {
        parts.push(format!("rid {rid}"));
    }
    parts.join(" · ")
}
