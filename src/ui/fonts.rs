//! The fonts: the embedded Chinese one, the icons, then the system's. Apart from the theme, because a test
//! wants the embedded ones only and a real window wants the system's too.

use std::sync::Arc;

use egui::epaint::text::{FontPriority, InsertFontFamily};
use egui::{Context, FontData, FontDefinitions, FontFamily};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular-subset.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-SemiBold-subset.ttf");

/// The licence of the embedded font, shown in the settings.
pub const LICENCE: &str = include_str!("../../assets/fonts/OFL.txt");

/// The family of real bold text.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Installs the embedded fonts: every screen is readable with them alone.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("noto-sans-sc", REGULAR), ("noto-sans-sc-semibold", SEMI_BOLD)] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "noto-sans-sc".to_owned());
    let mut bold_chain = proportional.clone();
    bold_chain.insert(0, "noto-sans-sc-semibold".to_owned());
    fonts.families.insert(bold(), bold_chain);
    fonts
        .families
        .entry(FontFamily::Monospace)
        .or_default()
        .push("noto-sans-sc".to_owned());
    ctx.set_fonts(fonts);

    let mut icons = egui_material_icons::font_insert();
    icons.families.push(InsertFontFamily {
        family: bold(),
        priority: FontPriority::Lowest,
    });
    ctx.add_font(icons);
}

/// Lets the system's fonts draw what the embedded ones lack (rare characters, emoji), in their Chinese forms.
pub fn install_system(ctx: &Context) {
    let system = egui_system_font_provider::SystemFontProvider::new().with_locale(Some("zh-Hans"));
    ctx.set_font_providers(vec![Arc::new(system)]);
}
