//! WeChat as this proof assumes it: the upload rules of contract 10.3 from the look-up on, and what a read
//! shows now or a while ago. Written a second time, apart from the sandbox, so that one mistake is not two.

use std::collections::BTreeSet;

use fahuo::domain::{Fen, OpenId, Order, ParcelId, ShippedParcel, Shipping, Timestamp, TransactionId};
use serde::Deserialize;

use super::scenario::{OrderPlan, Rules};

/// Who committed an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A request of ours, by its index.
    Us(usize),
    /// Another system of the merchant.
    Foreign,
}

/// One accepted upload.
#[derive(Clone, Debug)]
pub struct Commit {
    pub at: i64,
    pub by: By,
    pub logistics_type: i64,
    pub parcels: BTreeSet<ParcelId>,
    pub complete: bool,
    /// It spent the one re-shipment.
    pub reship: bool,
}

/// What a read shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub state: i64,
    pub shipping: Shipping,
}

/// One order.
pub struct Ordered {
    pub id: TransactionId,
    openid: String,
    visible_at: i64,
    pay_time: i64,
    pub view: View,
    last_upload_millis: Option<i64>,
    reship_used: bool,
    /// What was shown from when on, oldest first.
    past: Vec<(i64, View)>,
    pub commits: Vec<Commit>,
}

/// All orders.
pub struct Server {
    pub rules: Rules,
    pub orders: Vec<Ordered>,
}

#[derive(Deserialize)]
struct Body {
    order_key: Key,
    logistics_type: i64,
    delivery_mode: i64,
    is_all_delivered: Option<bool>,
    shipping_list: Vec<Item>,
    upload_time: String,
    payer: Payer,
}

#[derive(Deserialize)]
struct Key {
    transaction_id: String,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    tracking_no: String,
    #[serde(default)]
    express_company: String,
    #[serde(rename = "item_desc")]
    text: String,
}

#[derive(Deserialize)]
struct Payer {
    openid: String,
}

/// `transaction_id` of the order with this index.
pub fn transaction_id(order: usize) -> TransactionId {
    TransactionId::parse(&format!("42000000000000000000000{order:05}")).unwrap()
}

/// The `upload_time` of a body in milliseconds.
pub fn upload_millis(body: &[u8]) -> i64 {
    let body: Body = serde_json::from_slice(body).unwrap();
    millis(&body.upload_time)
}

