//! What goes into a support bundle: facts about the program, its settings, what happened lately and what the checks
//! said. Everything is masked where it is put in; `bundle_scan` looks at the finished bytes once more.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Notice;
use super::bundle_scan::{Leak, pack};
use super::command::Secret;
use super::doctor::{CheckKind, CheckResult};
use super::jobs::JobDone;
use super::notice::DiagnosticsSaid;
use super::results::{name_of, put_down};
use super::run::Engine;
use super::snapshot::KeyStore;
use crate::domain::{CallFailure, Doubt, FileNotSaved, Shipment, State, Timestamp, hide_private};

/// Problems that are told at most.
const PROBLEMS: usize = 50;
/// Lines of the log at most.
const LINES: usize = 300;
/// A number with so many digits is an order's, of which only the ends are told.
const ORDER_DIGITS: usize = 20;

/// One file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundlePart {
    /// Its name.
    pub name: &'static str,
    /// What stands in it, as JSON.
    pub text: String,
}

/// A bundle as it would be saved, for a person to read first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// When it was put together.
    pub at: Timestamp,
    /// Its files; exactly these are saved.
    pub parts: Vec<BundlePart>,
    /// Why it cannot be saved.
    pub leak: Option<Leak>,
}

impl Engine {
    /// Puts a bundle together and shows it; nothing is written.
    pub(super) fn preview_bundle(&mut self) {
        let parts = self.bundle_parts();
        let leak = pack(&parts, &self.known_secrets()).err();
        self.diagnostics.bundle = Some(Arc::new(Bundle {
            at: self.clock.now(),
            parts,
            leak,
        }));
        self.dirty.diagnostics = true;
    }

    /// Saves exactly what a person has read.
    pub(super) fn save_bundle(&mut self, path: &Path, replace: bool) {
        let Some(bundle) = self.diagnostics.bundle.clone() else {
            return self.not_saved(name_of(path), FileNotSaved::Closed);
        };
        let (path, secrets) = (path.to_owned(), self.known_secrets());
        self.jobs.blocking(move || -> JobDone {
            let name = name_of(&path);
            let bytes = pack(&bundle.parts, &secrets).map_err(|_leak| FileNotSaved::HoldsSecret);
            JobDone::Saved(match bytes.and_then(|bytes| put_down(&path, &bytes, replace)) {
                Ok(()) => Notice::Diagnostics(DiagnosticsSaid::BundleSaved(name)),
                Err(why) => Notice::FileNotSaved { name, why },
            })
        });
    }

    /// A file was saved or not. A bundle is part of the history once its file is there.
    pub(super) fn saved(&mut self, notice: Notice) {
        if let Notice::Diagnostics(DiagnosticsSaid::BundleSaved(name)) = &notice {
            self.audit("bundle_saved", &json!({ "file": name }));
        }
        self.say(notice);
    }

    /// Every secret that is at hand, to be looked for letter for letter.
    fn known_secrets(&self) -> Vec<Secret> {
        let given = self.config.credentials.iter().flat_map(|given| {
            let token = given.access_token.clone();
            let more = given.more.iter().map(|(_, secret)| secret.clone());
            std::iter::once(given.secret.clone()).chain(token).chain(more)
        });
        let kept = self.session_secrets.values();
        let kept = kept.flat_map(|secrets| secrets.iter().map(|(_, secret)| secret.clone()));
        // That of practice is public and stands in the program itself.
        let is_public = self.config.sandbox;
        given.chain(kept).filter(|_| !is_public).collect()
    }

    fn bundle_parts(&mut self) -> Vec<BundlePart> {
        let parts = [
            ("program.json", self.about_program()),
            ("settings.json", self.about_settings()),
            ("journal.json", self.about_journal()),
            ("checks.json", self.about_checks()),
            ("probe.json", self.about_probe()),
            ("log.json", self.about_log()),
        ];
        let part = |(name, mut value): (&'static str, Value)| {
            hide(&mut value);
            BundlePart {
                name,
                text: serde_json::to_string_pretty(&value).unwrap_or_default(),
            }
        };
        parts.into_iter().map(part).collect()
    }

