//! The deadline board: counters that open the list behind them, what must be shipped first, and three charts.

mod charts;
pub mod model;

use std::time::Duration;

use egui::text::LayoutJob;
use egui::{
    CornerRadius, FontId, Response, RichText, Role, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode,
};
use egui::{Ui, WidgetInfo, WidgetText, pos2, vec2};

use self::charts::Chart;
use self::model::{Counter, Model, Tile};
use super::nav::Page;
use super::orders::model::{View, is_barred, list_age};
use super::pane::Cx;
use super::theme::{self, L, ROUND, S, XS};
use super::{said, widgets};
use crate::domain::OrderState;
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::Fetch;
use widgets::icons;

/// Below this width the charts stand one below the other.
const SIDE_BY_SIDE: f32 = 760.0;
/// The least width of a counter.
const TILE: f32 = 150.0;
/// Widths in a line of the most urgent orders: its number, and what is left of its time.
const NUMBER: f32 = 128.0;
const LEFT: f32 = 124.0;

/// Under which it is remembered that tables are shown.
const TABLE: &str = "board.table";

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    model: Model,
    as_table: bool,
    /// The counter that was pressed, until the window opens its list.
    pub wants: Option<Tile>,
}

impl Pane {
    /// How often all orders were read to count them; for tests of the cache.
    pub fn rebuilds(&self) -> usize {
        self.model.rebuilds()
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.model
            .refresh(&cx.snapshot.orders, &cx.snapshot.errands, cx.now);
        // Deadlines pass while nobody does anything: the board moves at the beginning of each minute.
        let into = u64::try_from(cx.now.millis().rem_euclid(60_000)).unwrap_or(0);
        let minute = Duration::from_millis(60_000_u64.saturating_sub(into));
        ui.ctx().request_repaint_after(minute);
        self.header(ui, cx);
        let nothing = cx.snapshot.orders.rows.is_empty() && cx.snapshot.outbox.rows.is_empty();
        if nothing {
            Self::nothing_yet(ui, cx);
            return;
        }
        widgets::page(ui, "board", |ui| {
            if is_barred(&cx.snapshot.orders) {
                let words = cx.t("board-barred");
                widgets::Banner::new(theme::Tone::Warn, icons::ICON_INFO, &words).show(ui, |_| ());
                ui.add_space(S);
            }
            self.counters(ui, cx);
            ui.add_space(S);
            if ui.available_width() < SIDE_BY_SIDE {
                self.urgent(ui, cx);
                ui.add_space(L);
                self.ages(ui, cx);
                ui.add_space(L);
                self.states(ui, cx);
                ui.add_space(L);
                self.days(ui, cx);
                return;
            }
            ui.spacing_mut().item_spacing.x = L;
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                for column in [&mut *left, &mut *right] {
                    column.spacing_mut().item_spacing.x = S;
                }
                self.ages(left, cx);
                left.add_space(S);
                self.days(left, cx);
                self.urgent(right, cx);
                right.add_space(S);
                self.states(right, cx);
            });
        });
    }

    fn header(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let name = cx.t("board-shown-as");
        let age = list_age(cx.lang, &cx.snapshot.orders, cx.now);
        let as_table = cx
            .snapshot
            .preferences
            .ui
            .get(TABLE)
            .is_some_and(|kept| kept == "1");
        self.as_table = as_table;
        let mut wanted = as_table;
        let is_narrow = widgets::is_narrow(ui);
        widgets::page_header(ui, &cx.t("board-title"), None, |ui| {
            // The header lays out from the right, in a narrow window from the left.
            let mut ways = [(true, "board-as-table"), (false, "board-as-chart")];
            if is_narrow {
                ways.reverse();
            }
            for (table, id) in ways {
                let word = cx.t(id);
                let said = format!("{name}: {word}");
                let on = as_table == table;
                let choice = ui.selectable_label(on, word);
                choice.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &said));
                if choice.clicked() {
                    wanted = table;
                }
            }
            ui.add_space(S);
            let age = said::words(&age, ui).small();
            ui.add(egui::Label::new(age).truncate());
        });
        if wanted != as_table {
            cx.send(Command::Prefer(Preference::Ui {
                key: TABLE.to_owned(),
                value: if wanted { "1" } else { "" }.to_owned(),
            }));
        }
    }

    fn nothing_yet(ui: &mut Ui, cx: &mut Cx<'_>) {
        if matches!(cx.snapshot.orders.fetch, Fetch::Running { .. }) {
            widgets::loading(ui, &cx.t("orders-loading-title"));
            return;
        }
        let text = if is_barred(&cx.snapshot.orders) {
            "board-barred"
        } else {
            "board-empty-text"
        };
        let (title, text) = (cx.t("board-empty-title"), cx.t(text));
        let go = widgets::primary(cx.t("nav-orders")).icon(icons::ICON_RECEIPT_LONG);
        if widgets::empty_state(ui, icons::ICON_MONITORING, &title, &text, Some(go)) {
            *cx.go = Some(Page::Orders);
        }
    }

    /// All counters in rows of equal length.
    fn counters(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let counters = self.model.counters(cx.lang, &cx.snapshot.outbox);
        let width = ui.available_width();
        let fit = theme::whole((width / (TILE + S)).floor()).max(1);
        let all = u32::try_from(counters.len()).unwrap_or(u32::MAX);
        let a_row = all.div_ceil(all.div_ceil(fit).max(1)).max(1);
        let tile = (width - S * (a_row as f32 - 1.0)) / a_row as f32;
        for row in counters.chunks(usize::try_from(a_row).unwrap_or(1)) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = S;
                for counter in row {
                    if tile_ui(ui, counter, tile).clicked() {
                        self.wants = Some(counter.tile);
                    }
                }
            });
        }
    }

    /// The orders that are due first.
    fn urgent(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::card(ui, |ui| {
            ui.label(RichText::new(cx.t("board-urgent")).text_style(theme::section_style()));
            ui.add_space(XS);
            if self.model.urgent().is_empty() {
                widgets::weak(ui, cx.t("board-urgent-none"));
                return;
            }
            for order in self.model.urgent() {
                let left = model::left(cx.lang, order, cx.now);
                let number = match order.out_trade_no.as_str() {
                    "" => order.transaction_id.as_str(),
                    number => number,
                };
                let args = [
                    ("number", number.into()),
                    ("goods", order.description.as_str().into()),
                    ("left", left.text.as_str().into()),
                ];
                let name = cx.ta("board-urgent-row", &args);
                if line_ui(ui, number, &order.description, &left, &name).clicked() {
                    cx.send(Command::OpenOrder(order.transaction_id.clone()));
                    *cx.go = Some(Page::Orders);
                }
            }
            let all = widgets::quiet(cx.t("board-urgent-all")).icon(icons::ICON_ARROW_FORWARD);
            if ui.add(all).clicked() {
                self.wants = Some(Tile::Orders(View::State(OrderState::ToShip)));
            }
        });
    }

    fn ages(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let (bars, said) = self.model.ages(cx.lang);
        let before = 48_u64.checked_div(model::BAR_HOURS).unwrap_or(0);
        let line = cx.t("board-line");
        Chart {
            id: "board-ages",
            title: &cx.t("board-ages"),
            said: &said,
            column: &cx.t("board-column-age"),
            orders: &cx.t("board-column-orders"),
            bars: &bars,
            lying: false,
            line: usize::try_from(before).ok().map(|before| (before, line.as_str())),
        }
        .show(ui, self.as_table);
    }

    fn states(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let (bars, said) = self.model.states(cx.lang);
        Chart {
            id: "board-states",
            title: &cx.t("board-states"),
            said: &said,
            column: &cx.t("board-column-state"),
            orders: &cx.t("board-column-orders"),
            bars: &bars,
            lying: true,
            line: None,
        }
        .show(ui, self.as_table);
    }

    fn days(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let (bars, said) = self.model.days(cx.lang);
        Chart {
            id: "board-days",
            title: &cx.t("board-days"),
            said: &said,
            column: &cx.t("board-column-day"),
            orders: &cx.t("board-column-orders"),
            bars: &bars,
            lying: false,
            line: None,
        }
        .show(ui, self.as_table);
    }
}

