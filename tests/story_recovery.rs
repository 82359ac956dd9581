//! The real program on a damaged folder and on a disk that refuses: what it says, and that every order is
//! shipped once in the end.
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

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use desk::{Desk, finish};
use fahuo::sim::Order;

fn check_shipped_once(desk: &Desk, orders: &[Order]) {
    for order in orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}

#[test]
fn a_damaged_journal_is_recovered_said_in_both_languages_and_what_waited_is_shipped_once() {
    for (hurt, title_en, title_zh) in [
        (
            "flip",
            "The journal was damaged and has been recovered",
            "发货记录损坏过，已经恢复",
        ),
        (
            "remove",
            "The journal was missing and has been recovered",
            "发货记录不见了，已经恢复",
        ),
    ] {
        let desk = Desk::open();
        let orders = desk.file("a.csv", 4);
        desk.stop_before_sending("a.csv", "3");
        let path = desk.dir.path().join("data/fahuo.db");
        if hurt == "flip" {
            let mut bytes = fs::read(&path).unwrap();
            let place = bytes.windows(10).position(|part| part == b"7800000000").unwrap();
            bytes[place] ^= 1;
            fs::write(&path, bytes).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        let run = desk.run(&["resume", "--lang", "en"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(title_en), "{}", run.err);
        assert!(run.err.contains("4 of them still under way"), "{}", run.err);
        assert!(run.err.contains("damaged-"), "{}", run.err);
        let run = desk.run(&["orders", "--lang", "zh-CN"]);
        assert!(run.err.contains(title_zh), "said until it was read: {}", run.err);
        check_shipped_once(&desk, &orders);
    }
}

/// Every file that the program writes ends at so many blocks of 512 bytes, with an error and not with a signal.
fn with_file_limit(command: &Command, blocks: usize) -> Command {
    let mut limited = Command::new("sh");
    limited.args([
        "-c",
        "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"",
        &blocks.to_string(),
    ]);
    limited.arg(command.get_program()).args(command.get_args());
    limited.env_clear();
    limited.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    limited.current_dir(command.get_current_dir().unwrap());
    limited.process_group(0);
    limited
}

#[test]
fn a_disk_that_refuses_anywhere_stops_the_sending_and_afterwards_each_order_is_shipped_once() {
    let (mut stopped, mut sent_before) = (0, 0);
    for blocks in (350..1500).step_by(90) {
        let desk = Desk::open();
        let orders = desk.file("a.csv", 12);
        let ship = desk.command(&["ship", "a.csv", "--yes"]);
        let run = finish(&mut with_file_limit(&ship, blocks));
        if run.code != 0 {
            stopped += 1;
            sent_before += usize::from(desk.wechat.ledger().write_calls() > 0);
        }
        let run = desk.run(&["ship", "a.csv", "--yes"]);
        assert_eq!(run.code, 0, "{blocks}: {}", run.err);
        check_shipped_once(&desk, &orders);
    }
    assert!(stopped > 3, "the limits are too wide: {stopped}");
    assert!(sent_before > 0, "none was met in the middle of sending");
}
