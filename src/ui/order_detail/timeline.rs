//! Paints the timeline of the open order: one line below the other, newest first, each with its proof folded away.

use std::sync::Arc;

use egui::{Id, Label, Layout, RichText, Ui};

use super::model::timeline::{Step, Timeline};
use crate::ui::diagnostics;
use crate::ui::history::raw_ui;
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, S};
use crate::ui::widgets::{self, icons, quiet};

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let id = Id::unique("order-timeline");
    let mut timeline = ui.data_mut(|data| data.get_temp::<Timeline>(id).unwrap_or_default());
    timeline.follow(&cx.snapshot.open_order, &cx.snapshot.couriers, cx.lang, cx.now);
    let steps = Arc::clone(&timeline.steps);
    let shown = if timeline.all {
        steps.len()
    } else {
        steps.len().min(Timeline::FIRST)
    };
    for (index, step) in steps.iter().take(shown).enumerate() {
        let number = steps.len().saturating_sub(index);
        let mut raw_shown = timeline.raw_shown.contains(&number);
        ui.push_id(number, |ui| step_ui(ui, cx, step, &mut raw_shown));
        if raw_shown {
            timeline.raw_shown.insert(number);
        } else {
            timeline.raw_shown.remove(&number);
        }
    }
    if shown < steps.len() {
        let count = ("count", steps.len().into());
        let all = quiet(cx.ta("detail-timeline-all", &[count])).icon(icons::ICON_EXPAND_MORE);
        timeline.all = ui.add(all).clicked();
    }
    ui.data_mut(|data| data.insert_temp(id, timeline));
}

fn step_ui(ui: &mut Ui, cx: &Cx<'_>, step: &Step, raw_shown: &mut bool) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add_space(S);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = S;
        widgets::dot(ui, said::tone(step.what.tone));
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.with_layout(Layout::right_to_left(egui::Align::Min), |ui| {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new(&step.at).small().color(weak));
                ui.with_layout(Layout::left_to_right(egui::Align::Min), |ui| {
                    let words = RichText::new(&step.what.text).text_style(theme::strong_style());
                    ui.add(Label::new(words).wrap());
                });
            });
            for words in [&step.detail, &step.from] {
                if !words.is_empty() {
                    widgets::small(ui, words);
                }
            }
            if !step.code.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    ui.add(Label::new(RichText::new(&step.code).small()).selectable(true));
                    let name = cx.t("history-copy-support");
                    let copy = widgets::icon_button(icons::ICON_CONTENT_COPY, name).compact();
                    if ui.add(copy).clicked() {
                        ui.copy_text(step.support.clone());
                    }
                    diagnostics::rid_button(ui, cx, &step.code);
                });
            }
            raw_ui(ui, cx, &step.raw, raw_shown);
        });
    });
}
