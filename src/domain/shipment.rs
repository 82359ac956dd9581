//! The life of one shipment: every state, every event, and one function that says what follows from what.
//!
//! The promise of the program rests here: nothing is sent without a look just before it, nothing unclear is
//! sent again before it was looked at, and only a person spends the single re-shipment.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{CallFailure, Claimant, FailureKind, Intent, Look, Timestamp};

/// Number of a shipment in the journal; never used twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShipmentId(pub i64);

/// Where a shipment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Durable, nothing sent (or proved not executed).
    Queued,
    /// WeChat does not know the order yet; asked again on a ladder of waits.
    Waiting,
    /// Bytes may have left.
    Sending,
    /// The outcome is not known: looked at before anything else happens.
    Unclear(Doubt),
    /// WeChat holds it.
    Shipped {
        /// It was found there by a look instead of being confirmed by an answer.
        found: bool,
    },
    /// WeChat said no and holds nothing of it.
    Rejected(Refusal),
    /// Only a person can decide.
    NeedsPerson(Why),
    /// A person took it back before it was sent.
    Cancelled,
}

impl State {
    /// The order is taken by this shipment: no second one may be queued.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Queued | Self::Waiting | Self::Sending | Self::Unclear(_)
        )
    }

    /// The stable word for the journal and for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Unclear(_) => "unclear",
            Self::Shipped { .. } => "shipped",
            Self::Rejected(_) => "rejected",
            Self::NeedsPerson(_) => "needs_person",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why the outcome is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// No complete or readable answer, or one that does not say whether it was done.
    Failure(CallFailure),
    /// An answer about the order's state, perhaps about our own first try: 10060002, 10060003, 10060023,
    /// 268440065, 268485216.
    Compare {
        /// WeChat's code.
        errcode: i64,
        /// WeChat's request id.
        rid: Option<String>,
    },
    /// The program ended while it was being sent.
    Restart,
}

/// WeChat's no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// WeChat's code; 0 when a look showed the reason (refunded).
    pub errcode: i64,
    /// WeChat's request id.
    pub rid: Option<String>,
    /// The order is refunded.
    pub refunded: bool,
}

/// Why a person must decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The order was shipped with other parcels by somebody else.
    ShippedElsewhere,
    /// Ours and others' parcels are mixed.
    Ambiguous,
    /// A delivery without a courier stands there, but nothing proves that it is ours.
    Unproven,
    /// Our parcels are there, but the correction was spent without our doing.
    Race,
    /// Looked at, untouched and sent again three times.
    ThreeAttempts,
    /// WeChat has not shown the order for 24 hours.
    NotVisible,
    /// WeChat says that the upload's time is not newer than what it has, yet shows nothing of ours.
    TimeNotAccepted,
    /// The order is in a state that this program does not know.
    StateUnknown,
    /// The stored record does not match its hash: it is not sent.
    RecordDamaged,
    /// A part of a combined order whose other parts ended another way: they can no longer go out together.
    CombinedInPart,
    /// A colleague's computer has claimed the order: nothing is sent from here.
    ClaimedElsewhere(Claimant),
}

/// A proved "not executed", with what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// No connection was made.
    Connection,
    /// The token was refused; the client has fetched a new one or given up.
    Token,
    /// Too many calls in a second (44990).
    Second,
    /// Too many calls in a minute (45011, HTTP 429).
    Minute,
    /// The daily quota is used up (45009).
    Day,
    /// Nothing can work until a person changes the account.
    Account(CallFailure),
}

/// What an upload's answer means; the table is in `wechat::outcome` (reliability 2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `errcode` is the integer 0.
    Accepted,
    /// A no that is about this request.
    Refused(Refusal),
    /// Certainly not executed.
    NotProcessed(Hold),
    /// WeChat does not know the order (10060001).
    NotVisible,
    /// Everything else.
    Unclear(Doubt),
}

/// What a person decides about a shipment that stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// What WeChat shows is right.
    AcceptAsItIs,
    /// Try it again, with a new `upload_time`; still looked at first.
    TryAgain,
    /// Give it up.
    Drop,
    /// Take a colleague's claim over and send it from here; waits until nothing of theirs can be under way.
    TakeOver,
}

/// What happens to a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The order was read.
    Looked(Look),
    /// The order could not be read.
    LookFailed(FailureKind),
    /// The upload was answered, or not.
    Answered(Answer),
    /// The program was started and found this shipment.
    Restarted,
    /// A colleague's computer holds the order.
    Claimed(Claimant),
    /// It belongs to a combined order, and another part of that can no longer be sent with it.
    GroupBroken,
    /// A person takes it back.
    Cancelled,
    /// A person decides.
    Decided(Decision),
}

