//! A folder in which files arrive: it is listed every few seconds, and a file that has stopped changing is read once
//! and offered to a person. Nothing is opened or sent by itself.
//!
//! It is listed and not watched by the system's events: those say nothing about network shares and synced folders,
//! where warehouses put their files, and whether a file is complete only a second look tells.

use std::path::PathBuf;
use std::time::Duration;

use super::Notice;
use super::arrived::{ArrivedState, WatchTrouble};
use super::import_state::Import;
use super::jobs::JobDone;
use super::run::Engine;
use super::snapshot::BatchPhase;
use super::watch_folder::{self, Listed, Reading, WatchDone};
use super::watch_state::Kept;
use crate::domain::Timestamp;

/// Under which the folder and what it has offered are kept.
const SETTING: &str = "watch";
/// A listing follows the one before after this time; a file that two of them show unchanged has arrived.
const EVERY: Duration = Duration::from_secs(3);
/// The same after a folder could not be listed, in listings that are left out.
const AFTER_TROUBLE: u32 = 5;
/// A folder that has not answered for as long is said to be silent.
const SILENT_AFTER: Duration = Duration::from_secs(15);
impl Engine {
    /// Reads which folder is watched and what it has offered.
    pub(super) fn load_watch(&mut self) {
        let kept = self.tell_store(|store, _| store.setting(SETTING)).flatten();
        // What cannot be read any more is forgotten: files are offered again, and nothing is sent by that.
        self.watch.kept = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        self.dirty.watch = true;
    }

    pub(super) fn keep_watch(&mut self) {
        self.dirty.watch = true;
        let Ok(text) = serde_json::to_string(&self.watch.kept) else {
            return; // a name that is no text; it is offered again after a restart
        };
        self.tell_store(|store, _| store.set_setting(SETTING, &text));
    }

    /// Watches another folder, or none when it is empty.
    pub(super) fn watch_folder(&mut self, folder: PathBuf) {
        if folder != self.watch.kept.folder {
            let arrived = std::mem::take(&mut self.watch.kept.arrived);
            self.watch.kept = Kept {
                folder,
                left_over: self.watch.kept.left_over.take(),
                // What was sent stays known by its content.
                arrived: arrived
                    .into_iter()
                    .filter(|file| file.state == ArrivedState::Handled)
                    .collect(),
                ..Kept::default()
            };
            for file in &mut self.watch.kept.arrived {
                file.cleared = true;
                file.gone = true;
            }
        }
        self.watch.serial = self.watch.serial.saturating_add(1);
        self.watch.asked_at = None;
        self.watch.next = None;
        self.watch.trouble = None;
        self.watch.settling.clear();
        self.keep_watch();
        self.say(Notice::Saved);
    }

    /// A window is there that shows what arrives.
    pub(super) fn show_arrived(&mut self) {
        self.watch.shown = true;
    }

    /// Shows no file that has arrived so far.
    pub(super) fn clear_arrived(&mut self) {
        for file in &mut self.watch.kept.arrived {
            file.cleared = file.state != ArrivedState::Held;
        }
        self.keep_watch();
    }

    fn watch_every(&self) -> Duration {
        // Tests against a loopback server wait in proportion.
        let shortened = self.config.quiet.map(|quiet| quiet.div_f64(30.0));
        shortened.map_or(EVERY, |shortened| shortened.min(EVERY))
    }

    /// Lists the folder when it is time; the result is when to ask again.
    pub(super) fn pump_watch(&mut self, stopping: bool) -> Option<Timestamp> {
        if stopping || !self.watch.is_on() {
            return None;
        }
        let now = self.clock.now();
        if let Some(asked_at) = self.watch.asked_at {
            let silent_at = asked_at.plus(SILENT_AFTER);
            if self.watch.trouble == Some(WatchTrouble::Silent) {
                return None;
            }
            if now < silent_at {
                return Some(silent_at);
            }
            self.watch.trouble = Some(WatchTrouble::Silent);
            self.dirty.watch = true;
            return None;
        }
        let next = *self.watch.next.get_or_insert(now);
        if now < next {
            return Some(next);
        }
        self.watch.asked_at = Some(now);
        let (serial, folder) = (self.watch.serial, self.watch.kept.folder.clone());
        self.jobs
            .blocking(move || JobDone::Watch(WatchDone::Listed(serial, watch_folder::list(&folder))));
        Some(now.plus(SILENT_AFTER))
    }

