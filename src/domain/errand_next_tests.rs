//! The table of an errand, pair by pair.

use std::time::Duration;

use super::super::errand::tests::order;
use super::*;
use crate::domain::{CallFailure, ErrandId, ErrandKind, Refusal, Timestamp};

const NOW: Timestamp = Timestamp::from_secs(1_700_864_000);

fn now() -> Now {
    Now {
        local: NOW,
        server: NOW,
    }
}

fn errand(kind: ErrandKind, state: ErrandState) -> Errand {
    let id = order(1, 0).transaction_id;
    let mut errand = Errand::queued(ErrandId(1), id, kind, NOW);
    errand.attempts = u8::from(!matches!(state, ErrandState::Queued));
    errand.state = state;
    errand
}

fn remind() -> ErrandKind {
    ErrandKind::Remind { received_at: NOW }
}

fn pre_sale() -> ErrandKind {
    ErrandKind::PreSale {
        delay_to: Timestamp::from_secs(1_700_000_000 + 20 * 86_400),
    }
}

fn looked(state: i64, logistics_type: i64) -> ErrandEvent {
    ErrandEvent::Looked(Box::new(order(state, logistics_type)))
}

fn refusal(errcode: i64) -> Refusal {
    Refusal {
        errcode,
        rid: None,
        refunded: false,
    }
}

fn busy() -> Doubt {
    Doubt::Failure(CallFailure::of(FailureKind::Busy))
}

#[track_caller]
fn check(errand: &Errand, event: ErrandEvent, state: &ErrandState, attempts: u8) -> Errand {
    let words = format!("{:?} {event:?}", errand.state);
    let after = next_errand(errand, event, now(), &Policy::default()).unwrap();
    assert_eq!((&after.state, after.attempts), (state, attempts), "{words}");
    after
}

#[test]
fn nothing_is_sent_without_a_look_that_allows_it() {
    let queued = |kind| errand(kind, ErrandState::Queued);
    check(&queued(remind()), looked(2, 1), &ErrandState::Sending, 1);
    check(&queued(pre_sale()), looked(1, 0), &ErrandState::Sending, 1);
    check(
        &queued(ErrandKind::TestOrder),
        looked(1, 0),
        &ErrandState::Sending,
        1,
    );
    check(
        &queued(remind()),
        looked(3, 1),
        &ErrandState::Stopped(ErrandWhy::Received),
        0,
    );
    check(
        &queued(pre_sale()),
        looked(2, 1),
        &ErrandState::Stopped(ErrandWhy::NotWaiting),
        0,
    );
    for kind in [remind(), pre_sale(), ErrandKind::TestOrder] {
        for event in [
            ErrandEvent::Answered(Answer::Accepted),
            ErrandEvent::Decided(Decision::TryAgain),
        ] {
            assert!(next_errand(&queued(kind), event, now(), &Policy::default()).is_err());
        }
    }
}

#[test]
fn each_answer_has_its_end() {
    for kind in [remind(), pre_sale(), ErrandKind::TestOrder] {
        let sending = errand(kind, ErrandState::Sending);
        let answer = |answer| ErrandEvent::Answered(answer);
        check(
            &sending,
            answer(Answer::Accepted),
            &ErrandState::Done(ErrandEnd::Accepted),
            1,
        );
        check(
            &sending,
            answer(Answer::Refused(refusal(268_546_001))),
            &ErrandState::Refused(refusal(268_546_001)),
            1,
        );
        let again = answer(Answer::NotProcessed(Hold::Connection));
        check(&sending, again, &ErrandState::Queued, 0);
        let waits = check(&sending, answer(Answer::NotVisible), &ErrandState::Queued, 0);
        assert_eq!(waits.not_before, NOW.plus(Duration::from_mins(1)));
        let unclear = check(
            &sending,
            answer(Answer::Unclear(busy())),
            &ErrandState::Unclear(busy()),
            1,
        );
        assert_eq!(unclear.not_before, NOW.plus(Policy::default().quiet));
        check(
            &sending,
            ErrandEvent::Restarted,
            &ErrandState::Unclear(Doubt::Restart),
            1,
        );
    }
}

