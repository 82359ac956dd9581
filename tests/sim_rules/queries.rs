//! The gate before every call, and the calls that change nothing; separate because no parcel is involved.

use crate::shop::{Shop, TRANSACTION, at, order, unified};
use fahuo::sim::endpoint;
use fahuo::sim::world::Request;
use fahuo::sim::{Limits, Order};
use serde_json::json;

#[test]
fn an_order_is_found_by_either_number_and_service_provider_payments_by_the_sub_merchant() {
    let mut shop = Shop::new();
    let sub = Order {
        sub_mchid: "1700000001".into(),
        ..order("43", "S3")
    };
    shop.world.put_order(sub);
    for (body, errcode) in [
        (json!({"transaction_id": TRANSACTION}), 0),
        (json!({"merchant_id": "1600000001", "merchant_trade_no": "S1"}), 0),
        (
            json!({"merchant_id": "1600000002", "merchant_trade_no": "S1"}),
            10_060_001,
        ),
        (
            json!({"merchant_id": "1600000001", "merchant_trade_no": "S3"}),
            10_060_001,
        ),
        (
            json!({"merchant_id": "1600000001", "sub_merchant_id": "1700000001", "merchant_trade_no": "S3"}),
            0,
        ),
        (json!({}), 10_060_014),
        (json!({"mchid": "1600000001", "out_trade_no": "S1"}), 47001),
    ] {
        assert_eq!(shop.call(endpoint::GET_ORDER, &body, 1).0, errcode, "{body}");
    }
    for (mchid, errcode) in [("1600000001", 10_060_001), ("1700000001", 0)] {
        let mut body = unified("ZT1", 0);
        body["order_key"] = json!({"order_number_type": 1, "mchid": mchid, "out_trade_no": "S3"});
        assert_eq!(shop.upload(&body), errcode, "{mchid}");
    }
}

#[test]
fn the_list_shows_visible_orders_only() {
    let mut shop = Shop::new();
    shop.world.put_order(Order {
        visible_at: at(10).as_second(),
        ..order("43", "S3")
    });
    for (secs, count) in [(1, 1), (10, 2)] {
        let (errcode, body) = shop.call(endpoint::GET_ORDER_LIST, &json!({}), secs);
        assert_eq!(errcode, 0);
        assert_eq!(body["order_list"].as_array().unwrap().len(), count);
        assert_eq!(body["has_more"], false);
    }
    let (errcode, _) = shop.call(endpoint::GET_ORDER_LIST, &json!({"last_index": "abc"}), 1);
    assert_eq!(errcode, 10_060_011);
}

#[test]
fn the_account_answers_about_itself_only() {
    for path in [endpoint::IS_TRADE_MANAGED, endpoint::IS_CONFIRMATION_COMPLETED] {
        let mut shop = Shop::new();
        let own = json!({"appid": fahuo::sim::SANDBOX_APPID});
        assert_eq!(shop.call(path, &json!({}), 1).0, 40097);
        assert_eq!(shop.call(path, &json!({"appid": "wx9"}), 1).0, 40013);
        assert_eq!(shop.call(path, &own, 1).0, 0);
        shop.world.service_opened = false;
        assert_eq!(shop.call(path, &own, 1).0, 48001);
    }
    let mut shop = Shop::new();
    shop.world.confirmation_completed = false;
    let own = json!({"appid": fahuo::sim::SANDBOX_APPID});
    assert_eq!(
        shop.call(endpoint::IS_CONFIRMATION_COMPLETED, &own, 1).1["completed"],
        false
    );
    assert_eq!(
        shop.call(endpoint::IS_TRADE_MANAGED, &own, 1).1["is_trade_managed"],
        true
    );
}

