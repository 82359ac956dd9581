//! Every meaning has words in both languages, and the words say more than the raw name.

use std::collections::BTreeSet;

use super::*;
use crate::domain::{Courier, Field, Problem, ProblemKind, Timestamp};
use crate::i18n::{ignored_name, row_status_name};

fn couriers() -> CourierList {
    CourierList::new([Courier {
        id: "SF".into(),
        name: "顺丰速运".into(),
    }])
}

/// The words of all variants of an enum, as its reader lists them when it meets a word that it does not
/// know: so no list here can fall behind.
fn words_of<T: serde::de::DeserializeOwned>(tagged: bool) -> BTreeSet<String> {
    let asked = if tagged {
        serde_json::json!({"kind": "?"})
    } else {
        serde_json::json!("?")
    };
    let said = serde_json::from_value::<T>(asked)
        .err()
        .expect("no such variant")
        .to_string();
    said.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| *word != "?")
        .map(str::to_owned)
        .collect()
}

/// Texts are there in both languages, differ, and are not the raw word or id.
#[track_caller]
fn check(name: &str, explain: impl Fn(Lang) -> Explained, needs_action: bool) {
    let (chinese, english) = (explain(Lang::ZhCn), explain(Lang::En));
    for explained in [&chinese, &english] {
        let all = format!("{}|{}|{}", explained.title, explained.detail, explained.action);
        assert!(!explained.title.is_empty(), "{name} has no title");
        assert!(!explained.detail.is_empty(), "{name} has no detail");
        assert!(
            !needs_action || !explained.action.is_empty(),
            "{name} says nothing to do"
        );
        assert!(
            !all.contains('$') && !all.contains('{'),
            "{name} lacks a value: {all}"
        );
        assert_ne!(explained.title, name);
        assert!(
            !explained.title.ends_with(['.', '。']),
            "{name}: a title has no full stop"
        );
    }
    assert_ne!(chinese.title, english.title, "{name}");
    assert_ne!(chinese.detail, english.detail, "{name}");
    assert!(
        english.title.is_ascii() || english.title.contains(['顺', '–']),
        "{name}: {}",
        english.title
    );
    let ids = ["problem-", "failure-", "why-", "doubt-", "refusal", "code-"];
    assert!(!ids.iter().any(|id| english.title.starts_with(id)), "{name}");
}

fn failures() -> Vec<FailureKind> {
    vec![
        FailureKind::Offline,
        FailureKind::NoAnswer,
        FailureKind::Tls,
        FailureKind::NotWeChat,
        FailureKind::Garbled,
        FailureKind::Busy,
        FailureKind::WrongAppId,
        FailureKind::WrongSecret,
        FailureKind::SecretFrozen,
        FailureKind::IpNotAllowed { ip: None },
        FailureKind::IpNeedsConfirmation,
        FailureKind::TokenRefused,
        FailureKind::ServiceNotOpened,
        FailureKind::AccountLimited,
        FailureKind::TooFast,
        FailureKind::DailyQuota,
        FailureKind::OrderNotVisible,
        FailureKind::BadCursor,
        FailureKind::ClockOff { skew_secs: -400 },
        FailureKind::NoCredentials,
        FailureKind::Refused,
    ]
}

fn word<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap();
    let outer = value.as_object().and_then(|map| map.keys().next());
    outer.map_or_else(|| value.as_str().unwrap().to_owned(), Clone::clone)
}

#[test]
fn every_failure_is_explained() {
    let listed: BTreeSet<String> = failures().iter().map(word).collect();
    assert_eq!(listed, words_of::<FailureKind>(false));
    for kind in failures() {
        let failure = CallFailure::of(kind);
        check(
            &format!("{:?}", failure.kind),
            |lang| explain_failure(lang, &failure),
            true,
        );
    }
}

#[test]
fn every_reason_for_a_person_is_explained() {
    let all = words_of::<Why>(false);
    assert!(all.len() >= 9);
    for name in all {
        let why: Why = serde_json::from_value(serde_json::json!(name)).unwrap();
        check(&name, |lang| explain_why(lang, &why), true);
    }
}

#[test]
fn every_doubt_is_explained() {
    let doubts = [
        Doubt::Failure(CallFailure::of(FailureKind::NoAnswer)),
        Doubt::Compare {
            errcode: 10_060_023,
            rid: Some("r-1".into()),
        },
        Doubt::Restart,
    ];
    assert_eq!(
        doubts.iter().map(word).collect::<BTreeSet<_>>(),
        words_of::<Doubt>(false)
    );
    for doubt in doubts {
        check(&format!("{doubt:?}"), |lang| explain_doubt(lang, &doubt), true);
    }
}

