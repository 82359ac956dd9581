//! What a person asks of the list: the typed fields, and what they mean for WeChat and for the local rows.
//! Apart from the index, because typed text becomes a filter only when it can be read.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};

use crate::domain::time::china;
use crate::domain::{OpenId, Order, OrderQuery, OrderState, Problem, ProblemKind, Timestamp};

/// From this length on a payer's text can be a whole openid, which WeChat itself can filter by.
const WHOLE_OPENID_CHARS: usize = 24;
/// An order is due soon when fewer than these hours are left.
const DUE_SOON_HOURS: u64 = 12;

/// The group of orders that is shown; exactly one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Every order.
    #[default]
    All,
    /// Only this state.
    State(OrderState),
    /// To be shipped, with fewer than 12 hours left of the 48.
    DueSoon,
    /// To be shipped, and 36 of the 48 hours are over.
    Over36Hours,
    /// To be shipped, and the 48 hours are over.
    Overdue,
    /// Some parcels are reported, not all.
    PartlyShipped,
    /// A dispute is open.
    InDispute,
    /// The money is neither the merchant's nor back with the buyer.
    Unsettled,
}

impl View {
    /// The groups that time decides about.
    pub const OF_TIME: [Self; 3] = [Self::DueSoon, Self::Over36Hours, Self::Overdue];

    /// All groups in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::All,
        Self::State(OrderState::ToShip),
        Self::State(OrderState::Shipped),
        Self::State(OrderState::Received),
        Self::State(OrderState::AwaitingSettlement),
        Self::State(OrderState::Complete),
        Self::State(OrderState::Refunded),
        Self::DueSoon,
        Self::Over36Hours,
        Self::Overdue,
        Self::PartlyShipped,
        Self::InDispute,
        Self::Unsettled,
    ];

    /// A group of the board, which the list offers only while it is chosen.
    pub fn is_of_the_board(self) -> bool {
        matches!(self, Self::Over36Hours | Self::Unsettled)
    }

    /// Whether the order belongs to this group at the given moment.
    pub fn holds(self, order: &Order, now: Timestamp) -> bool {
        match self {
            Self::All => true,
            Self::State(state) => order.state == state,
            Self::DueSoon | Self::Over36Hours | Self::Overdue => {
                order.can_ship() && self.is_time_for(order.pay_time, now)
            }
            Self::PartlyShipped => order.partly_shipped(),
            Self::InDispute => order.in_complaint,
            Self::Unsettled => order.unsettled(),
        }
    }

    /// Whether the order belongs to this group at some moment.
    pub fn may_hold(self, order: &Order) -> bool {
        match self {
            Self::DueSoon | Self::Over36Hours | Self::Overdue => order.can_ship(),
            Self::All | Self::State(_) | Self::PartlyShipped | Self::InDispute | Self::Unsettled => {
                self.holds(order, order.pay_time)
            }
        }
    }

    /// Whether an order that is to be shipped and was paid then belongs to this group now; always in a group that time
    /// does not decide about.
    pub fn is_time_for(self, paid: Timestamp, now: Timestamp) -> bool {
        let after = |hours| paid.plus(std::time::Duration::from_hours(hours));
        match self {
            Self::DueSoon => {
                let soon = now.plus(std::time::Duration::from_hours(DUE_SOON_HOURS));
                after(48) > now && after(48) <= soon
            }
            Self::Over36Hours => after(36) <= now,
            Self::Overdue => after(48) <= now,
            Self::All | Self::State(_) | Self::PartlyShipped | Self::InDispute | Self::Unsettled => true,
        }
    }
}

/// A range of days that is offered as one click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// Today and the six days before.
    Week,
    /// Today and the 29 days before.
    Days30,
    /// Since the first of this month.
    Month,
    /// The month before, from its first to its last day.
    LastMonth,
    /// No limit.
    Always,
}

