//! What WeChat accepted is read once more afterwards: an answer of "accepted" cannot tell that another system
//! shipped the same order in the same second. One sweep over the list of shipped orders covers a whole file.
//!
//! Apart from the outbox because nothing waits for it: it only ever tells, and sends nothing.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::outbox::Outbox;
use super::quota::Api;
use super::run::Engine;
use crate::domain::{
    CallFailure, Look, Order, OrderQuery, OrderState, Shipment, ShipmentId, State, Timestamp, TransactionId,
    Verdict, decide,
};
use crate::wechat::OrderPage;

/// Up to this many orders are read one by one; more are looked for in the list first.
const ONE_BY_ONE: usize = 5;
/// The list may shift while it is read: what it lacks is read by itself, and asked for at most so often.
const ROUNDS: u32 = 3;
/// What an earlier run was told is read again for so long.
const ASKED_AGAIN_FOR: Duration = Duration::from_hours(24);
/// Up to this shipment everything was confirmed or told.
const CONFIRMED: &str = "confirmed_up_to";
/// The simulator in this process never shows what is old.
const SANDBOX_WAIT: Duration = Duration::from_millis(500);

/// What is still to be confirmed.
#[derive(Debug, Default)]
pub(super) struct Verify {
    /// Orders whose upload was accepted, with the shipments that say so.
    waiting: BTreeMap<TransactionId, Shipment>,
    /// A reading before this moment may show what was true before the upload.
    not_before: Option<Timestamp>,
    sweep: Option<Sweep>,
    rounds: u32,
    /// The newest shipment that was ever handed over here.
    newest: ShipmentId,
    /// Confirmed since the program was started.
    pub(super) confirmed: usize,
    /// Given up: WeChat could not be asked, or did not show them.
    pub(super) unconfirmed: usize,
}

#[derive(Debug)]
struct Sweep {
    query: OrderQuery,
    in_flight: bool,
    cursor: Option<String>,
}

impl Verify {
    /// Shipments that nobody has seen at WeChat yet.
    pub(super) fn left(&self) -> usize {
        self.waiting.len()
    }

    /// Readings of orders: those that show what was sent are confirmed. `true`: fewer are left.
    pub(super) fn saw(&mut self, orders: &[Order], now: Timestamp) -> bool {
        let before = self.left();
        for order in orders {
            let Some(shipment) = self.waiting.get(&order.transaction_id) else {
                continue;
            };
            let look = Look::of(order, now);
            let baseline = shipment.baseline.as_ref();
            let verdict = decide(&shipment.intent, baseline, &look, shipment.upload_time);
            // Anything else but "not there yet" is told by the outbox, which sees the same reading.
            if verdict != Verdict::Pending {
                self.waiting.remove(&order.transaction_id);
                let landed = matches!(verdict, Verdict::Landed { race: false });
                self.confirmed = self.confirmed.saturating_add(usize::from(landed));
            }
        }
        self.left() != before
    }
}

impl Engine {
    /// An upload was accepted: it is to be read once more.
    pub(super) fn verify_later(&mut self, shipment: &Shipment) {
        if shipment.state != (State::Shipped { found: false }) {
            return;
        }
        let wait = if self.config.sandbox {
            self.policy.second_look.min(SANDBOX_WAIT)
        } else {
            self.policy.second_look
        };
        let verify = &mut self.verify;
        verify.not_before = Some(self.clock.now().plus(wait));
        verify.rounds = 0;
        verify.newest = verify.newest.max(shipment.id);
        verify
            .waiting
            .insert(shipment.intent.transaction_id().clone(), shipment.clone());
    }

    /// What an earlier run sent and did not live to confirm.
    pub(super) fn verify_what_is_left(&mut self) {
        let key = format!("{CONFIRMED}:{}", self.appid());
        let up_to = self.tell_store(|store, _| store.setting(&key)).flatten();
        let up_to = ShipmentId(up_to.and_then(|id| id.parse().ok()).unwrap_or(0));
        let now = self.clock.now();
        let is_left =
            |s: &&Arc<Shipment>| s.id > up_to && s.baseline.is_some() && now.since(s.since) < ASKED_AGAIN_FOR;
        let left: Vec<Arc<Shipment>> = self.outbox.newest_first().filter(is_left).cloned().collect();
        for shipment in left {
            self.verify_later(&shipment);
        }
    }

