//! What is said ahead is what the state machine then does: every case is walked through with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::domain::{
    Answer, CallFailure, Doubt, Draft, Event, FailureKind, Intent, Look, Now, OpenId, OrderState,
    ParcelDraft, Rules, ShipmentId, next,
};

const T0: Timestamp = Timestamp::from_secs(1_000_000);

fn later(secs: u64) -> Timestamp {
    T0.plus(Duration::from_secs(secs))
}

fn now(local: Timestamp) -> Now {
    Now { local, server: local }
}

fn queued() -> Shipment {
    let draft = Draft {
        transaction_id: "42".into(),
        parcels: vec![ParcelDraft {
            courier: "YTO".into(),
            tracking_no: "YT1".into(),
            item_desc: "茶叶".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let intent = Intent::check(&draft, &rules).unwrap().0;
    Shipment::queued(ShipmentId(1), Arc::new(intent), T0, T0, T0)
}

fn nothing_there() -> Event {
    Event::Looked(Look {
        at: T0,
        state: OrderState::ToShip,
        logistics_type: 0,
        finished: false,
        finish_count: 0,
        parcels: BTreeSet::new(),
        item_desc: String::new(),
        latest_upload: None,
        in_complaint: false,
        payer: OpenId::default(),
    })
}

fn failed(kind: FailureKind) -> Doubt {
    Doubt::Failure(CallFailure::of(kind))
}

fn compared(errcode: i64) -> Doubt {
    Doubt::Compare { errcode, rid: None }
}

/// Sent at `T0`, and unclear from then on.
fn unclear(doubt: Doubt, attempts: u8) -> Shipment {
    let policy = Policy::default();
    let mut sending = next(&queued(), nothing_there(), now(T0), &policy).unwrap();
    sending.attempts = attempts;
    next(
        &sending,
        Event::Answered(Answer::Unclear(doubt)),
        now(T0),
        &policy,
    )
    .unwrap()
}

fn open(_sends: bool) -> Option<Obstacle> {
    None
}

/// Looks that show nothing, each at the moment that was promised, and whether what was promised happens.
#[track_caller]
fn check_walk(doubt: Doubt, attempts: u8, expected: Untouched) {
    let policy = Policy::default();
    let mut shipment = unclear(doubt, attempts);
    let mut at = T0;
    let mut counted = 0;
    for _ in 0..20 {
        let ahead = Outlook::of(&shipment, &policy, open, at);
        let Step::Look {
            quiet_until,
            counts,
            known_at,
            untouched,
        } = ahead.step.clone()
        else {
            panic!("{ahead:?}")
        };
        assert_eq!(untouched, expected);
        assert_eq!(quiet_until, later(60));
        at = ahead.at.unwrap();
        assert_eq!(counts.is_some(), at >= quiet_until, "{ahead:?}");
        if let Some(number) = counts {
            counted += 1;
            assert_eq!(number, counted);
        }
        assert_eq!(known_at, later(70));
        let after = next(&shipment, nothing_there(), now(at), &policy).unwrap();
        if !matches!(after.state, State::Unclear(_)) {
            assert_eq!((counts, at), (Some(Outlook::LOOKS), known_at));
            match expected {
                Untouched::SentAgain(attempt) => {
                    let step = Outlook::of(&after, &policy, open, at).step;
                    assert_eq!(step, Step::Send { attempt });
                    let sending = next(&after, nothing_there(), now(at), &policy).unwrap();
                    assert_eq!(sending.attempts, attempt);
                    assert_eq!(sending.upload_time, shipment.upload_time);
                }
                Untouched::Person(why) => assert_eq!(after.state, State::NeedsPerson(why)),
            }
            return;
        }
        shipment = after;
    }
    panic!("it never ended");
}

#[test]
fn an_unclear_shipment_goes_exactly_the_way_that_was_said() {
    for attempts in 1..Outlook::TRIES {
        let again = Untouched::SentAgain(attempts + 1);
        check_walk(failed(FailureKind::NoAnswer), attempts, again.clone());
        check_walk(compared(10_060_023), attempts, again.clone());
        check_walk(Doubt::Restart, attempts, again);
    }
    let spent = Untouched::Person(Why::ThreeAttempts);
    check_walk(failed(FailureKind::Busy), Outlook::TRIES, spent);
    let no_time = Untouched::Person(Why::TimeNotAccepted);
    check_walk(compared(268_485_216), 1, no_time);
}

#[test]
fn an_invisible_order_is_asked_for_and_given_up_when_it_was_said() {
    let policy = Policy::default();
    let mut shipment = queued();
    let mut at = T0;
    for asked in 1..u8::MAX {
        let missing = Event::LookFailed(FailureKind::OrderNotVisible);
        let after = next(&shipment, missing, now(at), &policy).unwrap();
        if asked > 1
            && let Step::Ask { gives_up_at, .. } = Outlook::of(&shipment, &policy, open, at).step
        {
            let given_up = after.state == State::NeedsPerson(Why::NotVisible);
            assert_eq!(given_up, at >= gives_up_at);
            if given_up {
                return;
            }
        }
        let ahead = Outlook::of(&after, &policy, open, at);
        assert!(
            matches!(ahead.step, Step::Ask { asked: said, .. } if said == asked),
            "{ahead:?}"
        );
        at = ahead.at.unwrap();
        shipment = after;
    }
    panic!("it never gave up");
}

#[test]
fn an_obstacle_puts_off_what_it_stops_and_nothing_else() {
    let quota = Obstacle::Until(later(500), Pause::DailyQuota);
    let stops_sending = |sends: bool| sends.then_some(quota);
    let of = |shipment: &Shipment, obstacle: &dyn Fn(bool) -> Option<Obstacle>| {
        Outlook::of(shipment, &Policy::default(), obstacle, T0)
    };
    let sending = of(&queued(), &stops_sending);
    assert_eq!((sending.at, sending.obstacle), (Some(later(500)), Some(quota)));
    let looking = of(&unclear(Doubt::Restart, 1), &stops_sending);
    assert_eq!((looking.at, looking.obstacle), (Some(later(2)), None));

    // A look that is put off beyond the quiet time counts at once.
    let both = of(&unclear(Doubt::Restart, 1), &|_| Some(quota));
    let Step::Look { counts, known_at, .. } = both.step else {
        panic!("{both:?}")
    };
    assert_eq!((counts, known_at), (Some(1), later(510)));

    for by_person in [Obstacle::Continue, Obstacle::Account, Obstacle::Journal] {
        let held = of(&queued(), &|_| Some(by_person));
        assert_eq!(
            (held.at, held.obstacle),
            (None, Some(by_person)),
            "no moment is promised"
        );
    }
}

#[test]
fn what_has_ended_or_waits_for_an_answer_has_no_moment() {
    let policy = Policy::default();
    let sending = next(&queued(), nothing_there(), now(T0), &policy).unwrap();
    let shipped = next(&sending, Event::Answered(Answer::Accepted), now(T0), &policy).unwrap();
    let mut stopped = shipped.clone();
    stopped.state = State::NeedsPerson(Why::Ambiguous);
    for (shipment, word) in [(sending, "answer"), (shipped, "nothing"), (stopped, "decide")] {
        let ahead = Outlook::of(&shipment, &policy, |_| Some(Obstacle::Continue), later(9));
        assert_eq!((ahead.step.word(), ahead.at, ahead.obstacle), (word, None, None));
        assert_eq!(ahead.changes_in(T0), None);
    }
    assert_eq!(
        Outlook::of(&queued(), &policy, open, T0).at,
        None,
        "it may go at once"
    );
}

#[test]
fn a_countdown_changes_each_second_and_far_ahead_each_minute() {
    let ahead = |at| Outlook {
        step: Step::Decide,
        at: Some(at),
        obstacle: None,
    };
    for (left, changes) in [
        (8_400, 400),
        (8_000, 1000),
        (3_600_000, 1000),
        (7_205_300, 5_300),
        (7_200_000, 60_000),
    ] {
        let ahead = ahead(T0.plus(Duration::from_millis(left)));
        assert_eq!(
            ahead.changes_in(T0),
            Some(Duration::from_millis(changes)),
            "{left}"
        );
    }
}
