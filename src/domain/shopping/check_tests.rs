//! The limits of a shopping order as tables: one draft that is right, one change each, and what is told about it.

use super::super::{
    ItemDraft, LinkDraft, LinkKind, MAX_DESCRIPTION_CHARS, MAX_MERCHANT_BYTES, MAX_NAME_CHARS,
    MAX_PATH_BYTES, MAX_URL_BYTES, ShoppingParcelDraft, SubDetailsDraft, SubShipDraft,
};
use super::*;
use ShoppingFault as Fault;
use ShoppingField as Field;

#[path = "check_ship_tests.rs"]
mod ship_tests;

const APPID: &str = "wxd678efh567hg6787";

fn key(number: &str) -> KeyDraft {
    KeyDraft {
        transaction_id: number.into(),
        ..KeyDraft::default()
    }
}

fn page() -> LinkDraft {
    LinkDraft {
        appid: APPID.into(),
        path: "/path/index/index".into(),
        ..LinkDraft::default()
    }
}

fn item(number: usize) -> ItemDraft {
    ItemDraft {
        merchant_item_id: format!("{number}"),
        name: "iPhoneX 256G".into(),
        unit_price: "8288.00".into(),
        quantity: "2".into(),
        image_urls: vec!["https://qpic.cn/xxx".into()],
        link: page(),
        ..ItemDraft::default()
    }
}

fn details() -> ShoppingDraft {
    let sub = |number: &str| SubDetailsDraft {
        key: key(number),
        merchant_order_no: "2343454667633".into(),
        link: page(),
        items: vec![item(1), item(2)],
        ..SubDetailsDraft::default()
    };
    ShoppingDraft {
        key: key("9876d"),
        openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into(),
        content: ShoppingContent::Details(vec![sub("zlt49"), sub("27kd6")]),
    }
}

fn parcel(courier: &str, items: &[&str]) -> ShoppingParcelDraft {
    ShoppingParcelDraft {
        courier: courier.into(),
        tracking_no: "323244567777".into(),
        item_ids: items.iter().map(|id| (*id).to_owned()).collect(),
        ..ShoppingParcelDraft::default()
    }
}

fn shipment() -> ShoppingDraft {
    let split = SubShipDraft {
        key: key("6r6m0"),
        mode: DeliveryMode::Split,
        parcels: vec![parcel("DHL", &["1"]), parcel("DHL", &["2", "3"])],
    };
    let unified = SubShipDraft {
        key: key("2m08y"),
        mode: DeliveryMode::Unified,
        parcels: vec![parcel("DHL", &[])],
    };
    ShoppingDraft {
        key: key("o9a3q"),
        openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into(),
        content: ShoppingContent::Ship(vec![split, unified]),
    }
}

fn found(draft: &ShoppingDraft) -> Vec<(ShoppingPlace, Field, Fault)> {
    let rules = ShoppingRules {
        couriers: None,
        appid: APPID,
        max_parcels: 10,
    };
    let problems = draft.check(&rules).err().unwrap_or_default();
    problems.iter().map(|p| (p.place, p.field, p.fault)).collect()
}

#[track_caller]
fn check(draft: &ShoppingDraft, expected: &[(ShoppingPlace, Field, Fault)]) {
    assert_eq!(found(draft), expected);
}

#[track_caller]
fn of_details(change: impl FnOnce(&mut Vec<SubDetailsDraft>), expected: &[(ShoppingPlace, Field, Fault)]) {
    let mut draft = details();
    if let ShoppingContent::Details(subs) = &mut draft.content {
        change(subs);
    }
    check(&draft, expected);
}

#[track_caller]
fn of_item(change: impl FnOnce(&mut ItemDraft), expected: &[(Field, Fault)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(field, fault)| (ShoppingPlace::sub(1).part(0), *field, *fault))
        .collect();
    of_details(|subs| change(&mut subs[1].items[0]), &expected);
}

#[track_caller]
fn of_shipment(change: impl FnOnce(&mut Vec<SubShipDraft>), expected: &[(ShoppingPlace, Field, Fault)]) {
    let mut draft = shipment();
    if let ShoppingContent::Ship(subs) = &mut draft.content {
        change(subs);
    }
    check(&draft, expected);
}

