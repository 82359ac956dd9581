//! What is wrong with an upload by itself; separate because these checks come before any order is looked up.

use crate::shop::{Shop, parcel, split, unified};
use serde_json::{Value, json};

/// Uploads a good body after a change.
#[track_caller]
fn check(change: impl FnOnce(&mut Value), errcode: i64) {
    let mut body = unified("ZT1", 0);
    change(&mut body);
    let mut shop = Shop::new();
    assert_eq!(shop.upload(&body), errcode, "{body}");
    assert_eq!(
        shop.order().committed_uploads(),
        usize::from(errcode == 0),
        "{body}"
    );
}

#[test]
fn the_order_key_has_its_codes() {
    let key = |value: Value| move |body: &mut Value| body["order_key"] = value;
    check(key(json!(null)), 268_485_194);
    check(key(json!({})), 268_485_194);
    check(key(json!({"order_number_type": 3})), 268_485_194);
    check(key(json!({"order_number_type": 2})), 268_485_195);
    check(
        key(json!({"order_number_type": 2, "transaction_id": ""})),
        268_485_195,
    );
    check(
        key(json!({"order_number_type": 1, "out_trade_no": "S1"})),
        268_485_196,
    );
    check(
        key(json!({"order_number_type": 1, "mchid": "1600000001"})),
        268_485_197,
    );
    check(
        key(json!({"order_number_type": 1, "mchid": "1600000001", "out_trade_no": "S1"})),
        0,
    );
    check(
        key(json!({"order_number_type": 1, "mchid": "1600000002", "out_trade_no": "S1"})),
        10_060_001,
    );
    check(
        key(json!({"order_number_type": 2, "transaction_id": "42"})),
        10_060_001,
    );
    check(key(json!({"order_number_type": 2, "transaction_id": 42})), 47001);
    check(key(json!({"orderNumberType": 2})), 47001);
}

#[test]
fn type_mode_and_list_have_their_codes() {
    let set = |name: &'static str, value: Value| move |body: &mut Value| body[name] = value;
    check(set("logistics_type", json!(null)), 10_060_005);
    check(set("logistics_type", json!(0)), 10_060_005);
    check(set("logistics_type", json!(5)), 10_060_005);
    check(set("logistics_type", json!("x")), 47001);
    check(set("logistics_type", json!("1")), 0);
    check(set("delivery_mode", json!(null)), 268_485_224);
    check(set("delivery_mode", json!(3)), 268_485_224);
    check(set("delivery_mode", json!("UNIFIED_DELIVERY")), 0);
    check(set("delivery_mode", json!("SPLIT_DELIVERY")), 10_060_007);
    check(set("shipping_list", json!(null)), 10_060_014);
    check(set("shipping_list", json!([])), 10_060_014);
    check(set("shipping_list", parcel("1")), 47001);
    check(
        set("shipping_list", json!([parcel("1"), parcel("2")])),
        268_485_228,
    );
    check(set("shippingList", json!([])), 47001);
    check(set("is_all_delivered", json!(true)), 0);
    check(set("is_all_delivered", json!(1)), 47001);
    let many: Vec<Value> = (0..11).map(|no| parcel(&no.to_string())).collect();
    check(set("shipping_list", many.clone().into()), 10_060_024);
    let mut shop = Shop::new();
    shop.world.max_parcels = 15;
    let mut body = split(&[], true, 0);
    body["shipping_list"] = many.into();
    assert_eq!(shop.upload(&body), 0);
}

#[test]
fn split_needs_express_and_its_flag() {
    for (logistics_type, flag, errcode) in [
        (2, Some(true), 10_060_006),
        (4, None, 10_060_006),
        (1, None, 10_060_007),
        (1, Some(false), 0),
        (1, Some(true), 0),
    ] {
        let mut body = split(&["ZT1", "ZT2"], true, 0);
        body["logistics_type"] = logistics_type.into();
        body["is_all_delivered"] = flag.into();
        assert_eq!(Shop::new().upload(&body), errcode, "{body}");
    }
}

