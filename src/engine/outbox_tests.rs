//! The outbox as stories without a network: what happened goes in, effects come out.

use std::time::Duration;

use super::*;
use crate::domain::{
    Decision, Doubt, Draft, FailureKind, Fen, Intent, OpenId, ParcelDraft, Refusal, Rules, ShippedParcel,
    Shipping,
};

const T0: i64 = 1_000_000;

pub(in crate::engine) fn at(secs: i64) -> Now {
    let now = Timestamp::from_secs(T0 + secs);
    Now {
        local: now,
        server: now,
    }
}

pub(in crate::engine) fn shipment(id: i64, deadline: i64) -> Shipment {
    let parcel = ParcelDraft {
        courier: "YTO".into(),
        tracking_no: format!("YT{id}"),
        item_desc: "茶叶".into(),
        ..ParcelDraft::default()
    };
    let draft = Draft {
        transaction_id: format!("42{id}"),
        parcels: vec![parcel],
        ..Draft::default()
    };
    let intent = Intent::check(
        &draft,
        &Rules {
            max_parcels: 10,
            couriers: None,
        },
    )
    .unwrap()
    .0;
    let now = at(0).local;
    Shipment::queued(
        ShipmentId(id),
        Arc::new(intent),
        Timestamp::from_secs(deadline),
        now,
        now,
    )
}

pub(in crate::engine) fn order(id: i64, shipped: bool) -> Order {
    Order {
        transaction_id: TransactionId::parse(&format!("42{id}")).unwrap(),
        mchid: "1".into(),
        out_trade_no: "S".into(),
        sub_mchid: String::new(),
        description: String::new(),
        paid_amount: Fen(1),
        openid: OpenId("o-payer".into()),
        pay_time: Timestamp::from_secs(T0),
        state: if shipped { 2 } else { 1 }.into(),
        in_complaint: false,
        shipping: Shipping {
            logistics_type: i64::from(shipped),
            finish_shipping: shipped,
            finish_shipping_count: i64::from(shipped),
            parcels: shipped
                .then(|| ShippedParcel {
                    tracking_no: format!("YT{id}"),
                    express_company: "YTO".into(),
                    ..ShippedParcel::default()
                })
                .into_iter()
                .collect(),
            ..Shipping::default()
        },
    }
}

pub(in crate::engine) fn upload(answer: Answer) -> Upload {
    Upload {
        answer,
        errcode: None,
        rid: None,
        http_status: Some(200),
        millis: 5,
        raw: None,
    }
}

/// Effects by their first letters, in order: r record, l look, u upload, p pause, s seen, c claim, x release.
pub(in crate::engine) fn letters(effects: &[Effect]) -> String {
    effects
        .iter()
        .map(|effect| match effect {
            Effect::Record(..) => 'r',
            Effect::Look(..) => 'l',
            Effect::Upload(..) => 'u',
            Effect::Pause(..) => 'p',
            Effect::Seen(_) => 's',
            Effect::Claim(..) => 'c',
            Effect::Release(_) => 'x',
        })
        .collect()
}

pub(in crate::engine) fn outbox(shipments: impl IntoIterator<Item = Shipment>) -> Outbox {
    let mut outbox = Outbox::new(Policy::default(), Limits::WECHAT, at(0).local);
    outbox.add(shipments);
    outbox
}

#[test]
fn sending_is_on_disk_before_bytes_leave() {
    let mut outbox = outbox([shipment(1, 0)]);
    assert_eq!(letters(&outbox.pump(at(0)).0), "l");
    let effects = outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    assert_eq!(letters(&effects), "sru");
    assert!(
        matches!(&effects[1], Effect::Record(s, JournalEntry::Sending { .. }) if s.state == State::Sending)
    );
    let effects = outbox.answered(ShipmentId(1), upload(Answer::Accepted), at(2));
    assert_eq!(letters(&effects), "r");
    assert!(outbox.is_idle());
}

#[test]
fn what_is_shipped_already_is_not_sent() {
    let mut outbox = outbox([shipment(1, 0)]);
    outbox.pump(at(0));
    let effects = outbox.looked(ShipmentId(1), Ok(order(1, true)), at(1));
    assert_eq!(letters(&effects), "sr");
    assert_eq!(
        outbox.get(ShipmentId(1)).unwrap().state,
        State::Shipped { found: true }
    );
}

#[test]
fn a_pause_that_comes_while_a_look_is_on_its_way_sends_nothing() {
    let mut outbox = outbox([shipment(1, 0)]);
    outbox.pump(at(0));
    outbox.gates.paused = true;
    let effects = outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    assert_eq!(letters(&effects), "s");
    assert_eq!(letters(&outbox.pump(at(100)).0), "");
    outbox.resume(at(100).local);
    assert_eq!(
        letters(&outbox.pump(at(100)).0),
        "l",
        "looked at again, because the first look is old"
    );
}

