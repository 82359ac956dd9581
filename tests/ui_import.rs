//! Drives the import page by labels: choosing, checking, sending, and what became of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui_import/dialogs.rs"]
mod dialogs;
#[path = "ui/fixtures.rs"]
mod fixtures;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{CallFailure, Counts, FailureKind, Problem, ProblemKind, RowStatus};
use fahuo::engine::command::{BatchId, Command};
use fahuo::engine::snapshot::{BatchPhase, BatchView, Gate, Outbox, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{file, now, shop, window};

fn with(batch: BatchView) -> Snapshot {
    Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    }
}

fn open(batch: BatchView, lang: Lang) -> Harness<'static, App> {
    let mut h = window(with(batch), lang, Page::Import);
    h.run();
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run();
}

fn rows(h: &Harness<'static, App>) -> Vec<String> {
    h.get_all_by_role(Role::Row)
        .map(|row| row.accesskit_node().label().unwrap_or_default())
        .collect()
}

#[test]
fn a_path_can_be_typed_and_is_checked_with_enter() {
    for (lang, name) in [(Lang::ZhCn, "文件路径"), (Lang::En, "Path of a file")] {
        let mut h = window(shop(), lang, Page::Import);
        h.run();
        let field = h.get_by_role_and_label(Role::TextInput, name);
        field.focus();
        field.type_text("/data/订单 1.csv");
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(
            h.state().commands(),
            [Command::OpenFile(PathBuf::from("/data/订单 1.csv"))]
        );
    }
}

#[test]
fn reading_and_looking_up_say_that_nothing_is_sent_and_can_be_stopped() {
    for phase in [
        BatchPhase::Reading { rows: 0 },
        BatchPhase::LookingUp {
            done: 120,
            total: 500,
        },
    ] {
        let mut h = open(file(0, phase), Lang::En);
        h.get_by_label_contains("Nothing is sent");
        h.get_all_by_role_and_label(Role::Button, "Stop")
            .next()
            .unwrap()
            .click();
        h.run();
        assert_eq!(h.state().commands(), [Command::StopBatch]);
    }
}

#[test]
fn a_failed_check_says_why_and_can_be_made_again() {
    let failure = CallFailure::of(FailureKind::Offline);
    let mut h = open(file(10, BatchPhase::Failed(failure)), Lang::En);
    h.get_by_label_contains("Nothing was sent");
    press(&mut h, "Check again");
    assert_eq!(h.state().commands(), [Command::RecheckBatch]);
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_offers_another() {
    let mut batch = file(0, BatchPhase::Unusable);
    Arc::make_mut(&mut batch.file).problems = vec![Problem::from(ProblemKind::NoHeader)];
    let mut h = open(batch, Lang::En);
    assert!(h.get_all_by_label_contains("Nothing was sent.").count() >= 1);
    press(&mut h, "Close the file");
    assert_eq!(h.state().commands(), [Command::CloseBatch]);
}

#[test]
fn the_check_promises_that_nothing_was_sent_and_the_button_carries_the_number() {
    for (lang, promise, button) in [
        (
            Lang::ZhCn,
            [
                "已检查 500 行，没有发送任何内容",
                "行此前已完成，这次检查没有发送任何内容",
            ],
            "发送 358 单",
        ),
        (
            Lang::En,
            [
                "500 rows checked, nothing sent",
                "shipped before, nothing sent by this check",
            ],
            "Send 358 orders",
        ),
    ] {
        let mut fresh = file(500, BatchPhase::Checked);
        fresh.counts.already_done = 0;
        open(fresh, lang).get_by_label(promise[0]);
        // Some rows of it were shipped before.
        let mut h = open(file(500, BatchPhase::Checked), lang);
        h.get_by_label_contains(promise[1]);
        press(&mut h, button);
        let send = Command::SendBatch {
            batch: BatchId(7),
            hold_secs: 10,
            reship: false,
        };
        assert_eq!(h.state().commands(), [send]);
    }
}

#[test]
fn without_a_waiting_time_the_dialog_asks_and_escape_means_no() {
    let mut snapshot = with(file(500, BatchPhase::Checked));
    Arc::make_mut(&mut snapshot.preferences).hold_secs = 0;
    let mut h = window(snapshot, Lang::En, Page::Import);
    h.run();
    press(&mut h, "Send 358 orders");
    h.run_steps(3);
    h.get_by_label("Send 358 orders now?");
    // The cautious answer has the keyboard.
    assert!(h.get_by_role_and_label(Role::Button, "Not now").is_focused());
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.query_by_label("Send 358 orders now?").is_none());
    assert!(h.state().commands().is_empty());

    press(&mut h, "Send 358 orders");
    h.run_steps(3);
    let yes = h.get_all_by_role_and_label(Role::Button, "Send 358 orders");
    yes.last().unwrap().click();
    h.run_steps(3);
    assert!(matches!(
        h.state().commands(),
        [Command::SendBatch { hold_secs: 0, .. }]
    ));
}

