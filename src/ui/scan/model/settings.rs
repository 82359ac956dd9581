//! The settings of the station, kept as one text in the window's own state.

use serde::{Deserialize, Serialize};

use crate::domain::{CourierList, ScanRules};
use crate::engine::command::Preference;
use crate::engine::snapshot::Snapshot;

/// The key under which they are kept.
pub const KEY: &str = "scan";
/// More couriers than this are no preset any more.
pub const MOST_COURIERS: usize = 6;

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The couriers that the shop uses, by id; the first is taken where a number says nothing.
    pub couriers: Vec<String>,
    /// Orders take parcels until they are finished.
    pub several: bool,
    /// Sounds are played.
    pub sound: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            couriers: Vec::new(),
            several: false,
            sound: true,
        }
    }
}

impl Settings {
    /// What was kept; before that, the account's courier is the one that the shop uses. A courier that is on the
    /// list no more is left out.
    pub fn of(snapshot: &Snapshot) -> Self {
        let kept = snapshot.preferences.ui.get(KEY);
        let mut settings: Self = kept
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        if kept.is_none() {
            let account = snapshot.session.account();
            let usual = account.map(|account| account.default_courier.clone());
            settings.couriers = usual.filter(|id| !id.is_empty()).into_iter().collect();
        }
        settings.keep_known(&snapshot.couriers);
        settings
    }

    fn keep_known(&mut self, couriers: &CourierList) {
        self.couriers.retain(|id| couriers.get(id).is_some());
        self.couriers.truncate(MOST_COURIERS);
    }

    /// The setting that keeps them.
    pub fn preference(&self) -> Preference {
        Preference::Ui {
            key: KEY.to_owned(),
            value: serde_json::to_string(self).unwrap_or_default(),
        }
    }

    /// What the rules need.
    pub fn rules(&self) -> ScanRules {
        ScanRules {
            couriers: self.couriers.clone(),
            several: self.several,
        }
    }

    /// Adds a courier behind the others.
    pub fn add(&mut self, courier: &str) {
        let known = self.couriers.iter().any(|id| id == courier);
        if !known && self.couriers.len() < MOST_COURIERS {
            self.couriers.push(courier.to_owned());
        }
    }

    /// Makes a courier the first one.
    pub fn prefer(&mut self, courier: &str) {
        self.couriers.retain(|id| id != courier);
        self.couriers.insert(0, courier.to_owned());
        self.couriers.truncate(MOST_COURIERS);
    }

    /// Takes a courier out.
    pub fn remove(&mut self, courier: &str) {
        self.couriers.retain(|id| id != courier);
    }
}
