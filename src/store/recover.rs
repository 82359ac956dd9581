//! Recovery: what is damaged is set aside, never deleted, and the journal is made again from the newest good
//! backup and the second copy. Every step may be cut off: the next start begins again.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};

use super::backup::{self, Backup};
use super::copy::{COPY_FILE, Found};
use super::files::{make_folder, remove_if_there, sync_file, sync_folder};
use super::json::{from_json, hex, to_json};
use super::open::{DATABASE_FILE, connect, connect_unfinished, make_new, with_suffix};
use super::{OpenError, Store, StoreError, replay, schema, shipments};
use crate::domain::Timestamp;

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// The database was there and could not be read, or was not as it was written.
    Unreadable,
    /// The database was gone.
    Missing,
    /// The newest entries were missing.
    Behind,
    /// Nothing proves that the newest entries are there.
    Unproven,
    /// Nothing is wrong with it, but it is a copy of a folder that may have gone on elsewhere.
    Copied,
}

impl Damage {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Behind => "behind",
            Self::Unproven => "unproven",
            Self::Copied => "copied",
        }
    }
}

/// What was found and done when the journal was opened. Said until a person has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// What was wrong.
    pub damage: Damage,
    /// The folder, inside the data folder, that keeps what was found; `None` when nothing was set aside.
    pub kept_in: Option<String>,
    /// The backup that it was made from, by the number of its last commit.
    pub backup: Option<i64>,
    /// Shipments that the journal holds now.
    pub shipments: usize,
    /// Those of them that are still to be sent or looked at.
    pub under_way: usize,
    /// Changes that could not be brought back; 0 when every shipment stands where it stood.
    pub lost_changes: usize,
}

impl Recovered {
    /// Counts what a journal holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of(conn: &Connection, damage: Damage) -> Result<Self, StoreError> {
        let count = |condition: &str| -> Result<usize, StoreError> {
            let query = format!("SELECT count(*) FROM shipment WHERE {condition}");
            let found: i64 = conn.query_row(&query, [], |row| row.get(0))?;
            super::json::count(found, "shipments")
        };
        Ok(Self {
            damage,
            kept_in: None,
            backup: None,
            shipments: count("1")?,
            under_way: count("state IN ('queued', 'waiting', 'sending', 'unclear')")?,
            lost_changes: 0,
        })
    }
}

impl Store {
    /// What was recovered and no person has read yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn recovered(&self) -> Result<Option<Recovered>, StoreError> {
        let kept = self.setting(SETTING)?.filter(|text| !text.is_empty());
        kept.map(|text| from_json(&text, "what was recovered"))
            .transpose()
    }

    /// A person has read it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close_recovered(&mut self) -> Result<(), StoreError> {
        self.set_setting(SETTING, "")
    }
}

/// The setting under which it is kept until a person has read it.
pub(super) const SETTING: &str = "recovered";

/// What a recovery begins with.
#[derive(Debug)]
pub(super) enum Base {
    /// The database that is there: sound, but behind.
    Database(Connection),
    /// The newest good backup; without one, nothing.
    Backup,
}

/// Nothing shows that there ever was a journal: a missing one is a beginning and no loss.
pub(super) fn nothing_is_left(dir: &Path, copy: &Found) -> bool {
    let log = with_suffix(&dir.join(DATABASE_FILE), "-wal");
    // The copy is only made when there is a database.
    !copy.exists && fs::symlink_metadata(log).is_err() && backup::list(dir).is_empty()
}

/// Makes the journal again and sets the old files aside.
///
/// # Errors
/// When it cannot be written, or a backup is of a newer version; the old files are then as they were.
pub(super) fn run(
    dir: &Path,
    now: Timestamp,
    damage: Damage,
    base: Base,
    migrations: &[&str],
) -> Result<Recovered, OpenError> {
    let path = dir.join(DATABASE_FILE);
    let built = with_suffix(&path, ".new");
    for leftover in ["-journal", "-wal", "-shm"] {
        remove_if_there(&with_suffix(&built, leftover)).map_err(OpenError::Folder)?;
    }
    crate::step::at("store-before-recovery");
    let used = match base {
        Base::Database(conn) => {
            backup::copy_into(&conn, &built)?;
            None
        }
        Base::Backup => lay(dir, &built, migrations)?,
    };
    if used.is_none() && damage != Damage::Behind {
        make_new(&built, dir, now, migrations)?;
    }
    let mut conn = connect_unfinished(&built)?;
    let version = schema::version(&conn, migrations)?;
    schema::migrate_copy(&mut conn, version, migrations)?;
    let lost_changes = replay::all(
        &mut conn,
        &dir.join(COPY_FILE),
        damage != Damage::Behind && used.is_none(),
    )?;
    // What was written wrong in the first place comes back wrong: nothing is sent from that.
    shipments::read_all_open(&conn)?;
    let recovered = Recovered {
        backup: used.map(|backup| backup.commits),
        lost_changes,
        kept_in: Some(set_aside_name(dir, now)),
        ..Recovered::of(&conn, damage)?
    };
    conn.close().map_err(|(_, error)| error)?;
    sync_file(&built).map_err(OpenError::Folder)?;
    crate::step::at("store-before-setting-aside");
    set_aside(dir, recovered.kept_in.as_deref().unwrap_or_default()).map_err(OpenError::Folder)?;
    crate::step::at("store-before-recovery-rename");
    fs::rename(&built, &path).map_err(OpenError::Folder)?;
    sync_folder(dir).map_err(OpenError::Folder)?;
    crate::step::at("store-after-recovery");
    Ok(recovered)
}

