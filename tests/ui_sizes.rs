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
#[path = "ui/picture_pages.rs"]
mod pages;
#[path = "ui/picture_scenes.rs"]
mod scenes;

use std::sync::Arc;

use egui::accesskit::{Role, Toggled};
use egui::{Rangef, Rect, Shape, Vec2};
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

/// The heights at which things may move sideways: a table with what is below it, whose columns its own tests hold, and in
/// a narrow window the bar at the bottom, what sends first.
fn sideways(h: &Harness<'static, App>, (width, height): (f32, f32)) -> Vec<Rangef> {
    let tables = h.query_all_by_role(Role::Grid);
    let bar = (width < 900.0).then_some(Rangef::new(height - 48.0, height));
    tables
        .map(|table| Rangef::new(table.rect().top(), f32::INFINITY))
        .chain(bar)
        .collect()
}

/// All that stands beside a window of this size or is cut there, also further down than can be seen.
fn beside(h: &Harness<'static, App>, size: (f32, f32, u32)) -> Vec<String> {
    let scale = 100.0 / size.2 as f32;
    let (width, height) = (size.0 * scale, size.1 * scale);
    let free = sideways(h, (width, height));
    let is_beside = |rect: Rect| {
        let moves = free.iter().any(|range| range.contains(rect.top()));
        !moves && (rect.left() < -1.0 || rect.right() > width + 1.0)
    };
    let all = h.query_all(By::new().predicate(|node| is_control(node.role())));
    let mut found: Vec<_> = all
        .filter(|node| is_beside(node.rect()))
        .map(|node| format!("{:?} {:?}", node.accesskit_node().label(), node.rect()))
        .collect();
    for clipped in &h.output().shapes {
        if let Shape::Text(text) = &clipped.shape {
            let rect = text.visual_bounding_rect();
            if rect.intersects(clipped.clip_rect) && is_beside(rect) {
                found.push(format!("{:?} {rect:?}", text.galley.text()));
            }
        }
    }
    found
}

#[test]
fn nothing_stands_beside_the_window_at_any_size() {
    let mut complaints = Vec::new();
    for size in SIZES {
        for lang in Lang::ALL {
            for page in Page::ALL {
                for (day, snapshot) in [("calm", shop()), ("busy", busy()), ("first", first::start())] {
                    let h = sized(snapshot, lang, *page, size);
                    let found = beside(&h, size);
                    complaints.extend(
                        found
                            .iter()
                            .map(|what| format!("{size:?} {lang:?} {page:?} {day}: {what}")),
                    );
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

/// With rows chosen, forms filled and dialogs open.
#[test]
fn nothing_stands_beside_a_small_window_in_any_scene() {
    let mut complaints = Vec::new();
    let small = [SIZES[0], SIZES[2]];
    for (name, snapshot, page, act) in scenes::scenes().into_iter().chain(pages::scenes()) {
        for size in small {
            for lang in Lang::ALL {
                let mut h = sized(snapshot.clone(), lang, page, size);
                act(&mut h);
                h.run_steps(4);
                let found = beside(&h, size);
                complaints.extend(
                    found
                        .iter()
                        .map(|what| format!("{name} {size:?} {lang:?}: {what}")),
                );
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
fn the_open_page_stands_in_sight_in_the_list_of_pages() {
    for size in SIZES {
        for page in Page::ALL {
            let h = sized(busy(), Lang::En, *page, size);
            let height = size.1 * 100.0 / size.2 as f32;
            let tabs = h.query_all_by_role(Role::Tab);
            let open: Vec<_> = tabs
                .filter(|tab| tab.accesskit_node().toggled() == Some(Toggled::True))
                .map(|tab| tab.rect())
                .collect();
            assert!(
                open.iter()
                    .any(|rect| rect.top() >= 0.0 && rect.bottom() <= height),
                "{size:?} {page:?} {open:?}"
            );
        }
    }
}

/// A message must not take the click that was meant for the answer to a question.
#[test]
fn a_message_never_stands_before_the_buttons_of_a_dialog() {
    let find = |name: &str| pages::scenes().into_iter().find(|scene| scene.0 == name).unwrap();
    for size in SIZES {
        let (_, snapshot, page, act) = find("ship-correct");
        let mut h = sized(snapshot, Lang::ZhCn, page, size);
        act(&mut h);
        h.state_mut().say(&Notice::Alert(Alert::Late(8)));
        h.run_steps(4);
        assert!(
            h.query_all_by_label_contains("8 笔订单已超过 48 小时").count() > 0,
            "{size:?}"
        );
        for name in ["更正并用掉机会", "不更正"] {
            let at = h.get_by_role_and_label(Role::Button, name).rect().center();
            let layer = h.ctx.layer_id_at(at).unwrap();
            assert_eq!(layer.order, egui::Order::Foreground, "{size:?} {name} {layer:?}");
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
