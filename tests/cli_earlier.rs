//! What an earlier run left behind, and what the next command does with it: it is never sent by surprise.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use desk::Desk;
use fahuo::sim::{Answer, Fault, What, When};

const UPLOAD: &str = "upload_shipping_info";

/// WeChat refuses this order for good.
fn refuse(desk: &Desk, order: &fahuo::sim::Order) {
    let no = What::Answer {
        applied: false,
        answer: Answer::Errcode(10_060_009),
    };
    let order = [order.transaction_id.clone()];
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Always, no).for_orders(order));
}

#[test]
fn an_old_refusal_is_mentioned_and_no_longer_fails_a_resume() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 2);
    refuse(&desk, &orders[0]);
    desk.json(&["ship", "a.csv", "--yes"], 1);
    let run = desk.run(&["resume", "--lang", "en", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("nothing to go on with"), "{}", run.err);
    assert!(run.err.contains("1 shipment that stopped before"), "{}", run.err);
    let counts: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(counts["counts"]["refused"], 1);
}
