//! The history for the shells: searched page by page, and gathered for a file in steps between which the loop goes on
//! with its work.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::run::Engine;
use crate::domain::{
    Changed, Facts, HistoryLine, HistoryQuery, JournalEntry, Order, OrderAnswer, ShipmentId, Timestamp,
    TransactionId,
};
use crate::store::{HistoryPage, HistoryPlace, Meant};
use crate::wechat::OrderPage;

/// Lines on one page.
const PAGE: usize = 100;
/// Lines that are gathered between two other things that the loop does.
const STEP: usize = 200;
/// Lines of one file at most.
pub const MOST_COLLECTED: usize = 100_000;

/// What a person wants of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryWish {
    /// Search anew; the newest page of what fits is shown.
    Search(HistoryQuery),
    /// The next page, or further back where a search has stopped.
    More,
    /// Gather lines.
    Collect {
        /// Which.
        query: HistoryQuery,
        /// At most so many.
        most: usize,
        /// The file that they are for; they are given back with it.
        to: Option<PathBuf>,
    },
}

/// What happened, as far as a person has searched.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// It was searched.
    pub asked: bool,
    /// For what.
    pub query: HistoryQuery,
    /// What was found so far, newest first.
    pub lines: Arc<[Arc<HistoryLine>]>,
    /// There may be more.
    pub more: bool,
    /// The search has stopped here because it had read enough; older lines may match too.
    pub searched_to: Option<Timestamp>,
    /// Something has happened since.
    pub stale: bool,
    /// Lines that were gathered for a file or a script.
    pub collected: Option<Arc<Collected>>,
}

/// Lines of the history that were gathered.
#[derive(Clone, Debug)]
pub struct Collected {
    /// Another number for each gathering.
    pub serial: u64,
    /// The file that they are for.
    pub to: Option<PathBuf>,
    /// The lines, newest first.
    pub lines: Arc<[Arc<HistoryLine>]>,
    /// There are more than were asked for, or some could not be read.
    pub cut: bool,
}

/// What was asked for and is shown.
#[derive(Debug, Default)]
pub(super) struct HistoryState {
    asked: bool,
    query: HistoryQuery,
    lines: Vec<Arc<HistoryLine>>,
    next: Option<HistoryPlace>,
    searched_to: Option<Timestamp>,
    /// Something was written since it was searched.
    stale: bool,
    collecting: Option<Collecting>,
    pub(super) collected: Option<Arc<Collected>>,
    serial: u64,
}

#[derive(Debug)]
struct Collecting {
    query: HistoryQuery,
    most: usize,
    to: Option<PathBuf>,
    from: Option<HistoryPlace>,
    lines: Vec<Arc<HistoryLine>>,
    /// Some could not be read.
    cut: bool,
}

/// Answers as they came, from the moment they are taken from the inbox until what follows from them is written.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) orders: HashMap<TransactionId, String>,
    pub(super) uploads: HashMap<ShipmentId, String>,
}

impl Raw {
    /// The answer behind an entry of the journal.
    pub(super) fn of(&self, id: ShipmentId, order: &TransactionId, entry: &JournalEntry) -> Option<String> {
        match entry {
            JournalEntry::Answered { .. } => self.uploads.get(&id).cloned(),
            JournalEntry::Looked { .. } => self.orders.get(order).cloned(),
            JournalEntry::Queued { .. }
            | JournalEntry::LookFailed { .. }
            | JournalEntry::Sending { .. }
            | JournalEntry::Unclear { .. }
            | JournalEntry::Decided { .. }
            | JournalEntry::Cancelled
            | JournalEntry::Restarted
            | JournalEntry::Claimed { .. } => None,
        }
    }

    /// Takes over what came with an order.
    pub(super) fn keep(&mut self, answer: &OrderAnswer, raw: Option<String>) {
        if let (OrderAnswer::Found(order), Some(raw)) = (answer, raw) {
            self.orders.insert(order.transaction_id.clone(), raw);
        }
    }

    /// Takes over what came with a page of the list.
    pub(super) fn keep_page<E>(&mut self, page: &mut Result<OrderPage, E>) {
        let Ok(page) = page else { return };
        let raw = std::mem::take(&mut page.raw);
        let ids = page.orders.iter().map(|order| order.transaction_id.clone());
        self.orders.extend(ids.zip(raw));
    }

    /// What they led to is written.
    pub(super) fn clear(&mut self) {
        self.orders.clear();
        self.uploads.clear();
    }
}

impl Engine {
    /// Keeps what WeChat shows otherwise than we knew it.
    pub(super) fn keep_changes(&mut self, orders: &[Order], at: Timestamp) {
        let changes: Vec<(TransactionId, Changed, Option<String>)> = orders
            .iter()
            .filter_map(|order| {
                let before = Facts::of(self.book.get(&order.transaction_id)?);
                let now = Facts::of(order);
                let raw = self.raw.orders.get(&order.transaction_id).cloned();
                (before != now).then(|| (order.transaction_id.clone(), Changed { before, now }, raw))
            })
            .collect();
        if changes.is_empty() {
            return;
        }
        crate::step::at("before-changes-kept");
        self.tell_store(|store, appid| store.keep_changes(appid, &changes, at));
        crate::step::at("after-changes-kept");
        self.history_grew();
    }

