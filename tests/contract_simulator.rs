//! Every read of the client against the pretend WeChat, which read the documents on its own.
//!
//! Separate because two readings of the same documents must agree; where they do not, one of them is wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::collections::BTreeMap;

use fahuo::domain::{FailureKind, OpenId, Order, OrderKey, OrderQuery, OrderState, Timestamp};
use fahuo::sim::{
    self, Fault, Happening, SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator, What, When,
};
use fahuo::wechat::GET_ORDER_PATH;
use wire::simulated::{client, key, start, to_ship};

#[track_caller]
fn assert_same(read: &Order, truth: &sim::Order) {
    assert_eq!(read.transaction_id.as_str(), truth.transaction_id);
    assert_eq!(read.mchid, truth.mchid);
    assert_eq!(read.sub_mchid, truth.sub_mchid);
    assert_eq!(read.out_trade_no, truth.out_trade_no);
    assert_eq!(read.paid_amount.0, truth.paid_amount);
    assert_eq!(read.openid.0, truth.openid);
    assert_eq!(read.pay_time.secs(), truth.pay_time);
    assert_eq!(i64::from(read.state), truth.shown_state(false));
    assert_eq!(read.in_complaint, truth.in_complaint.unwrap_or(false));
    let shipping = truth.shipping.clone().unwrap_or_default();
    assert_eq!(read.shipping.delivery_mode, shipping.delivery_mode);
    assert_eq!(read.shipping.logistics_type, shipping.logistics_type);
    assert_eq!(read.shipping.finish_shipping, shipping.finish);
    assert_eq!(read.shipping.finish_shipping_count, shipping.finish_count);
    assert_eq!(read.shipping.parcels.len(), shipping.parcels.len());
    for (read, truth) in read.shipping.parcels.iter().zip(&shipping.parcels) {
        assert_eq!(read.tracking_no, truth.tracking_no);
        assert_eq!(read.express_company, truth.express_company);
        assert_eq!(read.goods_desc, truth.item_desc);
        assert_eq!(read.consignor_contact, truth.consignor_contact);
        assert_eq!(read.receiver_contact, truth.receiver_contact);
        assert_eq!(read.upload_time.map_or(0, Timestamp::secs), truth.upload_time);
    }
}

