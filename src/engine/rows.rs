//! The rows of the open file: as they were read, with what a person has repaired in them and has said about couriers.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::jobs::KnownToReader;
use super::kept::{Keeper, Kept};
use crate::domain::{CourierList, FileRow, ImportedFile, Mark, PlannedRow, Problem, ProblemKind};
use crate::import;

/// The rows. A clone is the same rows and costs nothing; after a change it is not the same any more.
#[derive(Clone, Debug, Default)]
pub struct Rows(Arc<Inner>);

#[derive(Clone, Debug, Default)]
struct Inner {
    read: Kept<FileRow>,
    /// The same with only what tells whose each is and what is to be sent for it.
    keys: Kept<FileRow>,
    /// As a person has repaired them.
    repaired: BTreeMap<usize, Arc<FileRow>>,
    picks: Vec<Picked>,
    couriers: Arc<CourierList>,
}

/// Which courier a spelling of this file means.
#[derive(Clone, Debug)]
struct Picked {
    spelling: String,
    id: String,
}

impl Rows {
    /// Rows that were read.
    pub(super) fn new(read: Kept<FileRow>, couriers: Arc<CourierList>) -> Self {
        Self(Arc::new(Inner {
            keys: read.keys(),
            read,
            couriers,
            ..Inner::default()
        }))
    }

    /// How many there are, the ignored ones among them.
    pub fn len(&self) -> usize {
        self.0.read.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// They are the same rows, and nothing was changed in between.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A row as it counts now.
    pub fn get(&self, index: usize) -> Option<Arc<FileRow>> {
        let row = self.before_picks(index)?;
        Some(self.0.picked(row))
    }

    /// Of a row as it counts now whose it is and what is to be sent for it; the rest may be missing.
    pub(super) fn key(&self, index: usize) -> Option<Arc<FileRow>> {
        let changed = !self.0.picks.is_empty() || self.0.repaired.contains_key(&index);
        if changed {
            self.get(index)
        } else {
            self.0.keys.get(index)
        }
    }

    /// A row without what was said about its courier, which is said about the file and not about the row.
    pub(super) fn before_picks(&self, index: usize) -> Option<Arc<FileRow>> {
        let repaired = self.0.repaired.get(&index).cloned();
        repaired.or_else(|| self.0.read.get(index))
    }

    /// All rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = Arc<FileRow>> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// All rows at once; for small files.
    pub fn to_vec(&self) -> Vec<FileRow> {
        self.iter().map(Arc::unwrap_or_clone).collect()
    }

    /// Puts a repaired row in the place of the one that was read.
    pub(super) fn repair(&mut self, index: usize, row: FileRow) {
        Arc::make_mut(&mut self.0).repaired.insert(index, Arc::new(row));
    }

    /// The rows that a person has touched, by index.
    pub(super) fn repaired(&self) -> impl Iterator<Item = (usize, &Arc<FileRow>)> {
        self.0.repaired.iter().map(|(index, row)| (*index, row))
    }

    /// From now on a spelling means a courier in these rows.
    pub(super) fn pick(&mut self, spelling: &str, id: &str, couriers: &Arc<CourierList>) {
        let inner = Arc::make_mut(&mut self.0);
        inner.couriers = Arc::clone(couriers);
        inner.picks.push(Picked {
            spelling: spelling.to_owned(),
            id: id.to_owned(),
        });
    }

    /// A spelling means nothing any more.
    pub(super) fn unpick(&mut self, spelling: &str) {
        let inner = Arc::make_mut(&mut self.0);
        inner.picks.retain(|picked| picked.spelling != spelling);
    }

    /// Which spellings of a row a person has given a courier, by their place among all that were said.
    pub(super) fn picks_of<'a>(&'a self, row: &'a FileRow) -> impl Iterator<Item = usize> + 'a {
        let picks = self.0.picks.iter().enumerate();
        picks.filter(|(_, picked)| picked.told_in(row)).map(|(at, _)| at)
    }
}

impl Inner {
    fn picked(&self, mut row: Arc<FileRow>) -> Arc<FileRow> {
        for picked in &self.picks {
            let unknown = row.problems.iter().find(|problem| picked.is_meant_by(problem));
            let known =
                unknown.and_then(|unknown| import::with_courier(&row, unknown, &picked.id, &self.couriers));
            if let Some(known) = known {
                row = Arc::new(known);
            }
        }
        row
    }
}

impl Picked {
    fn is_meant_by(&self, problem: &Problem) -> bool {
        let says = problem.value.as_ref() == Some(&self.spelling);
        says && matches!(problem.what, ProblemKind::UnknownCourier { .. })
    }

    fn told_in(&self, row: &FileRow) -> bool {
        row.problems.iter().any(|problem| {
            let says = problem.value.as_ref() == Some(&self.spelling);
            says && matches!(&problem.what, ProblemKind::CourierTaught { id } if *id == self.id)
        })
    }
}

impl From<Vec<FileRow>> for Rows {
    fn from(rows: Vec<FileRow>) -> Self {
        Self::new(rows.into(), Arc::default())
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

/// Reads a file; of its rows no more are in memory than [`Kept`] has.
pub(super) fn read(
    path: &Path,
    options: &import::ReadOptions<'_>,
    known: &KnownToReader,
) -> (ImportedFile, Kept<FileRow>) {
    let mut keeper = Keeper::new(&known.folder, super::packed::ROWS);
    let mut full = None;
    let mut keep = |row: FileRow| {
        let number = row.row;
        if keeper.push(&row).is_err() {
            full = Some(number);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let mut file = match &known.mapping {
        Some(mapping) => import::read_rows(path, options, mapping, &mut keep),
        None => import::read_rows_remembering(path, options, &known.mappings, &mut keep),
    };
    let rows = keeper.finish().ok().filter(|_| full.is_none());
    if rows.is_none() {
        let row = full.unwrap_or_default();
        file.problems.push(ProblemKind::FileTooLarge { row }.into());
    }
    (file, rows.unwrap_or_default())
}

/// Rows with their verdicts, for who has both in memory.
pub fn marks(rows: &[FileRow], plan: &[PlannedRow], columns: &[crate::domain::Column]) -> Arc<[Mark]> {
    let marks = rows.iter().zip(plan);
    marks
        .map(|(row, planned)| Mark::of(row, planned, columns))
        .collect()
}
