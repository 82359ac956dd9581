//! Drives by labels what the window shows of files that arrive in a folder.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::Notice;
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::{ArrivedState, Glance, Snapshot, WatchTrouble, WatchView};
use fahuo::i18n::Lang;
use fahuo::ui::file_picker::FilePicker;
use fahuo::ui::{App, Page};
use fixtures::{arrivals, shop, window};

fn with(watch: WatchView) -> Snapshot {
    Snapshot {
        watch: Arc::new(watch),
        ..shop()
    }
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).scroll_to_me();
    h.run();
    h.get_by_role_and_label(Role::Button, button).click();
    h.run();
}

#[test]
fn what_arrived_is_listed_with_its_state_and_opening_it_is_the_normal_check() {
    for (lang, check, words) in [
        (
            Lang::ZhCn,
            "检查 周二.csv",
            [
                "新文件",
                "已检查：118 行可发送，2 行需修改",
                "已处理",
                "无法使用",
                "正被其他程序打开，会自动重试",
                "文件夹里已没有",
            ],
        ),
        (
            Lang::En,
            "Check 周二.csv",
            [
                "new",
                "checked: 118 ready, 2 to repair",
                "already handled",
                "cannot be used",
                "open elsewhere, tried again",
                "no longer in the folder",
            ],
        ),
    ] {
        let mut h = window(with(arrivals()), lang, Page::Import);
        h.run();
        for word in words {
            assert_eq!(h.query_all_by_label(word).count(), 1, "{word}");
        }
        press(&mut h, check);
        assert_eq!(
            h.state().commands(),
            [Command::OpenFile(PathBuf::from("/data/收到/周二.csv"))]
        );
    }
}

#[test]
fn what_a_first_look_counted_stands_in_the_list() {
    let counted = |ready, blocked, unknown, done| Glance::Counted {
        ready,
        blocked,
        unknown,
        done,
    };
    for (glance, zh, en) in [
        (Glance::Waiting, "新文件", "new"),
        (Glance::None, "新文件", "new"),
        (Glance::Unusable, "无法使用", "cannot be used"),
        (
            counted(118, 0, 0, 0),
            "初查：118 行可发送",
            "first look: 118 ready",
        ),
        (
            counted(1_118, 2, 3, 4),
            "初查：1,118 行可发送 · 2 行需修改 · 3 行的订单不在本机列表 · 4 行已处理过",
            "first look: 1,118 ready · 2 to repair · 3 with an order not in the list here · 4 handled before",
        ),
    ] {
        for (lang, words) in [(Lang::ZhCn, zh), (Lang::En, en)] {
            let mut watch = arrivals();
            watch.files.truncate(1);
            watch.files[0].glance = glance;
            let mut h = window(with(watch), lang, Page::Import);
            h.run();
            assert_eq!(h.query_all_by_label(words).count(), 1, "{words}");
        }
    }
}

#[test]
fn the_list_can_be_cleared_and_is_not_there_without_files() {
    for (lang, clear) in [(Lang::ZhCn, "清空列表"), (Lang::En, "Clear the list")] {
        let mut h = window(with(arrivals()), lang, Page::Import);
        h.run();
        press(&mut h, clear);
        assert_eq!(h.state().commands(), [Command::ClearArrived]);
        let mut empty = window(shop(), lang, Page::Import);
        empty.run();
        assert!(empty.query_by_label(clear).is_none());
    }
}

#[test]
fn a_file_that_is_gone_cannot_be_checked() {
    let mut watch = arrivals();
    watch.files.retain(|file| file.gone);
    let mut h = window(with(watch), Lang::En, Page::Import);
    h.run();
    press(&mut h, "Check 旧的.csv");
    assert!(h.state().commands().is_empty());
}

