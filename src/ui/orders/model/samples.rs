//! Orders for the tests of the models, built in one line each.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Courier, CourierList, Fen, OpenId, Order, OrderState, ShippedParcel, Shipping, Timestamp, TransactionId,
};
use crate::engine::OpenOrder;

/// The moment at which all these tests happen.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T10:00:00+08:00").unwrap()
}

/// An order that was paid this many hours ago and is not shipped.
pub(crate) fn order(number: u32, hours: u64) -> Order {
    Order {
        transaction_id: TransactionId::parse(&format!("420000{number:022}")).unwrap(),
        mchid: "1230000109".into(),
        out_trade_no: format!("XD{number:08}"),
        sub_mchid: String::new(),
        description: "明前龙井 250g".into(),
        paid_amount: Fen(12_800),
        openid: OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()),
        pay_time: now().minus(Duration::from_hours(hours)),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

/// A parcel as WeChat shows it.
pub(crate) fn held(courier: &str, tracking_no: &str) -> ShippedParcel {
    ShippedParcel {
        tracking_no: tracking_no.into(),
        express_company: courier.into(),
        goods_desc: "明前龙井 250g".into(),
        upload_time: Some(now().minus(Duration::from_hours(3))),
        ..ShippedParcel::default()
    }
}

/// The same order with some parcels reported, and more to follow.
pub(crate) fn partly(mut order: Order, parcels: Vec<ShippedParcel>) -> Order {
    order.shipping = Shipping {
        delivery_mode: 2,
        logistics_type: 1,
        parcels,
        ..Shipping::default()
    };
    order
}

/// The same order completely shipped, `finished` times.
pub(crate) fn shipped(mut order: Order, parcels: Vec<ShippedParcel>, finished: i64) -> Order {
    order.state = OrderState::Shipped;
    order.shipping = Shipping {
        delivery_mode: if parcels.len() > 1 { 2 } else { 1 },
        logistics_type: 1,
        finish_shipping: true,
        finish_shipping_count: finished,
        goods_desc: String::new(),
        parcels,
    };
    order
}

/// The order beside the list, read a minute ago.
pub(crate) fn open(order: Order) -> OpenOrder {
    OpenOrder {
        order: Arc::new(order),
        read_at: now().minus(Duration::from_mins(1)),
        shipments: Vec::new(),
        timeline: Arc::default(),
    }
}

/// A few couriers.
pub(crate) fn couriers() -> CourierList {
    let couriers = [("SF", "顺丰速运"), ("ZTO", "中通快递"), ("YTO", "圆通速递")];
    CourierList::new(couriers.map(|(id, name)| Courier {
        id: id.into(),
        name: name.into(),
    }))
}
