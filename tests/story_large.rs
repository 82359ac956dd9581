//! Files that are too large to be kept or asked for as a whole, and what happens between check and *Send*.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use common::{Shop, config, draft};
use fahuo::domain::{Order, ProblemKind, RowStatus};
use fahuo::engine::{self, BatchPhase, BatchView, Command};
use fahuo::sim::SimConfig;

const GET_ORDER: &str = "/wxa/sec/order/get_order";

fn is_checked(phase: &BatchPhase) -> bool {
    matches!(phase, BatchPhase::Checked)
}

fn is_done(phase: &BatchPhase) -> bool {
    matches!(phase, BatchPhase::Done)
}

fn write(shop: &Shop, rows: &[String]) -> PathBuf {
    let path = shop.dir.path().join("large.csv");
    std::fs::write(&path, format!("订单号,快递公司,物流单号\n{}\n", rows.join("\n"))).unwrap();
    path
}

fn row(order: &str, number: usize) -> String {
    format!("{order},中通,780000{number:08}")
}

fn send(shop: &Shop, batch: &BatchView, hold_secs: u32) {
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs,
        reship: false,
    });
}

/// Orders that can be shipped, and nothing speaks against it.
fn plain(shop: &mut Shop) -> Vec<Arc<Order>> {
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint && order.shipping.parcels.is_empty());
    orders
}

/// How many rows say that their order is unknown, and how many that it was not asked for.
fn unknown(batch: &BatchView) -> (usize, usize) {
    let says = |kind: &ProblemKind| {
        let rows = batch.plan.iter();
        rows.filter(|row| row.problems.iter().any(|problem| problem.what == *kind))
            .count()
    };
    (
        says(&ProblemKind::OrderNotFound),
        says(&ProblemKind::OrderNotAsked),
    )
}

#[test]
fn a_check_asks_for_so_many_orders_and_the_next_one_goes_on() {
    const UNKNOWN: usize = 150;
    let mut sim = SimConfig::default();
    sim.limits.daily_by_path.insert(GET_ORDER.to_owned(), 700);
    let mut shop = Shop::with(sim);
    let known = plain(&mut shop)[0].clone();
    // WeChat tells what is left of today's calls.
    shop.engine.send(Command::TestAccount);
    shop.until("the calls", |s| s.outbox.reads_left.map(|_| ()));
    let mut rows: Vec<String> = (0..UNKNOWN)
        .map(|n| row(&format!("43000{:023}", n + 1), n))
        .collect();
    rows.push(row(known.transaction_id.as_str(), UNKNOWN));
    let file = write(&shop, &rows);
    let asked = |shop: &Shop| -> Vec<String> {
        let entries = shop.wechat.ledger().entries().into_iter();
        let of_path = entries.filter(|entry| entry.path == GET_ORDER);
        of_path
            .filter_map(|entry| Some(entry.body["transaction_id"].as_str()?.to_owned()))
            .collect()
    };
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    let (not_found, not_asked) = unknown(&batch);
    assert!((60..=100).contains(&not_found), "{not_found}");
    assert_eq!(not_found + not_asked, UNKNOWN);
    assert_eq!(batch.orders_to_send, 1, "the order that the list showed");
    let before = asked(&shop).len();
    shop.engine.send(Command::RecheckBatch);
    shop.until("the second check", |s| {
        let batch = s.batch.as_ref().filter(|batch| is_checked(&batch.phase))?;
        (unknown(batch).0 > not_found).then_some(())
    });
    let (more, _) = unknown(&shop.batch(is_checked));
    let all = asked(&shop);
    let distinct: BTreeSet<&String> = all.iter().filter(|id| id.starts_with("43000")).collect();
    assert!(all.len() > before);
    assert_eq!(distinct.len(), more, "each of them once");
    assert_eq!(all.iter().filter(|id| id.starts_with("43000")).count(), more);
}

#[test]
fn what_has_changed_since_the_check_is_shown_first_and_nothing_is_sent_before() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop);
    let orders = &orders[..60];
    let id = |n: usize| orders[n].transaction_id.as_str().to_owned();
    // While the file is checked the first waits in the outbox with another number; later that is taken back, and the
    // last one is closed.
    let (first, last) = (0, orders.len() - 1);
    shop.engine.send(Command::ShipAfter {
        draft: draft(&orders[first].transaction_id, "ZTO", "78000099999999"),
        hold_secs: 600,
    });
    let shipment = shop.until("the outbox", |s| Some(s.outbox.rows.first()?.id));
    let rows: Vec<String> = (0..orders.len()).map(|n| row(&id(n), n)).collect();
    let file = write(&shop, &rows);
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    assert_eq!(batch.status_of(last), Some(RowStatus::Ready));
    assert_eq!(batch.orders_to_send, orders.len() - 1);
    shop.engine.send(Command::CancelShipment(shipment));
    shop.until("the way back", |s| (s.outbox.queued == 0).then_some(()));
    shop.wechat
        .with_world(|world| world.order_mut(&id(last)).unwrap().order_state = 5);
    shop.engine
        .send(Command::RereadOrders(vec![orders[last].transaction_id.clone()]));
    shop.until("what has changed", |s| {
        let mut rows = s.orders.rows.iter();
        let order = rows.find(|order| order.transaction_id == orders[last].transaction_id)?;
        (!order.can_ship()).then_some(())
    });
    send(&shop, &batch, 0);
    let batch = shop.until("the new verdicts", |s| {
        let batch = s.batch.as_ref().filter(|batch| is_checked(&batch.phase))?;
        (batch.status_of(last) == Some(RowStatus::Blocked)).then(|| Arc::clone(batch))
    });
    assert_eq!(batch.status_of(first), Some(RowStatus::Ready));
    assert_eq!(
        shop.wechat.ledger().all_committed_uploads(),
        0,
        "nobody has seen this"
    );
    send(&shop, &batch, 0);
    let batch = shop.batch(is_done);
    assert_eq!(batch.counts.shipped, orders.len() - 1);
    let ledger = shop.wechat.ledger();
    assert_eq!(ledger.uploads_sent(&id(first)), 1);
    assert_eq!(ledger.uploads_sent(&id(last)), 0, "it is closed now");
}

