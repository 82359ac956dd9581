//! What holds for files that are too large to be looked at as a whole.

use super::super::plan::tests::{order, plan_in, row, world};
use super::*;
use crate::domain::{OrderAnswer, OrderNumber, Plan};

#[test]
fn an_order_with_more_rows_than_parcels_exist_is_held_as_a_whole() {
    let world = world();
    let rows: Vec<FileRow> = (0..=MOST_ROWS_OF_ORDER)
        .map(|at| row(u32::try_from(at).unwrap() + 2, "10", "YT1"))
        .collect();
    let plan = plan_in(&world, &rows);
    assert!(plan.shipments.is_empty());
    assert!(plan.rows.iter().all(|row| row.status == RowStatus::Blocked));
    let plan = plan_in(&world, &rows[1..]);
    assert_eq!(plan.shipments.len(), 1);
}

#[test]
fn verdicts_that_came_too_early_are_found_again() {
    let mut world = world();
    let orders = MOST_AHEAD * 2;
    let number = |at: usize| format!("9{at:05}");
    for at in 0..orders {
        let found = order(&number(at), 1, &[]);
        let key = OrderNumber {
            number: number(at),
            mchid: None,
        };
        world.orders.insert(key, OrderAnswer::Found(found));
    }
    // The two rows of each order stand as far apart as the file is long.
    let rows: Vec<FileRow> = (0..orders * 2)
        .map(|at| {
            let line = u32::try_from(at).unwrap() + 2;
            row(line, &number(at % orders), &format!("YT{}", at % orders))
        })
        .collect();
    let known_numbers = |plan: &Plan| plan.shipments.iter().map(|s| s.rows.clone()).collect::<Vec<_>>();
    let plan = plan_in(&world, &rows);
    assert_eq!(plan.shipments.len(), orders);
    assert!(known_numbers(&plan).iter().all(|rows| rows.len() == 2));
    for (at, planned) in plan.rows.iter().enumerate() {
        let twice = planned
            .problems
            .iter()
            .any(|p| matches!(p.what, ProblemKind::DuplicateRow { .. }));
        assert_eq!((planned.status, twice), (RowStatus::Ready, at >= orders), "{at}");
    }
}
