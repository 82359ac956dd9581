//! `decide` as a table: what is there, what is asked for, what that proves.
#![expect(clippy::fn_params_excessive_bools, reason = "a table's columns")]

use super::*;
use crate::domain::{DeliveryMode, Draft, Grant, ParcelDraft, Rules};

/// An intent over parcels of one courier; `complete` only matters for several or when split is asked for.
fn intent(numbers: &[&str], split: bool, complete: bool, reship: Option<Grant>) -> Intent {
    let parcels = numbers
        .iter()
        .map(|n| ParcelDraft {
            courier: "YTO".into(),
            tracking_no: (*n).into(),
            item_desc: "茶叶".into(),
            ..ParcelDraft::default()
        })
        .collect();
    let delivery_mode = if split {
        DeliveryMode::Split
    } else {
        DeliveryMode::Unified
    };
    let draft = Draft {
        transaction_id: "42".into(),
        delivery_mode,
        complete,
        parcels,
        reship,
        ..Draft::default()
    };
    Intent::check(
        &draft,
        &Rules {
            max_parcels: 10,
            couriers: None,
        },
    )
    .unwrap()
    .0
}

fn plain(text: &str) -> Intent {
    let draft = Draft {
        transaction_id: "42".into(),
        logistics_type: LogisticsType::Virtual,
        parcels: vec![ParcelDraft {
            item_desc: text.into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    Intent::check(
        &draft,
        &Rules {
            max_parcels: 10,
            couriers: None,
        },
    )
    .unwrap()
    .0
}

fn ids(numbers: &[&str]) -> BTreeSet<ParcelId> {
    numbers.iter().map(|n| ParcelId::new("YTO", n)).collect()
}

fn look(state: i64, count: i64, numbers: &[&str]) -> Look {
    Look {
        at: Timestamp::from_secs(100),
        state: state.into(),
        logistics_type: i64::from(count > 0 || !numbers.is_empty()),
        finished: count > 0,
        finish_count: count,
        parcels: ids(numbers),
        item_desc: String::new(),
        latest_upload: None,
        in_complaint: false,
        payer: OpenId::default(),
    }
}

const LANDED: Verdict = Verdict::Landed { race: false };
const RACE: Verdict = Verdict::Landed { race: true };

#[test]
fn a_first_shipment_is_judged_by_the_parcels_that_are_there() {
    let one = intent(&["A"], false, true, None);
    for (now, verdict) in [
        (look(1, 0, &[]), Verdict::Pending),
        (look(2, 0, &[]), Verdict::Ambiguous), // shipped, but it does not say what
        (look(2, 1, &["A"]), LANDED),
        (look(3, 1, &["A"]), LANDED),
        (look(2, 2, &["A"]), RACE),
        (look(2, 1, &["B"]), Verdict::Foreign),
        (look(2, 1, &["A", "B"]), Verdict::Ambiguous),
        (look(1, 0, &["B"]), Verdict::Foreign),
        (look(4, 1, &["B"]), Verdict::Foreign),
        (look(5, 0, &[]), Verdict::Refunded),
        (look(5, 1, &["A"]), Verdict::Refunded),
        (look(7, 0, &[]), Verdict::Closed),
    ] {
        assert_eq!(decide(&one, None, &now, None), verdict, "{now:?}");
        assert_eq!(
            decide(&one, Some(&look(1, 0, &[])), &now, None),
            verdict,
            "with baseline {now:?}"
        );
    }
}

#[test]
fn a_split_shipment_may_continue_only_from_a_part_of_its_own_list() {
    let all = intent(&["A", "B", "C"], true, true, None);
    let some = intent(&["A", "B"], true, false, None);
    for (intent, now, verdict) in [
        (&all, look(1, 0, &[]), Verdict::Pending),
        (&all, look(1, 0, &["A"]), Verdict::Pending),
        (&all, look(2, 0, &["A", "B"]), Verdict::Pending),
        (&all, look(1, 0, &["A", "B", "C"]), Verdict::Pending), // everything is there, but not finished
        (&all, look(2, 1, &["A", "B", "C"]), LANDED),
        (&all, look(1, 0, &["X"]), Verdict::Foreign),
        (&all, look(1, 0, &["A", "X"]), Verdict::Ambiguous),
        (&some, look(1, 0, &["A"]), Verdict::Pending),
        (&some, look(1, 0, &["A", "B"]), LANDED),
        (&some, look(2, 1, &["A", "B", "C"]), LANDED),
        (&some, look(2, 1, &["X"]), Verdict::Foreign),
    ] {
        assert_eq!(decide(intent, None, &now, None), verdict, "{now:?}");
    }
    let base = look(1, 0, &["A"]);
    assert_eq!(
        decide(&all, Some(&base), &look(1, 0, &["A"]), None),
        Verdict::Pending
    );
    assert_eq!(
        decide(&all, Some(&base), &look(1, 0, &["A", "B"]), None),
        Verdict::Ambiguous
    );
}

#[test]
fn only_a_person_spends_the_reshipment() {
    // Without a person's grant a shipped order is never sent to, whatever it holds.
    let other = intent(&["B"], false, true, None);
    assert_eq!(decide(&other, None, &look(2, 1, &["A"]), None), Verdict::Foreign);
    // With it, only from what the person saw.
    let grant = Grant {
        at: Timestamp::from_secs(50),
        seen: ids(&["A"]),
        seen_finish_count: 1,
    };
    let fix = intent(&["B"], false, true, Some(grant));
    for (now, verdict) in [
        (look(2, 1, &["A"]), Verdict::Pending),
        (look(2, 2, &["B"]), LANDED),
        (look(2, 2, &["A"]), Verdict::Foreign),
        (look(2, 1, &["C"]), Verdict::Foreign),
        (look(3, 1, &["A"]), Verdict::Foreign),
    ] {
        assert_eq!(decide(&fix, None, &now, None), verdict, "{now:?}");
    }
}

#[test]
fn a_delivery_without_a_courier_is_proved_by_text_or_time() {
    let intent = plain("话费100元");
    let mut there = look(2, 1, &[]);
    there.logistics_type = 3;
    assert_eq!(decide(&intent, None, &look(1, 0, &[]), None), Verdict::Pending);
    assert_eq!(decide(&intent, None, &there, None), Verdict::Unproven);
    there.item_desc = "话费100元".into();
    assert_eq!(decide(&intent, None, &there, None), LANDED);
    there.item_desc = "other".into();
    there.latest_upload = Some(Timestamp::from_secs(70));
    assert_eq!(
        decide(&intent, None, &there, Some(Timestamp::from_millis(70_500))),
        LANDED
    );
    there.logistics_type = 4;
    assert_eq!(decide(&intent, None, &there, None), Verdict::Foreign);
}
