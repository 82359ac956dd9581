//! Drives the first start and practice mode by labels: three steps to a working account, and a made-up shop that
//! leaves nothing behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/first.rs"]
mod first;
#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{CallFailure, FailureKind};
use fahuo::engine::command::{AccountId, Command};
use fahuo::engine::snapshot::{Account, CheckKind, CheckResult, Session};
use fahuo::engine::{self, Config, Credentials, KeyStoreChoice, Secret, Snapshot};
use fahuo::i18n::Lang;
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use fahuo::ui::actions::{self, ActionId};
use fahuo::ui::practice::{Mode, Running, Starter};
use fahuo::ui::{App, Page};
use fixtures::{now, shop};

fn greeted(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(now()).greeting()
        })
}

fn greeted_with(snapshot: Snapshot, starter: Starter) -> Harness<'static, App> {
    Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            let app = App::with_snapshot(snapshot, Lang::En).at(now());
            app.greeting().with_starter(starter)
        })
}

fn with(session: Session) -> Snapshot {
    Snapshot {
        session: Arc::new(session),
        ..Snapshot::default()
    }
}

fn with_account(checks: Vec<(CheckKind, CheckResult)>) -> Session {
    let mut session = (*first::start().session).clone();
    session.accounts = vec![Account {
        id: AccountId(1),
        name: "山野茶铺".into(),
        ..Account::default()
    }];
    session.current = Some(AccountId(1));
    session.has_secret = true;
    session.doctor.checks = checks;
    session
}

#[test]
fn only_the_first_start_is_welcomed() {
    for (snapshot, page) in [
        (first::start(), Page::Welcome),
        (shop(), Page::Orders),
        (Snapshot::default(), Page::Orders),
    ] {
        let mut h = greeted(snapshot, Lang::ZhCn);
        h.run();
        assert_eq!(h.state().page(), page);
    }
}

#[test]
fn the_first_step_saves_an_account_with_what_was_typed() {
    let mut h = greeted(first::start(), Lang::ZhCn);
    h.run();
    h.get_by_label("欢迎使用发货台");
    for (name, typed) in [("名称", "山野茶铺"), ("AppID", "wx8888888888888888")] {
        h.get_by_role_and_label(Role::TextInput, name).focus();
        h.run();
        h.get_by_role_and_label(Role::TextInput, name).type_text(typed);
        h.run();
    }
    h.get_by_role_and_label(Role::PasswordInput, "AppSecret").focus();
    h.run();
    h.event(egui::Event::Text("0123456789abcdef0123456789abcdef".into()));
    h.run();
    h.get_by_role_and_label(Role::Button, "保存").click();
    h.run();
    let Some(Command::SaveAccount(edit)) = h.state().commands().last() else {
        panic!("{:?}", h.state().commands());
    };
    assert_eq!(
        (edit.name.as_str(), edit.appid.as_str()),
        ("山野茶铺", "wx8888888888888888")
    );
    assert_eq!(
        edit.secret,
        Some(Secret::new("0123456789abcdef0123456789abcdef".into()))
    );
}

#[test]
fn the_steps_lead_over_the_address_to_the_orders() {
    let refused = CallFailure::of(FailureKind::IpNotAllowed {
        ip: Some("203.0.113.7".into()),
    });
    let mut h = greeted(first::start(), Lang::En);
    h.run();
    assert!(
        h.query_by_role_and_label(Role::Button, "Test the account")
            .is_none()
    );

    h.state_mut().set_snapshot(with(with_account(vec![(
        CheckKind::Credentials,
        CheckResult::Failed(refused),
    )])));
    h.run();
    h.get_by_label("This computer as WeChat sees it:");
    assert!(
        h.query_all_by_role_and_label(Role::Button, "Copy 203.0.113.7")
            .count()
            >= 1
    );

    h.state_mut().set_snapshot(with(with_account(vec![
        (CheckKind::Network, CheckResult::Passed),
        (CheckKind::Credentials, CheckResult::Passed),
    ])));
    h.run();
    h.get_by_role_and_label(Role::Button, "Read the orders and begin")
        .click();
    h.run();
    assert_eq!(h.state().page(), Page::Orders);
    assert!(matches!(h.state().commands(), [Command::RefreshOrders(_)]));
}

fn engine_in(dir: &std::path::Path, wechat: Option<&Simulator>) -> engine::Handle {
    let config = Config {
        data_dir: dir.to_owned(),
        base_url: wechat.map(Simulator::base_url),
        sandbox: wechat.is_some(),
        credentials: wechat.map(|_| Credentials {
            appid: SANDBOX_APPID.into(),
            secret: Secret::new(SANDBOX_APP_SECRET.into()),
            ..Credentials::default()
        }),
        quiet: wechat.map(|_| Duration::from_millis(600)),
        key_store: KeyStoreChoice::Memory,
        team_key: None,
        resume_at_start: false,
    };
    engine::start(config, || {}).unwrap()
}

#[track_caller]
fn until(h: &mut Harness<'static, App>, what: &str, seen: impl Fn(&Harness<'static, App>) -> bool) {
    let start = Instant::now();
    while !seen(h) {
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "waited in vain for {what}"
        );
        std::thread::yield_now();
        h.run_steps(1);
    }
}

/// A first start on this engine, in which somebody presses the button that begins practice.
fn practising(handle: engine::Handle, starter: Starter) -> Harness<'static, App> {
    let mut h = Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            App::new(handle, Lang::En).with_starter(starter)
        });
    until(&mut h, "the welcome", |h| h.state().page() == Page::Welcome);
    h.run_steps(3);
    h.get_by_role_and_label(Role::Button, "Begin to practise").click();
    h
}

