//! Drives the payment lookup by labels: the number, the answer in every state, and the merchant's settings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{
    PayAmount, PayFailure, PayFailureKind, PayNumber, PayPromotion, PayRate, PayState, Payment,
};
use fahuo::engine::command::{Command, PayAsk, PayEdit, Secret};
use fahuo::engine::notice::Notice;
use fahuo::engine::snapshot::{PayAnswer, PaySettings, PayTrouble, PayView, Snapshot};
use fahuo::i18n::{Lang, explain_pay_failure, has, pay_state_name};
use fahuo::ui::{App, Page};
use fixtures::{ago, shop, themed, window};

/// As long as an APIv3 key is.
const API_V3_KEY: &str = "0123456789abcdef0123456789abcdef";

fn amount(minor: i64, currency: &str) -> PayAmount {
    PayAmount {
        minor,
        currency: currency.into(),
    }
}

fn payment() -> Payment {
    Payment {
        id: "4200752501201407033233368018".into(),
        out_trade_no: "20150806125346".into(),
        mchid: "1900000109".into(),
        sp_mchid: String::new(),
        appid: "wx2421b1c4370ec43b".into(),
        state: PayState::Success,
        state_desc: "Payment successful".into(),
        trade_type: "NATIVE".into(),
        bank_type: "CCB_DEBIT".into(),
        attach: String::new(),
        success_time: Some(ago(86_400)),
        payer: "oUpF…7AG0".into(),
        total: Some(amount(1_280, "JPY")),
        payer_total: Some(amount(6_144, "CNY")),
        rate: Some(PayRate(80_000_000)),
        promotions: vec![PayPromotion {
            promotion_id: "109519".into(),
            name: "Single-item discount-6".into(),
            scope: "SINGLE".into(),
            kind: "DISCOUNT".into(),
            amount: amount(10, "JPY"),
            activity_id: "931386".into(),
            contributed: [Some(10), None, None],
            goods: vec![("iphone6s_16G".into(), 1, None)],
        }],
    }
}

fn with(answer: PayAnswer) -> Snapshot {
    Snapshot {
        pay: Arc::new(PayView {
            settings: PaySettings {
                mchid: "1900000109".into(),
                serial_no: "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C".into(),
                ..PaySettings::default()
            },
            has_key: true,
            has_api_v3_key: true,
            answer,
        }),
        ..shop()
    }
}

fn found() -> Snapshot {
    with(PayAnswer::Found {
        payment: Arc::new(payment()),
        at: ago(5),
    })
}

fn page(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    let mut h = window(snapshot, lang, Page::Pay);
    h.run_steps(3);
    h
}

fn button(h: &Harness<'static, App>, name: &str) -> bool {
    !h.get_by_role_and_label(Role::Button, name)
        .accesskit_node()
        .is_disabled()
}

fn press(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::Button, name).click();
    h.run_steps(3);
}

fn type_into(h: &mut Harness<'static, App>, role: Role, name: &str, text: &str) {
    let field = h.get_by_role_and_label(role, name);
    field.focus();
    field.type_text(text);
    h.run_steps(3);
}

#[test]
fn a_number_is_asked_for_once_it_is_one() {
    let mut h = page(with(PayAnswer::Nothing), Lang::En);
    assert!(!button(&h, "Look up"));
    type_into(&mut h, Role::TextInput, "Number", "42 00");
    assert!(!button(&h, "Look up"));
    h.get_by_label_contains("1 to 32 letters");
    let mut h = page(with(PayAnswer::Nothing), Lang::En);
    h.get_by_role_and_label(Role::RadioButton, "By which number: Shop order number")
        .click();
    h.run_steps(2);
    type_into(&mut h, Role::TextInput, "Number", " 20150806125346 ");
    press(&mut h, "Look up");
    let number = PayNumber::OutTradeNo("20150806125346".into());
    assert_eq!(h.state().commands(), [Command::Pay(PayAsk::Query(number))]);
    // Without keys there is nothing to ask with.
    let mut h = page(shop(), Lang::En);
    type_into(&mut h, Role::TextInput, "Number", "42");
    assert!(!button(&h, "Look up"));
    h.get_by_label_contains("numbers and keys first");
}

