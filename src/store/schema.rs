//! The connection's settings and the schema: forward-only migrations in one transaction, with a backup first.
//! Apart from `open` because this is the part that changes with every release.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use super::backup::copy_into;
use super::files::sync_folder;
use super::sums::Wrong;
use super::{OpenError, StoreError, history_index, recover, sums};

/// The oldest SQLite without the defect that may damage a journal in WAL mode (reliability F20).
pub(super) const OLDEST_SQLITE: i32 = 3_051_003;

/// Every migration in the order of its number; `user_version` counts those that were made.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_sums.sql"),
    include_str!("migrations/0003_history.sql"),
    include_str!("migrations/0004_errands.sql"),
    include_str!("migrations/0005_retention.sql"),
    include_str!("migrations/0006_shopping.sql"),
    include_str!("migrations/0007_access.sql"),
];

/// The first version that has sums.
pub(super) const WITH_SUMS: usize = 2;

/// Settings that change nothing in the file and must stand before it is first read.
///
/// # Errors
/// When SQLite is too old, the file is none of SQLite's, or it cannot be read.
pub(super) fn prepare(conn: &Connection) -> Result<(), OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        let version = rusqlite::version();
        return Err(StoreError::Other(format!("SQLite {version} is too old")).into());
    }
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Closing a file that turns out to be damaged must not write into it; `Store::close` writes itself.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Before the first read: WAL then keeps its index in memory and no second process can join.
    set(conn, "locking_mode", "EXCLUSIVE")?;
    set(conn, "cell_size_check", "ON")?;
    set(conn, "trusted_schema", "OFF")?;
    set(conn, "foreign_keys", "ON")?;
    set(conn, "synchronous", "FULL")?;
    set(conn, "fullfsync", "ON")?;
    set(conn, "checkpoint_fullfsync", "ON")?;
    set(conn, "secure_delete", "ON")?;
    // What undoes a statement within a transaction; in a file it costs more writes than the transaction itself.
    set(conn, "temp_store", "MEMORY")?;
    Ok(())
}

/// Turns the write-ahead log on; the first setting that may write.
///
/// # Errors
/// When the file system cannot have one.
pub(super) fn enter_wal(conn: &Connection) -> Result<(), OpenError> {
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(StoreError::Io(format!("the write-ahead log cannot be used, only {mode}")).into())
    }
}

fn set(conn: &Connection, pragma: &str, value: &str) -> Result<(), OpenError> {
    // Some settings answer with their new value and some with nothing: both are read to the end.
    conn.pragma(None, pragma, value, |_| Ok(()))?;
    Ok(())
}

/// How many migrations the file has seen.
///
/// # Errors
/// [`OpenError::Damaged`] when it is no database or says two things, [`OpenError::NewerSchema`] when it has
/// seen more than we know.
pub(super) fn version(conn: &Connection, migrations: &[&str]) -> Result<usize, OpenError> {
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(version) {
        Ok(version) if (1..=migrations.len()).contains(&version) => Ok(version),
        // A newer program writes its number twice; a flipped bit does not.
        Ok(0) | Err(std::num::TryFromIntError { .. }) => Err(OpenError::Damaged),
        Ok(_) => match sums::kept(conn, "version") {
            Ok(Some(known)) if known != version => Err(OpenError::Damaged),
            Ok(_) | Err(_) => Err(OpenError::NewerSchema),
        },
    }
}

/// Checks every page, every index and every value. [`Wrong::counts`]: damaged.
///
/// # Errors
/// When it cannot be read.
pub(super) fn check(conn: &Connection, version: usize) -> Result<Wrong, StoreError> {
    let word: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        return Ok(Wrong {
            counts: true,
            cache: true,
        });
    }
    if version < WITH_SUMS {
        return Ok(Wrong::default());
    }
    let mut wrong = sums::check(conn)?;
    wrong.counts |= sums::kept(conn, "version")? != i64::try_from(version).ok();
    Ok(wrong)
}

/// Makes the migrations that are missing, all in one transaction. A file that has content is first copied to
/// `backup-schema-N.db` beside it.
///
/// # Errors
/// When it cannot be written; the file then is as it was.
pub(super) fn migrate(
    conn: &mut Connection,
    dir: &Path,
    from: usize,
    migrations: &[&str],
) -> Result<(), OpenError> {
    let missing = migrations.get(from..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    if from > 0 {
        back_up(conn, dir, from)?;
    }
    migrate_copy(conn, from, migrations)
}

/// [`migrate`] without a backup, for a file that is itself a copy.
///
/// # Errors
/// When it cannot be written; the file then is as it was.
pub(super) fn migrate_copy(conn: &mut Connection, from: usize, migrations: &[&str]) -> Result<(), OpenError> {
    let missing = migrations.get(from..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in missing {
        tx.execute_batch(migration)?;
    }
    let version = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    tx.pragma_update(None, "user_version", version)?;
    if migrations.len() >= WITH_SUMS {
        tx.execute(
            "UPDATE journal_file SET store_id = ?1 WHERE store_id = ''",
            [recover::new_name()?],
        )?;
        history_index::make_again(&tx)?;
        sums::recount(&tx)?;
    }
    crate::step::at("store-before-migration-commit");
    tx.commit()?;
    crate::step::at("store-after-migration");
    Ok(())
}

fn back_up(conn: &Connection, dir: &Path, version: usize) -> Result<(), OpenError> {
    crate::step::at("store-before-migration-backup");
    copy_into(conn, &dir.join(format!("backup-schema-{version}.db")))?;
    sync_folder(dir).map_err(StoreError::from)?;
    Ok(())
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
