//! Accounts whose tokens come from a third-party platform, a paste, a token service or a program: what they can do, what
//! stops them, and how they go on. Nothing is sent twice, and nothing secret is left behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;
#[path = "story_platform/elsewhere.rs"]
mod elsewhere;
#[path = "story_platform/kept.rs"]
mod kept;
mod wire;

use std::fmt::Write as _;

use common::{Shop, draft};
use fahuo::domain::{Access, FailureKind, JumpState, OrderQuery, SecretField, State, TransactionId};
use fahuo::engine::{
    AccountEdit, BatchPhase, CheckKind, CheckResult, Command, Config, Doctor, ErrandCommand, Fetch, Gate,
    Secret, Secrets,
};
use fahuo::sim::{
    SANDBOX_APPID, SANDBOX_COMPONENT_APPID, SANDBOX_COMPONENT_SECRET, SANDBOX_COMPONENT_TICKET,
    SANDBOX_REFRESH_TOKEN, SimConfig, Simulator,
};

/// A pretend WeChat and an engine without any account.
fn nobody() -> Shop {
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    let dir = tempfile::tempdir().unwrap();
    let engine = fahuo::engine::start(config(&wechat, dir.path()), || {}).unwrap();
    Shop { wechat, dir, engine }
}

fn config(wechat: &Simulator, dir: &std::path::Path) -> Config {
    Config {
        credentials: None,
        ..common::config(wechat, dir)
    }
}

fn edit(access: Access, more: Secrets) -> AccountEdit {
    AccountEdit {
        name: "山野茶铺".into(),
        appid: SANDBOX_APPID.into(),
        access,
        more,
        mchid: "1900000109".into(),
        max_parcels: 10,
        ..AccountEdit::default()
    }
}

fn platform() -> AccountEdit {
    let access = Access::Platform {
        component_appid: SANDBOX_COMPONENT_APPID.into(),
        ticket_at: None,
    };
    edit(access, platform_secrets())
}

fn platform_secrets() -> Secrets {
    Secrets::default()
        .with(
            SecretField::ComponentSecret,
            Secret::new(SANDBOX_COMPONENT_SECRET.into()),
        )
        .with(SecretField::Ticket, Secret::new(SANDBOX_COMPONENT_TICKET.into()))
        .with(
            SecretField::RefreshToken,
            Secret::new(SANDBOX_REFRESH_TOKEN.into()),
        )
}

/// A shop whose account was saved like this and can call.
fn with(edit: AccountEdit) -> Shop {
    let mut shop = nobody();
    save(&mut shop, edit);
    shop
}

fn save(shop: &mut Shop, edit: AccountEdit) {
    shop.engine.send(Command::SaveAccount(edit));
    shop.until("the account", |s| s.session.has_secret.then_some(()));
}

fn orders_to_ship(shop: &Shop, count: usize) -> Vec<TransactionId> {
    let orders = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    let open = orders
        .iter()
        .filter(|order| order.order_state == 1 && order.shipping.is_none())
        .filter(|order| order.visible_at <= now);
    open.filter_map(|order| TransactionId::parse(&order.transaction_id))
        .take(count)
        .collect()
}

fn ship(shop: &Shop, orders: &[TransactionId]) {
    for (n, order) in orders.iter().enumerate() {
        shop.engine
            .send(Command::Ship(draft(order, "YTO", &format!("YT{n:0>13}"))));
    }
}

fn all_shipped_once(shop: &mut Shop, orders: &[TransactionId]) {
    shop.settled(orders.len());
    let rows = shop.engine.snapshot().outbox.rows.clone();
    assert!(rows.iter().all(|s| matches!(s.state, State::Shipped { .. })));
    for order in orders {
        assert_eq!(shop.wechat.ledger().uploads_sent(order.as_str()), 1);
    }
}

fn gate_of(shop: &mut Shop) -> FailureKind {
    shop.until("the gate", |s| match &s.outbox.gate {
        Gate::Account(failure) => Some(failure.kind.clone()),
        _ => None,
    })
}

