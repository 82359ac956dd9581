//! Drives what a person does about the reading of a file: cells typed anew, changed cells, and what columns are for.
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

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{Field, Problem, ProblemKind};
use fahuo::engine::command::{BatchId, Command};
use fahuo::engine::snapshot::{BatchPhase, BatchView, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{file, repaired, shop, window};

fn open(batch: BatchView, lang: Lang) -> Harness<'static, App> {
    let snapshot = Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    };
    let mut h = window(snapshot, lang, Page::Import);
    h.run();
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run();
}

fn choose(h: &mut Harness<'static, App>, row: &str) {
    h.get_by_role_and_label(Role::Row, row).click();
    h.run();
}

fn repair(row: usize, column: usize, text: Option<&str>) -> Command {
    Command::RepairCell {
        batch: BatchId(7),
        row,
        column,
        text: text.map(str::to_owned),
    }
}

#[test]
fn a_blocked_cell_has_a_field_beside_its_problem() {
    for (lang, row, field, button) in [
        (
            Lang::ZhCn,
            "第 5 行：需修改",
            "修改单元格 B 快递公司",
            "改为此内容: B 快递公司",
        ),
        (
            Lang::En,
            "Row 5: To repair",
            "Repair cell B 快递公司",
            "Use this: B 快递公司",
        ),
    ] {
        let mut h = open(file(40, BatchPhase::Checked), lang);
        choose(&mut h, row);
        let input = h.get_by_role_and_label(Role::TextInput, field);
        assert_eq!(input.accesskit_node().value().as_deref(), Some("中快"));
        input.focus();
        h.run();
        h.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        h.run();
        h.get_by_role_and_label(Role::TextInput, field).type_text("顺丰");
        h.run();
        press(&mut h, button);
        assert_eq!(h.state().commands(), [repair(3, 1, Some("顺丰"))]);
    }
}

#[test]
fn every_cell_that_takes_part_can_be_opened_and_entered() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    choose(&mut h, "Row 2: Ready");
    press(&mut h, "Repair cell C 快递单号");
    let input = h.get_by_role_and_label(Role::TextInput, "Repair cell C 快递单号");
    input.focus();
    input.type_text("9");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let [
        Command::RepairCell {
            row: 0,
            column: 2,
            text: Some(text),
            ..
        },
    ] = h.state().commands()
    else {
        panic!("{:?}", h.state().commands());
    };
    assert!(text.contains('9') && text.starts_with("SF"), "{text}");
    // The remark takes no part in what is sent.
    assert!(h.query_by_label("Repair cell E 备注").is_none());
}

#[test]
fn a_row_that_is_on_its_way_cannot_be_repaired() {
    let mut h = open(file(40, BatchPhase::Sending), Lang::En);
    choose(&mut h, "Row 5: To repair");
    assert!(h.query_by_label("Repair cell B 快递公司").is_none());
}

#[test]
fn what_was_changed_is_counted_filtered_shown_and_taken_back() {
    for (lang, counter, row, lines, undo) in [
        (
            Lang::ZhCn,
            "有改动 2",
            "第 5 行：需修改",
            ["文件中：中快", "您改为：顺丰"],
            "恢复文件中的内容",
        ),
        (
            Lang::En,
            "Changed 2",
            "Row 5: To repair",
            ["In the file: 中快", "You typed: 顺丰"],
            "As in the file again",
        ),
    ] {
        let mut h = open(repaired(40), lang);
        press(&mut h, counter);
        assert_eq!(h.get_all_by_role(Role::Row).count(), 2);
        choose(&mut h, row);
        for line in lines {
            h.get_by_label(line);
        }
        press(&mut h, undo);
        assert_eq!(h.state().commands(), [repair(3, 1, None)]);
    }
}