/// A counter of the board: a figure with its word; a click opens its list.
fn tile_ui(ui: &mut Ui, counter: &Counter, width: f32) -> Response {
    let palette = theme::palette(ui);
    let pair = palette.tone(said::tone(counter.tone));
    let ink = match counter.count {
        0 => palette.weak,
        _ => pair.ink,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 66.0), Sense::click());
    let over = response.hovered() || response.has_focus();
    let line = if over { pair.ink } else { palette.line };
    let fill = if over { palette.hover } else { palette.surface };
    let rounding = CornerRadius::same(ROUND);
    let stroke = Stroke::new(1.0, line);
    ui.painter()
        .rect(rect, rounding, fill, stroke, StrokeKind::Inside);
    let inside = rect.shrink2(vec2(theme::M, S));
    let painter = ui.painter().with_clip_rect(inside);
    // An amount is longer than a count: it gets a size at which it fits.
    let size = [20.0, 17.0, 14.0, 12.0].into_iter().map(|size| {
        let font = FontId::new(size, super::fonts::bold());
        painter.layout_no_wrap(counter.figure.clone(), font, ink)
    });
    let mut sizes = size.peekable();
    while let Some(figure) = sizes.next() {
        if figure.size().x <= inside.width() || sizes.peek().is_none() {
            let top = inside.min + vec2(0.0, 14.0 - figure.size().y / 2.0);
            painter.galley(top, figure, ink);
            break;
        }
    }
    let font = FontId::proportional(12.5);
    let mut word = LayoutJob::simple(counter.word.clone(), font, palette.weak, inside.width());
    word.wrap.max_rows = 1;
    let word = painter.layout_job(word);
    let below = inside.left_bottom() - vec2(0.0, word.size().y.min(22.0));
    painter.galley(below, word, palette.weak);
    let name = format!("{} {}", counter.word, counter.figure);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(&counter.hint)
}

