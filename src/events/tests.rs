//! The vectors of the contract, and what nobody without the Token may cause.

use zeroize::Zeroizing;

use super::*;
use crate::domain::{EventKind, PushPhase, Timestamp};

const TOKEN: &str = "AAAAA";
const TIMESTAMP: &str = "1714036504";
const NONCE: &str = "1514711492";
const AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const APPID: &str = "wx0123456789abcdef";
const ENCRYPT: &str = "Q3stYC6hdFzMh9T8HCvyDFllZmDlhLbrFn59tFxMFMS1sSwCAtLjpuGqsR22Qv/ykN1mae+RZ/035am+PfnA4PSTwKtwM9PLU46fbDKamCSDFPD6+CcdaZsjsEFlV77otSeedfdf19YvgpFe4m6wFOjc/K3XSbZcWEFgxjBgFg4=";
const MSG_SIGNATURE: &str = "9ad65a098e0a933a9ec2565f12771d0bfc036e49";
const SIGNATURE: &str = "f464b24fc39322e44b38aa78f5edd27bd1441696";

const SETTLED: &str = r#"{"ToUserName":"gh_0","FromUserName":"o1","CreateTime":1714036504,"MsgType":"event",
    "Event":"trade_manage_order_settlement","transaction_id":"4200000925202101284997714292",
    "merchant_id":"1900000109","merchant_trade_no":"SY1","pay_time":1714000000,"shipped_time":"1714001000",
    "estimated_settlement_time":0,"confirm_receive_method":2,"confirm_receive_time":1714002000,
    "settlement_time":1714003000}"#;

fn keys(aes: Option<&str>) -> Keys {
    let aes = aes.map(|text| AesKey::parse(text).unwrap());
    Keys::new(Zeroizing::new(TOKEN.to_owned()), aes, APPID.to_owned())
}

fn query() -> Query {
    Query {
        signature: SIGNATURE.into(),
        timestamp: TIMESTAMP.into(),
        nonce: NONCE.into(),
        msg_signature: MSG_SIGNATURE.into(),
        echostr: "5837397576500011341".into(),
    }
}

fn event(read: Result<Read, PushRefusal>) -> PushEvent {
    match read {
        Ok(Read::Event(event)) => *event,
        other => panic!("{other:?}"),
    }
}

