//! What the list of orders costs with a thousand, a hundred thousand and a million of them: a frame while it is
//! scrolled, the typed filter, another group, another order of the rows.

use egui::{Event, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use fahuo::i18n::Lang;
use fahuo::ui::orders::model::filter::View;
use fahuo::ui::orders::model::{Col, Model};
use fahuo::ui::{App, Page};

use super::measure::{median, median_ratio, medians, thread_secs, wish};
use super::report::{Limit, Report};

#[path = "../ui/sample_shop.rs"]
mod sample_shop;

use sample_shop::{now, shop};

const FEW: u32 = 1_000;
const MANY: u32 = 100_000;
const MOST: u32 = 1_000_000;
/// Frames of one run, and runs of each list, in turn.
const FRAMES: usize = 40;
const ROUNDS: usize = 9;
/// Times that each filter is typed.
const TRIES: usize = 7;

pub fn run(report: &mut Report) {
    let most = u32::try_from(wish("ORDERS", MOST as usize)).unwrap();
    for count in [MANY, most] {
        frames(report, count);
    }
    for count in [FEW, MANY, most] {
        filters(report, count);
    }
}

fn window(count: u32) -> Harness<'static, App> {
    let snapshot = shop(count);
    let mut window = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_pixels_per_point(1.0)
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, Lang::ZhCn)
                .at(now())
                .on(Page::Orders)
        });
    window.run_steps(20);
    window.event(Event::PointerMoved(pos2(640.0, 400.0)));
    window.run_steps(5);
    window
}

/// Milliseconds of a frame while the list is scrolled up and down.
fn scrolled(window: &mut Harness<'static, App>) -> f64 {
    let (time, ()) = thread_secs(|| {
        for frame in 0..FRAMES {
            let down = frame % 20 < 10;
            window.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, if down { -60.0 } else { 60.0 }),
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
            window.step();
        }
    });
    time * 1_000.0 / FRAMES as f64
}

fn frames(report: &mut Report, count: u32) {
    let (mut few, mut many) = (window(FEW), window(count));
    let pairs: Vec<(f64, f64)> = (0..wish("ROUNDS", ROUNDS))
        .map(|_| (scrolled(&mut many), scrolled(&mut few)))
        .collect();
    report.median_ratio(
        &format!("a frame, {count} orders against {FEW}"),
        "ms",
        medians(&pairs),
        median_ratio(&pairs),
        Limit::AtMost(1.2),
    );
}

/// The median of some tries, in milliseconds; each time the list is worked out anew.
fn tries(model: &mut Model, orders: &fahuo::engine::Orders, change: impl Fn(&mut Model, usize)) -> f64 {
    let times: Vec<f64> = (0..TRIES)
        .map(|at| {
            change(model, at);
            let before = model.rebuilds();
            let (time, ()) = thread_secs(|| model.refresh(orders, 100, now()));
            assert_eq!(model.rebuilds(), before + 1, "nothing was worked out");
            time * 1_000.0
        })
        .collect();
    median(&times)
}

fn filters(report: &mut Report, count: u32) {
    let orders = shop(count).orders;
    let mut model = Model::default();
    let (first, ()) = thread_secs(|| model.refresh(&orders, 100, now()));
    let typed = tries(&mut model, &orders, |model, at| {
        let words = [
            "xd2611",
            "龙井",
            "753100",
            "xd26112",
            "不在这里",
            "4200",
            "羊毛 xd",
        ];
        words[at % TRIES].clone_into(&mut model.filter.search);
    });
    assert!(model.total() <= count as usize);
    model.filter.search.clear();
    let grouped = tries(&mut model, &orders, |model, at| {
        model.filter.view = View::ALL[at + 1];
    });
    model.filter.view = View::All;
    let sorted = tries(&mut model, &orders, |model, at| {
        let by = [
            Col::Amount,
            Col::Goods,
            Col::State,
            Col::Deadline,
            Col::OutTradeNo,
            Col::TrackingNo,
            Col::PayTime,
        ];
        model.sort = model.sort.clicked(by[at % TRIES]);
    });
    for (what, time) in [("a typed filter", typed), ("another group", grouped)] {
        report.figure(
            &format!("{what} over {count} orders"),
            "ms",
            time,
            Limit::AtMost(50.0),
        );
    }
    Report::note(&format!(
        "another order of the rows {sorted:.1} ms, the first look at the list {:.1} ms",
        first * 1_000.0
    ));
}
