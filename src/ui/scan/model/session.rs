//! What was scanned since the window was opened, and where each order stands. Apart from the station, because the
//! engine goes on with these while the next order is scanned.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Seen;
use super::known::{Ready, same_number, shop_number};
use crate::domain::{Order, Problem, ScannedParcel, Shipment, ShipmentId, State, Timestamp, TransactionId};
use crate::engine::command::Command;
use crate::engine::snapshot::Outbox;

/// One scanned order.
#[derive(Clone, Debug)]
pub struct Scan {
    /// WeChat's number.
    pub order: TransactionId,
    /// The number by which staff know it.
    pub number: String,
    /// What was bought.
    pub goods: String,
    /// Its new parcels.
    pub parcels: Vec<ScannedParcel>,
    /// Nothing more will follow.
    pub complete: bool,
    /// When it was scanned.
    pub at: Timestamp,
    /// Its shipment, once the journal shows it.
    pub shipment: Option<Arc<Shipment>>,
    /// Why it was not taken; nothing was sent then.
    pub refused: Vec<Problem>,
    /// It is to be taken back as soon as the journal shows it.
    pub taking_back: bool,
    fingerprint: String,
    known_before: BTreeSet<ShipmentId>,
    /// It was said that it stopped.
    said: bool,
}

impl Scan {
    /// An order that was scanned now.
    pub fn new(
        order: &Order,
        parcels: &[ScannedParcel],
        complete: bool,
        ready: &Ready,
        seen: &Seen<'_>,
    ) -> Self {
        let rows = seen.snapshot.outbox.rows.iter();
        let of_order = rows.filter(|shipment| *shipment.intent.transaction_id() == order.transaction_id);
        Self {
            order: order.transaction_id.clone(),
            number: shop_number(order),
            goods: order.description.clone(),
            parcels: parcels.to_vec(),
            complete,
            at: seen.now,
            shipment: None,
            refused: Vec::new(),
            taking_back: false,
            fingerprint: ready.fingerprint.clone(),
            known_before: of_order.map(|shipment| shipment.id).collect(),
            said: false,
        }
    }

    /// Nothing of it was sent, and nothing will be.
    pub fn is_void(&self) -> bool {
        let cancelled = self
            .shipment
            .as_ref()
            .is_some_and(|s| s.state == State::Cancelled);
        cancelled || !self.refused.is_empty()
    }

    /// It waits in the outbox and nothing of it was sent.
    pub fn can_take_back(&self) -> bool {
        let waits = |s: &Arc<Shipment>| matches!(s.state, State::Queued | State::Waiting);
        !self.is_void() && !self.taking_back && self.shipment.as_ref().is_none_or(waits)
    }

    /// WeChat refused it.
    fn was_rejected(&self) -> bool {
        let rejected = |s: &Arc<Shipment>| matches!(s.state, State::Rejected(_));
        self.shipment.as_ref().is_some_and(rejected)
    }

    /// It stopped: refused by WeChat or for a person.
    pub fn has_stopped(&self) -> bool {
        let stopped = |s: &Arc<Shipment>| matches!(s.state, State::Rejected(_) | State::NeedsPerson(_));
        self.shipment.as_ref().is_some_and(stopped)
    }
}

/// How many orders of the session stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scanned and not taken back.
    pub scanned: usize,
    /// WeChat holds them.
    pub shipped: usize,
    /// They stopped or were not taken.
    pub troubled: usize,
}

/// The scanned orders, oldest first.
#[derive(Debug, Default)]
pub struct Session {
    scans: Vec<Scan>,
    followed: Option<Arc<[Arc<Shipment>]>>,
    stopped: Vec<String>,
    tally: Tally,
}

impl Session {
    /// The scanned orders, oldest first.
    pub fn scans(&self) -> &[Scan] {
        &self.scans
    }

