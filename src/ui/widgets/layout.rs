//! How a page is divided: its header, its cards, its rows of name and value.

use egui::{
    Align, CentralPanel, CornerRadius, Frame, InnerResponse, Label, Layout, Margin, Panel, Rect, RichText,
    ScrollArea, Sides, Stroke, Ui, UiBuilder, vec2,
};

use crate::domain::plain_text;
use crate::ui::theme::{self, L, M, PROSE, ROUND, S, XL, XS};

/// Width of the names in rows of name and value.
const KEY: f32 = 132.0;

/// A page that scrolls as a whole.
pub fn page<R>(ui: &mut Ui, id: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let result = add(ui);
            ui.add_space(XL);
            result
        })
        .inner
}

/// The title of a page, what it is for, and its actions at the right.
pub fn page_header<R>(
    ui: &mut Ui,
    title: &str,
    subtitle: Option<&str>,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    let name = |ui: &mut Ui| {
        let title = RichText::new(plain_text::cell(title)).text_style(theme::title_style());
        ui.add(Label::new(title).truncate());
    };
    let under = |ui: &mut Ui| {
        if let Some(subtitle) = subtitle {
            ui.add_space(-XS);
            super::weak(ui, subtitle);
        }
    };
    let result = if is_narrow(ui) {
        name(ui);
        under(ui);
        wrapped(ui, actions)
    } else {
        let sides = Sides::new().height(36.0).shrink_left();
        let ((), result) = sides.show(ui, name, actions);
        under(ui);
        result
    };
    ui.add_space(S);
    result
}

/// Buttons in a line, and what does not fit on the next one as a whole. Where there are none no line stays empty.
pub fn wrapped<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let line = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), theme::BUTTON));
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    let mut buttons = ui.new_child(UiBuilder::new().max_rect(line).layout(layout));
    let result = add(&mut buttons);
    if buttons.min_rect().width() > 0.0 {
        ui.advance_cursor_after_rect(buttons.min_rect());
    }
    result
}

/// Columns that stand side by side in a usual window stand one below the other in this one.
pub fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < theme::HEADER_STACKS
}

/// A page with a table that takes what is left. In a low window it keeps its full height and moves up and down, so
/// that rows stay in sight.
pub fn filling<R>(ui: &mut Ui, id: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    if ui.available_height() >= theme::PAGE_SCROLLS {
        return add(ui);
    }
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), theme::PAGE_HEIGHT);
            ui.allocate_ui(size, add).inner
        })
        .inner
}

/// A surface on which things that belong together stand.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = theme::palette(ui);
    Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            // A card in a column would otherwise spread the words of its lines.
            ui.vertical(add).inner
        })
}

/// A card with a heading.
pub fn section<R>(ui: &mut Ui, heading: &str, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let shown = card(ui, |ui| {
        ui.label(RichText::new(heading).text_style(theme::section_style()));
        ui.add_space(XS);
        add(ui)
    });
    ui.add_space(L - S);
    shown
}

/// A name and its value on one line.
pub fn key_value(ui: &mut Ui, key: &str, value: &str) {
    key_value_ui(ui, key, |ui| {
        ui.add(Label::new(&*plain_text::line(value)).wrap());
    });
}

/// A name and something else than text on one line.
pub fn key_value_ui<R>(ui: &mut Ui, key: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), 20.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
        ui.allocate_ui_with_layout(vec2(KEY, 20.0), Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(KEY);
            super::weak(ui, key);
        });
        ui.vertical(add).inner
    })
    .inner
}

/// A name above a field, and what is wrong with it or worth knowing below.
pub fn field<R>(
    ui: &mut Ui,
    name: &str,
    note: Option<(theme::Tone, &str)>,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = XS;
        super::small(ui, name);
        let result = add(ui);
        if let Some((tone, text)) = note {
            let ink = match tone {
                theme::Tone::Neutral => theme::palette(ui).weak,
                theme::Tone::Ready
                | theme::Tone::Info
                | theme::Tone::Warn
                | theme::Tone::Blocked
                | theme::Tone::Unclear
                | theme::Tone::Person
                | theme::Tone::Done => theme::palette(ui).tone(tone).ink,
            };
            ui.add(Label::new(RichText::new(text).small().color(ink)).wrap());
        }
        ui.add_space(M - XS);
        result
    })
    .inner
}

/// Things side by side in a line of this height, centred.
pub fn row<R>(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().interact_size.y = height;
        add(ui)
    })
    .inner
}

/// An icon and words that may need several lines.
pub fn icon_line<R>(
    ui: &mut Ui,
    icon: super::Icon,
    tone: theme::Tone,
    size: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let area = vec2(ui.available_width(), size);
    ui.allocate_ui_with_layout(area, Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().interact_size.y = size;
        super::icon(ui, icon, tone, size);
        ui.add_space(XS);
        ui.vertical(add).inner
    })
    .inner
}

/// Text of several sentences in lines of a comfortable length.
pub fn prose(ui: &mut Ui, text: &str) {
    ui.scope(|ui| {
        ui.set_max_width(PROSE.min(ui.available_width()));
        super::weak(ui, text);
    });
}

/// What came of painting details.
#[derive(Clone, Copy, Debug)]
#[must_use = "a list behind details has no room"]
pub struct Details<R> {
    /// What the details gave.
    pub inner: R,
    /// They stand in the place of the list, which is not painted.
    pub alone: bool,
}

/// Details beside a list, so wide at first and within those bounds; in a narrow window in place of the list.
pub fn details<R>(
    ui: &mut Ui,
    id: &'static str,
    frame: Frame,
    (width, bounds): (f32, std::ops::RangeInclusive<f32>),
    add: impl FnOnce(&mut Ui) -> R,
) -> Details<R> {
    let alone = is_narrow(ui);
    let inner = if alone {
        let frame = frame.outer_margin(Margin::ZERO);
        CentralPanel::default().frame(frame).show(ui, add).inner
    } else {
        Panel::right(id)
            .frame(frame)
            .default_size(width)
            .size_range(bounds)
            .show_separator_line(false)
            .show(ui, add)
            .inner
    };
    Details { inner, alone }
}

/// The frame of the details that stand beside a list.
pub fn beside(ui: &Ui) -> Frame {
    let palette = theme::palette(ui);
    Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(ROUND))
        .outer_margin(Margin {
            left: 12,
            ..Margin::ZERO
        })
        .inner_margin(Margin::symmetric(16, 12))
}
