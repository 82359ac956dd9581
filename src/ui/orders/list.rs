//! The table of orders: its columns, its rows, its menus, and what the keys and the pointer do to them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Context, Key, Label, Modifiers, RichText, Ui};

use super::empty::none_fits;
use super::model::{Col, Model, RowCells, Sort, sheet};
use crate::domain::{Order, TransactionId, spreadsheet};
use crate::ui::pane::{self, Cx};
use crate::ui::table::{self, Column, Done, HeadingWish, Many, Table};
use crate::ui::widgets::icons;
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

/// What the list itself remembers from frame to frame.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The column that the arrows have reached.
    pub(super) column: Option<Col>,
    /// The order and the column on which the menu was asked for; rows may move while it is open.
    menu: Option<(Arc<Order>, Col)>,
}

impl List {
    /// Paints the table, or why it is empty.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model, beside: bool) -> Wish {
        if model.total() == 0 {
            return none_fits(ui, cx, model);
        }
        let cols = if beside {
            model.columns.fitting(ui.available_width())
        } else {
            model.columns.shown().to_vec()
        };
        let columns: Vec<Column> = cols.iter().map(|col| column(cx, &cols, *col, beside)).collect();
        let name = cx.t("orders-list");
        let id = if beside { BESIDE } else { TABLE };
        over_edges(ui, model, id);
        let sorted = cols.iter().position(|col| *col == model.sort.by);
        let table = Table {
            id,
            name: &name,
            columns: &columns,
            rows: model.rows_on_page(),
            selected: model.chosen_row(),
            sorted: sorted.map(|at| (at, model.sort.descending)),
        };
        let done = self.table(ui, cx, model, &cols, table);
        self.take(ui, model, &cols, &done)
    }

    fn table(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        model: &mut Model,
        cols: &[Col],
        table: Table<'_>,
    ) -> Done {
        let marked = model.marked().count;
        let all = match marked {
            0 => Some(false),
            count if count == model.total() => Some(true),
            _ => None,
        };
        let heading_menu: Vec<String> = HEADING_MENU.iter().map(|id| cx.t(id)).collect();
        let all_word = cx.t("orders-mark-all");
        let shown: &Model = model;
        let cx: &Cx<'_> = cx;
        // A row is put into words once, and not once for each of its cells.
        let row = RefCell::new((usize::MAX, None));
        let words = |wanted: usize| {
            let mut known = row.borrow_mut();
            if known.0 != wanted {
                let cells = shown.cells(cx.lang, wanted, &cx.snapshot.couriers, cx.now);
                *known = (wanted, cells.map(Rc::new));
            }
            known.1.clone()
        };
        let mark_words = |row: usize| words(row).map_or_else(String::new, |order| mark_name(cx, &order));
        let menu = self.menu.clone();
        let mut row_menu = |ui: &mut Ui| {
            if let Some((order, col)) = &menu {
                row_menu_ui(ui, cx, shown, order, *col);
            }
        };
        let many = Many {
            marked: &|row| shown.is_marked(row),
            all,
            column: self
                .column
                .and_then(|col| cols.iter().position(|shown| *shown == col)),
            words: (&mark_words, &all_word),
            row_menu: &mut row_menu,
            heading_menu: &heading_menu,
        };
        table.show_many(
            ui,
            many,
            |row| words(row).map_or_else(String::new, |order| row_name(cx, &order)),
            |ui, row, column| {
                if let (Some(col), Some(order)) = (cols.get(column), words(row)) {
                    cell_ui(ui, cx, *col, &order);
                }
            },
        )
    }

    fn take(&mut self, ui: &Ui, model: &mut Model, cols: &[Col], done: &Done) -> Wish {
        if let Some(by) = done.sort.and_then(|at| cols.get(at)) {
            model.sort = model.sort.clicked(*by);
        }
        if let Some((at, wish)) = done.heading {
            heading(model, cols, at, wish);
        }
        if let Some(row) = done.marked {
            model.mark_row(row);
        }
        if let Some(row) = done.marked_to {
            model.mark_to_row(row);
        }
        match done.all {
            Some(true) => model.mark_all(),
            Some(false) => model.selection.clear(),
            None => {}
        }
        if let Some(col) = done.column.and_then(|at| cols.get(at)) {
            self.column = Some(*col);
        }
        if let Some((row, at)) = done.menu {
            let order = model.order(row).cloned();
            self.menu = order.zip(cols.get(at).copied());
            model.choose_row(row);
        }
        if let Some(row) = done.selected {
            model.choose_row(row);
        }
        let by_pointer = ui.input(|input| input.pointer.any_released());
        let clicked = done.selected.filter(|_| by_pointer);
        if clicked.is_some() {
            self.column = None;
        }
        let opened = done.opened.or(clicked).and_then(|row| model.order(row));
        opened.map_or(Wish::None, |order| Wish::Open(order.transaction_id.clone()))
    }
}

/// The words of a heading's menu, in the order of [`HeadingWish::MENU`].
const HEADING_MENU: [&str; 6] = [
    "orders-heading-sort-up",
    "orders-heading-sort-down",
    "orders-heading-left",
    "orders-heading-right",
    "orders-heading-width",
    "orders-heading-hide",
];

/// The column as the table knows it. The goods take what is left; without them the last column does.
fn column(cx: &Cx<'_>, cols: &[Col], col: Col, beside: bool) -> Column {
    let takes_rest = if cols.contains(&Col::Goods) {
        col == Col::Goods
    } else {
        cols.last() == Some(&col)
    };
    let title = cx.t(col.title_id());
    let column = if takes_rest {
        Column::rest_from(title, col.width(beside))
    } else {
        Column::of(title, col.width(beside))
    };
    let column = column.keyed(col.key()).sortable();
    if col == Col::Amount {
        column.right()
    } else {
        column
    }
}

