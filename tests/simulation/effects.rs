//! What the engine does with the core's effects: records first, then calls, with a death possible between any
//! two of them. Follows `engine/run.rs`.

use std::sync::Arc;

use fahuo::domain::{Shipment, State, Timestamp, TransactionId, Why};
use fahuo::engine::outbox::Effect;
use fahuo::engine::quota::Api;
use fahuo::store::JournalEntry;

use super::journal::Failed;
use super::mutants::Mutant;
use super::run::{Event, Run};

impl Run {
    /// WeChat has said that the quota of a call is used up (I8). Clocks that jump between runs are left out: until
    /// the first answer of a run only the computer's own clock is there.
    fn told_to_rest(&mut self, desk: usize, api: Api) {
        const NOISE: i64 = 1_000;
        let place = &mut self.desks[desk];
        let known = place.process.as_ref().is_some_and(|process| process.offset_known);
        if known && self.scenario.clock_jumps == 0 {
            let midnight = Timestamp::from_millis(self.now - NOISE).next_china_midnight();
            place.journal.rests.insert(api, midnight.millis() - NOISE);
        }
    }

    /// A call leaves that must rest.
    pub fn must_rest(&mut self, desk: usize, api: Api) {
        let until = self.desks[desk].journal.rests.get(&api).copied();
        if until.is_some_and(|until| self.now < until) {
            self.violated(
                "I8",
                format!("desk {desk}: {api:?} although its quota is used up"),
            );
        }
    }

    /// Deaths come more often where they hurt: around a send, and just after a doubt.
    fn dies(&mut self, hurts: bool) -> bool {
        let chance = self.scenario.crash * if hurts { 3 } else { 1 };
        self.troubled() && self.rng.chance(chance)
    }

    /// Starts what may be started.
    pub fn pump(&mut self, desk: usize) {
        let now = self.now;
        let Some(process) = &mut self.desks[desk].process else {
            return;
        };
        let (effects, again) = process.outbox.pump(process.now(now));
        if let Some(again) = again {
            let moment = process.true_time(again).max(now + 1);
            if process.next_pump.is_none_or(|known| moment < known) {
                process.next_pump = Some(moment);
                let boot = self.desks[desk].boots;
                self.at(moment, Event::Pump(desk, boot));
            }
        }
        if !effects.is_empty() {
            self.perform(desk, effects);
        }
    }

    /// Performs effects as the engine does: all records in one commit, and only then the calls.
    pub fn perform(&mut self, desk: usize, effects: Vec<Effect>) {
        if self.desks[desk].process.is_none() {
            return;
        }
        let mut records = Vec::new();
        let mut rest = Vec::new();
        for effect in effects {
            match effect {
                Effect::Record(shipment, entry) => records.push((shipment, entry)),
                Effect::Look(..)
                | Effect::Upload(..)
                | Effect::UploadCombined(..)
                | Effect::Pause(..)
                | Effect::Seen(_)
                | Effect::Claim(..)
                | Effect::Release(_) => {
                    rest.push(effect);
                }
            }
        }
        let sends = rest.iter().any(|effect| matches!(effect, Effect::Upload(..)));
        let doubts =
            |(shipment, _): &(Arc<Shipment>, JournalEntry)| matches!(shipment.state, State::Unclear(_));
        let hurts = sends || records.iter().any(doubts);
        let mut written = true;
        if !records.is_empty() {
            if self.dies(hurts) {
                return self.crash(desk, "before a record");
            }
            written = self.commit(desk, records, sends);
            if self.dies(hurts) {
                return self.crash(desk, "after a record");
            }
        }
        for effect in rest {
            match effect {
                Effect::Look(id, order) => self.look(desk, id, &order),
                Effect::Claim(id, order, from) => self.ask(desk, id, &order, from),
                Effect::Release(order) => self.release(desk, &order),
                Effect::Upload(id, body) if written => self.send(desk, id, body),
                Effect::Pause(api, until) => {
                    self.desks[desk].journal.disk.pauses.insert(api, until);
                    self.told_to_rest(desk, api);
                }
                // No scenario has combined orders.
                Effect::Record(..) | Effect::Upload(..) | Effect::UploadCombined(..) | Effect::Seen(_) => {}
            }
        }
        self.follow(desk, written);
        if sends && self.dies(true) {
            self.crash(desk, "with an upload on the wire");
        }
    }

