//! Drives by labels what is taken where the rows of a file leave something open.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{Problem, ProblemKind};
use fahuo::engine::command::{BatchId, Command, PresetEdit};
use fahuo::engine::snapshot::{BatchPhase, BatchView, Preset, PresetView, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{file, preset_file, set_rows, shop, window};

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

#[test]
fn a_courier_is_set_for_all_rows_of_the_file_and_for_later_ones() {
    for (lang, edit, courier, goods, remember, save) in [
        (
            Lang::ZhCn,
            "填写…",
            "没有快递公司的各行都用",
            "没有商品信息时填写",
            "以后表头相同的文件也这样",
            "用于此文件",
        ),
        (
            Lang::En,
            "Fill in…",
            "Courier of all rows without one",
            "Goods where nothing says them",
            "Also for later files with these headings",
            "Use for this file",
        ),
    ] {
        let mut batch = preset_file();
        batch.preset = PresetView {
            is_asked_for: true,
            ..PresetView::default()
        };
        let mut h = open(batch, lang);
        press(&mut h, edit);
        h.get_by_role_and_label(Role::ComboBox, courier).click();
        h.run();
        h.get_all_by_label("中通快递 (ZTO)").last().unwrap().click();
        h.run();
        let field = h.get_by_role_and_label(Role::TextInput, goods);
        field.focus();
        field.type_text("茶叶");
        h.run();
        h.get_by_role_and_label(Role::CheckBox, remember).click();
        h.run();
        press(&mut h, save);
        let wanted = PresetEdit {
            courier: "ZTO".into(),
            item_desc: "茶叶".into(),
            sender_contact: String::new(),
            remember: true,
        };
        assert_eq!(h.state().commands(), [Command::PresetFile(BatchId(7), wanted)]);
        assert!(h.query_by_role_and_label(Role::Button, save).is_none());
    }
}

#[test]
fn what_is_set_stands_on_one_line() {
    for (lang, line) in [
        (Lang::ZhCn, "快递公司：中通快递 · 商品：茶叶 · 寄件人：未设定"),
        (Lang::En, "Courier 中通快递 · goods \"茶叶\" · sender not set"),
    ] {
        let h = open(preset_file(), lang);
        h.get_by_label(line);
    }
}

#[test]
fn a_phone_that_is_none_is_refused_at_its_field() {
    let mut h = open(preset_file(), Lang::En);
    press(&mut h, "Fill in…");
    let field = h.get_by_role_and_label(Role::TextInput, "Sender's phone for SF Express");
    field.focus();
    field.type_text("12");
    h.run();
    press(&mut h, "Use for this file");
    assert!(h.state().commands().is_empty());
    h.get_by_label("This is not a phone number with four digits at its end");
    press(&mut h, "Cancel");
    assert!(h.state().commands().is_empty());
    let preset: Preset = preset_file().preset.preset;
    assert_eq!(preset.courier, "ZTO");
}

#[test]
fn a_file_that_leaves_nothing_open_is_not_asked_about() {
    let h = open(file(20, BatchPhase::Checked), Lang::En);
    assert!(h.query_by_label("Fill in…").is_none());
}

#[test]
fn the_courier_that_was_taken_stands_in_its_column() {
    let h = open(preset_file(), Lang::ZhCn);
    assert!(h.query_all_by_label("中通快递").count() >= 3);
}

#[test]
fn what_all_rows_lack_is_offered_before_anything_else() {
    for (lang, title, fill) in [
        (Lang::ZhCn, "30 行没有快递公司", "填写…"),
        (Lang::En, "30 rows have no courier", "Fill in…"),
    ] {
        let mut batch = preset_file();
        batch.preset = PresetView {
            is_asked_for: true,
            ..PresetView::default()
        };
        let mut plan = batch.plan.to_vec();
        for row in &mut plan {
            row.problems = vec![Problem::from(ProblemKind::MissingCourier)];
        }
        let rows = batch.rows.to_vec();
        set_rows(&mut batch, rows, plan);
        let mut done = batch.clone();
        let mut h = open(batch, lang);
        h.get_by_label(title);
        press(&mut h, fill);
        assert!(h.query_by_label(title).is_none());
        // Afterwards nothing can be filled in any more.
        done.phase = BatchPhase::Done;
        assert!(open(done, lang).query_by_label(title).is_none());
    }
}
