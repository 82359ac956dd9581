//! The manual: a list of chapters and the open one.

pub mod chapters;

use egui::{ScrollArea, Ui, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use self::chapters::{CHAPTERS, PICTURES};
use super::pane::Cx;
use super::theme::{self, L, PROSE, S, XS};
use super::widgets;

/// The width of the list of chapters.
const LIST: f32 = 196.0;
/// Narrower than this, the list stands above the text.
const SIDE_BY_SIDE: f32 = 620.0;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    open: usize,
    cache: CommonMarkCache,
    has_pictures: bool,
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.bring_pictures(ui);
        widgets::page_header(ui, &cx.t("help-title"), Some(&cx.t("help-subtitle")), |_| ());
        if ui.available_width() < SIDE_BY_SIDE {
            // The list would leave the text one line in a much enlarged window, so both move together.
            widgets::page(ui, "help-page", |ui| {
                ui.horizontal_wrapped(|ui| self.list(ui, cx, None));
                widgets::card(ui, |ui| self.text(ui, cx));
            });
            return;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = L;
            ui.vertical(|ui| {
                ui.set_width(LIST);
                self.list(ui, cx, Some(LIST));
            });
            ui.vertical(|ui| {
                widgets::card(ui, |ui| {
                    ScrollArea::vertical()
                        .id_salt(("help", self.open, cx.lang.tag()))
                        .auto_shrink([false, false])
                        .show(ui, |ui| self.text(ui, cx));
                });
            });
        });
    }

    /// The chapters; each takes this width, or as much as its name.
    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: Option<f32>) {
        ui.spacing_mut().item_spacing = vec2(XS, XS);
        for (at, chapter) in CHAPTERS.iter().enumerate() {
            let least = vec2(width.unwrap_or_default(), theme::BUTTON);
            let entry = egui::Button::selectable(self.open == at, chapter.title(cx.lang)).min_size(least);
            if ui.add(entry).clicked() {
                self.open = at;
            }
        }
    }

    fn text(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(chapter) = CHAPTERS.get(self.open) else {
            return;
        };
        ui.set_max_width(PROSE.min(ui.available_width()));
        // The names of buttons stand out by their colour: the text has no bold letters of its own.
        ui.visuals_mut().widgets.active.fg_stroke.color = theme::palette(ui).accent;
        ui.spacing_mut().item_spacing.y = S;
        let width = theme::whole(ui.available_width());
        CommonMarkViewer::new()
            .explicit_image_uri_scheme(true)
            .max_image_width(usize::try_from(width).ok())
            .show(ui, &mut self.cache, chapter.text(cx.lang));
        ui.add_space(L);
    }

    fn bring_pictures(&mut self, ui: &Ui) {
        if self.has_pictures {
            return;
        }
        egui_extras::install_image_loaders(ui.ctx());
        for (name, bytes) in PICTURES {
            ui.ctx().include_bytes(*name, *bytes);
        }
        self.has_pictures = true;
    }
}
