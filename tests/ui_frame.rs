//! Drives the frame of the window by labels: navigation, switches, keys, notices, dropped files.
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

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::Notice;
use fahuo::engine::command::{Command, Preference};
use fahuo::engine::snapshot::{Fetch, Gate, Outbox};
use fahuo::i18n::Lang;
use fahuo::ui::Page;
use fixtures::{ago, file, now, order_id, sending, shop, window};

#[test]
fn every_page_opens_from_the_list_and_by_its_keys() {
    let mut h = window(shop(), Lang::En, Page::Orders);
    h.run();
    for (name, key, page) in [
        ("Import", Key::Num2, Page::Import),
        ("Outbox", Key::Num3, Page::Outbox),
        ("Settings", Key::Comma, Page::Settings),
        ("Orders 14", Key::Num1, Page::Orders),
    ] {
        h.get_by_role_and_label(Role::Tab, name).click();
        h.run();
        assert_eq!(h.state().page(), page, "{name}");
        h.get_by_role_and_label(Role::Tab, "Import").click();
        h.run();
        h.key_press_modifiers(Modifiers::COMMAND, key);
        h.run();
        assert_eq!(h.state().page(), page, "{key:?}");
    }
}

#[test]
fn language_and_theme_switch_at_once_and_are_kept() {
    let mut h = window(shop(), Lang::En, Page::Settings);
    h.run();
    h.get_by_role_and_label(Role::Button, "切换到中文").click();
    h.run();
    h.get_by_role_and_label(Role::Tab, "设置");
    h.get_by_role_and_label(Role::Button, "切换到深色").click();
    h.run();
    h.get_by_role_and_label(Role::Button, "切换到浅色");
    let prefer = |preference| Command::Prefer(preference);
    let expected = [
        prefer(Preference::Language("zh-CN".into())),
        prefer(Preference::Theme("dark".into())),
    ];
    assert_eq!(h.state().commands(), expected);
}

#[test]
fn a_letter_in_a_text_field_is_a_letter_and_not_an_action() {
    let mut h = window(shop(), Lang::En, Page::Settings);
    h.run();
    h.get_by_role_and_label(Role::TextInput, "Name").focus();
    h.run();
    h.key_press(Key::B);
    h.run();
    assert_eq!(h.state().page(), Page::Settings);
    h.event(Event::Ime(ImeEvent::Preedit {
        text: "b".into(),
        active_range_chars: None,
    }));
    h.key_press(Key::B);
    h.run();
    assert_eq!(h.state().page(), Page::Settings);
}

#[test]
fn a_letter_outside_of_text_fields_is_an_action() {
    let mut h = window(shop(), Lang::En, Page::Settings);
    h.run();
    h.key_press(Key::B);
    h.run();
    assert_eq!(h.state().page(), Page::Import);
}

#[test]
fn the_list_of_keys_opens_with_f1_and_closes_with_escape() {
    let mut h = window(shop(), Lang::ZhCn, Page::Outbox);
    h.run();
    h.key_press(Key::F1);
    h.run_steps(3);
    h.get_by_label("本页快捷键");
    h.key_press(Key::B);
    h.run_steps(3);
    assert_eq!(
        h.state().page(),
        Page::Outbox,
        "letters rest while a dialog is open"
    );
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.query_by_label("本页快捷键").is_none());
}

#[test]
fn the_sandbox_and_another_server_are_named_on_every_page() {
    for page in [Page::Orders, Page::Import, Page::Outbox, Page::Settings] {
        let mut sandbox = shop();
        Arc::make_mut(&mut sandbox.session).sandbox = true;
        let mut h = window(sandbox, Lang::En, page);
        h.run();
        h.get_by_label_contains("nothing reaches WeChat");
        let mut relay = shop();
        Arc::make_mut(&mut relay.session).other_server = Some("https://relay.example".into());
        let mut h = window(relay, Lang::En, page);
        h.run();
        h.get_by_label_contains("https://relay.example");
    }
}

#[test]
fn the_list_of_pages_counts_what_waits_for_a_person_and_what_was_refused() {
    for (needs_person, rejected, said) in [(2, 1, "Outbox 3"), (0, 1, "Outbox 1"), (0, 0, "Outbox 5")] {
        let mut snapshot = shop();
        snapshot.outbox = Arc::new(Outbox {
            queued: 5,
            needs_person,
            rejected,
            ..Outbox::default()
        });
        let mut h = window(snapshot, Lang::En, Page::Orders);
        h.run();
        h.get_by_role_and_label(Role::Tab, said);
    }
}

