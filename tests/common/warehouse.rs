//! A warehouse's file over the orders of a simulator: 500 rows in GB18030 with the damage of a real Monday.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "shared by tests, which say it by failing and use what they need"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fahuo::sim::{Order, Simulator};

/// The couriers of the file, as staff write them, and their ids.
const COURIERS: [(&str, &str, &str); 6] = [
    ("中通快递", "ZTO", "7876826"),
    ("圆通速递", "YTO", "YT65432"),
    ("韵达快递", "YD", "4641234"),
    ("极兔", "JTSD", "JT54321"),
    ("申通快递", "STO", "7771234"),
    ("顺丰", "SF", "SF12345"),
];

/// Row numbers as a spreadsheet shows them.
pub const MANGLED: u32 = 12;
pub const UNKNOWN_COURIER: u32 = 22;
pub const THREE_PARCELS: [u32; 3] = [32, 33, 34];
pub const SHIPPED: u32 = 42;
pub const REFUNDED: u32 = 52;
pub const TWICE: [u32; 2] = [62, 402];
pub const TOTALS: u32 = 503;

/// The file and what it should come to.
pub struct Warehouse {
    pub bytes: Vec<u8>,
    /// What each order should hold afterwards: courier ids and tracking numbers.
    pub ships: BTreeMap<String, Vec<(String, String)>>,
    /// Rows that must not ship: row, kind of problem, heading of the column.
    pub blocked: Vec<(u32, &'static str, &'static str)>,
}

/// Five hundred rows below a title and a header, and a line of sums.
pub fn monday(wechat: &Simulator) -> Warehouse {
    let all = wechat.orders();
    let free = |o: &&Order| {
        o.order_state == 1
            && o.shipping.is_none()
            && o.in_complaint != Some(true)
            && o.visible_at < o.pay_time + 3600
            && o.sub_mchid.is_empty()
    };
    let now = wechat.clock().now().as_second();
    let mut plain = all
        .iter()
        .filter(free)
        .filter(|o| o.visible_at <= now && o.pay_time < now - 600);
    let shipped = all
        .iter()
        .find(|o| o.order_state == 2 && o.shipping.is_some())
        .unwrap();
    let refunded = all.iter().find(|o| o.order_state == 5).unwrap();
    let mut text = String::from("发货信息整理,,,,,\r\n订单号,快递公司,快递单号,商品名称,数量,收货人手机\r\n");
    let mut ships: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut twice: Option<&Order> = None;
    let mut three: Option<&Order> = None;
    for row in 3..TOTALS {
        let (name, id, prefix) = COURIERS[row as usize % COURIERS.len()];
        let tracking = format!("{prefix}{row:0>width$}", width = if id == "ZTO" { 7 } else { 8 });
        let mut courier = name;
        let number = match row {
            MANGLED => String::from("4.2E+27"),
            SHIPPED => shipped.transaction_id.clone(),
            REFUNDED => refunded.transaction_id.clone(),
            _ => {
                let order = match row {
                    33 | 34 => three.unwrap(),
                    402 => twice.unwrap(),
                    _ => plain.next().expect("enough orders"),
                };
                match row {
                    32 => three = Some(order),
                    62 => twice = Some(order),
                    _ => {}
                }
                if row == UNKNOWN_COURIER {
                    courier = "火箭快递";
                } else if !TWICE.contains(&row) {
                    ships
                        .entry(order.transaction_id.clone())
                        .or_default()
                        .push((id.into(), tracking.clone()));
                }
                if row % 2 == 0 {
                    order.out_trade_no.clone()
                } else {
                    order.transaction_id.clone()
                }
            }
        };
        writeln!(
            text,
            "\t{number},{courier},\t{tracking},明前龙井 250g,{},138{row:0>8}\r",
            row % 3 + 1
        )
        .unwrap();
    }
    text += "合计,,,,999,\r\n";
    let (bytes, _, bad) = encoding_rs::GB18030.encode(&text);
    assert!(!bad);
    let blocked = vec![
        (MANGLED, "mangled_id", "订单号"),
        (UNKNOWN_COURIER, "unknown_courier", "快递公司"),
        (SHIPPED, "already_shipped", "订单号"),
        (REFUNDED, "refunded", "订单号"),
        (TWICE[0], "duplicate_conflict", "快递单号"),
        (TWICE[1], "duplicate_conflict", "快递单号"),
    ];
    Warehouse {
        bytes: bytes.into_owned(),
        ships,
        blocked,
    }
}

/// The ledger shows exactly the shipments of the file, each with one committed upload.
#[track_caller]
pub fn check_ledger(wechat: &Simulator, warehouse: &Warehouse) {
    let ledger = wechat.ledger();
    for (order, parcels) in &warehouse.ships {
        assert_eq!(ledger.committed_uploads(order), 1, "order {order}");
        let fate = ledger.order(order).unwrap();
        let mut held: Vec<(String, String)> = fate
            .parcels
            .iter()
            .map(|p| (p.express_company.clone(), p.tracking_no.clone()))
            .collect();
        let mut wanted = parcels.clone();
        held.sort();
        wanted.sort();
        assert_eq!(held, wanted, "order {order}");
        assert_eq!(fate.finish_count, 1, "order {order}");
    }
    assert_eq!(
        ledger.all_committed_uploads(),
        warehouse.ships.len(),
        "and no others"
    );
    assert_eq!(ledger.max_in_flight_of_order(), 1);
}
