//! The same rows again ship nothing twice, however they come: in another order, another encoding, as a spreadsheet,
//! by the order's other number, edited, while they wait and after they are shipped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::sync::Arc;

use common::{Shop, draft};
use fahuo::domain::{Order, RowStatus};
use fahuo::engine::{BatchPhase, BatchView, Command, Notice};

const HEADINGS: [&str; 4] = ["订单号", "快递公司", "物流单号", "商品信息"];

/// One row for each order; `number` tells which of its numbers stands there.
fn rows(orders: &[Arc<Order>], number: fn(&Order) -> &str) -> Vec<[String; 4]> {
    let row = |(n, order): (usize, &Arc<Order>)| {
        let tracking_no = format!("7800000010{n:04}");
        [
            number(order).to_owned(),
            "中通快递".into(),
            tracking_no,
            "绿茶 250g".into(),
        ]
    };
    orders.iter().enumerate().map(row).collect()
}

fn transaction_id(order: &Order) -> &str {
    order.transaction_id.as_str()
}

fn out_trade_no(order: &Order) -> &str {
    &order.out_trade_no
}

fn csv(rows: &[[String; 4]]) -> String {
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    format!("{}\n{}", HEADINGS.join(","), lines.collect::<String>())
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn xlsx(rows: &[[String; 4]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string(line, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The same wishes in other clothes.
fn variants(orders: &[Arc<Order>]) -> Vec<(&'static str, Vec<u8>)> {
    let plain = rows(orders, transaction_id);
    let mut turned = plain.clone();
    turned.reverse();
    let by_shop = rows(orders, out_trade_no);
    let mut edited = plain.clone();
    for row in &mut edited {
        row[2] = row[2].replace("78000", "78999");
    }
    let text = csv(&plain);
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    vec![
        ("the same.csv", csv(&plain).into_bytes()),
        ("turned.csv", csv(&turned).into_bytes()),
        ("gb18030.csv", gb18030.into_owned()),
        ("utf-16.csv", utf_16(&csv(&turned))),
        ("table.xlsx", xlsx(&plain)),
        ("by the shop's numbers.csv", csv(&by_shop).into_bytes()),
        ("edited.csv", csv(&edited).into_bytes()),
    ]
}

fn opened(shop: &mut Shop, name: &str, bytes: &[u8]) -> BatchView {
    let path = shop.dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    shop.engine.send(Command::OpenFile(path));
    shop.until(name, |s| {
        let batch = s.batch.as_ref()?;
        let read = batch.file.name == name && matches!(batch.phase, BatchPhase::Checked);
        read.then(|| (**batch).clone())
    })
}

/// Opens every variant and sends whatever it would send; nothing may come of it.
#[track_caller]
fn nothing_comes_of_any_variant(shop: &mut Shop, orders: &[Arc<Order>], known: usize) {
    for (name, bytes) in variants(orders) {
        let batch = opened(shop, name, &bytes);
        assert_eq!(batch.orders_to_send, 0, "{name}: {:?}", batch.status);
        let lost = |status: &&RowStatus| matches!(status, RowStatus::Ready | RowStatus::Ignored);
        assert_eq!(batch.status.iter().filter(lost).count(), 0, "{name}");
        shop.engine.send(Command::SendBatch {
            batch: batch.id,
            hold_secs: 0,
            reship: false,
        });
        shop.engine.send(Command::CloseBatch);
        shop.until("closed", |s| s.batch.is_none().then_some(()));
        assert_eq!(shop.engine.snapshot().outbox.rows.len(), known, "{name}");
    }
}

#[test]
fn the_same_rows_in_any_form_add_nothing_while_they_wait_and_after_they_are_shipped() {
    let mut shop = Shop::open();
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint);
    orders.truncate(6);
    let first = opened(
        &mut shop,
        "周一.csv",
        csv(&rows(&orders, transaction_id)).as_bytes(),
    );
    assert_eq!(first.orders_to_send, 6);
    shop.engine.send(Command::Pause);
    shop.engine.send(Command::SendBatch {
        batch: first.id,
        hold_secs: 0,
        reship: false,
    });
    shop.until("the queue", |s| (s.outbox.queued == 6).then_some(()));
    nothing_comes_of_any_variant(&mut shop, &orders, 6);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    shop.engine.send(Command::Resume);
    shop.settled(6);
    assert_eq!(shop.wechat.ledger().write_calls(), 6);
    nothing_comes_of_any_variant(&mut shop, &orders, 6);
    assert_eq!(shop.wechat.ledger().write_calls(), 6);
    let ledger = shop.wechat.ledger();
    for order in &orders {
        assert_eq!(ledger.committed_uploads(order.transaction_id.as_str()), 1);
    }
}

#[test]
fn what_is_not_as_it_was_shown_any_more_is_shown_again_and_nothing_is_sent() {
    for reship in [false, true] {
        let mut shop = Shop::open();
        let mut orders = shop.fetched();
        orders.retain(|order| order.can_ship() && !order.in_complaint);
        orders.truncate(2);
        let text = csv(&rows(&orders, transaction_id));
        let batch = opened(&mut shop, "a.csv", text.as_bytes());
        assert_eq!(batch.orders_to_send, 2);
        // One of them is put into line with another number before the file is sent.
        let id = orders[1].transaction_id.clone();
        shop.engine.send(Command::Pause);
        shop.engine
            .send(Command::Ship(draft(&id, "YTO", "YT7000000000001")));
        shop.until("the other parcel", |s| (s.outbox.queued == 1).then_some(()));
        shop.engine.notices();
        shop.engine.send(Command::SendBatch {
            batch: batch.id,
            hold_secs: 0,
            reship,
        });
        let again = shop.until("the new verdict", |s| {
            let batch = s.batch.as_ref()?;
            let settled = matches!(batch.phase, BatchPhase::Checked | BatchPhase::Done);
            (settled && batch.status[1] != RowStatus::Ready).then(|| (**batch).clone())
        });
        assert_eq!(again.status.to_vec(), [RowStatus::Ready, RowStatus::Blocked]);
        assert_eq!(again.phase, BatchPhase::Checked);
        assert!(shop.engine.notices().contains(&Notice::BatchChanged(1)));
        assert_eq!(shop.engine.snapshot().outbox.queued, 1, "nothing of the file");
    }
}
