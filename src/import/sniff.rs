//! Tells by its bytes what a file is; names and endings are not believed. Apart, because a `.csv` may be a
//! workbook and an `.xls` a web page.

use std::borrow::Cow;

use encoding_rs::GB18030;

/// Bytes that are looked at to tell text from other things.
const LOOKED_AT: usize = 8 * 1024;
/// Lines with more than ASCII that are tried in both encodings.
const TRIED_LINES: usize = 5_000;

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

/// How text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// With or without a byte order mark.
    Utf8,
    /// GB18030 and with it GBK and GB2312.
    Gb18030,
    /// Little-endian.
    Utf16Le,
    /// Big-endian.
    Utf16Be,
}

impl Charset {
    /// The name that is shown and kept.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The text of a field; `None` when it holds bytes that are none in this charset. UTF-16 has been turned into
    /// UTF-8 by [`flat`] before.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }

    /// The text of a field with marks for what cannot be read, to be shown only.
    pub(super) fn decode_lossy(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => String::from_utf8_lossy(bytes).into_owned(),
            Self::Gb18030 => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

/// Looks at the beginning of a file, and for text at enough of it to tell the charset.
pub(super) fn format(bytes: &[u8]) -> Format {
    match bytes {
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => return Format::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return Format::Ole,
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            return Format::Other;
        }
        _ => {}
    }
    let charset = charset(bytes);
    let text = flat(bytes, charset);
    let looked_at = text.get(..LOOKED_AT.min(text.len())).unwrap_or_default();
    let controls = looked_at
        .iter()
        .filter(|b| matches!(b, 0..=8 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f))
        .count();
    if controls.saturating_mul(50) > looked_at.len() {
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

/// The charset, if it is a text at all.
fn charset(bytes: &[u8]) -> Charset {
    match bytes {
        [0xff, 0xfe, ..] => return Charset::Utf16Le,
        [0xfe, 0xff, ..] => return Charset::Utf16Be,
        _ => {}
    }
    let start = bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or_default();
    if let Some(charset) = utf16_without_mark(start) {
        return charset;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Charset::Utf8;
    }
    by_lines(bytes)
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

/// A text that is not UTF-8 as a whole may still be UTF-8 with a damaged line: the charset in which more of it can be
/// read. Single characters of GB18030 are often UTF-8 by accident, but never with three bytes each.
fn by_lines(bytes: &[u8]) -> Charset {
    let (mut utf8, mut gb) = (0usize, 0usize);
    let lines = bytes.split(|b| matches!(b, b'\n' | b'\r'));
    for line in lines.filter(|line| !line.is_ascii()).take(TRIED_LINES) {
        let weight = line.iter().filter(|b| !b.is_ascii()).count();
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(|c| c.len_utf8() >= 3) => utf8 = utf8.saturating_add(weight),
            Ok(_) => {}
            Err(_) => {
                if Charset::Gb18030.decode(line).is_some() {
                    gb = gb.saturating_add(weight);
                }
            }
        }
    }
    if utf8 >= gb {
        Charset::Utf8
    } else {
        Charset::Gb18030
    }
}

/// The bytes without their byte order mark, UTF-16 as UTF-8. A unit that is no text becomes a byte that is none in
/// UTF-8, so that the field it stands in can be told.
pub(super) fn flat(bytes: &[u8], charset: Charset) -> Cow<'_, [u8]> {
    let from_pair: fn([u8; 2]) -> u16 = match charset {
        Charset::Utf8 | Charset::Gb18030 => {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let text = text.strip_prefix(b"\x84\x31\x95\x33").unwrap_or(text);
            return Cow::Borrowed(text.strip_suffix(b"\x1a").unwrap_or(text));
        }
        Charset::Utf16Le => u16::from_le_bytes,
        Charset::Utf16Be => u16::from_be_bytes,
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut out = Vec::with_capacity(bytes.len());
    let units = pairs.iter().map(|pair| from_pair(*pair));
    for unit in char::decode_utf16(units) {
        match unit {
            Ok('\u{feff}') if out.is_empty() => {}
            Ok(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(_) => out.push(0xff),
        }
    }
    if !rest.is_empty() {
        out.push(0xff);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_lone_surrogate_is_no_text_and_marks_are_dropped() {
        let bytes = [0xff, 0xfe, b'a', 0, 0x00, 0xd8, b',', 0, b'b', 0];
        assert_eq!(flat(&bytes, Charset::Utf16Le).as_ref(), b"a\xff,b");
        assert_eq!(flat(b"\xef\xbb\xbfa\x1a", Charset::Utf8).as_ref(), b"a");
    }
}
