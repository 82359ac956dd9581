//! How long personal data is kept: what is older is deleted at the start and once a day, in slices between which the
//! loop goes on, and only while nothing is on its way.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use super::Notice;
use super::run::Engine;
use crate::domain::Timestamp;
use crate::logbook::Level;
use crate::store::Purged;

/// Days that are kept when nobody says otherwise.
pub const KEEP_DAYS: u32 = 180;
/// Fewer days are not kept: an order may be corrected or disputed that long after it was paid.
pub const LEAST_DAYS: u32 = 30;
/// More are as good as for ever, which is 0.
pub const MOST_DAYS: u32 = 3650;

const DAY: Duration = Duration::from_hours(24);
/// Slices before the first command is taken; the rest follows while the program is idle.
const SLICES_AT_START: usize = 20;
/// When the last purge by age was finished, in milliseconds.
const LAST: &str = "retention.last";
/// The account's days, with its AppID behind.
const DAYS: &str = "retention.days.";

/// What a person asks about the data of this folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataAsk {
    /// Keep the current account's personal data so many days, [`LEAST_DAYS`] to [`MOST_DAYS`]; 0 for ever.
    KeepDays(u32),
    /// Delete what of the current account ended longer ago than so many days, at least 1, now.
    Purge {
        /// So many days.
        older_than_days: u32,
    },
    /// Write everything that the record holds into a ZIP file, without secrets.
    Export {
        /// Where to.
        path: PathBuf,
        /// A file that is there may be replaced.
        replace: bool,
    },
}

/// What a person sees of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataView {
    /// Days that the current account's personal data is kept; 0 for ever.
    pub keep_days: u32,
    /// A purge is under way.
    pub purging: bool,
    /// When the last one was done, and what was deleted in this run of the program.
    pub last: Option<(Timestamp, Purged)>,
}

impl Default for DataView {
    fn default() -> Self {
        Self {
            keep_days: KEEP_DAYS,
            purging: false,
            last: None,
        }
    }
}

/// Where the deleting stands.
#[derive(Debug, Default)]
pub(super) struct Retention {
    /// What is still to be gone over: accounts, each with the moment before which it is deleted.
    work: VecDeque<(String, Timestamp)>,
    /// Purges that people have asked for, by account and days.
    asked: VecDeque<(String, u32)>,
    /// Something runs until it is finished.
    running: Option<Running>,
    /// The next purge by age.
    due: Option<Timestamp>,
    last: Option<(Timestamp, Purged)>,
}

#[derive(Clone, Copy, Debug)]
struct Running {
    so_far: Purged,
    /// What recoveries have set aside goes when it is older.
    keep: Duration,
    by_age: bool,
}

fn span(days: u32) -> Duration {
    DAY.saturating_mul(days)
}

/// What is typed, within its limits; 0 stays.
pub fn days_within(days: u32) -> u32 {
    if days == 0 {
        0
    } else {
        days.clamp(LEAST_DAYS, MOST_DAYS)
    }
}

impl Engine {
    /// Before the first command: what is due by age, as far as it goes in little time.
    pub(super) fn purge_at_start(&mut self) {
        let now = self.clock.now();
        let last = self.tell_store(|store, _| store.setting(LAST)).flatten();
        let last: Option<i64> = last.and_then(|text| text.parse().ok());
        let unfinished = self
            .tell_store(|store, _| store.purge_is_unfinished())
            .unwrap_or_default();
        let next = last.map_or(now, |last| Timestamp::from_millis(last).plus(DAY));
        // A clock that was set back must not put it off for ever.
        let next = next.min(now.plus(DAY));
        // The sandbox keeps what is practised with; a moment that never comes would only wake the loop.
        self.retention.due = (!self.config.sandbox).then_some(if unfinished { now } else { next });
        for _ in 0..SLICES_AT_START {
            if !self.purge_step(now) {
                break;
            }
        }
    }

    /// Goes on with what is due while nothing is on its way; the result is when to ask again.
    pub(super) fn pump_retention(&mut self, stopping: bool) -> Option<Timestamp> {
        if stopping || self.in_flight() > 0 || self.outbox.gates.store_failed {
            return None; // the next answer comes back here
        }
        let now = self.clock.now();
        if self.purge_step(now) {
            return Some(now);
        }
        self.retention.due
    }

    /// Does one slice. `true`: there is more to do at once.
    fn purge_step(&mut self, now: Timestamp) -> bool {
        if self.retention.running.is_none() && !self.begin_purge(now) {
            return false;
        }
        let Some((appid, before)) = self.retention.work.front().cloned() else {
            self.end_purge(now);
            return !self.retention.asked.is_empty();
        };
        let Some(slice) = self.tell_store(|store, _| store.purge_slice(&appid, before, now)) else {
            // The disk refuses: what is left waits for another day.
            self.retention.work.clear();
            self.retention.running = None;
            self.retention.due = Some(now.plus(DAY));
            return false;
        };
        if slice.is_nothing() {
            self.retention.work.pop_front();
        } else if let Some(running) = &mut self.retention.running {
            running.so_far = running.so_far.and(slice);
        }
        true
    }

