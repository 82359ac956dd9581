//! Every action that can be done now, found by typing a few letters of it (Ctrl+K).

use egui::{
    Align, Context, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Role, ScrollArea,
};
use egui::{Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::actions::{self, Action, ActionId};
use super::nav::Page;
use super::orders;
use super::theme::{self, ROUND_SMALL, S, Tone, XS};
use super::widgets::{badge, search_field, weak};
use crate::engine::snapshot::Snapshot;
use crate::i18n::{self, Lang};

/// Height of the list before it scrolls.
const HEIGHT: f32 = 400.0;

/// What is typed, and the line that Enter would do.
#[derive(Debug, Default)]
pub struct Palette {
    query: String,
    at: usize,
}

impl Palette {
    /// Shows it; `false` once it is closed, by a choice or without one.
    pub fn show(&mut self, ctx: &Context, lang: Lang, page: Page, snapshot: &Snapshot) -> bool {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(16));
        let found = self.found(lang, page, snapshot);
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
        let modal = Modal::new(Id::unique("palette")).frame(frame).show(ctx, |ui| {
            ui.set_width(460.0);
            let name = i18n::text(lang, "palette-search");
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
                weak(ui, i18n::text(lang, "palette-nothing"));
            }
            let list = ScrollArea::vertical()
                .max_height(HEIGHT)
                .min_scrolled_height(HEIGHT);
            list.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, (action, words)) in found.iter().enumerate() {
                    if line(ui, action, words, index == self.at) {
                        chosen = Some(index);
                    }
                }
            });
        });
        if let Some((action, _)) = chosen.and_then(|index| found.get(index)) {
            actions::request(ctx, action.id);
            return false;
        }
        !(escaped || modal.should_close())
    }

    fn found(&self, lang: Lang, page: Page, snapshot: &Snapshot) -> Vec<(Action, String)> {
        let needle = self.query.trim().to_lowercase();
        actions::all()
            .filter(|action| action.id != ActionId::Palette)
            .filter(|action| action.page.is_none_or(|its| its == page) && (action.allowed)(snapshot))
            .map(|action| (action, i18n::text(lang, action.label)))
            .chain(saved_views(lang, snapshot))
            .filter(|(_, words)| words.to_lowercase().contains(&needle))
            .collect()
    }
}

/// The saved views of the list of orders.
fn saved_views(lang: Lang, snapshot: &Snapshot) -> Vec<(Action, String)> {
    let names = orders::saved_views(&snapshot.preferences);
    let action = |(index, name): (usize, String)| {
        let action = Action {
            id: ActionId::SavedView(index),
            label: "action-saved-view",
            keys: None,
            page: None,
            allowed: |_| true,
        };
        (
            action,
            i18n::text_with(lang, action.label, &[("name", name.into())]),
        )
    };
    names.into_iter().enumerate().map(action).collect()
}

fn line(ui: &mut Ui, action: &Action, words: &str, marked: bool) -> bool {
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
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(layout), |ui| {
        ui.label(words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keys = action.keys_text(ui.ctx());
            if !keys.is_empty() {
                badge(ui, Tone::Neutral, keys);
            }
        });
    });
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, marked, words));
    response.clicked()
}
