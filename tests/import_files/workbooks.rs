//! What only workbooks have: several sheets, merged cells, gaps, macros, far cells.

use rust_xlsxwriter::{Format, Workbook};

use crate::make::{table, workbook};
use crate::{read, verdicts};

#[test]
fn the_sheet_with_the_best_header_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("说明").unwrap();
    sheet.write_string(0, 0, "请填写第二页").unwrap();
    let sheet = book.add_worksheet().set_name("发货单模板").unwrap();
    for (column, (heading, value)) in [
        ("订单号", "S1"),
        ("快递公司", "顺丰"),
        ("快递单号", "SF1234567890123"),
    ]
    .iter()
    .enumerate()
    {
        let column = u16::try_from(column).unwrap();
        sheet.write_string(0, column, *heading).unwrap();
        sheet.write_string(1, column, *value).unwrap();
    }
    let sheet = book.add_worksheet().set_name("快递公司编码对照").unwrap();
    sheet.write_string(0, 0, "快递公司").unwrap();
    sheet.write_string(0, 1, "快递公司编码").unwrap();
    sheet.write_string(1, 0, "顺丰速运").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(verdicts(&read(&bytes)), ["2 S1 SF=SF1234567890123"]);
}

#[test]
fn a_merged_order_number_stands_for_all_its_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 2, "发货信息整理", &plain).unwrap();
    for (column, heading) in ["订单号", "快递公司", "快递单号"].iter().enumerate() {
        sheet
            .write_string(1, u16::try_from(column).unwrap(), *heading)
            .unwrap();
    }
    sheet.merge_range(2, 0, 4, 0, "S1", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "顺丰", &plain).unwrap();
    for (row, number) in [
        (2, "SF1234567890123"),
        (3, "SF1234567890124"),
        (4, "SF1234567890125"),
        (5, "SF1234567890126"),
    ] {
        sheet.write_string(row, 2, number).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        verdicts(&read(&bytes)),
        [
            "1 title",
            "3 S1 SF=SF1234567890123",
            "4 S1 SF=SF1234567890124",
            "5 S1 ?=SF1234567890125",
            "6 ? ?=SF1234567890126",
        ]
    );
}

#[test]
fn rows_keep_their_numbers_across_gaps() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "订单号").unwrap();
    sheet.write_string(0, 1, "快递单号").unwrap();
    sheet.write_string(3, 0, "S1").unwrap();
    sheet.write_string(3, 1, "SF1234567890123").unwrap();
    sheet.write_string(900_000, 0, "S2").unwrap();
    sheet.write_string(900_000, 1, "SF1234567890124").unwrap();
    let file = read(&book.save_to_buffer().unwrap());
    let kept: Vec<String> = file
        .rows
        .iter()
        .filter(|row| row.ignored.is_none())
        .map(crate::verdict)
        .collect();
    assert_eq!(kept, ["4 S1 ?=SF1234567890123", "900001 S2 ?=SF1234567890124"]);
    assert!(file.rows.len() < 300);
}

#[test]
fn a_far_cell_costs_nothing_and_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "订单号").unwrap();
    sheet.write_string(0, 1, "快递单号").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let file = read(&book.save_to_buffer().unwrap());
    assert_eq!(verdicts(&file).first().unwrap(), "file: file_too_large");
}

#[test]
fn an_empty_workbook_and_a_header_alone_are_empty() {
    assert_eq!(verdicts(&read(&workbook(&table(&[])))), ["file: file_empty"]);
    assert_eq!(
        verdicts(&read(&workbook(&table(&[&["订单号", "快递单号"]])))),
        ["file: file_empty"]
    );
}
