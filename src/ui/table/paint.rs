//! One frame of a table: its headings, its visible rows and cells, its boxes.

use egui::{Align, Layout, Modifiers, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui};
use egui::{UiBuilder, WidgetInfo, vec2};
use egui_extras::{Column as Width, TableBuilder, TableRow};

use super::heading::{self, HeadingWish};
use super::keys::Keys;
use super::{BOXES, Done, HEADING, Many, Table, scroll_id};
use crate::ui::theme::{self, ROW, S};
use crate::ui::widgets::{self, icons};

/// One frame of the table.
pub(super) struct Paint<'a, 'b> {
    pub(super) table: &'a Table<'a>,
    pub(super) many: Option<Many<'b>>,
    pub(super) widths: Vec<f32>,
    pub(super) keys: Keys,
    pub(super) done: Done,
}

impl Paint<'_, '_> {
    pub(super) fn body(
        mut self,
        ui: &mut Ui,
        bar: f32,
        row_name: impl Fn(usize) -> String,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
    ) -> Done {
        ui.style_mut().interaction.selectable_labels = false;
        let between = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let boxes = if self.many.is_some() { BOXES } else { 0.0 };
        let total = self.widths.iter().sum::<f32>() + boxes;
        let seen = ui.available_size();
        let clip = ui.clip_rect();
        let height = seen.y;
        let wide = total + bar > seen.x + 0.5;
        let sideways = ScrollArea::new([wide, false])
            .id_salt((self.table.id, "sideways"))
            .auto_shrink([false, false]);
        sideways.show(ui, |ui| {
            ui.set_width((total + bar).max(seen.x));
            let height = if wide { height - bar.max(10.0) } else { height };
            let before = ui.cursor().min;
            let rect = Rect::from_min_size(before, vec2((total + bar).max(seen.x), height));
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                let builder = self.builder(ui, boxes);
                let with_headings = builder.header(HEADING, |mut header| self.headings(&mut header));
                with_headings.body(|body| {
                    body.rows(ROW, self.table.rows, |mut row| {
                        self.row(&mut row, between, clip, &row_name, cell);
                    });
                });
            });
            heading::handles(ui, self.table, &self.widths, before, boxes);
        });
        self.done
    }

    fn builder<'u>(&self, ui: &'u mut Ui, boxes: f32) -> TableBuilder<'u> {
        let ctx = ui.ctx().clone();
        let mut builder = TableBuilder::new(ui)
            .id_salt(self.table.id)
            .striped(false)
            .resizable(false)
            .sense(Sense::CLICK)
            .cell_layout(Layout::left_to_right(Align::Center))
            .min_scrolled_height(120.0)
            .auto_shrink([false, false]);
        if boxes > 0.0 {
            builder = builder.column(Width::exact(boxes));
        }
        for width in &self.widths {
            builder = builder.column(Width::exact(*width));
        }
        let asked = ctx.data_mut(|data| data.remove_temp::<usize>(scroll_id(self.table.id)));
        match self.keys.moved.or(asked) {
            Some(row) => builder.scroll_to_row(row, None),
            None => builder,
        }
    }

    fn headings(&mut self, header: &mut TableRow<'_, '_>) {
        if let Some(many) = &self.many {
            let (all, words) = (many.all, many.words.1);
            header.col(|ui| {
                let subtle = theme::palette(ui).subtle;
                ui.painter().rect_filled(ui.max_rect(), 0.0, subtle);
                if tick(ui, all, words) {
                    self.done.all = Some(all != Some(true));
                }
            });
        }
        for (index, column) in self.table.columns.iter().enumerate() {
            let sorted = self.table.sorted.filter(|(at, _)| *at == index);
            let menu = self.many.as_ref().map(|many| many.heading_menu);
            header.col(|ui| {
                let wish = heading::ui(ui, self.table, index, column, sorted, menu);
                match wish {
                    Some(HeadingWish::Sort) => self.done.sort = Some(index),
                    Some(wish) => self.done.heading = Some((index, wish)),
                    None => {}
                }
            });
        }
    }

    fn row(
        &mut self,
        row: &mut TableRow<'_, '_>,
        between: egui::Vec2,
        clip: Rect,
        row_name: &impl Fn(usize) -> String,
        cell: &mut impl FnMut(&mut Ui, usize, usize),
    ) {
        let index = row.index();
        let chosen = self.table.selected == Some(index);
        let marked = self.many.as_ref().is_some_and(|many| (many.marked)(index));
        row.set_selected(chosen || marked);
        let mut pointed = None;
        if let Some(many) = &self.many {
            row.col(|ui| {
                line_below(ui);
                if chosen {
                    edge(ui);
                }
                if tick(ui, Some(marked), &(many.words.0)(index)) {
                    self.done.marked = Some(index);
                }
            });
        }
        for (at, column) in self.table.columns.iter().enumerate() {
            let reached = chosen && self.many.as_ref().is_some_and(|many| many.column == Some(at));
            let (_, response) = row.col(|ui| {
                line_below(ui);
                // What lies beside the window is not laid out.
                if !ui.max_rect().intersects(clip) {
                    return;
                }
                ui.spacing_mut().item_spacing = between;
                padded(ui, column.right, |ui| cell(ui, index, at));
                if reached {
                    let stroke = Stroke::new(1.5, theme::palette(ui).accent);
                    let rect = ui.max_rect().shrink(1.0);
                    ui.painter().rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
                }
            });
            if response.hovered() || response.secondary_clicked() {
                pointed = Some(at);
            }
        }
        let response = row.response();
        let name = row_name(index);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, chosen || marked, &name));
        self.row_pressed(&response, index, pointed);
    }

    fn row_pressed(&mut self, response: &Response, index: usize, pointed: Option<usize>) {
        let modifiers = response.ctx.input(|input| input.modifiers);
        if response.clicked() {
            match (&self.many, modifiers) {
                (Some(_), Modifiers { shift: true, .. }) => self.done.marked_to = Some(index),
                (Some(_), Modifiers { command: true, .. }) => self.done.marked = Some(index),
                _ => self.done.selected = Some(index),
            }
            let id = self.keys.id;
            response.ctx.memory_mut(|memory| memory.request_focus(id));
        }
        if response.double_clicked() && modifiers.is_none() {
            self.done.opened = Some(index);
        }
        let Some(many) = &mut self.many else {
            return;
        };
        if response.secondary_clicked() {
            self.done.menu = Some((index, pointed.unwrap_or_default()));
        }
        response.context_menu(|ui| (many.row_menu)(ui));
    }
}

