//! `remind`, `report` and `jump-path` of the real command line: what is sent, what is said, and the exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use desk::{Desk, bare, finish};
use fahuo::sim::{Fault, Order, What};

fn waiting(desk: &Desk) -> Vec<Order> {
    let mut orders = desk.wechat.orders();
    let now = desk.wechat.clock().now().as_second();
    orders.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.visible_at <= now);
    orders
}

fn states(json: &serde_json::Value) -> Vec<&str> {
    let errands = json["errands"].as_array().unwrap();
    errands
        .iter()
        .map(|errand| errand["state"].as_str().unwrap())
        .collect()
}

#[test]
fn all_buyers_are_reminded_once_and_a_second_run_sends_nothing() {
    let desk = Desk::open();
    let json = desk.json(&["remind", "--all", "--yes"], 0);
    let sent = desk.wechat.ledger().requests("notify_confirm_receive");
    assert!(sent > 0 && states(&json).len() == sent, "{json}");
    assert!(states(&json).iter().all(|state| *state == "done"), "{json}");
    let again = desk.json(&["remind", "--all", "--yes"], 0);
    assert!(states(&again).is_empty(), "{again}");
    assert_eq!(desk.wechat.ledger().requests("notify_confirm_receive"), sent);
}

#[test]
fn what_cannot_be_reminded_says_why_and_nothing_leaves() {
    let desk = Desk::open();
    let order = waiting(&desk).remove(0).transaction_id;
    let json = desk.json(&["remind", &order, "nope", "--yes"], 1);
    assert_eq!(states(&json), ["stopped", "not_found"]);
    assert_eq!(json["errands"][0]["why"], "not_shipped");
    assert!(
        json["errands"][1]["action"].as_str().unwrap().len() > 10,
        "{json}"
    );
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let run = desk.run(&["remind", &order, "--lang", "en"]);
    assert_eq!(run.code, 2, "nobody is there to be asked: {}", run.err);
    let run = desk.run(&["remind", "--yes", "--lang", "zh-CN"]);
    assert_eq!(run.code, 2, "no order was named");
}

#[test]
fn pre_sales_of_a_file_are_reported_within_the_legal_days() {
    let desk = Desk::open();
    let orders: Vec<Order> = waiting(&desk).into_iter().take(2).collect();
    let file = format!(
        "订单号\n{}\n{}\n",
        orders[0].transaction_id, orders[1].out_trade_no
    );
    std::fs::write(desk.dir.path().join("预售.csv"), file).unwrap();
    let day = |days: i64| {
        let at = jiff::Timestamp::from_second(orders[0].pay_time + days * 86_400).unwrap();
        at.strftime("%Y-%m-%d").to_string()
    };
    let early = desk.json(
        &[
            "report",
            "presale",
            "--from-file",
            "预售.csv",
            "--ship-by",
            &day(9),
            "--yes",
        ],
        1,
    );
    assert_eq!(states(&early), ["stopped", "stopped"]);
    assert_eq!(early["errands"][0]["why"], "date_too_early");
    let json = desk.json(
        &[
            "report",
            "presale",
            "--from-file",
            "预售.csv",
            "--ship-by",
            &day(60),
            "--yes",
        ],
        0,
    );
    assert_eq!(states(&json), ["done", "done"]);
    assert_eq!(desk.wechat.ledger().requests("opspecialorder"), 2);
}

#[test]
fn a_test_order_is_reported_only_with_its_count() {
    let desk = Desk::open();
    let order = waiting(&desk).remove(0).transaction_id;
    for args in [
        &["report", "test", &order, "--confirm-count", "2"][..],
        &["report", "test", &order],
    ] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let json = desk.json(&["report", "test", &order, "--confirm-count", "1"], 0);
    assert_eq!(states(&json), ["done"]);
    assert_eq!(desk.wechat.ledger().requests("opspecialorder"), 1);
}

/// A number of WeChat's shape behind which there is no order.
const UNKNOWN: &str = "4200009999202611219999999999";

