//! Whose order it is, when several computers ship for one account: the team's folder is asked before the look
//! of every send. Nothing is sent that the folder does not give us, and nothing while it cannot be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::outbox::{Effect, Flight, Outbox};
use super::quota::Api;
use crate::domain::{
    ClaimAnswer, Claimant, ClaimsTrouble, Decision, Event, Now, Shipment, ShipmentId, State, Timestamp,
    TransactionId, Why, next,
};
use crate::store::JournalEntry;

/// A folder that does not answer is asked again after this part of the quiet time, and then each time after
/// twice as long, up to the quiet time itself.
const FIRST_BACK_OFF: f64 = 1.0 / 12.0;

/// Whether orders are claimed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamMode {
    /// This computer ships alone.
    #[default]
    Alone,
    /// The team key is being looked for: nothing is sent before.
    Starting,
    /// Orders are claimed.
    Claiming,
    /// There is a folder and no key: nothing is sent.
    NoKey,
}

/// What is known of the other computers.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Whether orders are claimed.
    pub mode: TeamMode,
    /// A person said that this session goes on without claims.
    pub overridden: bool,
    /// The folder could not be asked.
    down: Option<Down>,
    /// When the folder was last asked for a shipment; what it said then is worth nothing after the quiet time.
    asked: BTreeMap<ShipmentId, Timestamp>,
    /// Shipments whose claim stands in the journal since the program was started.
    told: BTreeSet<ShipmentId>,
    /// From whom a person takes an order over.
    take_over: BTreeMap<ShipmentId, Claimant>,
    /// Orders that go back to the team just now: asked for again only when that has ended.
    releasing: BTreeSet<TransactionId>,
    /// From when on nothing of the former holder can be under way.
    alone_from: BTreeMap<ShipmentId, Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Down {
    trouble: ClaimsTrouble,
    until: Timestamp,
    tries: u32,
}

impl Team {
    /// A team of which nothing was asked yet.
    pub fn new(mode: TeamMode, overridden: bool) -> Self {
        Self {
            mode,
            overridden,
            ..Self::default()
        }
    }

    /// Orders are claimed before they are sent.
    pub fn asks(&self) -> bool {
        self.mode != TeamMode::Alone && !self.overridden
    }

    /// Why nothing is sent, with the moment of the next try and the number of tries so far.
    pub fn trouble(&self) -> Option<(ClaimsTrouble, Timestamp, u32)> {
        if !self.asks() {
            return None;
        }
        if self.mode == TeamMode::NoKey {
            return Some((ClaimsTrouble::KeyMissing, Timestamp::default(), 0));
        }
        self.down.map(|down| (down.trouble, down.until, down.tries))
    }

    /// A shipment has stopped.
    pub(super) fn forget(&mut self, id: ShipmentId) {
        self.asked.remove(&id);
        self.told.remove(&id);
        self.alone_from.remove(&id);
        self.take_over.remove(&id);
    }
}

impl Outbox {
    /// The team's folder or key has changed, or a person's mind: the folder is asked at once, and what it said
    /// before counts no more.
    pub fn team_is(&mut self, team: &Team) {
        self.team.mode = team.mode;
        self.team.overridden = team.overridden;
        self.team.down = None;
        self.team.asked.clear();
    }

    /// Whether the folder lets a send start.
    ///
    /// # Errors
    /// The moment at which to ask again; `None` when an answer must come first.
    pub(super) fn claims_open(&self, is_send: bool, now: Timestamp) -> Result<(), Option<Timestamp>> {
        if !is_send || !self.team.asks() {
            return Ok(());
        }
        match (self.team.mode, self.team.down) {
            (TeamMode::Starting | TeamMode::NoKey, _) => Err(None),
            (_, Some(down)) if now < down.until => Err(Some(down.until)),
            // One goes first; the others wait for its answer.
            (_, Some(_)) if self.flights.values().any(|flight| *flight == Flight::Claim) => Err(None),
            (TeamMode::Alone | TeamMode::Claiming, _) => Ok(()),
        }
    }

    /// The first step of a shipment that is served: a look, or before a send the question whose it is.
    pub(super) fn first_step(
        &mut self,
        id: ShipmentId,
        order: TransactionId,
        is_send: bool,
        now: Timestamp,
    ) -> Option<Effect> {
        if is_send && self.team.releasing.contains(&order) {
            let mut waits = self
                .shipments
                .get(&id)
                .map(|shipment| Shipment::clone(shipment))?;
            waits.not_before = now.plus(self.policy.first_look);
            self.put(Arc::new(waits));
            return None;
        }
        if is_send && self.team.asks() {
            self.flights.insert(id, Flight::Claim);
            self.team.asked.insert(id, now);
            return Some(Effect::Claim(id, order, self.team.take_over.get(&id).cloned()));
        }
        self.flights.insert(id, Flight::Look);
        self.gates.quotas.spend(Api::GetOrder);
        Some(Effect::Look(id, order))
    }

    /// The order has gone back to the team, or stays ours because something was sent for it.
    pub fn released(&mut self, order: &TransactionId) {
        self.team.releasing.remove(order);
    }

