//! Errands become deeds: each is in the journal before it is looked at, `sending` there before a byte leaves, and
//! recorded with its answer before anything else is done about it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::Notice;
use super::clock::Age;
use super::command::ErrandCommand;
use super::errands::{Errands, Flight, SHOWN};
use super::jobs::JobDone;
use super::quota::Api;
use super::run::Engine;
use crate::domain::{
    CallFailure, Errand, ErrandEvent, ErrandId, ErrandKind, ErrandState, ErrandWhy, Order, OrderKey,
    Timestamp, TransactionId,
};
use crate::store::ErrandQueued;
use crate::wechat::{Upload, errand_body};

/// As many looks are asked for at once.
const IN_FLIGHT: usize = 4;
/// A look that was asked for longer ago shows what was true before the computer slept.
const OLD_LOOK: Duration = Duration::from_secs(25);

/// The quota that an errand is counted in.
fn api_of(kind: ErrandKind) -> Api {
    match kind {
        ErrandKind::Remind { .. } => Api::Remind,
        ErrandKind::PreSale { .. } | ErrandKind::TestOrder => Api::Report,
    }
}

/// The write that follows the look of an errand, if one does.
fn written_by(errand: &Errand) -> Option<Api> {
    (errand.state == ErrandState::Queued).then(|| api_of(errand.kind))
}

/// What the history keeps of a command.
pub(super) fn audited(command: &ErrandCommand) -> (&'static str, serde_json::Value) {
    match command {
        ErrandCommand::Run { orders, kind } => (
            "errands",
            json!({ "errand": kind, "orders": orders.len(), "first": orders.first() }),
        ),
        ErrandCommand::Cancel(id) => ("errand_cancelled", json!({ "errand": id })),
        ErrandCommand::CancelAll => ("errands_cancelled", json!({})),
        ErrandCommand::Decide(id, decision) => {
            ("errand_decided", json!({ "errand": id, "decision": decision }))
        }
        ErrandCommand::SetJumpPath(path) => ("jump_path", json!({ "path": path })),
    }
}

impl Engine {
    /// A person asks for something.
    pub(super) fn errand_command(&mut self, command: ErrandCommand) {
        match command {
            ErrandCommand::Run { orders, kind } => self.queue_errands(&orders, kind),
            ErrandCommand::Cancel(id) => self.ask_errand(id, ErrandEvent::Cancelled),
            ErrandCommand::CancelAll => self.cancel_errands(),
            ErrandCommand::Decide(id, decision) => self.ask_errand(id, ErrandEvent::Decided(decision)),
            ErrandCommand::SetJumpPath(path) => self.set_jump_path(&path),
        }
    }

    /// Queues an errand for these orders. What the local list shows to be impossible is refused at once, with its
    /// reason; the look before the send decides about the rest.
    fn queue_errands(&mut self, orders: &[TransactionId], kind: ErrandKind) {
        let now = self.now();
        let mut refused = Vec::new();
        let mut wanted = Vec::new();
        for order in orders {
            let known = self.book.get(order);
            let why = match known.map(|order| kind.check(order, now.server)) {
                Some(Err(why)) => Some(why),
                Some(Ok(())) | None => None,
            };
            let shipping = !kind.is_reminder() && self.outbox.has_open(order);
            match why.or(shipping.then_some(ErrandWhy::UnderWay)) {
                Some(why) => refused.push((order.clone(), why)),
                None if wanted.contains(order) => {}
                None => wanted.push(order.clone()),
            }
        }
        crate::step::at("before-errands-queued");
        let answers = self.tell_store(|store, appid| store.queue_errands(appid, &wanted, kind, now.local));
        crate::step::at("after-errands-queued");
        let Some(answers) = answers else { return };
        let mut queued: usize = 0;
        for (order, answer) in wanted.into_iter().zip(answers) {
            match answer {
                ErrandQueued::New(id) => {
                    queued = queued.saturating_add(1);
                    self.timeline_grew(&order);
                    self.errands
                        .put(Arc::new(Errand::queued(id, order, kind, now.local)));
                }
                ErrandQueued::UnderWay => refused.push((order, ErrandWhy::UnderWay)),
                ErrandQueued::Reminded => refused.push((order, ErrandWhy::Reminded)),
            }
        }
        self.dirty.errands = true;
        self.say(Notice::ErrandsQueued {
            kind,
            queued,
            refused,
        });
    }

