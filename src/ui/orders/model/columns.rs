//! The columns of the list: which there are, which of them are shown and in which order, and how they are written down.

use std::cmp::Ordering;

use crate::domain::{Order, OrderState, Timestamp};

/// Characters of a text that are compared when it is sorted by.
const COMPARED: usize = 64;

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Col {
    /// When it was paid.
    #[default]
    PayTime,
    /// The shop's number.
    OutTradeNo,
    /// WeChat's number.
    TransactionId,
    /// What was bought.
    Goods,
    /// What was paid.
    Amount,
    /// Who paid, shortened.
    Payer,
    /// Where it stands.
    State,
    /// What is left of the 48 hours; orders that need no shipping come last.
    Deadline,
    /// Corrections that WeChat still takes.
    Corrections,
    /// The couriers of its parcels.
    Courier,
    /// The numbers of its parcels.
    TrackingNo,
    /// When its last parcel was reported.
    ShippedAt,
    /// The merchant that took the payment.
    Mchid,
}

impl Col {
    /// All columns in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::PayTime,
        Self::OutTradeNo,
        Self::TransactionId,
        Self::Goods,
        Self::Amount,
        Self::Payer,
        Self::State,
        Self::Deadline,
        Self::Corrections,
        Self::Courier,
        Self::TrackingNo,
        Self::ShippedAt,
        Self::Mchid,
    ];

    /// Beside an open order there is room for few: the first of these are given up first.
    const GIVEN_UP: [Self; 12] = [
        Self::Mchid,
        Self::Payer,
        Self::Corrections,
        Self::ShippedAt,
        Self::TransactionId,
        Self::Courier,
        Self::TrackingNo,
        Self::Amount,
        Self::PayTime,
        Self::Goods,
        Self::Deadline,
        Self::State,
    ];

    /// Its name in what is remembered.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PayTime => "pay_time",
            Self::OutTradeNo => "out_trade_no",
            Self::TransactionId => "transaction_id",
            Self::Goods => "goods",
            Self::Amount => "amount",
            Self::Payer => "payer",
            Self::State => "state",
            Self::Deadline => "deadline",
            Self::Corrections => "corrections",
            Self::Courier => "courier",
            Self::TrackingNo => "tracking_no",
            Self::ShippedAt => "shipped_at",
            Self::Mchid => "mchid",
        }
    }

    /// The column of this name.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|col| col.key() == key)
    }

    /// The message with its heading.
    pub const fn title_id(self) -> &'static str {
        match self {
            Self::PayTime => "orders-column-pay-time",
            Self::OutTradeNo => "orders-column-out-trade-no",
            Self::TransactionId => "orders-column-number",
            Self::Goods => "orders-column-goods",
            Self::Amount => "orders-column-amount",
            Self::Payer => "orders-column-payer",
            Self::State => "orders-column-state",
            Self::Deadline => "orders-column-deadline",
            Self::Corrections => "orders-column-corrections",
            Self::Courier => "orders-column-courier",
            Self::TrackingNo => "orders-column-tracking",
            Self::ShippedAt => "orders-column-shipped-at",
            Self::Mchid => "orders-column-mchid",
        }
    }

    /// Its usual width in points, in the wide table and beside an open order.
    pub const fn width(self, beside: bool) -> f32 {
        let (wide, narrow) = match self {
            Self::PayTime | Self::ShippedAt => (100.0, 92.0),
            Self::OutTradeNo => (136.0, 120.0),
            Self::TransactionId => (124.0, 124.0),
            Self::Goods => (120.0, 110.0),
            Self::Amount => (92.0, 88.0),
            Self::Payer => (92.0, 92.0),
            Self::State => (112.0, 96.0),
            Self::Deadline => (146.0, 124.0),
            Self::Corrections => (84.0, 84.0),
            Self::Courier => (104.0, 96.0),
            Self::TrackingNo => (150.0, 140.0),
            Self::Mchid => (104.0, 104.0),
        };
        if beside { narrow } else { wide }
    }

    /// The first click on its heading sorts downwards: the newest, the largest.
    pub const fn starts_downwards(self) -> bool {
        matches!(self, Self::PayTime | Self::Amount | Self::ShippedAt)
    }

    /// Compares two orders by this column. What is empty comes last in either direction.
    pub fn compare(self, a: &Order, b: &Order, descending: bool) -> Ordering {
        if self.is_text() {
            by_text(self.text(a), self.text(b), descending)
        } else {
            by_value(self.number(a), self.number(b), descending)
        }
    }

    /// It is sorted by a text and not by a number.
    pub const fn is_text(self) -> bool {
        match self {
            Self::OutTradeNo
            | Self::TransactionId
            | Self::Goods
            | Self::Payer
            | Self::Mchid
            | Self::Courier
            | Self::TrackingNo => true,
            Self::PayTime
            | Self::Amount
            | Self::State
            | Self::Deadline
            | Self::Corrections
            | Self::ShippedAt => false,
        }
    }

    /// The text that an order is sorted by; none for a column of numbers.
    pub fn text(self, order: &Order) -> &str {
        match self {
            Self::OutTradeNo => &order.out_trade_no,
            Self::TransactionId => order.transaction_id.as_str(),
            Self::Goods => &order.description,
            Self::Payer => &order.openid.0,
            Self::Mchid => &order.mchid,
            Self::Courier => first_parcel(order).map_or("", |(courier, _)| courier),
            Self::TrackingNo => first_parcel(order).map_or("", |(_, number)| number),
            Self::PayTime
            | Self::Amount
            | Self::State
            | Self::Deadline
            | Self::Corrections
            | Self::ShippedAt => "",
        }
    }

    /// The number that an order is sorted by; none for a column of texts and where there is nothing.
    pub fn number(self, order: &Order) -> Option<i64> {
        match self {
            Self::PayTime => Some(order.pay_time.millis()),
            Self::Amount => Some(order.paid_amount.0),
            Self::State => i64::try_from(progress(order)).ok(),
            Self::Deadline => due(order).map(Timestamp::millis),
            Self::Corrections => corrections(order).map(i64::from),
            Self::ShippedAt => shipped_at(order).map(Timestamp::millis),
            Self::OutTradeNo
            | Self::TransactionId
            | Self::Goods
            | Self::Payer
            | Self::Mchid
            | Self::Courier
            | Self::TrackingNo => None,
        }
    }
}

fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn by_value<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(&b), descending),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// A hostile text must not make sorting slow, so only its beginning counts.
fn by_text(a: &str, b: &str, descending: bool) -> Ordering {
    let head = |text: &'_ str| text.char_indices().nth(COMPARED).map_or(text.len(), |(at, _)| at);
    let (a, b) = (a.get(..head(a)).unwrap_or(a), b.get(..head(b)).unwrap_or(b));
    let given = |text: &'_ str| !text.is_empty();
    by_value(given(a).then_some(a), given(b).then_some(b), descending)
}

fn first_parcel(order: &Order) -> Option<(&str, &str)> {
    let parcel = order.shipping.parcels.first()?;
    Some((&parcel.express_company, &parcel.tracking_no))
}

fn progress(order: &Order) -> usize {
    let known = OrderState::KNOWN.iter().position(|state| *state == order.state);
    known.unwrap_or(OrderState::KNOWN.len())
}

/// The payment decides, for the limit is 48 hours for every order.
fn due(order: &Order) -> Option<Timestamp> {
    order.can_ship().then_some(order.pay_time)
}

fn corrections(order: &Order) -> Option<u8> {
    let shipped = !order.shipping.parcels.is_empty() || order.shipping.finish_shipping;
    shipped.then(|| order.corrections_left())
}

/// When the last parcel was reported.
pub fn shipped_at(order: &Order) -> Option<Timestamp> {
    let parcels = order.shipping.parcels.iter();
    parcels.filter_map(|parcel| parcel.upload_time).max()
}

/// The columns that are shown, in their order. Never empty, none twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Col>);

impl Default for Columns {
    fn default() -> Self {
        Self(Col::ALL.into_iter().take(9).collect())
    }
}

impl Columns {
    /// The columns in their order.
    pub fn shown(&self) -> &[Col] {
        &self.0
    }

    /// All columns: the shown ones in their order, then the others.
    pub fn offered(&self) -> Vec<(Col, bool)> {
        let shown = self.0.iter().map(|col| (*col, true));
        let others = Col::ALL.into_iter().filter(|col| !self.0.contains(col));
        shown.chain(others.map(|col| (col, false))).collect()
    }

    /// Shows a column at the end, or shows it no more; the last one stays.
    pub fn toggle(&mut self, col: Col) {
        match self.0.iter().position(|shown| *shown == col) {
            Some(_) if self.0.len() <= 1 => {}
            Some(at) => drop(self.0.remove(at)),
            None => self.0.push(col),
        }
    }

    /// Moves a shown column to the place of another one, from 0; a place behind the last is the last.
    pub fn move_to(&mut self, col: Col, place: usize) {
        if let Some(at) = self.0.iter().position(|shown| *shown == col) {
            let col = self.0.remove(at);
            self.0.insert(place.min(self.0.len()), col);
        }
    }

    /// Moves a shown column by one place.
    pub fn step(&mut self, col: Col, right: bool) {
        if let Some(at) = self.0.iter().position(|shown| *shown == col) {
            let to = if right {
                at.saturating_add(1)
            } else {
                at.saturating_sub(1)
            };
            self.move_to(col, to);
        }
    }

    /// As many of them as fit beside an open order, in their order; the least important are left out first.
    pub fn fitting(&self, width: f32) -> Vec<Col> {
        let mut cols = self.0.clone();
        for given_up in Col::GIVEN_UP {
            let needed: f32 = cols.iter().map(|col| col.width(true)).sum();
            if needed <= width || cols.len() <= 1 {
                break;
            }
            cols.retain(|col| *col != given_up || self.0.len() == 1);
        }
        if cols.is_empty() { self.0.clone() } else { cols }
    }

    /// The names under which they are written down.
    pub fn keys(&self) -> Vec<String> {
        self.0.iter().map(|col| col.key().to_owned()).collect()
    }

    /// Reads what was written down, also by another version: names that it does not know are left out.
    pub fn of_keys(keys: &[String]) -> Self {
        let mut cols: Vec<Col> = Vec::new();
        for col in keys.iter().filter_map(|key| Col::of_key(key)) {
            if !cols.contains(&col) {
                cols.push(col);
            }
        }
        if cols.is_empty() {
            Self::default()
        } else {
            Self(cols)
        }
    }
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Col,
    /// The largest or latest first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            by: Col::PayTime,
            descending: true,
        }
    }
}

impl Sort {
    /// What a click on a heading makes of it: the other direction, or the usual one of another column.
    #[must_use]
    pub fn clicked(self, by: Col) -> Self {
        Self {
            by,
            descending: if self.by == by {
                !self.descending
            } else {
                by.starts_downwards()
            },
        }
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
