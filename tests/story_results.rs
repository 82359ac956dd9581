//! Rows that failed go out, are repaired in a spreadsheet, and come back: only they are sent, once, and nobody is asked
//! what a column means.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;
#[path = "common/office.rs"]
mod office;

use std::path::{Path, PathBuf};
use std::time::Duration;

use common::warehouse::{MANGLED, Warehouse, check_ledger, monday};
use common::{Shop, draft};
use encoding_rs::GB18030;
use fahuo::domain::{Field, FileNotSaved, FileSaved, RowStatus, RowsOut};
use fahuo::engine::{BatchPhase, BatchView, Command, Notice, ResultFile};
use fahuo::i18n::{Lang, result_words};
use fahuo::sim::{Answer, Fault, SimConfig, What, When};
use office::saved_by_office;

fn shop() -> (Shop, Warehouse, PathBuf) {
    let shop = Shop::with(SimConfig {
        orders: 900,
        ..SimConfig::default()
    });
    let warehouse = monday(&shop.wechat);
    let file = shop.dir.path().join("周一.csv");
    std::fs::write(&file, &warehouse.bytes).unwrap();
    (shop, warehouse, file)
}

fn check(shop: &mut Shop, file: &Path) -> BatchView {
    shop.engine.send(Command::CloseBatch);
    shop.until("closed", |s| s.batch.is_none().then_some(()));
    shop.engine.send(Command::OpenFile(file.to_owned()));
    shop.batch(|phase| matches!(phase, BatchPhase::Checked | BatchPhase::Unusable))
}

fn ship(shop: &mut Shop, file: &Path) -> BatchView {
    let batch = check(shop, file);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, BatchPhase::Done))
}

/// The next notice about a file.
fn told(shop: &mut Shop) -> Notice {
    for _ in 0..600 {
        let about = |notice: &Notice| matches!(notice, Notice::FileSaved(_) | Notice::FileNotSaved { .. });
        if let Some(notice) = shop.engine.notices().into_iter().find(about) {
            return notice;
        }
        shop.engine.wait(Duration::from_millis(100));
    }
    panic!("nothing was said about the file");
}

fn save(shop: &mut Shop, batch: &BatchView, out: RowsOut, path: &Path, replace: bool) -> Notice {
    shop.engine.send(Command::SaveResults(ResultFile {
        batch: batch.id,
        path: path.to_owned(),
        replace,
        out,
        words: result_words(Lang::ZhCn),
    }));
    told(shop)
}

/// What a person does with the file: another order number and another courier where they were wrong.
fn repaired(failures: &Path, right_number: &str) -> String {
    let text = GB18030.decode(&std::fs::read(failures).unwrap()).0.into_owned();
    assert_eq!(
        text.matches("4.2E+27").count(),
        2,
        "the cell and the reason: {text}"
    );
    text.replacen("4.2E+27", right_number, 1)
        .replacen("火箭快递", "中通快递", 1)
}

#[test]
fn repaired_rows_come_back_through_a_spreadsheet_and_nothing_is_sent_twice() {
    let (mut shop, warehouse, file) = shop();
    let batch = ship(&mut shop, &file);
    check_ledger(&shop.wechat, &warehouse);
    let failures = shop.dir.path().join("失败行.csv");
    let said = save(&mut shop, &batch, RowsOut::Failures, &failures, false);
    let saved = FileSaved {
        name: "失败行.csv".into(),
        rows: warehouse.blocked.len(),
        encoding: None,
        masked: false,
    };
    assert_eq!(said, Notice::FileSaved(saved));
    let successes = shop.dir.path().join("已发货.csv");
    let said = save(&mut shop, &batch, RowsOut::Successes, &successes, false);
    assert!(
        matches!(&said, Notice::FileSaved(saved) if saved.rows == batch.counts.shipped),
        "{said:?}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&failures).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The phones are those of the file; the journal has never seen them.
    let phone = format!("138{MANGLED:0>8}");
    let text = GB18030.decode(&std::fs::read(&failures).unwrap()).0.into_owned();
    assert!(text.contains(&phone), "{text}");
    for entry in std::fs::read_dir(shop.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|ending| ending != "csv") {
            let bytes = std::fs::read(&path).unwrap();
            let kept = bytes
                .windows(phone.len())
                .any(|window| window == phone.as_bytes());
            assert!(!kept, "{}", path.display());
        }
    }
    // As it is, it comes to the same verdicts and sends nothing.
    let again = check(&mut shop, &failures);
    assert_eq!(again.file.problems, []);
    assert_eq!((again.orders_to_send, again.counts.blocked), (0, 6));
    repaired_rows_are_sent_once(&mut shop, &warehouse, &failures, &again);
}

