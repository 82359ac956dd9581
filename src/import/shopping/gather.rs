//! Rows become orders: those of one combined order stand together, those of one sub-order in it, and each row is an item
//! or a parcel. What is empty in the columns of the order counts as in the row above, as people leave merged cells.

mod drafts;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::shopping::{
    Column, FileFault, FileOrder, FilePlace, FileProblem, KeyDraft, KeyKind, ShoppingContent, ShoppingFault,
    ShoppingField, ShoppingPlace,
};
use crate::domain::{CourierList, ShoppingCall, ShoppingDraft};
use crate::import::cells::{Id, read_id};
use crate::import::clean::prose;
use crate::import::couriers::Spellings;
use crate::import::grid::{Kind, RawRow};

pub(super) use drafts::{UnknownWord, logistics_of, mode_of, yuan_of};

use drafts::{details, shipment};

/// The cells of a row by what they are for.
type Cells = BTreeMap<Column, String>;

/// What a row says about its sub-order; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sub {
    key: KeyDraft,
    head: Cells,
    rows: Vec<u32>,
    parts: Vec<Cells>,
}

#[derive(Clone, Debug, Default)]
struct Order {
    key: KeyDraft,
    openid: String,
    first: u32,
    subs: Vec<Sub>,
    problems: Vec<FileProblem>,
}

/// The orders of a file, as far as it was read.
pub(super) struct Gathered<'a> {
    call: ShoppingCall,
    spellings: Spellings<'a>,
    appid: &'a str,
    orders: Vec<Order>,
    /// The order and the sub-order of the row above.
    above: Option<(usize, Option<usize>)>,
}

impl<'a> Gathered<'a> {
    /// Nothing yet.
    pub(super) fn new(call: ShoppingCall, couriers: &'a CourierList, appid: &'a str) -> Self {
        Self {
            call,
            spellings: Spellings::new(couriers),
            appid,
            orders: Vec::new(),
            above: None,
        }
    }

    /// Takes a row.
    pub(super) fn row(&mut self, row: &RawRow, columns: &[Option<Column>]) {
        let (cells, damaged) = read_cells(row, columns);
        let key = key_of(
            &cells,
            [Column::ParentId, Column::ParentMchid, Column::ParentTradeNo],
        );
        let has_bad_key = damaged.iter().any(|(column, _)| is_parent(*column));
        let index = match (key.is_empty() && !has_bad_key, self.above) {
            (true, Some((above, _))) => above,
            _ => self.order_of(key, row.row),
        };
        let (call, above) = (self.call, self.above);
        let Some(order) = self.orders.get_mut(index) else {
            return;
        };
        let sub_key = key_of(&cells, [Column::SubId, Column::SubMchid, Column::SubTradeNo]);
        let mut at = None;
        if call.is_write() {
            let has_bad_sub = damaged.iter().any(|(column, _)| is_sub(*column));
            let same = above
                .filter(|(above, _)| *above == index)
                .and_then(|(_, sub)| sub);
            let sub = match (sub_key.is_empty() && !has_bad_sub, same) {
                (true, Some(same)) => same,
                _ => sub_of(order, sub_key),
            };
            take_part(order, sub, row.row, &cells);
            let part = order
                .subs
                .get(sub)
                .map_or(0, |sub| sub.parts.len().saturating_sub(1));
            at = Some((sub, part));
        }
        take_openid(order, row.row, &cells);
        for (column, fault) in damaged {
            let place = at.map_or_else(ShoppingPlace::default, |(sub, part)| {
                ShoppingPlace::sub(sub).part(part)
            });
            order.problems.push(FileProblem {
                at: FilePlace::Row(row.row),
                place,
                fault: FileFault::Field(field_of(column), fault),
            });
        }
        self.above = Some((index, at.map(|(sub, _)| sub)));
    }

    fn order_of(&mut self, key: KeyDraft, row: u32) -> usize {
        let same = |order: &Order| order.key == key && !key.is_empty();
        if let Some(known) = self.orders.iter().position(same) {
            return known;
        }
        self.orders.push(Order {
            key,
            first: row,
            ..Order::default()
        });
        self.orders.len().saturating_sub(1)
    }

    /// The orders, each with the rows of its sub-orders.
    pub(super) fn into_orders(self) -> Vec<(FileOrder, Vec<Vec<u32>>)> {
        let Self {
            call,
            spellings,
            appid,
            orders,
            ..
        } = self;
        let made = orders.into_iter().map(|mut order| {
            let rows: Vec<Vec<u32>> = order.subs.iter().map(|sub| sub.rows.clone()).collect();
            let subs = std::mem::take(&mut order.subs);
            let content = match call {
                ShoppingCall::Details => {
                    ShoppingContent::Details(subs.iter().map(|sub| details(sub, appid, &mut order)).collect())
                }
                ShoppingCall::Ship => ShoppingContent::Ship(
                    subs.iter()
                        .map(|sub| shipment(sub, &spellings, &mut order))
                        .collect(),
                ),
                ShoppingCall::Verify => ShoppingContent::Verify,
            };
            let draft = ShoppingDraft {
                key: order.key,
                openid: order.openid,
                content,
            };
            let file_order = FileOrder {
                draft: Arc::new(draft),
                at: FilePlace::Row(order.first),
                problems: order.problems,
            };
            (file_order, rows)
        });
        made.collect()
    }
}

