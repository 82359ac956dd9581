//! `fahuoctl events …` with the real program: a file, stdin, and the door on a port of this computer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use std::io::Write as _;
#[cfg(unix)]
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use desk::Desk;
#[cfg(unix)]
use fahuo::sim::SANDBOX_APPID;
#[cfg(unix)]
use fahuo::sim::push::Push;
use serde_json::Value;

const AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

fn late(desk: &Desk) -> Vec<Value> {
    let mut all = desk.wechat.pushes();
    all.retain(|message| message["Event"] == "trade_manage_remind_shipping");
    all.truncate(3);
    assert_eq!(all.len(), 3);
    all
}

#[test]
fn a_file_is_read_once_and_its_orders_are_looked_at() {
    let desk = Desk::open();
    let messages = late(&desk);
    let text = serde_json::to_string(&messages).unwrap();
    std::fs::write(desk.dir.path().join("events.json"), &text).unwrap();
    let first = desk.json(&["events", "add", "events.json"], 0);
    assert_eq!(
        (&first["new"], &first["known"]),
        (&Value::from(3), &Value::from(0))
    );
    for event in first["events"].as_array().unwrap() {
        assert_eq!(event["event"], "trade_manage_remind_shipping");
        assert_eq!(event["look"]["state"], "to_ship", "{event}");
    }
    let again = desk.json(&["events", "add", "events.json"], 0);
    assert_eq!(
        (&again["new"], &again["known"]),
        (&Value::from(0), &Value::from(3))
    );
    let list = desk.json(&["events", "list", "--limit", "2"], 0);
    assert_eq!(list["events"].as_array().unwrap().len(), 2);
    let text = desk.run(&["events", "list", "--format", "text", "--lang", "zh-CN"]);
    assert!(
        text.out.contains("超过 48 小时未发货") && text.out.contains("待发货"),
        "{}",
        text.out
    );
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
}

#[test]
fn stdin_is_read_and_what_is_no_message_is_said() {
    let desk = Desk::open();
    let mut message = late(&desk)[0].to_string();
    message.push_str("\n<!DOCTYPE x><xml></xml>");
    for (input, code) in [(message.as_str(), 1), ("hello", 2)] {
        let mut command = desk.command(&["events", "add", "-", "--lang", "en"]);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        let err = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(code), "{err}");
        let why = if code == 1 {
            "DOCTYPE"
        } else {
            "no event of WeChat"
        };
        assert!(err.contains(why), "{err}");
    }
    let lost = desk.run(&["events", "add", "nowhere.json", "--lang", "en"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("nowhere.json"), "{}", lost.err);
}

#[cfg(unix)]
#[test]
fn the_door_takes_what_a_relay_passes_on_until_it_is_stopped() {
    let desk = Desk::open();
    let none = desk.run(&["events", "listen", "--port", "0", "--lang", "en"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("FAHUO_PUSH_TOKEN"), "{}", none.err);
    let mut child = desk
        .command(&["events", "listen", "--port", "0", "--format", "json"])
        .env("FAHUO_PUSH_TOKEN", "shopToken9")
        .env("FAHUO_PUSH_AES_KEY", AES_KEY)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    let url = line()["listening"].as_str().unwrap().to_owned();
    let to = url
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .parse()
        .unwrap();
    let push = Push {
        to,
        token: "shopToken9".into(),
        aes_key: Some(AES_KEY.into()),
        appid: SANDBOX_APPID.into(),
        xml: true,
        twice: true,
        reversed: false,
    };
    let messages = late(&desk);
    let answers = push.send(&messages).unwrap();
    assert!(
        answers
            .iter()
            .all(|(status, text)| *status == 200 && text == "success"),
        "{answers:?}"
    );
    let mut numbers: Vec<Value> = (0..3).map(|_| line()["transaction_id"].clone()).collect();
    let mut sent: Vec<Value> = messages.iter().map(|m| m["transaction_id"].clone()).collect();
    numbers.sort_by_key(ToString::to_string);
    sent.sort_by_key(ToString::to_string);
    assert_eq!(numbers, sent);
    desk::interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // Nothing of the keys was kept.
    let none = desk.run(&["events", "listen", "--port", "0", "--lang", "en"]);
    assert_eq!(none.code, 2);
}
