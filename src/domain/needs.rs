//! What the rows of a file lack that one entry for the whole file would give them.

use super::{PlannedRow, ProblemKind};

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
    /// Counts the next row.
    pub fn take(&mut self, row: &PlannedRow) {
        let lacks =
            |kind: &ProblemKind| usize::from(row.problems.iter().any(|problem| problem.what == *kind));
        self.courier = self.courier.saturating_add(lacks(&ProblemKind::MissingCourier));
        self.sender = self.sender.saturating_add(lacks(&ProblemKind::SfContactMissing));
        self.goods = self.goods.saturating_add(lacks(&ProblemKind::ItemDescMissing));
    }

    /// No row lacks anything.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Problem;

    #[test]
    fn rows_are_counted_by_what_they_lack() {
        let mut needs = Needs::default();
        for kinds in [
            &[][..],
            &[ProblemKind::MissingCourier, ProblemKind::ItemDescMissing],
            &[ProblemKind::MissingCourier],
            &[ProblemKind::SfContactMissing],
            &[ProblemKind::MissingTracking],
        ] {
            assert_eq!(needs.is_none(), needs.courier == 0);
            needs.take(&PlannedRow {
                status: crate::domain::RowStatus::Blocked,
                transaction_id: None,
                problems: kinds.iter().cloned().map(Problem::from).collect(),
                shipment: None,
            });
        }
        assert_eq!((needs.courier, needs.sender, needs.goods), (2, 1, 1));
    }
}
