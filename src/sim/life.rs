//! What happens to an order besides uploads: time, the buyer, refunds, reminders (V) and special reports (X).
//!
//! Separate because these are the small rules of section 10.4, each with its own codes.

use super::order::{Actor, Change, Notice, Order};
use super::reply::Refusal;
use jiff::Timestamp;

const DAY_SECS: i64 = 86_400;
/// Seconds from confirmed receipt (3) to awaiting settlement (6).
const TO_SETTLEMENT_SECS: i64 = 3600;
/// Seconds from confirmed receipt to complete (4).
const SETTLED_AFTER_SECS: i64 = DAY_SECS;

/// Lets time pass: automatic receipt after 10 days (express) or 2 (other), then settlement.
pub fn pass_time(order: &mut Order, now: Timestamp) {
    let secs = now.as_second();
    if order.order_state == 2 {
        let express = order
            .shipping
            .as_ref()
            .is_some_and(|shipping| shipping.logistics_type == 1);
        let days: i64 = if express { 10 } else { 2 };
        let due = order
            .shipped_at
            .map(|at| at.saturating_add(days.saturating_mul(DAY_SECS)));
        if due.is_some_and(|due| due <= secs) {
            confirm(order, 2, Actor::Platform, now);
            order.confirmed_at = due;
        }
    }
    let since = |from: Option<i64>| from.map_or(0, |from| secs.saturating_sub(from));
    if order.order_state == 3 && since(order.confirmed_at) >= TO_SETTLEMENT_SECS {
        order.order_state = 6;
    }
    if order.order_state == 6 && since(order.confirmed_at) >= SETTLED_AFTER_SECS {
        order.order_state = 4;
        order.settled_at = Some(secs);
        order.history.push(Change {
            at: now,
            by: Actor::Platform,
            what: "settle",
            shipping: None,
        });
        order.notices.push(Notice {
            at: now,
            kind: "trade_manage_order_settlement",
        });
    }
}

/// Receipt is confirmed, by the buyer (`method` 1) or automatically (2). Only a shipped order moves.
pub fn confirm(order: &mut Order, method: i64, by: Actor, now: Timestamp) {
    if order.order_state == 2 {
        order.order_state = 3;
        order.confirm_method = Some(method);
        order.confirmed_at = Some(now.as_second());
        order.history.push(Change {
            at: now,
            by,
            what: "confirm",
            shipping: None,
        });
    }
}

/// The whole payment is refunded. With `shown_late` replies keep the old state (WeChat updates next day).
pub fn refund(order: &mut Order, shown_late: bool, now: Timestamp) {
    if matches!(order.order_state, 4 | 5) {
        return;
    }
    if shown_late {
        order.reported_state = Some(order.order_state);
    }
    order.order_state = 5;
    order.history.push(Change {
        at: now,
        by: Actor::Platform,
        what: "refund",
        shipping: None,
    });
}

/// (V) Reminds the buyer to confirm receipt.
pub fn remind(order: &mut Order, received_time: i64, now: Timestamp) -> Result<(), Refusal> {
    if order.order_state != 2 {
        return Err(Refusal::new(10_060_028, "order is not in shipped state"));
    }
    if order
        .shipping
        .as_ref()
        .is_none_or(|shipping| shipping.logistics_type != 1)
    {
        return Err(Refusal::new(10_060_032, "reminder is only for express"));
    }
    if order.reminder_used {
        return Err(Refusal::new(10_060_030, "reminder has been used"));
    }
    let latest = now.as_second().saturating_add(DAY_SECS);
    let too_early = order
        .shipped_at
        .is_some_and(|shipped_at| received_time <= shipped_at);
    if too_early || received_time > latest {
        return Err(Refusal::new(10_060_029, "received_time is invalid"));
    }
    order.reminder_used = true;
    order.history.push(Change {
        at: now,
        by: Actor::Api,
        what: "remind",
        shipping: None,
    });
    order.notices.push(Notice {
        at: now,
        kind: "reminder",
    });
    Ok(())
}