/// The waiting times. Tests against a loopback server shorten them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// From an unclear answer to the first look.
    pub first_look: Duration,
    /// Between looks that prove nothing yet.
    pub look_again: Duration,
    /// How long "not there" proves nothing: client time-out + server lateness + stale reads (D3).
    pub quiet: Duration,
    /// From the first look that counts to the second.
    pub second_look: Duration,
    /// The waits for an order that WeChat does not show yet; the last one repeats.
    pub ladder: [Duration; 6],
    /// After this an invisible order is a person's.
    pub give_up_waiting: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        let minutes = Duration::from_mins;
        Self {
            first_look: Duration::from_secs(2),
            look_again: Duration::from_secs(10),
            quiet: Duration::from_mins(1),
            second_look: Duration::from_secs(10),
            ladder: [1, 2, 5, 15, 30, 60].map(minutes),
            give_up_waiting: Duration::from_hours(24),
        }
    }
}

impl Policy {
    /// All waits of an unclear answer divided so that the quiet time is `quiet`.
    #[must_use]
    pub fn shortened(quiet: Duration) -> Self {
        let usual = Self::default();
        let scale = |span: Duration| span.mul_f64(quiet.as_secs_f64() / usual.quiet.as_secs_f64());
        Self {
            first_look: scale(usual.first_look),
            look_again: scale(usual.look_again),
            quiet,
            second_look: scale(usual.second_look),
            ladder: usual.ladder.map(scale),
            give_up_waiting: scale(usual.give_up_waiting),
        }
    }
}

/// Tries of one intent before a person is asked.
pub const MAX_ATTEMPTS: u8 = 3;
/// Looks after the quiet time that must show nothing before an unclear shipment counts as not there.
pub const COUNTING_LOOKS: u8 = 2;

/// One shipment as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Its number.
    pub id: ShipmentId,
    /// What WeChat should hold; never edited.
    pub intent: Arc<Intent>,
    /// Where it stands.
    pub state: State,
    /// When it entered this state.
    pub since: Timestamp,
    /// Sends that may have reached WeChat.
    pub attempts: u8,
    /// The time in the body, fixed at the first send and the same on every resend (D4). Without a body's hash it is
    /// that of a try under an earlier decision, which may still land.
    pub upload_time: Option<Timestamp>,
    /// Hash of the body of the first send; a resend must have the same.
    pub body_sha256: Option<String>,
    /// The look before the first send.
    pub baseline: Option<Look>,
    /// Looks after the quiet time that showed nothing of ours.
    pub pending_looks: u8,
    /// Steps taken on the ladder of waits.
    pub wait_steps: u8,
    /// Nothing happens to it before this moment.
    pub not_before: Timestamp,
    /// When WeChat starts to count the order as late: the order of sending.
    pub deadline: Timestamp,
    /// When it was queued.
    pub queued_at: Timestamp,
}

/// The two clocks of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// This computer's time; only differences of it matter.
    pub local: Timestamp,
    /// WeChat's time as far as it is known; stamps are made from it.
    pub server: Timestamp,
}

/// The pair of state and event is not in the table; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shipment that is {state} does not take the event {event}")]
pub struct InvalidTransition {
    /// The state's word.
    pub state: &'static str,
    /// The event's word.
    pub event: &'static str,
}

impl Shipment {
    /// A new shipment, not sent before `not_before` (the hold window).
    pub fn queued(
        id: ShipmentId,
        intent: Arc<Intent>,
        deadline: Timestamp,
        now: Timestamp,
        not_before: Timestamp,
    ) -> Self {
        Self {
            id,
            intent,
            state: State::Queued,
            since: now,
            attempts: 0,
            upload_time: None,
            body_sha256: None,
            baseline: None,
            pending_looks: 0,
            wait_steps: 0,
            not_before,
            deadline,
            queued_at: now,
        }
    }

    /// A request of it may have reached WeChat, under this decision or under an earlier one.
    pub fn may_have_been_sent(&self) -> bool {
        self.attempts > 0 || (self.upload_time.is_some() && self.body_sha256.is_none())
    }

    /// The same shipment in another state, entered now.
    pub(super) fn to(&self, state: State, now: Now) -> Self {
        Self {
            state,
            since: now.local,
            not_before: now.local,
            pending_looks: 0,
            ..self.clone()
        }
    }

    /// The same, with nothing happening to it for a while.
    pub(super) fn after(mut self, wait: Duration) -> Self {
        self.not_before = self.not_before.plus(wait);
        self
    }
}

impl Event {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Looked(_) => "looked",
            Self::LookFailed(_) => "look failed",
            Self::Answered(_) => "answered",
            Self::Restarted => "restarted",
            Self::Claimed(_) => "claimed",
            Self::GroupBroken => "group broken",
            Self::Cancelled => "cancelled",
            Self::Decided(_) => "decided",
        }
    }
}
