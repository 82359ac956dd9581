//! What is known of WeChat's push messages: which came, which came again, and which were refused; apart from the commands
//! so that every order of arrival is tried without a store or a socket.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::{
    CallFailure, EventKey, EventKind, OrderState, PushEvent, PushPhase, PushRefusal, Timestamp,
};

/// Messages that are shown; of more the oldest leave the list.
pub(super) const SHOWN: usize = 500;
/// Messages that are kept within one day; what comes beyond it still causes its look.
const MOST_KEPT_A_DAY: usize = 20_000;
/// Names of messages that are remembered, so that a repetition is known as one.
const REMEMBERED: usize = 5_000;
/// Orders that wait for their look; of more the oldest give way, and the list of orders finds them.
const MOST_WAITING: usize = 1_000;
/// How often the same reason of a refusal is written down.
const REFUSALS_EVERY: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// A look that failed is made so often.
const LOOKS: u32 = 3;

/// How a message came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventWay {
    /// A relay passed it on, and its signature was right.
    Pushed,
    /// A person pasted it.
    Pasted,
    /// It stood in a file.
    File,
}

/// What WeChat showed for its order afterwards; that, and not the message, is what counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventLook {
    /// It is about no order.
    Nothing,
    /// Not looked at yet.
    Waiting,
    /// Looked at.
    Seen {
        /// The state of the order.
        state: OrderState,
        /// When.
        at: Timestamp,
    },
    /// WeChat does not show the order.
    NotFound,
    /// It could not be looked at.
    Failed(CallFailure),
}

/// One message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// What it says.
    pub event: PushEvent,
    /// When it was taken.
    pub received_at: Timestamp,
    /// How it came.
    pub way: EventWay,
    /// What WeChat showed afterwards.
    pub look: EventLook,
}

/// The door for a relay, as the shells see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiverView {
    /// A person has switched it on.
    pub on: bool,
    /// The port on this computer.
    pub port: u16,
    /// The Token is at hand.
    pub has_token: bool,
    /// The EncodingAESKey is at hand: messages must be encrypted.
    pub has_aes_key: bool,
    /// Whether it works.
    pub standing: ReceiverStanding,
}

/// Whether the door is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReceiverStanding {
    /// Nobody wants it, or nobody is there who sees what comes.
    #[default]
    Closed,
    /// There is no Token.
    NoToken,
    /// Being opened.
    Opening,
    /// Open at this port.
    Open(u16),
    /// The port is taken by another program.
    PortTaken,
}

/// Why the settings of the door were not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiverTrouble {
    /// There is no account that the messages could be about.
    NoAccount,
    /// The Token has not 3 to 32 letters and digits.
    Token,
    /// The EncodingAESKey has not the 43 characters of one.
    AesKey,
}

/// Everything about push messages that a person may see.
#[derive(Clone, Debug, Default)]
pub struct EventsView {
    /// The newest messages, by the time at which WeChat made them.
    pub list: Arc<[Arc<EventRecord>]>,
    /// Deliveries that were refused since the program was started, by their reason.
    pub refused: Vec<(PushRefusal, u64)>,
    /// Repetitions since the program was started.
    pub repeated: u64,
    /// Messages about something else since the program was started.
    pub others: u64,
    /// The door for a relay.
    pub receiver: ReceiverView,
}

/// An order that a message asks to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) event: PushEvent,
    pub(super) tries: u32,
}

/// The messages of one account.
#[derive(Debug, Default)]
pub(super) struct Events {
    list: VecDeque<Arc<EventRecord>>,
    seen: BTreeSet<EventKey>,
    order_of_seen: VecDeque<EventKey>,
    refused: BTreeMap<PushRefusal, u64>,
    told: BTreeMap<PushRefusal, Timestamp>,
    pub(super) repeated: u64,
    pub(super) others: u64,
    day_began: Timestamp,
    kept_today: usize,
    pub(super) waiting: VecDeque<Wanted>,
    pub(super) looking: Option<Wanted>,
    /// No look before this moment.
    pub(super) rests_until: Option<Timestamp>,
}

