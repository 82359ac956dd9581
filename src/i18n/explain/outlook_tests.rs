//! Every state, doubt and reason in both languages, free and behind every obstacle: each says what is known,
//! since when, what happens next with its moment, and what a person can do.

use std::sync::Arc;
use std::time::Duration;

use super::super::tests::words_of;
use super::*;
use crate::domain::{
    CallFailure, Doubt, Draft, FailureKind, Intent, ParcelDraft, Policy, Refusal, Rules, ShipmentId, Why,
};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn now() -> Timestamp {
    at("2026-11-21T14:03:00+08:00")
}

fn shipment(state: State, attempts: u8) -> Shipment {
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
    let intent = Arc::new(Intent::check(&draft, &rules).unwrap().0);
    let since = now().minus(Duration::from_secs(20));
    let mut shipment = Shipment::queued(ShipmentId(1), intent, since, since, since);
    shipment.state = state;
    shipment.attempts = attempts;
    shipment.wait_steps = 3;
    shipment.not_before = now().plus(Duration::from_secs(8));
    shipment
}

fn doubts() -> Vec<Doubt> {
    let failure = |kind, errcode| {
        Doubt::Failure(CallFailure {
            errcode,
            ..CallFailure::of(kind)
        })
    };
    let compare = |errcode| Doubt::Compare {
        errcode,
        rid: Some("r-1".into()),
    };
    vec![
        failure(FailureKind::NoAnswer, None),
        failure(FailureKind::Garbled, None),
        failure(FailureKind::NotWeChat, None),
        failure(FailureKind::Busy, Some(-1)),
        failure(FailureKind::Busy, Some(10_060_012)),
        failure(FailureKind::Refused, Some(987_654)),
        compare(10_060_002),
        compare(10_060_003),
        compare(10_060_023),
        compare(268_440_065),
        compare(268_485_216),
        Doubt::Restart,
    ]
}

fn whys() -> Vec<Why> {
    let all = words_of::<Why>(false);
    assert!(all.len() >= 9);
    let claimant = crate::domain::Claimant {
        pc: "front-desk".into(),
        operator: "Li".into(),
        ..crate::domain::Claimant::default()
    };
    // A reason with something to tell is read by its name and that.
    let read = |name: String| {
        let plain = serde_json::from_value(serde_json::Value::String(name.clone()));
        plain.unwrap_or_else(|_| serde_json::from_value(serde_json::json!({ name: claimant })).unwrap())
    };
    all.into_iter().map(read).collect()
}

fn obstacles() -> Vec<Option<Obstacle>> {
    let until = now().plus(Duration::from_mins(10));
    let paused = [
        Pause::NewFolder,
        Pause::DailyQuota,
        Pause::NoAnswer,
        Pause::TeamFolder,
    ]
    .map(|why| Obstacle::Until(until, why));
    let by_person = [Obstacle::Continue, Obstacle::Account, Obstacle::Journal];
    paused
        .into_iter()
        .chain(by_person)
        .map(Some)
        .chain([None])
        .collect()
}

/// Says it in both languages, checks what holds for all of them, and gives both.
#[track_caller]
fn check(shipment: &Shipment, obstacle: Option<Obstacle>) -> [Told; 2] {
    let ahead = Outlook::of(shipment, &Policy::default(), |_| obstacle, now());
    let both = [Lang::ZhCn, Lang::En].map(|lang| tell(lang, shipment, &ahead, None, now()));
    for told in &both {
        let parts = [
            &told.known.title,
            &told.known.detail,
            &told.since,
            &told.next,
            &told.far,
            &told.then,
            &told.you,
        ];
        for part in parts {
            let raw = part.contains(['{', '$', '}']) || part.starts_with("next-") || part.contains("outbox-");
            assert!(!raw, "{part} of {:?}", shipment.state);
        }
        assert!(
            told.known.title.chars().any(char::is_alphabetic),
            "no raw code alone"
        );
        assert!(
            told.since.contains("14:02:40") && told.since.contains("20"),
            "{}",
            told.since
        );
        let ended = ahead.step == Step::Nothing;
        assert_eq!(told.next.is_empty(), ended, "{told:?}");
        assert_eq!(told.you.is_empty(), ended, "{told:?}");
        if let Some(moment) = ahead.at {
            assert!(told.next.contains(&format::clock(moment, now())), "{}", told.next);
        } else {
            assert!(!told.next.contains(':'), "no moment is promised: {}", told.next);
        }
    }
    let [chinese, english] = &both;
    if !chinese.next.is_empty() {
        assert_ne!((&chinese.next, &chinese.you), (&english.next, &english.you));
    }
    both
}

