//! WeChat's push messages in the loop: each is written down once and causes a look at its order, and nothing else. What
//! it says is never taken for the order's state.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::Notice;
use super::command::EventsAsk;
use super::events_state::{EventLook, EventRecord, EventWay, Events};
use super::jobs::JobDone;
use super::notice::EventsSaid;
use super::quota::Api;
use super::run::Engine;
use crate::domain::{EventKind, FailureKind, OrderAnswer, OrderNumber, PushEvent, PushRefusal, Timestamp};
use crate::events::{Pasted, Read, read_pasted};

/// The token of look-ups that a message has caused.
pub(super) const FOR_EVENT: u64 = u64::MAX;
/// The word of a message, and of a refused one, among what people did.
const EVENT: &str = "event";
const REFUSED: &str = "event_refused";
/// After a look that failed the next waits so long.
const REST: Duration = Duration::from_secs(30);
/// Orders of earlier messages that are looked at after a start.
const LEFT_OVER: usize = 200;
/// Bytes of a file with messages at most; what is longer is refused by the reader.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024 + 1;

/// What a job about push messages brings back.
#[derive(Debug)]
pub enum EventsDone {
    /// A file was read.
    FileRead(Result<String, PushRefusal>),
    /// A relay has passed something on.
    Delivered(Box<crate::events::receiver::Delivery>),
    /// The keyring has answered about Token and EncodingAESKey.
    Keys(Option<super::Secret>, Option<super::Secret>),
    /// They were sealed for an account, or could not be; with their fields.
    Sealed(super::AccountId, Vec<(&'static str, Option<Vec<u8>>)>),
    /// The door is open at a port, or the port is taken.
    Door(u64, Option<u16>),
}

impl Engine {
    /// The messages of the account, as they were written down.
    pub(super) fn load_events(&mut self) {
        self.events = Events::default();
        self.dirty.events = true;
        let lines = self
            .tell_store(|store, appid| store.audit_of(appid, EVENT, super::events_state::SHOWN))
            .unwrap_or_default();
        for (received_at, details) in lines {
            let Some((event, way)) = read_back(details) else {
                continue;
            };
            let look = self.known_look(&event, received_at);
            if look == EventLook::Waiting && self.events.waiting.len() < LEFT_OVER {
                self.events.want(event.clone());
            }
            self.events.put(EventRecord {
                event,
                received_at,
                way,
                look,
            });
        }
    }

    /// What was read about its order since it came.
    fn known_look(&mut self, event: &PushEvent, since: Timestamp) -> EventLook {
        if event.order_key().is_none() {
            return EventLook::Nothing;
        }
        let known = event
            .transaction_id
            .as_ref()
            .and_then(|id| self.tell_store(|store, appid| store.order(appid, id)).flatten());
        match known {
            Some((order, at)) if at >= since => EventLook::Seen {
                state: order.state,
                at,
            },
            _ => EventLook::Waiting,
        }
    }

    /// A person asks for something about messages.
    pub(super) fn events_asked(&mut self, ask: EventsAsk) {
        match ask {
            EventsAsk::Paste(text) => self.add_events(&text),
            EventsAsk::File(path) => self.add_event_file(path),
            EventsAsk::SaveReceiver(edit) => self.save_receiver(edit),
            EventsAsk::UseKeys(edit) => self.use_push_keys(edit),
            EventsAsk::Listen => self.listen(),
        }
    }

    /// A person pastes messages.
    fn add_events(&mut self, text: &str) {
        let pasted = read_pasted(self.door.keys(self.appid()).as_ref(), text);
        self.take_pasted(pasted, EventWay::Pasted);
    }

    /// A person brings a file with messages.
    fn add_event_file(&mut self, path: PathBuf) {
        self.jobs
            .blocking(move || JobDone::Events(EventsDone::FileRead(read_file(&path))));
    }

    fn take_pasted(&mut self, pasted: Pasted, way: EventWay) {
        let found = pasted.events.len();
        let mut new: usize = 0;
        for event in pasted.events {
            match self.take_event(event, way) {
                Taken::New => new = new.saturating_add(1),
                Taken::Known => {}
                Taken::NotKept => return, // the store has failed, and that was said
            }
        }
        self.events.others = self
            .events
            .others
            .saturating_add(u64::try_from(pasted.others).unwrap_or(u64::MAX));
        for refusal in &pasted.refused {
            self.refuse_event(*refusal);
        }
        self.say(Notice::Events(EventsSaid::Read {
            new,
            known: found.saturating_sub(new),
            others: pasted.others,
            refused: pasted.refused,
        }));
    }

    /// Writes a message down, once, and lets its order be looked at.
    fn take_event(&mut self, event: PushEvent, way: EventWay) -> Taken {
        self.dirty.events = true;
        if self.events.knows(&event) {
            self.events.repeated = self.events.repeated.saturating_add(1);
            // It says the same again: the order is looked at, because a person or WeChat thinks it worth it.
            self.events.want(event);
            return Taken::Known;
        }
        let received_at = self.clock.now();
        if self.events.may_keep(received_at) {
            let details = details_of(&event, way);
            let kept =
                self.tell_store(|store, appid| store.append_audit(appid, received_at, EVENT, &details));
            if kept.is_none() {
                return Taken::NotKept;
            }
        }
        let look = if event.order_key().is_some() {
            EventLook::Waiting
        } else {
            EventLook::Nothing
        };
        if let Some(order) = &event.transaction_id {
            self.timeline_grew(order);
        }
        self.history_grew();
        self.events.want(event.clone());
        self.events.put(EventRecord {
            event,
            received_at,
            way,
            look,
        });
        Taken::New
    }

    /// Counts a delivery that was refused, and writes its reason down now and then; never what it said.
    fn refuse_event(&mut self, refusal: PushRefusal) {
        self.dirty.events = true;
        if self.events.refuse(refusal, self.clock.now()) {
            let count = self.events.refused(refusal);
            self.audit(REFUSED, &json!({ "why": refusal.word(), "count": count }));
        }
    }

    /// A job about messages has ended.
    pub(super) fn events_done(&mut self, done: EventsDone) {
        match done {
            EventsDone::FileRead(Ok(text)) => {
                let pasted = read_pasted(self.door.keys(self.appid()).as_ref(), &text);
                self.take_pasted(pasted, EventWay::File);
            }
            EventsDone::FileRead(Err(refusal)) => {
                let pasted = Pasted {
                    refused: vec![refusal],
                    ..Pasted::default()
                };
                self.take_pasted(pasted, EventWay::File);
            }
            EventsDone::Delivered(delivery) => {
                let is_taken = match delivery.read {
                    Ok(Read::Event(event)) => self.take_pushed(*event),
                    Ok(Read::Other) => {
                        self.events.others = self.events.others.saturating_add(1);
                        self.dirty.events = true;
                        true
                    }
                    Err(refusal) => {
                        self.refuse_event(refusal);
                        true
                    }
                };
                if is_taken {
                    // Whoever delivered it may have gone away meanwhile.
                    let _gone: Result<(), ()> = delivery.taken.send(());
                }
            }
            EventsDone::Keys(token, aes_key) => self.push_keys_opened(token, aes_key),
            EventsDone::Sealed(id, sealed) => self.push_keys_sealed(id, sealed),
            EventsDone::Door(serial, port) => self.door_opened(serial, port),
        }
    }

    /// A relay has passed a message on; `true` when WeChat need not repeat it.
    fn take_pushed(&mut self, event: PushEvent) -> bool {
        let needs_person = event.event != EventKind::Settlement;
        let taken = self.take_event(event.clone(), EventWay::Pushed);
        if taken == Taken::New && needs_person {
            self.say(Notice::Events(EventsSaid::Came(event)));
        }
        taken != Taken::NotKept
    }

    /// Looks at one order at a time, within the pace; the result is when to ask again.
    pub(super) fn pump_events(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        if self.events.looking.is_some() || self.events.waiting.is_empty() {
            return None;
        }
        if let Some(until) = self.events.rests_until.filter(|until| now < *until) {
            return Some(until);
        }
        let client = self.client_for(Api::GetOrder).ok()?;
        if let Err(wait) = self.outbox.permit(now, 0) {
            return wait;
        }
        let wanted = self.events.waiting.pop_front()?;
        let key = wanted.event.order_key()?;
        let number = OrderNumber {
            number: wanted.event.number().to_owned(),
            mchid: None,
        };
        self.jobs.look_up(client, FOR_EVENT, number, vec![key]);
        self.events.looking = Some(wanted);
        None
    }

    /// The order of a message has been read, or not; what came is kept like every other reading.
    pub(super) fn event_looked(&mut self, answer: &OrderAnswer) {
        let Some(wanted) = self.events.looking.take() else {
            return; // of an account that is not worked with any more
        };
        self.dirty.events = true;
        let at = self.clock.now();
        let event = wanted.event.clone();
        let look = match answer {
            OrderAnswer::Found(order) => EventLook::Seen {
                state: order.state,
                at,
            },
            OrderAnswer::NotFound | OrderAnswer::Ambiguous(_) | OrderAnswer::NotAsked => EventLook::NotFound,
            OrderAnswer::Failed(failure) => {
                self.events.rests_until = Some(at.plus(self.policy_rest()));
                let may_work_later = failure.kind.is_trouble() || failure.kind == FailureKind::TooFast;
                if may_work_later && self.events.want_again(wanted) {
                    return;
                }
                EventLook::Failed(failure.clone())
            }
        };
        self.events.looked(&event, &look);
    }

    fn policy_rest(&self) -> Duration {
        // Tests against a loopback server wait in proportion.
        let shortened = self.config.quiet.map(|quiet| quiet.div_f64(30.0));
        shortened.map_or(REST, |shortened| shortened.min(REST))
    }
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    New,
    Known,
    NotKept,
}

/// What is written down: the numbers and times of the message, without its text.
fn details_of(event: &PushEvent, way: EventWay) -> Value {
    let mut details = serde_json::to_value(event).unwrap_or_default();
    if let Some(fields) = details.as_object_mut() {
        fields.insert(String::from("way"), json!(way));
    }
    details
}

fn read_back(details: Value) -> Option<(PushEvent, EventWay)> {
    let way = details.get("way").cloned()?;
    let way = serde_json::from_value(way).ok()?;
    Some((serde_json::from_value(details).ok()?, way))
}

fn read_file(path: &Path) -> Result<String, PushRefusal> {
    let file = std::fs::File::open(path).map_err(|_io| PushRefusal::Malformed)?;
    let mut text = String::new();
    // Bytes that are no text end the reading with an error.
    file.take(MAX_FILE_BYTES)
        .read_to_string(&mut text)
        .map_err(|_io| PushRefusal::Malformed)?;
    Ok(text)
}
