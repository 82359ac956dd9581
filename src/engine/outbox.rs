//! Which shipment is looked at or sent next, and what each answer means for it. No input or output: what
//! happened goes in, effects come out, and whoever performs them commits every [`Effect::Record`] before a
//! later effect of the same list. This is the core that simulations run in virtual time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub use super::gate::Gates;
pub use super::outbox_claims::{Team, TeamMode};
use super::outbox_combined::Ready;
use super::outbox_orders::ByOrder;
use super::pace::{Limits, Pace, Sign};
use super::quota::Api;
use crate::domain::{
    CallFailure, Claimant, Event, Look, Now, Order, Policy, Shipment, ShipmentId, State, Timestamp,
    TransactionId, Why, next,
};
use crate::store::JournalEntry;
use crate::wechat::{Upload, upload_body};

/// What the engine must do now, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Make this durable before anything that follows.
    Record(Arc<Shipment>, JournalEntry),
    /// Ask the team's folder for the order, before its look; or take it over from a colleague.
    Claim(ShipmentId, TransactionId, Option<Claimant>),
    /// Give the order back to the team, unless something was ever sent for it.
    Release(TransactionId),
    /// Read the order.
    Look(ShipmentId, TransactionId),
    /// Send exactly these bytes, once.
    Upload(ShipmentId, Vec<u8>),
    /// Send exactly these bytes, once, for all of these together.
    UploadCombined(Vec<ShipmentId>, Vec<u8>),
    /// Keep over restarts that a call rests until this moment of WeChat's clock.
    Pause(Api, Timestamp),
    /// The order as it was read, for the local list.
    Seen(Box<Order>),
}

/// What is in flight for a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flight {
    Claim,
    Look,
    Upload,
}

/// The shipments of one account that are open or stopped, and the order in which they are served.
#[derive(Debug)]
pub struct Outbox {
    pub(super) policy: Policy,
    /// When this run began.
    pub(super) began: Timestamp,
    pub(super) pace: Pace,
    /// Why nothing is sent, if so.
    pub gates: Gates,
    /// The computers that ship for the same account.
    pub team: Team,
    /// The order that the guided probe works on: nothing else may be sent for it.
    pub probed: Option<TransactionId>,
    pub(super) shipments: BTreeMap<ShipmentId, Arc<Shipment>>,
    pub(super) by_order: ByOrder,
    pub(super) flights: BTreeMap<ShipmentId, Flight>,
    /// Members of combined orders that wait for the others.
    pub(super) ready: BTreeMap<ShipmentId, Ready>,
    /// May be served now: unclear ones first, then by deadline.
    due: BTreeSet<(bool, Timestamp, ShipmentId)>,
    /// May be served later.
    later: BTreeSet<(Timestamp, ShipmentId)>,
    counts: HashMap<&'static str, usize>,
    /// Changed since the last snapshot.
    changed: BTreeSet<ShipmentId>,
}

impl Outbox {
    /// An empty outbox.
    pub fn new(policy: Policy, limits: Limits, now: Timestamp) -> Self {
        Self {
            policy,
            began: now,
            pace: Pace::new(limits, now),
            gates: Gates::default(),
            team: Team::default(),
            probed: None,
            shipments: BTreeMap::new(),
            by_order: ByOrder::default(),
            flights: BTreeMap::new(),
            ready: BTreeMap::new(),
            due: BTreeSet::new(),
            later: BTreeSet::new(),
            counts: HashMap::new(),
            changed: BTreeSet::new(),
        }
    }

    /// Takes what an earlier run left. Whatever was being sent is unclear from now on (D7).
    pub fn restart(&mut self, left: Vec<Shipment>, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let was_sending = |s: &Shipment| matches!(s.state, State::Sending | State::Unclear(_));
        let doubtful: BTreeSet<ShipmentId> = left.iter().filter(|s| was_sending(s)).map(|s| s.id).collect();
        let restarted = |shipment| next(&shipment, Event::Restarted, now, &self.policy).unwrap_or(shipment);
        let mut left: Vec<Shipment> = left.into_iter().map(restarted).collect();
        for shipment in &mut left {
            self.wait_anew(shipment);
        }
        self.leave_alone(&mut left, Some(now.local));
        for after in left.into_iter().map(Arc::new) {
            if doubtful.contains(&after.id) {
                effects.push(Effect::Record(Arc::clone(&after), JournalEntry::Restarted));
            }
            self.put(after);
        }
        effects
    }

