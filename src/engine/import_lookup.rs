//! Finding the orders of a file: from the list of unshipped orders when the file is large, then one by one.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use super::events::FOR_EVENT;
use super::quota::Api;
use super::reread::NO_FILE;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{
    CallFailure, FailureKind, FileRow, Order, OrderAnswer, OrderKey, OrderNumber, OrderQuery, OrderState,
    Timestamp,
};

/// Up to this many orders are asked for one by one; a larger file fetches the list of unshipped orders first.
const ONE_BY_ONE: usize = 40;
/// Look-ups of an import in flight at most.
const LOOK_UPS_IN_FLIGHT: usize = 8;

impl Engine {
    /// Finds the order of every row: from the list of unshipped orders when the file is large, then one by one.
    pub(super) fn look_up_rows(&mut self, list_is_fresh: bool) {
        let Some(import) = &self.import else { return };
        let numbers: BTreeSet<OrderNumber> = import
            .file
            .rows
            .iter()
            .filter(|row| row.ignored.is_none())
            .filter_map(FileRow::lookup_key)
            .collect();
        let total = numbers.len();
        let without_key = numbers.iter().any(|number| self.needs_the_list(number));
        let wants_list = !list_is_fresh && total > 0 && (total > ONE_BY_ONE || without_key);
        let mut answers = HashMap::new();
        let mut queue = VecDeque::new();
        for number in numbers {
            match self.known_as(&number).as_slice() {
                [order] if list_is_fresh && self.fresh.contains(&order.transaction_id) => {
                    answers.insert(number, OrderAnswer::Found(Arc::clone(order)));
                }
                [] | [_] => queue.push_back(number),
                several => {
                    answers.insert(number, OrderAnswer::Ambiguous(several.len()));
                }
            }
        }
        let Some(import) = self.import.as_mut() else {
            return;
        };
        crate::step::at("before-look-ups");
        import.total = total;
        import.phase = BatchPhase::LookingUp { done: 0, total };
        self.dirty.batch = true;
        if wants_list {
            self.fresh.clear();
            let query = OrderQuery {
                state: Some(OrderState::ToShip),
                ..OrderQuery::default()
            };
            let key = serde_json::to_string(&query).unwrap_or_default();
            // A check wants the whole list as it is now, not the rest of an older fetch.
            self.tell_store(|store, appid| store.clear_fetch_position(appid, &key));
            self.fetch_orders(query, true);
            return;
        }
        import.answers = answers;
        import.to_look_up = queue;
        self.pump_look_ups();
    }

    /// The fetch of the list has ended; `failure` when a page could not be had.
    pub(super) fn fetch_ended(&mut self, for_import: bool, failure: Option<CallFailure>) {
        let waiting = matches!(
            self.import.as_ref().map(|import| &import.phase),
            Some(BatchPhase::LookingUp { .. })
        );
        if !for_import || !waiting {
            return;
        }
        match failure {
            Some(failure) => self.fail_import(failure),
            None => self.look_up_rows(true),
        }
    }

    pub(super) fn fail_import(&mut self, failure: CallFailure) {
        if let Some(import) = self.import.as_mut() {
            import.phase = BatchPhase::Failed(failure);
            self.dirty.batch = true;
        }
    }

    /// Starts as many look-ups as the pace allows; plans when the last has come back.
    pub(super) fn pump_look_ups(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        let looking = matches!(
            self.import.as_ref().map(|import| &import.phase),
            Some(BatchPhase::LookingUp { .. })
        );
        if !looking || self.fetching_for_import() {
            return None;
        }
        let mut again = None;
        while let Some((number, in_flight, token)) = self
            .import
            .as_ref()
            .filter(|import| import.looking_up < LOOK_UPS_IN_FLIGHT)
            .and_then(|import| {
                import
                    .to_look_up
                    .front()
                    .map(|n| (n.clone(), import.looking_up, import.token))
            })
        {
            let client = match self.client_for(Api::GetOrder) {
                Ok(client) => client,
                Err(failure) => {
                    self.fail_import(failure);
                    return None;
                }
            };
            if let Err(wait) = self.outbox.permit(now, in_flight) {
                again = wait;
                break;
            }
            let keys = self.keys_for(&number);
            self.jobs.look_up(client, token, number, keys);
            if let Some(import) = self.import.as_mut() {
                import.to_look_up.pop_front();
                import.looking_up = import.looking_up.saturating_add(1);
            }
        }
        let done = self
            .import
            .as_ref()
            .is_some_and(|i| i.to_look_up.is_empty() && i.looking_up == 0);
        if done {
            self.plan_batch();
        }
        again
    }

