//! The list of orders with the open one beside it: filter, list, pager, and what the keys do.

pub(in crate::ui) mod calendar;
mod columns_menu;
mod dates;
mod empty;
mod filter_bar;
mod list;
mod marked_bar;
pub mod model;
mod pager;
mod recall;
mod views_menu;

pub use recall::saved_views;

use egui::{Align, CentralPanel, Context, Frame, Key, Layout, Margin, Modifiers, Ui};

use super::actions::{self, ActionId};
use super::nav::Page;
use super::order_detail;
use super::pane::{self, Cx};
use super::saving::Save;
use super::theme::S;
use super::{said, widgets};
use crate::domain::TransactionId;
use crate::engine::command::Command;
use crate::engine::snapshot::Fetch;
use model::views::Views;
use model::{FetchOffer, FilterField, Model, fetch_line, list_age};

/// The keys of the groups: all, and the states in the order of progress.
const DIGITS: [Key; 7] = [
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
];

/// Together with Alt the keys of the saved views.
const VIEW_DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// Where the open order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// At the right of the list.
    Beside,
    /// In place of the list.
    Alone,
}

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    model: Model,
    bar: filter_bar::Bar,
    list: list::List,
    views: Views,
    views_menu: views_menu::Menu,
    recall: recall::Recall,
    /// The marked orders are to go into a file.
    pub wants_save: Option<Save>,
    /// The order that was asked for last; another one is never shown in its place.
    asked: Option<TransactionId>,
    /// The order whose panel was closed, until another one is opened.
    closed: Option<TransactionId>,
    /// The order that was shown last, so that a newly opened one becomes the chosen row.
    followed: Option<TransactionId>,
    /// An order is shown beside the list.
    is_open: bool,
    wants: Wants,
}

/// What the keys have asked of parts that are painted later in the frame.
#[derive(Clone, Copy, Debug, Default)]
struct Wants {
    search: bool,
    columns: bool,
    views: bool,
}

impl Pane {
    /// Something stands beside the list.
    pub fn has_details(&self) -> bool {
        self.is_open
    }

    /// How often all orders were read to filter them; for tests of the cache.
    pub fn rebuilds(&self) -> usize {
        self.model.rebuilds()
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.recall(cx);
        self.keys(ui.ctx(), cx);
        let page_size = cx.snapshot.preferences.page_size;
        self.model.refresh(&cx.snapshot.orders, page_size, cx.now);
        self.header(ui, cx);
        if cx.snapshot.orders.rows.is_empty() && empty::nothing_yet(ui, cx, &mut self.model) {
            return;
        }
        self.follow_open_order(cx);
        if self.is_open && widgets::is_narrow(ui) {
            // The open order stands alone; what chooses others comes back with the list.
            self.body(ui, cx);
            self.keep(cx);
            return;
        }
        let found = self
            .bar
            .ui(ui, cx, &mut self.model, std::mem::take(&mut self.wants.search));
        if let Some(number) = found {
            cx.send(Command::FindOrder(number));
        }
        self.fetch_line(ui, cx);
        // What was typed in this frame counts in this frame.
        self.model.refresh(&cx.snapshot.orders, page_size, cx.now);
        self.marked(ui, cx);
        self.body(ui, cx);
        self.keep(cx);
    }

    /// Shows exactly this group, whatever was typed before.
    pub fn show_view(&mut self, view: model::View) {
        self.bar.clear(&mut self.model);
        self.model.filter.view = view;
    }

    fn header(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let age = list_age(cx.lang, &cx.snapshot.orders, cx.now);
        let title = cx.t("orders-title");
        let mut chosen = None;
        let pressed = widgets::page_header(ui, &title, None, |ui| {
            let running = matches!(cx.snapshot.orders.fetch, Fetch::Running { .. });
            let refresh = widgets::secondary(cx.t("orders-refresh"))
                .icon(widgets::icons::ICON_REFRESH)
                .enabled(!running && cx.snapshot.session.account().is_some())
                .hint(cx.t("orders-refresh-hint"));
            let pressed = ui.add(refresh).clicked();
            let open = std::mem::take(&mut self.wants.columns);
            columns_menu::ui(ui, cx, &mut self.model, open);
            let open = std::mem::take(&mut self.wants.views);
            chosen = self.views_menu.ui(ui, cx, &self.model, &mut self.views, open);
            ui.add_space(S);
            ui.label(said::words(&age, ui).small());
            pressed
        });
        if pressed {
            self.refresh(cx);
        }
        if let Some(name) = chosen {
            self.show_saved(cx, &name);
        }
    }

