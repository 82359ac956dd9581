//! Space that is kept for a disk that runs full: given up, it lets the results of what was sent be written
//! down.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::{make_empty, remove_if_there};

/// The name of the file.
pub(super) const BALLAST_FILE: &str = "ballast";
const CHUNK_BYTES: usize = 1 << 16;

/// The kept space of a folder.
#[derive(Debug)]
pub(super) struct Ballast {
    path: PathBuf,
}

impl Ballast {
    pub(super) fn of(dir: &Path) -> Self {
        Self {
            path: dir.join(BALLAST_FILE),
        }
    }

    /// Keeps at least this many bytes, unless the disk has no room for them.
    ///
    /// # Errors
    /// When they cannot be kept; nothing is kept then.
    pub(super) fn keep(&self, bytes: u64) -> Result<(), StoreError> {
        if fs::metadata(&self.path).is_ok_and(|found| found.len() >= bytes) {
            return Ok(());
        }
        let result = self.fill(bytes);
        if result.is_err() {
            remove_if_there(&self.path)?;
        }
        result
    }

    fn fill(&self, bytes: u64) -> Result<(), StoreError> {
        let mut chunk = vec![0; CHUNK_BYTES];
        // Bytes by chance: file systems that compress would keep no room for zeros.
        getrandom::fill(&mut chunk)
            .map_err(|_no_chance| StoreError::Other(String::from("no random bytes")))?;
        let mut file = make_empty(&self.path)?;
        let mut left = bytes;
        while left > 0 {
            let length = usize::try_from(left).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
            file.write_all(chunk.get(..length).unwrap_or_default())?;
            left = left.saturating_sub(u64::try_from(length).unwrap_or(left));
        }
        Ok(file.sync_all()?)
    }

    /// Gives the space up; `false` when there is none.
    pub(super) fn give_up(&self) -> bool {
        fs::remove_file(&self.path).is_ok()
    }
}
