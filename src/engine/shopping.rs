//! Shopping orders in the loop: what was asked for, what is told next, what is known of all of them. No input or output;
//! apart from errands because nothing is looked at before, and several calls of one order may follow each other.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::domain::shopping::ShoppingNotice;
use crate::domain::shopping::{FileOrder, KeyDraft, ShoppingEvent, ShoppingFile, next_shopping};
use crate::domain::{
    CallFailure, InvalidTransition, ShoppingCall, ShoppingDraft, ShoppingId, ShoppingOrder, ShoppingRecord,
    ShoppingState, Timestamp, TransactionId,
};
use crate::wechat::{ShoppingSaid, Upload};

/// Calls that are shown; older ones stay in the journal.
pub(super) const SHOWN: usize = 2_000;

/// What a person asks about shopping orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShoppingAsk {
    /// Tell WeChat this, or ask it. The same content that WeChat holds already is not sent again.
    Send(Vec<ShoppingDraft>),
    /// Read and check a file; nothing is sent.
    Read {
        /// What its orders ask for.
        call: ShoppingCall,
        /// Where it comes from.
        from: ShoppingSource,
    },
    /// Send the orders of the open file that can be sent; its number, so that a click cannot mean another one.
    SendFile(u64),
    /// Show no file.
    CloseFile,
    /// Take back what was not sent yet.
    CancelAll,
    /// A person says of an unclear one that it is there.
    Settle(ShoppingId),
}

/// Where a file of shopping orders comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShoppingSource {
    /// A file.
    File(PathBuf),
    /// What a person pasted.
    Text(String),
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ShoppingFileView {
    /// Its number.
    pub serial: u64,
    /// What was read.
    pub file: Arc<ShoppingFile>,
    /// Orders that would be sent.
    pub ready: usize,
    /// Orders that WeChat holds already as they are.
    pub already: usize,
    /// Orders with something wrong.
    pub wrong: usize,
    /// It was sent.
    pub sent: bool,
}

/// What a person sees of shopping orders.
#[derive(Clone, Debug, Default)]
pub struct ShoppingView {
    /// All calls, newest first.
    pub rows: Arc<[Arc<ShoppingRecord>]>,
    /// On their way.
    pub open: usize,
    /// Of which it is not known whether they arrived.
    pub unclear: usize,
    /// The file that is open.
    pub file: Option<Arc<ShoppingFileView>>,
    /// A file is being read.
    pub is_reading: bool,
}

/// What a job about shopping orders brings back.
#[derive(Debug)]
pub enum ShoppingDone {
    /// An upload was answered, or not.
    Uploaded(ShoppingId, Upload),
    /// A question was answered, or not.
    Said(ShoppingId, Box<Result<ShoppingSaid, CallFailure>>),
    /// A file was read; with its number.
    Read(u64, Box<ShoppingFile>),
}

/// The calls of one account.
#[derive(Debug, Default)]
pub(super) struct Shopping {
    list: BTreeMap<ShoppingId, Arc<ShoppingRecord>>,
    /// What is to be sent, with the payer; only while this program runs.
    orders: HashMap<ShoppingId, Arc<ShoppingOrder>>,
    queue: VecDeque<ShoppingId>,
    flying: Option<ShoppingId>,
    /// Nothing leaves before this moment.
    pub(super) not_before: Timestamp,
    pub(super) file: Option<Arc<ShoppingFileView>>,
    pub(super) reading: Option<u64>,
    pub(super) serial: u64,
    /// Ended since there was nothing under way: done, stopped, unclear.
    pub(super) ended: (usize, usize, usize),
}

impl Shopping {
    /// Nothing yet; what was read before this number is late.
    pub(super) fn begin(serial: u64) -> Self {
        Self {
            serial,
            ..Self::default()
        }
    }

    /// Takes what an earlier run left; the result must be recorded.
    pub(super) fn restart(&mut self, left: Vec<ShoppingRecord>, now: Timestamp) -> Vec<Arc<ShoppingRecord>> {
        let mut changed = Vec::new();
        for record in left {
            let after = next_shopping(&record, ShoppingEvent::Restarted, now);
            let is_new = after.is_ok();
            let record = Arc::new(after.unwrap_or(record));
            if is_new {
                changed.push(Arc::clone(&record));
            }
            self.list.insert(record.id, record);
        }
        changed
    }

    /// One call.
    pub(super) fn get(&self, id: ShoppingId) -> Option<&Arc<ShoppingRecord>> {
        self.list.get(&id)
    }

