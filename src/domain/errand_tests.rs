//! Which orders allow which errands, to the second.

use std::sync::Arc;

use super::*;
use crate::domain::{OpenId, ShippedParcel, Shipping};

const PAID: i64 = 1_700_000_000;
const SHIPPED: i64 = PAID + 3_600;
const NOW: i64 = PAID + 10 * 86_400;
const DAY: i64 = 86_400;

/// An order in this state, with a parcel when it was shipped in this way.
pub(in crate::domain) fn order(state: i64, logistics_type: i64) -> Order {
    let shipped = logistics_type != 0;
    let parcel = ShippedParcel {
        tracking_no: String::from("SF1"),
        express_company: String::from("SF"),
        upload_time: Some(Timestamp::from_secs(SHIPPED)),
        ..ShippedParcel::default()
    };
    Order {
        transaction_id: TransactionId::parse("4200000925202101284997714292").unwrap(),
        mchid: String::from("1600000001"),
        out_trade_no: String::from("S1"),
        sub_mchid: String::new(),
        description: String::from("茶"),
        paid_amount: crate::domain::Fen(100),
        openid: OpenId(String::from("o1")),
        pay_time: Timestamp::from_secs(PAID),
        state: OrderState::from(state),
        in_complaint: false,
        shipping: Shipping {
            logistics_type,
            finish_shipping: shipped,
            finish_shipping_count: i64::from(shipped),
            parcels: shipped.then_some(parcel).into_iter().collect(),
            ..Shipping::default()
        },
    }
}

fn unfinished(state: i64) -> Order {
    let mut order = order(state, 1);
    order.shipping.finish_shipping = false;
    order.shipping.finish_shipping_count = 0;
    order
}

#[track_caller]
fn check(kind: ErrandKind, order: &Order, expected: Result<(), ErrandWhy>) {
    let now = Timestamp::from_secs(NOW);
    assert_eq!(kind.check(order, now), expected, "{kind:?} {:?}", order.state);
}

fn remind(secs: i64) -> ErrandKind {
    ErrandKind::Remind {
        received_at: Timestamp::from_secs(secs),
    }
}

#[test]
fn only_a_shipped_courier_delivery_that_nobody_confirmed_is_reminded() {
    let good = remind(NOW);
    for (order, expected) in [
        (order(2, 1), Ok(())),
        (order(1, 0), Err(ErrandWhy::NotShipped)),
        (unfinished(1), Err(ErrandWhy::NotShipped)),
        (unfinished(2), Err(ErrandWhy::NotShipped)),
        (order(2, 2), Err(ErrandWhy::NotExpress)),
        (order(2, 3), Err(ErrandWhy::NotExpress)),
        (order(2, 4), Err(ErrandWhy::NotExpress)),
        (order(3, 1), Err(ErrandWhy::Received)),
        (order(6, 1), Err(ErrandWhy::Received)),
        (order(4, 1), Err(ErrandWhy::Received)),
        (order(5, 1), Err(ErrandWhy::Refunded)),
        (order(7, 1), Err(ErrandWhy::UnknownState)),
    ] {
        check(good, &order, expected);
    }
}

#[test]
fn a_parcel_is_signed_for_at_least_a_second_after_it_was_shipped() {
    let shipped = order(2, 1);
    for (secs, expected) in [
        (SHIPPED - 1, Err(ErrandWhy::SignedTooEarly)),
        (SHIPPED, Err(ErrandWhy::SignedTooEarly)),
        (SHIPPED + 1, Ok(())),
        (NOW + DAY, Ok(())),
        (NOW + DAY + 1, Err(ErrandWhy::SignedTooLate)),
        // Milliseconds where seconds are meant.
        (NOW * 1000, Err(ErrandWhy::SignedTooLate)),
    ] {
        check(remind(secs), &shipped, expected);
    }
    // Within the second of the shipping, by its milliseconds.
    let within = ErrandKind::Remind {
        received_at: Timestamp::from_millis(SHIPPED * 1000 + 999),
    };
    check(within, &shipped, Err(ErrandWhy::SignedTooEarly));
}

#[test]
fn a_pre_sale_is_put_off_by_more_than_15_days_and_at_most_330() {
    let waiting = order(1, 0);
    for (secs, expected) in [
        (PAID, Err(ErrandWhy::DateTooEarly)),
        (PAID + 15 * DAY, Err(ErrandWhy::DateTooEarly)),
        (PAID + 15 * DAY + 1, Ok(())),
        (PAID + 330 * DAY, Ok(())),
        (PAID + 330 * DAY + 1, Err(ErrandWhy::DateTooLate)),
    ] {
        let kind = ErrandKind::PreSale {
            delay_to: Timestamp::from_secs(secs),
        };
        check(kind, &waiting, expected);
    }
    let (first, last) = pre_sale_bounds(waiting.pay_time);
    assert_eq!(
        (first.secs(), last.secs()),
        (PAID + 15 * DAY + 1, PAID + 330 * DAY)
    );
}

#[test]
fn a_day_means_its_end_or_the_last_moment_that_is_allowed_on_it() {
    let day = Timestamp::parse("2026-12-20").unwrap();
    let end = Timestamp::parse("2026-12-20T23:59:59+08:00").unwrap();
    assert_eq!(pre_sale_moment(day, []), end);
    let paid_for = |last: &str| {
        Timestamp::parse(last)
            .unwrap()
            .minus(Duration::from_hours(330 * 24))
    };
    let noon = "2026-12-20T12:00:00+08:00";
    let moment = pre_sale_moment(day, [paid_for(noon), paid_for("2027-01-05")]);
    assert_eq!(Some(moment), Timestamp::parse(noon));
    // Another day is not turned into an allowed one.
    assert_eq!(pre_sale_moment(day, [paid_for("2026-12-19T12:00:00+08:00")]), end);
}

#[test]
fn only_orders_that_wait_for_shipment_are_reported() {
    for (order, expected) in [
        (order(1, 0), Ok(())),
        (unfinished(1), Err(ErrandWhy::NotWaiting)),
        (order(2, 1), Err(ErrandWhy::NotWaiting)),
        (order(3, 1), Err(ErrandWhy::NotWaiting)),
        (order(5, 0), Err(ErrandWhy::Refunded)),
        (order(9, 0), Err(ErrandWhy::UnknownState)),
    ] {
        check(ErrandKind::TestOrder, &order, expected);
    }
}

#[test]
fn the_trail_is_bounded() {
    let id = Arc::new(order(1, 0)).transaction_id.clone();
    let mut errand = Errand::queued(ErrandId(1), id, ErrandKind::TestOrder, Timestamp::from_secs(1));
    for second in 0..100 {
        errand = errand.to(ErrandState::Queued, Timestamp::from_secs(second));
    }
    assert_eq!(errand.trail.len(), TRAIL);
}
