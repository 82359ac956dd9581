//! Starts and deaths of the program: what a crash leaves, what a start makes of it, and what may have happened
//! to the data folder and the clock in between. Follows `engine/load.rs`.

use std::sync::Arc;
use std::time::Duration;

use fahuo::domain::{Policy, Shipment, State, Timestamp};
use fahuo::engine::outbox::{Gates, Outbox};
use fahuo::engine::pace::Limits;

use super::desk::Process;
use super::journal::{Disk, Journal};
use super::mutants::Mutant;
use super::run::{Event, File, Run};

/// As in `engine/run.rs`.
const QUARANTINE: i64 = 60_000;
/// Nobody puts a copy of the whole folder back faster than this.
const PUT_BACK: i64 = 90_000;

impl Run {
    fn policy(&self) -> Policy {
        match self.mutant {
            Mutant::ShortQuiet => Policy::shortened(Duration::from_secs(2)),
            Mutant::SingleLook => Policy {
                quiet: Duration::ZERO,
                second_look: Duration::ZERO,
                ..Policy::default()
            },
            _ => Policy::default(),
        }
    }

    /// The program is started.
    pub fn boot(&mut self, desk: usize) {
        if self.desks[desk].process.is_some() {
            return;
        }
        if self.mutant == Mutant::NoLock && desk > 0 && self.desks[desk].boots == 0 {
            self.lineages += 1;
            let mut copy = self.desks[0].journal.disk.clone();
            copy.lineage = self.lineages;
            self.desks[desk].journal = Journal::new(copy);
        }
        let mut wall_shift = self.desks[desk].wall_shift;
        // Assumed: in the very minute after a folder was lost no clock jumps, whose end only it can tell, and
        // nobody puts back a second copy.
        let in_doubt = self.now - self.desks[desk].lost_at < QUARANTINE;
        if self.rng.chance(self.scenario.clock_jumps) && !in_doubt {
            let far = [
                0,
                7_200_000,
                -7_200_000,
                240_000,
                -240_000,
                34_560_000_000,
                -34_560_000_000,
            ];
            wall_shift = self.rng.pick(&far) + self.rng.between(-3_000, 3_000);
        }
        let wall = self.now + wall_shift;
        self.desks[desk].wall_shift = wall_shift;
        if self.desks[desk].boots > 0 && self.rng.chance(self.scenario.disasters) && !in_doubt {
            self.disaster(desk, Timestamp::from_millis(wall));
        }
        let noise = self.rng.between(-400, 400);
        let now = self.now;
        let resumes = self.scenario.resumes;
        let (policy, mutant) = (self.policy(), self.mutant);
        let team = self.team();
        let place = &mut self.desks[desk];
        if mutant == Mutant::Forget {
            forget(&mut place.journal.disk);
        }
        place.boots += 1;
        let local = Timestamp::from_millis(wall);
        let mut process = Process::new(Outbox::new(policy, Limits::WECHAT, local), now, wall, noise);
        process.outbox.team = team;
        let disk = &place.journal.disk;
        let span = Duration::from_millis(QUARANTINE.unsigned_abs());
        let quarantine =
            Gates::quarantine(disk.doubtful_since, span, local).filter(|_| mutant != Mutant::NoQuarantine);
        process.outbox.gates.quarantine_until = quarantine;
        for (api, until) in disk.pauses.iter().filter(|_| mutant != Mutant::ForgetRest) {
            process.outbox.gates.quotas.keep(*api, *until, process.now(now));
        }
        let (mut open, stopped): (Vec<Shipment>, Vec<Shipment>) = disk
            .shipments
            .values()
            .map(|s| Shipment::clone(s))
            .partition(|s| s.state.is_open());
        process.outbox.add(stopped);
        let interrupted = !open.is_empty() && !resumes;

        let keeps = |s: &Shipment| match mutant {
            Mutant::KeepSince => matches!(s.state, State::Unclear(_)),
            Mutant::KeepWaits => matches!(s.state, State::Queued | State::Waiting),
            _ => false,
        };
        process
            .outbox
            .add(open.extract_if(.., |s| keeps(s)).collect::<Vec<_>>());
        let effects = process.outbox.restart(open, process.now(now));
        process.outbox.gates.interrupted = interrupted;
        place.process = Some(process);
        self.owe(now + QUARANTINE);
        self.say(|| {
            format!(
                "desk {desk} starts, clock {wall_shift:+} ms, quarantine {}",
                quarantine.is_some()
            )
        });
        self.perform(desk, effects);
        self.pump(desk);
    }

    fn disaster(&mut self, desk: usize, local: Timestamp) {
        self.lineages += 1;
        let lineage = self.lineages;
        let kind = self.rng.below(3);
        let late = self.now - self.desks[desk].died_at >= PUT_BACK;
        let backups = self.desks[desk].backups.len();
        let chosen = self.rng.index(backups);
        let place = &mut self.desks[desk];
        let unguarded = place.journal.unguarded;
        let what = if let Some(copy) = place.backups.get(chosen).filter(|_| kind > 0) {
            let mut disk = copy.clone();
            disk.lineage = lineage;
            let whole_folder = kind == 2 && late;
            if !disk.holds_the_end_of(&place.journal.disk) && !whole_folder {
                disk.doubtful_since = local; // the anchor beside it tells
            }
            place.journal = Journal::new(disk);
            "has an old copy of its folder"
        } else {
            place.journal = Journal::new(Disk::new(lineage, local));
            place.folder_id = lineage;
            "has lost its folder"
        };
        place.journal.unguarded = unguarded;
        place.lost_at = self.now;
        self.say(|| format!("desk {desk} {what}"));
        let moment = self.now + self.rng.between(100, 60_000);
        let edition = self.desks[desk].edition;
        let file = File {
            edition,
            whole: self.rng.chance(500),
            reship: false,
        };
        self.at(moment, Event::Import(desk, file));
    }

    /// The program dies.
    pub fn crash(&mut self, desk: usize, place: &'static str) {
        if self.desks[desk].process.take().is_none() {
            return;
        }
        self.say(|| format!("desk {desk} dies {place}"));
        *self.counts.entry("deaths").or_default() += 1;
        self.desks[desk].journal.crash();
        self.desks[desk].died_at = self.now;
        let away = if self.rng.chance(700) {
            self.rng.between(300, 8_000)
        } else {
            self.rng.between(1_000, 150_000)
        };
        self.at(self.now + away, Event::Boot(desk));
    }
}

/// The mutant that sends again what was being sent.
fn forget(disk: &mut Disk) {
    for shipment in disk.shipments.values_mut().filter(|s| s.state == State::Sending) {
        let mut forgotten = Shipment::clone(shipment);
        forgotten.state = State::Queued;
        *shipment = Arc::new(forgotten);
    }
}
