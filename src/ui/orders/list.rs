//! The table of orders, what stands there when it is empty, and the pager below it.

use egui::{Context, Id, Key, Label, Modifiers, Panel, RichText, Ui};

use super::at_right;
use super::model::{Model, PAGE_SIZES, SortBy, View};
use crate::domain::TransactionId;
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::Fetch;
use crate::ui::nav::Page;
use crate::ui::pane::{self, Cx};
use crate::ui::table::{self, Column, Table};
use crate::ui::theme::{S, XS};
use crate::ui::widgets::{Icon, icon_button, icons};
use crate::ui::{said, theme, widgets};

/// The table's name among the tables.
const TABLE: &str = "orders";
/// The narrower table beside an open order, with widths of its own.
const BESIDE: &str = "orders-beside";

/// What a person wants of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    Open(TransactionId),
    Find(String),
    Clear,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    PayTime,
    OutTradeNo,
    TransactionId,
    Goods,
    Amount,
    Payer,
    State,
    Deadline,
    Corrections,
}

impl Cell {
    /// Beside the open order there is no room for all of them.
    fn all(with_detail: bool) -> &'static [Self] {
        if with_detail {
            return &[
                Self::PayTime,
                Self::OutTradeNo,
                Self::Goods,
                Self::Amount,
                Self::State,
                Self::Deadline,
            ];
        }
        &[
            Self::PayTime,
            Self::OutTradeNo,
            Self::TransactionId,
            Self::Goods,
            Self::Amount,
            Self::Payer,
            Self::State,
            Self::Deadline,
            Self::Corrections,
        ]
    }

    /// The column in the wide table, or beside the open order.
    fn column(self, cx: &Cx<'_>, with_detail: bool) -> Column {
        let of =
            |id: &str, wide: f32, narrow: f32| Column::of(cx.t(id), if with_detail { narrow } else { wide });
        match self {
            Self::PayTime => of("orders-column-pay-time", 100.0, 92.0).sortable(),
            Self::OutTradeNo => of("orders-column-out-trade-no", 136.0, 120.0),
            Self::TransactionId => of("orders-column-number", 124.0, 124.0),
            Self::Goods => Column::rest(cx.t("orders-column-goods")),
            Self::Amount => of("orders-column-amount", 92.0, 88.0).sortable().right(),
            Self::Payer => of("orders-column-payer", 92.0, 92.0),
            Self::State => of("orders-column-state", 112.0, 96.0),
            Self::Deadline => of("orders-column-deadline", 146.0, 124.0).sortable(),
            Self::Corrections => of("orders-column-corrections", 84.0, 84.0),
        }
    }

    fn sort(self) -> Option<SortBy> {
        match self {
            Self::PayTime => Some(SortBy::PayTime),
            Self::Amount => Some(SortBy::Amount),
            Self::Deadline => Some(SortBy::Deadline),
            Self::OutTradeNo
            | Self::TransactionId
            | Self::Goods
            | Self::Payer
            | Self::State
            | Self::Corrections => None,
        }
    }
}

/// Paints the table, or why it is empty.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model, with_detail: bool) -> Wish {
    if model.total() == 0 {
        return none_fits(ui, cx, model);
    }
    let cells = Cell::all(with_detail);
    let columns: Vec<Column> = cells.iter().map(|cell| cell.column(cx, with_detail)).collect();
    let sorted = cells.iter().position(|cell| cell.sort() == Some(model.sort.by));
    let name = cx.t("orders-list");
    let id = if with_detail { BESIDE } else { TABLE };
    over_edges(ui, model, id);
    let table = Table {
        id,
        name: &name,
        columns: &columns,
        rows: model.rows_on_page(),
        selected: model.chosen_row(),
        sorted: sorted.map(|at| (at, model.sort.descending)),
    };
    let (lang, now) = (cx.lang, cx.now);
    let shown: &Model = model;
    let done = table.show(
        ui,
        |row| row_name(cx, shown, row),
        |ui, row, column| {
            let (Some(cell), Some(order)) = (cells.get(column), shown.cells(lang, row, now)) else {
                return;
            };
            cell_ui(ui, cx, *cell, &order);
        },
    );
    if let Some(by) = done
        .sort
        .and_then(|at| cells.get(at))
        .and_then(|cell| cell.sort())
    {
        model.sort = model.sort.clicked(by);
    }
    if let Some(row) = done.selected {
        model.choose_row(row);
    }
    let clicked = done
        .selected
        .filter(|_| ui.input(|input| input.pointer.any_released()));
    let opened = done.opened.or(clicked).and_then(|row| model.order(row));
    opened.map_or(Wish::None, |order| Wish::Open(order.transaction_id.clone()))
}

