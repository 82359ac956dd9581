//! What happened, as it is kept and as people read it: entries of the journal, changes that WeChat showed, lines of
//! the history, and what of them can be asked for. Only facts; the words are elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    CallFailure, Claimant, Decision, Doubt, ErrandKind, ErrandState, Intent, Order, OrderState, ParcelId,
    PushEvent, ShipmentId, Timestamp, TransactionId,
};

/// One thing that happened to a shipment. Nothing here may hold a secret, a payer or a full phone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum JournalEntry {
    /// It was queued; written with the intent itself.
    Queued {
        /// Hex SHA-256 of the intent as it is kept: the chain also covers what is to be sent.
        intent_sha256: String,
    },
    /// The order was read.
    Looked {
        /// The stable word of what the look proves.
        verdict: String,
        /// `finish_shipping_count` that it showed.
        finish_count: i64,
    },
    /// The order could not be read.
    LookFailed {
        /// Why.
        failure: CallFailure,
    },
    /// An upload is about to leave; durable before its first byte does.
    Sending {
        /// Which try, from 1.
        attempt: u8,
        /// Hex SHA-256 of the body.
        body_sha256: String,
        /// The time in the body.
        upload_time: Timestamp,
    },
    /// The upload was answered, or not.
    Answered {
        /// The stable word of what the answer means.
        class: String,
        /// WeChat's code, when there was one.
        errcode: Option<i64>,
        /// HTTP status, when there was one.
        http_status: Option<u16>,
        /// WeChat's request id, when there was one.
        rid: Option<String>,
        /// How long the call took, in milliseconds.
        millis: u64,
    },
    /// The outcome is not known.
    Unclear {
        /// Why.
        doubt: Doubt,
    },
    /// A person decided.
    Decided {
        /// What.
        decision: Decision,
    },
    /// A person took it back.
    Cancelled,
    /// The program was started and found it.
    Restarted,
    /// The team's folder was asked for the order.
    Claimed {
        /// The stable word of the answer: `ours`, `taken_over` or `theirs`.
        answer: String,
        /// Whose it is, when it is not ours.
        holder: Option<Claimant>,
    },
}

impl JournalEntry {
    /// The stable word of the entry.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "queued",
            Self::Looked { .. } => "looked",
            Self::LookFailed { .. } => "look_failed",
            Self::Sending { .. } => "sending",
            Self::Answered { .. } => "answered",
            Self::Unclear { .. } => "unclear",
            Self::Decided { .. } => "decided",
            Self::Cancelled => "cancelled",
            Self::Restarted => "restarted",
            Self::Claimed { .. } => "claimed",
        }
    }

    /// It was a person and not the program.
    pub fn is_by_a_person(&self) -> bool {
        matches!(self, Self::Queued { .. } | Self::Decided { .. } | Self::Cancelled)
    }

    /// HTTP status, when there was an answer.
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Answered { http_status, .. } => *http_status,
            Self::LookFailed { failure } => failure.http_status,
            Self::Queued { .. }
            | Self::Looked { .. }
            | Self::Sending { .. }
            | Self::Unclear { .. }
            | Self::Decided { .. }
            | Self::Cancelled
            | Self::Restarted
            | Self::Claimed { .. } => None,
        }
    }

    /// WeChat's code and request id.
    pub fn code(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Self::Answered { errcode, rid, .. } => (*errcode, rid.as_deref()),
            Self::LookFailed { failure } => (failure.errcode, failure.rid.as_deref()),
            Self::Queued { .. }
            | Self::Looked { .. }
            | Self::Sending { .. }
            | Self::Unclear { .. }
            | Self::Decided { .. }
            | Self::Cancelled
            | Self::Restarted
            | Self::Claimed { .. } => (None, None),
        }
    }
}

/// What of an order can change, without what belongs to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Where it stands.
    pub state: OrderState,
    /// All parcels are reported.
    pub finished: bool,
    /// `finish_shipping_count`: 2 when the correction is spent.
    pub finish_count: i64,
    /// A dispute is open.
    pub in_complaint: bool,
    /// The parcels with a tracking number.
    pub parcels: BTreeSet<ParcelId>,
}

