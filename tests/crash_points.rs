//! The process ends as if the power had failed, at each named place of the loop; afterwards every order is
//! shipped once. Needs the feature `crash-points`.
#![cfg(feature = "crash-points")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::desk::Desk;
use common::warehouse::check_ledger;

#[track_caller]
fn check(place: &str, visits: &[usize]) {
    for visit in visits {
        let desk = Desk::open();
        let mut ship = desk.command(&["ship", "周一.csv", "--yes"]);
        let output = ship
            .env("FAHUO_CRASH_AT", format!("{place}:{visit}"))
            .output()
            .unwrap();
        assert_eq!(
            output.status.code(),
            None,
            "it must have been ended at {place}:{visit}"
        );
        let output = desk.command(&["resume"]).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        check_ledger(&desk.wechat, &desk.warehouse);
        assert_eq!(
            desk.wechat.ledger().write_calls(),
            desk.wechat.ledger().all_committed_uploads()
        );
    }
}

#[test]
fn before_anything_is_written_down() {
    check("before-record", &[1, 50]);
}

#[test]
fn after_it_is_written_down_and_before_a_byte_leaves() {
    check("after-record", &[1, 50]);
    check("before-upload", &[1, 50]);
}

#[test]
fn after_the_answer_and_before_it_is_written_down() {
    check("after-answer", &[1, 50]);
}
