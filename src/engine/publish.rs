//! What the shells see: parts that changed are built anew, the others keep their `Arc`.

use std::sync::Arc;

use super::ahead::{Ahead, first, secs_for};
use super::quota::Api;
use super::run::Engine;
use super::snapshot::{BatchView, CallsLeft, Gate, Outbox as OutboxView, Session, Snapshot};
use crate::domain::{Pause, Shipment, State, Timestamp};
use crate::wechat::Quota;

/// Shipments in the outbox's list at most.
const SHOWN: usize = 1000;

/// Which parts of the snapshot are out of date.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each part of the snapshot")]
pub(super) struct Dirty {
    pub(super) session: bool,
    pub(super) orders: bool,
    pub(super) open: bool,
    pub(super) outbox: bool,
    pub(super) batch: bool,
    pub(super) couriers: bool,
    pub(super) preferences: bool,
    pub(super) watch: bool,
    pub(super) errands: bool,
    pub(super) events: bool,
    pub(super) pay: bool,
    pub(super) shopping: bool,
    pub(super) history: bool,
    pub(super) diagnostics: bool,
}

impl Dirty {
    /// Everything.
    pub(super) fn all(&mut self) {
        *self = Self {
            session: true,
            orders: true,
            open: true,
            outbox: true,
            batch: true,
            couriers: true,
            preferences: true,
            watch: true,
            errands: true,
            events: true,
            pay: true,
            shopping: true,
            history: true,
            diagnostics: true,
        };
    }

    /// Something is out of date.
    pub(super) fn any(self) -> bool {
        self.session
            || self.orders
            || self.open
            || self.outbox
            || self.batch
            || self.couriers
            || self.preferences
            || self.watch
            || self.errands
            || self.events
            || self.pay
            || self.shopping
            || self.history
            || self.diagnostics
    }
}

impl Engine {
    /// Brings the snapshot up to date and gives it out.
    pub(super) fn publish(&mut self) {
        let dirty = std::mem::take(&mut self.dirty);
        if !dirty.any() {
            return;
        }
        let mut snapshot: Snapshot = self.shown.clone();
        if dirty.session {
            snapshot.session = Arc::new(self.session_view());
        }
        if dirty.orders {
            snapshot.orders = Arc::new(self.book.view(self.reread.awaited()));
        }
        if dirty.open {
            snapshot.open_order = Arc::new(self.open.clone());
        }
        if dirty.outbox {
            snapshot.outbox = Arc::new(self.outbox_view());
        }
        if dirty.batch {
            snapshot.batch = self.import.as_ref().map(|import| {
                Arc::new(BatchView {
                    picks: import.picks(&self.couriers),
                    preset: import.preset_view(&self.presets),
                    ..import.view()
                })
            });
        }
        if dirty.couriers {
            snapshot.couriers = Arc::clone(&self.couriers);
        }
        if dirty.preferences {
            snapshot.preferences = Arc::new(self.preferences.clone());
            snapshot.mappings = self.mappings.list().into();
        }
        if dirty.watch {
            snapshot.watch = Arc::new(self.watch.view());
        }
        if dirty.errands {
            snapshot.errands = Arc::new(self.errands.view());
        }
        if dirty.pay {
            snapshot.pay = Arc::new(self.pay.view());
        }
        if dirty.shopping {
            snapshot.shopping = Arc::new(self.shopping.view());
        }
        if dirty.events {
            snapshot.events = Arc::new(self.events.view(self.door.view()));
        }
        if dirty.diagnostics {
            snapshot.diagnostics = Arc::new(self.diagnostics.view());
        }
        if dirty.history {
            snapshot.history = Arc::new(self.history_view());
        }
        crate::step::at("before-publish");
        self.shown = snapshot.clone();
        self.snapshots.send_replace(snapshot);
        (self.wake)();
    }