impl Facts {
    /// What an order shows.
    pub fn of(order: &Order) -> Self {
        let shipping = &order.shipping;
        Self {
            state: order.state,
            finished: shipping.finish_shipping,
            finish_count: shipping.finish_shipping_count,
            in_complaint: order.in_complaint,
            parcels: shipping
                .parcels
                .iter()
                .filter(|parcel| !parcel.tracking_no.trim().is_empty())
                .map(|parcel| ParcelId::new(&parcel.express_company, &parcel.tracking_no))
                .collect(),
        }
    }
}

/// An order that WeChat shows otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What it showed before.
    pub before: Facts,
    /// What it shows now.
    pub now: Facts,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub kind: HistoryKind,
    /// The order, when it is about one.
    pub order: Option<TransactionId>,
    /// The shipment, when it happened to one.
    pub shipment: Option<ShipmentId>,
    /// What was to be sent with it.
    pub intent: Option<Arc<Intent>>,
    /// Where it came from, when that was a file.
    pub file: Option<FromFile>,
    /// Who did it; empty for what the program did by itself, and for what was written before names were.
    pub by: String,
    /// What happened.
    pub happened: Happened,
    /// WeChat's answer as it came, masked and cut; empty when there was none or it was not kept.
    pub raw: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// Something with a shipment.
    Record {
        /// Sends that may have reached WeChat by then.
        attempt: u8,
        /// What.
        entry: JournalEntry,
    },
    /// A person or the program did something that is about no single order.
    Did {
        /// A stable word.
        what: String,
        /// Masked details.
        details: Details,
    },
    /// WeChat showed an order otherwise than before.
    Changed(Changed),
    /// An errand has come into another state.
    Errand {
        /// What was asked for.
        errand: ErrandKind,
        /// Where it stood from then on.
        state: ErrandState,
    },
}

impl Happened {
    /// WeChat's code and request id.
    pub fn code(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Self::Record { entry, .. } => entry.code(),
            Self::Errand { state, .. } => state.code(),
            Self::Did { .. } | Self::Changed(_) => (None, None),
        }
    }
}

/// Details by their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details(pub Value);

impl Details {
    /// A text.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// The pushed message that it is about.
    pub fn event(&self) -> Option<PushEvent> {
        serde_json::from_value(self.0.clone()).ok()
    }

    /// The kind of errand that it is about.
    pub fn errand(&self) -> Option<ErrandKind> {
        serde_json::from_value(self.0.get("errand")?.clone()).ok()
    }

    /// A count.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }
}

/// The file that a line came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromFile {
    /// The number of its import.
    pub batch: i64,
    /// Its name without its folder.
    pub name: String,
    /// Its rows that became this shipment, as a spreadsheet numbers them; empty when it is about the whole file.
    pub rows: Vec<u32>,
}

/// What a line of the history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HistoryKind {
    /// A shipment: queued, answered, looked at.
    Shipment,
    /// A person decided or took something back.
    Person,
    /// A file was sent or written.
    File,
    /// A reminder or a report of a special order.
    Errand,
    /// WeChat showed an order otherwise than before, or has pushed a message about it.
    WeChat,
    /// Accounts, settings, recoveries.
    Program,
}

impl HistoryKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Shipment,
        Self::Person,
        Self::File,
        Self::Errand,
        Self::WeChat,
        Self::Program,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shipment => "shipment",
            Self::Person => "person",
            Self::File => "file",
            Self::Errand => "errand",
            Self::WeChat => "wechat",
            Self::Program => "program",
        }
    }

    /// The kind of a word; what is not known is about the program.
    pub fn of(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .unwrap_or(Self::Program)
    }
}

/// A number of which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// Of an order, WeChat's or the shop's.
    Order,
    /// Of a parcel.
    Parcel,
    /// WeChat's request id.
    Rid,
}

impl NumberKind {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Parcel => "parcel",
            Self::Rid => "rid",
        }
    }
}

/// What of the history is wanted; what is empty does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Words that must all occur.
    pub text: String,
    /// Exactly this number.
    pub number: Option<(NumberKind, String)>,
    /// Files whose name has this in it.
    pub file: String,
    /// Only this kind.
    pub kind: Option<HistoryKind>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}