    fn about_program(&self) -> Value {
        json!({
            "program": "fahuo",
            "version": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "machine": std::env::consts::ARCH,
            "at": self.clock.now().rfc3339(),
            "practice": self.config.sandbox,
            "other_server": self.config.base_url.is_some(),
            "journal_in_synced_folder": self.opened.synced_by,
            "journal_recovered": self.recovered.as_ref().map(|found| found.damage.word()),
            "clock_skew_secs": self.offset_millis().map(|millis| millis.saturating_neg() / 1000),
            "key_store": match self.key_store {
                KeyStore::Unknown => "unknown",
                KeyStore::Available => "available",
                KeyStore::SessionOnly { locked: true } => "locked",
                KeyStore::SessionOnly { locked: false } => "none",
            },
        })
    }

    fn about_settings(&self) -> Value {
        let account = self.account().map(|account| {
            json!({
                "appid": account.appid,
                "has_secret": self.has_secret,
                "has_mchid": !account.mchid.is_empty(),
                "max_parcels": account.max_parcels,
                "has_sender_contact": account.sender_contact.is_some(),
                "default_courier": account.default_courier,
                "has_default_text": !account.default_item_desc.is_empty(),
            })
        });
        let preferences = &self.preferences;
        json!({
            "accounts": self.accounts.len(),
            "account": account,
            "couriers": self.couriers.len(),
            "couriers_built_in": self.couriers_built_in,
            "team": !self.team.view().folder.is_empty(),
            "language": preferences.language,
            "theme": preferences.theme,
            "zoom_percent": preferences.zoom_percent,
            "hold_secs": preferences.hold_secs,
            "page_size": preferences.page_size,
            "notifications": preferences.notifications,
        })
    }

    fn about_journal(&mut self) -> Value {
        let counts = self
            .tell_store(|store, appid| store.shipment_counts(appid))
            .unwrap_or_default();
        let counts: Map<String, Value> = counts.into_iter().map(|(state, n)| (state, n.into())).collect();
        let problems: Vec<Value> = self
            .outbox
            .newest_first()
            .filter_map(|shipment| problem(shipment))
            .take(PROBLEMS)
            .collect();
        json!({
            "shipments": counts,
            "orders_known": self.shown.orders.rows.len(),
            "errands_open": self.errands.queued().len(),
            "sending_stopped_by_journal": self.outbox.gates.store_failed,
            "paused": self.outbox.gates.paused,
            "account_failure": self.outbox.gates.account.as_ref().map(failure),
            "problems": problems,
        })
    }

    fn about_checks(&self) -> Value {
        let checks: Vec<Value> = self
            .doctor
            .checks
            .iter()
            .map(|(kind, result)| check(*kind, result))
            .collect();
        let quotas: Vec<Value> = self
            .diagnostics
            .quotas
            .iter()
            .map(|quota| match &quota.answer {
                Ok(day) => json!({ "path": quota.path, "daily_limit": day.daily_limit, "used": day.used }),
                Err(why) => json!({ "path": quota.path, "failure": failure(why) }),
            })
            .collect();
        json!({
            "checked_at": self.doctor.at.map(Timestamp::rfc3339),
            "checks": checks,
            "quotas": quotas,
            "quota_resets_this_month": self.diagnostics.resets.this_month(self.clock.now()),
        })
    }

    fn about_probe(&self) -> Value {
        let answers: Vec<Value> = self
            .diagnostics
            .answers
            .known
            .iter()
            .map(|answer| {
                json!({
                    "question": answer.question.word(),
                    "finding": answer.finding.word(),
                    "number": answer.finding.number(),
                    "rid": answer.rid,
                    "at": answer.at.rfc3339(),
                })
            })
            .collect();
        json!({ "answers": answers })
    }

    fn about_log(&mut self) -> Value {
        let did = self.tell_store(|store, appid| store.audit_tail(appid, LINES));
        let done = self.tell_store(|store, appid| store.journal_tail(appid, LINES));
        let did: Vec<Value> = did
            .unwrap_or_default()
            .into_iter()
            .map(|entry| json!({ "at": entry.at.rfc3339(), "what": entry.what, "details": entry.details }))
            .collect();
        let done: Vec<Value> = done
            .unwrap_or_default()
            .into_iter()
            .map(|(at, shipment, attempt, entry)| {
                json!({ "at": at.rfc3339(), "shipment": shipment.0, "attempt": attempt,
                        "entry": serde_json::to_value(entry).unwrap_or_default() })
            })
            .collect();
        json!({ "newest_first": true, "people_and_program": did, "shipments": done })
    }
}

