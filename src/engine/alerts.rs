//! When a person is called who does not look: what is worth it is decided in `domain::alerts`, and what was told is
//! written down before it is said, so that a restart never says it again.

use std::time::Duration;

use super::Notice;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::alerts::{Seen, Told};
use crate::domain::{Alert, Counts, State, Timestamp};

/// Orders pass their limits while nothing else happens; this is how often it is looked at.
const EVERY: Duration = Duration::from_secs(20);

/// What was told, and when it is looked again.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    /// The account that `told` is about; `None` before the first.
    appid: Option<String>,
    told: Told,
    next: Option<Timestamp>,
}

impl Engine {
    /// Says what is new when it is time, to a window only; the result is when to ask again.
    pub(super) fn pump_alerts(&mut self, stopping: bool) -> Option<Timestamp> {
        if stopping || !self.watch.shown || self.account().is_none() {
            return None;
        }
        let now = self.clock.now();
        if let Some(next) = self.alerts.next.filter(|next| now < *next) {
            return Some(next);
        }
        // Tests against a loopback server wait in proportion.
        let every = self
            .config
            .quiet
            .map_or(EVERY, |quiet| quiet.div_f64(3.0).min(EVERY));
        self.alerts.next = Some(now.plus(every));
        self.remember_told();
        for alert in self.news(now) {
            self.say(Notice::Alert(alert));
        }
        self.alerts.next
    }

    /// The rows of a file have their ends.
    pub(super) fn alert_batch_done(&mut self, counts: Counts) {
        if self.watch.shown {
            self.say(Notice::Alert(Alert::BatchDone(counts)));
        }
    }

    fn setting_of_alerts(&self) -> String {
        format!("alerts:{}", self.appid())
    }

    /// Reads what was told about the account in use, once.
    fn remember_told(&mut self) {
        if self.alerts.appid.as_deref() == Some(self.appid()) {
            return;
        }
        let key = self.setting_of_alerts();
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        self.alerts.appid = Some(self.appid().to_owned());
        // What cannot be read any more is forgotten: it is told once more.
        self.alerts.told = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
    }

    /// What is new, after it is written down that it was told.
    fn news(&mut self, now: Timestamp) -> Vec<Alert> {
        let sending = self
            .import
            .as_ref()
            .is_some_and(|import| import.phase == BatchPhase::Sending);
        let person = self
            .outbox
            .newest_first()
            .filter(|shipment| matches!(shipment.state, State::NeedsPerson(_) | State::Rejected(_)));
        let seen = Seen {
            orders: self.book.iter().map(AsRef::as_ref),
            person: (!sending).then(|| person.map(|shipment| shipment.id)),
            account: self.outbox.gates.account.as_ref(),
            worked_at: self.book.read_at,
        };
        let mut told = self.alerts.told.clone();
        let news = told.news(seen, now);
        if news.is_empty() {
            // What is settled is forgotten without a write: it is only ever told too little twice.
            self.alerts.told = told;
            return news;
        }
        let Ok(text) = serde_json::to_string(&told) else {
            return Vec::new();
        };
        let key = self.setting_of_alerts();
        if self
            .tell_store(|store, _| store.set_setting(&key, &text))
            .is_none()
        {
            return Vec::new(); // it would be said again after every restart
        }
        self.alerts.told = told;
        news
    }
}
