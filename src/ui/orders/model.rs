//! The order list without its paint: the typed filter, the cached rows, the page, the chosen row, and what
//! the keys do to them.

pub mod cells;
pub mod columns;
mod facts;
pub mod filter;
pub mod index;
mod marking;
#[cfg(test)]
pub(crate) mod samples;
pub mod selection;
pub mod sheet;
mod sorting;
pub mod status;
pub mod views;

use std::sync::Arc;

use crate::domain::{CourierList, Fen, Order, OrderState, Timestamp, TransactionId};
use crate::engine::Orders;
use crate::i18n::{Lang, format, text_with};

pub use cells::{RowCells, Said, Tone, row_cells};
pub use columns::{Col, Columns, Sort};
pub use filter::{Filter, FilterField, Preset, View};
pub use selection::Selection;
pub use status::{FetchLine, FetchOffer, fetch_line, is_barred, list_age};

/// Rows on a page that are offered.
pub const PAGE_SIZES: [usize; 4] = [50, 100, 200, 500];
/// From this length on a typed text without blanks can be an order's number.
const NUMBER_CHARS: std::ops::RangeInclusive<usize> = 6..=64;

/// The order list.
#[derive(Debug, Default)]
pub struct Model {
    /// The filter as it is typed.
    pub filter: Filter,
    /// The order of the rows.
    pub sort: Sort,
    /// The columns.
    pub columns: Columns,
    /// The marked orders.
    pub selection: Selection,
    index: index::Index,
    page: usize,
    page_size: usize,
    chosen: Option<TransactionId>,
    counted: Option<((usize, u64), Marked)>,
}

/// What is marked and shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// How many orders.
    pub count: usize,
    /// What was paid for them.
    pub amount: Fen,
}

impl Model {
    /// Takes the newest list. Cheap while nothing has changed.
    pub fn refresh(&mut self, orders: &Orders, page_size: usize, now: Timestamp) {
        let key = (self.filter.view, self.filter.matcher(), self.sort);
        let before = self.index.key_of_person();
        if before.as_ref().is_some_and(|before| *before != key) {
            self.page = 0;
        }
        // What a filter hides must not be acted on unseen.
        if before.is_some_and(|before| (before.0, &before.1) != (key.0, &key.1)) {
            self.selection.clear();
        }
        self.index.refresh(&orders.rows, &self.filter, self.sort, now);
        let page_size = page_size.max(1);
        if self.page_size != page_size {
            // The first row of the page stays on the page.
            let first = self.page.saturating_mul(self.page_size);
            self.page = first.checked_div(page_size).unwrap_or(0);
            self.page_size = page_size;
        }
        self.page = self.page.min(self.last_page());
    }

    /// How many orders the filter shows, on all pages.
    pub fn total(&self) -> usize {
        self.index.shown().len()
    }

    /// How many orders a group has under the typed filter.
    pub fn count(&self, view: View) -> usize {
        self.index.count(view)
    }

    /// How often all orders were read to filter them.
    pub fn rebuilds(&self) -> usize {
        self.index.rebuilds()
    }

    /// The page, from 0.
    pub fn page(&self) -> usize {
        self.page
    }

    /// The last page, from 0.
    pub fn last_page(&self) -> usize {
        let last_row = self.total().saturating_sub(1);
        last_row.checked_div(self.page_size).unwrap_or(0)
    }

    /// Shows another page; a page behind the last is the last.
    pub fn turn_to(&mut self, page: usize) {
        self.page = page.min(self.last_page());
    }

    /// How many rows this page has.
    pub fn rows_on_page(&self) -> usize {
        let before = self.page.saturating_mul(self.page_size);
        self.total().saturating_sub(before).min(self.page_size)
    }

    /// The order in a row of this page.
    pub fn order(&self, row: usize) -> Option<&Arc<Order>> {
        let place = self.page.saturating_mul(self.page_size).checked_add(row)?;
        (row < self.page_size)
            .then(|| self.index.order_at(place))
            .flatten()
    }

    /// The order in a row of this page, in words.
    pub fn cells(&self, lang: Lang, row: usize, couriers: &CourierList, now: Timestamp) -> Option<RowCells> {
        self.order(row).map(|order| row_cells(lang, order, couriers, now))
    }

    /// The chosen order, also when the filter hides it.
    pub fn chosen(&self) -> Option<&TransactionId> {
        self.chosen.as_ref()
    }

    /// The row of this page that is chosen.
    pub fn chosen_row(&self) -> Option<usize> {
        let chosen = self.chosen.as_ref()?;
        (0..self.rows_on_page()).find(|row| self.order(*row).is_some_and(|o| o.transaction_id == *chosen))
    }

    /// Chooses an order.
    pub fn choose(&mut self, order: Option<TransactionId>) {
        self.chosen = order;
    }

    /// Chooses a row of this page and nothing else: a range would begin there.
    pub fn choose_row(&mut self, row: usize) {
        self.chosen = self.order(row).map(|order| order.transaction_id.clone());
        self.selection.begin_at(self.chosen.clone());
    }

    /// The pager's words.
    pub fn pager(&self, lang: Lang) -> String {
        let args = [
            ("page", self.page.saturating_add(1).into()),
            ("pages", self.last_page().saturating_add(1).into()),
            ("count", format::count(self.total()).into()),
        ];
        text_with(lang, "orders-pager", &args)
    }

    /// The typed search, when it can be the number of one order that WeChat could be asked for.
    pub fn number_to_find(&self) -> Option<&str> {
        let text = self.filter.search.trim();
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (NUMBER_CHARS.contains(&text.len()) && visible && digits >= 4).then_some(text)
    }

    /// The group that a digit key chooses: 1 to 6 the states in the order of progress, 0 all.
    pub fn view_of_digit(digit: usize) -> Option<View> {
        match digit.checked_sub(1) {
            None => Some(View::All),
            Some(at) => OrderState::KNOWN.get(at).copied().map(View::State),
        }
    }
}

#[cfg(test)]
#[path = "model/tests.rs"]
mod tests;
