//! Everything that can go wrong has words in both languages, and says what to do.

use std::collections::BTreeSet;

use super::*;

/// The words of all variants of an enum, as its reader lists them when it meets a word that it does not
/// know: so no list here can fall behind.
pub fn words_of<T: serde::de::DeserializeOwned>(tagged: bool) -> BTreeSet<String> {
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
pub fn check(name: &str, explain: impl Fn(Lang) -> Explained, needs_action: bool) {
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
        FailureKind::NotAuthorised,
        FailureKind::PlatformCredentials,
        FailureKind::NotForPlatforms,
        FailureKind::NoToken(TokenTrouble::PastedStale),
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
fn every_trouble_with_a_token_is_explained() {
    for name in words_of::<TokenTrouble>(false) {
        let trouble: TokenTrouble = serde_json::from_value(serde_json::json!(name)).unwrap();
        let failure = CallFailure::of(FailureKind::NoToken(trouble));
        check(&name, |lang| explain_failure(lang, &failure), true);
    }
}

#[test]
fn what_a_platform_lacks_is_told_by_its_code() {
    let mut said = BTreeSet::new();
    for (kind, errcode) in [
        (FailureKind::NotAuthorised, 61_003),
        (FailureKind::IpNotAllowed { ip: None }, 61_004),
        (FailureKind::PlatformCredentials, 61_005),
        (FailureKind::NotAuthorised, 61_007),
        (FailureKind::PlatformCredentials, 61_011),
        (FailureKind::PlatformCredentials, 61_023),
        (FailureKind::PlatformCredentials, 40_125),
    ] {
        let failure = CallFailure {
            errcode: Some(errcode),
            ..CallFailure::of(kind)
        };
        check(&errcode.to_string(), |lang| explain_failure(lang, &failure), true);
        assert!(
            said.insert(explain_failure(Lang::En, &failure).action),
            "{errcode}"
        );
    }
}

#[test]
fn every_reason_for_a_person_is_explained() {
    let all = words_of::<Why>(false);
    assert!(all.len() >= 9);
    for name in all {
        let bare = serde_json::from_value(serde_json::json!(name));
        let why: Why = bare
            .or_else(|_| serde_json::from_value(serde_json::json!({ &name: {} })))
            .unwrap();
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
