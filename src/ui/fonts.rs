//! The fonts: the embedded Chinese one, the icons, then the system's, and emoji in one colour where the system has none.
//! Apart from the theme, because a test wants the embedded ones only and a real window wants the system's too.

use std::sync::Arc;

use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, InsertFontFamily};
use egui::{Context, FontData, FontDefinitions, FontFamily, FontTweak};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular-subset.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-SemiBold-subset.ttf");
const EMOJI: &[u8] = include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf");

/// The licence of the embedded fonts, shown in the settings.
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
    // Asked last: what the system draws in colour comes first.
    ctx.add_font_provider(Arc::new(|wanted: &FallbackRequest<'_>| Some(emoji(wanted))));
}

/// Emoji in one colour, for a sign that no other font has.
fn emoji(wanted: &FallbackRequest<'_>) -> FontInsert {
    let tweak = FontTweak {
        scale: 0.81, // its signs are larger than letters
        ..FontTweak::default()
    };
    FontInsert {
        name: "noto-emoji".to_owned(),
        data: FontData::from_static(EMOJI).tweak(tweak),
        families: vec![InsertFontFamily {
            family: wanted.family.clone(),
            priority: FontPriority::Lowest,
        }],
    }
}

/// Lets the system's fonts draw what the embedded ones lack (rare characters, emoji), in their Chinese forms. Before
/// [`install`], so that they are asked first.
pub fn install_system(ctx: &Context) {
    let system = egui_system_font_provider::SystemFontProvider::new().with_locale(Some("zh-Hans"));
    ctx.add_font_provider(Arc::new(system));
}
