//! The file dialog of the system: what it answers, and what is said where there is none.

use std::path::PathBuf;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::command::Command;
use fahuo::i18n::Lang;
use fahuo::ui::file_picker::FilePicker;
use fahuo::ui::{App, Page};

use super::fixtures::shop;
use super::press;

#[test]
fn a_system_without_a_file_dialog_says_so_and_names_the_way_out() {
    let mut h = Harness::builder().with_size([1280.0, 800.0]).build_eframe(|cc| {
        App::install(&cc.egui_ctx);
        App::with_snapshot(shop(), Lang::En)
            .on(Page::Import)
            .with_picker(FilePicker::with(|_| None))
    });
    h.run();
    press(&mut h, "Choose a file…");
    let said = |h: &Harness<'static, App>| {
        h.query_all_by_label_contains("Drag the file into the window")
            .count()
            > 0
    };
    // The answer comes from another thread.
    for _ in 0..500 {
        if said(&h) {
            break;
        }
        std::thread::yield_now();
        h.run();
    }
    assert!(said(&h) && h.state().commands().is_empty());
}

#[test]
fn the_chosen_file_is_checked() {
    let picker = FilePicker::with(|request| {
        assert_eq!(request.title, "Choose a file to check");
        Some(PathBuf::from("chosen.xlsx"))
    });
    let mut h = Harness::builder().with_size([1280.0, 800.0]).build_eframe(|cc| {
        App::install(&cc.egui_ctx);
        App::with_snapshot(shop(), Lang::En)
            .on(Page::Import)
            .with_picker(picker)
    });
    h.run();
    press(&mut h, "Choose a file…");
    // The answer comes from another thread.
    for _ in 0..500 {
        if !h.state().commands().is_empty() {
            break;
        }
        std::thread::yield_now();
        h.run();
    }
    assert_eq!(
        h.state().commands(),
        [Command::OpenFile(PathBuf::from("chosen.xlsx"))]
    );
}
