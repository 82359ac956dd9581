//! Sorting a long list: each order is looked at once for a key in which most of the answer lies, because looking at two
//! orders for each comparison takes seconds with a million of them.

use std::sync::Arc;

use super::columns::Sort;
use crate::domain::Order;

/// Bytes of a text that are a part of its key.
const KEY_BYTES: usize = 15;
/// What is empty comes last in either direction.
const EMPTY: u128 = u128::MAX;

/// Sorts places of a list; the sort is stable, so equals stay as they are.
pub fn sort(shown: &mut Vec<u32>, rows: &[Arc<Order>], sort: Sort) {
    let order = |place: u32| usize::try_from(place).ok().and_then(|at| rows.get(at));
    let mut keyed: Vec<(u128, u32)> = shown
        .iter()
        .map(|place| (order(*place).map_or(EMPTY, |order| key(order, sort)), *place))
        .collect();
    keyed.sort_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| match (order(*one), order(*other)) {
            (Some(one), Some(other)) if sort.by.is_text() => sort.by.compare(one, other, sort.descending),
            (Some(_) | None, Some(_) | None) => std::cmp::Ordering::Equal,
        })
    });
    shown.clear();
    shown.extend(keyed.into_iter().map(|(_, place)| place));
}

/// Of two orders the one with the smaller key comes first; with equal keys the column itself decides.
fn key(order: &Order, Sort { by, descending }: Sort) -> u128 {
    let key = if by.is_text() {
        of_text(by.text(order))
    } else {
        by.number(order).map(of_number)
    };
    match key {
        None => EMPTY,
        Some(key) if descending => EMPTY.saturating_sub(1).saturating_sub(key),
        Some(key) => key,
    }
}

fn of_number(number: i64) -> u128 {
    // The least number becomes 0.
    u128::from(number.cast_unsigned() ^ (1 << 63))
}

fn of_text(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    (!bytes.is_empty()).then(|| {
        let head = bytes.iter().copied().chain(std::iter::repeat(0)).take(KEY_BYTES);
        head.fold(0, |key, byte| key << 8 | u128::from(byte))
    })
}

#[cfg(test)]
mod tests {
    use super::super::columns::Col;
    use super::super::samples::{held, order, partly, shipped};
    use super::*;
    use crate::domain::Fen;

    #[test]
    fn keys_sort_as_the_columns_compare() {
        let texts = [
            "",
            "a",
            "A",
            "茶",
            "茶叶",
            "0123456789abcdefg",
            "0123456789abcdefh",
            "\u{0}",
            "a\u{0}",
        ];
        let mut list: Vec<Arc<Order>> = Vec::new();
        for (at, text) in (0_u32..).zip(texts.iter().cycle().take(60)) {
            let mut one = order(at, u64::from(at * 7 % 60));
            one.description = (*text).to_owned();
            one.out_trade_no = (*texts.get(at as usize * 5 % texts.len()).unwrap()).to_owned();
            one.paid_amount = Fen(i64::from(at % 5) - 2);
            list.push(Arc::new(match at % 3 {
                0 => one,
                1 => partly(one, vec![held("ZTO", text)]),
                _ => shipped(one, vec![held("SF", text)], 1),
            }));
        }
        for by in Col::ALL {
            for descending in [false, true] {
                let places = || (0..u32::try_from(list.len()).unwrap()).collect::<Vec<u32>>();
                let mut expected = places();
                let at = |place: u32| &*list[place as usize];
                expected.sort_by(|a, b| by.compare(at(*a), at(*b), descending));
                let mut found = places();
                sort(&mut found, &list, Sort { by, descending });
                assert_eq!(found, expected, "{by:?} {descending}");
            }
        }
    }
}