#[test]
fn a_parcel_has_its_codes() {
    let set =
        |name: &'static str, value: Value| move |body: &mut Value| body["shipping_list"][0][name] = value;
    check(set("tracking_no", json!("")), 268_485_226);
    check(set("tracking_no", json!(null)), 268_485_226);
    check(set("tracking_no", json!("9".repeat(128))), 0);
    check(set("tracking_no", json!("9".repeat(129))), 10_060_026);
    check(set("tracking_no", json!(9)), 47001);
    check(set("express_company", json!("")), 268_485_227);
    check(set("express_company", json!("A".repeat(129))), 10_060_025);
    check(set("item_desc", json!("")), 10_060_008);
    check(set("item_desc", json!("茶".repeat(120))), 0);
    check(set("item_desc", json!("茶".repeat(121))), 10_060_009);
    check(set("itemDesc", json!("茶")), 47001);
}

#[test]
fn sf_needs_a_readable_contact() {
    for (contact, errcode) in [
        (json!(null), 10_060_014),
        (json!({}), 10_060_014),
        (json!({"consignor_contact": ""}), 10_060_014),
        (json!({"consignor_contact": "189****12*4"}), 10_060_014),
        (json!({"consignor_contact": "****"}), 10_060_014),
        (json!({"consignor_contact": "189****1234"}), 0),
        (json!({"receiver_contact": "021-****1234"}), 0),
        (json!({"receiver_contact": "0**2-******23-10"}), 0),
        (json!({"receiver_contact": "****123-8008"}), 0),
        (json!({"receiver_contact": "+86-177****1234"}), 0),
        (json!({"receiverContact": "189****1234"}), 47001),
        (json!([]), 47001),
    ] {
        check(
            |body| {
                body["shipping_list"][0]["express_company"] = "SF".into();
                body["shipping_list"][0]["contact"] = contact;
            },
            errcode,
        );
    }
}

#[test]
fn other_ways_of_delivery_need_only_a_text() {
    for logistics_type in 2..=4 {
        check(
            |body| {
                body["logistics_type"] = logistics_type.into();
                body["shipping_list"] = json!([{"item_desc": "自提"}]);
            },
            0,
        );
        check(
            |body| {
                body["logistics_type"] = logistics_type.into();
                body["shipping_list"] = json!([{}]);
            },
            10_060_008,
        );
    }
}

#[test]
fn time_and_payer_have_their_codes() {
    let set = |name: &'static str, value: Value| move |body: &mut Value| body[name] = value;
    check(
        set("upload_time", json!("2023-11-15T08:00:00 08:00")),
        268_485_216,
    );
    check(set("upload_time", json!("")), 268_485_216);
    check(set("upload_time", json!(null)), 268_485_216);
    check(set("upload_time", json!(1_700_000_000)), 47001);
    check(set("payer", json!(null)), 10_060_014);
    check(set("payer", json!({"openid": ""})), 10_060_014);
    check(set("payer", json!({"openid": "o2"})), 10_060_031);
}

#[test]
fn the_form_is_checked_before_the_order_is_looked_up() {
    // Each body has two faults; the documents' order decides which is told.
    check(
        |body| {
            body["order_key"]["transaction_id"] = "42".into();
            body["upload_time"] = "x".into();
        },
        268_485_216,
    );
    check(
        |body| {
            body["logistics_type"] = 9.into();
            body["delivery_mode"] = 9.into();
        },
        10_060_005,
    );
    check(
        |body| {
            body["shipping_list"][0]["item_desc"] = "".into();
            body["shipping_list"][0]["tracking_no"] = "".into();
        },
        268_485_226,
    );
    check(
        |body| {
            body["order_key"] = json!({});
            body["shipping_list"] = parcel("1");
        },
        47001,
    );
}
