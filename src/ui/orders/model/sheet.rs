//! Orders as a table of words that leaves the window: copied into a spreadsheet, or saved as a packing list. Numbers are
//! whole here and times carry their year, for nobody can look behind a cell of paper.

use std::sync::Arc;

use super::cells::{couriers_of, row_cells, state};
use super::columns::{Col, shipped_at};
use crate::domain::{CourierList, Fen, Order, ShippedParcel, Timestamp};
use crate::i18n::{Lang, format, text, text_with};

/// The headings of some columns.
pub fn headings(lang: Lang, columns: &[Col]) -> Vec<String> {
    columns.iter().map(|col| text(lang, col.title_id())).collect()
}

/// The cells of one order in some columns.
pub fn row(
    lang: Lang,
    order: &Order,
    columns: &[Col],
    couriers: &CourierList,
    now: Timestamp,
) -> Vec<String> {
    columns
        .iter()
        .map(|col| cell(lang, order, *col, couriers, now))
        .collect()
}

/// One cell as it is copied: as in WeChat, not as it is shortened for the screen.
pub fn cell(lang: Lang, order: &Order, col: Col, couriers: &CourierList, now: Timestamp) -> String {
    let cells = || row_cells(lang, order, couriers, now);
    let numbers = |of: fn(&ShippedParcel) -> &str| {
        let parcels = order.shipping.parcels.iter().map(of);
        parcels
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    };
    match col {
        Col::PayTime => format::moment_exact(order.pay_time),
        Col::OutTradeNo => order.out_trade_no.clone(),
        Col::TransactionId => order.transaction_id.as_str().to_owned(),
        Col::Goods => order.description.clone(),
        Col::Amount => plain_amount(order.paid_amount),
        Col::Payer => format::payer(&order.openid),
        Col::State => cells().state.text,
        Col::Deadline if order.can_ship() => format::moment_exact(order.deadline()),
        Col::Deadline => String::new(),
        Col::Corrections => cells().corrections.text,
        Col::Courier => couriers_of(order, couriers),
        Col::TrackingNo => numbers(|parcel| &parcel.tracking_no),
        Col::ShippedAt => shipped_at(order).map_or_else(String::new, format::moment_exact),
        Col::Mchid => order.mchid.clone(),
    }
}

/// An amount with which a spreadsheet can calculate: `1234.50`.
fn plain_amount(amount: Fen) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let fen = amount.0.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// A packing list: one row for each parcel that is known, and one for an order without any. The last columns are for
/// the pencil.
pub fn packing_list(
    lang: Lang,
    orders: &[Arc<Order>],
    couriers: &CourierList,
) -> (Vec<String>, Vec<Vec<String>>) {
    let headings = [
        "packing-no",
        "packing-order",
        "packing-number",
        "packing-paid",
        "packing-state",
        "packing-goods",
        "packing-parcel",
        "packing-courier",
        "packing-tracking",
        "packing-packed",
        "packing-note",
    ];
    let mut rows = Vec::new();
    for (index, order) in orders.iter().enumerate() {
        let count = order.shipping.parcels.len();
        let parcels: Vec<Option<&ShippedParcel>> = match count {
            0 => vec![None],
            _ => order.shipping.parcels.iter().map(Some).collect(),
        };
        for (at, parcel) in parcels.into_iter().enumerate() {
            let goods = parcel.map_or("", |parcel| &parcel.goods_desc);
            let goods = if goods.is_empty() {
                &order.description
            } else {
                goods
            };
            let part = [("part", at.saturating_add(1).into()), ("parts", count.into())];
            rows.push(vec![
                index.saturating_add(1).to_string(),
                order.out_trade_no.clone(),
                order.transaction_id.as_str().to_owned(),
                format::moment_exact(order.pay_time),
                state(lang, order).text,
                goods.to_owned(),
                parcel.map_or_else(String::new, |_| text_with(lang, "packing-part", &part)),
                parcel.map_or_else(String::new, |p| couriers.name(&p.express_company).to_owned()),
                parcel.map_or_else(String::new, |p| p.tracking_no.clone()),
                String::new(),
                String::new(),
            ]);
        }
    }
    (headings.map(|id| text(lang, id)).to_vec(), rows)
}
