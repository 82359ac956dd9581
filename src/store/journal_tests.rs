//! The journal under use and abuse: the guard, atomic groups, every state, tampering, cut logs, a full disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::super::test_support::{
    APPID, at, folder, intent, intent_with, new_shipment, open, order, put, queue, shipment,
};
use super::super::{Change, Enqueued, JournalEntry, Store, StoreError};
use crate::domain::{
    CallFailure, Decision, Doubt, FailureKind, Look, OpenId, OrderState, ParcelId, Refusal, RowStatus,
    Shipment, ShipmentId, State, Why,
};

const OTHER_APPID: &str = "wxfedcba9876543210";

fn every_state() -> Vec<State> {
    let failure = CallFailure {
        kind: FailureKind::IpNotAllowed {
            ip: Some("203.0.113.7".into()),
        },
        errcode: Some(40164),
        rid: Some("6f1e-2a".into()),
        http_status: Some(200),
    };
    let mut states = vec![
        State::Queued,
        State::Waiting,
        State::Sending,
        State::Unclear(Doubt::Failure(failure)),
        State::Unclear(Doubt::Compare {
            errcode: 268_485_216,
            rid: None,
        }),
        State::Unclear(Doubt::Restart),
        State::Shipped { found: true },
        State::Shipped { found: false },
        State::Rejected(Refusal {
            errcode: 10_060_004,
            rid: Some("r".into()),
            refunded: true,
        }),
        State::Cancelled,
    ];
    states.extend(
        [
            Why::ShippedElsewhere,
            Why::Ambiguous,
            Why::Unproven,
            Why::Race,
            Why::ThreeAttempts,
            Why::NotVisible,
            Why::TimeNotAccepted,
            Why::StateUnknown,
            Why::RecordDamaged,
        ]
        .map(State::NeedsPerson),
    );
    states
}

fn look() -> Look {
    Look {
        at: at(3),
        state: OrderState::Unknown(9),
        logistics_type: 1,
        finished: false,
        finish_count: 1,
        parcels: BTreeSet::from([ParcelId::new("YTO", "YT-1")]),
        item_desc: "茶 \"quoted\"".into(),
        latest_upload: Some(at(2)),
        in_complaint: true,
        payer: OpenId::default(),
    }
}

#[test]
fn a_queued_shipment_is_read_back_as_it_was_queued() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let wish = intent(1);
    let answers = store.enqueue(APPID, &[new_shipment(&wish)], at(1)).unwrap();
    let expected = Shipment::queued(ShipmentId(1), Arc::new(wish), at(48 * 3600), at(1), at(10));
    assert_eq!(answers, [Enqueued::New(ShipmentId(1))]);
    assert_eq!(store.open_shipments(APPID).unwrap(), [expected]);
    assert_eq!(store.open_shipments(OTHER_APPID).unwrap(), []);
}

#[test]
fn every_state_and_every_field_survives_a_restart() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let mut expected = Vec::new();
    for (number, state) in every_state().into_iter().enumerate() {
        let changed = Shipment {
            state,
            since: at(20),
            attempts: 2,
            upload_time: Some(at(21)),
            body_sha256: Some("ab".repeat(32)),
            baseline: Some(look()),
            pending_looks: 1,
            wait_steps: 3,
            not_before: at(22),
            ..queue(&mut store, number)
        };
        let change = Change {
            shipment: &changed,
            entry: &JournalEntry::Unclear {
                doubt: Doubt::Restart,
            },
            at: at(23),
        };
        store.record(APPID, &[change]).unwrap();
        expected.push(changed);
    }
    drop(store);
    let (store, _) = open(&dir);
    for changed in expected {
        assert_eq!(shipment(&store, changed.id), changed);
        let prior = store
            .priors(APPID, &[changed.intent.transaction_id().clone()])
            .unwrap();
        let prior = &prior[changed.intent.transaction_id()];
        assert_eq!(prior.status, RowStatus::from(&changed.state));
        assert_eq!(prior.fingerprint, changed.intent.fingerprint());
    }
    assert!(store.verify_chain().unwrap());
}

#[test]
fn an_order_has_one_open_shipment_and_another_only_when_that_one_is_over() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let (first, second) = (intent(1), intent_with(1, "YT2"));
    let both = [new_shipment(&first), new_shipment(&second)];
    let taken = Enqueued::OrderTaken(ShipmentId(1));
    assert_eq!(
        store.enqueue(APPID, &both, at(1)).unwrap(),
        [Enqueued::New(ShipmentId(1)), taken]
    );
    // Another account may have an order of the same number.
    assert_eq!(
        store.enqueue(OTHER_APPID, &both[..1], at(1)).unwrap(),
        [Enqueued::New(ShipmentId(2))]
    );
    let shipped = shipment(&store, ShipmentId(1));
    put(&mut store, &shipped, State::Shipped { found: false }).unwrap();
    assert_eq!(
        store.enqueue(APPID, &both[1..], at(2)).unwrap(),
        [Enqueued::New(ShipmentId(3))]
    );
    let numbers: Vec<_> = store
        .shipments_of(APPID, &order(1))
        .unwrap()
        .iter()
        .map(|s| s.id.0)
        .collect();
    assert_eq!(numbers, [3, 1]);
    assert_eq!(store.priors(APPID, &[order(1), order(2)]).unwrap().len(), 1);
}

