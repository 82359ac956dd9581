//! Every colour and every distance of the window. Apart from the pages, so that light and dark stay equal
//! in meaning and nobody invents a shade.

use egui::epaint::Shadow;
use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, FontId, Margin, Stroke, TextStyle, Theme, Ui, Visuals, vec2};

use super::fonts;

/// The smallest distance: between an icon and its word.
pub const XS: f32 = 4.0;
/// Between widgets that belong together.
pub const S: f32 = 8.0;
/// Inside cards and between fields.
pub const M: f32 = 12.0;
/// Between groups.
pub const L: f32 = 16.0;
/// Around a page.
pub const XL: f32 = 24.0;
/// Height of one row of a table.
pub const ROW: f32 = 34.0;
/// Height of a button.
pub const BUTTON: f32 = 32.0;
/// Narrower than this, the actions of a page stand below its title, and its columns below each other.
pub const HEADER_STACKS: f32 = 700.0;
/// Lower than this, a page with a table scrolls as a whole.
pub const PAGE_SCROLLS: f32 = 470.0;
/// And is as high as this.
pub const PAGE_HEIGHT: f32 = 680.0;
/// Width of the navigation.
pub const NAV: f32 = 184.0;
/// Width of the navigation where there is only room for its icons.
pub const NAV_RAIL: f32 = 56.0;
/// Height of an entry of the navigation.
pub const NAV_ENTRY: f32 = 40.0;
/// The same where many entries must stand in a low window.
pub const NAV_ENTRY_LOW: f32 = 32.0;
/// Height of a chart.
pub const CHART: f32 = 168.0;
/// Longest line of prose that is comfortable to read.
pub const PROSE: f32 = 620.0;
/// Corners of cards.
pub const ROUND: u8 = 8;
/// Corners of buttons, fields and badges.
pub const ROUND_SMALL: u8 = 6;

/// What a colour means. A badge, a counter and a banner of one tone look alike everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No judgement.
    #[default]
    Neutral,
    /// May be sent.
    Ready,
    /// On its way, or worth knowing.
    Info,
    /// Worth a look.
    Warn,
    /// Cannot be sent, refused, failed.
    Blocked,
    /// Not known whether it arrived.
    Unclear,
    /// Only a person can decide.
    Person,
    /// Finished as wished.
    Done,
}

impl Tone {
    /// All tones.
    pub const ALL: [Self; 8] = [
        Self::Neutral,
        Self::Ready,
        Self::Info,
        Self::Warn,
        Self::Blocked,
        Self::Unclear,
        Self::Person,
        Self::Done,
    ];
}

/// Words on a ground that both have the same tone.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// For words and icons; readable on `ground` and on cards.
    pub ink: Color32,
    /// For badges and banners.
    pub ground: Color32,
}

/// The colours of one theme.
#[derive(Debug)]
pub struct Palette {
    /// Behind everything.
    pub canvas: Color32,
    /// Cards, navigation, dialogs.
    pub surface: Color32,
    /// Fields of quiet buttons, table heads.
    pub subtle: Color32,
    /// The row under the pointer.
    pub hover: Color32,
    /// Thin lines between things.
    pub line: Color32,
    /// Lines around fields and buttons.
    pub line_strong: Color32,
    /// Words.
    pub text: Color32,
    /// Words of second rank.
    pub weak: Color32,
    /// The one accent.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// The button that destroys or spends something.
    pub danger: Color32,
    /// Words on it.
    pub on_danger: Color32,
    /// Behind a dialog.
    pub veil: Color32,
    tones: [Pair; 8],
}

/// Paper and bars of a barcode: scanners read dark on white, in either theme.
pub const BARCODE: (Color32, Color32) = (Color32::WHITE, Color32::BLACK);