#[test]
fn nothing_can_be_sent_when_no_row_is_ready() {
    let mut batch = file(20, BatchPhase::Checked);
    batch.orders_to_send = 0;
    let mut h = open(batch, Lang::En);
    press(&mut h, "Send 0 orders");
    assert!(h.state().commands().is_empty());
}

#[test]
fn a_counter_filters_the_rows_and_gives_them_back() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    assert_eq!(rows(&h)[0], "Row 2: Ready");
    press(&mut h, "To repair 6");
    let repair = rows(&h);
    assert_eq!(repair.len(), 6, "{repair:?}");
    assert!(repair.iter().all(|row| row.ends_with("To repair")), "{repair:?}");
    press(&mut h, "To repair 6");
    assert!(rows(&h).len() > 6);
}

#[test]
fn the_search_finds_rows_by_tracking_number() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    let search = h.get_by_role_and_label(Role::TextInput, "Search in the rows");
    search.focus();
    search.type_text("zto001300000077");
    h.run();
    assert_eq!(rows(&h), ["Row 3: Ready"]);
}

#[test]
fn a_row_shows_its_problem_with_cell_value_and_repair() {
    let mut h = open(file(40, BatchPhase::Checked), Lang::En);
    h.get_by_role_and_label(Role::Row, "Row 5: To repair").click();
    h.run();
    h.get_by_label("Cell B 快递公司: 中快");
    h.get_by_label_contains("Is it one of these");
    h.get_by_label("As it stands in the file");
    h.key_press(Key::ArrowDown);
    h.run();
    h.get_by_label("Row 6");
    h.key_press(Key::End);
    h.run();
    h.get_by_label("Row 41");
    h.key_press(Key::Home);
    h.run();
    h.get_by_label("Row 2");
    press(&mut h, "Close the details");
    assert!(h.query_by_label("As it stands in the file").is_none());
}

#[test]
fn only_the_rows_that_are_seen_are_built() {
    let h = open(file(20_000, BatchPhase::Checked), Lang::ZhCn);
    let built = rows(&h).len();
    assert!((5..40).contains(&built), "{built} rows were built");
}

fn sending(gate: Gate, counts: Counts) -> Snapshot {
    let mut batch = file(20, BatchPhase::Sending);
    batch.counts = counts;
    Snapshot {
        outbox: Arc::new(Outbox {
            gate,
            ..Outbox::default()
        }),
        ..with(batch)
    }
}

#[test]
fn while_it_waits_everything_can_be_taken_back() {
    let until = now().plus(Duration::from_millis(7_400));
    let counts = Counts {
        rows: 20,
        waiting: 15,
        blocked: 5,
        ..Counts::default()
    };
    let mut h = window(sending(Gate::Holding { until }, counts), Lang::En, Page::Import);
    h.run();
    h.get_by_label("Sending starts in 8 seconds");
    h.get_by_label_contains("Nothing was sent yet");
    press(&mut h, "Cancel all (15 rows)");
    assert_eq!(h.state().commands(), [Command::CancelAll]);
}

#[test]
fn sending_can_be_paused_gone_on_with_and_stopped() {
    let counts = Counts {
        rows: 20,
        shipped: 5,
        waiting: 10,
        blocked: 5,
        ..Counts::default()
    };
    for (gate, button, command) in [
        (Gate::Open, "Pause", Command::Pause),
        (Gate::Paused, "Go on", Command::Resume),
        (Gate::Open, "Stop and take back the rest", Command::StopBatch),
    ] {
        let mut h = window(sending(gate, counts), Lang::En, Page::Import);
        h.run();
        h.get_by_role_and_label(Role::ProgressIndicator, "5 of 15 rows done");
        press(&mut h, button);
        assert_eq!(h.state().commands(), [command]);
    }
}

