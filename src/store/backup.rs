//! Whole copies of the database in `backups/`, made while nothing else happens; the newest three are kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::files::{make_empty, make_folder, remove_if_there, sync_folder};
use super::journal::Head;
use super::json::int;
use super::{Store, StoreError, copy, dump};
use crate::domain::Timestamp;

/// The folder of the backups.
pub(super) const BACKUPS: &str = "backups";
const KEPT: usize = 3;
/// Between two backups while something is written.
const EVERY: Duration = Duration::from_mins(10);
/// A second copy that is longer, in lines, is begun anew after a backup.
#[cfg(not(feature = "crash-points"))]
const LINES: usize = 40_000;
/// The crash tests must reach it.
#[cfg(feature = "crash-points")]
const LINES: usize = 30;

/// A backup by its name: the number of its last commit and of the last line of its journal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Backup {
    pub(super) commits: i64,
    pub(super) seq: i64,
    pub(super) path: PathBuf,
}

/// The backups of a folder, oldest first.
pub(super) fn list(dir: &Path) -> Vec<Backup> {
    let Ok(files) = fs::read_dir(dir.join(BACKUPS)) else {
        return Vec::new();
    };
    let mut found: Vec<Backup> = files.flatten().filter_map(|file| named(file.path())).collect();
    found.sort();
    found
}

fn named(path: PathBuf) -> Option<Backup> {
    let (commits, seq) = path.file_name()?.to_str()?.strip_suffix(".db")?.split_once('-')?;
    Some(Backup {
        commits: commits.parse().ok()?,
        seq: seq.parse().ok()?,
        path,
    })
}

/// The number of the journal's line up to which a new second copy leaves out what ended: every kept backup has
/// it. 0, nothing, while the journal is short.
pub(super) fn left_out(dir: &Path, head: Head) -> i64 {
    let backups = list(dir);
    let is_long = head.seq > int(LINES) && backups.len() >= KEPT;
    let oldest = backups.first().filter(|_| is_long);
    oldest.map_or(0, |backup| backup.seq)
}

/// Copies the database as it stands into a new file, which is whole on the disk when this returns.
///
/// # Errors
/// When it cannot be written; there may be a half file.
pub(super) fn copy_into(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    // SQLite fills an empty file that is there, so that its mode is ours from the start.
    let file = make_empty(path)?;
    let name = path
        .to_str()
        .ok_or_else(|| StoreError::Io(String::from("the folder's name is not UTF-8")))?;
    conn.execute("VACUUM INTO ?1", [name])?;
    Ok(file.sync_all()?)
}

impl Store {
    /// A backup should be made, as soon as nothing is on its way.
    pub fn backup_is_due(&self, now: Timestamp) -> bool {
        self.dirty && !self.failed && (self.urgent || now.since(self.backed_up_at) >= EVERY)
    }

    /// Makes a backup when one is due. It may take seconds, so nothing should be on its way. When it cannot be
    /// made, the next one is due after the usual time: the journal itself is not touched.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn back_up_if_due(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        if !self.backup_is_due(now) {
            return Ok(false);
        }
        self.back_up(now)?;
        Ok(true)
    }

    pub(super) fn back_up(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.backed_up_at = now;
        self.urgent = false;
        self.faults.meet()?;
        let folder = self.dir.join(BACKUPS);
        make_folder(&folder)?;
        let commits = super::sums::kept(&self.conn, "commits")?.unwrap_or(0);
        let seq = self.head.seq;
        let unfinished = folder.join("new");
        crate::step::at("store-before-backup");
        let made = copy_into(&self.conn, &unfinished);
        if made.is_err() {
            remove_if_there(&unfinished)?;
        }
        made?;
        crate::step::at("store-before-backup-rename");
        fs::rename(&unfinished, folder.join(format!("{commits:012}-{seq:012}.db")))?;
        sync_folder(&folder)?;
        crate::step::at("store-after-backup");
        self.dirty = false;
        let backups = list(&self.dir);
        for old in backups.iter().rev().skip(KEPT) {
            remove_if_there(&old.path)?;
        }
        self.shorten_copy()
    }

    /// Begins the second copy anew when it has grown long: what every kept backup holds is left out.
    fn shorten_copy(&mut self) -> Result<(), StoreError> {
        let backed_up = left_out(&self.dir, self.head);
        if self.copy.lines > LINES && backed_up > 0 {
            crate::step::at("store-before-rotation");
            self.copy = copy::Copy::begin(&self.dir, &dump::lines(&self.conn, backed_up)?)?;
            crate::step::at("store-after-rotation");
        }
        Ok(())
    }
}