fn body(field: &str) -> Vec<u8> {
    format!(r#"{{"ToUserName":"gh_0","Encrypt":"{field}"}}"#).into_bytes()
}

#[test]
fn the_check_of_the_address_follows_the_vendors_example() {
    assert_eq!(url_check(&keys(None), &query()), Ok("5837397576500011341".into()));
    for forged in [
        "",
        "f464b24fc39322e44b38aa78f5edd27bd1441697",
        "f464",
        MSG_SIGNATURE,
    ] {
        let query = Query {
            signature: forged.into(),
            ..query()
        };
        assert_eq!(
            url_check(&keys(None), &query),
            Err(PushRefusal::Signature),
            "{forged}"
        );
    }
    let nobodys = Keys::new(Zeroizing::new(String::new()), None, APPID.into());
    let own = ring::digest::digest(
        &ring::digest::SHA1_FOR_LEGACY_USE_ONLY,
        [TIMESTAMP, NONCE].concat().as_bytes(),
    );
    let signature = open::hex(own.as_ref());
    let query = Query { signature, ..query() };
    assert_eq!(
        url_check(&nobodys, &query),
        Err(PushRefusal::Signature),
        "without a Token nobody is let in"
    );
}

#[test]
fn the_encrypted_vector_opens() {
    let keys = keys(Some(AES_KEY));
    assert!(keys.signed(MSG_SIGNATURE, &[TIMESTAMP, NONCE, ENCRYPT]));
    let message = keys.decrypt(ENCRYPT).unwrap();
    assert_eq!(
        String::from_utf8(message).unwrap(),
        r#"{"ToUserName":"gh_0","Event":"trade_manage_remind_shipping"}"#
    );
}

#[test]
fn what_is_forged_or_belongs_to_another_is_refused_before_it_is_opened() {
    let right = keys(Some(AES_KEY));
    // Signed, opened, and then it names no order.
    assert_eq!(
        read_push(&right, &query(), &body(ENCRYPT)),
        Err(PushRefusal::Malformed)
    );
    let other_key = AES_KEY.replacen('a', "b", 1);
    let other_appid = Keys::new(Zeroizing::new(TOKEN.into()), AesKey::parse(AES_KEY), "wx1".into());
    let changed = ENCRYPT.replacen('Q', "R", 1);
    let unsigned = Query {
        msg_signature: String::new(),
        ..query()
    };
    for (keys, query, body, refusal) in [
        (&right, query(), body(&changed), PushRefusal::Signature),
        (&right, unsigned, body(ENCRYPT), PushRefusal::Signature),
        (&other_appid, query(), body(ENCRYPT), PushRefusal::OtherAppId),
        (
            &keys(Some(&other_key)),
            query(),
            body(ENCRYPT),
            PushRefusal::Undecryptable,
        ),
        (&right, query(), SETTLED.into(), PushRefusal::NotEncrypted),
        (&right, Query::default(), SETTLED.into(), PushRefusal::Signature),
        (&keys(None), query(), body(ENCRYPT), PushRefusal::NoKey),
        (
            &keys(None),
            Query::default(),
            SETTLED.into(),
            PushRefusal::Signature,
        ),
        (
            &keys(None),
            query(),
            vec![b' '; MAX_BODY_BYTES + 1],
            PushRefusal::TooLarge,
        ),
        (&keys(None), query(), b"hello".to_vec(), PushRefusal::Malformed),
        (&keys(None), query(), vec![0xff, 0xfe], PushRefusal::Malformed),
    ] {
        assert_eq!(read_push(keys, &query, &body), Err(refusal), "{refusal:?}");
    }
}

#[test]
fn both_forms_say_the_same_in_any_spelling_of_absence() {
    let json = event(read_push(&keys(None), &query(), SETTLED.as_bytes()));
    let xml = "<?xml version=\"1.0\"?>\n<xml><ToUserName><![CDATA[gh_0]]></ToUserName>\
        <CreateTime>1714036504</CreateTime><MsgType><![CDATA[event]]></MsgType>\
        <Event><![CDATA[trade_manage_order_settlement]]></Event>\
        <transaction_id><![CDATA[4200000925202101284997714292]]></transaction_id>\
        <merchant_id>1900000109</merchant_id><sub_merchant_id/><merchant_trade_no>S&#89;1</merchant_trade_no>\
        <pay_time>1714000000</pay_time><shipped_time>1714001000</shipped_time>\
        <estimated_settlement_time></estimated_settlement_time>\
        <confirm_receive_method>2</confirm_receive_method>\
        <confirm_receive_time>1714002000</confirm_receive_time>\
        <settlement_time>1714003000</settlement_time><later><deeper>1</deeper></later></xml>\n";
    assert_eq!(event(read_push(&keys(None), &query(), xml.as_bytes())), json);
    assert_eq!(json.event, EventKind::Settlement);
    assert_eq!(json.create_time, Timestamp::from_secs(1_714_036_504));
    assert_eq!(json.estimated_settlement_time, None, "0 is not in this phase");
    assert_eq!(json.settlement_time, Some(Timestamp::from_secs(1_714_003_000)));
    assert_eq!(json.phase(), Some(PushPhase::Settled));
    assert_eq!(json.merchant_trade_no, "SY1");
}

#[test]
fn a_number_that_lost_digits_is_none_and_other_messages_are_not_ours() {
    let lossy = SETTLED.replace("\"4200000925202101284997714292\"", "4200000925202101284997714292");
    let read = event(read_push(&keys(None), &query(), lossy.as_bytes()));
    assert_eq!(read.transaction_id, None);
    assert_eq!(read.number(), "SY1");
    for other in [
        r#"{"MsgType":"text","Content":"在吗"}"#,
        r#"{"MsgType":"event","Event":"user_enter_tempsession"}"#,
    ] {
        assert_eq!(
            read_push(&keys(None), &query(), other.as_bytes()),
            Ok(Read::Other),
            "{other}"
        );
    }
}

#[test]
fn declarations_and_tangles_of_xml_are_refused() {
    let refused = |xml: &str| read_push(&keys(None), &query(), xml.as_bytes()).unwrap_err();
    for (xml, refusal) in [
        (
            "<!DOCTYPE xml [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><xml><Event>&b;</Event></xml>",
            PushRefusal::Doctype,
        ),
        ("<!DOCTYPE xml><xml><Event>x</Event></xml>", PushRefusal::Doctype),
        ("<xml><Event>&lol9;</Event></xml>", PushRefusal::Doctype),
        ("<xml><Event>&#xFFFFFFFF;</Event></xml>", PushRefusal::Malformed),
        (
            "<xml><Event>a</Event><Event>b</Event></xml>",
            PushRefusal::Malformed,
        ),
        ("<xml><Event>a</Event>", PushRefusal::Malformed),
        ("<xml><Event>a</xml>", PushRefusal::Malformed),
        ("<xml></xml>", PushRefusal::Malformed),
        ("<html><Event>a</Event></html>", PushRefusal::Malformed),
        ("<xml><Event>a</Event></xml><xml></xml>", PushRefusal::Malformed),
        ("<xml><Event>a</Event></xml>more", PushRefusal::Malformed),
        (&format!("<xml>{}", "<a>".repeat(50)), PushRefusal::Malformed),
        (
            "<xml><Event>trade_manage_remind_shipping</Event></xml>",
            PushRefusal::Malformed,
        ),
    ] {
        assert_eq!(refused(xml), refusal, "{xml}");
    }
    let many: Vec<String> = (0..100).map(|n| format!("<f{n}>1</f{n}>")).collect();
    let many = many.concat();
    assert_eq!(refused(&format!("<xml>{many}</xml>")), PushRefusal::Malformed);
}

#[test]
fn a_key_of_43_characters_may_end_in_bits_that_say_nothing() {
    for (text, is_key) in [
        (AES_KEY, true),
        (" abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG ", true),
        ("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFH", true),
        ("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF", false),
        ("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=", false),
        ("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF-", false),
        ("", false),
    ] {
        assert_eq!(AesKey::parse(text).is_some(), is_key, "{text}");
    }
}

#[test]
fn a_person_brings_one_or_many_in_either_form() {
    let one = |text: &str| read_pasted(None, text);
    let xml = "<xml><CreateTime>1</CreateTime><Event>trade_manage_remind_access_api</Event></xml>";
    let access = r#"{"CreateTime":2,"Event":"trade_manage_remind_access_api"}"#;
    for (text, events, others, refused) in [
        (xml.to_owned(), 1, 0, 0),
        (format!("\u{feff}{xml}\n\n{xml}"), 2, 0, 0),
        (format!("[{access},\n{access}]"), 2, 0, 0),
        (format!("{access}\n{xml}\n{SETTLED}"), 3, 0, 0),
        (format!("{{broken\n{access}"), 1, 0, 1),
        (r#"{"MsgType":"text"}"#.to_owned(), 0, 1, 0),
        ("订单已结算".to_owned(), 0, 0, 1),
        (String::new(), 0, 0, 1),
    ] {
        let pasted = one(&text);
        let found = (pasted.events.len(), pasted.others, pasted.refused.len());
        assert_eq!(found, (events, others, refused), "{text}");
    }
    let long = format!("{{\"Event\":\"{}\"}}", "x".repeat(MAX_BODY_BYTES));
    assert_eq!(one(&long).refused, [PushRefusal::TooLarge]);
}

#[test]
fn what_is_encrypted_needs_the_line_with_its_signature() {
    let line =
        format!("POST /push?timestamp={TIMESTAMP}&nonce={NONCE}&msg_signature={MSG_SIGNATURE} HTTP/1.1");
    let encrypted = String::from_utf8(body(ENCRYPT)).unwrap();
    let with_line = format!("{line}\nHost: shop\n\n{encrypted}");
    for (keys, text, refusal) in [
        (None, &encrypted, PushRefusal::NoKey),
        (Some(keys(Some(AES_KEY))), &encrypted, PushRefusal::Signature),
        // Opened; the vector names no order.
        (Some(keys(Some(AES_KEY))), &with_line, PushRefusal::Malformed),
        (
            Some(keys(Some(AES_KEY))),
            &with_line.replace("9ad65a", "000000"),
            PushRefusal::Signature,
        ),
    ] {
        assert_eq!(read_pasted(keys.as_ref(), text).refused, [refusal], "{text}");
    }
}

#[test]
fn nothing_of_the_keys_is_printed() {
    assert_eq!(format!("{:?}", keys(Some(AES_KEY))), "Keys(***)");
}

#[test]
fn any_bytes_are_read_without_a_panic() {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state >> 33
    };
    let seeds = [
        SETTLED.as_bytes().to_vec(),
        body(ENCRYPT),
        b"<xml><a>&#1;</a></xml>".to_vec(),
    ];
    for round in 0..20_000_usize {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=next() % 6 {
            let at = usize::try_from(next()).unwrap() % bytes.len();
            bytes[at] = u8::try_from(next() & 0xff).unwrap();
        }
        drop(read_push(&keys(None), &query(), &bytes));
        drop(read_push(&keys(Some(AES_KEY)), &query(), &bytes));
        drop(read_pasted(Some(&keys(None)), &String::from_utf8_lossy(&bytes)));
        drop(keys(Some(AES_KEY)).decrypt(&String::from_utf8_lossy(&bytes)));
    }
}
