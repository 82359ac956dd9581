//! Everything that can be done now, and any order by its number, found by typing a few letters (Ctrl+K): words, the
//! first letters of their pinyin, or a part of a number.

mod matching;

use std::sync::Arc;

use egui::{
    Align, Context, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Role, ScrollArea,
};
use egui::{Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::actions::{self, Action, ActionId};
use super::nav::Page;
use super::orders;
use super::pane::Cx;
use super::theme::{self, ROUND_SMALL, S, Tone, XS};
use super::widgets::{badge, search_field, weak};
use crate::domain::{Order, TransactionId};
use crate::engine::command::Command;
use crate::i18n::state_name;

/// Height of the list before it scrolls.
const HEIGHT: f32 = 400.0;
/// Its width, where the window is wide enough.
const WIDTH: f32 = 520.0;
/// From this length on a typed text can be a part of an order's number.
const NUMBER_CHARS: usize = 4;
/// From this length on WeChat can be asked for it.
const WHOLE_NUMBER_CHARS: usize = 6;
/// Orders that are offered at most.
const ORDERS: usize = 6;

/// What is typed, and the line that Enter would do.
#[derive(Debug, Default)]
pub struct Palette {
    query: String,
    at: usize,
    orders: Option<Found>,
}

/// The orders that fit, with what they were looked up for.
#[derive(Debug)]
struct Found {
    rows: Arc<[Arc<Order>]>,
    query: String,
    orders: Vec<Arc<Order>>,
}

/// What a line does.
#[derive(Clone, Debug)]
enum Target {
    Action(ActionId),
    Order(TransactionId),
    /// A number that is not known here: WeChat is asked.
    Find(String),
}

/// A line of the list.
#[derive(Clone, Debug)]
struct Line {
    target: Target,
    words: String,
    /// At its right: its keys, or where an order stands.
    beside: String,
}

impl Palette {
    /// Shows it; `false` once it is closed, by a choice or without one.
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>, page: Page) -> bool {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(16));
        let found = self.found(ctx, cx, page);
        self.at = self.at.min(found.len().saturating_sub(1));
        // Before the field takes them.
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.at = self.at.saturating_add(1).min(found.len().saturating_sub(1));
        }
        if pressed(Key::ArrowUp) {
            self.at = self.at.saturating_sub(1);
        }
        let mut chosen = pressed(Key::Enter).then_some(self.at);
        let escaped = pressed(Key::Escape);
        let room = ctx.content_rect().size() - vec2(64.0, 0.0);
        let height = HEIGHT.min(room.y - 140.0).max(80.0);
        let modal = Modal::new(Id::unique("palette")).frame(frame).show(ctx, |ui| {
            ui.set_width(WIDTH.min(room.x));
            let name = cx.t("palette-search");
            let width = ui.available_width();
            let field = search_field(ui, &mut self.query, &name, width);
            if !field.has_focus() {
                field.request_focus();
            }
            if field.changed() {
                self.at = 0;
            }
            ui.add_space(XS);
            if found.is_empty() {
                weak(ui, cx.t("palette-nothing"));
            }
            let list = ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height);
            list.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, found) in found.iter().enumerate() {
                    if line(ui, found, index == self.at) {
                        chosen = Some(index);
                    }
                }
            });
        });
        if let Some(found) = chosen.and_then(|index| found.get(index)) {
            perform(ctx, cx, &found.target);
            return false;
        }
        !(escaped || modal.should_close())
    }

    /// What fits, the best first; without a query everything in its usual order.
    fn found(&mut self, ctx: &Context, cx: &Cx<'_>, page: Page) -> Vec<Line> {
        let possible = |action: &Action| {
            action.id != ActionId::Palette
                && action.page.is_none_or(|its| its == page)
                && (action.allowed)(cx.snapshot)
        };
        let actions = actions::all().filter(possible).filter_map(|action| {
            let words = cx.t(action.label);
            let distance = matching::distance(&self.query, &words)?;
            let line = Line {
                target: Target::Action(action.id),
                beside: action.keys_text(ctx),
                words,
            };
            Some((distance, line))
        });
        let views = saved_views(cx).into_iter().filter_map(|(id, words)| {
            let distance = matching::distance(&self.query, &words)?;
            let line = Line {
                target: Target::Action(id),
                beside: String::new(),
                words,
            };
            Some((distance, line))
        });
        let mut ranked: Vec<(usize, Line)> = actions.chain(views).collect();
        ranked.sort_by_key(|(distance, _)| *distance);
        let mut lines: Vec<Line> = ranked.into_iter().map(|(_, line)| line).collect();
        lines.extend(self.orders(cx));
        lines
    }

    /// The orders with this number or a part of it; where there is none, the question to WeChat.
    fn orders(&mut self, cx: &Cx<'_>) -> Vec<Line> {
        let typed = self.query.trim();
        let is_number = typed.len() >= NUMBER_CHARS
            && typed.bytes().all(|b| b.is_ascii_graphic())
            && typed.bytes().any(|b| b.is_ascii_digit());
        if !is_number {
            self.orders = None;
            return Vec::new();
        }
        let rows = &cx.snapshot.orders.rows;
        let same = |known: &Found| Arc::ptr_eq(&known.rows, rows) && known.query == typed;
        if !self.orders.as_ref().is_some_and(same) {
            let fits = |order: &&Arc<Order>| {
                order.transaction_id.as_str().contains(typed) || order.out_trade_no.contains(typed)
            };
            self.orders = Some(Found {
                rows: Arc::clone(rows),
                query: typed.to_owned(),
                orders: rows.iter().filter(fits).take(ORDERS).cloned().collect(),
            });
        }
        let found = self.orders.as_ref().map_or(&[][..], |found| &found.orders);
        if found.is_empty() && typed.len() >= WHOLE_NUMBER_CHARS && cx.snapshot.session.account().is_some() {
            return vec![Line {
                target: Target::Find(typed.to_owned()),
                words: cx.ta("palette-find", &[("number", typed.into())]),
                beside: String::new(),
            }];
        }
        let line = |order: &Arc<Order>| {
            let number = match order.out_trade_no.as_str() {
                number if number.contains(typed) => number,
                _ => order.transaction_id.as_str(),
            };
            let args = [
                ("number", number.into()),
                ("goods", order.description.as_str().into()),
            ];
            Line {
                target: Target::Order(order.transaction_id.clone()),
                words: cx.ta("palette-order", &args),
                beside: state_name(cx.lang, order.state),
            }
        };
        found.iter().map(line).collect()
    }
}

