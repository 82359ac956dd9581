//! The main job through the real window on a real engine, driven by its accessible names.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use common::warehouse::{Warehouse, check_ledger, monday};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::engine::{self, Config};
use fahuo::i18n::Lang;
use fahuo::sim::{SimConfig, Simulator};
use fahuo::ui::{App, Page};

const PATIENCE: Duration = Duration::from_secs(90);

struct Desk {
    window: Harness<'static, App>,
    woken: mpsc::Receiver<()>,
}

fn open(config: Config, page: Page) -> Desk {
    let (wake, woken) = mpsc::channel();
    // After the window is gone nobody listens any more.
    let handle = engine::start(config, move || wake.send(()).unwrap_or(())).unwrap();
    let window = Harness::builder()
        .with_size([1280.0, 800.0])
        .allow_missing_glyphs()
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::new(handle, Lang::ZhCn).on(page)
        });
    Desk { window, woken }
}

/// It can be used, and its name (the text itself, where it is a text) begins so.
fn begins(node: &egui_kittest::Node<'_>, name: &str) -> bool {
    let node = node.accesskit_node();
    let says = |text: Option<String>| text.is_some_and(|text| text.starts_with(name));
    !node.is_disabled() && (says(node.label()) || says(node.value()))
}

impl Desk {
    /// Paints until something whose name begins like this is there.
    #[track_caller]
    fn until(&mut self, role: Role, name: &str) {
        let start = std::time::Instant::now();
        loop {
            self.window.run_steps(2);
            if self
                .window
                .query_all_by_role(role)
                .any(|node| begins(&node, name))
            {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "no {role:?} called {name} came");
            // The engine says when there is something new; the window's own clock needs a glance now and then.
            self.woken.recv_timeout(Duration::from_millis(100)).unwrap_or(());
        }
    }

    #[track_caller]
    fn click(&mut self, role: Role, name: &str) {
        self.until(role, name);
        let mut nodes = self.window.query_all_by_role(role);
        nodes.find(|node| begins(node, name)).unwrap().click();
        drop(nodes);
        self.window.run_steps(2);
    }
}

fn shop() -> (Simulator, Warehouse, tempfile::TempDir) {
    let wechat = Simulator::start(SimConfig {
        orders: 900,
        ..SimConfig::default()
    })
    .unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    let warehouse = monday(&wechat);
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("周一.csv"), &warehouse.bytes).unwrap();
    (wechat, warehouse, dir)
}

fn config(wechat: &Simulator, dir: &Path) -> Config {
    Config {
        resume_at_start: false,
        ..common::config(wechat, &dir.join("data"))
    }
}

fn check_file(desk: &mut Desk, dir: &Path) {
    desk.until(Role::TextInput, "文件路径");
    let path = dir.join("周一.csv");
    let field = desk.window.get_by_role_and_label(Role::TextInput, "文件路径");
    field.focus();
    field.type_text(path.to_str().unwrap());
    desk.window.run_steps(2);
    desk.click(Role::Button, "检查");
}

#[test]
fn a_mondays_file_is_shipped_through_the_window() {
    let (wechat, warehouse, dir) = shop();
    let mut desk = open(config(&wechat, dir.path()), Page::Import);
    check_file(&mut desk, dir.path());
    let send = format!("发送 {} 单", warehouse.ships.len());
    desk.until(Role::Button, &send);
    assert_eq!(wechat.ledger().write_calls(), 0, "checking sends nothing");
    desk.click(Role::Button, &send);
    // The hold window counts down; a person who does nothing lets it pass.
    desk.until(
        Role::Label,
        &format!("{} 行已发货", 500 - warehouse.blocked.len()),
    );
    check_ledger(&wechat, &warehouse);
}

#[test]
fn what_a_crash_interrupted_goes_on_by_one_button() {
    let (wechat, warehouse, dir) = shop();
    let mut args = std::process::Command::new(env!("CARGO_BIN_EXE_fahuoctl"));
    let mut child = args
        .current_dir(dir.path())
        .args([
            "--data-dir",
            "data",
            "--api-base",
            &wechat.base_url(),
            "ship",
            "周一.csv",
            "--yes",
        ])
        .env("FAHUO_APPID", fahuo::sim::SANDBOX_APPID)
        .env("FAHUO_APP_SECRET", fahuo::sim::SANDBOX_APP_SECRET)
        .env("FAHUO_QUIET_SECS", "1")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while wechat.ledger().write_calls() < 100 {
        assert!(child.try_wait().unwrap().is_none(), "ended too early");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let mut desk = open(config(&wechat, dir.path()), Page::Outbox);
    desk.click(Role::Button, "继续");
    desk.click(Role::Tab, "导入发货");
    desk.until(
        Role::Label,
        &format!("{} 行已发货", 500 - warehouse.blocked.len()),
    );
    check_ledger(&wechat, &warehouse);
}
