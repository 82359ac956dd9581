//! What the import page knows: which rows pass the filter, what a row says in each column, what can be done.
//! Apart from the painting, so that it is tested without a window.

pub mod changes;
pub mod columns;
pub mod meant;
pub mod needs;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use words::{ProblemWords, file_problems, place, problems};

use crate::domain::{
    Counts, CourierList, ImportedFile, Problem, ProblemKind, RowStatus, RowsOut, Severity, plain_text,
};
use crate::engine::snapshot::{BatchPhase, BatchView};
use crate::i18n::explain::Names;
use crate::i18n::{Lang, explain_problem, format};

/// The counters that are filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Every row.
    #[default]
    All,
    /// May be sent.
    Ready,
    /// May be sent or is on its way, but something is worth a look.
    Warned,
    /// Cannot be sent.
    Blocked,
    /// No shipment.
    Ignored,
    /// A cell counts otherwise than it stands in the file.
    Changed,
    /// WeChat holds exactly this already.
    AlreadyDone,
    /// On its way.
    Waiting,
    /// WeChat holds it.
    Shipped,
    /// Not known whether it arrived.
    Unclear,
    /// Refused.
    Refused,
    /// For a person.
    NeedsPerson,
}

impl Filter {
    const CHECKED: [Self; 7] = [
        Self::All,
        Self::Ready,
        Self::Warned,
        Self::Blocked,
        Self::AlreadyDone,
        Self::Ignored,
        Self::Changed,
    ];
    const SENT: [Self; 10] = [
        Self::All,
        Self::Shipped,
        Self::Waiting,
        Self::Unclear,
        Self::NeedsPerson,
        Self::Refused,
        Self::AlreadyDone,
        Self::Blocked,
        Self::Ignored,
        Self::Changed,
    ];

    /// The counters of a phase.
    pub fn of_phase(phase: &BatchPhase) -> &'static [Self] {
        match phase {
            BatchPhase::Sending | BatchPhase::Done => &Self::SENT,
            BatchPhase::Reading
            | BatchPhase::LookingUp { .. }
            | BatchPhase::Checked
            | BatchPhase::Failed(_)
            | BatchPhase::Unusable => &Self::CHECKED,
        }
    }

    /// The message with its word.
    pub fn word_id(self) -> &'static str {
        match self {
            Self::All => "import-count-all",
            Self::Ready => "import-count-ready",
            Self::Warned => "import-count-warned",
            Self::Blocked => "import-count-blocked",
            Self::Ignored => "import-count-ignored",
            Self::Changed => "import-count-changed",
            Self::AlreadyDone => "import-count-already-done",
            Self::Waiting => "import-count-waiting",
            Self::Shipped => "import-count-shipped",
            Self::Unclear => "import-count-unclear",
            Self::Refused => "import-count-refused",
            Self::NeedsPerson => "import-count-needs-person",
        }
    }

    /// How many rows pass it; `changed` is told apart because it depends on the file alone.
    pub fn count(self, counts: &Counts, changed: usize) -> usize {
        match self {
            Self::Changed => changed,
            Self::All => counts.rows,
            Self::Ready => counts.ready,
            Self::Warned => counts.warned,
            Self::Blocked => counts.blocked,
            Self::Ignored => counts.ignored,
            Self::AlreadyDone => counts.already_done,
            Self::Waiting => counts.waiting,
            Self::Shipped => counts.shipped,
            Self::Unclear => counts.unclear,
            Self::Refused => counts.refused,
            Self::NeedsPerson => counts.needs_person,
        }
    }

    fn passes(self, status: RowStatus, problems: &[Problem]) -> bool {
        match self {
            Self::All | Self::Changed => true,
            Self::Ready => matches!(status, RowStatus::Ready | RowStatus::Cancelled),
            Self::Warned => is_warned(status, problems),
            Self::Blocked => status == RowStatus::Blocked,
            Self::Ignored => status == RowStatus::Ignored,
            Self::AlreadyDone => status == RowStatus::AlreadyDone,
            Self::Waiting => matches!(
                status,
                RowStatus::Queued | RowStatus::Waiting | RowStatus::Sending
            ),
            Self::Shipped => status == RowStatus::Shipped,
            Self::Unclear => status == RowStatus::Unclear,
            Self::Refused => status == RowStatus::Refused,
            Self::NeedsPerson => status == RowStatus::NeedsPerson,
        }
    }
}