    /// Fetches what the filter asks for; a filter that cannot be read says so at its field instead.
    fn refresh(&mut self, cx: &mut Cx<'_>) {
        if let Ok(query) = self.model.filter.query() {
            cx.send(Command::RefreshOrders(query));
        }
    }

    /// An order that was opened elsewhere, or found by its number, becomes the chosen row.
    fn follow_open_order(&mut self, cx: &Cx<'_>) {
        let known = cx
            .snapshot
            .open_order
            .value()
            .map(|open| &open.order.transaction_id);
        if known != self.followed.as_ref() {
            self.followed = known.cloned();
            if self.asked.is_none() && self.followed.is_some() {
                self.model.choose(self.followed.clone());
            }
        }
    }

    /// An order was asked for, here or on any other page.
    pub fn see(&mut self, command: &Command) {
        if let Command::OpenOrder(order) = command {
            self.model.choose(Some(order.clone()));
            self.closed = None;
            self.asked = Some(order.clone());
        } else if matches!(command, Command::FindOrder(_) | Command::FindOrderOf { .. }) {
            self.closed = None;
            self.asked = None;
        }
    }

    fn close(&mut self, cx: &mut Cx<'_>) {
        let shown = cx.snapshot.open_order.value();
        self.closed = shown.map(|open| open.order.transaction_id.clone());
        self.asked = None;
        cx.send(Command::CloseOrder);
    }

    /// Where the fetch stands: quiet while all is well, a banner when it broke off.
    fn fetch_line(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(line) = fetch_line(cx.lang, &cx.snapshot.orders, cx.now) else {
            return;
        };
        match line.offer {
            FetchOffer::None => {}
            FetchOffer::Stop => {
                ui.horizontal(|ui| {
                    widgets::loading(ui, &line.said.text);
                    if ui.add(widgets::quiet(cx.t("orders-fetch-stop"))).clicked() {
                        cx.send(Command::StopRefresh);
                    }
                });
            }
            FetchOffer::Find => {
                let find = cx.t("orders-barred-find");
                let icon = widgets::icons::ICON_INFO;
                let pressed = widgets::Banner::new(said::tone(line.said.tone), icon, &line.said.text)
                    .advice(&line.detail)
                    .code(&line.small)
                    .show(ui, |ui| ui.add(widgets::secondary(find)).clicked());
                self.wants.search |= pressed;
            }
            FetchOffer::GoOn(query) => {
                let go_on = cx.t("orders-fetch-go-on");
                let icon = widgets::icons::ICON_ERROR;
                let pressed = widgets::Banner::new(said::tone(line.said.tone), icon, &line.said.text)
                    .advice(&line.detail)
                    .code(&line.small)
                    .show(ui, |ui| ui.add(widgets::secondary(go_on)).clicked());
                if pressed {
                    cx.send(Command::RefreshOrders(query));
                }
            }
        }
    }

