//! Which rows of the local list are shown and in which order, worked out once for each list and filter.
//! Apart from the page, because this is the only part that reads every order.

use std::sync::Arc;

use super::columns::Sort;
use super::facts::{self, Facts};
use super::filter::{Filter, Matcher, View};
use super::sorting;
use crate::domain::{Order, Timestamp};

/// The local list of orders; its pointer is its version.
pub type Rows = Arc<[Arc<Order>]>;

/// In how many ways an order can belong to groups.
const ALIKE: usize = 1 << View::ALL.len();

/// What an index was built for.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    view: View,
    matcher: Matcher,
    sort: Sort,
    /// Deadlines pass while nobody types; counted in whole minutes.
    minute: i64,
}

/// The rows that are shown, and how many each group has under the same filter.
#[derive(Debug, Default)]
pub struct Index {
    rows: Option<Rows>,
    key: Option<Key>,
    facts: Facts,
    shown: Vec<u32>,
    counts: [usize; View::ALL.len()],
    rebuilds: usize,
}

impl Index {
    /// Brings the index up to date. Costs nothing while neither the list nor the filter nor the minute has
    /// changed. `true` when it was built anew.
    pub fn refresh(&mut self, rows: &Rows, filter: &Filter, sort: Sort, now: Timestamp) -> bool {
        let key = Key {
            view: filter.view,
            matcher: filter.matcher(),
            sort,
            minute: now.secs().div_euclid(60),
        };
        let same_rows = self.rows.as_ref().is_some_and(|known| Arc::ptr_eq(known, rows));
        if same_rows && self.key.as_ref() == Some(&key) {
            return false;
        }
        if !same_rows {
            let before = self.rows.take().unwrap_or_default();
            self.facts = self.facts.follow(&before, rows);
        }
        self.build(rows, &key, now);
        self.rows = Some(Arc::clone(rows));
        self.key = Some(key);
        self.rebuilds = self.rebuilds.saturating_add(1);
        true
    }

    fn build(&mut self, rows: &Rows, key: &Key, now: Timestamp) {
        self.shown.clear();
        // How many orders belong to the same groups: far fewer numbers to count than orders times groups.
        let mut alike = [0_usize; ALIKE];
        let (facts, shown) = (&self.facts, &mut self.shown);
        let view = facts::bit(key.view);
        let mut take = |place: u32| {
            let Some(at) = usize::try_from(place).ok() else {
                return;
            };
            if facts.paid(at).is_none_or(|paid| !key.matcher.fits_time(paid)) {
                return;
            }
            let payer = |order: &Arc<Order>| key.matcher.fits_payer(&order.openid);
            if key.matcher.names_payer() && !rows.get(at).is_some_and(payer) {
                return;
            }
            let groups = facts.groups(at, now);
            if let Some(count) = alike.get_mut(usize::from(groups)) {
                *count = count.saturating_add(1);
            }
            // A state that this program does not know has no group of its own.
            let holds = match view {
                0 => rows.get(at).is_some_and(|order| key.view.holds(order, now)),
                view => groups & view != 0,
            };
            if holds {
                shown.push(place);
            }
        };
        match facts.with_words(key.matcher.words()) {
            Some(found) => found.into_iter().for_each(&mut take),
            None => (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).for_each(&mut take),
        }
        self.counts = View::ALL.map(|view| {
            let of_view = (0_u16..).zip(&alike);
            let of_view = of_view.filter(|(groups, _)| groups & facts::bit(view) != 0);
            of_view.fold(0_usize, |sum, (_, count)| sum.saturating_add(*count))
        });
        // Rows arrive newest first, so the usual order costs nothing; equals stay newest first in every other.
        if key.sort != Sort::default() || !self.facts.newest_first() {
            sorting::sort(&mut self.shown, rows, key.sort);
        }
    }

    /// Indices into the list, in the order in which they are shown.
    pub fn shown(&self) -> &[u32] {
        &self.shown
    }

    /// How many orders a group has under the typed filter.
    pub fn count(&self, view: View) -> usize {
        let at = View::ALL.iter().position(|other| *other == view);
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }

    /// The order at a place of the shown list.
    pub fn order_at(&self, place: usize) -> Option<&Arc<Order>> {
        let index = usize::try_from(*self.shown.get(place)?).ok()?;
        self.rows.as_ref()?.get(index)
    }

    /// What a person asked for when it was last built.
    pub fn key_of_person(&self) -> Option<(View, Matcher, Sort)> {
        self.key
            .as_ref()
            .map(|key| (key.view, key.matcher.clone(), key.sort))
    }

    /// How often the whole list was read.
    pub fn rebuilds(&self) -> usize {
        self.rebuilds
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::Col;
    use super::*;
    use crate::domain::{Fen, OpenId, OrderState, Shipping, TransactionId};

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T10:00:00+08:00").unwrap()
    }

