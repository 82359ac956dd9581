//! What is taken where the rows of a file leave it open: a courier, the goods, the sender's phone. Said by a person for
//! the open file, and remembered for files with the same headings; the account's own defaults come after it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::command::{BatchId, PresetEdit};
use super::import_state::Import;
use super::run::Engine;
use super::snapshot::{BatchPhase, PresetView};
use crate::claims::hex;
use crate::domain::{
    Column, CourierList, Field, FileRow, MaskedContact, PlanOptions, PlannedRow, Problem, ProblemKind,
};

/// Under which the presets are kept.
const SETTING: &str = "file_presets";
/// Presets that are remembered; of more the oldest are forgotten.
const MOST: usize = 200;
/// Characters of the longest text that is kept; WeChat takes no more.
const MAX_TEXT_CHARS: usize = 120;

/// What is taken for rows that leave it open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// Courier id; may be empty.
    pub courier: String,
    /// What is in the parcel; may be empty.
    pub item_desc: String,
    /// The sender's masked phone for 顺丰.
    pub sender_contact: Option<MaskedContact>,
}

/// The presets that are remembered, by the headings of their files, oldest first.
pub(super) type Presets = Vec<(String, Preset)>;

/// The headings of a file in whatever order; `None` when it has none.
fn headings_key(columns: &[Column]) -> Option<String> {
    let mut headings: Vec<&str> = columns.iter().map(|column| column.heading.trim()).collect();
    headings.retain(|heading| !heading.is_empty());
    headings.sort_unstable();
    headings.dedup();
    (!headings.is_empty()).then(|| hex(&Sha256::digest(headings.join("\n"))))
}

/// The row leaves something open that a preset could say, or it was said for it.
pub(super) fn is_asked_for(planned: &PlannedRow) -> bool {
    let mut kinds = planned.problems.iter().map(|problem| &problem.what);
    kinds.any(|kind| {
        matches!(
            kind,
            ProblemKind::MissingCourier
                | ProblemKind::CourierFilled { .. }
                | ProblemKind::ItemDescMissing
                | ProblemKind::SfContactMissing
        )
    })
}

/// A courier that was filled in gets the same warning as one that stands in the file.
pub(super) fn warn_of_shapes(row: &FileRow, planned: &mut PlannedRow, couriers: &CourierList) {
    let Some(id) = planned.filled_courier().map(str::to_owned) else {
        return;
    };
    for parcel in row.parcels.iter().filter(|parcel| parcel.courier.is_none()) {
        if let Some(looks_like) = crate::import::looks_like(&parcel.tracking_no, &id, couriers) {
            let kind = ProblemKind::TrackingShape { looks_like };
            planned.problems.push(Problem {
                value: Some(parcel.tracking_no.clone()),
                ..Problem::of(kind, Field::TrackingNo)
            });
        }
    }
}

impl Import {
    /// What the shells see of the preset; nothing once something was sent.
    pub(super) fn preset_view(&self, presets: &Presets) -> PresetView {
        if self.phase != BatchPhase::Checked {
            return PresetView::default();
        }
        let key = headings_key(&self.file.columns);
        let known =
            |(known, preset): &(String, Preset)| Some(known) == key.as_ref() && *preset == self.preset;
        PresetView {
            is_asked_for: self.preset != Preset::default() || self.asks_for_preset,
            preset: self.preset.clone(),
            remembered: presets.iter().any(known),
        }
    }
}

impl Preset {
    /// Says what it says in the place of the account's defaults; a courier that is not on the list says nothing.
    pub(super) fn apply(&self, options: &mut PlanOptions, couriers: &CourierList) {
        if couriers.get(&self.courier).is_some() {
            options.default_courier = Some(self.courier.clone());
        }
        if !self.item_desc.is_empty() {
            options.default_item_desc = Some(self.item_desc.clone());
        }
        if let Some(contact) = &self.sender_contact {
            options.sender_contact = Some(contact.clone());
        }
    }
}

impl Engine {
    /// Reads what is remembered.
    pub(super) fn load_presets(&mut self) {
        let kept = self.tell_store(|store, _| store.setting(SETTING)).flatten();
        self.presets = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
    }

    /// What is remembered for a file with these columns.
    pub(super) fn preset_of(&self, columns: &[Column]) -> Preset {
        let key = headings_key(columns);
        let known = self.presets.iter().find(|(known, _)| Some(known) == key.as_ref());
        known.map(|(_, preset)| preset.clone()).unwrap_or_default()
    }

    /// A person says what is taken where the rows of the open file leave it open.
    pub(super) fn preset_file(&mut self, batch: BatchId, edit: &PresetEdit) {
        let courier = edit.courier.trim();
        if !courier.is_empty() && self.couriers.get(courier).is_none() {
            return; // the list has changed since the choice was shown
        }
        let text = edit.item_desc.trim().chars().take(MAX_TEXT_CHARS);
        let preset = Preset {
            courier: courier.to_owned(),
            item_desc: text.collect(),
            sender_contact: MaskedContact::mask(edit.sender_contact.trim()),
        };
        let import = self.import.as_mut();
        let Some(import) = import.filter(|i| i.id == batch && i.phase == BatchPhase::Checked) else {
            return;
        };
        import.preset = preset.clone();
        let key = headings_key(&import.file.columns);
        if let Some(key) = key {
            let before = self.presets.clone();
            self.presets.retain(|(known, _)| *known != key);
            if edit.remember && preset != Preset::default() {
                self.presets.push((key, preset));
            }
            let surplus = self.presets.len().saturating_sub(MOST);
            self.presets.drain(..surplus);
            if self.presets != before {
                let text = serde_json::to_string(&self.presets).unwrap_or_default();
                self.tell_store(|store, _| store.set_setting(SETTING, &text));
            }
        }
        self.plan_batch();
    }

    /// The settings of a plan of this file.
    pub(super) fn options_for(&self, import: &Import) -> PlanOptions {
        let mut options = self.plan_options(import.reship);
        import.preset.apply(&mut options, &self.couriers);
        options
    }
}