/// The cells of a row, and those that may not be used.
fn read_cells(row: &RawRow, columns: &[Option<Column>]) -> (Cells, Vec<(Column, ShoppingFault)>) {
    let mut cells = Cells::new();
    let mut damaged = Vec::new();
    for (cell, column) in row.cells.iter().zip(columns) {
        let Some(column) = *column else { continue };
        let text = if is_id(column) {
            match read_id(cell, column == Column::ItemId) {
                Id::None => String::new(),
                Id::Sound { text, .. } => text,
                Id::Bad(_) => {
                    damaged.push((column, ShoppingFault::Mangled));
                    continue;
                }
            }
        } else if matches!(cell.kind, Kind::Unreadable | Kind::Error) {
            damaged.push((column, ShoppingFault::BadSigns));
            continue;
        } else {
            prose(&cell.text)
        };
        if !text.is_empty() {
            cells.insert(column, text);
        }
    }
    (cells, damaged)
}

/// A number that a spreadsheet may have damaged.
fn is_id(column: Column) -> bool {
    is_parent(column)
        || is_sub(column)
        || matches!(
            column,
            Column::MerchantOrderNo | Column::ItemId | Column::TrackingNo | Column::Openid
        )
}

fn is_parent(column: Column) -> bool {
    matches!(
        column,
        Column::ParentId | Column::ParentMchid | Column::ParentTradeNo
    )
}

fn is_sub(column: Column) -> bool {
    matches!(column, Column::SubId | Column::SubMchid | Column::SubTradeNo)
}

fn text(cells: &Cells, column: Column) -> String {
    cells.get(&column).cloned().unwrap_or_default()
}

/// WeChat's number when there is one, else the shop's with its merchant.
fn key_of(cells: &Cells, [id, mchid, trade_no]: [Column; 3]) -> KeyDraft {
    let transaction_id = text(cells, id);
    let by = if transaction_id.is_empty() && cells.contains_key(&trade_no) {
        KeyKind::Merchant
    } else {
        KeyKind::Transaction
    };
    KeyDraft {
        by,
        transaction_id,
        mchid: text(cells, mchid),
        out_trade_no: text(cells, trade_no),
    }
}

fn sub_of(order: &mut Order, key: KeyDraft) -> usize {
    let same = |sub: &Sub| sub.key == key && !key.is_empty();
    if let Some(known) = order.subs.iter().position(same) {
        return known;
    }
    order.subs.push(Sub {
        key,
        ..Sub::default()
    });
    order.subs.len().saturating_sub(1)
}

/// What belongs to the sub-order as a whole; its first row says it.
const HEAD: [Column; 6] = [
    Column::MerchantOrderNo,
    Column::OrderPath,
    Column::OrderUrl,
    Column::OrderAppid,
    Column::Logistics,
    Column::Mode,
];

fn take_part(order: &mut Order, index: usize, row: u32, cells: &Cells) {
    let Some(sub) = order.subs.get_mut(index) else {
        return;
    };
    let part = sub.parts.len();
    let mut differ = Vec::new();
    for column in HEAD {
        let Some(said) = cells.get(&column) else { continue };
        match sub.head.get(&column) {
            None => drop(sub.head.insert(column, said.clone())),
            Some(before) if before == said => {}
            Some(_) => differ.push(column),
        }
    }
    sub.rows.push(row);
    sub.parts.push(cells.clone());
    let place = ShoppingPlace::sub(index).part(part);
    for column in differ {
        order
            .problems
            .push(problem(row, place, column, ShoppingFault::RowsDiffer));
    }
}

fn take_openid(order: &mut Order, row: u32, cells: &Cells) {
    let said = text(cells, Column::Openid);
    if order.openid.is_empty() {
        order.openid = said;
    } else if !said.is_empty() && said != order.openid {
        let top = ShoppingPlace::default();
        let differ = problem(row, top, Column::Openid, ShoppingFault::RowsDiffer);
        order.problems.push(differ);
    }
}

fn problem(row: u32, place: ShoppingPlace, column: Column, fault: ShoppingFault) -> FileProblem {
    FileProblem {
        at: FilePlace::Row(row),
        place,
        fault: FileFault::Field(field_of(column), fault),
    }
}

fn field_of(column: Column) -> ShoppingField {
    use ShoppingField as F;
    match column {
        Column::ParentId | Column::SubId => F::TransactionId,
        Column::ParentMchid | Column::SubMchid => F::Mchid,
        Column::ParentTradeNo | Column::SubTradeNo => F::OutTradeNo,
        Column::Openid => F::Openid,
        Column::MerchantOrderNo => F::MerchantOrderNo,
        Column::OrderPath => F::OrderLinkPath,
        Column::OrderUrl => F::OrderLinkUrl,
        Column::OrderAppid => F::OrderLinkAppid,
        Column::Logistics => F::LogisticsType,
        Column::ItemId => F::ItemId,
        Column::Name => F::Name,
        Column::Description => F::Description,
        Column::PriceYuan | Column::PriceFen => F::UnitPrice,
        Column::Quantity => F::Quantity,
        Column::Images => F::Image,
        Column::ItemPath => F::ItemLinkPath,
        Column::ItemUrl => F::ItemLinkUrl,
        Column::ItemAppid => F::ItemLinkAppid,
        Column::Mode => F::DeliveryMode,
        Column::Courier => F::Courier,
        Column::TrackingNo => F::TrackingNo,
        Column::Receiver => F::ReceiverContact,
        Column::Consignor => F::ConsignorContact,
    }
}