#[test]
fn every_unclear_shipment_says_since_when_what_next_and_when() {
    for doubt in doubts() {
        for (attempts, pending) in [(1, 0), (2, 1), (3, 1)] {
            for obstacle in obstacles() {
                let mut unclear = shipment(State::Unclear(doubt.clone()), attempts);
                unclear.pending_looks = pending;
                let [chinese, english] = check(&unclear, obstacle);
                assert!(!chinese.far.is_empty() && !english.far.is_empty());
                // What follows names its earliest moment, and a resend its number.
                let time_refused = matches!(
                    doubt,
                    Doubt::Compare {
                        errcode: 268_485_216,
                        ..
                    }
                );
                assert!(english.then.contains("14:"), "{}", english.then);
                let again = format!("try {} of 3", attempts + 1);
                assert_eq!(
                    english.then.contains(&again),
                    attempts < 3 && !time_refused,
                    "{}",
                    english.then
                );
                assert_eq!(english.then.contains("you decide"), attempts == 3 || time_refused);
            }
        }
    }
}

#[test]
fn an_unclear_shipment_counts_its_looks() {
    let mut unclear = shipment(State::Unclear(Doubt::Restart), 1);
    let [chinese, english] = check(&unclear, None);
    assert_eq!(english.next, "In 8 s (14:03:08): looked at again");
    assert_eq!(chinese.next, "8 秒后（14:03:08）再次查询");
    assert!(english.far.starts_with("Until 14:03:40"), "{}", english.far);
    assert!(
        english.then.ends_with("try 2 of 3, not before 14:03:50."),
        "{}",
        english.then
    );
    unclear.since = now().minus(Duration::from_secs(70));
    unclear.pending_looks = 1;
    let ahead = Outlook::of(&unclear, &Policy::default(), |_| None, now());
    let told = tell(Lang::En, &unclear, &ahead, None, now());
    assert_eq!(told.far, "Look 2 of 2 that count.");
    assert!(told.then.ends_with("not before 14:03:08."), "{}", told.then);
}

#[test]
fn a_doubt_that_is_counted_anew_names_the_first_send_too() {
    let mut unclear = shipment(State::Unclear(Doubt::Restart), 1);
    unclear.upload_time = Some(now().minus(Duration::from_hours(30)));
    let [chinese, english] = check(&unclear, None);
    assert!(
        english.since.starts_with("First sent 11-20 08:03; "),
        "{}",
        english.since
    );
    assert!(chinese.since.contains("11-20 08:03"), "{}", chinese.since);
}

#[test]
fn every_reason_for_a_person_says_what_to_do_and_promises_no_moment() {
    for why in whys() {
        let [chinese, english] = check(&shipment(State::NeedsPerson(why), 1), None);
        assert!(!chinese.known.detail.is_empty() && !english.known.detail.is_empty());
    }
    for (errcode, refunded) in [(10_060_004, false), (987_654, false), (0, true)] {
        let refusal = Refusal {
            errcode,
            rid: Some("r-2".into()),
            refunded,
        };
        check(&shipment(State::Rejected(refusal), 1), None);
    }
}

#[test]
fn what_is_queued_waiting_or_being_sent_says_what_next_behind_every_obstacle() {
    for obstacle in obstacles() {
        for attempts in [0, 1, 2] {
            let [_, english] = check(&shipment(State::Queued, attempts), obstacle);
            assert_eq!(english.far.is_empty(), attempts == 0, "{}", english.far);
            let nothing_sent = english.known.detail.contains("Nothing was sent");
            assert_eq!(nothing_sent, attempts == 0, "{}", english.known.detail);
        }
        let [chinese, english] = check(&shipment(State::Waiting, 0), obstacle);
        assert!(english.far.contains("asked for 3 times"), "{}", english.far);
        assert!(english.far.contains("11-22 14:02") && chinese.far.contains("11-22 14:02"));
        check(&shipment(State::Sending, 2), obstacle);
    }
    for ended in [
        State::Shipped { found: true },
        State::Shipped { found: false },
        State::Cancelled,
    ] {
        check(&shipment(ended, 1), None);
    }
}

#[test]
fn a_place_in_the_line_is_said_while_nothing_else_is_waited_for() {
    let place = Place {
        place: 1_240,
        secs: Some(130),
    };
    let mut queued = shipment(State::Queued, 0);
    queued.not_before = now();
    let say = |queued: &Shipment, lang| {
        let ahead = Outlook::of(queued, &Policy::default(), |_| None, now());
        next_words(lang, &ahead, Some(place), now())
    };
    assert_eq!(say(&queued, Lang::En), "In line at place 1,240, about 2 min 10 s");
    assert_eq!(say(&queued, Lang::ZhCn), "排在第 1,240 位，约 2 分 10 秒");
    queued.not_before = now().plus(Duration::from_secs(8));
    assert_eq!(say(&queued, Lang::En), "In 8 s (14:03:08): looked at, then sent");
}
