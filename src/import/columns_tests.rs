//! The reading of headers as a table: headings and first values in, what each column is for out.

use super::super::grid::Cell;
use super::*;

fn row(number: u32, text: &str) -> RawRow {
    RawRow {
        row: number,
        cells: text.split(',').map(Cell::text).collect(),
    }
}

fn columns(header: &str, rows: &[&str]) -> Columns {
    let sample: Vec<RawRow> = rows.iter().map(|text| row(2, text)).collect();
    decide(&row(1, header), &sample, &[], &|_| false)
}

const WECHAT: &str = "4200000925202101284997714292";

/// The columns in the order in which they may name the order, and the one of the tracking number.
#[track_caller]
fn check(header: &str, rows: &[&str], orders: &[&str], tracking: &str) {
    let columns = columns(header, rows);
    let heading = |column: usize| columns.all[column].heading.clone();
    let found: Vec<String> = columns.orders.iter().map(|order| heading(order.column)).collect();
    assert_eq!(found, orders, "{header}");
    assert_eq!(
        columns.tracking.map_or(String::new(), heading),
        tracking,
        "{header}"
    );
}

#[test]
fn wechats_number_comes_before_the_shops() {
    check(
        "交易单号,商户单号,快递单号",
        &["1,2,3"],
        &["交易单号", "商户单号"],
        "快递单号",
    );
    check(
        "商户订单号,微信订单号,快递单号",
        &["1,2,3"],
        &["微信订单号", "商户订单号"],
        "快递单号",
    );
    check(
        "支付单号,订单号,运单号",
        &["1,2,3"],
        &["支付单号", "订单号"],
        "运单号",
    );
}

#[test]
fn a_shops_heading_with_wechats_numbers_is_wechats() {
    let columns = columns("订单号,快递单号", &[&format!("{WECHAT},SF1234567890123")]);
    assert_eq!(columns.orders[0].field, Field::TransactionId);
    let columns = super::tests::columns("订单号,快递单号", &["S1,SF1234567890123"]);
    assert_eq!(columns.orders[0].field, Field::OutTradeNo);
}

#[test]
fn internal_numbers_are_no_key() {
    check("订单ID,订单号,快递单号", &["1,2,3"], &["订单号"], "快递单号");
    check("订单ID,物流公司,物流单号", &["1,顺丰,3"], &[], "物流单号");
    check(
        "子订单编号,主订单编号,订单号,快递单号",
        &["1,2,3,4"],
        &["主订单编号"],
        "快递单号",
    );
    check(
        "订单ID,物流单号",
        &[&format!("{WECHAT},1")],
        &["订单ID"],
        "物流单号",
    );
}

#[test]
fn the_first_of_a_doubled_heading_with_data_is_taken() {
    let columns = columns("订单号,快递单号,快递单号", &["1,,SF1", "2,,SF2"]);
    assert_eq!(columns.tracking, Some(2));
    assert!(columns.problems.is_empty());
    assert_eq!(columns.field(1), None);
}

#[test]
fn what_is_really_open_asks() {
    let found = columns("平台单号,外部单号,快递单号", &["1,2,SF1"]);
    let headings = vec!["平台单号".to_owned(), "外部单号".to_owned()];
    assert_eq!(
        found.problems,
        [Problem::of(
            ProblemKind::ColumnAmbiguous { headings },
            Field::OutTradeNo
        )]
    );
    assert!(
        columns("平台单号,外部单号,快递单号", &["1,1,SF1"])
            .problems
            .is_empty()
    );
    assert!(
        columns("平台单号,外部单号,快递单号", &["1,,SF1"])
            .problems
            .is_empty()
    );
    assert!(
        columns("平台单号,外部单号,交易单号,快递单号", &["1,2,3,SF1"])
            .problems
            .is_empty()
    );
}

#[test]
fn the_receivers_phone_is_found_by_every_english_name_of_it() {
    for heading in [
        "Phone",
        "Receiver phone",
        "Receiver's phone",
        "Receiver’s Phone",
        "Receiver mobile",
        "Recipient phone",
        "receiver_phone",
    ] {
        let found = columns(&format!("订单号,快递单号,{heading}"), &["S1,SF1,13812341234"]);
        assert_eq!(found.phones, [2], "{heading}");
    }
}

#[test]
fn a_nameless_column_of_tracking_numbers_is_found() {
    check("订单号,单子", &["S1,SF1234567890123"], &["订单号"], "单子");
    check("订单号,快递", &["S1,顺丰 SF1234567890123"], &["订单号"], "快递");
    check(
        "订单号,甲,乙",
        &["S1,SF1234567890123,SF1234567890124"],
        &["订单号"],
        "",
    );
    check("订单号,联系方式", &["S1,13812341234"], &["订单号"], "");
    check("订单号,甲", &["S1,13812341234"], &["订单号"], "");
}

#[test]
fn no_column_feeds_two_fields() {
    let header =
        "订单号,快递公司,快递编码,快递单号,商品名称,商品信息,数量,件数,手机,联系电话,发货方式,发货模式";
    let columns = columns(header, &["S1,顺丰,SF,SF1,茶,茶叶*1,1,1,1,2,快递,统一发货"]);
    let mut used: Vec<usize> = columns.orders.iter().map(|order| order.column).collect();
    used.extend(columns.tracking);
    used.extend(&columns.couriers);
    used.extend(columns.goods);
    used.extend(columns.quantity);
    used.extend(&columns.phones);
    used.extend(&columns.manner);
    let mut once = used.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), used.len());
    assert_eq!(columns.goods, Some(5));
    assert_eq!(columns.couriers, [1, 2]);
}

#[test]
fn a_persons_choice_wins() {
    let mapping = [
        ("订单ID".to_owned(), Some(Field::OutTradeNo)),
        ("订单号".to_owned(), None),
    ];
    let found = decide(
        &row(1, "订单ID,订单号,快递单号"),
        &[row(2, "1,2,3")],
        &mapping,
        &|_| false,
    );
    assert_eq!(found.orders.len(), 1);
    assert_eq!(found.orders[0].column, 0);
}

#[test]
fn a_missing_order_column_is_told() {
    let found = columns("快递公司,快递单号", &["顺丰,SF1"]);
    let field = Field::OutTradeNo;
    assert_eq!(
        found.problems,
        [Problem::of(ProblemKind::ColumnMissing { field }, field)]
    );
}

#[test]
fn the_column_of_orders_that_are_known_names_the_order() {
    let sample = [
        row(2, "A1,B1,C1,SF1234567890123"),
        row(3, "A2,B2,C2,SF1234567890124"),
    ];
    let decided = |headings: &str, known: &[&str]| -> Vec<usize> {
        let knows = |number: &str| known.contains(&number);
        let columns = decide(&row(1, headings), &sample, &[], &knows);
        columns.orders.iter().map(|order| order.column).collect()
    };
    let several = "线上订单号,订单号,订单编号,快递单号";
    assert_eq!(decided(several, &[]), [0]);
    assert_eq!(decided(several, &["B1", "B2"]), [1]);
    assert_eq!(
        decided(several, &["B1", "B2", "A1", "A2"]),
        [0],
        "two that are known: as the headings say"
    );
    let vague = "内部订单号,订单ID,别的,快递单号";
    assert_eq!(decided(vague, &[]), [0; 0]);
    assert_eq!(decided(vague, &["C1", "C2"]), [2]);
}
