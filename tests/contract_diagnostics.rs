//! `rid/get`, `quota/get` and `clear_quota` byte by byte: what is asked, what is read, and what is never shown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use fahuo::domain::{Answer, Doubt, FailureKind, Hold, Timestamp};
use fahuo::wechat::{CLEAR_QUOTA_PATH, Upload, Write};
use wire::{APPID, Server, TOKEN, client, json};

/// The documented example, with a token and a payer in what is quoted.
const RID: &str = "61725984-6126f6f9-040f19c4";

fn answer() -> String {
    serde_json::json!({
        "errcode": 0,
        "errmsg": "ok",
        "request": {
            "invoke_time": 1_635_156_704,
            "cost_in_ms": 30,
            "request_url": format!("access_token={TOKEN}"),
            "request_body": r#"{"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"tel":"13812341234"}"#,
            "response_body": r#"{"errcode":45009,"errmsg":"reach max api daily quota limit rid: 61725984-1"}"#,
            "client_ip": "113.108.1.2",
        }
    })
    .to_string()
}

#[tokio::test]
async fn a_rid_is_asked_for_as_the_document_shows_and_read_masked() {
    let server = Server::answering(json(answer()));
    let record = client(&server).rid(RID).await.unwrap();
    let call = server.only_call();
    assert_eq!(
        (call.method.as_str(), call.path.as_str()),
        ("POST", "/cgi-bin/openapi/rid/get")
    );
    assert_eq!(call.query, format!("access_token={TOKEN}"));
    assert_eq!(call.text(), format!(r#"{{"rid":"{RID}"}}"#));
    assert_eq!(record.invoked_at, Some(Timestamp::from_secs(1_635_156_704)));
    assert_eq!(
        (record.cost_millis, record.client_ip.as_str()),
        (30, "113.108.1.2")
    );
    assert_eq!(record.url, "access_token=***");
    assert!(record.request.contains("oUpF…eS6o") && record.request.contains("138****1234"));
    assert!(record.response.contains("45009"));
    let all = format!("{record:?}");
    for secret in [TOKEN, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "13812341234"] {
        assert!(!all.contains(secret), "{all}");
    }
}

#[tokio::test]
async fn a_rid_that_is_not_told_is_a_refusal_with_its_code() {
    for (errcode, kind) in [
        (76_001, FailureKind::Refused),
        (76_022, FailureKind::Refused),
        (45_009, FailureKind::DailyQuota),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":{errcode},"errmsg":"x rid: 65f1"}}"#)));
        let failure = client(&server).rid(RID).await.unwrap_err();
        assert_eq!((failure.kind, failure.errcode), (kind, Some(errcode)));
        assert_eq!(failure.rid.as_deref(), Some("65f1"));
    }
    let server = Server::answering(json(r#"{"errcode":0,"errmsg":"ok"}"#));
    assert_eq!(
        client(&server).rid(RID).await.unwrap_err().kind,
        FailureKind::Garbled
    );
}

#[tokio::test]
async fn a_reset_of_the_quotas_is_one_request_with_the_appid_whatever_its_answer() {
    for (say, class) in [
        (r#"{"errcode":0,"errmsg":"ok"}"#, "accepted"),
        (
            r#"{"errcode":48006,"errmsg":"forbid to clear quota because of reaching the limit"}"#,
            "refused",
        ),
        (r#"{"errcode":-1,"errmsg":"system error"}"#, "unclear"),
        ("<html>", "unclear"),
    ] {
        let server = Server::answering(json(say));
        let sent = client(&server).clear_quota().await;
        let call = server.only_call();
        assert_eq!(call.path, CLEAR_QUOTA_PATH);
        assert_eq!(call.text(), format!(r#"{{"appid":"{APPID}"}}"#));
        assert_eq!(class_of(&sent), class, "{say}");
    }
}

#[test]
fn every_code_of_a_reset_has_a_class_and_an_unlisted_one_is_unclear() {
    for (errcode, class) in [
        (0, "accepted"),
        (48_006, "refused"),
        (40_013, "account"),
        (48_001, "account"),
        (45_009, "later"),
        (44_990, "later"),
        (-1, "unclear"),
        (12_345, "unclear"),
    ] {
        let body = format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#);
        let sent = Upload::of_answer_to(Write::ClearQuota, 200, body.as_bytes());
        assert_eq!(class_of(&sent), class, "{errcode}");
    }
}

fn class_of(sent: &Upload) -> &'static str {
    match &sent.answer {
        Answer::Accepted => "accepted",
        Answer::Refused(_) => "refused",
        Answer::NotVisible => "wait",
        Answer::NotProcessed(Hold::Account(_)) => "account",
        Answer::NotProcessed(_) => "later",
        Answer::Unclear(Doubt::Failure(_) | Doubt::Compare { .. } | Doubt::Restart) => "unclear",
    }
}
