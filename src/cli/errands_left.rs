//! Errands that have not ended: how many wait for an order that WeChat does not show, when it is asked again, and
//! which are left. Apart from what was just asked for, because `resume`, `cancel` and every wait speak of them too.

use std::sync::Arc;

use super::output::Console;
use crate::domain::{Errand, ErrandState, Timestamp};
use crate::engine::snapshot::ErrandsView;

/// Those whose order WeChat did not show.
pub fn waiting(view: &ErrandsView) -> usize {
    let waits = view.rows.iter().filter(|errand| errand.waits_for_order());
    waits.count()
}

/// The first moment at which WeChat is asked again for one of their orders; `None`: it is due, or there is none.
pub fn next_ask(view: &ErrandsView, now: Timestamp) -> Option<Timestamp> {
    let waits = view.rows.iter().filter(|errand| errand.waits_for_order());
    let first = waits.map(|errand| errand.not_before).min()?;
    (first > now).then_some(first)
}

/// Those that are open or wait for a person.
pub fn left(view: &ErrandsView) -> Vec<Arc<Errand>> {
    let stands = |state: &ErrandState| state.is_open() || matches!(state, ErrandState::NeedsPerson(_));
    let rows = view.rows.iter().filter(|errand| stands(&errand.state));
    rows.cloned().collect()
}

/// Says what waits for an order that WeChat does not show, and the two ways out.
pub fn say_waiting(console: Console, count: usize) {
    if count > 0 {
        console.say("cli-errands-not-visible", &[("count", count.into())]);
    }
}
