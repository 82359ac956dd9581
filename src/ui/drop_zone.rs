//! Files that are dragged onto the window, on whichever page they land.

use std::path::PathBuf;

use egui::{Align2, Context, CornerRadius, FontId, Id, LayerId, Order, Stroke, StrokeKind};

use super::pane::Cx;
use super::theme::{self, ROUND, Tone};
use super::widgets::icons;

/// The file that was let go over the window; of several the first.
pub fn dropped(ctx: &Context) -> Option<PathBuf> {
    ctx.input(|input| {
        let file = input.raw.dropped_files.first()?;
        Some(file.path().to_owned())
    })
}

/// Something is dragged over the window.
pub fn hovering(ctx: &Context) -> bool {
    ctx.input(|input| !input.raw.hovered_files.is_empty())
}

/// Says over the whole window what letting go will do.
pub fn overlay(ctx: &Context, cx: &Cx<'_>) {
    if !hovering(ctx) {
        return;
    }
    let palette = if ctx.theme() == egui::Theme::Dark {
        &theme::DARK
    } else {
        &theme::LIGHT
    };
    let pair = palette.tone(Tone::Ready);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop-overlay")));
    let rect = ctx.content_rect().shrink(12.0);
    painter.rect(
        rect,
        CornerRadius::same(ROUND),
        pair.ground.gamma_multiply(0.94),
        Stroke::new(2.0, palette.accent),
        StrokeKind::Inside,
    );
    let icon = icons::ICON_UPLOAD_FILE;
    let glyph = FontId::new(56.0, icon.font_family());
    let above = rect.center() - egui::vec2(0.0, 36.0);
    painter.text(above, Align2::CENTER_CENTER, icon.codepoint, glyph, pair.ink);
    painter.text(
        rect.center() + egui::vec2(0.0, 20.0),
        Align2::CENTER_CENTER,
        cx.t("drop-here"),
        FontId::new(18.0, super::fonts::bold()),
        pair.ink,
    );
}
