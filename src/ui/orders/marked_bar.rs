//! The bar that says how many orders are marked, and what can be done with all of them.

use egui::{Context, CornerRadius, Frame, Margin, Stroke, Ui};

use super::model::{Model, sheet};
use super::{Pane, at_right};
use crate::domain::spreadsheet;
use crate::engine::command::Command;
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::saving::Save;
use crate::ui::theme::{self, ROUND, S, Tone};
use crate::ui::widgets::{self, icon_button, icons};

/// More cannot be read again one by one.
const REREAD_AT_MOST: usize = 200;

/// What a person wants done with the marked orders beyond what the bar does itself.
#[derive(Clone, Debug, Default)]
struct Wish {
    /// Copy them as a table.
    copy: bool,
    /// Put them into a file.
    save: Option<Save>,
}

impl Pane {
    /// What is marked, and what is wished of it.
    pub(super) fn marked(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let wish = bar(ui, cx, &mut self.model);
        if wish.copy {
            self.copy(ui.ctx(), cx, false);
        }
        if wish.save.is_some() {
            self.wants_save = wish.save;
        }
    }

    /// Copies the marked orders as a table with headings, else the cell that the arrows have reached, else the
    /// order's number; `row`: the whole row instead of one of both.
    pub(super) fn copy(&self, ctx: &Context, cx: &Cx<'_>, row: bool) {
        let (lang, couriers) = (cx.lang, &cx.snapshot.couriers);
        let columns = self.model.columns.shown();
        let words = |order| sheet::row(lang, order, columns, couriers, cx.now);
        // Marks that the filter hides are not meant.
        let orders = self.model.marked_orders();
        if !orders.is_empty() {
            let mut table = vec![sheet::headings(lang, columns)];
            table.extend(orders.iter().map(|order| words(order)));
            return ctx.copy_text(spreadsheet::pasted(table.iter().map(Vec::as_slice)));
        }
        let order = self.model.chosen_row().and_then(|row| self.model.order(row));
        match (order, self.list.column) {
            (Some(order), _) if row => ctx.copy_text(spreadsheet::pasted([words(order).as_slice()])),
            (Some(order), Some(col)) => ctx.copy_text(sheet::cell(lang, order, col, couriers, cx.now)),
            _ => {
                if let Some(order) = self.model.chosen() {
                    ctx.copy_text(order.to_string());
                }
            }
        }
    }
}

/// Paints the bar while something is marked.
fn bar(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> Wish {
    let marked = model.marked();
    let mut wish = Wish::default();
    if marked.count == 0 {
        return wish;
    }
    let pair = theme::palette(ui).tone(Tone::Ready);
    let frame = Frame::new()
        .fill(pair.ground)
        .stroke(Stroke::new(1.0, pair.ink))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::symmetric(12, 4));
    frame.show(ui, |ui| {
        widgets::row(ui, 32.0, |ui| {
            ui.spacing_mut().item_spacing.x = S;
            let args = [
                ("count", format::count(marked.count).into()),
                ("amount", format::money(marked.amount).into()),
            ];
            widgets::strong(ui, cx.ta("orders-marked", &args));
            let copy = widgets::quiet(cx.t("orders-marked-copy")).icon(icons::ICON_CONTENT_COPY);
            wish.copy = ui.add(copy.hint(cx.t("orders-marked-copy-hint"))).clicked();
            let save = widgets::quiet(cx.t("orders-marked-save")).icon(icons::ICON_DOWNLOAD);
            if ui.add(save.hint(cx.t("orders-marked-save-hint"))).clicked() {
                wish.save = Some(Save::PackingList(model.marked_ids().into()));
            }
            reread(ui, cx, model, marked.count);
            at_right(ui, |ui| {
                let none = icon_button(icons::ICON_CLOSE, cx.t("orders-marked-none"));
                if ui.add(none).clicked() {
                    model.selection.clear();
                }
            });
        });
    });
    ui.add_space(S);
    wish
}

fn reread(ui: &mut Ui, cx: &mut Cx<'_>, model: &Model, count: usize) {
    let left = cx.snapshot.orders.rereading;
    if left > 0 {
        widgets::loading(
            ui,
            &cx.ta("orders-rereading", &[("count", format::count(left).into())]),
        );
        return;
    }
    let few = count <= REREAD_AT_MOST;
    let hint = if few {
        cx.t("orders-marked-reread-hint")
    } else {
        cx.ta("orders-marked-reread-many", &[("count", REREAD_AT_MOST.into())])
    };
    let button = widgets::quiet(cx.t("orders-marked-reread")).icon(icons::ICON_REFRESH);
    if ui.add(button.enabled(few).hint(hint)).clicked() {
        cx.send(Command::RereadOrders(model.marked_ids()));
    }
}
