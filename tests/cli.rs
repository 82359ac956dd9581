//! The real command line: its words in both languages, what it refuses, and everything beside shipping.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::Stdio;

use desk::{Desk, bare, finish};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID};
use serde_json::Value;

#[test]
fn help_speaks_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    for (lang, word) in [("zh-CN", "检查后发送可发送的行"), ("en", "send the ready rows")] {
        for args in [
            ["--lang", lang, "help", "ship"],
            ["ship", "--help", "--lang", lang],
            ["help", "ship", "--lang", lang],
            ["help", "--lang", lang, "ship"],
        ] {
            let run = finish(&mut bare(dir.path(), &args));
            assert_eq!(run.code, 0);
            assert!(
                run.out.contains(word) && run.out.contains("--reship"),
                "{}",
                run.out
            );
        }
    }
}

#[test]
fn help_of_every_depth_has_words_and_no_english_beside_chinese_ones() {
    let dir = tempfile::tempdir().unwrap();
    for (args, word) in [
        (&["help", "account", "add"][..], "AppSecret"),
        (&["account", "help", "add"], "AppSecret"),
        (&["account", "--help"], "删除账号"),
        (&["help", "--help"], "显示命令的帮助"),
        (
            &["help", "orders", "--lang=zh-CN", "--format", "json"],
            "（默认：100）",
        ),
        (&["help", "history"], "（默认：100）"),
        (&["help", "pay"], "FAHUO_PAY_PUBLIC_KEY_FILE"),
        (&["help", "pay", "query"], "FAHUO_PAY_MCHID"),
        (&["help", "ship-combined"], "\"sub_orders\": ["),
    ] {
        let zh = finish(
            bare(dir.path(), args)
                .env("LANG", "zh_CN.UTF-8")
                .env("LC_ALL", "zh_CN.UTF-8"),
        );
        assert_eq!(zh.code, 0, "{args:?} {}", zh.err);
        assert!(zh.out.contains(word), "{word} is not in {}", zh.out);
        for strange in ["[default", "cli-about", "cli-arg", "default:"] {
            assert!(!zh.out.contains(strange), "{args:?}: {strange} is in {}", zh.out);
        }
    }
    for lang in ["zh-CN", "en"] {
        let run = finish(&mut bare(dir.path(), &["completions", "zsh", "--lang", lang]));
        let nameless = run.out.lines().find(|line| line.contains("cli-about"));
        assert!(run.code == 0 && nameless.is_none(), "{nameless:?}");
    }
}

#[test]
fn a_wrong_value_says_what_is_expected_in_words_of_the_language() {
    let dir = tempfile::tempdir().unwrap();
    for (args, chinese, english) in [
        (
            &["orders", "--limit", "ten"][..],
            "可以是：不小于 0 的整数",
            "a whole number, 0 or more",
        ),
        (
            &["ship", "a.csv", "--hold", "601"],
            "0 到 600 的整数",
            "from 0 to 600",
        ),
        (
            &["sandbox", "--port", "99999"],
            "0 到 65535 的整数",
            "from 0 to 65535",
        ),
        (
            &["report", "test", "1", "--confirm-count", "one"],
            "的整数",
            "a whole number",
        ),
        (&["data", "keep", "soon"], "一直保留", "for ever"),
        (
            &["orders", "--paid-from", "soon"],
            "日期或时刻",
            "a day or a moment",
        ),
        (
            &["ship", "a.csv", "--yes", "--yes"],
            "--yes 写了两次",
            "--yes stands there twice",
        ),
    ] {
        for (lang, words) in [("zh-CN", chinese), ("en", english)] {
            let run = finish(&mut bare(dir.path(), &[args, &["--lang", lang]].concat()));
            assert_eq!(run.code, 2, "{}", run.err);
            assert!(run.err.contains(words), "{args:?}: {words} is not in {}", run.err);
            assert!(
                !run.err.contains("invalid") && !run.err.contains(" is not in "),
                "{}",
                run.err
            );
        }
    }
}

#[test]
fn an_order_that_wechat_does_not_show_is_told_without_a_promise() {
    let desk = Desk::open();
    for (lang, said, promised) in [
        ("zh-CN", "只查了一次", "会自动"),
        ("en", "it was asked once", "by itself"),
    ] {
        let id = "4200009999202611219999999999";
        let run = desk.run(&["order", "--transaction-id", id, "--lang", lang]);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(said) && run.err.contains(id), "{}", run.err);
        assert!(
            run.err.contains("7. ") && !run.err.contains(promised),
            "{}",
            run.err
        );
    }
}

