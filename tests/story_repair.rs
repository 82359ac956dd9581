//! A person repairs cells of a checked file and decides what its columns are for, through engine and simulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::{Shop, config};
use fahuo::domain::{Field, Order, RowStatus, RowWords, RowsOut, Timestamp};
use fahuo::engine::command::ResultFile;
use fahuo::engine::{self, BatchPhase, BatchView, Command};
use fahuo::store::Store;

const LIST: &str = "/wxa/sec/order/get_order_list";
const ORDER: &str = "/wxa/sec/order/get_order";

const COURIER: usize = 1;
const TRACKING: usize = 2;

/// A file of these rows, with a heading.
fn write(shop: &Shop, name: &str, headings: &str, rows: &[String]) -> PathBuf {
    let path = shop.dir.path().join(name);
    std::fs::write(&path, format!("{headings}\n{}\n", rows.join("\n"))).unwrap();
    path
}

fn plain(shop: &mut Shop, count: usize) -> Vec<Arc<Order>> {
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint && order.shipping.parcels.is_empty());
    orders.truncate(count);
    assert_eq!(orders.len(), count);
    orders
}

#[track_caller]
fn checked(shop: &mut Shop, what: &str, seen: impl Fn(&BatchView) -> bool) -> BatchView {
    shop.until(what, |s| {
        let batch = s.batch.as_ref()?;
        (batch.phase == BatchPhase::Checked && seen(batch)).then(|| (**batch).clone())
    })
}

fn open(shop: &mut Shop, path: &Path) -> BatchView {
    shop.engine.send(Command::OpenFile(path.to_owned()));
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    checked(shop, "the file", |batch| batch.file.name == name)
}

fn repair(shop: &Shop, batch: &BatchView, row: usize, column: usize, text: Option<&str>) {
    shop.engine.send(Command::RepairCell {
        batch: batch.id,
        row,
        column,
        text: text.map(str::to_owned),
    });
}

fn calls(shop: &Shop, path: &str) -> usize {
    let ledger = shop.wechat.ledger();
    ledger.entries().iter().filter(|entry| entry.path == path).count()
}

/// The same folder with another process.
fn restarted(shop: Shop) -> Shop {
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    Shop { wechat, dir, engine }
}

#[test]
fn a_repaired_cell_gives_its_row_and_its_siblings_their_verdict_and_is_shipped_once() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 2);
    let ids: Vec<&str> = orders.iter().map(|order| order.transaction_id.as_str()).collect();
    let path = write(
        &shop,
        "repair.csv",
        "订单号,快递公司,物流单号",
        &[
            format!("{},中快,78000000100001", ids[0]),
            format!("{},中通快递,78000000100002", ids[0]),
            format!("{},圆通,7.87683E+13", ids[1]),
        ],
    );
    let batch = open(&mut shop, &path);
    assert_eq!(batch.status.to_vec(), [RowStatus::Blocked; 3], "{:?}", batch.plan);
    let asked = (calls(&shop, LIST), calls(&shop, ORDER));

    repair(&shop, &batch, 0, COURIER, Some("中通"));
    let batch = checked(&mut shop, "the siblings", |batch| batch.orders_to_send == 1);
    assert_eq!(
        batch.status.to_vec(),
        [RowStatus::Ready, RowStatus::Ready, RowStatus::Blocked]
    );
    assert_eq!(batch.rows.get(0).unwrap().cells[COURIER], "中通");
    assert_eq!(batch.rows.get(0).unwrap().as_read().cells[COURIER], "中快");
    // What is typed is guarded like a file's cell.
    repair(&shop, &batch, 2, TRACKING, Some("7.8E+13"));
    let batch = checked(&mut shop, "the second", |batch| {
        batch.rows.get(2).unwrap().cells[TRACKING] == "7.8E+13"
    });
    assert_eq!(batch.status[2], RowStatus::Blocked);
    repair(&shop, &batch, 2, TRACKING, Some("YT1234567890123"));
    let batch = checked(&mut shop, "the third", |batch| batch.orders_to_send == 2);
    assert_eq!(
        (calls(&shop, LIST), calls(&shop, ORDER)),
        asked,
        "nothing was fetched"
    );
    assert_eq!(shop.wechat.ledger().write_calls(), 0);

    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| *phase == BatchPhase::Done);
    // Too late: the row is shipped.
    repair(&shop, &batch, 2, TRACKING, Some("YT1234567890124"));
    shop.engine.send(Command::RecheckBatch);
    let batch = checked(&mut shop, "the check", |_| true);
    assert_eq!(batch.status.to_vec(), [RowStatus::AlreadyDone; 3]);
    assert_eq!(batch.rows.get(2).unwrap().cells[TRACKING], "YT1234567890123");
    for id in ids {
        assert_eq!(shop.wechat.ledger().uploads_sent(id), 1);
    }
    let bytes = std::fs::read_to_string(&path).unwrap();
    assert!(bytes.contains("中快") && bytes.contains("7.87683E+13"), "{bytes}");
}

