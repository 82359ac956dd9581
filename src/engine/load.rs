//! What the journal and the caches hold for an account, read when work with it begins.

use std::sync::Arc;

use super::order_book::OrderBook;
use super::outbox::{Gates, Outbox};
use super::reread::Reread;
use super::run::{Engine, limits};
use crate::domain::CourierList;

impl Engine {
    /// Writes down what a person did, for the history. Never holds a secret or a phone number.
    pub(super) fn audit(&mut self, what: &str, details: &serde_json::Value) {
        let at = self.clock.now();
        self.tell_store(|store, appid| store.append_audit(appid, at, what, details));
    }

    /// Reads what the journal and the caches hold for the current account.
    pub(super) fn load_account_data(&mut self) {
        let now = self.now();
        let limits = limits(&self.config, &self.policy);
        let failed = self.outbox.gates.store_failed; // the process that lost a write stays stopped
        self.outbox = Outbox::new(self.policy, limits, now.local);
        self.outbox.gates.quarantine_until = self.quarantine_until;
        self.outbox.gates.store_failed = failed;
        self.outbox.team = self.team.for_outbox();
        self.book = OrderBook::default();
        self.reread = Reread::default();
        self.shipped_now = 0;
        if self.account().is_none() {
            return;
        }
        let orders = self
            .tell_store(|store, appid| store.all_orders(appid))
            .unwrap_or_default();
        for (order, at) in orders {
            self.book.put([order], at);
        }
        if let Some((list, _)) = self.tell_store(|store, appid| store.couriers(appid)).flatten() {
            self.couriers = Arc::new(CourierList::new(list));
            self.couriers_built_in = false;
        }
        let pause = self
            .tell_store(|store, appid| store.pauses(appid))
            .unwrap_or_default();
        let until = pause.into_iter().map(|pause| pause.until).max();
        self.outbox.gates.day_until = until.map(|until| Gates::kept_pause(until, now.local));
        let stopped = self
            .tell_store(|store, appid| store.recent_shipments(appid, 1000))
            .unwrap_or_default();
        self.outbox
            .add(stopped.into_iter().filter(|shipment| !shipment.state.is_open()));
        let open = self
            .tell_store(|store, appid| store.open_shipments(appid))
            .unwrap_or_default();
        let interrupted = !open.is_empty() && !self.config.resume_at_start;
        let effects = self.outbox.restart(open, now);
        self.outbox.gates.interrupted = interrupted;
        self.outbox.take_changed();
        self.perform(effects);
        self.reopen_batch();
    }
}
