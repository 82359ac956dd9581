//! Files that go out: rows of the open file with what became of them, and orders in WeChat's own template. A file is
//! put down whole or not at all, readable by this user only, and never in the place of another one unasked.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::{PageFile, ResultFile, TableFile};
use super::history::Collected;
use super::jobs::JobDone;
use super::notice::Notice;
use super::run::Engine;
use super::snapshot::BatchView;
use crate::domain::{
    Field, FileNotSaved, FileRow, FileSaved, Intent, Order, PlannedRow, RowResult, RowStatus, RowsOut,
    Shipment, ShipmentId, State, TransactionId,
};
use crate::import::{self, Form, Results, WrittenRows};

/// What has become of a row.
#[derive(Clone, Debug)]
pub struct RowEnd {
    row: Arc<FileRow>,
    planned: Option<Arc<PlannedRow>>,
    status: RowStatus,
    shipment: Option<Arc<Shipment>>,
}

impl RowEnd {
    /// As it is told.
    pub fn result(&self) -> RowResult<'_> {
        RowResult {
            row: self.row.origin.unwrap_or(self.row.row),
            status: self.status,
            problems: self
                .planned
                .as_ref()
                .map_or(&self.row.problems, |planned| &planned.problems),
            state: self.shipment.as_ref().map(|shipment| &shipment.state),
        }
    }
}

impl BatchView {
    /// The shipment of a row.
    pub fn shipment(&self, index: usize) -> Option<&Arc<Shipment>> {
        let of_row = self.row_shipments.get(&index).copied();
        let id = of_row.or_else(|| self.plan.get(index)?.shipment)?;
        self.shipments.get(&id)
    }

    /// Where a row stands now; `None` while it has no verdict.
    pub fn status_of(&self, index: usize) -> Option<RowStatus> {
        self.status.get(index).copied()
    }

    /// What has become of a row, by its index.
    pub fn result(&self, index: usize) -> Option<RowEnd> {
        let row = self.rows.get(index)?;
        let planned = self.plan.get(index);
        let unplanned = if row.ignored.is_some() {
            RowStatus::Ignored
        } else {
            RowStatus::Blocked
        };
        let status = self.status_of(index);
        let status = status.or(planned.as_ref().map(|planned| planned.status));
        Some(RowEnd {
            status: status.unwrap_or(unplanned),
            shipment: self.shipment(index).cloned(),
            row,
            planned,
        })
    }

    /// The rows that go out, by index, with what has become of each.
    pub fn results(&self, out: RowsOut) -> impl Iterator<Item = (usize, RowEnd)> + '_ {
        (0..self.rows.len())
            .filter(move |index| self.status_of(*index).is_none_or(|status| out.takes(status)))
            .filter_map(|index| Some((index, self.result(index)?)))
            .filter(move |(_, row)| out.takes(row.status))
    }
}

impl Engine {
    /// Writes rows of the open file into a file of their own.
    pub(super) fn save_results(&mut self, wish: ResultFile) {
        let name = name_of(&wish.path);
        let Some(import) = self.import.as_ref().filter(|import| import.id == wish.batch) else {
            return self.not_saved(name, FileNotSaved::Closed);
        };
        let (view, source) = (import.view(), import.source.clone());
        let rows: Vec<usize> = view.results(wish.out).map(|(index, _)| index).collect();
        if rows.is_empty() {
            return self.not_saved(name, FileNotSaved::NoRows);
        }
        Arc::make_mut(&mut self.mappings).remember_read(&view.file.columns);
        self.keep_mappings();
        let details = serde_json::json!({ "file": name, "rows": rows.len() });
        self.audit("results_saved", &details);
        let (couriers, folder) = (Arc::clone(&self.couriers), self.config.data_dir.clone());
        self.jobs.save(move || {
            let same = source
                .as_deref()
                .is_some_and(|source| same_file(source, &wish.path));
            if same {
                return Err((name, FileNotSaved::IsTheSource));
            }
            let file = &view.file;
            let results = Results {
                file,
                row: &|index| view.rows.get(index),
                source: source.as_deref(),
                headings: &wish.words.headings,
                rows: &rows,
                notes: &|index| {
                    let row = view.result(index);
                    row.map_or_else(Vec::new, |row| (wish.words.of_row)(&row.result(), &couriers))
                },
                folder: &folder,
            };
            let has_phones = file.columns.iter().any(|column| {
                matches!(
                    column.field,
                    Some(Field::ReceiverContact | Field::ConsignorContact)
                )
            });
            let spreadsheet = matches!(file.encoding.as_str(), "xlsx" | "xls");
            let usual = |written: WrittenRows| {
                written.encoding == "xlsx" || spreadsheet || file.encoding == written.encoding
            };
            let form = Form::of(&wish.path);
            put_down_with(&wish.path, wish.replace, |out| {
                import::write_results(&results, form, out)
            })
            .map(|written| FileSaved {
                name: name.clone(),
                rows: rows.len(),
                encoding: (!usual(written)).then_some(written.encoding),
                masked: has_phones && !written.original,
            })
            .map_err(|why| (name.clone(), why))
        });
    }