/// One order of the most urgent ones.
fn line_ui(
    ui: &mut Ui,
    number: &str,
    goods: &str,
    left: &super::orders::model::Said,
    name: &str,
) -> Response {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::click());
    if response.hovered() || response.has_focus() {
        let rounding = CornerRadius::same(theme::ROUND_SMALL);
        ui.painter().rect_filled(rect, rounding, palette.hover);
    }
    let inside = rect.shrink2(vec2(XS, 0.0));
    let words = (inside.width() - NUMBER - LEFT).max(0.0);
    let cells = [
        (
            RichText::new(short(number)).monospace().color(palette.text),
            0.0,
            NUMBER - S,
        ),
        (RichText::new(goods).color(palette.text), NUMBER, words - S),
        (said::words(left, ui), NUMBER + words, LEFT),
    ];
    for (text, from, width) in cells {
        let wrap = Some(TextWrapMode::Truncate);
        let galley = WidgetText::from(text).into_galley(ui, wrap, width.max(0.0), TextStyle::Body);
        let middle = inside.center().y - galley.size().y / 2.0;
        let at = pos2(inside.left() + from, middle);
        ui.painter().galley(at, galley, palette.text);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Enough of a number to recognise the order.
fn short(number: &str) -> String {
    let count = number.chars().count();
    let tail: String = number.chars().skip(count.saturating_sub(14)).collect();
    if count > 15 {
        format!("…{tail}")
    } else {
        number.to_owned()
    }
}
