//! Which times the orders allow, and whether what is typed is among them.

use jiff::civil::Date;

use super::moments::day_of;
use super::{Model, Row};
use crate::domain::{ErrandWhy, Timestamp, pre_sale_bounds};

/// The reason is the time that is typed, and nothing about the order.
fn is_about_time(why: ErrandWhy) -> bool {
    [
        ErrandWhy::SignedTooEarly,
        ErrandWhy::SignedTooLate,
        ErrandWhy::DateTooEarly,
        ErrandWhy::DateTooLate,
    ]
    .contains(&why)
}

/// Why the time is refused: by one of the chosen orders, or by all that would be offered.
pub(super) fn barred(rows: &[Row], none_can: bool, chosen: impl Fn(&&Row) -> bool) -> Option<ErrandWhy> {
    let bars = |row: &Row| row.why.filter(|why| is_about_time(*why));
    let by_chosen = rows.iter().filter(chosen).find_map(bars);
    by_chosen.or_else(|| none_can.then(|| rows.iter().find_map(bars)).flatten())
}

impl Model {
    /// Why the time or day that is typed is refused; `None` while it is not.
    pub fn barred(&self) -> Option<ErrandWhy> {
        self.barred
    }

    /// Types no time or day any more.
    pub fn forget_time(&mut self) {
        self.signed_at.clear();
        self.day.clear();
    }

    /// The orders that count for the range: the chosen ones, else all that only the time keeps out.
    fn in_question(&self) -> impl Iterator<Item = &Row> {
        let any = !self.chosen.is_empty();
        self.rows.iter().filter(move |row| {
            let open = row.why.is_none_or(is_about_time);
            open && (!any || self.chosen.contains(&row.order.transaction_id))
        })
    }

    /// The first and the last day of a pre-sale that at least one order allows.
    pub fn possible_days(&self) -> Option<(Date, Date)> {
        let bounds = |row: &Row| pre_sale_bounds(row.order.pay_time);
        let first = self.in_question().map(|row| bounds(row).0).min()?;
        let last = self.in_question().map(|row| bounds(row).1).max()?;
        Some((day_of(first)?, day_of(last)?))
    }

    /// The moment after which the chosen orders were signed for, or else the first of all.
    pub fn signed_after(&self) -> Option<Timestamp> {
        let shipped = self.in_question().filter_map(|row| row.order.shipped_at());
        if self.chosen.is_empty() {
            shipped.min()
        } else {
            shipped.max()
        }
    }
}