#[test]
fn the_result_says_what_to_do_now() {
    let mut batch = file(20, BatchPhase::Done);
    batch.status = vec![RowStatus::Shipped; 20].into();
    batch.counts = Counts {
        rows: 20,
        shipped: 12,
        needs_person: 1,
        refused: 2,
        blocked: 5,
        ..Counts::default()
    };
    let mut h = open(batch, Lang::En);
    h.get_by_label("12 rows shipped");
    h.get_by_label_contains("3 rows need your decision in the outbox.");
    h.get_by_label_contains("5 rows were not sent.");
    press(&mut h, "Open the outbox");
    assert_eq!(h.state().page(), Page::Outbox);
}

/// A file without a header: what its values propose waits for a person.
fn headless() -> BatchView {
    let mut batch = file(3, BatchPhase::Unusable);
    let read = Arc::make_mut(&mut batch.file);
    read.problems = vec![Problem::from(ProblemKind::NoHeader)];
    read.header_row = 0;
    for (column, letter) in read.columns.iter_mut().zip(["A", "B", "C", "D", "E", "F", "G"]) {
        letter.clone_into(&mut column.heading);
    }
    batch.readable = true;
    batch
}

#[test]
fn the_columns_of_a_file_without_a_header_are_confirmed_once() {
    for (lang, title, use_it) in [
        (Lang::ZhCn, "这个文件没有表头，各列用途需要您确认", "按此读取"),
        (
            Lang::En,
            "This file has no header; what its columns hold needs your word",
            "Read it like this",
        ),
    ] {
        let batch = headless();
        let columns = batch.file.columns.clone();
        let mut h = open(batch, lang);
        h.get_by_label(title);
        h.get_by_label("A");
        press(&mut h, use_it);
        let mapping = columns
            .iter()
            .map(|column| (column.heading.clone(), column.field));
        let wanted = Command::RememberMapping {
            headings: columns.iter().map(|column| column.heading.clone()).collect(),
            mapping: mapping.collect(),
        };
        assert_eq!(h.state().commands(), [wanted]);
    }
}

#[test]
fn why_a_row_is_held_stays_in_sight_in_a_small_window() {
    for (width, tracking, goods) in [(1024.0, true, false), (1500.0, true, true)] {
        let mut h = window(with(file(40, BatchPhase::Checked)), Lang::ZhCn, Page::Import);
        h.set_size(egui::vec2(width, 700.0));
        h.run();
        let has = |label| h.query_all_by_label(label).next().is_some();
        let reason = h.get_by_label("说明").rect();
        assert!(reason.left() < width - 150.0, "{reason:?} at {width}");
        assert_eq!(has("快递单号"), tracking, "{width}");
        assert_eq!(has("商品"), goods, "{width}");
    }
    // A window of 1280 × 800 at 200 %.
    let mut h = window(with(file(40, BatchPhase::Checked)), Lang::En, Page::Import);
    h.set_size(egui::vec2(640.0, 400.0));
    h.run();
    for (button, right) in [("Check again", 640.0), ("Close the file", 800.0)] {
        let at = h.get_by_role_and_label(Role::Button, button).rect();
        let inside = at.left() > 52.0 && at.right() < right && at.height() < 40.0;
        assert!(inside, "{button} {at:?}");
    }
}

#[test]
fn a_damaged_number_is_shown_as_it_stands_in_the_file() {
    let mut batch = file(3, BatchPhase::Checked);
    let mut rows = batch.rows.to_vec();
    let row = &mut rows[0];
    row.order_number = None;
    row.order_column = Some(0);
    let mut cells = row.cells.to_vec();
    cells[0] = "4.2E+27".into();
    row.cells = cells.into();
    let mut plan = batch.plan.to_vec();
    plan[0].transaction_id = None;
    batch.plan = plan.into();
    batch.rows = rows.into();
    open(batch, Lang::ZhCn).get_by_label("4.2E+27");
}

#[test]
fn one_order_is_no_plural() {
    let mut batch = file(3, BatchPhase::Checked);
    batch.orders_to_send = 1;
    open(batch, Lang::En).get_by_label("Send 1 order");
}
