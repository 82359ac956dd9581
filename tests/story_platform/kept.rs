//! What is kept of a platform's secrets and what is not: a refresh token outlives the program, the environment leaves
//! nothing behind, and nothing goes where it was not typed for.

use fahuo::domain::{Access, AccessMode, FailureKind, SecretField, Timestamp};
use fahuo::engine::{AccountEdit, AccountId, Command, Config, Credentials, Secrets};
use fahuo::sim::{SANDBOX_APPID, SANDBOX_COMPONENT_SECRET, SANDBOX_COMPONENT_TICKET, SimConfig, Simulator};
use fahuo::store::Store;

use super::common::Shop;
use super::{
    all_shipped_once, config, edit, gate_of, nobody, orders_to_ship, platform, platform_secrets, save, ship,
    with,
};

/// Ends the engine and starts another one on the same folder.
fn restarted(shop: Shop, change: impl FnOnce(&mut Config)) -> Shop {
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let mut config = config(&wechat, dir.path());
    change(&mut config);
    let engine = fahuo::engine::start(config, || {}).unwrap();
    Shop { wechat, dir, engine }
}

/// What is sealed for the first account, by the word of the secret.
fn sealed(dir: &std::path::Path, field: SecretField) -> Option<Vec<u8>> {
    let (store, _) = Store::open(dir, Timestamp::from_secs(1_800_000_000)).unwrap();
    store.sealed("1", field.word()).unwrap()
}

#[test]
fn a_refresh_token_that_wechat_renews_survives_a_restart() {
    let mut shop = nobody();
    shop.wechat.with_world(|world| world.platform.rotates = true);
    save(&mut shop, platform());
    let orders = orders_to_ship(&shop, 2);
    ship(&shop, &orders[..1]);
    all_shipped_once(&mut shop, &orders[..1]);
    let renewals = |shop: &Shop| shop.wechat.ledger().requests("api_authorizer_token");
    assert_eq!(renewals(&shop), 1);
    // The refresh token that was typed is worth nothing any more; only the one that was kept is.
    let mut shop = restarted(shop, |_| ());
    shop.until("the account", |s| s.session.has_secret.then_some(()));
    ship(&shop, &orders[1..]);
    shop.settled(1);
    assert_eq!(renewals(&shop), 2);
    assert_eq!(
        shop.wechat.ledger().requests("api_get_authorizer_list"),
        0,
        "the kept one was good"
    );
    assert_eq!(shop.wechat.ledger().uploads_sent(orders[1].as_str()), 1);
}

#[test]
fn an_authorisation_that_was_renewed_elsewhere_is_read_from_the_list_and_kept() {
    let mut shop = nobody();
    shop.wechat.with_world(|world| world.platform.authorise_again());
    save(&mut shop, platform());
    let orders = orders_to_ship(&shop, 2);
    ship(&shop, &orders[..1]);
    all_shipped_once(&mut shop, &orders[..1]);
    let lists = |shop: &Shop| shop.wechat.ledger().requests("api_get_authorizer_list");
    assert_eq!(lists(&shop), 1);
    let mut shop = restarted(shop, |_| ());
    ship(&shop, &orders[1..]);
    shop.settled(1);
    assert_eq!(lists(&shop), 1, "the one of the list was kept");
}

#[test]
fn credentials_of_the_environment_are_never_written_down() {
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    wechat.with_world(|world| {
        world.limits.per_second = None;
        world.platform.rotates = true;
    });
    let dir = tempfile::tempdir().unwrap();
    let mut config = config(&wechat, dir.path());
    config.credentials = Some(Credentials {
        appid: SANDBOX_APPID.into(),
        access: platform().access,
        more: platform_secrets(),
        ..Credentials::default()
    });
    let engine = fahuo::engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    let orders = orders_to_ship(&shop, 1);
    ship(&shop, &orders);
    all_shipped_once(&mut shop, &orders);
    let Shop { dir, engine, .. } = shop;
    drop(engine);
    for field in SecretField::ALL {
        assert_eq!(sealed(dir.path(), field), None);
    }
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for secret in [
            SANDBOX_COMPONENT_SECRET,
            SANDBOX_COMPONENT_TICKET,
            "refreshtoken@@@",
        ] {
            let shown = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!shown, "{secret} stands in {}", path.display());
        }
    }
}

#[test]
fn secrets_are_forgotten_when_they_would_go_somewhere_else() {
    let mut shop = with(platform());
    let other = Access::Platform {
        component_appid: "wx0000000000000099".into(),
        ticket_at: None,
    };
    let moved = AccountEdit {
        id: Some(AccountId(1)),
        ..edit(other, Secrets::default())
    };
    shop.engine.send(Command::SaveAccount(moved));
    shop.until("no secrets", |s| (!s.session.has_secret).then_some(()));
    assert_eq!(gate_of(&mut shop), FailureKind::NoCredentials);
    let account = shop.engine.snapshot().session.accounts[0].clone();
    assert_eq!(account.access.mode(), AccessMode::Platform);
    let Shop { dir, engine, .. } = shop;
    drop(engine);
    for field in SecretField::ALL {
        assert_eq!(sealed(dir.path(), field), None, "{field:?}");
    }
}
