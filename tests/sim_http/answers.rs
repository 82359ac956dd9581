//! Answers that are late, spoiled or never come; separate because the world behind them is healthy.

use crate::shop::Shop;
use fahuo::sim::endpoint::{GET_ORDER, GET_ORDER_LIST, UPLOAD};
use fahuo::sim::{Answer, Fault, What};
use serde_json::{Value, json};
use std::time::Duration;

/// Uploads under a mishap that closes the connection; says how often the order was shipped then.
async fn dropped(index: usize, what: What) -> usize {
    let shop = Shop::open().await;
    shop.sim.push_fault(Fault::next("upload_shipping_info", what));
    let error = shop.post(UPLOAD, &shop.upload_body(index)).await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    let entries = shop.sim.ledger().entries();
    let entry = entries.iter().find(|entry| entry.path == UPLOAD).unwrap();
    assert_eq!((entry.status, entry.errcode), (None, None));
    // The server is alive and well for the next request.
    assert_eq!(shop.call(GET_ORDER_LIST, &json!({})).await["errcode"], 0);
    shop.sim.ledger().committed_uploads(&shop.plain(index).0)
}

#[tokio::test]
async fn a_lost_request_and_a_lost_answer_look_the_same_to_the_client_but_not_to_the_ledger() {
    assert_eq!(dropped(1, What::DropBeforeApply).await, 0);
    assert_eq!(dropped(2, What::DropReplyAfterApply).await, 1);
}

#[tokio::test]
async fn a_request_may_be_carried_out_long_after_its_connection_broke() {
    let shop = Shop::open().await;
    let (transaction_id, _) = shop.plain(3);
    shop.sim
        .push_fault(Fault::next(UPLOAD, What::ApplyLate { ms: 500 }));
    shop.post(UPLOAD, &shop.upload_body(3)).await.unwrap_err();
    assert_eq!(shop.sim.ledger().committed_uploads(&transaction_id), 0);
    shop.until_committed(&transaction_id).await;
}

#[tokio::test]
async fn a_client_that_gives_up_does_not_stop_the_server() {
    let shop = Shop::open().await;
    let (transaction_id, _) = shop.plain(4);
    shop.sim
        .push_fault(Fault::next(UPLOAD, What::Delay { ms: 1_000 }));
    let url = format!("{}{UPLOAD}", shop.sim.base_url());
    let request = shop
        .client
        .post(url)
        .query(&[("access_token", &shop.token)])
        .json(&shop.upload_body(4));
    let error = request
        .timeout(Duration::from_millis(50))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(shop.sim.ledger().committed_uploads(&transaction_id), 0);
    shop.until_committed(&transaction_id).await;
}

#[tokio::test]
async fn each_spoiled_answer_arrives_as_it_was_meant() {
    let shop = Shop::open().await;
    let after = |answer| What::answer(answer);
    for (index, (what, status, words, committed)) in [
        (What::errcode(-1), 200, "\"errcode\":-1", 0),
        (What::errcode_after_apply(-1), 200, "\"errcode\":-1", 1),
        (after(Answer::ErrcodeAsString), 200, "\"errcode\":\"0\"", 1),
        (after(Answer::NoErrcode), 200, "{\"errmsg\":\"ok", 1),
        (after(Answer::NoCharset), 200, "\"errcode\":0", 1),
        (after(Answer::Truncated), 200, "{\"errcode\":0,", 1),
        (after(Answer::Empty), 200, "", 1),
        (after(Answer::Html(502)), 502, "<!DOCTYPE html>", 1),
        (after(Answer::Status(504)), 504, "", 1),
        (
            What::Answer {
                applied: false,
                answer: Answer::Status(407),
            },
            407,
            "",
            0,
        ),
        (after(Answer::Drip { ms: 0 }), 200, "\"errcode\":0", 1),
    ]
    .into_iter()
    .enumerate()
    {
        shop.sim.push_fault(Fault::next(UPLOAD, what.clone()));
        let reply = shop.post(UPLOAD, &shop.upload_body(index)).await.unwrap();
        assert_eq!(reply.status().as_u16(), status, "{what:?}");
        if what == after(Answer::NoCharset) {
            assert_eq!(reply.headers()["content-type"], "application/json");
        }
        let text = reply.text().await.unwrap();
        assert!(text.contains(words), "{what:?}: {text}");
        assert_eq!(
            shop.sim.ledger().committed_uploads(&shop.plain(index).0),
            committed,
            "{what:?}"
        );
        if what == after(Answer::Truncated) {
            assert!(serde_json::from_str::<Value>(&text).is_err());
        }
    }
}

#[tokio::test]
async fn a_redirect_names_its_address() {
    let shop = Shop::open().await;
    let answer = Answer::Redirect("https://example.invalid/".into());
    shop.sim.push_fault(Fault::next(
        UPLOAD,
        What::Answer {
            applied: false,
            answer,
        },
    ));
    let reply = shop.post(UPLOAD, &shop.upload_body(0)).await.unwrap();
    assert_eq!(reply.status().as_u16(), 307);
    assert_eq!(reply.headers()["location"], "https://example.invalid/");
}

#[tokio::test]
async fn a_cut_body_breaks_off_after_a_good_head() {
    let shop = Shop::open().await;
    shop.sim
        .push_fault(Fault::next(GET_ORDER_LIST, What::answer(Answer::CutBody)));
    let reply = shop.post(GET_ORDER_LIST, &json!({})).await.unwrap();
    assert_eq!(reply.status().as_u16(), 200);
    assert!(reply.bytes().await.is_err());
}

#[tokio::test]
async fn an_endless_body_flows_until_the_client_hangs_up() {
    let shop = Shop::open().await;
    shop.sim
        .push_fault(Fault::next(GET_ORDER, What::answer(Answer::Endless)));
    let key = json!({"transaction_id": shop.plain(0).0});
    let mut reply = shop.post(GET_ORDER, &key).await.unwrap();
    let mut bytes = 0;
    while bytes < 20 << 20 {
        bytes += reply.chunk().await.unwrap().expect("it must not end").len();
    }
    drop(reply);
    assert_eq!(shop.call(GET_ORDER, &key).await["errcode"], 0);
}
