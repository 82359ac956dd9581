//! What the loop notes in the log: runs, files, how shipments end, what people did. Apart from what it is about,
//! because nothing depends on it.

use std::sync::Arc;

use super::Notice;
use super::command::BatchId;
use super::run::Engine;
use crate::domain::{CallFailure, Counts, ImportedFile, JournalEntry, Shipment, State};
use crate::logbook::{Field, Level};

impl Engine {
    pub(super) fn note(&self, level: Level, what: &str, fields: &[(&str, Field<'_>)]) {
        self.log.note(self.clock.now(), level, what, fields);
    }

    /// The first line of a run.
    pub(super) fn note_start(&self) {
        let found = self.recovered.as_ref().map_or("", |found| found.damage.word());
        let fields = [
            ("version", Field::Word(env!("CARGO_PKG_VERSION"))),
            ("sandbox", Field::Flag(self.config.sandbox)),
            ("clean", Field::Flag(self.opened.clean)),
            ("recovered", Field::Word(found)),
        ];
        let level = if found.is_empty() {
            Level::Info
        } else {
            Level::Warn
        };
        self.note(level, "started", &fields);
    }

    /// What was written into the journal, once it is there; or that it could not be written.
    pub(super) fn note_records(&self, records: &[(Arc<Shipment>, JournalEntry)], written: bool) {
        for (shipment, entry) in records {
            let (errcode, rid) = entry.code();
            let mut fields = vec![
                ("shipment", shipment.id.0.into()),
                ("order", Field::Word(shipment.intent.transaction_id().as_str())),
                ("entry", Field::Word(entry.word())),
                ("state", Field::Word(shipment.state.word())),
                ("attempt", i64::from(shipment.attempts).into()),
            ];
            fields.extend(errcode.map(|code| ("errcode", code.into())));
            fields.extend(rid.map(|rid| ("rid", Field::Text(rid))));
            fields.extend((!written).then_some(("written", Field::Flag(false))));
            self.note(level_of(&shipment.state, entry, written), "shipment", &fields);
        }
    }

    /// A file has its verdicts.
    pub(super) fn note_checked(&self, batch: BatchId, file: &ImportedFile, counts: &Counts) {
        let mut fields = vec![("batch", batch.0.into()), ("file", Field::Text(&file.name))];
        fields.extend(of_counts(counts));
        self.note(Level::Info, "file_checked", &fields);
    }

    /// A file cannot be read as one of shipments.
    pub(super) fn note_unusable(&self, file: &ImportedFile) {
        let why = file.problems.iter().find(|problem| problem.blocks());
        let why = why.map(|problem| problem.what.word()).unwrap_or_default();
        let fields = [("file", Field::Text(&file.name)), ("why", Field::Word(&why))];
        self.note(Level::Warn, "file_unusable", &fields);
    }

    /// What a person did, with what the audit says of it.
    pub(super) fn note_deed(&self, what: &str, details: &serde_json::Value) {
        let mut fields = Vec::new();
        for (name, value) in details.as_object().into_iter().flatten() {
            let field = match value {
                serde_json::Value::String(text) => Field::Text(text),
                serde_json::Value::Bool(flag) => Field::Flag(*flag),
                serde_json::Value::Number(number) => Field::Number(number.as_i64().unwrap_or_default()),
                serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                    continue;
                }
            };
            // The line's own names come first.
            if !matches!(name.as_str(), "at" | "level" | "pid" | "what") {
                fields.push((name.as_str(), field));
            }
        }
        self.note(Level::Info, what, &fields);
    }

    /// Notices that a technical person looks for.
    pub(super) fn note_notice(&self, notice: &Notice) {
        if let Notice::BatchDone(counts) = notice {
            let level = if counts.refused > 0 || counts.needs_person > 0 {
                Level::Warn
            } else {
                Level::Info
            };
            self.note(level, "batch_done", &of_counts(counts));
        } else if let Notice::FetchFailed(failure) = notice {
            self.note_failure("fetch_failed", failure);
        } else if *notice == Notice::StoreFailed {
            self.note(Level::Error, "journal_not_written", &[]);
        } else if *notice == Notice::BatchNotKept {
            self.note(Level::Error, "batch_not_written", &[]);
        }
    }

    fn note_failure(&self, what: &str, failure: &CallFailure) {
        let mut fields = Vec::new();
        let status = failure.http_status.map(i64::from);
        fields.extend(failure.errcode.map(|code| ("errcode", code.into())));
        fields.extend(status.map(|status| ("http_status", status.into())));
        fields.extend(failure.rid.as_deref().map(|rid| ("rid", Field::Text(rid))));
        self.note(Level::Warn, what, &fields);
    }
}

/// Ends are told by default, looks and what comes between only to those who ask for it.
fn level_of(state: &State, entry: &JournalEntry, written: bool) -> Level {
    let looked = matches!(
        entry,
        JournalEntry::Looked { .. } | JournalEntry::LookFailed { .. } | JournalEntry::Claimed { .. }
    );
    match state {
        _ if !written => Level::Error,
        State::NeedsPerson(_) | State::Rejected(_) => Level::Warn,
        State::Shipped { .. } | State::Cancelled => Level::Info,
        State::Unclear(_) if !looked => Level::Warn,
        State::Queued | State::Waiting | State::Sending | State::Unclear(_) if looked => Level::Debug,
        State::Queued | State::Waiting | State::Sending | State::Unclear(_) => Level::Trace,
    }
}

fn of_counts(counts: &Counts) -> Vec<(&'static str, Field<'static>)> {
    [
        ("rows", counts.rows),
        ("ready", counts.ready),
        ("blocked", counts.blocked),
        ("ignored", counts.ignored),
        ("shipped", counts.shipped),
        ("already_done", counts.already_done),
        ("refused", counts.refused),
        ("unclear", counts.unclear),
        ("needs_person", counts.needs_person),
        ("waiting", counts.waiting),
    ]
    .into_iter()
    .map(|(name, count)| (name, count.into()))
    .collect()
}