#[test]
fn a_first_start_shows_the_first_steps_although_nothing_more_happens() {
    let own = tempfile::tempdir().unwrap();
    let mut app = App::new(engine_in(own.path(), None), Lang::ZhCn);
    // As the program does before it opens the window; an engine without an account says nothing more afterwards.
    app.place(Duration::from_mins(1));
    let mut h = Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            app
        });
    until(&mut h, "the welcome", |h| h.state().page() == Page::Welcome);
}

#[test]
fn practice_begins_and_ends_in_one_window_and_leaves_nothing_behind() {
    let own = tempfile::tempdir().unwrap();
    let folder = own.path().to_owned();
    let starter = Starter::new(move |mode| match mode {
        Mode::Work => Ok(Running {
            handle: engine_in(&folder, None),
            keeps: Box::new(()),
        }),
        Mode::Practice => {
            let wechat = Simulator::start(SimConfig::default()).unwrap();
            let dir = tempfile::tempdir().unwrap();
            let handle = engine_in(dir.path(), Some(&wechat));
            Ok(Running {
                handle,
                keeps: Box::new((wechat, dir)),
            })
        }
    });
    let mut h = practising(engine_in(own.path(), None), starter);
    until(&mut h, "practice", |h| {
        h.query_all_by_label_contains("nothing reaches WeChat.").count() > 0
    });
    until(&mut h, "the button", |h| {
        h.query_by_role_and_label(Role::Button, "End practice").is_some()
    });
    assert_eq!(h.state().page(), Page::Orders);
    h.get_by_role_and_label(Role::Button, "End practice").click();
    until(&mut h, "the welcome again", |h| h.state().page() == Page::Welcome);
    assert!(h.query_by_role_and_label(Role::Button, "End practice").is_none());
}

#[test]
fn where_practice_cannot_begin_the_shop_comes_back_and_says_why() {
    let own = tempfile::tempdir().unwrap();
    let folder = own.path().to_owned();
    let starter = Starter::new(move |mode| match mode {
        Mode::Work => Ok(Running {
            handle: engine_in(&folder, None),
            keeps: Box::new(()),
        }),
        Mode::Practice => Err("no port is free".into()),
    });
    let mut h = practising(engine_in(own.path(), None), starter);
    until(&mut h, "the reason", |h| {
        h.query_all_by_label_contains("no port is free").count() > 0
    });
    until(&mut h, "the shop", |h| h.state().page() == Page::Welcome);
}

#[test]
fn practice_waits_for_parcels_under_way_and_is_not_remembered() {
    let mut snapshot = first::start();
    Arc::make_mut(&mut snapshot.outbox).queued = 1;
    let starter = Starter::new(|_| Err("it was begun".into()));
    let mut h = greeted_with(snapshot, starter);
    h.run();
    let button = h.get_by_role_and_label(Role::Button, "Begin to practise");
    assert!(button.accesskit_node().is_disabled());
    actions::request(&h.ctx, ActionId::Practice);
    h.run();
    // Minutes later everything has ended.
    h.state_mut().set_snapshot(first::start());
    h.run();
    assert_eq!(h.query_all_by_label_contains("it was begun").count(), 0);
    assert_eq!(h.query_all_by_label_contains("Changing").count(), 0);
    assert_eq!(h.state().page(), Page::Welcome);
}

#[test]
fn where_no_engine_starts_it_is_said_and_nothing_is_collected() {
    let mut h = greeted_with(first::start(), Starter::new(|_| Err("no port is free".into())));
    h.run();
    h.get_by_role_and_label(Role::Button, "Begin to practise").click();
    until(&mut h, "the reason", |h| {
        h.query_all_by_label_contains("Close the window").count() > 0
    });
    let before = h.state().commands().len();
    h.state_mut().ask(Command::Pause);
    assert_eq!(h.state().commands().len(), before);
}

#[test]
fn what_was_scanned_in_the_frame_of_the_change_is_not_lost_and_nothing_typed_goes_over() {
    let starter = Starter::new(|_| Err("no port is free".into()));
    let mut h = greeted_with(shop(), starter);
    h.run();
    h.state_mut().open_page(Page::History);
    h.run_steps(3);
    let search = h.query_all_by_role(Role::TextInput).next().unwrap();
    search.focus();
    h.run_steps(2);
    h.event(egui::Event::Text("zzz".into()));
    h.run_steps(2);
    h.state_mut().open_page(Page::Scan);
    h.run_steps(2);
    actions::request(&h.ctx, ActionId::Practice);
    let events = &mut h.input_mut().events;
    events.push(egui::Event::Text("SY2026999".into()));
    events.push(egui::Event::Key {
        key: egui::Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    });
    h.run_steps(3);
    let found = Command::FindOrder("SY2026999".into());
    assert!(
        h.state().commands().contains(&found),
        "{:?}",
        h.state().commands()
    );
    until(&mut h, "the end", |h| {
        h.query_all_by_label_contains("Close the window").count() > 0
    });
    h.state_mut().set_snapshot(shop());
    h.state_mut().open_page(Page::History);
    h.run_steps(3);
    let search = h.query_all_by_role(Role::TextInput).next().unwrap();
    assert_eq!(search.accesskit_node().value().unwrap_or_default(), "");
}
