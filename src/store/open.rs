//! Opening and closing: lock, checks, migrations, in an order in which a file that cannot be used is never
//! written to.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::ballast::Ballast;
use super::copy::{self, COPY_FILE, Copy, Line};
use super::faults::Faults;
use super::files::{make_empty, make_folder, remove_if_there, sync_file, sync_folder};
use super::inspect::{State, inspect};
use super::journal::Head;
use super::recover::{self, Base, Damage, Recovered};
use super::{OpenError, Store, StoreError, backup, dump, journal, lock, place, schema, sums};
use crate::domain::Timestamp;

/// The name of the database.
pub(super) const DATABASE_FILE: &str = "fahuo.db";

/// What was found when the journal was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// It was made just now.
    pub fresh: bool,
    /// The last run ended by [`Store::close`]; also `true` for a fresh one.
    pub clean: bool,
    /// It was damaged, lacked entries, or may have: what was found and done.
    pub recovered: Option<Recovered>,
    /// The program for file sync in whose folder it lies.
    pub synced_by: Option<&'static str>,
    /// When the file was made.
    pub created_at: Timestamp,
    /// When the file was made or last found to be damaged, to lack entries or to be a copy: WeChat may hold
    /// what the journal does not know of. The quarantine counts from here, also over restarts.
    pub doubtful_since: Timestamp,
}

impl Store {
    /// Opens the journal of a folder, makes it when there is none, and holds the folder's lock until it is
    /// dropped. What is damaged is set aside and made again from the backups and the second copy. May take
    /// seconds: after a run that did not end by itself everything is checked.
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
        let whole_path = fs::canonicalize(dir).map_err(OpenError::Folder)?;
        if let Some(kind) = place::network_drive(&whole_path, &place::mounts()) {
            return Err(OpenError::Network(kind));
        }
        let lock = lock::take(dir)?;
        let path = dir.join(DATABASE_FILE);
        let found = copy::read(&dir.join(COPY_FILE), |_| Ok(()))?;
        let mut fresh = false;
        let mut recovered = None;
        let mut whole_cache = true;
        let recover = |damage, base| -> Result<Recovered, OpenError> {
            recover::run(dir, now, damage, base, migrations)
        };
        match inspect(&path, &found, migrations)? {
            State::Missing if recover::nothing_is_left(dir, &found) => {
                make(&path, dir, now, migrations)?;
                fresh = true;
            }
            State::Missing => recovered = Some(recover(Damage::Missing, Base::Backup)?),
            State::Damaged => recovered = Some(recover(Damage::Unreadable, Base::Backup)?),
            State::Older => recovered = Some(recover(Damage::Behind, Base::Backup)?),
            State::Behind(conn) => recovered = Some(recover(Damage::Behind, Base::Database(conn))?),
            State::Unproven => {
                recovered = Some(recover::set_copy_aside(dir, now)?);
            }
            State::Sound { cache } => whole_cache = cache,
        }
        let conn = connect(&path)?;
        let opened = Opening {
            conn,
            dir,
            now,
            lock,
            found,
            recovered,
            fresh,
            whole_cache,
        };
        opened.finish(migrations)
    }

    /// Ends the run: marks it as clean, makes a backup when something was written, and empties the write-ahead
    /// log into the file.
    ///
    /// # Errors
    /// When it cannot be written; what was recorded before is safe all the same.
    pub fn close(mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.dirty && !self.failed {
            self.back_up(now)?;
        }
        self.write(|tx, _| {
            tx.execute(
                "UPDATE journal_file SET ended_at = ?1 WHERE id = 1",
                [now.millis()],
            )?;
            Ok(())
        })?;
        // The checkpoint answers with a row of counters that nobody needs.
        self.conn.pragma(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))?;
        self.conn
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let n = sums::kept(&self.conn, "commits")?.unwrap_or(0);
        self.conn.close().map_err(|(_, error)| StoreError::from(error))?;
        crate::step::at("store-before-end");
        let hash = copy::file_hash(&self.dir.join(DATABASE_FILE))?;
        self.copy.append(&Line {
            n,
            ended: Some(hash),
            ..Line::default()
        })
    }
}

/// What is at hand while a sound file is opened.
struct Opening<'a> {
    conn: Connection,
    dir: &'a Path,
    now: Timestamp,
    lock: fs::File,
    found: copy::Found,
    recovered: Option<Recovered>,
    fresh: bool,
    whole_cache: bool,
}

