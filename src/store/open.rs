//! Opening and closing: lock, checks, migrations, in an order in which a file that cannot be used is never
//! written to.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::anchor::{Anchor, Head};
use super::files::{make_empty, make_folder, remove_if_there, sync_folder};
use super::{OpenError, Store, StoreError, journal, lock, schema, shipments};
use crate::domain::Timestamp;

/// The name of the database.
pub(super) const DATABASE_FILE: &str = "fahuo.db";

/// What was found when the journal was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// It was made just now.
    pub fresh: bool,
    /// The last run ended by [`Store::close`]; also `true` for a fresh one.
    pub clean: bool,
    /// Its newest entries are missing, or an older copy was put back; also `true` when the file that would
    /// prove the opposite (`journal.anchor`) is missing.
    pub lost_entries: bool,
    /// When the file was made.
    pub created_at: Timestamp,
    /// When the file was made or last found to lack entries: WeChat may hold what the journal does not know
    /// of. The quarantine counts from here, also over restarts.
    pub doubtful_since: Timestamp,
}

impl Store {
    /// Opens the journal of a folder, makes it when there is none, and holds the folder's lock until it is
    /// dropped. May take seconds: pages are checked and migrations made.
    ///
    /// # Errors
    /// See [`OpenError`]; an existing file is then as it was.
    pub fn open(dir: &Path, now: Timestamp) -> Result<(Self, Opened), OpenError> {
        Self::open_with(dir, now, schema::MIGRATIONS)
    }

    /// [`open`](Self::open) with another list of migrations, for the tests of migrations themselves.
    pub(super) fn open_with(
        dir: &Path,
        now: Timestamp,
        migrations: &[&str],
    ) -> Result<(Self, Opened), OpenError> {
        make_folder(dir).map_err(OpenError::Folder)?;
        let lock = lock::take(dir)?;
        let path = dir.join(DATABASE_FILE);
        let fresh = make_if_missing(&path, dir, now, migrations)?;
        let (mut conn, version) = open_sound(&path, migrations)?;
        schema::enter_wal(&conn)?;
        schema::migrate(&mut conn, dir, version, migrations)?;
        shipments::read_all_open(&conn)?;
        let head = journal::read_head(&conn)?;
        let (mut anchor, noted) = Anchor::open(dir).map_err(OpenError::Folder)?;
        let lost_entries = lacks_entries(&conn, head, noted)?;
        let mut opened = begin(&mut conn, lost_entries, now)?;
        if fresh {
            opened.fresh = true;
            opened.clean = true;
        }
        if noted != Some(head) {
            anchor.write(head).map_err(StoreError::from)?;
        }
        let store = Self {
            conn,
            head,
            anchor,
            _lock: lock,
        };
        Ok((store, opened))
    }

    /// Ends the run: marks it as clean and empties the write-ahead log into the file.
    ///
    /// # Errors
    /// When it cannot be written; what was recorded before is safe all the same.
    pub fn close(self, now: Timestamp) -> Result<(), StoreError> {
        self.conn.execute(
            "UPDATE journal_file SET ended_at = ?1 WHERE id = 1",
            [now.millis()],
        )?;
        // The checkpoint answers with a row of counters that nobody needs.
        self.conn.pragma(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))?;
        self.conn
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        self.conn.close().map_err(|(_, error)| error.into())
    }
}

/// Makes the database under another name and renames it when it is whole: an empty or half-made file under
/// its real name is therefore always damage and never a beginning.
fn make_if_missing(path: &Path, dir: &Path, now: Timestamp, migrations: &[&str]) -> Result<bool, OpenError> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    if fs::symlink_metadata(with_suffix(path, "-wal")).is_ok() {
        return Err(OpenError::Damaged); // the log of a database that somebody took away
    }
    let unfinished = with_suffix(path, ".new");
    remove_if_there(&with_suffix(&unfinished, "-journal")).map_err(OpenError::Folder)?;
    make_empty(&unfinished).map_err(OpenError::Folder)?;
    let mut conn = connect(&unfinished)?;
    schema::migrate(&mut conn, dir, 0, migrations)?;
    conn.execute(
        "INSERT INTO journal_file (id, created_at, doubtful_since) VALUES (1, ?1, ?1)",
        [now.millis()],
    )?;
    conn.close().map_err(|(_, error)| error)?;
    fs::rename(&unfinished, path).map_err(OpenError::Folder)?;
    sync_folder(dir).map_err(OpenError::Folder)?;
    Ok(true)
}

/// Opens a file that is there and only reads it. When it is refused, the folder is left as it was.
fn open_sound(path: &Path, migrations: &[&str]) -> Result<(Connection, usize), OpenError> {
    let size_bytes = fs::metadata(path).map_err(OpenError::Folder)?.len();
    if size_bytes == 0 {
        return Err(OpenError::Damaged); // SQLite would take it for a new one and delete its log
    }
    let log = with_suffix(path, "-wal");
    let had_log = log.exists();
    let read = || -> Result<(Connection, usize), OpenError> {
        let conn = connect(path)?;
        let version = schema::version(&conn, migrations)?;
        if version == 0 || !schema::is_sound(&conn, size_bytes)? {
            return Err(OpenError::Damaged);
        }
        Ok((conn, version))
    };
    let result = read();
    if result.is_err() && !had_log {
        remove_if_there(&log).map_err(OpenError::Folder)?; // SQLite makes an empty one to read
    }
    result
}

fn connect(path: &Path) -> Result<Connection, OpenError> {
    // Neither CREATE (files are made by us, with their mode) nor URI (a name is a name).
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    schema::prepare(&conn)?;
    Ok(conn)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn lacks_entries(conn: &Connection, head: Head, noted: Option<Head>) -> Result<bool, StoreError> {
    match noted {
        Some(noted) => Ok(!journal::holds(conn, noted)?),
        None => Ok(head.seq > 0),
    }
}

/// Begins a run: reads how the last one ended and marks this one as open.
fn begin(conn: &mut Connection, lost_entries: bool, now: Timestamp) -> Result<Opened, OpenError> {
    let tx = conn.transaction()?;
    if lost_entries {
        tx.execute(
            "UPDATE journal_file SET doubtful_since = ?1 WHERE id = 1",
            [now.millis()],
        )?;
    }
    let opened = tx.query_row(
        "SELECT created_at, doubtful_since, ended_at IS NOT NULL FROM journal_file WHERE id = 1",
        [],
        |row| {
            Ok(Opened {
                fresh: false,
                clean: row.get(2)?,
                lost_entries,
                created_at: Timestamp::from_millis(row.get(0)?),
                doubtful_since: Timestamp::from_millis(row.get(1)?),
            })
        },
    )?;
    tx.execute("UPDATE journal_file SET ended_at = NULL WHERE id = 1", [])?;
    tx.commit()?;
    Ok(opened)
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
