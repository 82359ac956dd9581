//! Reminders, reports of special orders and the jump path, from the command to the simulator's ledger.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Shop, config};
use fahuo::domain::{
    Decision, Errand, ErrandEnd, ErrandKind, ErrandState, ErrandWhy, JumpState, Timestamp, TransactionId,
};
use fahuo::engine::{self, Command, ErrandCommand, Notice, Snapshot};
use fahuo::sim::{Answer, Fault, Happening, Order, What, endpoint};

const REMIND: &str = "notify_confirm_receive";
const REPORT: &str = "opspecialorder";
const JUMP: &str = "set_msg_jump_path";

fn id(order: &Order) -> TransactionId {
    TransactionId::parse(&order.transaction_id).unwrap()
}

fn now(shop: &Shop) -> Timestamp {
    Timestamp::from_secs(shop.wechat.clock().now().as_second())
}

/// Orders that a buyer can be reminded of.
fn shipped(shop: &Shop) -> Vec<Order> {
    let mut orders = shop.wechat.orders();
    let express = |o: &Order| {
        o.shipping
            .as_ref()
            .is_some_and(|s| s.logistics_type == 1 && s.finish)
    };
    let now = shop.wechat.clock().now().as_second();
    orders.retain(|o| o.order_state == 2 && o.reported_state.is_none() && !o.reminder_used && express(o));
    orders.retain(|o| o.shipped_at.is_some_and(|at| at < now - 60));
    orders
}

/// Orders that wait for shipment.
fn waiting(shop: &Shop) -> Vec<Order> {
    let mut orders = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    orders.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.visible_at <= now);
    orders
}

fn newest<'a>(snapshot: &'a Snapshot, order: &Order) -> Option<&'a Arc<Errand>> {
    let of = |errand: &&Arc<Errand>| errand.transaction_id.as_str() == order.transaction_id;
    snapshot
        .errands
        .rows
        .iter()
        .filter(of)
        .max_by_key(|errand| errand.id)
}

#[track_caller]
fn ended(shop: &mut Shop, order: &Order) -> Errand {
    shop.until("the errand", |s| {
        newest(s, order)
            .filter(|errand| !errand.state.is_open())
            .map(|errand| Errand::clone(errand))
    })
}

fn run(shop: &Shop, orders: &[&Order], kind: ErrandKind) {
    let orders = orders.iter().map(|order| id(order)).collect();
    shop.engine
        .send(Command::Errands(ErrandCommand::Run { orders, kind }));
}

#[track_caller]
fn said(shop: &mut Shop) -> (usize, Vec<ErrandWhy>) {
    loop {
        for notice in shop.engine.notices() {
            if let Notice::ErrandsQueued { queued, refused, .. } = notice {
                return (queued, refused.into_iter().map(|(_, why)| why).collect());
            }
        }
        shop.engine.wait(Duration::from_secs(1));
    }
}

#[track_caller]
fn done(shop: &mut Shop, order: &Order, times: usize) -> Errand {
    let errand = ended(shop, order);
    let fate = shop.wechat.ledger().order(&order.transaction_id).unwrap();
    let changes = fate
        .history
        .iter()
        .filter(|c| c.what == "remind" || c.what == "special");
    assert_eq!(changes.count(), times, "{errand:?}");
    errand
}

#[test]
fn a_buyer_is_reminded_once_and_the_second_reminder_never_leaves() {
    let mut shop = Shop::open();
    shop.fetched();
    let orders = shipped(&shop);
    let kind = ErrandKind::Remind {
        received_at: now(&shop),
    };
    run(&shop, &[&orders[0], &orders[1]], kind);
    assert_eq!(said(&mut shop), (2, vec![]));
    for order in &orders[..2] {
        let errand = done(&mut shop, order, 1);
        assert_eq!(errand.state, ErrandState::Done(ErrandEnd::Accepted));
        let looks = shop.wechat.ledger().entries();
        let looks = looks.iter().filter(|e| e.path == endpoint::GET_ORDER);
        assert!(
            looks
                .clone()
                .any(|e| e.transaction_ids.contains(&order.transaction_id))
        );
    }
    run(&shop, &[&orders[0]], kind);
    assert_eq!(said(&mut shop), (0, vec![ErrandWhy::Reminded]));
    assert_eq!(shop.wechat.ledger().requests(REMIND), 2);

    // Also after a restart, and for another program of the same folder.
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.until("the record", |s| {
        s.errands.reminded.contains(&id(&orders[1])).then_some(())
    });
    run(&shop, &[&orders[1]], kind);
    assert_eq!(said(&mut shop), (0, vec![ErrandWhy::Reminded]));
    assert_eq!(shop.wechat.ledger().requests(REMIND), 2);
}

