//! Whether a well-formed upload may change an order, and how (steps 11 to 16 of section 10.3).
//!
//! Separate because it is pure: an order and a shipment in, the new shipping or a refusal out.

use super::order::{Actor, Change, Notice, Order, Parcel, Shipping};
use super::reply::Refusal;
use super::upload_form::Shipment;
use jiff::Timestamp;

/// What a second upload of an unfinished split shipment does to the list (unknown U-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partial {
    /// The new list takes the place of the old one.
    #[default]
    Replace,
    /// Parcels are added; the same carrier and number is one parcel.
    Union,
}

/// The settings a judgement depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "open questions, each with two answers"
)]
pub struct Policy {
    /// What a second list does while a split shipment is unfinished.
    pub partial: Partial,
    /// Whether parcels carry the merchant's `upload_time` (else the server's clock).
    pub echo_upload_time: bool,
    /// The same content again is refused.
    pub refuse_unchanged: bool,
    /// The same content again is accepted and spends nothing.
    pub unchanged_is_free: bool,
    /// The content is compared before the times are.
    pub unchanged_before_time: bool,
    /// An upload may be older than the last one.
    pub any_time: bool,
}

/// An upload that may be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    shipping: Shipping,
    reship_used: bool,
    upload_time: Timestamp,
}

/// Decides on an upload; changes nothing.
pub fn judge(
    order: &Order,
    shipment: &Shipment,
    upload_time: Timestamp,
    now: Timestamp,
    policy: Policy,
) -> Result<Verdict, Refusal> {
    if !matches!(order.order_state, 1 | 2) {
        return Err(Refusal::new(10_060_004, "order state does not allow shipping"));
    }
    let stored = order.shipping.as_ref();
    let late = || {
        let late = order.last_upload_time.is_some_and(|last| upload_time <= last);
        let refusal = || Refusal::new(268_485_216, "upload_time is not later than the last upload");
        (late && !policy.any_time).then(refusal)
    };
    if !policy.unchanged_before_time
        && let Some(refusal) = late()
    {
        return Err(refusal);
    }
    let finished = stored.is_some_and(|shipping| shipping.finish);
    if finished && !shipment.all_delivered {
        return Err(Refusal::new(10_060_002, "shipping is complete"));
    }
    let turned = stored.is_some_and(|shipping| {
        shipping.delivery_mode != shipment.delivery_mode || shipping.logistics_type != shipment.logistics_type
    });
    let stamp = if policy.echo_upload_time {
        upload_time.as_second()
    } else {
        now.as_second()
    };
    let keep = stored.filter(|_| policy.partial == Partial::Union && !finished && !turned);
    let parcels = merged(keep, &shipment.parcels, stamp);
    let same = stored.is_some_and(|shipping| unchanged(shipping, shipment, &parcels));
    if policy.refuse_unchanged && same {
        return Err(Refusal::new(10_060_023, "shipping info is unchanged"));
    }
    if let Some(refusal) = late() {
        return Err(refusal);
    }
    let reship = (finished || turned) && !(same && policy.unchanged_is_free);
    if reship && order.reship_used {
        return Err(Refusal::new(10_060_003, "the chance to ship again has been used"));
    }
    let reship_used = order.reship_used || reship;
    let finish_count = match (shipment.all_delivered, reship_used) {
        (false, _) => 0,
        (true, false) => 1,
        (true, true) => 2,
    };
    let shipping = Shipping {
        delivery_mode: shipment.delivery_mode,
        logistics_type: shipment.logistics_type,
        finish: shipment.all_delivered,
        finish_count,
        parcels,
    };
    Ok(Verdict {
        shipping,
        reship_used,
        upload_time,
    })
}

/// Carries a verdict out.
pub fn commit(order: &mut Order, verdict: Verdict, by: Actor, now: Timestamp) {
    let Verdict {
        shipping,
        reship_used,
        upload_time,
    } = verdict;
    let first_finish = shipping.finish && order.order_state == 1;
    order.reship_used = reship_used;
    order.last_upload_time = Some(upload_time);
    order.notices.push(Notice {
        at: now,
        kind: "parcels_shipped",
    });
    if shipping.finish {
        order.notices.push(Notice {
            at: now,
            kind: "all_shipped",
        });
    }
    if first_finish {
        order.order_state = 2;
        order.shipped_at = Some(now.as_second());
        order.notices.push(Notice {
            at: now,
            kind: "trade_manage_order_settlement",
        });
    }
    order.history.push(Change {
        at: now,
        by,
        what: "upload",
        shipping: Some(shipping.clone()),
    });
    order.shipping = Some(shipping);
}

/// The list after the upload.
fn merged(keep: Option<&Shipping>, incoming: &[Parcel], stamp: i64) -> Vec<Parcel> {
    let mut parcels = keep.map(|shipping| shipping.parcels.clone()).unwrap_or_default();
    for parcel in incoming {
        let new = Parcel {
            upload_time: stamp,
            ..parcel.clone()
        };
        let known = keep.and_then(|_| {
            parcels
                .iter_mut()
                .find(|old| old.express_company == new.express_company && old.tracking_no == new.tracking_no)
        });
        match known {
            Some(old) if old.same_as(&new) => {}
            Some(old) => *old = new,
            None => parcels.push(new),
        }
    }
    parcels
}

fn unchanged(stored: &Shipping, shipment: &Shipment, parcels: &[Parcel]) -> bool {
    stored.delivery_mode == shipment.delivery_mode
        && stored.logistics_type == shipment.logistics_type
        && stored.finish == shipment.all_delivered
        && stored.parcels.len() == parcels.len()
        && stored
            .parcels
            .iter()
            .zip(parcels)
            .all(|(old, new)| old.same_as(new))
}
