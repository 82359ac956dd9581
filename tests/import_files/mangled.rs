//! Damaged values: what Excel, exporters and people do to numbers, at the cell where it stands.

use fahuo::domain::ProblemKind;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::{expect, read, verdicts};

/// An order number in the order column; `None` when it must be blocked as damaged.
#[track_caller]
fn check_order(cell: &str, expected: Option<&str>) {
    let file = read(format!("订单号,快递单号\n{cell},SF1234567890123\n").as_bytes());
    let row = &file.rows[0];
    assert_eq!(row.order_number.as_deref(), expected, "{cell}");
    let blocked = row.problems.iter().find(|p| p.what == ProblemKind::MangledId);
    assert_eq!(blocked.is_none(), expected.is_some(), "{cell}");
    if let Some(problem) = blocked {
        assert_eq!((problem.column, problem.value.as_deref()), (Some(0), Some(cell)));
    }
}

/// A cell of the tracking column, and the rest of the verdict.
#[track_caller]
fn check_tracking(cell: &str, expected: &str) {
    let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
    let text = format!("订单号,快递公司,快递单号\nS1,,{quoted}\n");
    expect(&text, &[format!("2 {expected}").trim_end()]);
}

#[test]
fn a_damaged_long_number_is_never_an_id() {
    for cell in [
        "4.2E+27",
        "4.2e27",
        "4.3179E+27",
        "1.78775E+18",
        "2.07E+19",
        "4200000925202100000000000000",
        "4317902476202602000000000000",
        "1787748538458420000",
        "20260719102030000000",
        "4200000925202101284997714292.0",
        "123456789012.00",
        "=\"4.2E+27\"",
        "'4.2E+27",
        "４．２Ｅ＋２７",
        "4200 0009 2520 2101",
        "####",
    ] {
        check_order(cell, None);
    }
    for (cell, number) in [
        ("4200000925202101284997714292", "4200000925202101284997714292"),
        (
            "=\"4200000925202101284997714292\"",
            "4200000925202101284997714292",
        ),
        ("'4200000925202101284997714292", "4200000925202101284997714292"),
        ("`4200000925202101284997714292", "4200000925202101284997714292"),
        ("４２００000925202101284997714292", "4200000925202101284997714292"),
        (
            "\u{200b}4200000925202101284997714292\u{a0}",
            "4200000925202101284997714292",
        ),
        ("1787748538458427394", "1787748538458427394"),
        ("219E01BE", "219E01BE"),
        ("s-1_a", "s-1_a"),
    ] {
        check_order(cell, Some(number));
    }
}

#[test]
fn tracking_cells_are_taken_apart_and_guarded() {
    check_tracking("sf1234567890123", "S1 ?=SF1234567890123 ~cleaned@2");
    check_tracking("SF 1234 5678 90123", "S1 ?=SF1234567890123 ~cleaned@2");
    check_tracking(
        "ＳＦ１２３４５６７８９０１２３",
        "S1 ?=SF1234567890123 ~cleaned@2",
    );
    check_tracking("SF1234567890123 ", "S1 ?=SF1234567890123");
    check_tracking(
        "SF1234567890123；SF1234567890124",
        "S1 ?=SF1234567890123 ?=SF1234567890124 ~cleaned@2",
    );
    check_tracking(
        "SF1234567890123;SF1234567890124",
        "S1 ?=SF1234567890123 ?=SF1234567890124",
    );
    check_tracking(
        "SF1234567890123\nSF1234567890124",
        "S1 ?=SF1234567890123 ?=SF1234567890124",
    );
    check_tracking("顺丰速运 SF1234567890123", "S1 SF=SF1234567890123");
    check_tracking("7.87683E+13", "S1 !mangled_id@2");
    check_tracking("78,768,264,502,666", "S1 !mangled_id@2");
    check_tracking("78768264502666.0", "S1 !mangled_id@2");
    check_tracking(
        "SF1234567890123;7.87683E+13",
        "S1 ?=SF1234567890123 !mangled_id@2",
    );
    check_tracking("SF12345678901O3", "S1 !tracking_characters@2");
    check_tracking("13812341234", "S1 !tracking_characters@2");
    check_tracking("已发出", "S1 !tracking_characters@2");
    check_tracking(&"A1".repeat(65), "S1 !tracking_too_long@2");
    check_tracking("=A1", "S1 !formula_cell@2");
    check_tracking("#REF!", "S1 !formula_cell@2");
    for word in ["无", "-", "待发货", "#N/A", "N/A"] {
        check_tracking(word, "not_shipped_yet");
    }
    check_tracking("", "S1");
}

