//! The documented examples of the calls about the account: couriers, switches, quota; and the clock of answers.
//!
//! Separate from the calls about orders because none of these is needed to ship.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use fahuo::domain::{Courier, FailureKind};
use fahuo::wechat::{Client, Quota, RateLimit};
use wire::{APPID, Server, client, json};

#[tokio::test]
async fn couriers_are_read_in_utf8_without_a_charset() {
    let body = r#"{"errcode":0,"delivery_list":[{"delivery_id":"SF","delivery_name":"顺丰速运"},
        {"delivery_id":"","delivery_name":"x"},{"delivery_id":"007EX","delivery_name":"俄顺达"}],"count":2}"#;
    let say = wire::status("200 OK", "Content-Type: text/plain\r\n", body);
    let server = Server::answering(say);
    let couriers = client(&server).get_delivery_list().await.unwrap();
    let courier = |id: &str, name: &str| Courier {
        id: id.into(),
        name: name.into(),
    };
    assert_eq!(couriers, [courier("SF", "顺丰速运"), courier("007EX", "俄顺达")]);
    let call = server.only_call();
    assert_eq!(call.path, "/cgi-bin/express/delivery/open_msg/get_delivery_list");
    assert_eq!(call.text(), "{}");
}

#[tokio::test]
async fn the_two_questions_about_the_account_send_its_appid() {
    for (field, expected) in [
        (r#","is_trade_managed":true,"completed":true"#, true),
        (r#","is_trade_managed":false,"completed":false"#, false),
        ("", false),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":0{field}}}"#)));
        let client = client(&server);
        assert_eq!(client.is_trade_managed().await.unwrap(), expected);
        assert_eq!(
            client.is_trade_management_confirmation_completed().await.unwrap(),
            expected
        );
        for path in [
            "/wxa/sec/order/is_trade_managed",
            "/wxa/sec/order/is_trade_management_confirmation_completed",
        ] {
            let requests = server.requests_to(path);
            assert_eq!(requests.len(), 1, "{path}");
            assert_eq!(requests[0].text(), format!(r#"{{"appid":"{APPID}"}}"#));
        }
    }
}

#[tokio::test]
async fn a_quota_is_read_with_and_without_its_rate() {
    let rate = RateLimit {
        calls: 1000,
        period_secs: 60,
    };
    for (more, rate) in [
        ("", None),
        (
            r#","rate_limit":{"call_count":1000,"refresh_second":60}"#,
            Some(rate),
        ),
    ] {
        let quota = r#""quota":{"daily_limit":5000,"used":12,"remain":4988}"#;
        let server = Server::answering(json(format!(r#"{{"errcode":0,{quota}{more}}}"#)));
        let read = client(&server).quota(fahuo::wechat::UPLOAD_PATH).await.unwrap();
        assert_eq!(
            read,
            Quota {
                daily_limit: 5000,
                used: 12,
                remain: 4988,
                rate
            }
        );
        let call = server.only_call();
        assert_eq!(call.path, "/cgi-bin/openapi/quota/get");
        assert_eq!(
            call.text(),
            r#"{"cgi_path":"/wxa/sec/order/upload_shipping_info"}"#
        );
    }
    let server = Server::answering(json(r#"{"errcode":0}"#));
    let failure = client(&server).quota("/x").await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Garbled);
}

#[tokio::test]
async fn the_clock_of_wechat_is_learnt_from_its_answers() {
    let server = Server::answering(json(r#"{"errcode":0}"#));
    let client = client(&server);
    assert_eq!(client.clock_offset_millis(), None);
    client.token_check().await.unwrap();
    // The server says 2025-11-21T00:00:00Z in every answer.
    let local = jiff::Timestamp::now().as_millisecond();
    let expected = 1_763_683_200_500 - local;
    let offset = client.clock_offset_millis().unwrap();
    assert!((offset - expected).abs() < 60_000, "{offset} {expected}");
}

#[tokio::test]
async fn the_clock_of_somebody_else_is_not_taken() {
    let page = wire::status(
        "200 OK",
        "Date: Fri, 21 Nov 2025 00:00:00 GMT\r\n",
        "<html>log in</html>",
    );
    let server = Server::start(move |_, _| page.clone());
    let client = client(&server);
    assert_eq!(
        client.token_check().await.unwrap_err().kind,
        FailureKind::NotWeChat
    );
    assert_eq!(client.clock_offset_millis(), None);
}

#[test]
fn a_client_goes_from_thread_to_thread() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<Client>();
}
