//! What the pages of reminders and special orders know: which orders are offered, why others are not, what is chosen,
//! and what is asked for. Apart from the painting, so that it is tested without a window.

mod filter;
mod moments;
mod range;
pub mod verdict;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::{
    Decision, Errand, ErrandId, ErrandKind, ErrandState, ErrandWhy, Fen, Order, Timestamp, TransactionId,
    pre_sale_bounds, pre_sale_moment,
};
use crate::engine::snapshot::{BatchView, ErrandsView, Orders};
pub use filter::Filter;
use moments::{day_of, read_moment};
use verdict::{Asked, dated, minute_of};

/// Which page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Reminders.
    Remind,
    /// Special orders.
    Report,
}

/// What a person wants to ask of WeChat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Remind the buyers.
    Remind,
    /// Report pre-sales.
    PreSale,
    /// Report test orders.
    TestOrder,
}

/// Why a wish cannot be sent as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// The time or the day cannot be read.
    Unreadable,
    /// No day is typed yet.
    NoDay,
}

/// One order of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The order.
    pub order: Arc<Order>,
    /// Why it does not allow it; `None` when it does.
    pub why: Option<ErrandWhy>,
    /// What was last asked for it from here.
    pub newest: Option<Arc<Errand>>,
}

/// What the rows were made from; they are made anew when one of these is another one.
#[derive(Debug)]
struct MadeFrom {
    orders: Arc<Orders>,
    errands: Arc<ErrandsView>,
    kind: ErrandKind,
}

/// One page.
#[derive(Debug)]
pub struct Model {
    purpose: Purpose,
    /// What is wished.
    pub wish: Wish,
    /// What is listed.
    pub filter: Filter,
    /// The time of signing as typed; empty for now.
    pub signed_at: String,
    /// The day of a pre-sale as typed.
    pub day: String,
    /// The row under the keyboard.
    pub selected: Option<usize>,
    /// The errand whose details are shown.
    pub errand: Option<ErrandId>,
    /// The chosen orders; also those that another filter hides.
    chosen: BTreeSet<TransactionId>,
    /// Of these, the ones that allow it, in the order of the list, and what was paid for them.
    ready: Vec<TransactionId>,
    amount: Fen,
    /// The earliest and the latest payment of the chosen orders.
    paid: Option<(Timestamp, Timestamp)>,
    /// Why what is typed as time or day is refused.
    barred: Option<ErrandWhy>,
    made_from: Option<MadeFrom>,
    rows: Vec<Row>,
    can: Vec<usize>,
    cannot: Vec<usize>,
    history: Vec<Arc<Errand>>,
    dated: Vec<Arc<Errand>>,
    for_a_person: bool,
}