impl Preset {
    /// All presets in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Today,
        Self::Yesterday,
        Self::Week,
        Self::Days30,
        Self::Month,
        Self::LastMonth,
        Self::Always,
    ];

    /// Its name in what is remembered.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "week",
            Self::Days30 => "days30",
            Self::Month => "month",
            Self::LastMonth => "last_month",
            Self::Always => "always",
        }
    }

    /// The message with its name.
    pub const fn name_id(self) -> &'static str {
        match self {
            Self::Today => "orders-preset-today",
            Self::Yesterday => "orders-preset-yesterday",
            Self::Week => "orders-preset-week",
            Self::Days30 => "orders-preset-days30",
            Self::Month => "orders-preset-month",
            Self::LastMonth => "orders-preset-last-month",
            Self::Always => "orders-preset-always",
        }
    }
}

/// A field of the filter bar that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterField {
    /// First day.
    From,
    /// Last day.
    To,
}

/// The filter as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The group that is shown.
    pub view: View,
    /// An openid or a part of it.
    pub payer: String,
    /// First day, `YYYY-MM-DD`; empty for no limit.
    pub from: String,
    /// Last day, `YYYY-MM-DD`, included; empty for no limit.
    pub to: String,
    /// Words that must all stand in the numbers or the goods.
    pub search: String,
}

impl Filter {
    /// Fills both days.
    pub fn choose(&mut self, preset: Preset, now: Timestamp) {
        let today = day_of(now);
        let text = |day: Date| day.to_string();
        let back = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
        (self.from, self.to) = match preset {
            Preset::Today => (text(today), text(today)),
            Preset::Yesterday => (text(back(1)), text(back(1))),
            Preset::Week => (text(back(6)), text(today)),
            Preset::Days30 => (text(back(29)), text(today)),
            Preset::LastMonth => {
                let last = today.first_of_month().checked_sub(1.days()).unwrap_or(today);
                (text(last.first_of_month()), text(last))
            }
            Preset::Month => (text(today.first_of_month()), text(today)),
            Preset::Always => (String::new(), String::new()),
        };
    }

    /// The preset that the typed days are equal to.
    pub fn preset(&self, now: Timestamp) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| {
            let mut same = self.clone();
            same.choose(*preset, now);
            same.from == self.from.trim() && same.to == self.to.trim()
        })
    }

    /// A click on a day of the month: the first day, or the last one when there is a first already.
    pub fn pick_day(&mut self, picked: Date) {
        let typed = |text: &str| day(text).flatten();
        match (typed(&self.from), typed(&self.to)) {
            (Some(from), None) if picked >= from => self.to = picked.to_string(),
            (Some(from), None) => {
                self.from = picked.to_string();
                self.to = from.to_string();
            }
            (None, _) | (_, Some(_)) => {
                self.from = picked.to_string();
                self.to.clear();
            }
        }
    }

    /// Nothing is asked for but a group.
    pub fn is_wide(&self) -> bool {
        [&self.payer, &self.from, &self.to, &self.search]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// What is to be fetched from WeChat. The search and a part of an openid are only known here.
    ///
    /// # Errors
    /// What cannot be read, by field.
    pub fn query(&self) -> Result<OrderQuery, Vec<(FilterField, Problem)>> {
        let (paid_from, paid_to) = self.range()?;
        let payer = self.payer.trim();
        let whole = payer.len() >= WHOLE_OPENID_CHARS && payer.bytes().all(|b| b.is_ascii_graphic());
        Ok(OrderQuery {
            state: match self.view {
                View::State(state) => Some(state),
                View::DueSoon | View::Over36Hours | View::Overdue => Some(OrderState::ToShip),
                View::All | View::PartlyShipped | View::InDispute | View::Unsettled => None,
            },
            openid: whole.then(|| OpenId(payer.to_owned())),
            paid_from,
            paid_to,
        })
    }

    /// The first and the last moment, both included.
    fn range(&self) -> Result<Range, Vec<(FilterField, Problem)>> {
        let mut problems = Vec::new();
        let mut read = |text: &str, field| {
            let day = day(text);
            if day.is_none() {
                let mut problem = Problem::from(ProblemKind::BadTime);
                problem.value = Some(text.trim().to_owned());
                problems.push((field, problem));
            }
            day.flatten()
        };
        let from = read(&self.from, FilterField::From);
        let to = read(&self.to, FilterField::To);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            problems.push((FilterField::To, ProblemKind::RangeReversed.into()));
        }
        if problems.is_empty() {
            Ok((from.and_then(start_of), to.and_then(end_of)))
        } else {
            Err(problems)
        }
    }

    /// What the rows are compared with. A day that cannot be read limits nothing until it can.
    pub fn matcher(&self) -> Matcher {
        let (from, to) = self.range().unwrap_or_default();
        Matcher {
            from,
            to,
            payer: self.payer.trim().to_ascii_lowercase(),
            words: self
                .search
                .split_whitespace()
                .map(str::to_ascii_lowercase)
                .collect(),
        }
    }
}

