//! Tables of the board: groups over time, money, charts, the most urgent orders.

use std::time::Duration;

use super::*;
use crate::domain::{OpenId, ShippedParcel, Shipping, TransactionId};

fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T10:00:00+08:00").unwrap()
}

fn order(number: u32, hours: u64, state: OrderState) -> Order {
    Order {
        transaction_id: TransactionId::parse(&format!("420000{number:022}")).unwrap(),
        mchid: "1230000109".into(),
        out_trade_no: format!("XD{number:08}"),
        sub_mchid: String::new(),
        description: "明前龙井 250g".into(),
        paid_amount: Fen(1000),
        openid: OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()),
        pay_time: now().minus(Duration::from_hours(hours)),
        state,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

fn shipped(number: u32, hours: u64, reported_hours: u64) -> Order {
    let mut order = order(number, hours, OrderState::Shipped);
    order.shipping = Shipping {
        finish_shipping: true,
        finish_shipping_count: 1,
        parcels: vec![ShippedParcel {
            upload_time: Some(now().minus(Duration::from_hours(reported_hours))),
            ..ShippedParcel::default()
        }],
        ..Shipping::default()
    };
    order
}

fn list(mut orders: Vec<Order>) -> Orders {
    orders.sort_by_key(|order| std::cmp::Reverse(order.pay_time));
    Orders {
        rows: orders.into_iter().map(Arc::new).collect(),
        ..Orders::default()
    }
}

fn counted(orders: Vec<Order>, at: Timestamp) -> Model {
    let mut model = Model::default();
    model.refresh(&list(orders), &Arc::default(), at);
    model
}

fn count(model: &Model, view: View) -> usize {
    model.count(Tile::Orders(view), &Outbox::default())
}

#[test]
fn an_order_moves_from_group_to_group_as_time_passes() {
    let orders = || vec![order(1, 0, OrderState::ToShip)];
    let at = |hours, secs: i64| {
        let moment = now().plus(Duration::from_hours(hours));
        Timestamp::from_millis(moment.millis() + secs * 1000)
    };
    for (moment, soon, over_36, over_48) in [
        (at(35, 3599), 0, 0, 0),
        (at(36, 0), 1, 1, 0),
        (at(47, 3599), 1, 1, 0),
        (at(48, 0), 0, 1, 1),
        (at(400, 0), 0, 1, 1),
    ] {
        let model = counted(orders(), moment);
        let counts = [View::DueSoon, View::Over36Hours, View::Overdue].map(|view| count(&model, view));
        assert_eq!(counts, [soon, over_36, over_48], "{moment:?}");
    }
}

#[test]
fn money_waits_until_it_is_settled_or_refunded() {
    let states = [1, 2, 3, 4, 5, 6, 99].map(OrderState::from);
    let orders = (1..).zip(states).map(|(number, state)| order(number, 1, state));
    let model = counted(orders.collect(), now());
    assert_eq!(count(&model, View::Unsettled), 4);
    let counters = model.counters(Lang::En, &Outbox::default());
    let money = counters.iter().find(|c| c.tile == Tile::Orders(View::Unsettled));
    assert_eq!(money.unwrap().figure, "¥40.00");
}

#[test]
fn the_charts_hold_every_order_once() {
    let orders = vec![
        order(1, 1, OrderState::ToShip),
        order(2, 37, OrderState::ToShip),
        order(3, 47, OrderState::ToShip),
        order(4, 48, OrderState::ToShip),
        order(5, 9000, OrderState::ToShip),
        order(6, 9, OrderState::Complete),
        shipped(7, 60, 1),
        shipped(8, 60, 11),
        shipped(9, 9000, 8000),
    ];
    let model = counted(orders, now());
    let (ages, said) = model.ages(Lang::En);
    let numbers: Vec<usize> = ages.iter().map(|bar| bar.count).collect();
    assert_eq!(numbers, [1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1]);
    assert_eq!(
        said,
        "5 to be shipped: 1 within 36 hours, 2 at 36 to 48 hours, 2 over 48 hours."
    );
    assert_eq!(ages[8].name, "48–54 h", "the line stands before this bar");
    let (states, said) = model.states(Lang::En);
    assert_eq!(states.iter().map(|bar| bar.count).sum::<usize>(), 9);
    assert_eq!(said, "9 orders, 5 of them to be shipped.");
    let (days, said) = model.days(Lang::En);
    assert_eq!(days.len(), DAYS);
    // Ten in the morning in China: an hour ago is today, eleven hours ago was yesterday.
    assert_eq!((days[DAYS - 1].count, days[DAYS - 2].count), (1, 1));
    assert_eq!(said, "2 orders shipped in the last 14 days, 1 of them today.");
}

#[test]
fn the_first_to_ship_are_those_that_were_paid_first() {
    let orders = (1..20).map(|number| order(number, u64::from(number), OrderState::ToShip));
    let model = counted(orders.collect(), now());
    let urgent = model.urgent().iter().map(|order| order.out_trade_no.as_str());
    let expected = [
        "XD00000019",
        "XD00000018",
        "XD00000017",
        "XD00000016",
        "XD00000015",
        "XD00000014",
    ];
    assert_eq!(urgent.collect::<Vec<_>>(), expected);
}

#[test]
fn orders_are_counted_again_only_when_they_or_the_minute_change() {
    let (mut model, orders) = (Model::default(), list(vec![order(1, 1, OrderState::ToShip)]));
    let asked = Arc::default();
    for millis in 0..100 {
        model.refresh(
            &orders,
            &asked,
            Timestamp::from_millis(now().millis() + millis * 500),
        );
    }
    assert_eq!(model.rebuilds(), 1);
    model.refresh(&orders, &asked, now().plus(Duration::from_mins(1)));
    assert_eq!(model.rebuilds(), 2);
    model.refresh(&list(vec![]), &asked, now().plus(Duration::from_mins(1)));
    assert_eq!(model.rebuilds(), 3);
}