#[test]
fn an_order_that_wechat_does_not_know_ends_the_run_with_its_reason_and_can_be_taken_back() {
    let desk = Desk::open();
    let day = (jiff::Timestamp::now() + jiff::Span::new().hours(24 * 60))
        .strftime("%Y-%m-%d")
        .to_string();
    for args in [
        &["remind", UNKNOWN, "--yes"][..],
        &["report", "presale", UNKNOWN, "--ship-by", &day, "--yes"],
        &["report", "test", UNKNOWN, "--confirm-count", "1"],
    ] {
        let run = desk.run(&[args, &["--format", "json", "--lang", "en"]].concat());
        assert_eq!(run.code, 3, "{} {}", run.out, run.err);
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let row = &json["errands"][0];
        assert_eq!(
            (&row["state"], &row["why"]),
            (&"waiting".into(), &"not_visible".into())
        );
        let words = [&row["message"], &row["action"]].map(|words| words.as_str().unwrap());
        assert!(words[0].contains("Nothing was sent"), "{row}");
        assert!(words[1].contains("number"), "{row}");
        for words in ["1 order", "fahuoctl resume", "fahuoctl cancel"] {
            assert!(run.err.contains(words), "{words} is not in {}", run.err);
        }
        let left = desk.json(&["resume"], 3);
        assert_eq!(left["errands"][0]["transaction_id"], UNKNOWN);
        assert_eq!(left["errands"][0]["why"], "not_visible");
        let taken = desk.json(&["cancel"], 0);
        assert_eq!((&taken["cancelled"], &taken["left"]), (&1.into(), &0.into()));
        let none = desk.json(&["resume"], 0);
        assert_eq!(none["errands"], serde_json::json!([]));
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let run = desk.run(&["remind", UNKNOWN, "--yes", "--format", "text", "--lang", "zh-CN"]);
    for words in ["等待订单出现", "没有发送", "核对单号"] {
        assert!(run.out.contains(words), "{words} is not in {}", run.out);
    }
}

#[test]
fn numbers_are_taken_from_a_plain_list_and_a_file_that_is_not_there_sends_nothing() {
    let desk = Desk::open();
    let orders: Vec<Order> = waiting(&desk).into_iter().take(2).collect();
    let list = format!("{}\r\n{}\r\n", orders[0].transaction_id, orders[1].out_trade_no);
    std::fs::write(desk.dir.path().join("list.txt"), list).unwrap();
    let json = desk.json(&["remind", "--from-file", "list.txt", "--yes"], 1);
    assert_eq!(states(&json), ["stopped", "not_found"], "{json}");
    assert_eq!(json["errands"][0]["transaction_id"], orders[0].transaction_id);
    let json = desk.json(
        &[
            "report",
            "test",
            "--from-file",
            "list.txt",
            "--confirm-count",
            "2",
        ],
        0,
    );
    assert_eq!(states(&json), ["done", "done"], "{json}");
    let before = desk.wechat.ledger().write_calls();
    for args in [
        &["remind", "--from-file", "lost.txt", "--yes"][..],
        &[
            "report",
            "test",
            "--from-file",
            "lost.txt",
            "--confirm-count",
            "1",
        ],
    ] {
        for (lang, words) in [("zh-CN", "无法读取"), ("en", "cannot be read")] {
            let run = desk.run(&[args, &["--lang", lang]].concat());
            assert_eq!(run.code, 2, "{}", run.err);
            assert!(
                run.err.contains("lost.txt") && run.err.contains(words),
                "{}",
                run.err
            );
        }
    }
    assert_eq!(desk.wechat.ledger().write_calls(), before);
}

const COMBINED: &str = "upload_combined_shipping_info";

/// A form of two orders of one payer that wait for shipment.
fn combined(desk: &Desk) -> (serde_json::Value, [Order; 2]) {
    let mut orders = waiting(desk);
    let [first, mut second] = [orders.remove(0), orders.remove(0)];
    second.openid.clone_from(&first.openid);
    desk.wechat.with_world(|world| world.put_order(second.clone()));
    let sub = |order: &Order, number: &str| {
        serde_json::json!({
            "transaction_id": order.transaction_id,
            "parcels": [{ "express_company": "ZTO", "tracking_no": number, "item_desc": "茶叶" }],
        })
    };
    let form = serde_json::json!({
        "parent": "4200009999202600000000000001",
        "sub_orders": [sub(&first, "78000000000001"), sub(&second, "78000000000002")],
    });
    (form, [first, second])
}

#[test]
fn a_combined_order_is_shipped_with_one_call_and_a_second_run_ships_nothing() {
    let desk = Desk::open();
    let (form, orders) = combined(&desk);
    std::fs::write(desk.dir.path().join("form.json"), form.to_string()).unwrap();
    let json = desk.json(&["ship-combined", "form.json", "--yes"], 0);
    let shipments = json["shipments"].as_array().unwrap();
    assert_eq!(shipments.len(), 2, "{json}");
    assert!(
        shipments.iter().all(|shipment| shipment["state"] == "shipped"),
        "{json}"
    );
    desk.run(&["ship-combined", "form.json", "--yes"]);
    for order in &orders {
        assert_eq!(desk.wechat.ledger().committed_uploads(&order.transaction_id), 1);
    }
    assert_eq!(desk.wechat.ledger().requests(COMBINED), 1);
}

#[test]
fn a_form_that_cannot_be_sent_is_told_with_its_place_and_nothing_leaves() {
    let desk = Desk::open();
    let (mut form, _) = combined(&desk);
    form["sub_orders"][1]["parcels"][0]["tracking_no"] = 78_000.into();
    let number = serde_json::to_string_pretty(&form).unwrap();
    for (text, chinese, english) in [
        ("", "是空的", "is empty"),
        ("{}", "缺少“parent”", "\"parent\" is missing"),
        ("{\n  \"parent\": \"1\",\n}", "第 3 行第 1 列", "line 3, column 1"),
        (
            number.as_str(),
            "“sub_orders[1].parcels[0].tracking_no”应为引号里的文字",
            "must be a text",
        ),
        (
            "{\"parent\": \"4200009999202600000000000001\", \"sub_orders\": []}",
            "不足两单",
            "fewer than two",
        ),
    ] {
        std::fs::write(desk.dir.path().join("form.json"), text).unwrap();
        for (lang, words) in [("zh-CN", chinese), ("en", english)] {
            let run = desk.run(&["ship-combined", "form.json", "--yes", "--lang", lang]);
            assert_eq!(run.code, 2, "{text}: {} {}", run.out, run.err);
            assert!(run.err.contains(words), "{words} is not in {}", run.err);
            assert!(
                !run.err.contains("expected") && !run.err.contains(" at line"),
                "{}",
                run.err
            );
        }
    }
    let lost = desk.run(&["ship-combined", "lost.json", "--yes", "--lang", "en"]);
    assert!(
        lost.code == 2 && lost.err.contains("cannot be read"),
        "{}",
        lost.err
    );
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
}

#[test]
fn the_jump_path_is_shown_with_what_kept_it_from_being_set() {
    let desk = Desk::open();
    desk.json(&["jump-path", "set", "pages/a", "--yes"], 0);
    desk.wechat
        .push_fault(Fault::next("set_msg_jump_path", What::errcode(48_001)));
    let json = desk.json(&["jump-path", "set", "pages/b", "--yes"], 2);
    assert_eq!(json["state"], "failed", "{json}");
    let shown = desk.json(&["jump-path", "show"], 0);
    assert_eq!(shown["state"], "failed", "{shown}");
    for (lang, words) in [("zh-CN", "没有改变"), ("en", "has not changed")] {
        let run = desk.run(&["jump-path", "show", "--format", "text", "--lang", lang]);
        assert!(
            run.code == 0 && run.out.contains(words),
            "{} {}",
            run.out,
            run.err
        );
    }
}

#[test]
fn the_jump_path_is_set_and_shown_and_a_doubt_is_no_success() {
    let desk = Desk::open();
    assert_eq!(desk.json(&["jump-path", "show"], 0)["state"], "never");
    let run = desk.run(&["jump-path", "set", "https://example.com/a", "--yes"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let json = desk.json(&["jump-path", "set", "pages/order/detail?from=msg", "--yes"], 0);
    assert_eq!(json["state"], "set");
    let shown = desk.json(&["jump-path", "show"], 0);
    assert_eq!(shown["path"], "pages/order/detail?from=msg");
    desk.wechat
        .push_fault(Fault::next("set_msg_jump_path", What::errcode(-1)));
    let json = desk.json(&["jump-path", "set", "pages/b", "--yes"], 3);
    assert_eq!(json["state"], "unclear");
    assert_eq!(desk.wechat.ledger().requests("set_msg_jump_path"), 2);
}

#[test]
fn the_help_is_there_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    for (lang, word) in [("zh-CN", "每单只能一次"), ("en", "once for each order")] {
        let run = finish(&mut bare(dir.path(), &["--lang", lang, "help", "remind"]));
        assert!(run.code == 0 && run.out.contains(word), "{}", run.out);
    }
}