impl Palette {
    /// The colours of a tone.
    pub fn tone(&self, tone: Tone) -> Pair {
        let [neutral, ready, info, warn, blocked, unclear, person, done] = self.tones;
        match tone {
            Tone::Neutral => neutral,
            Tone::Ready => ready,
            Tone::Info => info,
            Tone::Warn => warn,
            Tone::Blocked => blocked,
            Tone::Unclear => unclear,
            Tone::Person => person,
            Tone::Done => done,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the place where colours are made"
)]
const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn pair(ink: u32, ground: u32) -> Pair {
    Pair {
        ink: hex(ink),
        ground: hex(ground),
    }
}

/// The light theme.
pub static LIGHT: Palette = Palette {
    canvas: hex(0x00F4_F6F8),
    surface: hex(0x00FF_FFFF),
    subtle: hex(0x00EE_F1F4),
    hover: hex(0x00F3_F7F8),
    line: hex(0x00E1_E6EB),
    line_strong: hex(0x00C5_CDD6),
    text: hex(0x001B_232C),
    weak: hex(0x0056_6270),
    accent: hex(0x000F_766E),
    accent_hover: hex(0x000B_5F58),
    on_accent: hex(0x00FF_FFFF),
    danger: hex(0x00B4_2318),
    on_danger: hex(0x00FF_FFFF),
    veil: Color32::from_black_alpha(96),
    tones: [
        pair(0x004A_5663, 0x00EC_EFF3),
        pair(0x000B_5F58, 0x00DA_F0ED),
        pair(0x001A_569E, 0x00E3_EEFB),
        pair(0x007A_4A00, 0x00FC_EFD2),
        pair(0x00A3_1F15, 0x00FD_E8E5),
        pair(0x0061_389A, 0x00EF_E8FB),
        pair(0x0099_2A64, 0x00FC_E7F2),
        pair(0x001A_6338, 0x00E0_F3E7),
    ],
};

/// The dark theme.
pub static DARK: Palette = Palette {
    canvas: hex(0x0011_161C),
    surface: hex(0x0019_2028),
    subtle: hex(0x0023_2C36),
    hover: hex(0x001E_2730),
    line: hex(0x002B_3540),
    line_strong: hex(0x0047_5462),
    text: hex(0x00E6_EBF0),
    weak: hex(0x009D_AAB7),
    accent: hex(0x002B_B3A3),
    accent_hover: hex(0x0048_C8B9),
    on_accent: hex(0x0004_211D),
    danger: hex(0x00F0_857A),
    on_danger: hex(0x002C_0A07),
    veil: Color32::from_black_alpha(150),
    tones: [
        pair(0x00B8_C3CE, 0x002A_343F),
        pair(0x0080_DDD1, 0x0013_3B37),
        pair(0x0096_C3F6, 0x0017_324E),
        pair(0x00F2_C26B, 0x003C_2D10),
        pair(0x00FF_A398, 0x0047_211D),
        pair(0x00CC_B1F6, 0x0034_274B),
        pair(0x00F5_A6CD, 0x0046_213A),
        pair(0x0091_D8AB, 0x0018_3B26),
    ],
};

/// The colours that are used now.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The style of page titles.
pub fn title_style() -> TextStyle {
    TextStyle::Name("title".into())
}

/// The style of the heading of a card.
pub fn section_style() -> TextStyle {
    TextStyle::Name("section".into())
}

/// The style of words that carry weight in running text.
pub fn strong_style() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// The style of numbers that count.
pub fn figure_style() -> TextStyle {
    TextStyle::Name("figure".into())
}

/// A length as a whole number, never below zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to the range before"
)]
pub fn whole(length: f32) -> u32 {
    length.round().clamp(0.0, 1.0e6) as u32
}

