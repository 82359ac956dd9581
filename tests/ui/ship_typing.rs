//! What the form does for people who type: pasted lines, steps taken back, drafts over restarts, kept texts, and what
//! the buyer will see.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::engine::command::{Command, Preference};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

use super::shop::{self, focus, form, press, says, sent, type_text};
use super::{choose, courier};

#[test]
fn several_pasted_lines_become_parcels() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "zto");
    let lines = "75312345678901\n圆通速递\tYT1234567890123\n\n75312345678901\n快递单号\n75312345678902";
    h.event(egui::Event::Paste(lines.to_owned()));
    h.run();
    assert!(says(&h, "粘贴了 3 个包裹；2 行没有单号或重复，没有放入"));
    press(&mut h, "发出 3 个包裹");
    let expected = shop::draft(
        &order,
        &[
            ("ZTO", "75312345678901"),
            ("YTO", "YT1234567890123"),
            ("YTO", "75312345678902"),
        ],
    );
    assert_eq!(sent(&h), [expected]);
}

#[test]
fn rows_of_a_spreadsheet_become_parcels_also_from_the_couriers_field() {
    for (rows, said, parcels) in [
        (
            "中通快递\t75312345678901\n圆通速递\tYT1234567890123",
            "粘贴了 2 个包裹",
            &[("ZTO", "75312345678901"), ("YTO", "YT1234567890123")][..],
        ),
        (
            "中通快递\t75312345678901",
            "粘贴了 1 个包裹",
            &[("ZTO", "75312345678901")],
        ),
    ] {
        let order = shop::order(2);
        let mut h = form(&order, Lang::ZhCn);
        focus(&mut h, "快递公司，包裹 1");
        h.event(egui::Event::Paste(rows.to_owned()));
        h.run();
        assert!(says(&h, said), "{said}");
        focus(&mut h, "商品说明，包裹 1");
        assert!(!says(&h, "列表里没有"), "{rows}");
        press(&mut h, &format!("发出 {} 个包裹", parcels.len()));
        assert_eq!(sent(&h), [shop::draft(&order, parcels)]);
    }
}

#[test]
fn one_parcel_typed_twice_is_named_at_the_second_number() {
    for (lang, way, add, courier_field, tracking, words) in [
        (
            Lang::ZhCn,
            "快递，多个包裹",
            "再加一个包裹",
            "快递公司，包裹 1",
            "物流单号，包裹",
            "与包裹 1 的快递公司和单号相同",
        ),
        (
            Lang::En,
            "Courier, several parcels",
            "Add a parcel",
            "Courier, parcel 1",
            "Tracking number, parcel",
            "The same courier and number as parcel 1",
        ),
    ] {
        let mut h = form(&shop::order(2), lang);
        choose(&mut h, way);
        focus(&mut h, courier_field);
        type_text(&mut h, "zto");
        h.key_press(Key::Enter);
        h.run();
        type_text(&mut h, "75312345678901");
        press(&mut h, add);
        assert!(!says(&h, words));
        focus(&mut h, &format!("{tracking} 2"));
        type_text(&mut h, "75312345678901");
        assert!(says(&h, words));
        h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
        h.run();
        assert!(sent(&h).is_empty(), "nothing is sent");
    }
}

#[test]
fn steps_are_taken_back_by_button_and_by_key() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    choose(&mut h, "快递，多个包裹");
    press(&mut h, "再加一个包裹");
    press(&mut h, "撤销修改（Ctrl+Z）");
    assert!(h.query_by_label("物流单号，包裹 2").is_none());
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    h.run();
    assert!(!says(&h, "/ 10"), "the way is the first one again");
    let field = h.get_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("75312345678901"));
    press(&mut h, "恢复修改（Ctrl+Y）");
    assert!(says(&h, "1 / 10"));
}