#[test]
fn a_shipment_that_would_open_again_is_refused_while_another_holds_its_order() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let first = queue(&mut store, 1);
    put(&mut store, &first, State::NeedsPerson(Why::Ambiguous)).unwrap();
    let second = queue(&mut store, 1);
    let other = queue(&mut store, 2);
    let head = store.head;

    // In a group with a change that would be fine: neither is written.
    let fine = Shipment {
        state: State::Sending,
        ..other.clone()
    };
    let again = Shipment {
        state: State::Queued,
        ..first.clone()
    };
    let change = |shipment| Change {
        shipment,
        entry: &JournalEntry::Decided {
            decision: Decision::TryAgain,
        },
        at: at(5),
    };
    let result = store.record(APPID, &[change(&fine), change(&again)]);
    assert!(matches!(result, Err(StoreError::OrderTaken(id)) if id == second.id));
    assert_eq!(shipment(&store, other.id), other);
    assert_eq!(store.head, head);

    put(&mut store, &second, State::Cancelled).unwrap();
    store.record(APPID, &[change(&fine), change(&again)]).unwrap();
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 2);
    assert!(store.verify_chain().unwrap());
}

#[test]
fn a_shipment_of_another_account_or_order_is_not_recorded() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let queued = queue(&mut store, 1);
    let strange = [
        (OTHER_APPID, queued.clone()),
        (
            APPID,
            Shipment {
                id: ShipmentId(99),
                ..queued.clone()
            },
        ),
        (
            APPID,
            Shipment {
                intent: Arc::new(intent(2)),
                ..queued.clone()
            },
        ),
    ];
    for (appid, shipment) in strange {
        let change = Change {
            shipment: &shipment,
            entry: &JournalEntry::Cancelled,
            at: at(2),
        };
        let result = store.record(appid, &[change]);
        assert!(matches!(result, Err(StoreError::UnknownShipment(id)) if id == shipment.id));
    }
    assert_eq!(shipment(&store, queued.id), queued);
}

#[test]
fn the_ones_for_a_person_come_before_those_that_ended_and_open_ones_are_elsewhere() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let states = [
        State::NeedsPerson(Why::Race),
        State::Shipped { found: true },
        State::Queued,
        State::Cancelled,
        State::Rejected(Refusal {
            errcode: 1,
            rid: None,
            refunded: false,
        }),
        State::Sending,
    ];
    for (number, state) in states.into_iter().enumerate() {
        let queued = queue(&mut store, number);
        put(&mut store, &queued, state).unwrap();
    }
    let ids = |found: Vec<Shipment>| found.iter().map(|s| s.id.0).collect::<Vec<_>>();
    assert_eq!(ids(store.recent_shipments(APPID, 100).unwrap()), [5, 1, 4, 2]);
    assert_eq!(ids(store.recent_shipments(APPID, 3).unwrap()), [5, 1, 4]);
    assert_eq!(ids(store.recent_shipments(APPID, 1).unwrap()), [5]);
    assert_eq!(ids(store.open_shipments(APPID).unwrap()), [3, 6]);
}

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
        "UPDATE journal SET record = 'looked' WHERE seq = 2",
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
fn a_changed_intent_goes_to_a_person_instead_of_to_wechat() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    queue(&mut store, 2);
    store
        .conn
        .execute(
            "UPDATE shipment SET intent = replace(intent, 'YT1', 'YT7') WHERE id = 1",
            [],
        )
        .unwrap();
    let states: Vec<State> = store
        .open_shipments(APPID)
        .unwrap()
        .into_iter()
        .map(|s| s.state)
        .collect();
    assert_eq!(states, [State::NeedsPerson(Why::RecordDamaged), State::Queued]);
}

#[test]
fn an_intent_that_cannot_be_read_makes_the_journal_damaged() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    store
        .conn
        .execute("UPDATE shipment SET intent = '{'", [])
        .unwrap();
    assert!(matches!(store.open_shipments(APPID), Err(StoreError::Corrupt(_))));
    store.close(at(1)).unwrap();
    let result = Store::open(&dir, at(2));
    assert!(matches!(result, Err(super::super::OpenError::Damaged)));
}

