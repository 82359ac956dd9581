//! Files that arrive in a watched folder, through engine and simulator: offered once, checked when a person opens
//! them, and never sent by themselves.
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

use std::path::{Path, PathBuf};

use common::{Shop, config};
use fahuo::engine::snapshot::{Arrived, ArrivedState, Glance, WatchTrouble};
use fahuo::engine::{self, BatchPhase, Command, Notice};

/// A file that ships these orders of the shop, one row each.
fn csv(shop: &Shop, orders: std::ops::Range<usize>) -> String {
    let all = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    let numbers: Vec<&str> = all
        .iter()
        .filter(|o| {
            o.order_state == 1
                && o.shipping.is_none()
                && o.in_complaint != Some(true)
                && o.visible_at <= now
                && o.pay_time < now - 600
        })
        .map(|order| order.transaction_id.as_str())
        .collect();
    let mut text = String::from("交易单号,快递公司,快递单号,商品\n");
    for (index, number) in numbers.iter().enumerate().skip(orders.start).take(orders.len()) {
        text.push_str(&format!("{number},中通快递,7{index:013},茶叶\n"));
    }
    text
}

fn put(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// A shop whose window watches a folder with one file in it from before.
fn watching() -> (Shop, PathBuf) {
    let mut shop = Shop::open();
    let folder = shop.dir.path().join("收到");
    std::fs::create_dir(&folder).unwrap();
    put(&folder, "旧.csv", &csv(&shop, 40..41));
    shop.engine.send(Command::ShowArrived);
    shop.engine.send(Command::WatchFolder(folder.clone()));
    begun(&mut shop);
    (shop, folder)
}

#[track_caller]
fn begun(shop: &mut Shop) {
    shop.until("the first listing", |s| s.watch.begun.then_some(()));
}

#[track_caller]
fn arrived(shop: &mut Shop, name: &str) -> Arrived {
    shop.until(name, |s| {
        s.watch.files.iter().find(|file| file.name == name).cloned()
    })
}

#[track_caller]
fn becomes(shop: &mut Shop, name: &str, is: fn(ArrivedState) -> bool) {
    shop.until(name, |s| {
        let file = s.watch.files.iter().find(|file| file.name == name)?;
        is(file.state).then_some(())
    });
}

fn names(shop: &mut Shop) -> Vec<String> {
    let files = &shop.engine.snapshot().watch.files;
    files.iter().map(|file| file.name.clone()).collect()
}

fn restarted(shop: Shop) -> Shop {
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    Shop { wechat, dir, engine }
}

#[test]
fn a_file_that_arrives_is_offered_once_and_sent_only_by_a_person() {
    let (mut shop, folder) = watching();
    put(&folder, "~$周一.csv", "x");
    put(&folder, "周一.csv.part", "x");
    put(&folder, "照片.jpg", "x");
    put(&folder, "周一.csv", &csv(&shop, 0..3));
    let file = arrived(&mut shop, "周一.csv");
    assert_eq!(file.state, ArrivedState::New);
    assert_eq!(
        names(&mut shop),
        ["周一.csv"],
        "neither the old file nor the leftovers of programs"
    );
    // The same content again, under another name, before another file: only that one is new.
    std::fs::copy(folder.join("周一.csv"), folder.join("a 副本.csv")).unwrap();
    put(&folder, "周二.csv", &csv(&shop, 3..5));
    arrived(&mut shop, "周二.csv");
    assert_eq!(names(&mut shop), ["周二.csv", "周一.csv"]);
    let told: Vec<Notice> = shop.engine.notices();
    let told = told
        .iter()
        .filter(|notice| matches!(notice, Notice::FileArrived(_)));
    assert_eq!(told.count(), 2, "one word for each file");
    assert!(
        shop.engine.snapshot().batch.is_none(),
        "nothing is opened by itself"
    );

    shop.engine.send(Command::OpenFile(folder.join("周一.csv")));
    let batch = shop.batch(|phase| matches!(phase, BatchPhase::Checked));
    becomes(&mut shop, "周一.csv", |state| {
        state == ArrivedState::Checked { ready: 3, blocked: 0 }
    });
    assert_eq!(shop.wechat.ledger().write_calls(), 0, "a check sends nothing");
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    becomes(&mut shop, "周一.csv", |state| state == ArrivedState::Handled);
    shop.batch(|phase| matches!(phase, BatchPhase::Done));
    assert_eq!(shop.wechat.ledger().write_calls(), 3);
    // Checked again it stays handled: nothing was taken back.
    shop.engine.send(Command::OpenFile(folder.join("周一.csv")));
    shop.batch(|phase| matches!(phase, BatchPhase::Checked));
    assert_eq!(arrived(&mut shop, "周一.csv").state, ArrivedState::Handled);
}

#[test]
fn a_restart_remembers_what_was_offered_and_finds_what_came_meanwhile() {
    let (mut shop, folder) = watching();
    put(&folder, "周一.csv", &csv(&shop, 0..2));
    arrived(&mut shop, "周一.csv");
    let mut shop = {
        let Shop { wechat, dir, engine } = shop;
        drop(engine);
        put(&folder, "周二.csv", "订单号,快递公司,快递单号\n");
        let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
        Shop { wechat, dir, engine }
    };
    // Without a window, as on the command line, nothing is watched.
    let text = csv(&shop, 5..6);
    let own = shop.dir.path().join("own.csv");
    std::fs::write(&own, text).unwrap();
    shop.engine.send(Command::OpenFile(own));
    shop.batch(|phase| matches!(phase, BatchPhase::Checked));
    assert_eq!(names(&mut shop), ["周一.csv"]);
    shop.engine.send(Command::ShowArrived);
    arrived(&mut shop, "周二.csv");
    assert_eq!(names(&mut shop), ["周二.csv", "周一.csv"]);
    let told: Vec<Notice> = shop.engine.notices();
    let told: Vec<&Notice> = told
        .iter()
        .filter(|n| matches!(n, Notice::FileArrived(_)))
        .collect();
    assert_eq!(told, [&Notice::FileArrived("周二.csv".into())]);
    // Cleared, it stays cleared.
    shop.engine.send(Command::ClearArrived);
    shop.until("an empty list", |s| s.watch.files.is_empty().then_some(()));
    let mut shop = restarted(shop);
    shop.engine.send(Command::ShowArrived);
    put(&folder, "周三.csv", "x");
    arrived(&mut shop, "周三.csv");
    assert_eq!(names(&mut shop), ["周三.csv"]);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

/// Waits for what a first look at a file counts.
#[track_caller]
fn counts(shop: &mut Shop, name: &str, expected: [usize; 4]) {
    let [ready, blocked, unknown, done] = expected;
    let expected = Glance::Counted {
        ready,
        blocked,
        unknown,
        done,
    };
    shop.until(name, |s| {
        let file = s.watch.files.iter().find(|file| file.name == name)?;
        (file.glance == expected && file.state == ArrivedState::New).then_some(())
    });
}

#[test]
fn a_first_look_counts_the_rows_of_what_arrives_and_asks_wechat_nothing() {
    let (mut shop, folder) = watching();
    let mut text = csv(&shop, 0..3);
    text.push_str("420000,火箭快递,1,茶叶\n");
    put(&folder, "周一.csv", &text);
    // The list of orders was never read: three orders are not known here.
    counts(&mut shop, "周一.csv", [0, 1, 3, 0]);
    for path in ["/wxa/sec/order/get_order", "/wxa/sec/order/get_order_list"] {
        assert_eq!(
            shop.wechat.ledger().requests(path),
            0,
            "nothing was asked of {path}"
        );
    }
    // With the list they are ready, and what was counted follows.
    shop.fetched();
    counts(&mut shop, "周一.csv", [3, 1, 0, 0]);
    put(&folder, "坏.csv", "没有表头");
    shop.until("a file that is no table", |s| {
        let file = s.watch.files.iter().find(|file| file.name == "坏.csv")?;
        (file.glance == Glance::Unusable).then_some(())
    });
    // Another file ships two of them: they count as handled.
    let own = shop.dir.path().join("own.csv");
    std::fs::write(&own, csv(&shop, 0..2)).unwrap();
    shop.engine.send(Command::OpenFile(own));
    let batch = shop.batch(|phase| matches!(phase, BatchPhase::Checked));
    assert_eq!(shop.wechat.ledger().write_calls(), 0, "looking sends nothing");
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, BatchPhase::Done));
    counts(&mut shop, "周一.csv", [1, 1, 0, 2]);
    assert_eq!(shop.wechat.ledger().write_calls(), 2);
    assert!(
        shop.engine
            .snapshot()
            .batch
            .is_some_and(|batch| batch.file.name == "own.csv"),
        "a first look opens nothing"
    );
}

