//! What is told outside of the program: a row with what has become of it, and the files that rows go into.

use super::{CallFailure, CourierList, Doubt, Problem, ProblemKind, RowStatus, State};

/// The rows of a file that go out as a file of their own. Rows that are still on their way are in neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowsOut {
    /// What must be repaired or decided, and what was taken back.
    Failures,
    /// What WeChat holds.
    Successes,
}

impl RowsOut {
    /// Rows of this status belong to it. What is unclear belongs to none: nobody may send it again somewhere else
    /// before it was looked at.
    pub fn takes(self, status: RowStatus) -> bool {
        match status {
            RowStatus::Blocked | RowStatus::Refused | RowStatus::NeedsPerson | RowStatus::Cancelled => {
                self == Self::Failures
            }
            RowStatus::Shipped | RowStatus::AlreadyDone => self == Self::Successes,
            RowStatus::Ready
            | RowStatus::Ignored
            | RowStatus::Queued
            | RowStatus::Waiting
            | RowStatus::Sending
            | RowStatus::Unclear => false,
        }
    }
}

/// A row of a file with its verdict and the state of its shipment.
#[derive(Clone, Copy, Debug)]
pub struct RowResult<'a> {
    /// The row as a spreadsheet numbers it, from 1, in the file that staff had first.
    pub row: u32,
    /// Where it stands.
    pub status: RowStatus,
    /// Everything that was found.
    pub problems: &'a [Problem],
    /// Its shipment, once it has one.
    pub state: Option<&'a State>,
}

impl<'a> RowResult<'a> {
    /// WeChat's code: 0 when it accepted the shipment, `None` when it did not speak.
    pub fn errcode(&self) -> Option<i64> {
        let of_shipment = self.state.and_then(|state| match state {
            State::Shipped { found: false } => Some(0),
            State::Rejected(refusal) => Some(refusal.errcode).filter(|code| *code != 0),
            State::Unclear(Doubt::Compare { errcode, .. }) => Some(*errcode),
            State::Unclear(Doubt::Failure(failure)) => failure.errcode,
            State::Unclear(Doubt::Restart)
            | State::Queued
            | State::Waiting
            | State::Sending
            | State::Shipped { found: true }
            | State::NeedsPerson(_)
            | State::Cancelled => None,
        });
        of_shipment.or_else(|| self.unchecked().and_then(|failure| failure.errcode))
    }

    /// WeChat's request id, when it gave one with a no or an unclear answer.
    pub fn rid(&self) -> Option<&'a str> {
        let of_shipment = self.state.and_then(|state| match state {
            State::Rejected(refusal) => refusal.rid.as_deref(),
            State::Unclear(Doubt::Compare { rid, .. }) => rid.as_deref(),
            State::Unclear(Doubt::Failure(failure)) => failure.rid.as_deref(),
            State::Unclear(Doubt::Restart)
            | State::Queued
            | State::Waiting
            | State::Sending
            | State::Shipped { .. }
            | State::NeedsPerson(_)
            | State::Cancelled => None,
        });
        of_shipment.or_else(|| self.unchecked().and_then(|failure| failure.rid.as_deref()))
    }

    fn unchecked(&self) -> Option<&'a CallFailure> {
        self.problems.iter().find_map(|problem| {
            if let ProblemKind::OrderUnchecked { failure } = &problem.what {
                Some(failure)
            } else {
                None
            }
        })
    }
}

/// The words of a file of results. Those of a row are made when it is written, so that the words of a large file are
/// never all in memory.
#[derive(Clone, Debug)]
pub struct RowWords {
    /// The headings of the added columns.
    pub headings: Vec<String>,
    /// Gives the cells of a row under them.
    pub of_row: fn(&RowResult<'_>, &CourierList) -> Vec<String>,
}

impl PartialEq for RowWords {
    /// The headings tell the language, and the language the words.
    fn eq(&self, other: &Self) -> bool {
        self.headings == other.headings
    }
}

impl Eq for RowWords {}

/// A file that was put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSaved {
    /// Its name without the folder.
    pub name: String,
    /// How many rows or orders are in it.
    pub rows: usize,
    /// The encoding, when it is not that of the imported file, which lacks a character.
    pub encoding: Option<&'static str>,
    /// The imported file is gone or has changed, so the phones in the rows are masked.
    pub masked: bool,
}

/// Why a file was not put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileNotSaved {
    /// There is a file of this name.
    Exists,
    /// It is the imported file itself, which is never written to.
    IsTheSource,
    /// There is no row to write.
    NoRows,
    /// The rows do not fit into a workbook.
    TooMuch,
    /// Another file is open meanwhile.
    Closed,
    /// Something in it looks like a secret.
    HoldsSecret,
    /// The system refuses; in its own words.
    Failed(String),
}
