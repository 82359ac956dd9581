//! The token: fetched once for all, renewed once per refusal, never in a storm, never by force.
//!
//! Separate because these tests need many calls in flight at the same time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::future::Future;
use std::sync::Barrier;

use fahuo::domain::{Answer, CallFailure, FailureKind, Hold};
use fahuo::wechat::{Client, ClientConfig, UPLOAD_PATH, Upload};
use wire::{Request, Say, Server, TOKEN_PATH, client, config, config_with_token, json, quick};

const IN_FLIGHT: usize = 16;
const READ_PATH: &str = "/cgi-bin/express/delivery/open_msg/get_delivery_list";

/// Runs the same call in 16 tasks at once.
async fn at_once<T, F>(client: &Client, call: impl Fn(Client) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let tasks: Vec<_> = (0..IN_FLIGHT)
        .map(|_| tokio::spawn(call(client.clone())))
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

async fn upload(client: Client) -> Upload {
    client.upload_shipping_info(b"{}").await
}

async fn read(client: Client) -> Result<(), CallFailure> {
    client.get_delivery_list().await.map(drop)
}

fn with_token(request: &Request, text: &str) -> bool {
    request.query == format!("access_token={text}")
}

/// Tokens are called `t1`, `t2`, …; every call that carries a refused one gets this code.
fn server_refusing(refused: &'static [&'static str], code: i64) -> Server {
    Server::start(move |request, before| {
        if request.path == TOKEN_PATH {
            return wire::token(&format!("t{}", before + 1));
        }
        if refused.iter().any(|text| with_token(request, text)) {
            return json(format!(r#"{{"errcode":{code},"errmsg":"x rid: 65f1"}}"#));
        }
        json(r#"{"errcode":0}"#)
    })
}

fn token_calls(server: &Server) -> usize {
    server.requests_to(TOKEN_PATH).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_calls_fetch_one_token() {
    let server = Server::answering(json(r#"{"errcode":0}"#));
    let client = client(&server);
    for result in at_once(&client, read).await {
        result.unwrap();
    }
    assert_eq!(token_calls(&server), 1);
    assert_eq!(server.requests_to(READ_PATH).len(), IN_FLIGHT);
}

#[tokio::test]
async fn sixteen_calls_that_wait_for_a_token_share_its_failure() {
    let (open, gate) = std::sync::mpsc::channel::<()>();
    let gate = std::sync::Mutex::new(gate);
    let server = Server::start(move |_, before| {
        if before == 0 {
            gate.lock().unwrap().recv().unwrap();
        }
        json(r#"{"errcode":40125}"#)
    });
    let client = client(&server);
    let tasks: Vec<_> = (0..IN_FLIGHT)
        .map(|_| tokio::spawn(read(client.clone())))
        .collect();
    // On one thread every task has come to its wait before this one goes on.
    tokio::task::yield_now().await;
    open.send(()).unwrap();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap_err().kind, FailureKind::WrongSecret);
    }
    assert_eq!(token_calls(&server), 1);
    // The failure is shared, not remembered.
    assert_eq!(read(client).await.unwrap_err().kind, FailureKind::WrongSecret);
    assert_eq!(token_calls(&server), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_token_under_sixteen_calls_is_renewed_by_one_call() {
    for code in [40_001, 42_001, 40_014] {
        // Nobody is refused before all sixteen are there.
        let everybody = Barrier::new(IN_FLIGHT);
        let server = Server::start(move |request, before| {
            if request.path == TOKEN_PATH {
                return wire::token(&format!("t{}", before + 1));
            }
            if with_token(request, "t1") {
                everybody.wait();
                return json(format!(r#"{{"errcode":{code}}}"#));
            }
            json(r#"{"errcode":0}"#)
        });
        let client = client(&server);
        for result in at_once(&client, read).await {
            result.unwrap();
        }
        assert_eq!(token_calls(&server), 2, "{code}");
        assert_eq!(server.requests_to(READ_PATH).len(), 2 * IN_FLIGHT, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_token_under_sixteen_uploads_sends_nothing_again() {
    let everybody = Barrier::new(IN_FLIGHT);
    let server = Server::start(move |request, before| {
        if request.path == TOKEN_PATH {
            return wire::token(&format!("t{}", before + 1));
        }
        if with_token(request, "t1") {
            everybody.wait();
            return json(r#"{"errcode":40001}"#);
        }
        json(r#"{"errcode":0}"#)
    });
    let client = client(&server);
    for upload in at_once(&client, upload).await {
        assert_eq!(upload.answer, Answer::NotProcessed(Hold::Token));
        assert_eq!(upload.errcode, Some(40_001));
    }
    assert_eq!(server.requests_to(UPLOAD_PATH).len(), IN_FLIGHT);
    assert_eq!(token_calls(&server), 2);
    for upload in at_once(&client, upload).await {
        assert_eq!(upload.answer, Answer::Accepted);
    }
    assert_eq!(server.requests_to(UPLOAD_PATH).len(), 2 * IN_FLIGHT);
    assert_eq!(token_calls(&server), 2);
}

#[track_caller]
fn assert_token_refused(upload: &Upload) {
    let Answer::NotProcessed(Hold::Account(failure)) = &upload.answer else {
        panic!("{:?}", upload.answer);
    };
    assert_eq!(failure.kind, FailureKind::TokenRefused);
    assert_eq!(failure.rid.as_deref(), Some("65f1"));
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_too_stops_the_account() {
    let server = server_refusing(&["t1", "t2", "t3", "t4"], 40_001);
    let client = client(&server);
    assert_eq!(
        upload(client.clone()).await.answer,
        Answer::NotProcessed(Hold::Token)
    );
    assert_token_refused(&upload(client.clone()).await);
    assert_eq!(token_calls(&server), 2);
    // A person tries again: one new token, one upload, the same end.
    assert_token_refused(&upload(client.clone()).await);
    assert_eq!(
        (token_calls(&server), server.requests_to(UPLOAD_PATH).len()),
        (3, 3)
    );
    let failure = read(client.clone()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::TokenRefused);
    assert_eq!(
        (token_calls(&server), server.requests_to(READ_PATH).len()),
        (4, 1)
    );
    // The fifth is good, and the account works again.
    assert_eq!(upload(client).await.answer, Answer::Accepted);
}

#[tokio::test]
async fn a_read_tries_one_new_token_and_then_says_that_it_is_refused() {
    let server = server_refusing(&["t1", "t2", "t3"], 42_001);
    let client = client(&server);
    let failure = read(client.clone()).await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.errcode),
        (FailureKind::TokenRefused, Some(42_001))
    );
    assert_eq!(
        (token_calls(&server), server.requests_to(READ_PATH).len()),
        (2, 2)
    );
    read(client.clone()).await.unwrap_err();
    assert_eq!(
        (token_calls(&server), server.requests_to(READ_PATH).len()),
        (3, 3)
    );
    read(client).await.unwrap();
}

#[tokio::test]
async fn a_token_that_worked_may_be_killed_again_and_again() {
    let server = Server::start(|request, before| {
        if request.path == TOKEN_PATH {
            return wire::token(&format!("t{}", before + 1));
        }
        // Every second call finds its token killed.
        json(if before % 2 == 0 {
            r#"{"errcode":0}"#
        } else {
            r#"{"errcode":40014}"#
        })
    });
    let client = client(&server);
    for round in 0..5 {
        read(client.clone()).await.unwrap();
        assert_eq!(token_calls(&server), 1 + round);
    }
}

#[tokio::test]
async fn when_the_renewal_fails_the_upload_says_why() {
    for (code, stops) in [(40_125, true), (-1, false), (45_011, false)] {
        let server = Server::start(move |request, before| match request.path.as_str() {
            TOKEN_PATH if before == 0 => wire::token("t1"),
            TOKEN_PATH => json(format!(r#"{{"errcode":{code}}}"#)),
            _ => json(r#"{"errcode":40001}"#),
        });
        let upload = upload(client(&server)).await;
        let Answer::NotProcessed(hold) = upload.answer else {
            panic!("{code}: {:?}", upload.answer);
        };
        if let Hold::Account(failure) = hold {
            assert_eq!((failure.kind, stops), (FailureKind::WrongSecret, true), "{code}");
        } else {
            assert_eq!((hold, stops), (Hold::Token, false), "{code}");
        }
        assert_eq!(server.requests_to(UPLOAD_PATH).len(), 1);
    }
}

#[tokio::test]
async fn a_given_token_is_used_as_it_is_and_never_renewed() {
    let server = Server::start(|_, _| json(r#"{"errcode":40001,"errmsg":"rid: 65f1"}"#));
    let both = ClientConfig {
        secret: config("").secret,
        ..config_with_token(&server.url())
    };
    for config in [config_with_token(&server.url()), both] {
        let client = Client::with_timing(config, quick()).unwrap();
        client.token_check().await.unwrap();
        assert_eq!(
            read(client.clone()).await.unwrap_err().kind,
            FailureKind::TokenRefused
        );
        assert_token_refused(&upload(client.clone()).await);
        assert_token_refused(&upload(client).await);
    }
    assert_eq!(token_calls(&server), 0);
    assert_eq!(server.requests().len(), 6);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| with_token(request, wire::TOKEN))
    );
}

#[tokio::test]
async fn a_token_is_held_until_it_is_nearly_over() {
    for (lives, calls) in [("7200", 1), ("\"7200\"", 1), ("300", 1), ("0", 3)] {
        let server = Server::start(move |request, _| {
            if request.path == TOKEN_PATH {
                json(format!(r#"{{"access_token":"t","expires_in":{lives}}}"#))
            } else {
                json(r#"{"errcode":0}"#)
            }
        });
        let client = client(&server);
        client.token_check().await.unwrap();
        read(client.clone()).await.unwrap();
        read(client).await.unwrap();
        assert_eq!(token_calls(&server), calls, "{lives}");
    }
}

#[tokio::test]
async fn what_is_no_token_is_not_used() {
    let long = "t".repeat(2049);
    for answer in [
        r#"{"errcode":0}"#.to_owned(),
        r#"{"access_token":"t"}"#.to_owned(),
        r#"{"access_token":"","expires_in":7200}"#.to_owned(),
        r#"{"access_token":7,"expires_in":7200}"#.to_owned(),
        r#"{"access_token":"t t","expires_in":7200}"#.to_owned(),
        r#"{"access_token":"t\r\nHost: x","expires_in":7200}"#.to_owned(),
        r#"{"access_token":"茶","expires_in":7200}"#.to_owned(),
        r#"{"access_token":"t","expires_in":-1}"#.to_owned(),
        r#"{"access_token":"t","expires_in":"soon"}"#.to_owned(),
        r#"{"access_token":"t","access_token":"u","expires_in":7200}"#.to_owned(),
        format!(r#"{{"access_token":"{long}","expires_in":7200}}"#),
    ] {
        let server = Server::start({
            let answer = answer.clone();
            move |_, _| Say::Json(answer.clone())
        });
        let failure = client(&server).token_check().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Garbled, "{answer}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_success_that_names_its_code_is_a_token_too() {
    let server = Server::start(|_, _| json(r#"{"errcode":0,"access_token":"t","expires_in":7200}"#));
    client(&server).token_check().await.unwrap();
}

#[test]
fn a_client_without_credentials_or_with_an_unsafe_address_is_not_built() {
    let url = "http://127.0.0.1:1";
    let empty = || Some(zeroize::Zeroizing::new(String::new()));
    for (config, kind) in [
        (
            ClientConfig {
                secret: None,
                ..config(url)
            },
            FailureKind::NoCredentials,
        ),
        (
            ClientConfig {
                secret: empty(),
                access_token: empty(),
                ..config(url)
            },
            FailureKind::NoCredentials,
        ),
        (
            ClientConfig {
                appid: String::new(),
                ..config(url)
            },
            FailureKind::NoCredentials,
        ),
        (config("http://api.weixin.qq.com"), FailureKind::NotWeChat),
        (config(""), FailureKind::NotWeChat),
    ] {
        assert_eq!(Client::new(config).unwrap_err().kind, kind);
    }
}