fn heading(model: &mut Model, cols: &[Col], at: usize, wish: HeadingWish) {
    let Some(col) = cols.get(at).copied() else {
        return;
    };
    let sort = |descending| Sort { by: col, descending };
    match wish {
        HeadingWish::Sort => model.sort = model.sort.clicked(col),
        HeadingWish::SortUp => model.sort = sort(false),
        HeadingWish::SortDown => model.sort = sort(true),
        HeadingWish::MoveLeft => model.columns.step(col, false),
        HeadingWish::MoveRight => model.columns.step(col, true),
        HeadingWish::MoveTo(dragged) => {
            let place = model.columns.shown().iter().position(|shown| *shown == col);
            if let (Some(dragged), Some(place)) = (cols.get(dragged), place) {
                model.columns.move_to(*dragged, place);
            }
        }
        HeadingWish::Hide => model.columns.toggle(col),
        HeadingWish::UsualWidth => {}
    }
}

/// What can be copied of the row under the pointer, and whether it is marked.
fn row_menu_ui(ui: &mut Ui, cx: &Cx<'_>, model: &Model, order: &Order, col: Col) {
    let couriers = &cx.snapshot.couriers;
    let mut copy = |id: &str, text: &dyn Fn() -> String| {
        if ui.button(cx.t(id)).clicked() {
            ui.ctx().copy_text(text());
            ui.close();
        }
    };
    copy("orders-copy-cell", &|| {
        sheet::cell(cx.lang, order, col, couriers, cx.now)
    });
    copy("orders-copy-row", &|| {
        let row = sheet::row(cx.lang, order, model.columns.shown(), couriers, cx.now);
        spreadsheet::pasted([row.as_slice()])
    });
    copy("orders-copy-number", &|| order.transaction_id.as_str().to_owned());
    if !order.out_trade_no.is_empty() {
        copy("orders-copy-trade-no", &|| order.out_trade_no.clone());
    }
}

/// The arrows go on at the edge of a page, where the table itself would stop.
fn over_edges(ui: &Ui, model: &mut Model, table: &str) {
    let its_keys = ui.make_persistent_id((table, "keys"));
    let ours = ui.memory(|memory| memory.focused().is_none_or(|id| id == its_keys));
    if !ours || !pane::keys_free(ui.ctx()) {
        return;
    }
    for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
        for marks in [true, false] {
            let modifiers = if marks { Modifiers::SHIFT } else { Modifiers::NONE };
            let pressed = ui.input(|input| input.key_pressed(key) && input.modifiers == modifiers);
            if !pressed {
                continue;
            }
            let reached = if marks {
                model.mark_over_edge(down)
            } else {
                model.over_edge(down)
            };
            if let Some(row) = reached {
                ui.input_mut(|input| input.consume_key(modifiers, key));
                table::scroll_to(ui.ctx(), table, row);
            }
        }
    }
}

/// Brings a row into sight in whichever of both tables is shown.
pub(super) fn bring_into_sight(ctx: &Context, row: usize) {
    for id in [TABLE, BESIDE] {
        table::scroll_to(ctx, id, row);
    }
}

fn mark_name(cx: &Cx<'_>, order: &RowCells) -> String {
    cx.ta("orders-mark", &[("number", number_of(order).into())])
}

/// The shop's number, or WeChat's where there is none.
fn number_of(order: &RowCells) -> &str {
    match order.out_trade_no.as_str() {
        "" => &order.transaction_id,
        number => number,
    }
}

fn row_name(cx: &Cx<'_>, order: &RowCells) -> String {
    let args = [
        ("number", number_of(order).into()),
        ("goods", (&order.goods).into()),
        ("amount", (&order.amount).into()),
        ("state", (&order.state.text).into()),
    ];
    cx.ta("orders-row", &args)
}

fn cell_ui(ui: &mut Ui, cx: &Cx<'_>, col: Col, order: &RowCells) {
    let weak = theme::palette(ui).weak;
    let quiet = |ui: &mut Ui, text: &str| ui.add(Label::new(RichText::new(text).color(weak)).truncate());
    match col {
        Col::PayTime => {
            quiet(ui, &order.pay_time);
        }
        Col::OutTradeNo => {
            let number = match order.out_trade_no.as_str() {
                "" => short_number(&order.transaction_id),
                number => number.to_owned(),
            };
            widgets::mono(ui, number);
        }
        Col::TransactionId => {
            let number = RichText::new(short_number(&order.transaction_id))
                .monospace()
                .color(weak);
            ui.add(Label::new(number).truncate())
                .on_hover_text(&order.transaction_id);
        }
        Col::Goods => {
            ui.add(Label::new(&order.goods).truncate());
        }
        Col::Amount => {
            ui.add(Label::new(RichText::new(&order.amount).text_style(theme::strong_style())).truncate());
        }
        Col::Payer => {
            ui.add(Label::new(RichText::new(&order.payer).small().color(weak)).truncate());
        }
        Col::State => {
            said::pill(ui, &order.state);
            if order.in_complaint {
                widgets::icon(ui, icons::ICON_GAVEL, theme::Tone::Blocked, 16.0)
                    .on_hover_text(cx.t("orders-in-complaint"));
            }
        }
        Col::Deadline => {
            said::line(ui, &order.deadline);
        }
        Col::Corrections => {
            said::line(ui, &order.corrections);
        }
        Col::Courier => {
            ui.add(Label::new(&order.courier).truncate());
        }
        Col::TrackingNo => {
            widgets::mono(ui, order.tracking_no.as_str());
        }
        Col::ShippedAt => {
            quiet(ui, &order.shipped_at);
        }
        Col::Mchid => {
            widgets::mono(ui, order.mchid.as_str());
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
