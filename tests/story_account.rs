//! The account's checks tell one trouble from another, and an account's trouble stops a batch after one row.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::{Shop, draft};
use fahuo::domain::{CallFailure, FailureKind, OrderQuery, State};
use fahuo::engine::{
    AccountEdit, CheckKind, CheckResult, Command, Credentials, Doctor, Fetch, Gate, KeyStoreChoice, Notice,
    Secret,
};
use fahuo::sim::{Fault, SANDBOX_APPID, SimConfig, Simulator, What};

fn doctor(shop: &mut Shop) -> Doctor {
    shop.engine.send(Command::TestAccount);
    shop.until("the checks", |s| {
        s.session.doctor.at.map(|_| s.session.doctor.clone())
    })
}

/// The first check that is not passed, after a change to the world.
#[track_caller]
fn check(change: impl FnOnce(&Simulator), kind: CheckKind, failure: Option<FailureKind>) {
    let mut shop = Shop::open();
    change(&shop.wechat);
    let doctor = doctor(&mut shop);
    let (found, result) = doctor
        .checks
        .iter()
        .find(|(_, r)| *r != CheckResult::Passed)
        .expect("a failed check");
    assert_eq!(*found, kind, "{doctor:?}");
    match (result, failure) {
        (CheckResult::No, None) => {}
        (CheckResult::Failed(CallFailure { kind, .. }), Some(expected)) => assert_eq!(*kind, expected),
        other => panic!("{other:?}"),
    }
    let after = doctor.checks.iter().skip_while(|(k, _)| *k != kind).skip(1);
    if kind < CheckKind::ServiceOpened && kind != CheckKind::Clock {
        assert!(
            after.clone().all(|(_, r)| *r == CheckResult::NotRun),
            "{doctor:?}"
        );
    }
}

#[test]
fn a_sound_account_passes_every_check() {
    let mut shop = Shop::open();
    let doctor = doctor(&mut shop);
    assert_eq!(doctor.checks.len(), 6);
    assert!(
        doctor.checks.iter().all(|(_, r)| *r == CheckResult::Passed),
        "{doctor:?}"
    );
}

#[test]
fn an_address_that_is_not_allowed_is_named() {
    let ip = FailureKind::IpNotAllowed {
        ip: Some("203.0.113.7".into()),
    };
    check(
        |sim| {
            sim.with_world(|w| {
                w.tokens.kill();
                w.refused_ip = Some("203.0.113.7".into());
            });
        },
        CheckKind::Credentials,
        Some(ip),
    );
}

#[test]
fn a_service_that_was_never_opened_is_told() {
    check(
        |sim| sim.with_world(|w| w.service_opened = false),
        CheckKind::ServiceOpened,
        Some(FailureKind::ServiceNotOpened),
    );
    check(
        |sim| sim.with_world(|w| w.is_trade_managed = false),
        CheckKind::ServiceOpened,
        None,
    );
}

#[test]
fn a_settlement_that_is_not_confirmed_is_told() {
    check(
        |sim| sim.with_world(|w| w.confirmation_completed = false),
        CheckKind::SettlementConfirmed,
        None,
    );
}

#[test]
fn a_clock_that_is_off_is_told() {
    let mut shop = Shop::open();
    shop.wechat.clock().set_date_skew_secs(3600);
    shop.wechat.with_world(|w| w.tokens.kill());
    for _ in 0..4 {
        doctor(&mut shop); // the newest answers decide
    }
    let doctor = doctor(&mut shop);
    let clock = doctor
        .checks
        .iter()
        .find(|(k, _)| *k == CheckKind::Clock)
        .unwrap();
    let CheckResult::Failed(CallFailure {
        kind: FailureKind::ClockOff { skew_secs },
        ..
    }) = &clock.1
    else {
        panic!("{doctor:?}")
    };
    assert!((-3605..=-3595).contains(skew_secs), "{skew_secs}");
}

/// An engine whose credentials differ.
fn with_secret(appid: &str, secret: &str) -> Shop {
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut config = common::config(&wechat, dir.path());
    config.credentials = Some(Credentials {
        appid: appid.into(),
        secret: Secret::new(secret.into()),
        ..Credentials::default()
    });
    let engine = fahuo::engine::start(config, || {}).unwrap();
    Shop { wechat, dir, engine }
}

#[test]
fn a_wrong_secret_and_a_wrong_appid_are_told_apart() {
    for (appid, secret, kind) in [
        (
            SANDBOX_APPID,
            "0123456789abcdef0123456789abcdef",
            FailureKind::WrongSecret,
        ),
        (
            "wx0000000000000000",
            "0123456789abcdef0123456789abcdef",
            FailureKind::WrongAppId,
        ),
    ] {
        let mut shop = with_secret(appid, secret);
        let doctor = doctor(&mut shop);
        let failed = doctor
            .checks
            .iter()
            .find(|(_, r)| *r != CheckResult::Passed)
            .unwrap();
        assert_eq!(failed.0, CheckKind::Credentials);
        assert!(
            matches!(&failed.1, CheckResult::Failed(f) if f.kind == kind),
            "{failed:?}"
        );
    }
}

