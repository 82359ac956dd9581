//! Errands: what is asked of WeChat for one order besides its shipping: the reminder to confirm receipt (V) and the
//! reports of pre-sales and test orders (X). Each is written down before it leaves, looked at before it is sent, and
//! never sent again without another look; apart from shipments because WeChat shows nothing of an errand afterwards.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Doubt, Order, OrderState, Refusal, Timestamp, TransactionId};

/// Days after the payment that a pre-sale's date must be later than.
pub const PRE_SALE_AFTER_DAYS: u64 = 15;
/// Days after the payment up to which a pre-sale's date may lie, that day's second included.
pub const PRE_SALE_UP_TO_DAYS: u64 = 330;
/// How far ahead of WeChat's clock a time of signing may be.
const SIGNED_AHEAD: Duration = Duration::from_hours(24);
/// Steps that are remembered of one errand.
const TRAIL: usize = 40;

/// Number of an errand; never used twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ErrandId(pub i64);

/// What is asked for; never edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ErrandKind {
    /// Remind the buyer to confirm receipt; once for each order.
    Remind {
        /// When the parcel was signed for; whole seconds on the wire, shown to the buyer.
        received_at: Timestamp,
    },
    /// Report a pre-sale: it is shipped later than usual.
    PreSale {
        /// When it will be shipped at the latest; whole seconds on the wire, told to the buyer.
        delay_to: Timestamp,
    },
    /// Report a test order: it is never shipped.
    TestOrder,
}

impl ErrandKind {
    /// The stable word for the journal and for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Remind { .. } => "remind",
            Self::PreSale { .. } => "pre_sale",
            Self::TestOrder => "test_order",
        }
    }

    /// An order has at most one open errand of a family.
    pub fn family(self) -> &'static str {
        match self {
            Self::Remind { .. } => "remind",
            Self::PreSale { .. } | Self::TestOrder => "report",
        }
    }

    /// It is a reminder.
    pub fn is_reminder(self) -> bool {
        matches!(self, Self::Remind { .. })
    }

    /// Whether an order allows it, as WeChat shows the order; `now` is WeChat's time.
    ///
    /// # Errors
    /// Why not.
    pub fn check(self, order: &Order, now: Timestamp) -> Result<(), ErrandWhy> {
        match order.state {
            OrderState::Refunded => return Err(ErrandWhy::Refunded),
            OrderState::Unknown(_) => return Err(ErrandWhy::UnknownState),
            OrderState::ToShip
            | OrderState::Shipped
            | OrderState::Received
            | OrderState::Complete
            | OrderState::AwaitingSettlement => {}
        }
        match self {
            Self::Remind { received_at } => can_remind(order, received_at, now),
            Self::PreSale { delay_to } => {
                is_waiting(order)?;
                pre_sale_window(order.pay_time, delay_to)
            }
            Self::TestOrder => is_waiting(order),
        }
    }
}

fn can_remind(order: &Order, received_at: Timestamp, now: Timestamp) -> Result<(), ErrandWhy> {
    match order.state {
        OrderState::Shipped if !order.partly_shipped() => {}
        OrderState::Received | OrderState::Complete | OrderState::AwaitingSettlement => {
            return Err(ErrandWhy::Received);
        }
        OrderState::ToShip | OrderState::Shipped | OrderState::Refunded | OrderState::Unknown(_) => {
            return Err(ErrandWhy::NotShipped);
        }
    }
    if order.shipping.logistics_type != 1 {
        return Err(ErrandWhy::NotExpress);
    }
    let shipped_at = order.shipped_at();
    if shipped_at.is_some_and(|shipped| received_at.secs() <= shipped.secs()) {
        return Err(ErrandWhy::SignedTooEarly);
    }
    if received_at.secs() > now.plus(SIGNED_AHEAD).secs() {
        return Err(ErrandWhy::SignedTooLate);
    }
    Ok(())
}

/// Nothing of it was shipped yet.
fn is_waiting(order: &Order) -> Result<(), ErrandWhy> {
    if order.state == OrderState::ToShip && order.shipping.parcels.is_empty() {
        Ok(())
    } else {
        Err(ErrandWhy::NotWaiting)
    }
}

/// More than 15 days after the payment and at most 330, to the second.
fn pre_sale_window(paid: Timestamp, delay_to: Timestamp) -> Result<(), ErrandWhy> {
    let (first, last) = pre_sale_bounds(paid);
    if delay_to.secs() < first.secs() {
        Err(ErrandWhy::DateTooEarly)
    } else if delay_to.secs() > last.secs() {
        Err(ErrandWhy::DateTooLate)
    } else {
        Ok(())
    }
}

/// The first and the last second to which an order that was paid then may be put off.
pub fn pre_sale_bounds(paid: Timestamp) -> (Timestamp, Timestamp) {
    let paid = Timestamp::from_secs(paid.secs());
    let days = |days: u64| Duration::from_secs(days.saturating_mul(86_400));
    let first = paid.plus(days(PRE_SALE_AFTER_DAYS)).plus(Duration::from_secs(1));
    (first, paid.plus(days(PRE_SALE_UP_TO_DAYS)))
}