/// A shipment that stopped or is unclear, without its parcels.
fn problem(shipment: &Shipment) -> Option<Value> {
    let (why, errcode, rid) = match &shipment.state {
        State::NeedsPerson(why) => (format!("{why:?}"), None, None),
        State::Rejected(refusal) => (
            String::from("rejected"),
            Some(refusal.errcode),
            refusal.rid.clone(),
        ),
        State::Unclear(Doubt::Compare { errcode, rid }) => {
            (String::from("compare"), Some(*errcode), rid.clone())
        }
        State::Unclear(Doubt::Failure(why)) => (format!("{:?}", why.kind), why.errcode, why.rid.clone()),
        State::Unclear(Doubt::Restart) => (String::from("restart"), None, None),
        State::Queued | State::Waiting | State::Sending | State::Shipped { .. } | State::Cancelled => {
            return None;
        }
    };
    Some(json!({
        "shipment": shipment.id.0,
        "order": shipment.intent.transaction_id(),
        "state": shipment.state.word(),
        "since": shipment.since.rfc3339(),
        "attempts": shipment.attempts,
        "why": why,
        "errcode": errcode,
        "rid": rid,
    }))
}

/// The ends of an order's number: enough for the shop to find it again.
fn ends(number: &str) -> String {
    let head: String = number.chars().take(4).collect();
    let tail: String = number
        .chars()
        .skip(number.chars().count().saturating_sub(6))
        .collect();
    format!("{head}…{tail}")
}

fn check(kind: CheckKind, result: &CheckResult) -> Value {
    let kind = format!("{kind:?}");
    match result {
        CheckResult::NotRun => json!({ "check": kind, "result": "not_run" }),
        CheckResult::Running => json!({ "check": kind, "result": "running" }),
        CheckResult::Passed => json!({ "check": kind, "result": "passed" }),
        CheckResult::No => json!({ "check": kind, "result": "no" }),
        CheckResult::Failed(why) => json!({ "check": kind, "result": "failed", "failure": failure(why) }),
    }
}

fn failure(failure: &CallFailure) -> Value {
    json!({
        "kind": format!("{:?}", failure.kind),
        "errcode": failure.errcode,
        "http_status": failure.http_status,
        "rid": failure.rid,
    })
}

/// Nothing of a person, and nothing that may be a secret, stays in any text.
fn hide(value: &mut Value) {
    match value {
        Value::String(text) => *text = hide_text(text),
        Value::Array(values) => values.iter_mut().for_each(hide),
        Value::Object(fields) => fields.values_mut().for_each(hide),
        Value::Number(number) => {
            let text = number.to_string();
            let hidden = hide_private(&text);
            if hidden != text {
                *value = Value::String(hidden);
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// Phones, payers and tokens by their shapes; and long words that a key could be, such as a hash in a file's name.
fn hide_text(text: &str) -> String {
    let hidden = hide_private(text);
    let mut out = String::with_capacity(hidden.len());
    let mut word = String::new();
    let end = |word: &mut String, out: &mut String| {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let key = word.len() >= 27 && !digits && !word.contains(['_', '-', '/']);
        if digits && word.len() >= ORDER_DIGITS {
            out.push_str(&ends(word));
        } else {
            out.push_str(if key { "***" } else { word.as_str() });
        }
        word.clear();
    };
    for c in hidden.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=') {
            word.push(c);
        } else {
            end(&mut word, &mut out);
            out.push(c);
        }
    }
    end(&mut word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_masked_so_that_the_search_finds_nothing() {
        let token = "aB3_".repeat(20);
        let mut value = json!({
            "a": "call 13812341234",
            "b": ["oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", 13_812_341_234_u64],
            "c": { "d": "5a4db0c5000001230000456789f400ab.csv", "t": token },
            "k": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            "rid": "65f1a2b3-0a1b2c3d-4e5f6071",
            "order": "4200000925202101284997714292",
        });
        hide(&mut value);
        assert_eq!(value["rid"], "65f1a2b3-0a1b2c3d-4e5f6071");
        assert_eq!(value["order"], "4200…714292");
        assert_eq!(value["c"]["d"], "***.csv");
        let part = BundlePart {
            name: "x.json",
            text: value.to_string(),
        };
        assert!(pack(&[part], &[]).is_ok(), "{value}");
    }
}
