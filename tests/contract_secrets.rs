//! What may never be seen: secret and token outside their one place, addresses in anything that is printed.
//!
//! Separate because it is about what the other tests leave behind, not about what they ask.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::net::TcpListener;

use fahuo::domain::{CallFailure, OrderKey, OrderQuery, TransactionId};
use fahuo::wechat::{BaseUrl, Client};
use wire::odd::{Odd, odd_answers};
use wire::{
    SECRET, Say, Server, TOKEN, TOKEN_PATH, assert_discreet, client, config, config_with_token, impatient,
    json,
};

fn shown(failure: &CallFailure) -> String {
    format!(
        "{failure:?} {failure:#?} {}",
        serde_json::to_string(failure).unwrap()
    )
}

/// Makes every call and checks everything that can be printed of its result.
async fn check_every_call(client: &Client) {
    let key = OrderKey::Transaction(TransactionId::parse("42").unwrap());
    let mut printed = vec![format!("{client:?} {client:#?}")];
    let upload = client.upload_shipping_info(b"{}").await;
    printed.push(format!("{upload:?} {upload:#?}"));
    printed.extend(client.token_check().await.err().as_ref().map(shown));
    printed.extend(client.get_order(&key).await.err().as_ref().map(shown));
    let list = client.get_order_list(&OrderQuery::default(), None, 50).await;
    printed.extend(list.err().as_ref().map(shown));
    printed.extend(client.get_delivery_list().await.err().as_ref().map(shown));
    printed.extend(client.is_trade_managed().await.err().as_ref().map(shown));
    let completed = client.is_trade_management_confirmation_completed().await;
    printed.extend(completed.err().as_ref().map(shown));
    printed.extend(client.quota("/x").await.err().as_ref().map(shown));
    assert!(printed.len() >= 8, "too few failures: {printed:?}");
    for text in printed {
        assert_discreet(&text);
    }
}

#[tokio::test]
async fn token_never_in_error() {
    for Odd { say, .. } in odd_answers() {
        let behind_token = Server::answering(say.clone());
        check_every_call(&client(&behind_token)).await;
        let everywhere = Server::start(move |_, _| say.clone());
        check_every_call(&client(&everywhere)).await;
    }
    for say in [Say::Silence, Say::Endless] {
        let server = Server::answering(say);
        let client = Client::with_timing(config_with_token(&server.url()), impatient()).unwrap();
        let upload = client.upload_shipping_info(b"{}").await;
        assert_discreet(&format!("{upload:?}"));
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://{free}"), format!("https://{free}")] {
        // Without trusted roots there is no client for https, and nothing to print.
        if let Ok(client) = Client::with_timing(config_with_token(&url), impatient()) {
            let upload = client.upload_shipping_info(b"{}").await;
            assert_discreet(&format!("{upload:?}"));
            assert_discreet(&shown(&client.get_delivery_list().await.unwrap_err()));
        }
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_request_gives_nothing_away() {
    for code in [-1, 0, 1, 40_001, 40_164, 47_001, 10_060_002, 10_060_004] {
        let server = Server::start(move |request, _| {
            if request.path == TOKEN_PATH && code != 40_164 {
                return wire::token(TOKEN);
            }
            // The secret and the token where the request id and the address are looked for.
            let echo = format!("{SECRET} {TOKEN} invalid ip {SECRET}, rid: {TOKEN}");
            json(format!(
                r#"{{"errcode":{code},"errmsg":"{echo}","hint":"{echo}","order":{{"transaction_id":"{echo}"}}}}"#
            ))
        });
        let client = client(&server);
        let upload = client.upload_shipping_info(b"{}").await;
        assert_discreet(&format!("{upload:?}"));
        let key = OrderKey::Transaction(TransactionId::parse("42").unwrap());
        assert_discreet(&shown(&client.get_order(&key).await.unwrap_err()));
    }
}

#[tokio::test]
async fn secret_and_token_are_sent_in_their_one_place() {
    let server = Server::answering(json(
        r#"{"errcode":0,"order":{"transaction_id":"42"},"quota":{"daily_limit":1}}"#,
    ));
    let client = client(&server);
    let key = OrderKey::Transaction(TransactionId::parse("42").unwrap());
    client.get_order(&key).await.unwrap();
    client.upload_shipping_info(b"{}").await;
    client
        .get_order_list(&OrderQuery::default(), None, 50)
        .await
        .unwrap();
    client.quota("/x").await.unwrap();
    for request in server.requests() {
        let is_token_call = request.path == TOKEN_PATH;
        let headers = format!("{:?}", request.headers);
        assert!(!headers.contains("CANARY"), "{headers}");
        assert_eq!(request.text().contains(SECRET), is_token_call);
        assert!(!request.text().contains(TOKEN));
        assert_eq!(request.query.contains(TOKEN), !is_token_call);
        assert!(!request.query.contains(SECRET));
    }
}

#[test]
fn a_configuration_prints_stars() {
    for config in [
        config("https://api.weixin.qq.com"),
        config_with_token("https://api.weixin.qq.com"),
    ] {
        let printed = format!("{config:?} {config:#?}");
        assert!(!printed.contains("CANARY"), "{printed}");
        assert!(printed.contains("***"), "{printed}");
    }
}

#[test]
fn a_refused_address_is_not_repeated() {
    for text in [
        "http://user:CANARY@example.com",
        "https://a:CANARY@b",
        "https://b/?access_token=CANARY",
    ] {
        let problem = BaseUrl::parse(text).unwrap_err();
        let printed = format!("{problem} {problem:?}");
        assert!(!printed.contains("CANARY"), "{printed}");
        let failure = Client::new(config(text)).unwrap_err();
        assert_discreet(&shown(&failure));
    }
}