    /// A job of the watched folder has ended.
    pub(super) fn watched(&mut self, done: WatchDone) {
        let now = self.clock.now();
        let (WatchDone::Listed(serial, _) | WatchDone::Read(serial, ..)) = &done;
        if *serial != self.watch.serial {
            return; // about another folder
        }
        self.watch.asked_at = None;
        self.watch.next = Some(now.plus(self.watch_every()));
        match done {
            WatchDone::Listed(_, Ok(files)) => self.listed(&files, now),
            WatchDone::Listed(_, Err(trouble)) => {
                let rest = self.watch_every().saturating_mul(AFTER_TROUBLE);
                self.watch.next = Some(now.plus(rest));
                self.dirty.watch |= self.watch.trouble != Some(trouble);
                self.watch.trouble = Some(trouble);
            }
            WatchDone::Read(_, file, reading) => self.file_looked_at(file, reading, now),
        }
    }

    fn listed(&mut self, files: &[Listed], now: Timestamp) {
        self.dirty.watch |= self.watch.trouble.take().is_some();
        if !self.watch.kept.begun {
            self.watch.kept.begun = true;
            self.watch.kept.known = files.iter().cloned().collect();
            self.keep_watch();
            return;
        }
        let before = self.watch.kept.arrived.clone();
        let gone = self.watch.mark_gone(files);
        if before != self.watch.kept.arrived {
            self.keep_watch();
        }
        for name in gone {
            self.say(Notice::FileGone(name));
        }
        let Some((name, stamp)) = self.watch.settle(files, now, self.watch_every()) else {
            return;
        };
        self.watch.asked_at = Some(now);
        let (serial, path) = (self.watch.serial, self.watch.kept.folder.join(&name));
        self.jobs.blocking(move || {
            let reading = watch_folder::read(&path, stamp);
            JobDone::Watch(WatchDone::Read(serial, (name, stamp), reading))
        });
    }

    fn file_looked_at(&mut self, file: Listed, reading: Reading, now: Timestamp) {
        let name = file.0.clone();
        match reading {
            Reading::Whole(sha256) => {
                let is_new = self.watch.take_in(file, sha256, now);
                // Others may be waiting to be read.
                self.watch.next = Some(now);
                self.keep_watch();
                if is_new {
                    self.say(Notice::FileArrived(name));
                }
            }
            Reading::Held => {
                if self.watch.held(file, now) {
                    self.keep_watch();
                    self.say(Notice::FileHeld(name));
                }
            }
            // The next listing shows how it looks now.
            Reading::Changed | Reading::Gone => {
                self.watch.settling.remove(&name);
            }
        }
    }

    /// The open file is one that has arrived: the list says what has become of it.
    pub(super) fn follow_arrived(&mut self) {
        self.follow_left_over();
        let Some(import) = &self.import else { return };
        let Some(state) = state_of(import) else { return };
        let sha256 = import.file.sha256.clone();
        let file = self
            .watch
            .kept
            .arrived
            .iter_mut()
            .find(|file| file.sha256 == sha256);
        let Some(file) = file.filter(|file| !file.sha256.is_empty() && file.state != state) else {
            return;
        };
        if file.state == ArrivedState::Handled {
            return; // sent once; a later check of the same content takes nothing back
        }
        file.state = state;
        self.keep_watch();
    }
}

fn state_of(import: &Import) -> Option<ArrivedState> {
    match import.phase {
        BatchPhase::Unusable => Some(ArrivedState::Unusable),
        BatchPhase::Sending | BatchPhase::Done => Some(ArrivedState::Handled),
        BatchPhase::Checked => {
            let counts = import.counts();
            let handled = counts.ready == 0 && counts.blocked == 0 && counts.already_done > 0;
            Some(if handled {
                ArrivedState::Handled
            } else {
                ArrivedState::Checked {
                    ready: counts.ready,
                    blocked: counts.blocked,
                }
            })
        }
        BatchPhase::Reading { .. }
        | BatchPhase::LookingUp { .. }
        | BatchPhase::Comparing { .. }
        | BatchPhase::Failed(_) => None,
    }
}
