//! One reading of an order, and what it proves about a shipment of ours (reliability 2.4 `decide`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Delivery, Intent, LogisticsType, OpenId, Order, OrderState, ParcelId, Timestamp};

/// What WeChat showed for one order at one moment: the shipping fields that matter for comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// When it was read.
    pub at: Timestamp,
    /// Where the order stood.
    pub state: OrderState,
    /// `logistics_type` code, 0 when nothing is shipped.
    pub logistics_type: i64,
    /// All parcels are reported.
    pub finished: bool,
    /// 0, 1, 2: the strongest signal; 2 without our grant is always an alarm.
    pub finish_count: i64,
    /// The parcels with a tracking number.
    pub parcels: BTreeSet<ParcelId>,
    /// Text of the first parcel, for deliveries without a courier.
    pub item_desc: String,
    /// The newest upload that is shown; whole seconds.
    pub latest_upload: Option<Timestamp>,
    /// A dispute is open.
    pub in_complaint: bool,
    /// The payer as WeChat knows them; uploads use this one, so 10060031 cannot arise. Not kept on disk.
    #[serde(skip)]
    pub payer: OpenId,
}

impl Look {
    /// The look that an order's reading gives.
    pub fn of(order: &Order, at: Timestamp) -> Self {
        let shipping = &order.shipping;
        Self {
            at,
            state: order.state,
            logistics_type: shipping.logistics_type,
            finished: shipping.finish_shipping,
            finish_count: shipping.finish_shipping_count,
            parcels: shipping
                .parcels
                .iter()
                .filter(|parcel| !parcel.tracking_no.trim().is_empty())
                .map(|parcel| ParcelId::new(&parcel.express_company, &parcel.tracking_no))
                .collect(),
            item_desc: shipping
                .parcels
                .first()
                .map_or_else(String::new, |parcel| parcel.goods_desc.clone()),
            latest_upload: shipping
                .parcels
                .iter()
                .filter_map(|parcel| parcel.upload_time)
                .max(),
            in_complaint: order.in_complaint,
            payer: order.openid.clone(),
        }
    }

    /// Shipping is finished, by any of WeChat's three signs.
    pub fn done(&self) -> bool {
        self.finished
            || self.finish_count >= 1
            || matches!(
                self.state,
                OrderState::Received | OrderState::Complete | OrderState::AwaitingSettlement
            )
    }

    /// Shipping can still be changed: not confirmed, complete or refunded, and no unknown state.
    pub fn open(&self) -> bool {
        matches!(self.state, OrderState::ToShip | OrderState::Shipped)
    }
}

/// What a look proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing of this intent is there; it may be sent.
    Pending,
    /// WeChat holds exactly what the intent asks for.
    Landed {
        /// `finish_shipping_count` is 2 without our grant: somebody spent the correction.
        race: bool,
    },
    /// Shipped, but with other parcels: somebody else did it.
    Foreign,
    /// The order is refunded.
    Refunded,
    /// A mixture of ours and others'; only a person can tell.
    Ambiguous,
    /// A delivery without a courier stands there as asked, but nothing proves that it is ours.
    Unproven,
    /// The order can no longer be shipped (a state that this program does not know, or closed).
    Closed,
}

/// Compares what WeChat shows with what the intent asks for. `baseline` is the look that preceded the first
/// send, `None` before it; `upload_time` is the time that the sent body carried.
pub fn decide(
    intent: &Intent,
    baseline: Option<&Look>,
    now: &Look,
    upload_time: Option<Timestamp>,
) -> Verdict {
    if now.state == OrderState::Refunded {
        return Verdict::Refunded;
    }
    if matches!(now.state, OrderState::Unknown(_)) {
        return Verdict::Closed;
    }
    if now.state == OrderState::Shipped && !now.done() && now.parcels.is_empty() && intent.reship().is_none()
    {
        return Verdict::Ambiguous; // "shipped" without a word of what: never a reason to send
    }
    match intent.delivery() {
        Delivery::Unified(_) | Delivery::Split { .. } => decide_express(intent, baseline, now),
        Delivery::Plain {
            logistics_type,
            item_desc,
        } => decide_plain(intent, *logistics_type, item_desc.as_str(), now, upload_time),
    }
}

fn decide_express(intent: &Intent, baseline: Option<&Look>, now: &Look) -> Verdict {
    let ours = intent.parcel_ids();
    let theirs = &now.parcels;
    if let Some(grant) = intent.reship() {
        // The grant says what the person saw: only from exactly there may the correction be spent.
        if *theirs == ours {
            let spent = now.finish_count > grant.seen_finish_count || grant.seen != ours;
            return if spent {
                Verdict::Landed { race: false }
            } else {
                Verdict::Ambiguous
            };
        }
        let untouched = *theirs == grant.seen && now.finish_count == grant.seen_finish_count && now.open();
        return if untouched {
            Verdict::Pending
        } else {
            Verdict::Foreign
        };
    }
    if *theirs == ours && (now.done() || !intent.completes()) {
        return Verdict::Landed {
            race: now.finish_count >= 2,
        };
    }
    if !intent.completes() && ours.is_subset(theirs) {
        return Verdict::Landed {
            race: now.finish_count >= 2,
        };
    }
    if now.done() {
        return if ours.is_disjoint(theirs) {
            Verdict::Foreign
        } else {
            Verdict::Ambiguous
        };
    }
    if theirs.is_empty() {
        return Verdict::Pending;
    }
    // Unfinished, with parcels: the rest may follow when every parcel that is there is in our full list.
    let continues = matches!(intent.delivery(), Delivery::Split { .. })
        && theirs.is_subset(&ours)
        && baseline.is_none_or(|base| base.parcels == *theirs);
    match (continues, ours.is_disjoint(theirs)) {
        (true, _) => Verdict::Pending,
        (false, true) => Verdict::Foreign,
        (false, false) => Verdict::Ambiguous,
    }
}

fn decide_plain(
    intent: &Intent,
    logistics_type: LogisticsType,
    item_desc: &str,
    now: &Look,
    upload_time: Option<Timestamp>,
) -> Verdict {
    let same_type = now.logistics_type == logistics_type.code();
    let same_text = now.item_desc.trim() == item_desc;
    if let Some(grant) = intent.reship() {
        let spent = now.finish_count > grant.seen_finish_count;
        return match (spent, same_type && same_text) {
            (true, true) => Verdict::Landed { race: false },
            (false, false) if now.open() => Verdict::Pending,
            (false, true) => Verdict::Ambiguous,
            (true | false, false) => Verdict::Foreign,
        };
    }
    if !now.done() {
        return if now.parcels.is_empty() {
            Verdict::Pending
        } else {
            Verdict::Foreign
        };
    }
    if !same_type {
        return Verdict::Foreign;
    }
    let same_time = match (now.latest_upload, upload_time) {
        (Some(shown), Some(sent)) => shown.secs().abs_diff(sent.secs()) <= 1,
        _ => false,
    };
    if same_time || same_text {
        Verdict::Landed {
            race: now.finish_count >= 2,
        }
    } else {
        Verdict::Unproven
    }
}

#[cfg(test)]
#[path = "look_tests.rs"]
mod tests;