#[test]
fn unclear_shipments_are_looked_at_even_while_sending_is_paused() {
    let mut outbox = outbox([]);
    let mut sending = shipment(1, 0);
    sending.state = State::Sending;
    assert_eq!(
        letters(&outbox.restart(vec![sending, shipment(2, 0)], at(0))),
        "r"
    );
    outbox.gates.interrupted = true;
    let (effects, again) = outbox.pump(at(0));
    assert_eq!((letters(&effects).as_str(), again), ("", Some(at(2).local)));
    let (effects, _) = outbox.pump(at(3));
    assert!(
        matches!(effects.as_slice(), [Effect::Look(ShipmentId(1), _)]),
        "only the unclear one: {effects:?}"
    );
    outbox.looked(ShipmentId(1), Ok(order(1, true)), at(4));
    assert_eq!(
        outbox.get(ShipmentId(1)).unwrap().state,
        State::Shipped { found: true }
    );
}

#[test]
fn the_oldest_deadline_goes_first_and_the_hold_window_holds() {
    let mut held = shipment(3, -10);
    held.not_before = at(10).local;
    let mut outbox = outbox([shipment(1, 50), shipment(2, 20), held]);
    let (effects, again) = outbox.pump(at(1));
    assert!(matches!(
        effects.as_slice(),
        [Effect::Look(ShipmentId(2), _), Effect::Look(ShipmentId(1), _)]
    ));
    assert!(again.is_some_and(|again| again <= at(10).local));
    assert_eq!(letters(&outbox.cancel_all(None, at(2))), "rrr");
    assert_eq!(
        letters(&outbox.looked(ShipmentId(2), Ok(order(2, false)), at(3))),
        "s",
        "taken back in time"
    );
}

#[test]
fn an_account_failure_stops_after_one_row_and_a_person_goes_on() {
    let mut outbox = outbox((1..=500).map(|id| shipment(id, id)));
    let mut looks = 0;
    for secs in 0..100 {
        for effect in outbox.pump(at(secs)).0 {
            let Effect::Look(id, _) = effect else {
                panic!("only looks are expected")
            };
            looks += 1;
            outbox.looked(id, Err(CallFailure::of(FailureKind::ServiceNotOpened)), at(secs));
        }
    }
    assert!(looks <= 2, "{looks}");
    assert_eq!(outbox.count("queued"), 500);
    outbox.resume(at(200).local);
    assert!(!outbox.pump(at(200)).0.is_empty());
}

#[test]
fn the_daily_quota_pauses_until_midnight_in_china_and_is_kept() {
    let mut outbox = outbox([shipment(1, 0), shipment(2, 1)]);
    outbox.pump(at(0));
    outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    let effects = outbox.answered(ShipmentId(1), upload(Answer::NotProcessed(Hold::Day)), at(2));
    assert_eq!(letters(&effects), "pr");
    let Effect::Pause(Api::Upload, until) = effects[0] else {
        panic!("a pause is expected")
    };
    assert!(until > at(2).server.next_china_midnight());
    assert!(until.since(at(2).server.next_china_midnight()) <= Duration::from_mins(6));
    outbox.looked(ShipmentId(2), Ok(order(2, false)), at(3));
    let (effects, again) = outbox.pump(at(1000));
    assert_eq!((letters(&effects).as_str(), again), ("", Some(until)));
    let ended = Now {
        local: until,
        server: until,
    };
    assert!(!outbox.pump(ended).0.is_empty());
}

#[test]
fn a_body_that_differs_from_the_one_sent_before_never_leaves() {
    let mut changed = shipment(1, 0);
    changed.attempts = 1;
    changed.upload_time = Some(at(0).local);
    changed.body_sha256 = Some("0".repeat(64));
    let mut outbox = outbox([changed]);
    outbox.pump(at(0));
    let effects = outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    assert_eq!(letters(&effects), "sr");
    assert_eq!(
        outbox.get(ShipmentId(1)).unwrap().state,
        State::NeedsPerson(Why::RecordDamaged)
    );
}

#[test]
fn a_resend_has_the_same_bytes() {
    let mut outbox = outbox([shipment(1, 0)]);
    let send = |outbox: &mut Outbox, secs: i64| {
        outbox.pump(at(secs));
        match outbox.looked(ShipmentId(1), Ok(order(1, false)), at(secs)).pop() {
            Some(Effect::Upload(_, body)) => body,
            other => panic!("an upload is expected, not {other:?}"),
        }
    };
    let first = send(&mut outbox, 1);
    let doubt = Answer::Unclear(Doubt::Failure(CallFailure::of(FailureKind::NoAnswer)));
    outbox.answered(ShipmentId(1), upload(doubt), at(2));
    for secs in [70, 90] {
        outbox.pump(at(secs));
        assert_eq!(
            letters(&outbox.looked(ShipmentId(1), Ok(order(1, false)), at(secs))),
            "sr"
        );
    }
    assert_eq!(send(&mut outbox, 200), first);
}

