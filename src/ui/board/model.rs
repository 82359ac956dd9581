//! What the deadline board counts. Apart from the painting, and by the same rules as the lists behind the counters,
//! so that a number and its list can never differ.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::domain::{Fen, Order, OrderState, Timestamp};
use crate::engine::snapshot::{ErrandsView, Orders, Outbox};
use crate::i18n::{Lang, format, state_name, text, text_with};
use crate::ui::errands::model::verdict::{dated, is_due, remindable};
use crate::ui::orders::model::cells::{self, Said, Tone};
use crate::ui::orders::model::filter::day_of;
use crate::ui::orders::model::{View, index::Rows};
use crate::ui::outbox::model::Filter;

/// Hours in one bar of the chart of waiting orders; 36 and 48 are multiples of it.
pub const BAR_HOURS: u64 = 6;
/// Bars of that chart; the last one holds everything that waits longer.
pub const BARS: usize = 13;
/// Days of the chart of shipped orders, with today.
pub const DAYS: usize = 14;
/// Orders in the list of the most urgent ones.
pub const URGENT: usize = 6;

/// A counter, and the list behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tile {
    /// Orders of this group.
    Orders(View),
    /// Shipments of this kind.
    Outbox(Filter),
    /// Buyers who can be reminded to confirm receipt.
    Reminders,
    /// Pre-sales with a date to keep.
    PreSales,
}

impl Tile {
    /// All counters in their order: what is due, what is unusual, what waits.
    pub const ALL: [Self; 12] = [
        Self::Orders(View::State(OrderState::ToShip)),
        Self::Orders(View::DueSoon),
        Self::Orders(View::Over36Hours),
        Self::Orders(View::Overdue),
        Self::Orders(View::PartlyShipped),
        Self::Orders(View::InDispute),
        Self::Outbox(Filter::NeedsPerson),
        Self::Outbox(Filter::Unclear),
        Self::Outbox(Filter::Waiting),
        Self::PreSales,
        Self::Reminders,
        Self::Orders(View::Unsettled),
    ];

    /// Its word.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Orders(view) => cells::view_name(lang, view),
            Self::Outbox(filter) => text(lang, filter.word_id()),
            Self::Reminders => text(lang, "reminders-can"),
            Self::PreSales => text(lang, "special-dated"),
        }
    }

    fn hint(self, lang: Lang, count: usize) -> String {
        let id = match self {
            Self::Orders(View::State(_)) => "board-hint-to-ship",
            Self::Orders(View::DueSoon) => "board-hint-due-soon",
            Self::Orders(View::Over36Hours) => "board-hint-over-36",
            Self::Orders(View::Overdue) => "board-hint-overdue",
            Self::Orders(View::PartlyShipped) => "board-hint-partly",
            Self::Orders(View::InDispute) => "board-hint-dispute",
            Self::Outbox(Filter::Waiting) => "board-hint-waiting",
            Self::Outbox(Filter::NeedsPerson) => "board-hint-person",
            Self::Outbox(_) => "board-hint-unclear",
            Self::Reminders => "board-hint-reminders",
            Self::PreSales => "board-hint-pre-sales",
            Self::Orders(_) => "board-hint-unsettled",
        };
        match id {
            "board-hint-unsettled" => text_with(
                lang,
                "board-hint-unsettled",
                &[("count", format::count(count).into())],
            ),
            id => text(lang, id),
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Orders(View::Overdue | View::InDispute) => Tone::Bad,
            Self::Orders(View::DueSoon | View::Over36Hours | View::PartlyShipped) | Self::PreSales => {
                Tone::Warn
            }
            Self::Outbox(Filter::NeedsPerson) => Tone::Person,
            Self::Outbox(Filter::Unclear) => Tone::Unclear,
            Self::Outbox(_) => Tone::Busy,
            Self::Reminders => Tone::Ready,
            Self::Orders(View::State(state)) => cells::state_tone(state),
            Self::Orders(_) => Tone::Plain,
        }
    }
}

/// A counter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// What it counts.
    pub tile: Tile,
    /// How many.
    pub count: usize,
    /// The figure on it: the count, or an amount.
    pub figure: String,
    /// Its word.
    pub word: String,
    /// What it means and what a click does.
    pub hint: String,
    /// How it strikes the eye; quiet when there is none.
    pub tone: Tone,
}