/// The end of a day in China, as the last moment of a pre-sale; not later than the last one that these orders allow,
/// when that is on the same day.
pub fn pre_sale_moment(day: Timestamp, paid: impl IntoIterator<Item = Timestamp>) -> Timestamp {
    let end = day
        .plus(Duration::from_millis(1))
        .next_china_midnight()
        .minus(Duration::from_secs(1));
    let last = paid.into_iter().map(|paid| pre_sale_bounds(paid).1).min();
    match last {
        Some(last) if last >= day && last < end => last,
        Some(_) | None => end,
    }
}

/// Why an errand was not sent, or why only a person can go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrandWhy {
    /// The order is refunded.
    Refunded,
    /// The order is in a state that this program does not know.
    UnknownState,
    /// A reminder: not everything is shipped yet.
    NotShipped,
    /// A reminder: it was not sent by a courier.
    NotExpress,
    /// A reminder: the buyer has confirmed, or the time was up.
    Received,
    /// A reminder: the signing is not later than the shipping.
    SignedTooEarly,
    /// A reminder: the signing lies in the future.
    SignedTooLate,
    /// A reminder of this order was sent from here before.
    Reminded,
    /// A report: the order does not wait for shipment any more.
    NotWaiting,
    /// A pre-sale: not more than 15 days after the payment.
    DateTooEarly,
    /// A pre-sale: more than 330 days after the payment.
    DateTooLate,
    /// Another one of its family is under way for this order, or a shipment is.
    UnderWay,
    /// WeChat has not shown the order for a day.
    NotVisible,
    /// It was sent without an answer, and nothing that WeChat shows tells whether it arrived.
    Unproven,
    /// Sent three times without an answer.
    ThreeAttempts,
}

/// How an errand came to its good end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrandEnd {
    /// WeChat accepted it.
    Accepted,
    /// WeChat says that the reminder of this order is used: by an earlier try of ours, or by somebody else.
    Used,
    /// A person says that it is done.
    ByPerson,
}

/// Where an errand stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrandState {
    /// Durable; nothing sent, or proved not executed, or to be sent again.
    Queued,
    /// Bytes may have left.
    Sending,
    /// The outcome is not known.
    Unclear(Doubt),
    /// Done.
    Done(ErrandEnd),
    /// WeChat said no.
    Refused(Refusal),
    /// The order does not allow it; it was not sent because of that.
    Stopped(ErrandWhy),
    /// Only a person can decide.
    NeedsPerson(ErrandWhy),
    /// A person took it back or gave it up.
    Cancelled,
}

impl ErrandState {
    /// It is under way: no second one of its family may be queued for the order.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unclear(_))
    }

    /// WeChat's code and request id, where an answer led here.
    pub fn code(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Self::Refused(refusal) => (Some(refusal.errcode), refusal.rid.as_deref()),
            Self::Unclear(Doubt::Failure(failure)) => (failure.errcode, failure.rid.as_deref()),
            Self::Unclear(Doubt::Compare { errcode, rid }) => (Some(*errcode), rid.as_deref()),
            Self::Unclear(Doubt::Restart)
            | Self::Queued
            | Self::Sending
            | Self::Done(_)
            | Self::Stopped(_)
            | Self::NeedsPerson(_)
            | Self::Cancelled => (None, None),
        }
    }

    /// The stable word for the journal and for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unclear(_) => "unclear",
            Self::Done(_) => "done",
            Self::Refused(_) => "refused",
            Self::Stopped(_) => "stopped",
            Self::NeedsPerson(_) => "needs_person",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One errand as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Its number.
    pub id: ErrandId,
    /// The order.
    pub transaction_id: TransactionId,
    /// What is asked for.
    pub kind: ErrandKind,
    /// Where it stands.
    pub state: ErrandState,
    /// When it entered this state.
    pub since: Timestamp,
    /// Sends that may have reached WeChat.
    pub attempts: u8,
    /// Steps taken on the ladder of waits.
    pub waits: u8,
    /// Nothing happens to it before this moment.
    pub not_before: Timestamp,
    /// When it was queued, or last queued again by a person.
    pub queued_at: Timestamp,
    /// The states it has been in, oldest first.
    pub trail: Vec<(Timestamp, ErrandState)>,
}

impl Errand {
    /// A new errand.
    pub fn queued(id: ErrandId, transaction_id: TransactionId, kind: ErrandKind, now: Timestamp) -> Self {
        Self {
            id,
            transaction_id,
            kind,
            state: ErrandState::Queued,
            since: now,
            attempts: 0,
            waits: 0,
            not_before: now,
            queued_at: now,
            trail: vec![(now, ErrandState::Queued)],
        }
    }

    /// It is in line, and WeChat did not show its order when it was last asked.
    pub fn waits_for_order(&self) -> bool {
        self.state == ErrandState::Queued && self.waits > 0
    }

    /// The same errand in another state, entered at `now`.
    pub(super) fn to(&self, state: ErrandState, now: Timestamp) -> Self {
        let mut trail = self.trail.clone();
        if trail.len() < TRAIL {
            trail.push((now, state.clone()));
        }
        Self {
            state,
            since: now,
            not_before: now,
            trail,
            ..self.clone()
        }
    }

    /// The same, with nothing happening to it for a while.
    pub(super) fn after(mut self, wait: Duration) -> Self {
        self.not_before = self.not_before.plus(wait);
        self
    }
}

#[cfg(test)]
#[path = "errand_tests.rs"]
pub(super) mod tests;
