//! Every state, field and fault has words in both languages, and what may not have arrived is never told as sent.

use std::sync::Arc;

use super::*;
use crate::domain::shopping::{KeyDraft, ShoppingContent};
use crate::domain::{CallFailure, FailureKind, Refusal, ShoppingDraft, Timestamp};

fn record(content: ShoppingContent, state: ShoppingState) -> ShoppingRecord {
    let draft = ShoppingDraft {
        key: KeyDraft::default(),
        openid: String::new(),
        content,
    };
    let now = Timestamp::from_secs(1);
    let queued = ShoppingRecord::queued(Arc::new(draft), String::new(), String::new(), now);
    ShoppingRecord { state, ..queued }
}

#[test]
fn every_state_is_explained_with_what_was_sent_and_what_to_do() {
    let failure = CallFailure::of(FailureKind::NoAnswer);
    let compare = Doubt::Compare {
        errcode: 268_485_216,
        rid: Some("65f1".into()),
    };
    let states = [
        (ShoppingState::Queued, "not sent"),
        (ShoppingState::Sending, "waiting"),
        (ShoppingState::Accepted, "accepted"),
        (ShoppingState::Said("success".into()), "says: success"),
        (
            ShoppingState::Said("shopping order is not uploaded".into()),
            "says: shopping order is not uploaded",
        ),
        (ShoppingState::Said(String::new()), "no words"),
        (
            ShoppingState::NotSent(CallFailure::of(FailureKind::Offline)),
            "not sent",
        ),
        (ShoppingState::Left, "nothing of it was sent"),
        (ShoppingState::Unclear(Doubt::Failure(failure)), "not known"),
        (ShoppingState::Unclear(Doubt::Restart), "not known"),
        (ShoppingState::Unclear(compare), "268485216"),
        (ShoppingState::Settled, "you"),
    ];
    for content in [
        ShoppingContent::Details(Vec::new()),
        ShoppingContent::Ship(Vec::new()),
        ShoppingContent::Verify,
    ] {
        for (state, part) in &states {
            let record = record(content.clone(), state.clone());
            let words = explain_shopping(Lang::En, &record);
            let all = [&words.title, &words.detail, &words.action, &words.code]
                .map(|words| words.to_lowercase())
                .join(" ");
            assert!(all.contains(part), "{state:?}: {all}");
            assert!(!explain_shopping(Lang::ZhCn, &record).title.is_empty());
            assert_ne!(
                shopping_state_name(Lang::En, state),
                shopping_state_name(Lang::ZhCn, state)
            );
        }
    }
    let refusal = Refusal {
        errcode: 268_485_184,
        rid: None,
        refunded: false,
    };
    let refused = record(ShoppingContent::Verify, ShoppingState::Refused(refusal));
    assert!(explain_shopping(Lang::En, &refused).code.contains("268485184"));
}

#[test]
fn places_count_from_one_and_name_the_part_of_the_call() {
    let place = ShoppingPlace::sub(0).part(1).nth(2);
    assert_eq!(
        shopping_place(Lang::En, ShoppingCall::Details, place),
        "Sub-order 1 · Item 2 · No. 3"
    );
    assert_eq!(
        shopping_place(Lang::ZhCn, ShoppingCall::Ship, ShoppingPlace::sub(0).part(1)),
        "子单 1 · 包裹 2"
    );
    assert_eq!(
        shopping_place(Lang::En, ShoppingCall::Verify, ShoppingPlace::default()),
        ""
    );
    assert_eq!(shopping_file_place(Lang::En, &FilePlace::Row(3)), "Row 3");
    let problem = FileProblem {
        at: FilePlace::Row(3),
        place,
        fault: FileFault::Field(ShoppingField::Name, ShoppingFault::TooManyChars { most: 256 }),
    };
    let words = shopping_file_problem(Lang::En, &problem);
    assert!(words.contains("name") && words.contains("256"), "{words}");
}