/// A box that is ticked, empty or partly filled; `true` when it was pressed.
fn tick(ui: &mut Ui, ticked: Option<bool>, name: &str) -> bool {
    let rect = ui.max_rect();
    let response = ui.interact(rect, ui.scope_id().with("tick"), Sense::CLICK);
    let (icon, tone) = match ticked {
        Some(true) => (icons::ICON_CHECK_BOX, theme::Tone::Ready),
        Some(false) => (icons::ICON_CHECK_BOX_OUTLINE_BLANK, theme::Tone::Neutral),
        None => (icons::ICON_INDETERMINATE_CHECK_BOX, theme::Tone::Ready),
    };
    let inside = Rect::from_center_size(rect.center(), vec2(18.0, 18.0));
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        widgets::icon(ui, icon, tone, 18.0)
    });
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked == Some(true), name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
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

/// The bar before the chosen row, which tells it from rows that are only marked.
fn edge(ui: &Ui) {
    let rect = ui.max_rect();
    let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    let accent = theme::palette(ui).accent;
    ui.painter().rect_filled(bar, 0.0, accent);
}

fn line_below(ui: &Ui) {
    let line = theme::palette(ui).line;
    let rect = ui.max_rect();
    let stroke = egui::Stroke::new(1.0, line);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke);
}