type Range = (Option<Timestamp>, Option<Timestamp>);

/// The readable part of a [`Filter`], without its group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matcher {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    payer: String,
    words: Vec<String>,
}

impl Matcher {
    /// The words that must all stand in the texts of an order, in lower case.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// It was paid in the days that are asked for.
    pub fn fits_time(&self, paid: Timestamp) -> bool {
        self.from.is_none_or(|from| paid >= from) && self.to.is_none_or(|to| paid <= to)
    }

    /// A payer is asked for.
    pub fn names_payer(&self) -> bool {
        !self.payer.is_empty()
    }

    /// The payer is the one that is asked for.
    pub fn fits_payer(&self, payer: &OpenId) -> bool {
        self.payer.is_empty()
            || contains(&payer.0, &self.payer)
            || (self.payer.contains('…') && payer.short().to_ascii_lowercase() == self.payer)
            || payer.may_be(&self.payer)
    }
}

/// Whether `text` contains `word`, which is in lower case; only ASCII letters are folded. Allocates
/// nothing, because it runs over every row.
fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else {
        return true;
    };
    text.iter().enumerate().any(|(at, byte)| {
        byte.to_ascii_lowercase() == *first
            && text
                .get(at.saturating_add(1)..)
                .and_then(|tail| tail.get(..rest.len()))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(rest))
    })
}

/// The day in China of a moment.
pub fn day_of(at: Timestamp) -> Date {
    jiff::Timestamp::from_millisecond(at.millis()).map_or(date(1970, 1, 1), |at| at.to_zoned(china()).date())
}

/// Reads a day in the ways people type it: `2026-11-21`, `2026/11/21`, `2026.11.21`, `2026年11月21日`,
/// `20261121`, with full-width digits too. `Some(None)` for an empty text, `None` for anything else.
pub fn day(text: &str) -> Option<Option<Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c).saturating_sub(u32::from('０')), 10).unwrap_or(c),
        other => other,
    };
    let text: String = text.chars().map(narrow).collect();
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日', '－', '／'])
        .filter(|part| !part.is_empty())
        .collect();
    if !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        [all] if all.len() == 8 => (
            all.get(..4)?.parse().ok()?,
            all.get(4..6)?.parse().ok()?,
            all.get(6..)?.parse().ok()?,
        ),
        _ => return None,
    };
    Date::new(year, month, day).ok().map(Some)
}

fn start_of(day: Date) -> Option<Timestamp> {
    let start = day.to_zoned(china()).ok()?;
    Some(Timestamp::from_millis(start.timestamp().as_millisecond()))
}

/// The last whole second of a day: WeChat counts in seconds and includes both ends.
fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.checked_add(Span::new().days(1)).ok()?;
    start_of(next).map(|start| start.minus(std::time::Duration::from_secs(1)))
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
