//! From what was typed to what may be sent: everything that is wrong is told at once, before a byte leaves. What comes
//! out can be made in no other way.

mod details;
mod fields;
mod ship;

use super::problem::{ShoppingFault, ShoppingField, ShoppingPlace, ShoppingProblem};
use super::{KeyDraft, KeyKind, ShoppingCall, ShoppingContent, ShoppingDraft, ShoppingLogistics};
use crate::domain::{Contact, CourierId, CourierList, DeliveryMode, Fen, OpenId, OrderKey, TrackingNo};

use fields::Bag;

/// What a check needs besides the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShoppingRules<'a> {
    /// The couriers that may be sent; `None` checks only the shape of an id.
    pub couriers: Option<&'a CourierList>,
    /// The account's AppID: links to a Mini Program lead to it. Empty where it is not known.
    pub appid: &'a str,
    /// Parcels of one sub-order.
    pub max_parcels: usize,
}

/// A page that a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JumpLink {
    /// Of the Mini Program.
    MiniProgram {
        /// Its AppID.
        appid: String,
        /// The path of the page.
        path: String,
    },
    /// Of the web.
    Url(String),
}

/// One item, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingItem {
    /// The shop's number; all items of a sub-order have one, or none has.
    pub merchant_item_id: Option<String>,
    /// Its name.
    pub name: String,
    /// More words.
    pub description: Option<String>,
    /// Price of one.
    pub unit_price: Fen,
    /// How many, from 1.
    pub quantity: i64,
    /// Addresses of its images, 1 to 3.
    pub image_urls: Vec<String>,
    /// Its page.
    pub link: JumpLink,
}

/// The details of one sub-order, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubDetails {
    /// Its number, of the same kind as the combined order's.
    pub key: OrderKey,
    /// The number under which the shop shows it.
    pub merchant_order_no: String,
    /// The page of the order.
    pub link: JumpLink,
    /// What was bought, 1 to 50 items.
    pub items: Vec<ShoppingItem>,
    /// How it reaches the buyer.
    pub logistics: ShoppingLogistics,
}

/// One parcel, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingParcel {
    /// Who carries it.
    pub courier: CourierId,
    /// Its number.
    pub tracking_no: TrackingNo,
    /// What is in it; empty only where all is in one parcel.
    pub item_ids: Vec<String>,
    /// Masked phones.
    pub contact: Contact,
}

/// The parcels of one sub-order, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubShipment {
    /// Its number.
    pub key: OrderKey,
    /// One parcel without items, or any number of them each with its items.
    pub mode: DeliveryMode,
    /// The parcels.
    pub parcels: Vec<ShoppingParcel>,
}

/// Who is asked about, in all three calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingCheck {
    key: OrderKey,
    payer: OpenId,
}

impl ShoppingCheck {
    /// The combined order.
    pub fn key(&self) -> &OrderKey {
        &self.key
    }

    /// Who paid.
    pub fn payer(&self) -> &OpenId {
        &self.payer
    }
}

/// Combined shopping details, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingDetails {
    of: ShoppingCheck,
    subs: Vec<SubDetails>,
}

impl ShoppingDetails {
    /// The combined order and who paid.
    pub fn of(&self) -> &ShoppingCheck {
        &self.of
    }

    /// Its sub-orders, at least one.
    pub fn subs(&self) -> &[SubDetails] {
        &self.subs
    }
}

/// Combined shipping, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingShipment {
    of: ShoppingCheck,
    subs: Vec<SubShipment>,
}

impl ShoppingShipment {
    /// The combined order and who paid.
    pub fn of(&self) -> &ShoppingCheck {
        &self.of
    }

    /// Its sub-orders, at least one.
    pub fn subs(&self) -> &[SubShipment] {
        &self.subs
    }
}

/// One call, ready to be made. A check is the only way to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShoppingOrder {
    /// Tell what was bought.
    Details(ShoppingDetails),
    /// Tell how it is shipped.
    Ship(ShoppingShipment),
    /// Ask how the upload of the details came out.
    Verify(ShoppingCheck),
}

impl ShoppingOrder {
    /// Which call.
    pub fn call(&self) -> ShoppingCall {
        match self {
            Self::Details(_) => ShoppingCall::Details,
            Self::Ship(_) => ShoppingCall::Ship,
            Self::Verify(_) => ShoppingCall::Verify,
        }
    }

    /// The combined order and who paid.
    pub fn of(&self) -> &ShoppingCheck {
        match self {
            Self::Details(details) => &details.of,
            Self::Ship(shipment) => &shipment.of,
            Self::Verify(check) => check,
        }
    }
}

impl ShoppingDraft {
    /// What may be sent of it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, rules: &ShoppingRules<'_>) -> Result<ShoppingOrder, Vec<ShoppingProblem>> {
        let mut bag = Bag::default();
        let top = ShoppingPlace::default();
        let key = fields::key(&mut bag, top, &self.key);
        let payer = fields::openid(&mut bag, &self.openid);
        let content = match &self.content {
            ShoppingContent::Details(subs) => {
                Content::Details(details::subs(&mut bag, subs, &self.key, rules))
            }
            ShoppingContent::Ship(subs) => Content::Ship(ship::subs(&mut bag, subs, &self.key, rules)),
            ShoppingContent::Verify => Content::Verify,
        };
        let (Some(key), Some(payer), true) = (key, payer, bag.is_empty()) else {
            return Err(bag.into_problems());
        };
        let of = ShoppingCheck { key, payer };
        Ok(match content {
            Content::Details(subs) => ShoppingOrder::Details(ShoppingDetails { of, subs }),
            Content::Ship(subs) => ShoppingOrder::Ship(ShoppingShipment { of, subs }),
            Content::Verify => ShoppingOrder::Verify(of),
        })
    }
}

enum Content {
    Details(Vec<SubDetails>),
    Ship(Vec<SubShipment>),
    Verify,
}

/// The number of a sub-order: of the same kind as the combined order's, and not named twice.
fn sub_key(
    bag: &mut Bag,
    place: ShoppingPlace,
    key: &KeyDraft,
    parent: &KeyDraft,
    earlier: &[&KeyDraft],
) -> Option<OrderKey> {
    let field = match key.by {
        KeyKind::Transaction => ShoppingField::TransactionId,
        KeyKind::Merchant => ShoppingField::OutTradeNo,
    };
    if key.by != parent.by {
        bag.add(place, field, ShoppingFault::KindsDiffer);
    }
    let same = |other: &&KeyDraft| {
        other.by == key.by && other.number() == key.number() && other.mchid.trim() == key.mchid.trim()
    };
    if !key.number().is_empty() && earlier.iter().any(same) {
        bag.add(place, field, ShoppingFault::Repeated);
    }
    fields::key(bag, place, key)
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
