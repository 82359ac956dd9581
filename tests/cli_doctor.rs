//! What `doctor` and `account` say of what did not work: the true reason, and nothing in the history that is not there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

#[cfg(target_os = "linux")]
use std::process::Stdio;

use desk::{Desk, finish};

#[test]
fn a_probe_that_may_not_send_says_which_reason_holds() {
    let desk = Desk::open();
    let order = desk.file("a.csv", 1).remove(0).transaction_id;
    let probe = ["doctor", "probe", "--transaction-id", &order, "--yes"];
    for (lang, words) in [("zh-CN", "新的数据文件夹"), ("en", "This data folder is new")] {
        let mut fresh = desk.command(&[&probe[..], &["--lang", lang]].concat());
        let run = finish(fresh.env("FAHUO_QUIET_SECS", "600"));
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(words), "{words} is not in {}", run.err);
        for wrong in ["paused", "暂停", "journal", "写不进"] {
            assert!(!run.err.contains(wrong), "{wrong} is in {}", run.err);
        }
    }
    // A reminder that waits is what keeps the next one back.
    let run = desk.run(&["remind", "4200009999202611219999999999", "--yes"]);
    assert_eq!(run.code, 3, "{}", run.err);
    let run = desk.run(&[&probe[..], &["--lang", "en"]].concat());
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("An earlier run left") && run.err.contains("fahuoctl cancel"),
        "{}",
        run.err
    );
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
}

#[test]
fn a_bundle_stands_in_the_history_once_its_file_is_there() {
    let desk = Desk::open();
    let lines = || desk.json(&["history", "--kind", "program"], 0).to_string();
    let run = desk.run(&["doctor", "bundle", "lost/b.zip", "--yes"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(!lines().contains("bundle_saved"), "{}", lines());
    let run = desk.run(&["doctor", "bundle", "b.zip", "--yes"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(desk.dir.path().join("b.zip").is_file());
    assert!(lines().contains("bundle_saved"), "{}", lines());
}

#[cfg(target_os = "linux")]
#[test]
fn secrets_that_are_renewed_without_a_keyring_are_not_told_as_a_new_account() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = desk::bare(dir.path(), args);
        let mut child = command
            .args(["--data-dir", "data"])
            // No keyring answers there.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let typed = b"s3cr3t-of-the-shop\n";
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), typed).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&[
        "account",
        "add",
        "tea",
        "--appid",
        "wx0123456789abcdef",
        "--lang",
        "en",
    ]);
    assert!(code == Some(2) && said.contains("was added"), "{said}");
    for (lang, words, wrong) in [
        ("zh-CN", "新密钥没有保存", "已添加"),
        ("en", "new secrets were not kept", "was added"),
    ] {
        let (code, said) = run(&["account", "renew", "tea", "--lang", lang]);
        assert!(code == Some(2) && said.contains(words), "{said}");
        assert!(!said.contains(wrong), "{said}");
    }
}