    fn commit(&mut self, desk: usize, records: Vec<(Arc<Shipment>, JournalEntry)>, sends: bool) -> bool {
        let full = self.troubled() && self.rng.chance(self.scenario.store_faults);
        let owner = self.desks[desk].owner;
        for (shipment, entry) in &records {
            let id = shipment.intent.transaction_id();
            self.say(|| {
                format!(
                    "desk {desk} records {id} {:?} {}: {entry:?}",
                    shipment.id,
                    shipment.state.word()
                )
            });
        }
        if full {
            self.say(|| format!("desk {desk} cannot write"));
            self.store_failed(desk);
            return false;
        }
        let told: Vec<(usize, usize)> = records
            .iter()
            .filter(|(shipment, _)| tells_of_others(&shipment.state))
            .map(|(shipment, _)| (owner, self.order_of(shipment.intent.transaction_id())))
            .collect();
        self.desks[desk].journal.write(records);
        if self.mutant == Mutant::LateIntent && sends {
            return true; // it will be synced with the next commit
        }
        match self.desks[desk].journal.sync() {
            Ok(()) => self.reported.extend(told),
            Err(Failed::Path(path)) => self.violated("I9", path),
            Err(Failed::OrderTaken) if self.desks[desk].journal.behind => {
                self.store_failed(desk);
                return false;
            }
            Err(Failed::OrderTaken) => self.violated("I5", "two open shipments of one order".into()),
            Err(Failed::UnknownShipment) => self.violated("I9", "a record of an unknown shipment".into()),
        }
        true
    }

    /// Nothing more is sent until the program is started anew, which a person does soon.
    fn store_failed(&mut self, desk: usize) {
        self.desks[desk].journal.behind = true;
        if let Some(process) = &mut self.desks[desk].process {
            process.outbox.gates.store_failed = true;
        }
        let (boot, moment) = (self.desks[desk].boots, self.now + self.rng.between(500, 60_000));
        self.at(moment, Event::Crash(desk, boot));
    }

    /// The index of an order.
    pub fn order_of(&self, id: &TransactionId) -> usize {
        self.server
            .orders
            .iter()
            .position(|order| order.id == *id)
            .unwrap_or(0)
    }

    /// What the window would show is what the journal holds (I10).
    fn follow(&mut self, desk: usize, written: bool) {
        let now = self.now;
        let late = self.mutant == Mutant::LateIntent;
        let mut owed = now;
        let mut wrong = None;
        let place = &mut self.desks[desk];
        let Some(process) = &mut place.process else {
            return;
        };
        if let Some(until) = process.outbox.recovering_until(process.local(now)) {
            owed = owed.max(process.true_time(until));
        }
        for api in Api::ALL {
            if let Some(until) = process.outbox.rests_until(api, process.local(now)) {
                // Not more than a day, whatever the clock says.
                owed = owed.max(process.true_time(until).min(now + 86_400_000 + 300_000));
            }
        }
        let changed = process.outbox.take_changed();
        for id in changed {
            let Some(shipment) = process.outbox.get(id) else {
                continue;
            };
            if shipment.state == State::Waiting {
                owed = owed.max(process.true_time(shipment.not_before));
            }
            let kept = place.journal.disk.shipments.get(&id);
            let same = kept.is_some_and(|kept| kept.state == shipment.state);
            if written && !same && !late && !process.outbox.gates.store_failed {
                wrong = Some(format!(
                    "{id:?}: shown {:?}, kept {:?}",
                    shipment.state,
                    kept.map(|k| &k.state)
                ));
            }
        }
        self.owe(owed);
        if let Some(wrong) = wrong {
            self.violated("I10", wrong);
        }
    }
}

/// The states that tell a person that others had a hand in the order.
pub fn tells_of_others(state: &State) -> bool {
    match state {
        State::NeedsPerson(why) => matches!(
            why,
            Why::ShippedElsewhere
                | Why::Ambiguous
                | Why::Unproven
                | Why::Race
                | Why::TimeNotAccepted
                | Why::StateUnknown
                | Why::ClaimedElsewhere(_)
        ),
        State::Rejected(_) => true,
        State::Queued
        | State::Waiting
        | State::Sending
        | State::Unclear(_)
        | State::Shipped { .. }
        | State::Cancelled => false,
    }
}
