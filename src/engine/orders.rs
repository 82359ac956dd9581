//! The local list of orders, its fetch page by page, and the order beside it.

use std::collections::HashSet;
use std::sync::Arc;

use super::Notice;
use super::order_book::{Running, as_shipped};
use super::outbox::Effect;
use super::quota::Api;
use super::run::Engine;
use super::snapshot::{Fetch, OpenOrder, Remote};
use crate::domain::{
    CallFailure, FailureKind, Order, OrderAnswer, OrderKey, OrderQuery, Shipment, State, Timestamp,
    TransactionId,
};
use crate::store::FetchPosition;
use crate::wechat::OrderPage;

/// The cursor to go on at; `None` at the first page.
fn cursor_of(position: &FetchPosition) -> Option<String> {
    (!position.cursor.is_empty()).then(|| position.cursor.clone())
}

/// The key under which a query's position is kept over failures and restarts.
fn query_key(query: &OrderQuery) -> String {
    serde_json::to_string(query).unwrap_or_default()
}

impl Engine {
    /// Starts a fetch, at the cursor of a failed one of the same query. The newest request wins.
    pub(super) fn fetch_orders(&mut self, query: OrderQuery, for_import: bool) {
        let client = match self.client_for(Api::OrderList) {
            Ok(client) => client,
            Err(failure) => {
                self.book.fetch = Fetch::Failed {
                    query,
                    pages: 0,
                    orders: 0,
                    failure: failure.clone(),
                };
                self.dirty.orders = true;
                self.say(Notice::FetchFailed(failure.clone()));
                return self.fetch_ended(for_import, Some(failure));
            }
        };
        // Only a failed fetch goes on at its cursor; any other begins anew, because what came before is old.
        let goes_on = matches!(&self.book.fetch, Fetch::Failed { query: failed, .. } if *failed == query);
        let key = query_key(&query);
        let position = if goes_on {
            self.tell_store(|store, appid| store.fetch_position(appid, &key))
                .flatten()
        } else {
            None
        };
        let position = position.unwrap_or(FetchPosition {
            cursor: String::new(),
            pages: 0,
            orders: 0,
        });
        self.book.serial = self.book.serial.saturating_add(1);
        let serial = self.book.serial;
        let size = self.orders_per_page();
        self.jobs
            .page(client, serial, query.clone(), cursor_of(&position), size);
        self.book.fetch = Fetch::Running {
            query: query.clone(),
            pages: position.pages,
            orders: position.orders,
        };
        let came = cursor_of(&position).is_none().then(HashSet::new);
        self.book.running = Some(Running {
            serial,
            query,
            position,
            for_import,
            came,
        });
        self.dirty.orders = true;
    }

    /// The fetch under way is one that an imported file waits for.
    pub(super) fn fetching_for_import(&self) -> bool {
        self.book
            .running
            .as_ref()
            .is_some_and(|running| running.for_import)
    }

    /// Stops the fetch; its position is kept.
    pub(super) fn stop_fetch(&mut self) {
        if self.book.running.take().is_some() {
            self.book.fetch = Fetch::Idle;
            self.dirty.orders = true;
        }
    }

    /// One page has come, or not.
    pub(super) fn page_done(&mut self, serial: u64, result: Result<OrderPage, CallFailure>) {
        let at = self.clock.now();
        let Some(mut running) = self.book.running.take_if(|running| running.serial == serial) else {
            // An answer to an old question still knows true things.
            if let Ok(page) = result {
                self.learn_orders(page.orders, at);
            }
            return;
        };
        self.dirty.orders = true;
        let query = running.query.clone();
        match result {
            Ok(page) => {
                running.position.pages = running.position.pages.saturating_add(1);
                running.position.orders = running.position.orders.saturating_add(page.orders.len());
                if let Some(came) = &mut running.came {
                    came.extend(page.orders.iter().map(|order| order.transaction_id.clone()));
                }
                if running.for_import {
                    self.fresh
                        .extend(page.orders.iter().map(|order| order.transaction_id.clone()));
                }
                self.learn_orders(page.orders, at);
                let (pages, orders) = (running.position.pages, running.position.orders);
                let key = query_key(&query);
                let Some(next) = page.next else {
                    self.tell_store(|store, appid| store.clear_fetch_position(appid, &key));
                    if let Some(came) = &running.came {
                        self.reread_missing(&query, came);
                    }
                    self.book.fetch = Fetch::Complete { query, orders, at };
                    self.fetch_ended(running.for_import, None);
                    return;
                };
                running.position.cursor = next;
                let position = running.position.clone();
                self.tell_store(|store, appid| store.set_fetch_position(appid, &key, &position));
                crate::step::at("page-kept");
                self.book.fetch = Fetch::Running {
                    query: query.clone(),
                    pages,
                    orders,
                };
                if let Some(client) = self.client.clone() {
                    let size = self.orders_per_page();
                    self.jobs
                        .page(client, serial, query, cursor_of(&running.position), size);
                }
                self.book.running = Some(running);
            }
            Err(failure) => {
                let failure = self.learn_barred(failure);
                if failure.kind == FailureKind::DailyQuota {
                    let now = self.now();
                    let rest = self.outbox.learn_failure(Api::OrderList, &failure, now);
                    self.perform(rest.into_iter().collect());
                }
                let position = &mut running.position;
                if failure.kind == FailureKind::BadCursor && !position.cursor.is_empty() {
                    // WeChat has forgotten the position: begin again, once.
                    let key = query_key(&query);
                    self.tell_store(|store, appid| store.clear_fetch_position(appid, &key));
                    self.fetch_orders(query, running.for_import);
                    return;
                }
                let (pages, orders) = (position.pages, position.orders);
                self.book.fetch = Fetch::Failed {
                    query,
                    pages,
                    orders,
                    failure: failure.clone(),
                };
                self.say(Notice::FetchFailed(failure.clone()));
                self.fetch_ended(running.for_import, Some(failure));
            }
        }
    }