/// Lays a copy of the newest good backup under another name; the backup itself is not touched.
fn lay(dir: &Path, built: &Path, migrations: &[&str]) -> Result<Option<Backup>, OpenError> {
    for backup in backup::list(dir).into_iter().rev() {
        remove_if_there(built).map_err(OpenError::Folder)?;
        fs::copy(&backup.path, built).map_err(OpenError::Folder)?;
        match is_good(built, migrations) {
            Ok(true) => return Ok(Some(backup)),
            Ok(false) | Err(OpenError::Damaged) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// A database whose tables are what they were.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_good(path: &Path, migrations: &[&str]) -> Result<bool, OpenError> {
    if fs::metadata(path).map_err(OpenError::Folder)?.len() == 0 {
        return Ok(false);
    }
    let conn = connect(path)?;
    let version = schema::version(&conn, migrations)?;
    Ok(!schema::check(&conn, version)?.counts)
}

/// A name for a folder that is not there yet.
fn set_aside_name(dir: &Path, now: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default();
    let name = format!("damaged-{}", moment.strftime("%Y%m%d-%H%M%S"));
    let names = std::iter::once(name.clone()).chain((2..).map(|number: u32| format!("{name}-{number}")));
    names
        .into_iter()
        .find(|name| fs::symlink_metadata(dir.join(name)).is_err())
        .unwrap_or(name)
}

/// The copy is the last to be needed, so it stays where it is until its successor replaces it.
fn set_aside(dir: &Path, name: &str) -> std::io::Result<()> {
    let folder = dir.join(name);
    make_folder(&folder)?;
    if dir.join(COPY_FILE).exists() {
        fs::copy(dir.join(COPY_FILE), folder.join(COPY_FILE))?;
    }
    for suffix in ["-wal", "-shm", "-journal", ""] {
        let file = with_suffix(&dir.join(DATABASE_FILE), suffix);
        match fs::rename(&file, folder.join(file.file_name().unwrap_or_default())) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => crate::step::at("store-setting-aside"),
        }
    }
    sync_folder(&folder)
}

/// Keeps a second copy that does not belong to the database, or cannot be read, before it is replaced.
///
/// # Errors
/// When it cannot be kept.
pub(super) fn set_copy_aside(dir: &Path, now: Timestamp) -> Result<Recovered, OpenError> {
    let mut kept_in = None;
    if dir.join(COPY_FILE).exists() {
        let name = set_aside_name(dir, now);
        make_folder(&dir.join(&name)).map_err(OpenError::Folder)?;
        fs::copy(dir.join(COPY_FILE), dir.join(&name).join(COPY_FILE)).map_err(OpenError::Folder)?;
        kept_in = Some(name);
    }
    let conn = connect(&dir.join(DATABASE_FILE))?;
    Ok(Recovered {
        kept_in,
        ..Recovered::of(&conn, Damage::Unproven)?
    })
}

/// From now on the journal is doubtful, and it is said until a person has read it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn say_until_closed(
    tx: &Transaction<'_>,
    recovered: &Recovered,
    now: Timestamp,
) -> Result<(), StoreError> {
    let details = to_json(recovered)?;
    tx.execute(
        "UPDATE journal_file SET doubtful_since = ?1 WHERE id = 1",
        [now.millis()],
    )?;
    tx.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        [SETTING, &details],
    )?;
    tx.execute(
        "INSERT INTO audit (at, appid, what, details) VALUES (?1, '', 'journal_recovered', ?2)",
        rusqlite::params![now.millis(), details],
    )?;
    Ok(())
}

/// A name by which a folder knows itself.
///
/// # Errors
/// When the system has no random bytes.
pub(super) fn new_name() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_no_chance| StoreError::Other(String::from("no random bytes")))?;
    Ok(hex(&bytes))
}
