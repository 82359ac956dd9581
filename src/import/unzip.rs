//! Opens a workbook's container with a budget before anything parses it. Apart, because it is the wall against
//! files that are small on disk and endless in memory: real inflated bytes are counted, never declared ones.

use std::io::{BufReader, Read as _, Seek as _};

use super::grid::Stop;
use super::source::{Source, Tally};

/// Most parts of a container. Pictures count too: some exports carry one for each row.
const MAX_PARTS: usize = 20_000;
/// Most parts that are text.
const MAX_TEXT_PARTS: usize = 400;
/// Most inflated bytes of all parts that are parsed.
const MAX_TOTAL: u64 = 256 * 1024 * 1024;
/// Most inflated bytes of the table of texts, which is held in memory.
const MAX_STRINGS: u64 = 32 * 1024 * 1024;
/// A part may be so many times larger than it is packed, once it is larger than [`FREE_RATIO_BYTES`].
const MAX_RATIO: u64 = 150;
/// Small parts may be packed as well as they like.
const FREE_RATIO_BYTES: u64 = 8 * 1024 * 1024;
/// Counts in the file reserve memory before there is anything to count, so they must be plausible.
const FREE_COUNT: u64 = 10_000;

/// Checks the container; `Ok` when it may be parsed.
pub(super) fn check(source: &mut Source<'_>, tally: &Tally<'_>) -> Result<(), Stop> {
    source.rewind().map_err(|error| Stop::lost(&error))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(source)).map_err(unsupported)?;
    if archive.len() > MAX_PARTS {
        return Err(Stop::TooLarge { row: 0 });
    }
    let mut left = MAX_TOTAL;
    let mut text_parts: usize = 0;
    let mut buffer = vec![0u8; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(unsupported)?;
        let name = part
            .name()
            .map_err(unsupported)?
            .to_lowercase()
            .replace('\\', "/");
        if name.ends_with("vbaproject.bin") || part.encrypted() {
            return Err(Stop::Unsupported);
        }
        let is_text = [".xml", ".rels", ".vml"]
            .iter()
            .any(|ending| name.ends_with(ending));
        let pictures = name.contains("/media/") || name.contains("/embeddings/");
        if !is_text && pictures {
            continue;
        }
        text_parts = text_parts.saturating_add(1);
        if text_parts > MAX_TEXT_PARTS {
            return Err(Stop::TooLarge { row: 0 });
        }
        let packed = part.compressed_size().max(1);
        let strings = name.ends_with("sharedstrings.xml");
        let mut budget = if strings { left.min(MAX_STRINGS) } else { left };
        let mut watch = Watch::default();
        let mut total: u64 = 0;
        loop {
            let read = part.read(&mut buffer).map_err(|_damaged| Stop::Unsupported)?;
            if read == 0 {
                break;
            }
            tally.tell()?;
            let count = u64::try_from(read).unwrap_or(u64::MAX);
            total = total.saturating_add(count);
            let packed_too_well = total > FREE_RATIO_BYTES && total.div_euclid(packed) > MAX_RATIO;
            budget = budget
                .checked_sub(count)
                .filter(|_| !packed_too_well)
                .ok_or(Stop::TooLarge { row: 0 })?;
            watch.look(buffer.get(..read).unwrap_or_default())?;
        }
        if watch.largest_count > total.max(FREE_COUNT) {
            return Err(Stop::TooLarge { row: 0 });
        }
        left = left.saturating_sub(total);
    }
    Ok(())
}

fn unsupported(_damaged: zip::result::ZipError) -> Stop {
    Stop::Unsupported
}

/// Looks through a part for what no honest workbook has: a document type, which may define endless entities; macros;
/// and counts beyond its size.
#[derive(Default)]
struct Watch {
    /// The end of the piece before, since a word may lie across two.
    tail: Vec<u8>,
    largest_count: u64,
}

impl Watch {
    const LONGEST: usize = 64;

    fn look(&mut self, piece: &[u8]) -> Result<(), Stop> {
        let mut text = std::mem::take(&mut self.tail);
        text.extend_from_slice(piece);
        for (at, byte) in text.iter().enumerate() {
            let rest = match byte {
                b'<' | b'u' | b'm' => text.get(at..).unwrap_or_default(),
                _ => continue,
            };
            if rest.starts_with(b"<!DOCTYPE")
                || rest.starts_with(b"<!ENTITY")
                || rest.starts_with(b"macroEnabled")
            {
                return Err(Stop::Unsupported);
            }
            if let Some(count) = rest.strip_prefix(b"uniqueCount") {
                self.largest_count = self.largest_count.max(number(count));
            }
        }
        let kept = text.len().saturating_sub(Self::LONGEST);
        self.tail = text.split_off(kept);
        Ok(())
    }
}

/// The number behind `="`.
fn number(text: &[u8]) -> u64 {
    let digits = text
        .iter()
        .skip_while(|b| matches!(b, b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\n' | b'\r'))
        .take_while(|b| b.is_ascii_digit());
    digits.fold(0u64, |number, digit| {
        number
            .saturating_mul(10)
            .saturating_add(u64::from(digit.saturating_sub(b'0')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};

    fn check(bytes: &[u8]) -> Result<(), Stop> {
        let couriers = crate::import::built_in_couriers();
        let options = crate::import::ReadOptions::new(&couriers);
        super::check(&mut Source::Bytes(Cursor::new(bytes)), &Tally::new(&options, 0))
    }

    fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(text).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn honest_containers_pass() {
        let sheet = "<row/>".repeat(10_000);
        let bytes = container(&[
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ("xl/sharedStrings.xml", b"<sst uniqueCount=\"3\"/>"),
            ("xl/media/a.png", &[0; 9]),
        ]);
        assert_eq!(check(&bytes), Ok(()));
    }

    #[test]
    fn bombs_macros_and_document_types_are_refused() {
        let large = Err(Stop::TooLarge { row: 0 });
        let zeros = vec![b' '; 20 * 1024 * 1024];
        assert_eq!(check(&container(&[("xl/worksheets/sheet1.xml", &zeros)])), large);
        let count = b"<sst uniqueCount=\"99999999999\">";
        assert_eq!(check(&container(&[("xl/sharedStrings.xml", count)])), large);
        for (name, text) in [
            ("xl/workbook.xml", &b"<?xml?><!DOCTYPE x [<!ENTITY a \"b\">]>"[..]),
            ("xl/vbaProject.bin", b"x"),
            (
                "[Content_Types].xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ),
        ] {
            assert_eq!(
                check(&container(&[(name, text)])),
                Err(Stop::Unsupported),
                "{name}"
            );
        }
        assert_eq!(check(b"PK\x03\x04 no zip"), Err(Stop::Unsupported));
    }

    #[test]
    fn a_word_across_two_pieces_is_seen() {
        let mut watch = Watch::default();
        watch.look(b"<!DOC").unwrap();
        assert_eq!(watch.look(b"TYPE"), Err(Stop::Unsupported));
    }
}
