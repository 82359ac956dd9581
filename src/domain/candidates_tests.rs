//! Tables of damaged cells, and which orders are offered for each.

use super::*;
use crate::domain::{
    Fen, MaskedContact, OpenId, OrderState, ShippedParcel, Shipping, Timestamp, TransactionId,
};

fn order(id: &str, shop: &str, paid: &str, goods: &str) -> Arc<Order> {
    Arc::new(Order {
        transaction_id: TransactionId::parse(id).unwrap(),
        mchid: "1".into(),
        out_trade_no: shop.into(),
        sub_mchid: String::new(),
        description: goods.into(),
        paid_amount: Fen(1_250),
        openid: OpenId::default(),
        pay_time: Timestamp::parse(paid).unwrap(),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    })
}

fn book() -> Vec<Arc<Order>> {
    vec![
        order(
            "4200000925202101284997714292",
            "S1",
            "2026-07-18T23:30:00+08:00",
            "茶叶",
        ),
        order(
            "4200000925202607190000000001",
            "0123456789012",
            "2026-07-19T00:30:00+08:00",
            "茶杯",
        ),
        order(
            "4317902476202602135735632644",
            "1787748538458427394",
            "2026-07-19T10:30:00+08:00",
            "茶叶",
        ),
    ]
}

fn row(cells: &[&str], goods: Option<&str>) -> FileRow {
    FileRow {
        cells: cells.iter().map(|c| (*c).to_owned()).collect(),
        item_desc: goods.map(str::to_owned),
        ..FileRow::default()
    }
}

#[track_caller]
fn check(cell: &str, row: &FileRow, expected: &[(usize, &[Reason])]) {
    let book = book();
    let found = candidates(cell, row, &book);
    let expected: Vec<Candidate> = expected
        .iter()
        .map(|(index, reasons)| Candidate {
            order: Arc::clone(&book[*index]),
            reasons: reasons.to_vec(),
        })
        .collect();
    assert_eq!(found, expected, "{cell}");
}

#[test]
fn what_fits_the_number_is_offered_and_the_rest_of_the_row_ranks_it() {
    let six = Reason::Number { digits: 6 };
    check("4.2E+27", &row(&[], None), &[(1, &[six]), (0, &[six])]);
    let goods = row(&["2026/7/18"], Some("茶叶*2"));
    check(
        "4.2E+27",
        &goods,
        &[(0, &[six, Reason::PaidDay, Reason::Goods]), (1, &[six])],
    );
    let minute = row(&["2026-07-19 00:30:12", "¥12.5"], None);
    check(
        "4.2E+27",
        &minute,
        &[
            (1, &[six, Reason::PaidMinute, Reason::Amount]),
            (0, &[six, Reason::Amount]),
        ],
    );
    check(
        "123456789012",
        &row(&[], None),
        &[(1, &[Reason::Number { digits: 12 }])],
    );
    check("9.9E+27", &goods, &[]);
}

#[test]
fn without_a_trace_of_the_number_two_other_reasons_are_needed() {
    check("####", &row(&["2026-07-19 10:30"], None), &[]);
    check(
        "####",
        &row(&["2026-07-19 10:30"], Some("茶叶")),
        &[(2, &[Reason::PaidMinute, Reason::Goods])],
    );
}

#[test]
fn the_phone_of_a_shipped_parcel_speaks_too() {
    let mut shipped = Order::clone(&book()[0]);
    shipped.shipping.parcels.push(ShippedParcel {
        receiver_contact: "138****1234".into(),
        ..ShippedParcel::default()
    });
    let row = FileRow {
        receiver_contact: MaskedContact::mask("13912341234"),
        ..row(&[], None)
    };
    let found = candidates("4.2E+27", &row, &[Arc::new(shipped)]);
    assert!(found[0].reasons.contains(&Reason::Phone));
}

#[test]
fn never_more_than_five() {
    let all: Vec<Arc<Order>> = (0..20)
        .map(|n| {
            order(
                &format!("42000009252021012849977142{n:02}"),
                "S",
                "2026-07-19",
                "茶",
            )
        })
        .collect();
    assert_eq!(candidates("4.2E+27", &row(&[], None), &all).len(), MAX_CANDIDATES);
}
