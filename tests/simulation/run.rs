//! One schedule in virtual time: the queue of what will happen, and one step after the other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use fahuo::domain::{CallFailure, ClaimAnswer, Order, PlannedShipment, ShipmentId, Timestamp};

use super::claims::Folder;
use super::desk::{Desk, Shown};
use super::journal::{Disk, Journal};
use super::mutants::Mutant;
use super::rng::Rng;
use super::scenario::Scenario;
use super::server::Server;
use super::wire::Request;

/// Nothing may take longer than this.
const LIMIT: i64 = 3 * 86_400_000;

/// What will happen at a moment.
pub enum Event {
    Boot(usize),
    Crash(usize, u32),
    /// The computer sleeps for a while.
    Sleep(usize, i64),
    Pump(usize, u32),
    /// A read reaches the server.
    Served(usize, u32, ShipmentId, Box<super::wire::ReadFate>),
    /// A question reaches the team's folder.
    Asked(Box<super::claims::Question>),
    Claimed(usize, u32, ShipmentId, ClaimAnswer),
    /// An order goes back to the team.
    Released(usize, u32, usize, Option<u64>),
    Looked(
        usize,
        u32,
        ShipmentId,
        Box<Result<Order, CallFailure>>,
        Option<Shown>,
    ),
    /// An upload reaches the server.
    Arrives(usize),
    Answered(usize, u32, ShipmentId, usize),
    Import(usize, File),
    /// A file is sent: computer, start, which opening of a file, what, and for how long it is held.
    Send(usize, u32, u64, Vec<PlannedShipment>, i64),
    Visit(usize),
    Backup(usize),
    Foreign(usize),
    Moves(usize, i64),
}

/// A file that a person opens.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Which tracking numbers stand in it.
    pub edition: u32,
    /// Parcels that come in parts are all in it.
    pub whole: bool,
    /// The person allows the correction.
    pub reship: bool,
}

/// Something that must never happen.
#[derive(Clone, Debug)]
pub struct Violation {
    /// `I1` and so on, as in reliability 2.9.
    pub invariant: &'static str,
    pub text: String,
}

struct Entry(i64, u64, Event);

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}

/// One schedule.
pub struct Run {
    pub rng: Rng,
    pub scenario: Scenario,
    pub mutant: Mutant,
    pub now: i64,
    pub server: Server,
    /// The computers claim their orders in it.
    pub folder: Option<Folder>,
    pub desks: Vec<Desk>,
    pub requests: Vec<Request>,
    pub violations: Vec<Violation>,
    /// Orders of which an owner was told that others have a hand in them.
    pub reported: BTreeSet<(usize, usize)>,
    /// Lines of the journal whose upload has left.
    pub left: BTreeSet<(u64, u64)>,
    /// Until here something may still be owed to faults, pauses and people.
    pub owed_until: i64,
    /// The last moment at which something was open.
    pub busy_at: i64,
    pub lineages: u64,
    pub corrections: u32,
    queue: BinaryHeap<Reverse<Entry>>,
    queued: u64,
    /// Events that a quiet world no longer has.
    pending: usize,
    trace: bool,
    pub counts: BTreeMap<&'static str, u64>,
}

impl Run {
    /// The schedule of a seed, to its end.
    pub fn of(seed: u64, mutant: Mutant, trace: bool) -> Self {
        let mut rng = Rng::new(seed);
        let mut scenario = Scenario::of(&mut rng);
        if mutant == Mutant::NoLock {
            scenario.desks = 2;
        }
        let start = scenario.start;
        let mut run = Self {
            folder: Folder::of(seed, scenario.desks, mutant, start, scenario.faults_until),
            server: Server::new(&scenario.orders, scenario.rules, start),
            rng,
            mutant,
            now: start,
            desks: Vec::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            reported: BTreeSet::new(),
            left: BTreeSet::new(),
            owed_until: start,
            busy_at: start,
            lineages: 0,
            corrections: 0,
            queue: BinaryHeap::new(),
            queued: 0,
            pending: 0,
            trace,
            counts: BTreeMap::new(),
            scenario,
        };
        run.say(|| format!("{:?}", run_scenario(seed)));
        run.prepare();
        run.go();
        for desk in 0..run.desks.len() {
            run.refresh(desk); // the next reading tells what no answer could
        }
        super::checks::at_the_end(&mut run);
        run
    }