#[test]
fn another_order_number_is_looked_up_and_nothing_else() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 2);
    let path = write(
        &shop,
        "order.csv",
        "交易单号,快递公司,物流单号",
        &[
            format!("{},中通,78000000100001", orders[0].transaction_id.as_str()),
            "4.2E+27,中通,78000000100002".to_owned(),
        ],
    );
    let batch = open(&mut shop, &path);
    let asked = calls(&shop, ORDER);
    let id = orders[1].transaction_id.as_str();
    repair(&shop, &batch, 1, 0, Some(id));
    let batch = checked(&mut shop, "the order", |batch| batch.orders_to_send == 2);
    assert_eq!(calls(&shop, ORDER), asked + 1);
    assert_eq!(
        batch
            .plan
            .get(1)
            .unwrap()
            .transaction_id
            .as_ref()
            .unwrap()
            .as_str(),
        id
    );
    // A number that nobody knows blocks the row again.
    repair(&shop, &batch, 1, 0, Some("4200000925202101284997714292"));
    let batch = checked(&mut shop, "no order", |batch| batch.orders_to_send == 1);
    assert_eq!(
        batch.plan.get(1).unwrap().problems[0].what.word(),
        "order_not_found"
    );
    // And the repair can be taken back.
    repair(&shop, &batch, 1, 0, None);
    let batch = checked(&mut shop, "the file's", |batch| {
        batch.rows.get(1).unwrap().repaired.is_none()
    });
    assert_eq!(batch.plan.get(1).unwrap().problems[0].what.word(), "mangled_id");
}

#[test]
fn repairs_outlive_the_process_and_are_written_into_the_history_without_phones() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 1);
    let id = orders[0].transaction_id.as_str().to_owned();
    let path = write(
        &shop,
        "phones.csv",
        "订单号,快递公司,物流单号,收件人手机",
        &[format!("{id},中快,SF1234567890123,")],
    );
    let batch = open(&mut shop, &path);
    repair(&shop, &batch, 0, COURIER, Some("顺丰"));
    repair(&shop, &batch, 0, 3, Some("13812341234"));
    let batch = checked(&mut shop, "both", |batch| batch.orders_to_send == 1);
    assert_eq!(batch.rows.get(0).unwrap().repaired_columns(), [1, 3]);
    // The check is made anew with fresh orders, and the repairs are still there.
    shop.engine.send(Command::RecheckBatch);
    checked(&mut shop, "again", |batch| batch.orders_to_send == 1);

    let mut shop = restarted(shop);
    shop.until("the account", |s| s.session.has_secret.then_some(()));
    let batch = open(&mut shop, &path);
    assert_eq!(batch.orders_to_send, 1, "{:?}", batch.plan);
    assert_eq!(batch.rows.get(0).unwrap().repaired_columns(), [1, 3]);
    repair(&shop, &batch, 0, COURIER, None);
    checked(&mut shop, "taken back", |batch| batch.orders_to_send == 0);
    // Another file knows nothing of it.
    let other = write(
        &shop,
        "other.csv",
        "订单号,快递公司,物流单号,收件人手机",
        &[format!("{id},中快,SF1234567890123,无")],
    );
    let batch = open(&mut shop, &other);
    assert!(batch.rows.get(0).unwrap().repaired.is_none());

    let Shop { dir, engine, .. } = shop;
    drop(engine);
    let (store, _) = Store::open(dir.path(), Timestamp::from_secs(0)).unwrap();
    let lines = store.audit(50).unwrap();
    let repairs: Vec<String> = lines
        .iter()
        .rev()
        .filter(|line| line.what == "cell_repaired")
        .map(|line| format!("{} > {}", line.details["was"], line.details["is"]))
        .collect();
    assert_eq!(
        repairs,
        [
            r#""中快" > "顺丰""#,
            r#""" > "138****1234""#,
            r#""顺丰" > "中快""#
        ]
    );
}

#[test]
fn columns_that_a_person_has_decided_are_remembered_listed_and_forgotten() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 1);
    let headings = ["单据", "谁送", "号码"];
    let row = format!("{},中通,78000000100001", orders[0].out_trade_no);
    let path = write(&shop, "odd.csv", &headings.join(","), &[row]);
    // The reader finds the order by the orders that it knows, and no courier.
    assert_eq!(open(&mut shop, &path).orders_to_send, 0);
    let headings: Vec<String> = headings.map(str::to_owned).to_vec();
    let fields = [Field::OutTradeNo, Field::Courier, Field::TrackingNo];
    let mapping: Vec<(String, Option<Field>)> = headings.iter().cloned().zip(fields.map(Some)).collect();
    shop.engine.send(Command::RememberMapping {
        headings: headings.clone(),
        mapping: mapping.clone(),
    });
    checked(&mut shop, "the columns", |batch| batch.orders_to_send == 1);
    let known = shop.until("the list", |s| s.mappings.first().cloned());
    assert_eq!((&known.headings, &known.mapping), (&headings, &mapping));
    shop.engine.send(Command::RenameMapping {
        key: known.key.clone(),
        name: " 东仓 ".into(),
    });
    shop.until("its name", |s| (s.mappings.first()?.name == "东仓").then_some(()));

    let mut shop = restarted(shop);
    shop.until("the account", |s| s.session.has_secret.then_some(()));
    assert_eq!(open(&mut shop, &path).orders_to_send, 1);
    shop.engine.send(Command::ForgetMapping(known.key));
    checked(&mut shop, "the usual reading", |batch| batch.orders_to_send == 0);
    assert!(shop.engine.snapshot().mappings.is_empty());
}

