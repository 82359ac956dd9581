//! Tables for the form: what is sent, what is wrong where, what is said, and what a correction needs.

use std::sync::Arc;

use super::*;
use crate::domain::{Delivery, DeliveryMode, LogisticsType, State};
use crate::i18n::Lang;
use crate::ui::orders::model::samples::{couriers, held, now, open, order, partly, shipped};

fn first() -> (OpenOrder, Form) {
    let open = open(order(1, 2));
    let form = Form::new(&open, Purpose::First, None);
    (open, form)
}

fn type_parcel(form: &mut Form, index: usize, courier: &str, number: &str) {
    let parcel = &mut form.parcels[index];
    parcel.courier = courier.into();
    parcel.tracking_no = number.into();
}

fn words_of(problems: &[Problem]) -> Vec<(Option<usize>, String)> {
    problems.iter().map(|p| (p.parcel, p.what.word())).collect()
}

#[test]
fn a_new_form_is_filled_with_the_goods_cut_to_what_wechat_takes() {
    let mut long = order(1, 2);
    long.description = "茶".repeat(200);
    let form = Form::new(&open(long), Purpose::First, None);
    assert_eq!(form.parcels[0].item_desc.chars().count(), 120);
    let mut bare = order(1, 2);
    bare.description = String::new();
    let account = Account {
        max_parcels: 15,
        default_courier: "ZTO".into(),
        default_item_desc: "日用品".into(),
        ..Account::default()
    };
    let form = Form::new(&open(bare), Purpose::First, Some(&account));
    assert_eq!(form.parcels[0].item_desc, "日用品");
    assert_eq!(form.parcels[0].courier, "ZTO");
    assert_eq!(form.max_parcels(), 15);
}

#[test]
fn three_typed_parcels_become_one_split_draft() {
    let (open, mut form) = first();
    form.choose(Way::Split);
    type_parcel(&mut form, 0, "ZTO", "75312345678901");
    form.add_parcel();
    form.add_parcel();
    type_parcel(&mut form, 1, "ZTO", "75312345678902");
    type_parcel(&mut form, 2, "YTO", "YT8812345678901");
    let draft = form.send(&open, &couriers(), now()).unwrap();
    assert_eq!(draft.delivery_mode, DeliveryMode::Split);
    assert!(draft.complete && draft.reship.is_none());
    let numbers: Vec<&str> = draft.parcels.iter().map(|p| p.tracking_no.as_str()).collect();
    assert_eq!(numbers, ["75312345678901", "75312345678902", "YT8812345678901"]);
    assert!(
        form.send(&open, &couriers(), now()).is_none(),
        "a second click sends nothing"
    );
}

#[test]
fn a_way_without_a_courier_sends_its_text_only() {
    for (way, logistics_type) in [
        (Way::SameCity, LogisticsType::SameCity),
        (Way::Virtual, LogisticsType::Virtual),
        (Way::PickUp, LogisticsType::PickUp),
    ] {
        let (_, mut form) = first();
        form.choose(way);
        form.plain_text = " 到店自提 ".into();
        let (intent, _) = form.check(&couriers()).unwrap();
        let Delivery::Plain {
            logistics_type: found,
            item_desc,
        } = intent.delivery()
        else {
            panic!("{way:?} sends parcels");
        };
        assert_eq!((*found, item_desc.as_str()), (logistics_type, "到店自提"));
    }
}

#[test]
fn problems_stand_at_their_fields_and_missing_ones_wait_until_someone_was_there() {
    let (_, mut form) = first();
    let problems = form.check(&couriers()).unwrap_err();
    assert_eq!(
        words_of(&problems),
        [
            (Some(0), "missing_courier".into()),
            (Some(0), "missing_tracking".into())
        ]
    );
    assert!(problems.iter().all(|p| !form.says(p)));
    form.touch(0, Field::TrackingNo);
    assert_eq!(problems.iter().filter(|p| form.says(p)).count(), 1);
    assert_eq!(
        words::blocked_because(Lang::ZhCn, &form, &problems).as_deref(),
        Some("有 1 处要改")
    );
    type_parcel(&mut form, 0, "顺丰", "单号 1");
    form.parcels[0].item_desc = "茶".repeat(121);
    form.parcels[0].receiver_contact = "张三".into();
    let problems = form.check(&couriers()).unwrap_err();
    let found = words_of(&problems).into_iter().map(|(_, word)| word);
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            "unknown_courier",
            "tracking_characters",
            "item_desc_too_long",
            "contact_unusable"
        ]
    );
    assert!(
        problems.iter().all(|p| form.says(p)),
        "what is typed wrong is said at once"
    );
    assert_eq!(words::at_field(&problems, 0, Field::Courier).count(), 1);
}

#[test]
fn sf_takes_the_accounts_sender_where_no_contact_is_typed() {
    let (open, mut form) = first();
    type_parcel(&mut form, 0, "SF", "SF1424780001234");
    assert!(form.check(&couriers()).is_err());
    let account = Account {
        max_parcels: 10,
        sender_contact: crate::domain::MaskedContact::mask("13812341234"),
        ..Account::default()
    };
    form = Form::new(&open, Purpose::First, Some(&account));
    type_parcel(&mut form, 0, "SF", "SF1424780001234");
    assert_eq!(form.draft().parcels[0].consignor_contact, "138****1234");
    form.parcels[0].receiver_contact = "13900001111".into();
    assert_eq!(
        form.draft().parcels[0].consignor_contact,
        "",
        "a typed contact is enough"
    );
    assert_eq!(
        words::contact_preview(Lang::ZhCn, "13900001111").as_deref(),
        Some("将发送 139****1111")
    );
}

