//! What every kind of file is turned into first: rows of cells with the doubts that came with them. Apart, so
//! that text files and workbooks meet in one place and everything after it is written once.

use std::ops::ControlFlow;

/// Most rows that are read: what a sheet of a spreadsheet holds.
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// Most columns that are read.
pub(super) const MAX_COLUMNS: usize = 256;
/// Longest cell, in bytes.
pub(super) const MAX_CELL_BYTES: usize = 64 * 1024;
/// Longest row, in bytes.
pub(super) const MAX_ROW_BYTES: usize = 256 * 1024;

/// How far a cell's text can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Text as it was typed.
    Text,
    /// A number cell of a workbook: what is beyond its precision is lost.
    Number(f64),
    /// The result of a formula that is no text.
    Formula,
    /// A formula that failed: `#N/A`, `#REF!`.
    Error,
    /// Bytes that are no text in the file's encoding, or a quote that never closes.
    Unreadable,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// As it stands in the file.
    pub(super) text: String,
    /// How far it can be trusted.
    pub(super) kind: Kind,
}

impl Cell {
    /// A cell of plain text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            kind: Kind::Text,
        }
    }

    /// Nothing that could be read or that should have been.
    pub(super) fn is_blank(&self) -> bool {
        self.kind != Kind::Unreadable
            && self
                .text
                .chars()
                .all(|c| c.is_whitespace() || super::clean::is_invisible(c))
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RawRow {
    /// As a spreadsheet numbers it, from 1.
    pub(super) row: u32,
    /// Its cells from the first column on.
    pub(super) cells: Vec<Cell>,
}

impl RawRow {
    /// Nothing in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Takes the rows of a file one after the other; `Break` when no more are wanted.
pub(super) type Sink<'a> = dyn FnMut(RawRow) -> ControlFlow<()> + 'a;

/// Why a file could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A limit was met at this row; 0 when it is the whole file.
    TooLarge {
        /// The row.
        row: u32,
    },
    /// Not a kind of file that is read here, or damaged beyond use.
    Unsupported,
    /// It opens with a password only.
    Protected,
    /// The disk did not give what it holds.
    Lost {
        /// Another program holds the file.
        locked: bool,
    },
    /// It is no longer wanted.
    Cancelled,
}

impl Stop {
    /// Reading from the disk failed.
    pub(super) fn lost(error: &std::io::Error) -> Self {
        // Excel on Windows: sharing and lock violations.
        let violation = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
        Self::Lost {
            locked: violation || error.kind() == std::io::ErrorKind::ResourceBusy,
        }
    }
}
