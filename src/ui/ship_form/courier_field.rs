//! The field in which a courier is found by a few letters of its name or code, by keys alone if wanted.

use egui::{Id, Key, Label, Modifiers, Popup, PopupCloseBehavior, Response, RichText, Sense, Ui, vec2};

use super::model::find_couriers;
use crate::domain::{CourierList, plain_text};
use crate::ui::pane::Cx;
use crate::ui::theme;
use crate::ui::widgets;

/// Couriers that are offered at once.
const OFFERED: usize = 8;
/// What most shops use, offered before anything is typed.
const USUAL: [&str; 10] = [
    "SF", "ZTO", "YTO", "YD", "STO", "JTSD", "YZPY", "JD", "EMS", "DBL",
];

/// The field that is being typed in, if any: only one has the keyboard.
#[derive(Clone, Debug, Default)]
pub(in crate::ui) struct Search {
    /// The next field that is painted takes the keyboard.
    pub(in crate::ui) wants_focus: bool,
    field: Option<Id>,
    typed: String,
    marked: usize,
}

/// What happened to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Event {
    Nothing,
    /// A courier was chosen; the next field may take the keyboard.
    Chosen,
    /// A person typed something and left the field.
    Left,
}

impl Search {
    /// Paints the field of one parcel. `courier` is the id, or what was typed when it is on no list; `recent` are the
    /// couriers to offer first.
    pub(in crate::ui) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        courier: &mut String,
        name: &str,
        width: f32,
        recent: &[String],
    ) -> Event {
        let list = &cx.snapshot.couriers;
        let id = ui.make_persistent_id("courier");
        let active = self.field == Some(id);
        let mut shown = if active {
            self.typed.clone()
        } else {
            label(list, courier)
        };
        let usual = usual(recent);
        let chosen_by_key = active && self.keys(ui, list, &usual);
        let hint = if active && !courier.is_empty() {
            label(list, courier)
        } else {
            cx.t("ship-courier-search")
        };
        let response = ui
            .push_id(id, |ui| widgets::text_field(ui, &mut shown, name, &hint, width))
            .inner;
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.gained_focus() {
            *self = Self {
                field: Some(id),
                ..Self::default()
            };
        } else if active && response.changed() {
            self.typed = shown;
            self.marked = 0;
        }
        if self.field != Some(id) {
            return Event::Nothing;
        }
        let offers = find_couriers(list, &self.typed, &usual, OFFERED);
        let clicked = self.offers_ui(cx, &response, &offers);
        let by_key = chosen_by_key.then(|| offers.get(self.marked)).flatten();
        let picked = clicked.or(by_key.map(|(id, _)| (*id).to_owned()));
        if let Some(picked) = picked {
            *courier = picked;
            *self = Self::default();
            return Event::Chosen;
        }
        let over_offers = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        if !response.has_focus() && !over_offers {
            if ui.input(|input| input.key_pressed(Key::Escape)) {
                *self = Self::default();
            }
            return self.leave(list, courier);
        }
        Event::Nothing
    }

    /// Somebody types in it, or will as soon as it is painted.
    pub(in crate::ui) fn is_open_or_waits(&self) -> bool {
        self.wants_focus || self.field.is_some()
    }

    /// It is the field of this place that is being typed in.
    pub(in crate::ui) fn is_open_at(&self, ui: &Ui) -> bool {
        self.field == Some(ui.make_persistent_id("courier"))
    }

    /// Arrows mark, Enter chooses. They are taken before the text field sees them.
    fn keys(&mut self, ui: &Ui, list: &CourierList, usual: &[&str]) -> bool {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let count = find_couriers(list, &self.typed, usual, OFFERED).len();
        if pressed(Key::ArrowDown) {
            self.marked = self.marked.saturating_add(1).min(count.saturating_sub(1));
        }
        if pressed(Key::ArrowUp) {
            self.marked = self.marked.saturating_sub(1);
        }
        count > 0 && pressed(Key::Enter)
    }

    fn offers_ui(&self, cx: &Cx<'_>, field: &Response, offers: &[(&str, &str)]) -> Option<String> {
        let mut clicked = None;
        Popup::from_response(field)
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .width(field.rect.width().max(240.0))
            .show(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if offers.is_empty() {
                    widgets::weak(ui, cx.t("ship-courier-none"));
                }
                for (at, (id, name)) in offers.iter().enumerate() {
                    if offer_ui(ui, id, name, at == self.marked) {
                        clicked = Some((*id).to_owned());
                    }
                }
            });
        clicked
    }

    /// Leaving the field: what was typed counts when it names a courier exactly, and is kept as it is
    /// otherwise, so that the form can say what is wrong with it.
    fn leave(&mut self, list: &CourierList, courier: &mut String) -> Event {
        let typed = std::mem::take(self).typed;
        let typed = typed.trim();
        if typed.is_empty() {
            return Event::Nothing;
        }
        let exact = list
            .iter()
            .find(|(id, name)| id.eq_ignore_ascii_case(typed) || *name == typed);
        *courier = exact.map_or_else(|| typed.to_owned(), |(id, _)| id.to_owned());
        Event::Left
    }
}

/// The couriers that are offered before anything is typed: those that were used last, then what most shops use.
fn usual(recent: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = recent.iter().map(String::as_str).collect();
    ids.extend(USUAL.iter().filter(|id| !recent.iter().any(|known| known == *id)));
    ids
}

/// `中通快递 ZTO`, or what was typed when it is on no list.
pub(in crate::ui) fn label(list: &CourierList, courier: &str) -> String {
    match list.name(courier) {
        name if name == courier => courier.to_owned(),
        name => format!("{name} {courier}"),
    }
}

fn offer_ui(ui: &mut Ui, id: &str, name: &str, marked: bool) -> bool {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    if marked || response.hovered() {
        let fill = if marked { palette.subtle } else { palette.hover };
        ui.painter()
            .rect_filled(rect, f32::from(theme::ROUND_SMALL), fill);
    }
    let inside = rect.shrink2(vec2(8.0, 4.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
        ui.horizontal_centered(|ui| {
            ui.add(Label::new(&*plain_text::cell(name)).truncate());
            let weak = palette.weak;
            ui.label(RichText::new(id).monospace().size(12.0).color(weak));
        });
    });
    let words = format!("{name} {id}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, marked, &words));
    response.clicked()
}
