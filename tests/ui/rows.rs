//! The rows of a file made by hand, and their verdicts.

use std::sync::Arc;

use fahuo::domain::{Field, FileRow, Ignored, PlannedRow, Problem, ProblemKind, RowParcel, RowStatus};

use super::order_id;

/// What a spreadsheet left of an order's number.
const MANGLED: &str = "4.20000092520E+27";

pub fn at(kind: ProblemKind, field: Field, column: usize, value: &str) -> Problem {
    Problem::of(kind, field).at(column, value)
}

/// Rows and verdicts of which every seventh is blocked, in several ways.
pub fn rows_of(rows: u32) -> (Vec<FileRow>, Vec<PlannedRow>) {
    let goods = ["明前龙井 250g*1", "正山小种 礼盒*2", "白毫银针 100g*1"];
    let mut read = Vec::new();
    let mut plan = Vec::new();
    for number in 0..rows {
        let names = [("SF", "顺丰"), ("ZTO", "中通快递"), ("YTO", "圆通")];
        let (courier, name) = names[number as usize % names.len()];
        let tracking = format!("{courier}{:012}", 1_300_000_000_u64 + u64::from(number) * 77);
        let (status, problems) = verdict(number, &tracking);
        let order = order_id(number);
        read.push(FileRow {
            row: number + 2,
            cells: Arc::from([
                if number % 14 == 9 { MANGLED } else { order.as_str() }.to_owned(),
                if number % 14 == 3 { "中快" } else { name }.to_owned(),
                tracking.clone(),
                goods[number as usize % goods.len()].to_owned(),
                String::new(),
            ]),
            ignored: (status == RowStatus::Ignored).then_some(Ignored::Totals),
            order_number: (number % 14 != 9).then(|| order.as_str().to_owned()),
            order_column: Some(0),
            parcels: vec![RowParcel {
                courier: Some(courier.into()),
                tracking_no: tracking,
            }],
            item_desc: Some(goods[number as usize % goods.len()].to_owned()),
            ..FileRow::default()
        });
        plan.push(PlannedRow {
            status,
            transaction_id: (status != RowStatus::Blocked).then_some(order),
            problems,
            shipment: None,
        });
    }
    (read, plan)
}

fn verdict(number: u32, tracking: &str) -> (RowStatus, Vec<Problem>) {
    match number % 14 {
        3 => (
            RowStatus::Blocked,
            vec![at(
                ProblemKind::UnknownCourier {
                    nearest: vec!["ZTO".into(), "STO".into()],
                },
                Field::Courier,
                1,
                "中快",
            )],
        ),
        6 => (
            RowStatus::Ready,
            vec![at(
                ProblemKind::TrackingShape {
                    looks_like: "YTO".into(),
                },
                Field::TrackingNo,
                2,
                tracking,
            )],
        ),
        9 => (
            RowStatus::Blocked,
            vec![at(ProblemKind::MangledId, Field::TransactionId, 0, MANGLED)],
        ),
        11 => (RowStatus::AlreadyDone, Vec::new()),
        13 => (RowStatus::Ignored, Vec::new()),
        _ => (RowStatus::Ready, Vec::new()),
    }
}