/// The arrows go on at the edge of a page, where the table itself would stop.
fn over_edges(ui: &Ui, model: &mut Model, table: &str) {
    let its_keys = ui.make_persistent_id((table, "keys"));
    let ours = ui.memory(|memory| memory.focused().is_none_or(|id| id == its_keys));
    if !ours || !pane::keys_free(ui.ctx()) {
        return;
    }
    for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
        let pressed = ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        if pressed && let Some(row) = model.over_edge(down) {
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            bring_into_sight(ui.ctx(), row);
        }
    }
}

/// Shows a row of the page, whichever of the two tables is painted.
pub(super) fn bring_into_sight(ctx: &Context, row: usize) {
    for id in [TABLE, BESIDE] {
        table::scroll_to(ctx, id, row);
    }
}

fn row_name(cx: &Cx<'_>, model: &Model, row: usize) -> String {
    let Some(order) = model.cells(cx.lang, row, cx.now) else {
        return String::new();
    };
    let number = match order.out_trade_no.as_str() {
        "" => order.transaction_id,
        number => number.to_owned(),
    };
    let args = [
        ("number", number.into()),
        ("goods", order.goods.into()),
        ("amount", order.amount.into()),
        ("state", order.state.text.into()),
    ];
    cx.ta("orders-row", &args)
}

fn cell_ui(ui: &mut Ui, cx: &Cx<'_>, cell: Cell, order: &super::model::RowCells) {
    let weak = theme::palette(ui).weak;
    match cell {
        Cell::PayTime => {
            ui.add(Label::new(RichText::new(&order.pay_time).color(weak)).truncate());
        }
        Cell::OutTradeNo => {
            let number = match order.out_trade_no.as_str() {
                "" => short_number(&order.transaction_id),
                number => number.to_owned(),
            };
            widgets::mono(ui, number);
        }
        Cell::TransactionId => {
            let number = RichText::new(short_number(&order.transaction_id))
                .monospace()
                .color(weak);
            ui.add(Label::new(number).truncate())
                .on_hover_text(&order.transaction_id);
        }
        Cell::Goods => {
            ui.add(Label::new(&order.goods).truncate());
        }
        Cell::Amount => {
            ui.add(Label::new(RichText::new(&order.amount).text_style(theme::strong_style())).truncate());
        }
        Cell::Payer => {
            ui.add(Label::new(RichText::new(&order.payer).small().color(weak)).truncate());
        }
        Cell::State => {
            said::pill(ui, &order.state);
            if order.in_complaint {
                widgets::icon(ui, icons::ICON_GAVEL, theme::Tone::Blocked, 16.0)
                    .on_hover_text(cx.t("orders-in-complaint"));
            }
        }
        Cell::Deadline => {
            said::line(ui, &order.deadline);
        }
        Cell::Corrections => {
            said::line(ui, &order.corrections);
        }
    }
}

/// `42000…97714292`: enough to recognise, not enough to fill the row.
fn short_number(number: &str) -> String {
    let count = number.chars().count();
    if count <= 14 {
        return number.to_owned();
    }
    let head: String = number.chars().take(4).collect();
    let tail: String = number.chars().skip(count.saturating_sub(8)).collect();
    format!("{head}…{tail}")
}

