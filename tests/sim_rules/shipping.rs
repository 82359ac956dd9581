//! What uploads do to an order, one after another; separate because each is a little story.

use crate::shop::{Shop, TRANSACTION, at, order, parcel, split, stamp, unified};
use fahuo::sim::endpoint;
use fahuo::sim::order::Actor;
use fahuo::sim::{Order, Partial};
use jiff::Timestamp;
use serde_json::{Value, json};

#[test]
fn a_good_upload_ships_the_order() {
    let mut shop = Shop::new();
    assert_eq!(shop.upload(&unified("ZT1", 0)), 0);
    let order = shop.order();
    assert_eq!((order.order_state, order.committed_uploads()), (2, 1));
    let shipping = order.shipping.as_ref().unwrap();
    assert_eq!((shipping.finish, shipping.finish_count), (true, 1));
    assert_eq!(order.history[0].by, Actor::Api);
    let kinds: Vec<_> = order.notices.iter().map(|notice| notice.kind).collect();
    assert_eq!(
        kinds,
        ["parcels_shipped", "all_shipped", "trade_manage_order_settlement"]
    );
}

#[test]
fn an_order_that_is_not_visible_yet_is_10060001() {
    let mut shop = Shop::new();
    shop.world.order_mut(TRANSACTION).unwrap().visible_at = at(2).as_second();
    assert_eq!(shop.call(endpoint::UPLOAD, &unified("ZT1", 0), 1).0, 10_060_001);
    assert_eq!(shop.call(endpoint::UPLOAD, &unified("ZT1", 0), 2).0, 0);
}

#[test]
fn final_states_are_10060004_before_anything_about_the_content() {
    for state in [3, 4, 5, 6] {
        let mut shop = Shop::new();
        shop.upload(&unified("ZT1", 0));
        let order = shop.world.order_mut(TRANSACTION).unwrap();
        order.order_state = state;
        order.confirmed_at = Some(at(0).as_second());
        assert_eq!(shop.upload(&unified("ZT1", 0)), 10_060_004, "state {state}");
    }
}

/// A row of uploads to one order, each with the errcode it meets.
#[track_caller]
fn story(partial: Partial, uploads: &[(Value, i64)]) -> Shop {
    let mut shop = Shop::new();
    shop.world.policy.partial = partial;
    for (index, (body, errcode)) in uploads.iter().enumerate() {
        assert_eq!(shop.upload(body), *errcode, "upload {index}: {body}");
    }
    shop
}

fn numbers(shop: &Shop) -> Vec<String> {
    let shipping = shop.order().shipping.clone().unwrap();
    shipping
        .parcels
        .into_iter()
        .map(|parcel| parcel.tracking_no)
        .collect()
}

#[test]
fn an_older_or_equal_stamp_is_268485216_also_for_the_same_content() {
    story(
        Partial::Replace,
        &[
            (unified("ZT1", 5), 0),
            (unified("ZT1", 5), 268_485_216),
            (unified("ZT2", 4), 268_485_216),
            (unified("ZT1", 6), 10_060_023),
        ],
    );
}

#[test]
fn a_finished_order_can_be_shipped_again_once() {
    let shop = story(
        Partial::Replace,
        &[
            (unified("ZT1", 0), 0),
            (split(&["ZT1", "ZT2"], false, 1), 10_060_002),
            (unified("ZT2", 2), 0),
            (unified("ZT2", 3), 10_060_023),
            (unified("ZT3", 4), 10_060_003),
        ],
    );
    let shipping = shop.order().shipping.as_ref().unwrap();
    assert_eq!((shipping.finish_count, shop.order().committed_uploads()), (2, 2));
    assert_eq!(numbers(&shop), ["ZT2"]);
    // The settlement event was for the first shipment only.
    let events = shop
        .order()
        .notices
        .iter()
        .filter(|n| n.kind == "trade_manage_order_settlement");
    assert_eq!(events.count(), 1);
}

#[test]
fn a_refused_upload_moves_no_clock_and_burns_no_chance() {
    story(
        Partial::Replace,
        &[
            (unified("ZT1", 0), 0),
            (unified("ZT1", 50), 10_060_023),
            (split(&["ZT1"], false, 51), 10_060_002),
            // Had the refused stamps counted, this one would be too old.
            (unified("ZT2", 1), 0),
        ],
    );
}

#[test]
fn an_unfinished_split_goes_on_without_using_the_chance() {
    let shop = story(
        Partial::Replace,
        &[
            (split(&["ZT1"], false, 0), 0),
            (split(&["ZT1", "ZT2"], false, 1), 0),
            (split(&["ZT1", "ZT2"], false, 2), 10_060_023),
            (split(&["ZT1", "ZT2", "ZT3"], true, 3), 0),
        ],
    );
    assert!(!shop.order().reship_used);
    assert_eq!(shop.order().shipping.as_ref().unwrap().finish_count, 1);
    assert_eq!(numbers(&shop), ["ZT1", "ZT2", "ZT3"]);
}

