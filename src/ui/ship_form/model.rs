//! The shipping form without its paint: what is typed, what would be sent, what is wrong with it at which
//! field, and what it costs.

pub mod compare;
pub mod content;
pub mod couriers;
mod held;
pub mod paste;
pub mod presets;
pub mod way;
pub mod words;

use std::collections::BTreeSet;

use crate::domain::parcel::MAX_ITEM_DESC_CHARS;
use crate::domain::plain_text;
use crate::domain::{
    CourierId, CourierList, Draft, Field, Grant, Intent, Look, Order, ParcelDraft, ParcelId, Problem,
    ProblemKind, Rules, Shipment, ShipmentId, Timestamp,
};
use crate::engine::{Account, OpenOrder};
use crate::ui::order_detail::model::{Cannot, Purpose, purpose};

pub use compare::{Change, Comparison, compare};
pub use couriers::find as find_couriers;
pub use way::Way;

/// Parcels per payment when no account says otherwise.
const USUAL_MAX_PARCELS: usize = 10;

/// A shipment that was asked for, until the journal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    fingerprint: String,
    known_before: BTreeSet<ShipmentId>,
}

/// The form.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// How the order is delivered.
    pub way: Way,
    /// Nothing more will follow; only asked for several parcels.
    pub complete: bool,
    /// The express parcels; those in front that WeChat already holds cannot be taken out.
    pub parcels: Vec<ParcelDraft>,
    /// The text of a delivery without a courier.
    pub plain_text: String,
    /// The digits typed to confirm a correction; `None` while the question is not asked.
    pub confirming: Option<String>,
    kept: usize,
    shown: Order,
    look: Look,
    max_parcels: usize,
    sender: String,
    touched: BTreeSet<(usize, Field)>,
    asked: Option<Asked>,
    /// Why what was asked for did not get into the outbox.
    refused: Vec<Problem>,
}

impl Form {
    /// A form for an order, filled with what is known.
    pub fn new(open: &OpenOrder, purpose: Purpose, account: Option<&Account>) -> Self {
        let order = Order::clone(&open.order);
        let sender = account
            .and_then(|account| account.sender_contact.as_ref())
            .map_or_else(String::new, |contact| contact.as_str().to_owned());
        let held = held::parcels(&order);
        let way = match purpose {
            Purpose::First => Way::Unified,
            Purpose::Continue => Way::Split,
            Purpose::Correct => Way::of(&order),
        };
        let kept = if purpose == Purpose::Continue {
            held.len()
        } else {
            0
        };
        let plain_text = held
            .first()
            .filter(|_| !way.is_express())
            .map(|parcel| parcel.item_desc.clone())
            .unwrap_or_default();
        let mut form = Self {
            purpose,
            way,
            complete: true,
            parcels: if way.is_express() { held } else { Vec::new() },
            plain_text,
            confirming: None,
            kept,
            look: Look::of(&order, open.read_at),
            shown: order,
            max_parcels: account.map_or(USUAL_MAX_PARCELS, |account| account.max_parcels),
            sender,
            touched: BTreeSet::new(),
            asked: None,
            refused: Vec::new(),
        };
        if form.plain_text.is_empty() {
            form.plain_text = form.usual_item_desc(account);
        }
        let is_first = purpose != Purpose::Correct;
        if is_first || form.parcels.is_empty() {
            let fresh = ParcelDraft {
                courier: account.map_or_else(String::new, |account| account.default_courier.clone()),
                item_desc: form.usual_item_desc(account),
                ..ParcelDraft::default()
            };
            form.parcels.push(fresh);
        }
        form
    }

    /// The order's goods, cut to what WeChat takes; else the account's usual text.
    fn usual_item_desc(&self, account: Option<&Account>) -> String {
        let goods = self.shown.description.trim();
        if goods.is_empty() {
            return account.map_or_else(String::new, |account| account.default_item_desc.clone());
        }
        plain_text::visible(goods, MAX_ITEM_DESC_CHARS)
    }

    /// The order as it was when the form was opened.
    pub fn order(&self) -> &Order {
        &self.shown
    }

    /// The parcels in front that WeChat already holds and that stay as they are.
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// The most parcels that one payment takes.
    pub fn max_parcels(&self) -> usize {
        self.max_parcels
    }

