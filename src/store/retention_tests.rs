//! What is deleted for its age is deleted from every byte, and ships nothing twice afterwards.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::super::errands::ErrandQueued;
use super::super::test_support::{APPID, OTHER_APPID, at, folder, intent, open, order, put, queue};
use super::super::{Change, JournalEntry, Opened, Store};
use crate::domain::{Errand, ErrandEnd, ErrandKind, ErrandState, Refusal, RowStatus, Shipment, State, Why};

const GOODS: &str = "龙井茶 250g";
const ANSWER: &str = "an answer about the buyer";
const DEED: &str = "a deed of somebody";

fn refused() -> State {
    State::Rejected(Refusal {
        errcode: 10_060_004,
        rid: None,
        refunded: false,
    })
}

/// Orders 1 to 5: shipped, taken back, refused, for a person, still queued.
fn filled(dir: &Path) -> Store {
    let (mut store, _) = open(dir);
    for (number, state) in [
        (1, State::Shipped { found: false }),
        (2, State::Cancelled),
        (3, refused()),
        (4, State::NeedsPerson(Why::Race)),
        (5, State::Queued),
    ] {
        let queued = queue(&mut store, number);
        let sent = Shipment {
            attempts: 1,
            upload_time: (number != 2).then_some(at(5)),
            state: state.clone(),
            ..queued
        };
        let change = Change {
            shipment: &sent,
            entry: &JournalEntry::Restarted,
            at: at(2),
        };
        if state != State::Queued {
            store
                .record_answers(APPID, &[change], &[Some(ANSWER.to_owned())])
                .unwrap();
        }
    }
    store
        .append_audit(APPID, at(3), "batch_sent", &json!({ "file": DEED }))
        .unwrap();
    store
}

fn purge(store: &mut Store) -> super::Purged {
    let mut all = super::Purged::default();
    loop {
        let slice = store.purge_slice(APPID, at(1000), at(9000)).unwrap();
        if slice.is_nothing() {
            break;
        }
        all = all.and(slice);
    }
    all
}

fn finish(store: &mut Store) {
    store.finish_purge(std::time::Duration::ZERO, at(9000)).unwrap();
}

/// The files, by their names, in which some bytes stand.
fn holds(dir: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let bytes = fs::read(entry.path()).unwrap();
                if bytes.windows(words.len()).any(|part| part == words.as_bytes()) {
                    found.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
        }
    }
    found
}

#[test]
fn what_is_deleted_for_its_age_stands_in_no_byte_of_the_folder() {
    let (_guard, dir) = folder();
    let store = filled(&dir);
    store.close(at(10)).unwrap(); // there is a backup
    let (mut store, _) = open(&dir);
    fs::create_dir(dir.join("damaged-20230101-000000")).unwrap();
    fs::copy(dir.join("fahuo.db"), dir.join("damaged-20230101-000000/fahuo.db")).unwrap();
    fs::copy(dir.join("fahuo.db"), dir.join("backup-schema-3.db")).unwrap();
    let texts = |number: usize| order(number).as_str().to_owned();
    for known in [&texts(1), ANSWER, DEED] {
        assert!(holds(&dir, known).len() >= 4, "the search works: {known}");
    }

    let purged = purge(&mut store);
    assert_eq!((purged.orders, purged.deeds), (3, 1));
    assert!(store.purge_is_unfinished().unwrap());
    finish(&mut store);
    assert!(!store.purge_is_unfinished().unwrap());
    for gone in [&texts(1), &texts(2), &texts(3), ANSWER, DEED] {
        assert_eq!(holds(&dir, gone), Vec::<String>::new(), "{gone}");
    }
    // What waits for a person or is under way stays, with its goods.
    for stays in [&texts(4), &texts(5), GOODS] {
        assert!(!holds(&dir, stays).is_empty(), "{stays}");
    }
    assert!(!dir.join("damaged-20230101-000000").exists());
    assert!(store.verify_chain().unwrap());
    store.close(at(9001)).unwrap();
    assert_eq!(holds(&dir, ANSWER), Vec::<String>::new());
}

#[track_caller]
fn nothing_is_shipped_twice(store: &Store) {
    let priors = store
        .priors(APPID, &[order(1), order(2), order(3), order(4)])
        .unwrap();
    let of = |number: usize| priors.get(&order(number));
    let shipped = of(1).unwrap();
    assert_eq!(shipped.status, RowStatus::Shipped);
    assert_eq!(shipped.fingerprint, intent(1).fingerprint());
    assert!(of(2).is_none(), "nothing was ever sent for it");
    assert_eq!(of(3).unwrap().status, RowStatus::Refused);
    assert_eq!(of(4).unwrap().status, RowStatus::NeedsPerson);
    assert!(store.priors(OTHER_APPID, &[order(1)]).unwrap().is_empty());
    assert!(store.verify_chain().unwrap());
}

