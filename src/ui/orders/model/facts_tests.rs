//! The facts of a list: the same by copying from the list before as from nothing, and the same groups and words as each
//! order says by itself.

use proptest::prelude::*;

use super::super::samples::{held, now, order, partly, shipped};
use super::*;

fn list(numbers: &[u32]) -> Vec<Arc<Order>> {
    let one = |number: &u32| {
        let mut one = order(*number, u64::from(number % 70));
        one.in_complaint = number.is_multiple_of(7);
        Arc::new(match number % 4 {
            0 => partly(one, vec![held("ZTO", &format!("781{number}"))]),
            1 => shipped(one, vec![held("SF", &format!("SF{number}")), held("SF", "X9")], 1),
            _ => one,
        })
    };
    numbers.iter().map(one).collect()
}

#[track_caller]
fn check_same(copied: &Facts, rows: &Rows) {
    let anew = Facts::default().follow(&[], rows);
    assert_eq!(copied.texts, anew.texts);
    assert_eq!(copied.ends, anew.ends);
    assert_eq!(copied.groups, anew.groups);
    assert_eq!(copied.paid, anew.paid);
    assert_eq!(copied.newest_first, anew.newest_first);
}

proptest! {
    #[test]
    fn what_is_copied_is_what_would_be_made(
        edits in proptest::collection::vec((0..40_usize, 0..3_u8, 100..200_u32), 0..12),
    ) {
        let before: Vec<Arc<Order>> = list(&(0..40).collect::<Vec<u32>>());
        let facts = Facts::default().follow(&[], &before.clone().into());
        let mut after = before.clone();
        for (at, edit, number) in edits {
            let at = at.min(after.len().saturating_sub(1));
            let new = list(&[number]).remove(0);
            match edit {
                0 if !after.is_empty() => drop(after.remove(at)),
                1 if !after.is_empty() => after[at] = new,
                _ => after.insert(at, new),
            }
        }
        let after: Rows = after.into();
        check_same(&facts.follow(&before, &after), &after);
    }
}

#[test]
fn groups_are_what_each_order_says_at_every_hour() {
    let rows: Rows = list(&(0..80).collect::<Vec<u32>>()).into();
    let facts = Facts::default().follow(&[], &rows);
    for hours in 0..60 {
        let now = now().plus(std::time::Duration::from_hours(hours));
        for (at, order) in rows.iter().enumerate() {
            for view in View::ALL {
                let said = facts.groups(at, now) & bit(view) != 0;
                assert_eq!(said, view.holds(order, now), "{view:?} {at} {hours}");
            }
        }
    }
}

#[test]
fn words_are_found_in_one_text_of_an_order_and_all_of_them_are_needed() {
    let mut orders = list(&[0, 1, 2, 3]);
    Arc::make_mut(&mut orders[2]).description = "Tea 茶\nPot".into();
    Arc::make_mut(&mut orders[3]).description = "tea".into();
    let facts = Facts::default().follow(&[], &orders.clone().into());
    let found = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        facts.with_words(&words)
    };
    assert_eq!(found(&[]), None);
    assert_eq!(found(&["tea"]), Some(vec![2, 3]));
    assert_eq!(found(&["tea", "pot"]), Some(vec![2]));
    assert_eq!(found(&["x9"]), Some(vec![1]));
    assert_eq!(found(&["7810"]), Some(vec![0]));
    assert_eq!(found(&["nowhere"]), Some(vec![]));
    // The end of one number and the beginning of the next one are no word.
    let glued = format!(
        "{}{}",
        orders[0].transaction_id.as_str().get(20..).unwrap(),
        orders[0].out_trade_no.to_lowercase()
    );
    assert_eq!(found(&[&glued]), Some(vec![]));
    assert_eq!(
        Facts::default()
            .follow(&[], &Rows::from([]))
            .with_words(&["a".into()]),
        Some(vec![])
    );
}