#[test]
fn why_the_folder_cannot_be_watched_is_said_where_files_are_missed_and_where_it_is_set() {
    for (trouble, zh, en) in [
        (WatchTrouble::Missing, "找不到监视文件夹", "cannot be found"),
        (WatchTrouble::Denied, "没有权限读取监视文件夹", "may not be read"),
        (
            WatchTrouble::TooMany,
            "监视文件夹里文件太多",
            "holds too many files",
        ),
        (WatchTrouble::Silent, "监视文件夹没有响应", "does not answer"),
    ] {
        for (lang, words) in [(Lang::ZhCn, zh), (Lang::En, en)] {
            for page in [Page::Import, Page::Settings] {
                let mut h = window(
                    with(WatchView {
                        trouble: Some(trouble),
                        ..arrivals()
                    }),
                    lang,
                    page,
                );
                h.run();
                assert!(
                    h.query_all_by_label_contains(words).count() >= 1,
                    "{words} {page:?}"
                );
            }
        }
    }
}

#[test]
fn a_folder_is_typed_and_ended_in_the_settings() {
    for (lang, field, on, off) in [
        (Lang::ZhCn, "接收文件的文件夹", "开始监视", "停止监视"),
        (Lang::En, "Folder in which files arrive", "Watch", "Stop watching"),
    ] {
        let mut h = window(shop(), lang, Page::Settings);
        h.run();
        assert!(h.query_by_label(off).is_none(), "off until a folder is given");
        let typed = h.get_by_role_and_label(Role::TextInput, field);
        typed.focus();
        typed.type_text("/data/收到");
        h.run();
        press(&mut h, on);
        assert_eq!(
            h.state().commands(),
            [Command::WatchFolder(PathBuf::from("/data/收到"))]
        );
        let mut h = window(with(arrivals()), lang, Page::Settings);
        h.run();
        press(&mut h, off);
        assert_eq!(h.state().commands(), [Command::WatchFolder(PathBuf::new())]);
    }
}

#[test]
fn a_chosen_folder_counts_when_it_is_saved() {
    let picker = FilePicker::with(|request| {
        assert_eq!(request.title, "Choose the folder in which files arrive");
        Some(PathBuf::from("/srv/inbox"))
    });
    let mut h = Harness::builder().with_size([1280.0, 800.0]).build_eframe(|cc| {
        App::install(&cc.egui_ctx);
        App::with_snapshot(shop(), Lang::En)
            .on(Page::Settings)
            .with_folder_picker(picker)
    });
    h.run();
    press(&mut h, "Choose a folder…");
    // The answer comes from another thread.
    for _ in 0..500 {
        if h.query_all_by_value("/srv/inbox").next().is_some() {
            break;
        }
        std::thread::yield_now();
        h.run();
    }
    assert!(h.state().commands().is_empty());
    press(&mut h, "Watch");
    assert_eq!(
        h.state().commands(),
        [Command::WatchFolder(PathBuf::from("/srv/inbox"))]
    );
}

#[test]
fn what_arrives_goes_or_cannot_be_read_is_told() {
    for (lang, words) in [
        (Lang::ZhCn, ["收到", "无法读取", "已不在"]),
        (Lang::En, ["has arrived", "cannot be read", "no longer"]),
    ] {
        let notices = [Notice::FileArrived, Notice::FileHeld, Notice::FileGone];
        for (notice, words) in notices.into_iter().zip(words) {
            let mut h = window(shop(), lang, Page::Orders);
            h.state_mut().say(&notice("周一.csv".into()));
            h.run_steps(2);
            assert!(h.query_all_by_label_contains(words).count() >= 1, "{words}");
        }
    }
}

#[test]
fn every_state_has_its_words() {
    // A new state must be added to the fixture, and with it to the tests above.
    let shown = arrivals().files;
    for state in [
        ArrivedState::New,
        ArrivedState::Held,
        ArrivedState::Unusable,
        ArrivedState::Checked {
            ready: 118,
            blocked: 2,
        },
        ArrivedState::Handled,
    ] {
        assert!(shown.iter().any(|file| file.state == state), "{state:?}");
    }
}