#[test]
fn what_cannot_run_says_so_on_stderr_and_exits_with_2() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.csv"), "订单号\n1\n").unwrap();
    for (args, word) in [
        (&["--lang", "en"][..], "Say what is to be done"),
        (&["--lang", "zh-CN", "chek"], "没有 chek 这个命令"),
        (&["--lang", "en", "check"], "Missing: <FILE>"),
        (&["--lang", "en", "check", "a.csv", "--nope"], "no option --nope"),
        (
            &["--lang", "zh-CN", "orders", "--state", "later"],
            "awaiting_settlement",
        ),
        (
            &["--lang", "en", "--data-dir", "d", "check", "a.csv"],
            "There is no account yet",
        ),
        (
            &["--lang", "en", "--data-dir", "d", "ship", "a.csv"],
            "For unattended use add --yes",
        ),
        (
            &["--lang", "en", "--data-dir", "d", "--account", "shop", "doctor"],
            "There are no accounts yet",
        ),
        (
            &["--lang", "en", "--data-dir", "a.csv", "doctor"],
            "The data folder cannot be used",
        ),
    ] {
        let run = finish(&mut bare(dir.path(), args));
        assert_eq!(run.code, 2, "{args:?} {}", run.err);
        assert!(run.err.contains(word), "{args:?} {}", run.err);
        assert_eq!(run.out, "", "{args:?}");
    }
}

#[test]
fn waiting_times_are_not_shortened_for_wechat() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = bare(dir.path(), &["doctor", "--lang", "en", "--data-dir", "d"]);
    command
        .env("FAHUO_APPID", SANDBOX_APPID)
        .env("FAHUO_APP_SECRET", "s")
        .env("FAHUO_QUIET_SECS", "1");
    let run = finish(&mut command);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("FAHUO_QUIET_SECS"), "{}", run.err);
    assert!(!dir.path().join("d").exists(), "nothing was even opened");
}

#[test]
fn the_secret_goes_to_wechat_or_to_this_computer_only() {
    let dir = tempfile::tempdir().unwrap();
    for far in [
        "https://relay.example",
        "https://api.weixin.qq.com",
        "https://127.0.0.1@example.com",
        "http://example.com",
    ] {
        for (lang, word) in [("en", "must be on this computer"), ("zh-CN", "只能是本机地址")] {
            let mut command = bare(dir.path(), &["doctor", "--lang", lang, "--data-dir", "d"]);
            command
                .args(["--api-base", far])
                .env("FAHUO_APPID", SANDBOX_APPID)
                .env("FAHUO_APP_SECRET", "s");
            let run = finish(&mut command);
            assert_eq!(run.code, 2, "{far}");
            assert!(run.err.contains(word), "{}", run.err);
            assert!(!dir.path().join("d").exists(), "nothing was even opened");
        }
    }
}

#[test]
fn no_secret_is_written_anywhere() {
    fn search(dir: &Path, needle: &[u8]) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                search(&path, needle);
            } else {
                let mut bytes = Vec::new();
                std::fs::File::open(&path)
                    .unwrap()
                    .read_to_end(&mut bytes)
                    .unwrap();
                assert!(
                    !bytes.windows(needle.len()).any(|part| part == needle),
                    "{path:?}"
                );
            }
        }
    }
    let desk = Desk::open();
    desk.file("a.csv", 1);
    let run = desk.run(&["ship", "a.csv", "--yes", "--format", "text"]);
    assert_eq!(run.code, 0, "{}", run.err);
    search(desk.dir.path(), SANDBOX_APP_SECRET.as_bytes());
    let needle = SANDBOX_APP_SECRET;
    assert!(!run.out.contains(needle) && !run.err.contains(needle));
}

#[test]
fn orders_are_listed_and_found_by_both_numbers() {
    let desk = Desk::open();
    let listed = desk.json(&["orders", "--state", "to_ship", "--limit", "5"], 0);
    let listed = listed["orders"].as_array().unwrap();
    assert_eq!(listed.len(), 5);
    let order = &listed[0];
    assert_eq!(
        (&order["state"], &order["order_state"]),
        (&"to_ship".into(), &1.into())
    );
    let text = |name: &str| order[name].as_str().unwrap().to_owned();
    let by_id = desk.json(&["order", "--transaction-id", &text("transaction_id")], 0);
    assert_eq!(by_id["out_trade_no"], order["out_trade_no"]);
    std::fs::remove_dir_all(desk.dir.path().join("data")).unwrap();
    let mchid = match text("sub_mchid") {
        sub if sub.is_empty() => text("mchid"),
        sub => sub,
    };
    let numbers = ["--mchid", &mchid, "--out-trade-no", &text("out_trade_no")];
    let by_number = desk.json(&[&["order"], &numbers[..]].concat(), 0);
    assert_eq!(by_number["transaction_id"], order["transaction_id"]);
    let wrong = ["order", "--mchid", "1", "--out-trade-no", &text("out_trade_no")];
    assert_eq!(desk.run(&wrong).code, 2);
    assert_eq!(desk.run(&["order", "--transaction-id", "1"]).code, 2);
}

