//! The journal under abuse: tampering, a log that is cut anywhere, a full disk.

use super::super::test_support::{APPID, at, folder, intent, new_shipment, open, put, queue, shipment};
use super::super::{Change, Damage, StoreError};
use super::{JournalEntry, RawLine};
use crate::domain::{CallFailure, Decision, Doubt, FailureKind, ShipmentId, State};

#[test]
fn the_history_of_a_shipment_has_every_entry_as_it_was_written() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let queued = queue(&mut store, 1);
    let entries = [
        JournalEntry::Looked {
            verdict: "pending".into(),
            finish_count: 0,
        },
        JournalEntry::LookFailed {
            failure: CallFailure::of(FailureKind::Offline),
        },
        JournalEntry::Sending {
            attempt: 1,
            body_sha256: "00".repeat(32),
            upload_time: at(7),
        },
        JournalEntry::Answered {
            class: "unclear".into(),
            errcode: Some(-1),
            http_status: Some(200),
            rid: None,
            millis: 20_000,
        },
        JournalEntry::Unclear {
            doubt: Doubt::Restart,
        },
        JournalEntry::Decided {
            decision: Decision::Drop,
        },
        JournalEntry::Cancelled,
        JournalEntry::Restarted,
    ];
    let changes: Vec<_> = entries
        .iter()
        .map(|entry| Change {
            shipment: &queued,
            entry,
            at: at(8),
        })
        .collect();
    store.record(APPID, &changes).unwrap();
    let history = store.history_of(queued.id).unwrap();
    assert!(matches!(history[0].entry, JournalEntry::Queued { .. }));
    let written: Vec<_> = history[1..].iter().map(|line| line.entry.clone()).collect();
    assert_eq!(written, entries);
    for (line, entry) in history[1..].iter().zip(&entries) {
        let word: String = store
            .conn
            .query_row("SELECT record FROM journal WHERE seq = ?1", [line.seq], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(word, entry.word());
        assert!(
            serde_json::to_string(entry)
                .unwrap()
                .contains(&format!("\"record\":\"{word}\""))
        );
    }
}

#[test]
fn any_change_to_the_journal_or_to_an_intent_breaks_the_chain() {
    for tampering in [
        "UPDATE journal SET at = at + 1 WHERE seq = 2",
        "UPDATE journal SET payload = replace(payload, 'restarted', 'cancelled') WHERE seq = 4",
        "UPDATE journal SET attempt = 1 WHERE seq = 1",
        "UPDATE journal SET appid = 'wx' WHERE seq = 3",
        "UPDATE journal SET shipment_id = 1 WHERE seq = 2",
        "UPDATE journal SET record = 'looked' WHERE seq = 4",
        "UPDATE journal SET hash = zeroblob(32) WHERE seq = 4",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 4",
        "INSERT INTO journal SELECT 5, at, appid, shipment_id, attempt, record, payload, hash FROM journal
         WHERE seq = 4",
        "UPDATE shipment SET intent = replace(intent, 'YT1', 'YT2') WHERE id = 2",
    ] {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        for number in 0..3 {
            queue(&mut store, number);
        }
        let third = shipment(&store, ShipmentId(3));
        put(&mut store, &third, State::Queued).unwrap();
        assert!(store.verify_chain().unwrap());
        assert_eq!(store.conn.execute(tampering, []).unwrap(), 1, "{tampering}");
        assert!(!store.verify_chain().unwrap(), "{tampering}");
    }
}

#[test]
fn a_line_that_was_changed_together_with_its_own_hash_is_noticed_by_the_next() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    for number in 0..3 {
        queue(&mut store, number);
    }
    let hash_at = |seq: i64| -> [u8; 32] {
        store
            .conn
            .query_row("SELECT hash FROM journal WHERE seq = ?1", [seq], |row| row.get(0))
            .unwrap()
    };
    let payload: String = store
        .conn
        .query_row("SELECT payload FROM journal WHERE seq = 2", [], |row| row.get(0))
        .unwrap();
    let line = |at: i64| RawLine {
        seq: 2,
        at,
        appid: APPID,
        shipment: 2,
        attempt: 0,
        record: "queued",
        payload: &payload,
    };
    assert_eq!(
        line(at(1).millis()).hash(&hash_at(1)),
        hash_at(2),
        "the line as it was"
    );
    let forged = line(at(9).millis());
    store
        .conn
        .execute(
            "UPDATE journal SET at = ?1, hash = ?2 WHERE seq = 2",
            rusqlite::params![forged.at, forged.hash(&hash_at(1))],
        )
        .unwrap();
    assert!(!store.verify_chain().unwrap());
}

#[test]
fn a_full_disk_queues_nothing_and_leaves_a_journal_that_works_on() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    let pages: i64 = store
        .conn
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    store
        .conn
        .pragma(None, "max_page_count", pages, |_| Ok(()))
        .unwrap();
    let wishes: Vec<_> = (2..200).map(intent).collect();
    let new: Vec<_> = wishes.iter().map(new_shipment).collect();
    let head = store.head;
    assert!(matches!(store.enqueue(APPID, &new, at(1)), Err(StoreError::Full)));
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 1);
    assert_eq!(store.head, head);
    store
        .conn
        .pragma(None, "max_page_count", 100_000, |_| Ok(()))
        .unwrap();
    store.enqueue(APPID, &new, at(2)).unwrap();
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 199);
    assert!(store.verify_chain().unwrap());
}

/// Cuts the write-ahead log everywhere, as a power loss or a "cleaner" would: the loss is noticed, and the
/// second copy brings everything back.
#[test]
fn a_cut_log_is_noticed_and_the_second_copy_brings_everything_back() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    for group in 0..6_usize {
        let wishes: Vec<_> = (0..5).map(|n| intent(group * 5 + n)).collect();
        let new: Vec<_> = wishes.iter().map(new_shipment).collect();
        store.enqueue(APPID, &new, at(1)).unwrap();
    }
    drop(store);
    let whole = std::fs::read(dir.join("fahuo.db-wal")).unwrap();
    for cut in (0..whole.len()).step_by(4001) {
        let (_copy_guard, copy) = folder();
        std::fs::create_dir(&copy).unwrap();
        for name in ["fahuo.db", "journal.copy"] {
            std::fs::copy(dir.join(name), copy.join(name)).unwrap();
        }
        std::fs::write(copy.join("fahuo.db-wal"), &whole[..cut]).unwrap();
        let (store, opened) = open(&copy);
        let recovered = opened.recovered.unwrap_or_else(|| panic!("cut at {cut}"));
        assert_eq!(
            (recovered.damage, recovered.lost_changes),
            (Damage::Behind, 0),
            "cut at {cut}"
        );
        assert_eq!(store.open_shipments(APPID).unwrap().len(), 30, "cut at {cut}");
        assert!(store.verify_chain().unwrap());
    }
}
