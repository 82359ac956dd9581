//! Which errand is looked at or sent next, and what is known of all of them. No input or output, as the outbox; apart
//! from it because errands have no parcels, no claims and no deadline, and nothing is found of them afterwards.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::domain::{
    Decision, Errand, ErrandEvent, ErrandId, ErrandKind, ErrandState, InvalidTransition, JumpPath, Now,
    Policy, Timestamp, TransactionId, next_errand,
};

/// Errands that ended and are shown.
pub(super) const SHOWN: usize = 20_000;

/// What a person asks about errands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrandCommand {
    /// Remind the buyers of these orders, or report the orders as special.
    Run {
        /// The orders.
        orders: Vec<TransactionId>,
        /// What is asked of WeChat for each of them.
        kind: ErrandKind,
    },
    /// Take back one that was not sent yet.
    Cancel(ErrandId),
    /// Take back every one that was not sent yet.
    CancelAll,
    /// Decide about one that stopped.
    Decide(ErrandId, Decision),
    /// Set the page of the Mini Program that messages open, for the whole account.
    SetJumpPath(String),
}

/// What a person sees of the errands.
#[derive(Clone, Debug, Default)]
pub struct ErrandsView {
    /// Those that are open or wait for a person, and the newest that ended; newest first.
    pub rows: Arc<[Arc<Errand>]>,
    /// On their way: queued, being sent or unclear.
    pub open: usize,
    /// For a person.
    pub needs_person: usize,
    /// The orders whose reminder is used, as far as this program knows.
    pub reminded: Arc<HashSet<TransactionId>>,
    /// The page that messages open.
    pub jump_path: JumpPath,
}

/// What is under way for an errand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flight {
    Look,
    Send,
}

/// The errands of one account.
#[derive(Debug, Default)]
pub(super) struct Errands {
    list: BTreeMap<ErrandId, Arc<Errand>>,
    flights: BTreeMap<ErrandId, Flight>,
    /// May be served from this moment on; doubts first, because a look costs little.
    looks: BTreeSet<(Timestamp, ErrandId)>,
    sends: BTreeSet<(Timestamp, ErrandId)>,
    reminded: Arc<HashSet<TransactionId>>,
    pub(super) jump_path: JumpPath,
    pub(super) jump_in_flight: bool,
    /// Ended since there was nothing under way: done, and not done.
    pub(super) ended: (usize, usize),
}

impl Errands {
    /// Takes what an earlier run left; the result must be recorded.
    pub(super) fn restart(
        &mut self,
        left: Vec<Errand>,
        reminded: HashSet<TransactionId>,
        now: Now,
        policy: &Policy,
    ) -> Vec<Arc<Errand>> {
        self.reminded = Arc::new(reminded);
        let mut changed = Vec::new();
        for errand in left {
            let doubtful = matches!(errand.state, ErrandState::Sending | ErrandState::Unclear(_));
            let after = next_errand(&errand, ErrandEvent::Restarted, now, policy);
            let after = Arc::new(after.unwrap_or(errand));
            if doubtful {
                changed.push(Arc::clone(&after));
            }
            self.put(after);
        }
        changed
    }

    /// One errand.
    pub(super) fn get(&self, id: ErrandId) -> Option<&Arc<Errand>> {
        self.list.get(&id)
    }

    /// Calls under way.
    pub(super) fn in_flight(&self) -> usize {
        self.flights
            .len()
            .saturating_add(usize::from(self.jump_in_flight))
    }

    /// Sends whose answer is awaited.
    pub(super) fn sends_in_flight(&self) -> usize {
        let sends = self.flights.values().filter(|flight| **flight == Flight::Send);
        sends.count().saturating_add(usize::from(self.jump_in_flight))
    }

    /// Nothing is open.
    pub(super) fn is_idle(&self) -> bool {
        self.looks.is_empty() && self.sends.is_empty() && self.flights.is_empty()
    }

    /// The next one that may be looked at; `sends`: also those that are sent after the look. The moment is when the
    /// first of them may be.
    pub(super) fn next_due(&self, sends: bool) -> Option<(Timestamp, ErrandId)> {
        let first = self.looks.first().copied();
        if !sends {
            return first;
        }
        [first, self.sends.first().copied()].into_iter().flatten().min()
    }

    /// Something of it is under way.
    pub(super) fn fly(&mut self, id: ErrandId, flight: Flight) {
        self.unlist(id);
        self.flights.insert(id, flight);
    }