    /// The order has changed at WeChat since the form was opened, so it says something untrue.
    pub fn is_stale(&self, open: &OpenOrder) -> bool {
        let now = Look::of(&open.order, open.read_at);
        open.order.transaction_id == self.shown.transaction_id
            && (&now.parcels, now.finish_count, now.finished, now.state)
                != (
                    &self.look.parcels,
                    self.look.finish_count,
                    self.look.finished,
                    self.look.state,
                )
    }

    /// Why it may not be sent now although the form is complete: another shipment of the order has begun
    /// or waits for a decision, or the order was closed meanwhile.
    pub fn held_back(&self, open: &OpenOrder) -> Option<Cannot> {
        purpose(open).err()
    }

    /// A way cannot be chosen: parcels that WeChat holds can only be continued as several parcels.
    pub fn may_choose(&self, way: Way) -> bool {
        self.purpose != Purpose::Continue || way == Way::Split
    }

    /// Chooses a way; what was typed stays.
    pub fn choose(&mut self, way: Way) {
        if !self.may_choose(way) {
            return;
        }
        self.way = way;
        if way.is_express() && self.parcels.is_empty() {
            self.parcels.push(self.next_parcel());
        }
    }

    /// The parcels that this way sends.
    pub fn sent_parcels(&self) -> &[ParcelDraft] {
        match self.way {
            Way::Split => &self.parcels,
            Way::Unified => self.parcels.get(..1).unwrap_or_default(),
            Way::SameCity | Way::Virtual | Way::PickUp => &[],
        }
    }

    fn next_parcel(&self) -> ParcelDraft {
        let last = self.parcels.last();
        ParcelDraft {
            courier: last.map_or_else(String::new, |parcel| parcel.courier.clone()),
            item_desc: last.map_or_else(|| self.usual_item_desc(None), |parcel| parcel.item_desc.clone()),
            receiver_contact: last.map_or_else(String::new, |parcel| parcel.receiver_contact.clone()),
            ..ParcelDraft::default()
        }
    }

    /// Another parcel may be added.
    pub fn may_add(&self) -> bool {
        self.way == Way::Split && self.parcels.len() < self.max_parcels
    }

    /// Adds a parcel like the last one, without its number.
    pub fn add_parcel(&mut self) {
        if self.may_add() {
            self.parcels.push(self.next_parcel());
        }
    }

    /// Takes a parcel out; those that WeChat holds stay.
    pub fn remove_parcel(&mut self, index: usize) {
        let last_of_all = self.parcels.len() <= 1;
        if index >= self.kept && index < self.parcels.len() && !last_of_all {
            self.parcels.remove(index);
            self.touched.clear();
        }
    }

    /// A parcel may be moved one place up.
    pub fn may_move_up(&self, index: usize) -> bool {
        index > self.kept && index < self.parcels.len()
    }

    /// Moves a parcel one place up.
    pub fn move_up(&mut self, index: usize) {
        if self.may_move_up(index) {
            self.parcels.swap(index, index.saturating_sub(1));
        }
    }

    /// Remembers that a person has been at a field: from now on it says when something is missing.
    pub fn touch(&mut self, parcel: usize, field: Field) {
        self.touched.insert((parcel, field));
    }

    /// WeChat holds all of it already: continuing neither adds a parcel nor finishes the order, or a
    /// correction corrects nothing.
    pub fn changes_nothing(&self) -> bool {
        match self.purpose {
            Purpose::First => false,
            Purpose::Continue => self.parcels.len() == self.kept && !self.complete,
            Purpose::Correct if self.way.is_express() => {
                let id = |parcel: &ParcelDraft| ParcelId::new(&parcel.courier, &parcel.tracking_no);
                let ours: BTreeSet<ParcelId> = self.sent_parcels().iter().map(id).collect();
                ours == self.look.parcels
            }
            Purpose::Correct => {
                self.look.logistics_type == self.way.logistics_type().code()
                    && self.look.item_desc.trim() == self.plain_text.trim()
            }
        }
    }

