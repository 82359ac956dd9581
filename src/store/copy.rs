//! The second copy: a file beside the database to which every commit that counts is appended, with the rows it
//! changed. It tells that commits are missing (SQLite cannot, when its log was deleted or an older file was put
//! back), and it brings them back, alone or on top of a backup.
//!
//! A line is `c` or `e`, 16 hex digits of the SHA-256 of the rest, a space, and JSON. `e` ends a run and may be
//! torn without loss. The first line names the folder; what follows it repeats the rows that were there when
//! the file was begun.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Digest as _;

use super::StoreError;
use super::files::{make_empty, private, sync_folder};
use super::json::{hex, sha256_hex, to_json};

/// The name of the file.
pub(super) const COPY_FILE: &str = "journal.copy";

/// No line is longer, in bytes; a longer one is damage.
const MAX_LINE_BYTES: u64 = 1 << 30;
/// Before the JSON: the kind, the sum and a space.
const HEAD_BYTES: usize = 18;

/// One commit, or the beginning of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// The number of the commit; the same for all lines with which a file begins.
    pub(super) n: i64,
    /// On the first line: the folder's name for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) store: Option<String>,
    /// One word for everything that counts after this commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) digest: Option<String>,
    /// The changed rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<Value>,
    /// On the last line of a run: the hash of the database file as it was left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ended: Option<String>,
}

/// What the file says without its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// It is there.
    pub(super) exists: bool,
    /// The folder's name, when the file's beginning can be read.
    pub(super) store: Option<String>,
    /// The last commit and its digest.
    pub(super) last: Option<(i64, Option<String>)>,
    /// The file's end is a commit that cannot be read.
    pub(super) torn: bool,
    /// Some line cannot be read.
    pub(super) damaged: bool,
    /// The hash of the database file, when the last run ended by itself.
    pub(super) ended: Option<String>,
    /// Readable lines.
    pub(super) lines: usize,
}

/// Reads the file and hands every readable line to `each`.
///
/// # Errors
/// When it is there and cannot be read, or `each` fails.
pub(super) fn read(
    path: &Path,
    mut each: impl FnMut(Line) -> Result<(), StoreError>,
) -> Result<Found, StoreError> {
    let file = match private().open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::default()),
        Err(error) => return Err(error.into()),
    };
    let mut found = Found {
        exists: true,
        ..Found::default()
    };
    let mut reader = BufReader::new(file);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = (&mut reader).take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(found);
        }
        let Some(line) = decode(&bytes) else {
            found.damaged = true;
            found.torn = bytes.first() != Some(&b'e');
            found.ended = None;
            continue;
        };
        if found.lines == 0 && !found.damaged {
            found.store.clone_from(&line.store);
        }
        found.lines = found.lines.saturating_add(1);
        found.torn = false;
        found.ended.clone_from(&line.ended);
        if line.ended.is_none() {
            found.last = Some((line.n, line.digest.clone()));
        }
        each(line)?;
    }
}

fn encode(line: &Line) -> Result<String, StoreError> {
    let kind = if line.ended.is_some() { 'e' } else { 'c' };
    let json = to_json(line)?;
    let sum = sum_of(&json);
    Ok(format!("{kind}{sum} {json}\n"))
}

fn sum_of(json: &str) -> String {
    sha256_hex(json).chars().take(16).collect()
}

fn decode(bytes: &[u8]) -> Option<Line> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let (head, json) = text.split_at_checked(HEAD_BYTES)?;
    let sum = head.strip_prefix(['c', 'e'])?.strip_suffix(' ')?;
    if sum != sum_of(json) {
        return None;
    }
    let line: Line = serde_json::from_str(json).ok()?;
    (head.starts_with('e') == line.ended.is_some()).then_some(line)
}

/// The open file, at its end.
#[derive(Debug)]
pub(super) struct Copy {
    file: File,
    bytes: u64,
    /// Lines in it.
    pub(super) lines: usize,
}

impl Copy {
    /// Opens a file that is whole, to go on with it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) fn go_on(dir: &Path, found: &Found) -> Result<Self, StoreError> {
        let path = dir.join(COPY_FILE);
        let mut file = private().open(&path)?;
        let bytes = file.seek(SeekFrom::End(0))?;
        Ok(Self {
            file,
            bytes,
            lines: found.lines,
        })
    }

    /// Replaces the file by one that begins with these lines; the old one stays until the new one is whole.
    ///
    /// # Errors
    /// When it cannot be written; the old file then is as it was.
    pub(super) fn begin(dir: &Path, lines: &[Line]) -> Result<Self, StoreError> {
        let path = dir.join(COPY_FILE);
        let unfinished = dir.join("journal.copy.new");
        let mut file = make_empty(&unfinished)?;
        let mut bytes: u64 = 0;
        for line in lines {
            let text = encode(line)?;
            file.write_all(text.as_bytes())?;
            bytes = bytes.saturating_add(length(&text));
        }
        file.sync_all()?;
        crate::step::at("store-before-copy-rename");
        fs::rename(&unfinished, &path)?;
        sync_folder(dir)?;
        Ok(Self {
            file,
            bytes,
            lines: lines.len(),
        })
    }

    /// Appends a line and waits until it is on the disk. After an error the file ends where it ended before,
    /// if that can still be arranged.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn append(&mut self, line: &Line) -> Result<(), StoreError> {
        let text = encode(line)?;
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            self.file.set_len(self.bytes)?;
            self.file.seek(SeekFrom::Start(self.bytes))?;
            return Err(error.into());
        }
        self.bytes = self.bytes.saturating_add(length(&text));
        self.lines = self.lines.saturating_add(1);
        Ok(())
    }
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// Hex SHA-256 of a file.
///
/// # Errors
/// When it cannot be read.
pub(super) fn file_hash(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}