/// Gives both themes their colours, distances and type scale.
pub fn install(ctx: &Context) {
    // Where the system does not say which it prefers.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for (theme, palette, dark) in [(Theme::Light, &LIGHT, false), (Theme::Dark, &DARK, true)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(palette, dark);
            style.text_styles = [
                (TextStyle::Small, FontId::proportional(12.0)),
                (TextStyle::Body, FontId::proportional(14.0)),
                (TextStyle::Button, FontId::proportional(14.0)),
                (TextStyle::Monospace, FontId::monospace(13.0)),
                (TextStyle::Heading, FontId::new(18.0, fonts::bold())),
                (title_style(), FontId::new(22.0, fonts::bold())),
                (section_style(), FontId::new(15.0, fonts::bold())),
                (strong_style(), FontId::new(14.0, fonts::bold())),
                (figure_style(), FontId::new(24.0, fonts::bold())),
            ]
            .into();
            let spacing = &mut style.spacing;
            spacing.item_spacing = vec2(S, S);
            spacing.button_padding = vec2(M, 6.0);
            spacing.interact_size = vec2(BUTTON, BUTTON);
            spacing.text_edit_width = 280.0;
            spacing.window_margin = Margin::same(20);
            spacing.menu_margin = Margin::same(8);
            spacing.icon_width = 18.0;
            spacing.icon_width_inner = 10.0;
            spacing.icon_spacing = S;
            spacing.combo_width = 160.0;
            spacing.tooltip_width = 420.0;
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            style.visuals.text_cursor.blink = true;
        });
    }
}

fn visuals(palette: &Palette, dark: bool) -> Visuals {
    let base = if dark { Visuals::dark() } else { Visuals::light() };
    let shade = if dark { 110 } else { 28 };
    let shadow = Shadow {
        offset: [0, 4],
        blur: 20,
        spread: 0,
        color: Color32::from_black_alpha(shade),
    };
    let accent_pair = palette.tone(Tone::Ready);
    Visuals {
        weak_text_color: Some(palette.weak),
        widgets: widgets(palette),
        selection: Selection {
            bg_fill: accent_pair.ground,
            stroke: Stroke::new(1.5, accent_pair.ink),
        },
        hyperlink_color: palette.tone(Tone::Info).ink,
        faint_bg_color: palette.hover,
        extreme_bg_color: palette.surface,
        text_edit_bg_color: Some(palette.surface),
        code_bg_color: palette.subtle,
        warn_fg_color: palette.tone(Tone::Warn).ink,
        error_fg_color: palette.tone(Tone::Blocked).ink,
        window_corner_radius: CornerRadius::same(12),
        window_shadow: shadow,
        window_fill: palette.surface,
        window_stroke: Stroke::new(1.0, palette.line),
        menu_corner_radius: CornerRadius::same(ROUND),
        panel_fill: palette.canvas,
        popup_shadow: shadow,
        disabled_alpha: 0.55,
        ..base
    }
}

fn widgets(palette: &Palette) -> Widgets {
    let state = |fill: Color32, line: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(ROUND_SMALL),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(palette.surface, palette.line, palette.text),
        inactive: state(palette.subtle, palette.line_strong, palette.text),
        hovered: state(palette.subtle, palette.accent, palette.text),
        active: state(palette.line, palette.accent_hover, palette.text),
        open: state(palette.subtle, palette.accent, palette.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let [red, green, blue, _] = colour.to_array().map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn black_on_white_has_the_known_contrast() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn words_can_be_read_on_everything_they_stand_on() {
        for palette in [&LIGHT, &DARK] {
            for ground in [palette.canvas, palette.surface, palette.subtle, palette.hover] {
                assert!(contrast(palette.text, ground) >= 7.0, "{ground:?}");
                assert!(contrast(palette.weak, ground) >= 4.5, "{ground:?}");
                for tone in Tone::ALL {
                    let ratio = contrast(palette.tone(tone).ink, ground);
                    assert!(ratio >= 4.5, "{tone:?} on {ground:?} has {ratio}");
                }
            }
            for tone in Tone::ALL {
                let Pair { ink, ground } = palette.tone(tone);
                assert!(contrast(ink, ground) >= 4.5, "{tone:?}");
                assert!(contrast(palette.text, ground) >= 4.5, "{tone:?}");
            }
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
            assert!(contrast(palette.on_accent, palette.accent_hover) >= 4.5);
            assert!(contrast(palette.on_danger, palette.danger) >= 4.5);
        }
    }
}
