//! What was received under each request id and answered to it, for `rid/get`.
//!
//! Separate from the ledger because it is WeChat's own memory, with tokens and payers in it, and forgets.

use super::reply::{Done, Refusal};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, VecDeque};

/// Requests that are remembered.
const MOST: usize = 512;
/// Days after which a request is forgotten.
const DAYS: i64 = 7;
/// Of a body so many bytes are remembered.
const MOST_BYTES: usize = 16 * 1024;

/// One request with its answer.
#[derive(Debug, Clone)]
pub struct Received {
    /// When it came.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub cost_ms: i64,
    /// What stood behind the path.
    pub query: String,
    /// Its body.
    pub request: String,
    /// The answer's body.
    pub response: String,
}

/// The requests by their ids.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    by_rid: HashMap<String, Received>,
    oldest: VecDeque<String>,
}

impl Memory {
    /// Remembers a request under the id that its answer carries; one without an id is not remembered.
    pub fn keep(&mut self, received: Received) {
        let Some(rid) = rid_of(&received.response) else {
            return;
        };
        self.oldest.push_back(rid.clone());
        self.by_rid.insert(rid, received);
        if self.oldest.len() > MOST
            && let Some(oldest) = self.oldest.pop_front()
        {
            self.by_rid.remove(&oldest);
        }
    }

    /// The answer of `rid/get`: 76001 for an id that is not known or too old.
    pub fn tell(&self, rid: &str, now: Timestamp) -> Result<Done, Refusal> {
        let fresh = |received: &&Received| {
            now.as_second().saturating_sub(received.at.as_second()) <= DAYS.saturating_mul(86_400)
        };
        let received = self
            .by_rid
            .get(rid)
            .filter(fresh)
            .ok_or_else(|| Refusal::new(76_001, "rid not found"))?;
        let mut fields = Map::new();
        fields.insert(
            "request".into(),
            json!({
                "invoke_time": received.at.as_second(),
                "cost_in_ms": received.cost_ms,
                "request_url": received.query,
                "request_body": received.request,
                "response_body": received.response,
                "client_ip": "127.0.0.1",
            }),
        );
        Ok(Done::with(fields))
    }
}

/// The text of a body, as much of it as is remembered.
pub fn text_of(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..MOST_BYTES).unwrap_or(body)).into_owned()
}

fn rid_of(response: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(response).ok()?;
    let (_, rid) = answer.get("errmsg")?.as_str()?.rsplit_once("rid: ")?;
    Some(rid.trim_end_matches(']').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(rid: &str) -> Received {
        Received {
            at: Timestamp::from_second(1_700_000_000).unwrap(),
            cost_ms: 3,
            query: "access_token=t".into(),
            request: "{}".into(),
            response: format!(r#"{{"errcode":0,"errmsg":"ok rid: {rid}"}}"#),
        }
    }

    #[test]
    fn a_request_is_told_for_seven_days_and_the_oldest_are_forgotten() {
        let mut memory = Memory::default();
        memory.keep(received("aa-1"));
        let at = |secs: i64| Timestamp::from_second(1_700_000_000 + secs).unwrap();
        let told = memory.tell("aa-1", at(DAYS * 86_400)).unwrap();
        assert_eq!(told.fields["request"]["request_url"], "access_token=t");
        for (rid, secs) in [("aa-1", DAYS * 86_400 + 1), ("aa-2", 0)] {
            assert_eq!(memory.tell(rid, at(secs)).unwrap_err().errcode, 76_001);
        }
        for n in 0..MOST {
            memory.keep(received(&format!("b{n}")));
        }
        assert!(memory.tell("aa-1", at(0)).is_err());
        assert!(memory.tell("b0", at(0)).is_ok());
    }

    #[test]
    fn what_has_no_id_is_not_remembered() {
        let mut memory = Memory::default();
        for response in ["", "<html>", "{}", r#"{"errmsg":"ok"}"#] {
            memory.keep(Received {
                response: response.into(),
                ..received("x")
            });
        }
        assert!(memory.by_rid.is_empty() && memory.oldest.is_empty());
    }
}
