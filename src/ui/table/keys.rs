//! The keys of a table: arrows, Home, End, page keys, Enter, and what marks many rows. They rest while something else
//! than the table has the keyboard.

use egui::{Id, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Done, Many, Table};
use crate::ui::pane;
use crate::ui::theme::{self, ROW};

pub(super) struct Keys {
    pub(super) id: Id,
    /// The row that the keys have reached.
    pub(super) moved: Option<usize>,
}

/// Reads the keys of this frame. `many`: where many rows can be marked.
pub(super) fn read(table: &Table<'_>, ui: &mut Ui, many: Option<&Many<'_>>, done: &mut Done) -> Keys {
    let id = ui.make_persistent_id((table.id, "keys"));
    let rect = Rect::from_min_size(ui.next_widget_position(), vec2(1.0, 1.0));
    let focus = ui.interact(rect, id, Sense::focusable_noninteractive());
    focus.widget_info(|| WidgetInfo::labeled(Role::Grid, true, table.name));
    let ours = focus.has_focus() || ui.memory(|memory| memory.focused().is_none());
    let mut keys = Keys { id, moved: None };
    if !ours || !pane::keys_free(ui.ctx()) || table.rows == 0 {
        return keys;
    }
    if focus.has_focus() {
        hold_arrows(ui, id, many.is_some());
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let at = table.selected;
    for (key, target) in targets(table, ui.available_height()) {
        if many.is_some() && pressed(Modifiers::SHIFT, key) {
            keys.moved = Some(target);
            done.marked_to = Some(target);
        } else if pressed(Modifiers::NONE, key) {
            keys.moved = Some(target);
            done.selected = Some(target);
        }
    }
    if at.is_some() && pressed(Modifiers::NONE, Key::Enter) {
        done.opened = at;
    }
    if let Some(many) = many {
        let column = many.column;
        if pressed(Modifiers::COMMAND, Key::A) {
            done.all = Some(true);
        }
        if pressed(Modifiers::NONE, Key::Space) {
            done.marked = at;
        }
        let last = table.columns.len().saturating_sub(1);
        if pressed(Modifiers::NONE, Key::ArrowRight) && at.is_some() {
            done.column = Some(column.map_or(0, |at| at.saturating_add(1).min(last)));
        }
        if pressed(Modifiers::NONE, Key::ArrowLeft) && at.is_some() {
            done.column = Some(column.unwrap_or_default().saturating_sub(1));
        }
    }
    keys
}

/// Where each key leads.
fn targets(table: &Table<'_>, height: f32) -> [(Key, usize); 6] {
    let last = table.rows.saturating_sub(1);
    let page = usize::try_from(theme::whole(height / ROW)).unwrap_or(1);
    let page = page.saturating_sub(2).max(1);
    let at = table.selected;
    let down = |rows: usize| at.map_or(0, |row| row.saturating_add(rows).min(last));
    let up = |rows: usize| at.map_or(0, |row| row.saturating_sub(rows));
    [
        (Key::ArrowDown, down(1)),
        (Key::ArrowUp, up(1)),
        (Key::PageDown, down(page)),
        (Key::PageUp, up(page)),
        (Key::Home, 0),
        (Key::End, last),
    ]
}

/// Otherwise the arrows would move the focus to a neighbouring widget.
fn hold_arrows(ui: &Ui, id: Id, sideways: bool) {
    let filter = egui::EventFilter {
        vertical_arrows: true,
        horizontal_arrows: sideways,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}
