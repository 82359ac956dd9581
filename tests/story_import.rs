//! A warehouse's file through engine and simulator: checked, shipped once, and interrupted in the middle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::warehouse::{THREE_PARCELS, TOTALS, Warehouse, check_ledger, monday};
use common::{Shop, config};
use fahuo::domain::{Ignored, OrderQuery, Severity, TransactionId};
use fahuo::engine::{self, BatchPhase, Command};
use fahuo::sim::{Fault, SimConfig, What, When};

const LIST: &str = "/wxa/sec/order/get_order_list";

fn shop() -> (Shop, Warehouse, std::path::PathBuf) {
    let shop = Shop::with(SimConfig {
        orders: 900,
        ..SimConfig::default()
    });
    let warehouse = monday(&shop.wechat);
    let file = shop.dir.path().join("周一.csv");
    std::fs::write(&file, &warehouse.bytes).unwrap();
    (shop, warehouse, file)
}

fn is_checked(phase: &BatchPhase) -> bool {
    matches!(phase, BatchPhase::Checked)
}

fn is_done(phase: &BatchPhase) -> bool {
    matches!(phase, BatchPhase::Done)
}

#[test]
fn check_finds_every_planted_fault_at_its_cell_and_writes_nothing() {
    let (mut shop, warehouse, file) = shop();
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    assert_eq!(batch.file.encoding, "gb18030");
    assert_eq!(batch.file.header_row, 2);
    let (rows, plan) = (batch.rows.to_vec(), batch.plan.to_vec());
    let found: Vec<(u32, String, String)> = rows
        .iter()
        .zip(&plan)
        .flat_map(|(row, planned)| {
            planned
                .problems
                .iter()
                .filter(|p| p.what.severity() != Severity::Note)
                .map(|p| {
                    let heading = p
                        .column
                        .map_or_else(String::new, |c| batch.file.columns[c].heading.clone());
                    (row.row, p.what.word(), heading)
                })
        })
        .collect();
    let mut expected: Vec<(u32, String, String)> = warehouse
        .blocked
        .iter()
        .map(|(row, kind, heading)| (*row, (*kind).into(), (*heading).into()))
        .collect();
    expected.sort();
    assert_eq!(found, expected);
    let ignored: Vec<(u32, Option<Ignored>)> = batch
        .rows
        .iter()
        .filter(|r| r.ignored.is_some())
        .map(|r| (r.row, r.ignored))
        .collect();
    assert_eq!(
        ignored,
        [(1, Some(Ignored::Title)), (TOTALS, Some(Ignored::Totals))]
    );
    assert_eq!(batch.orders_to_send, warehouse.ships.len());
    assert_eq!(batch.counts.ready, 500 - warehouse.blocked.len());
    let parcels = batch
        .plan
        .iter()
        .zip(batch.rows.iter())
        .filter(|(_, r)| THREE_PARCELS.contains(&r.row));
    assert_eq!(
        parcels
            .map(|(p, _)| p.transaction_id.clone())
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        1
    );
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn ship_sends_exactly_the_others_and_a_second_time_nothing() {
    let (mut shop, warehouse, file) = shop();
    for _ in 0..2 {
        shop.engine.send(Command::OpenFile(file.clone()));
        let batch = shop.batch(is_checked);
        shop.engine.send(Command::SendBatch {
            batch: batch.id,
            hold_secs: 0,
            reship: false,
        });
        let batch = shop.batch(is_done);
        let done = batch.counts.shipped + batch.counts.already_done;
        assert_eq!(done, 500 - warehouse.blocked.len(), "{:?}", batch.counts);
        check_ledger(&shop.wechat, &warehouse);
        shop.engine.send(Command::CloseBatch);
        shop.until("closed", |s| s.batch.is_none().then_some(()));
    }
}

#[test]
fn what_an_interruption_left_goes_on_after_one_word_of_a_person() {
    let (mut shop, warehouse, file) = shop();
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.until("some are shipped", |s| (s.outbox.shipped > 50).then_some(()));
    // The engine ends in the middle; a new one on the same folder waits for a person.
    let config = engine::Config {
        resume_at_start: false,
        ..config(&shop.wechat, shop.dir.path())
    };
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let before = wechat.ledger().write_calls();
    let engine = engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.until("interrupted", |s| {
        (s.outbox.gate == engine::Gate::Interrupted && s.batch.is_some()).then_some(())
    });
    assert_eq!(
        shop.wechat.ledger().write_calls(),
        before,
        "nothing is sent before a person says so"
    );
    shop.engine.send(Command::Resume);
    let batch = shop.batch(is_done);
    assert_eq!(batch.counts.waiting + batch.counts.unclear, 0);
    check_ledger(&shop.wechat, &warehouse);
}

#[test]
fn the_hold_window_can_take_everything_back() {
    let (mut shop, _, file) = shop();
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 600,
        reship: false,
    });
    shop.until("holding", |s| {
        matches!(s.outbox.gate, engine::Gate::Holding { .. }).then_some(())
    });
    shop.engine.send(Command::StopBatch);
    let batch = shop.batch(is_done);
    assert_eq!(batch.counts.shipped, 0);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn a_refresh_in_the_middle_does_not_strand_the_check_and_a_stop_ends_it() {
    let (mut shop, warehouse, file) = shop();
    shop.wechat
        .push_fault(Fault::new(LIST, When::Next(10), What::Delay { ms: 40 }));
    for command in [
        Command::RefreshOrders(OrderQuery::default()),
        Command::StopRefresh,
    ] {
        shop.engine.send(Command::OpenFile(file.clone()));
        shop.batch(|phase| matches!(phase, BatchPhase::LookingUp { .. }));
        shop.engine.send(command.clone());
        if command == Command::StopRefresh {
            shop.until("closed", |s| s.batch.is_none().then_some(()));
        } else {
            assert_eq!(shop.batch(is_checked).orders_to_send, warehouse.ships.len());
        }
    }
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn an_order_of_a_merchant_that_was_not_met_yet_is_found_by_the_shops_own_number() {
    let mut shop = Shop::open();
    let mut plain = shop.wechat.orders();
    plain.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.in_complaint == Some(false));
    plain.retain(|o| o.sub_mchid.is_empty() && o.visible_at <= o.pay_time + 60);
    let met = plain[0].clone();
    let other = plain.into_iter().find(|order| order.mchid != met.mchid).unwrap();
    let id = TransactionId::parse(&met.transaction_id).unwrap();
    shop.engine.send(Command::OpenOrder(id));
    shop.until("one order, of the first merchant", |s| {
        (!s.orders.rows.is_empty()).then_some(())
    });
    let file = shop.dir.path().join("a.csv");
    let text = format!(
        "订单号,快递公司,物流单号,商品\n{},中通快递,78000000001,茶\n",
        other.out_trade_no
    );
    std::fs::write(&file, text).unwrap();
    shop.engine.send(Command::OpenFile(file));
    assert_eq!(shop.batch(is_checked).counts.ready, 1);
}