#[test]
fn a_payment_is_shown_in_its_currency_with_what_it_is_not() {
    let h = page(found(), Lang::En);
    for words in [
        "Paid",
        "JPY 1,280",
        "CNY 61.44",
        "0.8",
        "oUpF…7AG0",
        "Not managed by the platform",
    ] {
        assert!(h.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    h.get_by_label_contains("Single-item discount-6 · JPY 10");
    h.get_by_label_contains("by WeChat JPY 10, by the merchant —");
    let h = page(found(), Lang::ZhCn);
    h.get_by_label("平台不管理这类订单");
}

#[test]
fn every_failure_has_words_in_both_languages_and_no_text_is_the_code_alone() {
    let refused = |code: &str| PayFailureKind::Refused(code.into());
    for kind in [
        PayFailureKind::NoCredentials,
        PayFailureKind::BadKey,
        PayFailureKind::Offline,
        PayFailureKind::NoAnswer,
        PayFailureKind::Garbled,
        PayFailureKind::Tls,
        PayFailureKind::NotWeChat,
        PayFailureKind::NotSigned,
        PayFailureKind::Stale,
        refused("ORDER_NOT_EXIST"),
        refused("SYSTEM_ERROR"),
        refused("PARAM_ERROR"),
        refused("INVALID_REQUEST"),
        refused("SIGN_ERROR"),
        refused("FREQUENCY_LIMIT"),
        refused("RATELIMIT_EXCEEDED"),
        refused("NEW_CODE"),
    ] {
        let failure = PayFailure {
            request_id: Some("08F78A".into()),
            ..PayFailure::of(kind.clone())
        };
        for lang in Lang::ALL {
            let words = explain_pay_failure(lang, &failure);
            assert!(
                !words.action.is_empty() && !words.title.starts_with("pay-"),
                "{kind:?}"
            );
            assert!(words.code.ends_with("Request-Id 08F78A"), "{}", words.code);
        }
    }
    for state in PayState::KNOWN
        .into_iter()
        .chain([PayState::Unknown("ACCEPT".into())])
    {
        assert_ne!(
            pay_state_name(Lang::ZhCn, &state),
            pay_state_name(Lang::En, &state)
        );
    }
    assert!(has(Lang::En, "pay-not-managed"));
    let failure = PayFailure::of(refused("ORDER_NOT_EXIST"));
    let number = PayNumber::Id("42".into());
    let h = page(with(PayAnswer::Failed { number, failure }), Lang::En);
    h.get_by_label_contains("There is no such payment");
    h.get_by_label_contains("asking again will not change it");
}

#[test]
fn the_merchant_is_saved_with_files_and_a_key_that_leaves_the_form() {
    let mut h = page(shop(), Lang::En);
    assert!(!button(&h, "Save"));
    type_into(&mut h, Role::TextInput, "Merchant number", "1900000109");
    type_into(
        &mut h,
        Role::TextInput,
        "Private key, apiclient_key.pem",
        "\"k.pem\"",
    );
    type_into(
        &mut h,
        Role::TextInput,
        "Certificate, apiclient_cert.pem",
        "c.pem",
    );
    type_into(&mut h, Role::PasswordInput, "APIv3 key", API_V3_KEY);
    press(&mut h, "Save");
    let edit = PayEdit {
        mchid: "1900000109".into(),
        key_file: PathBuf::from("k.pem"),
        certificate_file: PathBuf::from("c.pem"),
        api_v3_key: Some(Secret::new(API_V3_KEY.into())),
        ..PayEdit::default()
    };
    assert_eq!(h.state().commands(), [Command::Pay(PayAsk::Save(edit))]);
    press(&mut h, "Save");
    let Some(Command::Pay(PayAsk::Save(again))) = h.state().commands().last() else {
        panic!("{:?}", h.state().commands());
    };
    assert_eq!(again.api_v3_key, None, "the key has left the form");
    for (trouble, words) in [
        (PayTrouble::ApiV3Key, "an APIv3 key has 32 characters"),
        (PayTrouble::Key, "holds no RSA private key"),
        (PayTrouble::File, "the file cannot be read"),
        (PayTrouble::Certificate, "holds no certificate"),
        (PayTrouble::Serial, "enter the certificate number"),
        (PayTrouble::PublicKey, "the public key or its id is wrong"),
        (PayTrouble::Mchid, "has digits only"),
        (PayTrouble::NoAccount, "add an account first"),
    ] {
        h.state_mut().say(&Notice::PayNotSaved(trouble));
        h.run_steps(3);
        assert!(h.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once_and_what_was_typed_stays() {
    let mut h = page(shop(), Lang::En);
    type_into(&mut h, Role::TextInput, "Merchant number", "19x");
    type_into(&mut h, Role::TextInput, "Certificate number", "XYZ");
    type_into(&mut h, Role::PasswordInput, "APIv3 key", "short");
    press(&mut h, "Save");
    assert!(h.state().commands().is_empty(), "nothing leaves the form");
    let says = |h: &Harness<'static, App>, words: &str| h.query_by_label_contains(words).is_some();
    let (mchid, serial, key) = (
        "has digits only",
        "enter the certificate number",
        "an APIv3 key has 32 characters",
    );
    for words in [mchid, serial, key] {
        assert!(says(&h, words), "{words}");
    }
    // What is typed anew is not called wrong any more; the others still are.
    type_into(&mut h, Role::PasswordInput, "APIv3 key", &"x".repeat(27));
    assert!(!says(&h, key) && says(&h, mchid) && says(&h, serial));
    for (name, text) in [("Merchant number", "1900000109"), ("Certificate number", "1DDE")] {
        let field = h.get_by_role_and_label(Role::TextInput, name);
        field.focus();
        h.run_steps(2);
        h.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        h.run_steps(2);
        h.get_by_role_and_label(Role::TextInput, name).type_text(text);
        h.run_steps(3);
    }
    press(&mut h, "Save");
    let kept = |h: &Harness<'static, App>| match h.state().commands().last() {
        Some(Command::Pay(PayAsk::Save(edit))) => edit.api_v3_key.clone(),
        other => panic!("{other:?}"),
    };
    let typed = Some(Secret::new(format!("short{}", "x".repeat(27))));
    assert_eq!(kept(&h), typed);
    // The engine finds something else: the key is still there, and after it was kept no more. What is said lies over
    // the button for a moment.
    let save = |h: &mut Harness<'static, App>| {
        h.get_by_role_and_label(Role::Button, "Save").click_accesskit();
        h.run_steps(3);
    };
    h.state_mut().say(&Notice::PayNotSaved(PayTrouble::Key));
    h.run_steps(3);
    save(&mut h);
    assert_eq!((kept(&h), h.state().commands().len()), (typed, 2));
    h.state_mut().say(&Notice::Saved);
    h.run_steps(3);
    save(&mut h);
    assert_eq!(kept(&h), None);
}

#[test]
fn the_page_is_painted_in_both_languages_and_themes() {
    let failure = PayFailure {
        message: "The order does not exist".into(),
        request_id: Some("08F78AB1C90610D40218F6DBE05820C0B3".into()),
        ..PayFailure::of(PayFailureKind::Refused("ORDER_NOT_EXIST".into()))
    };
    let number = PayNumber::Id("4200752501201407033233368018".into());
    for (name, snapshot, lang, theme) in [
        ("found", found(), Lang::ZhCn, "light"),
        ("found", found(), Lang::En, "dark"),
        ("none", shop(), Lang::ZhCn, "light"),
        (
            "failed",
            with(PayAnswer::Failed { number, failure }),
            Lang::En,
            "light",
        ),
    ] {
        let mut h = themed(snapshot, lang, Page::Pay, theme);
        h.run_steps(4);
        let Some(folder) = std::env::var_os("FAHUO_PICTURES") else {
            continue;
        };
        let image = h.render().unwrap();
        let name = format!("pay-{name}-{}-{theme}.png", lang.tag());
        image.save(PathBuf::from(&folder).join(name)).unwrap();
    }
}
