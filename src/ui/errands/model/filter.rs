//! What a page of reminders or special orders lists, behind its counters.

use super::Purpose;

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Orders that allow it.
    #[default]
    Can,
    /// Orders that do not, with the reason.
    Cannot,
    /// Pre-sales with a date to keep.
    Dated,
    /// What was asked for from here.
    History,
}

impl Filter {
    /// Those of a page.
    pub fn of(purpose: Purpose) -> &'static [Self] {
        match purpose {
            Purpose::Remind => &[Self::Can, Self::Cannot, Self::History],
            Purpose::Report => &[Self::Can, Self::Cannot, Self::Dated, Self::History],
        }
    }

    /// It lists what was asked for instead of orders.
    pub fn is_past(self) -> bool {
        matches!(self, Self::Dated | Self::History)
    }
}
