//! The popup in which columns are shown, hidden and brought into another order: by pointer, by dragging, by keys.

use egui::{Popup, PopupCloseBehavior, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::model::{Col, Columns, Model};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, XS};
use crate::ui::widgets::{self, icon_button, icons};

/// Height of one line.
const LINE: f32 = 32.0;
/// Width of the popup.
const WIDTH: f32 = 300.0;

/// The button and its popup. `open`: the keys ask for it.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model, open: bool) {
    let button = icon_button(icons::ICON_VIEW_COLUMN, cx.t("orders-columns"));
    let response = ui.add(button);
    let popup = Popup::from_toggle_button_response(&response);
    let popup = if open {
        popup.open_memory(Some(egui::SetOpenCommand::Toggle))
    } else {
        popup
    };
    popup
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(WIDTH);
            widgets::strong(ui, cx.t("orders-columns"));
            ui.add_space(XS);
            let columns = &mut model.columns;
            let mut wish = None;
            let offered = columns.offered();
            let shown = columns.shown().len();
            let mut lines = Vec::with_capacity(offered.len());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, (col, is_shown)) in offered.into_iter().enumerate() {
                let line = line(ui, cx, col, is_shown, (place, shown));
                lines.push((col, line.rect));
                wish = line.wish.or(wish);
            }
            wish = dropped(ui, &lines, shown).or(wish);
            ui.add_space(S);
            widgets::small(ui, cx.t("orders-columns-hint"));
            ui.add_space(XS);
            let usual = widgets::quiet(cx.t("orders-columns-usual"));
            if ui.add(usual.enabled(*columns != Columns::default())).clicked() {
                *columns = Columns::default();
            }
            match wish {
                Some(Wish::Toggle(col)) => columns.toggle(col),
                Some(Wish::Step(col, down)) => columns.step(col, down),
                Some(Wish::MoveTo(col, place)) => columns.move_to(col, place),
                None => {}
            }
        });
}

enum Wish {
    Toggle(Col),
    Step(Col, bool),
    MoveTo(Col, usize),
}

struct Line {
    rect: Rect,
    wish: Option<Wish>,
}

fn line(ui: &mut Ui, cx: &Cx<'_>, col: Col, is_shown: bool, (place, shown): (usize, usize)) -> Line {
    let name = cx.t(col.title_id());
    let mut wish = None;
    let response = ui.allocate_ui(vec2(WIDTH, LINE), |ui| {
        ui.set_min_size(vec2(WIDTH, LINE));
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = XS;
            handle(ui, col, is_shown, &name);
            let mut on = is_shown;
            let last = is_shown && shown <= 1;
            if ui
                .add_enabled(!last, egui::Checkbox::new(&mut on, &name))
                .changed()
            {
                wish = Some(Wish::Toggle(col));
            }
            if !is_shown {
                return;
            }
            super::at_right(ui, |ui| {
                for (icon, id, down) in [
                    (icons::ICON_KEYBOARD_ARROW_DOWN, "orders-columns-down", true),
                    (icons::ICON_KEYBOARD_ARROW_UP, "orders-columns-up", false),
                ] {
                    let at_end = if down {
                        place.saturating_add(1) >= shown
                    } else {
                        place == 0
                    };
                    let words = cx.ta(id, &[("column", (&name).into())]);
                    let button = icon_button(icon, words).compact().enabled(!at_end);
                    if ui.add(button).clicked() {
                        wish = Some(Wish::Step(col, down));
                    }
                }
            });
        });
    });
    Line {
        rect: response.response.rect,
        wish,
    }
}

/// The place at which a shown column is taken to be dragged.
fn handle(ui: &mut Ui, col: Col, is_shown: bool, name: &str) {
    let sense = if is_shown { Sense::DRAG } else { Sense::HOVER };
    let (rect, response) = ui.allocate_exact_size(vec2(18.0, 24.0), sense);
    if !is_shown {
        return;
    }
    let id = egui::Id::unique("dragged column");
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(id, col));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    let icon = icons::ICON_DRAG_INDICATOR;
    let font = egui::FontId::new(16.0, icon.font_family());
    let weak = theme::palette(ui).weak;
    let middle = rect.center();
    ui.painter()
        .text(middle, egui::Align2::CENTER_CENTER, icon.codepoint, font, weak);
    response.on_hover_cursor(egui::CursorIcon::Grab);
}

/// Where the dragged column would stand; told once, when it is let go.
fn dropped(ui: &Ui, lines: &[(Col, Rect)], shown: usize) -> Option<Wish> {
    let id = egui::Id::unique("dragged column");
    let dragged = ui.data(|data| data.get_temp::<Col>(id))?;
    let pointer = ui.input(|input| input.pointer.latest_pos())?;
    let from = lines.iter().position(|(col, _)| *col == dragged)?;
    let middles = lines.iter().take(shown).map(|(_, rect)| rect.center().y);
    let place = middles.filter(|middle| *middle < pointer.y).count();
    // Without the dragged one, everything behind it stands one place higher.
    let to = if place > from {
        place.saturating_sub(1)
    } else {
        place
    };
    let line = lines
        .get(place.min(lines.len().saturating_sub(1)))
        .map(|(_, rect)| *rect);
    if let Some(rect) = line.filter(|_| to != from) {
        let stroke = Stroke::new(2.0, theme::palette(ui).accent);
        let y = rect.top();
        ui.painter()
            .line_segment([pos2(rect.left(), y), pos2(rect.right(), y)], stroke);
    }
    if ui.input(|input| input.pointer.any_down()) {
        return None;
    }
    ui.data_mut(|data| data.remove_temp::<Col>(id));
    (to != from).then_some(Wish::MoveTo(dragged, to))
}
