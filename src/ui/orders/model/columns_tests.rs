//! Columns: order, what fits beside an open order, what is written down, and how each sorts.

use super::super::samples::{held, now, order, partly, shipped};
use super::*;
use crate::domain::Fen;

#[track_caller]
fn check(columns: &Columns, expected: &[Col]) {
    assert_eq!(columns.shown(), expected);
}

#[test]
fn columns_are_shown_hidden_and_moved_and_one_always_stays() {
    let mut columns = Columns::of_keys(&["amount".into(), "goods".into(), "state".into()]);
    columns.toggle(Col::Mchid);
    check(&columns, &[Col::Amount, Col::Goods, Col::State, Col::Mchid]);
    columns.step(Col::Amount, true);
    columns.step(Col::Mchid, true);
    columns.step(Col::Goods, false);
    check(&columns, &[Col::Goods, Col::Amount, Col::State, Col::Mchid]);
    columns.move_to(Col::Mchid, 0);
    columns.move_to(Col::Goods, 99);
    columns.move_to(Col::Payer, 0);
    check(&columns, &[Col::Mchid, Col::Amount, Col::State, Col::Goods]);
    for col in [Col::Mchid, Col::Amount, Col::State, Col::Goods] {
        columns.toggle(col);
    }
    check(&columns, &[Col::Goods]);
}

#[test]
fn what_was_written_down_is_read_whatever_stands_in_it() {
    for (keys, expected) in [
        (&["state", "goods"][..], &[Col::State, Col::Goods][..]),
        (&["state", "a_later_column", "state"], &[Col::State]),
        (&["a_later_column"], Columns::default().shown()),
        (&[], Columns::default().shown()),
    ] {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        check(&Columns::of_keys(&keys), expected);
    }
    for col in Col::ALL {
        assert_eq!(Col::of_key(col.key()), Some(col));
    }
    let all = Columns::of_keys(&Col::ALL.map(|col| col.key().to_owned()));
    assert_eq!(Columns::of_keys(&all.keys()), all);
    assert_eq!(all.offered().len(), Col::ALL.len());
}

#[test]
fn beside_an_open_order_the_least_important_columns_give_way() {
    let columns = Columns::default();
    let few = [
        Col::PayTime,
        Col::OutTradeNo,
        Col::Goods,
        Col::Amount,
        Col::State,
        Col::Deadline,
    ];
    assert_eq!(columns.fitting(632.0), few);
    assert_eq!(columns.fitting(5000.0), columns.shown());
    assert_eq!(columns.fitting(1.0), [Col::OutTradeNo]);
    assert_eq!(Columns::of_keys(&["mchid".into()]).fitting(1.0), [Col::Mchid]);
}

#[test]
fn every_column_sorts_both_ways_and_what_is_empty_comes_last() {
    let mut one = order(1, 30);
    let mut two = partly(order(2, 20), vec![held("ZTO", "781")]);
    let mut three = shipped(order(3, 10), vec![held("SF", "SF9")], 2);
    for (order, text) in [(&mut one, "a"), (&mut two, "b"), (&mut three, "c")] {
        order.description = text.into();
        order.out_trade_no = text.into();
        order.mchid = text.into();
        order.openid.0 = text.into();
        order.paid_amount = Fen(i64::from(text.as_bytes()[0]));
    }
    three.shipping.parcels[0].upload_time = Some(now());
    for (col, up, down) in [
        (Col::PayTime, [1, 2, 3], [3, 2, 1]),
        (Col::OutTradeNo, [1, 2, 3], [3, 2, 1]),
        (Col::TransactionId, [1, 2, 3], [3, 2, 1]),
        (Col::Goods, [1, 2, 3], [3, 2, 1]),
        (Col::Amount, [1, 2, 3], [3, 2, 1]),
        (Col::Payer, [1, 2, 3], [3, 2, 1]),
        (Col::Mchid, [1, 2, 3], [3, 2, 1]),
        (Col::State, [1, 2, 3], [3, 1, 2]),
        // The third needs no shipping any more; the first has nothing to correct and no parcel yet.
        (Col::Deadline, [1, 2, 3], [2, 1, 3]),
        (Col::Corrections, [3, 2, 1], [2, 3, 1]),
        (Col::Courier, [3, 2, 1], [2, 3, 1]),
        (Col::TrackingNo, [2, 3, 1], [3, 2, 1]),
        (Col::ShippedAt, [2, 3, 1], [3, 2, 1]),
    ] {
        for (descending, expected) in [(false, up), (true, down)] {
            let mut orders = [(1, &one), (2, &two), (3, &three)];
            orders.sort_by(|a, b| col.compare(a.1, b.1, descending));
            let numbers: Vec<i32> = orders.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, expected, "{col:?} {descending}");
        }
    }
}

#[test]
fn only_the_beginning_of_a_long_text_is_compared() {
    let mut long = order(1, 1);
    long.description = format!("{}a", "茶".repeat(COMPARED));
    let mut other = long.clone();
    other.description = format!("{}b", "茶".repeat(COMPARED));
    assert_eq!(Col::Goods.compare(&long, &other, false), Ordering::Equal);
    other.description = "茶".repeat(COMPARED - 1);
    assert_eq!(Col::Goods.compare(&long, &other, false), Ordering::Greater);
}
