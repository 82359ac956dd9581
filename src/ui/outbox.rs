//! The page outbox.

use egui::Ui;

use super::pane::Cx;
use super::widgets;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::page_header(ui, &cx.t("nav-outbox"), None, |_| ());
    }
}