impl Opening<'_> {
    fn finish(mut self, migrations: &[&str]) -> Result<(Store, Opened), OpenError> {
        let version = schema::version(&self.conn, migrations)?;
        schema::enter_wal(&self.conn)?;
        schema::migrate(&mut self.conn, self.dir, version, migrations)?;
        let notes = sums::install(&self.conn)?;
        self.mark_doubt()?;
        let head = journal::read_head(&self.conn)?;
        let commits = sums::kept(&self.conn, "commits")?.unwrap_or(0);
        let copy = self.copy(commits, head)?;
        let newest_backup = backup::list(self.dir).last().map_or(0, |backup| backup.commits);
        let mut store = Store {
            conn: self.conn,
            dir: self.dir.to_owned(),
            head,
            notes,
            copy,
            ballast: Ballast::of(self.dir),
            faults: Faults::default(),
            failed: false,
            dirty: false,
            urgent: false,
            backed_up_at: self.now,
            who: String::new(),
            _lock: self.lock,
        };
        if !self.whole_cache {
            store.empty_caches()?;
        }
        let mut opened = begin(&mut store)?;
        if self.fresh {
            // From here on the file itself shows that there was a run, even when its log is lost.
            store.conn.pragma(None, "wal_checkpoint", "PASSIVE", |_| Ok(()))?;
        }
        // The last commits of a clean run only mark its end and the beginning of the next.
        store.dirty = commits > newest_backup.saturating_add(1);
        opened.recovered = self.recovered;
        opened.synced_by = place::synced_by(&fs::canonicalize(self.dir).unwrap_or_default());
        opened.fresh = self.fresh;
        opened.clean |= self.fresh;
        Ok((store, opened))
    }

    /// A folder that was copied gets a new name, and one whose newest entries may be missing is doubtful.
    fn mark_doubt(&mut self) -> Result<(), OpenError> {
        let here = place::word_of(&self.dir.join(DATABASE_FILE));
        let (store_id, place): (String, String) = self.conn.query_row(
            "SELECT store_id, place FROM journal_file WHERE id = 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let copied = !place.is_empty() && !here.is_empty() && place != here;
        if copied && self.recovered.is_none() {
            self.recovered = Some(Recovered::of(&self.conn, Damage::Copied)?);
        }
        let tx = self.conn.transaction()?;
        if let Some(recovered) = &self.recovered {
            recover::say_until_closed(&tx, recovered, self.now)?;
        }
        if place != here {
            let id = if copied { recover::new_name()? } else { store_id };
            tx.execute(
                "UPDATE journal_file SET store_id = ?1, place = ?2 WHERE id = 1",
                [id, here],
            )?;
        }
        tx.commit()?;
        Ok(())
    }

    /// The second copy: gone on with when it is whole and says the same, else begun anew.
    fn copy(&self, commits: i64, head: Head) -> Result<Copy, OpenError> {
        let store: String =
            self.conn
                .query_row("SELECT store_id FROM journal_file WHERE id = 1", [], |row| {
                    row.get(0)
                })?;
        let found = &self.found;
        let digest = sums::digest(&self.conn)?;
        let same =
            found.store == Some(store) && found.last == Some((commits, Some(digest))) && !found.damaged;
        Ok(if same {
            Copy::go_on(self.dir, found)?
        } else {
            Copy::begin(
                self.dir,
                &dump::lines(&self.conn, backup::left_out(self.dir, head))?,
            )?
        })
    }
}

/// Makes the database under another name and renames it when it is whole: an empty or half-made file under
/// its real name is therefore always damage and never a beginning.
fn make(path: &Path, dir: &Path, now: Timestamp, migrations: &[&str]) -> Result<(), OpenError> {
    let unfinished = with_suffix(path, ".new");
    make_new(&unfinished, dir, now, migrations)?;
    crate::step::at("store-before-first-rename");
    fs::rename(&unfinished, path).map_err(OpenError::Folder)?;
    sync_folder(dir).map_err(OpenError::Folder)?;
    Ok(())
}

/// Makes an empty journal in a file of this name.
pub(super) fn make_new(
    file: &Path,
    dir: &Path,
    now: Timestamp,
    migrations: &[&str],
) -> Result<(), OpenError> {
    remove_if_there(&with_suffix(file, "-journal")).map_err(OpenError::Folder)?;
    make_empty(file).map_err(OpenError::Folder)?;
    let mut conn = connect_unfinished(file)?;
    schema::migrate(&mut conn, dir, 0, migrations)?;
    let tx = conn.transaction()?;
    tx.execute(
        "INSERT INTO journal_file (id, created_at, doubtful_since) VALUES (1, ?1, ?1)",
        [now.millis()],
    )?;
    if migrations.len() >= schema::WITH_SUMS {
        tx.execute("UPDATE journal_file SET store_id = ?1", [recover::new_name()?])?;
        sums::recount(&tx)?;
    }
    tx.commit()?;
    conn.close().map_err(|(_, error)| error)?;
    sync_file(file).map_err(OpenError::Folder)?;
    Ok(())
}

/// Opens a file that is there.
pub(super) fn connect(path: &Path) -> Result<Connection, OpenError> {
    // Neither CREATE (files are made by us, with their mode) nor URI (a name is a name).
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    schema::prepare(&conn)?;
    Ok(conn)
}

/// Opens a file that has no use before it is whole: what is written becomes durable by one sync at the end.
pub(super) fn connect_unfinished(path: &Path) -> Result<Connection, OpenError> {
    let conn = connect(path)?;
    conn.pragma(None, "synchronous", "OFF", |_| Ok(()))?;
    conn.pragma(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    Ok(conn)
}

/// A file beside another one.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Begins a run: reads how the last one ended and marks this one as open.
fn begin(store: &mut Store) -> Result<Opened, OpenError> {
    let opened = store.write(|tx, _| {
        let opened = tx.query_row(
            "SELECT created_at, doubtful_since, ended_at IS NOT NULL FROM journal_file WHERE id = 1",
            [],
            |row| {
                Ok(Opened {
                    fresh: false,
                    clean: row.get(2)?,
                    recovered: None,
                    synced_by: None,
                    created_at: Timestamp::from_millis(row.get(0)?),
                    doubtful_since: Timestamp::from_millis(row.get(1)?),
                })
            },
        )?;
        tx.execute("UPDATE journal_file SET ended_at = NULL WHERE id = 1", [])?;
        Ok(opened)
    })?;
    Ok(opened)
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