/// Nothing is known at all: why, and the one thing to do. `false` when the page has more to show.
pub(super) fn nothing_yet(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> bool {
    if cx.snapshot.session.account().is_none() {
        let action = widgets::primary(cx.t("orders-no-account-go"));
        let (title, text) = (cx.t("orders-no-account-title"), cx.t("orders-no-account-text"));
        if widgets::empty_state(ui, icons::ICON_MANAGE_ACCOUNTS, &title, &text, Some(action)) {
            *cx.go = Some(Page::Settings);
        }
        return true;
    }
    match &cx.snapshot.orders.fetch {
        Fetch::Running { .. } => {
            ui.add_space(S);
            widgets::loading(ui, &cx.t("orders-loading-title"));
            true
        }
        Fetch::Failed { .. } | Fetch::Complete { .. } => false,
        Fetch::Idle if cx.snapshot.orders.read_at.is_some() => false,
        Fetch::Idle => {
            let action = widgets::primary(cx.t("orders-empty-fetch")).icon(icons::ICON_REFRESH);
            let (title, text) = (cx.t("orders-empty-title"), cx.t("orders-empty-text"));
            let pressed = widgets::empty_state(ui, icons::ICON_RECEIPT_LONG, &title, &text, Some(action));
            if pressed && let Ok(query) = model.filter.query() {
                cx.send(Command::RefreshOrders(query));
            }
            true
        }
    }
}

/// The filter shows nothing: a number can be asked for, any filter can be cleared.
fn none_fits(ui: &mut Ui, cx: &Cx<'_>, model: &Model) -> Wish {
    let title = cx.t("orders-none-title");
    let icon: Icon = icons::ICON_SEARCH_OFF;
    if let Some(number) = model.number_to_find() {
        let action = widgets::primary(cx.t("orders-find")).hint(cx.t("orders-find-hint"));
        let action = action.name(format!("{} {number}", cx.t("orders-find")));
        let text = cx.t("orders-none-find-text");
        return if widgets::empty_state(ui, icon, &title, &text, Some(action)) {
            Wish::Find(number.to_owned())
        } else {
            Wish::None
        };
    }
    let filtered = !model.filter.is_wide() || model.filter.view != View::All;
    let action = filtered.then(|| widgets::secondary(cx.t("orders-show-all")));
    let text = cx.t("orders-none-text");
    if widgets::empty_state(ui, icon, &title, &text, action) {
        Wish::Clear
    } else {
        Wish::None
    }
}

/// The pager at the foot of the list. `true` when the page was turned.
pub(super) fn pager_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> bool {
    let before = model.page();
    Panel::bottom(Id::unique("orders-pager"))
        .resizable(false)
        .exact_size(44.0)
        .show_separator_line(false)
        .frame(egui::Frame::NONE)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = XS;
                let (page, last) = (model.page(), model.last_page());
                let steps = [
                    (icons::ICON_FIRST_PAGE, "orders-page-first", page > 0, 0),
                    (
                        icons::ICON_CHEVRON_LEFT,
                        "orders-page-before",
                        page > 0,
                        page.saturating_sub(1),
                    ),
                    (
                        icons::ICON_CHEVRON_RIGHT,
                        "orders-page-after",
                        page < last,
                        page.saturating_add(1),
                    ),
                    (icons::ICON_LAST_PAGE, "orders-page-last", page < last, last),
                ];
                for (icon, name, enabled, target) in steps {
                    if ui.add(icon_button(icon, cx.t(name)).enabled(enabled)).clicked() {
                        model.turn_to(target);
                    }
                }
                ui.add_space(XS);
                ui.label(model.pager(cx.lang));
                at_right(ui, |ui| page_size_ui(ui, cx));
            });
        });
    model.page() != before
}

fn page_size_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let size = cx.snapshot.preferences.page_size;
    let words = |size: usize| cx.ta("orders-page-size", &[("count", size.into())]);
    let mut chosen = size;
    let combo = egui::ComboBox::from_id_salt("orders-page-size")
        .width(110.0)
        .selected_text(words(size))
        .show_ui(ui, |ui| {
            for offered in PAGE_SIZES {
                ui.selectable_value(&mut chosen, offered, words(offered));
            }
        });
    let name = cx.t("orders-page-size-name");
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    if chosen != size {
        cx.send(Command::Prefer(Preference::PageSize(chosen)));
    }
}
