//! Cases of the settings' model; beside it, because it is long enough without them.

use super::*;
use crate::domain::{Access, CallFailure, Courier};
use crate::engine::snapshot::Doctor;

fn good() -> Form {
    Form {
        id: None,
        name: "山野茶铺".into(),
        appid: "wx0123456789abcdef".into(),
        secret: "0123456789abcdef0123456789abcdef".into(),
        access: AccessForm::default(),
        mchid: "1900000109".into(),
        max_parcels: 10,
        sender_contact: "13800001234".into(),
        default_courier: "ZTO".into(),
        default_item_desc: String::new(),
    }
}

fn couriers() -> CourierList {
    CourierList::new([Courier {
        id: "ZTO".into(),
        name: "中通快递".into(),
    }])
}

#[track_caller]
fn check(change: impl Fn(&mut Form), expected: &[FormField]) {
    let mut form = good();
    change(&mut form);
    let fields: Vec<FormField> = form
        .problems(false, &couriers())
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, expected);
}

#[test]
fn a_form_says_at_which_field_something_is_wrong() {
    check(|_| (), &[]);
    check(|form| form.name = "  ".into(), &[FormField::Name]);
    check(
        |form| form.appid = "gh_0123456789abcde".into(),
        &[FormField::AppId],
    );
    check(|form| form.appid = "wx0123".into(), &[FormField::AppId]);
    check(|form| form.secret = String::new(), &[FormField::Secret]);
    check(|form| form.secret = "too short".into(), &[FormField::Secret]);
    check(|form| form.mchid = "123".into(), &[FormField::Mchid]);
    check(|form| form.mchid = "19000001a9".into(), &[FormField::Mchid]);
    check(|form| form.mchid = String::new(), &[]);
    check(
        |form| form.sender_contact = "张三".into(),
        &[FormField::SenderContact],
    );
    check(|form| form.sender_contact = "138****1234".into(), &[]);
    check(
        |form| form.default_courier = "XX".into(),
        &[FormField::DefaultCourier],
    );
    check(|form| form.default_courier = String::new(), &[]);
}

#[test]
fn a_kept_secret_need_not_be_typed_again_but_a_new_account_needs_one() {
    let mut form = good();
    form.secret.clear();
    assert_eq!(form.problems(true, &couriers()).len(), 1, "a new account");
    form.id = Some(AccountId(3));
    form.access.kept = Some(Access::Secret);
    assert!(form.problems(true, &couriers()).is_empty());
    assert_eq!(form.problems(false, &couriers()).len(), 1);
    assert_eq!(form.take_edit().secret, None);
}

#[test]
fn a_typed_secret_leaves_the_form_and_is_trimmed() {
    let mut form = good();
    form.secret = format!(" {} ", form.secret);
    assert!(form.problems(false, &couriers()).is_empty());
    let printed = format!("{form:?}");
    assert!(!printed.contains("0123456789abcdef0123") && !printed.contains("13800001234"));
    let edit = form.take_edit();
    assert!(form.secret.is_empty());
    assert_eq!(
        edit.secret.as_ref().map(Secret::expose),
        Some("0123456789abcdef0123456789abcdef")
    );
}

#[test]
fn the_checks_stand_in_their_order_even_before_the_first_test() {
    for lang in Lang::ALL {
        let all = checks(&Session::default(), lang);
        assert_eq!(all.len(), 6);
        assert!(all.iter().all(|check| check.standing == Standing::Open));
        assert!(all.iter().all(|check| !check.name.starts_with("settings-")));
    }
}

#[test]
fn an_address_that_is_not_allowed_can_be_copied() {
    let failure = CallFailure::of(FailureKind::IpNotAllowed {
        ip: Some("203.0.113.7".into()),
    });
    let session = Session {
        doctor: Doctor {
            series: 1,
            checks: vec![
                (CheckKind::Network, CheckResult::Passed),
                (CheckKind::Credentials, CheckResult::Failed(failure)),
                (CheckKind::ServiceOpened, CheckResult::No),
            ],
            ..Doctor::default()
        },
        ..Session::default()
    };
    let all = checks(&session, Lang::En);
    assert_eq!(all[0].standing, Standing::Passed);
    assert_eq!(all[2].ip.as_deref(), Some("203.0.113.7"));
    assert_eq!(all[2].standing, Standing::Failed);
    assert!(!all[3].words.action.is_empty(), "a no says what to do");
}

#[test]
fn only_a_missing_or_locked_key_store_can_be_tried_again() {
    for (store, retry) in [
        (KeyStore::Unknown, false),
        (KeyStore::Available, false),
        (KeyStore::SessionOnly { locked: true }, true),
        (KeyStore::SessionOnly { locked: false }, true),
    ] {
        let (words, can_retry) = key_store(&store, Lang::En);
        assert_eq!(can_retry, retry);
        assert!(!words.detail.is_empty() && !words.detail.starts_with("settings-"));
    }
}
