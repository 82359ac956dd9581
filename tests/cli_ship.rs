//! Files through the real command line: JSON, exit codes, and what reaches the server, once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

#[cfg(unix)]
use std::process::Stdio;

#[cfg(unix)]
use desk::interrupt;
use desk::{Desk, finish};
use fahuo::sim::{Answer, Fault, Happening, What, When};
use serde_json::Value;

const UPLOAD: &str = "upload_shipping_info";

#[test]
fn a_check_sends_nothing_and_its_json_has_the_promised_shape() {
    let desk = Desk::open();
    desk.file("a.csv", 3);
    let mut text = std::fs::read_to_string(desk.dir.path().join("a.csv")).unwrap();
    text.push_str("4.2E+27,飞马快递,,货\n");
    std::fs::write(desk.dir.path().join("a.csv"), text).unwrap();

    let json = desk.json(&["check", "a.csv"], 1);
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let file = &json["files"][0];
    assert_eq!(file["file"], "a.csv");
    assert!(file["batch"].is_string());
    assert_eq!(file["header_row"], 1);
    assert_eq!(file["encoding"], "utf-8");
    assert_eq!(file["mapping"]["物流单号"], "tracking_no");
    let counts = &file["counts"];
    for (name, count) in [("rows", 4), ("ready", 3), ("blocked", 1), ("shipped", 0)] {
        assert_eq!(counts[name], count, "{name}");
    }
    for name in [
        "warned",
        "ignored",
        "already_done",
        "refused",
        "unclear",
        "needs_person",
        "waiting",
    ] {
        assert_eq!(counts[name], 0, "{name}");
    }
    let ready = &file["rows"][0];
    assert_eq!((&ready["row"], &ready["status"]), (&2.into(), &"ready".into()));
    assert_eq!(ready["parcels"][0]["express_company"], "ZTO");
    assert_eq!(ready["parcels"][0]["tracking_no"], "78000000000000");
    let blocked = &file["rows"][3];
    let mangled = &blocked["problems"][0];
    assert_eq!(mangled["kind"], "mangled_id");
    assert_eq!(
        (&mangled["column"], &mangled["value"]),
        (&"订单号".into(), &"4.2E+27".into())
    );
    for part in ["message", "action"] {
        assert!(!mangled[part].as_str().unwrap().is_empty(), "{part}");
    }
}

#[test]
fn shipping_the_same_file_again_ships_nothing() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 5);
    let first = desk.json(&["ship", "a.csv", "--yes"], 0);
    assert_eq!(first["files"][0]["counts"]["shipped"], 5);
    assert_eq!(first["files"][0]["rows"][0]["errcode"], 0);
    let again = desk.json(&["ship", "--yes", "a.csv"], 0);
    let counts = &again["files"][0]["counts"];
    assert_eq!(
        (&counts["already_done"], &counts["shipped"]),
        (&5.into(), &0.into())
    );
    // A journal that knows nothing of the first run finds the orders shipped as well.
    std::fs::remove_dir_all(desk.dir.path().join("data")).unwrap();
    let elsewhere = desk.json(&["ship", "a.csv", "--yes"], 0);
    assert_eq!(elsewhere["files"][0]["counts"]["already_done"], 5);
    for order in orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}

#[test]
fn nobody_to_ask_means_that_nothing_is_asked_of_wechat_either() {
    let desk = Desk::open();
    desk.file("a.csv", 1);
    assert_eq!(desk.run(&["ship", "a.csv"]).code, 2);
    assert_eq!(desk.wechat.ledger().entries().len(), 0);
}

#[test]
fn several_files_are_one_object_and_a_bad_one_does_not_stop_the_others() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    let json = desk.json(&["ship", "gone.csv", "a.csv", "--yes"], 2);
    let files = json["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0]["problems"][0]["kind"], "file_unreadable");
    assert_eq!(files[0]["rows"].as_array().unwrap().len(), 0);
    assert_eq!(files[1]["counts"]["shipped"], 2);
}

