//! Tables of what is told: once, also over restarts, and never about what is settled.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::domain::{Fen, OpenId, OrderState, Shipping};

fn start() -> Timestamp {
    Timestamp::parse("2026-11-20T10:00:00+08:00").unwrap()
}

fn hour(hours: u64) -> Timestamp {
    start().plus(Duration::from_hours(hours))
}

/// An order that was paid so many hours after the start.
fn order(number: u32, paid: u64) -> Order {
    Order {
        transaction_id: TransactionId::parse(&format!("420000{number:022}")).unwrap(),
        mchid: String::new(),
        out_trade_no: String::new(),
        sub_mchid: String::new(),
        description: String::new(),
        paid_amount: Fen(1),
        openid: OpenId(String::new()),
        pay_time: hour(paid),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

fn of_orders(told: &mut Told, orders: &[Order], now: Timestamp) -> Vec<Alert> {
    let seen = Seen {
        orders: orders.iter(),
        person: Some(std::iter::empty()),
        account: None,
        worked_at: None,
    };
    told.news(seen, now)
}

/// What is left of it after the program has ended.
fn restarted(told: &Told) -> Told {
    serde_json::from_str(&serde_json::to_string(told).unwrap()).unwrap()
}

#[test]
fn each_order_is_told_once_at_36_and_once_at_48_hours() {
    let orders = [order(1, 0), order(2, 1), order(3, 30)];
    let mut told = Told::default();
    for (at, news) in [
        (35, vec![]),
        (36, vec![Alert::Soon(1)]),
        (36, vec![]),
        (37, vec![Alert::Soon(1)]),
        (47, vec![]),
        (48, vec![Alert::Late(1)]),
        (49, vec![Alert::Late(1)]),
        (60, vec![]),
        (100, vec![Alert::Late(1)]),
        (400, vec![]),
    ] {
        told = restarted(&told);
        assert_eq!(of_orders(&mut told, &orders, hour(at)), news, "{at} hours");
    }
}

#[test]
fn an_order_that_is_read_late_is_told_and_a_shipped_one_is_not() {
    let mut told = Told::default();
    assert_eq!(of_orders(&mut told, &[order(1, 0)], hour(50)), [Alert::Late(1)]);
    let mut shipped = order(3, 0);
    shipped.shipping.finish_shipping = true;
    let later = [order(1, 0), order(2, 0), shipped];
    assert_eq!(of_orders(&mut told, &later, hour(51)), [Alert::Late(1)]);
}

#[test]
fn what_is_remembered_stays_small() {
    let many: Vec<Order> = (0..6000)
        .map(|number| order(number, u64::from(number % 40)))
        .collect();
    let mut told = Told::default();
    assert_eq!(of_orders(&mut told, &many, hour(500)), [Alert::Late(6000)]);
    assert!(of_orders(&mut told, &many, hour(501)).is_empty());
    assert_eq!(told.late.ids.len(), MOST);
    let fresh = [order(9999, 60)];
    assert_eq!(of_orders(&mut told, &fresh, hour(502)), [Alert::Late(1)]);
}

#[test]
fn each_shipment_for_a_person_is_told_once_and_again_when_it_comes_back() {
    let mut told = Told::default();
    let mut tell = |ids: Option<&[i64]>| {
        told = restarted(&told);
        let seen = Seen {
            orders: std::iter::empty(),
            person: ids.map(|ids| ids.iter().map(|id| ShipmentId(*id))),
            account: None,
            worked_at: None,
        };
        told.news(seen, start())
    };
    assert_eq!(tell(Some(&[1, 2])), [Alert::NeedPerson(2)]);
    assert!(tell(Some(&[1, 2])).is_empty());
    assert_eq!(tell(Some(&[1, 2, 3])), [Alert::NeedPerson(1)]);
    // While a file is being sent nobody looks, and what was told is not forgotten.
    assert!(tell(None).is_empty());
    assert!(tell(Some(&[1, 2, 3])).is_empty(), "nobody is called again");
    assert!(tell(Some(&[3])).is_empty());
    assert_eq!(tell(Some(&[3, 1])), [Alert::NeedPerson(1)]);
}

#[test]
fn a_stop_of_the_account_is_told_again_only_after_it_has_worked() {
    let wrong = CallFailure::of(FailureKind::WrongSecret);
    let address = CallFailure::of(FailureKind::IpNotAllowed { ip: None });
    let mut told = Told::default();
    let mut tell = |why: Option<&CallFailure>, worked_at: Option<u64>, now: u64| {
        told = restarted(&told);
        let seen = Seen {
            orders: std::iter::empty::<&Order>(),
            person: Some(std::iter::empty()),
            account: why,
            worked_at: worked_at.map(hour),
        };
        told.news(seen, hour(now))
    };
    let stopped = |why: &CallFailure| vec![Alert::AccountStopped(why.clone())];
    assert!(tell(Some(&CallFailure::of(FailureKind::NoCredentials)), None, 0).is_empty());
    assert_eq!(tell(Some(&wrong), Some(0), 1), stopped(&wrong));
    assert!(
        tell(Some(&wrong), Some(0), 2).is_empty(),
        "the same after a restart"
    );
    assert!(tell(None, Some(0), 3).is_empty());
    assert!(
        tell(Some(&wrong), Some(0), 4).is_empty(),
        "it never worked in between"
    );
    assert_eq!(tell(Some(&wrong), Some(5), 6), stopped(&wrong));
    assert_eq!(tell(Some(&address), Some(5), 7), stopped(&address));
}

#[test]
fn nothing_that_is_told_names_an_order_or_a_person() {
    let orders: Vec<Arc<Order>> = vec![Arc::new(order(1, 0))];
    let mut told = Told::default();
    let seen = Seen {
        orders: orders.iter().map(AsRef::as_ref),
        person: Some([ShipmentId(7)].into_iter()),
        account: None,
        worked_at: None,
    };
    let said = format!("{:?}", told.news(seen, hour(40)));
    assert!(!said.contains("420000") && !said.contains("ShipmentId"), "{said}");
}
