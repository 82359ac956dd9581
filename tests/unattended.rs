//! Runs that nobody watches, with the real command line: a scheduled job, what it leaves behind, and that none of it
//! holds a secret or a person.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "unattended/data.rs"]
mod data;
mod desk;
#[path = "unattended/every_test.rs"]
mod every_test;
#[path = "unattended/leavings.rs"]
mod leavings;
#[path = "unattended/scan.rs"]
mod scan;

use std::fs;
use std::path::Path;

use desk::{Desk, Run};
use serde_json::Value;

/// The lines of the log, oldest first.
fn log(data: &Path) -> Vec<Value> {
    let text = fs::read_to_string(data.join("logs/fahuo.log")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn words(lines: &[Value], what: &str) -> Vec<Value> {
    let of = |line: &&Value| line["what"] == what;
    lines.iter().filter(of).cloned().collect()
}

/// Ten files in a folder; the fifth is none of shipments, whatever it is called.
fn ten_files(desk: &Desk) -> Vec<String> {
    let folder = desk.dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    let orders = desk.file("all.csv", 18);
    let text = fs::read_to_string(desk.dir.path().join("all.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut rows = lines[1..].chunks(2);
    for number in 1..=10 {
        let path = folder.join(format!("{number:02}.csv"));
        if number == 5 {
            fs::write(path, b"\xff\xfe\x00\xd8broken").unwrap();
        } else {
            fs::write(
                path,
                format!("{}\n{}\n", lines[0], rows.next().unwrap().join("\n")),
            )
            .unwrap();
        }
    }
    orders.into_iter().map(|order| order.transaction_id).collect()
}

fn shipped(run: &Run) -> (u64, u64) {
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let files = json["files"].as_array().unwrap();
    let sum = |name: &str| {
        files
            .iter()
            .filter_map(|file| file["counts"][name].as_u64())
            .sum()
    };
    (sum("shipped"), sum("already_done"))
}

#[test]
fn a_job_on_ten_files_with_a_broken_one_runs_three_times_and_ships_everything_once() {
    let desk = Desk::open();
    let orders = ten_files(&desk);
    for (time, expected) in [(1, (18, 0)), (2, (0, 18)), (3, (0, 18))] {
        let run = desk.run(&["ship", "--yes", "in"]);
        assert_eq!(run.code, 2, "the broken file is told in every run: {}", run.err);
        assert_eq!(shipped(&run), expected, "run {time}: {}", run.err);
    }
    for order in &orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(order), 1, "{order}");
    }
    let lines = log(&desk.dir.path().join("data"));
    assert_eq!(words(&lines, "started").len(), 3);
    let ends = words(&lines, "ended");
    assert!(ends.len() == 3 && ends.iter().all(|end| end["exit"] == 2 && end["level"] == "error"));
    let broken = words(&lines, "file_unusable");
    assert!(
        broken.len() == 3 && broken.iter().all(|line| line["file"] == "05.csv"),
        "{broken:?}"
    );
    assert_eq!(words(&lines, "batch_done").len(), 9);
    let of_orders = words(&lines, "shipment");
    let ends: Vec<_> = of_orders
        .iter()
        .filter(|line| line["state"] == "shipped")
        .collect();
    assert_eq!(ends.len(), 18, "{of_orders:?}");
    assert!(
        ends.iter()
            .all(|line| line["errcode"] == 0 && line["level"] == "info")
    );
}

#[test]
fn finished_files_are_moved_and_the_broken_one_stays_for_a_person() {
    let desk = Desk::open();
    ten_files(&desk);
    let args = ["ship", "--yes", "in", "--move-finished", "done"];
    assert_eq!(desk.run(&args).code, 2);
    let names = |folder: &str| {
        let found = fs::read_dir(desk.dir.path().join(folder)).unwrap().flatten();
        let mut names: Vec<_> = found
            .map(|file| file.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!((names("in"), names("done").len()), (vec!["05.csv".to_owned()], 9));
    fs::remove_file(desk.dir.path().join("in/05.csv")).unwrap();
    let empty = desk.run(&args);
    assert_eq!(
        (empty.code, empty.out.trim()),
        (0, r#"{"files":[]}"#),
        "{}",
        empty.err
    );
    // A file whose row waits for a person stays where it is.
    fs::write(
        desk.dir.path().join("in/late.csv"),
        "订单号,快递公司,物流单号,商品信息\n4.2E+27,中通快递,78000000000000,货\n",
    )
    .unwrap();
    assert_eq!(desk.run(&args).code, 1);
    assert_eq!(names("in"), ["late.csv"]);
}

#[test]
fn the_level_of_the_log_is_chosen_and_off_means_nothing() {
    let desk = Desk::open();
    desk.file("a.csv", 1);
    let data = desk.dir.path().join("data");
    assert_eq!(
        desk.run(&["ship", "--yes", "a.csv", "--log-level", "off"]).code,
        0
    );
    assert!(!data.join("logs").exists());
    let run = desk::finish(desk.command(&["check", "a.csv"]).env("FAHUO_LOG", "Trace"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(words(&log(&data), "file_checked").len(), 1);
    let refused = desk.run(&["check", "a.csv", "--log-level", "loud", "--lang", "en"]);
    assert!(
        refused.code == 2 && refused.err.contains("trace"),
        "{}",
        refused.err
    );
}

#[test]
fn completions_and_manual_name_what_can_be_typed() {
    let dir = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = desk::finish(&mut desk::bare(dir.path(), &["completions", shell]));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
        for word in ["ship", "move-finished", "log-level"] {
            assert!(run.out.contains(word), "{shell}: {word}");
        }
    }
    for (lang, word) in [("en", "Exit codes"), ("zh-CN", "退出码")] {
        let run = desk::finish(&mut desk::bare(dir.path(), &["man", "--lang", lang]));
        assert!(run.code == 0 && run.out.contains(word), "{}", run.out);
    }
    let run = desk::finish(&mut desk::bare(dir.path(), &["man", "--into", "man1"]));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(dir.path().join("man1/fahuoctl-data-purge.1").is_file());
}