#[test]
fn files_that_go_and_folders_that_go_are_said() {
    let (mut shop, folder) = watching();
    put(&folder, "周一.csv", &csv(&shop, 0..1));
    arrived(&mut shop, "周一.csv");
    std::fs::remove_file(folder.join("周一.csv")).unwrap();
    shop.until("a file that is gone", |s| s.watch.files[0].gone.then_some(()));
    assert!(
        shop.engine
            .notices()
            .contains(&Notice::FileGone("周一.csv".into()))
    );
    put(&folder, "表.csv", "没有表头");
    arrived(&mut shop, "表.csv");
    shop.engine.send(Command::OpenFile(folder.join("表.csv")));
    becomes(&mut shop, "表.csv", |state| state == ArrivedState::Unusable);
    let away = shop.dir.path().join("away");
    std::fs::rename(&folder, &away).unwrap();
    shop.until("a folder that is gone", |s| {
        (s.watch.trouble == Some(WatchTrouble::Missing)).then_some(())
    });
    assert!(
        !shop.engine.snapshot().watch.files[0].gone,
        "nothing is known of its files"
    );
    std::fs::rename(&away, &folder).unwrap();
    shop.until("the folder", |s| s.watch.trouble.is_none().then_some(()));
    shop.engine.send(Command::WatchFolder(PathBuf::new()));
    shop.until("no folder", |s| {
        (s.watch.folder.as_os_str().is_empty() && s.watch.files.is_empty()).then_some(())
    });
}