    /// Nothing is left to confirm: an earlier end of the program would have nothing to leave behind.
    pub(super) fn note_confirmed(&mut self) {
        if self.verify.left() > 0 || self.verify.newest == ShipmentId(0) || !self.outbox.is_idle() {
            return;
        }
        let key = format!("{CONFIRMED}:{}", self.appid());
        let newest = std::mem::take(&mut self.verify.newest).0.to_string();
        self.tell_store(|store, _| store.set_setting(&key, &newest));
    }

    /// Reads what is to be confirmed, once everything is sent and the pace allows; the result is when to ask
    /// again.
    pub(super) fn pump_verify(&mut self) -> Option<Timestamp> {
        self.note_confirmed();
        let now = self.clock.now();
        let sending = |outbox: &Outbox| outbox.count("queued").saturating_add(outbox.count("sending")) > 0;
        if self.verify.waiting.is_empty()
            || sending(&self.outbox) && self.outbox.gates.closed(true, now).is_none()
        {
            return None;
        }
        if let Some(at) = self.verify.not_before.filter(|at| now < *at) {
            return Some(at);
        }
        if self.verify.sweep.as_ref().is_some_and(|sweep| sweep.in_flight) || self.reread.is_busy() {
            return None;
        }
        if self.verify.rounds >= ROUNDS {
            // The next reading of these orders, whoever asks for it, still tells when something is wrong.
            let left = self.verify.left();
            self.verify.waiting.clear();
            self.verify.unconfirmed = self.verify.unconfirmed.saturating_add(left);
            self.audit("not_confirmed", &serde_json::json!({ "orders": left }));
            self.dirty.outbox = true;
            return None;
        }
        let few = self.verify.left() <= ONE_BY_ONE || self.book.list_barred;
        if self.verify.sweep.is_none() && few {
            return self.verify_one_by_one(now);
        }
        let client = self.client_for(Api::OrderList).ok()?;
        if let Err(wait) = self.outbox.permit(now, 0) {
            return wait;
        }
        let (query, size) = (self.sweep_query(), self.orders_per_page());
        let sweep = self.verify.sweep.get_or_insert(Sweep {
            query,
            in_flight: false,
            cursor: None,
        });
        sweep.in_flight = true;
        self.jobs
            .sweep(client, sweep.query.clone(), sweep.cursor.clone(), size);
        None
    }

    /// All shipped orders that were paid when those in question were.
    fn sweep_query(&self) -> OrderQuery {
        let known = self.verify.waiting.keys().filter_map(|id| self.book.get(id));
        let paid: Vec<Timestamp> = known.map(|order| order.pay_time).collect();
        OrderQuery {
            state: Some(OrderState::Shipped),
            paid_from: paid.iter().min().copied(),
            paid_to: paid.iter().max().copied(),
            ..OrderQuery::default()
        }
    }

    fn verify_one_by_one(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.verify.rounds = self.verify.rounds.saturating_add(1);
        let orders: HashSet<TransactionId> = self.verify.waiting.keys().cloned().collect();
        self.reread.add(orders);
        self.verify.not_before = Some(now.plus(self.policy.look_again));
        self.pump_reread()
    }

    /// A page of the sweep has come, or not.
    pub(super) fn swept(&mut self, result: Result<OrderPage, CallFailure>) {
        let now = self.now();
        let Some(mut sweep) = self.verify.sweep.take() else {
            return;
        };
        self.dirty.outbox = true;
        match result {
            Ok(page) => {
                self.outbox.learn_clean_read(now.local);
                self.learn_orders(page.orders, now.local);
                if page.next.is_some() && self.verify.left() > 0 {
                    sweep.cursor = page.next;
                    sweep.in_flight = false;
                    self.verify.sweep = Some(sweep);
                } else if self.verify.left() > 0 {
                    self.verify_one_by_one(now.local);
                }
            }
            Err(failure) => {
                let failure = self.learn_barred(failure);
                if self.book.list_barred {
                    self.verify_one_by_one(now.local);
                    return;
                }
                let rest = self.outbox.learn_failure(Api::OrderList, &failure, now);
                self.perform(rest.into_iter().collect());
                self.verify.rounds = self.verify.rounds.saturating_add(1);
                self.verify.not_before = Some(now.local.plus(self.policy.look_again));
            }
        }
    }
}
