//! A table of words as a file: a packing list, a list that somebody exports. Apart from the files of results, which
//! keep the form of the file they come from.

use super::results::{Form, Written};
use super::sheet_out::{self, Dialect, OutCell};

/// Writes a table with headings: as a workbook with a sheet of this name, or as text with commas.
///
/// # Errors
/// When it does not fit into a workbook.
pub fn write_table(
    sheet: &str,
    headings: &[String],
    rows: &[Vec<String>],
    form: Form,
) -> std::io::Result<Written> {
    let cells = |row: &[String]| row.iter().map(|cell| OutCell::Text(cell.clone())).collect();
    let table: Vec<Vec<OutCell>> = std::iter::once(cells(headings))
        .chain(rows.iter().map(|row| cells(row)))
        .collect();
    let (bytes, encoding) = match form {
        Form::Text => sheet_out::text(&table, &Dialect::default())?,
        Form::Workbook => (sheet_out::workbook(&table, sheet)?, "xlsx"),
    };
    Ok(Written { bytes, encoding })
}
