//! What is painted does not depend on how many orders there are nor on what stands in them: a hundred thousand orders,
//! and texts of a megabyte that hide, turn the direction, end the line or grow over their neighbours.
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

#[path = "ui/fixtures.rs"]
mod files;
#[path = "ui/sample_shop.rs"]
mod shop;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::Order;
use fahuo::engine::snapshot::{BatchPhase, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

type Window = Harness<'static, App>;

/// What is painted in a frame: how many texts, how many characters, how many lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Painted {
    texts: usize,
    chars: usize,
    worst: usize,
}

fn window(snapshot: Snapshot, page: Page) -> Window {
    let mut snapshot = snapshot;
    "light".clone_into(&mut Arc::make_mut(&mut snapshot.preferences).theme);
    let mut h = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_pixels_per_point(1.0)
        // Which signs the font has is not what this is about.
        .allow_missing_glyphs()
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, Lang::ZhCn).at(shop::now()).on(page)
        });
    h.run_steps(4);
    h
}

fn painted(h: &Window) -> Painted {
    fn count(shape: &Shape, painted: &mut Painted, all: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => {
                let words = text.galley.text();
                painted.texts += 1;
                painted.chars += words.chars().count();
                painted.worst = painted.worst.max(words.chars().count());
                all.push(words.to_owned());
            }
            Shape::Vec(shapes) => {
                for shape in shapes {
                    count(shape, painted, all);
                }
            }
            _ => {}
        }
    }
    let (mut painted, mut all) = (Painted::default(), Vec::new());
    for clipped in &h.output().shapes {
        count(&clipped.shape, &mut painted, &mut all);
    }
    let bad = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{2066}' | '\u{200b}' | '\u{feff}');
    let number = all.iter().position(|text| text.contains(bad));
    let around: Vec<String> = number.map_or_else(Vec::new, |at| {
        let near = &all[at.saturating_sub(3)..all.len().min(at + 3)];
        near.iter().map(|text| text.chars().take(40).collect()).collect()
    });
    assert!(around.is_empty(), "{around:?}");
    painted
}

/// About a megabyte of it.
fn hostile(number: usize) -> String {
    let pieces = [
        "茶叶",
        "a\nb\r\n",
        "\u{202e}gpj.exe\u{2066}",
        "4\u{200b}2\u{feff}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
        "\u{200b}",
    ];
    let piece = pieces[number % pieces.len()];
    piece.repeat(1_000_000 / piece.len())
}

fn spoiled(order: &Order, number: usize) -> Arc<Order> {
    let mut order = order.clone();
    order.description = hostile(number);
    order.out_trade_no = hostile(number + 1);
    order.mchid = hostile(number + 2);
    for parcel in &mut order.shipping.parcels {
        parcel.tracking_no = hostile(number + 3);
        parcel.express_company = hostile(number + 4);
        parcel.goods_desc = hostile(number + 5);
    }
    Arc::new(order)
}

/// A shop whose first orders are hostile in every text.
fn hostile_shop() -> Snapshot {
    let mut snapshot = shop::shop(60);
    let rows = snapshot.orders.rows.iter().enumerate();
    let rows: Vec<Arc<Order>> = rows
        .map(|(number, order)| {
            if number < 40 {
                spoiled(order, number)
            } else {
                Arc::clone(order)
            }
        })
        .collect();
    Arc::make_mut(&mut snapshot.orders).rows = rows.into();
    snapshot
}

#[test]
fn a_hundred_thousand_orders_paint_no_more_than_a_thousand_and_are_read_once() {
    let mut few = window(shop::shop(1_000), Page::Orders);
    let mut many = window(shop::shop(100_000), Page::Orders);
    for steps in [&[][..], &[Key::End], &[Key::ArrowDown, Key::PageDown]] {
        for key in steps {
            for h in [&mut few, &mut many] {
                h.key_press(*key);
                h.run_steps(12);
            }
        }
        let (few, many) = (painted(&few), painted(&many));
        // Other rows are in sight, and some of them have a text less or more.
        assert!(many.texts <= few.texts + few.texts / 10, "{few:?} {many:?}");
        assert!(many.texts < 600, "{many:?}");
    }
    let rebuilds = many.state().orders().rebuilds();
    assert_eq!(rebuilds, 1);
    many.run_steps(30);
    many.key_press_modifiers(Modifiers::COMMAND, Key::A);
    many.run_steps(30);
    assert_eq!(
        many.state().orders().rebuilds(),
        1,
        "frames and marks read nothing again"
    );
    assert!(shop::says(&many, "已选 100,000 笔"));
    assert!(many.query_all_by_role(Role::Row).count() < 40);
}

#[test]
fn texts_of_a_megabyte_are_one_short_line_each_in_list_detail_and_form() {
    let plain = painted(&window(shop::shop(60), Page::Orders));
    let mut h = window(hostile_shop(), Page::Orders);
    let list = painted(&h);
    // Long texts are cut off by the width of their column, so they take more glyphs and no more texts.
    assert!(list.texts.abs_diff(plain.texts) <= 40, "{plain:?} {list:?}");
    assert!(list.worst <= 240 && list.chars < 12_000, "{list:?}");
    let heights: Vec<f32> = h
        .query_all_by_role(Role::Row)
        .map(|row| row.rect().height())
        .collect();
    assert!(
        heights.iter().all(|height| (height - heights[0]).abs() < 0.5),
        "{heights:?}"
    );
    h.key_press(Key::End);
    h.run_steps(8);
    painted(&h);

    for number in [1, 2, 4] {
        let snapshot = hostile_shop();
        let order = (*snapshot.orders.rows[number]).clone();
        let shipped = shop::partly(order, vec![shop::held(&hostile(0), &hostile(2), &hostile(3), 3)]);
        let open = shop::with_open(snapshot, shipped, vec![]);
        for page in [Page::Orders, Page::Ship] {
            let shown = painted(&window(open.clone(), page));
            assert!(shown.worst <= 2_000 && shown.chars < 40_000, "{page:?} {shown:?}");
        }
    }
}

#[test]
fn a_hostile_file_is_one_short_line_for_each_cell() {
    let mut view = files::file(30, BatchPhase::Checked);
    let file = Arc::make_mut(&mut view.file);
    file.name = hostile(2);
    for (number, column) in file.columns.iter_mut().enumerate() {
        column.heading = hostile(number);
    }
    for (number, row) in file.rows.iter_mut().enumerate() {
        row.item_desc = Some(hostile(number));
        let cells: Vec<String> = (0..row.cells.len()).map(|cell| hostile(number + cell)).collect();
        row.cells = cells.into();
        for parcel in &mut row.parcels {
            parcel.tracking_no = hostile(number + 1);
        }
    }
    let mut snapshot = files::shop();
    snapshot.batch = Some(Arc::new(view));
    let mut h = window(snapshot, Page::Import);
    let list = painted(&h);
    assert!(list.worst <= 2_000 && list.chars < 40_000, "{list:?}");
    h.key_press(Key::ArrowDown);
    h.run_steps(6);
    let with_detail = painted(&h);
    assert!(
        with_detail.worst <= 2_000 && with_detail.chars < 60_000,
        "{with_detail:?}"
    );
    let rows = h
        .query_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label());
    assert!(rows.map(|name| name.chars().count()).max().unwrap_or_default() < 2_500);
}
