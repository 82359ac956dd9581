//! Which tone a state has: one table, so that the same state never has two colours.

use super::theme::Tone;
use super::widgets::{Icon, icons};
use crate::domain::shopping::{ShoppingNotice, ShoppingVerdict};
use crate::domain::{ErrandState, RowStatus, Severity, ShoppingState, State};

/// The tone of a row of a file.
pub fn of_row(status: RowStatus) -> Tone {
    match status {
        RowStatus::Ready => Tone::Ready,
        RowStatus::Blocked | RowStatus::Refused => Tone::Blocked,
        RowStatus::Ignored | RowStatus::Cancelled => Tone::Neutral,
        RowStatus::AlreadyDone | RowStatus::Shipped => Tone::Done,
        RowStatus::Queued | RowStatus::Waiting | RowStatus::Sending => Tone::Info,
        RowStatus::Unclear => Tone::Unclear,
        RowStatus::NeedsPerson => Tone::Person,
    }
}

/// The tone of a shipment.
pub fn of_shipment(state: &State) -> Tone {
    of_row(RowStatus::from(state))
}

/// The tone of an errand.
pub fn of_errand(state: &ErrandState) -> Tone {
    match state {
        ErrandState::Queued | ErrandState::Sending => Tone::Info,
        ErrandState::Unclear(_) => Tone::Unclear,
        ErrandState::Done(_) => Tone::Done,
        ErrandState::Refused(_) => Tone::Blocked,
        ErrandState::Stopped(_) => Tone::Warn,
        ErrandState::NeedsPerson(_) => Tone::Person,
        ErrandState::Cancelled => Tone::Neutral,
    }
}

/// The tone of a call about a shopping order.
pub fn of_shopping(state: &ShoppingState) -> Tone {
    match state {
        ShoppingState::Said(_) => match state.verdict() {
            Some(ShoppingVerdict::Well) => Tone::Done,
            Some(ShoppingVerdict::Other) => Tone::Warn,
            Some(ShoppingVerdict::Nothing) | None => Tone::Info,
        },
        ShoppingState::Queued | ShoppingState::Sending => Tone::Info,
        ShoppingState::Accepted | ShoppingState::Settled => Tone::Done,
        ShoppingState::Refused(_) => Tone::Blocked,
        ShoppingState::NotSent(_) => Tone::Warn,
        ShoppingState::Left => Tone::Neutral,
        ShoppingState::Unclear(_) => Tone::Unclear,
    }
}

/// The tone of what is said once about shopping orders.
pub fn of_shopping_notice(said: &ShoppingNotice) -> Tone {
    match said {
        // What WeChat has answered may be good or bad; the list of results tells.
        ShoppingNotice::Queued {
            queued: 1..,
            wrong: 0,
            ..
        }
        | ShoppingNotice::Done {
            stopped: 0,
            unclear: 0,
            ..
        } => Tone::Info,
        ShoppingNotice::Done { unclear: 1.., .. } => Tone::Unclear,
        ShoppingNotice::Queued { .. } | ShoppingNotice::Done { .. } => Tone::Warn,
    }
}

/// The tone and the icon of a problem.
pub fn of_problem(severity: Severity) -> (Tone, Icon) {
    match severity {
        Severity::Note => (Tone::Info, icons::ICON_INFO),
        Severity::Warning => (Tone::Warn, icons::ICON_WARNING),
        Severity::Blocking => (Tone::Blocked, icons::ICON_ERROR),
    }
}