/// The saved views of the list of orders.
fn saved_views(cx: &Cx<'_>) -> Vec<(ActionId, String)> {
    let names = orders::saved_views(&cx.snapshot.preferences);
    let view = |(index, name): (usize, String)| {
        let words = cx.ta("action-saved-view", &[("name", name.into())]);
        (ActionId::SavedView(index), words)
    };
    names.into_iter().enumerate().map(view).collect()
}

fn perform(ctx: &Context, cx: &mut Cx<'_>, target: &Target) {
    match target {
        Target::Action(id) => actions::request(ctx, *id),
        Target::Order(order) => {
            cx.send(Command::OpenOrder(order.clone()));
            *cx.go = Some(Page::Orders);
        }
        Target::Find(number) => {
            cx.send(Command::FindOrder(number.clone()));
            *cx.go = Some(Page::Orders);
        }
    }
}

fn line(ui: &mut Ui, line: &Line, marked: bool) -> bool {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    let fill = match (marked, response.hovered()) {
        (true, _) => Some(palette.tone(Tone::Ready).ground),
        (false, true) => Some(palette.subtle),
        (false, false) => None,
    };
    if marked && !ui.is_rect_visible(rect) {
        response.scroll_to_me(None);
    }
    if let Some(fill) = fill {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(ROUND_SMALL), fill);
    }
    let inside = rect.shrink2(vec2(S, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(layout), |ui| {
        if !line.beside.is_empty() {
            badge(ui, Tone::Neutral, &line.beside);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(&line.words).truncate());
        });
    });
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, marked, &line.words));
    response.clicked()
}
