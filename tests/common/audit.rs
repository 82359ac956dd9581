//! The wire audit: every call that changes something and that the server has seen, of whichever kind, was written down
//! before, and every attempt was either seen by the server or cut off by the death of the process.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "shared by tests, which say it by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fahuo::domain::{Doubt, ErrandState, Timestamp};
use fahuo::engine::clock::computer_time;
use fahuo::engine::outbox::hex_sha256;
use fahuo::sim::endpoint::{self, Endpoint};
use fahuo::sim::ledger::Entry;
use fahuo::sim::{SANDBOX_APPID, Simulator};
use fahuo::store::{JournalEntry, Store};

/// What an audit has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Attempts in the journals of shipments and errands; one combined upload is an attempt of each of its parts.
    pub attempts: usize,
    /// Calls that change something, of every kind, that the server has seen.
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

/// The calls that change something, and which of them a journal knows.
struct Seen<'a> {
    writes: Vec<&'a Entry>,
    known: BTreeSet<u64>,
}

impl<'a> Seen<'a> {
    /// Those that are these; a journal knows them.
    fn take(&mut self, is_it: impl Fn(&Entry) -> bool) -> Vec<&'a Entry> {
        let found: Vec<&Entry> = self.writes.iter().copied().filter(|entry| is_it(entry)).collect();
        self.known.extend(found.iter().map(|entry| entry.seq));
        found
    }
}

/// Holds journals and server against each other: every call that changes something was written down before it left.
/// Nobody may work on the folder.
#[track_caller]
pub fn audit(wechat: &Simulator, data: &Path) -> Audit {
    let (store, _) = Store::open(data, computer_time()).unwrap();
    assert!(store.verify_chain().unwrap(), "the journal is whole");
    let entries = wechat.ledger().entries();
    let is_write = |entry: &&Entry| Endpoint::at(&entry.path).is_some_and(Endpoint::is_write);
    let mut seen = Seen {
        writes: entries.iter().filter(is_write).collect(),
        known: BTreeSet::new(),
    };
    let mut audit = Audit {
        requests: seen.writes.len(),
        ..Audit::default()
    };
    shipments(&store, &mut seen, &mut audit);
    errands(&store, &mut seen, &mut audit);
    let paths = seen.take(|entry| entry.path == endpoint::SET_MSG_JUMP_PATH);
    let set = store.audit(usize::MAX >> 1).unwrap();
    let set = set.iter().filter(|line| line.what == "jump_path").count();
    assert!(
        paths.len() <= set,
        "the page that messages open was set more often than a person asked"
    );
    seen.writes.retain(|entry| !seen.known.contains(&entry.seq));
    assert!(
        seen.writes.is_empty(),
        "calls that no journal knows of: {:#?}",
        seen.writes
    );
    audit
}

/// Attempts and requests of one order: each request after its attempt, and no attempt unseen that may not be.
#[track_caller]
fn compare(order: &str, attempts: &[Attempt], requests: &[&Entry], audit: &mut Audit) {
    for (number, request) in requests.iter().enumerate() {
        assert!(request.transaction_ids.iter().any(|id| id == order));
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
    audit.attempts += attempts.len();
    audit.cut_off += unseen;
}

fn shipments(store: &Store, seen: &mut Seen<'_>, audit: &mut Audit) {
    let mut shipments = store.recent_shipments(SANDBOX_APPID, usize::MAX >> 1).unwrap();
    shipments.sort_by_key(|shipment| shipment.id);
    for shipment in shipments {
        let order = shipment.intent.transaction_id().as_str();
        let attempts = attempts(store, shipment.id);
        let bodies: BTreeSet<&String> = attempts.iter().map(|attempt| &attempt.body_sha256).collect();
        assert!(bodies.len() <= 1, "order {order} was resent with another body");
        let Some(body) = bodies.first() else { continue };
        let path = if shipment.intent.combined().is_some() {
            endpoint::UPLOAD_COMBINED
        } else {
            endpoint::UPLOAD
        };
        let requests = seen.take(|entry| {
            entry.path == path && hex_sha256(&serde_json::to_vec(&entry.body).unwrap()) == **body
        });
        compare(order, &attempts, &requests, audit);
    }
}

fn errands(store: &Store, seen: &mut Seen<'_>, audit: &mut Audit) {
    let mut errands = store.errands(SANDBOX_APPID, usize::MAX >> 1).unwrap();
    errands.sort_by_key(|errand| errand.id);
    let mut by_order: BTreeMap<(String, &str), Vec<Attempt>> = BTreeMap::new();
    for errand in errands {
        let path = if errand.kind.is_reminder() {
            endpoint::NOTIFY_CONFIRM_RECEIVE
        } else {
            endpoint::SPECIAL_ORDER
        };
        let sends = by_order
            .entry((errand.transaction_id.as_str().to_owned(), path))
            .or_default();
        for (index, (at, state)) in errand.trail.iter().enumerate() {
            let next = errand.trail.get(index + 1).map(|(_, state)| state);
            if *state == ErrandState::Sending {
                sends.push(Attempt {
                    at: *at,
                    body_sha256: String::new(),
                    may_be_unseen: matches!(
                        next,
                        Some(ErrandState::Queued | ErrandState::Unclear(Doubt::Restart))
                    ),
                });
            }
        }
    }
    for ((order, path), attempts) in by_order {
        let requests = seen.take(|entry| entry.path == path && entry.transaction_ids.contains(&order));
        compare(&order, &attempts, &requests, audit);
    }
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
