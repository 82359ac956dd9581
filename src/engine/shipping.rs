//! What a person sees of the shipments on their way, and why nothing is sent when nothing is; the part of the
//! snapshot that changes most often.

use std::sync::Arc;

use super::ahead::Ahead;
use crate::domain::{CallFailure, ClaimsTrouble, Shipment, Timestamp};

/// Shipments on their way.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Whether anything is sent now, and if not, why.
    pub gate: Gate,
    /// Waiting to be sent.
    pub queued: usize,
    /// Waiting until WeChat shows the order.
    pub waiting: usize,
    /// Being sent.
    pub sending: usize,
    /// Not known whether they arrived.
    pub unclear: usize,
    /// For a person.
    pub needs_person: usize,
    /// Refused by WeChat and not dropped yet.
    pub rejected: usize,
    /// Shipped since the program was started.
    pub shipped: usize,
    /// Shipped and still held here, in earlier runs too.
    pub shipped_held: usize,
    /// Taken back and still held here.
    pub cancelled: usize,
    /// Of these, seen at WeChat in a later reading.
    pub confirmed: usize,
    /// Accepted by WeChat and not read again yet.
    pub to_confirm: usize,
    /// Accepted by WeChat; reading them again failed or showed nothing of them.
    pub unconfirmed: usize,
    /// Open shipments, those for a person, and the newest that ended; at most a thousand, newest first.
    pub rows: Arc<[Arc<Shipment>]>,
    /// Calls per second at which it works now.
    pub calls_per_sec: f64,
    /// How long the rest will take at this pace, in seconds.
    pub remaining_secs: Option<u64>,
    /// The waiting times in force and the next moments.
    pub ahead: Ahead,
    /// Uploads that WeChat still takes today, when it has said so.
    pub uploads_left: Option<CallsLeft>,
    /// Reads of single orders that WeChat still answers today, when it has said so.
    pub reads_left: Option<CallsLeft>,
}

/// How often a call may still be made today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallsLeft {
    /// As far as we know; others use the same quota.
    pub remain: i64,
    /// Calls per day.
    pub daily_limit: i64,
}

/// Whether anything is sent now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    #[default]
    Open,
    /// A person paused it.
    Paused,
    /// The program ended in the middle of this; one click goes on.
    Interrupted,
    /// A batch waits for the person to change their mind.
    Holding {
        /// Until then.
        until: Timestamp,
    },
    /// The folder is new or was restored; looks only.
    Quarantine {
        /// Until then.
        until: Timestamp,
    },
    /// Nothing can work until the account is repaired.
    Account(CallFailure),
    /// The daily quota is used up.
    DailyQuota {
        /// Until then.
        until: Timestamp,
    },
    /// WeChat or the network does not answer; tried again by itself.
    Recovering {
        /// At this moment.
        until: Timestamp,
    },
    /// The team's folder cannot be asked whose an order is.
    Claims {
        /// Why.
        trouble: ClaimsTrouble,
        /// Tried again by itself at this moment.
        until: Timestamp,
        /// Tries so far.
        tries: u32,
    },
    /// The journal cannot be written: nothing more is sent.
    StoreFailed,
}
