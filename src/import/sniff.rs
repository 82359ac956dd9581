//! Tells by its bytes what a file is; names and endings are not believed. Apart, because a `.csv` may be a
//! workbook and an `.xls` a web page.

use std::io::{BufRead as _, BufReader, Read as _, Seek as _};

use sha2::{Digest as _, Sha256};

use super::charset::Charset;
use super::grid::{MAX_ROW_BYTES, Stop};
use super::source::{Source, Tally};

/// Bytes that are looked at to tell text from other things.
const LOOKED_AT: usize = 8 * 1024;
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Lines with more than ASCII that are tried in both encodings.
const TRIED_LINES: usize = 5_000;
/// A line of so many bytes is longer than any row, in every charset.
const ENDLESS_LINE: usize = 4 * MAX_ROW_BYTES;
/// A longer line is tried in pieces, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A zip, so a workbook or nothing that is read here.
    Zip,
    /// The container of old workbooks and of encrypted new ones.
    Ole,
    /// A table saved as a web page.
    Html(Charset),
    /// Delimited text.
    Text(Charset),
    /// None of these.
    Other,
}

impl Format {
    /// The encoding that is shown and kept.
    pub(super) fn encoding(self) -> &'static str {
        match self {
            Self::Zip => "xlsx",
            Self::Ole => "xls",
            Self::Html(charset) | Self::Text(charset) => charset.name(),
            Self::Other => "",
        }
    }
}

/// What a look over the whole file tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Survey {
    /// What it is.
    pub(super) format: Format,
    /// Hex SHA-256 of its bytes; empty when it will not be read to its end.
    pub(super) sha256: String,
}

/// Looks over a file from its beginning to its end, piece by piece.
pub(super) fn survey(source: &mut Source<'_>, tally: &Tally<'_>) -> Result<Survey, Stop> {
    let mut piece = vec![0u8; LOOKED_AT];
    let read = fill(source, &mut piece)?;
    piece.truncate(read);
    let mut format = by_beginning(&piece);
    if format == Format::Other {
        return Ok(Survey {
            format,
            sha256: String::new(),
        });
    }
    let mut sha256 = Sha256::new();
    let mut utf8 = Utf8::default();
    tally.bytes(read)?;
    let mut line: usize = 0;
    while !piece.is_empty() {
        let end = piece.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
        line = match end {
            Some(end) => piece.len().saturating_sub(end),
            None => line.saturating_add(piece.len()),
        };
        if line > ENDLESS_LINE && matches!(format, Format::Text(_)) {
            // No row is that long: the reading ends there, and the rest need not be looked at.
            break;
        }
        sha256.update(&piece);
        utf8.look(&piece);
        if matches!(format, Format::Text(charset) | Format::Html(charset) if !charset.is_wide())
            && is_binary(&piece)
        {
            format = Format::Other;
            break;
        }
        piece.resize(PIECE, 0);
        let read = fill(source, &mut piece)?;
        piece.truncate(read);
        tally.bytes(read)?;
    }
    if let Format::Text(charset) | Format::Html(charset) = &mut format
        && *charset == Charset::Utf8
        && !utf8.is_sound()
    {
        *charset = by_lines(source)?;
    }
    Ok(Survey {
        format,
        sha256: if piece.is_empty() {
            hex(&sha256.finalize())
        } else {
            String::new()
        },
    })
}

/// Reads until the piece is full or the file ends; how many bytes that were.
fn fill(source: &mut Source<'_>, piece: &mut [u8]) -> Result<usize, Stop> {
    let mut filled: usize = 0;
    loop {
        let rest = piece.get_mut(filled..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(filled);
        }
        match source.read(rest).map_err(|error| Stop::lost(&error))? {
            0 => return Ok(filled),
            read => filled = filled.saturating_add(read),
        }
    }
}

/// Lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Whether bytes that come in pieces are UTF-8.
#[derive(Default)]
struct Utf8 {
    /// The beginning of a character that the next piece ends.
    begun: Vec<u8>,
    broken: bool,
}

impl Utf8 {
    fn look(&mut self, piece: &[u8]) {
        if self.broken || (self.begun.is_empty() && piece.is_ascii()) {
            return;
        }
        self.begun.extend_from_slice(piece);
        let rest = match std::str::from_utf8(&self.begun) {
            Ok(_) => self.begun.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.broken = true;
                self.begun.len()
            }
        };
        self.begun.drain(..rest);
    }

    fn is_sound(&self) -> bool {
        !self.broken && self.begun.is_empty()
    }
}

/// More controls than a text has: a program, a picture, or a disk that gave back nothing but zeros.
fn is_binary(piece: &[u8]) -> bool {
    let controls = piece
        .iter()
        .filter(|b| matches!(b, 0..=8 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f))
        .count();
    controls.saturating_mul(50) > piece.len()
}

