//! Errands in words: what was asked for, where it stands, why it was not sent; and the page that messages open.

use super::{Explained, explain_doubt, explain_failure, explain_refusal};
use crate::domain::{Errand, ErrandEnd, ErrandKind, ErrandState, ErrandWhy, JumpState, TransactionId};
use crate::i18n::{Arg, Lang, format, text, text_with};

/// The name of a kind of errand.
pub fn errand_name(lang: Lang, kind: ErrandKind) -> String {
    let id = match kind {
        ErrandKind::Remind { .. } => "errand-remind",
        ErrandKind::PreSale { .. } => "errand-pre-sale",
        ErrandKind::TestOrder => "errand-test-order",
    };
    text(lang, id)
}

/// The name of an errand's state.
pub fn errand_state_name(lang: Lang, state: &ErrandState) -> String {
    let id = match state {
        ErrandState::Queued => "errand-state-queued",
        ErrandState::Sending => "errand-state-sending",
        ErrandState::Unclear(_) => "errand-state-unclear",
        ErrandState::Done(_) => "errand-state-done",
        ErrandState::Refused(_) => "errand-state-refused",
        ErrandState::Stopped(_) => "errand-state-stopped",
        ErrandState::NeedsPerson(_) => "errand-state-needs-person",
        ErrandState::Cancelled => "errand-state-cancelled",
    };
    text(lang, id)
}

/// Why an errand was not sent, or only a person can go on with it.
pub fn explain_errand_why(lang: Lang, why: ErrandWhy) -> Explained {
    let id = match why {
        ErrandWhy::Refunded => "errand-why-refunded",
        ErrandWhy::UnknownState => "errand-why-unknown-state",
        ErrandWhy::NotShipped => "errand-why-not-shipped",
        ErrandWhy::NotExpress => "errand-why-not-express",
        ErrandWhy::Received => "errand-why-received",
        ErrandWhy::SignedTooEarly => "errand-why-signed-too-early",
        ErrandWhy::SignedTooLate => "errand-why-signed-too-late",
        ErrandWhy::Reminded => "errand-why-reminded",
        ErrandWhy::NotWaiting => "errand-why-not-waiting",
        ErrandWhy::DateTooEarly => "errand-why-date-too-early",
        ErrandWhy::DateTooLate => "errand-why-date-too-late",
        ErrandWhy::UnderWay => "errand-why-under-way",
        ErrandWhy::NotVisible => "errand-why-not-visible",
        ErrandWhy::Unproven => "errand-why-unproven",
        ErrandWhy::ThreeAttempts => "errand-why-three-attempts",
    };
    Explained::of(lang, id, &[])
}

/// What an errand's state means.
pub fn explain_errand(lang: Lang, errand: &Errand) -> Explained {
    let plain = |id: &str| Explained::of(lang, id, &[]);
    match &errand.state {
        ErrandState::Queued if errand.attempts > 0 => plain("errand-queued-again"),
        ErrandState::Queued if errand.waits_for_order() => plain("errand-queued-invisible"),
        ErrandState::Queued => plain("errand-queued"),
        ErrandState::Sending => plain("errand-sending"),
        ErrandState::Unclear(doubt) => explain_doubt(lang, doubt),
        ErrandState::Done(ErrandEnd::Accepted) => plain(match errand.kind {
            ErrandKind::Remind { .. } => "errand-done-remind",
            ErrandKind::PreSale { .. } => "errand-done-pre-sale",
            ErrandKind::TestOrder => "errand-done-test-order",
        }),
        ErrandState::Done(ErrandEnd::Used) => plain("errand-used"),
        ErrandState::Done(ErrandEnd::ByPerson) => plain("errand-by-person"),
        ErrandState::Refused(refusal) => explain_refusal(lang, refusal),
        ErrandState::Stopped(why) | ErrandState::NeedsPerson(why) => explain_errand_why(lang, *why),
        ErrandState::Cancelled => Explained {
            title: errand_state_name(lang, &errand.state),
            ..Explained::default()
        },
    }
}

/// What became of the wish to run errands.
pub fn errands_queued(
    lang: Lang,
    kind: ErrandKind,
    queued: usize,
    refused: &[(TransactionId, ErrandWhy)],
) -> String {
    let mut args: Vec<(&str, Arg)> = vec![
        ("what", errand_name(lang, kind).into()),
        ("queued", format::count(queued).into()),
    ];
    let Some((order, why)) = refused.first() else {
        let id = if queued == 0 {
            "errands-nothing"
        } else {
            "errands-queued"
        };
        return text_with(lang, id, &args);
    };
    args.push(("refused", format::count(refused.len()).into()));
    args.push(("order", order.as_str().into()));
    args.push(("why", explain_errand_why(lang, *why).title.into()));
    let id = if queued == 0 {
        "errands-none-queued"
    } else {
        "errands-queued-refused"
    };
    text_with(lang, id, &args)
}

/// All errands have their ends.
pub fn errands_done(lang: Lang, done: usize, stopped: usize) -> String {
    let args = [
        ("done", format::count(done).into()),
        ("stopped", format::count(stopped).into()),
    ];
    let id = if stopped == 0 {
        "errands-done"
    } else {
        "errands-done-left"
    };
    text_with(lang, id, &args)
}

/// What came of setting the page that messages open; empty while nothing did.
pub fn jump_path_words(lang: Lang, state: &JumpState) -> String {
    match state {
        JumpState::Never | JumpState::Sending => String::new(),
        JumpState::Set => text(lang, "jump-set"),
        JumpState::Unclear => text(lang, "jump-unclear"),
        JumpState::Failed(failure) => {
            let why = explain_failure(lang, failure).title;
            text_with(lang, "jump-failed", &[("why", why.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, words_of};
    use super::*;
    use crate::domain::{ErrandId, Timestamp};

    #[test]
    fn every_reason_and_every_end_is_explained() {
        for name in words_of::<ErrandWhy>(false) {
            let why: ErrandWhy = serde_json::from_value(serde_json::json!(name)).unwrap();
            check(&name, |lang| explain_errand_why(lang, why), true);
        }
        let id = TransactionId::parse("4200000925202101284997714292").unwrap();
        let now = Timestamp::from_secs(1);
        for kind in [
            ErrandKind::Remind { received_at: now },
            ErrandKind::PreSale { delay_to: now },
            ErrandKind::TestOrder,
        ] {
            let mut errand = Errand::queued(ErrandId(1), id.clone(), kind, now);
            for state in [
                ErrandState::Queued,
                ErrandState::Sending,
                ErrandState::Done(ErrandEnd::Accepted),
                ErrandState::Done(ErrandEnd::Used),
                ErrandState::Done(ErrandEnd::ByPerson),
            ] {
                errand.state = state;
                errand.waits = 0;
                check(
                    &format!("{kind:?} {:?}", errand.state),
                    |lang| explain_errand(lang, &errand),
                    false,
                );
            }
            (errand.state, errand.waits) = (ErrandState::Queued, 1);
            check("not shown yet", |lang| explain_errand(lang, &errand), true);
        }
    }

    #[test]
    fn what_was_not_sent_is_said_with_one_reason() {
        let id = TransactionId::parse("42").unwrap();
        let refused = [(id, ErrandWhy::Reminded)];
        for (queued, refused, part) in [
            (3, &refused[..], "Reminded before"),
            (0, &refused[..], "nothing is sent"),
            (3, &[], "3 orders are in line"),
            (0, &[], "no order was chosen"),
        ] {
            let words = errands_queued(Lang::En, ErrandKind::TestOrder, queued, refused);
            assert!(words.contains(part), "{words}");
        }
    }
}
