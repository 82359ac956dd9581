//! A believable shop from a number: orders with goods, amounts, ages and states.
//!
//! Separate because the numbers of an order depend on seed and index only, never on the date:
//! the sample warehouse file names them.

use super::goods;
use super::order::{Order, Parcel, Shipping};
use super::rng::Rng;
use jiff::Timestamp;

/// The first orders are plain and can be shipped, so that a sample file works; three have another fate.
pub const PLAIN_ORDERS: usize = 60;
/// This plain order was shipped already.
pub const SHIPPED_INDEX: usize = 40;
/// This plain order was refunded.
pub const REFUNDED_INDEX: usize = 41;
/// This plain order is in dispute.
pub const IN_COMPLAINT_INDEX: usize = 42;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
const OPENID_LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// The first `count` orders of a seed; ages count back from `now`.
pub fn seed_orders(seed: u64, count: usize, now: Timestamp) -> Vec<Order> {
    let merchants = Merchants::of(seed);
    (0..count)
        .map(|index| order(seed, index, &merchants, now.as_second()))
        .collect()
}

/// The merchant numbers of a shop.
struct Merchants {
    main: String,
    second: String,
    provider: String,
    sub: String,
}

impl Merchants {
    fn of(seed: u64) -> Self {
        let mut rng = Rng::for_index(seed, u64::MAX ^ 2);
        let mut number = |prefix: &str| format!("{prefix}{}", rng.digits(8));
        Self {
            main: number("16"),
            second: number("15"),
            provider: number("12"),
            sub: number("17"),
        }
    }
}

fn order(seed: u64, index: usize, merchants: &Merchants, now: i64) -> Order {
    let mut rng = Rng::for_index(seed, u64::try_from(index).unwrap_or(u64::MAX));
    // Numbers first: nothing that is added below may ever change them.
    let mut order = numbers(&mut rng, index, merchants);
    let plain = index < PLAIN_ORDERS;
    order.description = description(&mut rng);
    order.paid_amount = amount(&mut rng);
    order.order_state = state(&mut rng, index);
    order.in_complaint = Some(index == IN_COMPLAINT_INDEX || (!plain && rng.chance(3)));
    order.empty_shipping = rng.chance(50);
    let age = age(&mut rng, order.order_state);
    order.pay_time = now.saturating_sub(age);
    order.trade_create_time = order.pay_time.saturating_sub(rng.between(4, 90));
    order.visible_at = order.pay_time.saturating_add(MINUTE);
    if !plain {
        odd(&mut order, &mut rng, now);
    }
    past(&mut order, &mut rng, now, age);
    order
}

fn numbers(rng: &mut Rng, index: usize, merchants: &Merchants) -> Order {
    let prefix = if rng.chance(75) { "42000" } else { "43179" };
    let transaction_id = format!("{prefix}{}", rng.digits(23));
    let out_trade_no = match rng.below(4) {
        0 => {
            let (month, day) = (rng.between(1, 12), rng.between(1, 28));
            format!("2025{month:02}{day:02}{}", rng.digits(10))
        }
        1 => format!("S{}", rng.digits(12)),
        2 => format!("{}{}", rng.between(1, 9), rng.digits(18)),
        _ => format!("WX-{}_{}", rng.digits(8), rng.text("ABCDEFGHJKLMNPQRSTUVWXYZ", 4)),
    };
    let openid = format!("o{}", rng.text(OPENID_LETTERS, 27));
    let choice = rng.below(100);
    let (mchid, sub_mchid) = match choice {
        0..12 if index >= PLAIN_ORDERS => (&merchants.provider, merchants.sub.clone()),
        0..30 => (&merchants.second, String::new()),
        _ => (&merchants.main, String::new()),
    };
    Order {
        transaction_id,
        out_trade_no,
        openid,
        mchid: mchid.clone(),
        sub_mchid,
        ..Order::default()
    }
}

fn description(rng: &mut Rng) -> String {
    let count = match rng.below(10) {
        0..6 => 1,
        6..8 => 2,
        8 => 3,
        _ => 9,
    };
    let mut names: Vec<&str> = (0..count).map(|_| rng.pick(goods::GOODS)).collect();
    if rng.chance(4) {
        names.push(goods::LONG_NAME);
    }
    if rng.chance(2) {
        names.clear();
    }
    names.join(";")
}

