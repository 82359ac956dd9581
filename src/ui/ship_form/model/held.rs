//! The parcels that WeChat holds already, as the form shows them.

use std::collections::BTreeSet;

use crate::domain::{Order, ParcelDraft, ParcelId, ShippedParcel};

/// The parcels that WeChat holds, each once: a twin that was reported elsewhere could not be taken out of the form.
pub(super) fn parcels(order: &Order) -> Vec<ParcelDraft> {
    let mut met: BTreeSet<ParcelId> = BTreeSet::new();
    let held = order.shipping.parcels.iter().map(parcel);
    held.filter(|held| met.insert(ParcelId::new(&held.courier, &held.tracking_no)))
        .collect()
}

/// A parcel that WeChat holds, as a draft. Its contact is masked already.
fn parcel(parcel: &ShippedParcel) -> ParcelDraft {
    ParcelDraft {
        courier: parcel.express_company.clone(),
        tracking_no: parcel.tracking_no.clone(),
        item_desc: parcel.goods_desc.clone(),
        consignor_contact: parcel.consignor_contact.clone(),
        receiver_contact: parcel.receiver_contact.clone(),
    }
}
