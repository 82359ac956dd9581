//! The plan of a file as a table: rows in, verdicts and shipments out.

use super::*;
use crate::domain::{Courier, DeliveryMode, Fen, OpenId, RowParcel, ShippedParcel, Shipping};

pub(in crate::domain) fn order(id: &str, state: i64, shipped: &[&str]) -> Arc<Order> {
    let done = !shipped.is_empty();
    Arc::new(Order {
        transaction_id: TransactionId::parse(id).unwrap(),
        mchid: "1".into(),
        out_trade_no: format!("S{id}"),
        sub_mchid: String::new(),
        description: "明前龙井".into(),
        paid_amount: Fen(100),
        openid: OpenId("o".into()),
        pay_time: Timestamp::from_secs(id.parse().unwrap()),
        state: state.into(),
        in_complaint: false,
        shipping: Shipping {
            delivery_mode: 1,
            logistics_type: i64::from(done),
            finish_shipping: done,
            finish_shipping_count: i64::from(done),
            goods_desc: String::new(),
            parcels: shipped
                .iter()
                .map(|n| ShippedParcel {
                    tracking_no: (*n).into(),
                    express_company: "YTO".into(),
                    ..ShippedParcel::default()
                })
                .collect(),
        },
    })
}

pub(in crate::domain) fn row(number: u32, order: &str, tracking: &str) -> FileRow {
    FileRow {
        row: number,
        order_number: (!order.is_empty()).then(|| order.into()),
        parcels: vec![RowParcel {
            courier: Some("YTO".into()),
            tracking_no: tracking.into(),
        }],
        ..FileRow::default()
    }
}

pub(in crate::domain) struct World {
    pub(in crate::domain) orders: HashMap<OrderNumber, OrderAnswer>,
    journal: HashMap<TransactionId, Prior>,
    couriers: CourierList,
    columns: Vec<Column>,
    options: PlanOptions,
}

pub(in crate::domain) fn world() -> World {
    let mut orders = HashMap::new();
    for found in [
        order("10", 1, &[]),
        order("20", 1, &[]),
        order("30", 2, &["YT3"]),
        order("50", 5, &[]),
    ] {
        for number in [found.transaction_id.as_str(), found.out_trade_no.as_str()] {
            for mchid in [None, Some("1"), Some("2")] {
                let key = OrderNumber {
                    number: number.to_owned(),
                    mchid: mchid.map(str::to_owned),
                };
                orders.insert(key, OrderAnswer::Found(Arc::clone(&found)));
            }
        }
    }
    let courier = |id: &str| Courier {
        id: id.into(),
        name: id.into(),
    };
    World {
        orders,
        journal: HashMap::new(),
        couriers: CourierList::new([courier("YTO"), courier("SF")]),
        columns: Vec::new(),
        options: PlanOptions::default(),
    }
}

pub(in crate::domain) fn plan_in(world: &World, rows: &[FileRow]) -> Plan {
    let known = Known {
        orders: &|number| world.orders.get(number).cloned(),
        names_an_order: &|number| {
            let number = number.to_owned();
            world.orders.contains_key(&OrderNumber { number, mchid: None })
        },
        journal: &world.journal,
        columns: &world.columns,
        couriers: &world.couriers,
        options: &world.options,
        now: Timestamp::from_secs(1000),
    };
    plan(rows, &known)
}