    fn begin_purge(&mut self, now: Timestamp) -> bool {
        if let Some((appid, days)) = self.retention.asked.pop_front() {
            self.retention.work.push_back((appid, now.minus(span(days))));
            self.start_purge(span(days), false);
            return true;
        }
        if self.retention.due.is_none_or(|due| due > now) {
            return false;
        }
        let accounts = self
            .tell_store(|store, _| store.kept_accounts())
            .unwrap_or_default();
        let days: Vec<(String, u32)> = accounts
            .into_iter()
            .map(|appid| {
                let days = self.keep_days_of(&appid);
                (appid, days)
            })
            .collect();
        // What is about no account is kept as long as anything is.
        let longest = if days.iter().any(|(_, days)| *days == 0) {
            0
        } else {
            days.iter().map(|(_, days)| *days).max().unwrap_or(KEEP_DAYS)
        };
        for (appid, own) in days {
            let own = if appid.is_empty() { longest } else { own };
            if own > 0 {
                self.retention.work.push_back((appid, now.minus(span(own))));
            }
        }
        let keep = if longest == 0 {
            Duration::MAX
        } else {
            span(longest)
        };
        self.start_purge(keep, true);
        true
    }

    fn start_purge(&mut self, keep: Duration, by_age: bool) {
        self.retention.running = Some(Running {
            so_far: Purged::default(),
            keep,
            by_age,
        });
        self.dirty.session = true;
    }

    fn end_purge(&mut self, now: Timestamp) {
        let Some(running) = self.retention.running.take() else {
            return;
        };
        let Running { so_far, keep, by_age } = running;
        if by_age {
            self.retention.due = Some(now.plus(DAY));
            let millis = now.millis().to_string();
            self.tell_store(|store, _| store.set_setting(LAST, &millis));
        }
        let unfinished = self
            .tell_store(|store, _| store.purge_is_unfinished())
            .unwrap_or_default();
        if unfinished {
            // What is deleted is deleted; a disk without room for the rest is asked again tomorrow.
            let packed = self.store.as_mut().map(|store| store.finish_purge(keep, now));
            if !matches!(packed, Some(Ok(()))) {
                self.note(Level::Error, "purge_not_finished", &[]);
            }
        }
        if !so_far.is_nothing() {
            self.audit(
                "personal_data_deleted",
                &serde_json::json!({
                    "orders": so_far.orders, "errands": so_far.errands, "rows": so_far.rows,
                    "answers": so_far.answers, "deeds": so_far.deeds, "listed": so_far.listed,
                }),
            );
            self.forget_purged();
        }
        self.retention.last = Some((now, so_far));
        self.dirty.session = true;
        if !by_age {
            self.say(Notice::Purged(so_far));
        }
    }

    /// What stands in memory follows the record.
    fn forget_purged(&mut self) {
        if self.account().is_none() {
            return; // nothing was read yet
        }
        let known = self.outbox.ended_ids();
        let mut gone = Vec::new();
        for id in known {
            if matches!(
                self.tell_store(|store, appid| store.shipment(appid, id)),
                Some(None)
            ) {
                gone.push(id);
            }
        }
        self.outbox.forget(&gone);
        let orders = self
            .tell_store(|store, appid| store.all_orders(appid))
            .unwrap_or_default();
        self.book.keep_only(orders);
        if self.errands.in_flight() == 0 {
            self.load_errands();
        }
        self.history_grew();
        self.dirty.outbox = true;
        self.dirty.orders = true;
    }

    /// A person asks for something about the data.
    pub(super) fn data_asked(&mut self, ask: DataAsk) {
        match ask {
            DataAsk::KeepDays(days) => {
                let days = days_within(days);
                let key = format!("{DAYS}{}", self.appid());
                let kept = self.tell_store(|store, _| store.set_setting(&key, &days.to_string()));
                self.audit("keep_days", &serde_json::json!({ "days": days }));
                self.dirty.session = true;
                if kept.is_some() {
                    self.say(Notice::Saved);
                }
            }
            DataAsk::Purge { older_than_days } => {
                let appid = self.appid().to_owned();
                self.retention.asked.push_back((appid, older_than_days.max(1)));
                self.dirty.session = true;
            }
            DataAsk::Export { path, replace } => self.export_everything(path, replace),
        }
    }

    fn keep_days_of(&mut self, appid: &str) -> u32 {
        let key = format!("{DAYS}{appid}");
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        kept.and_then(|text| text.parse().ok())
            .map_or(KEEP_DAYS, days_within)
    }

    pub(super) fn data_view(&self) -> DataView {
        let key = format!("{DAYS}{}", self.appid());
        let kept = self
            .store
            .as_ref()
            .and_then(|store| store.setting(&key).ok().flatten());
        DataView {
            keep_days: kept
                .and_then(|text| text.parse().ok())
                .map_or(KEEP_DAYS, days_within),
            purging: self.retention.running.is_some() || !self.retention.asked.is_empty(),
            last: self.retention.last,
        }
    }
}
