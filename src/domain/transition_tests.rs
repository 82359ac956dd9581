//! The state machine as a table of cases: state and event in, state out.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::domain::{
    CallFailure, Draft, Hold, Intent, OpenId, ParcelDraft, ParcelId, Rules, ShipmentId, Timestamp,
};

fn intent() -> Arc<Intent> {
    let parcel = ParcelDraft {
        courier: "YTO".into(),
        tracking_no: "YT1".into(),
        item_desc: "茶叶".into(),
        ..ParcelDraft::default()
    };
    let draft = Draft {
        transaction_id: "42".into(),
        parcels: vec![parcel],
        ..Draft::default()
    };
    Arc::new(
        Intent::check(
            &draft,
            &Rules {
                max_parcels: 10,
                couriers: None,
            },
        )
        .unwrap()
        .0,
    )
}

fn now(secs: i64) -> Now {
    Now {
        local: Timestamp::from_secs(secs),
        server: Timestamp::from_secs(secs),
    }
}

fn queued() -> Shipment {
    let at = Timestamp::from_secs(0);
    Shipment::queued(ShipmentId(1), intent(), at, at, at)
}

fn look(state: i64, count: i64, numbers: &[&str]) -> Look {
    Look {
        at: Timestamp::from_secs(0),
        state: state.into(),
        logistics_type: 1,
        finished: count > 0,
        finish_count: count,
        parcels: numbers
            .iter()
            .map(|n| ParcelId::new("YTO", n))
            .collect::<BTreeSet<_>>(),
        item_desc: String::new(),
        latest_upload: None,
        in_complaint: false,
        payer: OpenId::default(),
    }
}

fn untouched() -> Event {
    Event::Looked(look(1, 0, &[]))
}

fn answered(answer: Answer) -> Event {
    Event::Answered(answer)
}

fn compare(errcode: i64) -> Event {
    answered(Answer::Unclear(Doubt::Compare { errcode, rid: None }))
}

fn timed_out() -> Event {
    answered(Answer::Unclear(Doubt::Failure(CallFailure::of(
        FailureKind::NoAnswer,
    ))))
}

/// Runs events at their seconds from a queued shipment.
#[track_caller]
fn run(events: Vec<(i64, Event)>) -> Shipment {
    events.into_iter().fold(queued(), |shipment, (secs, event)| {
        next(&shipment, event, now(secs), &Policy::default()).unwrap()
    })
}

#[track_caller]
fn check(events: Vec<(i64, Event)>, word: &str) -> Shipment {
    let shipment = run(events);
    assert_eq!(shipment.state.word(), word, "{shipment:?}");
    shipment
}

#[test]
fn looks_before_every_send() {
    check(vec![(1, untouched())], "sending");
    check(vec![(1, Event::Looked(look(2, 1, &["YT1"])))], "shipped");
    check(vec![(1, Event::Looked(look(2, 1, &["YT9"])))], "needs_person");
    check(vec![(1, Event::Looked(look(5, 0, &[])))], "rejected");
    check(vec![(1, Event::LookFailed(FailureKind::NoAnswer))], "queued");
    check(vec![(1, Event::LookFailed(FailureKind::Refused))], "waiting");
    check(vec![(1, Event::LookFailed(FailureKind::Garbled))], "waiting");
    check(vec![(1, Event::Cancelled)], "cancelled");
}

#[test]
fn answers_end_only_what_they_prove() {
    let refusal = Refusal {
        errcode: 10_060_031,
        rid: None,
        refunded: false,
    };
    for (answer, word) in [
        (Answer::Accepted, "shipped"),
        (Answer::Refused(refusal), "rejected"),
        (Answer::NotProcessed(Hold::Second), "queued"),
        (Answer::NotVisible, "waiting"),
        (
            Answer::Unclear(Doubt::Failure(CallFailure::of(FailureKind::Busy))),
            "unclear",
        ),
        (
            Answer::Unclear(Doubt::Compare {
                errcode: 10_060_023,
                rid: None,
            }),
            "unclear",
        ),
    ] {
        check(vec![(1, untouched()), (2, answered(answer))], word);
    }
}

