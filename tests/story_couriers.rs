//! Couriers that the reader does not know: a person says what a spelling means, for this file and for later ones.
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
use fahuo::domain::{RowStatus, Taught};
use fahuo::engine::{self, BatchPhase, BatchView, Command};

/// A file whose rows name these couriers, with these numbers.
fn file(shop: &Shop, name: &str, rows: &[(&str, &str)]) -> PathBuf {
    let all = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    let mut orders = all.iter().filter(|o| {
        o.order_state == 1
            && o.shipping.is_none()
            && o.in_complaint != Some(true)
            && o.visible_at <= now
            && o.pay_time < now - 600
    });
    let mut text = String::from("交易单号,快递公司,快递单号,商品\n");
    for (courier, number) in rows {
        let order = &orders.next().unwrap().transaction_id;
        text.push_str(&format!("{order},{courier},{number},茶叶\n"));
    }
    let path = shop.dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[track_caller]
fn checked(shop: &mut Shop, path: &std::path::Path) -> BatchView {
    shop.engine.send(Command::OpenFile(path.to_owned()));
    shop.batch(|phase| matches!(phase, BatchPhase::Checked))
}

#[track_caller]
fn until(shop: &mut Shop, what: &str, seen: impl Fn(&BatchView) -> bool) -> BatchView {
    shop.until(what, |s| {
        s.batch
            .as_ref()
            .filter(|batch| seen(batch))
            .map(|b| (**b).clone())
    })
}

fn problems(batch: &BatchView, row: usize) -> Vec<String> {
    batch
        .plan
        .get(row)
        .unwrap()
        .problems
        .iter()
        .map(|p| p.what.word())
        .collect()
}

fn courier(batch: &BatchView, row: usize) -> Option<String> {
    batch.rows.get(row).unwrap().parcels[0].courier.clone()
}

const ROWS: [(&str, &str); 5] = [
    ("鸽鸽", "71234567890001"),
    ("中通快递", "71234567890002"),
    ("鸽鸽", "YT1234567890123"),
    ("鸭鸭", "71234567890004"),
    ("鸽鸽;中通", "71234567890005;71234567890006"),
];

#[test]
fn one_choice_counts_for_every_row_that_says_the_same_and_is_taken_back() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", &ROWS);
    let batch = checked(&mut shop, &path);
    assert_eq!(batch.counts.ready, 1);
    shop.engine.send(Command::PickCourier {
        batch: batch.id,
        row: 0,
        courier: "SF".into(),
    });
    let picked = until(&mut shop, "the choice", |batch| !batch.picks.is_empty());
    assert_eq!((picked.picks[0].rows, picked.picks[0].can_remember), (2, true));
    assert_eq!(
        [courier(&picked, 0).as_deref(), courier(&picked, 2).as_deref()],
        [Some("SF"), Some("SF")]
    );
    assert!(problems(&picked, 0).contains(&"courier_taught".into()));
    assert!(
        problems(&picked, 2).contains(&"tracking_shape".into()),
        "a number only warns"
    );
    // Another spelling, and a cell with two couriers, are not meant.
    assert_eq!(picked.plan.get(3).unwrap().status, RowStatus::Blocked);
    assert_eq!(picked.plan.get(4).unwrap().status, RowStatus::Blocked);
    shop.engine.send(Command::UnpickCourier {
        batch: batch.id,
        spelling: "鸽鸽".into(),
    });
    let back = until(&mut shop, "the file as it was", |batch| batch.picks.is_empty());
    assert_eq!(back.plan, batch.plan);
    assert!(back.rows == batch.rows);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn a_courier_outside_the_list_is_never_taken() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", &ROWS);
    let batch = checked(&mut shop, &path);
    for courier in ["UFO", "", "sf"] {
        shop.engine.send(Command::PickCourier {
            batch: batch.id,
            row: 0,
            courier: courier.into(),
        });
        shop.engine.send(Command::TeachCourier {
            spelling: "鸽鸽".into(),
            courier: courier.into(),
        });
    }
    // Digits alone are not a word.
    shop.engine.send(Command::TeachCourier {
        spelling: "71234567890001".into(),
        courier: "SF".into(),
    });
    shop.engine.send(Command::PickCourier {
        batch: batch.id,
        row: 3,
        courier: "ZTO".into(),
    });
    let after = until(&mut shop, "the last choice", |batch| !batch.picks.is_empty());
    assert_eq!(after.picks.len(), 1);
    assert_eq!(after.picks[0].spelling, "鸭鸭");
    assert!(shop.engine.snapshot().couriers.taught().is_empty());
}

