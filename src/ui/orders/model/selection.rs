//! Which orders are marked, so that something can be done with all of them. Marks belong to orders and not to rows, so
//! they stay when the list is read again, sorted or turned.

use std::collections::HashSet;

use crate::domain::TransactionId;

/// The marked orders.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    marked: HashSet<TransactionId>,
    /// Where a range begins.
    anchor: Option<TransactionId>,
    /// What was marked before the range.
    base: Option<HashSet<TransactionId>>,
    version: u64,
}

impl Selection {
    /// Whether an order is marked.
    pub fn has(&self, order: &TransactionId) -> bool {
        self.marked.contains(order)
    }

    /// None is marked.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// Another number after each change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Where a range begins: at what was last chosen or marked.
    pub fn anchor(&self) -> Option<&TransactionId> {
        self.anchor.as_ref()
    }

    /// A range that is marked next begins here.
    pub fn begin_at(&mut self, order: Option<TransactionId>) {
        self.anchor = order;
        self.base = None;
    }

    /// Marks an order, or takes its mark away.
    pub fn toggle(&mut self, order: &TransactionId) {
        if !self.marked.remove(order) {
            self.marked.insert(order.clone());
        }
        self.begin_at(Some(order.clone()));
        self.changed();
    }

    /// Marks these besides what was marked before the range began; a longer or shorter range takes its place.
    pub fn set_range(&mut self, orders: impl IntoIterator<Item = TransactionId>) {
        let base = self.base.get_or_insert_with(|| self.marked.clone());
        self.marked = base.iter().cloned().chain(orders).collect();
        self.changed();
    }

    /// Marks exactly these.
    pub fn set(&mut self, orders: impl IntoIterator<Item = TransactionId>) {
        self.marked = orders.into_iter().collect();
        self.base = None;
        self.changed();
    }

    /// Marks none.
    pub fn clear(&mut self) {
        if !self.marked.is_empty() {
            self.marked.clear();
            self.base = None;
            self.changed();
        }
    }

    fn changed(&mut self) {
        self.version = self.version.saturating_add(1);
    }
}
