//! The documented example of every read: exact bytes out, exact values in.
//!
//! Separate from the simulator's tests because both sides of those could share one mistake; these bytes are typed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use fahuo::domain::{
    FailureKind, Fen, OpenId, OrderKey, OrderQuery, OrderState, ShippedParcel, Timestamp, TransactionId,
};
use wire::{APPID, SECRET, Server, TOKEN, TOKEN_PATH, client, json};

const ORDER: &str = r#"{"transaction_id":"4200000925202101284997714292","merchant_id":"1900001234",
    "sub_merchant_id":"","merchant_trade_no":"2025112100001","description":"茶叶;茶杯","paid_amount":12345,
    "openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o","trade_create_time":1763654000,"pay_time":1763654400,
    "order_state":2,"in_complaint":false,"shipping":{"delivery_mode":1,"logistics_type":1,
    "finish_shipping":true,"finish_shipping_count":1,"goods_desc":"","upload_scene":2,"shipping_list":[
    {"tracking_no":"SF1234567890","express_company":"SF","goods_desc":"茶叶*1","upload_time":1763658000,
    "contact":{"consignor_contact":"","receiver_contact":"189****1234"}}]}}"#;

fn transaction_key() -> OrderKey {
    OrderKey::Transaction(TransactionId::parse("4200000925202101284997714292").unwrap())
}

fn merchant_key() -> OrderKey {
    OrderKey::Merchant {
        mchid: "1900001234".into(),
        out_trade_no: "2025112100001".into(),
    }
}

#[tokio::test]
async fn the_token_is_asked_for_as_documented() {
    let server = Server::answering(json("{}"));
    client(&server).token_check().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("POST", TOKEN_PATH)
    );
    assert_eq!(requests[0].query, "");
    assert_eq!(
        requests[0].text(),
        format!(r#"{{"grant_type":"client_credential","appid":"{APPID}","secret":"{SECRET}"}}"#)
    );
}