/// Statuses with the words of what is not a note, and how many shipments there are.
#[track_caller]
fn check_in(world: &World, rows: &[FileRow], expected: &[(&str, &[&str])], shipments: usize) -> Plan {
    let plan = plan_in(world, rows);
    let found: Vec<(&str, Vec<String>)> = plan
        .rows
        .iter()
        .map(|r| {
            let loud = r
                .problems
                .iter()
                .filter(|p| p.what.severity() != crate::domain::Severity::Note);
            (r.status.word(), loud.map(|p| p.what.word()).collect())
        })
        .collect();
    let expected: Vec<(&str, Vec<String>)> = expected
        .iter()
        .map(|(s, w)| (*s, w.iter().map(|w| (*w).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(plan.shipments.len(), shipments);
    plan
}

#[test]
fn a_row_without_a_number_is_told_of_its_courier_only_where_none_is_named() {
    let column = |heading: &str, field| Column {
        heading: heading.into(),
        field: Some(field),
    };
    let world = World {
        columns: vec![
            column("订单号", Field::TransactionId),
            column("快递公司", Field::Courier),
            column("快递单号", Field::TrackingNo),
        ],
        ..world()
    };
    for (courier, problems) in [
        ("圆通", &["missing_tracking"][..]),
        (" ", &["missing_courier", "missing_tracking"]),
    ] {
        let row = FileRow {
            parcels: Vec::new(),
            cells: ["10", courier, ""].map(String::from).to_vec().into(),
            ..row(2, "10", "")
        };
        check_in(&world, &[row], &[("blocked", problems)], 0);
    }
}

#[track_caller]
fn check(rows: &[FileRow], expected: &[(&str, &[&str])], shipments: usize) -> Plan {
    check_in(&world(), rows, expected, shipments)
}

#[test]
fn a_two_column_row_is_joined_with_its_order_and_gets_its_goods_from_there() {
    let plan = check(&[row(2, "S10", "YT1")], &[("ready", &[])], 1);
    let shipment = &plan.shipments[0];
    assert_eq!(shipment.intent.transaction_id().as_str(), "10");
    assert_eq!(shipment.intent.first_item_desc(), "明前龙井");
    assert_eq!(plan.rows[0].problems[0].what, ProblemKind::ItemDescFilled);
}

#[test]
fn rows_that_stand_together_become_parcels_of_one_order() {
    let rows = [row(2, "10", "YT1"), row(3, "S10", "YT2"), row(4, "10", "YT4")];
    let plan = check(&rows, &[("ready", &[]), ("ready", &[]), ("ready", &[])], 1);
    let intent = &plan.shipments[0].intent;
    assert_eq!(
        (intent.parcels().len(), intent.delivery_mode()),
        (3, DeliveryMode::Split)
    );
    assert!(intent.completes());
}

#[test]
fn rows_that_stand_apart_with_different_numbers_are_a_conflict_and_nothing_is_picked() {
    let rows = [row(2, "10", "YT1"), row(3, "20", "YT2"), row(4, "10", "YT4")];
    let plan = check(
        &rows,
        &[
            ("blocked", &["duplicate_conflict"]),
            ("ready", &[]),
            ("blocked", &["duplicate_conflict"]),
        ],
        1,
    );
    assert_eq!(
        plan.rows[0].problems.last().unwrap().what,
        ProblemKind::DuplicateConflict { rows: vec![4] }
    );
    let mut said = rows;
    said[0].split = true;
    check(&said, &[("ready", &[]), ("ready", &[]), ("ready", &[])], 2);
}

#[test]
fn the_same_row_twice_is_one_shipment() {
    let rows = [row(2, "10", "YT1"), row(3, "20", "YT2"), row(4, "S10", "YT1")];
    let plan = check(&rows, &[("ready", &[]), ("ready", &[]), ("ready", &[])], 2);
    assert_eq!(
        plan.rows[2].problems[0].what,
        ProblemKind::DuplicateRow { row: 2 }
    );
}

#[test]
fn one_parcel_on_several_rows_joins_its_articles() {
    let mut rows = [row(2, "10", "YT1"), row(3, "10", "YT1")];
    rows[0].item_desc = Some("茶叶*1".into());
    rows[1].item_desc = Some("杯子*2".into());
    let plan = check(&rows, &[("ready", &[]), ("ready", &[])], 1);
    assert_eq!(plan.shipments[0].intent.first_item_desc(), "茶叶*1；杯子*2");
}

#[test]
fn a_blocked_row_holds_the_other_rows_of_its_order_back() {
    let mut rows = [row(2, "10", "YT1"), row(3, "10", "YT2")];
    rows[1]
        .problems
        .push(Problem::of(ProblemKind::UnknownCourier { nearest: vec![] }, Field::Courier).at(1, "X"));
    check(
        &rows,
        &[
            ("blocked", &["sibling_blocked"]),
            ("blocked", &["unknown_courier"]),
        ],
        0,
    );
}

#[test]
fn orders_that_cannot_be_shipped_say_so_before_anything_is_sent() {
    check(
        &[row(2, "99", "YT1"), row(3, "50", "YT5"), row(4, "", "YT6")],
        &[
            ("blocked", &["order_not_found"]),
            ("blocked", &["refunded"]),
            ("blocked", &["order_missing"]),
        ],
        0,
    );
}

#[test]
fn shipped_the_same_way_is_done_and_shipped_another_way_is_refused() {
    check(&[row(2, "30", "YT3")], &[("already_done", &[])], 0);
    let plan = check(&[row(2, "30", "YT9")], &[("blocked", &["already_shipped"])], 0);
    assert_eq!(
        plan.rows[0].problems.last().unwrap().what,
        ProblemKind::AlreadyShipped { corrections_left: 1 }
    );
    let mut allowed = world();
    allowed.options.reship = true;
    let plan = check_in(&allowed, &[row(2, "30", "YT9")], &[("ready", &[])], 1);
    assert!(plan.shipments[0].intent.reship().is_some());
}

#[test]
fn rows_that_stood_apart_in_the_first_file_contradict_each_other_still() {
    let from = |origin, row: FileRow| FileRow {
        origin: Some(origin),
        ..row
    };
    let conflict: (&str, &[&str]) = ("blocked", &["duplicate_conflict"]);
    let ready: (&str, &[&str]) = ("ready", &[]);
    check(
        &[from(62, row(2, "10", "YT1")), from(402, row(3, "10", "YT2"))],
        &[conflict, conflict],
        0,
    );
    let (one, two) = (row(2, "10", "YT1"), row(3, "10", "YT2"));
    check(
        &[from(62, one.clone()), from(63, two.clone())],
        &[ready, ready],
        1,
    );
    check(&[from(62, one), two], &[ready, ready], 1);
}

#[test]
fn tracking_numbers_are_compared_across_the_file() {
    let misplaced: (&str, &[&str]) = ("blocked", &["tracking_is_order_number"]);
    check(&[row(2, "10", "S20")], &[misplaced], 0);
    check(
        &[row(2, "10", "20"), row(3, "20", "YT2")],
        &[("blocked", &["tracking_is_order_number"]), ("ready", &[])],
        1,
    );
    let plan = check(
        &[row(2, "10", "YT1"), row(3, "20", "YT1")],
        &[("ready", &[]), ("ready", &[])],
        2,
    );
    assert_eq!(
        plan.rows[1].problems[0].what,
        ProblemKind::TrackingShared { row: 2 }
    );
    let mut rows = [row(2, "10", "YT1"), row(3, "20", "YT1")];
    rows[1].parcels[0].courier = Some("SF".into());
    rows[1].receiver_contact = MaskedContact::mask("13812341234");
    check(&rows, &[("ready", &[]), ("ready", &["tracking_two_couriers"])], 2);
}

#[test]
fn sf_without_a_contact_uses_the_senders_or_is_blocked() {
    let mut rows = [row(2, "10", "SF1234567890123")];
    rows[0].parcels[0].courier = Some("SF".into());
    check(&rows, &[("blocked", &["sf_contact_missing"])], 0);
    let mut with = world();
    with.options.sender_contact = MaskedContact::mask("13812341234");
    check_in(&with, &rows, &[("ready", &[])], 1);
}

#[test]
fn a_missing_courier_takes_the_accounts_or_is_blocked() {
    let mut rows = [row(2, "10", "YT1")];
    rows[0].parcels[0].courier = None;
    check(&rows, &[("blocked", &["missing_courier"])], 0);
    let mut with = world();
    with.options.default_courier = Some("YTO".into());
    check_in(&with, &rows, &[("ready", &[])], 1);
}

#[test]
fn the_journal_links_what_is_on_its_way_and_holds_what_differs() {
    let rows = [row(2, "10", "YT1")];
    let fingerprint = plan_in(&world(), &rows).shipments[0].intent.fingerprint();
    let id = TransactionId::parse("10").unwrap();
    for (print, status, expected) in [
        (fingerprint.clone(), RowStatus::Queued, ("waiting", &[][..])),
        (fingerprint.clone(), RowStatus::Unclear, ("unclear", &[][..])),
        (fingerprint.clone(), RowStatus::Shipped, ("already_done", &[][..])),
        (
            String::from("other"),
            RowStatus::Queued,
            ("blocked", &["shipment_open"][..]),
        ),
    ] {
        let mut known = world();
        let prior = Prior {
            shipment: crate::domain::ShipmentId(7),
            fingerprint: print,
            status,
        };
        known.journal.insert(id.clone(), prior);
        check_in(&known, &rows, &[expected], 0);
    }
    let mut known = world();
    let prior = Prior {
        shipment: crate::domain::ShipmentId(7),
        fingerprint,
        status: RowStatus::Cancelled,
    };
    known.journal.insert(id, prior);
    check_in(&known, &rows, &[("ready", &[])], 1);
}

#[test]
fn the_oldest_deadline_is_sent_first() {
    let plan = check(
        &[row(2, "20", "YT2"), row(3, "10", "YT1")],
        &[("ready", &[]), ("ready", &[])],
        2,
    );
    assert_eq!(plan.shipments[0].intent.transaction_id().as_str(), "10");
}

#[test]
fn a_shop_number_of_another_merchant_is_another_order() {
    let with = |number: &str, mchid: &str| {
        let mut row = row(2, number, "YT1");
        row.mchid = Some(mchid.into());
        row
    };
    check(&[with("S10", "1")], &[("ready", &[])], 1);
    check(&[with("S10", "2")], &[("blocked", &["order_not_found"])], 0);
    check(&[with("10", "2")], &[("ready", &[])], 1);
}
