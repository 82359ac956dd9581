//! The check of shopping details: sub-orders, their items, images and links (contract 4.1).

use super::super::problem::{ShoppingFault, ShoppingField, ShoppingPlace};
use super::super::{
    ItemDraft, KeyDraft, MAX_DESCRIPTION_CHARS, MAX_IMAGES, MAX_ITEMS, MAX_MERCHANT_BYTES, MAX_NAME_CHARS,
    SubDetailsDraft,
};
use super::fields::{self, Bag};
use super::{ShoppingItem, ShoppingRules, SubDetails, sub_key};

const ORDER_LINK: [ShoppingField; 3] = [
    ShoppingField::OrderLinkAppid,
    ShoppingField::OrderLinkPath,
    ShoppingField::OrderLinkUrl,
];
const ITEM_LINK: [ShoppingField; 3] = [
    ShoppingField::ItemLinkAppid,
    ShoppingField::ItemLinkPath,
    ShoppingField::ItemLinkUrl,
];

/// All sub-orders; those that are sound.
pub(super) fn subs(
    bag: &mut Bag,
    drafts: &[SubDetailsDraft],
    parent: &KeyDraft,
    rules: &ShoppingRules<'_>,
) -> Vec<SubDetails> {
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
        let number = &draft.merchant_order_no;
        let field = ShoppingField::MerchantOrderNo;
        let merchant_order_no = bag.text(place, field, number, MAX_MERCHANT_BYTES);
        let link = fields::link(bag, place, &draft.link, ORDER_LINK, rules.appid);
        let items = items(bag, place, &draft.items, rules);
        if let (Some(key), Some(merchant_order_no), Some(link)) = (key, merchant_order_no, link) {
            sound.push(SubDetails {
                key,
                merchant_order_no,
                link,
                items,
                logistics: draft.logistics,
            });
        }
    }
    sound
}

fn items(
    bag: &mut Bag,
    place: ShoppingPlace,
    drafts: &[ItemDraft],
    rules: &ShoppingRules<'_>,
) -> Vec<ShoppingItem> {
    if drafts.is_empty() {
        bag.add(place, ShoppingField::Items, ShoppingFault::Missing);
    }
    if drafts.len() > MAX_ITEMS {
        let fault = ShoppingFault::TooMany { most: MAX_ITEMS };
        bag.add(place, ShoppingField::Items, fault);
    }
    let with_ids = drafts
        .iter()
        .any(|draft| !draft.merchant_item_id.trim().is_empty());
    let mut sound = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        sound.extend(item(bag, place.part(index), draft, with_ids, rules));
    }
    sound
}

fn item(
    bag: &mut Bag,
    place: ShoppingPlace,
    draft: &ItemDraft,
    with_ids: bool,
    rules: &ShoppingRules<'_>,
) -> Option<ShoppingItem> {
    let merchant_item_id = match (with_ids, draft.merchant_item_id.trim().is_empty()) {
        (false, _) => None,
        (true, true) => {
            bag.add(place, ShoppingField::ItemId, ShoppingFault::SomeIdsMissing);
            None
        }
        (true, false) => {
            let field = ShoppingField::ItemId;
            bag.text(place, field, &draft.merchant_item_id, MAX_MERCHANT_BYTES)
        }
    };
    let name = bag.words(place, ShoppingField::Name, &draft.name, MAX_NAME_CHARS);
    let description = if draft.description.trim().is_empty() {
        None
    } else {
        let (field, most) = (ShoppingField::Description, MAX_DESCRIPTION_CHARS);
        bag.words(place, field, &draft.description, most)
    };
    let unit_price = fields::price(bag, place, &draft.unit_price);
    let quantity = fields::quantity(bag, place, &draft.quantity);
    let image_urls = images(bag, place, &draft.image_urls);
    let link = fields::link(bag, place, &draft.link, ITEM_LINK, rules.appid);
    Some(ShoppingItem {
        merchant_item_id,
        name: name?,
        description,
        unit_price: unit_price?,
        quantity: quantity?,
        image_urls,
        link: link?,
    })
}

fn images(bag: &mut Bag, place: ShoppingPlace, urls: &[String]) -> Vec<String> {
    if urls.is_empty() {
        bag.add(place, ShoppingField::Image, ShoppingFault::Missing);
    }
    if urls.len() > MAX_IMAGES {
        let fault = ShoppingFault::TooMany { most: MAX_IMAGES };
        bag.add(place, ShoppingField::Image, fault);
    }
    let mut sound = Vec::new();
    for (index, url) in urls.iter().enumerate() {
        sound.extend(fields::url(bag, place.nth(index), ShoppingField::Image, url));
    }
    sound
}
