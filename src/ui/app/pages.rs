//! Which pane paints the open page.

use egui::Ui;

use super::App;
use crate::ui::board::model::Tile;
use crate::ui::nav::Page;
use crate::ui::pane::Cx;
use crate::ui::welcome;

impl App {
    pub(super) fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.page {
            Page::Orders => self.orders.ui(ui, cx),
            Page::Ship => self.ship_form.ui(ui, cx),
            Page::Scan => self.scan.ui(ui, cx, self.speaker.is_silent()),
            Page::Import => self.import.ui(ui, cx),
            Page::Outbox => self.outbox.ui(ui, cx),
            Page::History => self.history.ui(ui, cx),
            Page::Board => self.board_ui(ui, cx),
            Page::Welcome => welcome::ui(ui, cx, &mut self.settings),
            Page::Pay => self.pay.ui(ui, cx),
            Page::Events => self.events.ui(ui, cx),
            Page::Settings => self.settings.ui(ui, cx),
        }
    }

    /// The board, and the list behind the counter that was pressed.
    fn board_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.board.ui(ui, cx);
        match self.board.wants.take() {
            Some(Tile::Orders(view)) => {
                self.orders.show_view(view);
                *cx.go = Some(Page::Orders);
            }
            Some(Tile::Outbox(filter)) => {
                self.outbox.show_filter(filter);
                *cx.go = Some(Page::Outbox);
            }
            None => {}
        }
    }
}
