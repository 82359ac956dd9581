//! What a person does about the reading of the open file: cells typed anew, and what its columns are for. Apart from
//! `imports`, which takes a file as it comes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::command::BatchId;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{Field, FileRow, OrderAnswer, RowStatus};
use crate::import;

/// The setting that holds what people have decided about columns.
const MAPPINGS: &str = "mappings";
/// Longest name of a remembered mapping, in characters.
const MAX_NAME_CHARS: usize = 60;

impl Engine {
    /// Types a cell anew, or takes that back. Nothing is fetched for it but an order that was not named before.
    pub(super) fn repair_cell(&mut self, batch: BatchId, index: usize, column: usize, text: Option<&str>) {
        let Some(import) = self.import.as_ref().filter(|import| import.id == batch) else {
            return;
        };
        let (fresh, idle) = match import.phase {
            BatchPhase::Checked => (true, true),
            BatchPhase::Failed(_) | BatchPhase::Done => (false, true),
            BatchPhase::Reading { .. }
            | BatchPhase::LookingUp { .. }
            | BatchPhase::Comparing { .. }
            | BatchPhase::Unusable
            | BatchPhase::Sending => (false, false),
        };
        let unsent = import.status.get(index).is_some_and(|status| is_unsent(*status));
        let Some(row) = import.rows.before_picks(index).filter(|_| idle && unsent) else {
            return; // it was sent meanwhile
        };
        let columns = &import.file.columns;
        let Some(repaired) = import::repair(&row, columns, &self.couriers, column, text) else {
            return;
        };
        if repaired == *row {
            return;
        }
        let cell = |row: &FileRow| row.cells.get(column).cloned().unwrap_or_default();
        let heading = columns.get(column).map(|column| column.heading.clone());
        let details = serde_json::json!({
            "batch": batch.0, "file": import.file.name, "row": row.row, "column": heading,
            "was": cell(&row), "is": cell(&repaired), "taken_back": text.is_none(),
        });
        let (id, place) = (import.id.0, import.place_of(index));
        let planned = import.plan.get(index);
        if id != BatchId::default().0
            && let Some(planned) = planned
            && self
                .tell_store(|store, _| store.keep_batch_rows(id, &[(place, &repaired, &planned)]))
                .is_none()
        {
            return; // what could not be written down did not happen
        }
        self.audit("cell_repaired", &details);
        let key = repaired.lookup_key();
        let Some(import) = self.import.as_mut() else {
            return;
        };
        import.rows.repair(index, repaired);
        self.dirty.batch = true;
        let unknown = key.filter(|key| {
            let import = self.import.as_ref();
            import.is_some_and(|import| matches!(self.answer_for(import, key), OrderAnswer::NotAsked))
        });
        let Some(import) = self.import.as_mut() else {
            return;
        };
        match unknown {
            _ if !fresh => self.look_up_rows(false),
            None => self.plan_batch(),
            Some(number) => {
                import.to_look_up = VecDeque::from([number]);
                import.total = 1;
                import.phase = BatchPhase::LookingUp { done: 0, total: 1 };
                self.pump_look_ups();
            }
        }
    }

    /// The same file was read before: what was repaired in it then is repaired again, where the row still reads the
    /// same.
    pub(super) fn repair_again(&mut self) {
        let Some(sha256) = self.import.as_ref().map(|import| import.file.sha256.clone()) else {
            return;
        };
        let kept = self
            .tell_store(|store, appid| store.repaired_rows(appid, &sha256))
            .unwrap_or_default();
        if kept.is_empty() {
            return;
        }
        let couriers = Arc::clone(&self.couriers);
        let Some(import) = self.import.as_mut() else {
            return;
        };
        for (index, kept) in kept {
            let Some(read) = import.rows.before_picks(index) else {
                continue;
            };
            if read.row != kept.row || read.cells != kept.as_read().cells {
                continue;
            }
            let mut row = (*read).clone();
            for column in kept.repaired_columns() {
                let text = kept.cells.get(*column).map(String::as_str);
                if let Some(repaired) = import::repair(&row, &import.file.columns, &couriers, *column, text) {
                    row = repaired;
                }
            }
            import.rows.repair(index, row);
        }
    }

    /// A person has decided what the columns of a file are for.
    pub(super) fn remember_mapping(&mut self, headings: &[String], mapping: Vec<(String, Option<Field>)>) {
        Arc::make_mut(&mut self.mappings).remember(headings, mapping);
        self.keep_mappings();
        self.read_again(headings);
    }

    /// Gives a remembered mapping a name.
    pub(super) fn rename_mapping(&mut self, key: &str, name: &str) {
        let name: String = name.trim().chars().take(MAX_NAME_CHARS).collect();
        Arc::make_mut(&mut self.mappings).rename(key, name);
        self.keep_mappings();
    }

    /// Decides as usual about files with these headings again.
    pub(super) fn forget_mapping(&mut self, key: &str) {
        if let Some(headings) = Arc::make_mut(&mut self.mappings).forget(key) {
            self.keep_mappings();
            self.read_again(&headings);
        }
    }

    /// What earlier sessions have decided. A record that cannot be read is as good as none: it only asks again.
    pub(super) fn load_mappings(&mut self) {
        let kept = self.tell_store(|store, _| store.setting(MAPPINGS)).flatten();
        let mappings = kept.and_then(|text| serde_json::from_str(&text).ok());
        self.mappings = Arc::new(mappings.unwrap_or_default());
        self.dirty.preferences = true;
    }

    /// Writes down what is remembered about columns.
    pub(super) fn keep_mappings(&mut self) {
        if let Ok(text) = serde_json::to_string(&*self.mappings) {
            self.tell_store(|store, _| store.set_setting(MAPPINGS, &text));
        }
        self.dirty.preferences = true;
    }

    /// Reads the open file again when it has these headings and nothing of it is on its way.
    fn read_again(&mut self, headings: &[String]) {
        let Some(import) = &self.import else { return };
        let idle = matches!(
            import.phase,
            BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Unusable | BatchPhase::Done
        );
        let own = import.file.columns.iter().map(|column| &column.heading);
        if idle
            && own.eq(headings)
            && let Some(path) = import.source.clone()
        {
            self.open_file(path);
        }
    }
}

/// Nothing of the row is on its way or done.
fn is_unsent(status: RowStatus) -> bool {
    match status {
        // Whether a row that is ignored may be a shipment, the reader says.
        RowStatus::Ready
        | RowStatus::Blocked
        | RowStatus::Cancelled
        | RowStatus::Refused
        | RowStatus::Ignored => true,
        RowStatus::AlreadyDone
        | RowStatus::Queued
        | RowStatus::Waiting
        | RowStatus::Sending
        | RowStatus::Unclear
        | RowStatus::Shipped
        | RowStatus::NeedsPerson => false,
    }
}
