//! The probe against a small pretend server: every answer to every question, doubts, restarts and refusals.

use std::time::Duration;

use super::super::probe::MANY_PARCELS;
use super::super::probe_answer::{ProbeAnswers, Question};
use super::*;
use crate::domain::{
    CallFailure, FailureKind, Fen, Hold, OpenId, ProbeRefusal, Refusal, ShippedParcel, Shipping,
    TransactionId,
};

const PAID: i64 = 1_700_000_000;

fn now(after_secs: i64) -> Now {
    let at = Timestamp::from_millis((PAID + after_secs) * 1000 + 7);
    Now {
        local: at,
        server: at,
    }
}

fn fresh() -> Order {
    Order {
        transaction_id: TransactionId::parse("4200000925202101284997714292").unwrap(),
        mchid: "1900000109".into(),
        out_trade_no: "A1".into(),
        sub_mchid: String::new(),
        description: "茶".into(),
        paid_amount: Fen(1),
        openid: OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()),
        pay_time: Timestamp::from_secs(PAID),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

fn begin() -> Probe {
    Probe::begin(&fresh(), "ZTO", now(600)).unwrap()
}

fn policy() -> Policy {
    Policy::default()
}

fn next(probe: &Probe, event: ProbeEvent, at: i64) -> Probe {
    next_probe(probe, event, now(at), &policy()).unwrap()
}

fn go(probe: &Probe, order: &Order, at: i64) -> Probe {
    let event = ProbeEvent::Go {
        order: Box::new(order.clone()),
        step: probe.step,
        body_sha256: "00".into(),
    };
    next(probe, event, at)
}

/// What a server holds after the step was carried out.
fn carried_out(probe: &Probe, order: &Order, extends: bool, at: i64) -> Order {
    let mut order = order.clone();
    let intent = probe.intent().unwrap();
    let mut parcels = if extends {
        order.shipping.parcels.clone()
    } else {
        Vec::new()
    };
    for parcel in intent.parcels() {
        parcels.retain(|old| old.tracking_no != parcel.tracking_no.as_str());
        parcels.push(ShippedParcel {
            tracking_no: parcel.tracking_no.as_str().into(),
            express_company: parcel.courier.as_str().into(),
            goods_desc: parcel.item_desc.as_str().into(),
            upload_time: Some(Timestamp::from_secs(now(at).server.secs())),
            ..ShippedParcel::default()
        });
    }
    order.shipping.parcels = parcels;
    order.shipping.delivery_mode = 2;
    order.shipping.logistics_type = 1;
    if intent.completes() {
        order.shipping.finish_shipping = true;
        order.shipping.finish_shipping_count += 1;
        order.state = OrderState::Shipped;
    }
    order
}

fn refusal(errcode: i64) -> Answer {
    Answer::Refused(Refusal {
        errcode,
        rid: None,
        refunded: false,
    })
}

fn compare(errcode: i64) -> Answer {
    Answer::Unclear(Doubt::Compare { errcode, rid: None })
}

fn found(probe: &Probe, question: Question) -> Option<Finding> {
    let answer = probe.answers.iter().find(|answer| answer.question == question);
    answer.map(|answer| answer.finding)
}

/// Goes through all steps; `says` is WeChat's answer to each.
fn through(extends: bool, says: impl Fn(ProbeStep) -> Answer) -> (Probe, Order) {
    let (mut probe, mut order, mut at) = (begin(), fresh(), 600);
    while probe.is_open() {
        at += 100;
        let step = probe.step;
        let before = probe.intent();
        let sending = go(&probe, &order, at);
        assert_eq!(sending.state, ProbeState::Sending, "{step:?}");
        assert_eq!(before, sending.intent(), "what was shown is what is sent");
        let answer = says(step);
        if answer == Answer::Accepted {
            order = carried_out(&sending, &order, extends, at);
        }
        let looking = next(&sending, ProbeEvent::Answered(answer, Some("65f1".into())), at);
        assert!(looking.locked.is_some());
        probe = next(&looking, ProbeEvent::Looked(Box::new(order.clone())), at + 70);
    }
    (probe, order)
}

#[test]
fn every_question_gets_the_answer_that_wechat_gives() {
    let usual = |step| {
        if matches!(step, ProbeStep::SameTime | ProbeStep::OlderTime) {
            compare(268_485_216)
        } else if matches!(step, ProbeStep::NewerTime | ProbeStep::Identical) {
            compare(10_060_023)
        } else {
            Answer::Accepted
        }
    };
    let (probe, _) = through(false, usual);
    assert_eq!(probe.state, ProbeState::Done);
    assert_eq!((probe.locked.clone(), probe.sent.len()), (None, 9));
    for (question, finding) in [
        (Question::UnfinishedState, Finding::Number(1)),
        (Question::ShownTime, Finding::ServerTime),
        (Question::SameTime, Finding::Refused(268_485_216)),
        (Question::OlderTime, Finding::Refused(268_485_216)),
        (Question::NewerTime, Finding::Refused(10_060_023)),
        (Question::SecondList, Finding::Replaces),
        (Question::ParcelLimit, Finding::Number(15)),
        (Question::TextLength, Finding::Characters),
        (Question::Correction, Finding::Free),
    ] {
        assert_eq!(found(&probe, question), Some(finding), "{question:?}");
    }
    let (probe, order) = through(true, |step| {
        if step == ProbeStep::ManyParcels {
            refusal(10_060_024)
        } else if step == ProbeStep::LongText {
            refusal(10_060_009)
        } else {
            Answer::Accepted
        }
    });
    for (question, finding) in [
        (Question::SameTime, Finding::Accepted),
        (Question::OlderTime, Finding::Accepted),
        (Question::NewerTime, Finding::Accepted),
        (Question::SecondList, Finding::Extends),
        (Question::ParcelLimit, Finding::Number(10)),
        (Question::TextLength, Finding::Utf16),
        (Question::Correction, Finding::Spends),
    ] {
        assert_eq!(found(&probe, question), Some(finding), "{question:?}");
    }
    assert_eq!(order.shipping.finish_shipping_count, 2);
    assert!(
        probe
            .answers
            .iter()
            .all(|answer| answer.rid.as_deref() == Some("65f1"))
    );
}

#[test]
fn the_times_are_those_that_the_questions_need() {
    let (probe, _) = through(false, |_| Answer::Accepted);
    let time = |step| probe.last(step).unwrap().upload_time;
    assert_eq!(time(ProbeStep::SameTime), time(ProbeStep::First));
    assert!(time(ProbeStep::OlderTime) < time(ProbeStep::First));
    assert!(time(ProbeStep::OlderTime) > Timestamp::from_secs(PAID));
    let mut last = time(ProbeStep::First);
    for step in ProbeStep::ALL.into_iter().skip(3) {
        assert!(time(step) > last, "{step:?}");
        last = time(step);
    }
    assert!(ProbeStep::ALL.iter().all(|step| time(*step).millis() % 1000 != 0));
}

#[test]
fn only_a_fresh_and_small_order_is_used() {
    type Change = fn(&mut Order);
    let cases: [(Change, &str, i64, ProbeRefusal); 7] = [
        (
            |o| o.state = OrderState::Shipped,
            "ZTO",
            600,
            ProbeRefusal::NotFresh,
        ),
        (
            |o| o.shipping.parcels.push(ShippedParcel::default()),
            "ZTO",
            600,
            ProbeRefusal::NotFresh,
        ),
        (|o| o.in_complaint = true, "ZTO", 600, ProbeRefusal::InComplaint),
        (|o| o.paid_amount = Fen(101), "ZTO", 600, ProbeRefusal::TooDear),
        (|_| (), "ZTO", 109, ProbeRefusal::TooYoung),
        (|_| (), "", 600, ProbeRefusal::NoCourier),
        (|_| (), "SF", 600, ProbeRefusal::NoCourier),
    ];
    for (change, courier, at, why) in cases {
        let mut order = fresh();
        change(&mut order);
        assert_eq!(Probe::begin(&order, courier, now(at)), Err(why));
    }
    assert!(Probe::begin(&fresh(), "ZTO", now(111)).is_ok());
}

#[test]
fn nothing_is_sent_when_the_order_is_not_as_it_was_left() {
    let probe = begin();
    let mut other = fresh();
    other.shipping.parcels.push(ShippedParcel {
        tracking_no: "X1".into(),
        ..ShippedParcel::default()
    });
    let after = go(&probe, &other, 700);
    assert_eq!((after.state, after.differs), (ProbeState::Ready, true));
    assert!(after.sent.is_empty() && after.locked.is_some());
    assert_eq!(go(&after, &fresh(), 800).state, ProbeState::Sending);
    for change in [
        |o: &mut Order| o.in_complaint = true,
        |o: &mut Order| o.state = OrderState::Refunded,
    ] {
        let mut order = fresh();
        change(&mut order);
        let after = go(&probe, &order, 700);
        assert_eq!(after.state, ProbeState::Stopped(ProbeStop::Closed));
        assert_eq!((after.locked, after.sent.len()), (None, 0));
    }
}

#[test]
fn a_doubt_waits_for_the_quiet_time_and_is_never_sent_again_by_itself() {
    let lost = Answer::Unclear(Doubt::Failure(CallFailure::of(FailureKind::NoAnswer)));
    let sending = go(&begin(), &fresh(), 700);
    for (event, at) in [
        (ProbeEvent::Answered(lost, None), 701),
        (ProbeEvent::Restarted, 900),
    ] {
        let doubt = next(&sending, event, at);
        let quiet = now(at).local.plus(Duration::from_mins(1));
        assert_eq!(
            doubt.state,
            ProbeState::Looking {
                not_before: quiet,
                looks: 0
            }
        );
        // It landed: the look says so.
        let order = carried_out(&doubt, &fresh(), false, 700);
        let after = next(&doubt, ProbeEvent::Looked(Box::new(order)), at + 61);
        assert_eq!(
            (after.step, after.state),
            (ProbeStep::SameTime, ProbeState::Ready)
        );
        // It did not: two looks, and then a person.
        let once = next(&doubt, ProbeEvent::Looked(Box::new(fresh())), at + 61);
        assert!(matches!(once.state, ProbeState::Looking { looks: 1, .. }));
        let twice = next(&once, ProbeEvent::Looked(Box::new(fresh())), at + 72);
        assert_eq!((twice.step, twice.state), (ProbeStep::First, ProbeState::Ready));
        let again = go(&twice, &fresh(), at + 100);
        assert_eq!(again.sent.len(), 2);
        assert_eq!(again.sent[0].upload_time, again.sent[1].upload_time);
    }
}

#[test]
fn a_doubt_about_a_step_that_no_look_shows_is_a_persons() {
    let first = go(&begin(), &fresh(), 700);
    let order = carried_out(&first, &fresh(), false, 700);
    let looking = next(&first, ProbeEvent::Answered(Answer::Accepted, None), 701);
    let same = next(&looking, ProbeEvent::Looked(Box::new(order.clone())), 704);
    let sending = go(&same, &order, 710);
    let doubt = next(&sending, ProbeEvent::Restarted, 800);
    let ready = next(&doubt, ProbeEvent::Looked(Box::new(order)), 870);
    assert_eq!(
        (ready.step, ready.state),
        (ProbeStep::SameTime, ProbeState::Ready)
    );
    assert_eq!(found(&ready, Question::SameTime), None);
    let skipped = next(&ready, ProbeEvent::Skipped(ProbeStep::SameTime), 880);
    assert_eq!(skipped.step, ProbeStep::OlderTime);
}

#[test]
fn what_was_accepted_is_waited_for_and_an_end_that_never_shows_stops() {
    let sending = go(&begin(), &fresh(), 700);
    let mut probe = next(&sending, ProbeEvent::Answered(Answer::Accepted, None), 701);
    for look in 1..MOST_LOOKS {
        probe = next(
            &probe,
            ProbeEvent::Looked(Box::new(fresh())),
            710 + i64::from(look),
        );
        assert!(matches!(probe.state, ProbeState::Looking { looks, .. } if looks == look));
    }
    probe = next(&probe, ProbeEvent::LookFailed, 750);
    probe = next(&probe, ProbeEvent::Looked(Box::new(fresh())), 800);
    assert_eq!(probe.state, ProbeState::Stopped(ProbeStop::NeverShown));
    assert_eq!(probe.locked, None);
}

#[test]
fn a_refusal_of_the_first_step_stops_and_a_hold_sends_nothing() {
    let sending = go(&begin(), &fresh(), 700);
    let refused = next(&sending, ProbeEvent::Answered(refusal(10_060_004), None), 701);
    let stopped = next(&refused, ProbeEvent::Looked(Box::new(fresh())), 704);
    assert_eq!(stopped.state, ProbeState::Stopped(ProbeStop::Refused(10_060_004)));
    let held = Answer::NotProcessed(Hold::Minute);
    let ready = next(&sending, ProbeEvent::Answered(held, None), 701);
    assert_eq!(ready.state, ProbeState::Ready);
    assert_eq!(ready.sent[0].outcome, Some(Outcome::NotSent));
}

#[test]
fn an_event_that_does_not_fit_changes_nothing() {
    let ready = begin();
    let sending = go(&ready, &fresh(), 700);
    let looking = next(&sending, ProbeEvent::Answered(Answer::Accepted, None), 701);
    let stopped = next(&ready, ProbeEvent::Stopped, 700);
    let late = ProbeEvent::Go {
        order: Box::new(fresh()),
        step: ProbeStep::NewerTime,
        body_sha256: String::new(),
    };
    for (probe, event) in [
        (&ready, late.clone()),
        (&ready, ProbeEvent::Skipped(ProbeStep::First)),
        (&ready, ProbeEvent::Answered(Answer::Accepted, None)),
        (&ready, ProbeEvent::Restarted),
        (&sending, ProbeEvent::Stopped),
        (&sending, ProbeEvent::Skipped(ProbeStep::First)),
        (&sending, ProbeEvent::Looked(Box::new(fresh()))),
        (&looking, ProbeEvent::Stopped),
        (&looking, ProbeEvent::Answered(Answer::Accepted, None)),
        (&stopped, late),
        (&stopped, ProbeEvent::Restarted),
    ] {
        assert_eq!(next_probe(probe, event, now(900), &policy()), None);
    }
}

#[test]
fn answers_are_kept_by_question_and_not_forgotten_for_nothing() {
    let answer = |question, finding| ProbeAnswer {
        question,
        finding,
        rid: None,
        at: Timestamp::from_secs(1),
    };
    let mut answers = ProbeAnswers::default();
    answers.learn(answer(Question::SecondList, Finding::Replaces));
    answers.learn(answer(Question::PageSize, Finding::Number(50)));
    answers.learn(answer(Question::SecondList, Finding::Unknown));
    assert_eq!(answers.finding(Question::SecondList), Some(Finding::Replaces));
    answers.learn(answer(Question::SecondList, Finding::Extends));
    assert_eq!(answers.finding(Question::SecondList), Some(Finding::Extends));
    assert_eq!(answers.known[0].question, Question::PageSize);
    let text = serde_json::to_string(&through(true, |_| Answer::Accepted).0).unwrap();
    let read: Probe = serde_json::from_str(&text).unwrap();
    assert_eq!(read.shown.parcels.len(), MANY_PARCELS);
    assert!(!text.contains("oUpF"), "no payer is kept");
}
