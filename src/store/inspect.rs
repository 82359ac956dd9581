//! What stands in a folder: reads the database and holds it against the second copy, without writing.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::copy::{Found, file_hash};
use super::files::remove_if_there;
use super::open::{connect, with_suffix};
use super::{OpenError, StoreError, backup, recover, schema, shipments, sums};

/// What stands there.
#[derive(Debug)]
pub(super) enum State {
    /// No database.
    Missing,
    /// One that cannot be read, or that is not as it was written.
    Damaged,
    /// A sound one that is older than a good backup of it: somebody has put it back.
    Older,
    /// A sound one that lacks commits which the second copy has.
    Behind(Connection),
    /// A sound one, but nothing proves that its newest commits are there.
    Unproven,
    /// A sound one.
    Sound {
        /// Its caches are sound too.
        cache: bool,
    },
}

/// Looks at the database of a folder.
///
/// # Errors
/// [`OpenError::NewerSchema`], or when the disk or the system refuses to read.
pub(super) fn inspect(path: &Path, copy: &Found, migrations: &[&str]) -> Result<State, OpenError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(State::Missing),
        Err(error) => return Err(OpenError::Folder(error)),
        Ok(_) => {}
    }
    let header = header(path).map_err(OpenError::Folder)?;
    // SQLite would take an empty file for a new one, and a file of a later format for one it may not write.
    if !matches!(header.get(18..20), Some([1 | 2, 1 | 2])) {
        return Ok(State::Damaged);
    }
    let log = with_suffix(path, "-wal");
    let had_log = log.exists();
    let state = match read(path, copy, migrations, had_log) {
        Err(OpenError::Damaged) => Ok(State::Damaged),
        other => other,
    };
    if !had_log && !matches!(state, Ok(State::Behind(_))) {
        remove_if_there(&log).map_err(OpenError::Folder)?; // SQLite makes an empty one to read
    }
    state
}

/// The first bytes of a file, fewer when it is shorter.
fn header(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(100).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read(path: &Path, copy: &Found, migrations: &[&str], had_log: bool) -> Result<State, OpenError> {
    let as_it_was_left = !had_log
        && copy.ended.is_some()
        && file_hash(path).map_err(OpenError::Folder)?.as_str() == copy.ended.as_deref().unwrap_or_default();
    let conn = connect(path)?;
    let version = schema::version(&conn, migrations)?;
    let mut cache = true;
    if !as_it_was_left {
        let wrong = schema::check(&conn, version)?;
        if wrong.counts {
            return Ok(State::Damaged);
        }
        cache = !wrong.cache;
    }
    shipments::read_all_open(&conn)?;
    if version < schema::WITH_SUMS {
        return Ok(State::Sound { cache }); // an older program kept no second copy
    }
    if let Some(dir) = path.parent()
        && is_older(&conn, dir, migrations)?
    {
        return Ok(State::Older);
    }
    Ok(match against(&conn, copy)? {
        Against::Behind => State::Behind(conn),
        Against::Unproven => State::Unproven,
        Against::Fits => State::Sound { cache },
    })
}

/// A good backup of this very journal has more commits than the journal itself.
fn is_older(conn: &Connection, dir: &Path, migrations: &[&str]) -> Result<bool, OpenError> {
    let commits = sums::kept(conn, "commits")?.unwrap_or(0);
    let Some(newest) = backup::list(dir).pop().filter(|newest| newest.commits > commits) else {
        return Ok(false);
    };
    match recover::is_good(&newest.path, migrations) {
        Ok(true) => Ok(store_id(&connect(&newest.path)?)? == store_id(conn)?),
        Ok(false) | Err(OpenError::Damaged) => Ok(false),
        Err(error) => Err(error),
    }
}

fn store_id(conn: &Connection) -> Result<String, StoreError> {
    let select = "SELECT store_id FROM journal_file WHERE id = 1";
    Ok(conn.query_row(select, [], |row| row.get(0))?)
}

enum Against {
    Fits,
    Behind,
    Unproven,
}

/// The database commits first and the copy follows: whole, it is level with the copy or one commit ahead.
fn against(conn: &Connection, copy: &Found) -> Result<Against, StoreError> {
    let commits = sums::kept(conn, "commits")?.unwrap_or(0);
    let store = store_id(conn)?;
    if copy.store.as_ref().is_some_and(|named| *named != store) {
        return Ok(Against::Unproven);
    }
    let Some((last, digest)) = &copy.last else {
        return Ok(if commits > 0 || copy.exists {
            Against::Unproven
        } else {
            Against::Fits
        });
    };
    if *last > commits {
        return Ok(Against::Behind);
    }
    // Level with a copy whose last line is torn: that line was of a commit which is not here.
    let level = *last == commits;
    let other = level && digest.is_some() && *digest != Some(sums::digest(conn)?);
    Ok(if other || (level && copy.torn) {
        Against::Unproven
    } else {
        Against::Fits
    })
}
