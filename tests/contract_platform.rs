//! Tokens of a third-party platform, of a token service and of a program: the exact bytes that are sent, one renewal and
//! no more, and a refresh token that is written down before anything is done with what came beside it.
//!
//! Separate from the stable token because other servers and other secrets are asked here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "contract_platform/elsewhere.rs"]
mod elsewhere;
mod wire;

use fahuo::domain::{Answer, CallFailure, FailureKind, Hold, TokenTrouble};
use fahuo::wechat::{Client, NewRefreshToken, PlatformKeys, TokenSource, UPLOAD_PATH};
use tokio::sync::mpsc;
use wire::{APPID, Request, Say, Server, assert_discreet_failure, json, quick};
use zeroize::Zeroizing;

const COMPONENT: &str = "/cgi-bin/component/api_component_token";
const AUTHORIZER: &str = "/cgi-bin/component/api_authorizer_token";
const LIST: &str = "/cgi-bin/component/api_get_authorizer_list";
const MANAGED: &str = "/wxa/sec/order/is_trade_managed";
const CONFIRMED: &str = "/wxa/sec/order/is_trade_management_confirmation_completed";
const PLATFORM: &str = "wxfedcba9876543210";

fn hidden(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn keys(keeper: Option<mpsc::UnboundedSender<NewRefreshToken>>) -> PlatformKeys {
    PlatformKeys {
        component_appid: PLATFORM.to_owned(),
        component_secret: hidden("CANARY-component-secret"),
        ticket: hidden("ticket@@@CANARY"),
        refresh_token: hidden("refreshtoken@@@CANARY-1"),
        keeper,
    }
}

fn with(server: &Server, source: TokenSource) -> Client {
    Client::with_source(&server.url(), APPID.to_owned(), source, quick()).expect("a client")
}

fn platform(server: &Server) -> Client {
    with(server, TokenSource::Platform(keys(None)))
}

fn component_token(text: &str) -> Say {
    json(format!(
        r#"{{"component_access_token":"{text}","expires_in":7200}}"#
    ))
}

fn merchant_token(text: &str, refresh: &str) -> Say {
    json(format!(
        r#"{{"authorizer_access_token":"{text}","expires_in":7200,"authorizer_refresh_token":"{refresh}"}}"#
    ))
}

/// What the server says to the platform's own calls when all is well; the rest is the test's.
fn usual(request: &Request, before: usize) -> Option<Say> {
    match request.path.as_str() {
        COMPONENT => Some(component_token(&format!("c{}", before + 1))),
        AUTHORIZER => Some(merchant_token(
            &format!("m{}", before + 1),
            "refreshtoken@@@CANARY-1",
        )),
        _ => None,
    }
}

fn refused(code: i64) -> Say {
    json(format!(r#"{{"errcode":{code},"errmsg":"x rid: 65f1"}}"#))
}

/// The paths that were asked, in their order.
fn paths(server: &Server) -> Vec<String> {
    server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect()
}

async fn read(client: &Client) -> Result<(), CallFailure> {
    client.get_delivery_list().await.map(drop)
}

#[tokio::test]
async fn a_platform_asks_with_exactly_these_bytes() {
    let server = Server::start(|request, before| {
        usual(request, before)
            .unwrap_or_else(|| json(r#"{"errcode":0,"is_trade_managed":true,"completed":true}"#))
    });
    let client = platform(&server);
    assert_eq!(client.is_trade_managed().await, Ok(true));
    assert_eq!(
        client.is_trade_management_confirmation_completed().await,
        Ok(true)
    );
    let seen: Vec<(String, String, String, String)> = server
        .requests()
        .into_iter()
        .map(|r| {
            (
                r.method.clone(),
                r.path.clone(),
                r.query.clone(),
                r.text().to_owned(),
            )
        })
        .collect();
    let expected = [
        (
            COMPONENT,
            "",
            format!(
                r#"{{"component_appid":"{PLATFORM}","component_appsecret":"CANARY-component-secret","component_verify_ticket":"ticket@@@CANARY"}}"#
            ),
        ),
        (
            AUTHORIZER,
            "component_access_token=c1",
            format!(
                r#"{{"component_appid":"{PLATFORM}","authorizer_appid":"{APPID}","authorizer_refresh_token":"refreshtoken@@@CANARY-1"}}"#
            ),
        ),
        (
            MANAGED,
            "access_token=m1",
            format!(r#"{{"appid":"{APPID}"}}"#),
        ),
        (
            CONFIRMED,
            "access_token=m1",
            format!(r#"{{"appid":"{APPID}"}}"#),
        ),
    ]
    .map(|(path, query, body)| ("POST".to_owned(), path.to_owned(), query.to_owned(), body));
    assert_eq!(seen, expected);
    for request in server.requests() {
        assert_eq!(request.headers["content-type"], "application/json; charset=utf-8");
    }
}

#[tokio::test]
async fn both_tokens_are_held_and_a_refused_one_costs_one_renewal() {
    for code in [40_001, 42_001, 40_014] {
        let server = Server::start(move |request, before| {
            usual(request, before).unwrap_or_else(|| {
                if request.query == "access_token=m1" {
                    refused(code)
                } else {
                    json(r#"{"errcode":0}"#)
                }
            })
        });
        let client = platform(&server);
        read(&client).await.unwrap();
        read(&client).await.unwrap();
        let asked = [COMPONENT, AUTHORIZER].map(|path| server.requests_to(path).len());
        assert_eq!(asked, [1, 2], "the platform's own token is still good: {code}");
    }
}

#[tokio::test]
async fn a_platform_token_that_is_refused_is_fetched_once_more() {
    let server = Server::start(|request, before| match request.path.as_str() {
        AUTHORIZER if request.query == "component_access_token=c1" => refused(42_001),
        _ => usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#)),
    });
    read(&platform(&server)).await.unwrap();
    assert_eq!(
        paths(&server)[..4],
        [COMPONENT, AUTHORIZER, COMPONENT, AUTHORIZER]
    );

    let server = Server::start(|request, before| match request.path.as_str() {
        AUTHORIZER => refused(40_001),
        _ => usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#)),
    });
    let failure = read(&platform(&server)).await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.errcode),
        (FailureKind::PlatformCredentials, Some(40_001))
    );
    assert_eq!(paths(&server), [COMPONENT, AUTHORIZER, COMPONENT, AUTHORIZER]);
}

#[tokio::test]
async fn a_merchant_token_that_is_refused_twice_stops_the_account() {
    let server = Server::start(|request, before| usual(request, before).unwrap_or_else(|| refused(40_001)));
    let client = platform(&server);
    let failure = read(&client).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::TokenRefused);
    assert_eq!(server.requests_to(AUTHORIZER).len(), 2);
}

#[tokio::test]
async fn what_a_platform_is_refused_for_is_told_apart() {
    for (path, code, kind) in [
        (COMPONENT, 61_005, FailureKind::PlatformCredentials),
        (COMPONENT, 61_006, FailureKind::PlatformCredentials),
        (COMPONENT, 61_011, FailureKind::PlatformCredentials),
        (COMPONENT, 40_125, FailureKind::PlatformCredentials),
        (COMPONENT, 40_013, FailureKind::PlatformCredentials),
        (COMPONENT, -1, FailureKind::Busy),
        (COMPONENT, 45_009, FailureKind::DailyQuota),
        (AUTHORIZER, 61_003, FailureKind::NotAuthorised),
        (AUTHORIZER, 61_004, FailureKind::IpNotAllowed { ip: None }),
        (UPLOAD_PATH, 61_003, FailureKind::NotAuthorised),
        (UPLOAD_PATH, 61_007, FailureKind::NotAuthorised),
        (UPLOAD_PATH, 61_011, FailureKind::PlatformCredentials),
        (UPLOAD_PATH, 61_023, FailureKind::PlatformCredentials),
    ] {
        let server = Server::start(move |request, before| {
            if request.path == path {
                return refused(code);
            }
            usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#))
        });
        let upload = platform(&server).upload_shipping_info(b"{}").await;
        let Answer::NotProcessed(hold) = upload.answer else {
            panic!("{path} {code}: {:?}", upload.answer);
        };
        match hold.clone() {
            Hold::Account(failure) => {
                assert_eq!((failure.kind.clone(), failure.errcode), (kind, Some(code)));
                assert_discreet_failure(&failure);
            }
            Hold::Connection => assert_eq!(kind, FailureKind::Busy, "{path} {code}"),
            Hold::Day => assert_eq!(kind, FailureKind::DailyQuota, "{path} {code}"),
            Hold::Token | Hold::Second | Hold::Minute => panic!("{path} {code}: {hold:?}"),
        }
        assert_eq!(server.requests_to(path).len(), 1, "{path} {code}");
        let uploads = server.requests_to(UPLOAD_PATH).len();
        assert_eq!(uploads, usize::from(path == UPLOAD_PATH));
    }
}

#[tokio::test]
async fn a_refused_refresh_token_is_read_from_the_list_once() {
    // (what the list says, ends well, calls of the list)
    let entry = |appid: &str, token: &str| {
        format!(r#"{{"authorizer_appid":"{appid}","refresh_token":"{token}","auth_time":1}}"#)
    };
    let full = vec![entry("wxffff", "other"); 500].join(",");
    let ours = entry(APPID, "refreshtoken@@@new");
    for (pages, good) in [
        (vec![format!("{},{ours}", entry("wxffff", "other"))], true),
        (vec![full.clone(), ours.clone()], true),
        (vec![entry("wxffff", "other")], false),
        (vec![entry(APPID, "refreshtoken@@@CANARY-1")], false),
        (vec![String::new()], false),
    ] {
        let said = pages.clone();
        let server = Server::start(move |request, before| match request.path.as_str() {
            AUTHORIZER if !request.text().contains("refreshtoken@@@new") => refused(61_023),
            LIST => json(format!(r#"{{"total_count":9,"list":[{}]}}"#, said[before])),
            _ => usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#)),
        });
        let client = platform(&server);
        let read = read(&client).await;
        assert_eq!(read.is_ok(), good, "{read:?}");
        if let Err(failure) = read {
            assert_eq!(
                (failure.kind, failure.errcode),
                (FailureKind::PlatformCredentials, Some(61_023))
            );
        }
        let lists = server.requests_to(LIST);
        assert_eq!(lists.len(), pages.len());
        for (page, asked) in lists.iter().enumerate() {
            let offset = page * 500;
            assert_eq!(
                asked.text(),
                format!(r#"{{"component_appid":"{PLATFORM}","offset":{offset},"count":500}}"#)
            );
            assert_eq!(asked.query, "component_access_token=c1");
        }
        assert_eq!(server.requests_to(AUTHORIZER).len(), 1 + usize::from(good));
    }
}

#[tokio::test]
async fn a_new_refresh_token_is_written_down_before_its_access_token_is_used() {
    let server = Server::start(|request, before| match request.path.as_str() {
        AUTHORIZER => merchant_token(&format!("m{}", before + 1), "refreshtoken@@@CANARY-2"),
        _ => usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#)),
    });
    let (keeper, mut kept) = mpsc::unbounded_channel();
    let client = with(&server, TokenSource::Platform(keys(Some(keeper))));
    let call = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    let new = kept.recv().await.unwrap();
    assert_eq!(new.text.as_str(), "refreshtoken@@@CANARY-2");
    assert!(client.is_renewing());
    assert_eq!(
        paths(&server),
        [COMPONENT, AUTHORIZER],
        "nothing is called with it yet"
    );
    new.kept.send(()).unwrap();
    call.await.unwrap().unwrap();
    assert!(!client.is_renewing());
    // The same one again needs no writing.
    assert!(kept.try_recv().is_err());
}

#[tokio::test]
async fn a_refresh_token_that_could_not_be_written_down_keeps_its_access_token_back() {
    let server = Server::start(|request, before| match request.path.as_str() {
        AUTHORIZER => merchant_token("m1", "refreshtoken@@@CANARY-2"),
        _ => usual(request, before).unwrap_or_else(|| json(r#"{"errcode":0}"#)),
    });
    let (keeper, mut kept) = mpsc::unbounded_channel::<NewRefreshToken>();
    let client = with(&server, TokenSource::Platform(keys(Some(keeper))));
    let full_disk = tokio::spawn(async move {
        for _ in 0..2 {
            drop(kept.recv().await);
        }
        kept
    });
    for _ in 0..2 {
        let failure = read(&client).await.unwrap_err();
        let trouble = FailureKind::NoToken(TokenTrouble::RefreshNotKept);
        assert_eq!(failure.kind, trouble);
        assert!(failure.stops_account());
    }
    assert!(server.requests().iter().all(|r| r.path != UPLOAD_PATH));
    // The disk has room again: the newest refresh token is written down now, and the call goes on.
    let mut kept = full_disk.await.unwrap();
    let works = tokio::spawn(async move { kept.recv().await.unwrap().kept.send(()) });
    read(&client).await.unwrap();
    works.await.unwrap().unwrap();
    let last = server.requests_to(AUTHORIZER).pop().unwrap();
    assert!(
        last.text().contains("refreshtoken@@@CANARY-2"),
        "the newest is used"
    );
}

#[tokio::test]
async fn a_platform_that_lacks_something_is_not_asked() {
    let empty = || hidden("");
    for keys in [
        PlatformKeys {
            component_appid: String::new(),
            ..keys(None)
        },
        PlatformKeys {
            ticket: empty(),
            ..keys(None)
        },
        PlatformKeys {
            refresh_token: empty(),
            ..keys(None)
        },
        PlatformKeys {
            component_secret: empty(),
            ..keys(None)
        },
    ] {
        let source = TokenSource::Platform(keys);
        let made = Client::with_source("http://127.0.0.1:1", APPID.to_owned(), source, quick());
        assert_eq!(made.unwrap_err().kind, FailureKind::NoCredentials);
    }
}
