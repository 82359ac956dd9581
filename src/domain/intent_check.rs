//! The checks of a draft, field by field; apart from `intent`, which holds what passes them.

use std::collections::BTreeMap;

use super::intent::{Delivery, DeliveryMode, Draft, ParcelDraft, Rules};
use super::parcel::{MAX_ID_BYTES, MAX_ITEM_DESC_CHARS};
use super::{
    Contact, CourierId, CourierList, Field, ItemDesc, MaskedContact, Parcel, ParcelId, Problem, ProblemKind,
    TrackingNo,
};

/// From this length on the text is near WeChat's limit, whose unit is not documented (U-8).
const WARN_ITEM_DESC_CHARS: usize = 110;

/// Express: unified or split parcels.
pub(super) fn check_express(
    draft: &Draft,
    rules: &Rules<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Delivery> {
    let count = draft.parcels.len();
    let max = if draft.delivery_mode == DeliveryMode::Unified {
        1
    } else {
        rules.max_parcels
    };
    if count == 0 {
        problems.push(Problem::of(ProblemKind::NoParcel, Field::Parcels));
    }
    if count > max {
        problems.push(Problem::of(
            ProblemKind::TooManyParcels { count, max },
            Field::Parcels,
        ));
    }
    // What was sent before this was checked stays readable in the journal.
    if rules.couriers.is_some() {
        check_twins(&draft.parcels, problems);
    }
    let parcels: Vec<Option<Parcel>> = draft
        .parcels
        .iter()
        .enumerate()
        .map(|(index, parcel)| {
            let mut own = Vec::new();
            let checked = check_parcel(parcel, &draft.transaction_id, rules.couriers, &mut own);
            problems.extend(own.into_iter().map(|problem| problem.of_parcel(index)));
            checked
        })
        .collect();
    let parcels: Vec<Parcel> = parcels.into_iter().collect::<Option<_>>()?;
    match draft.delivery_mode {
        DeliveryMode::Unified => parcels.into_iter().next().map(Delivery::Unified),
        DeliveryMode::Split => Some(Delivery::Split {
            parcels,
            complete: draft.complete,
        }),
    }
}

/// A parcel is one thing: the same courier and number twice is a slip of the hand, and WeChat would take it.
fn check_twins(parcels: &[ParcelDraft], problems: &mut Vec<Problem>) {
    let mut met: BTreeMap<ParcelId, usize> = BTreeMap::new();
    for (index, parcel) in parcels.iter().enumerate() {
        let tracking_no = parcel.tracking_no.trim();
        if tracking_no.is_empty() || parcel.courier.trim().is_empty() {
            continue;
        }
        let number = index.saturating_add(1);
        let earlier = *met
            .entry(ParcelId::new(&parcel.courier, tracking_no))
            .or_insert(number);
        if earlier != number {
            let kind = ProblemKind::ParcelTwice { earlier };
            let mut problem = Problem::of(kind, Field::TrackingNo).of_parcel(index);
            problem.value = Some(tracking_no.to_owned());
            problems.push(problem);
        }
    }
}

/// Same-city, virtual, pick-up: one text and nothing else.
pub(super) fn check_plain(draft: &Draft, problems: &mut Vec<Problem>) -> Option<Delivery> {
    if draft.delivery_mode == DeliveryMode::Split {
        problems.push(Problem::of(ProblemKind::SplitNeedsExpress, Field::DeliveryMode));
    }
    let text = draft
        .parcels
        .first()
        .map_or("", |parcel| parcel.item_desc.as_str());
    let mut own = Vec::new();
    let item_desc = check_item_desc(text, &mut own);
    problems.extend(own.into_iter().map(|problem| problem.of_parcel(0)));
    Some(Delivery::Plain {
        logistics_type: draft.logistics_type,
        item_desc: item_desc?,
    })
}

fn check_parcel(
    draft: &ParcelDraft,
    transaction_id: &str,
    couriers: Option<&CourierList>,
    problems: &mut Vec<Problem>,
) -> Option<Parcel> {
    let courier = check_courier(draft.courier.trim(), couriers, problems);
    let tracking_no = check_tracking(draft.tracking_no.trim(), transaction_id, problems);
    let item_desc = check_item_desc(&draft.item_desc, problems);
    let contact = Contact {
        consignor: check_contact(&draft.consignor_contact, Field::ConsignorContact, problems),
        receiver: check_contact(&draft.receiver_contact, Field::ReceiverContact, problems),
    };
    if courier.as_ref().is_some_and(CourierId::needs_contact) && contact.is_empty() {
        problems.push(Problem::of(ProblemKind::SfContactMissing, Field::ReceiverContact));
    }
    Some(Parcel {
        courier: courier?,
        tracking_no: tracking_no?,
        item_desc: item_desc?,
        contact,
    })
}

fn check_courier(
    text: &str,
    couriers: Option<&CourierList>,
    problems: &mut Vec<Problem>,
) -> Option<CourierId> {
    if text.is_empty() {
        problems.push(Problem::of(ProblemKind::MissingCourier, Field::Courier));
        return None;
    }
    let found = match couriers {
        Some(list) => list.get(text),
        None => CourierId::parse(text),
    };
    if found.is_none() {
        let mut problem = Problem::of(
            ProblemKind::UnknownCourier { nearest: Vec::new() },
            Field::Courier,
        );
        problem.value = Some(text.to_owned());
        problems.push(problem);
    }
    found
}

fn check_tracking(text: &str, transaction_id: &str, problems: &mut Vec<Problem>) -> Option<TrackingNo> {
    let kind = match TrackingNo::parse(text) {
        Some(number) if number.as_str() != transaction_id.trim() => return Some(number),
        Some(_) => ProblemKind::TrackingIsOrderNumber,
        None if text.is_empty() => ProblemKind::MissingTracking,
        None if text.len() > MAX_ID_BYTES => ProblemKind::TrackingTooLong { bytes: text.len() },
        None => ProblemKind::TrackingCharacters,
    };
    let mut problem = Problem::of(kind, Field::TrackingNo);
    problem.value = Some(text.to_owned());
    problems.push(problem);
    None
}

fn check_item_desc(text: &str, problems: &mut Vec<Problem>) -> Option<ItemDesc> {
    let chars = text.trim().chars().count();
    let kind = match chars {
        0 => ProblemKind::ItemDescMissing,
        n if n > MAX_ITEM_DESC_CHARS => ProblemKind::ItemDescTooLong { chars },
        n if n > WARN_ITEM_DESC_CHARS => ProblemKind::ItemDescNearLimit { chars },
        _ => return ItemDesc::parse(text),
    };
    problems.push(Problem::of(kind, Field::ItemDesc));
    ItemDesc::parse(text)
}

fn check_contact(text: &str, field: Field, problems: &mut Vec<Problem>) -> Option<MaskedContact> {
    if text.trim().is_empty() {
        return None;
    }
    let masked = MaskedContact::mask(text);
    if masked.is_none() {
        problems.push(Problem::of(ProblemKind::ContactUnusable, field));
    }
    masked
}
