//! After the last upload everything that was accepted is read once more, and what another system did in the same
//! second is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::sync::Arc;

use common::{Shop, config, draft};
use fahuo::domain::{Order, State, Why};
use fahuo::engine::{self, Command};
use fahuo::sim::{Fault, Happening, What, When};

const LIST: &str = "/wxa/sec/order/get_order_list";
const GET_ORDER: &str = "/wxa/sec/order/get_order";

fn some_orders(shop: &mut Shop, count: usize) -> Vec<Arc<Order>> {
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint);
    orders.truncate(count);
    assert_eq!(orders.len(), count);
    orders
}

fn ship(shop: &Shop, orders: &[Arc<Order>]) {
    for (n, order) in orders.iter().enumerate() {
        let tracking_no = format!("YT{:013}", 8_000_000 + n);
        let draft = draft(&order.transaction_id, "YTO", &tracking_no);
        shop.engine.send(Command::Ship(draft));
    }
}

fn lists(shop: &Shop) -> usize {
    shop.wechat.ledger().requests(LIST)
}

#[test]
fn a_batch_is_confirmed_by_a_sweep_over_the_list() {
    let mut shop = Shop::open();
    let orders = some_orders(&mut shop, 30);
    let before = lists(&shop);
    ship(&shop, &orders);
    shop.settled(30);
    shop.until("the sweep", |s| {
        (s.outbox.confirmed == 30 && s.outbox.to_confirm == 0).then_some(())
    });
    assert!((1..=6).contains(&(lists(&shop) - before)), "pages, not orders");
}

#[test]
fn who_changes_what_was_accepted_is_told_although_no_answer_says_so() {
    let mut shop = Shop::open();
    // Our stamps are some seconds old, so that the other's is later whatever the load of the machine.
    shop.wechat.clock().set_date_skew_secs(-5);
    let orders = some_orders(&mut shop, 4);
    let raced = orders[1].transaction_id.as_str().to_owned();
    let other = Happening::SomeoneElseShips {
        express_company: "SF".into(),
        tracking_no: "SF1234567890123".into(),
    };
    // The first reading is the look before the upload, the second is the one that confirms.
    let fault = Fault::new(GET_ORDER, When::Nth(2), What::Happen(other)).for_orders([raced.clone()]);
    shop.wechat.push_fault(fault);
    ship(&shop, &orders);
    let stopped = shop.until("the alarm", |s| {
        let stopped = s
            .outbox
            .rows
            .iter()
            .find(|row| matches!(row.state, State::NeedsPerson(_)));
        stopped.cloned()
    });
    assert_eq!(stopped.state, State::NeedsPerson(Why::Race));
    assert_eq!(stopped.intent.transaction_id().as_str(), raced);
    shop.until("the others", |s| {
        (s.outbox.confirmed == 3 && s.outbox.to_confirm == 0).then_some(())
    });
}

#[test]
fn a_list_that_cannot_be_read_is_given_up_after_some_rounds() {
    let mut shop = Shop::open();
    let orders = some_orders(&mut shop, 10);
    let id = orders[3].transaction_id.as_str();
    let busy = Fault::new(LIST, When::Always, What::errcode(-1));
    shop.wechat.push_fault(busy);
    ship(&shop, &orders);
    shop.settled(10);
    shop.until("the end", |s| (s.outbox.to_confirm == 0).then_some(()));
    assert_eq!(shop.engine.snapshot().outbox.confirmed, 0);
    assert_eq!(shop.wechat.ledger().committed_uploads(id), 1);
}

#[test]
fn what_was_accepted_just_before_the_end_is_confirmed_by_the_next_run() {
    let mut shop = Shop::open();
    let orders = some_orders(&mut shop, 10);
    // The list takes long in the first run, so that it ends before anything is confirmed.
    shop.wechat
        .push_fault(Fault::new(LIST, When::Always, What::Delay { ms: 5_000 }));
    ship(&shop, &orders);
    shop.settled(10);
    let Shop { wechat, dir, engine } = shop;
    assert!(wechat.ledger().all_committed_uploads() == 10);
    drop(engine);
    wechat.clear_faults();
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.until("what was left", |s| {
        (s.outbox.confirmed == 10 && s.outbox.to_confirm == 0).then_some(())
    });
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let before = wechat.ledger().requests(LIST);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.fetched();
    assert_eq!(
        shop.engine.snapshot().outbox.to_confirm,
        0,
        "confirmed once and for all"
    );
    assert!(shop.wechat.ledger().requests(LIST) > before);
}
