//! The team's folder in virtual time: one file for each order, made by whoever is first. It may be away, an
//! answer may be lost although the file was made, and a computer may die or sleep between the two.

use std::collections::BTreeMap;

use fahuo::domain::{ClaimAnswer, Claimant, ClaimsTrouble, ShipmentId, Timestamp, TransactionId};
use fahuo::engine::outbox::{Team, TeamMode};
use fahuo::store::JournalEntry;

use super::mutants::Mutant;
use super::rng::Rng;
use super::run::{Event, Run};

/// As in `engine/team.rs`.
const LIMIT: i64 = 5_000;

/// The folder. It has its own chance, so that the schedules without it stay as they are.
pub struct Folder {
    pub rng: Rng,
    held: BTreeMap<usize, (u64, bool)>,
    away: Vec<(i64, i64)>,
}

/// A question to the folder.
pub struct Question {
    pub desk: usize,
    pub boot: u32,
    pub shipment: ShipmentId,
    pub order: usize,
    pub folder_id: u64,
    pub from: Option<Claimant>,
}

impl Folder {
    /// Whether the computers of this schedule claim, and what happens to their folder.
    pub fn of(seed: u64, desks: usize, mutant: Mutant, start: i64, until: i64) -> Option<Self> {
        let mut rng = Rng::new(seed ^ 0x7EA3_0000);
        if desks < 2 || mutant == Mutant::NoLock || !rng.chance(600) {
            return None;
        }
        let mut away = Vec::new();
        for _ in 0..rng.pick(&[0, 0, 1, 2, 4]) {
            let from = start + rng.between(0, until);
            away.push((from, from + rng.between(100, 60_000)));
        }
        Some(Self {
            rng,
            held: BTreeMap::new(),
            away,
        })
    }

    fn is_away(&self, now: i64) -> Option<i64> {
        let end = |(from, until): &(i64, i64)| (*from <= now && now < *until).then_some(*until);
        self.away.iter().filter_map(end).max()
    }

    fn claim(&mut self, question: &Question, mutant: Mutant) -> ClaimAnswer {
        if mutant == Mutant::NoClaim {
            return ClaimAnswer::Ours { taken_over: false };
        }
        let holder = |id: u64| Claimant {
            pc: format!("desk {id}"),
            operator: String::new(),
            since: Timestamp::default(),
            folder_id: id.to_string(),
        };
        let known = self.held.get(&question.order).copied();
        match known {
            Some((id, taken_over)) if id == question.folder_id => ClaimAnswer::Ours {
                taken_over: taken_over && mutant != Mutant::TakeNow,
            },
            Some((id, _)) if question.from.as_ref() != Some(&holder(id)) => ClaimAnswer::Theirs(holder(id)),
            Some(_) | None => {
                let taken_over = known.is_some();
                self.held.insert(question.order, (question.folder_id, taken_over));
                ClaimAnswer::Ours {
                    taken_over: taken_over && mutant != Mutant::TakeNow,
                }
            }
        }
    }
}

impl Run {
    /// What a program that starts knows of its team.
    pub fn team(&self) -> Team {
        let mode = if self.folder.is_some() {
            TeamMode::Claiming
        } else {
            TeamMode::Alone
        };
        Team::new(mode, false)
    }

    /// A program asks the folder.
    pub fn ask(&mut self, desk: usize, id: ShipmentId, order: &TransactionId, from: Option<Claimant>) {
        let order = self.order_of(order);
        let Some(folder) = &mut self.folder else { return };
        let latency = folder.rng.between(1, 300);
        let question = Question {
            desk,
            boot: self.desks[desk].boots,
            shipment: id,
            order,
            folder_id: self.desks[desk].folder_id,
            from,
        };
        self.at(self.now + latency, Event::Asked(Box::new(question)));
    }

    /// The question reaches the folder, also when whoever asked has died.
    pub fn asked(&mut self, question: &Question) {
        let (now, mutant) = (self.now, self.mutant);
        let Some(folder) = &mut self.folder else { return };
        let (desk, boot, id) = (question.desk, question.boot, question.shipment);
        let (answer, moment) = if let Some(until) = folder.is_away(now) {
            if folder.rng.chance(300) {
                folder.claim(question, mutant); // it is made although nobody is told
            }
            self.owe(until + 120_000);
            (ClaimAnswer::Blocked(ClaimsTrouble::Unreachable), now + LIMIT)
        } else {
            let answer = folder.claim(question, mutant);
            let latency = folder.rng.between(1, 300);
            (answer, now + latency)
        };
        if matches!(answer, ClaimAnswer::Ours { taken_over: true }) {
            self.owe(moment + 240_000); // nothing is sent before the other one has nothing under way
        }
        self.say(|| format!("desk {desk} asks for order {}: {answer:?}", question.order));
        self.at(moment, Event::Claimed(desk, boot, id, answer));
    }

    /// A program gives an order back, unless something was ever sent for it.
    pub fn release(&mut self, desk: usize, id: &TransactionId) {
        let disk = &self.desks[desk].journal.disk;
        let of_order = |id: &ShipmentId| disk.shipments[id].intent.transaction_id();
        let sent = disk
            .lines
            .iter()
            .filter(|line| matches!(&*line.entry, JournalEntry::Sending { .. }))
            .any(|line| of_order(&line.shipment) == id);
        let order = self.order_of(id);
        let boot = self.desks[desk].boots;
        let folder_id = self.desks[desk].folder_id;
        let Some(folder) = &mut self.folder else { return };
        let latency = if sent { 0 } else { folder.rng.between(1, 5_000) };
        self.at(
            self.now + latency,
            Event::Released(desk, boot, order, (!sent).then_some(folder_id)),
        );
    }

    /// The folder has it back.
    pub fn released(&mut self, desk: usize, order: usize, folder_id: Option<u64>, alive: bool) {
        if let (Some(folder), Some(id)) = (&mut self.folder, folder_id)
            && folder.held.get(&order).is_some_and(|(holder, _)| *holder == id)
        {
            folder.held.remove(&order);
        }
        let id = self.server.orders[order].id.clone();
        if let Some(process) = self.desks[desk].process.as_mut().filter(|_| alive) {
            process.outbox.released(&id);
        }
    }
}