    fn session_view(&self) -> Session {
        Session {
            sandbox: self.config.sandbox,
            other_server: self.config.base_url.clone(),
            data_dir: self.config.data_dir.clone(),
            recovered: self.recovered.clone(),
            synced_by: self.opened.synced_by,
            accounts: self.accounts.clone(),
            current: self.current,
            has_secret: self.has_secret,
            key_store: self.key_store.clone(),
            doctor: self.doctor.clone(),
            clock_skew_secs: self
                .offset_millis()
                .map(|millis| millis.saturating_neg().checked_div(1000).unwrap_or_default()),
            couriers_built_in: self.couriers_built_in,
            team: self.team.view(),
            data: self.data_view(),
        }
    }

    fn outbox_view(&self) -> OutboxView {
        let now = self.clock.now();
        let outbox = &self.outbox;
        let holding = self.import.as_ref().and_then(|import| import.holding_until);
        let holding = holding.or(self.left_holding);
        let gate = outbox.gates.shown(now, holding, outbox.recovering_until(now));
        let idle = outbox.is_idle() && self.errands.is_idle();
        // An empty outbox that is paused or interrupted has nothing to say.
        let gate = if idle && matches!(gate, Gate::Interrupted | Gate::Holding { .. }) {
            Gate::Open
        } else {
            gate
        };
        // What a person did or must repair comes first; the folder holds back the shipments that would be sent now.
        let gate = match outbox.team.trouble().filter(|_| !outbox.is_idle()) {
            Some((trouble, until, tries)) if matches!(gate, Gate::Open | Gate::Holding { .. }) => {
                Gate::Claims {
                    trouble,
                    until,
                    tries,
                }
            }
            _ => gate,
        };
        let left = outbox.count("queued").saturating_add(outbox.count("sending"));
        let per_sec = outbox.per_sec();
        let remaining = (left > 0).then(|| secs_for(left, per_sec));
        let urgent = |s: &&Arc<Shipment>| {
            matches!(
                s.state,
                State::NeedsPerson(_) | State::Rejected(_) | State::Unclear(_)
            )
        };
        // No further than to the last one: an outbox is long, and few of it are urgent.
        let urgent_count = ["needs_person", "rejected", "unclear"].map(|word| outbox.count(word));
        let urgent_count = urgent_count.into_iter().fold(0, usize::saturating_add);
        let first = outbox.newest_first().filter(urgent).take(urgent_count);
        let rest = outbox.newest_first().filter(|s| !urgent(s));
        OutboxView {
            gate,
            queued: outbox.count("queued"),
            waiting: outbox.count("waiting"),
            sending: outbox.count("sending"),
            unclear: outbox.count("unclear"),
            needs_person: outbox.count("needs_person"),
            rejected: outbox.count("rejected"),
            shipped: self.shipped_now,
            shipped_held: outbox.count("shipped"),
            cancelled: outbox.count("cancelled"),
            confirmed: self.verify.confirmed,
            to_confirm: self.verify.left(),
            unconfirmed: self.verify.unconfirmed,
            rows: first.chain(rest).take(SHOWN).cloned().collect(),
            calls_per_sec: per_sec,
            remaining_secs: remaining,
            uploads_left: outbox.quota_left(Api::Upload).map(calls_left),
            reads_left: outbox.quota_left(Api::GetOrder).map(calls_left),
            ahead: self.ahead(now),
        }
    }

    fn ahead(&self, now: Timestamp) -> Ahead {
        let outbox = &self.outbox;
        let rests = outbox.gates.closed(false, now).flatten();
        let no_quota = rests.map(|until| (until, Pause::DailyQuota));
        let no_answer = || {
            let until = outbox.recovering_until(now)?;
            Some((until, Pause::NoAnswer))
        };
        let first = |word: &str, is: fn(&State) -> bool| {
            // Nothing is looked for of which there is none.
            let some = outbox.count(word) > 0;
            some.then(|| first(outbox.newest_first(), is)).flatten()
        };
        Ahead {
            policy: self.policy,
            next_look: first("unclear", |state| matches!(state, State::Unclear(_))),
            next_ask: first("waiting", |state| *state == State::Waiting),
            next_send: first("queued", |state| *state == State::Queued),
            looks_closed: no_quota.or_else(no_answer),
        }
    }
}

fn calls_left(quota: Quota) -> CallsLeft {
    CallsLeft {
        remain: quota.remain.max(0),
        daily_limit: quota.daily_limit,
    }
}
