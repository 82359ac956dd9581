//! The table as something to work in: columns, views, marks, copies, and what is remembered of them.
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

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::engine::command::{Command, Preference};
use fahuo::engine::snapshot::Snapshot;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use shop::{focus, press, says, type_text};

type Window = Harness<'static, App>;

fn window(count: u32) -> Window {
    on(shop::shop(count))
}

fn on(snapshot: Snapshot) -> Window {
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
    h.run();
    h
}

/// The headings from left to right.
fn headings(h: &Window) -> Vec<String> {
    let known = [
        "付款时间",
        "商户订单号",
        "微信支付单号",
        "商品",
        "金额",
        "付款人",
        "状态",
        "48 小时时限",
        "更正",
        "快递公司",
        "快递单号",
        "发货时间",
        "商户号",
    ];
    let buttons = h.query_all_by_role(Role::Button);
    let mut found: Vec<(f32, String)> = buttons
        .filter_map(|node| {
            let label = node.accesskit_node().label()?;
            let rect = node.rect();
            known.contains(&label.as_str()).then(|| (rect.left(), label))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, label)| label).collect()
}

/// What the window has asked to be remembered last under a key.
fn kept(h: &Window, key: &str) -> Option<String> {
    let commands = h.state().commands().iter().rev();
    commands.into_iter().find_map(|command| match command {
        Command::Prefer(Preference::Ui { key: k, value }) if k == key => Some(value.clone()),
        _ => None,
    })
}

/// The same window after a restart: only what was kept is known.
fn restarted(h: &Window, count: u32) -> Window {
    let mut snapshot = shop::shop(count);
    for command in h.state().commands() {
        if let Command::Prefer(preference) = command {
            Arc::make_mut(&mut snapshot.preferences).take(preference);
        }
    }
    on(snapshot)
}