#[test]
fn a_used_reminder_is_done_and_never_a_failure() {
    let answer = || ErrandEvent::Answered(Answer::Refused(refusal(10_060_030)));
    let done = ErrandState::Done(ErrandEnd::Used);
    check(&errand(remind(), ErrandState::Sending), answer(), &done, 1);
    // The code says nothing about a report.
    let refused = ErrandState::Refused(refusal(10_060_030));
    check(&errand(pre_sale(), ErrandState::Sending), answer(), &refused, 1);
}

#[test]
fn after_a_doubt_a_reminder_goes_on_and_a_report_asks_a_person() {
    let unclear = |kind| errand(kind, ErrandState::Unclear(busy()));
    check(&unclear(remind()), looked(2, 1), &ErrandState::Queued, 1);
    check(
        &unclear(remind()),
        looked(3, 1),
        &ErrandState::Stopped(ErrandWhy::Received),
        1,
    );
    let unproven = ErrandState::NeedsPerson(ErrandWhy::Unproven);
    check(&unclear(pre_sale()), looked(1, 0), &unproven, 1);
    check(&unclear(ErrandKind::TestOrder), looked(1, 0), &unproven, 1);
    let mut third = unclear(remind());
    third.attempts = MAX_ATTEMPTS;
    let stops = ErrandState::NeedsPerson(ErrandWhy::ThreeAttempts);
    check(&third, looked(2, 1), &stops, MAX_ATTEMPTS);
    // A look that fails proves nothing.
    let failed = ErrandEvent::LookFailed(FailureKind::OrderNotVisible);
    check(&unclear(remind()), failed, &ErrandState::Unclear(busy()), 1);
}

#[test]
fn an_order_that_is_not_shown_is_asked_for_on_a_ladder_for_a_day() {
    let mut errand = errand(pre_sale(), ErrandState::Queued);
    let mut at = now();
    let mut looks = 0;
    while errand.state == ErrandState::Queued {
        at.local = errand.not_before.max(at.local);
        let event = ErrandEvent::LookFailed(FailureKind::OrderNotVisible);
        errand = next_errand(&errand, event, at, &Policy::default()).unwrap();
        looks += 1;
        assert!(looks < 100);
    }
    assert_eq!(errand.state, ErrandState::Stopped(ErrandWhy::NotVisible));
    assert!(at.local.since(NOW) >= Duration::from_hours(24));
}

#[test]
fn a_person_goes_on_gives_up_or_says_that_it_is_done() {
    let stopped = ErrandState::NeedsPerson(ErrandWhy::Unproven);
    let errand = errand(ErrandKind::TestOrder, stopped);
    let decided = |decision| ErrandEvent::Decided(decision);
    check(&errand, decided(Decision::TryAgain), &ErrandState::Queued, 0);
    check(&errand, decided(Decision::Drop), &ErrandState::Cancelled, 1);
    let by_person = ErrandState::Done(ErrandEnd::ByPerson);
    check(&errand, decided(Decision::AcceptAsItIs), &by_person, 1);
    assert!(next_errand(&errand, ErrandEvent::Cancelled, now(), &Policy::default()).is_err());
}

#[test]
fn what_has_ended_stays() {
    for state in [ErrandState::Done(ErrandEnd::Accepted), ErrandState::Cancelled] {
        let errand = errand(remind(), state);
        for event in [
            looked(2, 1),
            ErrandEvent::Restarted,
            ErrandEvent::Cancelled,
            ErrandEvent::Answered(Answer::Accepted),
            ErrandEvent::Decided(Decision::TryAgain),
            ErrandEvent::Decided(Decision::Drop),
        ] {
            assert!(next_errand(&errand, event, now(), &Policy::default()).is_err());
        }
    }
}
