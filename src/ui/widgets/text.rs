//! Words, numbers and the fields that take them, each with the look of its rank.

use egui::{
    Align2, CornerRadius, FontSelection, Label, Response, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, TextStyle, Ui, WidgetInfo, WidgetText, vec2,
};

use super::{Icon, icon_button, icons};
use crate::domain::plain_text;
use crate::ui::theme::{self, ROUND, ROUND_SMALL, S, Tone, XS};

/// Words of second rank.
pub fn weak(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = theme::palette(ui).weak;
    let text = RichText::new(plain_text::line(&text.into()));
    ui.add(Label::new(text.color(colour)).wrap())
}

/// Small words of second rank: codes, times, notes.
pub fn small(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = theme::palette(ui).weak;
    let text = RichText::new(plain_text::line(&text.into()));
    ui.add(Label::new(text.small().color(colour)).wrap())
}

/// Words that carry weight.
pub fn strong(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.label(RichText::new(plain_text::line(&text.into())).text_style(theme::strong_style()))
}

/// Numbers and codes, all digits equally wide.
pub fn mono(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(Label::new(RichText::new(plain_text::cell(&text.into())).monospace()).truncate())
}

/// An icon beside words that say the same; screen readers skip it.
pub fn icon(ui: &mut Ui, icon: Icon, tone: Tone, size: f32) -> Response {
    let colour = theme::palette(ui).tone(tone).ink;
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        icon.codepoint,
        egui::FontId::new(size, icon.font_family()),
        colour,
    );
    response
}

/// A pill that says in one word where something stands.
pub fn badge(ui: &mut Ui, tone: Tone, text: impl Into<String>) -> Response {
    let pair = theme::palette(ui).tone(tone);
    let text = plain_text::cell(&text.into()).into_owned();
    let galley = WidgetText::from(RichText::new(&text).small().color(pair.ink)).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        (ui.available_width() - 2.0 * S).max(24.0),
        FontSelection::Style(TextStyle::Small),
    );
    let size = galley.size() + vec2(2.0 * S, 6.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rounding = CornerRadius::same(255);
    ui.painter().rect_filled(rect, rounding, pair.ground);
    let at = Align2::CENTER_CENTER
        .align_size_within_rect(galley.size(), rect)
        .min;
    ui.painter().galley(at, galley, pair.ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    response
}

/// A number with its word that is also a filter: pressed it stays down.
pub fn counter(ui: &mut Ui, tone: Tone, count: usize, word: &str, pressed: bool) -> Response {
    let palette = theme::palette(ui);
    let pair = palette.tone(tone);
    let number = crate::i18n::format::count(count);
    let ink = if count == 0 { palette.weak } else { pair.ink };
    let figure = ui.painter().layout_no_wrap(
        number.clone(),
        egui::FontId::new(20.0, crate::ui::fonts::bold()),
        ink,
    );
    let label = ui
        .painter()
        .layout_no_wrap(word.to_owned(), egui::FontId::proportional(12.5), palette.weak);
    let width = figure.size().x.max(label.size().x) + 28.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(84.0), 58.0), Sense::click());
    let (fill, line) = match (pressed, response.hovered() || response.has_focus()) {
        (true, _) => (pair.ground, Stroke::new(1.5, pair.ink)),
        (false, true) => (palette.hover, Stroke::new(1.0, pair.ink)),
        (false, false) => (palette.surface, Stroke::new(1.0, palette.line)),
    };
    let rounding = CornerRadius::same(ROUND);
    ui.painter().rect(rect, rounding, fill, line, StrokeKind::Inside);
    let top = rect.min + vec2(14.0, 8.0);
    let below = rect.min + vec2(14.0, 34.0);
    ui.painter().galley(top, figure, ink);
    ui.painter().galley(below, label, palette.weak);
    let name = format!("{word} {number}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, pressed, &name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A number that people copy, with the button that does it. `copy` is the button's word.
pub fn copyable(ui: &mut Ui, text: &str, copy: &str) -> Response {
    super::row(ui, 24.0, |ui| {
        ui.spacing_mut().item_spacing.x = XS;
        mono(ui, text);
        let shown = plain_text::cell(text);
        let button = icon_button(icons::ICON_CONTENT_COPY, format!("{copy} {shown}"));
        let button = ui.add(button.compact());
        if button.clicked() {
            ui.copy_text(text.to_owned());
        }
        button
    })
}

/// A field for one line of text with a name for screen readers.
pub fn text_field(ui: &mut Ui, value: &mut String, name: &str, hint: &str, width: f32) -> Response {
    let response = ui.add(
        TextEdit::singleline(value)
            .hint_text(hint.to_owned())
            .desired_width(width)
            .margin(vec2(10.0, 7.0)),
    );
    let shown = value.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &shown, &shown, name);
        info.label = Some(name.to_owned());
        info
    });
    response
}

/// A field for pasted text of several lines, not higher than this; its name tells it apart.
pub fn paste_field(ui: &mut Ui, text: &mut String, name: &str, most_height: f32) {
    let field = TextEdit::multiline(text)
        .desired_rows(6)
        .desired_width(ui.available_width())
        .font(TextStyle::Monospace)
        .margin(vec2(10.0, 7.0));
    let scroll = ScrollArea::vertical().id_salt(name).max_height(most_height);
    let response = scroll.show(ui, |ui| ui.add(field)).inner;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, name);
        info.label = Some(name.to_owned());
        info
    });
}

/// Some words of which one is chosen; gives the value of another one when that is pressed.
pub fn choice<'a>(ui: &mut Ui, name: &str, choices: &[(&'a str, &str)], now: &str) -> Option<&'a str> {
    let mut chosen = None;
    // In a narrow card the next words stand on the next line.
    super::wrapped(ui, |ui| {
        ui.spacing_mut().item_spacing.x = XS;
        ui.spacing_mut().interact_size.y = theme::BUTTON;
        for (value, word) in choices {
            let on = *value == now;
            let response = ui.selectable_label(on, *word);
            let said = format!("{name}: {word}");
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &said));
            if response.clicked() && !on {
                chosen = Some(*value);
            }
        }
    });
    chosen
}

/// A field that filters what is below it.
pub fn search_field(ui: &mut Ui, value: &mut String, name: &str, width: f32) -> Response {
    let weak = theme::palette(ui).weak;
    let glyph = icons::ICON_SEARCH.rich_text().size(16.0).color(weak);
    let response = ui.add(
        TextEdit::singleline(value)
            .prefix(glyph)
            .hint_text(name.to_owned())
            .desired_width(width)
            .margin(vec2(10.0, 7.0)),
    );
    let shown = value.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &shown, &shown, name);
        info.label = Some(name.to_owned());
        info
    });
    if response.has_focus() {
        let rect = response.rect;
        let stroke = ui.visuals().widgets.hovered.bg_stroke;
        let rounding = CornerRadius::same(ROUND_SMALL);
        ui.painter()
            .rect_stroke(rect, rounding, stroke, StrokeKind::Inside);
    }
    response
}