    /// The orders of the local list that a number of the file may mean.
    fn known_as(&self, number: &OrderNumber) -> Vec<Arc<Order>> {
        let mchid = number.mchid.as_deref();
        let fits = |order: &Arc<Order>| {
            order.transaction_id.as_str() == number.number
                || mchid.is_none_or(|mchid| order.mchid == mchid || order.sub_mchid == mchid)
        };
        self.book
            .by_number(&number.number)
            .into_iter()
            .filter(fits)
            .collect()
    }

    /// Nothing says whose number it is. The merchants of the orders at hand need not be all that the shop has, so
    /// asking under each of them could call an order unknown that the list would show.
    fn needs_the_list(&self, number: &OrderNumber) -> bool {
        let named = number.mchid.is_some() || self.account().is_some_and(|account| !account.mchid.is_empty());
        let is_transaction = |key: &OrderKey| matches!(key, OrderKey::Transaction(_));
        !named && !self.keys_for(number).iter().any(is_transaction)
    }

    /// The keys by which a number of the file is asked for: WeChat's when the order is known.
    fn keys_for(&self, number: &OrderNumber) -> Vec<OrderKey> {
        match self.known_as(number).as_slice() {
            [order] => vec![OrderKey::Transaction(order.transaction_id.clone())],
            _ => self.keys_of(&number.number, number.mchid.as_deref()),
        }
    }

    /// One order of the file was found, or not.
    pub(super) fn looked_up(&mut self, token: u64, number: OrderNumber, answer: OrderAnswer) {
        let at = self.clock.now();
        crate::step::at("row-looked-up");
        match &answer {
            OrderAnswer::Found(order) => {
                self.learn_orders(vec![(**order).clone()], at);
                self.outbox.learn_clean_read(at);
            }
            OrderAnswer::Failed(failure) => {
                let now = self.now();
                let rest = self.outbox.learn_failure(Api::GetOrder, failure, now);
                self.perform(rest.into_iter().collect());
            }
            OrderAnswer::NotFound | OrderAnswer::Ambiguous(_) | OrderAnswer::NotAsked => {
                self.outbox.learn_clean_read(at);
            }
        }
        if token == FOR_EVENT {
            return self.event_looked(&answer);
        }
        if token == NO_FILE {
            return self.reread_done(&answer);
        }
        let Some(import) = self.import.as_mut().filter(|import| import.token == token) else {
            return;
        };
        import.looking_up = import.looking_up.saturating_sub(1);
        self.dirty.batch = true;
        if let OrderAnswer::Failed(failure) = &answer {
            if failure.kind == FailureKind::TooFast {
                import.to_look_up.push_back(number);
                return;
            }
            let for_all = failure.stops_account()
                || failure.kind.is_trouble()
                || failure.kind == FailureKind::DailyQuota;
            if !for_all {
                import.answers.insert(number, answer);
                return;
            }
            // Every other order would fail the same way: stop after one.
            import.to_look_up.clear();
            let failure = failure.clone();
            self.fail_import(failure);
            return;
        }
        import.answers.insert(number, answer);
        let left = import.to_look_up.len().saturating_add(import.looking_up);
        if let BatchPhase::LookingUp { done, total } = &mut import.phase {
            *done = total.saturating_sub(left);
        }
    }
}
