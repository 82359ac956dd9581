//! A client beside the pretend WeChat, and shipments made in a line.
//!
//! Separate from the bare sockets because those must know nothing of WeChat.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say it by failing")]

use std::collections::BTreeSet;

use fahuo::domain::{Draft, Intent, OrderKey, ParcelDraft, ParcelId, Rules, Timestamp, TransactionId};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use fahuo::wechat::{Client, ClientConfig, Upload, upload_body};
use zeroize::Zeroizing;

/// A shop of so many orders, and a client of it.
pub fn start(orders: usize) -> (Simulator, Client) {
    let simulator = Simulator::start(SimConfig {
        orders,
        ..SimConfig::default()
    })
    .unwrap();
    simulator.with_world(|world| world.limits.per_second = None);
    let client = client(&simulator, SANDBOX_APPID, SANDBOX_APP_SECRET);
    (simulator, client)
}

/// A client with these credentials.
pub fn client(simulator: &Simulator, appid: &str, secret: &str) -> Client {
    let config = ClientConfig {
        base_url: simulator.base_url(),
        appid: appid.to_owned(),
        secret: Some(Zeroizing::new(secret.to_owned())),
        access_token: None,
    };
    Client::with_timing(config, super::quick()).unwrap()
}

/// By WeChat's number.
pub fn key(transaction_id: &str) -> OrderKey {
    OrderKey::Transaction(TransactionId::parse(transaction_id).unwrap())
}

/// The numbers of orders that can be shipped.
pub fn to_ship(simulator: &Simulator) -> Vec<String> {
    let orders = simulator.orders();
    let plain = orders
        .iter()
        .filter(|order| order.order_state == 1 && order.shipping.is_none());
    plain.map(|order| order.transaction_id.clone()).collect()
}

/// One express parcel.
pub fn parcel(courier: &str, tracking_no: &str) -> ParcelDraft {
    ParcelDraft {
        courier: courier.into(),
        tracking_no: tracking_no.into(),
        item_desc: "茶叶*1".into(),
        receiver_contact: "13812341234".into(),
        ..ParcelDraft::default()
    }
}

/// A unified express shipment.
pub fn draft(transaction_id: &str, parcels: Vec<ParcelDraft>) -> Draft {
    Draft {
        transaction_id: transaction_id.to_owned(),
        parcels,
        ..Draft::default()
    }
}

/// Looks, then uploads, as the outbox does.
pub async fn ship(client: &Client, draft: &Draft) -> Upload {
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(draft, &rules).unwrap();
    let order = client.get_order(&key(&draft.transaction_id)).await.unwrap();
    let newest = order
        .shipping
        .parcels
        .iter()
        .filter_map(|parcel| parcel.upload_time)
        .max();
    let now = Timestamp::from_millis(jiff::Timestamp::now().as_millisecond());
    let at = fahuo::domain::time::next_upload_time(now, newest);
    client
        .upload_shipping_info(&upload_body(&intent, &order.openid, at))
        .await
}

/// What WeChat shows as shipped.
pub async fn shipped_ids(client: &Client, transaction_id: &str) -> BTreeSet<ParcelId> {
    let order = client.get_order(&key(transaction_id)).await.unwrap();
    let parcels = order.shipping.parcels.iter();
    parcels
        .map(|parcel| ParcelId::new(&parcel.express_company, &parcel.tracking_no))
        .collect()
}
