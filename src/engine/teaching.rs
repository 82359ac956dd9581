//! What a courier's spelling means when the reader does not know it: said by a person for the open file, taken back
//! while nothing was sent, and remembered for later files. No id outside the account's list is ever taken.

use std::sync::Arc;

use serde_json::json;

use super::command::BatchId;
use super::import_state::Import;
use super::run::Engine;
use super::snapshot::{BatchPhase, Pick};
use crate::domain::{CourierList, Problem, ProblemKind, Taught};

/// Under which the taught spellings are kept.
const SETTING: &str = "taught_couriers";
/// Spellings that are remembered; of more the oldest are forgotten.
const MOST: usize = 300;

/// What a person said about a spelling in the open file.
#[derive(Clone, Debug)]
pub(super) struct Picked {
    /// As it stands in the file.
    pub(super) spelling: String,
    pub(super) id: String,
    /// In how many rows it counts, as of the last check.
    pub(super) rows: usize,
}

impl Import {
    /// What a person said about spellings of this file.
    pub(super) fn picks(&self, couriers: &CourierList) -> Vec<Pick> {
        if self.phase != BatchPhase::Checked {
            return Vec::new(); // nothing can be taken back or asked any more
        }
        let pick = |picked: &Picked| Pick {
            spelling: picked.spelling.clone(),
            id: picked.id.clone(),
            rows: picked.rows,
            remembered: taught_as(couriers.taught(), &picked.spelling) == Some(picked.id.as_str()),
            can_remember: Taught::may_be(&picked.spelling)
                && taught_as(couriers.taught(), &picked.spelling).is_none()
                && !crate::import::knows_spelling(couriers, &picked.spelling),
        };
        self.picked.iter().map(pick).collect()
    }
}

fn taught_as<'a>(taught: &'a [Taught], spelling: &str) -> Option<&'a str> {
    let same = |taught: &&Taught| crate::import::same_spelling(&taught.spelling, spelling);
    taught.iter().find(same).map(|taught| taught.id.as_str())
}

impl Engine {
    /// Reads what staff have taught.
    pub(super) fn load_taught(&mut self) {
        let kept = self.tell_store(|store, _| store.setting(SETTING)).flatten();
        self.taught = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let list = (*self.couriers).clone();
        self.use_couriers(list);
    }

    /// Works with this list from now on, and with what staff have taught.
    pub(super) fn use_couriers(&mut self, list: CourierList) {
        self.couriers = Arc::new(list.with_taught(self.taught.clone()));
        self.dirty.couriers = true;
        self.dirty.batch = true;
    }

    /// From now on, a spelling means a courier of the list.
    pub(super) fn teach_courier(&mut self, spelling: &str, id: &str) {
        let spelling = spelling.trim();
        if self.couriers.get(id).is_none() || !Taught::may_be(spelling) {
            return; // the list has changed since the choice was shown
        }
        let same = |taught: &Taught| crate::import::same_spelling(&taught.spelling, spelling);
        if let Some(known) = self.taught.iter_mut().find(|taught| same(taught)) {
            id.clone_into(&mut known.id);
        } else {
            self.taught.push(Taught {
                spelling: spelling.to_owned(),
                id: id.to_owned(),
            });
        }
        let surplus = self.taught.len().saturating_sub(MOST);
        self.taught.drain(..surplus);
        self.keep_taught("courier_taught", &json!({ "spelling": spelling, "courier": id }));
    }

    /// A spelling means nothing any more.
    pub(super) fn forget_courier(&mut self, spelling: &str) {
        self.taught
            .retain(|taught| !crate::import::same_spelling(&taught.spelling, spelling));
        self.keep_taught("courier_forgotten", &json!({ "spelling": spelling }));
    }

    fn keep_taught(&mut self, what: &str, details: &serde_json::Value) {
        let text = serde_json::to_string(&self.taught).unwrap_or_default();
        self.tell_store(|store, _| store.set_setting(SETTING, &text));
        self.audit(what, details);
        let list = (*self.couriers).clone();
        self.use_couriers(list);
    }

    /// The open file, as long as nothing of it was sent.
    fn checked_import(&mut self, batch: BatchId) -> Option<&mut Import> {
        self.import
            .as_mut()
            .filter(|import| import.id == batch && import.phase == BatchPhase::Checked)
    }

    /// A person says which courier an unknown spelling means, for all rows of the open file that say the same.
    pub(super) fn pick_courier(&mut self, batch: BatchId, row: usize, id: &str) {
        if self.couriers.get(id).is_none() {
            return; // the list has changed since the choice was shown
        }
        let couriers = Arc::clone(&self.couriers);
        let Some(import) = self.checked_import(batch) else {
            return;
        };
        let is_unknown = |problem: &&Problem| matches!(problem.what, ProblemKind::UnknownCourier { .. });
        let asked = import.rows.get(row);
        let Some(unknown) = asked.and_then(|row| row.problems.iter().find(is_unknown).cloned()) else {
            return;
        };
        let Some(spelling) = unknown.value.clone() else {
            return;
        };
        let one = import.rows.get(row);
        if one.is_none_or(|row| crate::import::with_courier(&row, &unknown, id, &couriers).is_none()) {
            return;
        }
        import.rows.pick(&spelling, id, &couriers);
        import.picked.push(Picked {
            spelling,
            id: id.to_owned(),
            rows: 0,
        });
        self.plan_batch();
    }

    /// Takes back what was said about a spelling of the open file.
    pub(super) fn unpick_courier(&mut self, batch: BatchId, spelling: &str) {
        let Some(import) = self.checked_import(batch) else {
            return;
        };
        let before = import.picked.len();
        import.picked.retain(|picked| picked.spelling != spelling);
        if import.picked.len() == before {
            return;
        }
        import.rows.unpick(spelling);
        self.plan_batch();
    }
}
