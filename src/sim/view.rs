//! What tests ask of a running simulator's ledger.
//!
//! Separate from the ledger because an order's fate is half in the ledger (what arrived) and half in the world
//! (what was done), and only both together answer "how often was this shipped".

use super::ledger::{Entry, Ledger};
use super::order::{Change, Notice, Order, Parcel};
use super::shared::Shared;
use std::sync::Arc;

/// A live look at the ledger; every call reads anew.
#[derive(Debug, Clone)]
pub struct LedgerView {
    shared: Arc<Shared>,
}

/// The fate of one order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFate {
    /// The true state, 1..6.
    pub order_state: i64,
    /// Uploads that arrived over the wire, whatever became of them.
    pub uploads_sent: usize,
    /// Uploads over the wire that were accepted.
    pub committed_uploads: usize,
    /// 0 not finished, 1 finished, 2 re-shipped and finished.
    pub finish_count: i64,
    /// The parcels as they are now.
    pub parcels: Vec<Parcel>,
    /// Every change by anyone, oldest first.
    pub history: Vec<Change>,
    /// Every message sent, oldest first.
    pub notices: Vec<Notice>,
}

impl LedgerView {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Copies of all requests in the order of arrival.
    pub fn entries(&self) -> Vec<Entry> {
        self.read(|ledger| ledger.entries().to_vec())
    }

    /// How many requests came for a path, or for its last part (`get_order`).
    pub fn requests(&self, path: &str) -> usize {
        self.read(|ledger| ledger.requests(path))
    }

    /// How many requests were calls that change something.
    pub fn write_calls(&self) -> usize {
        self.read(Ledger::write_calls)
    }

    /// How many requests asked for a token.
    pub fn token_calls(&self) -> usize {
        self.read(Ledger::token_calls)
    }

    /// How many uploads for an order arrived, whatever became of them.
    pub fn uploads_sent(&self, transaction_id: &str) -> usize {
        self.read(|ledger| ledger.uploads_sent(transaction_id))
    }

    /// The most requests that were under way at once.
    pub fn max_in_flight(&self) -> usize {
        self.read(Ledger::max_in_flight)
    }

    /// The most requests for one order that were under way at once.
    pub fn max_in_flight_of_order(&self) -> usize {
        self.read(Ledger::max_in_flight_of_order)
    }

    /// How many uploads of an order were accepted over the wire; 0 for an order that is not known.
    pub fn committed_uploads(&self, transaction_id: &str) -> usize {
        self.shared.with(|state| {
            state
                .world
                .order(transaction_id)
                .map_or(0, Order::committed_uploads)
        })
    }

    /// How many uploads of all orders were accepted over the wire.
    pub fn all_committed_uploads(&self) -> usize {
        self.shared
            .with(|state| state.world.orders().map(Order::committed_uploads).sum())
    }

    /// The fate of an order; `None` when it is not known.
    pub fn order(&self, transaction_id: &str) -> Option<OrderFate> {
        self.shared.with(|state| {
            let uploads_sent = state.ledger.uploads_sent(transaction_id);
            let order = state.world.order(transaction_id)?;
            let shipping = order.shipping.clone().unwrap_or_default();
            Some(OrderFate {
                order_state: order.order_state,
                uploads_sent,
                committed_uploads: order.committed_uploads(),
                finish_count: shipping.finish_count,
                parcels: shipping.parcels,
                history: order.history.clone(),
                notices: order.notices.clone(),
            })
        })
    }

    /// Every warning of every request, with its path.
    pub fn warnings(&self) -> Vec<String> {
        self.read(|ledger| {
            let of = |entry: &Entry| {
                entry
                    .warnings
                    .iter()
                    .map(|warning| format!("{}: {warning}", entry.path))
                    .collect::<Vec<_>>()
            };
            ledger.entries().iter().flat_map(of).collect()
        })
    }

    fn read<T>(&self, work: impl FnOnce(&Ledger) -> T) -> T {
        self.shared.with(|state| work(&state.ledger))
    }
}
