//! Decides which columns hold tracking numbers, and which courier's column belongs to which. Apart from `columns`,
//! because a file may list the parcels of an order side by side: `快递单号1`, `快递单号2`.

use std::collections::BTreeSet;

use crate::domain::{Column, Field, shapes};

use super::aliases::{Role, nth};
use super::columns::{Pick, Table};

/// Hundredths of the values of a numbered column that must look like tracking numbers.
const SHAPED_SHARE: usize = 50;

impl Table<'_> {
    /// Where the tracking numbers stand.
    pub(super) fn tracking(&mut self) {
        let candidates = self.of(Field::TrackingNo);
        let side_by_side = self
            .chosen_together(&candidates)
            .or_else(|| self.numbered(&candidates));
        if let Some(columns) = side_by_side {
            self.columns.tracking = columns.first().copied();
            self.columns.more_tracking = columns.iter().skip(1).copied().collect();
        } else {
            match self.pick(&candidates, shapes::may_be_tracking) {
                Pick::One(column) => self.columns.tracking = Some(column),
                Pick::Open(columns) => self.open(Field::TrackingNo, &columns),
                Pick::None => self.columns.tracking = self.tracking_by_value(),
            }
        }
        let used: Vec<usize> = self.columns.all_tracking().collect();
        // The vague ones (条形码, 母单号) may be anything.
        let rivals = candidates.into_iter().filter(|(_, rank)| *rank != 1);
        self.columns.rivals = rivals
            .map(|(column, _)| column)
            .filter(|column| !used.is_empty() && !used.contains(column))
            .collect();
        for column in used {
            self.claim(column, Field::TrackingNo);
        }
    }

    /// A person has said that several columns hold the numbers of parcels.
    fn chosen_together(&self, candidates: &[(usize, u8)]) -> Option<Vec<usize>> {
        let mut chosen: Vec<usize> = candidates
            .iter()
            .map(|(column, _)| *column)
            .filter(|column| self.chosen.contains(column))
            .collect();
        chosen.sort_unstable();
        (chosen.len() > 1).then_some(chosen)
    }

    /// Columns of the same heading that are counted, by their number; `None` when anything speaks against it.
    fn numbered(&self, candidates: &[(usize, u8)]) -> Option<Vec<usize>> {
        let specific = candidates.iter().filter(|(_, rank)| *rank != 1);
        let mut counted: Vec<(u32, usize)> = Vec::new();
        let mut stems = BTreeSet::new();
        for (column, _) in specific {
            let (stem, number) = nth(self.heading(*column))?;
            let values = self.filled(*column);
            let shaped = self.share(*column, shapes::ends_in_tracking);
            if values > 0 && shaped < SHAPED_SHARE {
                return None;
            }
            stems.insert(stem);
            counted.push((number, *column));
        }
        counted.sort_unstable();
        let numbers: BTreeSet<u32> = counted.iter().map(|(number, _)| *number).collect();
        let alike = stems.len() == 1 && numbers.len() == counted.len();
        (alike && counted.len() > 1).then(|| counted.into_iter().map(|(_, column)| column).collect())
    }

    /// The one column, nameless or of the courier, that is full of tracking numbers.
    fn tracking_by_value(&self) -> Option<usize> {
        let full: Vec<usize> = (0..self.roles.len())
            .filter(|column| {
                matches!(
                    self.roles.get(*column),
                    Some(None | Some(Role::Is(Field::Courier, _)))
                ) && self.columns.field(*column).is_none()
            })
            .filter(|column| self.share(*column, shapes::ends_in_tracking) >= 60)
            .collect();
        match full.as_slice() {
            [column] => Some(*column),
            _ => None,
        }
    }
}

/// Which courier's column belongs to which tracking number's, when the file lists several of both: by their numbers
/// (`快递公司2`, `快递单号2`), or because they stand in turns. Couriers that belong to none are those of the row.
pub(super) fn pairs(all: &[Column], tracking: &[usize], couriers: &[usize]) -> Vec<(usize, usize)> {
    if tracking.len() < 2 || couriers.len() < 2 {
        return Vec::new();
    }
    let number = |column: usize| {
        let heading = all.get(column).map_or("", |column| column.heading.as_str());
        nth(heading).map(|(_, number)| number)
    };
    let counted: BTreeSet<u32> = couriers.iter().filter_map(|column| number(*column)).collect();
    if counted.len() == couriers.len() {
        let paired: Vec<(usize, usize)> = couriers
            .iter()
            .filter_map(|courier| {
                let same = |column: &&usize| number(**column) == number(*courier);
                Some((*tracking.iter().find(same)?, *courier))
            })
            .collect();
        if paired.len() == couriers.len() {
            return paired;
        }
    }
    if tracking.len() != couriers.len() {
        return Vec::new();
    }
    let (mut tracking, mut couriers) = (tracking.to_vec(), couriers.to_vec());
    tracking.sort_unstable();
    couriers.sort_unstable();
    let paired: Vec<(usize, usize)> = tracking.iter().copied().zip(couriers.iter().copied()).collect();
    let in_turns = |courier_first: bool| {
        let ends = paired.iter().zip(paired.iter().skip(1));
        paired
            .iter()
            .all(|(number, courier)| (courier < number) == courier_first)
            && ends
                .into_iter()
                .all(|((number, courier), (next, next_courier))| number.max(courier) < next.min(next_courier))
    };
    if in_turns(true) || in_turns(false) {
        paired
    } else {
        Vec::new()
    }
}
