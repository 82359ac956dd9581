//! What really arrived and what was really done: the witness for "nothing is shipped twice".
//!
//! Separate because it must be believed; nothing here decides, it only writes down.

use super::endpoint::{self, Endpoint};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Counted from 1, in the order of arrival.
    pub seq: u64,
    /// When it arrived, by the simulator's clock.
    pub at: Timestamp,
    /// The path.
    pub path: String,
    /// The orders it speaks of that the world knows; several only in a combined upload.
    pub transaction_ids: Vec<String>,
    /// The body; a secret is masked, and what is not JSON is kept as text.
    pub body: Value,
    /// Whether it was carried out.
    pub applied: bool,
    /// The `errcode` that was answered; `None` when none was.
    pub errcode: Option<i64>,
    /// The HTTP status that was answered; `None` when the connection was closed without one.
    pub status: Option<u16>,
    /// Requests under way when it arrived, this one included.
    pub in_flight: usize,
    /// Requests for the same order under way when it arrived, this one included.
    pub in_flight_of_order: usize,
    /// The mishap it met.
    pub fault: Option<&'static str>,
    /// What the server let pass although the documents advise against it.
    pub warnings: Vec<String>,
}

/// All requests.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    under_way: BTreeMap<u64, Vec<String>>,
    uploads_by_order: HashMap<String, usize>,
}

impl Ledger {
    /// Writes down an arrival and returns its number.
    pub fn arrive(
        &mut self,
        at: Timestamp,
        path: &str,
        transaction_ids: Vec<String>,
        body: Value,
        warnings: Vec<String>,
    ) -> u64 {
        let seq = u64::try_from(self.entries.len())
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        self.under_way.insert(seq, transaction_ids.clone());
        let sharing = |id: &String| self.under_way.values().filter(|ids| ids.contains(id)).count();
        let in_flight_of_order = transaction_ids.iter().map(sharing).max().unwrap_or(0);
        if is_upload(path) {
            for id in &transaction_ids {
                let count = self.uploads_by_order.entry(id.clone()).or_default();
                *count = count.saturating_add(1);
            }
        }
        self.entries.push(Entry {
            seq,
            at,
            path: path.to_owned(),
            transaction_ids,
            body,
            applied: false,
            errcode: None,
            status: None,
            in_flight: self.under_way.len(),
            in_flight_of_order,
            fault: None,
            warnings,
        });
        seq
    }

    /// Changes the entry of a request.
    pub fn note(&mut self, seq: u64, change: impl FnOnce(&mut Entry)) {
        let index = usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(entry) = self.entries.get_mut(index) {
            change(entry);
        }
    }

    /// The request is no longer under way: answered, dropped, or given up by the client.
    pub fn leave(&mut self, seq: u64) {
        self.under_way.remove(&seq);
    }

    /// All requests in the order of arrival.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many requests came for a path, or for its last part.
    pub fn requests(&self, path: &str) -> usize {
        let fits = |entry: &&Entry| {
            entry.path == path
                || entry
                    .path
                    .strip_suffix(path)
                    .is_some_and(|rest| rest.ends_with('/'))
        };
        self.entries.iter().filter(fits).count()
    }

    /// How many requests were calls that change something.
    pub fn write_calls(&self) -> usize {
        self.count(|entry| Endpoint::at(&entry.path).is_some_and(Endpoint::is_write))
    }

    /// How many requests asked for a token.
    pub fn token_calls(&self) -> usize {
        self.count(|entry| entry.path == endpoint::STABLE_TOKEN)
    }

    /// How many uploads for an order arrived, whatever became of them.
    pub fn uploads_sent(&self, transaction_id: &str) -> usize {
        self.uploads_by_order.get(transaction_id).copied().unwrap_or(0)
    }

    /// The most requests that were under way at once.
    pub fn max_in_flight(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.in_flight)
            .max()
            .unwrap_or(0)
    }

    /// The most requests for one order that were under way at once.
    pub fn max_in_flight_of_order(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.in_flight_of_order)
            .max()
            .unwrap_or(0)
    }

    fn count(&self, keep: impl Fn(&Entry) -> bool) -> usize {
        self.entries.iter().filter(|entry| keep(entry)).count()
    }
}

impl Entry {
    /// The entry for the control route.
    pub fn to_json(&self) -> Value {
        json!({
            "seq": self.seq,
            "at": self.at.to_string(),
            "path": self.path,
            "transaction_ids": self.transaction_ids,
            "body": self.body,
            "applied": self.applied,
            "errcode": self.errcode,
            "status": self.status,
            "in_flight": self.in_flight,
            "in_flight_of_order": self.in_flight_of_order,
            "fault": self.fault,
            "warnings": self.warnings,
        })
    }
}

fn is_upload(path: &str) -> bool {
    matches!(
        Endpoint::at(path),
        Some(Endpoint::Upload | Endpoint::UploadCombined)
    )
}

/// A body as the ledger keeps it: without the secret.
pub fn masked(bytes: &[u8]) -> Value {
    let mut body = match serde_json::from_slice::<Value>(bytes) {
        Ok(body) => body,
        Err(_) => Value::String(String::from_utf8_lossy(bytes).chars().take(2_000).collect()),
    };
    for name in [
        "secret",
        "appsecret",
        "component_appsecret",
        "component_verify_ticket",
        "authorizer_refresh_token",
    ] {
        if let Some(secret) = body.get_mut(name) {
            *secret = "***".into();
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_under_way_are_counted_in_all_and_per_order() {
        let mut ledger = Ledger::default();
        let at = Timestamp::UNIX_EPOCH;
        let arrive = |ledger: &mut Ledger, id: &str| {
            ledger.arrive(at, endpoint::UPLOAD, vec![id.to_owned()], Value::Null, Vec::new())
        };
        let first = arrive(&mut ledger, "a");
        arrive(&mut ledger, "b");
        ledger.leave(first);
        arrive(&mut ledger, "b");
        let seen: Vec<_> = ledger
            .entries()
            .iter()
            .map(|entry| (entry.in_flight, entry.in_flight_of_order))
            .collect();
        assert_eq!(seen, [(1, 1), (2, 1), (2, 2)]);
        assert_eq!((ledger.max_in_flight(), ledger.max_in_flight_of_order()), (2, 2));
        assert_eq!((ledger.uploads_sent("a"), ledger.uploads_sent("b")), (1, 2));
        assert_eq!((ledger.write_calls(), ledger.token_calls()), (3, 0));
        assert_eq!(
            (
                ledger.requests("upload_shipping_info"),
                ledger.requests("shipping_info")
            ),
            (3, 0)
        );
    }

    #[test]
    fn a_secret_never_reaches_the_ledger() {
        let body = masked(br#"{"appid":"wx1","secret":"verysecret"}"#);
        assert_eq!(body["secret"], "***");
        assert_eq!(body["appid"], "wx1");
        assert_eq!(masked(b"{oops"), Value::String("{oops".into()));
    }
}
