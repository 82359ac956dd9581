//! One computer: its data folder, its clock, and the program while it runs.

use std::collections::{BTreeMap, BTreeSet};

use fahuo::domain::{Now, ParcelId, ShipmentId, Timestamp};
use fahuo::engine::outbox::Outbox;

use super::journal::{Disk, Journal};

/// What the last look before a send showed.
#[derive(Clone)]
pub struct Shown {
    /// The moment whose state it was.
    pub as_of: i64,
    pub parcels: BTreeSet<ParcelId>,
    pub finish_count: i64,
}

/// A computer.
pub struct Desk {
    /// Whose parcels: a copied folder belongs to the same.
    pub owner: usize,
    /// Under which its claims stand; a folder that is lost takes it along.
    pub folder_id: u64,
    pub journal: Journal,
    pub backups: Vec<Disk>,
    pub boots: u32,
    pub process: Option<Process>,
    /// The computer's clock minus WeChat's, in milliseconds.
    pub wall_shift: i64,
    /// The file that it ships.
    pub edition: u32,
    /// Files that were opened; only the newest one can be sent.
    pub openings: u64,
    /// It sleeps until then.
    pub wakes_at: i64,
    pub died_at: i64,
    /// When its folder was last lost or put back.
    pub lost_at: i64,
}

/// The program between its start and its end.
pub struct Process {
    pub outbox: Outbox,
    booted_at: i64,
    boot_wall: i64,
    /// What the client would measure as WeChat's time minus ours, and whether it has.
    pub offset: i64,
    pub offset_known: bool,
    pub next_pump: Option<i64>,
    pub shown: BTreeMap<ShipmentId, Shown>,
}

impl Process {
    pub fn new(outbox: Outbox, now: i64, wall: i64, noise: i64) -> Self {
        Self {
            outbox,
            booted_at: now,
            boot_wall: wall,
            offset: now - wall + noise,
            offset_known: false,
            next_pump: None,
            shown: BTreeMap::new(),
        }
    }

    /// The program's clock: the computer's at the start, and from there only forward.
    pub fn local(&self, now: i64) -> Timestamp {
        Timestamp::from_millis(self.boot_wall + (now - self.booted_at))
    }

    /// A moment of the program's clock as WeChat's time.
    pub fn true_time(&self, local: Timestamp) -> i64 {
        local.millis() - self.boot_wall + self.booted_at
    }

    /// Both clocks of a decision.
    pub fn now(&self, now: i64) -> Now {
        let local = self.local(now);
        let offset = if self.offset_known { self.offset } else { 0 };
        let server = Timestamp::from_millis(local.millis() + offset);
        Now { local, server }
    }
}