#[test]
fn twenty_thousand_orders_are_queued_in_one_step() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let wishes: Vec<_> = (0..20_000).map(intent).collect();
    let new: Vec<_> = wishes.iter().map(new_shipment).collect();
    let answers = store.enqueue(APPID, &new, at(1)).unwrap();
    let ids: BTreeSet<_> = answers
        .iter()
        .map(|answer| match answer {
            Enqueued::New(id) => id.0,
            Enqueued::OrderTaken(id) => panic!("{id:?}"),
        })
        .collect();
    assert_eq!(ids.len(), 20_000);
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 20_000);
    assert!(store.verify_chain().unwrap());
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

/// Cuts the write-ahead log everywhere, as a power loss or a "cleaner" would: what is left is always a prefix
/// of whole transactions, and the anchor tells when something is missing.
#[test]
fn a_cut_log_keeps_whole_transactions_and_the_loss_is_noticed() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let log = dir.join("fahuo.db-wal");
    let mut lengths = Vec::new();
    for group in 0..6_usize {
        let wishes: Vec<_> = (0..5).map(|n| intent(group * 5 + n)).collect();
        let new: Vec<_> = wishes.iter().map(new_shipment).collect();
        store.enqueue(APPID, &new, at(1)).unwrap();
        lengths.push(std::fs::metadata(&log).unwrap().len());
    }
    drop(store);
    let whole = std::fs::read(&log).unwrap();
    for cut in (0..whole.len()).step_by(1009) {
        let (_copy_guard, copy) = folder();
        std::fs::create_dir(&copy).unwrap();
        for name in ["fahuo.db", "journal.anchor"] {
            std::fs::copy(dir.join(name), copy.join(name)).unwrap();
        }
        std::fs::write(copy.join("fahuo.db-wal"), &whole[..cut]).unwrap();
        let (store, opened) = open(&copy);
        let groups = lengths.iter().filter(|length| **length <= cut as u64).count();
        assert_eq!(
            store.open_shipments(APPID).unwrap().len(),
            groups * 5,
            "cut at {cut}"
        );
        assert_eq!(opened.lost_entries, groups < 6, "cut at {cut}");
        assert!(store.verify_chain().unwrap());
    }
}

#[derive(Clone, Debug)]
enum Step {
    Queue(usize),
    Put(usize, usize),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let states = every_state().len();
    let step = prop_oneof![
        3 => (0..4_usize).prop_map(Step::Queue),
        5 => (0..12_usize, 0..states).prop_map(|(which, state)| Step::Put(which, state)),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    /// Whatever is queued, recorded and restarted in whatever order, an order never has two open shipments,
    /// and a refusal changes nothing.
    #[test]
    fn no_order_ever_has_two_open_shipments(steps in steps()) {
        let (_guard, dir) = folder();
        let (mut store, _) = open(&dir);
        let mut model: BTreeMap<i64, (usize, State)> = BTreeMap::new();
        for step in steps {
            let holder = |model: &BTreeMap<i64, (usize, State)>, wanted: usize| {
                model.iter().find(|(_, (n, state))| *n == wanted && state.is_open()).map(|(id, _)| *id)
            };
            match step {
                Step::Queue(number) => {
                    let wish = intent(number);
                    let answer = store.enqueue(APPID, &[new_shipment(&wish)], at(1)).unwrap()[0];
                    match (answer, holder(&model, number)) {
                        (Enqueued::New(id), None) => {
                            prop_assert!(model.insert(id.0, (number, State::Queued)).is_none());
                        }
                        (Enqueued::OrderTaken(id), Some(held)) => prop_assert_eq!(id.0, held),
                        other => prop_assert!(false, "{:?}", other),
                    }
                }
                Step::Put(which, state) => {
                    let Some((&id, (number, old))) = model.iter().nth(which) else { continue };
                    let (number, old) = (*number, old.clone());
                    let state = every_state()[state].clone();
                    let taken = holder(&model, number).filter(|held| *held != id && state.is_open());
                    let stored = shipment(&store, ShipmentId(id));
                    match (put(&mut store, &stored, state.clone()), taken) {
                        (Ok(()), None) => { model.insert(id, (number, state)); }
                        (Err(StoreError::OrderTaken(held)), Some(expected)) => {
                            prop_assert_eq!(held.0, expected);
                            prop_assert_eq!(shipment(&store, ShipmentId(id)).state, old);
                        }
                        other => prop_assert!(false, "{:?}", other),
                    }
                }
                Step::Reopen => {
                    drop(store);
                    let opened;
                    (store, opened) = open(&dir);
                    prop_assert!(!opened.lost_entries);
                }
            }
            let open_now: Vec<(i64, State)> =
                store.open_shipments(APPID).unwrap().into_iter().map(|s| (s.id.0, s.state)).collect();
            let expected: Vec<(i64, State)> = model
                .iter()
                .filter(|(_, (_, state))| state.is_open())
                .map(|(id, (_, state))| (*id, state.clone()))
                .collect();
            prop_assert_eq!(open_now, expected);
        }
        prop_assert!(store.verify_chain().unwrap());
    }
}