#[test]
fn an_order_that_was_asked_for_is_judged_by_what_was_read_of_it_since() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop);
    let orders = &orders[..2];
    let rows: Vec<String> = orders
        .iter()
        .enumerate()
        .map(|(n, order)| row(order.transaction_id.as_str(), n))
        .collect();
    let file = write(&shop, &rows);
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    assert_eq!(batch.orders_to_send, 2);
    assert!(
        shop.wechat.ledger().requests(GET_ORDER) > 0,
        "a short file asks for each of its orders"
    );
    let id = orders[0].transaction_id.clone();
    shop.wechat
        .with_world(|world| world.order_mut(id.as_str()).unwrap().order_state = 5);
    shop.engine.send(Command::RereadOrders(vec![id.clone()]));
    shop.until("what has changed", |s| {
        let order = s.orders.rows.iter().find(|order| order.transaction_id == id)?;
        (!order.can_ship()).then_some(())
    });
    send(&shop, &batch, 0);
    let batch = shop.until("the new verdicts", |s| {
        let batch = s.batch.as_ref().filter(|batch| is_checked(&batch.phase))?;
        (batch.status_of(0) == Some(RowStatus::Blocked)).then(|| Arc::clone(batch))
    });
    assert_eq!(batch.status_of(1), Some(RowStatus::Ready));
    assert_eq!(shop.wechat.ledger().write_calls(), 0, "nobody has seen this");
}

#[test]
fn a_file_with_more_unsent_rows_than_are_written_down_is_reopened_with_all_that_is_sent() {
    const BESIDE: usize = 20_000;
    let mut shop = Shop::open();
    let orders = plain(&mut shop);
    let orders = &orders[..3];
    // One before the rows that are written down beside those that are sent, one among the first that are not, one at
    // the end.
    let mut rows = vec!["4.2E+27,中通,78000000000001".to_owned(); BESIDE + 300];
    for (at, order) in [0, BESIDE + 100, BESIDE + 299].into_iter().zip(orders) {
        rows[at] = row(order.transaction_id.as_str(), at);
    }
    let all = rows.len();
    let file = write(&shop, &rows);
    shop.engine.send(Command::OpenFile(file));
    let batch = shop.batch(is_checked);
    assert_eq!((batch.counts.rows, batch.orders_to_send), (all, 3));
    send(&shop, &batch, 600);
    shop.until("the countdown", |s| {
        matches!(s.outbox.gate, engine::Gate::Holding { .. }).then_some(())
    });
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let batch = shop.batch(|phase| matches!(phase, BatchPhase::Sending));
    assert_eq!(batch.rows.len(), BESIDE + 3);
    let sent = |batch: &BatchView, status: RowStatus| -> Vec<u32> {
        let with = (0..batch.rows.len()).filter(|index| batch.status_of(*index) == Some(status));
        with.map(|index| batch.rows.get(index).unwrap().row).collect()
    };
    // As the spreadsheet numbers them, below the header.
    let numbers: Vec<u32> = [2, BESIDE + 102, BESIDE + 301]
        .map(|row| u32::try_from(row).unwrap())
        .into();
    assert_eq!(sent(&batch, RowStatus::Queued), numbers);
    assert_eq!(batch.counts.blocked, BESIDE);
    // It is taken back: nothing of it was sent, and every order can be sent again.
    shop.engine.send(Command::StopBatch);
    let batch = shop.batch(is_done);
    assert_eq!(sent(&batch, RowStatus::Cancelled), numbers);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn a_file_that_was_checked_and_not_sent_is_offered_at_the_next_start() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop);
    let path = write(&shop, &[row(orders[0].transaction_id.as_str(), 1)]);
    shop.engine.send(Command::ShowArrived);
    shop.engine.send(Command::OpenFile(path.clone()));
    shop.batch(is_checked);

    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let left = |shop: &mut Shop, what: &str, wanted: bool| {
        shop.until(what, |s| (s.watch.left_over.is_some() == wanted).then_some(()));
        shop.engine.snapshot().watch.left_over.clone()
    };
    let offered = left(&mut shop, "the offer", true).unwrap();
    assert_eq!(
        (offered.path, offered.ready, offered.blocked),
        (path.clone(), 1, 0)
    );
    shop.engine.send(Command::ShowArrived);
    shop.engine.send(Command::OpenFile(path));
    let batch = shop.batch(is_checked);
    send(&shop, &batch, 0);
    assert_eq!(left(&mut shop, "the end of the offer", false), None);
    shop.batch(is_done);
}
