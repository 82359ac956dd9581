//! The guard: an order has at most one open shipment, whatever is asked for in whatever order.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::test_support::{
    APPID, OTHER_APPID, at, every_state, folder, intent, intent_with, new_shipment, open, order, put, queue,
    shipment,
};
use super::{Change, Enqueued, JournalEntry, StoreError};
use crate::domain::{Decision, Shipment, ShipmentId, State, Why};

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
    fn one_open_shipment_per_order(steps in steps()) {
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
                    prop_assert_eq!(opened.recovered, None);
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
