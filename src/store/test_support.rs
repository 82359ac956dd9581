//! What the tests of the store share: a folder, an account, intents and moments.

use super::{Change, Enqueued, JournalEntry, NewShipment, Opened, Store};
use crate::domain::{
    CallFailure, Doubt, Draft, FailureKind, Intent, ParcelDraft, Refusal, Rules, Shipment, ShipmentId, State,
    Timestamp, TransactionId, Why,
};

pub(super) const APPID: &str = "wx0123456789abcdef";
pub(super) const OTHER_APPID: &str = "wxfedcba9876543210";

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

/// One of every kind that a shipment can be in.
pub(super) fn every_state() -> Vec<State> {
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