#[test]
fn a_partly_shipped_order_keeps_what_wechat_holds_in_front() {
    let open = open(partly(order(1, 2), vec![held("ZTO", "75300000000001")]));
    let mut form = Form::new(&open, Purpose::Continue, None);
    assert_eq!((form.kept(), form.parcels.len(), form.way), (1, 2, Way::Split));
    form.choose(Way::Unified);
    assert_eq!(form.way, Way::Split, "another way would spend the correction");
    form.remove_parcel(0);
    form.move_up(1);
    assert_eq!(form.parcels[0].tracking_no, "75300000000001");
    type_parcel(&mut form, 1, "YTO", "YT1");
    let draft = form.draft();
    assert_eq!(draft.parcels.len(), 2, "the list is cumulative");
    form.remove_parcel(1);
    assert!(
        !form.changes_nothing(),
        "it completes the order with what was shipped"
    );
    form.complete = false;
    assert!(form.changes_nothing());
    assert!(form.send(&open, &couriers(), now()).is_none());
}

#[test]
fn the_sentence_says_what_will_happen_and_the_button_what_it_costs() {
    let check = |form: &Form, sentence: &str, button: &str| {
        assert_eq!(words::consequence(Lang::ZhCn, form), sentence);
        assert_eq!(words::send_label(Lang::ZhCn, form), button);
    };
    let (_, mut form) = first();
    check(&form, "发出 1 个包裹，买家会收到发货通知。", "发出 1 个包裹");
    form.choose(Way::Split);
    form.add_parcel();
    form.add_parcel();
    check(
        &form,
        "3 个包裹一起发出，买家会收到全部发货的通知。",
        "发出 3 个包裹",
    );
    form.complete = false;
    form.remove_parcel(2);
    check(
        &form,
        "先发 2 个，其余稍后补；全部发完之前，买家不会收到全部发货的通知。",
        "发出 2 个包裹",
    );
    let open = open(partly(order(1, 2), vec![held("ZTO", "1"), held("ZTO", "2")]));
    let mut form = Form::new(&open, Purpose::Continue, None);
    check(
        &form,
        "补发 1 个，连同已上报的 2 个共 3 个；买家会收到全部发货的通知。",
        "发出 1 个包裹",
    );
    form.remove_parcel(2);
    check(
        &form,
        "不再补发：以已上报的 2 个包裹完成发货，买家会收到全部发货的通知。",
        "完成发货",
    );
}

#[test]
fn no_more_parcels_are_added_than_the_payment_takes() {
    let (_, mut form) = first();
    form.choose(Way::Split);
    for _ in 0..20 {
        form.add_parcel();
    }
    assert_eq!(form.parcels.len(), 10);
    assert_eq!(words::parcel_count(&form).text, "10 / 10");
    assert!(!form.may_add());
}

#[test]
fn a_correction_needs_another_content_the_last_four_digits_and_what_was_seen() {
    let open = open(shipped(order(1234, 2), vec![held("ZTO", "753-1")], 1));
    let mut form = Form::new(&open, Purpose::Correct, None);
    assert_eq!(form.kept(), 0, "everything may be corrected");
    assert!(form.changes_nothing());
    type_parcel(&mut form, 0, "YTO", "YT2");
    assert!(!form.changes_nothing());
    assert!(form.send(&open, &couriers(), now()).is_none(), "nobody was asked");
    form.confirming = Some("0000".into());
    assert!(form.send(&open, &couriers(), now()).is_none());
    form.confirming = Some("１２３４".into());
    let draft = form.send(&open, &couriers(), now()).unwrap();
    let grant = draft.reship.unwrap();
    assert_eq!((grant.at, grant.seen_finish_count), (now(), 1));
    assert_eq!(grant.seen, Look::of(&open.order, now()).parcels);
}

#[test]
fn both_sides_of_a_correction_are_compared_parcel_by_parcel() {
    let open = open(shipped(order(1, 2), vec![held("ZTO", "1"), held("ZTO", "2")], 1));
    let mut form = Form::new(&open, Purpose::Correct, None);
    type_parcel(&mut form, 1, "YTO", "YT3");
    let sides = compare(Lang::ZhCn, &form, &couriers());
    let changes = |side: &[compare::Line]| side.iter().map(|line| line.change).collect::<Vec<_>>();
    assert_eq!(changes(&sides.old), [Change::Stays, Change::Goes]);
    assert_eq!(changes(&sides.new), [Change::Stays, Change::Comes]);
    assert_eq!(sides.new[1].title, "圆通速递 YT3");
}

#[test]
fn an_order_that_changed_elsewhere_is_not_sent() {
    let (before, mut form) = first();
    type_parcel(&mut form, 0, "ZTO", "75312345678901");
    let after = open(shipped(order(1, 2), vec![held("SF", "SF9")], 1));
    assert!(!form.is_stale(&before) && form.is_stale(&after));
    assert!(form.send(&after, &couriers(), now()).is_none());
}

#[test]
fn the_form_finds_its_own_shipment_and_no_older_one() {
    let (mut open, mut form) = first();
    type_parcel(&mut form, 0, "ZTO", "75312345678901");
    let (intent, _) = form.check(&couriers()).unwrap();
    let make = |id, state| {
        let intent = Arc::new(intent.clone());
        let mut shipment = Shipment::queued(ShipmentId(id), intent, now(), now(), now());
        shipment.state = state;
        Arc::new(shipment)
    };
    open.shipments = vec![make(1, State::Cancelled)];
    form.send(&open, &couriers(), now()).unwrap();
    assert!(form.shipment(&open).is_none());
    open.shipments.insert(0, make(2, State::Sending));
    assert_eq!(form.shipment(&open).map(|s| s.id), Some(ShipmentId(2)));
    form.edit_again();
    assert!(!form.is_sent());
}