    /// An order of this many hours ago.
    fn order(number: u32, hours: u64, state: OrderState) -> Arc<Order> {
        Arc::new(Order {
            transaction_id: TransactionId::parse(&format!("420000{number:022}")).unwrap(),
            mchid: "1230000109".into(),
            out_trade_no: format!("XD{number:08}"),
            sub_mchid: String::new(),
            description: "明前龙井 250g".into(),
            paid_amount: Fen(i64::from(number) * 100),
            openid: OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()),
            pay_time: now().minus(std::time::Duration::from_hours(hours)),
            state,
            in_complaint: number == 3,
            shipping: Shipping::default(),
        })
    }

    fn list() -> Rows {
        [
            order(1, 1, OrderState::ToShip),
            order(2, 40, OrderState::ToShip),
            order(3, 50, OrderState::Shipped),
            order(4, 60, OrderState::ToShip),
        ]
        .into()
    }

    #[track_caller]
    fn check(filter: &Filter, sort: Sort, expected: &[u32]) {
        let mut index = Index::default();
        index.refresh(&list(), filter, sort, now());
        let numbers: Vec<u32> = index.shown().iter().map(|i| i + 1).collect();
        assert_eq!(numbers, expected, "{filter:?} {sort:?}");
    }

    fn view(view: View) -> Filter {
        Filter {
            view,
            ..Filter::default()
        }
    }

    #[test]
    fn each_group_holds_its_orders() {
        let sort = Sort::default();
        check(&view(View::All), sort, &[1, 2, 3, 4]);
        check(&view(View::State(OrderState::ToShip)), sort, &[1, 2, 4]);
        check(&view(View::DueSoon), sort, &[2]);
        check(&view(View::Overdue), sort, &[4]);
        check(&view(View::InDispute), sort, &[3]);
        check(&view(View::PartlyShipped), sort, &[]);
    }

    #[test]
    fn a_search_looks_into_numbers_and_goods_and_needs_every_word() {
        for (search, expected) in [
            ("xd00000002", &[2][..]),
            ("龙井 XD00000004", &[4]),
            ("  ", &[1, 2, 3, 4]),
            ("红茶", &[]),
        ] {
            let filter = Filter {
                search: search.into(),
                ..Filter::default()
            };
            check(&filter, Sort::default(), expected);
        }
    }

    #[test]
    fn rows_are_sorted_by_what_was_clicked() {
        let usual = Sort::default();
        check(&view(View::All), usual.clicked(Col::PayTime), &[4, 3, 2, 1]);
        check(&view(View::All), usual.clicked(Col::Amount), &[4, 3, 2, 1]);
        let urgent = usual.clicked(Col::Deadline);
        check(&view(View::All), urgent, &[4, 2, 1, 3]);
        check(&view(View::All), urgent.clicked(Col::Deadline), &[1, 2, 4, 3]);
    }

    #[test]
    fn counts_follow_the_typed_filter_but_not_the_group() {
        let mut index = Index::default();
        index.refresh(&list(), &view(View::Overdue), Sort::default(), now());
        assert_eq!(index.count(View::All), 4);
        assert_eq!(index.count(View::State(OrderState::ToShip)), 3);
        assert_eq!(index.count(View::Overdue), 1);
    }

    #[test]
    fn the_list_is_read_again_only_when_something_changed() {
        let (mut index, rows, filter) = (Index::default(), list(), Filter::default());
        let sort = Sort::default();
        for _ in 0..100 {
            index.refresh(&rows, &filter, sort, now());
        }
        assert_eq!(index.rebuilds(), 1);
        let spaced = Filter {
            search: "  ".into(),
            ..Filter::default()
        };
        assert!(
            !index.refresh(&rows, &spaced, sort, now()),
            "blanks ask for nothing"
        );
        assert!(
            index.refresh(&list(), &filter, sort, now()),
            "an equal list is another one"
        );
        let later = now().plus(std::time::Duration::from_mins(1));
        assert!(index.refresh(&index.rows.clone().unwrap(), &filter, sort, later));
    }

    #[test]
    fn twenty_thousand_orders_are_filtered_at_once() {
        let rows: Rows = (0..20_000).map(|n| order(n, 1, OrderState::ToShip)).collect();
        let filter = Filter {
            search: "xd00019".into(),
            ..Filter::default()
        };
        let mut index = Index::default();
        index.refresh(&rows, &filter, Sort::default(), now());
        assert_eq!(index.shown().len(), 1000);
        assert_eq!(
            index.order_at(0).map(|o| o.out_trade_no.as_str()),
            Some("XD00019000")
        );
    }
}
