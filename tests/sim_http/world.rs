//! A day of work, what happens in the world, and how another process looks at it; separate because answers are true here.

use crate::shop::Shop;
use fahuo::sim::endpoint::{GET_DELIVERY_LIST, GET_ORDER, GET_ORDER_LIST, UPLOAD};
use fahuo::sim::{Clock, Fault, Happening, SANDBOX_APP_SECRET, SimConfig, Simulator, What, When};
use serde_json::{Value, json};

#[tokio::test]
async fn a_day_of_work_goes_through() {
    let shop = Shop::open().await;
    let (transaction_id, openid) = shop.plain(0);

    let couriers = shop.post(GET_DELIVERY_LIST, &json!({})).await.unwrap();
    assert_eq!(couriers.headers()["content-type"], "application/json");
    assert_eq!(couriers.json::<Value>().await.unwrap()["count"], 1_400);

    let page = shop
        .call(GET_ORDER_LIST, &json!({"order_state": 1, "page_size": 50}))
        .await;
    assert_eq!(
        (page["errcode"].as_i64(), page["has_more"].as_bool()),
        (Some(0), Some(true))
    );

    let key = json!({"transaction_id": transaction_id});
    let order = shop.call(GET_ORDER, &key).await;
    assert_eq!(order["order"]["openid"], openid.as_str());

    let reply = shop.post(UPLOAD, &shop.upload_body(0)).await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/json; charset=UTF-8");
    assert!(reply.headers().contains_key("date"));
    assert_eq!(reply.json::<Value>().await.unwrap()["errcode"], 0);

    let order = shop.call(GET_ORDER, &key).await;
    assert_eq!(order["order"]["order_state"], 2);
    assert_eq!(
        order["order"]["shipping"]["shipping_list"][0]["goods_desc"],
        "茶叶"
    );

    let ledger = shop.sim.ledger();
    assert_eq!(
        (
            ledger.write_calls(),
            ledger.token_calls(),
            ledger.requests("get_order")
        ),
        (1, 1, 2)
    );
    let fate = ledger.order(&transaction_id).unwrap();
    assert_eq!(
        (fate.uploads_sent, fate.committed_uploads, fate.finish_count),
        (1, 1, 1)
    );
    assert!(ledger.warnings().is_empty(), "{:?}", ledger.warnings());
}

#[tokio::test]
async fn what_happens_in_the_world_shows_in_the_answer() {
    let errcode = |reply: &Value| reply["errcode"].as_i64().unwrap();
    let shop = Shop::open().await;
    let happen = |happening| shop.sim.push_fault(Fault::next("*", What::Happen(happening)));

    happen(Happening::SomeoneElseShips {
        express_company: "YTO".into(),
        tracking_no: "YT1".into(),
    });
    assert_eq!(errcode(&shop.call(UPLOAD, &shop.upload_body(0)).await), 0);
    let fate = shop.sim.ledger().order(&shop.plain(0).0).unwrap();
    assert_eq!(
        (fate.history.len(), fate.committed_uploads, fate.finish_count),
        (2, 1, 2)
    );

    happen(Happening::Refund);
    assert_eq!(
        errcode(&shop.call(UPLOAD, &shop.upload_body(1)).await),
        10_060_004
    );

    happen(Happening::NotVisible { secs: 3600 });
    assert_eq!(
        errcode(&shop.call(UPLOAD, &shop.upload_body(2)).await),
        10_060_001
    );
    shop.sim.clock().advance_ms(3_600_000);
    assert_eq!(errcode(&shop.call(UPLOAD, &shop.upload_body(2)).await), 0);

    happen(Happening::BuyerConfirms);
    assert_eq!(
        errcode(&shop.call(UPLOAD, &shop.upload_body(2)).await),
        10_060_004
    );

    happen(Happening::ReportState(7));
    let reply = shop
        .call(GET_ORDER, &json!({"transaction_id": shop.plain(3).0}))
        .await;
    assert_eq!(reply["order"]["order_state"], 7);

    happen(Happening::ServiceClosed);
    assert_eq!(errcode(&shop.call(UPLOAD, &shop.upload_body(4)).await), 48001);

    happen(Happening::IpNotAllowed("203.0.113.9".into()));
    let reply = shop.call(UPLOAD, &shop.upload_body(4)).await;
    assert_eq!(errcode(&reply), 40164);
    assert!(reply["errmsg"].as_str().unwrap().contains("203.0.113.9"));
}