fn checks(shop: &mut Shop) -> Vec<(CheckKind, CheckResult)> {
    let before = shop.engine.snapshot().session.doctor.series;
    shop.engine.send(Command::TestAccount);
    let doctor: Doctor = shop.until("the checks", |s| {
        let doctor = &s.session.doctor;
        (!doctor.running && doctor.series != before).then(|| doctor.clone())
    });
    doctor.checks
}

fn result_of(checks: &[(CheckKind, CheckResult)], kind: CheckKind) -> &CheckResult {
    &checks.iter().find(|(made, _)| *made == kind).unwrap().1
}

fn list_calls(shop: &Shop) -> usize {
    shop.wechat.ledger().requests("get_order_list")
}

#[test]
fn a_platform_reads_no_list_but_finds_and_ships_and_says_so() {
    for errcode in [48_001, 61_007] {
        let mut shop = with(platform());
        shop.wechat
            .with_world(|world| world.platform.barred_errcode = errcode);
        shop.engine.send(Command::RefreshOrders(OrderQuery::default()));
        let failure = shop.until("the refusal", |s| match &s.orders.fetch {
            Fetch::Failed { failure, .. } => Some(failure.clone()),
            _ => None,
        });
        assert_eq!(
            (failure.kind, failure.errcode),
            (FailureKind::NotForPlatforms, Some(errcode))
        );
        let orders = orders_to_ship(&shop, 8);
        shop.engine.send(Command::FindOrder(orders[0].to_string()));
        shop.until("the order", |s| s.open_order.value().map(|_| ()));
        ship(&shop, &orders);
        all_shipped_once(&mut shop, &orders);
        // What was accepted is read once more, order by order.
        shop.until("the second reading", |s| {
            (s.outbox.to_confirm == 0 && s.outbox.confirmed == 8).then_some(())
        });
        assert_eq!(list_calls(&shop), 1, "asked once, and never again by itself");
        assert_eq!(shop.wechat.ledger().token_calls(), 0);
    }
}

#[test]
fn without_the_list_a_sweep_turns_to_single_orders_by_itself() {
    let mut shop = with(platform());
    let orders = orders_to_ship(&shop, 7);
    ship(&shop, &orders);
    all_shipped_once(&mut shop, &orders);
    shop.until("the second reading", |s| {
        (s.outbox.to_confirm == 0 && s.outbox.confirmed == 7).then_some(())
    });
    assert!(!matches!(shop.engine.snapshot().outbox.gate, Gate::Account(_)));
    assert_eq!(list_calls(&shop), 1);
}

#[test]
fn a_file_is_checked_order_by_order_where_there_is_no_list() {
    let mut shop = with(platform());
    let orders = orders_to_ship(&shop, 60);
    assert!(orders.len() > 45, "more than are asked for without a list");
    let mut file = String::from("微信支付单号,快递公司,快递单号,商品\n");
    for (n, order) in orders.iter().enumerate() {
        writeln!(file, "{}\t,圆通速递,YT{n:0>13},茶叶", order.as_str()).unwrap();
    }
    let path = shop.dir.path().join("warehouse.csv");
    std::fs::write(&path, file).unwrap();
    shop.engine.send(Command::OpenFile(path));
    let batch = shop.batch(|phase| matches!(phase, BatchPhase::Checked | BatchPhase::Failed(_)));
    assert!(matches!(batch.phase, BatchPhase::Checked), "{:?}", batch.phase);
    assert_eq!(batch.orders_to_send, orders.len(), "{:?}", batch.counts);
    assert_eq!(list_calls(&shop), 1);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| matches!(phase, BatchPhase::Done));
    for order in &orders {
        assert_eq!(shop.wechat.ledger().uploads_sent(order.as_str()), 1);
    }
    assert_eq!(list_calls(&shop), 1);
}