    /// What would be sent. The account's sender stands in where a parcel of 顺丰 has no contact.
    pub fn draft(&self) -> Draft {
        let mut parcels = self.sent_parcels().to_vec();
        for parcel in &mut parcels {
            let without =
                parcel.consignor_contact.trim().is_empty() && parcel.receiver_contact.trim().is_empty();
            if without && parcel.courier.trim() == CourierId::SF {
                parcel.consignor_contact.clone_from(&self.sender);
            }
        }
        if !self.way.is_express() {
            parcels.push(ParcelDraft {
                item_desc: self.plain_text.clone(),
                ..ParcelDraft::default()
            });
        }
        Draft {
            transaction_id: self.shown.transaction_id.as_str().to_owned(),
            logistics_type: self.way.logistics_type(),
            delivery_mode: self.way.delivery_mode(),
            complete: self.way != Way::Split || self.complete,
            parcels,
            reship: None,
            combined: None,
        }
    }

    /// Checks what is typed.
    ///
    /// # Errors
    /// All problems, by field and parcel.
    pub fn check(&self, couriers: &CourierList) -> Result<(Intent, Vec<Problem>), Vec<Problem>> {
        let rules = Rules {
            max_parcels: self.max_parcels,
            couriers: Some(couriers),
        };
        Intent::check(&self.draft(), &rules)
    }

    /// A problem is worth saying now: what is merely not typed yet is not, until a person has been there.
    pub fn says(&self, problem: &Problem) -> bool {
        let missing = matches!(
            problem.what,
            ProblemKind::MissingCourier
                | ProblemKind::MissingTracking
                | ProblemKind::ItemDescMissing
                | ProblemKind::SfContactMissing
        );
        let at = (
            problem.parcel.unwrap_or(0),
            problem.field.unwrap_or(Field::Parcels),
        );
        !missing || self.touched.contains(&at)
    }

    /// The last four digits that confirm a correction.
    pub fn confirm_code(&self) -> String {
        let number = self.shown.transaction_id.as_str();
        let skip = number.chars().count().saturating_sub(4);
        number.chars().skip(skip).collect()
    }

    /// The typed digits are the right ones.
    pub fn is_confirmed(&self) -> bool {
        let narrow = |c: char| match c {
            '０'..='９' => char::from_digit(u32::from(c).saturating_sub(u32::from('０')), 10).unwrap_or(c),
            other => other,
        };
        self.confirming
            .as_ref()
            .is_some_and(|typed| typed.trim().chars().map(narrow).collect::<String>() == self.confirm_code())
    }

    /// The draft that is sent, with the permission for exactly what the person saw when it is a correction.
    /// `None` while something is wrong, not confirmed, or already asked for.
    pub fn send(&mut self, open: &OpenOrder, couriers: &CourierList, now: Timestamp) -> Option<Draft> {
        let correcting = self.purpose == Purpose::Correct;
        let ready = self.asked.is_none()
            && self.held_back(open).is_none()
            && !self.is_stale(open)
            && !self.changes_nothing()
            && (!correcting || self.is_confirmed());
        if !ready {
            return None;
        }
        let mut draft = self.draft();
        draft.reship = correcting.then(|| Grant {
            at: now,
            seen: self.look.parcels.clone(),
            seen_finish_count: self.look.finish_count,
        });
        let rules = Rules {
            max_parcels: self.max_parcels,
            couriers: Some(couriers),
        };
        let (intent, _) = Intent::check(&draft, &rules).ok()?;
        self.confirming = None;
        self.asked = Some(Asked {
            fingerprint: intent.fingerprint(),
            known_before: open.shipments.iter().map(|shipment| shipment.id).collect(),
        });
        Some(draft)
    }

    /// It was sent from here; the journal may not show it yet.
    pub fn is_sent(&self) -> bool {
        self.asked.is_some()
    }

    /// The engine did not take it, and nothing was sent.
    pub fn refuse(&mut self, problems: &[Problem]) {
        if self.asked.is_some() {
            self.refused = problems.to_vec();
        }
    }

    /// Why it was not taken; empty while it may still be.
    pub fn refused(&self) -> &[Problem] {
        &self.refused
    }

    /// The shipment that came of it, once the journal shows it.
    pub fn shipment<'a>(&self, open: &'a OpenOrder) -> Option<&'a Shipment> {
        let asked = self.asked.as_ref()?;
        open.shipments.iter().map(AsRef::as_ref).find(|shipment| {
            !asked.known_before.contains(&shipment.id) && shipment.intent.fingerprint() == asked.fingerprint
        })
    }

    /// Back to typing: it did not get into the outbox, or was taken back.
    pub fn edit_again(&mut self) {
        self.asked = None;
        self.refused.clear();
    }
}

#[cfg(test)]
#[path = "model/tests.rs"]
mod tests;
