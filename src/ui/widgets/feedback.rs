//! What a page says about itself: nothing here yet, working, this went wrong.

use egui::{
    CornerRadius, Frame, Label, Margin, ProgressBar, Response, RichText, Role, Sense, Sides, Ui, WidgetInfo,
    vec2,
};
use std::time::Duration;

use super::{Btn, Icon};
use crate::ui::theme::{self, L, M, ROUND, S, Tone, XL, XS};

/// A message of three parts: what happened, what was or was not sent, what to do; the code last and small.
#[derive(Debug)]
#[must_use = "show it"]
pub struct Banner<'a> {
    tone: Tone,
    icon: Icon,
    title: &'a str,
    detail: Option<&'a str>,
    advice: Option<&'a str>,
    code: Option<&'a str>,
}

impl<'a> Banner<'a> {
    /// What happened.
    pub fn new(tone: Tone, icon: Icon, title: &'a str) -> Self {
        Self {
            tone,
            icon,
            title,
            detail: None,
            advice: None,
            code: None,
        }
    }

    /// What was or was not sent.
    pub fn detail(mut self, detail: &'a str) -> Self {
        self.detail = Some(detail).filter(|text| !text.is_empty());
        self
    }

    /// What to do now.
    pub fn advice(mut self, advice: &'a str) -> Self {
        self.advice = Some(advice).filter(|text| !text.is_empty());
        self
    }

    /// What support asks for.
    pub fn code(mut self, code: &'a str) -> Self {
        self.code = Some(code).filter(|text| !text.is_empty());
        self
    }

    /// Paints it, with buttons at the right, or below the words where there is no room beside them.
    pub fn show<R>(self, ui: &mut Ui, actions: impl FnOnce(&mut Ui) -> R) -> R {
        let pair = theme::palette(ui).tone(self.tone);
        let result = Frame::new()
            .fill(pair.ground)
            .corner_radius(CornerRadius::same(ROUND))
            .inner_margin(Margin::symmetric(14, 12))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                if super::is_narrow(ui) {
                    self.words(ui, pair.ink);
                    return super::wrapped(ui, actions);
                }
                let sides = Sides::new().shrink_left().spacing(L);
                let ((), result) = sides.show(ui, |ui| self.words(ui, pair.ink), actions);
                result
            })
            .inner;
        ui.add_space(XS);
        result
    }

    fn words(&self, ui: &mut Ui, ink: egui::Color32) {
        super::icon_line(ui, self.icon, self.tone, 20.0, |ui| {
            ui.spacing_mut().item_spacing.y = XS;
            let title = RichText::new(self.title).text_style(theme::strong_style());
            ui.add(Label::new(title.color(ink)).wrap());
            for line in [self.detail, self.advice].into_iter().flatten() {
                ui.add(Label::new(line).wrap());
            }
            if let Some(code) = self.code {
                ui.add(Label::new(RichText::new(code).small()).selectable(true).wrap());
            }
        });
    }
}

/// Nothing is here: an icon, a sentence, and the one thing to do about it. `true` when that is pressed.
pub fn empty_state(ui: &mut Ui, icon: Icon, title: &str, text: &str, action: Option<Btn>) -> bool {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.18).clamp(XL, 140.0));
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        let pair = theme::palette(ui).tone(Tone::Ready);
        ui.painter().circle_filled(rect.center(), 36.0, pair.ground);
        ui.painter().text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            icon.codepoint,
            egui::FontId::new(34.0, icon.font_family()),
            pair.ink,
        );
        ui.add_space(M);
        ui.label(RichText::new(title).heading());
        // A place of its own: the width of what stands above it is taken already.
        let width = ui.available_width().min(460.0);
        let centred = egui::Layout::top_down(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(width, 0.0), centred, |ui| {
            ui.set_max_width(width);
            super::weak(ui, text);
        });
        ui.add_space(L);
        action.is_some_and(|button| ui.add(button).clicked())
    })
    .inner
}

/// Something is under way and nobody knows how long.
pub fn loading(ui: &mut Ui, text: &str) -> Response {
    // Two steps a second are enough to show life; an endless animation would keep the processor busy.
    ui.request_repaint_after(Duration::from_millis(500));
    let phase = ui.input(|input| (input.time * 2.0).rem_euclid(3.0));
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 18.0), Sense::hover());
        let palette = theme::palette(ui);
        for (index, offset) in [-9.0, 0.0, 9.0].into_iter().enumerate() {
            let lit = (phase - index as f64).abs() < 0.5 || (phase - index as f64 - 0.5).abs() < 0.5;
            let colour = if lit { palette.accent } else { palette.line_strong };
            ui.painter()
                .circle_filled(rect.center() + vec2(offset, 0.0), 3.0, colour);
        }
        ui.label(text)
    })
    .inner
}

/// Something is under way and this much of it is done.
pub fn progress(ui: &mut Ui, done: usize, total: usize, name: &str) -> Response {
    let fraction = if total == 0 {
        0.0
    } else {
        done as f32 / total as f32
    };
    let accent = theme::palette(ui).accent;
    let response = ui.add(
        ProgressBar::new(fraction)
            .desired_height(8.0)
            .corner_radius(CornerRadius::same(4))
            .fill(accent),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    response
}

/// A small filled circle in the colour of a tone.
pub fn dot(ui: &mut Ui, tone: Tone) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(S, S), Sense::hover());
    let colour = theme::palette(ui).tone(tone).ink;
    ui.painter().circle_filled(rect.center(), S / 2.0, colour);
    response
}
