//! Tokens that come from elsewhere than WeChat: the merchant's own service, a program, a paste.

use fahuo::domain::{Answer, FailureKind, Hold, ServiceMethod, TokenTrouble};
use fahuo::wechat::{Client, TokenSource};

use super::wire::{APPID, Say, Server, assert_discreet_failure, impatient, json, quick, status};
use super::{hidden, keys, read, refused, with};

fn service(url: &str, method: ServiceMethod, bearer: Option<&str>) -> TokenSource {
    TokenSource::Service {
        url: url.to_owned(),
        method,
        bearer: bearer.map(hidden),
    }
}

#[tokio::test]
async fn a_token_service_is_asked_with_exactly_these_bytes_and_sees_nothing_else() {
    for (method, bearer) in [
        (ServiceMethod::Get, None),
        (ServiceMethod::Get, Some("CANARY-bearer")),
        (ServiceMethod::Post, Some("CANARY-bearer")),
    ] {
        let erp = Server::start(|_, before| {
            json(format!(
                r#"{{"access_token":"s{}","expires_in":7200}}"#,
                before + 1
            ))
        });
        let wechat = Server::start(|request, _| {
            json(if request.query == "access_token=s1" {
                r#"{"errcode":40001}"#
            } else {
                r#"{"errcode":0}"#
            })
        });
        let url = format!("{}/wx/token?shop=1", erp.url());
        let client = with(&wechat, service(&url, method, bearer));
        read(&client).await.unwrap();
        read(&client).await.unwrap();
        let asked = erp.requests();
        assert_eq!(
            asked.len(),
            2,
            "asked again only because WeChat refused the first"
        );
        for request in &asked {
            let (verb, body) = match method {
                ServiceMethod::Get => ("GET", String::new()),
                ServiceMethod::Post => ("POST", format!(r#"{{"appid":"{APPID}"}}"#)),
            };
            assert_eq!((request.method.as_str(), request.text()), (verb, body.as_str()));
            assert_eq!(
                (request.path.as_str(), request.query.as_str()),
                ("/wx/token", "shop=1")
            );
            let sent = request.headers.get("authorization").map(String::as_str);
            assert_eq!(sent, bearer.map(|_| "Bearer CANARY-bearer"));
        }
        for request in wechat.requests() {
            assert!(!request.headers.contains_key("authorization"));
        }
    }
}

#[tokio::test]
async fn what_a_token_service_may_do_wrong_is_told_and_wechat_is_not_called() {
    use TokenTrouble::{ServiceDown, ServiceGarbled, ServiceRefuses};
    let elsewhere = "Location: https://erp.example.com/\r\n";
    let (long, big) = ("t".repeat(2049), " ".repeat(65 * 1024));
    let token = r#"{"access_token":"t","expires_in":7200}"#;
    for (say, trouble) in [
        (status("302 Found", elsewhere, token), ServiceRefuses),
        (status("401 Unauthorized", "", token), ServiceRefuses),
        (status("404 Not Found", "", ""), ServiceRefuses),
        (status("201 Created", "", token), ServiceRefuses),
        (status("500 Oops", "", token), ServiceDown),
        (status("429 Too Many", "", token), ServiceDown),
        (Say::Close, ServiceDown),
        (json("86_bare"), ServiceGarbled),
        (json("{}"), ServiceGarbled),
        (json(r#"{"errcode":0}"#), ServiceGarbled),
        (json(r#"{"access_token":"t","expires_in":"x"}"#), ServiceGarbled),
        (json(r#"{"access_token":"a\r\nb"}"#), ServiceGarbled),
        (json(format!(r#"{{"access_token":"{long}"}}"#)), ServiceGarbled),
        (json(format!("{token}{big}")), ServiceGarbled),
    ] {
        let erp = Server::start(move |_, _| say.clone());
        let wechat = Server::start(|_, _| json(r#"{"errcode":0}"#));
        let client = with(&wechat, service(&erp.url(), ServiceMethod::Get, None));
        let upload = client.upload_shipping_info(b"{}").await;
        let passes = trouble.may_pass();
        if passes {
            assert_eq!(
                upload.answer,
                Answer::NotProcessed(Hold::Connection),
                "{trouble:?}"
            );
        } else if let Answer::NotProcessed(Hold::Account(failure)) = upload.answer {
            assert_eq!(failure.kind, FailureKind::NoToken(trouble));
            assert_discreet_failure(&failure);
        } else {
            panic!("{trouble:?}: {:?}", upload.answer);
        }
        assert_eq!(
            (erp.requests().len(), wechat.requests().len()),
            (1, 0),
            "{trouble:?}"
        );
    }
}

#[tokio::test]
async fn a_token_service_that_is_silent_ends_in_time() {
    for say in [Say::Silence, Say::Drip] {
        let erp = Server::start(move |_, _| say.clone());
        let wechat = Server::start(|_, _| json(r#"{"errcode":0}"#));
        let source = service(&erp.url(), ServiceMethod::Get, Some("CANARY-bearer"));
        let client = Client::with_source(&wechat.url(), APPID.to_owned(), source, impatient()).unwrap();
        let failure = client.token_check().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::NoToken(TokenTrouble::ServiceDown));
        assert!(!failure.stops_account());
        assert!(wechat.requests().is_empty());
    }
}

#[test]
fn a_token_service_is_reached_by_https_or_on_this_computer_only() {
    for url in [
        "http://erp.example.com/token",
        "http://10.0.0.1/token",
        "https://user:pass@erp.example.com/",
        "file:///etc/passwd",
        "erp.example.com",
    ] {
        let source = service(url, ServiceMethod::Get, Some("CANARY-bearer"));
        let made = Client::with_source("http://127.0.0.1:1", APPID.to_owned(), source, quick());
        let failure = made.unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::NoToken(TokenTrouble::ServiceRefuses),
            "{url}"
        );
        assert_discreet_failure(&failure);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_gives_the_token_and_is_asked_again_once_it_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let count = dir.path().join("count");
    let script = "echo x >> \"$1\"; echo \"p$(wc -l < \"$1\" | tr -d ' ')\"";
    let arguments = ["-c", script, "sh", count.to_str().unwrap()].map(str::to_owned);
    let wechat = Server::start(|request, _| {
        json(if request.query == "access_token=p1" {
            r#"{"errcode":42001}"#
        } else {
            r#"{"errcode":0}"#
        })
    });
    let source = TokenSource::Command {
        program: "/bin/sh".to_owned(),
        arguments: arguments.to_vec(),
    };
    let client = with(&wechat, source);
    read(&client).await.unwrap();
    read(&client).await.unwrap();
    assert_eq!(std::fs::read_to_string(&count).unwrap().lines().count(), 2);
    let tokens: Vec<String> = wechat.requests().into_iter().map(|r| r.query).collect();
    assert_eq!(tokens, ["access_token=p1", "access_token=p2", "access_token=p2"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_hangs_is_stopped_and_nothing_is_sent() {
    let wechat = Server::start(|_, _| json(r#"{"errcode":0}"#));
    let source = TokenSource::Command {
        program: "/bin/sleep".to_owned(),
        arguments: vec!["600".to_owned()],
    };
    let client = Client::with_source(&wechat.url(), APPID.to_owned(), source, impatient()).unwrap();
    let upload = client.upload_shipping_info(b"{}").await;
    assert_eq!(upload.answer, Answer::NotProcessed(Hold::Connection));
    let failure = client.token_check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::NoToken(TokenTrouble::CommandHangs));
    assert!(wechat.requests().is_empty());
}

#[tokio::test]
async fn a_pasted_token_asks_for_a_new_one_and_is_never_renewed() {
    let wechat = Server::start(|_, _| refused(42_001));
    let client = with(&wechat, TokenSource::Pasted(hidden("CANARY-pasted")));
    let failure = read(&client).await.unwrap_err();
    assert_eq!(
        (failure.kind.clone(), failure.errcode, failure.rid.as_deref()),
        (
            FailureKind::NoToken(TokenTrouble::PastedStale),
            Some(42_001),
            Some("65f1")
        )
    );
    assert!(failure.stops_account());
    assert_discreet_failure(&failure);
    assert_eq!(wechat.requests().len(), 1);
}

#[test]
fn no_source_prints_its_secrets() {
    for source in [
        TokenSource::Secret(hidden("CANARY")),
        TokenSource::Given(hidden("CANARY")),
        TokenSource::Pasted(hidden("CANARY")),
        TokenSource::Platform(keys(None)),
        service(
            "https://erp.example.com/?key=CANARY",
            ServiceMethod::Get,
            Some("CANARY"),
        ),
        TokenSource::Command {
            program: "/CANARY".to_owned(),
            arguments: vec!["CANARY".to_owned()],
        },
    ] {
        assert!(!format!("{source:?} {source:#?}").contains("CANARY"));
    }
}
