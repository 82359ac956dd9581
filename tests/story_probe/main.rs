//! The guided probe through engine and simulator: both answers of every question, what is locked meanwhile, doubts,
//! restarts, and what the settings then use.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "../common/mod.rs"]
mod common;
mod doubt;

use std::sync::Arc;
use std::time::Duration;

use common::{Shop, config, draft};
use fahuo::domain::{
    Finding, Probe, ProbeRefusal, ProbeState, ProbeStep, ProbeStop, ProblemKind, Question, TransactionId,
};
use fahuo::engine::snapshot::ProbeTrouble;
use fahuo::engine::{self, Command, DiagnosticsAsk, Notice, ProbeAsk};
use fahuo::sim::{Order, Partial, Policy, SimConfig, endpoint};

const UPLOAD: &str = "upload_shipping_info";

/// An order of the merchant's own, paid ten minutes ago.
fn own_order(shop: &Shop) -> Order {
    let now = shop.wechat.clock().now().as_second();
    let model = shop.wechat.orders().remove(0);
    let order = Order {
        transaction_id: "4200009999202511211234567890".into(),
        mchid: model.mchid.clone(),
        out_trade_no: "PROBE1".into(),
        description: "实测".into(),
        openid: model.openid.clone(),
        paid_amount: 1,
        pay_time: now - 600,
        trade_create_time: now - 610,
        visible_at: now - 600,
        order_state: 1,
        in_complaint: Some(false),
        ..Order::default()
    };
    shop.wechat.add_order(order.clone());
    order
}

fn id(order: &Order) -> TransactionId {
    TransactionId::parse(&order.transaction_id).unwrap()
}

fn ask(shop: &Shop, ask: ProbeAsk) {
    shop.engine.send(Command::Diagnose(DiagnosticsAsk::Probe(ask)));
}

/// The probe when it waits for a person, or has ended.
#[track_caller]
fn resting(shop: &mut Shop) -> Arc<Probe> {
    shop.until("the probe", |s| {
        let view = &s.diagnostics.probe;
        let probe = view.probe.clone()?;
        let moves = matches!(probe.state, ProbeState::Sending | ProbeState::Looking { .. });
        (!view.busy && !moves).then_some(probe)
    })
}

#[track_caller]
fn begun(shop: &mut Shop, order: &Order) -> Arc<Probe> {
    ask(shop, ProbeAsk::Start(id(order)));
    shop.until("the beginning", |s| {
        let view = &s.diagnostics.probe;
        assert_eq!(view.trouble, None);
        view.probe.clone().filter(|probe| probe.is_open() && !view.busy)
    })
}

#[track_caller]
fn go(shop: &mut Shop, step: ProbeStep) -> Arc<Probe> {
    let before = resting(shop);
    assert_eq!(before.step, step);
    ask(shop, ProbeAsk::Go(step));
    shop.until("the step", |s| {
        let view = &s.diagnostics.probe;
        let probe = view.probe.clone()?;
        let moved = *probe != *before || view.trouble.is_some();
        let rests = !matches!(probe.state, ProbeState::Sending | ProbeState::Looking { .. });
        (moved && rests && !view.busy).then_some(probe)
    })
}

/// Waits for this refusal: an earlier one may still be shown.
#[track_caller]
fn refused(shop: &mut Shop, why: ProbeRefusal) {
    let wanted = Some(ProbeTrouble::Refused(why));
    shop.until(&format!("{why:?}"), |s| {
        let view = &s.diagnostics.probe;
        (!view.busy && view.trouble == wanted).then_some(())
    });
}

fn shop_with(max_parcels: usize, policy: Policy) -> Shop {
    Shop::with(SimConfig {
        max_parcels,
        policy,
        ..SimConfig::default()
    })
}

fn finding(shop: &mut Shop, question: Question) -> Option<Finding> {
    shop.engine
        .snapshot()
        .diagnostics
        .answers
        .of(question)
        .map(|answer| answer.finding)
}

