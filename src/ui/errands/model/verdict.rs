//! Which orders a wish is offered for, and which pre-sales have a date to keep. Apart from the pages because the deadline
//! board counts by the same rules.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::Purpose;
use crate::domain::{
    Errand, ErrandKind, ErrandState, ErrandWhy, Order, OrderState, Timestamp, TransactionId,
};
use crate::engine::snapshot::{ErrandsView, Orders};

/// What is left of a pre-sale's date when it strikes the eye.
const DUE: Duration = Duration::from_hours(72);

/// What was asked for from here, looked up by the order.
#[derive(Debug)]
pub struct Asked<'a> {
    newest: BTreeMap<&'a TransactionId, &'a Arc<Errand>>,
    errands: &'a ErrandsView,
}

impl<'a> Asked<'a> {
    /// The reminders, or the reports.
    pub fn of(purpose: Purpose, errands: &'a ErrandsView) -> Self {
        let mut newest: BTreeMap<&TransactionId, &Arc<Errand>> = BTreeMap::new();
        for errand in errands.rows.iter().filter(|errand| purpose.asks(errand)) {
            let known = newest.entry(&errand.transaction_id).or_insert(errand);
            if errand.id > known.id {
                *known = errand;
            }
        }
        Self { newest, errands }
    }

    /// What was last asked for an order.
    pub fn newest(&self, order: &Order) -> Option<Arc<Errand>> {
        self.newest
            .get(&order.transaction_id)
            .map(|errand| Arc::clone(errand))
    }

    /// Why an order does not allow it; `None` when it does.
    pub fn why_not(&self, order: &Order, kind: ErrandKind, now: Timestamp) -> Option<ErrandWhy> {
        let newest = self.newest.get(&order.transaction_id);
        if newest.is_some_and(|errand| errand.state.is_open()) {
            return Some(ErrandWhy::UnderWay);
        }
        if kind.is_reminder() && self.errands.reminded.contains(&order.transaction_id) {
            return Some(ErrandWhy::Reminded);
        }
        kind.check(order, now).err()
    }
}

impl Purpose {
    /// An errand belongs on this page.
    pub fn asks(self, errand: &Errand) -> bool {
        errand.kind.is_reminder() == (self == Self::Remind)
    }

    /// An order belongs on the list of this page, whether it allows the wish or not.
    pub fn lists(self, order: &Order) -> bool {
        match self {
            Self::Remind => order.state == OrderState::Shipped,
            Self::Report => order.state == OrderState::ToShip && !order.partly_shipped(),
        }
    }
}

/// The beginning of this minute: lists that depend on now follow it once a minute.
pub fn minute_of(now: Timestamp) -> Timestamp {
    Timestamp::from_secs(now.secs().div_euclid(60).saturating_mul(60))
}

/// How many buyers can be reminded now.
pub fn remindable(orders: &Orders, errands: &ErrandsView, now: Timestamp) -> usize {
    let asked = Asked::of(Purpose::Remind, errands);
    let kind = ErrandKind::Remind {
        received_at: minute_of(now),
    };
    let can = |order: &&Arc<Order>| Purpose::Remind.lists(order) && asked.why_not(order, kind, now).is_none();
    orders.rows.iter().filter(can).count()
}

/// The day by which an order was reported to be shipped.
pub fn ship_by(errand: &Errand) -> Option<Timestamp> {
    match errand.kind {
        ErrandKind::PreSale { delay_to } => Some(delay_to),
        ErrandKind::Remind { .. } | ErrandKind::TestOrder => None,
    }
}

/// Its date has passed, or not much is left of it.
pub fn is_due(errand: &Errand, now: Timestamp) -> bool {
    ship_by(errand).is_some_and(|by| by <= now.plus(DUE))
}

/// The pre-sales that were reported from here and are still to be shipped, the nearest date first. A later report of
/// an order takes the place of an earlier one, as at WeChat.
pub fn dated(orders: &Orders, errands: &ErrandsView) -> Vec<Arc<Errand>> {
    let mut last: HashMap<&TransactionId, &Arc<Errand>> = HashMap::new();
    let counts =
        |errand: &&Arc<Errand>| Purpose::Report.asks(errand) && matches!(errand.state, ErrandState::Done(_));
    for errand in errands.rows.iter().filter(counts) {
        let known = last.entry(&errand.transaction_id).or_insert(errand);
        if errand.id > known.id {
            *known = errand;
        }
    }
    let waiting = orders.rows.iter().filter(|order| order.can_ship());
    let mut dated: Vec<Arc<Errand>> = waiting
        .filter_map(|order| last.get(&order.transaction_id))
        .filter(|errand| ship_by(errand).is_some())
        .map(|errand| Arc::clone(errand))
        .collect();
    dated.sort_by_key(|errand| (ship_by(errand), errand.id));
    dated
}
