//! What the filter asks of every order, side by side in memory, so that a million orders are filtered between two
//! frames: the orders themselves lie all over the memory, and each look at one costs more than all that is asked of it.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::filter::View;
use super::index::Rows;
use crate::domain::{Order, Timestamp};

/// Stands between the texts of an order. No word that is looked for has one, for blanks end a word.
const BETWEEN: u8 = b'\n';
/// How far ahead it is looked for the place where two lists are the same again.
const AHEAD: usize = 4_096;

/// One entry for each order of a list, in its order.
#[derive(Debug, Default)]
pub struct Facts {
    /// All texts that a word is looked for in, with ASCII letters in lower case.
    texts: Vec<u8>,
    /// Where the texts of each order end.
    ends: Vec<usize>,
    /// The groups that it belongs to, one bit for each of [`View::ALL`]; for those that time decides about, whether it
    /// belongs to one of them at some time.
    groups: Vec<u16>,
    paid: Vec<Timestamp>,
    newest_first: bool,
}

impl Facts {
    /// The facts of a list that follows another one, whose facts these are. What both have is copied.
    #[must_use]
    pub fn follow(&self, before: &[Arc<Order>], rows: &Rows) -> Self {
        let mut next = Self {
            texts: Vec::with_capacity(self.texts.len()),
            ends: Vec::with_capacity(rows.len()),
            groups: Vec::with_capacity(rows.len()),
            paid: Vec::with_capacity(rows.len()),
            newest_first: false,
        };
        let (mut left, mut known) = (rows.as_ref(), before);
        while let Some((order, rest)) = left.split_first() {
            let same = left.iter().zip(known).take_while(|(a, b)| Arc::ptr_eq(a, b));
            let same = same.count();
            if same > 0 {
                let at = before.len().saturating_sub(known.len());
                next.copy(self, at..at.saturating_add(same));
                left = left.get(same..).unwrap_or_default();
                known = known.get(same..).unwrap_or_default();
                continue;
            }
            let place = |of: Option<&Arc<Order>>, list: &[Arc<Order>]| {
                of.and_then(|order| {
                    list.iter()
                        .take(AHEAD)
                        .position(|other| Arc::ptr_eq(order, other))
                })
            };
            if let Some(gone) = place(Some(order), known) {
                known = known.get(gone..).unwrap_or_default();
                continue;
            }
            let new = place(known.first(), left);
            let (new, replaced) = new.map_or((1, 1), |new| (new, 0));
            for order in left.iter().take(new) {
                next.add(order);
            }
            left = left.get(new..).unwrap_or(rest);
            known = known.get(replaced..).unwrap_or_default();
        }
        next.newest_first = next.paid.is_sorted_by(|a, b| a >= b);
        next
    }

    fn copy(&mut self, from: &Self, places: Range<usize>) {
        let begin = |at: usize| from.range(at).start;
        let (first, last) = (begin(places.start), begin(places.end));
        let shift = self.texts.len();
        self.texts
            .extend_from_slice(from.texts.get(first..last).unwrap_or_default());
        let ends = from.ends.get(places.clone()).unwrap_or_default().iter();
        self.ends
            .extend(ends.map(|end| end.saturating_sub(first).saturating_add(shift)));
        self.groups
            .extend_from_slice(from.groups.get(places.clone()).unwrap_or_default());
        self.paid
            .extend_from_slice(from.paid.get(places).unwrap_or_default());
    }

    fn add(&mut self, order: &Order) {
        let parcels = order.shipping.parcels.iter();
        let of_parcels = parcels.flat_map(|parcel| [&parcel.tracking_no, &parcel.goods_desc]);
        let numbers = [order.transaction_id.as_str(), &order.out_trade_no];
        let texts = numbers
            .into_iter()
            .chain([order.description.as_str()])
            .chain(of_parcels.map(String::as_str));
        for text in texts {
            let from = self.texts.len();
            self.texts.extend_from_slice(text.as_bytes());
            if let Some(added) = self.texts.get_mut(from..) {
                added.make_ascii_lowercase();
            }
            self.texts.push(BETWEEN);
        }
        self.ends.push(self.texts.len());
        self.paid.push(order.pay_time);
        let groups = View::ALL.into_iter().filter(|view| view.may_hold(order));
        self.groups
            .push(groups.fold(0, |groups, view| groups | bit(view)));
    }

    /// The newest payment stands first, and none stands behind an older one.
    pub fn newest_first(&self) -> bool {
        self.newest_first
    }

    /// When an order was paid.
    pub fn paid(&self, at: usize) -> Option<Timestamp> {
        self.paid.get(at).copied()
    }

    /// The groups of an order at this moment, one bit for each of [`View::ALL`].
    pub fn groups(&self, at: usize, now: Timestamp) -> u16 {
        let groups = self.groups.get(at).copied().unwrap_or_default();
        let Some(paid) = self.paid(at).filter(|_| groups & of_time() != 0) else {
            return groups;
        };
        let over = View::OF_TIME
            .into_iter()
            .filter(|view| !view.is_time_for(paid, now));
        over.fold(groups, |groups, view| groups & !bit(view))
    }

    fn range(&self, at: usize) -> Range<usize> {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or(self.texts.len());
        at.checked_sub(1).map_or(0, end)..end(at)
    }

    /// The orders in whose texts all words stand, which are in lower case; `None` when no word is asked for.
    pub fn with_words(&self, words: &[String]) -> Option<Vec<u32>> {
        // The longest word is in the fewest orders.
        let longest = words.iter().max_by_key(|word| word.len())?;
        let others: Vec<memmem::Finder<'_>> = words
            .iter()
            .filter(|word| *word != longest)
            .map(memmem::Finder::new)
            .collect();
        let finder = memmem::Finder::new(longest);
        let mut found = Vec::new();
        let (mut from, mut at) = (0, 0_usize);
        while let Some(place) = self.texts.get(from..).and_then(|rest| finder.find(rest)) {
            let place = from.saturating_add(place);
            let behind = self.ends.get(at..).unwrap_or_default();
            at = at.saturating_add(passed(behind, place));
            let range = self.range(at);
            from = range.end;
            let text = self.texts.get(range).unwrap_or_default();
            if others.iter().all(|other| other.find(text).is_some()) {
                found.extend(u32::try_from(at));
            }
        }
        Some(found)
    }
}

/// How many of these ends lie before a place or at it; mostly few, so it is looked near the beginning first.
fn passed(ends: &[usize], place: usize) -> usize {
    const NEAR: usize = 8;
    let near = ends.iter().take(NEAR).take_while(|end| **end <= place).count();
    if near < NEAR {
        return near;
    }
    ends.partition_point(|end| *end <= place)
}

/// The bit of a group, by its place in [`View::ALL`]; 0 for a group that is not offered.
pub fn bit(view: View) -> u16 {
    let place = View::ALL.iter().position(|other| *other == view);
    let place = place.and_then(|place| u32::try_from(place).ok());
    place
        .and_then(|place| 1_u16.checked_shl(place))
        .unwrap_or_default()
}

fn of_time() -> u16 {
    View::OF_TIME
        .into_iter()
        .fold(0, |groups, view| groups | bit(view))
}

#[cfg(test)]
#[path = "facts_tests.rs"]
mod tests;