#[test]
fn the_page_of_messages_is_not_for_platforms_and_stops_nothing() {
    let mut shop = with(platform());
    let set = ErrandCommand::SetJumpPath("pages/order/detail".into());
    shop.engine.send(Command::Errands(set));
    let failure = shop.until("the answer", |s| match &s.errands.jump_path.state {
        JumpState::Failed(failure) => Some(failure.clone()),
        _ => None,
    });
    assert_eq!(failure.kind, FailureKind::NotForPlatforms);
    let orders = orders_to_ship(&shop, 1);
    ship(&shop, &orders);
    all_shipped_once(&mut shop, &orders);
}

#[test]
fn an_account_of_its_own_secret_has_no_such_excuse() {
    let mut shop = Shop::open();
    shop.wechat.with_world(|world| world.service_opened = false);
    shop.engine.send(Command::RefreshOrders(OrderQuery::default()));
    let failure = shop.until("the refusal", |s| match &s.orders.fetch {
        Fetch::Failed { failure, .. } => Some(failure.clone()),
        _ => None,
    });
    assert_eq!(failure.kind, FailureKind::ServiceNotOpened);
}

#[test]
fn a_revoked_authorisation_stops_after_one_row_and_goes_on_after_it_is_given_again() {
    let mut shop = with(platform());
    let orders = orders_to_ship(&shop, 6);
    shop.wechat.with_world(|world| world.platform.authorised = false);
    let before = shop.wechat.ledger().entries().len();
    ship(&shop, &orders);
    assert_eq!(gate_of(&mut shop), FailureKind::NotAuthorised);
    let calls = shop.wechat.ledger().entries().len() - before;
    assert!(calls <= 4, "{calls} calls for one missing authorisation");
    shop.wechat.with_world(|world| world.platform.authorised = true);
    shop.engine.send(Command::Resume);
    all_shipped_once(&mut shop, &orders);
}

#[test]
fn the_checks_tell_what_a_platform_lacks() {
    let mut shop = with(platform());
    let sound = checks(&mut shop);
    assert!(sound.iter().all(|(_, r)| *r == CheckResult::Passed), "{sound:?}");
    let bodies: Vec<String> = shop
        .wechat
        .ledger()
        .entries()
        .iter()
        .filter(|entry| entry.path.contains("is_trade_manage"))
        .map(|entry| entry.body.to_string())
        .collect();
    let ours = format!(r#"{{"appid":"{SANDBOX_APPID}"}}"#);
    assert_eq!(bodies, [ours.clone(), ours], "a platform asks about the merchant");

    shop.wechat
        .with_world(|world| world.platform.permission_sets = vec![18]);
    let asking = checks(&mut shop);
    assert_eq!(
        *result_of(&asking, CheckKind::ServiceOpened),
        CheckResult::Passed,
        "18 is enough to ask"
    );
    let CheckResult::Failed(failure) = result_of(&asking, CheckKind::Couriers) else {
        panic!("{asking:?}");
    };
    assert_eq!(
        (failure.kind.clone(), failure.errcode),
        (FailureKind::NotAuthorised, Some(61_007))
    );

    shop.wechat.with_world(|world| {
        world.platform.permission_sets = vec![142];
        world.is_trade_managed = false;
        world.confirmation_completed = false;
    });
    let closed = checks(&mut shop);
    for kind in [CheckKind::ServiceOpened, CheckKind::SettlementConfirmed] {
        assert_eq!(*result_of(&closed, kind), CheckResult::No);
    }

    shop.wechat.with_world(|world| {
        world.platform.ticket_expired = true;
        world.platform.component_tokens.kill();
        world.platform.merchant_tokens.kill();
    });
    let late = checks(&mut shop);
    let refused = late.iter().find(|(_, r)| matches!(r, CheckResult::Failed(_)));
    let Some((_, CheckResult::Failed(failure))) = refused else {
        panic!("{late:?}");
    };
    assert_eq!(
        (failure.kind.clone(), failure.errcode),
        (FailureKind::PlatformCredentials, Some(61_005))
    );
}