#[test]
fn no_network_is_told() {
    let mut shop = Shop::open();
    // The server goes away; its address refuses connections from now on.
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let mut config = common::config(&wechat, dir.path());
    let gone = wechat.base_url();
    drop(wechat);
    config.base_url = Some(gone);
    let engine = fahuo::engine::start(config, || {}).unwrap();
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    shop = Shop { wechat, dir, engine };
    let doctor = doctor(&mut shop);
    assert!(
        matches!(&doctor.checks[0], (CheckKind::Network, CheckResult::Failed(f)) if f.kind == FailureKind::Offline),
        "{doctor:?}"
    );
}

#[test]
fn without_credentials_the_checks_say_so_and_nothing_is_called() {
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut config = common::config(&wechat, dir.path());
    config.credentials = None;
    config.key_store = KeyStoreChoice::None;
    let engine = fahuo::engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let doctor = doctor(&mut shop);
    assert!(matches!(&doctor.checks[0].1, CheckResult::Failed(f) if f.kind == FailureKind::NoCredentials));
    assert!(shop.wechat.ledger().entries().is_empty());
}

#[test]
fn an_accounts_trouble_stops_the_outbox_and_goes_on_after_the_repair() {
    let mut shop = Shop::open();
    let orders: Vec<_> = shop
        .fetched()
        .into_iter()
        .filter(|o| o.can_ship())
        .take(20)
        .collect();
    shop.wechat.with_world(|w| w.service_opened = false);
    let before = shop.wechat.ledger().entries().len();
    for (n, order) in orders.iter().enumerate() {
        shop.engine.send(Command::Ship(draft(
            &order.transaction_id,
            "YTO",
            &format!("YT{n:0>13}"),
        )));
    }
    shop.until("the gate", |s| {
        matches!(s.outbox.gate, Gate::Account(_)).then_some(())
    });
    let calls = shop.wechat.ledger().entries().len() - before;
    assert!(calls <= 3, "{calls} calls for one account's trouble");
    shop.wechat.with_world(|w| w.service_opened = true);
    shop.engine.send(Command::Resume);
    shop.settled(20);
    let rows = shop.engine.snapshot().outbox.rows.clone();
    assert!(rows.iter().all(|s| matches!(s.state, State::Shipped { .. })));
}

#[test]
fn an_appid_that_another_account_has_is_refused_and_sending_goes_on() {
    let mut shop = Shop::open();
    let edit = |name: &str| AccountEdit {
        name: name.into(),
        appid: "wx00000000000000aa".into(),
        max_parcels: 10,
        ..AccountEdit::default()
    };
    shop.engine.send(Command::SaveAccount(edit("first")));
    shop.engine.send(Command::SaveAccount(edit("second")));
    let told = std::cell::RefCell::new(Vec::new());
    while !told.borrow().iter().any(|n| matches!(n, Notice::NotSaved(_))) {
        shop.engine.wait(std::time::Duration::from_millis(50));
        told.borrow_mut().extend(shop.engine.notices());
    }
    let accounts = shop.engine.snapshot().session.accounts.clone();
    assert_eq!(
        accounts
            .iter()
            .filter(|a| a.appid == "wx00000000000000aa")
            .count(),
        1
    );
    let order = shop.fetched().into_iter().find(|o| o.can_ship()).unwrap();
    shop.engine.send(Command::Ship(draft(
        &order.transaction_id,
        "YTO",
        "YT1234567890123",
    )));
    shop.settled(1);
}

#[test]
fn answers_about_another_account_are_dropped() {
    let mut shop = Shop::open();
    let slow = Fault::next("/wxa/sec/order/get_order_list", What::DelayReply { ms: 200 });
    shop.wechat.push_fault(slow);
    shop.engine.send(Command::RefreshOrders(OrderQuery::default()));
    shop.until("the fetch", |s| {
        matches!(s.orders.fetch, Fetch::Running { .. }).then_some(())
    });
    let edit = AccountEdit {
        appid: "wx00000000000000bb".into(),
        secret: Some(Secret::new("0123456789abcdef0123456789abcdef".into())),
        max_parcels: 10,
        ..AccountEdit::default()
    };
    shop.engine.send(Command::SaveAccount(edit));
    let id = shop.until("the account", |s| {
        s.session
            .accounts
            .iter()
            .find(|a| a.appid == "wx00000000000000bb")
            .map(|a| a.id)
    });
    shop.engine.send(Command::SelectAccount(id));
    shop.until("the other account", |s| {
        (s.session.current == Some(id)).then_some(())
    });
    // The first account's page is answered only now, long before the second account's checks have ended.
    while shop
        .wechat
        .ledger()
        .entries()
        .iter()
        .filter(|e| e.path.ends_with("get_order_list"))
        .any(|e| e.status.is_none())
    {
        shop.engine.wait(std::time::Duration::from_millis(20));
    }
    doctor(&mut shop);
    assert!(
        shop.engine.snapshot().orders.rows.is_empty(),
        "these are another shop's orders"
    );
}
