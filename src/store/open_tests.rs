//! Opening under every circumstance: modes, locks, settings, damage, newer and older schemas.

use std::fs;
use std::path::Path;

use sha2::Digest as _;

use super::super::json::hex;
use super::super::test_support::{APPID, at, folder, open, queue};
use super::super::{Damage, OpenError, Recovered, Store, schema};
use super::DATABASE_FILE;

/// Every file of the folder with the hash of its bytes, but the lock, which each attempt takes.
fn contents(dir: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name != "lock"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, hex(&sha2::Sha256::digest(fs::read(&path).unwrap())))
        })
        .collect();
    files.sort();
    files
}

/// The damage is noticed and said, what was found is kept as it was, and the journal works on.
#[track_caller]
fn check_recovered(dir: &Path, damage: Damage) -> (Store, Recovered) {
    let path = dir.join(DATABASE_FILE);
    let before = fs::read(&path).ok();
    let (store, opened) = Store::open(dir, at(9)).unwrap();
    let recovered = opened.recovered.unwrap();
    assert_eq!(recovered.damage, damage);
    assert_eq!(opened.doubtful_since, at(9));
    let kept = dir.join(recovered.kept_in.as_deref().unwrap());
    assert_eq!(fs::read(kept.join(DATABASE_FILE)).ok(), before);
    assert!(store.verify_chain().unwrap());
    (store, recovered)
}

#[test]
fn a_new_folder_is_fresh_and_the_second_time_it_is_not() {
    let (_guard, dir) = folder();
    let (store, opened) = Store::open(&dir, at(0)).unwrap();
    assert!(opened.fresh && opened.clean && opened.recovered.is_none());
    store.close(at(5)).unwrap();
    let (_store, opened) = Store::open(&dir, at(10)).unwrap();
    assert!(!opened.fresh && opened.clean && opened.recovered.is_none());
    assert_eq!((opened.created_at, opened.doubtful_since), (at(0), at(0)));
}

#[test]
fn a_run_that_died_is_seen_by_the_next_and_lost_nothing() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    drop(store);
    let (store, opened) = open(&dir);
    assert!(!opened.clean && opened.recovered.is_none());
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
}

#[test]
fn a_second_program_is_refused_with_the_number_of_the_first() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    match Store::open(&dir, at(1)) {
        Err(OpenError::Locked { pid }) => assert_eq!(pid, if cfg!(windows) { 0 } else { std::process::id() }),
        other => panic!("{:?}", other.err()),
    }
    drop(store);
    open(&dir);
}

#[cfg(unix)]
#[test]
fn everything_is_readable_by_this_user_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        names.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    names.sort();
    assert_eq!(names, ["fahuo.db", "fahuo.db-wal", "journal.copy", "lock"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_symbolic_link_is_refused() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    store.close(at(1)).unwrap();
    let link = dir.with_file_name("link");
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    assert!(matches!(Store::open(&link, at(2)), Err(OpenError::Folder(_))));
}

#[test]
fn the_settings_are_really_in_force() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("checkpoint_fullfsync", "1"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("secure_delete", "1"),
        ("busy_timeout", "5000"),
        ("locking_mode", "exclusive"),
        ("cell_size_check", "1"),
        ("temp_store", "2"),
        ("user_version", &schema::MIGRATIONS.len().to_string()),
    ] {
        let value: String = store
            .conn
            .pragma_query_value(None, pragma, |row| {
                let value = row.get_ref(0)?;
                Ok(value.as_i64().map_or_else(
                    |_| value.as_str().unwrap_or_default().to_owned(),
                    |number| number.to_string(),
                ))
            })
            .unwrap();
        assert_eq!(value, expected, "{pragma}");
    }
    assert!(rusqlite::version_number() >= schema::OLDEST_SQLITE);
}

#[test]
fn every_table_is_strict_and_every_column_has_its_comment() {
    let sql = schema::MIGRATIONS.concat();
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    let mut statement = store
        .conn
        .prepare(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let tables: Vec<(String, bool)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.len() > 10);
    for (name, strict) in tables {
        assert!(strict, "{name}");
    }
    for line in sql
        .lines()
        .filter(|line| line.starts_with("  ") && !line.contains("PRIMARY KEY ("))
    {
        let is_column = line.trim_start().starts_with(|c: char| c.is_ascii_lowercase());
        assert!(!is_column || line.contains("-- "), "{line}");
    }
}

/// As a later version would leave it: its number stands in two places.
fn make_newer(store: &Store) {
    let newer = i64::try_from(schema::MIGRATIONS.len()).unwrap() + 1;
    store.conn.pragma_update(None, "user_version", newer).unwrap();
    store
        .conn
        .execute("UPDATE content SET total = ?1 WHERE name = 'version'", [newer])
        .unwrap();
}

#[test]
fn a_newer_schema_refuses_to_open() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    make_newer(&store);
    store.close(at(1)).unwrap();
    let before = contents(&dir);
    assert!(matches!(Store::open(&dir, at(2)), Err(OpenError::NewerSchema)));
    assert_eq!(contents(&dir), before);
}

#[test]
fn a_newer_schema_that_still_stands_in_the_log_is_refused_too() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    make_newer(&store);
    drop(store);
    let before = contents(&dir);
    assert!(matches!(Store::open(&dir, at(2)), Err(OpenError::NewerSchema)));
    assert_eq!(contents(&dir), before);
}

#[test]
fn a_file_that_is_no_database_is_set_aside() {
    for bytes in [
        Vec::new(),
        b"not a database".to_vec(),
        vec![0; 4096],
        vec![0xff; 70_000],
    ] {
        let (_guard, dir) = folder();
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join(DATABASE_FILE), bytes).unwrap();
        check_recovered(&dir, Damage::Unreadable);
    }
}

