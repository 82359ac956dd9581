//! Finding a courier by a few typed letters. Apart from the form, because the list has 1,500 entries.

use crate::domain::CourierList;

/// How well a courier fits what was typed; the smallest is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    IdStart,
    NameStart,
    Inside,
}

/// Couriers whose id or name contains the typed text as (id, name), the best first, at most `limit`. An
/// empty text gives the couriers whose ids come first when `usual` names none; those of `usual` else.
pub fn find<'a>(list: &'a CourierList, typed: &str, usual: &[&str], limit: usize) -> Vec<(&'a str, &'a str)> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        let known = list.iter().filter(|(id, _)| usual.contains(id));
        let mut known: Vec<_> = known.collect();
        known.sort_by_key(|(id, _)| usual.iter().position(|other| other == id));
        let rest = list.iter().filter(|(id, _)| !usual.contains(id));
        return known.into_iter().chain(rest).take(limit).collect();
    }
    let mut found: Vec<_> = list
        .iter()
        .filter_map(|(id, name)| fit(id, name, &typed).map(|fit| (fit, id.len(), (id, name))))
        .collect();
    found.sort_by_key(|(fit, length, _)| (*fit, *length));
    found
        .into_iter()
        .map(|(_, _, courier)| courier)
        .take(limit)
        .collect()
}

fn fit(id: &str, name: &str, typed: &str) -> Option<Fit> {
    let (id, name) = (id.to_lowercase(), name.to_lowercase());
    if id == typed || name == typed {
        Some(Fit::Exact)
    } else if id.starts_with(typed) {
        Some(Fit::IdStart)
    } else if name.starts_with(typed) {
        Some(Fit::NameStart)
    } else if id.contains(typed) || name.contains(typed) {
        Some(Fit::Inside)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Courier;

    fn list() -> CourierList {
        let couriers = [
            ("SF", "顺丰速运"),
            ("SFWL", "盛丰物流"),
            ("ZTO", "中通快递"),
            ("ZTOKY", "中通快运"),
            ("YD", "韵达速递"),
            ("UPSF", "顺丰国际"),
        ];
        CourierList::new(couriers.map(|(id, name)| Courier {
            id: id.into(),
            name: name.into(),
        }))
    }

    #[track_caller]
    fn check(typed: &str, usual: &[&str], expected: &[&str]) {
        let list = list();
        let ids: Vec<&str> = find(&list, typed, usual, 3)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        assert_eq!(ids, expected, "{typed}");
    }

    #[test]
    fn the_best_fit_comes_first() {
        check("sf", &[], &["SF", "SFWL", "UPSF"]);
        check("中通", &[], &["ZTO", "ZTOKY"]);
        check("顺丰", &[], &["SF", "UPSF"]);
        check("丰", &[], &["SF", "SFWL", "UPSF"]);
        check("不存在", &[], &[]);
    }

    #[test]
    fn nothing_typed_gives_the_usual_couriers_in_their_order() {
        check(" ", &["ZTO", "SF"], &["ZTO", "SF", "SFWL"]);
    }
}