#[test]
fn a_quota_is_told_and_then_enforced() {
    let mut shop = Shop::new();
    shop.world.limits = Limits {
        per_second: None,
        ..Limits::default()
    };
    shop.world.limits.daily_by_path.insert(endpoint::UPLOAD.into(), 2);
    assert_eq!(shop.upload(&unified("ZT1", 0)), 0);
    assert_eq!(shop.upload(&unified("ZT1", 1)), 10_060_023);
    assert_eq!(shop.upload(&unified("ZT2", 2)), 45009);
    let (_, body) = shop.call(endpoint::QUOTA_GET, &json!({"cgi_path": endpoint::UPLOAD}), 1);
    assert_eq!(body["quota"], json!({"daily_limit": 2, "used": 2, "remain": 0}));
    for (path, errcode) in [
        ("wxa/sec/order/upload_shipping_info", 76003),
        ("https://api.weixin.qq.com/wxa/sec/order/get_order", 76003),
        ("/wxa/sec/order/nothing", 76021),
    ] {
        assert_eq!(
            shop.call(endpoint::QUOTA_GET, &json!({"cgi_path": path}), 1).0,
            errcode,
            "{path}"
        );
    }
    // The next day begins at midnight in China.
    shop.token = shop.world.tokens.current(at(86_400)).0;
    assert_eq!(shop.call(endpoint::UPLOAD, &unified("ZT2", 3), 86_400).0, 0);
}

#[test]
fn the_gate_refuses_in_the_documents_order() {
    let mut shop = Shop::new();
    let token = shop.token.clone();
    let mut gate = |method: &str, path: &str, token: Option<&str>, body: &[u8]| {
        let request = Request {
            method,
            path,
            access_token: token,
            body,
        };
        shop.world.apply(&request, at(1)).errcode.unwrap_or(0)
    };
    let token = Some(token.as_str());
    assert_eq!(gate("POST", "/wxa/sec/order/nothing", token, b"{}"), 40066);
    assert_eq!(gate("GET", endpoint::GET_ORDER, token, b""), 43002);
    assert_eq!(gate("POST", endpoint::GET_ORDER, None, b"oops"), 41001);
    assert_eq!(gate("POST", endpoint::GET_ORDER, Some("x"), b"oops"), 40014);
    assert_eq!(gate("POST", endpoint::GET_ORDER, token, b""), 44002);
    assert_eq!(gate("POST", endpoint::GET_ORDER, token, b"oops"), 47001);
    assert_eq!(gate("POST", endpoint::GET_ORDER, token, b"[]"), 47001);
    assert_eq!(
        gate(
            "POST",
            endpoint::GET_ORDER,
            token,
            b"{\"transaction_id\":\"\xff\"}"
        ),
        47001
    );
    assert_eq!(gate("POST", endpoint::GET_DELIVERY_LIST, token, b"{}"), 0);
}

#[test]
fn a_refused_address_is_named_in_the_text() {
    let mut shop = Shop::new();
    shop.world.refused_ip = Some("203.0.113.9".into());
    let (errcode, body) = shop.call(endpoint::GET_ORDER, &json!({"transaction_id": TRANSACTION}), 1);
    assert_eq!(errcode, 40164);
    assert!(
        body["errmsg"]
            .as_str()
            .unwrap()
            .starts_with("invalid ip 203.0.113.9 ")
    );
    let request = Request {
        method: "POST",
        path: endpoint::STABLE_TOKEN,
        access_token: None,
        body: b"{}",
    };
    assert_eq!(shop.world.apply(&request, at(1)).errcode, Some(40164));
}

#[test]
fn every_errmsg_ends_in_a_request_id_of_its_own() {
    let mut shop = Shop::new();
    let mut rids = std::collections::BTreeSet::new();
    for body in [json!({}), json!({"transaction_id": TRANSACTION})]
        .iter()
        .cycle()
        .take(200)
    {
        let (_, reply) = shop.call(endpoint::GET_ORDER, body, 1);
        let errmsg = reply["errmsg"].as_str().unwrap();
        let (_, rid) = errmsg.rsplit_once(" rid: ").unwrap();
        let groups: Vec<&str> = rid.split('-').collect();
        assert_eq!(
            groups.iter().map(|group| group.len()).collect::<Vec<_>>(),
            [8, 8, 8]
        );
        assert!(
            groups
                .iter()
                .all(|group| group.bytes().all(|mark| mark.is_ascii_hexdigit()))
        );
        rids.insert(rid.to_owned());
    }
    assert_eq!(rids.len(), 200);
}

#[test]
fn the_courier_list_is_as_long_as_a_live_one() {
    let (_, body) = Shop::new().call(endpoint::GET_DELIVERY_LIST, &json!({}), 1);
    let list = body["delivery_list"].as_array().unwrap();
    assert_eq!((list.len(), body["count"].as_u64().unwrap()), (1_400, 1_400));
    assert!(list.contains(&json!({"delivery_id": "YD", "delivery_name": "韵达速递"})));
}
