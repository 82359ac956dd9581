//! Doubts, restarts, second clicks, and an order that somebody else works on.

use fahuo::domain::{Finding, Outcome, ProbeState, ProbeStep, ProbeStop, Question};
use fahuo::engine::{self, ProbeAsk};
use fahuo::sim::{Answer, Fault, Happening, What, endpoint};

use super::common::{Shop, config};
use super::{UPLOAD, ask, begun, finding, go, own_order, resting};

#[test]
fn an_upload_without_an_answer_is_looked_at_and_never_sent_again_by_itself() {
    for (what, landed) in [(What::DropReplyAfterApply, true), (What::DropBeforeApply, false)] {
        let mut shop = Shop::open();
        let order = own_order(&shop);
        begun(&mut shop, &order);
        shop.wechat.push_fault(Fault::next(UPLOAD, what));
        let probe = go(&mut shop, ProbeStep::First);
        assert_eq!(probe.sent[0].outcome, Some(Outcome::Doubtful));
        assert_eq!(shop.wechat.ledger().requests(UPLOAD), 1);
        if landed {
            assert_eq!(probe.step, ProbeStep::SameTime);
            continue;
        }
        assert_eq!((probe.step, probe.state), (ProbeStep::First, ProbeState::Ready));
        let probe = go(&mut shop, ProbeStep::First);
        assert_eq!(probe.step, ProbeStep::SameTime);
        let entries = shop.wechat.ledger().entries();
        let bodies: Vec<_> = entries
            .iter()
            .filter(|e| e.path == endpoint::UPLOAD)
            .map(|e| &e.body)
            .collect();
        assert_eq!(
            (bodies.len(), bodies[0]),
            (2, bodies[1]),
            "the same time, the same bytes"
        );
    }
}

#[test]
fn a_run_that_ends_in_the_middle_of_a_step_leaves_a_doubt_and_goes_on() {
    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    go(&mut shop, ProbeStep::First);
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    // As a process that was killed with bytes on the wire leaves it.
    let now = fahuo::domain::Timestamp::from_millis(jiff::Timestamp::now().as_millisecond());
    let appid = fahuo::sim::SANDBOX_APPID;
    {
        let (mut store, _) = fahuo::store::Store::open(dir.path(), now).unwrap();
        let (probe, _) = store.probe(appid).unwrap();
        let mut probe = probe.unwrap();
        let mut sent = probe.sent[0].clone();
        sent.step = ProbeStep::SameTime;
        sent.outcome = None;
        probe.sent.push(sent);
        probe.state = ProbeState::Sending;
        store.record_probe(appid, &probe).unwrap();
        store.close(now).unwrap();
    }
    let before = wechat.ledger().requests(UPLOAD);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let probe = resting(&mut shop);
    assert_eq!(
        (probe.step, probe.state),
        (ProbeStep::SameTime, ProbeState::Ready)
    );
    assert_eq!(probe.sent[1].outcome, Some(Outcome::Doubtful));
    assert_eq!(
        shop.wechat.ledger().requests(UPLOAD),
        before,
        "nothing is sent by itself"
    );
    assert_eq!(finding(&mut shop, Question::SameTime), None);
    assert_eq!(
        finding(&mut shop, Question::UnfinishedState),
        Some(Finding::Number(1)),
        "what was found stays"
    );
    go(&mut shop, ProbeStep::SameTime);
    assert_eq!(
        finding(&mut shop, Question::SameTime),
        Some(Finding::Refused(268_485_216))
    );
}

#[test]
fn an_order_that_somebody_else_ships_gets_nothing_more() {
    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    go(&mut shop, ProbeStep::First);
    let ships = Happening::SomeoneElseShips {
        express_company: "YTO".into(),
        tracking_no: "YT1".into(),
    };
    shop.wechat
        .push_fault(Fault::next("get_order", What::Happen(ships)));
    let probe = go(&mut shop, ProbeStep::SameTime);
    assert!(probe.differs);
    assert_eq!((probe.state, probe.sent.len()), (ProbeState::Ready, 1));
    assert_eq!(shop.wechat.ledger().requests(UPLOAD), 1);
    let refund = What::Happen(Happening::Refund);
    shop.wechat.push_fault(Fault::next("get_order", refund));
    let probe = go(&mut shop, ProbeStep::SameTime);
    assert_eq!(probe.state, ProbeState::Stopped(ProbeStop::Closed));
    assert_eq!(shop.wechat.ledger().requests(UPLOAD), 1);
}

#[test]
fn a_second_click_sends_nothing_and_a_step_left_out_is_not_sent() {
    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    for _ in 0..5 {
        ask(&shop, ProbeAsk::Go(ProbeStep::First));
    }
    ask(&shop, ProbeAsk::Skip(ProbeStep::First));
    shop.until("the first step", |s| {
        let probe = s.diagnostics.probe.probe.clone()?;
        (probe.step == ProbeStep::SameTime && !s.diagnostics.probe.busy).then_some(())
    });
    assert_eq!(shop.wechat.ledger().requests(UPLOAD), 1);
    for step in ProbeStep::ALL.into_iter().filter(|step| step.may_be_skipped()) {
        let now = resting(&mut shop).step;
        if now == ProbeStep::Finish {
            go(&mut shop, ProbeStep::Finish);
        }
        ask(&shop, ProbeAsk::Skip(step));
        shop.until("the next", |s| {
            let probe = s.diagnostics.probe.probe.clone()?;
            (probe.step != step || !probe.is_open()).then_some(())
        });
    }
    assert_eq!(resting(&mut shop).state, ProbeState::Done);
    assert_eq!(shop.wechat.ledger().requests(UPLOAD), 2, "the first and the end");
    assert_eq!(finding(&mut shop, Question::Correction), None);
}

#[test]
fn a_refused_first_step_ends_the_probe_and_an_odd_answer_is_a_doubt() {
    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    let odd = What::Answer {
        applied: true,
        answer: Answer::Html(200),
    };
    shop.wechat.push_fault(Fault::next(UPLOAD, odd));
    let probe = go(&mut shop, ProbeStep::First);
    assert_eq!(probe.step, ProbeStep::SameTime, "the look found it");
    ask(&shop, ProbeAsk::Stop);
    resting(&mut shop);

    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    shop.wechat
        .push_fault(Fault::next(UPLOAD, What::errcode(10_060_004)));
    let probe = go(&mut shop, ProbeStep::First);
    assert_eq!(probe.state, ProbeState::Stopped(ProbeStop::Refused(10_060_004)));
}
