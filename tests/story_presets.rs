//! Files that leave the courier open: a person says once what is taken for all their rows, and it is shown as such.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::format_push_string,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::path::PathBuf;

use common::{Shop, config};
use fahuo::domain::RowStatus;
use fahuo::engine::{self, BatchPhase, BatchView, Command, PresetEdit};

/// Two rows with the order's number and the tracking number alone.
fn file(shop: &Shop, name: &str, headings: &str, tracking: [&str; 2]) -> PathBuf {
    let all = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    let mut orders = all.iter().filter(|o| {
        o.order_state == 1
            && o.shipping.is_none()
            && o.in_complaint != Some(true)
            && o.visible_at <= now
            && o.pay_time < now - 600
    });
    let mut text = format!("{headings}\n");
    for number in tracking {
        let order = &orders.next().unwrap().transaction_id;
        text.push_str(&format!("{order},{number}\n"));
    }
    let path = shop.dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

const HEADINGS: &str = "交易单号,快递单号";
const PLAIN: [&str; 2] = ["71234567890001", "71234567890002"];

#[track_caller]
fn checked(shop: &mut Shop, path: &std::path::Path) -> BatchView {
    shop.engine.send(Command::CloseBatch);
    shop.until("no file", |s| s.batch.is_none().then_some(()));
    shop.engine.send(Command::OpenFile(path.to_owned()));
    shop.batch(|phase| matches!(phase, BatchPhase::Checked))
}

fn preset(shop: &Shop, batch: &BatchView, courier: &str, sender: &str, remember: bool) {
    let edit = PresetEdit {
        courier: courier.into(),
        item_desc: "茶叶".into(),
        sender_contact: sender.into(),
        remember,
    };
    shop.engine.send(Command::PresetFile(batch.id, edit));
}

#[track_caller]
fn ready(shop: &mut Shop) -> BatchView {
    shop.until("rows that may be sent", |s| {
        let batch = s.batch.as_ref()?;
        (batch.counts.ready == 2).then(|| (**batch).clone())
    })
}

fn says(batch: &BatchView, word: &str) -> usize {
    let rows = batch.plan.iter();
    rows.filter(|row| row.problems.iter().any(|p| p.what.word() == word))
        .count()
}

#[test]
fn a_courier_for_all_rows_is_shown_at_each_and_counts_for_this_file_alone() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", HEADINGS, PLAIN);
    let batch = checked(&mut shop, &path);
    assert_eq!(says(&batch, "missing_courier"), 2);
    assert!(batch.preset.is_asked_for);
    preset(&shop, &batch, "UFO", "", true);
    preset(&shop, &batch, "ZTO", "", false);
    let batch = ready(&mut shop);
    assert_eq!(
        (says(&batch, "courier_filled"), says(&batch, "missing_courier")),
        (2, 0)
    );
    assert!(!batch.preset.remembered);
    // The next file of the kind asks again.
    let again = checked(&mut shop, &path);
    assert!(again.plan.iter().all(|row| row.status == RowStatus::Blocked));
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn what_is_remembered_counts_for_the_same_headings_in_any_order_after_a_restart() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", HEADINGS, PLAIN);
    let batch = checked(&mut shop, &path);
    preset(&shop, &batch, "ZTO", "", true);
    assert!(ready(&mut shop).preset.remembered);
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let batch = checked(&mut shop, &path);
    assert_eq!((batch.counts.ready, says(&batch, "courier_filled")), (2, 2));
    // Other headings are another kind of file.
    let other = file(&shop, "b.csv", "微信支付单号,运单号", PLAIN);
    let batch = checked(&mut shop, &other);
    assert_eq!(batch.counts.blocked, 2);
    // Taken back, it is asked for again.
    let batch = checked(&mut shop, &path);
    shop.engine
        .send(Command::PresetFile(batch.id, PresetEdit::default()));
    shop.until("blocked rows", |s| {
        (s.batch.as_ref()?.counts.blocked == 2).then_some(())
    });
    let batch = checked(&mut shop, &path);
    assert_eq!(batch.counts.blocked, 2);
}

#[test]
fn the_senders_phone_is_masked_before_anything_is_kept_and_sf_goes_out_with_it() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", HEADINGS, ["SF1234567890123", "SF1234567890124"]);
    let batch = checked(&mut shop, &path);
    preset(&shop, &batch, "SF", "13812345678", true);
    preset(&shop, &batch, "ZTO", "", false);
    shop.until("a warning", |s| {
        (says(s.batch.as_ref()?, "tracking_shape") == 2).then_some(())
    });
    preset(&shop, &batch, "SF", "13812345678", true);
    let batch = shop.until("no warning", |s| {
        let batch = s.batch.as_ref()?;
        let sf = batch.preset.preset.courier == "SF" && batch.counts.ready == 2;
        sf.then(|| (**batch).clone())
    });
    assert_eq!(says(&batch, "tracking_shape"), 0);
    let contact = batch.preset.preset.sender_contact.clone().unwrap();
    assert_eq!(contact.as_str(), "138****5678");
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, BatchPhase::Done));
    assert_eq!(shop.engine.snapshot().outbox.shipped, 2);
    let Shop { dir, engine, .. } = shop;
    drop(engine);
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(11).any(|window| window == b"13812345678");
            assert!(!found, "{}", path.display());
        }
    }
}