    /// Orders that WeChat has shown: kept, and compared with what was sent for them.
    pub(super) fn learn_orders(&mut self, orders: Vec<Order>, at: Timestamp) {
        let now = self.now();
        let raced = |order: &Order| self.outbox.seen(order, now);
        let effects: Vec<Effect> = orders.iter().flat_map(raced).collect();
        self.dirty.outbox |= self.verify.saw(&orders, at);
        self.keep_changes(&orders, at);
        self.keep_orders(orders, at);
        if !effects.is_empty() {
            self.perform(effects);
        }
    }

    /// Keeps orders, in memory and on disk.
    fn keep_orders(&mut self, orders: Vec<Order>, at: Timestamp) {
        crate::step::at("before-orders-kept");
        self.tell_store(|store, appid| store.upsert_orders(appid, &orders, at));
        crate::step::at("after-orders-kept");
        for order in &orders {
            self.refresh_open(order, at);
        }
        self.book.put(orders, at);
        self.dirty.orders = true;
    }

    /// Shows an order: what is known at once, then what WeChat says now.
    pub(super) fn open_order(&mut self, id: TransactionId) {
        self.wanted = Some(id.clone());
        self.find_serial = self.find_serial.saturating_add(1);
        let previous = self
            .book
            .get(&id)
            .cloned()
            .map(|order| self.opened(order, self.book.read_at));
        self.open = match self.client_for(Api::GetOrder) {
            Ok(client) => {
                self.jobs.open(client, id);
                Remote::Waiting { previous }
            }
            Err(failure) => Remote::Failed { previous, failure },
        };
        self.dirty.open = true;
    }

    /// The order beside the list has been read, or not.
    pub(super) fn order_opened(&mut self, id: &TransactionId, result: Result<Order, CallFailure>) {
        let at = self.clock.now();
        // A person may have gone on to another order meanwhile; the answer then only feeds the list.
        let wanted = self.wanted.as_ref() == Some(id);
        match result {
            Ok(order) => {
                self.learn_orders(vec![order.clone()], at);
                if wanted {
                    self.open = Remote::Ready(self.opened(Arc::new(order), Some(at)));
                }
            }
            Err(failure) if wanted => {
                self.learn_used_up(&failure);
                let previous = self.open.value().cloned();
                self.open = Remote::Failed { previous, failure };
            }
            Err(_about_another) => {}
        }
        self.dirty.open = true;
    }

    /// Shows no order.
    pub(super) fn close_order(&mut self) {
        self.wanted = None;
        self.find_serial = self.find_serial.saturating_add(1);
        self.open = Remote::Nothing;
        self.dirty.open = true;
    }

    /// Looks an order up by what a person typed.
    pub(super) fn find_order(&mut self, number: &str) {
        let number = number.trim().to_owned();
        match self.book.by_number(&number).as_slice() {
            [order] => self.open_order(order.transaction_id.clone()),
            _ => match self.client_for(Api::GetOrder) {
                Ok(client) => {
                    self.find_serial = self.find_serial.saturating_add(1);
                    let keys = self.keys_of(&number, None);
                    self.jobs.find(client, self.find_serial, number.clone(), keys);
                }
                Err(failure) => self.say(Notice::FetchFailed(failure)),
            },
        }
    }

