//! The form without a window: what it adds and takes away, what it tells, and whom it remembers.

use super::*;
use crate::domain::Timestamp;
use crate::engine::command::AccountId;
use crate::engine::snapshot::{Account, Session};

const APPID: &str = "wx0123456789abcdef";

fn snapshot(appid: &str) -> Snapshot {
    let account = Account {
        id: AccountId(1),
        appid: appid.into(),
        max_parcels: 10,
        ..Account::default()
    };
    Snapshot {
        session: Arc::new(Session {
            accounts: vec![account],
            current: Some(AccountId(1)),
            ..Session::default()
        }),
        ..Snapshot::default()
    }
}

fn filled() -> Model {
    let mut model = Model::default();
    model.follow(&snapshot(APPID));
    model.parent.transaction_id = "4200".into();
    model.openid = " oA1 ".into();
    let sub = &mut model.details[0];
    sub.key.transaction_id = "4201".into();
    sub.merchant_order_no = "D1".into();
    sub.link.path = "pages/a".into();
    let item = &mut sub.items[0];
    item.name = "茶".into();
    item.unit_price = "12".into();
    item.image_urls = vec!["https://a/1.png".into()];
    item.link.path = "pages/b".into();
    model.touch();
    model.follow(&snapshot(APPID));
    model
}

#[test]
fn a_filled_form_is_right_and_its_links_lead_to_the_account() {
    let model = filled();
    assert_eq!(model.problems(), []);
    assert_eq!(model.draft().openid, "oA1");
    let mut model = model;
    model.follow(&snapshot("wxother0000000000"));
    assert_eq!(model.details[0].link.appid, "wxother0000000000");
    assert_eq!(model.problems(), []);
}

#[test]
fn what_is_missing_is_told_from_the_first_try_on() {
    let mut model = Model::default();
    model.follow(&snapshot(APPID));
    let top = ShoppingPlace::default();
    assert_eq!(model.fault(top, ShoppingField::Openid), None);
    model.tried = true;
    assert_eq!(
        model.fault(top, ShoppingField::Openid),
        Some(ShoppingFault::Missing)
    );
}

#[test]
fn the_51st_item_and_the_fourth_image_are_not_added() {
    let mut model = filled();
    for _ in 0..60 {
        model.add_item(0);
    }
    assert_eq!(model.details[0].items.len(), MAX_ITEMS);
    assert_eq!(model.details[0].items[49].link.path, "pages/b");
    assert_eq!(model.open_item, Some((0, 49)));
    for _ in 0..9 {
        model.add_image(0, 0);
    }
    assert_eq!(model.details[0].items[0].image_urls.len(), MAX_IMAGES);
    model.remove_item(0, 0);
    model.remove_item(0, 99);
    assert_eq!(model.details[0].items.len(), MAX_ITEMS - 1);
    model.add_sub();
    assert_eq!(model.details[1].link, model.details[0].link);
    model.remove_sub(0);
    assert_eq!(model.details.len(), 1);
}

#[test]
fn a_second_parcel_makes_it_split_and_unified_names_no_items() {
    let mut model = Model {
        call: ShoppingCall::Ship,
        ..Model::default()
    };
    model.ships[0].items[0] = "S1，S2 S3".into();
    let ShoppingContent::Ship(subs) = model.draft().content else {
        panic!("shipping");
    };
    assert_eq!(subs[0].parcels[0].item_ids, Vec::<String>::new());
    model.add_parcel(0);
    let ShoppingContent::Ship(subs) = model.draft().content else {
        panic!("shipping");
    };
    assert_eq!(subs[0].mode, DeliveryMode::Split);
    assert_eq!(subs[0].parcels[0].item_ids, ["S1", "S2", "S3"]);
    model.remove_parcel(0, 0);
    assert_eq!(
        (model.ships[0].items.len(), model.ships[0].draft.parcels.len()),
        (1, 1)
    );
}

#[test]
fn what_was_told_comes_back_into_the_form_with_its_payer() {
    let mut model = filled();
    let draft = model.draft();
    model.remember(&draft);
    let record = ShoppingRecord::queued(
        Arc::new(draft.kept()),
        String::new(),
        String::new(),
        Timestamp::from_secs(1),
    );
    model.clear();
    assert_eq!(model.openid, "");
    model.take(&record);
    assert_eq!(model.draft(), draft);
    model.verify(&record);
    assert_eq!((model.call, model.openid.as_str()), (ShoppingCall::Verify, "oA1"));
    // A new window does not know the payer any more.
    let mut fresh = Model::default();
    fresh.take(&record);
    assert_eq!(
        (fresh.parent.transaction_id.as_str(), fresh.openid.as_str()),
        ("4200", "")
    );
}
