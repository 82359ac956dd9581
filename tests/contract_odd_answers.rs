//! Everything that can come back instead of an answer: an upload stays unclear and is never sent twice.
//!
//! Separate because none of these answers is documented; they are what networks do.
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
use std::time::Instant;

use fahuo::domain::{Answer, Doubt, FailureKind, Hold, OrderQuery};
use fahuo::wechat::{Client, UPLOAD_PATH};
use wire::odd::{Odd, odd_answers};
use wire::{Say, Server, TOKEN_PATH, client, config, config_with_token, impatient, json, status};

const LIST_PATH: &str = "/wxa/sec/order/get_order_list";

#[tokio::test]
async fn an_odd_answer_leaves_an_upload_unclear_after_one_request() {
    for Odd { name, say, kind, .. } in odd_answers() {
        let server = Server::answering(say);
        let upload = client(&server).upload_shipping_info(b"{}").await;
        let expected = if kind == FailureKind::TooFast {
            Answer::NotProcessed(Hold::Minute)
        } else {
            let Answer::Unclear(Doubt::Failure(failure)) = &upload.answer else {
                panic!("{name}: {:?}", upload.answer);
            };
            wire::assert_discreet_failure(failure);
            assert_eq!(failure.http_status, upload.http_status, "{name}");
            assert_eq!(failure.kind, kind, "{name}");
            Answer::Unclear(Doubt::Failure(failure.clone()))
        };
        assert_eq!(upload.answer, expected, "{name}");
        assert_eq!(upload.errcode, None, "{name}");
        assert_eq!(server.requests_to(UPLOAD_PATH).len(), 1, "{name}");
    }
}

#[tokio::test]
async fn an_odd_answer_to_a_read_is_asked_again_only_when_a_moment_can_cure_it() {
    for Odd {
        name,
        say,
        kind,
        again,
    } in odd_answers()
    {
        let server = Server::answering(say);
        let failure = client(&server)
            .get_order_list(&OrderQuery::default(), None, 50)
            .await
            .unwrap_err();
        assert_eq!(failure.kind, kind, "{name}");
        assert_eq!(failure.errcode, None, "{name}");
        wire::assert_discreet_failure(&failure);
        let requests = if again { 4 } else { 1 };
        assert_eq!(server.requests_to(LIST_PATH).len(), requests, "{name}");
    }
}