    /// How many stand where.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    pub(super) fn add(&mut self, scan: Scan) {
        self.scans.push(scan);
        self.count();
    }

    /// It was scanned and goes out, or has gone out in full. A part that has gone out may be followed by the rest.
    pub(super) fn is_under_way(&self, order: &TransactionId) -> bool {
        self.scans.iter().any(|scan| {
            let over = scan.shipment.as_ref().is_some_and(|s| !s.state.is_open());
            scan.order == *order && !scan.is_void() && !over
        })
    }

    /// The order of the session, other than the open one, that has this parcel; one that was refused has none.
    pub(super) fn with_parcel(&self, number: &str, open: Option<&TransactionId>) -> Option<&Scan> {
        self.scans.iter().find(|scan| {
            let has = |parcel: &ScannedParcel| same_number(&parcel.tracking_no, number);
            let other = Some(&scan.order) != open;
            other && !scan.is_void() && !scan.was_rejected() && scan.parcels.iter().any(has)
        })
    }

    /// The outbox did not take it; its number when it was scanned here and waits for an answer.
    pub(super) fn refuse(&mut self, order: &str, problems: &[Problem]) -> Option<String> {
        let scan = self
            .scans
            .iter_mut()
            .rev()
            .find(|scan| scan.order.as_str() == order && scan.shipment.is_none() && !scan.is_void())?;
        scan.refused = problems.to_vec();
        let number = scan.number.clone();
        self.count();
        Some(number)
    }

    /// Takes one back, or the newest that can be: its number, and the command when the journal shows it already.
    pub(super) fn take_back(&mut self, index: Option<usize>) -> Option<(String, Option<Command>)> {
        let scan = match index {
            Some(index) => self.scans.get_mut(index),
            // Only the last one: an older one is never meant by habit.
            None => self.scans.iter_mut().rev().find(|scan| !scan.is_void()),
        };
        let scan = scan.filter(|scan| scan.can_take_back())?;
        scan.taking_back = true;
        let command = scan.shipment.as_ref().map(|s| Command::CancelShipment(s.id));
        Some((scan.number.clone(), command))
    }

    /// Follows the outbox; looks only when it has changed. What was taken back before the journal showed it is
    /// taken back now.
    pub(super) fn follow(&mut self, outbox: &Outbox) -> Vec<Command> {
        let same = |followed: &Arc<[Arc<Shipment>]>| Arc::ptr_eq(followed, &outbox.rows);
        if self.scans.is_empty() || self.followed.as_ref().is_some_and(same) {
            return Vec::new();
        }
        self.followed = Some(Arc::clone(&outbox.rows));
        let mut by_order: HashMap<&TransactionId, Vec<&Arc<Shipment>>> = HashMap::new();
        for shipment in outbox.rows.iter() {
            by_order
                .entry(shipment.intent.transaction_id())
                .or_default()
                .push(shipment);
        }
        let mut commands = Vec::new();
        for scan in &mut self.scans {
            let Some(of_order) = by_order.get(&scan.order) else {
                continue;
            };
            let its = |shipment: &&&Arc<Shipment>| match &scan.shipment {
                Some(known) => shipment.id == known.id,
                None => {
                    !scan.known_before.contains(&shipment.id)
                        && shipment.intent.fingerprint() == scan.fingerprint
                }
            };
            let Some(shipment) = of_order.iter().find(its) else {
                continue;
            };
            let is_new = scan.shipment.is_none();
            scan.shipment = Some(Arc::clone(shipment));
            if is_new && scan.taking_back {
                commands.push(Command::CancelShipment(shipment.id));
            }
            if !shipment.state.is_open() {
                scan.taking_back = false;
            }
            if scan.has_stopped() && !scan.said {
                scan.said = true;
                self.stopped.push(scan.number.clone());
            }
        }
        self.count();
        commands
    }

    /// The orders that have stopped since the last call.
    pub(super) fn take_stopped(&mut self) -> Vec<String> {
        std::mem::take(&mut self.stopped)
    }

    fn count(&mut self) {
        let count = |holds: fn(&Scan) -> bool| self.scans.iter().filter(|scan| holds(scan)).count();
        let shipped = |scan: &Scan| {
            let state = scan.shipment.as_ref().map(|s| &s.state);
            matches!(state, Some(State::Shipped { .. }))
        };
        self.tally = Tally {
            scanned: count(|scan| !scan.is_void()),
            shipped: count(shipped),
            troubled: count(|scan| scan.has_stopped() || !scan.refused.is_empty()),
        };
    }
}
