//! The questions before something is sent.

use std::time::Duration;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::snapshot::ErrandsView;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

use super::fixtures::now;
use super::{open, press, to_ship, with};

/// How far the refusing button of a question stands below its title.
fn height_of_question(h: &mut Harness<'static, App>, ask: &str, title: &str) -> f32 {
    press(h, ask);
    h.run_steps(3);
    let bottom = h.get_by_role_and_label(Role::Button, "Not now").rect().max.y;
    let top = h.get_by_label(title).rect().min.y;
    h.key_press(Key::Escape);
    h.run_steps(3);
    bottom - top
}

#[test]
fn a_question_is_as_high_as_its_words_whatever_was_asked_before() {
    let rows = vec![to_ship(1), to_ship(2)];
    let mut h = open(with(rows, ErrandsView::default()), Page::Special, Lang::En);
    press(&mut h, "Choose all 2");
    h.get_by_role_and_label(Role::TextInput, "Shipped by").focus();
    h.run_steps(2);
    let day = now().plus(Duration::from_hours(40 * 24));
    let day = fahuo::i18n::format::moment_exact(day);
    h.event(egui::Event::Text(day.chars().take(10).collect()));
    h.run_steps(3);
    let (ask, title) = ("Report 2 pre-sales", "Report 2 orders as pre-sales?");
    let fresh = height_of_question(&mut h, ask, title);
    let kind = |h: &mut Harness<'static, App>, name: &str| {
        h.get_by_role_and_label(Role::RadioButton, name).click();
        h.run_steps(3);
    };
    kind(&mut h, "What they are: Test orders");
    let tall = height_of_question(&mut h, "Report 2 test orders", "Report 2 orders as test orders?");
    assert!(tall > fresh + 40.0, "{tall} and {fresh}");
    kind(&mut h, "What they are: Pre-sale");
    let again = height_of_question(&mut h, ask, title);
    assert!((again - fresh).abs() < 1.0, "{again} and not {fresh}");
}
