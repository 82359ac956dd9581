//! An imported file on its way: opened, followed, stopped, closed, and shown again after a restart.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Notice;
use super::command::BatchId;
use super::import_state::Import;
use super::jobs::KnownToReader;
use super::kept::Kept;
use super::rows::{Rows, marks};
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{Field, FileRow, ImportedFile, Problem, Shipment, ShipmentId};

impl Engine {
    /// Reads and checks a file; nothing is sent.
    pub(super) fn open_file(&mut self, path: PathBuf) {
        self.open_file_as(path, None);
    }

    /// The same, with what somebody says that its columns are for.
    pub(super) fn open_file_as(&mut self, path: PathBuf, mapping: Option<Vec<(String, Option<Field>)>>) {
        crate::step::at("file-opened");
        self.close_batch();
        self.import_serial = self.import_serial.saturating_add(1);
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut import = Import::new(self.import_serial, name);
        import.source = Some(path.clone());
        let known = KnownToReader {
            couriers: Arc::clone(&self.couriers),
            mappings: Arc::clone(&self.mappings),
            mapping,
            orders: self.book.view(0).rows,
            folder: self.config.data_dir.clone(),
        };
        self.jobs.read_file(
            import.token,
            path,
            known,
            Arc::clone(&import.rows_read),
            Arc::clone(&import.cancelled),
        );
        self.import = Some(import);
        self.dirty.batch = true;
    }

    /// The file has been read.
    pub(super) fn file_read(&mut self, token: u64, file: ImportedFile, rows: Kept<FileRow>) {
        let preset = self.preset_of(&file.columns);
        let couriers = Arc::clone(&self.couriers);
        let Some(import) = self.import.as_mut().filter(|import| import.token == token) else {
            return;
        };
        crate::step::at("file-read");
        self.dirty.batch = true;
        let unusable = file.problems.iter().any(Problem::blocks);
        import.rows = Rows::new(rows, couriers);
        import.file = Arc::new(file);
        import.preset = preset;
        self.repair_again();
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if unusable {
            import.phase = BatchPhase::Unusable;
            let file = Arc::clone(&import.file);
            self.note_unusable(&file);
            self.follow_arrived();
            return;
        }
        self.look_up_rows(false);
    }

    /// The rows of changed shipments follow them.
    pub(super) fn follow_shipments(&mut self, changed: &BTreeSet<ShipmentId>) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        for id in changed {
            if let Some(shipment) = self.outbox.get(*id) {
                import.follow(shipment);
            }
        }
        self.dirty.batch = true;
        self.batch_may_be_done();
    }

    pub(super) fn batch_may_be_done(&mut self) {
        let Some(import) = self.import.as_mut() else {
            return;
        };
        if import.phase == BatchPhase::Sending && import.open_shipments() == 0 {
            import.phase = BatchPhase::Done;
            crate::step::at("batch-done");
            let counts = import.counts();
            self.dirty.batch = true;
            self.watch.count_again();
            self.alert_batch_done(counts);
            self.say(Notice::BatchDone(counts));
        }
    }

    /// Stops what is being done with the file. What was sent stays sent.
    pub(super) fn stop_batch(&mut self) {
        let Some(import) = self.import.as_ref() else {
            return;
        };
        match import.phase {
            BatchPhase::Reading { .. } | BatchPhase::LookingUp { .. } | BatchPhase::Comparing { .. } => {
                self.close_batch();
            }
            BatchPhase::Sending => {
                let ids: BTreeSet<ShipmentId> = import.rows_of.keys().copied().collect();
                self.cancel_queued(Some(&ids));
            }
            BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Unusable | BatchPhase::Done => {}
        }
    }

    /// Shows no file. What it put into the outbox stays there.
    pub(super) fn close_batch(&mut self) {
        if let Some(import) = self.import.take() {
            let now = self.clock.now();
            let id = import.id;
            if id != BatchId::default() {
                crate::step::at("before-batch-closed");
                self.tell_store(|store, _| store.close_batch(id.0, now));
                crate::step::at("after-batch-closed");
            }
            import.cancelled.store(true, Ordering::Relaxed);
            self.dirty.batch = true;
        }
        if self.fetching_for_import() {
            self.stop_fetch();
        }
    }

    /// After a restart the file that was being sent is shown again.
    pub(super) fn reopen_batch(&mut self) {
        let Some(stored) = self
            .tell_store(|store, appid| store.latest_batch(appid))
            .flatten()
        else {
            return;
        };
        let mut rows_of: HashMap<ShipmentId, Vec<usize>> = HashMap::new();
        for (row, id) in stored.row_shipments.iter().enumerate() {
            if let Some(id) = id {
                rows_of.entry(*id).or_default().push(row);
            }
        }
        if !rows_of
            .keys()
            .any(|id| self.outbox.get(*id).is_some_and(|s| s.state.is_open()))
        {
            return;
        }
        self.import_serial = self.import_serial.saturating_add(1);
        let mut file = stored.file;
        let rows = std::mem::take(&mut file.rows);
        let mut import = Import::new(self.import_serial, file.name.clone());
        import.id = BatchId(stored.id);
        import.status = stored.plan.iter().map(|row| row.status).collect();
        import.marks = marks(&rows, &stored.plan, &file.columns);
        import.rows = Rows::new(rows.into(), Arc::clone(&self.couriers));
        import.plan = stored.plan.into();
        import.places = stored.places;
        import.file = Arc::new(file);
        import.phase = BatchPhase::Sending;
        let mut links: Vec<(Arc<Shipment>, Vec<usize>)> = Vec::with_capacity(rows_of.len());
        for (id, rows) in rows_of {
            let open = self.outbox.get(id).cloned();
            let shipment = open.or_else(|| {
                self.tell_store(|store, appid| store.shipment(appid, id))
                    .flatten()
                    .map(Arc::new)
            });
            links.extend(shipment.map(|shipment| (shipment, rows)));
        }
        import.link_many(&links);
        self.import = Some(import);
        self.dirty.batch = true;
        crate::step::at("batch-reopened");
    }
}