#[test]
fn tombstones_know_what_was_shipped_also_after_every_kind_of_recovery() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 5] = [
        ("none", |_| ()),
        ("the database is gone", |dir| {
            fs::remove_file(dir.join("fahuo.db")).unwrap();
        }),
        ("the log is gone", |dir| {
            drop(fs::remove_file(dir.join("fahuo.db-wal")));
        }),
        ("the second copy is gone", |dir| {
            fs::remove_file(dir.join("journal.copy")).unwrap();
        }),
        ("only the second copy is left", |dir| {
            fs::remove_file(dir.join("fahuo.db")).unwrap();
            fs::remove_dir_all(dir.join("backups")).unwrap();
        }),
    ];
    for (what, harm) in harms {
        let (_guard, dir) = folder();
        let mut store = filled(&dir);
        purge(&mut store);
        finish(&mut store);
        // Something happens afterwards, and the process dies.
        let later = queue(&mut store, 6);
        put(&mut store, &later, State::Shipped { found: true }).unwrap();
        drop(store);
        harm(&dir);
        let (store, opened): (Store, Opened) = open(&dir);
        nothing_is_shipped_twice(&store);
        let newest = store.priors(APPID, &[order(6)]).unwrap();
        assert_eq!(newest[&order(6)].status, RowStatus::Shipped, "{what}");
        let lost = opened.recovered.map_or(0, |found| found.lost_changes);
        assert_eq!(lost, 0, "{what}");
    }
}

#[test]
fn a_purge_that_was_cut_off_is_finished_by_the_next_run() {
    let (_guard, dir) = folder();
    let mut store = filled(&dir);
    purge(&mut store);
    drop(store); // killed before the bytes were gone
    let (mut store, _) = open(&dir);
    assert!(store.purge_is_unfinished().unwrap());
    nothing_is_shipped_twice(&store);
    finish(&mut store);
    assert_eq!(holds(&dir, order(1).as_str()), Vec::<String>::new());
    nothing_is_shipped_twice(&store);
}

#[test]
fn what_ended_later_stays() {
    let (_guard, dir) = folder();
    let mut store = filled(&dir);
    assert!(store.purge_slice(APPID, at(1), at(9000)).unwrap().is_nothing());
    assert!(
        store
            .purge_slice(OTHER_APPID, at(1000), at(9000))
            .unwrap()
            .is_nothing()
    );
    assert!(!store.purge_is_unfinished().unwrap());
}

#[test]
fn a_changed_line_is_noticed_also_after_a_purge() {
    let (_guard, dir) = folder();
    let mut store = filled(&dir);
    purge(&mut store);
    assert!(store.verify_chain().unwrap());
    store
        .conn
        .execute("UPDATE journal SET at = at + 1 WHERE shipment_id = 4", [])
        .unwrap();
    assert!(!store.verify_chain().unwrap());
}

#[test]
fn the_index_of_the_history_is_as_if_it_were_made_again() {
    let (_guard, dir) = folder();
    let mut store = filled(&dir);
    // Of an order that goes and of one that stays: an errand each, and a message.
    for number in [1, 4] {
        let kind = ErrandKind::Remind { received_at: at(0) };
        store.queue_errands(APPID, &[order(number)], kind, at(1)).unwrap();
        let details = json!({ "transaction_id": order(number).as_str() });
        store.append_audit(APPID, at(5), "event", &details).unwrap();
        store.append_audit(APPID, at(2000), "event", &details).unwrap();
    }
    let errands = store.errands(APPID, 9).unwrap();
    let first = errands
        .iter()
        .find(|errand| errand.transaction_id == order(1))
        .unwrap();
    let done = Errand {
        state: ErrandState::Done(ErrandEnd::Accepted),
        ..first.clone()
    };
    store.record_errands(APPID, &[&done], None).unwrap();
    purge(&mut store);
    let rows = |store: &Store| -> Vec<String> {
        let mut statement = store
            .conn
            .prepare(
                "SELECT at || kind || source || source_id || transaction_id || text FROM history
                 UNION ALL SELECT appid || number || transaction_id || kind FROM history_number ORDER BY 1",
            )
            .unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    };
    let before = rows(&store);
    assert!(!before.is_empty());
    super::super::history_index::make_again(&store.conn).unwrap();
    assert_eq!(rows(&store), before);
}

#[test]
fn a_reminder_is_used_for_ever() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let kind = ErrandKind::Remind { received_at: at(0) };
    let queued = store.queue_errands(APPID, &[order(1)], kind, at(1)).unwrap();
    let [ErrandQueued::New(id)] = queued[..] else {
        panic!("{queued:?}")
    };
    let errand = store.errands(APPID, 9).unwrap().pop().unwrap();
    assert_eq!(errand.id, id);
    let done = Errand {
        state: ErrandState::Done(ErrandEnd::Accepted),
        ..errand
    };
    store.record_errands(APPID, &[&done], None).unwrap();
    assert_eq!(purge(&mut store).errands, 1);
    let again = store.queue_errands(APPID, &[order(1)], kind, at(2000)).unwrap();
    assert_eq!(again, [ErrandQueued::Reminded]);
}
