//! The scanner station scan by scan: what each leads to, and what is refused.

use super::*;
use ScanRefusal as No;

const A: &str = "4200000925202101284997714291";
const B: &str = "4200000925202101284997714292";
const P1: &str = "75312345678901";
const P2: &str = "75312345678902";
const SF: &str = "SF1234567890123";

fn order(id: &str, held: usize, barred: Option<Barred>) -> ScannedOrder {
    ScannedOrder {
        id: TransactionId::parse(id).unwrap(),
        held,
        max_parcels: 3,
        barred,
    }
}

/// What is known: order A can be shipped, `PART` holds two parcels, `DONE` is shipped, `TWO` is a number of two
/// orders, and `USED` parcels belong to `X-9`.
fn reading(text: &str) -> Reading {
    let order = match text {
        A => OrderHit::One(order(A, 0, None)),
        "PART" => OrderHit::One(order("PART", 2, None)),
        "DONE" => OrderHit::One(order("DONE", 0, Some(Barred::Shipped))),
        "GONE" => OrderHit::One(order("GONE", 0, Some(Barred::Refunded))),
        "TWO" => OrderHit::Several(2),
        _ => OrderHit::None,
    };
    Reading {
        parcel: crate::domain::parcel_number(text),
        used_by: text.starts_with("9999").then(|| "X-9".to_owned()),
        like_order: text.starts_with("SY2026"),
        text: text.to_owned(),
        order,
    }
}

fn ships(parcels: &[(&str, &str)], complete: bool) -> String {
    let parcels: Vec<String> = parcels.iter().map(|(c, n)| format!("{c} {n}")).collect();
    format!(
        "ship {} {}",
        parcels.join(" "),
        if complete { "all" } else { "part" }
    )
}

fn word(step: &ScanStep) -> String {
    match step {
        ScanStep::Opened => "opened".into(),
        ScanStep::AskWeChat(number) => format!("ask {number}"),
        ScanStep::Added(parcel) => format!("added {}", parcel.tracking_no),
        ScanStep::Ship {
            parcels, complete, ..
        } => {
            let parcels: Vec<(&str, &str)> = parcels
                .iter()
                .map(|p| (p.courier.as_str(), p.tracking_no.as_str()))
                .collect();
            ships(&parcels, *complete)
        }
        ScanStep::Asked(question) => format!("{} or {}?", question.usual, question.looks_like),
        ScanStep::Several => "several".into(),
        ScanStep::TakenOut(number) => format!("out {number}"),
        ScanStep::Dropped(_) => "dropped".into(),
        ScanStep::Undo => "undo".into(),
        ScanStep::Refused(why) => format!("no: {why:?}"),
    }
}

fn rules(couriers: &[&str], several: bool) -> ScanRules {
    ScanRules {
        couriers: couriers.iter().map(|id| (*id).to_owned()).collect(),
        several,
    }
}

#[track_caller]
fn check_with(rules: &ScanRules, scans: &[(&str, String)]) {
    let mut desk = ScanDesk::default();
    for (index, (text, expected)) in scans.iter().enumerate() {
        let before = desk.clone();
        let step = desk.read(&reading(text), rules);
        assert_eq!(&word(&step), expected, "scan {index}: {text}");
        if matches!(
            step,
            ScanStep::Refused(_) | ScanStep::AskWeChat(_) | ScanStep::Undo
        ) {
            assert_eq!(desk, before, "{text} changed something");
        }
    }
}

#[track_caller]
fn check(scans: &[(&str, &str)]) {
    let scans: Vec<(&str, String)> = scans.iter().map(|(a, b)| (*a, (*b).to_owned())).collect();
    check_with(&rules(&["ZTO"], false), &scans);
}

fn no(why: &No) -> String {
    format!("no: {why:?}")
}

#[test]
fn an_order_and_its_parcel_are_all_it_takes() {
    let all = ships(&[("ZTO", P1)], true);
    check(&[(A, "opened"), (P1, &all), (A, "opened")]);
}

