//! Orders that a list should have shown and did not: they have changed elsewhere, and are read one by one.

use std::collections::{HashSet, VecDeque};

use super::Notice;
use super::quota::Api;
use super::run::Engine;
use crate::domain::{
    CallFailure, Order, OrderAnswer, OrderKey, OrderNumber, OrderQuery, Timestamp, TransactionId,
};

/// The token of look-ups that no file waits for.
pub(super) const NO_FILE: u64 = 0;
/// More would be a reason to read the whole list.
const AT_MOST: usize = 200;
const IN_FLIGHT: usize = 2;

/// The orders that wait to be read again.
#[derive(Debug, Default)]
pub(super) struct Reread {
    waiting: VecDeque<TransactionId>,
    in_flight: usize,
    asked: Option<Asked>,
}

/// What a person has asked to see again.
#[derive(Debug, Default)]
struct Asked {
    orders: usize,
    read: usize,
    failure: Option<CallFailure>,
}

impl Reread {
    /// Orders that somebody wants to see again.
    pub(super) fn add(&mut self, orders: impl IntoIterator<Item = TransactionId>) {
        for order in orders {
            if !self.waiting.contains(&order) {
                self.waiting.push_back(order);
            }
        }
    }

    /// How many a person still waits for.
    pub(super) fn awaited(&self) -> usize {
        match self.asked {
            Some(_) => self.waiting.len().saturating_add(self.in_flight),
            None => 0,
        }
    }

    /// Some are still to be read.
    pub(super) fn is_busy(&self) -> bool {
        self.in_flight > 0 || !self.waiting.is_empty()
    }
}

impl Engine {
    /// A list is complete: what it names by our knowledge and WeChat did not give has left it.
    pub(super) fn reread_missing(&mut self, query: &OrderQuery, came: &HashSet<TransactionId>) {
        if query.state.is_none() {
            return; // an order does not leave the list of all orders
        }
        let missing: Vec<TransactionId> = self
            .book
            .iter()
            .filter(|order| fits(query, order) && !came.contains(&order.transaction_id))
            .map(|order| order.transaction_id.clone())
            .take(AT_MOST)
            .collect();
        self.reread.add(missing);
    }

    /// A person wants to see these as WeChat has them now.
    pub(super) fn reread_these(&mut self, orders: Vec<TransactionId>) {
        if let Err(failure) = self.client_for(Api::GetOrder) {
            return self.say(Notice::FetchFailed(failure));
        }
        let known: Vec<TransactionId> = orders
            .into_iter()
            .filter(|order| self.book.get(order).is_some())
            .take(AT_MOST)
            .collect();
        let asked = self.reread.asked.get_or_insert_default();
        asked.orders = asked.orders.saturating_add(known.len());
        self.reread.add(known);
        self.dirty.orders = true;
        self.reread_ends();
    }

    /// Reads as many as the pace allows; the result is when to ask again.
    pub(super) fn pump_reread(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        while self.reread.in_flight < IN_FLIGHT && !self.reread.waiting.is_empty() {
            let client = self.client_for(Api::GetOrder).ok()?;
            if let Err(wait) = self.outbox.permit(now, self.reread.in_flight) {
                return wait;
            }
            let id = self.reread.waiting.pop_front()?;
            let number = OrderNumber {
                number: id.as_str().to_owned(),
                mchid: None,
            };
            self.jobs
                .look_up(client, NO_FILE, number, vec![OrderKey::Transaction(id)]);
            self.reread.in_flight = self.reread.in_flight.saturating_add(1);
        }
        None
    }

    /// One of them has been read, or not; what came is kept like every other reading.
    pub(super) fn reread_done(&mut self, answer: &OrderAnswer) {
        self.reread.in_flight = self.reread.in_flight.saturating_sub(1);
        let Some(asked) = &mut self.reread.asked else {
            return;
        };
        if let OrderAnswer::Failed(failure) = answer {
            asked.failure = Some(failure.clone());
            // The next ones would fail for the same reason; a person can ask again.
            self.reread.waiting.clear();
        } else {
            asked.read = asked.read.saturating_add(1);
        }
        self.dirty.orders = true;
        self.reread_ends();
    }

    /// Says how it went, once all that a person has asked for are read.
    fn reread_ends(&mut self) {
        if self.reread.is_busy() {
            return;
        }
        let Some(asked) = self.reread.asked.take() else {
            return;
        };
        if let Some(failure) = asked.failure {
            self.say(Notice::FetchFailed(failure));
        }
        self.say(Notice::Reread {
            read: asked.read,
            orders: asked.orders,
        });
    }
}

/// The order belongs on this list as far as we know; payers are kept shortened and decide nothing.
fn fits(query: &OrderQuery, order: &Order) -> bool {
    query.openid.is_none()
        && query.state.is_none_or(|state| order.state == state)
        && query.paid_from.is_none_or(|from| order.pay_time >= from)
        && query.paid_to.is_none_or(|to| order.pay_time <= to)
}
