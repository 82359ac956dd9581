//! Decides which columns name the order. Apart from `columns`, because here headings say little: `订单号` is WeChat's
//! number, the shop's or a warehouse's own, which its values tell, and the orders that are known.

use crate::domain::Field;

use super::aliases::Role;
use super::columns::{OrderColumn, Pick, Table};
use crate::domain::shapes;

/// Hundredths of the values of a column that must be known orders, and more than of any other column.
const KNOWN_SHARE: usize = 50;

impl Table<'_> {
    /// Which columns name the order, and as whose number.
    pub(super) fn orders(&mut self) {
        let mut wechat: Vec<OrderColumn> = Vec::new();
        for (column, rank) in self.of(Field::TransactionId) {
            wechat.push(OrderColumn {
                column,
                field: Field::TransactionId,
                by_shape: rank > 0,
            });
        }
        let mut shop = self.of(Field::OutTradeNo);
        // 订单号 that holds WeChat's numbers, and a nameless column of them when nothing else names the order.
        let by_value: Vec<usize> = shop
            .iter()
            .map(|(column, _)| *column)
            .filter(|column| self.share(*column, shapes::is_wechat_number) >= 80)
            .collect();
        shop.retain(|(column, _)| !by_value.contains(column));
        if let Some(known) = self.known_column(&shop) {
            shop = vec![(known, 0)];
        }
        let nameless: Vec<usize> = if wechat.is_empty() && by_value.is_empty() && shop.is_empty() {
            self.unnamed()
                .into_iter()
                .map(|(column, _)| column)
                .filter(|column| self.share(*column, shapes::is_wechat_number) >= 80)
                .take(1)
                .collect()
        } else {
            Vec::new()
        };
        if wechat.is_empty() && by_value.is_empty() && nameless.is_empty() && shop.is_empty() {
            shop.extend(self.known_column(&self.unnamed()).map(|column| (column, 0)));
        }
        wechat.extend(by_value.into_iter().chain(nameless).map(|column| OrderColumn {
            column,
            field: Field::TransactionId,
            by_shape: false,
        }));
        wechat.sort_by_key(|order| (order.by_shape, self.filled(order.column) == 0));
        let shop = match self.pick(&shop, |_| false) {
            Pick::One(column) => Some(column),
            Pick::Open(columns) => {
                if wechat.iter().all(|order| order.by_shape) {
                    self.open(Field::OutTradeNo, &columns);
                }
                None
            }
            Pick::None => None,
        };
        for order in &wechat {
            self.claim(order.column, Field::TransactionId);
        }
        let mut orders = wechat;
        if let Some(column) = shop {
            self.claim(column, Field::OutTradeNo);
            orders.push(OrderColumn {
                column,
                field: Field::OutTradeNo,
                by_shape: false,
            });
        }
        let asked = !self.columns.problems.is_empty();
        if orders.is_empty() && !asked {
            self.missing(Field::OutTradeNo);
        }
        self.columns.orders = orders;
    }

    /// Columns whose headings say nothing, or that they are another system's.
    fn unnamed(&self) -> Vec<(usize, u8)> {
        let roles = self.roles.iter().enumerate();
        roles
            .filter(|(_, role)| matches!(role, None | Some(Role::Internal | Role::Other)))
            .map(|(column, _)| (column, 0))
            .collect()
    }

    /// The one of several columns that holds the numbers of orders that are known.
    fn known_column(&self, columns: &[(usize, u8)]) -> Option<usize> {
        let mut shares: Vec<(usize, usize)> = columns
            .iter()
            .map(|(column, _)| (self.share(*column, self.knows), *column))
            .collect();
        shares.sort_by_key(|(share, column)| (std::cmp::Reverse(*share), *column));
        let second = shares.get(1).map_or(0, |(share, _)| *share);
        let (best, column) = shares.first()?;
        (*best >= second.saturating_add(KNOWN_SHARE)).then_some(*column)
    }
}
