//! How text is written in bytes, and how it is read. Apart from `sniff`, which finds out which one a file has.

use std::borrow::Cow;

use encoding_rs::GB18030;

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

    /// A character has two bytes at least.
    pub(super) fn is_wide(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// Appends UTF-16 as UTF-8 and tells how many bytes were used; the last ones may be needed for the next
    /// character, unless the file `ends` here. A unit that is no text becomes a byte that is none in UTF-8, so that
    /// the field it stands in can be told.
    pub(super) fn widen(self, bytes: &[u8], ends: bool, out: &mut Vec<u8>) -> usize {
        let from_pair: fn([u8; 2]) -> u16 = if self == Self::Utf16Be {
            u16::from_be_bytes
        } else {
            u16::from_le_bytes
        };
        let (mut pairs, rest) = bytes.as_chunks::<2>();
        let begins = |pair: &[u8; 2]| (0xd800..0xdc00).contains(&from_pair(*pair));
        if let [before @ .., last] = pairs
            && !ends
            && begins(last)
        {
            pairs = before;
        }
        for unit in char::decode_utf16(pairs.iter().map(|pair| from_pair(*pair))) {
            match unit {
                Ok(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => out.push(0xff),
            }
        }
        if ends && !rest.is_empty() {
            out.push(0xff);
            return bytes.len();
        }
        pairs.len().saturating_mul(2)
    }

    /// How many bytes the byte order mark takes at the beginning.
    pub(super) fn mark(self, text: &[u8]) -> usize {
        let is_gb = text.starts_with(b"\x84\x31\x95\x33") && !self.is_wide();
        match text {
            [0xef, 0xbb, 0xbf, ..] => 3,
            _ if is_gb => 4,
            _ => 0,
        }
    }

    /// The text of a field; `None` when it holds bytes that are none in this charset. UTF-16 has been turned into
    /// UTF-8 by [`Charset::widen`] before.
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
