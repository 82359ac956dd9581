//! Orders that a damaged number may have meant, to be offered to a person; nothing is ever picked from them by itself.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::damaged::Left;
use super::time::china;
use super::{FileRow, Order};

/// How many orders are offered for one cell.
pub const MAX_CANDIDATES: usize = 5;
/// China's clocks are ahead of UTC by so many seconds.
const AHEAD_SECS: i64 = 28_800;
const DAY_SECS: i64 = 86_400;

/// Why an order is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// So many digits of its number are what is left in the cell.
    Number {
        /// How many.
        digits: usize,
    },
    /// A cell of the row names the minute in which it was paid.
    PaidMinute,
    /// A cell of the row names the day (+08:00) on which it was paid.
    PaidDay,
    /// A cell of the row is what was paid.
    Amount,
    /// The goods are the same.
    Goods,
    /// The last four digits of the receiver's phone are the same.
    Phone,
}

impl Reason {
    fn weight(self) -> usize {
        match self {
            Self::Number { digits } => digits.saturating_mul(3),
            Self::PaidMinute => 40,
            Self::PaidDay | Self::Amount => 12,
            Self::Goods => 14,
            Self::Phone => 20,
        }
    }
}

/// An order that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The order.
    pub order: Arc<Order>,
    /// Why it is offered; its number first, when something of it is left.
    pub reasons: Vec<Reason>,
}

/// The orders that `cell`, as it stood in the file, may have meant: up to five, the likeliest first. When something
/// of the number is left, only orders that it fits are offered; when nothing is, those for which two other reasons
/// speak. The choice is a person's.
pub fn candidates<'a>(
    cell: &str,
    row: &FileRow,
    orders: impl IntoIterator<Item = &'a Arc<Order>>,
) -> Vec<Candidate> {
    let left = Left::of(cell);
    let clues = Clues::of(row);
    let mut found: Vec<(usize, Candidate)> = orders
        .into_iter()
        .filter_map(|order| {
            let numbers = [order.transaction_id.as_str(), order.out_trade_no.as_str()];
            let digits = numbers.into_iter().filter_map(|number| left.trace(number)).max();
            let number = digits.map(|digits| Reason::Number { digits });
            if number.is_none() && left != Left::Nothing {
                return None;
            }
            let others = clues.speak_for(order);
            let offered = number.is_some() || others.len() >= 2;
            let reasons: Vec<Reason> = number.into_iter().chain(others).collect();
            // An order that can still be shipped is likelier than one that is done.
            let weight = reasons.iter().fold(usize::from(order.can_ship()), |sum, reason| {
                sum.saturating_add(reason.weight())
            });
            let order = Arc::clone(order);
            offered.then_some((weight, Candidate { order, reasons }))
        })
        .collect();
    found.sort_by(|(a, one), (b, other)| {
        b.cmp(a)
            .then_with(|| other.order.pay_time.cmp(&one.order.pay_time))
            .then_with(|| one.order.transaction_id.cmp(&other.order.transaction_id))
    });
    found.truncate(MAX_CANDIDATES);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What a row says about its order besides the number.
struct Clues {
    /// Days that stand in its cells, and minutes when the time of day does too; since 1970 at +08:00.
    days: Vec<i64>,
    minutes: Vec<i64>,
    /// Amounts with a decimal point, in cents.
    amounts: Vec<i64>,
    goods: String,
    phone_tail: Option<String>,
}

impl Clues {
    fn of(row: &FileRow) -> Self {
        let mut clues = Self {
            days: Vec::new(),
            minutes: Vec::new(),
            amounts: Vec::new(),
            goods: row.item_desc.as_deref().map(words).unwrap_or_default(),
            phone_tail: row.receiver_contact.as_ref().and_then(|c| tail(c.as_str())),
        };
        for cell in row.cells.iter().filter(|cell| cell.len() <= 64) {
            if let Some((day, minute)) = moment(cell) {
                clues.days.push(day);
                clues.minutes.extend(minute);
            }
            clues.amounts.extend(cents(cell));
        }
        clues
    }

    fn speak_for(&self, order: &Order) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let paid = order.pay_time.secs().saturating_add(AHEAD_SECS);
        if self.minutes.contains(&paid.div_euclid(60)) {
            reasons.push(Reason::PaidMinute);
        } else if self.days.contains(&paid.div_euclid(DAY_SECS)) {
            reasons.push(Reason::PaidDay);
        }
        if self.amounts.contains(&order.paid_amount.0) {
            reasons.push(Reason::Amount);
        }
        let goods = words(&order.description);
        let same = |a: &str, b: &str| a.chars().count() >= 2 && b.contains(a);
        if same(&goods, &self.goods) || same(&self.goods, &goods) {
            reasons.push(Reason::Goods);
        }
        let phone = |contact: &str| self.phone_tail.is_some() && tail(contact) == self.phone_tail;
        if order
            .shipping
            .parcels
            .iter()
            .any(|parcel| phone(&parcel.receiver_contact))
        {
            reasons.push(Reason::Phone);
        }
        reasons
    }
}

/// Letters only: quantities and marks are written differently everywhere.
fn words(text: &str) -> String {
    text.nfkc()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}

fn tail(contact: &str) -> Option<String> {
    let digits: Vec<char> = contact.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().checked_sub(4)?;
    digits.get(last..).map(|tail| tail.iter().collect())
}

/// A cell like `2026-7-19 10:30:00`, `2026年7月19日` or `2026/07/19`: its day, and its minute when it names one.
fn moment(cell: &str) -> Option<(i64, Option<i64>)> {
    let numbers: Vec<i8> = cell
        .trim_matches(|c: char| !c.is_ascii_digit())
        .strip_prefix("20")?
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let [year, month, day, time @ ..] = numbers.as_slice() else {
        return None;
    };
    let date = jiff::civil::Date::new(i16::from(*year).saturating_add(2000), *month, *day).ok()?;
    let at = date.to_zoned(china()).ok()?.timestamp().as_second();
    let day = at.saturating_add(AHEAD_SECS).div_euclid(DAY_SECS);
    let minute = match time {
        [hour @ 0..24, minute @ 0..60, ..] => {
            let of_day = i64::from(*hour)
                .saturating_mul(60)
                .saturating_add(i64::from(*minute));
            Some(day.saturating_mul(DAY_SECS / 60).saturating_add(of_day))
        }
        _ => None,
    };
    Some((day, minute))
}

/// `12.50`, `¥12.5` in cents.
fn cents(cell: &str) -> Option<i64> {
    let text: String = cell
        .chars()
        .filter(|c| !matches!(c, ',' | '¥' | '￥' | '元' | '`' | ' '))
        .collect();
    let (whole, fraction) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || !(1..=2).contains(&fraction.len()) {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse().ok()
}

#[cfg(test)]
#[path = "candidates_tests.rs"]
mod tests;
