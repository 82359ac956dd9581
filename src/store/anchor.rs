//! The head of the journal written a second time, beside the database: SQLite cannot notice that the last
//! commits are gone when the write-ahead log was deleted or an older copy was put back. This can.
//!
//! Two slots of 64 bytes are written in turn, so that a torn write leaves the other one.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use sha2::Digest as _;

use super::files::private;

/// The name of the file.
pub(super) const ANCHOR_FILE: &str = "journal.anchor";

const SLOT_BYTES: usize = 64;
const CHECK_BYTES: usize = 24;

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
    next_slot: u64,
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
            .zip(0_u64..)
            .filter_map(|(slot, index)| decode(slot).map(|head| (head, index)))
            .max_by_key(|(head, _)| head.seq);
        let next_slot = newest.map_or(0, |(_, index)| 1_u64.saturating_sub(index));
        Ok((Self { file, next_slot }, newest.map(|(head, _)| head)))
    }

    /// Writes a head into the older slot and waits until it is on the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&mut self, head: Head) -> std::io::Result<()> {
        let offset = self
            .next_slot
            .saturating_mul(u64::try_from(SLOT_BYTES).unwrap_or(0));
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.write_all(&encode(head))?;
        self.file.sync_data()?;
        self.next_slot = 1_u64.saturating_sub(self.next_slot);
        Ok(())
    }
}

fn encode(head: Head) -> Vec<u8> {
    let mut slot = Vec::with_capacity(SLOT_BYTES);
    slot.extend(head.seq.to_le_bytes());
    slot.extend(head.hash);
    let check = sha2::Sha256::digest(&slot);
    slot.extend(check.iter().take(CHECK_BYTES));
    slot
}

fn decode(slot: &[u8]) -> Option<Head> {
    let seq = i64::from_le_bytes(slot.get(..8)?.try_into().ok()?);
    let hash = slot.get(8..40)?.try_into().ok()?;
    let head = Head { seq, hash };
    (encode(head) == slot).then_some(head)
}