fn amount(rng: &mut Rng) -> i64 {
    match rng.below(20) {
        0 => rng.between(1, 99),
        1 => rng.between(100_000, 899_900),
        2..8 => rng.between(19, 299).saturating_mul(100),
        _ => rng.between(990, 29_990),
    }
}

fn state(rng: &mut Rng, index: usize) -> i64 {
    let drawn = rng.below(100);
    match index {
        SHIPPED_INDEX => 2,
        REFUNDED_INDEX => 5,
        0..PLAIN_ORDERS => 1,
        _ => match drawn {
            0..70 => 1,
            70..82 => 2,
            82..86 => 3,
            86..91 => 4,
            91..95 => 5,
            _ => 6,
        },
    }
}

/// Seconds since the payment: from 5 minutes to 6 days, many around the 48 hours that count.
fn age(rng: &mut Rng, order_state: i64) -> i64 {
    let drawn = match rng.below(10) {
        0..4 => rng.between(44 * HOUR, 52 * HOUR),
        4..7 => rng.between(5 * MINUTE, 12 * HOUR),
        7..9 => rng.between(12 * HOUR, 44 * HOUR),
        _ => rng.between(52 * HOUR, 6 * DAY),
    };
    match order_state {
        3 | 4 | 6 => drawn.max(rng.between(50 * HOUR, 6 * DAY)),
        2 => drawn.max(3 * HOUR),
        _ => drawn,
    }
}

/// Things seen in the wild: not yet visible, times of 0, missing fields.
fn odd(order: &mut Order, rng: &mut Rng, now: i64) {
    if order.order_state == 1 && rng.chance(3) {
        order.pay_time = now.saturating_sub(rng.between(5, 50));
        order.visible_at = now.saturating_add(rng.between(10 * MINUTE, 2 * HOUR));
    }
    if rng.chance(10) {
        order.trade_create_time = 0;
    }
    if rng.chance(8) {
        order.in_complaint = None;
    }
}

/// What was done to the order before the simulator started.
fn past(order: &mut Order, rng: &mut Rng, now: i64, age: i64) {
    if !matches!(order.order_state, 2 | 3 | 4 | 6) {
        return;
    }
    let confirmed = match order.order_state {
        3 => Some(rng.between(5 * MINUTE, 50 * MINUTE)),
        6 => Some(rng.between(2 * HOUR, 20 * HOUR)),
        4 => Some(rng.between(25 * HOUR, 30 * HOUR)),
        _ => None,
    };
    let since_shipped = match confirmed {
        Some(confirmed) => confirmed.saturating_add(rng.between(HOUR, 18 * HOUR)),
        None => rng.between(HOUR, 40 * HOUR).min(age / 2),
    };
    let shipped_at = now.saturating_sub(since_shipped);
    order.shipped_at = Some(shipped_at);
    order.confirmed_at = confirmed.map(|ago| now.saturating_sub(ago));
    order.confirm_method = confirmed.map(|_| 1);
    order.settled_at = (order.order_state == 4).then_some(now);
    order.last_upload_time = Timestamp::from_second(shipped_at).ok();
    let logistics_type = if rng.chance(85) { 1 } else { rng.between(2, 4) };
    let parcels = parcels(rng, logistics_type, shipped_at, &order.description);
    order.shipping = Some(Shipping {
        delivery_mode: if parcels.len() > 1 { 2 } else { 1 },
        logistics_type,
        finish: true,
        finish_count: 1,
        parcels,
    });
}

