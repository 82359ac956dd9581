//! Stories of calling a person through engine and simulator: each thing once, also over a restart, and only where
//! there is a window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::time::{Duration, Instant};

use common::{Shop, config, draft};
use fahuo::domain::Alert;
use fahuo::engine::{self, Command, Notice};

/// The alerts until one of them is of this kind.
#[track_caller]
fn alerts_until(shop: &mut Shop, is: fn(&Alert) -> bool) -> Vec<Alert> {
    let start = Instant::now();
    let mut heard = Vec::new();
    loop {
        for notice in shop.engine.notices() {
            if let Notice::Alert(alert) = notice {
                heard.push(alert);
            }
        }
        if heard.iter().any(is) {
            return heard;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "heard only {heard:?}");
        shop.engine.wait(Duration::from_millis(50));
    }
}

/// A person is needed for one order: it is refunded after the list was read.
fn ship_one_that_is_refunded_meanwhile(shop: &mut Shop) {
    let orders = shop.fetched();
    let plain =
        |order: &fahuo::domain::Order| order.can_ship() && !order.in_complaint && !order.partly_shipped();
    let id = orders
        .iter()
        .find(|order| plain(order))
        .unwrap()
        .transaction_id
        .clone();
    shop.wechat
        .with_world(|world| world.order_mut(id.as_str()).unwrap().order_state = 5);
    shop.engine
        .send(Command::Ship(draft(&id, "ZTO", "78000000000001")));
}

#[test]
fn late_orders_are_told_once_to_a_window_and_never_again_after_a_restart() {
    let mut shop = Shop::open();
    let orders = shop.fetched();
    let now = fahuo::domain::Timestamp::from_secs(shop.wechat.clock().now().as_second());
    let late = orders.iter().filter(|order| order.late_by(48, now)).count();
    assert!(late > 0, "the shop has late orders");
    shop.engine.send(Command::ShowArrived);
    let heard = alerts_until(&mut shop, |alert| matches!(alert, Alert::Late(_)));
    assert_eq!(
        heard.iter().find(|a| matches!(a, Alert::Late(_))),
        Some(&Alert::Late(late))
    );

    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.engine.send(Command::ShowArrived);
    ship_one_that_is_refunded_meanwhile(&mut shop);
    let heard = alerts_until(&mut shop, |alert| matches!(alert, Alert::NeedPerson(_)));
    assert_eq!(
        heard,
        [Alert::NeedPerson(1)],
        "what was told before is not told again"
    );
}

#[test]
fn without_a_window_nobody_is_called_and_nothing_counts_as_told() {
    let mut shop = Shop::open();
    ship_one_that_is_refunded_meanwhile(&mut shop);
    shop.settled(1);
    let called = |notice: &Notice| matches!(notice, Notice::Alert(_));
    assert!(!shop.engine.notices().iter().any(called));
    shop.engine.send(Command::ShowArrived);
    let heard = alerts_until(&mut shop, |alert| matches!(alert, Alert::NeedPerson(_)));
    assert!(heard.contains(&Alert::NeedPerson(1)), "{heard:?}");
}