    fn body(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if pager::ui(ui, cx, &mut self.model) {
            list::bring_into_sight(ui.ctx(), 0);
        }
        let detail = self.detail(ui, cx);
        self.is_open = detail.is_some();
        if detail == Some(Detail::Alone) {
            return;
        }
        let with_detail = self.is_open;
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            match self.list.ui(ui, cx, &mut self.model, with_detail) {
                list::Wish::None => {}
                list::Wish::Open(order) => cx.send(Command::OpenOrder(order)),
                list::Wish::Find(number) => cx.send(Command::FindOrder(number)),
                list::Wish::Clear => self.bar.clear(&mut self.model),
            }
        });
    }

    /// The open order at the right, or in a narrow window in place of the list; `None` when none is shown.
    fn detail(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<Detail> {
        let known = cx
            .snapshot
            .open_order
            .value()
            .map(|open| &open.order.transaction_id);
        if self.asked.is_none() && known.is_some() && known == self.closed.as_ref() {
            return None;
        }
        let shown = order_detail::model::shown(cx.lang, &cx.snapshot.open_order, self.asked.as_ref());
        if matches!(shown, order_detail::model::Shown::Nothing) {
            return None;
        }
        let frame = Frame::new().outer_margin(Margin {
            left: 12,
            ..Margin::ZERO
        });
        let sizes = (404.0, 340.0..=560.0);
        let painted = widgets::details(ui, "order-detail", frame, sizes, |ui| {
            order_detail::ui(ui, cx, &shown)
        });
        match painted.inner {
            order_detail::Wish::None => {}
            order_detail::Wish::Close => self.close(cx),
            order_detail::Wish::Ship => *cx.go = Some(Page::Ship),
            order_detail::Wish::ReadAgain => {
                let order = known.cloned().or_else(|| self.asked.clone());
                if let Some(order) = order {
                    cx.send(Command::OpenOrder(order));
                }
            }
        }
        Some(if painted.alone {
            Detail::Alone
        } else {
            Detail::Beside
        })
    }

    fn keys(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let pressed = |id| actions::pressed(ctx, id, Page::Orders, cx.snapshot);
        self.wants.search |= pressed(ActionId::FocusFilter);
        let ship = pressed(ActionId::Ship);
        let refresh = pressed(ActionId::Refresh);
        self.wants.columns |= pressed(ActionId::Columns);
        self.wants.views |= pressed(ActionId::Views);
        if let Some(index) = actions::take_view(ctx) {
            self.show_view_at(cx, index);
        }
        if ship {
            self.ship(cx);
        }
        if refresh {
            self.refresh(cx);
        }
        if !pane::keys_free(ctx) {
            return;
        }
        let pressed = |id| actions::pressed(ctx, id, Page::Orders, cx.snapshot);
        let (mark_all, copies) = (pressed(ActionId::MarkAll), pressed(ActionId::CopyRows));
        if mark_all {
            self.model.mark_all();
        }
        let copies = copies || ctx.input(|input| input.events.contains(&egui::Event::Copy));
        if copies {
            self.copy(ctx, cx, ctx.input(|input| input.modifiers.shift));
        }
        // Before the bare digits, which would take them for their own.
        for (index, key) in VIEW_DIGITS.into_iter().enumerate() {
            if ctx.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
                self.show_view_at(cx, index);
            }
        }
        for (digit, key) in DIGITS.into_iter().enumerate() {
            if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key))
                && let Some(view) = Model::view_of_digit(digit)
            {
                self.model.filter.view = view;
            }
        }
        if ctx.input(|input| input.key_pressed(Key::Escape)) && !egui::Popup::is_any_open(ctx) {
            self.escape(ctx, cx);
        }
    }

    /// Esc takes back one thing after the other: the marks, then the open order.
    fn escape(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        if !self.model.selection.is_empty() {
            self.model.selection.clear();
        } else if self.is_open {
            ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            self.close(cx);
        }
    }

    /// S: the form of the order that is shown, when it can be shipped.
    fn ship(&self, cx: &mut Cx<'_>) {
        let is_shown = |id: &TransactionId| match &self.asked {
            Some(asked) => asked == id,
            None => self.closed.as_ref() != Some(id),
        };
        let open = cx.snapshot.open_order.value();
        let open = open.filter(|open| is_shown(&open.order.transaction_id));
        if open.is_some_and(|open| order_detail::model::purpose(open).is_ok()) {
            *cx.go = Some(Page::Ship);
        }
    }
}

/// A line of small words at the right end of a row.
fn at_right<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), add).inner
}

/// The name of a field of the filter bar.
fn field_name(cx: &Cx<'_>, field: FilterField) -> String {
    cx.t(match field {
        FilterField::From => "orders-from",
        FilterField::To => "orders-to",
    })
}