/// Repaired, through a spreadsheet where there is one, only the two rows are sent.
#[track_caller]
fn repaired_rows_are_sent_once(shop: &mut Shop, warehouse: &Warehouse, failures: &Path, again: &BatchView) {
    let text = GB18030.decode(&std::fs::read(failures).unwrap()).0.into_owned();
    let used: Vec<String> = warehouse.ships.keys().cloned().collect();
    let free = shop.wechat.orders().into_iter().find(|order| {
        order.order_state == 1
            && order.shipping.is_none()
            && order.in_complaint != Some(true)
            && order.sub_mchid.is_empty()
            && order.visible_at <= shop.wechat.clock().now().as_second()
            && !used.contains(&order.transaction_id)
            && !text.contains(&order.out_trade_no)
            && !text.contains(&order.transaction_id)
    });
    let free = free.unwrap().transaction_id;
    let mended = shop.dir.path().join("改好.csv");
    std::fs::write(&mended, GB18030.encode(&repaired(failures, &free)).0).unwrap();
    let untouched = |batch: &BatchView| -> Vec<Vec<String>> {
        let rows = batch.rows.iter().filter(|row| row.ignored.is_none());
        rows.map(|row| row.cells[2..6].to_vec()).collect()
    };
    let before = untouched(again);
    let mut forms = vec![mended.clone()];
    forms.extend(saved_by_office(&mended, "gb18030", "csv"));
    forms.extend(saved_by_office(&mended, "gb18030", "xlsx"));
    let sent_before = shop.wechat.ledger().all_committed_uploads();
    for form in &forms {
        let batch = check(shop, form);
        assert_eq!(batch.file.problems, [], "{}", form.display());
        assert_eq!(batch.orders_to_send, 2, "{} {:?}", form.display(), batch.counts);
        assert_eq!(untouched(&batch), before, "{}", form.display());
    }
    for form in forms.iter().rev() {
        let batch = ship(shop, form);
        let done = batch.counts.shipped + batch.counts.already_done;
        assert_eq!(done, 2, "{} {:?}", form.display(), batch.counts);
    }
    let ledger = shop.wechat.ledger();
    assert_eq!(ledger.all_committed_uploads(), sent_before + 2);
    assert_eq!(ledger.committed_uploads(&free), 1);
    for order in warehouse.ships.keys() {
        assert_eq!(ledger.committed_uploads(order), 1, "{order}");
    }
}

#[test]
fn no_file_is_replaced_unasked_and_never_the_imported_one() {
    let (mut shop, warehouse, file) = shop();
    let batch = check(&mut shop, &file);
    let taken = shop.dir.path().join("别人的.csv");
    std::fs::write(&taken, "theirs").unwrap();
    let why = |said: Notice| {
        if let Notice::FileNotSaved { why, .. } = said {
            Some(why)
        } else {
            None
        }
    };
    let said = save(&mut shop, &batch, RowsOut::Failures, &taken, false);
    assert_eq!(why(said), Some(FileNotSaved::Exists));
    assert_eq!(std::fs::read(&taken).unwrap(), b"theirs");
    let said = save(&mut shop, &batch, RowsOut::Failures, &file, true);
    assert_eq!(why(said), Some(FileNotSaved::IsTheSource));
    assert_eq!(std::fs::read(&file).unwrap(), warehouse.bytes);
    let said = save(&mut shop, &batch, RowsOut::Successes, &taken, true);
    assert_eq!(why(said), Some(FileNotSaved::NoRows));
    let nowhere = shop.dir.path().join("no folder").join("a.csv");
    let said = save(&mut shop, &batch, RowsOut::Failures, &nowhere, true);
    assert!(matches!(why(said), Some(FileNotSaved::Failed(_))));
    let said = save(&mut shop, &batch, RowsOut::Failures, &taken, true);
    assert_eq!(why(said), None);
    let left: Vec<_> = std::fs::read_dir(shop.dir.path())
        .unwrap()
        .filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with(".fahuo")
        })
        .collect();
    assert_eq!(left.len(), 0);
}