fn all_the_way(shop: &mut Shop) -> Order {
    let order = own_order(shop);
    begun(shop, &order);
    for step in ProbeStep::ALL {
        go(shop, step);
    }
    assert_eq!(resting(shop).state, ProbeState::Done);
    shop.until("the page", |s| {
        s.diagnostics.answers.of(Question::PageSize).cloned()
    });
    order
}

/// Parcels of one upload, the undocumented ways, and what must be found.
type Case = (usize, Policy, &'static [(Question, Finding)]);

fn cases() -> [Case; 3] {
    let usual = Policy::default();
    [
        (
            10,
            usual,
            &[
                (Question::PageSize, Finding::Number(100)),
                (Question::UnfinishedState, Finding::Number(1)),
                (Question::ShownTime, Finding::OurTime),
                (Question::SameTime, Finding::Refused(268_485_216)),
                (Question::OlderTime, Finding::Refused(268_485_216)),
                (Question::NewerTime, Finding::Refused(10_060_023)),
                (Question::SecondList, Finding::Replaces),
                (Question::ParcelLimit, Finding::Number(10)),
                (Question::TextLength, Finding::Characters),
                (Question::Correction, Finding::Free),
            ],
        ),
        (
            15,
            Policy {
                partial: Partial::Union,
                partial_is_shipped: true,
                echo_upload_time: false,
                refuse_unchanged: false,
                any_time: true,
                utf16_texts: true,
                max_page_size: 50,
                refuse_large_pages: true,
                ..usual
            },
            &[
                (Question::PageSize, Finding::Number(50)),
                (Question::UnfinishedState, Finding::Number(2)),
                (Question::ShownTime, Finding::ServerTime),
                (Question::SameTime, Finding::Accepted),
                (Question::OlderTime, Finding::Accepted),
                (Question::NewerTime, Finding::Accepted),
                (Question::SecondList, Finding::Extends),
                (Question::ParcelLimit, Finding::Number(15)),
                (Question::TextLength, Finding::Utf16),
                (Question::Correction, Finding::Spends),
            ],
        ),
        (
            10,
            Policy {
                refuse_unchanged: false,
                unchanged_is_free: true,
                ..usual
            },
            &[
                (Question::NewerTime, Finding::Accepted),
                (Question::Correction, Finding::Free),
            ],
        ),
    ]
}

#[test]
fn the_probe_finds_both_answers_of_every_question() {
    for (max_parcels, policy, findings) in cases() {
        let mut shop = shop_with(max_parcels, policy);
        let order = all_the_way(&mut shop);
        for (question, found) in findings {
            assert_eq!(
                finding(&mut shop, *question),
                Some(*found),
                "{question:?} {policy:?}"
            );
        }
        // Used: the setting of the account, and the pages of the list.
        let account = shop.engine.snapshot().session.account().unwrap().max_parcels;
        assert_eq!(account, max_parcels);
        shop.fetched();
        let ledger = shop.wechat.ledger().entries();
        let last = ledger
            .iter()
            .rfind(|entry| entry.path == endpoint::GET_ORDER_LIST)
            .unwrap();
        let size = if policy.max_page_size == 50 { 50 } else { 100 };
        assert_eq!(last.body["page_size"], size);
        // Each step left once, looked at before and after.
        let entries: Vec<_> = ledger
            .iter()
            .filter(|entry| entry.transaction_ids.contains(&order.transaction_id))
            .collect();
        let uploads: Vec<usize> = (0..entries.len())
            .filter(|i| entries[*i].path == endpoint::UPLOAD)
            .collect();
        assert_eq!(uploads.len(), 9);
        for at in &uploads {
            assert_eq!(entries[at - 1].path, endpoint::GET_ORDER, "a look before each");
            assert_eq!(entries[at + 1].path, endpoint::GET_ORDER, "a look after each");
        }
        assert_eq!(
            entries[uploads[0]].body, entries[uploads[1]].body,
            "byte for byte the same"
        );
    }
}

type Change = fn(&mut Order, i64);

#[test]
fn an_order_that_is_not_suitable_is_refused_and_nothing_is_sent() {
    let mut shop = Shop::open();
    shop.fetched();
    let cases: [(Change, ProbeRefusal); 5] = [
        (|o, _| o.paid_amount = 101, ProbeRefusal::TooDear),
        (|o, _| o.order_state = 5, ProbeRefusal::NotFresh),
        (|o, _| o.in_complaint = Some(true), ProbeRefusal::InComplaint),
        (|o, now| o.pay_time = now - 30, ProbeRefusal::TooYoung),
        (|o, now| o.visible_at = now + 1000, ProbeRefusal::NotFound),
    ];
    for (change, why) in cases {
        let mut order = own_order(&shop);
        change(&mut order, shop.wechat.clock().now().as_second());
        shop.wechat.add_order(order.clone());
        ask(&shop, ProbeAsk::Start(id(&order)));
        refused(&mut shop, why);
    }
    // One that is to be shipped from here.
    let order = own_order(&shop);
    shop.engine.send(Command::ShipAfter {
        draft: draft(&id(&order), "ZTO", "ZT1"),
        hold_secs: 600,
    });
    shop.until("the queue", |s| (s.outbox.queued == 1).then_some(()));
    ask(&shop, ProbeAsk::Start(id(&order)));
    refused(&mut shop, ProbeRefusal::HasShipments);
    // Nothing while sending is paused.
    shop.engine.send(Command::CancelAll);
    shop.engine.send(Command::Pause);
    shop.until("the cancellation", |s| (s.outbox.queued == 0).then_some(()));
    ask(&shop, ProbeAsk::Start(id(&order)));
    refused(&mut shop, ProbeRefusal::Closed);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    assert!(shop.engine.snapshot().diagnostics.probe.probe.is_none());
}

#[track_caller]
fn not_queued(shop: &mut Shop) -> Vec<ProblemKind> {
    loop {
        for notice in shop.engine.notices() {
            if let Notice::NotQueued { problems, .. } = notice {
                return problems.into_iter().map(|problem| problem.what).collect();
            }
        }
        shop.engine.wait(Duration::from_secs(1));
    }
}

#[test]
fn the_order_of_a_probe_is_locked_for_shipments_until_it_ends() {
    let mut shop = Shop::open();
    let order = own_order(&shop);
    begun(&mut shop, &order);
    let usual = || Command::Ship(draft(&id(&order), "ZTO", "ZT1"));
    shop.engine.send(usual());
    assert_eq!(not_queued(&mut shop), [ProblemKind::ShipmentOpen]);
    go(&mut shop, ProbeStep::First);
    // Also for the next run, before anything of it has moved.
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    assert_eq!(resting(&mut shop).step, ProbeStep::SameTime);
    shop.engine.send(usual());
    assert_eq!(not_queued(&mut shop), [ProblemKind::ShipmentOpen]);
    // A file is checked, and its row is not sent.
    let file = shop.dir.path().join("a.csv");
    let text = format!(
        "微信支付单号,快递公司,快递单号,商品\n{},中通快递,ZT12345678,茶\n",
        order.transaction_id
    );
    std::fs::write(&file, text).unwrap();
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(|phase| *phase == engine::BatchPhase::Checked);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, engine::BatchPhase::Done | engine::BatchPhase::Checked));
    assert_eq!(shop.engine.snapshot().outbox.queued, 0);
    assert_eq!(
        shop.wechat.ledger().uploads_sent(&order.transaction_id),
        1,
        "the probe's own"
    );
    // Ended, it is an order like any other.
    ask(&shop, ProbeAsk::Stop);
    shop.until("the end", |s| {
        let probe = s.diagnostics.probe.probe.clone()?;
        (probe.state == ProbeState::Stopped(ProbeStop::Person)).then_some(())
    });
    let mut whole = draft(&id(&order), "ZTO", "ZT1");
    whole.delivery_mode = fahuo::domain::DeliveryMode::Split;
    whole.complete = true;
    shop.engine.send(Command::Ship(whole));
    shop.until("the shipment", |s| {
        s.outbox
            .rows
            .iter()
            .any(|row| row.intent.transaction_id() == &id(&order))
            .then_some(())
    });
}