#[test]
fn restart_turns_sending_into_unclear() {
    let shipment = check(vec![(1, untouched()), (5, Event::Restarted)], "unclear");
    assert_eq!(shipment.state, State::Unclear(Doubt::Restart));
    assert_eq!(shipment.since, Timestamp::from_secs(5));
}

#[test]
fn what_was_not_executed_does_not_count_as_an_attempt() {
    let shipment = run(vec![
        (1, untouched()),
        (2, answered(Answer::NotProcessed(Hold::Day))),
    ]);
    assert_eq!(shipment.attempts, 0);
    let shipment = run(vec![(1, untouched()), (2, answered(Answer::NotVisible))]);
    assert_eq!(shipment.attempts, 0);
}

#[test]
fn unclear_is_never_resent_without_a_look() {
    let start = [(1, untouched()), (2, timed_out())];
    let with = |more: Vec<(i64, Event)>| start.iter().cloned().chain(more).collect::<Vec<_>>();
    check(
        with(vec![
            (10, untouched()),
            (20, untouched()),
            (40, untouched()),
            (61, untouched()),
        ]),
        "unclear",
    );
    let once = check(with(vec![(62, untouched())]), "unclear");
    assert_eq!(
        (once.pending_looks, once.not_before),
        (1, Timestamp::from_secs(72))
    );
    check(with(vec![(62, untouched()), (72, untouched())]), "queued");
    check(with(vec![(10, Event::Looked(look(2, 1, &["YT1"])))]), "shipped");
    check(
        with(vec![
            (70, Event::LookFailed(FailureKind::NoAnswer)),
            (80, untouched()),
        ]),
        "unclear",
    );
}

#[test]
fn resend_carries_the_same_upload_time() {
    let first = run(vec![(1, untouched())]);
    let again = run(vec![
        (1, untouched()),
        (2, timed_out()),
        (62, untouched()),
        (72, untouched()),
        (500, untouched()),
    ]);
    assert_eq!(again.state, State::Sending);
    assert_eq!(again.attempts, 2);
    assert_eq!(again.upload_time, first.upload_time);
}

#[test]
fn three_attempts_then_a_person() {
    let mut shipment = queued();
    for round in 0..MAX_ATTEMPTS {
        assert_eq!(shipment.state, State::Queued, "round {round}");
        let t = i64::from(round) * 1000;
        for (secs, event) in [
            (1, untouched()),
            (2, timed_out()),
            (62, untouched()),
            (72, untouched()),
        ] {
            shipment = next(&shipment, event, now(t + secs), &Policy::default()).unwrap();
        }
    }
    assert_eq!(shipment.state, State::NeedsPerson(Why::ThreeAttempts));
}

#[test]
fn a_time_that_is_not_newer_is_never_stamped_anew_by_itself() {
    let shipment = check(
        vec![
            (1, untouched()),
            (2, compare(268_485_216)),
            (62, untouched()),
            (72, untouched()),
        ],
        "needs_person",
    );
    assert_eq!(shipment.state, State::NeedsPerson(Why::TimeNotAccepted));
    check(
        vec![
            (1, untouched()),
            (2, compare(10_060_002)),
            (4, Event::Looked(look(2, 1, &["YT1"]))),
        ],
        "shipped",
    );
}

#[test]
fn an_order_that_is_not_visible_is_asked_for_on_a_ladder_and_then_given_to_a_person() {
    let gone = || Event::LookFailed(FailureKind::OrderNotVisible);
    let mut shipment = queued();
    let mut at = 10;
    let mut waits = Vec::new();
    for _ in 0..8 {
        shipment = next(&shipment, gone(), now(at), &Policy::default()).unwrap();
        waits.push(shipment.not_before.since(Timestamp::from_secs(at)).as_secs() / 60);
        at = shipment.not_before.secs();
    }
    assert_eq!(waits, [1, 2, 5, 15, 30, 60, 60, 60]);
    let given_up = next(&shipment, gone(), now(10 + 86_400), &Policy::default()).unwrap();
    assert_eq!(given_up.state, State::NeedsPerson(Why::NotVisible));
}