    /// Takes new shipments that are already in the journal.
    pub fn add(&mut self, shipments: impl IntoIterator<Item = Shipment>) {
        let mut shipments: Vec<Shipment> = shipments.into_iter().collect();
        self.leave_alone(&mut shipments, None);
        for shipment in shipments {
            self.put(Arc::new(shipment));
        }
    }

    /// One shipment.
    pub fn get(&self, id: ShipmentId) -> Option<&Arc<Shipment>> {
        self.shipments.get(&id)
    }

    /// All shipments that it holds, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Arc<Shipment>> {
        self.shipments.values().rev()
    }

    /// How many shipments are in a state, by its word.
    pub fn count(&self, word: &str) -> usize {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// Nothing is open any more.
    pub fn is_idle(&self) -> bool {
        ["queued", "waiting", "sending", "unclear"]
            .iter()
            .all(|word| self.count(word) == 0)
    }

    /// Calls per second at which it works now.
    pub fn per_sec(&self) -> f64 {
        self.pace.per_sec()
    }

    /// The breaker is open until this moment.
    pub fn recovering_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.pace.broken_until(now)
    }

    /// The shipments that changed since the last call.
    pub fn take_changed(&mut self) -> BTreeSet<ShipmentId> {
        std::mem::take(&mut self.changed)
    }

    /// Calls are under way.
    pub fn in_flight(&self) -> usize {
        self.flights.len()
    }

    /// Starts what may be started now; the second value is when to ask again, if nothing happens before.
    pub fn pump(&mut self, now: Now) -> (Vec<Effect>, Option<Timestamp>) {
        self.gates.quotas.see(now);
        let mut effects = self.rest_in_time(now);
        let now = now.local;
        while let Some(&(at, id)) = self.later.first().filter(|(at, _)| *at <= now) {
            self.later.remove(&(at, id));
            if let Some(shipment) = self.shipments.get(&id) {
                self.due.insert(due_key(shipment));
            }
        }
        let mut again = self.later.first().map(|(at, _)| *at);
        let mut sooner = |at: Timestamp| again = Some(again.map_or(at, |known: Timestamp| known.min(at)));
        while let Some(&key) = self.due.first() {
            let (is_send, _, id) = key;
            if let Some(closed_until) = self.gates.closed(is_send, now) {
                closed_until.into_iter().for_each(&mut sooner);
                break;
            }
            let open = self.claims_open(is_send, now);
            if let Err(wait) = open.and_then(|()| self.pace.take(now, self.flights.len())) {
                wait.into_iter().for_each(&mut sooner);
                break;
            }
            self.due.remove(&key);
            let order = self.shipments.get(&id).map(|s| s.intent.transaction_id().clone());
            effects.extend(order.and_then(|order| self.first_step(id, order, is_send, now)));
        }
        (effects, again)
    }

    /// A look has ended.
    pub fn looked(&mut self, id: ShipmentId, result: Result<Order, CallFailure>, now: Now) -> Vec<Effect> {
        if self.flights.get(&id) != Some(&Flight::Look) {
            return Vec::new(); // the answer to a look that nobody waits for any more
        }
        self.flights.remove(&id);
        let Some(shipment) = self.shipments.get(&id).cloned() else {
            return Vec::new();
        };
        let order = match result {
            Ok(order) => order,
            Err(failure) => return self.look_failed(&shipment, &failure, now),
        };
        self.pace.learn(Sign::Clean, now.local);
        let look = Look::of(&order, now.local);
        let mut effects = vec![Effect::Seen(Box::new(order))];
        let sends = matches!(shipment.state, State::Queued | State::Waiting);
        if sends && (self.gates.closed(true, now.local).is_some() || self.claim_is_old(id, now.local)) {
            // Paused while the look was on its way: what it showed will be old by the time we go on. The same
            // holds for what the team's folder said.
            self.put(shipment);
            return effects;
        }
        let finish_count = look.finish_count;
        let payer = look.payer.clone();
        let Ok(mut after) = next(&shipment, Event::Looked(look), now, &self.policy) else {
            return effects;
        };
        let entry = JournalEntry::Looked {
            verdict: after.state.word().to_owned(),
            finish_count,
        };
        if after.state != State::Sending {
            self.put_recorded(after, entry, &mut effects);
            return effects;
        }
        if after.intent.combined().is_some() {
            self.member_looked(&shipment, after, payer, now, &mut effects);
            return effects;
        }
        let upload_time = after.upload_time.unwrap_or(now.server);
        let body = upload_body(&after.intent, &payer, upload_time);
        let sha256 = hex_sha256(&body);
        if after.body_sha256.as_ref().is_some_and(|known| *known != sha256) {
            // The record is not what was sent before: a changed byte must not reach WeChat.
            after.state = State::NeedsPerson(Why::RecordDamaged);
            self.put_recorded(after, entry, &mut effects);
            return effects;
        }
        after.body_sha256 = Some(sha256.clone());
        let attempt = after.attempts;
        let entry = JournalEntry::Sending {
            attempt,
            body_sha256: sha256,
            upload_time,
        };
        self.flights.insert(id, Flight::Upload);
        self.pace.spend();
        self.gates.quotas.spend(Api::Upload);
        self.put_recorded(after, entry, &mut effects);
        effects.push(Effect::Upload(id, body));
        effects
    }

    fn look_failed(&mut self, shipment: &Arc<Shipment>, failure: &CallFailure, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        effects.extend(self.learn_failure(Api::GetOrder, failure, now));
        let event = Event::LookFailed(failure.kind.clone());
        let Ok(after) = next(shipment, event, now, &self.policy) else {
            return effects;
        };
        if after.state == shipment.state && after.wait_steps == shipment.wait_steps {
            self.put(Arc::new(after)); // only its next moment moved: nothing worth a commit
        } else {
            self.put_recorded(
                after,
                JournalEntry::LookFailed {
                    failure: failure.clone(),
                },
                &mut effects,
            );
        }
        effects
    }

    /// An upload has ended.
    pub fn answered(&mut self, id: ShipmentId, upload: Upload, now: Now) -> Vec<Effect> {
        self.flights.remove(&id);
        let Some(shipment) = self.shipments.get(&id).cloned() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        effects.extend(self.learn_answer(Api::Upload, &upload.answer, now));
        let entry = |class: &State| JournalEntry::Answered {
            class: class.word().to_owned(),
            errcode: upload.errcode,
            http_status: upload.http_status,
            rid: upload.rid.clone(),
            millis: upload.millis,
        };
        match next(&shipment, Event::Answered(upload.answer), now, &self.policy) {
            Ok(after) => {
                let entry = entry(&after.state);
                self.put_recorded(after, entry, &mut effects);
            }
            Err(_not_sending) => self.put(shipment),
        }
        effects
    }

    pub(super) fn put_recorded(
        &mut self,
        shipment: Shipment,
        entry: JournalEntry,
        effects: &mut Vec<Effect>,
    ) {
        let shipment = Arc::new(shipment);
        effects.push(Effect::Record(Arc::clone(&shipment), entry));
        self.put(shipment);
    }

    /// The numbers of the shipments that have ended.
    pub(super) fn ended_ids(&self) -> Vec<ShipmentId> {
        let ended = self.shipments.values().filter(|s| !s.state.is_open());
        ended.map(|shipment| shipment.id).collect()
    }

    /// Lets go of shipments that have ended and are in the journal no more.
    pub(super) fn forget(&mut self, gone: &[ShipmentId]) {
        for id in gone {
            let Some(shipment) = self.shipments.remove(id) else {
                continue;
            };
            self.by_order.remove(&shipment);
            if let Some(count) = self.counts.get_mut(shipment.state.word()) {
                *count = count.saturating_sub(1);
            }
        }
    }

    pub(super) fn put(&mut self, shipment: Arc<Shipment>) {
        let id = shipment.id;
        if let Some(before) = self.shipments.get(&id) {
            self.due.remove(&due_key(before));
            self.later.remove(&(before.not_before, id));
            if let Some(count) = self.counts.get_mut(before.state.word()) {
                *count = count.saturating_sub(1);
            }
        }
        let count = self.counts.entry(shipment.state.word()).or_default();
        *count = count.saturating_add(1);
        if shipment.state.is_open() && !self.flights.contains_key(&id) && shipment.state != State::Sending {
            // Asked again at its moment; `pump` moves it to `due` when that has come.
            self.later.insert((shipment.not_before, id));
        }
        if !shipment.state.is_open() {
            self.team.forget(id);
            self.ready.remove(&id);
        }
        self.changed.insert(id);
        self.by_order.add(&shipment);
        self.shipments.insert(id, shipment);
    }
}

/// Unclear shipments are served first, because a look costs little and ends a doubt; then by deadline.
fn due_key(shipment: &Shipment) -> (bool, Timestamp, ShipmentId) {
    let is_send = !matches!(shipment.state, State::Unclear(_));
    (is_send, shipment.deadline, shipment.id)
}

/// Lower-case hex SHA-256.
pub fn hex_sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    sha2::Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            if write!(hex, "{byte:02x}").is_err() {
                hex.clear(); // writing to a String cannot fail
            }
            hex
        })
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
pub(super) mod tests;
