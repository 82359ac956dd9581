//! Reads an id out of a cell, or says why it is none. Apart, because order numbers, tracking numbers and merchant
//! numbers must be guarded in the same way.

use crate::domain::ProblemKind;

use super::clean;
use super::grid::{Cell, Kind};
use super::numbers::{is_mangled, number_cell};
use super::words::is_not_shipped;

/// What a cell holds where an id belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Id {
    /// Nothing, or a word that says so.
    None,
    /// An id, or for a list of ids the whole text.
    Sound {
        /// Without its dirt.
        text: String,
        /// More than wrappers and blanks at the ends came off.
        changed: bool,
    },
    /// Something that may not be used.
    Bad(ProblemKind),
}

/// Reads the cell. In a `list` several ids and blanks may stand, and what they look like is checked one by one
/// afterwards.
pub(super) fn read_id(cell: &Cell, list: bool) -> Id {
    match cell.kind {
        Kind::Unreadable => return Id::Bad(ProblemKind::Unreadable),
        Kind::Formula => return Id::Bad(ProblemKind::FormulaCell),
        Kind::Error | Kind::Text | Kind::Number(_) => {}
    }
    let clean = clean::id(&cell.text);
    if clean.text.is_empty() || is_not_shipped(&clean.text) {
        return Id::None;
    }
    if cell.kind == Kind::Error || is_failed_formula(&clean.text) {
        return Id::Bad(ProblemKind::FormulaCell);
    }
    if let Kind::Number(value) = cell.kind {
        let (text, sound) = number_cell(value);
        return if sound && text == clean.text {
            Id::Sound { text, changed: false }
        } else {
            Id::Bad(ProblemKind::MangledId)
        };
    }
    if clean.text.starts_with('=') {
        return Id::Bad(ProblemKind::FormulaCell);
    }
    if clean.text.contains('\u{fffd}') {
        return Id::Bad(ProblemKind::Unreadable);
    }
    let blank = |c: char| c.is_whitespace() || c.is_control();
    if !list && (is_mangled(&clean.text) || clean.text.contains(blank)) {
        return Id::Bad(ProblemKind::MangledId);
    }
    Id::Sound {
        text: clean.text,
        changed: clean.changed,
    }
}

/// `#REF!` and its like, which stay as text in a CSV.
fn is_failed_formula(text: &str) -> bool {
    [
        "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#N/A",
    ]
    .iter()
    .any(|error| text.eq_ignore_ascii_case(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: Kind, expected: Result<Option<&str>, ProblemKind>) {
        let cell = Cell {
            text: text.into(),
            kind,
        };
        let found = match read_id(&cell, false) {
            Id::None => Ok(None),
            Id::Sound { text, .. } => Ok(Some(text)),
            Id::Bad(kind) => Err(kind),
        };
        assert_eq!(found, expected.map(|id| id.map(str::to_owned)), "{text}");
    }

    #[test]
    fn only_sound_ids_are_read() {
        check(
            "`4200000925202101284997714292",
            Kind::Text,
            Ok(Some("4200000925202101284997714292")),
        );
        check("=\"S1\"", Kind::Text, Ok(Some("S1")));
        check("", Kind::Text, Ok(None));
        check("无", Kind::Text, Ok(None));
        check("4.2E+27", Kind::Text, Err(ProblemKind::MangledId));
        check("4200 0009 2520", Kind::Text, Err(ProblemKind::MangledId));
        check("=A1&B1", Kind::Text, Err(ProblemKind::FormulaCell));
        check("42\u{fffd}", Kind::Text, Err(ProblemKind::Unreadable));
        check("#REF!", Kind::Text, Err(ProblemKind::FormulaCell));
    }

    #[test]
    fn number_cells_count_only_while_a_spreadsheet_keeps_their_digits() {
        check(
            "78768264502666",
            Kind::Number(78_768_264_502_666.0),
            Ok(Some("78768264502666")),
        );
        check(
            "4200000925202100000000000000",
            Kind::Number(4.2e27),
            Err(ProblemKind::MangledId),
        );
        check("12.5", Kind::Number(12.5), Err(ProblemKind::MangledId));
        check("2026-07-19", Kind::Number(46222.0), Err(ProblemKind::MangledId));
        check("7", Kind::Formula, Err(ProblemKind::FormulaCell));
    }
}