#[test]
fn what_was_taught_counts_for_later_files_also_after_a_restart_until_it_is_forgotten() {
    let mut shop = Shop::open();
    let path = file(&shop, "a.csv", &ROWS);
    let batch = checked(&mut shop, &path);
    shop.engine.send(Command::PickCourier {
        batch: batch.id,
        row: 0,
        courier: "YTO".into(),
    });
    shop.engine.send(Command::TeachCourier {
        spelling: "鸽鸽".into(),
        courier: "YTO".into(),
    });
    until(&mut shop, "remembered", |batch| {
        batch.picks.iter().any(|pick| pick.remembered)
    });
    // Sent as the person said.
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, BatchPhase::Done));
    assert_eq!(shop.engine.snapshot().outbox.shipped, 3);
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let path = file(&shop, "b.csv", &ROWS);
    let batch = checked(&mut shop, &path);
    assert_eq!(courier(&batch, 0).as_deref(), Some("YTO"));
    assert!(problems(&batch, 0).contains(&"courier_taught".into()));
    assert_eq!(
        courier(&batch, 4).as_deref(),
        Some("YTO"),
        "each of several is read by itself"
    );
    let sf = Taught {
        spelling: "鸽鸽".into(),
        id: "YTO".into(),
    };
    assert_eq!(shop.engine.snapshot().couriers.taught(), [sf]);
    // Changed, and in the end forgotten.
    shop.engine.send(Command::TeachCourier {
        spelling: "鸽 鸽".into(),
        courier: "ZTO".into(),
    });
    shop.until("the change", |s| {
        (s.couriers.taught()[0].id == "ZTO").then_some(())
    });
    shop.engine.send(Command::ForgetCourier("鸽鸽".into()));
    shop.until("an empty list", |s| s.couriers.taught().is_empty().then_some(()));
    let batch = checked(&mut shop, &path);
    until(&mut shop, "unknown again", |b| {
        b.id != batch.id || b.counts.blocked > 1
    });
}

#[test]
fn a_choice_never_reaches_the_other_parcels_of_a_row() {
    let mut shop = Shop::open();
    let single = file(&shop, "single.csv", &[("鸽鸽", "71234567890001"); 4]);
    let text = std::fs::read_to_string(single).unwrap();
    let ids: Vec<&str> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap())
        .collect();
    let path = shop.dir.path().join("pairs.csv");
    let rows = format!(
        "交易单号,快递公司1,快递单号1,快递公司2,快递单号2\n\
         {},鸽鸽,71234567890011,鸭鸭,71234567890012\n\
         {},鸽鸽,71234567890021,,71234567890022\n\
         {},鸽鸽,71234567890031,圆通,YT1234567890132\n\
         {},鸭鸭,71234567890041,,\n",
        ids[0], ids[1], ids[2], ids[3]
    );
    std::fs::write(&path, rows).unwrap();
    let batch = checked(&mut shop, &path);
    for (row, courier) in [(2, "ZTO"), (3, "YD")] {
        shop.engine.send(Command::PickCourier {
            batch: batch.id,
            row,
            courier: courier.into(),
        });
    }
    let picked = until(&mut shop, "both choices", |batch| {
        batch.picks.len() == 2 && batch.phase == BatchPhase::Checked
    });
    assert_eq!(
        picked.status.to_vec(),
        [
            RowStatus::Blocked,
            RowStatus::Blocked,
            RowStatus::Ready,
            RowStatus::Ready
        ]
    );
    for row in 0..2 {
        let row = picked.rows.get(row).unwrap();
        assert!(
            row.parcels.iter().all(|parcel| parcel.courier.is_none()),
            "{row:?}"
        );
    }
    let row = picked.rows.get(2).unwrap();
    let couriers: Vec<Option<&str>> = row.parcels.iter().map(|p| p.courier.as_deref()).collect();
    assert_eq!(couriers, [Some("ZTO"), Some("YTO")]);
}
