//! Writes a table: delimited text in an encoding, or a workbook whose cells are text. Apart from what is written,
//! so that result files and templates share one way of quoting and guarding.

use std::io;

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::carry::outward;
use super::results::{Form, Written};

/// Width of a column of a workbook in characters, for order numbers.
const COLUMN_WIDTH: f64 = 24.0;

/// A cell that goes out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OutCell {
    /// Text, also when it is all digits.
    Text(String),
    /// A damaged number of a workbook stays the number it was, so that it is still found damaged.
    Number(f64),
}

/// How a text file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// `utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    pub(super) encoding: &'static str,
    /// Between two cells.
    pub(super) delimiter: char,
    /// The file names its delimiter in a first line `sep=;`.
    pub(super) named: bool,
    /// At the end of each row.
    pub(super) line_end: &'static str,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            encoding: "utf-8",
            delimiter: ',',
            named: false,
            line_end: "\r\n",
        }
    }
}

/// A table as delimited text in bytes, and the encoding: another one than was asked for when that one lacks a
/// character. UTF-8 carries a byte order mark, without which Excel takes it for the system's encoding.
pub(super) fn text(rows: &[Vec<OutCell>], dialect: &Dialect) -> (Vec<u8>, &'static str) {
    let mut text = String::new();
    if dialect.named {
        text.push_str("sep=");
        text.push(dialect.delimiter);
        text.push_str(dialect.line_end);
    }
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push(dialect.delimiter);
            }
            match cell {
                OutCell::Text(cell) => quote(&outward(cell, true), dialect.delimiter, &mut text),
                // What a spreadsheet saves of such a number.
                OutCell::Number(number) => text.push_str(&scientific(*number)),
            }
        }
        text.push_str(dialect.line_end);
    }
    encode(&text, dialect.encoding)
}

/// `4.20000E+27`, the form in which a spreadsheet saves a long number.
pub(super) fn scientific(number: f64) -> String {
    format!("{number:.5E}").replace('E', "E+").replace("E+-", "E-")
}

fn quote(cell: &str, delimiter: char, text: &mut String) {
    let needed = cell.contains([delimiter, '"', '\n', '\r']) || cell.ends_with('\u{1a}');
    if needed {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn encode(text: &str, encoding: &'static str) -> (Vec<u8>, &'static str) {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    };
    match encoding {
        "gb18030" => {
            let (bytes, _, lacking) = GB18030.encode(text);
            if !lacking {
                return (bytes.into_owned(), encoding);
            }
        }
        "utf-16le" => return (utf16(u16::to_le_bytes), encoding),
        "utf-16be" => return (utf16(u16::to_be_bytes), encoding),
        _ => {}
    }
    (format!("\u{feff}{text}").into_bytes(), "utf-8")
}

/// A table of words with its headings, as text in UTF-8 or as a workbook.
///
/// # Errors
/// As [`workbook`].
pub fn write_table(headings: &[String], rows: &[Vec<String>], form: Form) -> io::Result<Written> {
    let cells = |row: &Vec<String>| row.iter().cloned().map(OutCell::Text).collect();
    let head = headings.iter().cloned().map(OutCell::Text).collect();
    let table: Vec<Vec<OutCell>> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let (bytes, encoding) = match form {
        Form::Text => text(&table, &Dialect::default()),
        Form::Workbook => (workbook(&table, "Sheet1", 1)?, "xlsx"),
    };
    Ok(Written {
        bytes,
        encoding,
        original: true,
    })
}

/// A table as a workbook with one sheet; the first `heads` rows are bold.
///
/// # Errors
/// When a cell is longer than a workbook allows (32,767 characters), or there are more rows than it allows.
pub(super) fn workbook(rows: &[Vec<OutCell>], sheet: &str, heads: usize) -> io::Result<Vec<u8>> {
    let too_much = |error: XlsxError| io::Error::new(io::ErrorKind::InvalidData, error);
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet).map_err(too_much)?;
    fill(page, rows, heads).map_err(too_much)?;
    book.save_to_buffer().map_err(too_much)
}

fn fill(page: &mut Worksheet, rows: &[Vec<OutCell>], heads: usize) -> Result<(), XlsxError> {
    // `@` keeps a cell text also when a person types a new number into it.
    let text = Format::new().set_num_format("@");
    let head = text.clone().set_bold();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for column in 0..width {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        page.set_column_format(column, &text)?;
        page.set_column_width(column, COLUMN_WIDTH)?;
    }
    for (index, cells) in rows.iter().enumerate() {
        let row = u32::try_from(index).unwrap_or(u32::MAX);
        let format = if index < heads { &head } else { &text };
        for (column, cell) in cells.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            match cell {
                OutCell::Text(cell) if cell.is_empty() => {}
                OutCell::Text(cell) => {
                    page.write_string_with_format(row, column, outward(cell, false), format)?;
                }
                OutCell::Number(number) => {
                    page.write_number(row, column, *number)?;
                }
            }
        }
    }
    Ok(())
}
