//! Where the shipment of a row stands, when that is more than a state's name: unclear, waiting, put off, or
//! for a person.

use std::time::Duration;

use crate::domain::{Shipment, State, Step, Timestamp};
use crate::engine::snapshot::{BatchView, Outbox};
use crate::i18n::{Lang, Told, next_words, tell};

/// The shipment of a row that has one.
pub fn shipment_of(batch: &BatchView, index: usize) -> Option<&Shipment> {
    batch.shipment(index).map(AsRef::as_ref)
}

/// What the row's line says, with how long that stays true; `None` when the state's name says it all.
pub fn line(
    shipment: &Shipment,
    outbox: &Outbox,
    lang: Lang,
    now: Timestamp,
) -> Option<(String, Option<Duration>)> {
    let ahead = outbox.outlook(shipment, now);
    let in_line = ahead.at.is_none() && ahead.obstacle.is_none();
    match &ahead.step {
        Step::Send { attempt: 1 } if in_line => None,
        Step::Answer { .. } | Step::Nothing => None,
        Step::Decide => Some((tell(lang, shipment, &ahead, None, now).known.title, None)),
        Step::Send { .. } | Step::Ask { .. } | Step::Look { .. } => {
            Some((next_words(lang, &ahead, None, now), ahead.changes_in(now)))
        }
    }
}

/// Everything about it; `None` when it is simply shipped or taken back.
pub fn told(
    shipment: &Shipment,
    outbox: &Outbox,
    lang: Lang,
    now: Timestamp,
) -> Option<(Told, Option<Duration>)> {
    if matches!(shipment.state, State::Shipped { .. } | State::Cancelled) {
        return None;
    }
    let ahead = outbox.outlook(shipment, now);
    Some((tell(lang, shipment, &ahead, None, now), ahead.changes_in(now)))
}
