//! The head of the journal written a second time, beside the database: SQLite cannot notice that the last
//! commits are gone when the write-ahead log was deleted or an older copy was put back. This can.
//!
//! Two slots of 64 bytes are written in turn, so that a torn write leaves the other one. The newer one is told
//! by a counter and not by the entry's number, which goes back when an older copy is accepted.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use sha2::Digest as _;

use super::files::private;

/// The name of the file.
pub(super) const ANCHOR_FILE: &str = "journal.anchor";

const SLOT_BYTES: usize = 64;
const CHECK_BYTES: usize = 16;

/// The newest entry of the journal: its number and its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// 0 when there is no entry.
    pub(super) seq: i64,
    /// The chain's hash up to there.
    pub(super) hash: [u8; 32],
}

/// The open file.
#[derive(Debug)]
pub(super) struct Anchor {
    file: File,
    /// Counts the writes; its parity is the slot.
    written: u64,
}

impl Anchor {
    /// Opens or makes the file and reads the newest slot that is whole; `None` when there is none.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub(super) fn open(dir: &Path) -> std::io::Result<(Self, Option<Head>)> {
        let mut file = private()
            .create(true)
            .truncate(false)
            .open(dir.join(ANCHOR_FILE))?;
        let mut bytes = Vec::new();
        (&mut file)
            .take(u64::try_from(SLOT_BYTES * 2).unwrap_or(0))
            .read_to_end(&mut bytes)?;
        let newest = bytes
            .chunks_exact(SLOT_BYTES)
            .filter_map(decode)
            .max_by_key(|(written, _)| *written);
        let written = newest.map_or(0, |(written, _)| written);
        Ok((Self { file, written }, newest.map(|(_, head)| head)))
    }

    /// Writes a head into the older slot and waits until it is on the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&mut self, head: Head) -> std::io::Result<()> {
        let written = self.written.saturating_add(1);
        let offset = if written.is_multiple_of(2) { 0 } else { SLOT_BYTES };
        self.file
            .seek(SeekFrom::Start(u64::try_from(offset).unwrap_or(0)))?;
        self.file.write_all(&encode(written, head))?;
        self.file.sync_data()?;
        self.written = written;
        Ok(())
    }
}

fn encode(written: u64, head: Head) -> Vec<u8> {
    let mut slot = Vec::with_capacity(SLOT_BYTES);
    slot.extend(written.to_le_bytes());
    slot.extend(head.seq.to_le_bytes());
    slot.extend(head.hash);
    let check = sha2::Sha256::digest(&slot);
    slot.extend(check.iter().take(CHECK_BYTES));
    slot
}

fn decode(slot: &[u8]) -> Option<(u64, Head)> {
    let written = u64::from_le_bytes(slot.get(..8)?.try_into().ok()?);
    let seq = i64::from_le_bytes(slot.get(8..16)?.try_into().ok()?);
    let hash = slot.get(16..48)?.try_into().ok()?;
    let head = Head { seq, hash };
    (encode(written, head) == slot).then_some((written, head))
}