#[tokio::test]
async fn every_order_is_read_alike_by_list_and_by_number() {
    let (simulator, client) = start(240);
    let truth: BTreeMap<String, sim::Order> = simulator
        .orders()
        .into_iter()
        .map(|order| (order.transaction_id.clone(), order))
        .collect();
    let mut read = BTreeMap::new();
    let mut cursor = None;
    loop {
        let page = client
            .get_order_list(&OrderQuery::default(), cursor.as_deref(), 50)
            .await
            .unwrap();
        assert_eq!(page.unreadable, 0);
        assert!(page.orders.len() <= 50);
        for order in page.orders {
            read.insert(order.transaction_id.to_string(), order);
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let now = jiff::Timestamp::now().as_second();
    let visible = truth.values().filter(|order| order.visible_at <= now).count();
    assert_eq!(read.len(), visible);
    assert!(visible > 200);
    for (id, order) in &read {
        assert_same(order, &truth[id]);
        assert_eq!(&client.get_order(&key(id)).await.unwrap(), order);
        if truth[id].sub_mchid.is_empty() {
            let by_shop = OrderKey::Merchant {
                mchid: order.mchid.clone(),
                out_trade_no: order.out_trade_no.clone(),
            };
            assert_eq!(&client.get_order(&by_shop).await.unwrap(), order);
        }
    }
    assert_eq!(simulator.ledger().warnings(), Vec::<String>::new());
    assert_eq!(simulator.ledger().token_calls(), 1);
}

#[tokio::test]
async fn a_filtered_list_has_what_fits() {
    let (simulator, client) = start(240);
    let some = simulator
        .orders()
        .into_iter()
        .find(|order| order.order_state == 2)
        .unwrap();
    let query = OrderQuery {
        state: Some(OrderState::Shipped),
        openid: Some(OpenId(some.openid.clone())),
        paid_from: Some(Timestamp::from_secs(some.pay_time)),
        paid_to: Some(Timestamp::from_secs(some.pay_time)),
    };
    let page = client.get_order_list(&query, None, 50).await.unwrap();
    let ids: Vec<&str> = page
        .orders
        .iter()
        .map(|order| order.transaction_id.as_str())
        .collect();
    assert_eq!(ids, [some.transaction_id.as_str()]);
    let failure = client
        .get_order_list(&query, Some("no cursor"), 50)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::BadCursor);
}

#[tokio::test]
async fn an_order_that_is_not_there_is_not_visible() {
    let (_simulator, client) = start(1);
    let failure = client
        .get_order(&key("4200000000000000000000000000"))
        .await
        .unwrap_err();
    assert_eq!(
        (failure.kind, failure.errcode),
        (FailureKind::OrderNotVisible, Some(10_060_001))
    );
    assert!(failure.rid.is_some());
}

#[tokio::test]
async fn an_answer_without_a_charset_is_utf8() {
    let (simulator, client) = start(60);
    simulator.push_fault(Fault::new(
        "*",
        When::Always,
        What::answer(sim::Answer::NoCharset),
    ));
    let order = &simulator.orders()[0];
    let read = client.get_order(&key(&order.transaction_id)).await.unwrap();
    assert_eq!(read.description, order.description);
}

#[tokio::test]
async fn a_used_up_quota_is_told_before_and_after() {
    let (simulator, client) = start(60);
    simulator.with_world(|world| world.limits.daily = 2);
    let id = to_ship(&simulator).remove(0);
    client.get_order(&key(&id)).await.unwrap();
    let quota = client.quota(GET_ORDER_PATH).await.unwrap();
    assert_eq!((quota.daily_limit, quota.used, quota.remain), (2, 1, 1));
    client.get_order(&key(&id)).await.unwrap();
    let failure = client.get_order(&key(&id)).await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.errcode),
        (FailureKind::DailyQuota, Some(45_009))
    );
    let failure = client.quota("no/slash").await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
}

#[tokio::test]
async fn couriers_and_the_switches_of_the_account_are_read() {
    let (_simulator, client) = start(1);
    let couriers = client.get_delivery_list().await.unwrap();
    let expected = sim::couriers::all();
    assert_eq!(couriers.len(), expected.len());
    for (courier, (id, name)) in couriers.iter().zip(&expected) {
        assert_eq!((&courier.id, &courier.name), (id, name));
    }
    assert!(client.is_trade_managed().await.unwrap());
    assert!(client.is_trade_management_confirmation_completed().await.unwrap());
}

#[tokio::test]
async fn wrong_credentials_are_told_apart() {
    let simulator = Simulator::start(SimConfig::default()).unwrap();
    for (appid, secret, kind) in [
        (SANDBOX_APPID, "wrong", FailureKind::WrongSecret),
        ("wx0000000000000000", SANDBOX_APP_SECRET, FailureKind::WrongAppId),
    ] {
        let failure = client(&simulator, appid, secret).token_check().await.unwrap_err();
        assert_eq!(failure.kind, kind);
    }
    let happen = |what| Fault::next("*", What::Happen(what));
    let client = client(&simulator, SANDBOX_APPID, SANDBOX_APP_SECRET);
    simulator.push_fault(happen(Happening::IpNotAllowed("203.0.113.7".into())));
    let failure = client.get_delivery_list().await.unwrap_err();
    let ip = Some("203.0.113.7".to_owned());
    assert_eq!(failure.kind, FailureKind::IpNotAllowed { ip });
}

#[tokio::test]
async fn the_clock_of_the_server_is_learnt() {
    let (simulator, client) = start(1);
    simulator.clock().set_date_skew_secs(3600);
    assert_eq!(client.clock_offset_millis(), None);
    client.token_check().await.unwrap();
    let offset = client.clock_offset_millis().unwrap();
    assert!((3_570_000..3_630_000).contains(&offset), "{offset}");
}