#[test]
fn the_columns_of_a_file_can_be_decided_about_and_one_heading_never_feeds_two_fields() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    press(&mut h, "Columns");
    h.get_by_role_and_label(Role::ComboBox, "E 备注: Not used")
        .click();
    h.run();
    press(&mut h, "Goods");
    h.get_by_label("Several columns are chosen for: Goods");
    press(&mut h, "Read it like this");
    assert!(h.state().commands().is_empty());
    h.get_by_role_and_label(Role::ComboBox, "D 商品信息: Goods")
        .click();
    h.run();
    press(&mut h, "Not used");
    press(&mut h, "Read it like this");
    let [Command::RememberMapping { headings, mapping }] = h.state().commands() else {
        panic!("{:?}", h.state().commands());
    };
    assert_eq!(headings.len(), 5);
    let goods: Vec<&str> = mapping
        .iter()
        .filter(|(_, field)| *field == Some(Field::ItemDesc))
        .map(|(heading, _)| heading.as_str())
        .collect();
    assert_eq!(goods, ["备注"]);
}

#[test]
fn several_columns_of_tracking_numbers_are_parcels_when_a_person_says_so() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    press(&mut h, "Columns");
    h.get_by_role_and_label(Role::ComboBox, "E 备注: Not used")
        .click();
    h.run();
    press(&mut h, "Tracking number");
    h.get_by_label_contains("each number is a parcel of the same order");
    press(&mut h, "Read it like this");
    let [Command::RememberMapping { mapping, .. }] = h.state().commands() else {
        panic!("{:?}", h.state().commands());
    };
    let numbers = mapping
        .iter()
        .filter(|(_, field)| *field == Some(Field::TrackingNo));
    assert_eq!(numbers.count(), 2);
}

#[test]
fn columns_that_are_left_open_ask_at_once() {
    for (lang, ask) in [
        (Lang::ZhCn, "C 快递单号：请选择"),
        (Lang::En, "C 快递单号: Please choose"),
    ] {
        let mut batch = file(40, BatchPhase::Unusable);
        let read = Arc::make_mut(&mut batch.file);
        read.columns[2].field = None;
        let headings = vec!["快递单号".to_owned(), "备注".to_owned()];
        read.problems = vec![Problem::from(ProblemKind::ColumnAmbiguous { headings })];
        let h = open(batch, lang);
        h.get_by_role_and_label(Role::ComboBox, ask);
    }
}

#[test]
fn a_file_that_was_moved_away_cannot_be_read_again() {
    let mut batch = file(40, BatchPhase::Checked);
    batch.readable = false;
    let h = open(batch, Lang::En);
    assert!(h.query_by_role_and_label(Role::Button, "Columns").is_none());
}

#[test]
fn rows_stay_in_sight_while_one_order_is_looked_up() {
    let h = open(file(40, BatchPhase::LookingUp { done: 0, total: 1 }), Lang::En);
    h.get_by_role_and_label(Role::Row, "Row 2: Ready");
    assert!(h.query_by_label_contains("Send 3").is_none());
}

#[test]
fn orders_that_a_damaged_number_may_mean_are_offered_and_none_is_picked_by_itself() {
    let number = fixtures::order_id(0).as_str().to_owned();
    for (lang, row, title, reason, pick) in [
        (
            Lang::ZhCn,
            "第 11 行：需修改",
            "可能是这些订单",
            "号码有 12 位相符 · 商品相同",
            "就是这一单",
        ),
        (
            Lang::En,
            "Row 11: To repair",
            "Orders that may be meant",
            "12 digits of the number agree · same goods",
            "This one",
        ),
    ] {
        let mut h = open(file(40, BatchPhase::Checked), lang);
        choose(&mut h, row);
        h.get_by_label(title);
        assert!(h.state().commands().is_empty());
        assert_eq!(h.get_all_by_label(reason).count(), 5);
        let button = format!("{pick}: {number}");
        h.get_by_role_and_label(Role::Button, &button).scroll_to_me();
        h.run_steps(3);
        press(&mut h, &button);
        assert_eq!(h.state().commands(), [repair(9, 0, Some(&number))]);
    }
}
