//! The bytes of a file, through a window of bounded size: a file of two gigabytes takes no more memory than one of
//! two kilobytes. Apart from the formats, which see pieces of text and no files.

use std::cell::Cell;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};

use super::charset::Charset;
use super::grid::Stop;
use super::{Progress, ReadOptions};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Bytes that the window holds at most, besides one piece.
const WINDOW: usize = 1024 * 1024;

/// A file, or bytes that stand for one.
#[derive(Debug)]
pub(super) enum Source<'a> {
    /// On disk.
    File(File),
    /// In memory.
    Bytes(Cursor<&'a [u8]>),
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Bytes(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Bytes(bytes) => bytes.seek(to),
        }
    }
}

/// How far the reading is, and whether it is still wanted.
pub(super) struct Tally<'a> {
    options: &'a ReadOptions<'a>,
    bytes: Cell<u64>,
    of_bytes: u64,
    rows: Cell<u64>,
}

impl<'a> Tally<'a> {
    /// For a file of which so many bytes will be looked at.
    pub(super) fn new(options: &'a ReadOptions<'a>, of_bytes: u64) -> Self {
        Self {
            options,
            bytes: Cell::new(0),
            of_bytes,
            rows: Cell::new(0),
        }
    }

    /// So many more bytes were looked at.
    pub(super) fn bytes(&self, count: usize) -> Result<(), Stop> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.bytes.set(self.bytes.get().saturating_add(count));
        self.tell()
    }

    /// Another row was read.
    pub(super) fn row(&self) -> Result<(), Stop> {
        /// Rows between two looks at whether the reading is still wanted.
        const BETWEEN_LOOKS: u64 = 512;
        self.rows.set(self.rows.get().saturating_add(1));
        if self.rows.get().is_multiple_of(BETWEEN_LOOKS) {
            self.tell()
        } else {
            Ok(())
        }
    }

    /// Tells how far the reading is.
    pub(super) fn tell(&self) -> Result<(), Stop> {
        (self.options.progress)(Progress {
            rows: self.rows.get(),
            bytes: self.bytes.get().min(self.of_bytes),
            of_bytes: self.of_bytes,
        });
        if (self.options.cancelled)() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}

/// What is left of a file, of which only the beginning is in memory. UTF-16 comes out as UTF-8.
pub(super) struct Window<'a, 's> {
    source: &'a mut Source<'s>,
    tally: &'a Tally<'a>,
    charset: Charset,
    buffer: Vec<u8>,
    start: usize,
    /// Bytes of UTF-16 that are no whole character yet.
    carried: Vec<u8>,
    ended: bool,
    begun: bool,
}

impl<'a, 's> Window<'a, 's> {
    /// From the beginning of the file, without its byte order mark.
    pub(super) fn new(
        source: &'a mut Source<'s>,
        charset: Charset,
        tally: &'a Tally<'a>,
    ) -> Result<Self, Stop> {
        source.rewind().map_err(|error| Stop::lost(&error))?;
        Ok(Self {
            source,
            tally,
            charset,
            buffer: Vec::new(),
            start: 0,
            carried: Vec::new(),
            ended: false,
            begun: false,
        })
    }

    /// At least `count` bytes (up to half a megabyte), or all that are left.
    pub(super) fn at_least(&mut self, count: usize) -> Result<&[u8], Stop> {
        if self.rest().len() < count && !self.ended {
            self.buffer.drain(..self.start.min(self.buffer.len()));
            self.start = 0;
            while self.buffer.len() < WINDOW && !self.ended {
                self.fill()?;
            }
        }
        Ok(self.rest())
    }

    /// What is in memory.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Steps over so many bytes.
    pub(super) fn step(&mut self, count: usize) {
        self.start = self.start.saturating_add(count).min(self.buffer.len());
    }

    fn fill(&mut self) -> Result<(), Stop> {
        let mut piece = vec![0u8; PIECE];
        let read = self.source.read(&mut piece).map_err(|error| Stop::lost(&error))?;
        self.tally.bytes(read)?;
        piece.truncate(read);
        self.ended = read == 0;
        if self.charset.is_wide() {
            let mut raw = std::mem::take(&mut self.carried);
            raw.append(&mut piece);
            let used = self.charset.widen(&raw, self.ended, &mut self.buffer);
            self.carried = raw.split_off(used);
        } else {
            self.buffer.append(&mut piece);
        }
        if !self.begun && (self.buffer.len() >= 4 || self.ended) {
            self.begun = true;
            self.start = self.charset.mark(&self.buffer);
        }
        if self.ended && self.rest().last() == Some(&0x1a) {
            self.buffer.pop(); // the end of a file under CP/M
        }
        Ok(())
    }
}

/// A window over bytes, for the tests of the formats.
#[cfg(test)]
pub(super) fn with_window<T>(bytes: &[u8], charset: Charset, read: impl FnOnce(Window<'_, '_>) -> T) -> T {
    let couriers = super::built_in_couriers();
    let options = ReadOptions::new(&couriers);
    let tally = Tally::new(&options, 0);
    let mut source = Source::Bytes(Cursor::new(bytes));
    let window = Window::new(&mut source, charset, &tally);
    read(window.unwrap_or_else(|stop| panic!("{stop:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], charset: Charset) -> Vec<u8> {
        with_window(bytes, charset, |mut window| {
            let mut out = Vec::new();
            loop {
                let piece = window.at_least(1_000).unwrap().to_vec();
                if piece.is_empty() {
                    return out;
                }
                window.step(piece.len());
                out.extend(piece);
            }
        })
    }

    #[test]
    fn a_lone_surrogate_is_no_text_and_marks_are_dropped() {
        let bytes = [0xff, 0xfe, b'a', 0, 0x00, 0xd8, b',', 0, b'b', 0];
        assert_eq!(all(&bytes, Charset::Utf16Le), b"a\xff,b");
        assert_eq!(all(b"\xef\xbb\xbfa\x1a", Charset::Utf8), b"a");
        assert_eq!(all(&[b'a', 0, 7], Charset::Utf16Le), b"a\xff");
        assert_eq!(all(&[0x3d, 0xd8], Charset::Utf16Le), b"\xff");
    }

    #[test]
    fn characters_across_two_pieces_stay_whole() {
        let text = "茶😀a".repeat(40_000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(all(&bytes, Charset::Utf16Be), text.as_bytes());
        assert_eq!(all(text.as_bytes(), Charset::Utf8), text.as_bytes());
    }
}