#[test]
fn rows_that_are_saved_carry_their_repairs_and_the_opened_file_does_not() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 1);
    let id = orders[0].transaction_id.as_str();
    let path = write(
        &shop,
        "half.csv",
        "订单号,快递公司,物流单号",
        &[format!("{id},中快,7.87683E+13")],
    );
    let batch = open(&mut shop, &path);
    repair(&shop, &batch, 0, COURIER, Some("中通"));
    let batch = checked(&mut shop, "the courier", |batch| {
        batch.rows.get(0).unwrap().repaired.is_some()
    });
    let saved = shop.dir.path().join("rest.csv");
    shop.engine.send(Command::SaveResults(ResultFile {
        batch: batch.id,
        path: saved.clone(),
        replace: false,
        out: RowsOut::Failures,
        words: RowWords {
            headings: vec!["结果".into()],
            of_row: |_, _| vec!["需修改".into()],
        },
    }));
    shop.until("the rows", |_| saved.exists().then_some(()));
    let text = std::fs::read_to_string(&saved).unwrap();
    assert!(text.contains("中通") && !text.contains("中快"), "{text}");
    assert!(text.contains("7.87683E+13"), "{text}");
    assert!(std::fs::read_to_string(&path).unwrap().contains("中快"));
}

#[test]
fn what_was_said_about_a_courier_outlives_the_repair_of_another_cell() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 2);
    let row = |n: usize, number: &str| format!("{},鸽鸽快,{number}", orders[n].transaction_id.as_str());
    let path = write(
        &shop,
        "pick.csv",
        "订单号,快递公司,物流单号",
        &[row(0, "7.87683E+13"), row(1, "78000000100002")],
    );
    let batch = open(&mut shop, &path);
    shop.engine.send(Command::PickCourier {
        batch: batch.id,
        row: 1,
        courier: "ZTO".into(),
    });
    checked(&mut shop, "the courier", |batch| batch.orders_to_send == 1);
    repair(&shop, &batch, 0, TRACKING, Some("78000000100001"));
    let batch = checked(&mut shop, "the number", |batch| batch.orders_to_send == 2);
    assert_eq!(
        batch.rows.get(0).unwrap().parcels[0].courier.as_deref(),
        Some("ZTO")
    );
    // Taking back the courier leaves the repair.
    shop.engine.send(Command::UnpickCourier {
        batch: batch.id,
        spelling: "鸽鸽快".into(),
    });
    let batch = checked(&mut shop, "no courier", |batch| batch.orders_to_send == 0);
    assert_eq!(batch.rows.get(0).unwrap().cells[TRACKING], "78000000100001");
    assert_eq!(
        batch.plan.get(0).unwrap().problems[0].what.word(),
        "unknown_courier"
    );
}

#[test]
fn a_row_that_was_taken_for_an_example_is_shipped_once_a_person_says_so() {
    let mut shop = Shop::open();
    let orders = plain(&mut shop, 2);
    let ids: Vec<&str> = orders.iter().map(|order| order.transaction_id.as_str()).collect();
    let path = write(
        &shop,
        "example.csv",
        "订单号,快递公司,物流单号",
        &[
            format!("{},中通快递,78000000100001", ids[0]),
            "示例,中通快递,78000000100002".to_owned(),
            "合计,,2".to_owned(),
        ],
    );
    let batch = open(&mut shop, &path);
    let ready = [RowStatus::Ready, RowStatus::Ignored, RowStatus::Ignored];
    assert_eq!(batch.status.to_vec(), ready);
    repair(&shop, &batch, 1, 0, Some(ids[1]));
    let batch = checked(&mut shop, "the example", |batch| batch.orders_to_send == 2);
    let both = [RowStatus::Ready, RowStatus::Ready, RowStatus::Ignored];
    assert_eq!(batch.status.to_vec(), both);
    // Taken back, it is an example again.
    repair(&shop, &batch, 1, 0, None);
    let batch = checked(&mut shop, "the example again", |batch| batch.orders_to_send == 1);
    assert_eq!(batch.status.to_vec(), ready);
    repair(&shop, &batch, 1, 0, Some(ids[1]));
    checked(&mut shop, "the shipment", |batch| batch.orders_to_send == 2);
    // Opened anew, the same file keeps what was said.
    shop.engine.send(Command::CloseBatch);
    shop.until("no file", |s| s.batch.is_none().then_some(()));
    let batch = open(&mut shop, &path);
    assert_eq!(batch.status.to_vec(), both);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| *phase == BatchPhase::Done);
    for id in ids {
        assert_eq!(shop.wechat.ledger().uploads_sent(id), 1);
    }
}
