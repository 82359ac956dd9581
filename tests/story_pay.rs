//! Payments of WeChat Pay Global through engine, command line and simulator: with keys of their own, and without touching
//! an order.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;
mod desk;

use std::path::PathBuf;

use common::Shop;
use desk::Desk;
use fahuo::domain::{PayFailureKind, PayNumber, PayState};
use fahuo::engine::snapshot::{PayAnswer, PayTrouble};
use fahuo::engine::{Command, Notice, PayAsk, PayEdit, Secret};
use fahuo::sim::global::{
    API_V3_KEY, MCHID, MERCHANT_CERTIFICATE, MERCHANT_KEY, MERCHANT_SERIAL, SP_MCHID, Trouble,
};

const ID: &str = "4200752501201407033233368018";

fn edit(shop: &Shop) -> PayEdit {
    let file = |name: &str, text: &str| -> PathBuf {
        let path = shop.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    PayEdit {
        mchid: MCHID.into(),
        key_file: file("apiclient_key.pem", MERCHANT_KEY),
        certificate_file: file("apiclient_cert.pem", MERCHANT_CERTIFICATE),
        api_v3_key: Some(Secret::new(API_V3_KEY.into())),
        ..PayEdit::default()
    }
}

#[track_caller]
fn said(shop: &mut Shop, wanted: &Notice) {
    while !shop.engine.notices().contains(wanted) {
        shop.engine.wait(std::time::Duration::from_millis(50));
    }
}

#[track_caller]
fn ask(shop: &mut Shop, number: &str) -> PayAnswer {
    let before = shop.engine.snapshot().pay;
    let number = PayNumber::id(number).unwrap();
    shop.engine.send(Command::Pay(PayAsk::Query(number)));
    shop.until("an answer", |s| {
        let is_new = !std::sync::Arc::ptr_eq(&s.pay, &before);
        match &s.pay.answer {
            PayAnswer::Nothing | PayAnswer::Asking(_) => None,
            answer @ (PayAnswer::Found { .. } | PayAnswer::Failed { .. }) => is_new.then(|| answer.clone()),
        }
    })
}

#[test]
fn a_payment_is_looked_up_with_keys_that_were_read_once_and_touches_no_order() {
    let mut shop = Shop::open();
    let PayAnswer::Failed { failure, .. } = ask(&mut shop, ID) else {
        panic!("nothing was set up");
    };
    assert_eq!(failure.kind, PayFailureKind::NoCredentials);
    let edit = edit(&shop);
    shop.engine.send(Command::Pay(PayAsk::Save(edit.clone())));
    said(&mut shop, &Notice::Saved);
    std::fs::remove_file(&edit.key_file).unwrap();
    assert_eq!(
        shop.engine.snapshot().pay.settings.serial_no,
        MERCHANT_SERIAL,
        "read from the certificate"
    );
    let PayAnswer::Found { payment, .. } = ask(&mut shop, ID) else {
        panic!("{:?}", shop.engine.snapshot().pay.answer);
    };
    assert_eq!(payment.state, PayState::Success);
    assert_eq!(payment.total.as_ref().unwrap().to_string(), "HKD 5,288.00");
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    assert_eq!(
        shop.wechat.ledger().requests("get_order"),
        0,
        "never looked for in the delivery service"
    );
    assert!(shop.engine.snapshot().outbox.rows.is_empty());
    // The certificates of WeChat Pay are fetched once for all questions.
    ask(&mut shop, "42");
    let fetched = shop.wechat.with_global(|global| {
        let all = global.asked.iter().filter(|line| line.ends_with("certificates"));
        all.count()
    });
    assert_eq!(fetched, 1);
    shop.engine.send(Command::Pay(PayAsk::Forget));
    shop.until("nothing kept", |s| {
        (!s.pay.has_key && s.pay.settings.mchid.is_empty()).then_some(())
    });
    let Shop { dir, engine, .. } = shop;
    drop(engine);
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|ending| ending != "pem") {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains("PRIVATE KEY") && !text.contains(API_V3_KEY),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn what_does_not_fit_is_said_before_any_of_it_is_kept() {
    let mut shop = Shop::open();
    let good = edit(&shop);
    let cert = good.certificate_file.clone();
    let bad: [(PayEdit, PayTrouble); 8] = [
        (
            PayEdit {
                mchid: "abc".into(),
                ..good.clone()
            },
            PayTrouble::Mchid,
        ),
        (
            PayEdit {
                mchid: String::new(),
                ..good.clone()
            },
            PayTrouble::Mchid,
        ),
        (
            PayEdit {
                key_file: "nowhere.pem".into(),
                ..good.clone()
            },
            PayTrouble::File,
        ),
        (
            PayEdit {
                key_file: cert,
                ..good.clone()
            },
            PayTrouble::Key,
        ),
        (
            PayEdit {
                certificate_file: good.key_file.clone(),
                ..good.clone()
            },
            PayTrouble::Certificate,
        ),
        (
            PayEdit {
                certificate_file: PathBuf::new(),
                ..good.clone()
            },
            PayTrouble::Serial,
        ),
        (
            PayEdit {
                api_v3_key: Some(Secret::new("short".into())),
                ..good.clone()
            },
            PayTrouble::ApiV3Key,
        ),
        (
            PayEdit {
                public_key_id: "PUB_KEY_ID_1".into(),
                ..good.clone()
            },
            PayTrouble::PublicKey,
        ),
    ];
    for (edit, trouble) in bad {
        shop.engine.send(Command::Pay(PayAsk::Save(edit)));
        said(&mut shop, &Notice::PayNotSaved(trouble));
    }
    assert!(!shop.engine.snapshot().pay.has_key);
}

/// The real program with the merchant in its environment.
fn query(desk: &Desk, args: &[&str], sp_mchid: &str) -> desk::Run {
    let key = desk.dir.path().join("key.pem");
    std::fs::write(&key, MERCHANT_KEY).unwrap();
    let mut command = desk.command(&[&["pay", "query"], args].concat());
    command
        .env("FAHUO_PAY_MCHID", MCHID)
        .env("FAHUO_PAY_SP_MCHID", sp_mchid)
        .env("FAHUO_PAY_SERIAL_NO", MERCHANT_SERIAL)
        .env("FAHUO_PAY_KEY_FILE", &key)
        .env("FAHUO_PAY_API_V3_KEY", API_V3_KEY);
    desk::finish(&mut command)
}

#[test]
fn the_command_line_prints_what_was_signed_and_says_what_was_not() {
    let desk = Desk::open();
    let run = query(&desk, &["--id", ID, "--format", "json"], "");
    assert_eq!(run.code, 0, "{}", run.err);
    let payment: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(payment["total"]["text"], "HKD 5,288.00");
    assert_eq!(payment["managed_by_platform"], false);
    let run = query(
        &desk,
        &[
            "--out-trade-no",
            "20150806125346",
            "--format",
            "text",
            "--lang",
            "zh-CN",
        ],
        SP_MCHID,
    );
    assert_eq!(run.code, 0, "{}", run.err);
    for words in ["支付成功", "CNY 5,187.99", "不会重试", SP_MCHID] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let lost = query(&desk, &["--id", "42", "--lang", "en"], "");
    assert_eq!(lost.code, 1, "an answer, and it is no");
    assert!(
        lost.err.contains("There is no such payment") && lost.err.contains("Request-Id"),
        "{}",
        lost.err
    );
    desk.wechat
        .with_global(|global| global.trouble = Trouble::Tampered);
    let forged = query(&desk, &["--id", ID, "--lang", "en"], "");
    assert_eq!((forged.code, forged.out.as_str()), (2, ""));
    assert!(forged.err.contains("does not count"), "{}", forged.err);
    let none = desk.run(&["pay", "query", "--id", ID, "--lang", "en"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("something is missing"), "{}", none.err);
    let way = ["fahuoctl pay setup", "FAHUO_PAY_", "fahuoctl help pay"];
    assert!(way.iter().all(|way| none.err.contains(way)), "{}", none.err);
    assert!(
        !none.err.contains("\"Merchant\""),
        "a place of the window: {}",
        none.err
    );
}

#[test]
fn a_merchant_is_kept_without_the_files_that_are_not_needed() {
    let desk = Desk::open();
    std::fs::write(desk.dir.path().join("key.pem"), MERCHANT_KEY).unwrap();
    let setup = |more: &[&str]| {
        let args = [
            "--sandbox",
            "pay",
            "setup",
            "--mchid",
            MCHID,
            "--key-file",
            "key.pem",
        ];
        let mut command = desk::bare(desk.dir.path(), &[&args, more].concat());
        let mut child = command
            .args(["--lang", "en"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let key = format!("{API_V3_KEY}\n");
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), key.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = setup(&["--serial-no", MERCHANT_SERIAL]);
    assert!(
        code == 0 && said.contains("The merchant is kept"),
        "{code} {said}"
    );
    let (code, said) = setup(&[]);
    assert!(
        code == 2 && said.contains("enter the certificate number"),
        "{code} {said}"
    );
    let (code, said) = setup(&["--serial-no", MERCHANT_SERIAL, "--certificate-file", "none.pem"]);
    assert!(
        code == 2 && said.contains("the file cannot be read"),
        "{code} {said}"
    );
}
