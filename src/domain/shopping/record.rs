//! What is known of one call about a shopping order, and what becomes of it: written down before a byte leaves, and
//! sent again only because a person says so. A transition that is not listed is an error.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ShoppingDraft;
use crate::domain::plain_text::visible;
use crate::domain::{
    Answer, CallFailure, Doubt, FailureKind, Hold, InvalidTransition, Refusal, Timestamp, hide_private,
};

/// Steps that are remembered of one call.
const TRAIL: usize = 40;
/// How often a call whose token was refused goes back into line by itself.
const MOST_ATTEMPTS: u8 = 3;
/// Characters that are kept of WeChat's own words.
const SAID_CHARS: usize = 1000;

/// Number of a call; never used twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShoppingId(pub i64);

/// Where a call stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShoppingState {
    /// Durable; nothing was sent.
    Queued,
    /// Bytes may have left.
    Sending,
    /// WeChat accepted it.
    Accepted,
    /// What WeChat says about the upload, in its own words; for people only.
    Said(String),
    /// WeChat said no.
    Refused(Refusal),
    /// Certainly nothing was done with it.
    NotSent(CallFailure),
    /// It was taken back, or the program ended before it was sent.
    Left,
    /// It is not known whether it arrived.
    Unclear(Doubt),
    /// A person says that it is there.
    Settled,
}

impl ShoppingState {
    /// It is on its way.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Queued | Self::Sending)
    }

    /// WeChat holds it, as far as anybody knows: the same again is not sent.
    pub fn is_there(&self) -> bool {
        matches!(self, Self::Accepted | Self::Settled)
    }

    /// How WeChat's words about an upload are painted: the one word that its documents show for all being well,
    /// other words, or none. Nothing is decided by it, because the words are not documented.
    pub fn verdict(&self) -> Option<ShoppingVerdict> {
        let Self::Said(said) = self else { return None };
        Some(match said.trim() {
            "" => ShoppingVerdict::Nothing,
            said if said.eq_ignore_ascii_case("success") => ShoppingVerdict::Well,
            _ => ShoppingVerdict::Other,
        })
    }

    /// The stable word for the journal and for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Said(_) => "said",
            Self::Refused(_) => "refused",
            Self::NotSent(_) => "not_sent",
            Self::Left => "left",
            Self::Unclear(_) => "unclear",
            Self::Settled => "settled",
        }
    }
}

/// How WeChat's words about an upload are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShoppingVerdict {
    /// It came out well.
    Well,
    /// It says something else, such as that nothing was uploaded or what is wrong.
    Other,
    /// It says nothing.
    Nothing,
}

/// What is said once about shopping orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShoppingNotice {
    /// They were put in line, or not.
    Queued {
        /// In line now.
        queued: usize,
        /// WeChat holds the same already, or it is on its way.
        already: usize,
        /// Something is wrong with them; nothing of them is sent.
        wrong: usize,
    },
    /// All have their ends.
    Done {
        /// Accepted, or answered.
        done: usize,
        /// Refused or not sent.
        stopped: usize,
        /// It is not known whether they arrived.
        unclear: usize,
    },
}

/// One call as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingRecord {
    /// Its number.
    pub id: ShoppingId,
    /// What was asked for, without the payer and with masked phones.
    pub draft: Arc<ShoppingDraft>,
    /// The payer, shortened.
    pub payer: String,
    /// Hex SHA-256 of the body with an empty time: the same content again is known by it.
    pub content_sha256: String,
    /// The time in the body, since the first try.
    pub upload_time: Option<Timestamp>,
    /// Where it stands.
    pub state: ShoppingState,
    /// When it came to that.
    pub since: Timestamp,
    /// Sends that may have reached WeChat.
    pub attempts: u8,
    /// One of them may have arrived, and nothing has shown yet whether it did.
    pub in_doubt: bool,
    /// The name of the file it came from; empty when it was typed.
    pub source: String,
    /// The states it has been in, oldest first.
    pub trail: Vec<(Timestamp, ShoppingState)>,
}

/// What happens to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShoppingEvent {
    /// It is about to leave, with this time in its body.
    Sending(Timestamp),
    /// An upload was answered, or not.
    Answered(Answer),
    /// The question how it came out was answered, or not.
    Said(Result<String, CallFailure>),
    /// The program was started and found it.
    Restarted,
    /// A person takes it back, or those before it show that it cannot work now.
    Dropped(Option<CallFailure>),
    /// A person says that it is there.
    Settled,
    /// A person asks for the same once more.
    Again,
}

impl ShoppingRecord {
    /// A call that was asked for.
    pub fn queued(draft: Arc<ShoppingDraft>, payer: String, content_sha256: String, now: Timestamp) -> Self {
        Self {
            id: ShoppingId(0),
            draft,
            payer,
            content_sha256,
            upload_time: None,
            state: ShoppingState::Queued,
            since: now,
            attempts: 0,
            in_doubt: false,
            source: String::new(),
            trail: vec![(now, ShoppingState::Queued)],
        }
    }

