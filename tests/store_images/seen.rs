//! All that counts of a journal, as its readers see it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fahuo::domain::{CallFailure, FailureKind, Now, Policy, Shipment, Timestamp};
use fahuo::engine::outbox::{Effect, Gates, Outbox};
use fahuo::engine::pace::Limits;
use fahuo::store::{AccountRow, AuditEntry, JournalLine, Opened, Pause, Store, StoredBatch};

use super::shop::APPID;

#[derive(Debug, PartialEq)]
pub struct Seen {
    pub shipments: BTreeMap<i64, (Shipment, Vec<JournalLine>)>,
    pub accounts: (Vec<AccountRow>, Vec<Option<Vec<u8>>>),
    pauses: Vec<Pause>,
    batch: Option<StoredBatch>,
    setting: Option<String>,
    audit: Vec<AuditEntry>,
}

impl Seen {
    pub fn of(store: &Store) -> Self {
        let mut all = store.open_shipments(APPID).unwrap();
        all.extend(store.recent_shipments(APPID, 10_000).unwrap());
        let history = |shipment: Shipment| {
            let lines = store.history_of(shipment.id).unwrap();
            (shipment.id.0, (shipment, lines))
        };
        let accounts = store.accounts().unwrap();
        let audit = store.audit(1000).unwrap();
        let sealed = accounts
            .iter()
            .map(|account| store.sealed(&account.id.to_string(), "app_secret").unwrap())
            .collect();
        Self {
            shipments: all.into_iter().map(history).collect(),
            accounts: (accounts, sealed),
            pauses: store.pauses(APPID).unwrap(),
            batch: store.latest_batch(APPID).unwrap(),
            setting: store.setting("current_account").unwrap(),
            audit: audit
                .into_iter()
                .filter(|entry| entry.what != "journal_recovered")
                .collect(),
        }
    }
}

/// Through the core that sends: while the journal is doubtful nothing is sent, and after that each open
/// shipment is looked at first.
pub fn check_looks_first(store: &Store, opened: &Opened, now: Timestamp) {
    let open = store.open_shipments(APPID).unwrap();
    let count = open.len();
    let both = |local| Now { local, server: local };
    let mut outbox = Outbox::new(Policy::default(), Limits::LOOPBACK, now);
    for effect in outbox.restart(open, both(now)) {
        assert!(matches!(effect, Effect::Record(..)), "{effect:?}");
    }
    let span = Duration::from_mins(1);
    outbox.gates.quarantine_until = Gates::quarantine(opened.doubtful_since, span, now);
    assert!(opened.recovered.is_none() || outbox.gates.quarantine_until.is_some());
    let mut looked = BTreeSet::new();
    let mut moment = now;
    for _ in 0..10_000 {
        let (effects, _) = outbox.pump(both(moment));
        for effect in effects {
            let Effect::Look(id, _) = effect else {
                panic!("{effect:?}")
            };
            let state = &outbox.get(id).unwrap().state;
            let sends = matches!(state.word(), "queued" | "waiting");
            assert!(!sends || outbox.gates.quarantine_until.is_none_or(|until| until <= moment));
            looked.insert(id);
            // An answer that sends nothing, so that the next one has its turn.
            let unknown = Err(CallFailure::of(FailureKind::OrderNotVisible));
            for effect in outbox.looked(id, unknown, both(moment)) {
                assert!(!matches!(effect, Effect::Upload(..)), "{effect:?}");
            }
        }
        if looked.len() == count {
            return;
        }
        moment = moment.plus(Duration::from_secs(1));
    }
    panic!("{} of {count} were looked at", looked.len());
}
