//! Cells that are typed anew, by their guards.

use super::*;
use crate::domain::{Ignored, MaskedContact};
use crate::import::{ReadOptions, built_in_couriers, read_bytes};

const ORDER: &str = "4200000925202101284997714292";

/// Reads a file of one row, types its cells anew, and gives the row.
fn typed(file: &str, cells: &[(usize, Option<&str>)]) -> FileRow {
    let couriers = built_in_couriers();
    let options = ReadOptions::new(&couriers);
    let file = read_bytes("a.csv", file.as_bytes(), &options);
    let mut row = file.rows.last().unwrap().clone();
    for (column, text) in cells {
        row = repair(&row, &file.columns, &couriers, *column, *text).unwrap();
    }
    row
}

fn words(row: &FileRow) -> Vec<(String, Option<usize>)> {
    let blocking = row.problems.iter().filter(|problem| problem.blocks());
    blocking
        .map(|problem| (problem.what.word(), problem.column))
        .collect()
}

fn file(row: &str) -> String {
    format!("交易单号,商户单号,快递公司,快递单号,商品,数量,手机\n{row}\n")
}

#[test]
fn a_cell_that_is_typed_anew_is_read_like_a_files_and_the_rest_stays() {
    let row = file("4.2E+27,,中快,SF1234567890123,茶叶,2,13812341234");
    let read = typed(&row, &[]);
    assert_eq!(
        words(&read),
        [
            ("mangled_id".to_owned(), Some(0)),
            ("unknown_courier".to_owned(), Some(2))
        ]
    );
    let once = typed(&row, &[(2, Some(" ＳＦ "))]);
    assert_eq!(words(&once), [("mangled_id".to_owned(), Some(0))]);
    assert_eq!(once.parcels[0].courier.as_deref(), Some("SF"));
    assert_eq!(once.repaired_columns(), [2]);
    assert_eq!(once.as_read(), &read);
    let twice = typed(&row, &[(2, Some("顺丰")), (0, Some(&format!("'{ORDER}")))]);
    assert_eq!(words(&twice), []);
    assert_eq!(twice.order_number.as_deref(), Some(ORDER));
    assert_eq!(twice.repaired_columns(), [0, 2]);
    assert_eq!(twice.item_desc.as_deref(), Some("茶叶*2"));
    assert_eq!(twice.receiver_contact, read.receiver_contact);
    assert_eq!(typed(&row, &[(2, Some("顺丰")), (2, None)]), read);
}

#[test]
fn what_is_typed_passes_the_same_guards() {
    let row = file(&format!("{ORDER},,顺丰,SF1234567890123,茶叶,2,"));
    for (column, text, word) in [
        (0, "4.2E+27", "mangled_id"),
        (0, "4200000925202100000000000000", "mangled_id"),
        (0, "4200 0009 2520", "mangled_id"),
        (2, "某某快递", "unknown_courier"),
        (3, "7.87683E+13", "mangled_id"),
        (3, "13812341234", "tracking_characters"),
        (3, "=A1&B1", "formula_cell"),
    ] {
        let found = typed(&row, &[(column, Some(text))]);
        assert_eq!(words(&found), [(word.to_owned(), Some(column))], "{text}");
    }
}

#[test]
fn a_damaged_cell_stays_damaged_until_it_is_typed_anew_itself() {
    for (cell, word) in [("7.87683E+13", "mangled_id"), ("#REF!", "formula_cell")] {
        let row = file(&format!("{ORDER},,中快,{cell},茶叶,1,"));
        let courier = typed(&row, &[(2, Some("中通"))]);
        assert_eq!(words(&courier), [(word.to_owned(), Some(3))], "{cell}");
        let both = typed(&row, &[(2, Some("中通")), (3, Some("78768264502666"))]);
        assert_eq!(words(&both), [], "{cell}");
    }
    // The look of the cell does not say that a workbook had lost its digits.
    let row = file(&format!("{ORDER},,中快,78768264502666,茶叶,1,"));
    let sound = typed(&row, &[(2, Some("中通"))]);
    assert_eq!(words(&sound), []);
    let columns: Vec<Column> = [
        Field::TransactionId,
        Field::OutTradeNo,
        Field::Courier,
        Field::TrackingNo,
    ]
    .map(|field| Column {
        heading: String::new(),
        field: Some(field),
    })
    .into();
    let doubtful = FileRow {
        doubtful: vec![3],
        ..typed(&row, &[])
    };
    let found = repair(&doubtful, &columns, &built_in_couriers(), 2, Some("中通")).unwrap();
    assert_eq!(words(&found), [("mangled_id".to_owned(), Some(3))]);
}

#[test]
fn phones_are_never_kept_whole() {
    let row = file(&format!("{ORDER},,顺丰,SF1234567890123,茶叶,2,"));
    let found = typed(&row, &[(6, Some("13812341234")), (4, Some("茶叶 13912341234"))]);
    assert_eq!(found.cells[6], "138****1234");
    assert_eq!(found.cells[4], "茶叶 139****1234");
    let contact = found.receiver_contact.as_ref().map(MaskedContact::as_str);
    assert_eq!(contact, Some("138****1234"));
    let again = typed(&row, &[(6, Some("13812341234")), (5, Some("3"))]);
    assert_eq!(again.receiver_contact, found.receiver_contact);
}

#[test]
fn what_is_no_shipment_or_takes_no_part_is_left_alone() {
    let couriers = built_in_couriers();
    let columns = [None, Some(Field::TrackingNo)].map(|field| Column {
        heading: "备注".into(),
        field,
    });
    let row = FileRow::default();
    assert!(repair(&row, &columns, &couriers, 1, Some("x")).is_some());
    assert_eq!(repair(&row, &columns, &couriers, 0, Some("x")), None);
    assert_eq!(repair(&row, &columns, &couriers, 9, Some("x")), None);
    for none in [Ignored::Title, Ignored::Blank] {
        let ignored = FileRow {
            ignored: Some(none),
            ..FileRow::default()
        };
        assert_eq!(repair(&ignored, &columns, &couriers, 1, Some("x")), None);
    }
}

#[test]
fn a_row_that_was_left_out_is_a_shipment_once_something_is_typed_in_it() {
    let row = file("示例,,中通,78768264502666,茶叶,2,13812341234");
    assert_eq!(typed(&row, &[]).ignored, Some(Ignored::Sample));
    let counted = typed(&row, &[(0, Some(ORDER))]);
    assert_eq!((counted.ignored, words(&counted)), (None, vec![]));
    assert_eq!(counted.order_number.as_deref(), Some(ORDER));
    assert_eq!(counted.parcels[0].courier.as_deref(), Some("ZTO"));
    assert_eq!(counted.item_desc.as_deref(), Some("茶叶*2"));
    // The same cells, in another order and with one taken back.
    let again = typed(&row, &[(3, Some("78768264502667")), (0, Some(ORDER)), (3, None)]);
    assert_eq!(again, counted);
    assert_eq!(typed(&row, &[(0, Some(ORDER)), (0, None)]), typed(&row, &[]));
    // Its number was a word; a damaged one stays damaged.
    let late = file(&format!("{ORDER},,中通,待发货,茶叶,2,"));
    assert_eq!(typed(&late, &[]).ignored, Some(Ignored::NotShippedYet));
    let counted = typed(&late, &[(3, Some("78768264502666"))]);
    assert_eq!((counted.ignored, words(&counted)), (None, vec![]));
    let damaged = typed(&file("合计,,中通,4.2E+13,茶叶,2,"), &[(0, Some(ORDER))]);
    assert_eq!(words(&damaged), [("mangled_id".to_owned(), Some(3))]);
}