    fn to(&self, state: ShoppingState, now: Timestamp) -> Self {
        let mut trail = self.trail.clone();
        if trail.len() < TRAIL {
            trail.push((now, state.clone()));
        }
        let in_doubt = match state {
            ShoppingState::Unclear(_) => true,
            ShoppingState::Accepted | ShoppingState::Settled | ShoppingState::Said(_) => false,
            ShoppingState::Queued
            | ShoppingState::Sending
            | ShoppingState::Refused(_)
            | ShoppingState::NotSent(_)
            | ShoppingState::Left => self.in_doubt,
        };
        Self {
            state,
            since: now,
            in_doubt,
            trail,
            ..self.clone()
        }
    }
}

/// What a call becomes when something happens to it.
///
/// # Errors
/// When that cannot happen to it now.
pub fn next_shopping(
    record: &ShoppingRecord,
    event: ShoppingEvent,
    now: Timestamp,
) -> Result<ShoppingRecord, InvalidTransition> {
    use ShoppingEvent as E;
    use ShoppingState as S;
    let is_write = record.draft.call().is_write();
    let state = match (&record.state, event) {
        (S::Queued, E::Sending(upload_time)) => {
            let mut after = record.to(S::Sending, now);
            after.upload_time = after.upload_time.or(Some(upload_time));
            after.attempts = after.attempts.saturating_add(1);
            return Ok(after);
        }
        // Taking back the second try takes nothing back of the first.
        (S::Queued, E::Restarted | E::Dropped(None)) if record.in_doubt => S::Unclear(Doubt::Restart),
        (S::Queued, E::Dropped(Some(failure))) if record.in_doubt => S::Unclear(Doubt::Failure(failure)),
        (S::Queued, E::Dropped(Some(failure))) => S::NotSent(failure),
        (S::Sending, E::Answered(answer)) => answered(record, answer),
        (S::Sending, E::Said(Ok(said))) => S::Said(visible(&hide_private(&said), SAID_CHARS)),
        (S::Sending, E::Said(Err(failure))) => not_said(failure),
        (S::Sending, E::Restarted) if is_write => S::Unclear(Doubt::Restart),
        (S::Queued, E::Restarted | E::Dropped(None)) | (S::Sending, E::Restarted) => S::Left,
        (S::Unclear(_), E::Settled) => S::Settled,
        (S::Unclear(_), E::Again) => S::Queued,
        (S::NotSent(_) | S::Left | S::Refused(_), E::Again) => {
            // Nothing of it is at WeChat: it gets the time of its new first try.
            let mut after = record.to(S::Queued, now);
            after.upload_time = None;
            return Ok(after);
        }
        (state, event) => {
            return Err(InvalidTransition {
                state: state.word(),
                event: event.word(),
            });
        }
    };
    Ok(record.to(state, now))
}

impl ShoppingEvent {
    fn word(&self) -> &'static str {
        match self {
            Self::Sending(_) => "sending",
            Self::Answered(_) => "answered",
            Self::Said(_) => "said",
            Self::Restarted => "restarted",
            Self::Dropped(_) => "dropped",
            Self::Settled => "settled",
            Self::Again => "again",
        }
    }
}

fn answered(record: &ShoppingRecord, answer: Answer) -> ShoppingState {
    match answer {
        Answer::Accepted => ShoppingState::Accepted,
        // The no is about this try, and perhaps because of an earlier one that did arrive.
        Answer::Refused(Refusal { errcode, rid, .. }) if record.in_doubt => {
            ShoppingState::Unclear(Doubt::Compare { errcode, rid })
        }
        Answer::Refused(refusal) => ShoppingState::Refused(refusal),
        Answer::NotProcessed(Hold::Token | Hold::Second | Hold::Minute)
            if record.attempts < MOST_ATTEMPTS =>
        {
            ShoppingState::Queued
        }
        Answer::NotProcessed(hold) if record.in_doubt => {
            ShoppingState::Unclear(Doubt::Failure(failure_of(hold)))
        }
        Answer::NotProcessed(hold) => ShoppingState::NotSent(failure_of(hold)),
        Answer::NotVisible => {
            ShoppingState::Unclear(Doubt::Failure(CallFailure::of(FailureKind::OrderNotVisible)))
        }
        Answer::Unclear(doubt) => ShoppingState::Unclear(doubt),
    }
}

/// What a certain "not executed" says to a person.
fn failure_of(hold: Hold) -> CallFailure {
    match hold {
        Hold::Account(failure) => failure,
        Hold::Connection => CallFailure::of(FailureKind::Offline),
        Hold::Token => CallFailure::of(FailureKind::TokenRefused),
        Hold::Second | Hold::Minute => CallFailure::of(FailureKind::TooFast),
        Hold::Day => CallFailure::of(FailureKind::DailyQuota),
    }
}

/// A question that was refused, or could not be asked. It changes nothing, so nothing is unclear.
fn not_said(failure: CallFailure) -> ShoppingState {
    match (&failure.kind, failure.errcode) {
        (FailureKind::Refused, Some(errcode)) => ShoppingState::Refused(Refusal {
            errcode,
            rid: failure.rid,
            refunded: false,
        }),
        _ => ShoppingState::NotSent(failure),
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
