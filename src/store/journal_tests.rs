//! What is queued and recorded is read back as it was: every state, every field, in the promised order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::test_support::{
    APPID, OTHER_APPID, at, every_state, folder, intent, new_shipment, open, put, queue, shipment,
};
use super::super::{Change, Enqueued, JournalEntry, OpenError, Store, StoreError};
use crate::domain::{
    Doubt, Look, OpenId, OrderState, ParcelId, Refusal, RowStatus, Shipment, ShipmentId, State, Why,
};

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
    assert!(matches!(result, Err(OpenError::Damaged)));
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
            Enqueued::Probed => panic!("no probe was begun"),
        })
        .collect();
    assert_eq!(ids.len(), 20_000);
    assert_eq!(store.open_shipments(APPID).unwrap().len(), 20_000);
    assert!(store.verify_chain().unwrap());
}
