//! What the keys and the pointer do to the chosen and the marked rows; apart from the model, which holds them.

use std::sync::Arc;

use super::{Marked, Model};
use crate::domain::{Fen, Order, TransactionId};

impl Model {
    /// The order of a row is marked.
    pub fn is_marked(&self, row: usize) -> bool {
        !self.selection.is_empty()
            && self
                .order(row)
                .is_some_and(|order| self.selection.has(&order.transaction_id))
    }

    /// Marks the order of a row, or takes its mark away, and chooses it.
    pub fn mark_row(&mut self, row: usize) {
        if let Some(order) = self.order(row).map(|order| order.transaction_id.clone()) {
            self.selection.toggle(&order);
            self.choose(Some(order));
        }
    }

    /// Marks everything from where the range began up to the order of a row, and chooses that.
    pub fn mark_to_row(&mut self, row: usize) {
        let Some(end) = self.order(row).map(|order| order.transaction_id.clone()) else {
            return;
        };
        if self.selection.anchor().is_none() {
            let begin = self.chosen().cloned().unwrap_or_else(|| end.clone());
            self.selection.begin_at(Some(begin));
        }
        let place = |wanted: &TransactionId| {
            let mut places = 0..self.total();
            places.find(|place| {
                self.index
                    .order_at(*place)
                    .is_some_and(|o| o.transaction_id == *wanted)
            })
        };
        let to = place(&end).unwrap_or_default();
        let from = self.selection.anchor().and_then(place).unwrap_or(to);
        let range = from.min(to)..=from.max(to);
        let orders: Vec<TransactionId> = range
            .filter_map(|place| self.index.order_at(place))
            .map(|order| order.transaction_id.clone())
            .collect();
        self.selection.set_range(orders);
        self.choose(Some(end));
    }

    /// Marks all orders that the filter shows, on all pages.
    pub fn mark_all(&mut self) {
        let orders: Vec<TransactionId> = (0..self.total())
            .filter_map(|place| self.index.order_at(place))
            .map(|order| order.transaction_id.clone())
            .collect();
        self.selection.set(orders);
    }

    /// The marked orders that are shown, in the order of the rows.
    pub fn marked_orders(&self) -> Vec<Arc<Order>> {
        (0..self.total())
            .filter_map(|place| self.index.order_at(place))
            .filter(|order| self.selection.has(&order.transaction_id))
            .cloned()
            .collect()
    }

    /// Their numbers.
    pub fn marked_ids(&self) -> Vec<TransactionId> {
        let orders = self.marked_orders();
        orders.iter().map(|order| order.transaction_id.clone()).collect()
    }

    /// How many are marked and shown, and their amount; worked out once for each list and each mark.
    pub fn marked(&mut self) -> Marked {
        if self.selection.is_empty() {
            return Marked::default();
        }
        let key = (self.index.rebuilds(), self.selection.version());
        if let Some((_, marked)) = self.counted.filter(|(counted, _)| *counted == key) {
            return marked;
        }
        let orders = self.marked_orders();
        let amount = orders
            .iter()
            .fold(0_i64, |sum, order| sum.saturating_add(order.paid_amount.0));
        let marked = Marked {
            count: orders.len(),
            amount: Fen(amount),
        };
        self.counted = Some((key, marked));
        marked
    }

    /// An arrow at the edge of a page goes on to the neighbouring page. The row that is chosen there;
    /// `None` when the choice is not at an edge, or there is no other page.
    pub fn over_edge(&mut self, down: bool) -> Option<usize> {
        let row = self.chosen_row()?;
        let last = self.rows_on_page().checked_sub(1)?;
        let page = match (down, row) {
            (true, row) if row == last => {
                Some(self.page.saturating_add(1)).filter(|p| *p <= self.last_page())
            }
            (false, 0) => self.page.checked_sub(1),
            (true | false, _) => None,
        }?;
        self.page = page;
        let row = if down {
            0
        } else {
            self.rows_on_page().saturating_sub(1)
        };
        self.choose(self.order(row).map(|order| order.transaction_id.clone()));
        Some(row)
    }

    /// The same while rows are being marked: the row at the edge of the next page is marked too.
    pub fn mark_over_edge(&mut self, down: bool) -> Option<usize> {
        if self.selection.anchor().is_none() {
            let chosen = self.chosen().cloned();
            self.selection.begin_at(chosen);
        }
        let row = self.over_edge(down)?;
        self.mark_to_row(row);
        Some(row)
    }
}
