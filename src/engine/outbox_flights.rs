//! Calls under way: those of the outbox, and the reads beside it that share its pace.

use super::outbox::{Flight, Outbox};
use super::pace::Sign;
use crate::domain::{ShipmentId, Timestamp, TransactionId};

impl Outbox {
    /// Takes a permission for a read beside the outbox, at the same pace.
    ///
    /// # Errors
    /// The moment at which to ask again; `None` when an answer must come first.
    pub fn permit(&mut self, now: Timestamp, in_flight: usize) -> Result<(), Option<Timestamp>> {
        self.pace.take(now, in_flight.saturating_add(self.flights.len()))
    }

    /// A read beside the outbox was answered properly.
    pub fn learn_clean_read(&mut self, now: Timestamp) {
        self.pace.learn(Sign::Clean, now);
    }

    /// A call could not be started after all: it is not in flight.
    pub fn not_started(&mut self, id: ShipmentId) {
        self.flights.remove(&id);
        if let Some(shipment) = self.shipments.get(&id).cloned() {
            self.put(shipment);
        }
    }

    /// A shipment of this order is under way, or the guided probe works on it.
    pub fn has_open(&self, order: &TransactionId) -> bool {
        if self.probed.as_ref() == Some(order) {
            return true;
        }
        self.of_order(order).any(|shipment| shipment.state.is_open())
    }

    /// Uploads whose answer is awaited.
    pub fn uploads_in_flight(&self) -> usize {
        self.flights
            .values()
            .filter(|flight| **flight == Flight::Upload)
            .count()
    }
}
