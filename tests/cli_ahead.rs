//! What the command line says about what has not ended: since when, what comes next, when, and how far it is.
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
use std::time::{Duration, Instant};

use desk::{Desk, interrupt};
use fahuo::domain::Timestamp;
use fahuo::sim::{Answer, Fault, Happening, What, When};
use serde_json::Value;

const UPLOAD: &str = "upload_shipping_info";
const GET: &str = "get_order";

fn errcode(code: i64) -> What {
    What::Answer {
        applied: false,
        answer: Answer::Errcode(code),
    }
}

#[track_caller]
fn moment(value: &Value) -> Timestamp {
    let text = value.as_str().unwrap_or_default();
    assert!(text.ends_with("+08:00"), "{text}");
    Timestamp::parse(text).unwrap()
}

/// The answer is lost, and then today's reads are used up: the row stays unclear.
fn left_unclear() -> (Desk, Value) {
    let desk = Desk::open();
    desk.file("a.csv", 1);
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Next(1), What::DropReplyAfterApply));
    // One read for the check and one before the upload come first.
    desk.wechat
        .push_fault(Fault::new(GET, When::After(2), errcode(45_009)));
    let json = desk.json(&["ship", "a.csv", "--yes"], 3);
    (desk, json)
}

#[test]
fn an_unclear_row_says_since_when_what_next_and_when() {
    let (desk, json) = left_unclear();
    let row = &json["files"][0]["rows"][0];
    assert_eq!(row["status"], "unclear", "{row}");
    for (field, value) in [
        ("next", Value::from("look")),
        ("held_by", "daily_quota".into()),
        ("attempt", 1.into()),
        ("attempts_max", 3.into()),
        ("looks_max", 2.into()),
        ("gives_up_at", Value::Null),
    ] {
        assert_eq!(row[field], value, "{field}");
    }
    let (since, next) = (moment(&row["since"]), moment(&row["next_at"]));
    assert!(since < next && next <= moment(&row["known_at"]));
    // The stamp is of WeChat's clock, of which answers show whole seconds.
    assert!(moment(&row["first_sent"]) <= since.plus(Duration::from_secs(2)));
    let midnight = since.next_china_midnight();
    assert!(
        next >= midnight && next <= midnight.plus(Duration::from_mins(10)),
        "{row}"
    );
    let doubt = &row["problems"][0];
    assert_eq!(doubt["kind"], "unclear");
    assert!(!doubt["action"].as_str().unwrap().is_empty());

    let history = desk.json(&["history"], 0);
    for field in ["first_sent", "next", "held_by", "attempt", "looks_max"] {
        assert_eq!(history["shipments"][0][field], row[field], "{field}");
    }
    for (lang, words) in [
        (
            "en",
            [
                "WeChat may or may not have it",
                "today's calls are used up",
                "try 2 of 3",
            ],
        ),
        (
            "zh-CN",
            ["微信可能已收到，也可能没有", "当日调用额度已用完", "第 2 次"],
        ),
    ] {
        let run = desk.run(&["history", "--format", "text", "--lang", lang]);
        for word in words {
            assert!(run.out.contains(word), "{word} is not in {}", run.out);
        }
    }
    let run = desk.run(&["history", "--format", "text", "--lang", "en"]);
    assert!(run.err.contains("1 shipment is unclear"), "{}", run.err);
}

#[test]
fn an_order_that_is_not_visible_says_how_often_it_was_asked_for_and_when_it_is_given_up() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 1);
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Always, errcode(10_060_001)));
    let child = desk
        .command(&["ship", "a.csv", "--yes", "--format", "text"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.unwrap();
    let start = Instant::now();
    while desk.wechat.ledger().uploads_sent(&orders[0].transaction_id) == 0 {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing was sent");
        std::thread::yield_now();
    }
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(3));
    let history = desk.json(&["history"], 0);
    let waiting = &history["shipments"][0];
    assert_eq!(
        (&waiting["state"], &waiting["next"]),
        (&"waiting".into(), &"ask_again".into())
    );
    assert_eq!(waiting["held_by"], "continue");
    assert!(moment(&waiting["since"]) < moment(&waiting["gives_up_at"]));
    let text = desk.run(&["history", "--format", "text", "--lang", "en"]);
    for words in ["asked for", "fahuoctl resume"] {
        assert!(text.out.contains(words), "{words} is not in {}", text.out);
    }
}

#[test]
fn a_hold_window_that_outlives_its_run_is_said_by_resume() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    desk.stop_before_sending("a.csv", "4");
    let run = desk.run(&["resume", "--format", "text", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("sending starts at "), "{}", run.err);
}

#[test]
fn what_sending_takes_is_said_before_it_starts() {
    let desk = Desk::open();
    desk.file("a.csv", 3);
    let run = desk.run(&["ship", "a.csv", "--yes", "--format", "text", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("(6 calls to WeChat)"), "{}", run.err);
}

#[test]
fn a_row_for_a_person_says_what_to_do_and_the_order_shows_it_too() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 1);
    let elsewhere = Happening::SomeoneElseShips {
        express_company: "SF".into(),
        tracking_no: "SF1234567890".into(),
    };
    desk.wechat
        .push_fault(Fault::new(GET, When::Nth(2), What::Happen(elsewhere)));
    let json = desk.json(&["ship", "a.csv", "--yes"], 1);
    let row = &json["files"][0]["rows"][0];
    assert_eq!((&row["next"], &row["next_at"]), (&"decide".into(), &Value::Null));
    let id = orders[0].transaction_id.as_str();
    let run = desk.run(&[
        "order",
        "--transaction-id",
        id,
        "--format",
        "text",
        "--lang",
        "en",
    ]);
    assert!(run.out.contains("Sent from this computer"), "{}", run.out);
    assert!(
        run.out.contains("shipped elsewhere") && run.out.contains("Your decision"),
        "{}",
        run.out
    );
    let order = desk.json(&["order", "--transaction-id", id], 0);
    assert_eq!(order["shipments"][0]["next"], "decide");
}
