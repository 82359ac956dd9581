//! The orders that are known, by every number, and their order on the screen.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::snapshot::{Fetch, Orders};
use crate::domain::{
    Order, OrderQuery, OrderState, Shipment, ShippedParcel, Shipping, Timestamp, TransactionId,
};
use crate::store::FetchPosition;

/// The orders that are known, and the fetch.
#[derive(Debug, Default)]
pub(super) struct OrderBook {
    /// WeChat has refused the list to a third-party platform (ruling C-31).
    pub(super) list_barred: bool,
    by_id: HashMap<TransactionId, Arc<Order>>,
    by_trade_no: HashMap<String, Vec<TransactionId>>,
    pub(super) read_at: Option<Timestamp>,
    pub(super) fetch: Fetch,
    pub(super) running: Option<Running>,
    pub(super) serial: u64,
    sorted: Option<Arc<[Arc<Order>]>>,
}

/// A fetch that is under way.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) serial: u64,
    pub(super) query: OrderQuery,
    pub(super) position: FetchPosition,
    /// An imported file waits for its end.
    pub(super) for_import: bool,
    /// What has come, when the fetch began at the first page.
    pub(super) came: Option<HashSet<TransactionId>>,
}

impl OrderBook {
    /// Takes orders; a newer reading replaces an older one.
    pub(super) fn put(&mut self, orders: impl IntoIterator<Item = Order>, at: Timestamp) {
        for order in orders {
            let id = order.transaction_id.clone();
            let known = self.by_id.get(&id);
            if known.is_some_and(|known| **known == order) {
                continue;
            }
            if known.is_none() {
                self.by_trade_no
                    .entry(order.out_trade_no.clone())
                    .or_default()
                    .push(id.clone());
            }
            self.by_id.insert(id, Arc::new(order));
            self.sorted = None;
        }
        self.read_at = self.read_at.max(Some(at));
    }

    /// Lets go of every order that is not among these.
    pub(super) fn keep_only(&mut self, orders: Vec<(Order, Timestamp)>) {
        let fetch = std::mem::take(&mut self.fetch);
        let (running, serial, read_at) = (self.running.take(), self.serial, self.read_at);
        *self = Self::default();
        for (order, at) in orders {
            self.put([order], at);
        }
        (self.fetch, self.running, self.serial, self.read_at) = (fetch, running, serial, read_at);
    }

    /// All orders, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Order>> {
        self.by_id.values()
    }

    /// One order by WeChat's number.
    pub(super) fn get(&self, id: &TransactionId) -> Option<&Arc<Order>> {
        self.by_id.get(id)
    }

    /// The orders that carry this number, WeChat's or the shop's.
    pub(super) fn by_number(&self, number: &str) -> Vec<Arc<Order>> {
        if let Some(order) = self.by_id.get(number) {
            return vec![Arc::clone(order)];
        }
        let ids = self.by_trade_no.get(number).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.by_id.get(id).cloned()).collect()
    }

    /// An order carries this number, WeChat's or the shop's.
    pub(super) fn has_number(&self, number: &str) -> bool {
        self.by_id.contains_key(number) || self.by_trade_no.contains_key(number)
    }

    /// The merchant numbers that have been seen, for shop numbers that are not known yet.
    pub(super) fn mchids(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for order in self.by_id.values() {
            let mchid = if order.sub_mchid.is_empty() {
                &order.mchid
            } else {
                &order.sub_mchid
            };
            if !mchid.is_empty() && !found.contains(mchid) {
                found.push(mchid.clone());
            }
        }
        found.sort();
        found.truncate(5);
        found
    }

    /// What the window shows: newest payment first.
    pub(super) fn view(&mut self, rereading: usize) -> Orders {
        let by_id = &self.by_id;
        let sorted = self.sorted.get_or_insert_with(|| {
            let mut rows: Vec<Arc<Order>> = by_id.values().cloned().collect();
            rows.sort_by(|a, b| {
                b.pay_time
                    .cmp(&a.pay_time)
                    .then_with(|| a.transaction_id.cmp(&b.transaction_id))
            });
            rows.into()
        });
        Orders {
            rows: Arc::clone(sorted),
            read_at: self.read_at,
            fetch: self.fetch.clone(),
            rereading,
        }
    }
}

/// The order as it stands after WeChat accepted a shipment, until it is read again.
pub(super) fn as_shipped(order: &Order, shipment: &Shipment, at: Timestamp) -> Order {
    let intent = &shipment.intent;
    let complete = intent.completes();
    let upload_time = Some(Timestamp::from_secs(shipment.upload_time.unwrap_or(at).secs()));
    let express = intent.parcels().iter().map(|parcel| ShippedParcel {
        tracking_no: parcel.tracking_no.as_str().to_owned(),
        express_company: parcel.courier.as_str().to_owned(),
        goods_desc: parcel.item_desc.as_str().to_owned(),
        upload_time,
        ..ShippedParcel::default()
    });
    let mut parcels: Vec<ShippedParcel> = express.collect();
    if parcels.is_empty() {
        let goods_desc = intent.first_item_desc().to_owned();
        parcels.push(ShippedParcel {
            goods_desc,
            upload_time,
            ..ShippedParcel::default()
        });
    }
    let count = order.shipping.finish_shipping_count;
    Order {
        state: if complete {
            OrderState::Shipped
        } else {
            order.state
        },
        shipping: Shipping {
            delivery_mode: intent.delivery_mode().code(),
            logistics_type: intent.logistics_type().code(),
            finish_shipping: complete,
            finish_shipping_count: count.saturating_add(i64::from(complete)),
            goods_desc: String::new(),
            parcels,
        },
        ..order.clone()
    }
}
