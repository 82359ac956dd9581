//! Which shipments belong to an order, without looking at all others: a list of orders is read page by page, and each
//! order of it is compared with what was sent for it from here.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::outbox::Outbox;
use crate::domain::{Shipment, ShipmentId, TransactionId};

/// The shipments of each order; an order never changes its shipment.
#[derive(Clone, Debug, Default)]
pub(super) struct ByOrder(HashMap<TransactionId, BTreeSet<ShipmentId>>);

impl ByOrder {
    pub(super) fn add(&mut self, shipment: &Shipment) {
        let order = shipment.intent.transaction_id();
        if let Some(known) = self.0.get_mut(order) {
            known.insert(shipment.id);
        } else {
            self.0.insert(order.clone(), BTreeSet::from([shipment.id]));
        }
    }

    pub(super) fn remove(&mut self, shipment: &Shipment) {
        let order = shipment.intent.transaction_id();
        if let Some(known) = self.0.get_mut(order) {
            known.remove(&shipment.id);
            if known.is_empty() {
                self.0.remove(order);
            }
        }
    }
}

impl Outbox {
    /// The shipments of an order that it holds, newest first.
    pub fn of_order(&self, order: &TransactionId) -> impl Iterator<Item = &Arc<Shipment>> {
        let ids = self.by_order.0.get(order).into_iter().flatten().rev();
        ids.filter_map(|id| self.shipments.get(id))
    }
}