fn kinds() -> Vec<ProblemKind> {
    use ProblemKind as K;
    let failure = CallFailure::of(FailureKind::NoAnswer);
    vec![
        K::MangledId,
        K::OrderMissing,
        K::OrderNotFound,
        K::OrderAmbiguous { count: 2 },
        K::OrderUnchecked { failure },
        K::AlreadyShipped { corrections_left: 1 },
        K::AlreadyShipped { corrections_left: 0 },
        K::PartlyShipped,
        K::Refunded,
        K::OrderClosed,
        K::StateUnknown { code: 7 },
        K::InDispute,
        K::ShipmentOpen,
        K::DuplicateConflict { rows: vec![3, 4] },
        K::SiblingBlocked { row: 3 },
        K::DuplicateRow { row: 3 },
        K::UnknownCourier {
            nearest: vec!["SF".into()],
        },
        K::UnknownCourier { nearest: vec![] },
        K::MissingCourier,
        K::CourierTranslated { id: "SF".into() },
        K::TrackingShape {
            looks_like: "SF".into(),
        },
        K::MissingTracking,
        K::TrackingTooLong { bytes: 200 },
        K::TrackingCharacters,
        K::TrackingIsOrderNumber,
        K::TrackingShared { row: 3 },
        K::TrackingTwoCouriers { row: 3 },
        K::TooManyParcels { count: 11, max: 10 },
        K::NoParcel,
        K::ItemDescMissing,
        K::ItemDescTooLong { chars: 121 },
        K::ItemDescNearLimit { chars: 115 },
        K::ItemDescFilled,
        K::ItemDescShortened,
        K::SfContactMissing,
        K::ContactUnusable,
        K::Cleaned { now: "1".into() },
        K::Unreadable,
        K::FormulaCell,
        K::CellCount {
            found: 3,
            expected: 4,
        },
        K::SplitNeedsExpress,
        K::LogisticsTypeUnknown,
        K::ReshipNeedsPerson,
        K::NoHeader,
        K::ColumnMissing {
            field: Field::TrackingNo,
        },
        K::ColumnAmbiguous {
            headings: vec!["a".into(), "b".into()],
        },
        K::FileEmpty,
        K::FileUnreadable { locked: true },
        K::FileUnreadable { locked: false },
        K::FileUnsupported,
        K::FileTooLarge { row: 0 },
        K::FileTooLarge { row: 9 },
        K::BadTime,
        K::RangeReversed,
        K::SeenBefore {
            at: Timestamp::default(),
        },
    ]
}

#[test]
fn every_problem_is_explained_and_what_blocks_says_what_to_do() {
    let listed: BTreeSet<String> = kinds().iter().map(ProblemKind::word).collect();
    assert_eq!(listed, words_of::<ProblemKind>(true));
    let couriers = couriers();
    let names = Names { couriers: &couriers };
    for kind in kinds() {
        let problem = Problem::of(kind, Field::TrackingNo).at(1, "x1");
        check(
            &problem.what.word(),
            |lang| explain_problem(lang, &problem, &names),
            problem.blocks(),
        );
    }
}

#[test]
fn couriers_are_named_and_an_empty_offer_is_worded_differently() {
    let couriers = couriers();
    let names = Names { couriers: &couriers };
    let explain = |nearest| {
        explain_problem(
            Lang::ZhCn,
            &ProblemKind::UnknownCourier { nearest }.into(),
            &names,
        )
        .action
    };
    assert!(explain(vec!["SF".into(), "ZTO".into()]).contains("顺丰速运 (SF)、ZTO"));
    assert!(!explain(vec![]).contains("是否为"));
}

#[test]
fn a_long_cell_does_not_flood_the_message() {
    let couriers = couriers();
    let problem = Problem::of(ProblemKind::TrackingCharacters, Field::TrackingNo).at(0, "长".repeat(5000));
    let detail = explain_problem(Lang::ZhCn, &problem, &Names { couriers: &couriers }).detail;
    assert!(detail.chars().count() < 120 && detail.contains('…'));
}

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
        assert!(code::is_known(errcode), "{errcode}");
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

#[test]
fn a_refund_is_said_before_anything_else() {
    let refusal = Refusal {
        errcode: 0,
        rid: None,
        refunded: true,
    };
    check("refunded", |lang| explain_refusal(lang, &refusal), true);
    assert_eq!(
        explain_refusal(Lang::En, &refusal).code,
        "",
        "there is no code to show"
    );
}

#[test]
fn a_refused_call_uses_wechats_own_reason_where_it_is_known() {
    let failure = CallFailure {
        errcode: Some(40_003),
        ..CallFailure::of(FailureKind::Refused)
    };
    assert_eq!(
        explain_failure(Lang::ZhCn, &failure).title,
        "付款人不属于这个小程序"
    );
    let other = CallFailure {
        errcode: Some(12_345),
        ..failure
    };
    assert_eq!(explain_failure(Lang::ZhCn, &other).title, "微信没有接受这次请求");
    assert_eq!(explain_failure(Lang::ZhCn, &other).code, "错误码 12345");
}

#[test]
fn the_address_that_wechat_saw_is_shown() {
    let failure = CallFailure::of(FailureKind::IpNotAllowed {
        ip: Some("203.0.113.7".into()),
    });
    for lang in Lang::ALL {
        assert!(explain_failure(lang, &failure).detail.contains("203.0.113.7"));
    }
}

#[test]
fn the_checklist_has_its_seven_points_in_both_languages() {
    let (chinese, english) = (not_visible_checklist(Lang::ZhCn), not_visible_checklist(Lang::En));
    assert_eq!((chinese.len(), english.len()), (7, 7));
    for (chinese, english) in chinese.iter().zip(&english) {
        assert!(chinese != english && !english.starts_with("not-visible"));
    }
}

#[test]
fn every_status_has_a_name_in_both_languages() {
    for name in words_of::<crate::domain::RowStatus>(false) {
        let status = serde_json::from_value(serde_json::json!(name)).unwrap();
        let (chinese, english) = (
            row_status_name(Lang::ZhCn, status),
            row_status_name(Lang::En, status),
        );
        assert!(chinese != english && !english.starts_with("row-status"), "{name}");
    }
    for name in words_of::<crate::domain::Ignored>(false) {
        let ignored = serde_json::from_value(serde_json::json!(name)).unwrap();
        assert_ne!(ignored_name(Lang::ZhCn, ignored), ignored_name(Lang::En, ignored));
        assert!(!ignored_name(Lang::En, ignored).starts_with("ignored-"));
    }
    for name in words_of::<Field>(false) {
        let field = serde_json::from_value(serde_json::json!(name)).unwrap();
        assert_ne!(
            crate::i18n::field_name(Lang::ZhCn, field),
            crate::i18n::field_name(Lang::En, field)
        );
    }
}