fn parcels(rng: &mut Rng, logistics_type: i64, upload_time: i64, description: &str) -> Vec<Parcel> {
    let words: String = description.chars().take(40).collect();
    let item_desc = if words.is_empty() {
        "商品".to_owned()
    } else {
        words
    };
    if logistics_type != 1 {
        return vec![Parcel {
            item_desc,
            upload_time,
            ..Parcel::default()
        }];
    }
    let count = if rng.chance(15) { 2 } else { 1 };
    (0..count)
        .map(|_| {
            let sf = rng.chance(20);
            let receiver_contact = if sf {
                format!("1{}****{}", rng.digits(2), rng.digits(4))
            } else {
                String::new()
            };
            Parcel {
                express_company: if sf { "SF" } else { rng.pick(goods::COURIERS) }.to_owned(),
                tracking_no: format!("{}{}", if sf { "SF" } else { "7" }, rng.digits(13)),
                item_desc: item_desc.clone(),
                receiver_contact,
                upload_time,
                ..Parcel::default()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn shop(count: usize, start: i64) -> Vec<Order> {
        seed_orders(1, count, Timestamp::from_second(start).unwrap())
    }

    #[test]
    fn the_numbers_depend_on_seed_and_index_only() {
        let numbers = |orders: &[Order]| -> Vec<_> {
            orders
                .iter()
                .map(|order| {
                    let Order {
                        transaction_id,
                        out_trade_no,
                        mchid,
                        openid,
                        description,
                        ..
                    } = order.clone();
                    (transaction_id, out_trade_no, mchid, openid, description)
                })
                .collect()
        };
        let early = numbers(&shop(50, 1_700_000_000));
        assert_eq!(early, numbers(&shop(400, 1_900_000_000))[..50]);
        let other = seed_orders(2, 50, Timestamp::from_second(1_700_000_000).unwrap());
        assert_ne!(early, numbers(&other));
    }

    #[test]
    fn ids_have_wechats_shape_and_never_repeat() {
        let orders = shop(3_000, 1_700_000_000);
        let ids: BTreeSet<&String> = orders.iter().map(|order| &order.transaction_id).collect();
        let trade_nos: BTreeSet<&String> = orders.iter().map(|order| &order.out_trade_no).collect();
        assert_eq!((ids.len(), trade_nos.len()), (3_000, 3_000));
        for order in &orders {
            assert_eq!(order.transaction_id.len(), 28);
            assert!(order.transaction_id.starts_with("42000") || order.transaction_id.starts_with("43179"));
            assert!(order.transaction_id.bytes().all(|mark| mark.is_ascii_digit()));
            assert_eq!(order.openid.len(), 28);
            assert!(order.out_trade_no.len() <= 32);
        }
    }

    #[test]
    fn the_first_sixty_can_be_shipped_but_three() {
        let now = 1_700_000_000;
        for (index, order) in shop(60, now).iter().enumerate() {
            let state = match index {
                SHIPPED_INDEX => 2,
                REFUNDED_INDEX => 5,
                _ => 1,
            };
            assert_eq!(order.order_state, state, "{index}");
            assert_eq!(order.in_complaint, Some(index == IN_COMPLAINT_INDEX), "{index}");
            assert!(order.visible_at <= now, "{index}");
            assert!(order.sub_mchid.is_empty(), "{index}");
        }
    }

    #[test]
    fn the_shop_has_every_state_and_every_oddity() {
        let now = 1_700_000_000;
        let orders = shop(1_000, now);
        for state in 1..=6 {
            assert!(
                orders.iter().filter(|order| order.order_state == state).count() > 10,
                "{state}"
            );
        }
        let share = |keep: fn(&Order) -> bool| orders.iter().filter(|order| keep(order)).count();
        assert!(share(|order| order.order_state == 1) > 500);
        assert!(share(|order| order.visible_at > 1_700_000_000) > 5);
        assert!(share(|order| order.trade_create_time == 0) > 20);
        assert!(share(|order| order.in_complaint.is_none()) > 20);
        assert!(share(|order| order.in_complaint == Some(true)) > 5);
        assert!(share(|order| !order.sub_mchid.is_empty()) > 20);
        let ages: Vec<i64> = orders.iter().map(|order| now - order.pay_time).collect();
        assert!(
            ages.iter()
                .filter(|age| (44 * HOUR..=52 * HOUR).contains(*age))
                .count()
                > 200
        );
        assert!(ages.iter().all(|age| *age <= 6 * DAY));
    }

    #[test]
    fn the_past_of_an_order_is_in_order() {
        for order in shop(1_000, 1_700_000_000) {
            let times = [
                Some(order.pay_time),
                order.shipped_at,
                order.confirmed_at,
                Some(1_700_000_001),
            ];
            let times: Vec<i64> = times.into_iter().flatten().collect();
            assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
        }
    }
}