    fn prepare(&mut self) {
        let start = self.scenario.start;
        for desk in 0..self.scenario.desks {
            let shared = self.mutant == Mutant::NoLock;
            let fresh = self.rng.chance(100);
            let wall_shift = self.rng.between(-3_000, 3_000);
            let age = if fresh { 0 } else { 86_400_000 };
            let created = Timestamp::from_millis(start + wall_shift - age);
            self.lineages += 1;
            let mut journal = Journal::new(Disk::new(self.lineages, created));
            journal.unguarded = matches!(self.mutant, Mutant::NoGuard | Mutant::Reimport);
            let edition = if desk > 0 && self.rng.chance(300) { 7 } else { 0 };
            self.desks.push(Desk {
                owner: if shared { 0 } else { desk },
                folder_id: self.lineages,
                journal,
                backups: Vec::new(),
                boots: 0,
                process: None,
                wall_shift,
                edition,
                wakes_at: start,
                openings: 0,
                died_at: start,
                lost_at: if fresh { start } else { i64::MIN / 2 },
            });
            let boot = start + self.rng.between(0, 5_000) + if shared && desk > 0 { 15_000 } else { 0 };
            self.at(boot, Event::Boot(desk));
            self.plan_person(desk, boot);
            for _ in 0..self.scenario.random_crashes {
                let moment = start + self.rng.between(0, self.scenario.faults_until);
                self.at(moment, Event::Crash(desk, u32::MAX));
            }
            for _ in 0..self.scenario.sleeps {
                let moment = start + self.rng.between(0, self.scenario.faults_until);
                let span = self.rng.between(1_000, 600_000);
                self.at(moment, Event::Sleep(desk, span));
            }
            if self.scenario.disasters > 0 {
                for _ in 0..3 {
                    let moment = start + self.rng.between(0, self.scenario.faults_until);
                    self.at(moment, Event::Backup(desk));
                }
            }
        }
        let plans = self.scenario.orders.clone();
        for (order, plan) in plans.iter().enumerate() {
            if let Some(after) = plan.foreign_at {
                self.at(start + after, Event::Foreign(order));
            }
            if let Some(after) = plan.refund_at {
                self.at(start + after, Event::Moves(order, 5));
            }
            if let Some(after) = plan.confirm_at {
                self.at(start + after, Event::Moves(order, 3));
            }
        }
    }

    /// Something will happen.
    pub fn at(&mut self, moment: i64, event: Event) {
        if !matches!(event, Event::Pump(..) | Event::Visit(_)) {
            self.pending += 1;
        }
        self.queued += 1;
        self.queue
            .push(Reverse(Entry(moment.max(self.now), self.queued, event)));
    }

    /// Things may still go wrong.
    pub fn troubled(&self) -> bool {
        self.now < self.scenario.start + self.scenario.faults_until
    }

    /// Until a moment, delays are somebody else's fault.
    pub fn owe(&mut self, until: i64) {
        self.owed_until = self.owed_until.max(until);
    }

    /// Notes a violation; the first one is what is shown.
    pub fn violated(&mut self, invariant: &'static str, text: String) {
        if !self.mutant.is_judged_by(invariant) {
            return;
        }
        self.say(|| format!("VIOLATED {invariant}: {text}"));
        self.violations.push(Violation { invariant, text });
    }

    /// Says what happens, when somebody reads it.
    pub fn say(&self, what: impl FnOnce() -> String) {
        if self.trace {
            let secs = (self.now - self.scenario.start) as f64 / 1000.0;
            eprintln!("{secs:>10.3}  {}", what());
        }
    }

    fn go(&mut self) {
        while let Some(Reverse(Entry(moment, _, event))) = self.queue.pop() {
            if !matches!(event, Event::Pump(..) | Event::Visit(_)) {
                self.pending -= 1;
            }
            self.now = moment;
            if let Some(wakes_at) = self.asleep(&event) {
                self.at(wakes_at, event);
                continue;
            }
            if !self.violations.is_empty() || self.now > self.scenario.start + LIMIT {
                return;
            }
            self.step(event);
            if !self.is_idle() {
                self.busy_at = self.now;
            }
            if self.pending == 0 && !self.troubled() && self.is_idle() {
                return;
            }
        }
    }

