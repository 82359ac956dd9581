//! The sheet of command barcodes: on the screen for scanners that read it there, and as a page that any browser prints.

use egui::{Context, Frame, Id, Key, Label, Margin, Modal, Modifiers, Rect, RichText, ScrollArea, Sense};
use egui::{Ui, WidgetInfo, pos2, vec2};

use super::code128;
use super::model::words;
use crate::domain::ScanCode;
use crate::i18n::{Lang, text};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, L, M, XS};
use crate::ui::widgets::{icons, primary, secondary, small, strong};

/// Narrow bars that stay free at both sides.
const QUIET: f32 = 10.0;

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Open,
    Close,
    Save,
}

/// Shows the sheet.
pub(super) fn dialog(ctx: &Context, cx: &Cx<'_>) -> Answer {
    let palette = if ctx.theme() == egui::Theme::Dark {
        &theme::DARK
    } else {
        &theme::LIGHT
    };
    let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
    let modal = Modal::new(Id::unique("scan-sheet"))
        .frame(frame)
        .backdrop_color(palette.veil);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(820.0_f32.min(ctx.content_rect().width() - 96.0));
        ui.label(RichText::new(cx.t("scan-sheet")).heading());
        small(ui, cx.t("scan-sheet-text"));
        ui.add_space(XS);
        let height = (ctx.content_rect().height() - 260.0).max(120.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            let codes = ScanCode::ALL.chunks(2);
            for pair in codes {
                ui.columns_const(|[left, right]| {
                    for (ui, code) in [left, right].into_iter().zip(pair) {
                        code_ui(ui, cx, *code);
                    }
                });
                ui.add_space(M);
            }
        });
        ui.add_space(L);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = M;
            let save = ui.add(primary(cx.t("scan-sheet-save")).icon(icons::ICON_PRINT));
            let close = ui.add(secondary(cx.t("scan-sheet-close")));
            match (save.clicked(), close.clicked()) {
                (true, _) => Answer::Save,
                (false, true) => Answer::Close,
                (false, false) => Answer::Open,
            }
        })
        .inner
    });
    let escaped = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if shown.inner == Answer::Open && (escaped || shown.should_close()) {
        return Answer::Close;
    }
    shown.inner
}

fn code_ui(ui: &mut Ui, cx: &Cx<'_>, code: ScanCode) {
    let (name, what) = words::code_words(cx.lang, code);
    strong(ui, &name);
    ui.add(Label::new(RichText::new(what).small().color(theme::palette(ui).weak)).wrap());
    barcode_ui(ui, code.barcode(), &name);
}

/// Dark bars on white in both themes: a scanner reads nothing else.
fn barcode_ui(ui: &mut Ui, text: &str, name: &str) {
    let widths = code128::widths(text).unwrap_or_default();
    let modules: u32 = widths.iter().map(|width| u32::from(*width)).sum();
    // Every bar is a whole number of dots wide: blurred edges cannot be read.
    let dots = ui.ctx().pixels_per_point();
    let all = modules as f32 + 2.0 * QUIET;
    let one = (ui.available_width().min(400.0) * dots / all).floor().max(1.0) / dots;
    let (rect, response) = ui.allocate_exact_size(vec2(all * one, 64.0), Sense::hover());
    let start = (rect.left() * dots).round() / dots;
    let (paper, ink) = theme::BARCODE;
    ui.painter().rect_filled(rect, 4.0, paper);
    let mut left = start + QUIET * one;
    for (index, width) in widths.iter().enumerate() {
        let right = left + f32::from(*width) * one;
        if index % 2 == 0 {
            let bar = Rect::from_min_max(pos2(left, rect.top() + 8.0), pos2(right, rect.bottom() - 8.0));
            ui.painter().rect_filled(bar, 0.0, ink);
        }
        left = right;
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name));
}

/// The sheet as a page of its own, ready to be printed: no script, nothing that is loaded from elsewhere.
pub fn page(lang: Lang) -> String {
    let head = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n<h1>{}</h1>\n<p>{}</p>\n<main>\n",
        lang.tag(),
        plain(&text(lang, "scan-sheet")),
        plain(&text(lang, "scan-sheet")),
        plain(&text(lang, "scan-sheet-print")),
    );
    let sections = ScanCode::ALL.map(|code| {
        let (name, what) = words::code_words(lang, code);
        let widths = code128::widths(code.barcode()).unwrap_or_default();
        let (name, what) = (plain(&name), plain(&what));
        let bars = svg(&widths);
        let text = code.barcode();
        format!("<section><h2>{name}</h2><p>{what}</p>{bars}<small>{text}</small></section>\n")
    });
    format!("{head}{}</main>\n</html>\n", sections.concat())
}

const STYLE: &str = "body{font-family:sans-serif;margin:12mm;color:#000;background:#fff}\nmain{display:grid;grid-template-columns:1fr 1fr;gap:8mm}\nsection{border:1px solid #999;border-radius:3mm;padding:5mm;break-inside:avoid}\nh1{font-size:20pt}h2{font-size:15pt;margin:0}p{margin:1mm 0 3mm}\nsvg{width:100%;height:18mm}small{display:block;text-align:center}\n";

fn svg(widths: &[u8]) -> String {
    let mut left = 10_u32;
    let bars: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(index, width)| {
            let at = left;
            left = left.saturating_add(u32::from(*width));
            if index % 2 == 0 {
                format!("<rect x=\"{at}\" width=\"{width}\" height=\"30\"/>")
            } else {
                String::new()
            }
        })
        .collect();
    let bars = bars.concat();
    let all = left.saturating_add(10);
    format!(
        "<svg viewBox=\"0 0 {all} 30\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\">{bars}</svg>"
    )
}

fn plain(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
