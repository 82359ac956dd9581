//! The long-number guard from the file to the plan: ten thousand order numbers, each damaged as spreadsheets and
//! programs damage them. None is shipped, none is picked by itself, and the order that was meant is offered.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::format_push_string,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "import_corpus/chance.rs"]
mod chance;

use std::collections::HashMap;
use std::sync::Arc;

use chance::Chance;
use fahuo::domain::{
    FileRow, Known, OpenId, Order, OrderAnswer, OrderNumber, OrderState, PlanOptions, Problem, RowStatus,
    Shipping, Timestamp, TransactionId, candidates, plan,
};
use fahuo::import::{ReadOptions, built_in_couriers, read_bytes};

const FILES: usize = 100;
const ROWS: usize = 100;
const GOODS: [&str; 12] = [
    "茶叶", "茶杯", "苹果", "雪梨", "蜂蜜", "大米", "红枣", "核桃", "腊肠", "面条", "香菇", "木耳",
];

/// The orders of a month of a shop, with the numbers of many kinds of shop system.
fn orders(chance: &mut Chance) -> Vec<Arc<Order>> {
    (0..ROWS + 100)
        .map(|n| {
            let month = 1_784_000_000 + chance.below(30 * 86_400) as i64;
            let shop = match n % 4 {
                0 => format!("17{}", chance.digits(17)),
                1 => format!("2026071910{}", chance.digits(10)),
                2 => format!("0{}", chance.digits(15)),
                _ => format!("{}", 1 + chance.below(8)) + &chance.digits(20),
            };
            Arc::new(Order {
                transaction_id: TransactionId::parse(&format!("42000{}", chance.digits(23))).unwrap(),
                mchid: "1601959334".into(),
                out_trade_no: shop,
                sub_mchid: String::new(),
                description: chance.of(&GOODS).into(),
                paid_amount: fahuo::domain::Fen(1_000),
                openid: OpenId::default(),
                pay_time: Timestamp::from_secs(month),
                state: OrderState::ToShip,
                in_complaint: false,
                shipping: Shipping::default(),
            })
        })
        .collect()
}

fn scientific(number: &str, digits: usize) -> String {
    let text = format!("{:.*e}", digits - 1, number.parse::<f64>().unwrap());
    let (mantissa, exponent) = text.split_once('e').unwrap();
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}E+{exponent}")
}

fn cut(number: &str, digits: usize) -> String {
    format!("{}{}", &number[..digits], "0".repeat(number.len() - digits))
}

/// The number of an order as it stands in the file after its way through some program.
fn damaged(order: &Order, way: usize) -> String {
    let number = if way.is_multiple_of(2) {
        order.transaction_id.as_str()
    } else {
        &order.out_trade_no
    };
    let value: f64 = number.parse().unwrap();
    match way / 2 {
        0 => scientific(number, 6),
        1 => scientific(number, 15),
        2 if number.starts_with('0') => number.trim_start_matches('0').to_owned(),
        2 => cut(number, 15),
        3 => format!("{value:.0}"),
        4 => format!("{value}"),
        _ => format!("{value:.0}.00"),
    }
}

#[test]
fn no_damaged_number_is_shipped_and_the_order_that_was_meant_is_offered() {
    let couriers = built_in_couriers();
    let mut chance = Chance::new(7);
    let (mut all, mut offered) = (0usize, 0usize);
    for _ in 0..FILES {
        let book = orders(&mut chance);
        let mut text = String::from("订单号,下单时间,快递公司,快递单号,商品名称,数量\n");
        for (n, order) in book.iter().take(ROWS).enumerate() {
            let day = &order.pay_time.rfc3339()[..10];
            let cell = damaged(order, n % 12);
            text += &format!("{cell},{day},顺丰,SF{:013},{},1\n", n + 1, order.description);
        }
        let file = read_bytes("x.csv", text.as_bytes(), &ReadOptions::new(&couriers));
        assert_eq!(file.rows.len(), ROWS);
        let plan = planned(&file.rows, &book, &file.columns);
        for ((row, planned), order) in file.rows.iter().zip(&plan).zip(&book) {
            let undamaged = row.order_number.as_deref() == Some(order.out_trade_no.as_str());
            if undamaged {
                continue; // sixteen digits with a zero in front, shown whole by a float
            }
            assert_eq!(planned.0, RowStatus::Blocked, "{row:?}");
            all += 1;
            let problem = planned.1.iter().find(|p| p.blocks()).unwrap();
            let cell = problem.value.as_deref().unwrap();
            let found = candidates(cell, row, &book);
            assert!(found.len() <= 5);
            let meant = found
                .iter()
                .any(|c| c.order.transaction_id == order.transaction_id);
            offered += usize::from(meant);
        }
    }
    assert!(all >= 9_000, "{all}");
    assert!(offered * 100 >= all * 95, "{offered} of {all}");
}

/// The verdicts over the rows when every order of the book can be looked up, and nothing else.
fn planned(
    rows: &[FileRow],
    book: &[Arc<Order>],
    columns: &[fahuo::domain::Column],
) -> Vec<(RowStatus, Vec<Problem>)> {
    let mut answers: HashMap<OrderNumber, OrderAnswer> = HashMap::new();
    for key in rows.iter().filter_map(FileRow::lookup_key) {
        let order = book
            .iter()
            .find(|o| o.transaction_id.as_str() == key.number || o.out_trade_no == key.number);
        let answer = order.map_or(OrderAnswer::NotFound, |o| OrderAnswer::Found(Arc::clone(o)));
        answers.insert(key, answer);
    }
    let couriers = built_in_couriers();
    let known = Known {
        orders: &|number| answers.get(number).cloned(),
        names_an_order: &|_| false,
        journal: &HashMap::new(),
        columns,
        couriers: &couriers,
        options: &PlanOptions::default(),
        now: Timestamp::from_secs(1_790_000_000),
    };
    let plan = plan(rows, &known);
    plan.rows
        .into_iter()
        .map(|row| (row.status, row.problems))
        .collect()
}
