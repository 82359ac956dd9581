//! The limits of parcels, and what is kept of a draft.

use super::*;

#[test]
fn unified_is_one_parcel_without_items_and_split_names_them() {
    let (split, unified) = (ShoppingPlace::sub(0), ShoppingPlace::sub(1));
    of_shipment(
        |subs| subs[1].parcels.push(parcel("DHL", &[])),
        &[(unified, Field::Parcels, Fault::UnifiedIsOne)],
    );
    of_shipment(
        |subs| subs[1].parcels[0] = parcel("DHL", &["1"]),
        &[(unified.part(0), Field::ItemId, Fault::UnifiedWithoutItems)],
    );
    of_shipment(
        |subs| subs[0].parcels[1].item_ids.clear(),
        &[(split.part(1), Field::ItemId, Fault::SplitNeedsItems)],
    );
    of_shipment(
        |subs| subs[0].parcels[1].item_ids[1].clear(),
        &[(split.part(1).nth(1), Field::ItemId, Fault::Missing)],
    );
    let ids = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    of_shipment(|subs| subs[0].parcels[1].item_ids = ids(50), &[]);
    of_shipment(
        |subs| subs[0].parcels[1].item_ids = ids(51),
        &[(split.part(1), Field::ItemId, Fault::TooMany { most: 50 })],
    );
    of_shipment(
        |subs| subs[0].parcels = vec![parcel("DHL", &["1"]); 11],
        &[(split, Field::Parcels, Fault::TooMany { most: 10 })],
    );
    of_shipment(
        |subs| subs[0].parcels.clear(),
        &[(split, Field::Parcels, Fault::Missing)],
    );
}

#[test]
fn a_parcel_has_a_known_courier_a_number_and_for_sf_a_phone() {
    let place = ShoppingPlace::sub(1).part(0);
    of_shipment(
        |subs| subs[1].parcels[0] = parcel("SF", &[]),
        &[(place, Field::ReceiverContact, Fault::ContactNeeded)],
    );
    of_shipment(
        |subs| {
            subs[1].parcels[0] = parcel("SF", &[]);
            subs[1].parcels[0].receiver_contact = "13812341234".into();
        },
        &[],
    );
    of_shipment(
        |subs| subs[1].parcels[0].receiver_contact = "Zhang San".into(),
        &[(place, Field::ReceiverContact, Fault::ContactUnusable)],
    );
    of_shipment(
        |subs| subs[1].parcels[0].tracking_no = "1 2".into(),
        &[(place, Field::TrackingNo, Fault::BadSigns)],
    );
    let list = CourierList::new([]);
    let rules = ShoppingRules {
        couriers: Some(&list),
        appid: APPID,
        max_parcels: 10,
    };
    let problems = shipment().check(&rules).unwrap_err();
    assert!(problems.iter().all(|p| p.fault == Fault::UnknownCourier) && problems.len() == 3);
}

#[test]
fn what_is_kept_has_no_payer_and_no_whole_phone() {
    let mut draft = shipment();
    if let ShoppingContent::Ship(subs) = &mut draft.content {
        subs[0].parcels[0].receiver_contact = "13812341234".into();
    }
    let text = serde_json::to_string(&draft.kept()).unwrap();
    assert!(
        !text.contains("oUpF8u") && !text.contains("13812341234"),
        "{text}"
    );
    assert!(text.contains("138****1234"), "{text}");
    let back: ShoppingDraft = serde_json::from_str(&text).unwrap();
    assert_eq!(back, draft.kept());
}
