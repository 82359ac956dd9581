//! The chosen row beside the table: every problem with its cell, its value and its repair, and the row as
//! it stands in the file.

use egui::{CornerRadius, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::model::{self, ProblemWords, changes};
use super::repair::{self, Editing};
use super::{courier_pick, standing};
use crate::domain::{Field, Ignored, ProblemKind, plain_text};
use crate::engine::snapshot::BatchView;
use crate::i18n::{ignored_name, row_status_name};
use crate::ui::checklist::{self, model::Subject};
use crate::ui::diagnostics;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, M, ROUND, S, XS};
use crate::ui::widgets::{self, Details, icon_button, icons};
use crate::ui::{told, tones};

/// Paints it at the right; `true` when it is to be closed.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    batch: &BatchView,
    index: usize,
    editing: &mut Editing,
) -> Details<bool> {
    editing.follow(batch, index, &cx.snapshot.orders);
    let Some(row) = batch.rows.get(index) else {
        return Details {
            inner: true,
            alone: false,
        };
    };
    let mut close = false;
    let (frame, sizes) = (widgets::beside(ui), (340.0, 280.0..=460.0));
    let painted = widgets::details(ui, "import-detail", frame, sizes, |ui| {
        ui.horizontal(|ui| {
            let title = cx.ta("import-row", &[("row", row.row.into())]);
            ui.label(RichText::new(title).text_style(theme::section_style()));
            let status = model::status_of(batch, index);
            widgets::badge(ui, tones::of_row(status), row_status_name(cx.lang, status));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = icon_button(icons::ICON_CLOSE, cx.t("import-detail-close"));
                close = ui.add(button).clicked();
            });
        });
        ScrollArea::vertical()
            .id_salt(("import-detail-scroll", index))
            .auto_shrink([false, false])
            .show(ui, |ui| body(ui, cx, batch, index, editing));
    });
    Details {
        inner: close,
        alone: painted.alone,
    }
}

fn body(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView, index: usize, editing: &mut Editing) {
    let planned = batch.plan.get(index);
    let order = planned.as_ref().and_then(|row| row.transaction_id.as_ref());
    if let Some(order) = order {
        widgets::small(ui, cx.t("import-detail-order"));
        ui.add_space(-XS);
        widgets::copyable(ui, order.as_str(), &cx.t("copy"));
        ui.add_space(XS);
    }
    let problems = model::problems(batch, index, &cx.snapshot.couriers, cx.lang);
    let shipment = standing::shipment_of(batch, index);
    let told = shipment.and_then(|shipment| {
        let (told, changes) = standing::told(shipment, &cx.snapshot.outbox, cx.lang, cx.now)?;
        Some((told, changes, tones::of_shipment(&shipment.state)))
    });
    let stands = told.is_some();
    if let Some((told, changes, tone)) = told {
        cx.repaint_in(ui, changes);
        widgets::small(ui, &told.since);
        widgets::strong(ui, &told.known.title);
        if !told.known.detail.is_empty() {
            ui.add(Label::new(&told.known.detail).wrap());
        }
        told::card(ui, tone, &told);
        if !told.known.code.is_empty() {
            let code = RichText::new(&told.known.code).small();
            ui.add(Label::new(code).selectable(true).wrap());
            diagnostics::rid_button(ui, cx, &told.known.code);
        }
        ui.add_space(XS);
    }
    checklist_ui(ui, cx, batch, index);
    if let Some(ignored) = batch.rows.get(index).and_then(|row| row.ignored) {
        left_out(ui, cx, batch, index, ignored);
    } else if problems.is_empty() && !stands {
        widgets::weak(ui, cx.t("import-no-problems"));
    }
    // Several problems of one cell have one field, below the last of them.
    let mut fields: Vec<usize> = Vec::new();
    for (at, problem) in problems.iter().enumerate() {
        let later = problems.iter().skip(at.saturating_add(1));
        let column = problem.column.filter(|column| {
            editing.is_open(*column) && !later.clone().any(|later| later.column == Some(*column))
        });
        problem_card(ui, cx, problem, |ui, cx| {
            if let Some(column) = column {
                editing.ui(ui, cx, batch, index, column);
            }
        });
        fields.extend(column);
        ui.add_space(XS);
    }
    courier_pick::offer(ui, cx, batch, index);
    ui.add_space(S);
    as_in_file(ui, cx, batch, index, editing, &fields);
}

