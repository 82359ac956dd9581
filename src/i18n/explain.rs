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
use crate::domain::{CallFailure, CourierList, Doubt, FailureKind, Refusal, TokenTrouble, Why};

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
        (FailureKind::IpNotAllowed { ip }, errcode) => {
            let ip = ip.clone().unwrap_or_else(|| text(lang, "ip-not-readable"));
            // A platform has a list of its own, at another place.
            let id = match errcode {
                Some(61_004) => "failure-platform-ip",
                _ => "failure-ip-not-allowed",
            };
            Explained::of(lang, id, &[("ip", ip.into())])
        }
        (kind @ (FailureKind::NotAuthorised | FailureKind::PlatformCredentials), Some(errcode))
            if (61_000..62_000).contains(&errcode) && code::is_known(errcode) =>
        {
            Explained {
                detail: text(lang, &format!("{}.detail", failure_id(kind))),
                ..explain_code(lang, errcode)
            }
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
        FailureKind::NotAuthorised => "failure-not-authorised",
        FailureKind::PlatformCredentials => "failure-platform-credentials",
        FailureKind::NotForPlatforms => "failure-not-for-platforms",
        FailureKind::NoToken(trouble) => no_token_id(*trouble),
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

fn no_token_id(trouble: TokenTrouble) -> &'static str {
    match trouble {
        TokenTrouble::PastedStale => "failure-no-token-pasted-stale",
        TokenTrouble::ServiceDown => "failure-no-token-service-down",
        TokenTrouble::ServiceTls => "failure-no-token-service-tls",
        TokenTrouble::ServiceRefuses => "failure-no-token-service-refuses",
        TokenTrouble::ServiceGarbled => "failure-no-token-service-garbled",
        TokenTrouble::CommandMissing => "failure-no-token-command-missing",
        TokenTrouble::CommandHangs => "failure-no-token-command-hangs",
        TokenTrouble::CommandFails => "failure-no-token-command-fails",
        TokenTrouble::CommandGarbled => "failure-no-token-command-garbled",
        TokenTrouble::RefreshNotKept => "failure-no-token-refresh-not-kept",
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
#[path = "explain/explain_tests.rs"]
mod tests;
