//! The sample that README ships: made from the sandbox's own orders, so that it always fits them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

use std::fmt::Write as _;

use fahuo::sim::seed::seed_orders;

/// What a warehouse sends on a Monday: a title, tabs before numbers, sums at the end, and a few troubles.
fn sample() -> Vec<u8> {
    let orders = seed_orders(1, 60, "2026-01-01T00:00:00Z".parse().unwrap());
    let couriers = [
        ("中通快递", "78768264502"),
        ("圆通速递", "YT76543210987"),
        ("韵达速递", "464123456789"),
        ("极兔速递", "JT51234567890"),
    ];
    let people = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨磊", "赵雪", "黄强"];
    let mut text = String::from(
        "七月十九日发货明细,,,,,,\r\n订单编号,快递公司,运单号,收货人,联系电话,商品名称,数量\r\n",
    );
    let mut line = |number: &str, courier: &str, tracking: &str, n: usize, goods: &str| {
        let person = people[n % people.len()];
        writeln!(
            text,
            "\t{number},{courier},\t{tracking},{person},1380013{:04},{goods},{}\r",
            8000 + n,
            n % 3 + 1
        )
        .unwrap();
    };
    for (n, order) in orders.iter().enumerate().take(16) {
        let (courier, prefix) = couriers[n % couriers.len()];
        let number = if n % 4 == 3 {
            &order.transaction_id
        } else {
            &order.out_trade_no
        };
        line(number, courier, &format!("{prefix}{:03}", 100 + n), n, "");
    }
    for part in 0..3 {
        line(
            &orders[16].out_trade_no,
            "顺丰",
            &format!("SF17654321098{:02}", 40 + part),
            16,
            ["茶具套装", "明前龙井 250g", "手工茶巾"][part],
        );
    }
    line("4.2E+27", "中通快递", "78768264502190", 17, "蜂蜜柚子茶");
    line(&orders[18].out_trade_no, "飞马快递", "FM20260719001", 18, "");
    line(&orders[40].out_trade_no, "申通快递", "777123456789012", 19, "");
    line(&orders[41].out_trade_no, "申通快递", "777123456789013", 20, "");
    text += "合计,,,,,,41\r\n";
    let (bytes, _, bad) = encoding_rs::GB18030.encode(&text);
    assert!(!bad);
    bytes.into_owned()
}

#[test]
fn the_sample_fits_the_orders_of_the_sandbox() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/warehouse-demo.csv");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        std::fs::write(&path, sample()).unwrap();
    }
    assert!(
        std::fs::read(&path).unwrap() == sample(),
        "run the test once with UPDATE_SAMPLE=1"
    );
}
