//! The main job with the real command line: a Monday's file is checked, shipped once, and killed in the middle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::process::Stdio;
use std::time::{Duration, Instant};

use common::audit::audit;
use common::desk::Desk;
use common::warehouse::{THREE_PARCELS, TOTALS, check_ledger};
use serde_json::Value;

/// Row, status, and the words and columns of what is wrong.
type Trouble = (u64, String, Vec<(String, String)>);

/// Rows that are neither ready, shipped nor done, with their loud problems' words and columns.
fn troubles(json: &Value) -> Vec<Trouble> {
    json["files"][0]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !["ready", "shipped", "already_done"].contains(&row["status"].as_str().unwrap()))
        .map(|row| {
            let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
            let problems = row["problems"].as_array().unwrap().iter();
            let problems = problems.filter(|p| p["kind"] != "item_desc_filled");
            let problems = problems.map(|p| (text(&p["kind"]), text(&p["column"]))).collect();
            (row["row"].as_u64().unwrap(), text(&row["status"]), problems)
        })
        .collect()
}

#[track_caller]
fn check_troubles(desk: &Desk, json: &Value) {
    let mut expected: Vec<Trouble> = desk
        .warehouse
        .blocked
        .iter()
        .map(|(row, kind, column)| {
            (
                u64::from(*row),
                "blocked".into(),
                vec![((*kind).into(), (*column).into())],
            )
        })
        .collect();
    expected.push((1, "ignored".into(), vec![]));
    expected.push((u64::from(TOTALS), "ignored".into(), vec![]));
    expected.sort();
    let found = troubles(json);
    assert_eq!(found, expected);
}

#[test]
fn a_mondays_file_is_checked_then_shipped_once_and_a_second_run_ships_nothing() {
    let desk = Desk::open();
    let sent = 500 - desk.warehouse.blocked.len();

    let (code, json) = desk.run(&["check", "周一.csv", "--format", "json"]);
    assert_eq!(code, 1);
    check_troubles(&desk, &json);
    let file = &json["files"][0];
    assert_eq!(
        (&file["encoding"], &file["header_row"]),
        (&"gb18030".into(), &2.into())
    );
    assert_eq!(file["counts"]["ready"], sent);
    assert_eq!(desk.wechat.ledger().write_calls(), 0);

    let (code, json) = desk.run(&["ship", "周一.csv", "--yes", "--format", "json"]);
    assert_eq!(code, 1);
    check_troubles(&desk, &json);
    assert_eq!(json["files"][0]["counts"]["shipped"], sent);
    check_ledger(&desk.wechat, &desk.warehouse);
    let three = json["files"][0]["rows"].as_array().unwrap().iter();
    let three = three
        .filter(|row| row["row"].as_u64() == Some(THREE_PARCELS[0].into()))
        .count();
    assert_eq!(three, 1);

    let writes = desk.wechat.ledger().write_calls();
    let (code, json) = desk.run(&["ship", "周一.csv", "--yes", "--format", "json"]);
    assert_eq!(code, 1);
    let counts = &json["files"][0]["counts"];
    assert_eq!(
        (&counts["shipped"], &counts["already_done"]),
        (&0.into(), &sent.into())
    );
    assert_eq!(
        desk.wechat.ledger().write_calls(),
        writes,
        "nothing is sent twice"
    );
}

/// Kills the process once the server has seen so many uploads, resumes, and looks at the ledger.
fn kill_and_resume(uploads: usize) {
    let desk = Desk::open();
    let mut child = desk
        .command(&["ship", "周一.csv", "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while desk.wechat.ledger().write_calls() < uploads {
        assert!(start.elapsed() < Duration::from_mins(1) && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = desk.wechat.ledger().write_calls();
    assert!(before < desk.warehouse.ships.len(), "killed in the middle");
    let output = desk.command(&["resume"]).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    check_ledger(&desk.wechat, &desk.warehouse);
    let counted = audit(&desk.wechat, &desk.dir.path().join("data"));
    assert_eq!(counted.requests, desk.wechat.ledger().write_calls());
}

#[test]
fn a_process_that_is_killed_in_the_middle_goes_on_where_it_was() {
    for uploads in [1, 60, 300] {
        kill_and_resume(uploads);
    }
}
