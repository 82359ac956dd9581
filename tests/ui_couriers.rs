//! Drives by labels what is said about couriers that are not known.
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
use fahuo::domain::{Problem, Taught};
use fahuo::engine::command::{BatchId, Command};
use fahuo::engine::snapshot::{BatchPhase, BatchView, Pick, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{couriers, file, shop, unknown_courier, window};

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).scroll_to_me();
    h.run();
    h.get_by_role_and_label(Role::Button, button).click();
    h.run();
}

fn with(batch: BatchView) -> Snapshot {
    Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    }
}

#[test]
fn the_nearest_are_buttons_and_a_click_counts_for_the_row_and_its_like() {
    for (lang, question, rows) in [
        (Lang::ZhCn, "“鸽鸽”是哪家快递？", "写法相同的 2 行"),
        (Lang::En, "Which courier is \"鸽鸽\"?", "all 2 rows"),
    ] {
        let mut h = window(with(unknown_courier()), lang, Page::Import);
        h.run();
        h.get_all_by_role(Role::Row).next().unwrap().click();
        h.run();
        h.get_by_label(question);
        assert_eq!(h.query_all_by_label_contains(rows).count(), 1);
        press(&mut h, "圆通速递");
        assert_eq!(
            h.state().commands(),
            [Command::PickCourier {
                batch: BatchId(7),
                row: 0,
                courier: "YTO".into()
            }]
        );
    }
}

#[test]
fn nothing_is_asked_once_something_was_sent_or_of_a_courier_that_is_known() {
    let mut sent = unknown_courier();
    sent.phase = BatchPhase::Sending;
    for batch in [sent, file(3, BatchPhase::Checked)] {
        let mut h = window(with(batch), Lang::En, Page::Import);
        h.run();
        h.get_all_by_role(Role::Row).next().unwrap().click();
        h.run();
        assert_eq!(h.query_all_by_label_contains("Which courier").count(), 0);
    }
}

#[test]
fn of_several_couriers_in_one_cell_none_is_asked_for() {
    let mut batch = unknown_courier();
    let mut rows = batch.rows.to_vec();
    let mut cells = rows[0].cells.to_vec();
    cells[1] = "鸽鸽;中通".into();
    rows[0].cells = cells.into();
    let _: &Problem = &rows[0].problems[0];
    batch.rows = rows.into();
    let mut h = window(with(batch), Lang::En, Page::Import);
    h.run();
    h.get_all_by_role(Role::Row).next().unwrap().click();
    h.run();
    assert_eq!(h.query_all_by_label_contains("Which courier").count(), 0);
}

#[test]
fn what_was_said_is_remembered_or_taken_back_by_a_click() {
    for (lang, said, remember, undo) in [
        (
            Lang::ZhCn,
            "此文件有 2 行的“鸽鸽”算作 圆通速递。",
            "以后的文件也这样：鸽鸽",
            "撤销：鸽鸽",
        ),
        (
            Lang::En,
            "\"鸽鸽\" counts as 圆通速递 in 2 rows of this file.",
            "Remember 鸽鸽 for later files",
            "Undo: 鸽鸽",
        ),
    ] {
        let mut batch = unknown_courier();
        batch.picks = vec![Pick {
            spelling: "鸽鸽".into(),
            id: "YTO".into(),
            rows: 2,
            remembered: false,
            can_remember: true,
        }];
        let mut h = window(with(batch.clone()), lang, Page::Import);
        h.run();
        h.get_by_label(said);
        press(&mut h, remember);
        press(&mut h, undo);
        assert_eq!(
            h.state().commands(),
            [
                Command::TeachCourier {
                    spelling: "鸽鸽".into(),
                    courier: "YTO".into()
                },
                Command::UnpickCourier {
                    batch: BatchId(7),
                    spelling: "鸽鸽".into()
                }
            ]
        );
        batch.picks[0].remembered = true;
        let mut h = window(with(batch), lang, Page::Import);
        h.run();
        assert!(h.query_by_role_and_label(Role::Button, remember).is_none());
    }
}

#[test]
fn taught_spellings_are_listed_changed_and_forgotten_in_the_settings() {
    let taught = |spelling: &str, id: &str| Taught {
        spelling: spelling.into(),
        id: id.into(),
    };
    let list = couriers().with_taught(vec![taught("鸽鸽", "YTO"), taught("外星", "UFO")]);
    for (lang, off, forget, combo) in [
        (
            Lang::ZhCn,
            "不使用：微信的列表里没有这家",
            "忘记 鸽鸽",
            "鸽鸽 对应的快递公司",
        ),
        (
            Lang::En,
            "Not used: WeChat's list lacks this courier",
            "Forget 鸽鸽",
            "Courier for 鸽鸽",
        ),
    ] {
        let snapshot = Snapshot {
            couriers: Arc::new(list.clone()),
            ..shop()
        };
        let mut h = window(snapshot, lang, Page::Settings);
        h.run();
        assert_eq!(h.query_all_by_label(off).count(), 1);
        h.get_by_role_and_label(Role::ComboBox, combo).scroll_to_me();
        h.run();
        h.get_by_role_and_label(Role::ComboBox, combo).click();
        h.run();
        h.get_all_by_label("顺丰速运 (SF)").last().unwrap().click();
        h.run();
        press(&mut h, forget);
        assert_eq!(
            h.state().commands(),
            [
                Command::TeachCourier {
                    spelling: "鸽鸽".into(),
                    courier: "SF".into()
                },
                Command::ForgetCourier("鸽鸽".into())
            ]
        );
    }
}