impl Model {
    /// An empty page.
    pub fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            wish: match purpose {
                Purpose::Remind => Wish::Remind,
                Purpose::Report => Wish::PreSale,
            },
            filter: Filter::Can,
            signed_at: String::new(),
            day: String::new(),
            selected: None,
            errand: None,
            chosen: BTreeSet::new(),
            ready: Vec::new(),
            amount: Fen(0),
            paid: None,
            barred: None,
            made_from: None,
            rows: Vec::new(),
            can: Vec::new(),
            cannot: Vec::new(),
            history: Vec::new(),
            dated: Vec::new(),
            for_a_person: false,
        }
    }

    /// Which page it is.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What would be asked of WeChat.
    ///
    /// # Errors
    /// What is typed says nothing yet.
    pub fn kind(&self, now: Timestamp) -> Result<ErrandKind, Unsaid> {
        match self.wish {
            Wish::Remind => {
                let received_at = if self.signed_at.trim().is_empty() {
                    Some(now)
                } else {
                    read_moment(&self.signed_at)
                };
                received_at
                    .map(|received_at| ErrandKind::Remind { received_at })
                    .ok_or(Unsaid::Unreadable)
            }
            Wish::PreSale => {
                if self.day.trim().is_empty() {
                    return Err(Unsaid::NoDay);
                }
                let day = Timestamp::parse(self.day.trim()).ok_or(Unsaid::Unreadable)?;
                let delay_to = pre_sale_moment(day, self.paid.map(|(earliest, _)| earliest));
                Ok(ErrandKind::PreSale { delay_to })
            }
            Wish::TestOrder => Ok(ErrandKind::TestOrder),
        }
    }

    /// Brings the lists up to date.
    pub fn follow(&mut self, orders: &Arc<Orders>, errands: &Arc<ErrandsView>, now: Timestamp) {
        // Now moves with every frame; the lists follow it once a minute.
        // Before a day is typed every order that waits is offered, and before a time can be read all that now allows.
        let received_at = minute_of(now);
        let meanwhile = match self.purpose {
            Purpose::Remind => ErrandKind::Remind { received_at },
            Purpose::Report => ErrandKind::TestOrder,
        };
        let kind = self.kind(received_at).unwrap_or(meanwhile);
        let same = self.made_from.as_ref().is_some_and(|from| {
            Arc::ptr_eq(&from.orders, orders) && Arc::ptr_eq(&from.errands, errands) && from.kind == kind
        });
        if same {
            return;
        }
        self.build(orders, errands, kind, now);
        self.made_from = Some(MadeFrom {
            orders: Arc::clone(orders),
            errands: Arc::clone(errands),
            kind,
        });
    }

    fn build(&mut self, orders: &Arc<Orders>, errands: &Arc<ErrandsView>, kind: ErrandKind, now: Timestamp) {
        let ours = |errand: &&Arc<Errand>| self.purpose.asks(errand);
        self.history = errands.rows.iter().filter(ours).cloned().collect();
        self.dated = match self.purpose {
            Purpose::Remind => Vec::new(),
            Purpose::Report => dated(orders, errands),
        };
        let stopped = |errand: &Arc<Errand>| matches!(errand.state, ErrandState::NeedsPerson(_));
        self.for_a_person = self.history.iter().any(stopped);
        let asked = Asked::of(self.purpose, errands);
        let listed = |order: &&Arc<Order>| self.purpose.lists(order);
        let verdict = |order: &Arc<Order>| Row {
            order: Arc::clone(order),
            why: asked.why_not(order, kind, now),
            newest: asked.newest(order),
        };
        let rows: Vec<Row> = orders.rows.iter().filter(listed).map(verdict).collect();
        let (can, cannot): (Vec<usize>, Vec<usize>) =
            (0..rows.len()).partition(|index| rows.get(*index).is_some_and(|row| row.why.is_none()));
        (self.rows, self.can, self.cannot) = (rows, can, cannot);
        self.count_chosen();
    }

    /// How many a filter lists.
    pub fn count(&self, filter: Filter) -> usize {
        match filter {
            Filter::Can => self.can.len(),
            Filter::Cannot => self.cannot.len(),
            Filter::Dated => self.dated.len(),
            Filter::History => self.history.len(),
        }
    }

    /// Something of this page waits for a person.
    pub fn needs_person(&self) -> bool {
        self.for_a_person
    }

    /// The order at a place of the list.
    pub fn row(&self, position: usize) -> Option<&Row> {
        let list = match self.filter {
            Filter::Can => &self.can,
            Filter::Cannot => &self.cannot,
            Filter::Dated | Filter::History => return None,
        };
        self.rows.get(*list.get(position)?)
    }

    /// The errands that are listed.
    fn listed(&self) -> &[Arc<Errand>] {
        match self.filter {
            Filter::Dated => &self.dated,
            Filter::Can | Filter::Cannot | Filter::History => &self.history,
        }
    }

    /// The errand at a place of the list.
    pub fn past(&self, position: usize) -> Option<&Arc<Errand>> {
        self.listed().get(position)
    }

    /// The errand whose details are shown, and its place.
    pub fn shown_errand(&self) -> Option<(usize, &Arc<Errand>)> {
        let shown = self.errand?;
        let mut all = self.listed().iter().enumerate();
        all.find(|(_, errand)| errand.id == shown)
    }

    /// Shows a list as it is counted: nothing that was typed narrows it.
    pub fn show(&mut self, filter: Filter) {
        self.filter = filter;
        self.signed_at.clear();
        self.day.clear();
        self.selected = None;
        self.errand = None;
    }

    /// Chooses an order, or no longer.
    pub fn toggle(&mut self, order: &TransactionId) {
        if !self.chosen.remove(order) {
            self.chosen.insert(order.clone());
        }
        self.count_chosen();
    }

    /// Chooses nothing any more.
    pub fn clear(&mut self) {
        self.chosen.clear();
        self.count_chosen();
    }

    /// An order is chosen.
    pub fn is_chosen(&self, order: &TransactionId) -> bool {
        self.chosen.contains(order)
    }

    /// Chooses all that allow it, or none when all are chosen.
    pub fn toggle_all(&mut self) {
        if self.ready.len() == self.can.len() {
            self.chosen.clear();
        } else {
            let all = self.can.iter().filter_map(|index| self.rows.get(*index));
            self.chosen = all.map(|row| row.order.transaction_id.clone()).collect();
        }
        self.count_chosen();
    }

    /// Chooses the orders of these numbers, WeChat's or the shop's; gives how many were found, and how many not.
    pub fn choose_numbers(&mut self, typed: &str) -> (usize, usize) {
        let separators = [',', '，', ';', '；', '、'];
        let numbers: BTreeSet<&str> = typed
            .split(|c: char| c.is_whitespace() || separators.contains(&c))
            .filter(|number| !number.is_empty())
            .collect();
        let mut found: Vec<TransactionId> = Vec::new();
        let mut met: BTreeSet<&str> = BTreeSet::new();
        for row in &self.rows {
            for number in [row.order.transaction_id.as_str(), row.order.out_trade_no.as_str()] {
                if let Some(number) = numbers.get(number) {
                    met.insert(number);
                    found.push(row.order.transaction_id.clone());
                }
            }
        }
        let missed = numbers.len().saturating_sub(met.len());
        let met = met.len();
        self.chosen.extend(found);
        self.count_chosen();
        (met, missed)
    }

    /// Chooses the orders of the open file; gives how many of it are on the list, and how many rows are not.
    pub fn choose_file(&mut self, file: &BatchView) -> (usize, usize) {
        let listed: BTreeSet<&TransactionId> =
            self.rows.iter().map(|row| &row.order.transaction_id).collect();
        let named = file.plan.iter().filter_map(|row| row.transaction_id.clone());
        let (found, missed): (BTreeSet<TransactionId>, BTreeSet<TransactionId>) =
            named.partition(|order| listed.contains(order));
        let counts = (found.len(), missed.len());
        self.chosen.extend(found);
        self.count_chosen();
        counts
    }

    /// What follows from the choice; after each change of it, and not in each frame.
    fn count_chosen(&mut self) {
        let chosen = |row: &&Row| self.chosen.contains(&row.order.transaction_id);
        let paid = || self.rows.iter().filter(chosen).map(|row| row.order.pay_time);
        self.paid = paid().min().zip(paid().max());
        let can = self.can.iter().filter_map(|index| self.rows.get(*index));
        let ready: Vec<&Row> = can.filter(chosen).collect();
        let amount = ready
            .iter()
            .fold(0_i64, |sum, row| sum.saturating_add(row.order.paid_amount.0));
        self.ready = ready.iter().map(|row| row.order.transaction_id.clone()).collect();
        self.amount = Fen(amount);
        self.barred = range::barred(&self.rows, self.can.is_empty(), chosen);
    }

    /// The chosen orders that allow it, in the order of the list.
    pub fn ready(&self) -> &[TransactionId] {
        &self.ready
    }

    /// How many orders are chosen, also those that do not allow it.
    pub fn chosen_count(&self) -> usize {
        self.chosen.len()
    }

    /// What was paid for the chosen orders that allow it.
    pub fn amount(&self) -> Fen {
        self.amount
    }

    /// The first and the last day that all chosen orders allow; `None` without any, or when there is none.
    pub fn days(&self) -> Option<(Date, Date)> {
        let (earliest, latest) = self.paid?;
        let (first, last) = (pre_sale_bounds(latest).0, pre_sale_bounds(earliest).1);
        let days = (day_of(first)?, day_of(last)?);
        (first <= last).then_some(days)
    }
}

/// What a person may decide about an errand, the safest first.
pub fn decisions(state: &ErrandState) -> &'static [Decision] {
    match state {
        ErrandState::NeedsPerson(_) => &[Decision::AcceptAsItIs, Decision::TryAgain, Decision::Drop],
        ErrandState::Refused(_) | ErrandState::Stopped(_) => &[Decision::TryAgain, Decision::Drop],
        ErrandState::Queued
        | ErrandState::Sending
        | ErrandState::Unclear(_)
        | ErrandState::Done(_)
        | ErrandState::Cancelled => &[],
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
