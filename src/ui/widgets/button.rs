//! Buttons in four ranks. One place, because a button's rank tells people what a click costs.

use egui::{
    Button, CornerRadius, Response, RichText, Role, Stroke, TextStyle, TextWrapMode, Ui, Widget, WidgetInfo,
    vec2,
};

use super::Icon;
use crate::ui::theme::{self, BUTTON, ROUND_SMALL, XS};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Primary,
    Secondary,
    Danger,
    Quiet,
}

/// A button to be added with `ui.add`.
#[derive(Debug)]
#[must_use = "add it to a Ui"]
pub struct Btn {
    text: String,
    icon: Option<Icon>,
    rank: Rank,
    enabled: bool,
    why: Option<String>,
    name: Option<String>,
    wide: bool,
    compact: bool,
}

/// The one thing to do on a page.
pub fn primary(text: impl Into<String>) -> Btn {
    Btn::new(text.into(), Rank::Primary)
}

/// Everything else that can be done.
pub fn secondary(text: impl Into<String>) -> Btn {
    Btn::new(text.into(), Rank::Secondary)
}

/// What destroys or spends something.
pub fn danger(text: impl Into<String>) -> Btn {
    Btn::new(text.into(), Rank::Danger)
}

/// A button that looks like text until the pointer is on it.
pub fn quiet(text: impl Into<String>) -> Btn {
    Btn::new(text.into(), Rank::Quiet)
}

/// A quiet button with an icon alone; `name` is its name and its tooltip.
pub fn icon_button(icon: Icon, name: impl Into<String>) -> Btn {
    let mut button = Btn::new(String::new(), Rank::Quiet).icon(icon);
    let name = name.into();
    button.why = Some(name.clone());
    button.name = Some(name);
    button
}

impl Btn {
    fn new(text: String, rank: Rank) -> Self {
        Self {
            text,
            icon: None,
            rank,
            enabled: true,
            why: None,
            name: None,
            wide: false,
            compact: false,
        }
    }

    /// An icon in front of the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Whether it can be pressed.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// What the tooltip says: what it does, or why it cannot be pressed.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.why = Some(hint.into());
        self
    }

    /// Another name for screen readers than the words on it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Small, to stand beside a word.
    pub fn compact(mut self) -> Self {
        self.compact = true;
        self
    }

    /// Where things wrap, a button that does not fit begins the next line as a whole.
    fn begin_line(&self, ui: &mut Ui, style: &TextStyle) {
        let font = style.resolve(ui.style());
        let words = ui
            .painter()
            .layout_no_wrap(self.text.clone(), font, ui.visuals().text_color());
        let icon = if self.icon.is_some() { 26.0 } else { 0.0 };
        let padding = if self.compact { XS } else { theme::M };
        let wanted = words.size().x + icon + padding * 2.0;
        let begun = ui.cursor().left() > ui.max_rect().left() + 1.0;
        if begun && wanted > ui.available_size_before_wrap().x {
            ui.end_row();
        }
    }

    /// As wide as the place it stands in.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

impl Widget for Btn {
    fn ui(self, ui: &mut Ui) -> Response {
        let palette = theme::palette(ui);
        let (fill, hover, ink, line) = match self.rank {
            Rank::Primary => (
                Some(palette.accent),
                palette.accent_hover,
                palette.on_accent,
                None,
            ),
            Rank::Danger => (Some(palette.danger), palette.danger, palette.on_danger, None),
            Rank::Secondary => (
                Some(palette.surface),
                palette.subtle,
                palette.text,
                Some(palette.line_strong),
            ),
            Rank::Quiet => (None, palette.subtle, palette.text, None),
        };
        let size = if self.compact { 15.0 } else { 18.0 };
        let icon = self.icon.map(|icon| icon.rich_text().size(size).color(ink));
        let style = if matches!(self.rank, Rank::Primary | Rank::Danger) {
            theme::strong_style()
        } else {
            egui::TextStyle::Button
        };
        let words = RichText::new(&self.text).text_style(style.clone()).color(ink);
        if !self.wide && ui.layout().main_wrap() {
            self.begin_line(ui, &style);
        }
        let response = ui
            .scope(|ui| {
                // The letters of a button are never wrapped.
                ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
                let states = &mut ui.visuals_mut().widgets;
                for state in [&mut states.inactive, &mut states.hovered, &mut states.active] {
                    state.bg_stroke = line.map_or(Stroke::NONE, |line| Stroke::new(1.0, line));
                }
                states.inactive.weak_bg_fill = fill.unwrap_or(palette.surface);
                states.hovered.weak_bg_fill = hover;
                states.active.weak_bg_fill = hover;
                states.hovered.bg_stroke = line.map_or(Stroke::NONE, |_| Stroke::new(1.0, palette.accent));
                let button = match (icon, self.text.is_empty()) {
                    (Some(icon), true) => Button::new(icon),
                    (Some(icon), false) => Button::new((icon, words)),
                    (None, _) => Button::new(words),
                };
                let height = if self.compact { 24.0 } else { BUTTON };
                if self.compact {
                    ui.spacing_mut().button_padding = vec2(XS, 2.0);
                }
                let width = if self.wide { ui.available_width() } else { height };
                let button = button
                    .corner_radius(CornerRadius::same(ROUND_SMALL))
                    .min_size(vec2(width, height))
                    .frame_when_inactive(self.rank != Rank::Quiet);
                ui.add_enabled(self.enabled, button)
            })
            .inner;
        let name = self.name.unwrap_or(self.text);
        let enabled = self.enabled;
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
        match self.why {
            Some(why) if enabled => response.on_hover_text(why),
            Some(why) => response.on_disabled_hover_text(why),
            None => response,
        }
    }
}