    /// Gives an order back that nothing is to be sent for any more.
    fn release(&mut self, order: TransactionId, effects: &mut Vec<Effect>) {
        if !self.of_order(&order).any(|s| s.state.is_open()) {
            self.team.releasing.insert(order.clone());
            effects.push(Effect::Release(order));
        }
    }

    /// What the folder said was asked for so long ago that a colleague may have taken the order over since.
    pub(super) fn claim_is_old(&self, id: ShipmentId, now: Timestamp) -> bool {
        let asked = self.team.asked.get(&id);
        self.team.asks() && asked.is_none_or(|asked| now.since(*asked) >= self.policy.quiet)
    }

    /// The folder has answered, or cannot.
    pub fn claimed(&mut self, id: ShipmentId, answer: ClaimAnswer, now: Now) -> Vec<Effect> {
        if self.flights.get(&id) != Some(&Flight::Claim) {
            return Vec::new();
        }
        self.flights.remove(&id);
        let Some(shipment) = self.shipments.get(&id).cloned() else {
            return Vec::new();
        };
        self.learn_folder(&answer, now.local);
        let order = shipment.intent.transaction_id().clone();
        let mut effects = Vec::new();
        match answer {
            // It was taken back while the folder was asked.
            ClaimAnswer::Ours { .. } if !may_be_sent(&shipment) => self.release(order, &mut effects),
            ClaimAnswer::Ours { taken_over } => {
                self.team.take_over.remove(&id);
                if self.team.told.insert(id) {
                    let answer = if taken_over { "taken_over" } else { "ours" };
                    let entry = claimed_entry(answer, None);
                    effects.push(Effect::Record(Arc::clone(&shipment), entry));
                }
                let alone_from = self.alone_from(id, taken_over, now.local);
                if now.local < alone_from {
                    let mut waits = Shipment::clone(&shipment);
                    waits.not_before = waits.not_before.max(alone_from);
                    self.put(Arc::new(waits));
                } else if self.gates.closed(true, now.local).is_some() || self.claim_is_old(id, now.local) {
                    self.put(shipment);
                } else {
                    self.gates.quotas.spend(Api::GetOrder);
                    self.flights.insert(id, Flight::Look);
                    effects.push(Effect::Look(id, order));
                }
            }
            ClaimAnswer::Theirs(holder) => {
                if let Ok(after) = next(&shipment, Event::Claimed(holder.clone()), now, &self.policy) {
                    self.put_recorded(after, claimed_entry("theirs", Some(holder)), &mut effects);
                }
            }
            ClaimAnswer::Blocked(_) => self.put(shipment),
        }
        effects
    }

    /// The former holder's last question to the folder was before ours, it sends within the quiet time from
    /// then or asks again, and what it sends has landed within another.
    fn alone_from(&mut self, id: ShipmentId, taken_over: bool, now: Timestamp) -> Timestamp {
        if !taken_over {
            return now;
        }
        let wait = self.policy.quiet.saturating_mul(2);
        *self.team.alone_from.entry(id).or_insert_with(|| now.plus(wait))
    }

    fn learn_folder(&mut self, answer: &ClaimAnswer, now: Timestamp) {
        let ClaimAnswer::Blocked(trouble) = answer else {
            self.team.down = None;
            return;
        };
        // Questions that were under way when it went down say nothing new.
        if let Some(down) = self.team.down.filter(|down| now < down.until) {
            self.team.down = Some(Down {
                trouble: *trouble,
                ..down
            });
            return;
        }
        let tries = self.team.down.map_or(0, |down| down.tries);
        let factor = FIRST_BACK_OFF * f64::from(1_u32 << tries.min(8));
        let wait = self.policy.quiet.mul_f64(factor.min(1.0));
        self.team.down = Some(Down {
            trouble: *trouble,
            until: now.plus(wait),
            tries: tries.saturating_add(1),
        });
    }

    /// A person has decided about a shipment: from whom an order is taken over, and what goes back to the team.
    pub(super) fn team_follows(
        &mut self,
        before: &Shipment,
        after: &Shipment,
        decision: Option<Decision>,
        effects: &mut Vec<Effect>,
    ) {
        if let (State::NeedsPerson(Why::ClaimedElsewhere(holder)), Some(Decision::TakeOver)) =
            (&before.state, decision)
        {
            self.team.take_over.insert(before.id, holder.clone());
        }
        let unsent = before.upload_time.is_none() && after.upload_time.is_none();
        if after.state == State::Cancelled && unsent && self.team.mode != TeamMode::Alone {
            self.release(after.intent.transaction_id().clone(), effects);
        }
    }
}

fn may_be_sent(shipment: &Shipment) -> bool {
    matches!(shipment.state, State::Queued | State::Waiting)
}

fn claimed_entry(answer: &str, holder: Option<Claimant>) -> JournalEntry {
    JournalEntry::Claimed {
        answer: answer.to_owned(),
        holder,
    }
}

#[cfg(test)]
#[path = "outbox_claims_tests.rs"]
mod tests;
