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

use std::process::Stdio;

use desk::{Desk, bare, finish};
use fahuo::sim::{Answer, Fault, Order, What, When};
use serde_json::Value;

const UPLOAD: &str = "upload_shipping_info";

/// WeChat refuses this order for good.
fn refuse(desk: &Desk, order: &Order) {
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
    let counts: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(counts["counts"]["refused"], 1);
}

/// The file with other tracking numbers, under another name.
fn correct(desk: &Desk, from: &str, to: &str) {
    let text = std::fs::read_to_string(desk.dir.path().join(from)).unwrap();
    std::fs::write(
        desk.dir.path().join(to),
        text.replace(",7800000000", ",7811111111"),
    )
    .unwrap();
}

fn tracking_no(desk: &Desk, order: &Order) -> String {
    let orders = desk.wechat.orders();
    let order = orders
        .iter()
        .find(|known| known.transaction_id == order.transaction_id);
    order.unwrap().shipping.as_ref().unwrap().parcels[0]
        .tracking_no
        .clone()
}

#[test]
fn a_refusal_that_the_resume_itself_meets_fails_it() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 2);
    refuse(&desk, &orders[0]);
    desk.stop_before_sending("a.csv", "3");
    let run = desk.run(&["resume", "--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("1 shipment needs you"), "{}", run.err);
    assert!(!run.err.contains("stopped before"), "{}", run.err);
    assert_eq!(desk.run(&["resume"]).code, 0);
}

#[test]
fn a_corrected_file_does_not_send_the_parcels_that_an_earlier_run_left() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 3);
    desk.stop_before_sending("a.csv", "3");
    correct(&desk, "a.csv", "b.csv");
    std::fs::write(
        desk.dir.path().join("good.csv"),
        "订单号,快递公司,物流单号,商品信息\n",
    )
    .unwrap();
    for files in [&["b.csv"][..], &["a.csv", "b.csv"], &["good.csv", "b.csv"]] {
        let args = [&["ship", "--yes", "--lang", "en"], files].concat();
        let run = desk.run(&args);
        assert_eq!(run.code, 3, "{files:?} {}", run.err);
        for words in [
            "3 orders of an earlier run wait with other parcels",
            "Nothing was sent",
            "fahuoctl resume",
            "fahuoctl cancel",
        ] {
            assert!(run.err.contains(words), "{files:?} {words}: {}", run.err);
        }
        assert_eq!(desk.wechat.ledger().write_calls(), 0, "{files:?}");
    }

    let json = desk.json(&["cancel"], 0);
    assert_eq!((&json["cancelled"], &json["left"]), (&3.into(), &0.into()));
    assert_eq!(desk.json(&["cancel"], 0)["cancelled"], 0);
    desk.json(&["ship", "b.csv", "--yes"], 0);
    for order in &orders {
        assert!(tracking_no(&desk, order).starts_with("7811111111"));
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}

#[test]
fn resume_sends_what_waits_as_it_is() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 2);
    desk.stop_before_sending("a.csv", "3");
    correct(&desk, "a.csv", "b.csv");
    assert_eq!(desk.run(&["ship", "b.csv", "--yes"]).code, 3);
    assert_eq!(desk.run(&["resume"]).code, 0);
    assert!(tracking_no(&desk, &orders[0]).starts_with("7800000000"));
}

#[test]
fn another_file_says_that_it_also_goes_on_with_what_an_earlier_run_left() {
    let desk = Desk::open();
    desk.file("all.csv", 5);
    let text = std::fs::read_to_string(desk.dir.path().join("all.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let part = |name: &str, rows: &[&str]| {
        let text = [&lines[..1], rows].concat().join("\n");
        std::fs::write(desk.dir.path().join(name), text).unwrap();
    };
    part("a.csv", &lines[1..4]);
    part("b.csv", &lines[3..6]);
    desk.stop_before_sending("a.csv", "3");
    // One of the three is in both files, with the same parcel: it is not an earlier run's alone.
    let run = desk.run(&["ship", "b.csv", "--yes", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("also goes on with 2 orders that an earlier run left"),
        "{}",
        run.err
    );
    assert_eq!(desk.run(&["resume"]).code, 0);
    assert_eq!(desk.wechat.ledger().write_calls(), 5);
}

#[test]
fn what_is_on_its_way_cannot_be_taken_back_and_cancel_says_so() {
    let desk = Desk::open();
    desk.file("a.csv", 12);
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Always, What::DelayReply { ms: 3_000 }));
    let mut child = desk
        .command(&["ship", "a.csv", "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while desk.wechat.ledger().write_calls() == 0 {
        assert!(begun.elapsed() < std::time::Duration::from_mins(1) && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // With so long a quiet time nothing is found out while the others are taken back.
    let mut command = desk.command(&["cancel", "--lang", "en", "--format", "json"]);
    let run = finish(command.env("FAHUO_QUIET_SECS", "600"));
    assert_eq!(run.code, 1, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let count = |name: &str| json[name].as_u64().unwrap();
    assert!(count("left") > 0, "{json}");
    assert_eq!(count("cancelled") + count("left"), 12, "{json}");
    assert!(run.err.contains("could not be taken back"), "{}", run.err);
    let sent = desk.wechat.ledger().write_calls();
    assert_eq!(desk.run(&["resume"]).code, 0);
    assert_eq!(desk.wechat.ledger().write_calls(), sent, "found, not sent again");
}

#[test]
fn cancel_needs_an_account_to_look_into() {
    let dir = tempfile::tempdir().unwrap();
    let run = finish(&mut bare(
        dir.path(),
        &["cancel", "--data-dir", "d", "--lang", "en"],
    ));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("There is no account yet"), "{}", run.err);
}