    /// A person takes back or decides.
    fn ask_errand(&mut self, id: ErrandId, event: ErrandEvent) {
        let now = self.now();
        match self.errands.next(id, event, now, &self.policy) {
            Ok(after) => drop(self.record_errand(after, None)),
            Err(late) => self.say(Notice::TooLate(late)),
        }
    }

    /// Takes back every errand that was not sent yet.
    fn cancel_errands(&mut self) {
        let ids = self.errands.queued();
        let mut count: usize = 0;
        for id in ids {
            let now = self.now();
            if let Ok(after) = self.errands.next(id, ErrandEvent::Cancelled, now, &self.policy)
                && self.record_errand(after, None)
            {
                count = count.saturating_add(1);
            }
        }
        self.say(Notice::Cancelled(count));
    }

    /// Makes it durable, with the answer that led there, and goes on with it. `false`: it could not be written, and
    /// stays as it was.
    fn record_errand(&mut self, after: Errand, raw: Option<&str>) -> bool {
        crate::step::at("before-errand-recorded");
        let written = self.tell_store(|store, appid| store.record_errands(appid, &[&after], raw));
        crate::step::at("after-errand-recorded");
        if written.is_none() {
            return false;
        }
        self.history_grew();
        let end = match after.state {
            ErrandState::Done(_) => Some((1, 0)),
            ErrandState::Refused(_) | ErrandState::Stopped(_) | ErrandState::NeedsPerson(_) => Some((0, 1)),
            ErrandState::Queued | ErrandState::Sending | ErrandState::Unclear(_) | ErrandState::Cancelled => {
                None
            }
        };
        let order = after.transaction_id.clone();
        self.errands.put(Arc::new(after));
        self.dirty.errands = true;
        self.timeline_grew(&order);
        if let Some((done, not)) = end {
            let ended = &mut self.errands.ended;
            *ended = (ended.0.saturating_add(done), ended.1.saturating_add(not));
        }
        if self.errands.is_idle() && self.errands.ended != (0, 0) {
            let (done, stopped) = std::mem::take(&mut self.errands.ended);
            self.say(Notice::ErrandsDone { done, stopped });
        }
        true
    }

    /// Starts what may be started now; the result is when to ask again.
    pub(super) fn pump_errands(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        let mut sends = true;
        while let Some((at, id)) = self.errands.next_due(sends) {
            if at > now {
                return Some(at);
            }
            if self.errands.in_flight() >= IN_FLIGHT {
                return None; // the next answer comes back here
            }
            let errand = Arc::clone(self.errands.get(id)?);
            let is_send = errand.state == ErrandState::Queued;
            if let Some(closed) = self.outbox.gates.closed_to(written_by(&errand), now) {
                if !is_send {
                    return closed;
                }
                match closed {
                    // Its own quota rests: the others need not wait for it.
                    Some(until) if until > now => self.errands.again_at(id, until),
                    Some(_) | None => sends = false,
                }
                continue;
            }
            if is_send && !errand.kind.is_reminder() && self.outbox.has_open(&errand.transaction_id) {
                self.errands.again_at(id, now.plus(self.policy.look_again));
                continue;
            }
            let client = self.client.clone()?;
            if let Err(wait) = self.outbox.permit(now, self.errands.in_flight()) {
                return wait;
            }
            self.errands.fly(id, Flight::Look);
            let order = errand.transaction_id.clone();
            crate::step::at("before-errand-look");
            self.jobs.spawn(async move {
                let age = Age::begin();
                let result = client.read_order_once(&OrderKey::Transaction(order)).await;
                JobDone::ErrandLooked(id, Box::new(result), age)
            });
        }
        None
    }