/// The reasons why WeChat may not know the order of a row.
fn checklist_ui(ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView, index: usize) {
    let waits = standing::shipment_of(batch, index).filter(|s| checklist::is_about(&s.state));
    let planned = batch.plan.get(index);
    let not_found = planned.is_some_and(|row| {
        let kinds = row.problems.iter().map(|problem| &problem.what);
        kinds.into_iter().any(|kind| *kind == ProblemKind::OrderNotFound)
    });
    if waits.is_none() && !not_found {
        return;
    }
    let row = batch.rows.get(index);
    checklist::button(ui, cx, || Subject {
        number: waits
            .map(|shipment| shipment.intent.transaction_id().as_str().to_owned())
            .or_else(|| row?.order_number.clone())
            .unwrap_or_default(),
        since: waits.map(|shipment| shipment.queued_at),
    });
    ui.add_space(XS);
}

/// Why a row is no shipment, and what makes it one.
fn left_out(ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView, index: usize, ignored: Ignored) {
    widgets::strong(
        ui,
        cx.ta(
            "import-ignored",
            &[("why", ignored_name(cx.lang, ignored).into())],
        ),
    );
    if changes::may_repair(batch, index) {
        ui.add(Label::new(cx.t("import-ignored-repair")).wrap());
    }
}

/// The row as it stands in the file, and beside each cell that counts otherwise how it counts.
fn as_in_file(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    batch: &BatchView,
    index: usize,
    editing: &mut Editing,
    fields: &[usize],
) {
    widgets::strong(ui, cx.t("import-as-in-file"));
    let Some(row) = batch.rows.get(index) else {
        return;
    };
    let columns = &batch.file.columns;
    let changed = changes::changes(&row, columns, &cx.snapshot.couriers);
    let may = changes::may_repair(batch, index);
    let before = row.as_read();
    for at in 0..columns.len().max(row.cells.len()) {
        let column = columns.get(at);
        let cell = before.cells.get(at).map_or("", String::as_str);
        let repairable = may && column.and_then(|c| c.field).is_some_and(Field::is_repairable);
        let change = changed.iter().find(|change| change.column == at);
        if cell.is_empty() && !repairable && change.is_none() {
            continue;
        }
        let heading = column.map_or("", |column| column.heading.as_str());
        let place = model::place(at, heading);
        let elsewhere = fields.contains(&at);
        widgets::row(ui, 22.0, |ui| {
            widgets::small(ui, &place);
            if repairable && !elsewhere && !editing.is_open(at) {
                let name = cx.ta("import-repair-field", &[("place", place.trim().into())]);
                if ui.add(icon_button(icons::ICON_EDIT, name).compact()).clicked() {
                    editing.open(batch, index, at);
                }
            }
        });
        ui.add_space(-XS);
        match change {
            Some(change) => repair::change(ui, cx, change),
            None if cell.is_empty() => {
                widgets::weak(ui, "—");
            }
            None => {
                ui.add(Label::new(&*plain_text::line(cell)).selectable(true).wrap());
            }
        }
        if editing.is_open(at) && !elsewhere {
            editing.ui(ui, cx, batch, index, at);
        }
        ui.add_space(XS);
    }
    ui.add_space(M);
}

/// A problem, and below it what repairs it here.
fn problem_card(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    problem: &ProblemWords,
    repair: impl FnOnce(&mut Ui, &mut Cx<'_>),
) {
    let (tone, icon) = tones::of_problem(problem.severity);
    let pair = theme::palette(ui).tone(tone);
    Frame::new()
        .fill(pair.ground)
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = XS;
            widgets::icon_line(ui, icon, tone, 18.0, |ui| {
                let title = RichText::new(&problem.title)
                    .text_style(theme::strong_style())
                    .color(pair.ink);
                ui.add(Label::new(title).wrap());
            });
            if !problem.place.is_empty() || !problem.value.is_empty() {
                let args = [
                    ("place", problem.place.as_str().into()),
                    ("value", problem.value.as_str().into()),
                ];
                let id = match (problem.place.is_empty(), problem.value.is_empty()) {
                    (false, false) => "import-cell-value",
                    (true, false) => "import-value",
                    (_, true) => "import-cell",
                };
                ui.add(
                    Label::new(RichText::new(cx.ta(id, &args)).small())
                        .selectable(true)
                        .wrap(),
                );
            }
            for line in [&problem.detail, &problem.action] {
                if !line.is_empty() {
                    ui.add(Label::new(line).wrap());
                }
            }
            repair(ui, cx);
        });
}
