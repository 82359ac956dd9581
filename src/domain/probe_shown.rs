//! What a look shows of the probed order, as far as the probe compares it.

use serde::{Deserialize, Serialize};

use super::{Order, Timestamp};

/// One parcel as WeChat shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownParcel {
    /// Courier id.
    pub courier: String,
    /// Tracking number.
    pub tracking_no: String,
    /// What is in it.
    pub item_desc: String,
}

/// What WeChat showed of the order, as far as the probe compares it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// `order_state`.
    pub state: i64,
    /// The parcels in their order.
    pub parcels: Vec<ShownParcel>,
    /// Nothing more follows.
    pub finished: bool,
    /// 0 not finished, 1 finished, 2 re-shipped.
    pub finish_count: i64,
    /// The newest upload that is shown.
    pub latest_upload: Option<Timestamp>,
}

impl Shown {
    /// What a reading shows.
    pub fn of(order: &Order) -> Self {
        let shipping = &order.shipping;
        Self {
            state: i64::from(order.state),
            parcels: shipping
                .parcels
                .iter()
                .map(|parcel| ShownParcel {
                    courier: parcel.express_company.clone(),
                    tracking_no: parcel.tracking_no.clone(),
                    item_desc: parcel.goods_desc.clone(),
                })
                .collect(),
            finished: shipping.finish_shipping,
            finish_count: shipping.finish_shipping_count,
            latest_upload: shipping
                .parcels
                .iter()
                .filter_map(|parcel| parcel.upload_time)
                .max(),
        }
    }

    pub(super) fn has(&self, tracking_no: &str) -> bool {
        self.parcels
            .iter()
            .any(|parcel| parcel.tracking_no == tracking_no)
    }
}
