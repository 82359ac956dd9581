//! Journals as a shop leaves them: shipments in every state, files, accounts, pauses; closed, or dead in the
//! middle; with and without backups.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use fahuo::domain::{
    CallFailure, Doubt, Draft, FailureKind, FileRow, ImportedFile, Intent, ParcelDraft, PlannedRow, Refusal,
    RowStatus, Rules, Shipment, State, Timestamp, Why,
};
use fahuo::store::{AccountRow, Change, Enqueued, JournalEntry, NewShipment, Store};
use serde_json::json;

use super::seen::Seen;

pub const APPID: &str = "wx0123456789abcdef";

pub fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(1_700_000_000 + secs)
}

/// The files of a folder by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A journal, and what it looked like some time before.
pub struct Original {
    pub name: &'static str,
    pub files: Files,
    pub older: Files,
    pub seen: Seen,
}

fn intent(number: usize) -> Intent {
    let draft = Draft {
        transaction_id: format!("42000009252021012849977{number:05}"),
        complete: true,
        parcels: vec![ParcelDraft {
            courier: "YTO".into(),
            tracking_no: format!("YT{number:010}"),
            item_desc: "龙井茶 250g".into(),
            receiver_contact: "138****1234".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    Intent::check(
        &draft,
        &Rules {
            max_parcels: 10,
            couriers: None,
        },
    )
    .unwrap()
    .0
}

fn states() -> Vec<State> {
    vec![
        State::Queued,
        State::Waiting,
        State::Sending,
        State::Unclear(Doubt::Failure(CallFailure::of(FailureKind::Offline))),
        State::Shipped { found: false },
        State::Rejected(Refusal {
            errcode: 10_060_004,
            rid: Some("r".into()),
            refunded: true,
        }),
        State::NeedsPerson(Why::Ambiguous),
        State::Cancelled,
    ]
}

fn file(rows: usize) -> (ImportedFile, Vec<PlannedRow>) {
    let file = ImportedFile {
        name: "周一.csv".into(),
        sha256: "ab".repeat(32),
        encoding: "UTF-8".into(),
        rows: vec![FileRow::default(); rows],
        ..ImportedFile::default()
    };
    let planned = PlannedRow {
        status: RowStatus::Ready,
        transaction_id: None,
        problems: Vec::new(),
        shipment: None,
    };
    (file, vec![planned; rows])
}

/// Queues orders as a file does, and brings each into another state.
fn work(store: &mut Store, from: usize, count: usize) {
    let (file, plan) = file(count);
    let batch = store.insert_batch(APPID, &file, &[], at(1)).unwrap();
    let kept = file.rows.iter().zip(&plan).enumerate();
    let kept: Vec<_> = kept
        .map(|(index, (row, planned))| (index, row, planned))
        .collect();
    store.keep_batch_rows(batch, &kept).unwrap();
    let intents: Vec<Intent> = (from..from + count).map(intent).collect();
    let rows: Vec<usize> = (0..count).collect();
    let new: Vec<NewShipment<'_>> = intents
        .iter()
        .zip(rows.chunks(1))
        .map(|(intent, row)| NewShipment {
            intent,
            deadline: at(48 * 3600),
            not_before: at(10),
            batch: Some((batch, row)),
        })
        .collect();
    let queued = store.enqueue(APPID, &new, at(2)).unwrap();
    let states = states();
    for (number, answer) in queued.into_iter().enumerate() {
        let Enqueued::New(id) = answer else {
            panic!("{answer:?}")
        };
        let shipment = store.shipment(APPID, id).unwrap().unwrap();
        let sending = Shipment {
            state: State::Sending,
            attempts: 1,
            upload_time: Some(at(3)),
            body_sha256: Some("cd".repeat(32)),
            ..shipment
        };
        let entry = JournalEntry::Sending {
            attempt: 1,
            body_sha256: "cd".repeat(32),
            upload_time: at(3),
        };
        let ended = Shipment {
            state: states[number % states.len()].clone(),
            ..sending.clone()
        };
        if !matches!(ended.state, State::Queued | State::Cancelled) {
            store
                .record(
                    APPID,
                    &[Change {
                        shipment: &sending,
                        entry: &entry,
                        at: at(3),
                    }],
                )
                .unwrap();
        }
        let change = Change {
            shipment: &ended,
            entry: &JournalEntry::Restarted,
            at: at(4),
        };
        store.record(APPID, &[change]).unwrap();
    }
    store.set_pause(APPID, "daily", at(9000), "45009").unwrap();
    store
        .append_audit(APPID, at(5), "ship", &json!({ "from": from }))
        .unwrap();
    store.set_setting("current_account", &from.to_string()).unwrap();
}

fn accounts(store: &mut Store) {
    let account = AccountRow {
        name: "山野茶铺".into(),
        appid: APPID.into(),
        max_parcels: 10,
        ..AccountRow::default()
    };
    let id = store.save_account(&account).unwrap();
    store.set_sealed(&id.to_string(), "app_secret", &[7; 64]).unwrap();
}

fn files_of(dir: &Path, prefix: &str) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files.extend(files_of(&path, &format!("{name}/")));
        } else if name != "lock" && name != "ballast" {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

fn original(name: &'static str, run: impl FnOnce(&Path) -> Files) -> Original {
    let guard = tempfile::tempdir().unwrap();
    let dir = guard.path().join("data");
    let older = run(&dir);
    let files = files_of(&dir, "");
    // Read where nobody looks again: opening writes.
    let seen = Seen::of(&Store::open(&dir, at(4_000)).unwrap().0);
    Original {
        name,
        files,
        older,
        seen,
    }
}

pub fn originals() -> Vec<Original> {
    vec![
        original("dead in the first run", |dir| {
            let (mut store, _) = Store::open(dir, at(0)).unwrap();
            accounts(&mut store);
            work(&mut store, 0, 8);
            let older = files_of(dir, "");
            work(&mut store, 100, 9);
            older
        }),
        original("closed after the first run", |dir| {
            let (mut store, _) = Store::open(dir, at(0)).unwrap();
            accounts(&mut store);
            work(&mut store, 0, 10);
            store.close(at(50)).unwrap();
            let older = files_of(dir, "");
            let (mut store, _) = Store::open(dir, at(60)).unwrap();
            work(&mut store, 100, 8);
            store.close(at(70)).unwrap();
            older
        }),
        original("dead, with three backups", |dir| {
            let (mut store, _) = Store::open(dir, at(0)).unwrap();
            accounts(&mut store);
            let mut older = Files::new();
            for run in 0..4 {
                work(&mut store, run * 100, 5);
                let due = at(100).plus(Duration::from_mins(11 * u64::try_from(run).unwrap()));
                assert!(store.back_up_if_due(due).unwrap());
                older = files_of(dir, "");
            }
            work(&mut store, 900, 9);
            older
        }),
        original("dead in the second run", |dir| {
            let (mut store, _) = Store::open(dir, at(0)).unwrap();
            work(&mut store, 0, 12);
            accounts(&mut store);
            store.close(at(50)).unwrap();
            let older = files_of(dir, "");
            let (mut store, _) = Store::open(dir, at(60)).unwrap();
            work(&mut store, 100, 3);
            drop(store);
            older
        }),
    ]
}