#[tokio::test]
async fn a_killed_token_is_40001_until_a_new_one_is_fetched() {
    let mut shop = Shop::open().await;
    shop.sim
        .push_fault(Fault::next(UPLOAD, What::Happen(Happening::KillToken)));
    assert_eq!(shop.call(UPLOAD, &shop.upload_body(0)).await["errcode"], 40001);
    assert_eq!(shop.call(UPLOAD, &shop.upload_body(0)).await["errcode"], 40001);
    shop.token = shop.fetch_token().await;
    assert_eq!(shop.call(UPLOAD, &shop.upload_body(0)).await["errcode"], 0);
    assert_eq!(shop.sim.ledger().token_calls(), 2);
}

#[tokio::test]
async fn the_date_header_may_be_wrong_while_the_rules_keep_their_time() {
    let start = "2024-01-02T03:04:05Z".parse().unwrap();
    let shop = Shop::with(SimConfig {
        clock: Clock::fixed(start),
        ..SimConfig::default()
    })
    .await;
    shop.sim.clock().set_date_skew_secs(600);
    let reply = shop.post(GET_DELIVERY_LIST, &json!({})).await.unwrap();
    assert_eq!(reply.headers()["date"], "Tue, 02 Jan 2024 03:14:05 GMT");
    assert_eq!(shop.sim.clock().now(), start);
}

#[tokio::test]
async fn requests_at_the_same_time_are_counted() {
    let shop = Shop::open().await;
    shop.sim
        .push_fault(Fault::new(GET_ORDER, When::Always, What::DelayReply { ms: 500 }));
    let (first, second) = (
        json!({"transaction_id": shop.plain(0).0}),
        json!({"transaction_id": shop.plain(1).0}),
    );
    tokio::join!(
        shop.call(GET_ORDER, &first),
        shop.call(GET_ORDER, &first),
        shop.call(GET_ORDER, &second)
    );
    let ledger = shop.sim.ledger();
    assert_eq!((ledger.max_in_flight(), ledger.max_in_flight_of_order()), (3, 2));
    shop.sim.clear_faults();
    shop.call(GET_ORDER, &first).await;
    assert_eq!(ledger.entries().last().unwrap().in_flight, 1);
}

#[tokio::test]
async fn another_process_can_look_and_steer_through_the_control_routes() {
    let shop = Shop::open().await;
    let order = json!({"transaction_id": "42", "out_trade_no": "S-1", "openid": "o-1", "mchid": "1"});
    assert_eq!(shop.command("orders", &order).await, (200, json!({"orders": 1})));
    let fault = json!([{"path": "get_order", "orders": ["42"], "what": {"answer": {"errcode": -1}}}]);
    assert_eq!(shop.command("faults", &fault).await, (200, json!({"faults": 1})));

    let key = json!({"merchant_id": "1", "merchant_trade_no": "S-1"});
    assert_eq!(
        shop.call(GET_ORDER, &json!({"transaction_id": shop.plain(0).0}))
            .await["errcode"],
        0
    );
    assert_eq!(shop.call(GET_ORDER, &key).await["errcode"], -1);
    assert_eq!(shop.call(GET_ORDER, &key).await["errcode"], 0);

    let ledger = shop.control("ledger").await;
    assert_eq!(ledger["token_calls"], 1);
    assert_eq!(ledger["entries"][2]["transaction_ids"], json!(["42"]));
    assert_eq!(ledger["entries"][2]["fault"], "answer");
    let text = ledger.to_string();
    assert!(!text.contains(SANDBOX_APP_SECRET) && !text.contains(&shop.token));

    let orders = shop.control("orders").await;
    assert_eq!(orders.as_array().unwrap().len(), 241);

    let (status, problem) = shop.command("faults", &json!([{"path": "x"}])).await;
    assert_eq!(
        (status, problem["problem"].as_str()),
        (400, Some("fault 0: \"what\" is missing"))
    );
    let before = shop.sim.clock().now();
    shop.command("clock", &json!({"advance_ms": 3_600_000})).await;
    assert!(shop.sim.clock().now().duration_since(before).as_secs() >= 3600);
}

#[test]
fn a_simulator_starts_from_plain_code_and_frees_its_port_when_dropped() {
    let sim = Simulator::start(SimConfig::default()).unwrap();
    let port = sim.address().port();
    let taken = Simulator::start(SimConfig {
        port,
        ..SimConfig::default()
    });
    assert!(taken.is_err());
    let mut idle = std::net::TcpStream::connect(sim.address()).unwrap();
    drop(sim);
    // The open connection is cut, and nobody listens any more.
    assert_eq!(std::io::Read::read(&mut idle, &mut [0; 8]).unwrap_or(0), 0);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}
