//! Drives the question before the only correction of an order: what it shows, what it needs, what No means.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/sample_shop.rs"]
mod shop;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{Grant, Look, Order};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use shop::{focus, form, press, says, sent, type_text};

fn button<'a>(h: &'a Harness<'static, App>, name: &'a str) -> egui_kittest::Node<'a> {
    h.get_by_role_and_label(Role::Button, name)
}

fn correction() -> (Order, Harness<'static, App>) {
    let held = shop::held("ZTO", "75300000000001", "陶瓷壶", 20);
    let order = shop::shipped(shop::order(6), vec![held], 1);
    let mut h = form(&order, Lang::ZhCn);
    focus(&mut h, "物流单号，包裹 1");
    type_text(&mut h, "9");
    press(&mut h, "用掉唯一一次更正…");
    assert!(says(&h, "用掉唯一一次更正？"));
    (order, h)
}

#[test]
fn closing_the_question_of_a_correction_means_no() {
    let (_, mut h) = correction();
    assert!(says(&h, "将去掉") && says(&h, "新的"), "both sides are shown");
    h.key_press(Key::Escape);
    h.run();
    assert!(!says(&h, "用掉唯一一次更正？"));
    assert!(sent(&h).is_empty());
    assert_eq!(h.state().page(), Page::Ship, "the form is still there");
}

#[test]
fn a_correction_needs_the_last_four_digits_and_carries_what_was_seen() {
    let (order, mut h) = correction();
    let yes = "更正并用掉机会";
    assert!(button(&h, yes).accesskit_node().is_disabled());
    let number = h.query_all_by_label_contains(order.transaction_id.as_str());
    assert!(
        number.count() > 1,
        "whose digits stands in the question, not only behind it"
    );
    focus(&mut h, "输入微信支付单号的后四位以确认");
    type_text(&mut h, "0000");
    assert!(button(&h, yes).accesskit_node().is_disabled());
    for _ in 0..4 {
        h.key_press(Key::Backspace);
    }
    h.run();
    let number = order.transaction_id.to_string();
    type_text(&mut h, &number[number.len() - 4..]);
    press(&mut h, yes);
    let seen = Look::of(&order, shop::now());
    let grant = Grant {
        at: shop::now(),
        seen: seen.parcels,
        seen_finish_count: 1,
    };
    let drafts = sent(&h);
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].reship, Some(grant));
    assert!(drafts[0].parcels[0].tracking_no.contains('9'));
}

#[test]
fn a_correction_that_corrects_nothing_cannot_be_sent() {
    let held = shop::held("ZTO", "75300000000001", "陶瓷壶", 20);
    let order = shop::shipped(shop::order(6), vec![held], 1);
    let h = form(&order, Lang::En);
    let send = button(&h, "Use the only correction…");
    assert!(send.accesskit_node().is_disabled());
    assert!(says(&h, "Nothing new to send"));
}

#[test]
fn the_question_is_answered_by_keys_alone_in_both_languages() {
    for (lang, tracking, question, left, yes) in [
        (
            Lang::ZhCn,
            "物流单号，包裹 1",
            "用掉唯一一次更正？",
            "现在剩 1 次，更正后剩 0 次",
            "更正并用掉机会",
        ),
        (
            Lang::En,
            "Tracking number, parcel 1",
            "Use the only correction?",
            "1 is left now, 0 afterwards",
            "Correct and spend it",
        ),
    ] {
        let held = shop::held("ZTO", "75300000000001", "陶瓷壶", 20);
        let order = shop::shipped(shop::order(6), vec![held], 1);
        let mut h = form(&order, lang);
        focus(&mut h, tracking);
        type_text(&mut h, "9");
        h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
        h.run();
        assert!(says(&h, question) && says(&h, left));
        // The keyboard is in the field, and Enter spends nothing.
        let number = order.transaction_id.to_string();
        type_text(&mut h, &number[number.len() - 4..]);
        h.key_press(Key::Enter);
        h.run();
        assert!(sent(&h).is_empty() && says(&h, question));
        for _ in 0..4 {
            if button(&h, yes).accesskit_node().is_focused() {
                break;
            }
            h.key_press(Key::Tab);
            h.run();
        }
        assert!(
            button(&h, yes).accesskit_node().is_focused(),
            "{yes} is reached by Tab"
        );
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(sent(&h).len(), 1);
    }
}

#[test]
fn a_click_outside_means_no() {
    let (_, mut h) = correction();
    let outside = egui::pos2(8.0, 400.0);
    let events = &mut h.input_mut().events;
    events.push(egui::Event::PointerMoved(outside));
    events.extend([true, false].map(|pressed| egui::Event::PointerButton {
        pos: outside,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    }));
    h.run();
    assert!(!says(&h, "用掉唯一一次更正？"));
    assert!(sent(&h).is_empty());
}

#[test]
fn a_long_comparison_scrolls_and_its_buttons_stay_in_the_window() {
    let held = (1..=10).map(|n| {
        shop::held(
            "ZTO",
            &format!("753000000000{n:02}"),
            "陶瓷手冲咖啡壶套装，墨绿",
            20,
        )
    });
    let order = shop::shipped(shop::order(6), held.collect(), 1);
    let mut h = form(&order, Lang::ZhCn);
    h.set_size(egui::vec2(1024.0, 700.0));
    h.run();
    focus(&mut h, "物流单号，包裹 1");
    type_text(&mut h, "9");
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run();
    assert!(says(&h, "用掉唯一一次更正？"));
    for name in ["更正并用掉机会", "不更正"] {
        let rect = button(&h, name).rect();
        assert!(rect.max.y < 700.0 && rect.min.y > 0.0, "{name} {rect:?}");
    }
    assert_eq!(h.query_all_by_label("将去掉").count(), 1);
    assert_eq!(h.query_all_by_label("新的").count(), 1);
}
