//! The wire audit: every request that the server has seen is an attempt that the journal wrote down before, and every
//! attempt was either seen by the server or cut off by the death of the process.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "shared by tests, which say it by failing"
)]

use std::path::Path;

use fahuo::domain::Timestamp;
use fahuo::engine::clock::computer_time;
use fahuo::engine::outbox::hex_sha256;
use fahuo::sim::ledger::Entry;
use fahuo::sim::{SANDBOX_APPID, Simulator};
use fahuo::store::{JournalEntry, Store};

/// What an audit has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Attempts in the journal.
    pub attempts: usize,
    /// Uploads that the server has seen.
    pub requests: usize,
    /// Attempts that the death of the process, or the lack of a connection, cut off before the server saw them.
    pub cut_off: usize,
}

/// One attempt as the journal tells it.
struct Attempt {
    at: Timestamp,
    body_sha256: String,
    /// Its process may have died before the first byte left, or it says itself that nothing left.
    may_be_unseen: bool,
}

/// Holds journal and server against each other. Nobody may work on the folder.
#[track_caller]
pub fn audit(wechat: &Simulator, data: &Path) -> Audit {
    let (store, _) = Store::open(data, computer_time()).unwrap();
    assert!(store.verify_chain().unwrap(), "the journal is whole");
    let mut shipments = store.recent_shipments(SANDBOX_APPID, usize::MAX >> 1).unwrap();
    shipments.sort_by_key(|shipment| shipment.id);
    let entries = wechat.ledger().entries();
    let mut seen: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.path.ends_with("/upload_shipping_info"))
        .collect();
    let mut audit = Audit {
        requests: seen.len(),
        ..Audit::default()
    };
    for shipment in shipments {
        let order = shipment.intent.transaction_id().as_str();
        let attempts = attempts(&store, shipment.id);
        audit.attempts += attempts.len();
        let bodies: std::collections::BTreeSet<&String> =
            attempts.iter().map(|attempt| &attempt.body_sha256).collect();
        assert!(bodies.len() <= 1, "order {order} was resent with another body");
        let Some(body) = bodies.first() else { continue };
        let is_its = |entry: &&Entry| hex_sha256(&serde_json::to_vec(&entry.body).unwrap()) == **body;
        let requests: Vec<&Entry> = seen.iter().filter(|entry| is_its(entry)).copied().collect();
        seen.retain(|entry| !is_its(entry));
        for (number, request) in requests.iter().enumerate() {
            assert_eq!(request.transaction_ids, [order]);
            let earlier = attempts
                .iter()
                .filter(|attempt| attempt.at.millis() <= request.at.as_millisecond());
            assert!(
                earlier.count() > number,
                "order {order}: a request before it was written down"
            );
        }
        let unseen = attempts.len().checked_sub(requests.len());
        let unseen = unseen.unwrap_or_else(|| panic!("order {order}: more requests than attempts"));
        let may = attempts.iter().filter(|attempt| attempt.may_be_unseen).count();
        assert!(
            unseen <= may,
            "order {order}: {unseen} attempts that no server saw, {may} were cut off"
        );
        audit.cut_off += unseen;
    }
    assert!(seen.is_empty(), "requests that no journal knows of: {seen:#?}");
    assert_eq!(
        audit.requests + audit.cut_off,
        audit.attempts,
        "requests and attempts"
    );
    audit
}

fn attempts(store: &Store, id: fahuo::domain::ShipmentId) -> Vec<Attempt> {
    let lines = store.history_of(id).unwrap();
    let mut attempts = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let JournalEntry::Sending { body_sha256, .. } = &line.entry else {
            continue;
        };
        let may_be_unseen = match lines.get(index + 1).map(|line| &line.entry) {
            Some(JournalEntry::Restarted) => true,
            Some(JournalEntry::Answered {
                class,
                errcode: None,
                http_status: None,
                ..
            }) => class == "queued",
            other => {
                assert!(
                    matches!(other, Some(JournalEntry::Answered { .. })),
                    "after an attempt: {other:?}"
                );
                false
            }
        };
        attempts.push(Attempt {
            at: line.at,
            body_sha256: body_sha256.clone(),
            may_be_unseen,
        });
    }
    attempts
}
