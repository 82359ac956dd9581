//! Turns meaning into words: what happened, what was or was not sent, what to do now.
//!
//! Apart from the domain, which has no words, and from the shells, which must all say the same thing.

mod claims;
mod code;
mod errand;
mod happened;
mod outlook;
mod problem;
pub mod result;

pub use claims::explain_claims_trouble;
use code::code_line;
pub use code::{CodeClass, code_class, explain_code, not_visible_checklist};
pub use errand::*;
pub use happened::{
    Mood, Told as ToldLine, history_cells, history_headings, history_kind_name, parcels_of, support_text,
    tell_happened,
};
pub use outlook::{Place, Told, explain_shipment, next_words, tell};
pub use problem::explain_problem;

use super::{Lang, text, text_with};
use crate::domain::{CallFailure, CourierList, Doubt, FailureKind, Refusal, Why};

/// A message for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// What happened, in a few words and without a full stop.
    pub title: String,
    /// What it means and what was or was not sent; may be empty.
    pub detail: String,
    /// What to do now; may be empty when there is nothing to do.
    pub action: String,
    /// WeChat's code and request id, for support; shown last and small. Empty when there are none.
    pub code: String,
}

/// What is needed to name things that the domain knows only by id.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The couriers with their names.
    pub couriers: &'a CourierList,
}

impl Names<'_> {
    /// `顺丰速运 (SF)`, or the id alone when it has no name.
    pub fn courier(&self, id: &str) -> String {
        match self.couriers.name(id) {
            name if name == id => id.to_owned(),
            name => format!("{name} ({id})"),
        }
    }
}

impl Explained {
    /// A message with its attributes `.detail` and `.action`, each of which may be missing.
    pub(super) fn of(lang: Lang, id: &str, args: &[(&str, super::Arg)]) -> Self {
        let part = |part: &str| {
            let id = format!("{id}.{part}");
            if super::has(lang, &id) {
                text_with(lang, &id, args)
            } else {
                String::new()
            }
        };
        Self {
            title: text_with(lang, id, args),
            detail: part("detail"),
            action: part("action"),
            code: String::new(),
        }
    }

    /// The detail and the action as one text.
    pub fn rest(&self) -> String {
        [self.detail.as_str(), self.action.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Why a call failed.
pub fn explain_failure(lang: Lang, failure: &CallFailure) -> Explained {
    let mut explained = match (&failure.kind, failure.errcode) {
        // WeChat's own reasons are clearer than "refused", where they are known.
        (FailureKind::Refused, Some(errcode)) if code::is_known(errcode) => Explained {
            detail: text(lang, "failure-refused.detail"),
            ..explain_code(lang, errcode)
        },
        (FailureKind::IpNotAllowed { ip }, _) => {
            let ip = ip.clone().unwrap_or_else(|| text(lang, "ip-not-readable"));
            Explained::of(lang, "failure-ip-not-allowed", &[("ip", ip.into())])
        }
        (FailureKind::ClockOff { skew_secs }, _) => {
            let id = if *skew_secs >= 0 {
                "failure-clock-ahead"
            } else {
                "failure-clock-behind"
            };
            let minutes = skew_secs.unsigned_abs().div_ceil(60);
            Explained::of(lang, id, &[("minutes", minutes.into())])
        }
        (kind, _) => Explained::of(lang, failure_id(kind), &[]),
    };
    explained.code = code_line(lang, failure.errcode, failure.http_status, failure.rid.as_deref());
    explained
}

fn failure_id(kind: &FailureKind) -> &'static str {
    match kind {
        FailureKind::Offline => "failure-offline",
        FailureKind::NoAnswer => "failure-no-answer",
        FailureKind::Tls => "failure-tls",
        FailureKind::NotWeChat => "failure-not-wechat",
        FailureKind::Garbled => "failure-garbled",
        FailureKind::Busy => "failure-busy",
        FailureKind::WrongAppId => "failure-wrong-appid",
        FailureKind::WrongSecret => "failure-wrong-secret",
        FailureKind::SecretFrozen => "failure-secret-frozen",
        FailureKind::IpNotAllowed { .. } => "failure-ip-not-allowed",
        FailureKind::IpNeedsConfirmation => "failure-ip-needs-confirmation",
        FailureKind::TokenRefused => "failure-token-refused",
        FailureKind::ServiceNotOpened => "failure-service-not-opened",
        FailureKind::AccountLimited => "failure-account-limited",
        FailureKind::TooFast => "failure-too-fast",
        FailureKind::DailyQuota => "failure-daily-quota",
        FailureKind::OrderNotVisible => "failure-order-not-visible",
        FailureKind::BadCursor => "failure-bad-cursor",
        FailureKind::ClockOff { .. } => "failure-clock-ahead",
        FailureKind::NoCredentials => "failure-no-credentials",
        FailureKind::Refused => "failure-refused",
    }
}

/// WeChat's no to one shipment.
pub fn explain_refusal(lang: Lang, refusal: &Refusal) -> Explained {
    let mut explained = if refusal.refunded {
        Explained::of(lang, "refusal-refunded", &[])
    } else {
        Explained {
            detail: text(lang, "refusal.detail"),
            ..explain_code(lang, refusal.errcode)
        }
    };
    let errcode = Some(refusal.errcode).filter(|code| *code != 0);
    explained.code = code_line(lang, errcode, None, refusal.rid.as_deref());
    explained
}

/// Why a person must decide about a shipment.
pub fn explain_why(lang: Lang, why: &Why) -> Explained {
    let id = match why {
        Why::ShippedElsewhere => "why-shipped-elsewhere",
        Why::Ambiguous => "why-ambiguous",
        Why::Unproven => "why-unproven",
        Why::Race => "why-race",
        Why::ThreeAttempts => "why-three-attempts",
        Why::CombinedInPart => "why-combined-in-part",
        Why::NotVisible => "why-not-visible",
        Why::TimeNotAccepted => "why-time-not-accepted",
        Why::StateUnknown => "why-state-unknown",
        Why::RecordDamaged => "why-record-damaged",
        Why::ClaimedElsewhere(holder) => return claims::explain_claimed(lang, holder),
    };
    Explained::of(lang, id, &[])
}

/// Why it is not known whether a shipment arrived.
pub fn explain_doubt(lang: Lang, doubt: &Doubt) -> Explained {
    match doubt {
        Doubt::Failure(failure) => {
            let cause = explain_failure(lang, failure);
            if failure.kind == FailureKind::Refused {
                // "Not accepted" would be more than an unlisted code says.
                return Explained {
                    code: cause.code,
                    ..Explained::of(lang, "doubt-unlisted", &[])
                };
            }
            Explained {
                code: cause.code,
                ..Explained::of(lang, "doubt-failure", &[("cause", cause.title.into())])
            }
        }
        Doubt::Compare { errcode, rid } => {
            let cause = explain_code(lang, *errcode);
            Explained {
                code: code_line(lang, Some(*errcode), None, rid.as_deref()),
                ..Explained::of(lang, "doubt-compare", &[("cause", cause.title.into())])
            }
        }
        Doubt::Restart => Explained::of(lang, "doubt-restart", &[]),
    }
}

#[cfg(test)]
mod tests {
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
}