/// What was copied in the last step.
fn copied(h: &Window) -> Option<String> {
    let commands = h.output().platform_output.commands.iter();
    commands.into_iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

fn copy(h: &mut Window, modifiers: Modifiers) -> String {
    h.event(Event::ModifiersChanged(modifiers));
    h.step();
    h.event(Event::Copy);
    h.step();
    let text = copied(h).expect("nothing was copied");
    h.event(Event::ModifiersChanged(Modifiers::NONE));
    h.run();
    text
}

fn keys(h: &mut Window, keys: &[(Modifiers, Key)]) {
    for (modifiers, key) in keys {
        h.key_press_modifiers(*modifiers, *key);
        h.run();
    }
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;

#[test]
fn columns_are_chosen_and_ordered_and_are_there_after_a_restart() {
    let mut h = window(60);
    assert_eq!(headings(&h).len(), 9);
    keys(&mut h, &[(NONE, Key::C)]);
    h.get_by_role_and_label(Role::CheckBox, "快递单号").click();
    h.run();
    h.get_by_role_and_label(Role::CheckBox, "付款人").click();
    h.run();
    press(&mut h, "上移：快递单号");
    press(&mut h, "下移：付款时间");
    keys(&mut h, &[(NONE, Key::Escape)]);
    let expected = [
        "商户订单号",
        "付款时间",
        "微信支付单号",
        "商品",
        "金额",
        "状态",
        "48 小时时限",
        "快递单号",
        "更正",
    ];
    assert_eq!(headings(&h), expected);
    press(&mut h, "金额");
    let again = restarted(&h, 60);
    assert_eq!(headings(&again), expected);
    let first = shop::rows(60)
        .iter()
        .map(|order| order.paid_amount)
        .max()
        .unwrap();
    let rows: Vec<_> = again
        .query_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert!(
        rows[0].contains(&first.to_string()),
        "sorted by amount still: {}",
        rows[0]
    );
    assert!(
        again.state().commands().is_empty(),
        "what is known is not written again"
    );
    h.run_steps(20);
    let written = h.state().commands().len();
    h.run_steps(20);
    assert_eq!(h.state().commands().len(), written, "frames write nothing");
}

#[test]
fn headings_are_moved_and_widened_by_keys_and_the_width_is_remembered() {
    let mut h = window(60);
    let width = |h: &Window, name: &str| h.get_by_role_and_label(Role::Button, name).rect().width();
    let before = width(&h, "状态");
    h.get_by_role_and_label(Role::Button, "状态").focus();
    h.run();
    keys(
        &mut h,
        &[
            (CTRL, Key::ArrowRight),
            (CTRL, Key::ArrowRight),
            (ALT, Key::ArrowLeft),
        ],
    );
    assert!((width(&h, "状态") - before - 32.0).abs() < 1.5);
    assert_eq!(headings(&h)[5..7], ["状态", "付款人"]);
    assert!(kept(&h, "table.orders").is_some());
    let again = restarted(&h, 60);
    assert!((width(&again, "状态") - before - 32.0).abs() < 1.5);
}

#[test]
fn a_heading_sorts_both_ways_and_its_menu_hides_the_column() {
    let mut h = window(60);
    let first = |h: &Window| {
        h.query_all_by_role(Role::Row)
            .next()
            .unwrap()
            .accesskit_node()
            .label()
            .unwrap()
    };
    press(&mut h, "商户订单号");
    let up = first(&h);
    press(&mut h, "商户订单号");
    assert!(first(&h) > up, "{} {up}", first(&h));
    h.get_by_role_and_label(Role::Button, "付款人").click_secondary();
    h.run();
    press(&mut h, "隐藏这一列");
    assert!(!headings(&h).contains(&"付款人".to_owned()));
}

#[test]
fn many_orders_are_marked_by_keys_boxes_and_ranges_and_the_bar_says_how_many() {
    let mut h = window(300);
    keys(&mut h, &[(NONE, Key::ArrowDown), (NONE, Key::Space)]);
    assert!(says(&h, "已选 1 笔"));
    keys(&mut h, &[(SHIFT, Key::ArrowDown), (SHIFT, Key::ArrowDown)]);
    assert!(says(&h, "已选 3 笔"));
    keys(&mut h, &[(SHIFT, Key::ArrowUp)]);
    assert!(says(&h, "已选 2 笔"));
    let number = shop::order(5).out_trade_no;
    h.get_by_role_and_label(Role::CheckBox, &format!("勾选订单 {number}"))
        .click();
    h.run();
    assert!(says(&h, "已选 3 笔"));
    keys(&mut h, &[(CTRL, Key::A)]);
    assert!(says(&h, "已选 300 笔"), "all pages");
    keys(&mut h, &[(NONE, Key::Escape)]);
    assert!(!says(&h, "已选"));
    h.get_by_role_and_label(Role::CheckBox, "勾选列表中的全部订单")
        .click();
    h.run();
    assert!(says(&h, "已选 300 笔"));
    keys(&mut h, &[(NONE, Key::Num1)]);
    assert!(!says(&h, "已选"), "what a filter hides is not acted on unseen");
}

#[test]
fn what_is_copied_is_a_table_a_row_a_cell_or_a_number_and_long_numbers_stay_text() {
    let mut h = window(60);
    keys(&mut h, &[(NONE, Key::ArrowDown)]);
    let order = shop::rows(60)[0].clone();
    assert_eq!(copy(&mut h, NONE), order.transaction_id.as_str());
    keys(&mut h, &[(NONE, Key::ArrowRight), (NONE, Key::ArrowRight)]);
    assert_eq!(
        copy(&mut h, NONE),
        order.out_trade_no,
        "the cell that the arrows have reached"
    );
    let row = copy(&mut h, SHIFT);
    assert!(
        row.contains(&format!("{}\u{a0}\t", order.transaction_id)),
        "{row:?}"
    );
    assert_eq!(row.lines().count(), 1);
    keys(&mut h, &[(NONE, Key::Space), (SHIFT, Key::ArrowDown)]);
    let table = copy(&mut h, NONE);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("付款时间\t商户订单号\t微信支付单号\t"));
    assert!(lines.iter().all(|line| line.split('\t').count() == 9));
}

#[test]
fn marks_of_orders_that_are_not_shown_copy_no_bare_headings() {
    let mut h = window(60);
    keys(&mut h, &[(NONE, Key::ArrowDown), (NONE, Key::Space)]);
    let mut snapshot = shop::shop(60);
    let marked = shop::rows(60)[0].transaction_id.clone();
    let orders = Arc::make_mut(&mut snapshot.orders);
    let left = orders.rows.iter().filter(|order| order.transaction_id != marked);
    orders.rows = left.cloned().collect();
    h.state_mut().set_snapshot(snapshot);
    h.run();
    assert!(!says(&h, "已选"));
    keys(&mut h, &[(NONE, Key::ArrowDown)]);
    let text = copy(&mut h, NONE);
    assert!(!text.contains("付款时间"), "{text}");
}

#[test]
fn the_menu_of_a_row_copies_what_is_under_the_pointer() {
    let mut h = window(60);
    let order = shop::rows(60)[3].clone();
    h.get_by_label(&order.out_trade_no).click_secondary();
    h.run();
    h.get_by_role_and_label(Role::Button, "复制单元格").click();
    h.step();
    assert_eq!(copied(&h).as_deref(), Some(order.out_trade_no.as_str()));
    h.run();
    h.get_by_label(&order.out_trade_no).click_secondary();
    h.run();
    h.get_by_role_and_label(Role::Button, "复制微信支付单号").click();
    h.step();
    assert_eq!(copied(&h).as_deref(), Some(order.transaction_id.as_str()));
}

#[test]
fn marked_orders_are_read_again_and_saved_as_a_packing_list() {
    let mut h = window(60);
    keys(
        &mut h,
        &[
            (NONE, Key::ArrowDown),
            (NONE, Key::Space),
            (SHIFT, Key::ArrowDown),
        ],
    );
    press(&mut h, "重新读取");
    let rows = shop::rows(60);
    let ids: Vec<_> = rows[..2]
        .iter()
        .map(|order| order.transaction_id.clone())
        .collect();
    assert_eq!(h.state().commands(), [Command::RereadOrders(ids)]);
    let mut many = window(300);
    keys(&mut many, &[(CTRL, Key::A)]);
    let button = many.get_by_role_and_label(Role::Button, "重新读取");
    assert!(
        button.accesskit_node().is_disabled(),
        "the whole list is read at once instead"
    );
}

#[test]
fn a_view_is_saved_chosen_by_key_renamed_and_deleted() {
    let mut h = window(400);
    keys(&mut h, &[(NONE, Key::Num6)]);
    press(&mut h, "金额");
    keys(&mut h, &[(NONE, Key::V)]);
    focus(&mut h, "视图名称");
    type_text(&mut h, "退款，大额在前");
    press(&mut h, "保存视图");
    keys(&mut h, &[(NONE, Key::Escape)]);
    let view: Vec<_> = h
        .query_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    let mut again = restarted(&h, 400);
    let rows = |h: &Window| -> Vec<String> {
        h.query_all_by_role(Role::Row)
            .filter_map(|row| row.accesskit_node().label())
            .collect()
    };
    assert_ne!(rows(&again), view);
    keys(&mut again, &[(ALT, Key::Num1)]);
    assert_eq!(rows(&again), view);
    keys(&mut again, &[(NONE, Key::Num0), (CTRL, Key::K)]);
    type_text(&mut again, "退款，大额");
    keys(&mut again, &[(NONE, Key::Enter)]);
    assert_eq!(rows(&again), view, "found by its name in the search for actions");
    keys(&mut again, &[(NONE, Key::V)]);
    press(&mut again, "重命名视图：退款，大额在前");
    again.key_press_modifiers(CTRL, Key::A);
    type_text(&mut again, "退款");
    press(&mut again, "改名");
    press(&mut again, "删除视图：退款");
    assert_eq!(kept(&again, "orders.views").as_deref(), Some(""));
    assert!(says(&again, "还没有保存的视图"));
}

#[test]
fn keys_rest_while_a_field_has_the_keyboard() {
    let mut h = window(60);
    focus(&mut h, "搜索单号、商品、快递单号");
    keys(
        &mut h,
        &[
            (NONE, Key::Space),
            (NONE, Key::C),
            (NONE, Key::V),
            (CTRL, Key::A),
            (NONE, Key::ArrowDown),
        ],
    );
    assert!(!says(&h, "已选") && !says(&h, "恢复默认列") && !says(&h, "还没有保存的视图"));
    assert!(h.state().commands().is_empty());
}
