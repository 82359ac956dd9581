//! What the import page knows: which rows pass the filter, what a row says in each column, what can be done.
//! Apart from the painting, so that it is tested without a window.

pub mod changes;
pub mod columns;
pub mod meant;
pub mod needs;
mod search;
mod words;

use std::sync::Arc;

pub use words::{ProblemWords, file_problems, place, problems};

use search::Search;

use crate::domain::{Counts, CourierList, Mark, Problem, ProblemKind, RowStatus, RowsOut, plain_text};
use crate::engine::snapshot::{BatchPhase, BatchView, Gate, Outbox};
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
            BatchPhase::Reading { .. }
            | BatchPhase::LookingUp { .. }
            | BatchPhase::Comparing { .. }
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

    /// How many rows pass it.
    pub fn count(self, batch: &BatchView) -> usize {
        let counts = &batch.counts;
        match self {
            Self::Changed => batch.changed,
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

    fn passes(self, status: RowStatus, mark: Mark) -> bool {
        match self {
            Self::All => true,
            Self::Changed => mark.changed,
            Self::Ready => matches!(status, RowStatus::Ready | RowStatus::Cancelled),
            Self::Warned => {
                let counts = !matches!(
                    status,
                    RowStatus::Blocked | RowStatus::Ignored | RowStatus::AlreadyDone
                );
                counts && mark.warned
            }
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
    search_state: Option<Search>,
}

impl Model {
    /// Starts over for another file.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The indices of the rows that pass; built again only when the file, filter or search changed. Of a large file a
    /// search looks through a part at each call.
    pub fn visible(&mut self, batch: &Arc<BatchView>) -> &[u32] {
        let found_more = self.go_on_searching(batch);
        let fresh = self.built.as_ref().is_some_and(|(built, filter, search)| {
            Arc::ptr_eq(built, batch) && *filter == self.filter && *search == self.search
        });
        if !fresh || found_more {
            let last = u32::try_from(batch.plan.len()).unwrap_or(u32::MAX);
            let filter = self.filter;
            let passes = |at: &u32| {
                let index = usize::try_from(*at).unwrap_or(usize::MAX);
                let mark = batch.marks.get(index).copied().unwrap_or_default();
                filter.passes(status_of(batch, index), mark)
            };
            self.visible = match &self.search_state {
                Some(search) => search.hits().iter().copied().filter(passes).collect(),
                None => (0..last).filter(passes).collect(),
            };
            self.built = Some((Arc::clone(batch), self.filter, self.search.clone()));
        }
        &self.visible
    }

    /// How far a search is that is not through with the file: rows, and rows of the file.
    pub fn searching(&self) -> Option<(usize, usize)> {
        self.search_state.as_ref()?.progress()
    }

    /// Looks through the next rows; `true` when that was some.
    fn go_on_searching(&mut self, batch: &Arc<BatchView>) -> bool {
        let needle = self.search.trim().to_lowercase();
        if needle.is_empty() {
            return self.search_state.take().is_some();
        }
        let known = self
            .search_state
            .take()
            .filter(|known| known.is_for(batch, &needle));
        let search = self
            .search_state
            .insert(known.unwrap_or_else(|| Search::new(batch, needle)));
        search.go_on(batch)
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

/// Where a row stands now.
pub fn status_of(batch: &BatchView, index: usize) -> RowStatus {
    let planned = || batch.plan.get(index).map(|row| row.status);
    batch
        .status_of(index)
        .or_else(planned)
        .unwrap_or(RowStatus::Ignored)
}

/// A row in the words of the table.
pub fn cells(batch: &BatchView, index: usize, couriers: &CourierList, lang: Lang) -> Cells {
    let (Some(row), Some(planned)) = (batch.rows.get(index), batch.plan.get(index)) else {
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
        .or_else(|| words::in_file(&row));
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

/// The file may be put away: it is not being sent, or what is left of it only waits, which may take a day.
pub fn may_leave(batch: &BatchView, outbox: &Outbox) -> bool {
    let on_its_way = outbox.queued > 0 || outbox.sending > 0 || matches!(outbox.gate, Gate::Holding { .. });
    batch.phase != BatchPhase::Sending || !on_its_way
}

/// The facts of the file on one line: rows, encoding, header row.
pub fn facts(batch: &BatchView) -> [(&'static str, String); 3] {
    [
        ("rows", format::count(batch.rows.len())),
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
