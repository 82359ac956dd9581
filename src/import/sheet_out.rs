//! Writes a table: delimited text in an encoding, or a workbook whose cells are text. Apart from what is written,
//! so that result files and templates share one way of quoting and guarding.

use std::io::{self, Seek, Write};
use std::path::Path;

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::carry::outward;

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
/// character.
///
/// # Errors
/// None in memory.
pub(super) fn text(rows: &[Vec<OutCell>], dialect: &Dialect) -> io::Result<(Vec<u8>, &'static str)> {
    for encoding in [dialect.encoding, "utf-8"] {
        let mut bytes = Vec::new();
        let mut out = TextOut::new(&mut bytes, dialect, encoding)?;
        for row in rows {
            out.row(row)?;
        }
        if !out.lacking {
            return Ok((bytes, encoding));
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

/// Writes rows of delimited text, one after the other. UTF-8 carries a byte order mark, without which Excel takes it
/// for the system's encoding.
pub(super) struct TextOut<'a, W> {
    out: W,
    dialect: &'a Dialect,
    encoding: &'static str,
    line: String,
    /// The encoding lacks a character, so that what was written is no good.
    pub(super) lacking: bool,
}

impl<'a, W: Write> TextOut<'a, W> {
    /// Begins the text.
    pub(super) fn new(out: W, dialect: &'a Dialect, encoding: &'static str) -> io::Result<Self> {
        let mut text = Self {
            out,
            dialect,
            encoding,
            line: String::new(),
            lacking: false,
        };
        if encoding != "gb18030" {
            text.line.push('\u{feff}');
        }
        if dialect.named {
            text.line.push_str("sep=");
            text.line.push(dialect.delimiter);
            text.line.push_str(dialect.line_end);
        }
        text.put()?;
        Ok(text)
    }

    /// Writes a row.
    pub(super) fn row(&mut self, row: &[OutCell]) -> io::Result<()> {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                self.line.push(self.dialect.delimiter);
            }
            match cell {
                OutCell::Text(cell) => quote(&outward(cell, true), self.dialect.delimiter, &mut self.line),
                // What a spreadsheet saves of such a number.
                OutCell::Number(number) => self.line.push_str(&scientific(*number)),
            }
        }
        self.line.push_str(self.dialect.line_end);
        self.put()
    }

    fn put(&mut self) -> io::Result<()> {
        let utf16 =
            |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { self.line.encode_utf16().flat_map(bytes).collect() };
        match self.encoding {
            "gb18030" => {
                let (bytes, _, lacking) = GB18030.encode(&self.line);
                self.lacking |= lacking;
                self.out.write_all(&bytes)?;
            }
            "utf-16le" => self.out.write_all(&utf16(u16::to_le_bytes))?,
            "utf-16be" => self.out.write_all(&utf16(u16::to_be_bytes))?,
            _ => self.out.write_all(self.line.as_bytes())?,
        }
        self.line.clear();
        Ok(())
    }

    /// After the last row.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
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

/// A table as a workbook with one sheet; the first row is bold.
///
/// # Errors
/// When a cell is longer than a workbook allows (32,767 characters), or there are more rows than it allows.
pub(super) fn workbook(rows: &[Vec<OutCell>], sheet: &str) -> io::Result<Vec<u8>> {
    let mut out = SheetOut::new(sheet, None)?;
    for row in rows {
        out.row(row)?;
    }
    let mut bytes = io::Cursor::new(Vec::new());
    out.finish(&mut bytes)?;
    Ok(bytes.into_inner())
}

/// Writes the one sheet of a workbook, row after row.
pub(super) struct SheetOut {
    book: Workbook,
    next: u32,
    width: usize,
    /// `@` keeps a cell text also when a person types a new number into it.
    text: Format,
    head: Format,
}

impl SheetOut {
    /// Begins the sheet. With a folder its rows lie there, in a file without a name, and not in memory.
    pub(super) fn new(sheet: &str, folder: Option<&Path>) -> io::Result<Self> {
        let mut book = Workbook::new();
        let page = match folder {
            Some(folder) => {
                book.set_tempdir(folder).map_err(why)?;
                book.add_worksheet_with_constant_memory().map_err(why)?
            }
            None => book.add_worksheet(),
        };
        page.set_name(sheet).map_err(why)?;
        let text = Format::new().set_num_format("@");
        Ok(Self {
            book,
            next: 0,
            width: 0,
            head: text.clone().set_bold(),
            text,
        })
    }

    /// Writes a row; the first one is bold.
    pub(super) fn row(&mut self, cells: &[OutCell]) -> io::Result<()> {
        let format = if self.next == 0 { &self.head } else { &self.text };
        let row = self.next;
        self.next = self.next.saturating_add(1);
        self.width = self.width.max(cells.len());
        let page = self.book.worksheet_from_index(0).map_err(why)?;
        for (column, cell) in cells.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            let written = match cell {
                OutCell::Text(cell) if cell.is_empty() => continue,
                OutCell::Text(cell) => {
                    page.write_string_with_format(row, column, outward(cell, false), format)
                }
                OutCell::Number(number) => page.write_number(row, column, *number),
            };
            written.map_err(why)?;
        }
        Ok(())
    }

    /// After the last row: the whole workbook.
    pub(super) fn finish<W: Write + Seek + Send>(mut self, out: W) -> io::Result<()> {
        let page = self.book.worksheet_from_index(0).map_err(why)?;
        for column in 0..self.width {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            page.set_column_format(column, &self.text).map_err(why)?;
            page.set_column_width(column, COLUMN_WIDTH).map_err(why)?;
        }
        self.book.save_to_writer(out).map_err(why)
    }
}

fn why(error: XlsxError) -> io::Error {
    if let XlsxError::IoError(error) = error {
        return error;
    }
    io::Error::new(io::ErrorKind::InvalidData, error)
}