#[test]
fn a_refused_row_carries_code_and_words_and_the_others_are_shipped() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 3);
    let refuse = What::Answer {
        applied: false,
        answer: Answer::Errcode(10_060_009),
    };
    let second = [orders[1].transaction_id.clone()];
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Always, refuse).for_orders(second));
    let json = desk.json(&["ship", "a.csv", "--yes"], 1);
    let row = &json["files"][0]["rows"][1];
    assert_eq!(row["status"], "refused");
    assert_eq!(row["errcode"], 10_060_009);
    assert_eq!(row["problems"][0]["kind"], "refused");
    assert_eq!(json["files"][0]["counts"]["shipped"], 2);
}

#[test]
fn the_only_correction_is_spent_by_reship_alone() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 1);
    desk.json(&["ship", "a.csv", "--yes"], 0);
    let path = desk.dir.path().join("a.csv");
    let corrected = std::fs::read_to_string(&path)
        .unwrap()
        .replace("78000000000000", "78000000009999");
    std::fs::write(path, corrected).unwrap();

    let refused = desk.json(&["ship", "a.csv", "--yes"], 1);
    let row = &refused["files"][0]["rows"][0];
    assert_eq!(
        (&row["status"], &row["problems"][0]["kind"]),
        (&"blocked".into(), &"already_shipped".into())
    );
    let fate = || desk.wechat.ledger().uploads_sent(&orders[0].transaction_id);
    assert_eq!(fate(), 1);

    let shipped = desk.json(&["ship", "a.csv", "--yes", "--reship"], 0);
    assert_eq!(shipped["files"][0]["rows"][0]["status"], "shipped");
    assert_eq!(fate(), 2);
}

#[test]
fn a_lost_answer_is_looked_up_and_never_sent_again() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 2);
    desk.wechat
        .push_fault(Fault::next(UPLOAD, What::DropReplyAfterApply));
    let json = desk.json(&["ship", "a.csv", "--yes"], 0);
    assert_eq!(json["files"][0]["counts"]["shipped"], 2);
    for order in orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}

#[test]
fn the_daily_quota_stops_with_3_and_the_rest_waits() {
    let desk = Desk::open();
    desk.file("a.csv", 6);
    let used_up = What::Answer {
        applied: false,
        answer: Answer::Errcode(45_009),
    };
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::After(2), used_up));
    let json = desk.json(&["ship", "a.csv", "--yes"], 3);
    let counts = &json["files"][0]["counts"];
    assert_eq!(counts["shipped"], 2);
    assert_eq!(counts["waiting"], 4);
}

#[test]
fn an_account_that_never_worked_cannot_run() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    let mut command = desk.command(&["ship", "a.csv", "--yes", "--lang", "en", "--format", "text"]);
    command.env("FAHUO_APP_SECRET", "not-the-secret");
    let run = finish(&mut command);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    assert!(run.out.contains("The AppSecret is wrong"), "{}", run.out);
    assert!(
        !run.out.contains("To repair"),
        "the rows are not to blame: {}",
        run.out
    );

    let ip = Happening::IpNotAllowed("203.0.113.7".into());
    desk.wechat.push_fault(Fault::next("*", What::Happen(ip)));
    let run = desk.run(&["doctor", "--lang", "en", "--format", "text"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("203.0.113.7"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_the_hold_sends_nothing_and_keeps_the_file_in_the_journal() {
    let desk = Desk::open();
    desk.file("a.csv", 3);
    desk.stop_before_sending("a.csv", "600");
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let history = desk.json(&["history"], 0);
    assert_eq!(history["shipments"].as_array().unwrap().len(), 3);
}

#[cfg(unix)]
#[test]
fn ctrl_c_waits_for_the_answers_on_their_way_and_resume_ships_the_rest() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 12);
    desk.wechat
        .push_fault(Fault::new(UPLOAD, When::Always, What::DelayReply { ms: 400 }));
    let mut child = desk
        .command(&["ship", "a.csv", "--yes", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while desk.wechat.ledger().write_calls() == 0 {
        assert!(begun.elapsed() < std::time::Duration::from_mins(1) && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let counts = &json["files"][0]["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert!(count("shipped") > 0 && count("waiting") > 0, "{counts}");
    assert_eq!(count("unclear"), 0, "the answers on their way were waited for");
    desk.wechat.clear_faults();
    assert_eq!(desk.run(&["resume"]).code, 0);
    for order in orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}
