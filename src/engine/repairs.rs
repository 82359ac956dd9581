//! What a person does about the reading of the open file: cells typed anew, and what its columns are for. Apart from
//! `imports`, which takes a file as it comes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::command::BatchId;
use super::import_state::Import;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{CourierList, Field, FileRow, Problem, RowStatus};
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
            BatchPhase::Reading
            | BatchPhase::LookingUp { .. }
            | BatchPhase::Unusable
            | BatchPhase::Sending => (false, false),
        };
        let unsent = import.status.get(index).is_some_and(|status| is_unsent(*status));
        let Some(row) = import.before_picks(index).filter(|_| idle && unsent) else {
            return; // it was sent meanwhile
        };
        let columns = &import.file.columns;
        let Some(repaired) = import::repair(row, columns, &self.couriers, column, text) else {
            return;
        };
        if repaired == *row {
            return;
        }
        let cell = |row: &FileRow| row.cells.get(column).cloned().unwrap_or_default();
        let heading = columns.get(column).map(|column| column.heading.clone());
        let details = serde_json::json!({
            "batch": batch.0, "file": import.file.name, "row": row.row, "column": heading,
            "was": cell(row), "is": cell(&repaired), "taken_back": text.is_none(),
        });
        let id = import.id.0;
        if id != BatchId::default().0
            && self
                .tell_store(|store, _| store.repair_batch_row(id, index, &repaired))
                .is_none()
        {
            return; // what could not be written down did not happen
        }
        self.audit("cell_repaired", &details);
        let key = repaired.lookup_key();
        let Some(import) = self.import.as_mut() else {
            return;
        };
        import.replace_row(index, &repaired, &self.couriers);
        self.dirty.batch = true;
        let unknown = key.filter(|key| !import.answers.contains_key(key));
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
        let file = Arc::make_mut(&mut import.file);
        for (index, kept) in kept {
            let Some(row) = file.rows.get_mut(index) else {
                continue;
            };
            if row.row != kept.row || row.cells != kept.as_read().cells {
                continue;
            }
            for column in kept.repaired_columns() {
                let text = kept.cells.get(*column).map(String::as_str);
                if let Some(repaired) = import::repair(row, &file.columns, &couriers, *column, text) {
                    *row = repaired;
                }
            }
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

impl Import {
    /// The row without what was said about its courier, which is said about the file and not about the row.
    fn before_picks(&self, index: usize) -> Option<&FileRow> {
        let mut picked = self.picked.iter().flat_map(|picked| &picked.rows);
        let before = picked.find(|(of, _)| *of == index).map(|(_, row)| row);
        before.or_else(|| self.file.rows.get(index))
    }

    /// Puts a row in the place of another one; what was said about its courier still counts when it still says it.
    fn replace_row(&mut self, index: usize, row: &FileRow, couriers: &CourierList) {
        let mut shown = row.clone();
        for picked in &mut self.picked {
            let before = picked.rows.len();
            picked.rows.retain(|(of, _)| *of != index);
            if picked.rows.len() == before {
                continue;
            }
            let says = |problem: &&Problem| problem.value.as_ref() == Some(&picked.spelling);
            let known = row
                .problems
                .iter()
                .filter(says)
                .find_map(|unknown| import::with_courier(row, unknown, &picked.id, couriers));
            if let Some(known) = known {
                picked.rows.push((index, row.clone()));
                shown = known;
            }
        }
        self.picked.retain(|picked| !picked.rows.is_empty());
        if let Some(slot) = Arc::make_mut(&mut self.file).rows.get_mut(index) {
            *slot = shown;
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
