//! Trouble with the whole account instead of one order, through engine and simulator: how few calls it costs, and
//! that work goes on by itself afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::{Shop, config, draft};
use fahuo::domain::Order;
use fahuo::engine::{self, Command, Gate};
use fahuo::sim::{Entry as SimEntry, Fault, SimConfig, What, When};
use std::sync::Arc;

const UPLOAD: &str = "/wxa/sec/order/upload_shipping_info";

/// Gives the first so many orders that can be shipped a parcel each.
fn queue(shop: &mut Shop, count: usize) -> Vec<Arc<Order>> {
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint);
    orders.truncate(count);
    assert_eq!(orders.len(), count);
    for (n, order) in orders.iter().enumerate() {
        let tracking_no = format!("YT{:013}", 7_000_000 + n);
        let draft = draft(&order.transaction_id, "YTO", &tracking_no);
        shop.engine.send(Command::Ship(draft));
    }
    orders
}

#[track_caller]
fn each_is_shipped_once(shop: &Shop, orders: &[Arc<Order>]) {
    let ledger = shop.wechat.ledger();
    for order in orders {
        assert_eq!(ledger.committed_uploads(order.transaction_id.as_str()), 1);
    }
}

#[test]
fn a_storm_of_busy_answers_costs_few_calls_and_ends_by_itself() {
    let mut shop = Shop::open();
    let orders = queue(&mut shop, 60);
    shop.until("the middle", |s| (s.outbox.shipped >= 10).then_some(()));
    // All waits are a hundredth of the real ones here, so six seconds stand for ten minutes.
    shop.wechat
        .push_fault(Fault::new("*", When::ForSecs(6), What::errcode(-1)));
    shop.until("the breaker", |s| {
        matches!(s.outbox.gate, Gate::Recovering { .. }).then_some(())
    });
    shop.settled(60);
    let ledger = shop.wechat.ledger();
    let busy = ledger
        .entries()
        .iter()
        .filter(|entry| entry.errcode == Some(-1))
        .count();
    assert!((5..=40).contains(&busy), "{busy} calls in the storm");
    each_is_shipped_once(&shop, &orders);
}

/// The program ends and is started again on the same folder.
fn restarted(shop: Shop) -> Shop {
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    Shop { wechat, dir, engine }
}

#[test]
fn a_used_up_quota_is_asked_for_no_more_over_three_restarts_and_goes_on_after_midnight() {
    const ALLOWED: usize = 25;
    let mut sim = SimConfig::default();
    // Five seconds before midnight in China.
    let day = 86_400_000;
    let into_day = (sim.clock.now().as_millisecond() + 8 * 3_600_000).rem_euclid(day);
    sim.clock.advance_ms(day - into_day - 5_000);
    sim.limits.daily_by_path.insert(UPLOAD.to_owned(), ALLOWED as u64);
    let midnight = sim.clock.now().as_millisecond() / 1000 + 5;
    let mut shop = Shop::with(sim);
    let orders = queue(&mut shop, 40);
    let until = shop.until("the rest", |s| match s.outbox.gate {
        Gate::DailyQuota { until } => Some(until.millis()),
        _ => None,
    });
    for _ in 0..3 {
        shop = restarted(shop);
        // The first answer shows WeChat's clock; by that one it is the moment that was told before.
        shop.until("the same rest", |s| match s.outbox.gate {
            Gate::DailyQuota { until: again } => ((again.millis() - until).abs() < 1_500).then_some(()),
            _ => None,
        });
    }
    shop.until("the end", |s| {
        (s.outbox.queued == 0 && s.outbox.shipped > 0).then_some(())
    });
    shop.settled(1);
    each_is_shipped_once(&shop, &orders);
    let uploads = |wanted: &dyn Fn(&SimEntry) -> bool| {
        let ledger = shop.wechat.ledger();
        let entries = ledger.entries().into_iter();
        entries.filter(|e| e.path == UPLOAD && wanted(e)).count()
    };
    let refused = uploads(&|e| e.errcode == Some(45_009));
    assert!(
        (1..=16).contains(&refused),
        "{refused} calls after the quota was used up"
    );
    assert_eq!(uploads(&|e| e.at.as_second() < midnight), ALLOWED + refused);
    assert_eq!(uploads(&|e| e.at.as_second() >= midnight), 40 - ALLOWED);
}
