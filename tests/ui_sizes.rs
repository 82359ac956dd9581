//! The layout holds from the smallest window to the largest and at twice the size: nothing stands beside the window,
//! no line of the frame is cut, and every control can be reached.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/first.rs"]
mod first;
#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use fahuo::domain::{Alert, State, Why};
use fahuo::engine::snapshot::{BatchPhase, Fetch, Outbox};
use fahuo::engine::{Gate, Notice, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, file, now, shipment, shop};

/// Width and height in pixels, and the zoom in percent.
const SIZES: [(f32, f32, u32); 4] = [
    (1024.0, 700.0, 100),
    (1280.0, 800.0, 100),
    (1280.0, 800.0, 200),
    (3840.0, 2160.0, 100),
];

/// The width that a page gets at least; in a smaller window it scrolls sideways.
const LEAST_PAGE: f32 = 720.0;

/// A day on which everything is under way at once.
fn busy() -> Snapshot {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).sandbox = true;
    Arc::make_mut(&mut snapshot.orders).fetch = Fetch::Running {
        query: fahuo::domain::OrderQuery::default(),
        pages: 123,
        orders: 12_345,
    };
    snapshot.batch = Some(Arc::new(file(40, BatchPhase::Sending)));
    snapshot.outbox = Arc::new(Outbox {
        gate: Gate::Open,
        queued: 12_547,
        sending: 4,
        unclear: 12,
        needs_person: 1,
        remaining_secs: Some(7_000),
        rows: [Arc::new(shipment(1, State::NeedsPerson(Why::Ambiguous), ago(60)))].into(),
        ..Outbox::default()
    });
    snapshot
}

fn sized(
    snapshot: Snapshot,
    lang: Lang,
    page: Page,
    (width, height, zoom): (f32, f32, u32),
) -> Harness<'static, App> {
    let mut snapshot = snapshot;
    "light".clone_into(&mut Arc::make_mut(&mut snapshot.preferences).theme);
    let scale = zoom as f32 / 100.0;
    let mut h = Harness::builder()
        .with_size(Vec2::new(width, height) / scale)
        .with_pixels_per_point(scale)
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(now()).on(page)
        });
    h.run_steps(4);
    h
}

fn is_control(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::Tab
            | Role::TextInput
            | Role::PasswordInput
            | Role::CheckBox
            | Role::RadioButton
            | Role::ComboBox
            | Role::SpinButton
            | Role::MenuItem
            | Role::Link
    )
}

/// Where the table of the page begins, when it has one. Its columns move within it, which its own tests hold.
fn table_top(h: &Harness<'static, App>) -> f32 {
    let tables = h.query_all_by_role(Role::Grid);
    tables
        .map(|table| table.rect().top())
        .fold(f32::INFINITY, f32::min)
}

/// What stands beside the window, by name.
fn outside(h: &Harness<'static, App>, right: f32, bar: f32) -> Vec<String> {
    let table = table_top(h).min(bar);
    let all = h.query_all(By::new().predicate(|node| is_control(node.role())));
    let beside = all.filter(|node| {
        let rect = node.rect();
        rect.top() < table && (rect.left() < -1.0 || rect.right() > right + 1.0)
    });
    beside
        .map(|node| format!("{:?} {:?}", node.accesskit_node().label(), node.rect()))
        .collect()
}

/// Lines that are cut at the right end of the window instead of being shortened.
fn cut(h: &Harness<'static, App>, right: f32, bar: f32) -> Vec<String> {
    let table = table_top(h).min(bar);
    let mut cut = Vec::new();
    for clipped in &h.output().shapes {
        if let Shape::Text(text) = &clipped.shape {
            let rect = text.visual_bounding_rect();
            let seen = rect.intersects(clipped.clip_rect);
            if seen && rect.top() < table && rect.right() > right + 1.0 {
                cut.push(format!("{:?} {rect:?}", text.galley.text()));
            }
        }
    }
    cut
}

#[test]
fn nothing_stands_beside_the_window_at_any_size() {
    let mut complaints = Vec::new();
    for size in SIZES {
        for lang in Lang::ALL {
            for page in Page::ALL {
                for (day, snapshot) in [("calm", shop()), ("busy", busy()), ("first", first::start())] {
                    let h = sized(snapshot, lang, *page, size);
                    let width = size.0 * 100.0 / size.2 as f32;
                    // In a small window a page of two columns scrolls sideways behind its frame.
                    let two_columns = matches!(
                        page,
                        Page::Ship
                            | Page::Scan
                            | Page::Reminders
                            | Page::Special
                            | Page::Combined
                            | Page::Pay
                            | Page::Events
                    );
                    let right = if width < 900.0 && two_columns {
                        LEAST_PAGE + 100.0
                    } else {
                        width
                    };
                    // The bar at the bottom moves sideways there, what sends first.
                    let bar = if width < 900.0 {
                        size.1 * 100.0 / size.2 as f32 - 48.0
                    } else {
                        f32::INFINITY
                    };
                    let found = outside(&h, right, bar).into_iter().chain(cut(&h, right, bar));
                    complaints.extend(found.map(|what| format!("{size:?} {lang:?} {page:?} {day}: {what}")));
                }
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "{}\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

#[test]
fn messages_in_a_much_enlarged_window_come_one_at_a_time_and_leave_the_page_free() {
    for (size, at_once) in [(SIZES[1], 2), (SIZES[2], 1)] {
        let mut h = sized(shop(), Lang::ZhCn, Page::Import, size);
        // The third is the same call as the first, which it takes in.
        for alert in [Alert::Late(8), Alert::Late(5), Alert::Soon(7)] {
            h.state_mut().say(&Notice::Alert(alert));
        }
        h.run_steps(4);
        let shown = |h: &Harness<'static, App>| {
            let buttons = h.query_all_by_role(Role::Button);
            let close = buttons.filter(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.starts_with("关闭 ") && label.contains("笔订单")
            });
            close.map(|node| node.rect()).collect::<Vec<_>>()
        };
        let rects = shown(&h);
        assert_eq!(rects.len(), at_once, "{size:?}");
        if at_once == 1 {
            let height = size.1 * 100.0 / size.2 as f32;
            assert!(
                rects[0].top() > height - 110.0,
                "one line above the bar: {rects:?}"
            );
            assert_eq!(h.query_all_by_label("7 笔订单已超过 36 小时").count(), 1);
            // Closed, it makes room for the one that waited.
            h.get_by_label_contains("关闭 7 笔订单").click();
            h.run_steps(4);
            assert_eq!(h.query_all_by_label("13 笔订单已超过 48 小时").count(), 1);
            assert_eq!(shown(&h).len(), 1);
        }
    }
}

#[test]
fn the_frame_itself_never_scrolls_sideways() {
    for size in SIZES {
        for lang in Lang::ALL {
            let h = sized(busy(), lang, Page::Settings, size);
            let width = size.0 * 100.0 / size.2 as f32;
            for tab in h.query_all_by_role(Role::Tab) {
                assert!(
                    tab.rect().right() <= width,
                    "{size:?} {:?}",
                    tab.accesskit_node().label()
                );
            }
            let pause = if lang == Lang::En { "Pause" } else { "暂停" };
            let pause = h
                .query_all_by_role_and_label(Role::Button, pause)
                .last()
                .unwrap()
                .rect();
            let height = size.1 * 100.0 / size.2 as f32;
            assert!(
                pause.right() <= width && pause.bottom() <= height,
                "{size:?} {pause:?}"
            );
        }
    }
}
