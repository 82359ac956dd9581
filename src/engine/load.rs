//! What the journal and the caches hold for an account, read when work with it begins.

use super::ahead::first;
use super::errands::Errands;
use super::order_book::OrderBook;
use super::outbox::Outbox;
use super::quota::Api;
use super::reread::Reread;
use super::run::{Engine, limits};
use super::verify::Verify;
use crate::domain::{CallFailure, CourierList, FailureKind, State};
use crate::wechat::Client;

impl Engine {
    /// Writes down what a person did, for the history. Never holds a secret or a phone number.
    pub(super) fn audit(&mut self, what: &str, details: &serde_json::Value) {
        let at = self.clock.now();
        self.note_deed(what, details);
        crate::step::at("before-audit");
        self.tell_store(|store, appid| store.append_audit(appid, at, what, details));
        crate::step::at("after-audit");
        self.history_grew();
    }

    /// The client, when there is one and today's quota of the call is not used up.
    pub(super) fn client_for(&self, api: Api) -> Result<Client, CallFailure> {
        let client = self
            .client
            .clone()
            .ok_or(CallFailure::of(FailureKind::NoCredentials))?;
        match self.outbox.rests_until(api, self.clock.now()) {
            Some(_until) => Err(CallFailure::of(FailureKind::DailyQuota)),
            None => Ok(client),
        }
    }

    /// A read of one order for a person failed: only a used-up quota says something about the next ones.
    pub(super) fn learn_used_up(&mut self, failure: &CallFailure) {
        if failure.kind == FailureKind::DailyQuota {
            let now = self.now();
            let rest = self.outbox.learn_failure(Api::GetOrder, failure, now);
            self.perform(rest.into_iter().collect());
        }
    }

    /// Reads what the journal and the caches hold for the current account.
    pub(super) fn load_account_data(&mut self) {
        let now = self.now();
        let limits = limits(&self.config, self.pace, &self.policy);
        let failed = self.outbox.gates.store_failed; // the process that lost a write stays stopped
        self.outbox = Outbox::new(self.policy, limits, now.local);
        self.outbox.gates.quarantine_until = self.quarantine_until;
        self.outbox.gates.store_failed = failed;
        self.outbox.team = self.team.for_outbox();
        self.book = OrderBook::default();
        self.watch.forget_counts();
        self.dirty.watch = true;
        self.reread = Reread::default();
        self.forget_history();
        self.verify = Verify::default();
        self.shipped_now = 0;
        self.left_holding = None;
        self.errands = Errands::default();
        self.dirty.errands = true;
        self.load_shopping();
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
            self.use_couriers(CourierList::new(list));
            self.couriers_built_in = false;
        }
        let pauses = self
            .tell_store(|store, appid| store.pauses(appid))
            .unwrap_or_default();
        for pause in pauses {
            if let Some(api) = Api::of_path(&pause.api) {
                self.outbox.gates.quotas.keep(api, pause.until, now);
            }
        }
        let stopped = self
            .tell_store(|store, appid| store.recent_shipments(appid, 1000))
            .unwrap_or_default();
        self.outbox
            .add(stopped.into_iter().filter(|shipment| !shipment.state.is_open()));
        let open = self
            .tell_store(|store, appid| store.open_shipments(appid))
            .unwrap_or_default();
        crate::step::at("before-restart");
        // After a recovery even the command line's "go on" counts only when it was said in sight of that.
        let recovered = self.recovered.is_some();
        self.load_errands();
        let left = !open.is_empty() || !self.errands.is_idle();
        let interrupted = left && (recovered || !self.config.resume_at_start);
        let effects = self.outbox.restart(open, now);
        self.left_holding = first(self.outbox.newest_first(), |state| *state == State::Queued);
        self.outbox.gates.interrupted = interrupted;
        self.outbox.take_changed();
        self.perform(effects);
        crate::step::at("after-restart");
        self.verify_what_is_left();
        self.reopen_batch();
    }
}