#[test]
fn columns_that_a_person_has_explained_once_are_known_from_then_on() {
    let mut shop = Shop::open();
    let order = shop.fetched().into_iter().find(|order| order.can_ship()).unwrap();
    let file = shop.dir.path().join("怪.csv");
    let text = format!("甲,乙,丙\n{},中通,怎样\n", order.out_trade_no);
    std::fs::write(&file, &text).unwrap();
    let batch = check(&mut shop, &file);
    assert_eq!(batch.phase, BatchPhase::Unusable);
    let headings = ["甲", "乙", "丙"].map(str::to_owned);
    let mapping = [
        ("甲", Field::OutTradeNo),
        ("乙", Field::Courier),
        ("丙", Field::TrackingNo),
    ];
    shop.engine.send(Command::RememberMapping {
        headings: headings.into(),
        mapping: mapping
            .map(|(heading, field)| (heading.to_owned(), Some(field)))
            .into(),
    });
    std::fs::write(&file, text.replace("怎样", "78768264502666")).unwrap();
    let batch = check(&mut shop, &file);
    let fields: Vec<Option<Field>> = batch.file.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, mapping.map(|(_, field)| Some(field)));
    // Also after a restart.
    let config = common::config(&shop.wechat, shop.dir.path());
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = fahuo::engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let batch = check(&mut shop, &file);
    assert_eq!(batch.file.columns.len(), 3);
    assert_eq!(batch.file.columns[0].field, Some(Field::OutTradeNo));
}

#[test]
fn what_wechat_refuses_goes_into_its_own_template_unless_it_was_shipped_since() {
    let mut shop = Shop::open();
    let orders = shop.fetched();
    let orders: Vec<_> = orders
        .into_iter()
        .filter(|order| order.can_ship() && !order.in_complaint)
        .collect();
    let refuse = What::Answer {
        applied: false,
        answer: Answer::Errcode(10_060_009),
    };
    shop.wechat
        .push_fault(Fault::new("upload_shipping_info", When::Next(2), refuse));
    for (n, order) in orders.iter().take(2).enumerate() {
        let number = format!("7876826450266{n}");
        shop.engine
            .send(Command::Ship(draft(&order.transaction_id, "ZTO", &number)));
    }
    let refused = shop.until("refused", |s| {
        let rows = s.outbox.rows.iter();
        let refused: Vec<_> = rows
            .filter(|shipment| RowStatus::from(&shipment.state) == RowStatus::Refused)
            .map(|shipment| shipment.id)
            .collect();
        (refused.len() == 2).then_some(refused)
    });
    let template = |shop: &mut Shop| {
        let path = shop.dir.path().join("发货单模板.xlsx");
        shop.engine.send(Command::SaveTemplate {
            path: path.clone(),
            replace: true,
            shipments: refused.clone(),
        });
        (told(shop), path)
    };
    let (said, path) = template(&mut shop);
    assert!(
        matches!(&said, Notice::FileSaved(saved) if saved.rows == 2),
        "{said:?}"
    );
    let batch = check(&mut shop, &path);
    assert_eq!(batch.file.problems, []);
    assert_eq!(batch.orders_to_send, 2, "{:?}", batch.counts);
    let row = &batch.rows.get(0).unwrap();
    assert_eq!(
        row.cells[1],
        orders
            .iter()
            .find(|o| o.transaction_id.as_str() == row.cells[0])
            .unwrap()
            .out_trade_no
    );
    assert_eq!(row.cells[3..5], ["物流快递", "统一发货"]);
    assert_eq!(row.cells[5], "中通快递");
    assert_eq!(row.cells[7..9], ["是", "否"]);
    // One is tried again from here: the back office must not get it as well.
    shop.engine.send(Command::Ship(draft(
        &orders[0].transaction_id,
        "ZTO",
        "78768264502660",
    )));
    shop.until("shipped", |s| (s.outbox.shipped == 1).then_some(()));
    let (said, path) = template(&mut shop);
    assert!(
        matches!(&said, Notice::FileSaved(saved) if saved.rows == 1),
        "{said:?}"
    );
    let batch = check(&mut shop, &path);
    assert_eq!(
        batch.rows.get(0).unwrap().cells[0],
        orders[1].transaction_id.as_str()
    );
}