#[test]
fn a_draft_survives_a_restart_masked_and_is_forgotten_when_it_is_sent() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "sf");
    type_text(&mut h, "SF1234567890123");
    focus(&mut h, "收件人电话，包裹 1");
    type_text(&mut h, "13812341234");
    h.key_press(Key::Escape);
    h.run();
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.state().page(), Page::Orders);
    let kept = drafts_kept(&h).last().unwrap().clone();
    assert!(kept.contains("138****1234") && !kept.contains("13812341234"));
    // Another start of the program reads what was kept.
    let mut snapshot = shop::with_open(shop::shop(20), order, vec![]);
    Arc::make_mut(&mut snapshot.preferences)
        .ui
        .insert("ship.drafts".into(), kept);
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Ship);
    h.run();
    assert!(says(&h, "已接着上次没发出的内容，没有发送过"));
    press(&mut h, "发出 1 个包裹");
    assert_eq!(sent(&h)[0].parcels[0].receiver_contact, "138****1234");
    assert_eq!(drafts_kept(&h).last().map(String::as_str), Some(""));
}

#[test]
fn what_was_typed_is_kept_when_another_order_opens_at_once() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    let typed = drafts_kept(&h).iter().any(|kept| kept.contains("75312345678901"));
    assert!(!typed, "it has not come to rest yet");
    let snapshot = shop::with_open(shop::shop(20), shop::order(3), vec![]);
    h.state_mut().set_snapshot(snapshot);
    h.run();
    let kept = drafts_kept(&h);
    assert!(
        kept.last().is_some_and(|kept| kept.contains("75312345678901")),
        "{kept:?}"
    );
}

/// What was asked to be kept as drafts.
fn drafts_kept(h: &Harness<'static, App>) -> Vec<String> {
    let kept = h.state().commands().iter().filter_map(|command| match command {
        Command::Prefer(Preference::Ui { key, value }) if key == "ship.drafts" => Some(value.clone()),
        _ => None,
    });
    kept.collect()
}

#[test]
fn a_kept_text_is_chosen_from_its_menu_and_what_is_typed_can_be_kept() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    focus(&mut h, "商品说明，包裹 1");
    type_text(&mut h, "！");
    press(&mut h, "常用说明，包裹 1");
    let goods = shop::order(2).description;
    let menu = h.query_all_by_label_contains("存为常用").count();
    assert_eq!(menu, 1);
    h.get_by_label_contains("存为常用").click();
    h.run();
    let kept = h.state().commands().iter().any(|command| {
        matches!(command, Command::Prefer(Preference::Ui { key, value }) if key == "ship.presets" && value.contains(&goods))
    });
    assert!(kept);
    focus(&mut h, "商品说明，包裹 1");
    type_text(&mut h, "另一种");
    press(&mut h, "常用说明，包裹 1");
    let entry = h.query_all_by_role(Role::Button).find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.contains('！') && !label.contains("常用") && !label.contains("另一种")
    });
    entry.unwrap().click();
    h.run();
    let field = h.get_by_role_and_label(Role::TextInput, "商品说明，包裹 1");
    let value = field.accesskit_node().value().unwrap_or_default();
    assert!(value.contains('！') && !value.contains("另一种"), "{value}");
}

#[test]
fn what_the_buyer_will_see_and_what_is_left_afterwards_stand_beside_the_button() {
    for (lang, buyer, after) in [
        (Lang::ZhCn, "买家会看到", "发货信息还能更正一次"),
        (Lang::En, "What the buyer sees", "one correction is left"),
    ] {
        let order = shop::order(2);
        let mut h = form(&order, lang);
        let tracking = if lang == Lang::En {
            "Tracking number, parcel 1"
        } else {
            "物流单号，包裹 1"
        };
        focus(&mut h, tracking);
        type_text(&mut h, "75312345678901");
        assert!(says(&h, buyer) && says(&h, after));
        assert!(h.query_all_by_label_contains(&order.description).count() > 1);
    }
}
