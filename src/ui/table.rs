//! The one table: only the rows that are seen are built, rows are chosen by mouse and keys, and every row
//! has a name for screen readers and tests.

use egui::{
    Align, CornerRadius, Frame, Id, Key, Layout, Modifiers, Rect, Response, RichText, Role, Sense, Stroke,
    Ui, UiBuilder, WidgetInfo, vec2,
};
use egui_extras::{Column as Width, TableBuilder};

use super::pane;
use super::theme::{self, ROUND, ROW, S};
use super::widgets::icons;

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    width: Width,
    sortable: bool,
    right: bool,
}

impl Column {
    /// A column that starts with this width and can be made wider.
    pub fn of(title: impl Into<String>, width: f32) -> Self {
        Self {
            title: title.into(),
            width: Width::initial(width).at_least(48.0).clip(true).resizable(true),
            sortable: false,
            right: false,
        }
    }

    /// The column that takes what is left.
    pub fn rest(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            width: Width::remainder().at_least(120.0).clip(true),
            sortable: false,
            right: false,
        }
    }

    /// A click on its heading sorts.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Its cells stand at the right, as amounts and numbers do.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }
}

/// What is asked of the table in one frame.
#[derive(Debug)]
pub struct Table<'a> {
    /// Tells tables of one page apart.
    pub id: &'a str,
    /// What the table is, for screen readers.
    pub name: &'a str,
    /// Its columns.
    pub columns: &'a [Column],
    /// How many rows there are.
    pub rows: usize,
    /// The chosen row.
    pub selected: Option<usize>,
    /// The column by which it is sorted, and whether downwards.
    pub sorted: Option<(usize, bool)>,
}

/// What a person did with the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// A row was chosen by click or keys.
    pub selected: Option<usize>,
    /// A row was opened by double click or Enter.
    pub opened: Option<usize>,
    /// A heading was clicked.
    pub sort: Option<usize>,
}

