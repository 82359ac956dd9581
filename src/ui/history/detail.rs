//! The chosen line beside the list: all that is known of it, the answer as it came, and where it leads.

use egui::{CornerRadius, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::model::{self, Model};
use crate::domain::{HistoryLine, plain_text};
use crate::engine::command::Command;
use crate::i18n::{format, history_kind_name, parcels_of, support_text, tell_happened};
use crate::ui::diagnostics;
use crate::ui::orders::model::Said;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, ROUND, S, XS};
use crate::ui::widgets::{self, Details, icon_button, icons, quiet, secondary};
use crate::ui::{Page, said};

/// Characters of one line of an answer; more than is kept of a whole one.
const RAW_CHARS: usize = 4096;

/// Paints it at the right; `true` when it is to be closed.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    line: &HistoryLine,
    model: &mut Model,
    raw_shown: &mut bool,
) -> Details<bool> {
    let mut close = false;
    let (frame, sizes) = (widgets::beside(ui), (400.0, 320.0..=560.0));
    let painted = widgets::details(ui, "history-detail", frame, sizes, |ui| {
        ui.horizontal(|ui| {
            let told = tell_happened(cx.lang, line, &cx.snapshot.couriers);
            let kind = history_kind_name(cx.lang, line.kind);
            said::pill(ui, &Said::new(kind, model::tone(told.mood)));
            widgets::small(ui, format::moment_exact(line.at));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = icon_button(icons::ICON_CLOSE, cx.t("history-detail-close"));
                close = ui.add(button).clicked();
            });
        });
        ScrollArea::vertical()
            .id_salt("history-detail-scroll")
            .auto_shrink([false, false])
            .show(ui, |ui| body(ui, cx, line, model, raw_shown));
    });
    Details {
        inner: close,
        alone: painted.alone,
    }
}

fn body(ui: &mut Ui, cx: &mut Cx<'_>, line: &HistoryLine, model: &mut Model, raw_shown: &mut bool) {
    ui.spacing_mut().item_spacing.y = 6.0;
    let told = tell_happened(cx.lang, line, &cx.snapshot.couriers);
    widgets::strong(ui, &*plain_text::line(&told.title));
    if !told.detail.is_empty() {
        ui.add(Label::new(&*plain_text::line(&told.detail)).wrap());
    }
    let order = line.order.as_ref().map(ToString::to_string);
    if let Some(order) = &order {
        widgets::small(ui, cx.t("history-head-order"));
        ui.add_space(-XS);
        widgets::copyable(ui, order, &cx.t("copy"));
    }
    if let Some(intent) = &line.intent {
        widgets::small(ui, cx.t("history-col-parcels"));
        ui.add_space(-XS);
        let parcels = parcels_of(cx.lang, intent, &cx.snapshot.couriers);
        ui.add(Label::new(&*plain_text::line(&parcels)).wrap());
    }
    let from = model::from(cx.lang, line);
    for (name, value) in [("history-col-from", from), ("history-col-who", line.by.clone())] {
        if !value.is_empty() {
            widgets::key_value(ui, &cx.t(name), &value);
        }
    }
    code(ui, cx, &told.title, &told.code, order.as_deref(), line);
    ui.add_space(XS);
    ui.horizontal_wrapped(|ui| leads_to(ui, cx, line, model));
    ui.add_space(S);
    raw(ui, cx, &line.raw, raw_shown);
}

fn code(ui: &mut Ui, cx: &Cx<'_>, title: &str, code: &str, order: Option<&str>, line: &HistoryLine) {
    if !code.is_empty() {
        ui.add(
            Label::new(RichText::new(plain_text::line(code)).small())
                .selectable(true)
                .wrap(),
        );
    }
    let copy = quiet(cx.t("history-copy-support")).icon(icons::ICON_CONTENT_COPY);
    if ui.add(copy.hint(cx.t("history-copied-note"))).clicked() {
        ui.copy_text(support_text(cx.lang, title, order, code, line.at));
    }
    diagnostics::rid_button(ui, cx, code);
}

fn leads_to(ui: &mut Ui, cx: &mut Cx<'_>, line: &HistoryLine, model: &mut Model) {
    if line.order.is_some() {
        let open = secondary(cx.t("history-open-order")).icon(icons::ICON_RECEIPT_LONG);
        if ui.add(open).clicked() {
            open_order(cx, line);
        }
    }
    if let Some(file) = &line.file {
        let is_open = cx
            .snapshot
            .batch
            .as_ref()
            .is_some_and(|open| open.id.0 == file.batch);
        if is_open {
            let open = secondary(cx.t("history-open-file")).icon(icons::ICON_UPLOAD_FILE);
            if ui.add(open).clicked() {
                *cx.go = Some(Page::Import);
            }
        }
        if model.file != file.name {
            let all = quiet(cx.t("history-of-file")).icon(icons::ICON_HISTORY);
            if ui.add(all).clicked() {
                model.file.clone_from(&file.name);
            }
        }
    }
}

/// A row was opened: its order, or everything of its file.
pub fn open(cx: &mut Cx<'_>, line: &HistoryLine, model: &mut Model) {
    if line.order.is_some() {
        open_order(cx, line);
    } else if let Some(file) = &line.file {
        model.file.clone_from(&file.name);
    }
}

fn open_order(cx: &mut Cx<'_>, line: &HistoryLine) {
    if let Some(order) = &line.order {
        cx.send(Command::OpenOrder(order.clone()));
        *cx.go = Some(Page::Orders);
    }
}

/// The answer as it came, folded away until it is wanted.
pub fn raw(ui: &mut Ui, cx: &Cx<'_>, raw: &str, shown: &mut bool) {
    if raw.is_empty() {
        return;
    }
    let (id, icon) = if *shown {
        ("history-raw-hide", icons::ICON_EXPAND_LESS)
    } else {
        ("history-raw", icons::ICON_EXPAND_MORE)
    };
    if ui.add(quiet(cx.t(id)).icon(icon)).clicked() {
        *shown = !*shown;
    }
    if !*shown {
        return;
    }
    let palette = theme::palette(ui);
    Frame::new()
        .fill(palette.subtle)
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            // Its own lines stay; what hides or turns text in them does not.
            let lines = raw.lines().map(|line| plain_text::one_line(line, RAW_CHARS));
            let plain = lines.collect::<Vec<_>>().join("\n");
            let text = RichText::new(plain).monospace().size(12.0);
            ui.add(Label::new(text).selectable(true).wrap());
        });
    widgets::small(ui, cx.t("history-raw-note"));
}