/// What the first bytes of a file tell; text that is not UTF-16 counts as UTF-8 until all of it was seen.
fn by_beginning(bytes: &[u8]) -> Format {
    match bytes {
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => return Format::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return Format::Ole,
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            return Format::Other;
        }
        _ => {}
    }
    let charset = match bytes {
        [0xff, 0xfe, ..] => Charset::Utf16Le,
        [0xfe, 0xff, ..] => Charset::Utf16Be,
        _ => utf16_without_mark(bytes).unwrap_or(Charset::Utf8),
    };
    let mut text = Vec::new();
    if charset.is_wide() {
        charset.widen(bytes, true, &mut text);
    } else {
        text.extend_from_slice(bytes);
    }
    let text = text.get(charset.mark(&text)..).unwrap_or_default();
    if is_binary(text) {
        return Format::Other;
    }
    let start: Vec<u8> = text.iter().take(2_048).map(u8::to_ascii_lowercase).collect();
    let start = start.trim_ascii_start();
    if start.starts_with(b"<") {
        let holds = |word: &[u8]| start.windows(word.len()).any(|w| w == word);
        return if holds(b"<html") || holds(b"<table") || holds(b"<!doctype html") {
            Format::Html(charset)
        } else {
            Format::Other
        };
    }
    Format::Text(charset)
}

/// In UTF-16 every digit and delimiter has a zero byte on the same side; only few other characters, such as the
/// ideographic blank, have one on the other.
fn utf16_without_mark(start: &[u8]) -> Option<Charset> {
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = start.len() / 2;
    if pairs < 4 || even.saturating_add(odd).saturating_mul(20) < pairs {
        return None;
    }
    if even.saturating_mul(3) < odd {
        Some(Charset::Utf16Le)
    } else if odd.saturating_mul(3) < even {
        Some(Charset::Utf16Be)
    } else {
        None
    }
}

/// A text that is not UTF-8 as a whole may still be UTF-8 with a damaged line: the charset in which more of its first
/// lines can be read. Single characters of GB18030 are often UTF-8 by accident, but never with three bytes each.
fn by_lines(source: &mut Source<'_>) -> Result<Charset, Stop> {
    source.rewind().map_err(|error| Stop::lost(&error))?;
    let mut lines = BufReader::with_capacity(PIECE, source);
    let (mut utf8, mut gb) = (0usize, 0usize);
    let mut line = Vec::new();
    let mut tried: usize = 0;
    loop {
        line.clear();
        let mut limited = lines.by_ref().take(LONGEST_LINE);
        if limited
            .read_until(b'\n', &mut line)
            .map_err(|error| Stop::lost(&error))?
            == 0
        {
            break;
        }
        for line in line.split(|b| *b == b'\r').filter(|line| !line.is_ascii()) {
            tried = tried.saturating_add(1);
            let weight = line.iter().filter(|b| !b.is_ascii()).count();
            if let Ok(text) = std::str::from_utf8(line) {
                if text.chars().any(|c| c.len_utf8() >= 3) {
                    utf8 = utf8.saturating_add(weight);
                }
            } else if Charset::Gb18030.decode(line).is_some() {
                gb = gb.saturating_add(weight);
            }
        }
        if tried > TRIED_LINES {
            break;
        }
    }
    Ok(if utf8 >= gb {
        Charset::Utf8
    } else {
        Charset::Gb18030
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    fn format(bytes: &[u8]) -> Format {
        let couriers = crate::import::built_in_couriers();
        let options = crate::import::ReadOptions::new(&couriers);
        let mut source = Source::Bytes(std::io::Cursor::new(bytes));
        survey(&mut source, &Tally::new(&options, 0)).unwrap().format
    }

    fn utf16(text: &str, le: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if le {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn the_bytes_tell_what_a_file_is() {
        let text = "订单号,快递单号\n1,SF1\n";
        let gb = GB18030.encode(text).0;
        for (bytes, format_is) in [
            (text.as_bytes(), Format::Text(Charset::Utf8)),
            (b"a,b\n1,2\n", Format::Text(Charset::Utf8)),
            (gb.as_ref(), Format::Text(Charset::Gb18030)),
            (&utf16(text, true), Format::Text(Charset::Utf16Le)),
            (&utf16(text, false), Format::Text(Charset::Utf16Be)),
            (
                &utf16(&format!("\u{feff}{text}"), true),
                Format::Text(Charset::Utf16Le),
            ),
            (
                &utf16(&format!("\u{feff}{text}"), false),
                Format::Text(Charset::Utf16Be),
            ),
            (b"PK\x03\x04....", Format::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Ole),
            (b"%PDF-1.4", Format::Other),
            (b"\x00\x01\x02\x03\x04\x05\x06\x07", Format::Other),
            (b" <html><table><tr>", Format::Html(Charset::Utf8)),
            (b"<?xml version='1.0'?><Workbook>", Format::Other),
            (b"", Format::Text(Charset::Utf8)),
        ] {
            assert_eq!(format(bytes), format_is, "{bytes:?}");
        }
    }

    #[test]
    fn one_damaged_line_does_not_change_the_charset() {
        let mut bytes = "订单号,快递单号\n茶叶,1\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xff\xfe,2\n");
        assert_eq!(format(&bytes), Format::Text(Charset::Utf8));
        let mut bytes = GB18030.encode("订单号,快递单号\n茶叶,1\n").0.to_vec();
        bytes.extend_from_slice(b"\xff\xff,2\n");
        assert_eq!(format(&bytes), Format::Text(Charset::Gb18030));
    }

    #[test]
    fn utf8_is_told_across_pieces() {
        let text = "订单号，茶叶😀".as_bytes();
        for at in 0..text.len() {
            let mut utf8 = Utf8::default();
            let (a, b) = text.split_at(at);
            utf8.look(a);
            utf8.look(b);
            assert!(utf8.is_sound(), "{at}");
            utf8.look(b"\xff");
            utf8.look(b);
            assert!(!utf8.is_sound());
        }
    }
}