fn is_warned(status: RowStatus, problems: &[Problem]) -> bool {
    let counts = !matches!(
        status,
        RowStatus::Blocked | RowStatus::Ignored | RowStatus::AlreadyDone
    );
    counts && problems.iter().any(|p| p.what.severity() == Severity::Warning)
}

/// One row as the table shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The row as the spreadsheet numbers it.
    pub row: String,
    /// The order's number: WeChat's once it is found, else as the file has it.
    pub order: String,
    /// The couriers by name, several apart by a comma.
    pub courier: String,
    /// The tracking numbers.
    pub tracking_no: String,
    /// What is in it.
    pub goods: String,
    /// The weightiest problem in a few words.
    pub first_problem: String,
}

/// The rows that pass the filter, and the chosen one.
#[derive(Debug, Default)]
pub struct Model {
    /// The counter that is pressed.
    pub filter: Filter,
    /// What is searched for in order and tracking numbers, goods and couriers.
    pub search: String,
    /// The chosen row, by its index in the file.
    pub selected: Option<usize>,
    built: Option<(Arc<BatchView>, Filter, String)>,
    visible: Vec<u32>,
    changed: Option<Changed>,
}

impl Model {
    /// Starts over for another file.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The indices of the rows that pass; built again only when the file, filter or search changed.
    pub fn visible(&mut self, batch: &Arc<BatchView>) -> &[u32] {
        let fresh = self.built.as_ref().is_some_and(|(built, filter, search)| {
            Arc::ptr_eq(built, batch) && *filter == self.filter && *search == self.search
        });
        if !fresh {
            let only_changed = self.filter == Filter::Changed;
            if only_changed {
                self.changed(&batch.file);
            }
            let changed = self.changed.as_ref().filter(|_| only_changed);
            let needle = self.search.trim().to_lowercase();
            self.visible = (0_u32..)
                .zip(batch.plan.iter())
                .filter(|(at, planned)| {
                    let index = usize::try_from(*at).unwrap_or(usize::MAX);
                    let status = status_of(batch, index);
                    self.filter.passes(status, &planned.problems)
                        && changed.is_none_or(|changed| changed.rows.contains(&index))
                        && (needle.is_empty() || contains(batch, index, &needle))
                })
                .map(|(at, _)| at)
                .collect();
            self.built = Some((Arc::clone(batch), self.filter, self.search.clone()));
        }
        &self.visible
    }

    /// How many rows count otherwise than they stand in the file; looked at again only when the file changed.
    pub fn changed(&mut self, file: &Arc<ImportedFile>) -> usize {
        self.look_for_changes(file).rows.len()
    }

    /// How many rows a person has repaired.
    pub fn repaired(&mut self, file: &Arc<ImportedFile>) -> usize {
        self.look_for_changes(file).repaired
    }

    fn look_for_changes(&mut self, file: &Arc<ImportedFile>) -> &Changed {
        let known = self.changed.take().filter(|known| Arc::ptr_eq(&known.of, file));
        self.changed
            .insert(known.unwrap_or_else(|| Changed::in_file(file)))
    }

    /// Where the chosen row stands among the visible ones.
    pub fn selected_position(&self) -> Option<usize> {
        let wanted = u32::try_from(self.selected?).ok()?;
        self.visible.binary_search(&wanted).ok()
    }

    /// Chooses by position among the visible rows.
    pub fn select(&mut self, position: usize) {
        self.selected = self.index_at(position);
    }

    /// The row of the file at a position among the visible rows.
    pub fn index_at(&self, position: usize) -> Option<usize> {
        self.visible
            .get(position)
            .and_then(|index| usize::try_from(*index).ok())
    }
}

/// The rows of a file that count otherwise than they stand in it.
#[derive(Debug)]
struct Changed {
    of: Arc<ImportedFile>,
    rows: BTreeSet<usize>,
    repaired: usize,
}

impl Changed {
    fn in_file(file: &Arc<ImportedFile>) -> Self {
        let all = file.rows.iter().enumerate();
        let changed = all.filter(|(_, row)| changes::is_changed(row, &file.columns));
        Self {
            of: Arc::clone(file),
            rows: changed.map(|(index, _)| index).collect(),
            repaired: file.rows.iter().filter(|row| row.repaired.is_some()).count(),
        }
    }
}

/// Where a row stands now.
pub fn status_of(batch: &BatchView, index: usize) -> RowStatus {
    let planned = batch.plan.get(index).map(|row| row.status);
    batch
        .status
        .get(index)
        .copied()
        .or(planned)
        .unwrap_or(RowStatus::Ignored)
}

