//! Several programs on one data folder, and programs that the system stops for a while: one works, the others say who
//! does, and nothing is sent twice.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "common/audit.rs"]
mod audit;
mod desk;

use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use audit::audit;
use desk::Desk;
use fahuo::sim::{Fault, What, When};

const UPLOAD: &str = "upload_shipping_info";

fn start(desk: &Desk, lang: &str) -> Child {
    desk.command(&["ship", "a.csv", "--yes", "--format", "json", "--lang", lang])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits for something at the server.
#[track_caller]
fn until(seen: impl Fn() -> bool) {
    let begun = Instant::now();
    while !seen() {
        assert!(begun.elapsed() < Duration::from_mins(1), "waited in vain");
        std::thread::yield_now();
    }
}

/// Sends a signal to a process that this test has started.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

#[track_caller]
fn check_shipped_once(desk: &Desk, orders: &[fahuo::sim::Order]) {
    let ledger = desk.wechat.ledger();
    for order in orders {
        let fate = ledger.order(&order.transaction_id).unwrap();
        assert_eq!(
            (fate.committed_uploads, fate.finish_count),
            (1, 1),
            "{}",
            order.transaction_id
        );
    }
    assert_eq!(ledger.all_committed_uploads(), orders.len());
}

#[test]
fn of_twenty_that_start_at_once_one_sends_and_nineteen_say_who_does() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 6);
    // The one that works is not done before the last of the others has started.
    let slow = What::Delay { ms: 200 };
    desk.wechat
        .push_fault(Fault::new("get_order", When::Always, slow));
    let children: Vec<Child> = (0..20)
        .map(|i| start(&desk, if i % 2 == 0 { "zh-CN" } else { "en" }))
        .collect();
    let pids: Vec<u32> = children.iter().map(Child::id).collect();
    let ended: Vec<Output> = children
        .into_iter()
        .map(|child| child.wait_with_output().unwrap())
        .collect();
    let (won, lost): (Vec<usize>, Vec<usize>) = (0..20).partition(|i| ended[*i].status.success());
    assert_eq!(won.len(), 1, "one sends: {ended:?}");
    let holder = pids[won[0]];
    for i in lost {
        let Output {
            status,
            stdout,
            stderr,
        } = &ended[i];
        let said = String::from_utf8_lossy(stderr);
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(stdout.is_empty(), "no results where nothing was done");
        let words = if i % 2 == 0 {
            format!("另一个程序（进程 {holder}）")
        } else {
            format!("Another program (process {holder})")
        };
        // Fluent sets values apart with invisible marks.
        let said = said.replace(['\u{2068}', '\u{2069}'], "");
        assert!(said.contains(&words), "{words} in {said}");
    }
    check_shipped_once(&desk, &orders);
    assert_eq!(audit(&desk.wechat, &desk.dir.path().join("data")).cut_off, 0);
}

#[test]
fn a_window_that_holds_the_folder_is_named_too() {
    let desk = Desk::open();
    desk.file("a.csv", 1);
    let window = fahuo::engine::start(
        fahuo::engine::Config {
            data_dir: desk.dir.path().join("data"),
            base_url: Some(desk.wechat.base_url()),
            sandbox: false,
            credentials: None,
            quiet: None,
            key_store: fahuo::engine::KeyStoreChoice::Memory,
            resume_at_start: false,
            team_key: None,
        },
        || {},
    )
    .unwrap();
    let run = desk.run(&["ship", "a.csv", "--yes", "--lang", "en"]);
    assert_eq!(run.code, 2);
    let said = run.err.replace(['\u{2068}', '\u{2069}'], "");
    assert!(
        said.contains(&format!("process {}", std::process::id())),
        "{said}"
    );
    assert_eq!(desk.wechat.ledger().entries().len(), 0);
    drop(window);
    assert_eq!(desk.run(&["ship", "a.csv", "--yes"]).code, 0);
}

/// Longer than the quiet time of these runs.
const LONG_MS: u64 = 700;

/// Stops the process while its first two uploads are under way, and wakes it when the server has answered the second,
/// long after the quiet time.
#[track_caller]
fn sleep_through(first: What) {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 6);
    desk.wechat.push_fault(Fault::next(UPLOAD, first));
    desk.wechat
        .push_fault(Fault::next(UPLOAD, What::DelayReply { ms: LONG_MS }));
    let child = start(&desk, "en");
    let ledger = desk.wechat.ledger();
    until(|| ledger.write_calls() > 1);
    signal(&child, "-STOP");
    // Another one may not take the place of one that only sleeps.
    let other = desk.run(&["resume", "--lang", "en"]);
    assert_eq!(other.code, 2, "{}", other.err);
    let answered = || {
        let entries = ledger.entries();
        let slow = entries.iter().find(|entry| entry.fault == Some("delay_reply"));
        slow.is_some_and(|entry| entry.status.is_some())
    };
    until(answered);
    signal(&child, "-CONT");
    let ended = child.wait_with_output().unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    check_shipped_once(&desk, &orders);
    assert_eq!(audit(&desk.wechat, &desk.dir.path().join("data")).cut_off, 0);
}

#[test]
fn a_process_that_slept_through_its_answer_ships_nothing_twice() {
    for first in [
        What::DelayReply { ms: LONG_MS },
        What::Delay { ms: LONG_MS / 2 },
        What::ApplyLate { ms: LONG_MS / 2 },
        What::DropReplyAfterApply,
        What::DropBeforeApply,
    ] {
        sleep_through(first);
    }
}