/// One bar of a chart, and one row of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Below the bar.
    pub short: String,
    /// In the table and in the tooltip.
    pub name: String,
    /// How many orders.
    pub count: usize,
    /// Its colour.
    pub tone: Tone,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    views: Vec<(View, usize)>,
    unsettled: Fen,
    states: Vec<(OrderState, usize)>,
    ages: [usize; BARS],
    days: Vec<(Date, usize)>,
    urgent: Vec<Arc<Order>>,
    reminders: usize,
    pre_sales: usize,
    /// A date of a pre-sale has passed, or less than three days are left.
    pre_sale_due: bool,
}

/// The board.
#[derive(Debug, Default)]
pub struct Model {
    built: Option<(Rows, Arc<ErrandsView>, i64)>,
    counts: Counts,
    rebuilds: usize,
}

impl Model {
    /// Counts again when the orders are others or another minute has begun; costs nothing otherwise.
    pub fn refresh(&mut self, orders: &Orders, errands: &Arc<ErrandsView>, now: Timestamp) {
        let minute = now.secs().div_euclid(60);
        let same = |(rows, asked, built): &(Rows, Arc<ErrandsView>, i64)| {
            Arc::ptr_eq(rows, &orders.rows) && Arc::ptr_eq(asked, errands) && *built == minute
        };
        if self.built.as_ref().is_some_and(same) {
            return;
        }
        self.counts = count(&orders.rows, now);
        self.counts.reminders = remindable(orders, errands, now);
        let dated = dated(orders, errands);
        self.counts.pre_sales = dated.len();
        self.counts.pre_sale_due = dated.first().is_some_and(|errand| is_due(errand, now));
        self.built = Some((Arc::clone(&orders.rows), Arc::clone(errands), minute));
        self.rebuilds = self.rebuilds.saturating_add(1);
    }

    /// How often all orders were read.
    pub fn rebuilds(&self) -> usize {
        self.rebuilds
    }

    /// How many a counter counts.
    pub fn count(&self, tile: Tile, outbox: &Outbox) -> usize {
        match tile {
            Tile::Outbox(filter) => filter.count(outbox),
            Tile::Reminders => self.counts.reminders,
            Tile::PreSales => self.counts.pre_sales,
            Tile::Orders(view) => {
                let found = self.counts.views.iter().find(|(counted, _)| *counted == view);
                found.map_or(0, |(_, count)| *count)
            }
        }
    }

    /// All counters in words.
    pub fn counters(&self, lang: Lang, outbox: &Outbox) -> Vec<Counter> {
        let counter = |tile: Tile| {
            let count = self.count(tile, outbox);
            let args = [
                ("hint", tile.hint(lang, count).into()),
                ("count", format::count(count).into()),
            ];
            Counter {
                tile,
                count,
                figure: if tile == Tile::Orders(View::Unsettled) {
                    format::money(self.counts.unsettled)
                } else {
                    format::count(count)
                },
                word: tile.word(lang),
                hint: text_with(lang, "board-open-list", &args),
                tone: if count == 0 {
                    Tone::Quiet
                } else if tile == Tile::PreSales && self.counts.pre_sale_due {
                    Tone::Bad
                } else {
                    tile.tone()
                },
            }
        };
        Tile::ALL.into_iter().map(counter).collect()
    }

    /// The orders to be shipped that were paid first.
    pub fn urgent(&self) -> &[Arc<Order>] {
        &self.counts.urgent
    }

    /// How many orders stand where, in the order of progress, and the sentence that says so.
    pub fn states(&self, lang: Lang) -> (Vec<Bar>, String) {
        let bar = |(state, count): &(OrderState, usize)| Bar {
            short: state_name(lang, *state),
            name: state_name(lang, *state),
            count: *count,
            tone: cells::state_tone(*state),
        };
        let open = self.counts.states.iter().find(|(s, _)| *s == OrderState::ToShip);
        let args = [
            (
                "total",
                format::count(sum(self.counts.states.iter().map(|(_, count)| *count))).into(),
            ),
            ("open", format::count(open.map_or(0, |(_, count)| *count)).into()),
        ];
        let bars = self.counts.states.iter().map(bar).collect();
        (bars, text_with(lang, "board-states-say", &args))
    }

