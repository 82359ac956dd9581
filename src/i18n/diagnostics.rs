//! Diagnostics and the guided probe in words: the names of calls and questions, what was found, what a step does.

use super::explain::Explained;
use super::names::state_name;
use super::{Lang, explain_failure, text, text_with};
use crate::domain::{
    CallFailure, Finding, OrderState, ProbeAnswers, ProbeRefusal, ProbeStep, ProbeStop, Question, ResetState,
};

/// The name of a call by its path; the path itself when it has none.
pub fn call_name(lang: Lang, path: &str) -> String {
    let id = match path {
        "/wxa/sec/order/upload_shipping_info" => "quota-upload",
        "/wxa/sec/order/upload_combined_shipping_info" => "quota-combined",
        "/wxa/sec/order/get_order" => "quota-get-order",
        "/wxa/sec/order/get_order_list" => "quota-order-list",
        "/wxa/sec/order/notify_confirm_receive" => "quota-remind",
        "/wxa/sec/order/opspecialorder" => "quota-report",
        "/cgi-bin/express/delivery/open_msg/get_delivery_list" => "quota-couriers",
        _ => return path.to_owned(),
    };
    text(lang, id)
}

/// How the last reset of the quotas stands; empty when there was none.
pub fn reset_words(lang: Lang, state: &ResetState) -> String {
    match state {
        ResetState::Never => String::new(),
        ResetState::Sending => text(lang, "quota-reset-sending"),
        ResetState::Done => text(lang, "quota-reset-done"),
        ResetState::Unclear => text(lang, "quota-reset-unclear"),
        ResetState::Failed(failure) => {
            let why = why(lang, failure);
            text_with(lang, "quota-reset-failed", &[("why", why.into())])
        }
    }
}

fn why(lang: Lang, failure: &CallFailure) -> String {
    let words = explain_failure(lang, failure);
    let parts = [words.title, words.action, words.code];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&text(lang, "result-join"))
}

/// What a file of the support bundle holds, by its name.
pub fn bundle_part_words(lang: Lang, name: &str) -> String {
    let id = match name {
        "program.json" => "bundle-program",
        "settings.json" => "bundle-settings",
        "journal.json" => "bundle-journal",
        "checks.json" => "bundle-checks",
        "probe.json" => "bundle-probe",
        "log.json" => "bundle-log",
        _ => return String::new(),
    };
    text(lang, id)
}

/// What a step of the probe does, and why.
pub fn probe_step_words(lang: Lang, step: ProbeStep) -> Explained {
    let id = match step {
        ProbeStep::First => "probe-first",
        ProbeStep::SameTime => "probe-same-time",
        ProbeStep::OlderTime => "probe-older-time",
        ProbeStep::NewerTime => "probe-newer-time",
        ProbeStep::SecondList => "probe-second-list",
        ProbeStep::ManyParcels => "probe-many-parcels",
        ProbeStep::LongText => "probe-long-text",
        ProbeStep::Finish => "probe-finish",
        ProbeStep::Identical => "probe-identical",
    };
    Explained {
        title: text(lang, id),
        detail: text(lang, &format!("{id}.why")),
        ..Explained::default()
    }
}

/// Why an order or a moment is not suitable for the probe.
pub fn probe_refusal_words(lang: Lang, why: ProbeRefusal) -> String {
    let id = match why {
        ProbeRefusal::Running => "probe-refused-running",
        ProbeRefusal::NotFresh => "probe-refused-not-fresh",
        ProbeRefusal::InComplaint => "probe-refused-in-complaint",
        ProbeRefusal::TooDear => "probe-refused-too-dear",
        ProbeRefusal::TooYoung => "probe-refused-too-young",
        ProbeRefusal::HasShipments => "probe-refused-has-shipments",
        ProbeRefusal::NoCourier => "probe-refused-no-courier",
        ProbeRefusal::Closed => "probe-refused-closed",
        ProbeRefusal::NotFound => "probe-refused-not-found",
    };
    text(lang, id)
}

/// Why the probe ended before its last step.
pub fn probe_stop_words(lang: Lang, why: ProbeStop) -> String {
    match why {
        ProbeStop::Person => text(lang, "probe-stopped-person"),
        ProbeStop::NeverShown => text(lang, "probe-stopped-never-shown"),
        ProbeStop::Closed => text(lang, "probe-stopped-closed"),
        ProbeStop::Refused(code) => {
            let args = [("code", code.to_string().into())];
            text_with(lang, "probe-stopped-refused", &args)
        }
    }
}

/// A question of the probe in a few words.
pub fn question_name(lang: Lang, question: Question) -> String {
    let id = match question {
        Question::PageSize => "question-page-size",
        Question::UnfinishedState => "question-unfinished-state",
        Question::ShownTime => "question-shown-time",
        Question::SameTime => "question-same-time",
        Question::OlderTime => "question-older-time",
        Question::NewerTime => "question-newer-time",
        Question::SecondList => "question-second-list",
        Question::ParcelLimit => "question-parcel-limit",
        Question::TextLength => "question-text-length",
        Question::Correction => "question-correction",
    };
    text(lang, id)
}

/// What was found, as the answer to a question.
pub fn finding_words(lang: Lang, question: Question, finding: Finding) -> String {
    let id = match finding {
        Finding::Number(number) => {
            let number_arg = ("number", number.to_string().into());
            if question != Question::UnfinishedState {
                return text_with(lang, "finding-number", &[number_arg]);
            }
            let state = state_name(lang, OrderState::from(number));
            return text_with(lang, "finding-state", &[("state", state.into()), number_arg]);
        }
        Finding::Refused(code) => {
            return text_with(lang, "finding-refused", &[("code", code.to_string().into())]);
        }
        Finding::Accepted => "finding-accepted",
        Finding::Replaces => "finding-replaces",
        Finding::Extends => "finding-extends",
        Finding::OurTime => "finding-our-time",
        Finding::ServerTime => "finding-server-time",
        Finding::Free => "finding-free",
        Finding::Spends => "finding-spends",
        Finding::Characters => "finding-characters",
        Finding::Utf16 => "finding-utf16",
        Finding::Unknown => "finding-unknown",
    };
    text(lang, id)
}

/// What was found about lists that are uploaded again, for whoever ships a part; empty when it was not.
pub fn second_list_hint(lang: Lang, answers: &ProbeAnswers) -> String {
    match answers.finding(Question::SecondList) {
        Some(Finding::Replaces) => text(lang, "probe-hint-replaces"),
        Some(Finding::Extends) => text(lang, "probe-hint-extends"),
        _ => String::new(),
    }
}

/// What was found about the same content again, for whoever corrects an order; empty when it was not.
pub fn correction_hint(lang: Lang, answers: &ProbeAnswers) -> String {
    match answers.finding(Question::Correction) {
        Some(Finding::Free) => text(lang, "probe-hint-free"),
        Some(Finding::Spends) => text(lang, "probe-hint-spends"),
        _ => String::new(),
    }
}

/// What the program does with the answer to a question.
pub fn answer_use(lang: Lang, question: Question) -> String {
    let id = match question {
        Question::PageSize => "probe-used-page-size",
        Question::ParcelLimit => "probe-used-parcel-limit",
        Question::SecondList | Question::Correction => "probe-used-ship-form",
        Question::UnfinishedState
        | Question::ShownTime
        | Question::SameTime
        | Question::OlderTime
        | Question::NewerTime
        | Question::TextLength => "probe-used-shown",
    };
    text(lang, id)
}