impl Table<'_> {
    /// Paints the table into all the space there is. `row_name` names a row; `cell` paints the cell of a
    /// row and a column.
    pub fn show(
        self,
        ui: &mut Ui,
        row_name: impl Fn(usize) -> String,
        mut cell: impl FnMut(&mut Ui, usize, usize),
    ) -> Done {
        let mut done = Done::default();
        let keys = self.keys(ui, &mut done);
        let palette = theme::palette(ui);
        let frame = Frame::new()
            .fill(palette.surface)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(ROUND));
        frame.show(ui, |ui| self.body(ui, &keys, &mut done, row_name, &mut cell));
        done
    }

    fn body(
        &self,
        ui: &mut Ui,
        keys: &Keys,
        done: &mut Done,
        row_name: impl Fn(usize) -> String,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
    ) {
        ui.style_mut().interaction.selectable_labels = false;
        let between = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let ui_ctx = ui.ctx().clone();
        let mut builder = TableBuilder::new(ui)
            .id_salt(self.id)
            .striped(false)
            .resizable(true)
            .sense(Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .min_scrolled_height(120.0)
            .auto_shrink([false, false]);
        for column in self.columns {
            builder = builder.column(column.width);
        }
        let asked = ui_ctx.data_mut(|data| data.remove_temp::<usize>(scroll_id(self.id)));
        if let Some(row) = keys.moved.or(asked) {
            builder = builder.scroll_to_row(row, None);
        }
        builder
            .header(32.0, |mut header| {
                for (index, column) in self.columns.iter().enumerate() {
                    header.col(|ui| {
                        if heading(ui, column, self.sorted.filter(|(at, _)| *at == index)) {
                            done.sort = Some(index);
                        }
                    });
                }
            })
            .body(|body| {
                body.rows(ROW, self.rows, |mut row| {
                    let index = row.index();
                    row.set_selected(self.selected == Some(index));
                    for (at, column) in self.columns.iter().enumerate() {
                        row.col(|ui| {
                            ui.spacing_mut().item_spacing = between;
                            line_below(ui);
                            padded(ui, column.right, |ui| cell(ui, index, at));
                        });
                    }
                    let response = row.response();
                    let chosen = self.selected == Some(index);
                    let name = row_name(index);
                    response.widget_info(|| WidgetInfo::selected(Role::Row, true, chosen, &name));
                    if response.clicked() {
                        done.selected = Some(index);
                        response.ctx.memory_mut(|memory| memory.request_focus(keys.id));
                    }
                    if response.double_clicked() {
                        done.opened = Some(index);
                    }
                });
            });
    }

    /// Arrows, Home, End, page keys and Enter, while the table or nothing has the keyboard.
    fn keys(&self, ui: &mut Ui, done: &mut Done) -> Keys {
        let id = ui.make_persistent_id((self.id, "keys"));
        let rect = Rect::from_min_size(ui.next_widget_position(), vec2(1.0, 1.0));
        let focus = ui.interact(rect, id, Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::Grid, true, self.name));
        let ours = focus.has_focus() || ui.memory(|memory| memory.focused().is_none());
        let mut keys = Keys { id, moved: None };
        if !ours || !pane::keys_free(ui.ctx()) || self.rows == 0 {
            return keys;
        }
        if focus.has_focus() {
            hold_arrows(ui, id);
        }
        let last = self.rows.saturating_sub(1);
        let page = usize::try_from(theme::whole(ui.available_height() / ROW)).unwrap_or(1);
        let page = page.saturating_sub(2).max(1);
        let at = self.selected;
        let targets = [
            (
                Key::ArrowDown,
                at.map_or(0, |row| row.saturating_add(1).min(last)),
            ),
            (Key::ArrowUp, at.map_or(0, |row| row.saturating_sub(1))),
            (
                Key::PageDown,
                at.map_or(0, |row| row.saturating_add(page).min(last)),
            ),
            (Key::PageUp, at.map_or(0, |row| row.saturating_sub(page))),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, target) in targets {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                keys.moved = Some(target);
                done.selected = Some(target);
            }
        }
        if at.is_some() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            done.opened = at;
        }
        keys
    }
}

/// Brings a row of a table into sight when it is painted next, as after turning a page.
pub fn scroll_to(ctx: &egui::Context, table: &str, row: usize) {
    ctx.data_mut(|data| data.insert_temp(scroll_id(table), row));
}

fn scroll_id(table: &str) -> Id {
    Id::unique(("scroll", table))
}

struct Keys {
    id: Id,
    moved: Option<usize>,
}

/// Otherwise the arrows would move the focus to a neighbouring widget.
fn hold_arrows(ui: &Ui, id: Id) {
    let filter = egui::EventFilter {
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

fn heading(ui: &mut Ui, column: &Column, sorted: Option<(usize, bool)>) -> bool {
    let palette = theme::palette(ui);
    ui.painter().rect_filled(ui.max_rect(), 0.0, palette.subtle);
    let words = RichText::new(&column.title).size(12.5).color(palette.weak);
    padded(ui, column.right, |ui| {
        if !column.sortable {
            ui.label(words);
            return false;
        }
        let response: Response = ui.add(egui::Label::new(words).sense(Sense::click()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &column.title));
        if let Some((_, downwards)) = sorted {
            let icon = if downwards {
                icons::ICON_ARROW_DROP_DOWN
            } else {
                icons::ICON_ARROW_DROP_UP
            };
            ui.label(icon.rich_text().size(16.0));
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
    })
}

/// The contents of a cell with space at both sides.
fn padded<R>(ui: &mut Ui, right: bool, add: impl FnOnce(&mut Ui) -> R) -> R {
    let inside = ui.max_rect().shrink2(vec2(S, 0.0));
    let layout = if right {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(layout), add)
        .inner
}

fn line_below(ui: &Ui) {
    let line = theme::palette(ui).line;
    let rect = ui.max_rect();
    let stroke = egui::Stroke::new(1.0, line);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke);
}