    /// What is to be sent for it.
    pub(super) fn order(&self, id: ShoppingId) -> Option<Arc<ShoppingOrder>> {
        self.orders.get(&id).cloned()
    }

    /// Calls under way.
    pub(super) fn in_flight(&self) -> usize {
        usize::from(self.flying.is_some())
    }

    /// Nothing is open.
    pub(super) fn is_idle(&self) -> bool {
        self.flying.is_none() && self.queue.is_empty()
    }

    /// The newest call with this content.
    pub(super) fn same_content(&self, sha256: &str) -> Option<&Arc<ShoppingRecord>> {
        let mut newest = self.list.values().rev();
        newest.find(|record| record.content_sha256 == sha256)
    }

    /// The newest time that was sent for an order with this call.
    pub(super) fn newest_time(&self, call: ShoppingCall, of: &ShoppingDraft) -> Option<Timestamp> {
        let same = |record: &&Arc<ShoppingRecord>| record.draft.call() == call && record.draft.key == of.key;
        let all = self.list.values().filter(same);
        all.filter_map(|record| record.upload_time).max()
    }

    /// WeChat's numbers of a combined order and of every sub-order that was ever told of it.
    pub(super) fn payments_of(&self, parent: &KeyDraft) -> Vec<TransactionId> {
        let of = self.list.values().filter(|record| record.draft.key == *parent);
        let mut found = Vec::new();
        for key in of.flat_map(|record| record.draft.keys()) {
            let number = TransactionId::parse(key.transaction_id.trim());
            found.extend(number.filter(|number| !found.contains(number)));
        }
        found
    }

    /// Puts a call into line.
    pub(super) fn line_up(&mut self, record: Arc<ShoppingRecord>, order: Arc<ShoppingOrder>) {
        self.queue.push_back(record.id);
        self.orders.insert(record.id, order);
        self.put(record);
    }

    /// It goes first again.
    pub(super) fn back_into_line(&mut self, id: ShoppingId) {
        self.queue.push_front(id);
    }

    /// The next one that may leave, when nothing is under way.
    pub(super) fn next(&self) -> Option<ShoppingId> {
        if self.flying.is_some() {
            return None;
        }
        self.queue.front().copied()
    }

    /// It leaves now.
    pub(super) fn fly(&mut self, id: ShoppingId) {
        self.queue.retain(|waiting| *waiting != id);
        self.flying = Some(id);
    }

    /// It was answered; `false` when nothing of it was under way.
    pub(super) fn landed(&mut self, id: ShoppingId) -> bool {
        let was = self.flying == Some(id);
        if was {
            self.flying = None;
        }
        was
    }

    /// All that wait in line leave it.
    pub(super) fn empty_line(&mut self) -> Vec<ShoppingId> {
        std::mem::take(&mut self.queue).into()
    }

    /// What a call becomes; nothing is changed yet.
    pub(super) fn after(
        &self,
        id: ShoppingId,
        event: ShoppingEvent,
        now: Timestamp,
    ) -> Result<ShoppingRecord, InvalidTransition> {
        let gone = InvalidTransition {
            state: "gone",
            event: "asked",
        };
        next_shopping(self.list.get(&id).ok_or(gone)?, event, now)
    }

    /// Takes a call as it stands now.
    pub(super) fn put(&mut self, record: Arc<ShoppingRecord>) {
        if record.state.is_there() {
            self.orders.remove(&record.id); // nothing of it is sent any more
        }
        self.list.insert(record.id, record);
    }

    /// What a person sees.
    pub(super) fn view(&self) -> ShoppingView {
        let count =
            |is: fn(&ShoppingState) -> bool| self.list.values().filter(|record| is(&record.state)).count();
        ShoppingView {
            rows: self.list.values().rev().take(SHOWN).cloned().collect(),
            open: count(ShoppingState::is_open),
            unclear: count(|state| matches!(state, ShoppingState::Unclear(_))),
            file: self.file.clone(),
            is_reading: self.reading.is_some(),
        }
    }
}

impl ShoppingFileView {
    /// A file as it stands beside what is known.
    pub(super) fn of(serial: u64, file: Arc<ShoppingFile>, is_there: impl Fn(&FileOrder) -> bool) -> Self {
        let already = file.ready().filter(|order| is_there(order)).count();
        let sound = file.ready().count();
        Self {
            serial,
            ready: sound.saturating_sub(already),
            already,
            wrong: file.orders.len().saturating_sub(sound),
            sent: false,
            file,
        }
    }
}