#[test]
fn a_number_of_the_schema_that_stands_in_one_place_only_is_damage() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    let newer = i64::try_from(schema::MIGRATIONS.len()).unwrap() + 1;
    store.conn.pragma_update(None, "user_version", newer).unwrap();
    store.close(at(1)).unwrap();
    let (store, _) = check_recovered(&dir, Damage::Unreadable);
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
}

#[test]
fn an_emptied_database_comes_back() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    drop(store);
    fs::write(dir.join(DATABASE_FILE), b"").unwrap();
    let (store, recovered) = check_recovered(&dir, Damage::Unreadable);
    assert_eq!((recovered.under_way, recovered.lost_changes), (1, 0));
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
    assert!(dir.join(recovered.kept_in.unwrap()).join("fahuo.db-wal").exists());
}

#[test]
fn a_database_that_was_taken_away_comes_back() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    drop(store);
    fs::remove_file(dir.join(DATABASE_FILE)).unwrap();
    let (store, recovered) = check_recovered(&dir, Damage::Missing);
    assert_eq!((recovered.under_way, recovered.lost_changes), (1, 0));
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
}

#[test]
fn a_database_with_broken_pages_comes_back() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    for number in 0..50 {
        queue(&mut store, number);
    }
    store.close(at(1)).unwrap();
    let path = dir.join(DATABASE_FILE);
    let whole = fs::read(&path).unwrap();
    let copy = fs::read(dir.join("journal.copy")).unwrap();
    let put = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        fs::write(dir.join("journal.copy"), &copy).unwrap();
        let (store, recovered) = check_recovered(&dir, Damage::Unreadable);
        assert_eq!((recovered.shipments, recovered.lost_changes), (50, 0));
        drop(store);
        fs::remove_file(dir.join("fahuo.db-wal")).unwrap();
    };
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..page * 4096 + 64].fill(0xa5);
        put(&bytes);
    }
    put(&whole[..whole.len() / 2]);
}

#[test]
fn a_file_of_another_program_is_set_aside() {
    let (_guard, dir) = folder();
    fs::create_dir(&dir).unwrap();
    let other = rusqlite::Connection::open(dir.join(DATABASE_FILE)).unwrap();
    other.execute_batch("CREATE TABLE notes (text)").unwrap();
    other.close().unwrap();
    check_recovered(&dir, Damage::Unreadable);
}

#[test]
fn a_log_that_was_deleted_is_noticed_and_remembered_over_restarts() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    drop(store);
    fs::remove_file(dir.join("fahuo.db-wal")).unwrap();
    let (store, opened) = Store::open(&dir, at(100)).unwrap();
    assert_eq!(opened.recovered.unwrap().damage, Damage::Behind);
    assert_eq!(opened.doubtful_since, at(100));
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
    drop(store);
    let (_store, opened) = Store::open(&dir, at(110)).unwrap();
    assert_eq!(opened.recovered, None);
    assert_eq!((opened.created_at, opened.doubtful_since), (at(0), at(100)));
}

#[test]
fn an_older_copy_that_was_put_back_is_brought_forward() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    store.close(at(1)).unwrap();
    let copy = fs::read(dir.join(DATABASE_FILE)).unwrap();
    let (mut store, _) = open(&dir);
    queue(&mut store, 2);
    store.close(at(2)).unwrap();
    fs::write(dir.join(DATABASE_FILE), copy).unwrap();
    let (store, recovered) = check_recovered(&dir, Damage::Behind);
    assert_eq!((recovered.under_way, recovered.lost_changes), (2, 0));
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 2);
}

#[test]
fn a_whole_older_state_that_was_put_back_is_brought_forward_from_a_backup() {
    for with_copy in [true, false] {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        queue(&mut store, 1);
        store.close(at(1)).unwrap();
        let old = [DATABASE_FILE, "journal.copy"].map(|name| (name, fs::read(dir.join(name)).unwrap()));
        let (mut store, _) = open(&dir);
        queue(&mut store, 2);
        store.close(at(2)).unwrap();
        // The system's "previous version" of the files; the folder of the backups is as it was.
        for (name, bytes) in old {
            fs::write(dir.join(name), bytes).unwrap();
        }
        if !with_copy {
            fs::remove_file(dir.join("journal.copy")).unwrap();
        }
        let (store, recovered) = check_recovered(&dir, Damage::Behind);
        assert_eq!(recovered.under_way, 2);
        assert_eq!(store.open_shipments(APPID).unwrap().len(), 2);
    }
}

#[test]
fn a_missing_second_copy_is_no_proof_and_a_torn_line_of_a_commit_that_is_there_is() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    let before = fs::read(dir.join("journal.copy")).unwrap();
    queue(&mut store, 2);
    drop(store);
    let copy = dir.join("journal.copy");
    let whole = fs::read(&copy).unwrap();
    for length in [before.len(), before.len() + 1, whole.len() - 1] {
        fs::write(&copy, &whole[..length]).unwrap();
        let (store, opened) = open(&dir);
        assert_eq!(opened.recovered, None);
        drop(store);
    }
    fs::remove_file(&copy).unwrap();
    assert_eq!(open(&dir).1.recovered.unwrap().damage, Damage::Unproven);
}

#[test]
fn a_beginning_that_was_cut_off_is_begun_again() {
    let (_guard, dir) = folder();
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("fahuo.db.new"), b"half").unwrap();
    assert!(open(&dir).1.fresh);
    assert!(!dir.join("fahuo.db.new").exists());
}
