//! Finding the orders of a file: from the list of unshipped orders when the file is large, then one by one.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::events::FOR_EVENT;
use super::import_state::Import;
use super::import_work::Work;
use super::quota::Api;
use super::reread::NO_FILE;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{
    CallFailure, FailureKind, Order, OrderAnswer, OrderKey, OrderNumber, OrderQuery, OrderState, Timestamp,
};

/// Up to this many orders are asked for one by one; a larger file fetches the list of unshipped orders first.
const ONE_BY_ONE: usize = 40;
/// Look-ups of an import in flight at most.
const LOOK_UPS_IN_FLIGHT: usize = 8;

/// Orders that one check asks for one by one at most. The rest gets a verdict that says so.
const MOST_ASKED: usize = 2_000;

/// The pass over the rows that finds out which orders must be asked for.
#[derive(Debug)]
pub(super) struct Find {
    list_is_fresh: bool,
    at: usize,
    /// Sums of the numbers of the file; two numbers with the same sum only count as one in the progress.
    sums: Vec<u64>,
    /// What must be asked for, up to the limit.
    ask: BTreeSet<OrderNumber>,
    most: usize,
    left_unasked: bool,
    wants_list: bool,
}

impl Engine {
    /// Finds the order of every row: from the list of unshipped orders when the file is large, then one by one.
    pub(super) fn look_up_rows(&mut self, list_is_fresh: bool) {
        let most = self.most_asked();
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if !list_is_fresh {
            import.by_list = false;
        }
        import.release = None;
        let total = import.rows.len();
        import.phase = BatchPhase::LookingUp { done: 0, total };
        import.work = Some(Work::Find(Find {
            list_is_fresh,
            at: 0,
            sums: Vec::new(),
            ask: BTreeSet::new(),
            most,
            left_unasked: false,
            wants_list: false,
        }));
        self.dirty.batch = true;
        self.work_on_import();
    }

    /// As if the list had come and were empty: nothing of the file is known afresh, so each order is asked for.
    fn look_up_one_by_one(&mut self) {
        self.fresh.clear();
        self.look_up_rows(true);
    }

    /// How many orders this check may ask for: half of what WeChat still answers today is left for the sending. An
    /// order that is unknown costs a call for WeChat's number and one for each merchant.
    fn most_asked(&self) -> usize {
        let calls = self.keys_of("0", None).len().saturating_add(1);
        let left = self.outbox.quota_left(Api::GetOrder);
        let left = left.and_then(|quota| usize::try_from(quota.remain.max(0) / 2).ok());
        let orders = left.and_then(|left| left.checked_div(calls));
        orders.map_or(MOST_ASKED, |orders| orders.clamp(ONE_BY_ONE, MOST_ASKED))
    }

    /// A slice of the pass; `true` when it is at its end.
    pub(super) fn find_slice(&self, import: &Import, find: &mut Find, left: &mut usize) -> bool {
        while find.at < import.rows.len() && *left > 0 {
            let row = import.rows.key(find.at).unwrap_or_default();
            find.at = find.at.saturating_add(1);
            *left = left.saturating_sub(1);
            let Some(number) = row.lookup_key().filter(|_| row.ignored.is_none()) else {
                continue;
            };
            find.sums.push(sum(&number));
            if !find.list_is_fresh {
                find.ask.insert(number);
                if find.ask.len() > ONE_BY_ONE {
                    find.wants_list = true;
                    return true;
                }
                continue;
            }
            let known = import.asked.contains_key(&number)
                || match self.known_as(&number).as_slice() {
                    [order] => self.fresh.contains(&order.transaction_id),
                    [] => false,
                    _several => true,
                };
            if known || find.ask.contains(&number) {
                continue;
            }
            if find.ask.len() < find.most {
                find.ask.insert(number);
            } else {
                find.left_unasked = true;
            }
        }
        find.at >= import.rows.len()
    }

    /// The pass is over: the list is fetched, or orders are asked for.
    pub(super) fn found_out(&mut self, mut find: Find) {
        let without_key = || find.ask.iter().any(|number| self.needs_the_list(number));
        let wants_list = !find.list_is_fresh && (find.wants_list || without_key());
        if !find.list_is_fresh {
            find.ask.retain(|number| self.known_as(number).len() < 2);
        }
        let Some(import) = self.import.as_mut() else {
            return;
        };
        crate::step::at("before-look-ups");
        self.dirty.batch = true;
        if wants_list && self.book.list_barred {
            return self.look_up_one_by_one();
        }
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
        find.sums.sort_unstable();
        find.sums.dedup();
        let total = find.sums.len();
        import.total = total;
        import.by_list = find.list_is_fresh;
        import.left_unasked = find.left_unasked;
        if !find.list_is_fresh {
            import.asked.clear();
        }
        import.phase = BatchPhase::LookingUp {
            done: total.saturating_sub(find.ask.len()),
            total,
        };
        import.to_look_up = find.ask.into_iter().collect();
        self.pump_look_ups();
    }

    /// The fetch of the list has ended; `failure` when a page could not be had.
    pub(super) fn fetch_ended(&mut self, for_import: bool, failure: Option<CallFailure>) {
        if failure.is_none() {
            self.watch.count_again();
        }
        let waiting = matches!(
            self.import.as_ref().map(|import| &import.phase),
            Some(BatchPhase::LookingUp { .. })
        );
        if !for_import || !waiting {
            return;
        }
        match failure {
            // The list is nothing for this account: every order is asked for by its number.
            Some(failure) if failure.kind == FailureKind::NotForPlatforms => self.look_up_one_by_one(),
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
        let finding = self.import.as_ref().is_some_and(|import| import.work.is_some());
        if !looking || finding || self.fetching_for_import() {
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
    pub(super) fn known_as(&self, number: &OrderNumber) -> Vec<Arc<Order>> {
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
                import.asked.insert(number, answer);
                return;
            }
            // Every other order would fail the same way: stop after one.
            import.to_look_up.clear();
            let failure = failure.clone();
            self.fail_import(failure);
            return;
        }
        import.asked.insert(number, answer);
        let left = import.to_look_up.len().saturating_add(import.looking_up);
        if let BatchPhase::LookingUp { done, total } = &mut import.phase {
            *done = total.saturating_sub(left);
        }
    }
}

fn sum(number: &OrderNumber) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}
