//! A file of shopping orders as it was read: the orders of it, and what is wrong at which place. Also the columns that a
//! table of them may have, with a sample of each.

mod columns;

use std::sync::Arc;

pub use columns::{Column, sample};

use super::problem::{ShoppingField, ShoppingPlace, ShoppingProblem};
use super::{ShoppingCall, ShoppingDraft};

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePlace {
    /// A row, as a spreadsheet numbers it, from 1.
    Row(u32),
    /// A field of a JSON file, such as `[0].sub_orders[1].item_list[2]`.
    Path(String),
}

/// What is wrong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFault {
    /// A field of an order.
    Field(ShoppingField, super::ShoppingFault),
    /// A name that no document knows there.
    UnknownName,
    /// Text where a list belongs, or the like.
    WrongType,
}

/// Something wrong at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    /// Where.
    pub at: FilePlace,
    /// Which sub-order and part of the order that is.
    pub place: ShoppingPlace,
    /// What.
    pub fault: FileFault,
}

/// One order of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOrder {
    /// As it was read.
    pub draft: Arc<ShoppingDraft>,
    /// Where it begins.
    pub at: FilePlace,
    /// Why it is not sent; empty when it can be.
    pub problems: Vec<FileProblem>,
}

/// Why a file cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// It cannot be read, or is none of the kinds that are read here.
    Unreadable,
    /// It is larger than what is read here.
    TooLarge,
    /// It is no JSON from this line on.
    NotJson {
        /// Counted from 1.
        line: usize,
    },
    /// No row has headings that are known.
    NoHeadings,
    /// It has no order.
    Empty,
}

/// A file of shopping orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingFile {
    /// Its name without the folder; empty for pasted text.
    pub name: String,
    /// What its orders ask for.
    pub call: ShoppingCall,
    /// Its orders.
    pub orders: Vec<FileOrder>,
    /// Headings that are not known; their columns were left out.
    pub unknown: Vec<String>,
    /// Why nothing of it can be used.
    pub trouble: Option<FileTrouble>,
}

impl ShoppingFile {
    /// A file of which nothing was read.
    pub fn empty(name: &str, call: ShoppingCall, trouble: Option<FileTrouble>) -> Self {
        Self {
            name: name.to_owned(),
            call,
            orders: Vec::new(),
            unknown: Vec::new(),
            trouble,
        }
    }

    /// The orders that can be sent.
    pub fn ready(&self) -> impl Iterator<Item = &FileOrder> {
        self.orders.iter().filter(|order| order.problems.is_empty())
    }
}

impl FileProblem {
    /// A problem of a field at a place of the file.
    pub fn of(at: FilePlace, problem: &ShoppingProblem) -> Self {
        Self {
            at,
            place: problem.place,
            fault: FileFault::Field(problem.field, problem.fault),
        }
    }
}
