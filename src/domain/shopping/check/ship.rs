//! The check of combined shipping: one parcel without items, or parcels that each name theirs (contract 4.2).

use super::super::problem::{ShoppingFault, ShoppingField, ShoppingPlace};
use super::super::{KeyDraft, MAX_ITEMS, MAX_MERCHANT_BYTES, ShoppingParcelDraft, SubShipDraft};
use super::fields::Bag;
use super::{ShoppingParcel, ShoppingRules, SubShipment, sub_key};
use crate::domain::parcel::MAX_ID_BYTES;
use crate::domain::{Contact, CourierId, DeliveryMode, MaskedContact, TrackingNo};

/// All sub-orders; those that are sound.
pub(super) fn subs(
    bag: &mut Bag,
    drafts: &[SubShipDraft],
    parent: &KeyDraft,
    rules: &ShoppingRules<'_>,
) -> Vec<SubShipment> {
    if drafts.is_empty() {
        let top = ShoppingPlace::default();
        bag.add(top, ShoppingField::SubOrders, ShoppingFault::Missing);
    }
    let mut keys: Vec<&KeyDraft> = Vec::new();
    let mut sound = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let place = ShoppingPlace::sub(index);
        let key = sub_key(bag, place, &draft.key, parent, &keys);
        keys.push(&draft.key);
        let parcels = parcels(bag, place, draft, rules);
        if let Some(key) = key {
            sound.push(SubShipment {
                key,
                mode: draft.mode,
                parcels,
            });
        }
    }
    sound
}

fn parcels(
    bag: &mut Bag,
    place: ShoppingPlace,
    draft: &SubShipDraft,
    rules: &ShoppingRules<'_>,
) -> Vec<ShoppingParcel> {
    let field = ShoppingField::Parcels;
    let (count, most) = (draft.parcels.len(), rules.max_parcels);
    if count == 0 {
        bag.add(place, field, ShoppingFault::Missing);
    } else if draft.mode == DeliveryMode::Unified && count > 1 {
        bag.add(place, field, ShoppingFault::UnifiedIsOne);
    } else if count > most {
        bag.add(place, field, ShoppingFault::TooMany { most });
    }
    let mut sound = Vec::new();
    for (index, parcel) in draft.parcels.iter().enumerate() {
        let place = place.part(index);
        let item_ids = item_ids(bag, place, draft.mode, &parcel.item_ids);
        sound.extend(one(bag, place, parcel, item_ids, rules));
    }
    sound
}

fn one(
    bag: &mut Bag,
    place: ShoppingPlace,
    draft: &ShoppingParcelDraft,
    item_ids: Vec<String>,
    rules: &ShoppingRules<'_>,
) -> Option<ShoppingParcel> {
    let courier = courier(bag, place, &draft.courier, rules);
    let field = ShoppingField::TrackingNo;
    let tracking_no = bag
        .text(place, field, &draft.tracking_no, MAX_ID_BYTES)
        .and_then(|text| {
            let number = TrackingNo::parse(&text);
            if number.is_none() {
                bag.add(place, field, ShoppingFault::BadSigns);
            }
            number
        });
    let contact = Contact {
        consignor: contact(
            bag,
            place,
            ShoppingField::ConsignorContact,
            &draft.consignor_contact,
        ),
        receiver: contact(
            bag,
            place,
            ShoppingField::ReceiverContact,
            &draft.receiver_contact,
        ),
    };
    let typed = [&draft.consignor_contact, &draft.receiver_contact];
    let none = typed.iter().all(|text| text.trim().is_empty());
    if none && courier.as_ref().is_some_and(CourierId::needs_contact) {
        bag.add(
            place,
            ShoppingField::ReceiverContact,
            ShoppingFault::ContactNeeded,
        );
    }
    Some(ShoppingParcel {
        courier: courier?,
        tracking_no: tracking_no?,
        item_ids,
        contact,
    })
}

fn courier(bag: &mut Bag, place: ShoppingPlace, text: &str, rules: &ShoppingRules<'_>) -> Option<CourierId> {
    let field = ShoppingField::Courier;
    let text = bag.text(place, field, text, MAX_ID_BYTES)?;
    let id = match rules.couriers {
        Some(list) => list.get(&text),
        None => CourierId::parse(&text),
    };
    if id.is_none() {
        bag.add(place, field, ShoppingFault::UnknownCourier);
    }
    id
}

fn contact(bag: &mut Bag, place: ShoppingPlace, field: ShoppingField, text: &str) -> Option<MaskedContact> {
    if text.trim().is_empty() {
        return None;
    }
    let masked = MaskedContact::mask(text.trim());
    if masked.is_none() {
        bag.add(place, field, ShoppingFault::ContactUnusable);
    }
    masked
}

/// Unified names no items, split names those of each parcel.
fn item_ids(bag: &mut Bag, place: ShoppingPlace, mode: DeliveryMode, typed: &[String]) -> Vec<String> {
    let field = ShoppingField::ItemId;
    let given = typed.iter().any(|id| !id.trim().is_empty());
    match mode {
        DeliveryMode::Unified if given => bag.add(place, field, ShoppingFault::UnifiedWithoutItems),
        DeliveryMode::Split if typed.is_empty() => bag.add(place, field, ShoppingFault::SplitNeedsItems),
        DeliveryMode::Split if typed.len() > MAX_ITEMS => {
            bag.add(place, field, ShoppingFault::TooMany { most: MAX_ITEMS });
        }
        DeliveryMode::Split => {
            let mut ids = Vec::new();
            for (index, id) in typed.iter().enumerate() {
                ids.extend(bag.text(place.nth(index), field, id, MAX_MERCHANT_BYTES));
            }
            return ids;
        }
        DeliveryMode::Unified => {}
    }
    Vec::new()
}
