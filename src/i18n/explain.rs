//! Turns meaning into words: what happened, what was or was not sent, what to do now.
//!
//! Apart from the domain, which has no words, and from the shells, which must all say the same thing.

mod code;
mod problem;

pub use code::explain_code;
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
        Why::NotVisible => "why-not-visible",
        Why::TimeNotAccepted => "why-time-not-accepted",
        Why::StateUnknown => "why-state-unknown",
        Why::RecordDamaged => "why-record-damaged",
    };
    Explained::of(lang, id, &[])
}

/// Why it is not known whether a shipment arrived.
pub fn explain_doubt(lang: Lang, doubt: &Doubt) -> Explained {
    match doubt {
        Doubt::Failure(failure) => {
            let cause = explain_failure(lang, failure);
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

/// What to go through when WeChat does not know an order (contract 8.1), in this order.
pub fn not_visible_checklist(lang: Lang) -> Vec<String> {
    (1..=7)
        .map(|point| text(lang, &format!("not-visible-{point}")))
        .collect()
}

/// The small line at the end: `错误码 40164 · rid 6543…`.
fn code_line(lang: Lang, errcode: Option<i64>, http_status: Option<u16>, rid: Option<&str>) -> String {
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

#[cfg(test)]
#[path = "explain/tests.rs"]
mod tests;