    /// Every program runs and has nothing open.
    pub fn is_idle(&self) -> bool {
        self.desks.iter().all(|desk| {
            let quiet = |p: &super::desk::Process| p.outbox.is_idle() && p.outbox.in_flight() == 0;
            desk.process.as_ref().is_some_and(quiet)
        })
    }

    /// What happens in a computer that sleeps, happens when it wakes.
    fn asleep(&self, event: &Event) -> Option<i64> {
        let (Event::Crash(desk, _)
        | Event::Pump(desk, _)
        | Event::Looked(desk, ..)
        | Event::Answered(desk, ..)
        | Event::Claimed(desk, ..)
        | Event::Import(desk, _)
        | Event::Send(desk, ..)
        | Event::Visit(desk)) = event
        else {
            return None;
        };
        let wakes_at = self.desks[*desk].wakes_at;
        (self.now < wakes_at).then_some(wakes_at)
    }

    fn alive(&self, desk: usize, boot: u32) -> bool {
        self.desks[desk].process.is_some() && self.desks[desk].boots == boot
    }

    fn step(&mut self, event: Event) {
        match event {
            Event::Boot(desk) => self.boot(desk),
            Event::Crash(desk, boot) => {
                if boot == u32::MAX || self.desks[desk].boots == boot {
                    self.crash(desk, "at any time");
                }
            }
            Event::Sleep(desk, span) => {
                self.desks[desk].wakes_at = self.now + span;
                self.owe(self.now + span + 70_000);
                self.say(|| format!("desk {desk} sleeps {} s", span / 1000));
            }
            Event::Pump(desk, boot) => {
                if self.alive(desk, boot) {
                    if let Some(process) = &mut self.desks[desk].process {
                        process.next_pump = None;
                    }
                    self.pump(desk);
                }
            }
            Event::Served(desk, boot, id, fate) => {
                if self.alive(desk, boot) {
                    self.serve(desk, id, &fate);
                }
            }
            Event::Looked(..) | Event::Answered(..) | Event::Claimed(..) => self.take_group(event),
            Event::Asked(question) => self.asked(&question),
            Event::Released(desk, boot, order, folder_id) => {
                let alive = self.alive(desk, boot);
                self.released(desk, order, folder_id, alive);
            }
            Event::Arrives(request) => self.arrives(request),
            Event::Import(desk, file) => self.import(desk, file),
            Event::Send(desk, boot, opening, planned, hold) => {
                // A file that was opened later has taken its place.
                if self.alive(desk, boot) && self.desks[desk].openings == opening {
                    self.enqueue(desk, &planned, hold);
                }
            }
            Event::Visit(desk) => self.visit(desk),
            Event::Backup(desk) => {
                let copy = self.desks[desk].journal.disk.clone();
                self.desks[desk].backups.push(copy);
            }
            Event::Foreign(order) => {
                let done = self.server.foreign(order, self.now);
                self.say(|| format!("somebody else ships order {order}: {done}"));
            }
            Event::Moves(order, state) => {
                self.server.moves_to(order, state, self.now);
                self.say(|| format!("order {order} moves to {state}"));
            }
        }
    }

    /// Answers that come close together are recorded in one commit, as the engine does it.
    fn take_group(&mut self, first: Event) {
        let (Event::Looked(desk, boot, ..)
        | Event::Answered(desk, boot, ..)
        | Event::Claimed(desk, boot, ..)) = first
        else {
            return;
        };
        if !self.alive(desk, boot) {
            return;
        }
        let until = self.now + self.rng.between(0, 20);
        let mut effects = self.take(first);
        while let Some(Reverse(Entry(moment, _, next))) = self.queue.peek() {
            let fits = matches!(next, Event::Looked(d, b, ..) | Event::Answered(d, b, ..) | Event::Claimed(d, b, ..) if (*d, *b) == (desk, boot));
            if !fits || *moment > until {
                break;
            }
            let Some(Reverse(Entry(moment, _, next))) = self.queue.pop() else {
                break;
            };
            self.pending -= 1;
            self.now = moment;
            effects.extend(self.take(next));
        }
        self.perform(desk, effects);
        if self.alive(desk, boot) {
            self.pump(desk);
        }
    }
}

fn run_scenario(seed: u64) -> Scenario {
    Scenario::of(&mut Rng::new(seed))
}
