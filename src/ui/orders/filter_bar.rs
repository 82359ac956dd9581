//! The filter above the list: search, days, payer, and the groups as counters that are filters.

use egui::{CornerRadius, Event, FontId, ImeEvent, Key, Response, Sense, Stroke, StrokeKind, Ui};
use egui::{Role, WidgetInfo, vec2};

use super::model::cells::view_name;
use super::model::{Filter, Model, Said, Tone, View};
use super::{dates, field_name};
use crate::domain::OrderState;
use crate::i18n::explain::Names;
use crate::i18n::{explain_problem, format};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, ROUND_SMALL, S, XS};
use crate::ui::{said, widgets};

/// What the bar itself remembers.
#[derive(Debug, Default)]
pub(super) struct Bar {
    /// The search as it is typed; it counts once the IME has finished a word.
    search: String,
    composing: bool,
    payer_open: bool,
}

impl Bar {
    /// Shows another filter, as from a saved view.
    pub(super) fn follow(&mut self, filter: &Filter) {
        self.search.clone_from(&filter.search);
        self.composing = false;
    }

    /// Forgets everything typed.
    pub(super) fn clear(&mut self, model: &mut Model) {
        self.search.clear();
        model.filter = Filter::default();
    }

    /// Paints the bar. A number that WeChat is to be asked for, when the person wants that.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        model: &mut Model,
        focus: bool,
    ) -> Option<String> {
        let found = ui
            .horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = S;
                let found = self.search_ui(ui, cx, model, focus);
                dates::ui(ui, cx, &mut model.filter);
                self.payer_ui(ui, cx, model);
                if !model.filter.is_wide() {
                    let icon = widgets::icons::ICON_FILTER_ALT_OFF;
                    if ui.add(widgets::icon_button(icon, cx.t("orders-clear"))).clicked() {
                        self.clear(model);
                    }
                }
                found
            })
            .inner;
        problems_ui(ui, cx, &model.filter);
        ui.add_space(XS);
        views_ui(ui, cx, model);
        ui.add_space(XS);
        found
    }

    fn search_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, model: &mut Model, focus: bool) -> Option<String> {
        let name = cx.t("orders-search");
        let response = widgets::search_field(ui, &mut self.search, &name, 240.0);
        if focus {
            response.request_focus();
        }
        self.follow_ime(ui, &response);
        if !self.composing && model.filter.search != self.search {
            model.filter.search.clone_from(&self.search);
        }
        let number = model.number_to_find().map(str::to_owned);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        // Enter asks WeChat only for what is not known here.
        number.filter(|_| entered && model.total() == 0)
    }

    fn follow_ime(&mut self, ui: &Ui, response: &Response) {
        ui.input(|input| {
            for event in &input.events {
                if let Event::Ime(ime) = event {
                    self.composing = matches!(ime, ImeEvent::Preedit { text, .. } if !text.is_empty());
                }
            }
        });
        if !response.has_focus() {
            self.composing = false;
        }
    }

    fn payer_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
        let name = cx.t("orders-payer");
        self.payer_open |= !model.filter.payer.is_empty();
        let hint = if self.payer_open {
            cx.t("orders-payer-hint")
        } else {
            name.clone()
        };
        let field = widgets::text_field(ui, &mut model.filter.payer, &name, &hint, 150.0);
        self.payer_open = field.has_focus();
    }
}

pub(super) fn problems_ui(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter) {
    let Err(problems) = filter.query() else {
        return;
    };
    for (field, problem) in problems {
        let names = Names {
            couriers: &cx.snapshot.couriers,
        };
        let explained = explain_problem(cx.lang, &problem, &names);
        let args = [
            ("field", field_name(cx, field).into()),
            ("title", explained.title.clone().into()),
        ];
        let line = Said::new(cx.ta("orders-filter-problem", &args), Tone::Bad);
        said::note(ui, &line);
    }
}

/// The groups with their counts; pressed they filter.
fn views_ui(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 6.0);
        for (index, view) in View::ALL.into_iter().enumerate() {
            let chosen = model.filter.view == view;
            let is_alarm = index > OrderState::KNOWN.len();
            let silent = view.is_of_the_board() || is_alarm && model.count(view) == 0;
            if silent && !chosen {
                continue; // an alarm that does not ring needs no place
            }
            let tone = match view {
                View::All | View::Unsettled => Tone::Plain,
                View::State(state) => super::model::cells::state_tone(state),
                View::DueSoon | View::Over36Hours | View::PartlyShipped => Tone::Warn,
                View::Overdue | View::InDispute => Tone::Bad,
            };
            let word = view_name(cx.lang, view);
            if chip(ui, &word, Some(model.count(view)), tone, chosen).clicked() {
                model.filter.view = if chosen { View::All } else { view };
            }
        }
    });
}

/// A word, with a number when it counts something; pressed it stays down.
pub(super) fn chip(ui: &mut Ui, word: &str, count: Option<usize>, tone: Tone, pressed: bool) -> Response {
    let palette = theme::palette(ui);
    let pair = palette.tone(said::tone(tone));
    let empty = count == Some(0);
    let ink = match (pressed, empty) {
        (true, _) => pair.ink,
        (false, true) => palette.weak,
        (false, false) => palette.text,
    };
    let label = ui
        .painter()
        .layout_no_wrap(word.to_owned(), FontId::proportional(12.5), ink);
    let number = count.map(format::count);
    let figure = number.as_ref().map(|number| {
        let ink = if empty { palette.weak } else { pair.ink };
        let font = FontId::new(12.5, crate::ui::fonts::bold());
        ui.painter().layout_no_wrap(number.clone(), font, ink)
    });
    let wide = figure.as_ref().map_or(0.0, |figure| figure.size().x + 5.0);
    let size = vec2(label.size().x + wide + 18.0, 30.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let over = response.hovered() || response.has_focus();
    let (fill, line) = match (pressed, over) {
        (true, _) => (pair.ground, Stroke::new(1.5, pair.ink)),
        (false, true) => (palette.hover, Stroke::new(1.0, palette.accent)),
        (false, false) => (palette.surface, Stroke::new(1.0, palette.line)),
    };
    let corners = CornerRadius::same(ROUND_SMALL);
    ui.painter().rect(rect, corners, fill, line, StrokeKind::Inside);
    let middle = rect.center().y;
    let left = rect.left() + 9.0;
    let at = egui::pos2(left, middle - label.size().y / 2.0);
    let end = left + label.size().x + 5.0;
    ui.painter().galley(at, label, ink);
    if let Some(figure) = figure {
        let at = egui::pos2(end, middle - figure.size().y / 2.0);
        ui.painter().galley(at, figure, ink);
    }
    let name = number.map_or_else(|| word.to_owned(), |number| format!("{word} {number}"));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, pressed, &name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
