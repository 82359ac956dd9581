//! The rules of an intent as a table of cases; apart because the rules themselves fill their file.

use super::*;
use crate::domain::Courier;

fn couriers() -> CourierList {
    let courier = |id: &str| Courier {
        id: id.into(),
        name: id.into(),
    };
    CourierList::new([courier("SF"), courier("YTO")])
}

fn parcel(courier: &str, tracking_no: &str) -> ParcelDraft {
    ParcelDraft {
        courier: courier.into(),
        tracking_no: tracking_no.into(),
        item_desc: "茶叶".into(),
        receiver_contact: if courier == "SF" {
            "13812341234".into()
        } else {
            String::new()
        },
        ..ParcelDraft::default()
    }
}

fn draft(parcels: Vec<ParcelDraft>) -> Draft {
    let delivery_mode = if parcels.len() > 1 {
        DeliveryMode::Split
    } else {
        DeliveryMode::Unified
    };
    Draft {
        transaction_id: "4200000925".into(),
        delivery_mode,
        complete: true,
        parcels,
        ..Draft::default()
    }
}

/// The words of all problems, in order.
#[track_caller]
fn check(draft: &Draft, words: &[&str]) {
    let list = couriers();
    let result = Intent::check(
        draft,
        &Rules {
            max_parcels: 10,
            couriers: Some(&list),
        },
    );
    let problems = match &result {
        Ok((_, problems)) | Err(problems) => problems,
    };
    let found: Vec<String> = problems.iter().map(|p| p.what.word()).collect();
    assert_eq!(found, words);
    assert_eq!(result.is_ok(), !problems.iter().any(Problem::blocks));
}

#[test]
fn one_express_parcel_is_valid() {
    check(&draft(vec![parcel("YTO", "YT1234567890123")]), &[]);
}

#[test]
fn express_needs_courier_number_and_text() {
    check(&draft(vec![]), &["no_parcel"]);
    check(
        &draft(vec![ParcelDraft::default()]),
        &["missing_courier", "missing_tracking", "item_desc_missing"],
    );
    check(&draft(vec![parcel("YUNDA", "1234567890")]), &["unknown_courier"]);
    check(
        &draft(vec![parcel("YTO", &"1".repeat(129))]),
        &["tracking_too_long"],
    );
    check(&draft(vec![parcel("YTO", "YT 12")]), &["tracking_characters"]);
    check(
        &draft(vec![parcel("YTO", "4200000925")]),
        &["tracking_is_order_number"],
    );
}

#[test]
fn sf_needs_a_contact_whose_last_four_digits_can_be_read() {
    check(&draft(vec![parcel("SF", "SF1234567890123")]), &[]);
    let mut bare = parcel("SF", "SF1234567890123");
    bare.receiver_contact.clear();
    check(&draft(vec![bare.clone()]), &["sf_contact_missing"]);
    bare.receiver_contact = "张三".into();
    check(&draft(vec![bare]), &["contact_unusable", "sf_contact_missing"]);
}

#[test]
fn the_text_is_limited_in_characters() {
    let with = |text: String| {
        let mut one = parcel("YTO", "YT1");
        one.item_desc = text;
        draft(vec![one])
    };
    check(&with("茶".repeat(110)), &[]);
    check(&with("茶".repeat(111)), &["item_desc_near_limit"]);
    check(&with("茶".repeat(120)), &["item_desc_near_limit"]);
    check(&with("茶".repeat(121)), &["item_desc_too_long"]);
}

#[test]
fn parcels_are_limited_by_mode_and_account() {
    let many = |n: usize| draft((0..n).map(|i| parcel("YTO", &format!("YT{i}"))).collect());
    check(&many(10), &[]);
    check(&many(11), &["too_many_parcels"]);
    let mut unified = many(2);
    unified.delivery_mode = DeliveryMode::Unified;
    check(&unified, &["too_many_parcels"]);
}

#[test]
fn one_parcel_does_not_stand_twice_in_an_order_whatever_its_spelling() {
    let twins = |second: ParcelDraft| draft(vec![parcel("YTO", "YT1"), parcel("YTO", "YT2"), second]);
    check(&twins(parcel("YTO", "YT1")), &["parcel_twice"]);
    check(&twins(parcel("YTO", "yt-1")), &["parcel_twice"]);
    // Another courier may have the same number, and what is not typed yet is not a twin.
    check(&twins(parcel("SF", "YT1")), &[]);
    check(&twins(parcel("YTO", "")), &["missing_tracking"]);
    let list = couriers();
    let rules = Rules {
        max_parcels: 10,
        couriers: Some(&list),
    };
    let problems = Intent::check(&twins(parcel("YTO", "YT1")), &rules).unwrap_err();
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(problem.what, ProblemKind::ParcelTwice { earlier: 1 });
    assert_eq!(
        (problem.parcel, problem.field),
        (Some(2), Some(Field::TrackingNo))
    );
}

#[test]
fn what_was_sent_before_twins_were_refused_can_still_be_read() {
    let (intent, _) = Intent::check(
        &draft(vec![parcel("YTO", "YT1"), parcel("YTO", "YT2")]),
        &Rules {
            max_parcels: 10,
            couriers: None,
        },
    )
    .unwrap();
    let text = serde_json::to_string(&intent).unwrap().replace("YT2", "YT1");
    assert!(serde_json::from_str::<Intent>(&text).is_ok());
}

#[test]
fn deliveries_without_a_courier_need_only_a_text_and_cannot_be_split() {
    for logistics_type in [
        LogisticsType::SameCity,
        LogisticsType::Virtual,
        LogisticsType::PickUp,
    ] {
        let mut plain = draft(vec![ParcelDraft {
            item_desc: "话费".into(),
            ..ParcelDraft::default()
        }]);
        plain.logistics_type = logistics_type;
        check(&plain, &[]);
        plain.delivery_mode = DeliveryMode::Split;
        check(&plain, &["split_needs_express"]);
        plain.delivery_mode = DeliveryMode::Unified;
        plain.parcels.clear();
        check(&plain, &["item_desc_missing"]);
    }
}

#[test]
fn an_intent_survives_the_journal_and_an_invalid_one_cannot_come_back() {
    let list = couriers();
    let rules = Rules {
        max_parcels: 10,
        couriers: Some(&list),
    };
    let (intent, _) = Intent::check(&draft(vec![parcel("SF", "SF1"), parcel("YTO", "YT2")]), &rules).unwrap();
    let text = serde_json::to_string(&intent).unwrap();
    assert!(
        !text.contains("13812341234"),
        "the full phone must not be written"
    );
    assert_eq!(serde_json::from_str::<Intent>(&text).unwrap(), intent);
    assert!(serde_json::from_str::<Intent>(&text.replace("YT2", "")).is_err());
}

#[test]
fn fingerprints_tell_shipments_apart_and_ignore_the_order_of_parcels() {
    let list = couriers();
    let rules = Rules {
        max_parcels: 10,
        couriers: Some(&list),
    };
    let print = |parcels: Vec<ParcelDraft>| Intent::check(&draft(parcels), &rules).unwrap().0.fingerprint();
    let (a, b) = (parcel("YTO", "YT1"), parcel("YTO", "YT2"));
    assert_eq!(
        print(vec![a.clone(), b.clone()]),
        print(vec![b.clone(), a.clone()])
    );
    assert_ne!(print(vec![a.clone()]), print(vec![b]));
    assert_ne!(print(vec![a]), print(vec![parcel("YTO", "YT12")]));
}
