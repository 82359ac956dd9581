//! The list of orders: every page once, on from the cursor after a fault, and there without a network.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::Shop;
use fahuo::domain::{OrderQuery, OrderState};
use fahuo::engine::{Command, Fetch, Preference};
use fahuo::sim::{Answer, Fault, SimConfig, What, When};

const LIST: &str = "/wxa/sec/order/get_order_list";

#[test]
fn every_visible_order_comes_once_newest_first() {
    let mut shop = Shop::open();
    let rows = shop.fetched();
    let ids: std::collections::BTreeSet<_> = rows.iter().map(|o| o.transaction_id.clone()).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(rows.windows(2).all(|pair| pair[0].pay_time >= pair[1].pay_time));
    let now = shop.wechat.clock().now().as_second();
    let visible = shop
        .wechat
        .orders()
        .iter()
        .filter(|o| o.visible_at <= now)
        .count();
    assert_eq!(rows.len(), visible);
}

#[test]
fn paging_goes_on_at_the_cursor_after_a_failed_page() {
    let mut shop = Shop::with(SimConfig {
        orders: 500,
        ..SimConfig::default()
    });
    // The fourth page cannot be had, whatever the client tries.
    shop.wechat.push_fault(Fault::new(
        LIST,
        When::After(3),
        What::answer(Answer::Status(502)),
    ));
    shop.engine.send(Command::RefreshOrders(OrderQuery::default()));
    let (pages, orders) = shop.until("the failure", |s| match &s.orders.fetch {
        Fetch::Failed { pages, orders, .. } => Some((*pages, *orders)),
        _ => None,
    });
    assert_eq!((pages, orders), (3, 150));
    assert_eq!(shop.engine.snapshot().orders.rows.len(), 150, "what came stays");
    shop.wechat.clear_faults();
    let before = shop.wechat.ledger().requests(LIST);
    shop.engine.send(Command::RefreshOrders(OrderQuery::default()));
    let orders = shop.until("the rest", |s| match &s.orders.fetch {
        Fetch::Complete { orders, .. } => Some(*orders),
        _ => None,
    });
    let now = shop.wechat.clock().now().as_second();
    let visible = shop
        .wechat
        .orders()
        .iter()
        .filter(|o| o.visible_at <= now)
        .count();
    assert_eq!(orders, visible);
    let calls = shop.wechat.ledger().requests(LIST) - before;
    assert_eq!(
        calls,
        (visible - 150).div_ceil(50),
        "only the pages that were missing"
    );
}

#[test]
fn a_filter_is_asked_of_wechat_and_the_rest_of_the_list_stays() {
    let mut shop = Shop::open();
    let all = shop.fetched().len();
    let query = OrderQuery {
        state: Some(OrderState::Refunded),
        ..OrderQuery::default()
    };
    shop.engine.send(Command::RefreshOrders(query.clone()));
    let count = shop.until("the filtered list", |s| match &s.orders.fetch {
        Fetch::Complete {
            query: done, orders, ..
        } if *done == query => Some(*orders),
        _ => None,
    });
    assert!(count > 0 && count < all);
    assert_eq!(shop.engine.snapshot().orders.rows.len(), all);
}

#[test]
fn the_list_is_there_after_a_restart_without_a_network() {
    let mut shop = Shop::open();
    let all = shop.fetched().len();
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let config = common::config(&wechat, dir.path());
    drop(wechat);
    let mut engine = fahuo::engine::start(config, || {}).unwrap();
    engine.wait(std::time::Duration::from_secs(5));
    assert_eq!(engine.snapshot().orders.rows.len(), all);
}

#[test]
fn the_order_that_was_opened_last_is_the_one_that_is_shown() {
    let mut shop = Shop::open();
    let now = shop.wechat.clock().now().as_second();
    let visible = |o: &&fahuo::sim::Order| o.order_state == 1 && o.visible_at <= now;
    let ids: Vec<_> = shop
        .wechat
        .orders()
        .iter()
        .filter(visible)
        .map(|o| o.transaction_id.clone())
        .collect();
    // The first answer is the slower one.
    let slow =
        Fault::next("/wxa/sec/order/get_order", What::DelayReply { ms: 300 }).for_orders([ids[0].as_str()]);
    shop.wechat.push_fault(slow);
    for id in &ids[..2] {
        shop.engine.send(Command::OpenOrder(
            fahuo::domain::TransactionId::parse(id).unwrap(),
        ));
    }
    let seen = |s: &fahuo::engine::Snapshot| {
        s.orders
            .rows
            .iter()
            .any(|o| o.transaction_id.as_str() == ids[0])
            .then_some(())
    };
    shop.until("both answers", seen);
    let shown = shop
        .engine
        .snapshot()
        .open_order
        .value()
        .map(|open| open.order.transaction_id.clone());
    assert_eq!(shown.unwrap().as_str(), ids[1]);
}

#[test]
fn an_order_that_left_its_state_elsewhere_is_read_again_when_its_list_is() {
    let mut shop = Shop::open();
    let order = shop.fetched().into_iter().find(|o| o.can_ship()).unwrap();
    let id = order.transaction_id.clone();
    shop.wechat
        .with_world(|world| world.order_mut(id.as_str()).unwrap().order_state = 5);
    let query = OrderQuery {
        state: Some(OrderState::ToShip),
        ..OrderQuery::default()
    };
    shop.engine.send(Command::RefreshOrders(query));
    shop.until("the refund", |s| {
        s.orders
            .rows
            .iter()
            .any(|o| o.transaction_id == id && o.state == OrderState::Refunded)
            .then_some(())
    });
}

#[test]
fn what_parts_of_the_window_remember_comes_back_after_a_restart() {
    let Shop { wechat, dir, engine } = Shop::open();
    let keep = |key: &str, value: &str| {
        engine.send(Command::Prefer(Preference::Ui {
            key: key.into(),
            value: value.into(),
        }));
    };
    keep("orders.list", r#"{"columns":["amount"]}"#);
    keep("orders.views", "[]");
    keep("forgotten", "1");
    keep("forgotten", "");
    keep("Not A Key", "1");
    drop(engine);
    let mut engine = fahuo::engine::start(common::config(&wechat, dir.path()), || {}).unwrap();
    engine.wait(std::time::Duration::from_secs(5));
    let kept = engine.snapshot().preferences.ui.clone();
    let kept: Vec<_> = kept
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        kept,
        [
            ("orders.list", r#"{"columns":["amount"]}"#),
            ("orders.views", "[]")
        ]
    );
}