#[tokio::test]
async fn an_odd_answer_to_the_token_call_is_never_asked_again() {
    for Odd { name, say, kind, .. } in odd_answers() {
        let server = Server::start(move |_, _| say.clone());
        let read = client(&server).get_delivery_list().await.unwrap_err();
        wire::assert_discreet_failure(&read);
        // A success without a token is as unreadable as broken JSON.
        assert_eq!(read.kind, kind, "{name}");
        assert_eq!(server.requests().len(), 1, "{name}");
        let upload = client(&server).upload_shipping_info(b"{}").await;
        let hold = if kind == FailureKind::TooFast {
            Hold::Minute
        } else {
            Hold::Connection
        };
        assert_eq!(upload.answer, Answer::NotProcessed(hold), "{name}");
        assert_eq!(server.requests_to(UPLOAD_PATH).len(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_busy_wechat_is_asked_again_by_reads_only() {
    for code in [-1, 10_060_012, 10_060_019] {
        let server = Server::start(move |request, before| match request.path.as_str() {
            TOKEN_PATH => wire::token(wire::TOKEN),
            LIST_PATH if before == 3 => json(r#"{"errcode":0,"order_list":[]}"#),
            _ => json(format!(r#"{{"errcode":{code}}}"#)),
        });
        let client = client(&server);
        client
            .get_order_list(&OrderQuery::default(), None, 50)
            .await
            .unwrap();
        assert_eq!(server.requests_to(LIST_PATH).len(), 4);
        let failure = client.is_trade_managed().await.unwrap_err();
        assert_eq!((failure.kind, failure.errcode), (FailureKind::Busy, Some(code)));
        let upload = client.upload_shipping_info(b"{}").await;
        assert_eq!(upload.errcode, Some(code));
        assert_eq!(server.requests_to(UPLOAD_PATH).len(), 1);
        assert_eq!(server.requests_to(TOKEN_PATH).len(), 1);
    }
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    for line in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let target = Server::answering(json(r#"{"errcode":0}"#));
        let location = format!("Location: {}/elsewhere\r\n", target.url());
        let server = Server::answering(status(line, &location, ""));
        let client = client(&server);
        client.upload_shipping_info(b"{}").await;
        client.get_delivery_list().await.unwrap_err();
        assert!(target.requests().is_empty(), "{line}");
        assert_eq!(server.requests().len(), 3, "{line}");
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off() {
    let server = Server::answering(Say::Endless);
    let client = client(&server);
    let upload = client.upload_shipping_info(b"{}").await;
    let Answer::Unclear(Doubt::Failure(failure)) = upload.answer else {
        panic!("{:?}", upload.answer);
    };
    assert_eq!(
        (failure.kind, failure.http_status),
        (FailureKind::Garbled, Some(200))
    );
    let failure = client
        .get_order_list(&OrderQuery::default(), None, 50)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Garbled);
    assert_eq!(server.requests_to(LIST_PATH).len(), 1);
}

#[tokio::test]
async fn an_answer_to_an_upload_may_have_256_kib_and_not_a_byte_more() {
    let body = |length: usize| {
        let zero = r#"{"errcode":0}"#;
        format!("{zero}{}", " ".repeat(length - zero.len()))
    };
    for (length, accepted) in [(256 * 1024, true), (256 * 1024 + 1, false)] {
        let server = Server::answering(json(body(length)));
        let upload = client(&server).upload_shipping_info(b"{}").await;
        assert_eq!(upload.answer == Answer::Accepted, accepted, "{length}");
    }
}

#[tokio::test]
async fn a_silent_or_slow_server_ends_a_call_in_time() {
    for say in [Say::Silence, Say::Drip] {
        let server = Server::answering(say.clone());
        let client = Client::with_timing(config_with_token(&server.url()), impatient()).unwrap();
        let started = Instant::now();
        let upload = client.upload_shipping_info(b"{}").await;
        assert!(started.elapsed().as_secs() < 15, "{say:?}");
        let Answer::Unclear(Doubt::Failure(failure)) = upload.answer else {
            panic!("{say:?}: {:?}", upload.answer);
        };
        assert_eq!(failure.kind, FailureKind::NoAnswer, "{say:?}");
        wire::assert_discreet_failure(&failure);
        assert_eq!(server.requests_to(UPLOAD_PATH).len(), 1, "{say:?}");
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    for config in [config(&url), config_with_token(&url)] {
        let client = Client::with_timing(config, impatient()).unwrap();
        let upload = client.upload_shipping_info(b"{}").await;
        assert_eq!(upload.answer, Answer::NotProcessed(Hold::Connection));
        assert_eq!((upload.errcode, upload.http_status), (None, None));
        let failure = client.get_delivery_list().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Offline);
        wire::assert_discreet_failure(&failure);
    }
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_loses_nothing() {
    // Every answer closes its connection without saying so; the next call must open a new one and be sent once.
    let answer = r#"{"errcode":0}"#;
    let bytes = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len()
    );
    let server = Server::answering(Say::Bytes(bytes.into_bytes()));
    let client = client(&server);
    let mut unclear = 0;
    for _ in 0..50 {
        match client.upload_shipping_info(b"{}").await.answer {
            Answer::Accepted => {}
            Answer::Unclear(_) => unclear += 1,
            other @ (Answer::Refused(_) | Answer::NotProcessed(_) | Answer::NotVisible) => {
                panic!("{other:?}")
            }
        }
    }
    let sent = server.requests_to(UPLOAD_PATH).len();
    assert!(
        sent <= 50 && sent >= 50 - unclear,
        "{sent} requests, {unclear} unclear"
    );
}
