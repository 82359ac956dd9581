//! What the rows of a file lack that one entry for the whole file would give them.

use std::sync::Arc;

use crate::domain::{PlannedRow, ProblemKind};

/// Rows that lack something, by what they lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// No courier.
    pub courier: usize,
    /// No phone, which 顺丰 asks for.
    pub sender: usize,
    /// Nothing says what is in the parcel.
    pub goods: usize,
}

impl Needs {
    /// Counts them.
    pub fn of(plan: &[PlannedRow]) -> Self {
        let mut needs = Self::default();
        for row in plan {
            let lacks =
                |kind: &ProblemKind| usize::from(row.problems.iter().any(|problem| problem.what == *kind));
            needs.courier = needs.courier.saturating_add(lacks(&ProblemKind::MissingCourier));
            needs.sender = needs.sender.saturating_add(lacks(&ProblemKind::SfContactMissing));
            needs.goods = needs.goods.saturating_add(lacks(&ProblemKind::ItemDescMissing));
        }
        needs
    }

    /// No row lacks anything.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The message of each kind that is lacked, with how many rows.
    pub fn told(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let all = [
            ("preset-lacks-courier", self.courier),
            ("preset-lacks-sender", self.sender),
            ("preset-lacks-goods", self.goods),
        ];
        all.into_iter().filter(|(_, count)| *count > 0)
    }
}

/// The needs of a plan, counted once for each.
#[derive(Debug, Default)]
pub struct Counted {
    of: Option<(Arc<[PlannedRow]>, Needs)>,
}

impl Counted {
    /// The needs of this plan.
    pub fn of(&mut self, plan: &Arc<[PlannedRow]>) -> Needs {
        let known = self.of.take().filter(|(of, _)| Arc::ptr_eq(of, plan));
        let (of, needs) = known.unwrap_or_else(|| (Arc::clone(plan), Needs::of(plan)));
        self.of = Some((of, needs));
        needs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Problem, RowStatus};

    #[test]
    fn rows_are_counted_by_what_they_lack() {
        let row = |kinds: &[ProblemKind]| PlannedRow {
            status: RowStatus::Blocked,
            transaction_id: None,
            problems: kinds.iter().cloned().map(Problem::from).collect(),
            shipment: None,
        };
        let plan: Arc<[PlannedRow]> = [
            row(&[]),
            row(&[ProblemKind::MissingCourier, ProblemKind::ItemDescMissing]),
            row(&[ProblemKind::MissingCourier]),
            row(&[ProblemKind::SfContactMissing]),
            row(&[ProblemKind::MissingTracking]),
        ]
        .into();
        let needs = Counted::default().of(&plan);
        let expected = [
            ("preset-lacks-courier", 2),
            ("preset-lacks-sender", 1),
            ("preset-lacks-goods", 1),
        ];
        assert_eq!(needs.told().collect::<Vec<_>>(), expected);
        assert!(!needs.is_none() && Needs::of(&plan[..1]).is_none());
    }
}
