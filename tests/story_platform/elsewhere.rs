//! Tokens that come from elsewhere than WeChat: what stops the account, and how it goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fahuo::domain::{Access, FailureKind, SecretField, ServiceMethod, TokenTrouble};
use fahuo::engine::{AccountEdit, AccountId, CheckKind, CheckResult, Command, Gate, Secret, Secrets};
use fahuo::sim::Simulator;

use super::wire::{Server, json, status};
use super::{all_shipped_once, checks, edit, gate_of, nobody, orders_to_ship, result_of, save, ship};

fn pasted(token: &str) -> Secrets {
    Secrets::default().with(SecretField::AccessToken, Secret::new(token.into()))
}

/// A token of the account's own, as another system of the merchant would fetch it.
fn token_of(wechat: &Simulator) -> String {
    let now = wechat.clock().now();
    wechat.with_world(|world| world.tokens.current(now).0)
}

#[test]
fn a_stale_pasted_token_waits_for_a_new_one() {
    let mut shop = nobody();
    let first = token_of(&shop.wechat);
    save(&mut shop, edit(Access::Token { pasted_at: None }, pasted(&first)));
    let account = shop.engine.snapshot().session.accounts[0].clone();
    let Access::Token { pasted_at: Some(at) } = account.access else {
        panic!("{:?}", account.access);
    };
    let sound = checks(&mut shop);
    assert!(sound.iter().all(|(_, r)| *r == CheckResult::Passed), "{sound:?}");
    shop.wechat.with_world(|world| world.tokens.kill());
    let stale = checks(&mut shop);
    assert!(
        matches!(result_of(&stale, CheckKind::Credentials), CheckResult::Failed(failure)
            if failure.kind == FailureKind::NoToken(TokenTrouble::PastedStale)),
        "{stale:?}"
    );
    let orders = orders_to_ship(&shop, 3);
    ship(&shop, &orders);
    assert_eq!(
        gate_of(&mut shop),
        FailureKind::NoToken(TokenTrouble::PastedStale)
    );
    let second = token_of(&shop.wechat);
    let again = AccountEdit {
        id: Some(AccountId(1)),
        ..edit(Access::Token { pasted_at: None }, pasted(&second))
    };
    shop.engine.send(Command::SaveAccount(again));
    all_shipped_once(&mut shop, &orders);
    let account = shop.engine.snapshot().session.accounts[0].clone();
    assert!(
        matches!(account.access, Access::Token { pasted_at: Some(new) } if new > at),
        "{:?}",
        account.access
    );
    assert_eq!(shop.wechat.ledger().token_calls(), 0, "never renewed from here");
}

#[test]
fn a_token_service_that_is_down_delays_and_loses_nothing() {
    let mut shop = nobody();
    let up = Arc::new(AtomicBool::new(false));
    let token = token_of(&shop.wechat);
    let erp = Server::start({
        let up = Arc::clone(&up);
        move |_, _| {
            if up.load(Ordering::SeqCst) {
                json(format!(r#"{{"access_token":"{token}","expires_in":7200}}"#))
            } else {
                status("503 Busy", "", "")
            }
        }
    });
    let access = Access::Service {
        url: format!("{}/token", erp.url()),
        method: ServiceMethod::Get,
    };
    save(&mut shop, edit(access, Secrets::default()));
    let orders = orders_to_ship(&shop, 3);
    ship(&shop, &orders);
    while erp.requests().len() < 2 {
        shop.engine.wait(std::time::Duration::from_millis(20));
    }
    let snapshot = shop.engine.snapshot();
    assert!(!matches!(snapshot.outbox.gate, Gate::Account(_)), "it may pass");
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    up.store(true, Ordering::SeqCst);
    all_shipped_once(&mut shop, &orders);
}

#[test]
fn a_token_service_that_refuses_stops_until_a_person_goes_on() {
    let mut shop = nobody();
    let open = Arc::new(AtomicBool::new(false));
    let token = token_of(&shop.wechat);
    let erp = Server::start({
        let open = Arc::clone(&open);
        move |_, _| {
            if open.load(Ordering::SeqCst) {
                json(format!(r#"{{"access_token":"{token}"}}"#))
            } else {
                status("403 Forbidden", "", "")
            }
        }
    });
    let access = Access::Service {
        url: erp.url(),
        method: ServiceMethod::Post,
    };
    let bearer = Secrets::default().with(SecretField::Bearer, Secret::new("CANARY-bearer".into()));
    save(&mut shop, edit(access, bearer));
    let orders = orders_to_ship(&shop, 3);
    ship(&shop, &orders);
    assert_eq!(
        gate_of(&mut shop),
        FailureKind::NoToken(TokenTrouble::ServiceRefuses)
    );
    let failed = checks(&mut shop);
    assert_eq!(*result_of(&failed, CheckKind::Network), CheckResult::NotRun);
    assert!(matches!(
        result_of(&failed, CheckKind::Credentials),
        CheckResult::Failed(_)
    ));
    open.store(true, Ordering::SeqCst);
    shop.engine.send(Command::Resume);
    all_shipped_once(&mut shop, &orders);
    assert_eq!(shop.wechat.ledger().token_calls(), 0);
}

#[cfg(unix)]
#[test]
fn a_program_that_fails_stops_until_a_person_goes_on() {
    let mut shop = nobody();
    let file = shop.dir.path().join("token.txt");
    let access = Access::Command {
        program: "/bin/cat".into(),
        arguments: vec![file.to_str().unwrap().to_owned()],
    };
    save(&mut shop, edit(access, Secrets::default()));
    let orders = orders_to_ship(&shop, 2);
    ship(&shop, &orders);
    assert_eq!(
        gate_of(&mut shop),
        FailureKind::NoToken(TokenTrouble::CommandFails)
    );
    std::fs::write(&file, token_of(&shop.wechat)).unwrap();
    shop.engine.send(Command::Resume);
    all_shipped_once(&mut shop, &orders);
}