#[test]
fn a_second_click_changes_nothing_and_says_so() {
    let mut outbox = outbox([shipment(1, 0)]);
    assert!(outbox.decide(ShipmentId(1), Decision::TryAgain, at(0)).is_err());
    outbox.pump(at(0));
    outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    assert!(outbox.cancel(ShipmentId(1), at(2)).is_err(), "it is being sent");
    let refusal = Refusal {
        errcode: 10_060_031,
        rid: None,
        refunded: false,
    };
    outbox.answered(ShipmentId(1), upload(Answer::Refused(refusal)), at(3));
    assert!(outbox.decide(ShipmentId(1), Decision::TryAgain, at(4)).is_ok());
    assert!(outbox.decide(ShipmentId(1), Decision::TryAgain, at(4)).is_err());
}

/// Another shipment of the same order, queued at a moment.
fn again(shipment: &Shipment, id: i64, secs: i64) -> Shipment {
    let now = at(secs).local;
    Shipment::queued(
        ShipmentId(id),
        Arc::clone(&shipment.intent),
        shipment.deadline,
        now,
        now,
    )
}

#[test]
fn an_order_is_left_alone_until_a_look_shows_what_was_just_sent() {
    let first = shipment(1, 0);
    let mut outbox = outbox([first.clone()]);
    outbox.pump(at(0));
    outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    outbox.answered(ShipmentId(1), upload(Answer::Accepted), at(2));
    outbox.add([again(&first, 2, 3)]);
    let (effects, next) = outbox.pump(at(4));
    assert_eq!((letters(&effects).as_str(), next), ("", Some(at(12).local)));
    assert_eq!(letters(&outbox.pump(at(12)).0), "l");
}

#[test]
fn a_second_try_waits_for_a_first_one_that_may_still_land() {
    let first = shipment(1, 0);
    let mut outbox = outbox([first.clone()]);
    outbox.pump(at(0));
    outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    let doubt = Answer::Unclear(Doubt::Failure(CallFailure::of(FailureKind::NoAnswer)));
    outbox.answered(ShipmentId(1), upload(doubt), at(2));
    outbox.pump(at(4));
    let mut odd = order(1, false);
    odd.state = 7.into();
    outbox.looked(ShipmentId(1), Ok(odd), at(5));
    let stopped = Shipment::clone(outbox.get(ShipmentId(1)).unwrap());
    assert_eq!(stopped.state, State::NeedsPerson(Why::StateUnknown));

    outbox.decide(ShipmentId(1), Decision::TryAgain, at(6)).unwrap();
    let (effects, next) = outbox.pump(at(7));
    assert_eq!(
        (letters(&effects).as_str(), next),
        ("", Some(at(65).local)),
        "the same shipment"
    );
    let mut restarted = Outbox::new(Policy::default(), Limits::WECHAT, at(0).local);
    restarted.add([stopped]);
    restarted.restart(vec![again(&first, 2, 6)], at(7));
    let (effects, next) = restarted.pump(at(8));
    assert_eq!(
        (letters(&effects).as_str(), next),
        ("", Some(at(65).local)),
        "another one, after a restart"
    );
}

#[test]
fn a_correction_that_nobody_gave_away_is_told_by_any_reading() {
    let mut outbox = outbox([shipment(1, 0)]);
    outbox.pump(at(0));
    outbox.looked(ShipmentId(1), Ok(order(1, false)), at(1));
    outbox.answered(ShipmentId(1), upload(Answer::Accepted), at(2));
    assert_eq!(letters(&outbox.seen(&order(1, true), at(3))), "");
    let mut corrected = order(1, true);
    corrected.shipping.finish_shipping_count = 2;
    assert_eq!(letters(&outbox.seen(&corrected, at(4))), "r");
    let told = outbox.get(ShipmentId(1)).unwrap().state.clone();
    assert_eq!(told, State::NeedsPerson(Why::Race));
    outbox
        .decide(ShipmentId(1), Decision::AcceptAsItIs, at(5))
        .unwrap();
    assert_eq!(letters(&outbox.seen(&corrected, at(6))), "", "told once");
}

#[test]
fn a_call_that_was_not_started_is_not_in_flight() {
    let mut outbox = outbox([shipment(1, 0)]);
    outbox.pump(at(0));
    outbox.not_started(ShipmentId(1));
    assert_eq!(outbox.in_flight(), 0);
    assert_eq!(letters(&outbox.pump(at(10)).0), "l");
    assert_eq!(
        letters(&outbox.looked(ShipmentId(1), Ok(order(1, false)), at(11))),
        "sru"
    );
    assert_eq!(outbox.uploads_in_flight(), 1);
    assert_eq!(
        letters(&outbox.looked(ShipmentId(1), Ok(order(1, false)), at(12))),
        "",
        "nobody waits for it"
    );
}