    /// Writes shipments into WeChat's own template: those that WeChat has refused, as long as nothing else was tried
    /// for their orders and nobody else has shipped them.
    pub(super) fn save_template(&mut self, path: PathBuf, replace: bool, shipments: &[ShipmentId]) {
        let name = name_of(&path);
        let refused =
            |shipment: &&Arc<Shipment>| matches!(&shipment.state, State::Rejected(no) if !no.refunded);
        let known: Vec<Arc<Shipment>> = shipments
            .iter()
            .filter_map(|id| self.outbox.get(*id))
            .filter(refused)
            .cloned()
            .collect();
        let orders: Vec<TransactionId> = known
            .iter()
            .map(|shipment| shipment.intent.transaction_id().clone())
            .collect();
        let newest = self.tell_store(|store, appid| store.priors(appid, &orders));
        let newest = newest.unwrap_or_default();
        let rows: Vec<(Arc<Intent>, Option<Arc<Order>>)> = known
            .iter()
            .filter(|shipment| {
                let prior = newest.get(shipment.intent.transaction_id());
                prior.is_some_and(|prior| prior.shipment == shipment.id)
            })
            .map(|shipment| {
                let order = self.book.get(shipment.intent.transaction_id()).cloned();
                (Arc::clone(&shipment.intent), order)
            })
            .filter(|(_, order)| order.as_ref().is_none_or(|order| order.can_ship()))
            .collect();
        if rows.is_empty() {
            return self.not_saved(name, FileNotSaved::NoRows);
        }
        self.audit(
            "template_saved",
            &serde_json::json!({ "file": name, "orders": rows.len() }),
        );
        let couriers = Arc::clone(&self.couriers);
        self.jobs.save(move || {
            let shipments: Vec<(&Intent, Option<&Order>)> = rows
                .iter()
                .map(|(intent, order)| (&**intent, order.as_deref()))
                .collect();
            let saved = FileSaved {
                name: name.clone(),
                rows: rows.len(),
                encoding: None,
                masked: false,
            };
            import::write_template(&shipments, &couriers, Form::of(&path))
                .map_err(|error| why_not(&error))
                .and_then(|written| put_down(&path, &written.bytes, replace))
                .map(|()| saved)
                .map_err(|why| (name, why))
        });
    }

    /// Writes a page to be printed.
    pub(super) fn save_page(&mut self, page: PageFile) {
        let name = name_of(&page.path);
        self.audit("page_saved", &serde_json::json!({ "file": name }));
        self.jobs.save(move || {
            put_down(&page.path, page.html.as_bytes(), page.replace)
                .map(|()| FileSaved {
                    name: name.clone(),
                    rows: page.entries,
                    encoding: None,
                    masked: false,
                })
                .map_err(|why| (name, why))
        });
    }

    /// Writes a table of words, such as a packing list.
    pub(super) fn save_table(&mut self, wish: TableFile) {
        let name = name_of(&wish.path);
        // What was gathered for this file is in it; another one may still be waited for.
        let its = |collected: &Arc<Collected>| collected.to.as_ref() == Some(&wish.path);
        if self.history.collected.as_ref().is_some_and(its) {
            self.history.collected = None;
            self.dirty.history = true;
        }
        if wish.rows.is_empty() {
            return self.not_saved(name, FileNotSaved::NoRows);
        }
        let details = serde_json::json!({ "file": name, "rows": wish.rows.len() });
        self.audit("table_saved", &details);
        self.jobs.save(move || {
            let saved = FileSaved {
                name: name.clone(),
                rows: wish.rows.len(),
                encoding: None,
                masked: false,
            };
            import::write_table(&wish.sheet, &wish.headings, &wish.rows, Form::of(&wish.path))
                .map_err(|error| why_not(&error))
                .and_then(|written| put_down(&wish.path, &written.bytes, wish.replace))
                .map(|()| saved)
                .map_err(|why| (name, why))
        });
    }

    pub(super) fn not_saved(&mut self, name: String, why: FileNotSaved) {
        self.say(Notice::FileNotSaved { name, why });
    }
}

/// The end of a job that puts a file down.
pub(super) fn saved(result: Result<FileSaved, (String, FileNotSaved)>) -> JobDone {
    JobDone::Saved(match result {
        Ok(saved) => Notice::FileSaved(saved),
        Err((name, why)) => Notice::FileNotSaved { name, why },
    })
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

pub(super) fn why_not(error: &io::Error) -> FileNotSaved {
    let kind = error.kind();
    if kind == io::ErrorKind::AlreadyExists {
        FileNotSaved::Exists
    } else if kind == io::ErrorKind::InvalidData {
        FileNotSaved::TooMuch
    } else {
        FileNotSaved::Failed(error.to_string())
    }
}

/// Puts a file in its place in one step, for this user only (0600).
pub(super) fn put_down(path: &Path, bytes: &[u8], replace: bool) -> Result<(), FileNotSaved> {
    put_down_with(path, replace, |file| file.write_all(bytes))
}

/// The same for a file that is written piece by piece.
pub(super) fn put_down_with<T>(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut File) -> io::Result<T>,
) -> Result<T, FileNotSaved> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let put = || -> io::Result<T> {
        let mut file = tempfile::Builder::new()
            .prefix(".fahuo-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))?;
        let written = write(file.as_file_mut())?;
        file.as_file().sync_all()?;
        let placed = if replace {
            file.persist(path)
        } else {
            file.persist_noclobber(path)
        };
        placed.map_err(|error| error.error)?;
        Ok(written)
    };
    put().map_err(|error| why_not(&error))
}