#[test]
fn a_person_may_try_again_with_a_new_time_or_accept_or_drop() {
    let stopped = [(1, Event::Looked(look(2, 1, &["YT9"])))];
    let with = |decision| {
        stopped
            .iter()
            .cloned()
            .chain([(9, Event::Decided(decision))])
            .collect::<Vec<_>>()
    };
    check(with(Decision::AcceptAsItIs), "shipped");
    check(with(Decision::Drop), "cancelled");
    let again = check(with(Decision::TryAgain), "queued");
    assert_eq!(
        (again.attempts, again.upload_time, again.baseline),
        (0, None, None)
    );
}

#[test]
fn unlisted_transition_is_an_error_and_changes_nothing() {
    let sending = run(vec![(1, untouched())]);
    let shipped = run(vec![(1, Event::Looked(look(2, 1, &["YT1"])))]);
    let unclear = run(vec![(1, untouched()), (2, timed_out())]);
    for (shipment, event) in [
        (&sending, Event::Cancelled),
        (&sending, untouched()),
        (&sending, Event::Decided(Decision::TryAgain)),
        (&unclear, Event::Cancelled),
        (&unclear, answered(Answer::Accepted)),
        (&unclear, Event::Decided(Decision::TryAgain)),
        (&shipped, untouched()),
        (&shipped, Event::Restarted),
        (&shipped, Event::Cancelled),
        (&shipped, Event::Decided(Decision::TryAgain)),
    ] {
        assert!(
            next(shipment, event.clone(), now(9), &Policy::default()).is_err(),
            "{event:?}"
        );
    }
}

#[test]
fn the_upload_time_is_later_than_anything_the_look_showed() {
    let mut ahead = look(1, 0, &[]);
    ahead.latest_upload = Some(Timestamp::from_secs(10_000));
    let shipment = run(vec![(1, Event::Looked(ahead))]);
    assert!(shipment.upload_time.unwrap() >= Timestamp::from_secs(10_001));
}

#[test]
fn shortened_waits_keep_their_proportions() {
    let short = Policy::shortened(Duration::from_secs(6));
    assert_eq!(
        (short.quiet, short.second_look),
        (Duration::from_secs(6), Duration::from_secs(1))
    );
}

#[test]
fn a_clock_that_goes_back_makes_no_wait_longer() {
    let policy = Policy::default();
    let a_year_ago = |secs: i64| now(secs - 31_536_000);
    let mut held = queued();
    held.not_before = Timestamp::from_secs(10);
    let restarted = next(&held, Event::Restarted, a_year_ago(0), &policy).unwrap();
    assert_eq!(restarted.not_before, a_year_ago(10).local, "the hold window");
    let restarted = next(&held, Event::Restarted, now(3), &policy).unwrap();
    assert_eq!(restarted.not_before, held.not_before, "no jump, no change");

    let invisible = Event::LookFailed(FailureKind::OrderNotVisible);
    let first = next(&queued(), invisible.clone(), now(0), &policy).unwrap();
    let waiting = next(&first, invisible, now(60), &policy).unwrap();
    let restarted = next(&waiting, Event::Restarted, a_year_ago(0), &policy).unwrap();
    assert_eq!(
        restarted.not_before,
        a_year_ago(120).local,
        "the second step of the ladder"
    );
    assert_eq!(restarted.since, a_year_ago(0).local, "24 hours count from here");
}

#[test]
fn a_shipment_that_went_over_somebody_elses_is_told_at_the_next_look() {
    let accepted = run(vec![(1, untouched()), (2, answered(Answer::Accepted))]);
    let told = |count, numbers: &[&str]| {
        let looked = Event::Looked(look(2, count, numbers));
        next(&accepted, looked, now(9), &Policy::default()).map(|after| after.state)
    };
    assert_eq!(told(2, &["YT1"]), Ok(State::NeedsPerson(Why::Race)));
    assert!(told(1, &["YT1"]).is_err(), "as it should be");
    assert_eq!(
        told(2, &["YT9"]),
        Ok(State::NeedsPerson(Why::Race)),
        "somebody spent the correction on other parcels"
    );
    assert_eq!(
        told(1, &["YT9"]),
        Ok(State::NeedsPerson(Why::Race)),
        "ours was accepted, and others stand there"
    );
    assert!(told(0, &[]).is_err(), "an old reading");
}