#[test]
fn a_scan_that_does_not_belong_is_refused_and_changes_nothing() {
    for (scans, last, why) in [
        (vec![], "DONE", No::Barred(Barred::Shipped)),
        (vec![], "GONE", No::Barred(Barred::Refunded)),
        (vec![], "TWO", No::SeveralOrders(2)),
        (vec![], SF, No::ParcelInsteadOfOrder),
        (vec![], "99991234567890", No::ParcelInsteadOfOrder),
        (vec![], "茶叶", No::Unreadable),
        (vec![], "12", No::Unreadable),
        (vec![], "FAHUOFINISH", No::NoOrder),
        (vec![], "FAHUOCANCEL", No::NoOrder),
        (vec![A], A, No::OrderInsteadOfParcel),
        (vec![A], "DONE", No::OrderInsteadOfParcel),
        (vec![A], B, No::OrderInsteadOfParcel),
        (vec![A], "99991234567890", No::ParcelUsed("X-9".into())),
        (vec![A], "7531234", No::NotWhole),
        (vec![A], "SF12345678", No::NotWhole),
        (vec![A], "13812341234", No::NotWhole),
        (vec![A], "SF12345678901O3", No::LetterForDigit),
        (vec![A], "张三", No::Unreadable),
        (vec![A], "FAHUOFINISH", No::NoParcel),
        (vec![A], "FAHUOLATER", No::NoParcel),
        (vec![A], "FAHUOUNDO", No::NoParcel),
        (vec![A], "FAHUOCOURIER", No::NothingAsked),
        (vec![A, "FAHUONEXT", P1], P1, No::ParcelTwice),
        (
            vec![A, "FAHUONEXT", P1, P2, "75312345678903"],
            "75312345678904",
            No::Full(3),
        ),
        (vec![A, SF], P1, No::Undecided),
        (vec![A, SF], "FAHUOFINISH", No::Undecided),
        (vec!["PART"], "FAHUOLATER", No::NoParcel),
    ] {
        let mut desk = ScanDesk::default();
        let rules = rules(&["ZTO"], false);
        for scan in &scans {
            let step = desk.read(&reading(scan), &rules);
            assert!(!matches!(step, ScanStep::Refused(_)), "{scans:?}: {step:?}");
        }
        let before = desk.clone();
        let step = desk.read(&reading(last), &rules);
        assert_eq!(word(&step), no(&why), "{scans:?} then {last}");
        assert_eq!(desk, before, "{scans:?} then {last}");
    }
}

#[test]
fn a_number_that_is_not_in_the_list_is_asked_for() {
    check(&[
        (B, &format!("ask {B}")),
        ("SY1", "no: Unreadable"),
        ("SY20261120", "ask SY20261120"),
    ]);
}

#[test]
fn several_parcels_wait_until_the_order_is_finished_or_left_for_later() {
    let both = [("ZTO", P1), ("ZTO", P2)];
    let (now, later) = (ships(&both, true), ships(&both, false));
    let [p1, p2] = [P1, P2].map(|number| format!("added {number}"));
    check(&[
        (A, "opened"),
        ("FAHUONEXT", "several"),
        (P1, &p1),
        (P2, &p2),
        ("FAHUOFINISH", &now),
    ]);
    check(&[
        (A, "opened"),
        ("fahuonext", "several"),
        (P1, &p1),
        (P2, &p2),
        ("FAHUOLATER", &later),
    ]);
    let scans = [
        (A, "opened".to_owned()),
        (P1, p1.clone()),
        (P2, p2.clone()),
        ("FAHUOUNDO", format!("out {P2}")),
        (P2, p2),
        ("FAHUOFINISH", now),
    ];
    check_with(&rules(&["ZTO"], true), &scans);
}

#[test]
fn a_partly_shipped_order_is_finished_only_by_its_command() {
    let rest = ships(&[("ZTO", P1)], true);
    let p1 = format!("added {P1}");
    check(&[("PART", "opened"), (P1, &p1), ("FAHUOFINISH", &rest)]);
    check(&[("PART", "opened"), ("FAHUOFINISH", &ships(&[], true))]);
    check(&[("PART", "opened"), (P1, &p1), (P2, &no(&No::Full(3)))]);
}

#[test]
fn cancel_and_undo_free_the_station() {
    check(&[
        ("FAHUOUNDO", "undo"),
        (A, "opened"),
        ("FAHUOCANCEL", "dropped"),
        (A, "opened"),
    ]);
}

#[test]
fn the_number_proposes_and_the_shops_couriers_decide() {
    for (couriers, number, choice) in [
        (vec!["ZTO"], P1, "ZTO"),
        (vec!["ZTO", "SF"], P1, "ZTO"),
        (vec!["ZTO", "SF"], SF, "SF"),
        (vec!["SF"], P1, "SF"),
        (vec!["JDKY"], "JDVA01234567890", "JDKY"),
        (vec!["ZTO"], SF, "ZTO or SF?"),
        (vec![], SF, "missing SF"),
        (vec![], P1, "missing"),
    ] {
        let couriers: Vec<String> = couriers.into_iter().map(str::to_owned).collect();
        let found = match CourierChoice::of(&couriers, number) {
            CourierChoice::Take(id) => id,
            CourierChoice::Ask { usual, looks_like } => format!("{usual} or {looks_like}?"),
            CourierChoice::Missing(Some(proposed)) => format!("missing {proposed}"),
            CourierChoice::Missing(None) => "missing".into(),
        };
        assert_eq!(found, choice, "{couriers:?} {number}");
    }
}

#[test]
fn another_couriers_shape_asks_and_the_same_scan_or_the_command_answers() {
    let (usual, other) = (ships(&[("ZTO", SF)], true), ships(&[("SF", SF)], true));
    check(&[(A, "opened"), (SF, "ZTO or SF?"), (SF, &usual)]);
    check(&[(A, "opened"), (SF, "ZTO or SF?"), ("FAHUOCOURIER", &other)]);
    let out = format!("out {SF}");
    let p1 = ships(&[("ZTO", P1)], true);
    check(&[(A, "opened"), (SF, "ZTO or SF?"), ("FAHUOUNDO", &out), (P1, &p1)]);
    let missing = no(&No::NoCourier(Some("SF".into())));
    check_with(&rules(&[], false), &[(A, "opened".into()), (SF, missing)]);
}
