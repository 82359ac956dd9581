//! What the tests of the store share: a folder, an account, intents and moments.

use super::{Change, Enqueued, JournalEntry, NewShipment, Opened, Store};
use crate::domain::{
    Draft, Intent, ParcelDraft, Rules, Shipment, ShipmentId, State, Timestamp, TransactionId,
};

pub(super) const APPID: &str = "wx0123456789abcdef";

pub(super) fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(1_700_000_000 + secs)
}

/// A folder that does not exist yet, inside one that is removed with the guard.
pub(super) fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    let guard = tempfile::tempdir().unwrap();
    let dir = guard.path().join("data");
    (guard, dir)
}

pub(super) fn open(dir: &std::path::Path) -> (Store, Opened) {
    Store::open(dir, at(0)).unwrap()
}

pub(super) fn order(number: usize) -> TransactionId {
    TransactionId::parse(&format!("42000009252021012849977{number:05}")).unwrap()
}

pub(super) fn intent(number: usize) -> Intent {
    intent_with(number, "YT1")
}

pub(super) fn intent_with(number: usize, tracking_no: &str) -> Intent {
    let draft = Draft {
        transaction_id: order(number).as_str().to_owned(),
        complete: true,
        parcels: vec![ParcelDraft {
            courier: "YTO".into(),
            tracking_no: tracking_no.into(),
            item_desc: "龙井茶 250g".into(),
            receiver_contact: "138****1234".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    Intent::check(&draft, &rules).unwrap().0
}

pub(super) fn new_shipment(intent: &Intent) -> NewShipment<'_> {
    NewShipment {
        intent,
        deadline: at(48 * 3600),
        not_before: at(10),
        batch: None,
    }
}

/// Queues one order and gives its shipment.
pub(super) fn queue(store: &mut Store, number: usize) -> Shipment {
    let intent = intent(number);
    let answers = store.enqueue(APPID, &[new_shipment(&intent)], at(1)).unwrap();
    let [Enqueued::New(id)] = answers[..] else {
        panic!("not queued: {answers:?}")
    };
    shipment(store, id)
}

pub(super) fn shipment(store: &Store, id: ShipmentId) -> Shipment {
    store.shipment(APPID, id).unwrap().unwrap()
}

/// Records a state and nothing else.
pub(super) fn put(store: &mut Store, shipment: &Shipment, state: State) -> Result<(), super::StoreError> {
    let shipment = Shipment {
        state,
        ..shipment.clone()
    };
    let change = Change {
        shipment: &shipment,
        entry: &JournalEntry::Restarted,
        at: at(2),
    };
    store.record(APPID, &[change])
}