    /// The look of an errand has ended.
    pub(super) fn errand_looked(
        &mut self,
        id: ErrandId,
        result: Result<(Order, String), CallFailure>,
        age: Age,
    ) {
        let now = self.now();
        if !self.errands.landed(id, Flight::Look) {
            return;
        }
        let Some(errand) = self.errands.get(id).cloned() else {
            return;
        };
        let is_send = errand.state == ErrandState::Queued;
        let event = match result {
            Ok((order, raw)) => {
                self.raw.orders.insert(order.transaction_id.clone(), raw);
                self.outbox.learn_clean_read(now.local);
                self.learn_orders(vec![order.clone()], now.local);
                if age.span() > OLD_LOOK
                    || (is_send
                        && self
                            .outbox
                            .gates
                            .closed_to(written_by(&errand), now.local)
                            .is_some())
                {
                    self.errands.again_at(id, now.local);
                    return;
                }
                ErrandEvent::Looked(Box::new(order))
            }
            Err(failure) => {
                let rest = self.outbox.learn_failure(Api::GetOrder, &failure, now);
                self.perform(rest.into_iter().collect());
                ErrandEvent::LookFailed(failure.kind)
            }
        };
        let Ok(after) = self.errands.next(id, event, now, &self.policy) else {
            self.errands.again_at(id, now.local.plus(self.policy.look_again));
            return;
        };
        if after.state == errand.state && after.waits == errand.waits {
            self.errands.put(Arc::new(after)); // only its next moment moved: nothing worth a commit
            return;
        }
        let (kind, order) = (after.kind, after.transaction_id.clone());
        let sends = after.state == ErrandState::Sending;
        // What could not be written down is not sent.
        if !self.record_errand(after, None) {
            self.errands.again_at(id, now.local.plus(self.policy.look_again));
            return;
        }
        if sends && let Some(client) = self.client.clone() {
            self.errands.fly(id, Flight::Send);
            let body = errand_body(kind, &order);
            crate::step::at("before-errand-sent");
            self.jobs
                .spawn(async move { JobDone::ErrandSent(id, client.errand(kind, &body).await) });
        }
    }

    /// An errand was answered, or not.
    pub(super) fn errand_sent(&mut self, id: ErrandId, upload: Upload) {
        crate::step::at("after-errand-answer");
        let now = self.now();
        if !self.errands.landed(id, Flight::Send) {
            return;
        }
        let Some(kind) = self.errands.get(id).map(|errand| errand.kind) else {
            return;
        };
        let rest = self.outbox.learn_answer(api_of(kind), &upload.answer, now);
        self.perform(rest.into_iter().collect());
        let event = ErrandEvent::Answered(upload.answer);
        if let Ok(after) = self.errands.next(id, event, now, &self.policy) {
            self.record_errand(after, upload.raw.as_deref());
        }
    }

    /// Reads what an earlier run left.
    pub(super) fn load_errands(&mut self) {
        let now = self.now();
        let mut errands = Errands::default();
        let left = self
            .tell_store(|store, appid| store.errands(appid, SHOWN))
            .unwrap_or_default();
        let reminded = self
            .tell_store(|store, appid| store.reminded(appid))
            .unwrap_or_default();
        let changed = errands.restart(left, reminded, now, &self.policy);
        let changed: Vec<&Errand> = changed.iter().map(AsRef::as_ref).collect();
        if !changed.is_empty() {
            self.tell_store(|store, appid| store.record_errands(appid, &changed, None));
        }
        errands.jump_path = self.load_jump_path();
        self.errands = errands;
        self.dirty.errands = true;
    }
}