#[test]
fn a_right_draft_becomes_what_is_sent() {
    check(&details(), &[]);
    check(&shipment(), &[]);
    let verify = ShoppingDraft {
        content: ShoppingContent::Verify,
        ..details()
    };
    check(&verify, &[]);
    let Ok(ShoppingOrder::Details(sent)) = details().check(&ShoppingRules::default()) else {
        panic!("it is right");
    };
    assert_eq!(sent.subs()[0].items[1].unit_price, Fen(828_800));
    assert_eq!(sent.of().payer().0, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
}

#[test]
fn fifty_items_are_taken_and_the_51st_is_told() {
    let sub = ShoppingPlace::sub(0);
    of_details(|subs| subs[0].items = (0..50).map(item).collect(), &[]);
    of_details(
        |subs| subs[0].items = (0..51).map(item).collect(),
        &[(sub, Field::Items, Fault::TooMany { most: 50 })],
    );
    of_details(
        |subs| subs[0].items.clear(),
        &[(sub, Field::Items, Fault::Missing)],
    );
}

#[test]
fn three_images_are_taken_and_the_fourth_is_told() {
    let images = |count: usize| vec![String::from("https://qpic.cn/xxx"); count];
    of_item(|item| item.image_urls = images(3), &[]);
    of_item(
        |item| item.image_urls = images(4),
        &[(Field::Image, Fault::TooMany { most: 3 })],
    );
    of_item(
        |item| item.image_urls = images(0),
        &[(Field::Image, Fault::Missing)],
    );
}

#[test]
fn all_items_have_a_number_or_none_has() {
    let place = ShoppingPlace::sub(1);
    of_details(
        |subs| subs[1].items[1].merchant_item_id = "  ".into(),
        &[(place.part(1), Field::ItemId, Fault::SomeIdsMissing)],
    );
    of_details(
        |subs| {
            for item in &mut subs[1].items {
                item.merchant_item_id.clear();
            }
        },
        &[],
    );
}

#[test]
fn each_text_is_taken_up_to_its_limit_and_not_one_beyond() {
    let cases: [(fn(&mut ItemDraft, usize), usize, Field, Fault); 4] = [
        (
            |item, length| item.name = "茶".repeat(length),
            MAX_NAME_CHARS,
            Field::Name,
            Fault::TooManyChars { most: 256 },
        ),
        (
            |item, length| item.description = "茶".repeat(length),
            MAX_DESCRIPTION_CHARS,
            Field::Description,
            Fault::TooManyChars { most: 512 },
        ),
        (
            |item, length| item.merchant_item_id = "9".repeat(length),
            MAX_MERCHANT_BYTES,
            Field::ItemId,
            Fault::TooLong { most: 64 },
        ),
        (
            |item, length| item.link.path = "p".repeat(length),
            MAX_PATH_BYTES,
            Field::ItemLinkPath,
            Fault::TooLong { most: 512 },
        ),
    ];
    for (set, most, field, fault) in cases {
        of_item(|item| set(item, most), &[]);
        of_item(|item| set(item, most + 1), &[(field, fault)]);
    }
    let address = |length: usize| format!("https://{}", "a".repeat(length - "https://".len()));
    of_item(|item| item.image_urls[0] = address(MAX_URL_BYTES), &[]);
    let place = ShoppingPlace::sub(1).part(0).nth(0);
    of_details(
        |subs| subs[1].items[0].image_urls[0] = address(MAX_URL_BYTES + 1),
        &[(place, Field::Image, Fault::TooLong { most: 1024 })],
    );
    of_details(|subs| subs[0].merchant_order_no = "9".repeat(64), &[]);
    of_details(
        |subs| subs[0].merchant_order_no = "9".repeat(65),
        &[(
            ShoppingPlace::sub(0),
            Field::MerchantOrderNo,
            Fault::TooLong { most: 64 },
        )],
    );
}

#[test]
fn prices_and_quantities_are_exact() {
    for (typed, fen) in [
        ("0", Some(0)),
        ("8288", Some(828_800)),
        ("8288.5", Some(828_850)),
        ("¥8288.05", Some(828_805)),
        ("0.1 元", Some(10)),
        ("1.005", None),
        ("1e3", None),
        ("-1", None),
        ("1,000", None),
        ("12.", None),
        ("", None),
        ("99999999999999999999", None),
    ] {
        let mut bag = Bag::default();
        let price = fields::price(&mut bag, ShoppingPlace::default(), typed);
        assert_eq!(price, fen.map(Fen), "{typed}");
        assert_eq!(bag.is_empty(), fen.is_some(), "{typed}");
    }
    of_item(
        |item| item.quantity = "0".into(),
        &[(Field::Quantity, Fault::NotANumber)],
    );
    of_item(
        |item| item.quantity = "1.5".into(),
        &[(Field::Quantity, Fault::NotANumber)],
    );
    of_item(|item| item.quantity.clear(), &[(Field::Quantity, Fault::Missing)]);
    of_item(
        |item| item.unit_price.clear(),
        &[(Field::UnitPrice, Fault::Missing)],
    );
}

#[test]
fn links_lead_to_a_page_of_the_own_program_or_to_the_web() {
    let web = |url: &str| LinkDraft {
        kind: LinkKind::Url,
        url: url.into(),
        ..page()
    };
    of_item(|item| item.link = web("https://weixin.qq.com/a"), &[]);
    for wrong in [
        "weixin.qq.com",
        "ftp://a",
        "https://",
        "https:///a",
        "https://a b",
    ] {
        of_item(
            |item| item.link = web(wrong),
            &[(Field::ItemLinkUrl, Fault::NotAnAddress)],
        );
    }
    of_item(
        |item| item.link.appid = "wxother".into(),
        &[(Field::ItemLinkAppid, Fault::OtherAppid)],
    );
    of_item(
        |item| item.link = LinkDraft::default(),
        &[
            (Field::ItemLinkAppid, Fault::Missing),
            (Field::ItemLinkPath, Fault::Missing),
        ],
    );
    of_item(
        |item| item.link.path = "https://a/b".into(),
        &[(Field::ItemLinkPath, Fault::BadSigns)],
    );
}

#[test]
fn sub_orders_are_named_like_the_combined_order_and_once() {
    let second = ShoppingPlace::sub(1);
    of_details(
        |subs| subs[1].key = subs[0].key.clone(),
        &[(second, Field::TransactionId, Fault::Repeated)],
    );
    of_details(
        |subs| {
            subs[1].key = KeyDraft {
                by: KeyKind::Merchant,
                mchid: "1230000109".into(),
                out_trade_no: "A-1_*".into(),
                ..KeyDraft::default()
            };
        },
        &[(second, Field::OutTradeNo, Fault::KindsDiffer)],
    );
    let top = ShoppingPlace::default();
    of_details(Vec::clear, &[(top, Field::SubOrders, Fault::Missing)]);
    let nobody = ShoppingDraft {
        openid: String::new(),
        key: key("4.2E+27"),
        content: ShoppingContent::Verify,
    };
    check(
        &nobody,
        &[
            (top, Field::TransactionId, Fault::BadSigns),
            (top, Field::Openid, Fault::Missing),
        ],
    );
}