#[test]
fn a_column_that_went_through_a_float_is_doubted() {
    expect(
        "订单号,快递单号\n1787748538458427400,SF1234567890123\n1787748538458531800,SF1234567890124\n",
        &[
            "2 ? ?=SF1234567890123 !mangled_id@0",
            "3 ? ?=SF1234567890124 !mangled_id@0",
        ],
    );
}

#[test]
fn an_unknown_courier_blocks_with_the_nearest_five() {
    let file = read("订单号,快递公司,快递单号\nS1,顺疯,SF1234567890123\n".as_bytes());
    let problem = &file.rows[0].problems[0];
    let ProblemKind::UnknownCourier { nearest } = &problem.what else {
        panic!("{problem:?}")
    };
    assert_eq!((nearest.len(), nearest[0].as_str()), (5, "SF"));
    assert_eq!(
        (problem.column, problem.value.as_deref()),
        (Some(1), Some("顺疯"))
    );
}

#[test]
fn number_cells_of_a_workbook_are_read_as_far_as_they_can_be_trusted() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let text = Format::new().set_num_format("0.00E+00");
    for (column, heading) in ["订单号", "快递单号", "商品名称", "数量"].iter().enumerate() {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *heading)
            .unwrap();
    }
    for (row, (order, tracking)) in [
        (464_123_456_789_012.0, 78_768_264_502_666.0),
        (4_200_000_925_202_101_284_997_714_292.0, 78_768_264_502_666.0),
        (1_787_748_538_458_427_394.0, 1.0e15),
        (12.5, 78_768_264_502_666.0),
    ]
    .into_iter()
    .enumerate()
    {
        let row = u32::try_from(row).unwrap() + 1;
        sheet.write_number_with_format(row, 0, order, &text).unwrap();
        sheet.write_number(row, 1, tracking).unwrap();
        sheet.write_string(row, 2, "茶叶").unwrap();
        sheet.write_number(row, 3, 2.0).unwrap();
    }
    sheet
        .write_formula(5, 0, Formula::new("=A2").set_result("S1"))
        .unwrap();
    sheet
        .write_formula(5, 1, Formula::new("=B2").set_result("78768264502666"))
        .unwrap();
    sheet.write_string(5, 2, "茶叶").unwrap();
    let file = read(&book.save_to_buffer().unwrap());
    assert_eq!(
        verdicts(&file),
        [
            "2 464123456789012 ?=78768264502666 茶叶*2",
            "3 ? ?=78768264502666 茶叶*2 !mangled_id@0",
            "4 ? 茶叶*2 !mangled_id@0 !mangled_id@1",
            "5 ? ?=78768264502666 茶叶*2 !mangled_id@0",
            "6 S1 茶叶 !formula_cell@1",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_number_of_sixteen_digits_or_more_passes_once_it_was_damaged(
        digits in "[1-9][0-9]{15,27}",
        shown in 0usize..15,
    ) {
        let value: f64 = digits.parse().unwrap();
        let kept: String = digits.chars().enumerate().map(|(at, c)| if at < 15 { c } else { '0' }).collect();
        let scientific = format!("{value:.shown$e}");
        let damaged = [
            scientific.clone(),
            scientific.replace('e', "E+"),
            scientific.to_uppercase(),
            kept,
            format!("{digits}.0"),
            format!("{digits}.00"),
        ];
        for cell in damaged {
            let file = read(format!("订单号,快递单号\n{cell},{cell}\n").as_bytes());
            prop_assert_eq!(&file.rows[0].order_number, &None);
            prop_assert!(file.rows[0].parcels.is_empty());
        }
        if digits.len() >= 20 {
            for cell in [format!("{value}"), format!("{value:.0}")] {
                let file = read(format!("订单号,快递单号\n{cell},SF1234567890123\n").as_bytes());
                prop_assert_eq!(&file.rows[0].order_number, &None);
            }
        }
    }
}

#[test]
fn every_changed_cell_can_be_shown_with_its_original() {
    let text = "订单号,商品,快递单号\n`S1,茶,\"sf1234567890123；顺丰 SF1234567890124\"\nS2,茶,SF1234567890125\n\u{ff33}3,茶,无\n";
    let file = read(text.as_bytes());
    let changes = |row: usize| -> Vec<(usize, String, String)> {
        let changed = file.rows[row].changed_cells(&file.columns);
        changed
            .into_iter()
            .map(|c| (c.column, c.original.to_owned(), c.now))
            .collect()
    };
    let tracking = "sf1234567890123；顺丰 SF1234567890124".to_owned();
    assert_eq!(
        changes(0),
        [
            (0, "`S1".to_owned(), "S1".to_owned()),
            (2, tracking, "SF1234567890123;SF1234567890124".to_owned()),
        ]
    );
    assert_eq!(changes(1), []);
    assert_eq!(changes(2), [(0, "\u{ff33}3".to_owned(), "S3".to_owned())]);
}
