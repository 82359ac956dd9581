//! The ways to deliver, one of which is chosen, and the one text of those without a courier. Apart from the
//! parcels, because these deliveries have none.

use egui::{Id, Response, RichText, TextEdit, Ui, WidgetInfo, vec2};

use super::model::{Form, Way, words};
use crate::domain::{Field, Problem};
use crate::ui::pane::Cx;
use crate::ui::{said, theme, widgets};

/// The ways to deliver, one of which is chosen.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut Form) {
    widgets::section(ui, &cx.t("ship-way"), |ui| {
        ui.horizontal_wrapped(|ui| {
            for way in Way::ALL {
                let word = words::way_name(cx.lang, way);
                let allowed = form.may_choose(way);
                let chosen = form.way == way;
                if choice(
                    ui,
                    &word,
                    Choice {
                        chosen,
                        enabled: allowed,
                    },
                )
                .clicked()
                {
                    form.choose(way);
                }
            }
        });
        if !form.may_choose(Way::Unified) {
            widgets::small(ui, cx.t("ship-way-locked"));
        }
    });
}

/// How a choice stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) chosen: bool,
    pub(super) enabled: bool,
}

/// One of several words, of which one is chosen.
pub(super) fn choice(ui: &mut Ui, word: &str, choice: Choice) -> Response {
    let Choice { chosen, enabled } = choice;
    let palette = theme::palette(ui);
    let pair = palette.tone(theme::Tone::Ready);
    let (fill, line, ink) = if chosen {
        (pair.ground, pair.ink, pair.ink)
    } else {
        (palette.surface, palette.line_strong, palette.text)
    };
    let button = egui::Button::new(RichText::new(word).color(ink))
        .fill(fill)
        .stroke(egui::Stroke::new(if chosen { 1.5 } else { 1.0 }, line))
        // In a narrow window the next choice goes to the next line, and no word is cut.
        .wrap_mode(egui::TextWrapMode::Extend)
        .min_size(vec2(0.0, theme::BUTTON));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, enabled, chosen, word));
    response
}

/// The one text of a delivery without a courier.
pub(super) fn plain_ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut Form, problems: &[Problem]) {
    let hint = cx.t(match form.way {
        Way::SameCity => "ship-plain-hint-same-city",
        Way::Virtual => "ship-plain-hint-virtual",
        Way::Unified | Way::Split | Way::PickUp => "ship-plain-hint-pick-up",
    });
    widgets::section(ui, &cx.t("ship-plain-text"), |ui| {
        let name = cx.t("ship-plain-text");
        let field = ui.add(
            TextEdit::multiline(&mut form.plain_text)
                .id(Id::unique("ship-plain"))
                .hint_text(hint)
                .desired_rows(3)
                .desired_width(f32::INFINITY)
                .margin(vec2(10.0, 8.0)),
        );
        let shown = form.plain_text.clone();
        field.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, &shown, &shown, &name);
            info.label = Some(name.clone());
            info
        });
        if field.lost_focus() {
            form.touch(0, Field::ItemDesc);
        }
        let length = words::length(&form.plain_text);
        ui.label(said::words(&length, ui).small());
        for problem in words::at_field(problems, 0, Field::ItemDesc) {
            if form.says(problem) {
                said::note(ui, &words::problem_line(cx.lang, problem, &cx.snapshot.couriers));
            }
        }
    });
}
