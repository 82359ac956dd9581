//! Reads the files that warehouses send: bytes in, rows and problems out. Apart from everything that sends, so that
//! a file can be checked completely while nothing can leave the house. What goes out to be repaired and comes back,
//! files of results and WeChat's template, is written here too, because the reader must know it again.
//!
//! The way of a file: `sniff` tells what it is, `text`, `workbook`, `biff` or `html` delivers its rows, `assemble` finds the header,
//! `columns` decides what each column is for, `rows` reads row after row.

mod aliases;
mod assemble;
mod biff;
mod biff_text;
mod biff_values;
mod carry;
mod cells;
mod cfb;
mod clean;
mod columns;
mod couriers;
mod express;
mod goods;
mod grid;
mod header;
mod html;
mod mappings;
mod merged;
mod numbers;
mod parcels;
mod phones;
mod records;
mod results;
mod rows;
mod shapes;
mod sheet_out;
mod similar;
mod sniff;
mod template;
mod text;
mod unzip;
mod words;
mod workbook;

use std::io::ErrorKind;
use std::path::Path;

use sha2::Digest as _;

use crate::domain::{CourierList, ImportedFile, ProblemKind};

pub use columns::Mapping;
pub use couriers::{built_in_couriers, knows_spelling, same_spelling};
pub use express::named;
pub use mappings::Mappings;
pub use results::{Form, Results, Written, write_results};
pub use template::{TEMPLATE_HEADINGS, TEMPLATE_SHEET, write_template};

use assemble::{Assembly, Told};
use grid::{Sink, Stop};
use sniff::Format;

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// What a reading needs besides the file.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The couriers that may be sent; spellings in the file are resolved to these ids and to no others.
    pub couriers: &'a CourierList,
    /// Asked now and then; `true` ends the reading, and the file comes back without rows.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Told now and then how many rows were read so far.
    pub progress: &'a dyn Fn(u64),
}

/// Reads a file. Never fails for a bad row: what is wrong with a row stands in the row, what is wrong with the file
/// in [`ImportedFile::problems`].
pub fn read(path: &Path, options: &ReadOptions<'_>) -> ImportedFile {
    read_mapped(path, options, &[])
}

/// Reads a file, with a person's choice of what some of its headings are for.
pub fn read_mapped(path: &Path, options: &ReadOptions<'_>, mapping: &Mapping) -> ImportedFile {
    read_told(path, options, Told::Now(mapping))
}

/// Reads a file, with what was decided earlier for files with the same headings.
pub fn read_remembering(path: &Path, options: &ReadOptions<'_>, known: &Mappings) -> ImportedFile {
    read_told(path, options, Told::Earlier(known))
}

fn read_told(path: &Path, options: &ReadOptions<'_>, told: Told<'_>) -> ImportedFile {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let problem = match bytes_of(path) {
        Ok(bytes) => return read_bytes_told(&name, &bytes, options, told),
        Err(problem) => problem,
    };
    ImportedFile {
        name: name.into_owned(),
        problems: vec![problem.into()],
        ..ImportedFile::default()
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ProblemKind> {
    use std::io::Read as _;
    let unreadable = |error: std::io::Error| ProblemKind::FileUnreadable {
        locked: is_locked(&error),
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(ProblemKind::FileUnreadable { locked: false });
    }
    // The file may grow while it is read, so the bytes are counted and not only the size that was told.
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return Err(ProblemKind::FileTooLarge { row: 0 });
    }
    Ok(bytes)
}

/// Another program holds the file, as Excel does on Windows (sharing and lock violations).
fn is_locked(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::ResourceBusy
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// Reads the bytes of a file that is called `name`.
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions<'_>) -> ImportedFile {
    read_bytes_mapped(name, bytes, options, &[])
}

/// Reads the bytes of a file, with a person's choice of what some of its headings are for.
pub fn read_bytes_mapped(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions<'_>,
    mapping: &Mapping,
) -> ImportedFile {
    read_bytes_told(name, bytes, options, Told::Now(mapping))
}

fn read_bytes_told(name: &str, bytes: &[u8], options: &ReadOptions<'_>, told: Told<'_>) -> ImportedFile {
    let format = sniff::format(bytes);
    let encoding = match format {
        Format::Zip => "xlsx",
        Format::Ole => "xls",
        Format::Html(charset) | Format::Text(charset) => charset.name(),
        Format::Other => "",
    };
    let file = ImportedFile {
        name: name.to_owned(),
        sha256: hex(&sha2::Sha256::digest(bytes)),
        encoding: encoding.to_owned(),
        ..ImportedFile::default()
    };
    let mut assembly = Assembly::new(file, options, told);
    let outcome = deliver(format, bytes, &mut |row| assembly.row(row));
    if let Err(stop) = outcome {
        assembly.stop(stop);
    }
    assembly.finish()
}

/// Delivers the rows of a file.
fn deliver(format: Format, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    match format {
        Format::Zip => workbook::read(bytes, sink),
        Format::Text(charset) => text::read(bytes, charset, sink),
        Format::Ole => biff::read(bytes, sink),
        Format::Html(charset) => html::read(bytes, charset, sink),
        Format::Other => Err(Stop::Unsupported),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        if write!(hex, "{byte:02x}").is_err() {
            hex.clear(); // writing to a String cannot fail
        }
        hex
    })
}
