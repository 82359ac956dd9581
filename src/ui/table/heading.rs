//! The headings of a table: sorted by a click, moved by dragging or Alt and the arrows, made wider at their right edge
//! or by Ctrl and the arrows.

use egui::{Align2, CursorIcon, FontId, Key, Modifiers, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo};
use egui::{pos2, vec2};

use super::{Column, HEADING, Table, widths};
use crate::ui::theme::{self, S};
use crate::ui::widgets::icons;

/// How far one press of a key makes a column wider.
const STEP: f32 = 16.0;

/// What a person wishes of a column at its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingWish {
    /// Sort by it, or the other way round.
    Sort,
    /// Sort by it upwards.
    SortUp,
    /// Sort by it downwards.
    SortDown,
    /// One place to the left.
    MoveLeft,
    /// One place to the right.
    MoveRight,
    /// To the place of another column.
    MoveTo(usize),
    /// Give it back its usual width.
    UsualWidth,
    /// Show it no more.
    Hide,
}

impl HeadingWish {
    /// What the menu of a heading offers, in this order.
    pub const MENU: [Self; 6] = [
        Self::SortUp,
        Self::SortDown,
        Self::MoveLeft,
        Self::MoveRight,
        Self::UsualWidth,
        Self::Hide,
    ];
}

/// Paints one heading. `menu`: the words of its menu, where columns can be moved.
pub(super) fn ui(
    ui: &mut Ui,
    table: &Table<'_>,
    index: usize,
    column: &Column,
    sorted: Option<(usize, bool)>,
    menu: Option<&[String]>,
) -> Option<HeadingWish> {
    let palette = theme::palette(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, palette.subtle);
    let sense = match (menu.is_some(), column.sortable) {
        (true, _) => Sense::click_and_drag(),
        (false, true) => Sense::click(),
        (false, false) => Sense::HOVER,
    };
    let response = ui.interact(
        rect.shrink2(vec2(2.0, 0.0)),
        ui.scope_id().with(("heading", index)),
        sense,
    );
    let ink = if response.hovered() && column.sortable {
        palette.text
    } else {
        palette.weak
    };
    words(ui, column, sorted.map(|(_, down)| down), ink);
    let role = if column.sortable {
        Role::Button
    } else {
        Role::ColumnHeader
    };
    response.widget_info(|| WidgetInfo::labeled(role, true, &column.title));
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.accent);
        let inside = rect.shrink(2.0);
        ui.painter()
            .rect_stroke(inside, 2.0, stroke, egui::StrokeKind::Inside);
    }
    if column.sortable && response.clicked() {
        return Some(HeadingWish::Sort);
    }
    let menu = menu?;
    if response.has_focus()
        && let Some(wish) = by_keys(ui, table, index, rect.width())
    {
        return Some(wish);
    }
    let mut wish = dropped(ui, index, &response);
    response.context_menu(|ui| {
        for (offered, word) in HeadingWish::MENU.into_iter().zip(menu) {
            let fits = column.sortable || !matches!(offered, HeadingWish::SortUp | HeadingWish::SortDown);
            if fits && ui.button(word).clicked() {
                wish = Some(offered);
                ui.close();
            }
        }
    });
    if wish == Some(HeadingWish::UsualWidth) {
        widths::set(ui.ctx(), table, index, None);
        return None;
    }
    wish
}

fn words(ui: &Ui, column: &Column, sorted: Option<bool>, ink: egui::Color32) {
    let rect = ui.max_rect().shrink2(vec2(S, 0.0));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let (align, at) = if column.right {
        (Align2::RIGHT_CENTER, rect.right_center())
    } else {
        (Align2::LEFT_CENTER, rect.left_center())
    };
    let arrow = 16.0;
    let shift = if column.right && sorted.is_some() {
        arrow
    } else {
        0.0
    };
    let font = FontId::proportional(12.5);
    let title = painter.text(pos2(at.x - shift, at.y), align, &column.title, font, ink);
    let Some(downwards) = sorted else {
        return;
    };
    let icon = if downwards {
        icons::ICON_ARROW_DROP_DOWN
    } else {
        icons::ICON_ARROW_DROP_UP
    };
    let font = FontId::new(arrow, icon.font_family());
    let beside = pos2(title.right(), at.y);
    painter.text(beside, Align2::LEFT_CENTER, icon.codepoint, font, ink);
}

fn by_keys(ui: &Ui, table: &Table<'_>, index: usize, width: f32) -> Option<HeadingWish> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, step, wish) in [
        (Key::ArrowLeft, -STEP, HeadingWish::MoveLeft),
        (Key::ArrowRight, STEP, HeadingWish::MoveRight),
    ] {
        if pressed(Modifiers::COMMAND, key) {
            widths::set(ui.ctx(), table, index, Some(width + step));
        }
        if pressed(Modifiers::ALT, key) {
            return Some(wish);
        }
    }
    None
}

/// A heading that is dragged shows where it would go, and goes there when it is let go.
fn dropped(ui: &Ui, index: usize, response: &egui::Response) -> Option<HeadingWish> {
    let id = ui.make_persistent_id("dragged heading");
    let over = |at: Pos2| response.rect.expand2(vec2(2.0, 40.0)).contains(at);
    let pointer = ui.input(|input| input.pointer.latest_pos());
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(id, index));
    }
    let dragged = ui.data(|data| data.get_temp::<usize>(id))?;
    if !ui.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
        ui.data_mut(|data| data.remove_temp::<usize>(id)); // it was let go somewhere else
        return None;
    }
    if !pointer.is_some_and(over) {
        return None;
    }
    if dragged != index && ui.input(|input| input.pointer.any_down()) {
        let x = if dragged < index {
            response.rect.right()
        } else {
            response.rect.left()
        };
        let stroke = Stroke::new(2.0, theme::palette(ui).accent);
        ui.painter().vline(x, response.rect.y_range(), stroke);
    }
    if ui.input(|input| input.pointer.any_released()) {
        ui.data_mut(|data| data.remove_temp::<usize>(id));
        // The wish is about the heading that was dragged, told at the one where it was let go.
        return (dragged != index).then_some(HeadingWish::MoveTo(dragged));
    }
    None
}

/// The right edges of the headings, which make their columns wider; a double click gives the usual width back.
pub(super) fn handles(ui: &Ui, table: &Table<'_>, widths: &[f32], top_left: Pos2, boxes: f32) {
    let mut x = top_left.x + boxes;
    for (index, (width, column)) in widths.iter().zip(table.columns).enumerate() {
        x += width;
        if column.rest && index.saturating_add(1) == widths.len() {
            continue; // it ends where the table ends
        }
        let line = Rect::from_min_size(pos2(x - 4.0, top_left.y), vec2(8.0, HEADING));
        let id = ui.make_persistent_id((table.id, "handle", index));
        let response = ui.interact(line, id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, &column.title));
        let palette = theme::palette(ui);
        let (wide, ink) = if response.hovered() || response.dragged() {
            (2.0, palette.accent)
        } else {
            (1.0, palette.line_strong)
        };
        let inset = if wide > 1.0 { 0.0 } else { 8.0 };
        let y = top_left.y + inset..=top_left.y + HEADING - inset;
        ui.painter().vline(x - 0.5, y, Stroke::new(wide, ink));
        let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
        if response.double_clicked() {
            widths::set(ui.ctx(), table, index, None);
        } else if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            widths::set(ui.ctx(), table, index, Some(pointer.x - (x - width)));
        }
    }
}
