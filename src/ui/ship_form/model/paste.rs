//! Several lines that are pasted at once: each becomes a parcel. Apart from the form, because warehouses write a line
//! in many ways.

use std::collections::BTreeSet;

use super::{Form, Way};
use crate::domain::scan::is_whole;
use crate::domain::{CourierList, ParcelDraft, parcel_number};

/// One line that names a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The courier, when the line names one of the list.
    pub courier: Option<String>,
    /// The number.
    pub tracking_no: String,
}

/// What became of pasted lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Parcels that stand in the form now.
    pub taken: usize,
    /// Lines without a number, or with one that stood there already.
    pub skipped: usize,
    /// Parcels for which the order has no room.
    pub without_room: usize,
}

/// The parcel of one line: the one word that can be a tracking number, and a courier by its id, its name or a
/// spelling that staff have taught.
pub fn line(text: &str, couriers: &CourierList) -> Option<Line> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '、' | ':' | '：' | '"'))
        .filter(|word| !word.is_empty())
        .collect();
    let named = |word: &str| {
        let exact = couriers
            .iter()
            .find(|(id, name)| id.eq_ignore_ascii_case(word) || *name == word)
            .map(|(id, _)| id.to_owned());
        let taught = || {
            let taught = couriers.taught().iter().find(|taught| taught.spelling == word)?;
            couriers.get(&taught.id).map(|id| id.as_str().to_owned())
        };
        exact.or_else(taught)
    };
    let mut numbers = words
        .iter()
        .filter_map(|word| parcel_number(word))
        .filter(|number| is_whole(number));
    let tracking_no = numbers.next()?;
    if numbers.any(|other| other != tracking_no) {
        return None;
    }
    Some(Line {
        courier: words.iter().find_map(|word| named(word)),
        tracking_no,
    })
}

impl Form {
    /// A text that is pasted at a parcel is rows, and not the text of one field: several lines, or one that names a
    /// courier and the number that the parcel still lacks.
    pub fn takes_rows(&self, index: usize, text: &str, couriers: &CourierList) -> bool {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let (first, second) = (lines.next(), lines.next());
        let lacks = |parcel: &ParcelDraft| parcel.tracking_no.trim().is_empty();
        let names_both = |text: &str| line(text, couriers).is_some_and(|line| line.courier.is_some());
        second.is_some() || (self.parcels.get(index).is_some_and(lacks) && first.is_some_and(names_both))
    }

    /// Puts pasted lines into the parcels from this one on: the first into it when it is empty, the others behind
    /// it. Several need the way of several parcels; where that cannot be chosen, the first alone is taken.
    pub fn paste(&mut self, index: usize, text: &str, couriers: &CourierList) -> Pasted {
        let mut pasted = Pasted::default();
        let mut known: BTreeSet<String> = self
            .parcels
            .iter()
            .map(|parcel| parcel.tracking_no.trim().to_uppercase())
            .collect();
        let mut lines = Vec::new();
        for text in text.lines().filter(|text| !text.trim().is_empty()) {
            match line(text, couriers) {
                Some(line) if known.insert(line.tracking_no.clone()) => lines.push(line),
                _ => pasted.skipped = pasted.skipped.saturating_add(1),
            }
        }
        if lines.len() > 1 {
            self.choose(Way::Split);
        }
        let mut at = index.max(self.kept);
        for line in lines {
            let is_free = self
                .parcels
                .get(at)
                .is_some_and(|p| p.tracking_no.trim().is_empty());
            if !is_free {
                let room = self.way == Way::Split && self.parcels.len() < self.max_parcels;
                if !room {
                    pasted.without_room = pasted.without_room.saturating_add(1);
                    continue;
                }
                let fresh = self.like(at.saturating_sub(1));
                at = at.min(self.parcels.len());
                self.parcels.insert(at, fresh);
            }
            if let Some(parcel) = self.parcels.get_mut(at) {
                parcel.tracking_no = line.tracking_no;
                if let Some(courier) = line.courier {
                    parcel.courier = courier;
                }
            }
            pasted.taken = pasted.taken.saturating_add(1);
            at = at.saturating_add(1);
        }
        pasted
    }

    fn like(&self, index: usize) -> ParcelDraft {
        let model = self.parcels.get(index).cloned().unwrap_or_default();
        ParcelDraft {
            tracking_no: String::new(),
            ..model
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Courier;

    fn couriers() -> CourierList {
        let list = [("ZTO", "中通快递"), ("SF", "顺丰速运"), ("YTO", "圆通速递")];
        CourierList::new(list.map(|(id, name)| Courier {
            id: id.into(),
            name: name.into(),
        }))
    }

    #[test]
    fn a_line_is_read_as_warehouses_write_it() {
        let ok = |courier: Option<&str>, number: &str| {
            Some(Line {
                courier: courier.map(str::to_owned),
                tracking_no: number.into(),
            })
        };
        for (text, read) in [
            ("75312345678901", ok(None, "75312345678901")),
            ("中通快递\t75312345678901", ok(Some("ZTO"), "75312345678901")),
            ("75312345678901, zto", ok(Some("ZTO"), "75312345678901")),
            ("圆通速递：yt1234567890123", ok(Some("YTO"), "YT1234567890123")),
            ("飞毛腿 75312345678901", ok(None, "75312345678901")),
            ("75312345678901 75312345678902", None),
            ("快递单号", None),
            ("1", None),
        ] {
            assert_eq!(line(text, &couriers()), read, "{text}");
        }
    }
}