#[tokio::test]
async fn a_call_has_the_documented_head() {
    let server = Server::answering(json(r#"{"errcode":0,"delivery_list":[]}"#));
    client(&server).get_delivery_list().await.unwrap();
    let call = server.only_call();
    assert_eq!(call.method, "POST");
    assert_eq!(call.query, format!("access_token={TOKEN}"));
    assert_eq!(call.headers["content-type"], "application/json; charset=utf-8");
    for absent in [
        "cookie",
        "referer",
        "accept-encoding",
        "authorization",
        "transfer-encoding",
    ] {
        assert!(!call.headers.contains_key(absent), "{absent}");
    }
}

#[tokio::test]
async fn a_token_is_encoded_in_the_query() {
    let server = Server::start(|request, _| {
        if request.path == TOKEN_PATH {
            wire::token("a+b/c=d&e")
        } else {
            json(r#"{"errcode":0}"#)
        }
    });
    client(&server).get_delivery_list().await.unwrap();
    assert_eq!(server.only_call().query, "access_token=a%2Bb%2Fc%3Dd%26e");
}

#[tokio::test]
async fn get_order_asks_by_either_number() {
    for (key, body) in [
        (
            transaction_key(),
            r#"{"transaction_id":"4200000925202101284997714292"}"#,
        ),
        (
            merchant_key(),
            r#"{"merchant_id":"1900001234","merchant_trade_no":"2025112100001"}"#,
        ),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":0,"order":{ORDER}}}"#)));
        client(&server).get_order(&key).await.unwrap();
        let call = server.only_call();
        assert_eq!(call.path, "/wxa/sec/order/get_order");
        assert_eq!(call.text(), body);
    }
}

#[tokio::test]
async fn get_order_reads_every_field() {
    let server = Server::answering(json(format!(r#"{{"errcode":0,"errmsg":"ok","order":{ORDER}}}"#)));
    let order = client(&server).get_order(&transaction_key()).await.unwrap();
    assert_eq!(order.transaction_id.as_str(), "4200000925202101284997714292");
    assert_eq!(
        (order.mchid.as_str(), order.sub_mchid.as_str()),
        ("1900001234", "")
    );
    assert_eq!(order.out_trade_no, "2025112100001");
    assert_eq!(order.description, "茶叶;茶杯");
    assert_eq!(order.paid_amount, Fen(12345));
    assert_eq!(order.openid, OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()));
    assert_eq!(order.pay_time, Timestamp::from_secs(1_763_654_400));
    assert_eq!(order.state, OrderState::Shipped);
    assert!(!order.in_complaint);
    let shipping = &order.shipping;
    assert_eq!((shipping.delivery_mode, shipping.logistics_type), (1, 1));
    assert!(shipping.finish_shipping);
    assert_eq!(shipping.finish_shipping_count, 1);
    assert_eq!(
        shipping.parcels,
        [ShippedParcel {
            tracking_no: "SF1234567890".into(),
            express_company: "SF".into(),
            goods_desc: "茶叶*1".into(),
            upload_time: Some(Timestamp::from_secs(1_763_658_000)),
            consignor_contact: String::new(),
            receiver_contact: "189****1234".into(),
        }]
    );
}

#[tokio::test]
async fn get_order_is_tolerant_in_what_may_be_absent() {
    for shipping in [
        "",
        r#","shipping":{}"#,
        r#","shipping":null"#,
        r#","shipping":"""#,
        r#","shipping":{"shipping_list":null,"finish_shipping":""}"#,
        r#","shipping":{"shipping_list":{}}"#,
    ] {
        let order = format!(
            r#"{{"transaction_id":"4200000925202101284997714292","paid_amount":"100","pay_time":"1763654400",
               "order_state":"7","new_field":[1]{shipping}}}"#
        );
        let server = Server::answering(json(format!(r#"{{"errcode":0,"order":{order}}}"#)));
        let order = client(&server).get_order(&transaction_key()).await.unwrap();
        assert_eq!(order.state, OrderState::Unknown(7), "{shipping}");
        assert_eq!(order.paid_amount, Fen(100));
        assert_eq!(order.pay_time, Timestamp::from_secs(1_763_654_400));
        assert_eq!(order.shipping, fahuo::domain::Shipping::default(), "{shipping}");
    }
}

#[tokio::test]
async fn get_order_never_takes_another_order() {
    for (key, order) in [
        (
            transaction_key(),
            r#"{"transaction_id":"4200000000000000000000000000"}"#,
        ),
        (
            merchant_key(),
            r#"{"transaction_id":"4200000000","merchant_trade_no":"2025112100002"}"#,
        ),
        (transaction_key(), "{}"),
        (transaction_key(), "null"),
        (transaction_key(), r#"{"transaction_id":""}"#),
        // A number of this size has lost digits before it gets here.
        (
            transaction_key(),
            r#"{"transaction_id":4200000925202101284997714292}"#,
        ),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":0,"order":{order}}}"#)));
        let failure = client(&server).get_order(&key).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Garbled, "{order}");
    }
}

#[tokio::test]
async fn get_order_list_asks_only_for_what_is_filtered() {
    let at = Timestamp::from_secs;
    for (query, cursor, size, body) in [
        (OrderQuery::default(), None, 50, r#"{"page_size":50}"#),
        (
            OrderQuery {
                state: Some(OrderState::ToShip),
                openid: Some(OpenId("oABC".into())),
                paid_from: Some(at(1_763_654_400)),
                paid_to: Some(at(1_763_740_799)),
            },
            Some("cursor-1"),
            50,
            r#"{"pay_time_range":{"begin_time":1763654400,"end_time":1763740799},"order_state":1,"openid":"oABC","last_index":"cursor-1","page_size":50}"#,
        ),
        (
            OrderQuery {
                paid_from: Some(Timestamp::from_millis(1_763_654_400_001)),
                ..OrderQuery::default()
            },
            None,
            0,
            r#"{"pay_time_range":{"begin_time":1763654401,"end_time":4294967295},"page_size":1}"#,
        ),
        (
            OrderQuery {
                paid_to: Some(Timestamp::from_millis(1_763_654_400_999)),
                ..OrderQuery::default()
            },
            None,
            1000,
            r#"{"pay_time_range":{"begin_time":0,"end_time":1763654400},"page_size":100}"#,
        ),
    ] {
        let server = Server::answering(json(r#"{"errcode":0,"order_list":[]}"#));
        client(&server)
            .get_order_list(&query, cursor, size)
            .await
            .unwrap();
        let call = server.only_call();
        assert_eq!(call.path, "/wxa/sec/order/get_order_list");
        assert_eq!(call.text(), body);
    }
}

#[tokio::test]
async fn get_order_list_ends_when_it_must() {
    let entry = r#"{"transaction_id":"42001"}"#;
    for (list, rest, cursor, next) in [
        (entry, r#""last_index":"b","has_more":true"#, None, Some("b")),
        (entry, r#""last_index":"b","has_more":true"#, Some("a"), Some("b")),
        (entry, r#""last_index":"b","has_more":true"#, Some("b"), None),
        (entry, r#""last_index":"b","has_more":false"#, None, None),
        (entry, r#""last_index":"b""#, None, None),
        (entry, r#""last_index":"","has_more":true"#, None, None),
        (entry, r#""has_more":true"#, None, None),
        ("", r#""last_index":"b","has_more":true"#, None, None),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":0,"order_list":[{list}],{rest}}}"#)));
        let page = client(&server)
            .get_order_list(&OrderQuery::default(), cursor, 50)
            .await
            .unwrap();
        assert_eq!(page.next.as_deref(), next, "{list} {rest} {cursor:?}");
    }
}

#[tokio::test]
async fn one_unreadable_entry_does_not_hide_the_others() {
    let list = format!(
        r#"{{"errcode":0,"order_list":[{ORDER},{{"order_state":1}},null,{{"transaction_id":"42"}}]}}"#
    );
    let server = Server::answering(json(list));
    let page = client(&server)
        .get_order_list(&OrderQuery::default(), None, 50)
        .await
        .unwrap();
    let ids: Vec<&str> = page
        .orders
        .iter()
        .map(|order| order.transaction_id.as_str())
        .collect();
    assert_eq!(ids, ["4200000925202101284997714292", "42"]);
    assert_eq!(page.unreadable, 2);
}

#[tokio::test]
async fn a_list_may_be_larger_than_other_answers() {
    let filler = "茶".repeat(400_000);
    let list =
        format!(r#"{{"errcode":0,"order_list":[{{"transaction_id":"42","description":"{filler}"}}]}}"#);
    let server = Server::answering(json(list));
    let page = client(&server)
        .get_order_list(&OrderQuery::default(), None, 50)
        .await
        .unwrap();
    assert_eq!(page.orders[0].description.chars().count(), 400_000);
}
