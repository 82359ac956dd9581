//! Drives what works on every page by labels: the search for actions, undo, and calling who looks elsewhere.
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

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::Notice;
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::Gate;
use fahuo::i18n::Lang;
use fahuo::ui::Page;
use fixtures::{order_id, sending, shop, window};

#[test]
fn any_action_is_found_by_a_few_letters_and_done_with_enter() {
    let mut h = window(shop(), Lang::En, Page::Orders);
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    h.get_by_role_and_label(Role::TextInput, "Search actions, pages or an order number")
        .type_text("settin");
    h.run_steps(4);
    assert_eq!(h.get_all_by_role(Role::MenuItem).count(), 1);
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().page(), Page::Settings);
    assert!(h.query_by_role(Role::MenuItem).is_none());

    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    h.key_press(Key::ArrowDown);
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().page(), Page::Import, "the second line");

    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    h.key_press(Key::Escape);
    h.run_steps(4);
    assert!(h.query_by_role(Role::MenuItem).is_none());
    assert!(h.state().commands().is_empty());
}

#[test]
fn actions_are_found_by_pinyin_and_orders_by_a_part_of_their_number() {
    let typed = |text: &str| {
        let mut h = window(shop(), Lang::ZhCn, Page::Outbox);
        h.run();
        h.key_press_modifiers(Modifiers::COMMAND, Key::K);
        h.run_steps(4);
        h.get_by_role_and_label(Role::TextInput, "搜索操作、页面或单号")
            .type_text(text);
        h.run_steps(4);
        h
    };
    let mut h = typed("sz");
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().page(), Page::Settings, "设置");

    let mut h = typed("11200017");
    h.get_by_role_and_label(Role::MenuItem, "订单 SY202611200017，明前龙井 250g*1")
        .click();
    h.run_steps(4);
    assert_eq!(h.state().page(), Page::Orders);
    assert_eq!(h.state().commands(), [Command::OpenOrder(order_id(17))]);

    let mut h = typed("XD99887766");
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().commands(), [Command::FindOrder("XD99887766".into())]);
}

#[test]
fn the_last_edit_is_taken_back_by_its_message_or_by_keys() {
    use fahuo::engine::command::BatchId;
    let repair = |row, text: Option<&str>| Command::RepairCell {
        batch: BatchId(7),
        row,
        column: 1,
        text: text.map(str::to_owned),
    };
    let mut snapshot = shop();
    snapshot.batch = Some(Arc::new(fixtures::repaired(40)));
    let mut h = window(snapshot, Lang::En, Page::Outbox);
    h.run();
    h.state_mut().ask(repair(2, Some("ZTO")));
    h.run_steps(4);
    h.get_by_role_and_label(Role::Button, "Undo").click();
    h.run_steps(4);
    assert_eq!(h.state().commands().last(), Some(&repair(2, None)));
    assert!(h.query_by_role_and_label(Role::Button, "Undo").is_none());

    h.state_mut().ask(repair(3, Some("ZTO")));
    h.run_steps(4);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run_steps(4);
    assert_eq!(h.state().commands().last(), Some(&repair(3, Some("顺丰"))));
    let before = h.state().commands().len();
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run_steps(4);
    assert_eq!(h.state().commands().len(), before);
    assert!(
        h.query_all_by_label_contains("There is no change to take back.")
            .count()
            > 0
    );
}

#[test]
fn only_what_can_be_done_now_is_offered() {
    let mut h = window(shop(), Lang::En, Page::Settings);
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    assert!(
        h.query_by_role_and_label(Role::MenuItem, "Pause or go on")
            .is_none()
    );
    assert!(
        h.query_by_role_and_label(Role::MenuItem, "Ship the open order")
            .is_none()
    );
    let mut h = window(sending(Gate::Open), Lang::En, Page::Settings);
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    // The list is longer than its window.
    h.event(egui::Event::Text("pause".into()));
    h.run_steps(4);
    h.get_by_role_and_label(Role::MenuItem, "Pause or go on").click();
    h.run_steps(10);
    assert_eq!(h.state().commands(), [Command::Pause]);
}

static SHOWN: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

/// The system's messages of this test, once all of them are there.
fn shown_messages(many: usize) -> Vec<String> {
    let start = std::time::Instant::now();
    loop {
        let shown = SHOWN.lock().unwrap().clone();
        if shown.len() >= many {
            return shown;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{shown:?}");
        std::thread::yield_now();
    }
}

#[test]
fn a_person_who_looks_elsewhere_is_called_and_one_who_wants_no_messages_is_not() {
    use fahuo::domain::Alert;
    let show = |message: &fahuo::ui::desktop::Message| SHOWN.lock().unwrap().push(message.title.clone());
    let desktop = fahuo::ui::desktop::Desktop::with(show);
    let mut app = fahuo::ui::App::with_snapshot(shop(), Lang::En).with_desktop(desktop);
    app.say(&Notice::Alert(Alert::Late(3)));
    assert_eq!(shown_messages(1), ["3 orders have passed 48 hours"]);

    let mut silent = shop();
    Arc::make_mut(&mut silent.preferences).notifications = false;
    app.set_snapshot(silent);
    app.say(&Notice::Alert(Alert::Late(4)));
    let mut practice = shop();
    Arc::make_mut(&mut practice.session).sandbox = true;
    app.set_snapshot(practice);
    app.say(&Notice::Alert(Alert::Late(5)));
    app.set_snapshot(shop());
    app.say(&Notice::Alert(Alert::NeedPerson(2)));
    let expected = ["3 orders have passed 48 hours", "2 shipments need you"];
    assert_eq!(shown_messages(2), expected, "the ones between were not shown");
}