fn millis(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

impl Server {
    pub fn new(plans: &[OrderPlan], rules: Rules, start: i64) -> Self {
        let order = |(index, plan): (usize, &OrderPlan)| {
            let view = View {
                state: 1,
                shipping: Shipping::default(),
            };
            Ordered {
                id: transaction_id(index),
                openid: format!("o-payer-{index}"),
                visible_at: start.saturating_add(plan.visible_at),
                pay_time: start - 3_600_000 - i64::try_from(index).unwrap_or(0) * 1000,
                past: vec![(i64::MIN, view.clone())],
                view,
                last_upload_millis: None,
                reship_used: false,
                commits: Vec::new(),
            }
        };
        Self {
            rules,
            orders: plans.iter().enumerate().map(order).collect(),
        }
    }

    /// The order as it was at a moment; `None` while it is not visible.
    pub fn read(&self, order: usize, as_of: i64) -> Option<Order> {
        let known = &self.orders[order];
        if as_of < known.visible_at {
            return None;
        }
        let view = &known.past.iter().rev().find(|(from, _)| *from <= as_of)?.1;
        let partial = !view.shipping.finish_shipping && !view.shipping.parcels.is_empty();
        let state = if self.rules.partial_is_shipped && partial && view.state == 1 {
            2
        } else {
            view.state
        };
        Some(Order {
            transaction_id: known.id.clone(),
            mchid: String::from("1900000001"),
            out_trade_no: format!("S{order}"),
            sub_mchid: String::new(),
            description: String::from("茶叶"),
            paid_amount: Fen(100),
            openid: OpenId(known.openid.clone()),
            pay_time: Timestamp::from_millis(known.pay_time),
            state: state.into(),
            in_complaint: false,
            shipping: view.shipping.clone(),
        })
    }

    /// Carries an upload out, or says why not.
    pub fn upload(&mut self, body: &[u8], by: By, now: i64) -> i64 {
        let body: Body = serde_json::from_slice(body).unwrap();
        let rules = self.rules;
        let known = self
            .orders
            .iter_mut()
            .find(|known| known.id.as_str() == body.order_key.transaction_id);
        let Some(known) = known.filter(|known| known.visible_at <= now) else {
            return 10_060_001;
        };
        if known.openid != body.payer.openid {
            return 10_060_031;
        }
        if !matches!(known.view.state, 1 | 2) {
            return 10_060_004;
        }
        let stamp = millis(&body.upload_time);
        if rules.time_rule && known.last_upload_millis.is_some_and(|last| stamp <= last) {
            return 268_485_216;
        }
        let shown = if rules.echoes_time { stamp } else { now };
        let complete = body.is_all_delivered.unwrap_or(true);
        let parcels = body.shipping_list.iter().map(|item| ShippedParcel {
            tracking_no: item.tracking_no.clone(),
            express_company: item.express_company.clone(),
            goods_desc: item.text.clone(),
            upload_time: Some(Timestamp::from_secs(shown.div_euclid(1000))),
            ..ShippedParcel::default()
        });
        let incoming = Shipping {
            delivery_mode: body.delivery_mode,
            logistics_type: body.logistics_type,
            finish_shipping: complete,
            finish_shipping_count: 0,
            goods_desc: String::new(),
            parcels: parcels.collect(),
        };
        known.accept(incoming, stamp, by, rules, now)
    }

    /// Another system ships the order with its own parcel, unless it is finished or closed.
    pub fn foreign(&mut self, order: usize, now: i64) -> bool {
        let rules = self.rules;
        let known = &mut self.orders[order];
        if known.visible_at > now || known.view.state != 1 || known.view.shipping.finish_shipping {
            return false;
        }
        let parcel = ShippedParcel {
            tracking_no: format!("FOREIGN{order}"),
            express_company: String::from("JD"),
            goods_desc: String::from("后台发货"),
            upload_time: Some(Timestamp::from_secs(now.div_euclid(1000))),
            ..ShippedParcel::default()
        };
        let incoming = Shipping {
            delivery_mode: 1,
            logistics_type: 1,
            finish_shipping: true,
            finish_shipping_count: 0,
            goods_desc: String::new(),
            parcels: vec![parcel],
        };
        known.accept(incoming, now, By::Foreign, rules, now) == 0
    }

    /// The order moves to another state: 3 confirmed (only when shipped), 5 refunded.
    pub fn moves_to(&mut self, order: usize, state: i64, now: i64) {
        let known = &mut self.orders[order];
        if known.visible_at <= now && (state == 5 || known.view.state == 2) {
            known.view.state = state;
            known.past.push((now, known.view.clone()));
        }
    }
}

impl Ordered {
    fn accept(&mut self, mut incoming: Shipping, stamp: i64, by: By, rules: Rules, now: i64) -> i64 {
        let stored = &self.view.shipping;
        let is_first = stored.parcels.is_empty();
        let finished = stored.finish_shipping;
        if finished && !incoming.finish_shipping {
            return 10_060_002;
        }
        let turned = !is_first
            && (stored.delivery_mode != incoming.delivery_mode
                || stored.logistics_type != incoming.logistics_type);
        if rules.union && !is_first && !finished && !turned {
            let mut all = stored.parcels.clone();
            for new in incoming.parcels {
                if !all.iter().any(|old| same(old, &new)) {
                    all.push(new);
                }
            }
            incoming.parcels = all;
        }
        let unchanged = !turned
            && finished == incoming.finish_shipping
            && stored.parcels.len() == incoming.parcels.len()
            && stored
                .parcels
                .iter()
                .zip(&incoming.parcels)
                .all(|(old, new)| same(old, new));
        if unchanged && rules.refuses_unchanged {
            return 10_060_023;
        }
        // At worst the same part of a split order counts like a correction too.
        let reship = finished || turned;
        if reship && self.reship_used {
            return 10_060_003;
        }
        self.reship_used |= reship;
        let complete = incoming.finish_shipping;
        incoming.finish_shipping_count = i64::from(complete) + i64::from(complete && self.reship_used);
        self.last_upload_millis = Some(stamp.max(self.last_upload_millis.unwrap_or(stamp)));
        if complete {
            self.view.state = 2;
        }
        let ids = incoming
            .parcels
            .iter()
            .filter(|parcel| !parcel.tracking_no.is_empty());
        self.commits.push(Commit {
            at: now,
            by,
            logistics_type: incoming.logistics_type,
            parcels: ids
                .map(|p| ParcelId::new(&p.express_company, &p.tracking_no))
                .collect(),
            complete,
            reship,
        });
        self.view.shipping = incoming;
        self.past.push((now, self.view.clone()));
        0
    }
}

fn same(old: &ShippedParcel, new: &ShippedParcel) -> bool {
    old.tracking_no == new.tracking_no
        && old.express_company == new.express_company
        && old.goods_desc == new.goods_desc
}
