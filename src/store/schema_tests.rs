//! Schemas older and newer than this program's.

use std::fs;

use super::super::open::DATABASE_FILE;
use super::super::sums::TABLES;
use super::super::test_support::{APPID, at, folder, intent, new_shipment, open, order, put, queue};
use super::super::{Meant, OpenError, Store, StoreError, schema, sums};
use crate::domain::{Doubt, HistoryQuery, State};

#[test]
fn an_older_schema_is_backed_up_and_brought_forward_in_one_step() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 7);
    store.close(at(1)).unwrap();
    let later = [
        "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;",
        "ALTER TABLE later ADD COLUMN text TEXT NOT NULL DEFAULT '';",
    ];
    let next = [schema::MIGRATIONS, &later].concat();
    let (store, opened) = Store::open_with(&dir, at(2), &next).unwrap();
    assert!(opened.clean && opened.recovered.is_none());
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
    store.close(at(3)).unwrap();
    assert!(matches!(Store::open(&dir, at(4)), Err(OpenError::NewerSchema)));

    // The backup is a whole journal of the old schema.
    let backup = format!("backup-schema-{}.db", schema::MIGRATIONS.len());
    fs::rename(dir.join(backup), dir.join(DATABASE_FILE)).unwrap();
    let (store, _) = Store::open(&dir, at(5)).unwrap();
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
    assert!(store.verify_chain().unwrap());
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    store.close(at(1)).unwrap();
    let later = ["CREATE TABLE later (id INTEGER) STRICT; CREATE TABLE nonsense;"];
    let broken = [schema::MIGRATIONS, &later].concat();
    assert!(matches!(
        Store::open_with(&dir, at(2), &broken),
        Err(OpenError::Store(StoreError::Other(_)))
    ));
    let (mut store, _) = open(&dir);
    let wish = intent(1);
    store.enqueue(APPID, &[new_shipment(&wish)], at(3)).unwrap();
    let later: i64 = store
        .conn
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'later'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(later, 0);
}

/// All that later schemas added is taken away, and the number set back.
#[test]
fn a_journal_of_the_first_schema_is_brought_forward() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 7);
    queue(&mut store, 8);
    let shipments = store.open_shipments(APPID).unwrap();
    store.close(at(1)).unwrap();
    let path = dir.join(DATABASE_FILE);
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(
        "DROP TABLE tombstone;
         DROP TABLE journal_cut;
         DROP TABLE shopping;
         DROP TABLE errand;
         DROP TABLE content;
         DROP TABLE answer;
         DROP TABLE history;
         DROP TABLE history_number;
         ALTER TABLE journal_file DROP COLUMN store_id;
         ALTER TABLE journal_file DROP COLUMN place;
         ALTER TABLE account DROP COLUMN access;
         PRAGMA user_version = 1;",
    )
    .unwrap();
    old.close().unwrap();
    for name in ["journal.copy", "backups"] {
        let path = dir.join(name);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }
    let (store, opened) = Store::open(&dir, at(2)).unwrap();
    assert!(opened.clean && opened.recovered.is_none());
    assert_eq!(store.open_shipments(APPID).unwrap(), shipments);
    assert!(store.verify_chain().unwrap());
    assert!(dir.join("backup-schema-1.db").exists());
    drop(store);
    assert_eq!(open(&dir).1.recovered, None);
}

#[test]
fn a_journal_of_the_second_schema_is_brought_forward_and_its_history_can_be_searched() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 7);
    store
        .append_audit(APPID, at(1), "batch_sent", &serde_json::json!({"rows": 2}))
        .unwrap();
    store.close(at(1)).unwrap();
    let old = rusqlite::Connection::open(dir.join(DATABASE_FILE)).unwrap();
    old.execute_batch(
        "DROP TABLE tombstone; DROP TABLE journal_cut; DROP TABLE shopping;
         DROP TABLE errand; DROP TABLE answer; DROP TABLE history; DROP TABLE history_number;
         ALTER TABLE account DROP COLUMN access;
         DELETE FROM content WHERE name IN
             ('tombstone', 'journal_cut', 'shopping', 'errand', 'answer', 'history', 'history_number');
         UPDATE content SET total = total + 1 WHERE name = 'commits'; -- one that the copy has not
         PRAGMA user_version = 2;",
    )
    .unwrap();
    sums::recount(&old).unwrap();
    old.close().unwrap();
    let (store, opened) = Store::open(&dir, at(2)).unwrap();
    assert_eq!(opened.recovered, None);
    let page = store
        .history(APPID, &HistoryQuery::default(), &Meant::default(), None, 10)
        .unwrap();
    assert_eq!(page.lines.len(), 2);
    assert!(page.lines.iter().any(|line| line.order == Some(order(7))));
    assert!(dir.join("backup-schema-2.db").exists());
    assert!(store.verify_chain().unwrap());
    store.close(at(3)).unwrap();
    assert_eq!(open(&dir).1.recovered, None);
}

#[test]
fn each_schema_since_there_is_a_history_is_brought_forward_with_what_is_unclear() {
    for version in 3..schema::MIGRATIONS.len() {
        let (_guard, dir) = folder();
        let old = &schema::MIGRATIONS[..version];
        let (mut store, _) = Store::open_with(&dir, at(0), old).unwrap();
        queue(&mut store, 7);
        let sent = queue(&mut store, 8);
        put(&mut store, &sent, State::Unclear(Doubt::Restart)).unwrap();
        let before = store.open_shipments(APPID).unwrap();
        drop(store); // it died
        let (store, opened) = open(&dir);
        assert!(!opened.clean && opened.recovered.is_none(), "{version}");
        assert_eq!(store.open_shipments(APPID).unwrap(), before, "{version}");
        assert!(store.verify_chain().unwrap(), "{version}");
        assert!(dir.join(format!("backup-schema-{version}.db")).exists());
        drop(store);
        assert_eq!(open(&dir).1.recovered, None, "{version}");
    }
}

#[test]
fn every_table_is_worth_something() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    let mut statement = store
        .conn
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
             AND name <> 'content' ORDER BY name",
        )
        .unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    let names: Vec<String> = names.map(Result::unwrap).collect();
    let mut known: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
}