/// (X) Reports a pre-sale (`kind` 1) or a test order (2).
pub fn report_special(
    order: Option<&mut Order>,
    kind: Option<i64>,
    delay_to: Option<i64>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let kind = kind
        .filter(|kind| matches!(kind, 1 | 2))
        .ok_or_else(|| Refusal::new(268_546_000, "special order type is invalid"))?;
    let order = order
        .filter(|order| order.order_state == 1)
        .ok_or_else(|| Refusal::new(268_546_002, "order is not waiting for shipment"))?;
    let after_pay = |days: i64| order.pay_time.saturating_add(days.saturating_mul(DAY_SECS));
    let in_window = |at: i64| at > after_pay(15) && at <= after_pay(330);
    if kind == 1 && !delay_to.is_some_and(in_window) {
        return Err(Refusal::new(268_546_001, "delay_to is invalid"));
    }
    order.special = Some((kind, delay_to.filter(|_| kind == 1)));
    order.history.push(Change {
        at: now,
        by: Actor::Api,
        what: "special",
        shipping: None,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::order::Shipping;
    use super::*;

    const PAID: i64 = 1_700_000_000;
    const SHIPPED: i64 = PAID + 3600;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).unwrap()
    }

    fn shipped(logistics_type: i64) -> Order {
        Order {
            order_state: 2,
            pay_time: PAID,
            shipped_at: Some(SHIPPED),
            shipping: Some(Shipping {
                logistics_type,
                finish: true,
                finish_count: 1,
                ..Shipping::default()
            }),
            ..Order::default()
        }
    }

    #[test]
    fn receipt_is_automatic_after_ten_days_or_two_and_the_money_follows() {
        for (logistics_type, days) in [(1, 10), (2, 2), (3, 2), (4, 2)] {
            let mut order = shipped(logistics_type);
            let due = SHIPPED + days * DAY_SECS;
            let mut states = Vec::new();
            for secs in [due - 1, due, due + 3600, due + DAY_SECS] {
                pass_time(&mut order, at(secs));
                states.push(order.order_state);
            }
            assert_eq!(states, [2, 3, 6, 4], "type {logistics_type}");
            assert_eq!(order.confirm_method, Some(2));
            assert!(order.settled_at.is_some());
        }
    }

    #[test]
    fn a_reminder_has_its_codes_in_order() {
        let good = SHIPPED + 10;
        let now = at(SHIPPED + 20);
        let mut pending = shipped(1);
        pending.order_state = 1;
        let mut used = shipped(1);
        used.reminder_used = true;
        for (mut order, received, expected) in [
            (pending, good, Err(10_060_028)),
            (shipped(2), good, Err(10_060_032)),
            (used, good, Err(10_060_030)),
            (shipped(1), SHIPPED, Err(10_060_029)),
            (shipped(1), good * 1000, Err(10_060_029)),
            (shipped(1), SHIPPED + 21 + DAY_SECS, Err(10_060_029)),
            (shipped(1), good, Ok(())),
        ] {
            let answer = remind(&mut order, received, now).map_err(|refusal| refusal.errcode);
            assert_eq!(answer, expected, "{received}");
        }
    }

    #[test]
    fn a_special_report_has_its_codes_in_order() {
        let now = at(PAID + 10);
        let pending = || Order {
            order_state: 1,
            pay_time: PAID,
            ..Order::default()
        };
        let day = |days: i64| Some(PAID + days * DAY_SECS);
        for (order, kind, delay_to, expected) in [
            (Some(pending()), None, None, Err(268_546_000)),
            (Some(pending()), Some(3), None, Err(268_546_000)),
            (None, Some(2), None, Err(268_546_002)),
            (Some(shipped(1)), Some(2), None, Err(268_546_002)),
            (Some(pending()), Some(1), None, Err(268_546_001)),
            (Some(pending()), Some(1), day(15), Err(268_546_001)),
            (Some(pending()), Some(1), day(331), Err(268_546_001)),
            (Some(pending()), Some(1), day(16), Ok(())),
            (Some(pending()), Some(1), day(330), Ok(())),
            (Some(pending()), Some(2), None, Ok(())),
        ] {
            let mut order = order;
            let answer = report_special(order.as_mut(), kind, delay_to, now);
            assert_eq!(
                answer.map_err(|refusal| refusal.errcode),
                expected,
                "{kind:?} {delay_to:?}"
            );
        }
    }

    #[test]
    fn a_refund_may_be_shown_late_but_counts_at_once() {
        let mut order = shipped(1);
        refund(&mut order, true, at(SHIPPED + 1));
        assert_eq!((order.order_state, order.shown_state(false)), (5, 2));
    }
}
