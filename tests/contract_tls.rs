//! Certificates: only a valid one of the right host gets a request, and refusing is a certain "not sent".
//!
//! Separate because trusted roots are read once per process from its environment: each case is a process.
//! The roots and certificates under `tests/tls` belong to these tests alone; their issuer's key is gone.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use fahuo::domain::{Answer, FailureKind, Hold};
use fahuo::wechat::{Client, Upload};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use wire::process::{in_a_process, is_child};
use wire::{Request, Server, config_with_token, impatient, json, quick};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
}

/// Runs a test that trusts only these roots, and sees that it writes no keys down.
#[track_caller]
fn alone(test: &str, roots: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let key_log = folder.path().join("keys");
    in_a_process(test, &[("SSL_CERT_FILE", roots), ("SSLKEYLOGFILE", &key_log)]);
    assert!(!key_log.exists(), "the keys of the connection were written down");
}

/// Serves one connection after another with this certificate; what arrives inside TLS comes out.
fn tls_server(certificate: &str) -> (SocketAddr, Receiver<Request>) {
    let chain = vec![CertificateDer::from_pem_file(file(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("leaf.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (arrived, requests) = channel();
    let serve = move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            while let Some(request) = wire::read_request(&mut stream) {
                // Written down before it is answered, so that who has the answer finds it.
                if arrived.send(request).is_err() {
                    return;
                }
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}";
                drop(stream.write_all(answer));
            }
        }
    };
    std::thread::Builder::new()
        .name("tls".into())
        .spawn(serve)
        .unwrap();
    (address, requests)
}

async fn upload_to(address: SocketAddr) -> Upload {
    let config = config_with_token(&format!("https://{address}"));
    let client = Client::with_timing(config, quick()).unwrap();
    let upload = client.upload_shipping_info(b"{}").await;
    wire::assert_discreet(&format!("{upload:?}"));
    let read = client.get_delivery_list().await;
    if let Err(failure) = &read {
        wire::assert_discreet_failure(failure);
    }
    assert_eq!(read.is_ok(), upload.answer == Answer::Accepted);
    upload
}

#[track_caller]
fn assert_tls(upload: &Upload) {
    let Answer::NotProcessed(Hold::Account(failure)) = &upload.answer else {
        panic!("{upload:?}");
    };
    assert_eq!((&failure.kind, upload.http_status), (&FailureKind::Tls, None));
}

#[test]
fn only_a_valid_certificate_gets_a_request() {
    alone("child_with_own_roots", &file("ca.pem"));
}

#[tokio::test]
async fn child_with_own_roots() {
    if !is_child() {
        return; // The test above runs it where it means something.
    }
    let (address, requests) = tls_server("good.pem");
    assert_eq!(upload_to(address).await.answer, Answer::Accepted);
    assert_eq!(requests.try_iter().count(), 2);
    for certificate in ["expired.pem", "other-host.pem", "unknown-issuer.pem"] {
        let (address, requests) = tls_server(certificate);
        assert_tls(&upload_to(address).await);
        assert_eq!(requests.try_iter().count(), 0, "{certificate}");
    }
}

#[test]
fn without_roots_there_is_no_https_but_the_simulator_works() {
    alone("child_without_roots", Path::new("/dev/null"));
}

#[tokio::test]
async fn child_without_roots() {
    if !is_child() {
        return; // The test above runs it where it means something.
    }
    let failure = Client::new(config_with_token("https://api.weixin.qq.com")).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Tls);
    let server = Server::answering(json(r#"{"errcode":0}"#));
    let client = Client::new(config_with_token(&server.url())).unwrap();
    assert_eq!(client.upload_shipping_info(b"{}").await.answer, Answer::Accepted);
}

#[test]
fn what_is_no_tls_gets_no_request() {
    alone("child_against_plain_servers", &file("ca.pem"));
}

#[tokio::test]
async fn child_against_plain_servers() {
    if !is_child() {
        return; // The test above runs it where it means something.
    }
    // A listener that accepts and never speaks: the time for connecting ends, and nothing was sent.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", silent.local_addr().unwrap());
    let client = Client::with_timing(config_with_token(&url), impatient()).unwrap();
    let upload = client.upload_shipping_info(b"{}").await;
    assert_eq!(upload.answer, Answer::NotProcessed(Hold::Connection));

    // A server that answers the handshake in clear text.
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap();
    let answer = move || {
        for stream in plain.incoming() {
            drop(stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
        }
    };
    std::thread::Builder::new()
        .name("plain".into())
        .spawn(answer)
        .unwrap();
    let upload = upload_to(address).await;
    assert!(
        matches!(
            &upload.answer,
            Answer::NotProcessed(Hold::Connection | Hold::Account(_))
        ),
        "{upload:?}"
    );
}