    /// How long the orders to be shipped have waited since their payment, and the sentence that says so.
    pub fn ages(&self, lang: Lang) -> (Vec<Bar>, String) {
        let last = BARS.saturating_sub(1);
        let bar = |(at, count): (usize, &usize)| {
            let from = u64::try_from(at).unwrap_or(u64::MAX).saturating_mul(BAR_HOURS);
            let to = from.saturating_add(BAR_HOURS);
            let args = [("from", from.into()), ("to", to.into())];
            let name = if at == last {
                text_with(lang, "board-hours-on", &[("from", from.into())])
            } else {
                text_with(lang, "board-hours", &args)
            };
            Bar {
                short: from.to_string(),
                name,
                count: *count,
                tone: match from {
                    0..36 => Tone::Ready,
                    36..48 => Tone::Warn,
                    _ => Tone::Bad,
                },
            }
        };
        let bars: Vec<Bar> = self.counts.ages.iter().enumerate().map(bar).collect();
        let of = |tone| {
            format::count(sum(bars
                .iter()
                .filter(|bar| bar.tone == tone)
                .map(|bar| bar.count)))
        };
        let total = sum(self.counts.ages.iter().copied());
        if total == 0 {
            return (bars, text(lang, "board-ages-none"));
        }
        let args = [
            ("total", format::count(total).into()),
            ("fresh", of(Tone::Ready).into()),
            ("soon", of(Tone::Warn).into()),
            ("late", of(Tone::Bad).into()),
        ];
        let said = text_with(lang, "board-ages-say", &args);
        (bars, said)
    }

    /// How many orders were shipped on each of the last days, and the sentence that says so.
    pub fn days(&self, lang: Lang) -> (Vec<Bar>, String) {
        let bar = |(day, count): &(Date, usize)| Bar {
            short: day.strftime("%-m/%-d").to_string(),
            name: day.to_string(),
            count: *count,
            tone: Tone::Busy,
        };
        let args = [
            ("days", DAYS.into()),
            (
                "total",
                format::count(sum(self.counts.days.iter().map(|(_, count)| *count))).into(),
            ),
            (
                "today",
                format::count(self.counts.days.last().map_or(0, |(_, count)| *count)).into(),
            ),
        ];
        let bars = self.counts.days.iter().map(bar).collect();
        (bars, text_with(lang, "board-days-say", &args))
    }
}

/// What is left of the 48 hours of an order, as the list says it.
pub fn left(lang: Lang, order: &Order, now: Timestamp) -> Said {
    cells::deadline(lang, order, now)
}

fn sum(numbers: impl Iterator<Item = usize>) -> usize {
    numbers.fold(0, usize::saturating_add)
}

fn count(rows: &Rows, now: Timestamp) -> Counts {
    let mut counts = Counts {
        views: Tile::ALL
            .into_iter()
            .filter_map(|tile| match tile {
                Tile::Orders(view) => Some((view, 0)),
                Tile::Outbox(_) | Tile::Reminders | Tile::PreSales => None,
            })
            .collect(),
        states: OrderState::KNOWN.into_iter().map(|state| (state, 0)).collect(),
        days: days(now),
        ..Counts::default()
    };
    for order in rows.iter() {
        counts.take(order, now);
    }
    // The list is newest first, so the orders that are due first stand at its end.
    let waiting = rows.iter().rev().filter(|order| order.can_ship());
    counts.urgent = waiting.take(URGENT).cloned().collect();
    counts
}

impl Counts {
    fn take(&mut self, order: &Order, now: Timestamp) {
        for (view, count) in &mut self.views {
            *count = count.saturating_add(usize::from(view.holds(order, now)));
        }
        if order.unsettled() {
            self.unsettled = Fen(self.unsettled.0.saturating_add(order.paid_amount.0));
        }
        let known = self.states.iter_mut().find(|(state, _)| *state == order.state);
        match known {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.states.push((order.state, 1)),
        }
        if order.can_ship() {
            let hours = now.since(order.pay_time).as_secs() / 3600;
            let bar = usize::try_from(hours / BAR_HOURS).unwrap_or(usize::MAX);
            if let Some(count) = self.ages.get_mut(bar.min(BARS.saturating_sub(1))) {
                *count = count.saturating_add(1);
            }
        } else if let Some(at) = shipped_at(order) {
            let day = day_of(at);
            if let Some((_, count)) = self.days.iter_mut().find(|(known, _)| *known == day) {
                *count = count.saturating_add(1);
            }
        }
    }
}

/// When the last parcel of a completely shipped order was reported.
fn shipped_at(order: &Order) -> Option<Timestamp> {
    let parcels = order.shipping.parcels.iter();
    parcels.filter_map(|parcel| parcel.upload_time).max()
}

/// The last days, today at the end.
fn days(now: Timestamp) -> Vec<(Date, usize)> {
    let today = day_of(now);
    let back = (0..i64::try_from(DAYS).unwrap_or_default()).rev();
    back.filter_map(|days| today.checked_sub(days.days()).ok())
        .map(|day| (day, 0))
        .collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
