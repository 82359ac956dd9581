//! Which pane paints the open page.

use egui::{ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{App, LEAST_LIST};
use crate::ui::board::model::Tile;
use crate::ui::errands::model::Filter;
use crate::ui::nav::Page;
use crate::ui::pane::Cx;
use crate::ui::theme;
use crate::ui::welcome;

impl App {
    /// The open page. At twice the size a small window has less room than a list needs: then the page keeps its least
    /// size and moves behind the frame. All other pages fold and move by themselves.
    pub(super) fn page_in_its_place(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let room = ui.available_size();
        let size = self.list_width().map(|width| {
            let low = room.y < theme::PAGE_SCROLLS;
            room.max(vec2(width, if low { theme::PAGE_HEIGHT } else { 0.0 }))
        });
        let Some(size) = size.filter(|size| *size != room) else {
            self.page_ui(ui, cx);
            return;
        };
        ScrollArea::both()
            .id_salt("page")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| self.page_ui(ui, cx));
            });
    }

    /// The width that a list needs, so that its buttons stay in a small window; nothing for details, which fold. `None`
    /// for a page that is no list.
    fn list_width(&self) -> Option<f32> {
        let has_details = match self.page {
            Page::Orders => self.orders.has_details(),
            Page::Import => self.import.has_details(),
            Page::Outbox => self.outbox.has_details(),
            Page::History => self.history.has_details(),
            Page::Ship
            | Page::Scan
            | Page::Reminders
            | Page::Special
            | Page::Combined
            | Page::Pay
            | Page::Shopping
            | Page::Events
            | Page::Board
            | Page::Welcome
            | Page::Help
            | Page::Settings => return None,
        };
        Some(if has_details { 0.0 } else { LEAST_LIST })
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.page {
            Page::Orders => self.orders.ui(ui, cx),
            Page::Ship => self.ship_form.ui(ui, cx),
            Page::Scan => self.scan.ui(ui, cx, self.speaker.is_silent()),
            Page::Import => self.import.ui(ui, cx),
            Page::Outbox => self.outbox.ui(ui, cx),
            Page::Reminders => self.reminders.ui(ui, cx),
            Page::Special => self.special.ui(ui, cx),
            Page::Combined => self.combined.ui(ui, cx),
            Page::History => self.history.ui(ui, cx),
            Page::Board => self.board_ui(ui, cx),
            Page::Welcome => welcome::ui(ui, cx, &mut self.settings),
            Page::Pay => self.pay.ui(ui, cx),
            Page::Shopping => self.shopping.ui(ui, cx),
            Page::Events => self.events.ui(ui, cx),
            Page::Help => self.help.ui(ui, cx),
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
            Some(Tile::Reminders) => {
                self.reminders.show(Filter::Can);
                *cx.go = Some(Page::Reminders);
            }
            Some(Tile::PreSales) => {
                self.special.show(Filter::Dated);
                *cx.go = Some(Page::Special);
            }
            None => {}
        }
    }
}