#[test]
fn a_reminder_without_an_answer_is_looked_at_and_counts_once() {
    let busy_after = What::Answer {
        applied: true,
        answer: Answer::Errcode(-1),
    };
    for (what, end) in [
        (What::DropReplyAfterApply, ErrandEnd::Used),
        (busy_after, ErrandEnd::Used),
        (What::DropBeforeApply, ErrandEnd::Accepted),
        (What::errcode(10_060_012), ErrandEnd::Accepted),
    ] {
        let mut shop = Shop::open();
        shop.fetched();
        let order = shipped(&shop).remove(0);
        shop.wechat.push_fault(Fault::next(REMIND, what));
        let kind = ErrandKind::Remind {
            received_at: now(&shop),
        };
        run(&shop, &[&order], kind);
        let errand = done(&mut shop, &order, 1);
        assert_eq!(errand.state, ErrandState::Done(end));
        assert_eq!((errand.attempts, shop.wechat.ledger().requests(REMIND)), (2, 2));
        let words: Vec<&str> = errand.trail.iter().map(|(_, state)| state.word()).collect();
        assert_eq!(
            words,
            ["queued", "sending", "unclear", "queued", "sending", "done"]
        );
        let entries = shop.wechat.ledger().entries();
        let first = entries.iter().position(|e| e.path.ends_with(REMIND)).unwrap();
        let second = entries.iter().rposition(|e| e.path.ends_with(REMIND)).unwrap();
        let looked = entries[first..second]
            .iter()
            .filter(|e| e.path == endpoint::GET_ORDER);
        assert!(
            looked.count() >= 2,
            "the doubt and the second send have a look each"
        );
    }
}

#[test]
fn a_report_without_an_answer_asks_a_person_and_is_not_sent_again() {
    for what in [
        What::DropReplyAfterApply,
        What::DropBeforeApply,
        What::errcode(-1),
    ] {
        let mut shop = Shop::open();
        shop.fetched();
        let order = waiting(&shop).remove(0);
        shop.wechat.push_fault(Fault::next(REPORT, what));
        run(&shop, &[&order], ErrandKind::TestOrder);
        let errand = ended(&mut shop, &order);
        assert_eq!(errand.state, ErrandState::NeedsPerson(ErrandWhy::Unproven));
        assert_eq!(shop.wechat.ledger().requests(REPORT), 1);

        shop.engine.send(Command::Errands(ErrandCommand::Decide(
            errand.id,
            Decision::TryAgain,
        )));
        shop.until("the second try", |s| {
            let state = &newest(s, &order)?.state;
            (*state == ErrandState::Done(ErrandEnd::Accepted)).then_some(())
        });
        assert_eq!(shop.wechat.ledger().requests(REPORT), 2);
    }
}

#[test]
fn a_pre_sale_is_bounded_to_the_second_before_and_after_it_leaves() {
    let mut shop = Shop::open();
    shop.fetched();
    let orders = waiting(&shop);
    let day = 86_400;
    for (i, (after, why)) in [
        (15 * day, Some(ErrandWhy::DateTooEarly)),
        (15 * day + 1, None),
        (330 * day, None),
        (330 * day + 1, Some(ErrandWhy::DateTooLate)),
    ]
    .into_iter()
    .enumerate()
    {
        let order = &orders[i];
        let delay_to = Timestamp::from_secs(order.pay_time + after);
        run(&shop, &[order], ErrandKind::PreSale { delay_to });
        let (queued, refused) = said(&mut shop);
        assert_eq!(
            (queued, refused),
            (usize::from(why.is_none()), why.into_iter().collect())
        );
        if why.is_none() {
            let errand = done(&mut shop, order, 1);
            assert_eq!(errand.state, ErrandState::Done(ErrandEnd::Accepted), "{after}");
            let special = shop
                .wechat
                .with_world(|w| w.order(&order.transaction_id).unwrap().special);
            assert_eq!(special, Some((1, Some(delay_to.secs()))));
        }
    }
    assert_eq!(shop.wechat.ledger().requests(REPORT), 2);
}

#[test]
fn what_changed_since_the_list_was_read_is_seen_by_the_look() {
    let mut shop = Shop::open();
    shop.fetched();
    let order = shipped(&shop).remove(0);
    shop.wechat
        .push_fault(Fault::next("get_order", What::Happen(Happening::BuyerConfirms)));
    let kind = ErrandKind::Remind {
        received_at: now(&shop),
    };
    run(&shop, &[&order], kind);
    let errand = ended(&mut shop, &order);
    assert_eq!(errand.state, ErrandState::Stopped(ErrandWhy::Received));
    assert_eq!(shop.wechat.ledger().requests(REMIND), 0);

    let order = waiting(&shop).remove(0);
    shop.wechat
        .push_fault(Fault::next("get_order", What::Happen(Happening::Refund)));
    run(&shop, &[&order], ErrandKind::TestOrder);
    let errand = ended(&mut shop, &order);
    assert_eq!(errand.state, ErrandState::Stopped(ErrandWhy::Refunded));
    assert_eq!(shop.wechat.ledger().requests(REPORT), 0);
}