    /// Looks an order up by the shop's number and its merchant.
    pub(super) fn find_order_of(&mut self, mchid: String, out_trade_no: String) {
        let known = self.book.by_number(&out_trade_no);
        let own = |order: &&Arc<Order>| {
            order.out_trade_no == out_trade_no && (order.mchid == mchid || order.sub_mchid == mchid)
        };
        if let Some(order) = known.iter().find(own) {
            return self.open_order(order.transaction_id.clone());
        }
        let client = match self.client_for(Api::GetOrder) {
            Ok(client) => client,
            Err(failure) => return self.say(Notice::FetchFailed(failure)),
        };
        let number = out_trade_no.clone();
        let key = OrderKey::Merchant { mchid, out_trade_no };
        self.find_serial = self.find_serial.saturating_add(1);
        self.jobs.find(client, self.find_serial, number, vec![key]);
    }

    /// What a person looked for was found, or not.
    pub(super) fn order_found(&mut self, serial: u64, number: String, answer: OrderAnswer) {
        let waited_for = serial == self.find_serial;
        match answer {
            OrderAnswer::Found(order) => {
                let at = self.clock.now();
                self.learn_orders(vec![(*order).clone()], at);
                if !waited_for {
                    return; // the person has opened another order since
                }
                self.wanted = Some(order.transaction_id.clone());
                self.open = Remote::Ready(self.opened(order, Some(at)));
                self.dirty.open = true;
            }
            OrderAnswer::Failed(failure) => {
                self.learn_used_up(&failure);
                self.say(Notice::FetchFailed(failure));
            }
            OrderAnswer::NotFound | OrderAnswer::Ambiguous(_) | OrderAnswer::NotAsked => {
                self.say(Notice::OrderNotFound(number));
            }
        }
    }

    /// The keys by which a number may be asked for, the likeliest first.
    pub(super) fn keys_of(&self, number: &str, mchid: Option<&str>) -> Vec<OrderKey> {
        let mut keys = Vec::new();
        let looks_like_wechat = number.len() >= 24 && number.bytes().all(|b| b.is_ascii_digit());
        let transaction = TransactionId::parse(number).map(OrderKey::Transaction);
        if looks_like_wechat {
            keys.extend(transaction.clone());
        }
        let mut mchids: Vec<String> = mchid.map(str::to_owned).into_iter().collect();
        if mchids.is_empty() {
            // Only where nothing says whose number it is are the shop's merchants tried one by one.
            mchids.extend(self.account().map(|a| a.mchid.clone()).filter(|m| !m.is_empty()));
            mchids.extend(self.book.mchids());
        }
        let mut asked: Vec<String> = Vec::new();
        for mchid in mchids {
            if !asked.contains(&mchid) {
                keys.push(OrderKey::Merchant {
                    mchid: mchid.clone(),
                    out_trade_no: number.to_owned(),
                });
                asked.push(mchid);
            }
        }
        keys
    }

    /// The order as the panel shows it, with what was sent from here.
    fn opened(&self, order: Arc<Order>, read_at: Option<Timestamp>) -> OpenOrder {
        let id = order.transaction_id.clone();
        let mut shipments: Vec<Arc<Shipment>> = self
            .store
            .as_ref()
            .and_then(|store| store.shipments_of(self.appid(), &id).ok())
            .unwrap_or_default()
            .into_iter()
            .map(Arc::new)
            .collect();
        shipments.sort_by_key(|shipment| std::cmp::Reverse(shipment.id));
        OpenOrder {
            timeline: self.timeline(&id),
            order,
            read_at: read_at.unwrap_or_else(|| self.clock.now()),
            shipments,
        }
    }

    /// The panel follows what is read elsewhere and what its shipments do.
    fn refresh_open(&mut self, order: &Order, at: Timestamp) {
        if let Remote::Ready(open) = &self.open
            && open.order.transaction_id == order.transaction_id
        {
            self.open = Remote::Ready(self.opened(Arc::new(order.clone()), Some(at)));
            self.dirty.open = true;
        }
    }

    /// A shipment has changed: the panel and the local copy of its order follow.
    pub(super) fn shipment_changed(&mut self, shipment: &Shipment) {
        let id = shipment.intent.transaction_id();
        if shipment.state == (State::Shipped { found: false })
            && let Some(order) = self.book.get(id)
        {
            let at = self.clock.now();
            let shipped = as_shipped(order, shipment, at);
            self.keep_orders(vec![shipped], at);
        }
        self.timeline_grew(id);
    }

    /// Something happened to an order: the panel follows when it shows this one.
    pub(super) fn timeline_grew(&mut self, id: &TransactionId) {
        let shown = self
            .open
            .value()
            .is_some_and(|open| open.order.transaction_id == *id);
        if shown && let Some(open) = self.open.value().cloned() {
            let fresh = self.opened(Arc::clone(&open.order), Some(open.read_at));
            match &mut self.open {
                Remote::Ready(open) => *open = fresh,
                Remote::Waiting { previous } | Remote::Failed { previous, .. } => *previous = Some(fresh),
                Remote::Nothing => {}
            }
            self.dirty.open = true;
        }
    }
}
