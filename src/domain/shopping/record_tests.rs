//! What becomes of a call, as tables: which step leads where, and that nothing in doubt is ever told as not sent.

use std::sync::Arc;

use super::super::{KeyDraft, ShoppingContent, ShoppingDraft};
use super::*;

const NOW: Timestamp = Timestamp::from_secs(1_700_000_000);

fn record(content: ShoppingContent, state: ShoppingState) -> ShoppingRecord {
    let draft = ShoppingDraft {
        key: KeyDraft::default(),
        openid: String::new(),
        content,
    };
    let in_doubt = matches!(state, ShoppingState::Unclear(_));
    let queued = ShoppingRecord::queued(Arc::new(draft), "o123…4567".into(), "ab".into(), NOW);
    ShoppingRecord {
        state,
        in_doubt,
        ..queued
    }
}

fn details(state: ShoppingState) -> ShoppingRecord {
    record(ShoppingContent::Details(Vec::new()), state)
}

fn no_answer() -> Doubt {
    Doubt::Failure(CallFailure::of(FailureKind::NoAnswer))
}

fn refusal() -> Refusal {
    Refusal {
        errcode: 268_485_207,
        rid: None,
        refunded: false,
    }
}

#[track_caller]
fn check(before: &ShoppingRecord, event: &ShoppingEvent, expected: Option<&str>) {
    let after = next_shopping(before, event.clone(), NOW);
    let word = after.as_ref().ok().map(|after| after.state.word());
    assert_eq!(word, expected, "{:?} {event:?}", before.state);
    if let Ok(after) = after {
        let sent_for_sure = matches!(after.state.word(), "not_sent" | "left" | "refused");
        assert!(
            !(before.in_doubt && sent_for_sure),
            "a doubt was told as nothing sent"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn each_step_leads_where_it_should_and_no_other_is_taken() {
    use ShoppingEvent as E;
    use ShoppingState as S;
    let account = CallFailure::of(FailureKind::WrongSecret);
    let states = [
        S::Queued,
        S::Sending,
        S::Accepted,
        S::Said(String::new()),
        S::Refused(refusal()),
        S::NotSent(account.clone()),
        S::Left,
        S::Unclear(no_answer()),
        S::Settled,
    ];
    // Expected in the order of the states.
    let table: [(E, [Option<&str>; 9]); 12] = [
        (
            E::Sending(NOW),
            [Some("sending"), None, None, None, None, None, None, None, None],
        ),
        (
            E::Answered(Answer::Accepted),
            [None, Some("accepted"), None, None, None, None, None, None, None],
        ),
        (
            E::Answered(Answer::Refused(refusal())),
            [None, Some("refused"), None, None, None, None, None, None, None],
        ),
        (
            E::Answered(Answer::Unclear(no_answer())),
            [None, Some("unclear"), None, None, None, None, None, None, None],
        ),
        (
            E::Answered(Answer::NotProcessed(Hold::Connection)),
            [None, Some("not_sent"), None, None, None, None, None, None, None],
        ),
        (
            E::Answered(Answer::NotProcessed(Hold::Minute)),
            [None, Some("queued"), None, None, None, None, None, None, None],
        ),
        (
            E::Restarted,
            [
                Some("left"),
                Some("unclear"),
                None,
                None,
                None,
                None,
                None,
                None,
                None,
            ],
        ),
        (
            E::Dropped(None),
            [Some("left"), None, None, None, None, None, None, None, None],
        ),
        (
            E::Dropped(Some(account)),
            [Some("not_sent"), None, None, None, None, None, None, None, None],
        ),
        (
            E::Settled,
            [None, None, None, None, None, None, None, Some("settled"), None],
        ),
        (
            E::Again,
            [
                None,
                None,
                None,
                None,
                Some("queued"),
                Some("queued"),
                Some("queued"),
                Some("queued"),
                None,
            ],
        ),
        (
            E::Said(Ok(String::from("ok"))),
            [None, Some("said"), None, None, None, None, None, None, None],
        ),
    ];
    for (event, expected) in table {
        for (state, expected) in states.iter().zip(expected) {
            check(&details(state.clone()), &event, expected);
        }
    }
}

#[test]
fn a_doubt_stays_one_until_wechat_or_a_person_ends_it() {
    let unclear = details(ShoppingState::Unclear(no_answer()));
    let again = next_shopping(&unclear, ShoppingEvent::Again, NOW).unwrap();
    assert!(again.in_doubt);
    for event in [
        ShoppingEvent::Restarted,
        ShoppingEvent::Dropped(None),
        ShoppingEvent::Dropped(Some(CallFailure::of(FailureKind::Offline))),
    ] {
        check(&again, &event, Some("unclear"));
    }
    let later = NOW.plus(std::time::Duration::from_mins(1));
    let sending = next_shopping(&again, ShoppingEvent::Sending(later), later).unwrap();
    for (answer, word) in [
        (Answer::Accepted, "accepted"),
        (Answer::Refused(refusal()), "unclear"),
        (Answer::NotProcessed(Hold::Connection), "unclear"),
        (Answer::NotProcessed(Hold::Day), "unclear"),
    ] {
        check(&sending, &ShoppingEvent::Answered(answer), Some(word));
    }
}

#[test]
fn the_second_try_of_a_doubt_keeps_its_time_and_any_other_gets_a_new_one() {
    let later = NOW.plus(std::time::Duration::from_mins(1));
    let time_of = |state| {
        let mut before = details(state);
        before.upload_time = Some(NOW);
        let again = next_shopping(&before, ShoppingEvent::Again, later).unwrap();
        let sent = next_shopping(&again, ShoppingEvent::Sending(later), later).unwrap();
        sent.upload_time
    };
    assert_eq!(time_of(ShoppingState::Unclear(no_answer())), Some(NOW));
    assert_eq!(time_of(ShoppingState::Left), Some(later));
    assert_eq!(time_of(ShoppingState::Refused(refusal())), Some(later));
}

#[test]
fn what_wechat_says_is_kept_short_and_without_what_belongs_to_a_person() {
    let sending = record(ShoppingContent::Verify, ShoppingState::Sending);
    let said = format!("payer oUpF8uMuAJO_M2pxb1Q9zNjWeS6o differs {}", "x".repeat(5000));
    let after = next_shopping(&sending, ShoppingEvent::Said(Ok(said)), NOW).unwrap();
    let ShoppingState::Said(kept) = after.state else {
        panic!("{:?}", after.state);
    };
    assert!(
        kept.starts_with("payer ") && kept.chars().count() <= SAID_CHARS + 1,
        "{kept}"
    );
    assert!(!kept.contains("uMuAJO_M2pxb1Q9zNj"), "{kept}");
    check(&sending, &ShoppingEvent::Restarted, Some("left"));
    let failure = CallFailure::of(FailureKind::NoAnswer);
    check(&sending, &ShoppingEvent::Said(Err(failure)), Some("not_sent"));
}

#[test]
fn the_words_of_a_verification_are_painted_by_what_they_say() {
    for (said, verdict) in [
        ("success", Some(ShoppingVerdict::Well)),
        (" Success ", Some(ShoppingVerdict::Well)),
        ("shopping order is not uploaded", Some(ShoppingVerdict::Other)),
        ("no success", Some(ShoppingVerdict::Other)),
        (" ", Some(ShoppingVerdict::Nothing)),
    ] {
        assert_eq!(ShoppingState::Said(said.into()).verdict(), verdict, "{said}");
    }
    assert_eq!(ShoppingState::Accepted.verdict(), None);
}
