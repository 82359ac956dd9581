//! Imported files are shown again as they were, with the shipments that their rows became.

use super::super::test_support::{APPID, at, folder, intent, new_shipment, open, order, queue};
use super::super::{Enqueued, NewShipment, StoreError};
use crate::domain::{
    Column, Field, FileRow, Ignored, ImportedFile, MaskedContact, PlannedRow, Problem, ProblemKind, Repaired,
    RowParcel, RowStatus, ShipmentId,
};

fn file() -> ImportedFile {
    let row = |row, number: Option<&str>| FileRow {
        row,
        cells: vec!["顺丰".to_owned(), "SF1".to_owned()].into(),
        ignored: number.is_none().then_some(Ignored::Totals),
        order_number: number.map(str::to_owned),
        order_column: Some(0),
        parcels: vec![RowParcel {
            courier: Some("SF".into()),
            tracking_no: "SF1".into(),
        }],
        receiver_contact: MaskedContact::mask("138****1234"),
        ..FileRow::default()
    };
    ImportedFile {
        name: "发货.csv".into(),
        sha256: "ab".repeat(32),
        encoding: "gb18030".into(),
        header_row: 2,
        columns: vec![Column {
            heading: "订单号".into(),
            field: Some(Field::OutTradeNo),
        }],
        rows: vec![row(3, Some("shop-1")), row(4, Some("shop-2")), row(5, None)],
        problems: vec![Problem::of(ProblemKind::MangledId, Field::OutTradeNo)],
    }
}

fn plan() -> Vec<PlannedRow> {
    let row = |status, problems: Vec<Problem>| PlannedRow {
        status,
        transaction_id: (status == RowStatus::Ready).then(|| order(1)),
        problems,
        shipment: None,
    };
    vec![
        row(RowStatus::Ready, Vec::new()),
        row(
            RowStatus::Blocked,
            vec![Problem::of(ProblemKind::OrderNotFound, Field::OutTradeNo)],
        ),
        row(RowStatus::Ignored, Vec::new()),
    ]
}

fn rows<'a>(file: &'a ImportedFile, plan: &'a [PlannedRow]) -> Vec<(usize, &'a FileRow, &'a PlannedRow)> {
    let rows = file.rows.iter().zip(plan).enumerate();
    rows.map(|(index, (row, planned))| (index, row, planned))
        .collect()
}

#[test]
fn a_file_is_shown_again_with_the_shipments_that_its_rows_became() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    assert_eq!(store.latest_batch(APPID).unwrap(), None);
    let id = store.insert_batch(APPID, &file(), &[], at(10)).unwrap();
    store.keep_batch_rows(id, &rows(&file(), &plan())).unwrap();
    let mut again = plan();
    again[1].status = RowStatus::Ready;
    again[1].transaction_id = Some(order(2));
    again[1].problems.clear();
    again[2].shipment = Some(ShipmentId(77));
    store.keep_batch_rows(id, &rows(&file(), &again)[1..]).unwrap();

    let (first, second) = (intent(1), intent(2));
    let new = [
        NewShipment {
            batch: Some((id, &[0])),
            ..new_shipment(&first)
        },
        NewShipment {
            batch: Some((id, &[1])),
            ..new_shipment(&second)
        },
    ];
    queue(&mut store, 2);
    let answers = store.enqueue(APPID, &new, at(11)).unwrap();
    assert_eq!(
        answers,
        [Enqueued::New(ShipmentId(2)), Enqueued::OrderTaken(ShipmentId(1))]
    );
    drop(store);

    let (mut store, _) = open(&dir);
    assert_eq!(store.batch_row_shipments(id).unwrap(), [(0, ShipmentId(2))]);
    let batch = store.latest_batch(APPID).unwrap().unwrap();
    assert_eq!((batch.id, batch.imported_at), (id, at(10)));
    assert_eq!(batch.file, file());
    assert_eq!(batch.plan, again);
    assert_eq!(batch.places, [0, 1, 2]);
    assert_eq!(batch.row_shipments, [Some(ShipmentId(2)), None, None]);
    assert_eq!(store.latest_batch("wx-other").unwrap(), None);
    // What is kept again stays the shipment that it became.
    store.keep_batch_rows(id, &rows(&file(), &again)).unwrap();
    assert_eq!(store.batch_row_shipments(id).unwrap(), [(0, ShipmentId(2))]);

    assert_eq!(store.batch_seen(APPID, &file().sha256).unwrap(), Some(at(10)));
    assert_eq!(store.batch_seen("wx-other", &file().sha256).unwrap(), None);
    store.close_batch(id, at(12)).unwrap();
    assert_eq!(store.latest_batch(APPID).unwrap(), None);
    assert_eq!(store.batch_seen(APPID, &file().sha256).unwrap(), Some(at(10)));
}

#[test]
fn a_row_that_is_not_kept_becomes_no_shipment_and_none_is_kept_without_its_file() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let id = store.insert_batch(APPID, &file(), &[], at(1)).unwrap();
    store.keep_batch_rows(id, &rows(&file(), &plan())).unwrap();
    assert!(store.keep_batch_rows(id + 1, &rows(&file(), &plan())).is_err());
    let wish = intent(1);
    let stray = NewShipment {
        batch: Some((id, &[0, 3])),
        ..new_shipment(&wish)
    };
    assert!(matches!(
        store.enqueue(APPID, &[stray], at(2)),
        Err(StoreError::Unknown(_))
    ));
    assert_eq!(store.open_shipments(APPID).unwrap(), []);
    assert_eq!(store.batch_row_shipments(id).unwrap(), []);
}

#[test]
fn repaired_rows_are_found_again_by_the_bytes_of_their_file() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let sha256 = file().sha256;
    let id = store.insert_batch(APPID, &file(), &[], at(1)).unwrap();
    assert_eq!(store.repaired_rows(APPID, &sha256).unwrap(), []);
    let mut row = file().rows[1].clone();
    row.repaired = Some(Box::new(Repaired {
        columns: vec![0],
        before: row.clone(),
    }));
    store.keep_batch_rows(id, &[(1, &row, &plan()[1])]).unwrap();
    drop(store);
    let (mut store, _) = open(&dir);
    assert_eq!(store.repaired_rows(APPID, &sha256).unwrap(), [(1, row.clone())]);
    assert_eq!(
        store.latest_batch(APPID).unwrap().unwrap().file.rows,
        [row.clone()]
    );
    assert_eq!(store.repaired_rows("wx-other", &sha256).unwrap(), []);
    // What the newest reading of the file does not have was taken back.
    store.insert_batch(APPID, &file(), &[], at(2)).unwrap();
    assert_eq!(store.repaired_rows(APPID, &sha256).unwrap(), []);
    let repaired = [(1, &row, &plan()[1])];
    store.insert_batch(APPID, &file(), &repaired, at(3)).unwrap();
    assert_eq!(store.repaired_rows(APPID, &sha256).unwrap(), [(1, row.clone())]);
}
