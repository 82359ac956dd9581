//! What is known of the watched folder: which files are still being written, which were read, and what they have
//! become. Apart from `watching`, which asks the disk, so that every order of events is tried without one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::arrived::{Arrived, ArrivedState, LeftOver, WatchTrouble, WatchView};
use super::watch_folder::{Listed, Stamp};
use crate::domain::Timestamp;

/// A file that could not be read so often is told.
const TOLD_AFTER: u32 = 5;
/// Files that are remembered; of more the oldest are forgotten.
const REMEMBERED: usize = 200;
/// Files that are shown.
const SHOWN: usize = 30;

/// What outlives the program.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The folder; empty when none is watched.
    pub(super) folder: PathBuf,
    /// What was in the folder before it was watched is nothing that arrives.
    pub(super) begun: bool,
    /// The files that need no second look as long as they do not change.
    pub(super) known: BTreeMap<String, Stamp>,
    /// What has arrived, oldest first.
    pub(super) arrived: Vec<Arrived>,
    /// A file that was checked and of which nothing was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) left_over: Option<LeftOver>,
}

/// A file that is not yet known to be complete.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settling {
    stamp: Stamp,
    since: Timestamp,
    tries: u32,
}

/// What the loop knows of the watched folder.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub(super) kept: Kept,
    /// A window is there that shows what arrives; without one nothing is offered to nobody.
    pub(super) shown: bool,
    /// Answers to older questions are about another folder.
    pub(super) serial: u64,
    pub(super) asked_at: Option<Timestamp>,
    pub(super) next: Option<Timestamp>,
    pub(super) settling: BTreeMap<String, Settling>,
    pub(super) trouble: Option<WatchTrouble>,
}

impl Watch {
    /// What the shells see.
    pub(super) fn view(&self) -> WatchView {
        let shown = self.kept.arrived.iter().rev().filter(|file| !file.cleared);
        WatchView {
            folder: self.kept.folder.clone(),
            begun: self.kept.begun,
            trouble: self.trouble,
            files: shown.take(SHOWN).cloned().collect(),
            left_over: self.kept.left_over.clone(),
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.shown && !self.kept.folder.as_os_str().is_empty()
    }

    /// Marks what is not in the folder any more; gives the names that are worth a word.
    pub(super) fn mark_gone(&mut self, files: &[Listed]) -> Vec<String> {
        let is_there = |name: &str| files.iter().any(|(listed, _)| listed == name);
        let mut told = Vec::new();
        let known = &self.kept.known;
        for file in self.kept.arrived.iter_mut().filter(|file| !file.gone) {
            // Renamed or copied: another file of the same look is read first, and says what it is.
            let moved = |(name, stamp): &Listed| *stamp == file.stamp && known.get(name) != Some(stamp);
            if is_there(&file.name) || files.iter().any(moved) {
                continue;
            }
            file.gone = true;
            if !file.cleared && file.state != ArrivedState::Handled {
                told.push(file.name.clone());
            }
        }
        self.kept
            .arrived
            .retain(|file| !(file.gone && file.state == ArrivedState::Held));
        told
    }

    /// Follows a listing; gives a file that has stopped changing.
    pub(super) fn settle(&mut self, files: &[Listed], now: Timestamp, settled: Duration) -> Option<Listed> {
        let is_there = |name: &str| files.iter().any(|(listed, _)| listed == name);
        self.kept.known.retain(|name, _| is_there(name));
        self.settling.retain(|name, _| is_there(name));
        let mut ready: Option<(u32, Listed)> = None;
        for (name, stamp) in files {
            if self.kept.known.get(name) == Some(stamp) {
                self.settling.remove(name);
                continue;
            }
            let fresh = Settling {
                stamp: *stamp,
                since: now,
                tries: 0,
            };
            let slot = self.settling.entry(name.clone()).or_insert(fresh);
            if slot.stamp != *stamp {
                *slot = fresh;
            }
            let still = now.since(slot.since) >= settled;
            // Files that could not be read come after the others.
            if still && ready.as_ref().is_none_or(|(tries, _)| slot.tries < *tries) {
                ready = Some((slot.tries, (name.clone(), *stamp)));
            }
        }
        ready.map(|(_, file)| file)
    }

    /// A file was read as a whole; `true` when it is a new one.
    pub(super) fn take_in(&mut self, (name, stamp): Listed, sha256: String, at: Timestamp) -> bool {
        self.settling.remove(&name);
        self.kept.known.insert(name.clone(), stamp);
        let arrived = &mut self.kept.arrived;
        arrived.retain(|file| !(file.name == name && file.state == ArrivedState::Held));
        if let Some(file) = arrived.iter_mut().find(|file| file.sha256 == sha256) {
            let elsewhere = self.kept.known.get(&file.name) == Some(&file.stamp);
            if file.name == name || file.gone || !elsewhere {
                file.name = name;
                file.stamp = stamp;
                file.gone = false;
            }
            return false;
        }
        // What was put in the place of a file that nobody has sent takes its place in the list too.
        arrived.retain(|file| file.name != name || file.state == ArrivedState::Handled);
        arrived.push(Arrived {
            name,
            sha256,
            at,
            state: ArrivedState::New,
            gone: false,
            stamp,
            cleared: false,
        });
        self.forget_oldest();
        true
    }

    /// A file could not be read; `true` when that is worth a word.
    pub(super) fn held(&mut self, (name, stamp): Listed, at: Timestamp) -> bool {
        let Some(slot) = self.settling.get_mut(&name) else {
            return false;
        };
        slot.tries = slot.tries.saturating_add(1);
        slot.since = at;
        if slot.tries != TOLD_AFTER {
            return false;
        }
        self.kept
            .arrived
            .retain(|file| file.name != name || !file.sha256.is_empty());
        self.kept.arrived.push(Arrived {
            name,
            sha256: String::new(),
            at,
            state: ArrivedState::Held,
            gone: false,
            stamp,
            cleared: false,
        });
        self.forget_oldest();
        true
    }

    fn forget_oldest(&mut self) {
        let surplus = self.kept.arrived.len().saturating_sub(REMEMBERED);
        self.kept.arrived.drain(..surplus);
    }
}

#[cfg(test)]
#[path = "watch_state_tests.rs"]
mod tests;