    /// Everything that is known to have happened to an order.
    pub(super) fn timeline(&self, order: &TransactionId) -> Arc<[HistoryLine]> {
        let store = self.store.as_ref();
        let lines = store.and_then(|store| store.timeline(self.appid(), order).ok());
        lines.unwrap_or_default().into()
    }

    /// Something was written that the history shows.
    pub(super) fn history_grew(&mut self) {
        if self.history.asked && !self.history.stale {
            self.history.stale = true;
            self.dirty.history = true;
        }
    }

    /// Another account is worked with: its history is another one.
    pub(super) fn forget_history(&mut self) {
        self.history = HistoryState {
            serial: self.history.serial,
            ..HistoryState::default()
        };
        self.dirty.history = true;
    }

    /// A person asks for something of the history.
    pub(super) fn history_wish(&mut self, wish: HistoryWish) {
        match wish {
            HistoryWish::Search(query) => self.search_history(query),
            HistoryWish::More => self.more_history(),
            HistoryWish::Collect { query, most, to } => self.collect_history(query, most, to),
        }
    }

    /// Searches anew.
    fn search_history(&mut self, query: HistoryQuery) {
        let page = self.page_of_history(&query, None, PAGE);
        let history = &mut self.history;
        history.asked = true;
        history.query = query;
        history.lines.clear();
        history.stale = false;
        self.take_page(page.unwrap_or_default());
    }

    /// The next page, or the next stretch of a search that has stopped.
    fn more_history(&mut self) {
        let Some(from) = self.history.next else { return };
        let query = self.history.query.clone();
        let page = self.page_of_history(&query, Some(from), PAGE);
        self.take_page(page.unwrap_or_default());
    }

    fn take_page(&mut self, page: HistoryPage) {
        let history = &mut self.history;
        history.lines.extend(page.lines.into_iter().map(Arc::new));
        history.next = page.next;
        history.searched_to = page.searched_to;
        self.dirty.history = true;
    }

    /// `None` when it cannot be read.
    fn page_of_history(
        &self,
        query: &HistoryQuery,
        from: Option<HistoryPlace>,
        limit: usize,
    ) -> Option<HistoryPage> {
        let meant = self.meant(&query.text);
        // Nothing is decided from it, so that what cannot be read stops nothing.
        let store = self.store.as_ref()?;
        store.history(self.appid(), query, &meant, from, limit).ok()
    }

    /// What the words mean to the list of orders and of couriers.
    fn meant(&self, text: &str) -> Meant {
        let mut meant = Meant::default();
        for word in text.split_whitespace() {
            let known = self.book.by_number(word);
            meant
                .orders
                .extend(known.iter().map(|order| order.transaction_id.clone()));
            if word.chars().count() >= 2 {
                let named = self.couriers.iter().filter(|(_, name)| name.contains(word));
                meant
                    .same
                    .extend(named.map(|(id, _)| (word.to_lowercase(), id.to_owned())));
            }
        }
        meant
    }

    /// Begins to gather lines for a file or a script.
    fn collect_history(&mut self, query: HistoryQuery, most: usize, to: Option<PathBuf>) {
        self.history.collecting = Some(Collecting {
            query,
            most: most.min(MOST_COLLECTED),
            to,
            from: None,
            lines: Vec::new(),
            cut: false,
        });
    }

    /// Gathers some more; the result is when to go on.
    pub(super) fn pump_history(&mut self) -> Option<Timestamp> {
        let mut collecting = self.history.collecting.take()?;
        let left = collecting.most.saturating_sub(collecting.lines.len());
        let query = collecting.query.clone();
        let page = self.page_of_history(&query, collecting.from, left.min(STEP));
        collecting.cut |= page.as_ref().is_none_or(|page| page.unreadable > 0);
        let page = page.unwrap_or_default();
        collecting.lines.extend(page.lines.into_iter().map(Arc::new));
        collecting.from = page.next;
        let full = collecting.lines.len() >= collecting.most;
        if page.next.is_some() && !full {
            self.history.collecting = Some(collecting);
            return Some(self.clock.now());
        }
        self.history.serial = self.history.serial.saturating_add(1);
        self.history.collected = Some(Arc::new(Collected {
            serial: self.history.serial,
            to: collecting.to,
            lines: collecting.lines.into(),
            cut: collecting.cut || page.next.is_some(),
        }));
        self.dirty.history = true;
        None
    }

    /// What the shells see of it.
    pub(super) fn history_view(&self) -> History {
        let history = &self.history;
        History {
            asked: history.asked,
            query: history.query.clone(),
            lines: history.lines.as_slice().into(),
            more: history.next.is_some(),
            searched_to: history.searched_to,
            stale: history.stale,
            collected: history.collected.clone(),
        }
    }
}