#[test]
fn what_is_under_way_can_be_stopped_from_every_page() {
    let mut fetching = shop();
    Arc::make_mut(&mut fetching.orders).fetch = Fetch::Running {
        query: fahuo::domain::OrderQuery::default(),
        pages: 3,
        orders: 300,
    };
    let until = now().plus(Duration::from_secs(8));
    for (snapshot, words, button, command) in [
        (
            fetching,
            "Reading orders: 300 so far",
            "Stop",
            Command::StopRefresh,
        ),
        (
            sending(Gate::Open),
            "Sending: 12,547 to go",
            "Pause",
            Command::Pause,
        ),
        (
            sending(Gate::Paused),
            "Paused: 12,547 wait",
            "Go on",
            Command::Resume,
        ),
        (
            sending(Gate::Holding { until }),
            "Sending starts in 8 s",
            "Cancel all",
            Command::CancelAll,
        ),
    ] {
        let mut h = window(snapshot, Lang::En, Page::Settings);
        h.run();
        h.get_by_label(words);
        h.get_by_role_and_label(Role::Button, button).click();
        h.run();
        assert_eq!(h.state().commands(), [command]);
    }
}

#[test]
fn a_notice_is_shown_in_the_language_of_the_window_and_goes_away() {
    for (lang, words) in [(Lang::ZhCn, "已保存。"), (Lang::En, "Saved.")] {
        let mut h = window(shop(), lang, Page::Outbox);
        h.run();
        h.state_mut().say(&Notice::Saved);
        h.run_steps(3);
        h.get_by_label(words);
        h.set_time(20.0);
        h.run_steps(3);
        assert!(h.query_by_label(words).is_none());
    }
}

trait Clock {
    fn set_time(&mut self, secs: f64);
}

impl Clock for egui_kittest::Harness<'static, fahuo::ui::App> {
    fn set_time(&mut self, secs: f64) {
        self.input_mut().time = Some(secs);
    }
}

#[test]
fn a_notice_can_be_closed() {
    let mut h = window(shop(), Lang::En, Page::Outbox);
    h.run();
    h.state_mut().say(&Notice::Unclear(order_id(3)));
    h.run_steps(3);
    h.get_by(|node| {
        node.label()
            .is_some_and(|label| label.starts_with("Close Not sure"))
    })
    .click();
    h.run_steps(3);
    assert!(h.query_by_label_contains("Not sure whether order").is_none());
}

#[test]
fn in_a_low_window_notices_come_one_after_the_other() {
    let say = |size: egui::Vec2| {
        let mut h = egui_kittest::Harness::builder()
            .with_size(size)
            .build_eframe(|cc| {
                fahuo::ui::App::install(&cc.egui_ctx);
                fahuo::ui::App::with_snapshot(shop(), Lang::En)
                    .at(now())
                    .on(Page::Outbox)
            });
        h.run_steps(3);
        h.state_mut().say(&Notice::Unclear(order_id(3)));
        h.state_mut().say(&Notice::Saved);
        h.run_steps(3);
        h
    };
    let shown = |h: &egui_kittest::Harness<'static, fahuo::ui::App>| {
        h.query_all_by(|node| node.label().is_some_and(|label| label.starts_with("Close ")))
            .count()
    };
    assert_eq!(shown(&say(egui::vec2(1280.0, 800.0))), 2);
    let mut low = say(egui::vec2(640.0, 400.0));
    assert_eq!(shown(&low), 1);
    low.get_by_role_and_label(Role::Button, "Close Saved.").click();
    low.run_steps(3);
    low.get_by_label_contains("Close Not sure whether order");
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }
}

#[test]
fn a_file_dropped_on_any_page_is_checked() {
    let mut h = window(shop(), Lang::ZhCn, Page::Settings);
    h.run();
    let path = PathBuf::from("订单 a.csv");
    h.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    h.run();
    assert_eq!(h.state().page(), Page::Import);
    assert_eq!(h.state().commands(), [Command::OpenFile(path)]);
}

#[test]
fn no_page_repaints_for_ever_and_every_control_has_a_name() {
    // The harness itself fails on both: an unnamed control, and a page that never comes to rest.
    for lang in Lang::ALL {
        for page in Page::ALL {
            for theme in ["light", "dark"] {
                let mut snapshot = shop();
                snapshot.batch = Some(Arc::new(file(40, fahuo::engine::BatchPhase::Checked)));
                snapshot.outbox = Arc::new(Outbox {
                    needs_person: 1,
                    rows: vec![Arc::new(fixtures::shipment(
                        1,
                        fahuo::domain::State::NeedsPerson(fahuo::domain::Why::Ambiguous),
                        ago(60),
                    ))]
                    .into(),
                    ..Outbox::default()
                });
                fixtures::themed(snapshot, lang, *page, theme).run();
            }
        }
    }
}
