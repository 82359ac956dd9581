//! How an old workbook writes text: one or two bytes for each character, formatting behind it, and tables of texts
//! that run over several records. Apart from `biff`, because the joints between records are a matter of their own.

use super::biff::record;
use super::cfb::{u16_at, u32_at};

const CONTINUE: u16 = 0x003c;

/// Two bytes for each character.
const WIDE: u8 = 1;
/// Phonetic text stands behind.
const PHONETIC: u8 = 4;
/// Runs of formatting stand behind.
const RICH: u8 = 8;

/// A text with a length of two bytes.
pub(super) fn text(data: &[u8], at: usize) -> Option<String> {
    let count = usize::from(u16_at(data, at)?);
    let flags = *data.get(at.checked_add(2)?)?;
    let skip = [(RICH, 2usize), (PHONETIC, 4)]
        .into_iter()
        .filter(|(flag, _)| flags & flag != 0)
        .fold(3usize, |skip, (_, bytes)| skip.saturating_add(bytes));
    characters(data.get(at.checked_add(skip)?..)?, count, flags)
}

/// A text with a length of one byte.
pub(super) fn short_text(data: &[u8], at: usize) -> Option<String> {
    let count = usize::from(*data.get(at)?);
    let flags = *data.get(at.checked_add(1)?)?;
    characters(data.get(at.checked_add(2)?..)?, count, flags)
}

fn characters(data: &[u8], count: usize, flags: u8) -> Option<String> {
    let mut units = Vec::new();
    let width = if flags & WIDE == 0 { 1 } else { 2 };
    take(data.get(..count.checked_mul(width)?)?, flags, &mut units);
    Some(decoded(&units))
}

fn take(bytes: &[u8], flags: u8, units: &mut Vec<u16>) {
    if flags & WIDE == 0 {
        units.extend(bytes.iter().map(|b| u16::from(*b)));
    } else {
        let (pairs, _) = bytes.as_chunks::<2>();
        units.extend(pairs.iter().map(|pair| u16::from_le_bytes(*pair)));
    }
}

/// A unit that is no text becomes the replacement mark, which no id is read with.
fn decoded(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied())
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The texts that all sheets share.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<String>);

impl Texts {
    /// Reads the table in the record at this place and those that continue it. A broken table ends early.
    pub(super) fn read(stream: &[u8], at: usize) -> Self {
        let mut pieces = Vec::new();
        let mut next = record(stream, at);
        while let Some(here) = next {
            pieces.push(here.data);
            next = record(stream, here.end).filter(|r| r.kind == CONTINUE);
        }
        let mut reader = Pieces { pieces, at: 8 };
        reader.pieces.reverse();
        let mut texts = Vec::new();
        while let Some(text) = reader.text() {
            texts.push(text);
        }
        Self(texts)
    }

    /// A text by its place in the table.
    pub(super) fn get(&self, index: u32) -> Option<&str> {
        let index = usize::try_from(index).ok()?;
        self.0.get(index).map(String::as_str)
    }
}

/// The data of several records, the next one last.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// What is left of the record that is being read; steps into the next one when it is used up.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.pieces.last()?.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                return Some(rest);
            }
            self.pieces.pop();
            self.at = 0;
        }
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut out = [0u8; N];
        for slot in &mut out {
            *slot = *self.rest()?.first()?;
            self.at = self.at.saturating_add(1);
        }
        Some(out)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            self.at = self.at.saturating_add(step);
            count = count.saturating_sub(step);
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let count = usize::from(u16::from_le_bytes(self.bytes()?));
        let [mut flags] = self.bytes()?;
        let runs = if flags & RICH == 0 {
            0
        } else {
            u16_at(&self.bytes::<2>()?, 0)?
        };
        let phonetic = if flags & PHONETIC == 0 {
            0
        } else {
            u32_at(&self.bytes::<4>()?, 0)?
        };
        let mut units: Vec<u16> = Vec::new();
        while units.len() < count {
            let joint = self.pieces.last().is_some_and(|piece| self.at >= piece.len());
            if joint {
                // A text that runs over says again how wide its characters are.
                [flags] = self.bytes()?;
            }
            let rest = self.rest()?;
            let width = if flags & WIDE == 0 { 1 } else { 2 };
            let wanted = count.saturating_sub(units.len()).saturating_mul(width);
            let piece = rest.get(..wanted.min(rest.len()))?;
            if piece.len() < width {
                return None;
            }
            take(piece, flags, &mut units);
            self.at = self.at.saturating_add(piece.len());
        }
        self.skip(usize::from(runs).saturating_mul(4))?;
        self.skip(usize::try_from(phonetic).ok()?)?;
        Some(decoded(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rec(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn a_text_runs_over_two_records() {
        let head = [2, 0, 0, 0, 2, 0, 0, 0];
        // "ab" in one byte each, then "茶叶好" cut after its first character and wide again behind the joint.
        let mut first = head.to_vec();
        first.extend_from_slice(&[2, 0, 0, b'a', b'b']);
        first.extend_from_slice(&[3, 0, WIDE]);
        first.extend_from_slice(&'茶'.encode_utf16(&mut [0; 1])[0].to_le_bytes());
        let mut second = vec![WIDE];
        for c in ['叶', '好'] {
            second.extend_from_slice(&c.encode_utf16(&mut [0; 1])[0].to_le_bytes());
        }
        let stream = [rec(0x00fc, &first), rec(CONTINUE, &second), rec(0x000a, &[])].concat();
        let texts = Texts::read(&stream, 0);
        assert_eq!(
            (texts.get(0), texts.get(1), texts.get(2)),
            (Some("ab"), Some("茶叶好"), None)
        );
    }

    #[test]
    fn formatting_behind_a_text_is_skipped() {
        let mut data = vec![2, 0, 0, 0, 2, 0, 0, 0];
        data.extend_from_slice(&[1, 0, RICH | PHONETIC, 1, 0, 2, 0, 0, 0, b'a', 9, 9, 9, 9, 8, 8]);
        data.extend_from_slice(&[1, 0, 0, b'b']);
        let texts = Texts::read(&rec(0x00fc, &data), 0);
        assert_eq!((texts.get(0), texts.get(1)), (Some("a"), Some("b")));
    }

    #[test]
    fn broken_texts_end_early() {
        for data in [&[][..], &[0; 8], &[1, 0, 0, 0, 1, 0, 0, 0, 255, 255, 1, 1]] {
            assert_eq!(Texts::read(&rec(0x00fc, data), 0).get(0), None);
        }
        assert_eq!(text(&[5, 0, 1, 1], 0), None);
    }
}
