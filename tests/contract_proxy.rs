//! The proxy of the system: never between us and this computer, and never shown what we send.
//!
//! Separate because proxies are read once per process from its environment: each case is a process.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::path::Path;

use fahuo::domain::{Answer, Hold};
use fahuo::wechat::{Client, Upload};
use wire::process::{in_a_process, is_child};
use wire::{Say, Server, config_with_token, json, quick, status};

#[test]
fn this_computer_is_never_reached_through_a_proxy() {
    let proxy = Server::start(|_, _| json(r#"{"errcode":0}"#));
    let url = proxy.url();
    let variables = [
        ("HTTP_PROXY", Path::new(&url)),
        ("http_proxy", Path::new(&url)),
        ("ALL_PROXY", Path::new(&url)),
    ];
    in_a_process("child_on_this_computer", &variables);
    assert!(proxy.requests().is_empty(), "{:?}", proxy.requests());
}

#[tokio::test]
async fn child_on_this_computer() {
    if !is_child() {
        return; // The test above runs it where it means something.
    }
    let server = Server::answering(json(r#"{"errcode":0}"#));
    let upload = upload_to(&server.url()).await;
    assert_eq!(upload.answer, Answer::Accepted);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_proxy_that_refuses_has_seen_nothing() {
    let refusals = [
        status("407 Proxy Authentication Required", "", ""),
        status("502 Bad Gateway", "", "<html>"),
        status("302 Found", "Location: http://127.0.0.1:1/\r\n", ""),
        Say::Close,
        // It lets us through, but what is behind it is no TLS.
        Say::Bytes(b"HTTP/1.1 200 OK\r\n\r\nwelcome to this hotel".to_vec()),
    ];
    for refusal in refusals {
        let proxy = Server::start(move |_, _| refusal.clone());
        let url = proxy.url();
        let roots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls/ca.pem");
        let variables = [
            ("HTTPS_PROXY", Path::new(&url)),
            ("SSL_CERT_FILE", roots.as_path()),
        ];
        in_a_process("child_behind_a_proxy", &variables);
        let requests = proxy.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        assert_eq!(requests[0].method, "CONNECT");
        assert_eq!(requests[0].path, "wechat.invalid:443");
        assert!(!format!("{requests:?}").contains("CANARY"));
    }
}

#[tokio::test]
async fn child_behind_a_proxy() {
    if !is_child() {
        return; // The test above runs it where it means something.
    }
    let upload = upload_to("https://wechat.invalid").await;
    assert!(
        matches!(
            upload.answer,
            Answer::NotProcessed(Hold::Connection | Hold::Account(_))
        ),
        "{upload:?}"
    );
    wire::assert_discreet(&format!("{upload:?}"));
}

async fn upload_to(url: &str) -> Upload {
    let client = Client::with_timing(config_with_token(url), quick()).unwrap();
    client.upload_shipping_info(b"{}").await
}
