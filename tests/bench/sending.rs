//! Shipments in a second through engine, journal and look-before-send, against a bare loop over the same HTTP library
//! that makes the same calls on the same kind of server and writes nothing down.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fahuo::domain::{Draft, ParcelDraft};
use fahuo::engine::Command;
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use serde_json::{Value, json};

use super::measure::{median_ratio, medians, secs, wish};
use super::report::{Limit, Report};
use super::shop;

/// Shipments in one run.
const SHIPMENTS: usize = 600;
/// Pairs of runs.
const PAIRS: usize = 5;

pub fn run(report: &mut Report) {
    let shipments = wish("SHIPMENTS", SHIPMENTS);
    let mut rates = Vec::new();
    for round in 0..wish("PAIRS", PAIRS) {
        // Who goes first changes, so that neither has the warmer machine.
        let (ours, bare) = if round % 2 == 0 {
            let ours = ours(shipments);
            (ours, bare(shipments))
        } else {
            let bare = bare(shipments);
            (ours(shipments), bare)
        };
        rates.push((ours, bare));
    }
    report.median_ratio(
        &format!("{shipments} shipments, each looked at before it is sent"),
        "shipments/s",
        medians(&rates),
        median_ratio(&rates),
        Limit::AtLeast(0.8),
    );
}

/// A server without limits and the numbers of its orders that can be shipped.
fn server(shipments: usize) -> Simulator {
    let wechat = Simulator::start(SimConfig {
        orders: shipments * 5 / 2,
        ..SimConfig::default()
    })
    .unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    wechat
}

fn tracking_no(at: usize) -> String {
    format!("7876{at:010}")
}

/// Shipments in a second from *Go on* until the last one is known to be shipped.
fn ours(shipments: usize) -> f64 {
    let wechat = server(shipments);
    let folder = tempfile::tempdir().unwrap();
    let mut engine = shop::engine(&wechat.base_url(), folder.path(), Some(shop::UNBOUND));
    let orders = shop::fetch(&mut engine);
    assert!(
        orders.len() >= shipments,
        "{} orders can be shipped",
        orders.len()
    );
    engine.send(Command::Pause);
    for (at, order) in orders.iter().take(shipments).enumerate() {
        engine.send(Command::Ship(Draft {
            transaction_id: order.clone(),
            parcels: vec![ParcelDraft {
                courier: "ZTO".into(),
                tracking_no: tracking_no(at),
                item_desc: "明前龙井 250g".into(),
                ..ParcelDraft::default()
            }],
            ..Draft::default()
        }));
    }
    until(&mut engine, |outbox| outbox.queued >= shipments);
    let (time, ()) = secs(|| {
        engine.send(Command::Resume);
        until(&mut engine, |outbox| outbox.shipped >= shipments);
    });
    let uploads = wechat.with_world(|world| {
        world
            .orders()
            .filter(|order| order.committed_uploads() == 1)
            .count()
    });
    assert!(uploads >= shipments);
    shipments as f64 / time
}

fn until(engine: &mut fahuo::engine::Handle, seen: impl Fn(&fahuo::engine::Outbox) -> bool) {
    let begun = std::time::Instant::now();
    while !seen(&engine.snapshot().outbox) {
        assert!(
            begun.elapsed() < Duration::from_mins(5),
            "{:?}",
            engine.snapshot().outbox.gate
        );
        engine.wait(Duration::from_secs(1));
    }
}

/// The same calls without anything between them.
fn bare(shipments: usize) -> f64 {
    let wechat = server(shipments);
    let folder = tempfile::tempdir().unwrap();
    let mut engine = shop::engine(&wechat.base_url(), folder.path(), Some(shop::UNBOUND));
    let orders = Arc::new(shop::fetch(&mut engine));
    drop(engine);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let http = reqwest::Client::builder()
            .http1_only()
            .no_proxy()
            .tls_certs_only([])
            .pool_max_idle_per_host(shop::IN_FLIGHT)
            .build()
            .unwrap();
        let base = wechat.base_url();
        let body =
            json!({"grant_type": "client_credential", "appid": SANDBOX_APPID, "secret": SANDBOX_APP_SECRET});
        let reply = post(&http, format!("{base}/cgi-bin/stable_token"), &body).await;
        let token = reply["access_token"].as_str().unwrap().to_owned();
        let url = |path: &str| format!("{base}/wxa/sec/order/{path}?access_token={token}");
        let (look, upload) = (url("get_order"), url("upload_shipping_info"));
        let next = Arc::new(AtomicUsize::new(0));
        let begun = std::time::Instant::now();
        let workers: Vec<_> = (0..shop::IN_FLIGHT)
            .map(|_| {
                let (http, look, upload) = (http.clone(), look.clone(), upload.clone());
                let (next, orders) = (Arc::clone(&next), Arc::clone(&orders));
                tokio::spawn(async move {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= shipments {
                            return;
                        }
                        one(&http, (&look, &upload), &orders[at], at).await;
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap();
        }
        shipments as f64 / begun.elapsed().as_secs_f64()
    })
}

/// One look and one upload.
async fn one(http: &reqwest::Client, (look, upload): (&str, &str), order: &str, at: usize) {
    let seen = post(http, look.to_owned(), &json!({"transaction_id": order})).await;
    let openid = seen["order"]["openid"].as_str().unwrap();
    let millis = 1 + at % 998;
    let time = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    let body = json!({
        "order_key": {"order_number_type": 2, "transaction_id": order},
        "logistics_type": 1,
        "delivery_mode": 1,
        "shipping_list": [{
            "tracking_no": tracking_no(at),
            "express_company": "ZTO",
            "item_desc": "明前龙井 250g",
        }],
        "upload_time": format!("{}.{millis:03}+08:00", time.strftime("%Y-%m-%dT%H:%M:%S")),
        "payer": {"openid": openid},
    });
    let done = post(http, upload.to_owned(), &body).await;
    assert_eq!(done["errcode"], 0, "{done}");
}

async fn post(http: &reqwest::Client, url: String, body: &Value) -> Value {
    let request = http
        .post(url)
        .header("Content-Type", "application/json; charset=utf-8")
        .body(body.to_string());
    let text = request.send().await.unwrap().text().await.unwrap();
    serde_json::from_str(&text).unwrap()
}
