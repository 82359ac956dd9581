//! Payments of WeChat Pay Global in words: their states, and why one could not be asked for.

use super::explain::Explained;
use super::{Lang, text, text_with};
use crate::domain::{PayFailure, PayFailureKind, PayState};

/// The name of a state.
pub fn pay_state_name(lang: Lang, state: &PayState) -> String {
    let id = match state {
        PayState::Success => "pay-state-success",
        PayState::Refund => "pay-state-refund",
        PayState::NotPay => "pay-state-notpay",
        PayState::Closed => "pay-state-closed",
        PayState::Revoked => "pay-state-revoked",
        PayState::UserPaying => "pay-state-userpaying",
        PayState::PayError => "pay-state-payerror",
        PayState::Unknown(word) => {
            return text_with(lang, "pay-state-unknown", &[("word", word.as_str().into())]);
        }
    };
    text(lang, id)
}

/// Why a payment could not be asked for, and what to do.
pub fn explain_pay_failure(lang: Lang, failure: &PayFailure) -> Explained {
    let id = match &failure.kind {
        PayFailureKind::NoCredentials => "pay-failed-credentials",
        PayFailureKind::BadKey => "pay-failed-key",
        PayFailureKind::Offline => "pay-failed-offline",
        PayFailureKind::NoAnswer | PayFailureKind::Garbled => "pay-failed-no-answer",
        PayFailureKind::Tls => "pay-failed-tls",
        PayFailureKind::NotWeChat => "pay-failed-not-wechat",
        PayFailureKind::NotSigned => "pay-failed-not-signed",
        PayFailureKind::Stale => "pay-failed-stale",
        PayFailureKind::Refused(code) => match code.as_str() {
            "ORDER_NOT_EXIST" => "pay-failed-not-exist",
            "SYSTEM_ERROR" => "pay-failed-system",
            "FREQUENCY_LIMIT" | "RATELIMIT_EXCEEDED" => "pay-failed-too-fast",
            "PARAM_ERROR" | "INVALID_REQUEST" => "pay-failed-param",
            "SIGN_ERROR" => "pay-failed-sign",
            _ => "pay-failed-other",
        },
    };
    let mut words = Explained::of(lang, id, &[]);
    let code = if let PayFailureKind::Refused(code) = &failure.kind {
        code.clone()
    } else {
        String::new()
    };
    let request = failure.request_id.as_ref().map(|id| format!("Request-Id {id}"));
    let parts = [
        code,
        failure.message.clone(),
        failure.detail.clone(),
        request.unwrap_or_default(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    words.code = parts.join(" · ");
    words
}