#[test]
fn the_journal_is_listed_and_nothing_is_left_to_resume() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    desk.json(&["ship", "a.csv", "--yes"], 0);
    let history = desk.json(&["history"], 0);
    let shipments = history["shipments"].as_array().unwrap();
    assert_eq!(shipments.len(), 2);
    assert_eq!(shipments[0]["state"], "shipped");
    let resumed = desk.json(&["resume"], 0);
    assert_eq!(resumed["counts"]["unclear"], 0);
}

#[test]
fn an_account_is_added_with_its_secret_from_stdin_and_removed() {
    use std::io::Write as _;
    let dir = tempfile::tempdir().unwrap();
    let sandbox = ["--sandbox", "--data-dir", "d", "--lang", "en", "--format", "json"];
    let with_stdin = |args: &[&str], typed: &str| {
        let mut command = bare(dir.path(), args);
        let mut child = command
            .args(sandbox)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let add = ["account", "add", "茶铺", "--appid", "wx0123456789abcdef"];
    let (code, _, err) = with_stdin(&add, "");
    assert_eq!(code, 2, "no secret: {err}");
    let (code, _, err) = with_stdin(&add, "s3cr3t-of-the-shop\n");
    assert_eq!(code, 0, "{err}");
    assert!(!err.contains("s3cr3t"));
    let (code, _, _) = with_stdin(&add, "s3cr3t-of-the-shop\n");
    assert_eq!(code, 2, "the name is taken");
    let (_, out, _) = with_stdin(&["account", "list"], "");
    assert!(out.contains("茶铺") && !out.contains("s3cr3t"), "{out}");
    let (code, _, err) = with_stdin(&["account", "remove", "茶铺"], "y\n");
    assert_eq!(code, 2, "nobody to ask: {err}");
    assert_eq!(with_stdin(&["account", "remove", "茶铺", "--yes"], "").0, 0);
    let (_, out, _) = with_stdin(&["account", "list"], "");
    assert!(!out.contains("茶铺"), "{out}");
}

#[test]
fn the_sandbox_serves_what_it_prints() {
    let dir = tempfile::tempdir().unwrap();
    let mut sandbox = bare(dir.path(), &["sandbox", "--orders", "70", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(sandbox.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let place: Value = serde_json::from_str(&line).unwrap();
    let text = |name: &str| place[name].as_str().unwrap().to_owned();
    let mut command = bare(
        dir.path(),
        &["--data-dir", "d", "orders", "--limit", "500", "--format", "json"],
    );
    command
        .args(["--api-base", &text("base_url")])
        .env("FAHUO_APPID", text("appid"))
        .env("FAHUO_APP_SECRET", text("app_secret"));
    let run = finish(&mut command);
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    assert_eq!(run.code, 0, "{}", run.err);
    let orders: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(orders["orders"].as_array().unwrap().len(), 70);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_window_names_commands_that_work() {
    let dir = tempfile::tempdir().unwrap();
    let mut window = std::process::Command::new(env!("CARGO_BIN_EXE_fahuo"));
    window
        .current_dir(dir.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    let run = finish(&mut window);
    assert_eq!(run.code, 2, "{}", run.err);
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/warehouse-demo.csv");
    let named = run.err.split(['：', ':', '，', ',', '\n']).map(str::trim);
    let mut tried = 0;
    for line in named.filter(|part| part.starts_with("fahuoctl ")) {
        let words = line.split_whitespace().skip(1);
        let args: Vec<&str> = words
            .map(|word| {
                if ["FILE", "文件"].contains(&word) {
                    sample
                } else {
                    word
                }
            })
            .collect();
        // An account is missing for what is not the sandbox; everything else must be right.
        let run = finish(bare(dir.path(), &args).args(["--data-dir", "d", "--lang", "en"]));
        let accounts = run.err.contains("There is no account yet");
        assert!(run.code <= 1 || accounts, "{line}: {} {}", run.code, run.err);
        assert_eq!(args.contains(&"--sandbox"), !accounts, "{line}: {}", run.err);
        tried += 1;
    }
    assert_eq!(tried, 4, "two commands in two languages: {}", run.err);
}