impl Events {
    /// It came before.
    pub(super) fn knows(&self, event: &PushEvent) -> bool {
        self.seen.contains(&event.key())
    }

    /// One more may be written down today.
    pub(super) fn may_keep(&mut self, now: Timestamp) -> bool {
        if now.since(self.day_began) >= DAY {
            self.day_began = now;
            self.kept_today = 0;
        }
        self.kept_today = self.kept_today.saturating_add(1);
        self.kept_today <= MOST_KEPT_A_DAY
    }

    /// Takes a message at its place by WeChat's time, whenever it came.
    pub(super) fn put(&mut self, record: EventRecord) {
        let key = record.event.key();
        if self.seen.insert(key.clone()) {
            self.order_of_seen.push_back(key);
        }
        while self.order_of_seen.len() > REMEMBERED {
            if let Some(oldest) = self.order_of_seen.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        let at = self
            .list
            .partition_point(|known| newer(&known.event, &record.event));
        self.list.insert(at, Arc::new(record));
        self.list.truncate(SHOWN);
    }

    /// Its order is to be looked at.
    pub(super) fn want(&mut self, event: PushEvent) {
        let is_there = |known: &Wanted| known.event.order_key() == event.order_key();
        if event.order_key().is_none() || self.waiting.iter().any(is_there) {
            return;
        }
        if self.waiting.len() >= MOST_WAITING {
            self.waiting.pop_front();
        }
        self.waiting.push_back(Wanted { event, tries: 0 });
    }

    /// A look has failed for a reason that a moment can cure: it is made again.
    pub(super) fn want_again(&mut self, wanted: Wanted) -> bool {
        let tries = wanted.tries.saturating_add(1);
        if tries < LOOKS {
            self.waiting.push_back(Wanted { tries, ..wanted });
        }
        tries < LOOKS
    }

    /// What WeChat showed for an order stands at all messages about it.
    pub(super) fn looked(&mut self, event: &PushEvent, look: &EventLook) {
        let key = event.order_key();
        for record in &mut self.list {
            if record.event.order_key() == key {
                Arc::make_mut(record).look = look.clone();
            }
        }
    }

    /// A delivery was refused; `true` when that is to be written down.
    pub(super) fn refuse(&mut self, refusal: PushRefusal, now: Timestamp) -> bool {
        let count = self.refused.entry(refusal).or_default();
        *count = count.saturating_add(1);
        let is_news = self
            .told
            .get(&refusal)
            .is_none_or(|told| now.since(*told) >= REFUSALS_EVERY);
        if is_news {
            self.told.insert(refusal, now);
        }
        is_news
    }

    /// How often that was since the start.
    pub(super) fn refused(&self, refusal: PushRefusal) -> u64 {
        self.refused.get(&refusal).copied().unwrap_or_default()
    }

    /// What the shells see.
    pub(super) fn view(&self, receiver: ReceiverView) -> EventsView {
        EventsView {
            list: self.list.iter().cloned().collect(),
            refused: self.refused.iter().map(|(why, count)| (*why, *count)).collect(),
            repeated: self.repeated,
            others: self.others,
            receiver,
        }
    }
}

/// The order of the list: newest first; within one second what comes later in the life of an order stands above.
fn newer(a: &PushEvent, b: &PushEvent) -> bool {
    let rank = |event: &PushEvent| match (event.event, event.phase()) {
        (EventKind::RemindAccess, _) => 0,
        (EventKind::RemindShipping, _) => 1,
        (EventKind::Settlement, None | Some(PushPhase::Shipped)) => 2,
        (EventKind::Settlement, Some(PushPhase::Received)) => 3,
        (EventKind::Settlement, Some(PushPhase::Settled)) => 4,
    };
    let place = |event: &PushEvent| (event.create_time, rank(event), event.key());
    place(a) > place(b)
}

#[cfg(test)]
#[path = "events_state_tests.rs"]
mod tests;