    /// What was under way for it has ended; `false` when nothing was.
    pub(super) fn landed(&mut self, id: ErrandId, flight: Flight) -> bool {
        self.flights.get(&id) == Some(&flight) && self.flights.remove(&id).is_some()
    }

    /// Its call was not made after all, or must be made again at this moment.
    pub(super) fn again_at(&mut self, id: ErrandId, at: Timestamp) {
        self.flights.remove(&id);
        if let Some(errand) = self.list.get(&id) {
            let mut errand = Errand::clone(errand);
            errand.not_before = errand.not_before.max(at);
            self.put(Arc::new(errand));
        }
    }

    /// A person asks to go on: what waits in line may be looked at now.
    pub(super) fn wake(&mut self, now: Timestamp) {
        let waiting: Vec<ErrandId> = self.sends.iter().map(|(_, id)| *id).collect();
        for id in waiting {
            if let Some(errand) = self.list.get(&id).filter(|errand| errand.not_before > now) {
                let mut errand = Errand::clone(errand);
                errand.not_before = now;
                self.unlist(id);
                self.put(Arc::new(errand));
            }
        }
    }

    /// What it becomes when something happens to it; nothing is changed yet.
    pub(super) fn next(
        &self,
        id: ErrandId,
        event: ErrandEvent,
        now: Now,
        policy: &Policy,
    ) -> Result<Errand, InvalidTransition> {
        let gone = || InvalidTransition {
            state: "gone",
            event: "asked",
        };
        let errand = self.list.get(&id).ok_or_else(gone)?;
        let by_person = matches!(event, ErrandEvent::Cancelled | ErrandEvent::Decided(_));
        let after = next_errand(errand, event, now, policy)?;
        let busy = by_person && self.flights.contains_key(&id);
        let other = after.state.is_open() && self.taken(&after);
        if busy || other { Err(gone()) } else { Ok(after) }
    }

    /// Another one of its family is open for its order.
    fn taken(&self, errand: &Errand) -> bool {
        self.list.values().any(|other| {
            other.id != errand.id
                && other.state.is_open()
                && other.transaction_id == errand.transaction_id
                && other.kind.family() == errand.kind.family()
        })
    }

    /// Takes an errand as it stands now.
    pub(super) fn put(&mut self, errand: Arc<Errand>) {
        self.unlist(errand.id);
        if !self.flights.contains_key(&errand.id) {
            let key = (errand.not_before, errand.id);
            match errand.state {
                ErrandState::Queued => drop(self.sends.insert(key)),
                ErrandState::Unclear(_) => drop(self.looks.insert(key)),
                ErrandState::Sending
                | ErrandState::Done(_)
                | ErrandState::Refused(_)
                | ErrandState::Stopped(_)
                | ErrandState::NeedsPerson(_)
                | ErrandState::Cancelled => {}
            }
        }
        let done = matches!(errand.state, ErrandState::Done(_));
        if done && errand.kind.is_reminder() && !self.reminded.contains(&errand.transaction_id) {
            Arc::make_mut(&mut self.reminded).insert(errand.transaction_id.clone());
        }
        self.list.insert(errand.id, errand);
    }

    fn unlist(&mut self, id: ErrandId) {
        if let Some(before) = self.list.get(&id) {
            let key = (before.not_before, id);
            self.looks.remove(&key);
            self.sends.remove(&key);
        }
    }

    /// All that were not sent yet.
    pub(super) fn queued(&self) -> Vec<ErrandId> {
        let queued = self.list.values().filter(|errand| {
            errand.state == ErrandState::Queued
                && errand.attempts == 0
                && !self.flights.contains_key(&errand.id)
        });
        queued.map(|errand| errand.id).collect()
    }

    /// What a person sees.
    pub(super) fn view(&self) -> ErrandsView {
        let count =
            |is: fn(&ErrandState) -> bool| self.list.values().filter(|errand| is(&errand.state)).count();
        let stands = |errand: &&Arc<Errand>| {
            errand.state.is_open() || matches!(errand.state, ErrandState::NeedsPerson(_))
        };
        let newest = || self.list.values().rev();
        let ended = newest().filter(|errand| !stands(errand)).take(SHOWN);
        ErrandsView {
            rows: newest().filter(stands).chain(ended).cloned().collect(),
            open: count(ErrandState::is_open),
            needs_person: count(|state| matches!(state, ErrandState::NeedsPerson(_))),
            reminded: Arc::clone(&self.reminded),
            jump_path: self.jump_path.clone(),
        }
    }
}