fn contains(batch: &BatchView, index: usize, needle: &str) -> bool {
    let Some(row) = batch.file.rows.get(index) else {
        return false;
    };
    let order = batch.plan.get(index).and_then(|row| row.transaction_id.as_ref());
    let has = |text: &str| text.to_lowercase().contains(needle);
    order.is_some_and(|id| has(id.as_str()))
        || row.cells.iter().any(|cell| has(cell))
        || row
            .parcels
            .iter()
            .any(|parcel| has(&parcel.tracking_no) || parcel.courier.as_deref().is_some_and(has))
}

/// A row in the words of the table.
pub fn cells(batch: &BatchView, index: usize, couriers: &CourierList, lang: Lang) -> Cells {
    let (Some(row), Some(planned)) = (batch.file.rows.get(index), batch.plan.get(index)) else {
        return Cells::default();
    };
    let shown = |text: &str| plain_text::cell(text).into_owned();
    let join = |words: Vec<&str>| {
        let words: Vec<_> = words.into_iter().map(plain_text::cell).collect();
        shown(&words.join(", "))
    };
    let mut names: Vec<&str> = row
        .parcels
        .iter()
        .filter_map(|parcel| parcel.courier.as_deref().or(planned.filled_courier()))
        .map(|id| couriers.name(id))
        .collect();
    names.dedup();
    let order = planned
        .transaction_id
        .as_ref()
        .map(|id| id.as_str().to_owned())
        .or_else(|| row.order_number.clone())
        .or_else(|| words::in_file(row));
    let names_of = Names { couriers };
    let first_problem = match row.ignored {
        Some(ignored) => crate::i18n::ignored_name(lang, ignored),
        None => heaviest(&planned.problems)
            .map(|problem| explain_problem(lang, problem, &names_of).title)
            .unwrap_or_default(),
    };
    Cells {
        row: row.row.to_string(),
        order: shown(&order.unwrap_or_default()),
        courier: join(names),
        tracking_no: join(row.parcels.iter().map(|p| p.tracking_no.as_str()).collect()),
        goods: shown(
            row.item_desc
                .as_deref()
                .or_else(|| filled(&planned.problems))
                .unwrap_or_default(),
        ),
        first_problem,
    }
}

/// The text that was taken from the order, where the file has none.
fn filled(problems: &[Problem]) -> Option<&str> {
    let taken = problems
        .iter()
        .find(|problem| problem.what == ProblemKind::ItemDescFilled)?;
    taken.value.as_deref()
}

fn heaviest(problems: &[Problem]) -> Option<&Problem> {
    // The first of the heaviest: `max_by_key` alone would give the last.
    problems
        .iter()
        .rev()
        .max_by_key(|problem| problem.what.severity())
}

/// How far the sending is: rows with an end, and rows that were to be sent.
pub fn progress(counts: &Counts) -> (usize, usize) {
    let ended = [counts.shipped, counts.refused, counts.needs_person]
        .into_iter()
        .fold(0, usize::saturating_add);
    let open = counts.waiting.saturating_add(counts.unclear);
    (ended, ended.saturating_add(open))
}

/// Which files of rows can be written now: none while rows are on their way.
pub fn rows_out(batch: &BatchView) -> impl Iterator<Item = RowsOut> + use<> {
    let counts = batch.counts;
    let taken_back = if batch.phase == BatchPhase::Done {
        counts.ready
    } else {
        0
    };
    let failures = [counts.blocked, counts.refused, counts.needs_person, taken_back];
    let successes = [counts.shipped, counts.already_done];
    let idle = matches!(batch.phase, BatchPhase::Checked | BatchPhase::Done);
    let some = |counts: &[usize]| idle && counts.iter().any(|count| *count > 0);
    let failures = some(&failures).then_some(RowsOut::Failures);
    let successes = some(&successes).then_some(RowsOut::Successes);
    failures.into_iter().chain(successes)
}

/// The facts of the file on one line: rows, encoding, header row.
pub fn facts(batch: &BatchView) -> [(&'static str, String); 3] {
    [
        ("rows", format::count(batch.file.rows.len())),
        ("encoding", batch.file.encoding.to_uppercase()),
        (
            "header",
            match batch.file.header_row {
                0 => "none".to_owned(),
                row => row.to_string(),
            },
        ),
    ]
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
