//! WeChat's codes (contract section 8) and the message of each; a table of its own because it is long.

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
        40_164 | 61_004 => "code-ip",
        40_243 => "code-secret-frozen",
        41_002 | 41_004 => "code-credentials-missing",
        43_002 | 44_002 | 47_001 => "code-request-form",
        44_990 => "code-per-second",
        45_009 => "code-daily-quota",
        45_011 => "code-per-minute",
        48_001 => "code-not-granted",
        48_004 | 50_002 | 50_004 | 50_007 => "code-account-limited",
        61_003 | 61_007 | 61_011 | 61_023 => "code-not-authorised",
        89_501 | 89_503 | 89_506 | 89_507 => "code-ip-confirmation",
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

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;
    use crate::domain::Refusal;
    use crate::i18n::explain_refusal;

    /// Contract section 8, all codes.
    const CATALOGUE: &[i64] = &[
        -1,
        10_060_012,
        10_060_019,
        10_060_001,
        10_060_002,
        10_060_003,
        10_060_004,
        10_060_005,
        10_060_006,
        10_060_007,
        10_060_008,
        10_060_009,
        10_060_020,
        10_060_011,
        10_060_013,
        10_060_014,
        10_060_023,
        10_060_024,
        10_060_025,
        10_060_026,
        10_060_028,
        10_060_029,
        10_060_030,
        10_060_031,
        10_060_032,
        268_440_065,
        268_485_184,
        268_485_275,
        268_435_461,
        268_457_013,
        268_457_014,
        268_485_192,
        268_485_201,
        268_485_202,
        268_485_203,
        268_485_204,
        268_485_205,
        268_485_206,
        268_485_207,
        268_485_208,
        268_485_209,
        268_485_210,
        268_485_211,
        268_485_212,
        268_485_213,
        268_485_214,
        268_485_217,
        268_485_272,
        268_485_194,
        268_485_195,
        268_485_196,
        268_485_197,
        268_485_216,
        268_485_224,
        268_485_226,
        268_485_227,
        268_485_228,
        268_485_229,
        268_485_230,
        268_485_231,
        268_485_232,
        268_485_253,
        268_546_000,
        268_546_001,
        268_546_002,
        40_001,
        42_001,
        40_014,
        41_001,
        40_002,
        40_013,
        40_125,
        41_002,
        41_004,
        40_003,
        40_097,
        40_164,
        61_004,
        40_243,
        43_002,
        44_002,
        47_001,
        44_990,
        45_011,
        45_009,
        48_001,
        48_004,
        50_002,
        50_004,
        50_007,
        61_003,
        61_007,
        61_011,
        61_023,
        89_501,
        89_503,
        89_506,
        89_507,
        9_410_000,
    ];

    #[test]
    fn every_code_of_the_catalogue_has_a_cause_and_a_repair() {
        for &errcode in CATALOGUE {
            assert!(is_known(errcode), "{errcode}");
            let refusal = Refusal {
                errcode,
                rid: Some("6543-rid".into()),
                refunded: false,
            };
            check(&errcode.to_string(), |lang| explain_refusal(lang, &refusal), true);
            let explained = explain_refusal(Lang::En, &refusal);
            assert!(
                !explained.title.contains(&errcode.to_string()),
                "the raw code is last and small"
            );
            assert_eq!(explained.code, format!("Code {errcode} · rid 6543-rid"));
        }
    }

    #[test]
    fn a_code_outside_the_catalogue_is_shown_with_its_number() {
        for lang in Lang::ALL {
            let explained = explain_code(lang, 99_999);
            assert!(explained.title.contains("99999") && !explained.action.is_empty());
        }
    }
}