#[test]
fn finishing_with_the_same_parcels_is_a_change() {
    let shop = story(
        Partial::Replace,
        &[(split(&["ZT1"], false, 0), 0), (split(&["ZT1"], true, 1), 0)],
    );
    assert_eq!(shop.order().order_state, 2);
}

#[test]
fn a_second_list_replaces_or_extends_by_setting() {
    let uploads = [(split(&["ZT1"], false, 0), 0), (split(&["ZT2"], false, 1), 0)];
    assert_eq!(numbers(&story(Partial::Replace, &uploads)), ["ZT2"]);
    assert_eq!(numbers(&story(Partial::Union, &uploads)), ["ZT1", "ZT2"]);
    // The cumulative list ends the same either way.
    let cumulative = [
        (split(&["ZT1"], false, 0), 0),
        (split(&["ZT1", "ZT2"], true, 1), 0),
    ];
    for partial in [Partial::Replace, Partial::Union] {
        assert_eq!(numbers(&story(partial, &cumulative)), ["ZT1", "ZT2"]);
    }
    // A parcel that is there already is nothing new for the union.
    let again = [
        (split(&["ZT1", "ZT2"], false, 0), 0),
        (split(&["ZT2"], false, 1), 10_060_023),
    ];
    story(Partial::Union, &again);
}

#[test]
fn changing_the_mode_of_an_unfinished_split_uses_the_chance() {
    let shop = story(
        Partial::Replace,
        &[
            (split(&["ZT1"], false, 0), 0),
            (unified("ZT1", 1), 0),
            (unified("ZT2", 2), 10_060_003),
        ],
    );
    assert!(shop.order().reship_used);
    assert_eq!(shop.order().shipping.as_ref().unwrap().finish_count, 2);
}

#[test]
fn an_unfinished_split_is_reported_in_state_1_or_2_by_setting() {
    for (setting, state) in [(false, 1), (true, 2)] {
        let mut shop = story(Partial::Replace, &[(split(&["ZT1"], false, 0), 0)]);
        shop.world.policy.partial_is_shipped = setting;
        let (_, body) = shop.call(endpoint::GET_ORDER, &json!({"transaction_id": TRANSACTION}), 2);
        assert_eq!(body["order"]["order_state"], state);
        assert_eq!(body["order"]["shipping"]["finish_shipping"], false);
        assert_eq!(body["order"]["shipping"]["finish_shipping_count"], 0);
    }
}

#[test]
fn another_system_that_ships_first_leaves_us_the_chance_to_ship_again() {
    let mut shop = Shop::new();
    let before: Timestamp = "2023-11-15T07:59:00+08:00".parse().unwrap();
    shop.world
        .someone_else_ships(TRANSACTION, "YTO", "YT1", before)
        .unwrap();
    assert_eq!(shop.upload(&unified("ZT1", 0)), 0);
    assert_eq!(shop.order().committed_uploads(), 1);
    let by: Vec<_> = shop.order().history.iter().map(|change| change.by).collect();
    assert_eq!(by, [Actor::SomeoneElse, Actor::Api]);
    assert_eq!(shop.order().shipping.as_ref().unwrap().finish_count, 2);
}

#[test]
fn a_combined_upload_is_all_or_nothing() {
    const SECOND: &str = "4200000000000000000000000002";
    let sub = |id: &str, no: &str| {
        json!({
            "order_key": {"order_number_type": 2, "transaction_id": id},
            "logistics_type": 1,
            "delivery_mode": 1,
            "shipping_list": [parcel(no)],
        })
    };
    let body = |subs: Value| {
        json!({
            "order_key": {"order_number_type": 2, "transaction_id": "parent"},
            "sub_orders": subs,
            "upload_time": stamp(0),
            "payer": {"openid": "o1"},
        })
    };
    let mut other_type = sub(SECOND, "ZT2");
    other_type["order_key"] = json!({"order_number_type": 1, "mchid": "1600000001", "out_trade_no": "S2"});
    for (subs, errcode) in [
        (json!([sub(TRANSACTION, "ZT1"), sub(SECOND, "ZT2")]), 0),
        (json!([sub(TRANSACTION, "ZT1"), sub("43", "ZT2")]), 10_060_001),
        (
            json!([sub(TRANSACTION, "ZT1"), sub(TRANSACTION, "ZT2")]),
            10_060_013,
        ),
        (json!([sub(TRANSACTION, "ZT1"), other_type]), 268_485_253),
        (json!([sub(TRANSACTION, "ZT1"), sub(SECOND, "")]), 268_485_226),
        (json!([]), 10_060_014),
        (json!({}), 47001),
    ] {
        let mut shop = Shop::new();
        shop.world.put_order(order(SECOND, "S2"));
        let answer = shop.call(endpoint::UPLOAD_COMBINED, &body(subs.clone()), 1).0;
        assert_eq!(answer, errcode, "{subs}");
        let committed: usize = shop.world.orders().map(Order::committed_uploads).sum();
        assert_eq!(committed, if errcode == 0 { 2 } else { 0 }, "{subs}");
    }
}