#[test]
fn wechats_own_no_ends_it_and_is_told_with_its_code() {
    for (path, code) in [
        (REMIND, 10_060_014),
        (REMIND, 10_060_028),
        (REMIND, 10_060_029),
        (REMIND, 10_060_032),
        (REPORT, 268_546_000),
        (REPORT, 268_546_001),
    ] {
        let mut shop = Shop::open();
        shop.fetched();
        shop.wechat.push_fault(Fault::next(path, What::errcode(code)));
        let (order, kind) = if path == REMIND {
            let received_at = now(&shop);
            (shipped(&shop).remove(0), ErrandKind::Remind { received_at })
        } else {
            (waiting(&shop).remove(0), ErrandKind::TestOrder)
        };
        run(&shop, &[&order], kind);
        let state = ended(&mut shop, &order).state;
        let ErrandState::Refused(refusal) = state else {
            panic!("{code}: {state:?}");
        };
        assert_eq!(refusal.errcode, code);
        assert_eq!(shop.wechat.ledger().requests(path), 1);
    }
}

#[test]
fn a_used_up_quota_rests_and_a_person_goes_on() {
    let mut shop = Shop::open();
    shop.fetched();
    let order = shipped(&shop).remove(0);
    shop.wechat.push_fault(Fault::next(REMIND, What::errcode(45_009)));
    let kind = ErrandKind::Remind {
        received_at: now(&shop),
    };
    run(&shop, &[&order], kind);
    shop.until("the rest", |s| {
        let errand = newest(s, &order)?;
        (errand.state == ErrandState::Queued && errand.trail.len() == 3).then_some(())
    });
    assert_eq!(shop.wechat.ledger().requests(REMIND), 1);
    shop.engine.send(Command::Resume);
    let errand = done(&mut shop, &order, 1);
    assert_eq!(
        (errand.state, errand.attempts),
        (ErrandState::Done(ErrandEnd::Accepted), 1)
    );
}

#[test]
fn the_jump_path_is_set_by_a_person_alone_and_a_doubt_is_said() {
    let mut shop = Shop::open();
    shop.fetched();
    assert_eq!(shop.wechat.ledger().requests(JUMP), 0);
    let state = |s: &Snapshot| s.errands.jump_path.state.clone();
    shop.engine.send(Command::Errands(ErrandCommand::SetJumpPath(
        " pages/订单/detail?from=msg ".into(),
    )));
    shop.until("the path", |s| (state(s) == JumpState::Set).then_some(()));
    let sent = shop.wechat.ledger().entries();
    let sent: Vec<_> = sent.iter().filter(|e| e.path.ends_with(JUMP)).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].body["path"], "pages/订单/detail?from=msg");
    assert!(sent[0].warnings.is_empty(), "{:?}", sent[0].warnings);

    shop.wechat.push_fault(Fault::next(JUMP, What::errcode(-1)));
    shop.engine
        .send(Command::Errands(ErrandCommand::SetJumpPath("pages/b".into())));
    shop.until("the doubt", |s| (state(s) == JumpState::Unclear).then_some(()));
    shop.engine.send(Command::Errands(ErrandCommand::SetJumpPath(
        "https://example.com".into(),
    )));
    shop.engine
        .send(Command::Errands(ErrandCommand::SetJumpPath(String::new())));
    shop.until("the empty path", |s| {
        (state(s) == JumpState::Set && s.errands.jump_path.path.is_empty()).then_some(())
    });
    assert_eq!(
        shop.wechat.ledger().requests(JUMP),
        3,
        "an address of the web never leaves"
    );
}

#[test]
fn what_waits_in_line_can_be_taken_back() {
    let mut shop = Shop::open();
    shop.fetched();
    let orders = waiting(&shop);
    shop.engine.send(Command::Pause);
    run(&shop, &[&orders[0], &orders[1]], ErrandKind::TestOrder);
    assert_eq!(said(&mut shop).0, 2);
    shop.engine.send(Command::Errands(ErrandCommand::CancelAll));
    for order in &orders[..2] {
        assert_eq!(ended(&mut shop, order).state, ErrandState::Cancelled);
    }
    assert_eq!(shop.wechat.ledger().requests(REPORT), 0);
}
