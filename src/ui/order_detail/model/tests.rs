//! Tables for what can be done with an order and what its journal says.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::domain::{
    CallFailure, Decision, Doubt, Draft, FailureKind, Intent, ParcelDraft, Refusal, Rules, Shipment,
    ShipmentId, Why,
};
use crate::ui::orders::model::samples::{couriers, held, now, open, order, partly, shipped};

fn shipment(state: State) -> Arc<Shipment> {
    let draft = Draft {
        transaction_id: order(1, 2).transaction_id.into(),
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: "75312345678901".into(),
            item_desc: "明前龙井 250g".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let later = now().plus(Duration::from_mins(6));
    let mut shipment = Shipment::queued(ShipmentId(7), Arc::new(intent), now(), now(), later);
    shipment.state = state;
    Arc::new(shipment)
}

fn with_shipment(state: State) -> OpenOrder {
    OpenOrder {
        shipments: vec![shipment(state)],
        timeline: Arc::default(),
        ..open(order(1, 2))
    }
}

#[test]
fn what_can_be_done_follows_from_the_order_and_from_the_journal() {
    let parcels = || vec![held("SF", "SF1")];
    let mut refunded = order(1, 2);
    refunded.state = OrderState::Refunded;
    let mut closed = shipped(order(1, 2), parcels(), 1);
    closed.state = OrderState::AwaitingSettlement;
    let mut unknown = order(1, 2);
    unknown.state = OrderState::Unknown(9);
    let mut disputed = order(1, 2);
    disputed.in_complaint = true;
    for (open, expected) in [
        (open(order(1, 2)), Ok(Purpose::First)),
        (open(disputed), Ok(Purpose::First)),
        (open(partly(order(1, 2), parcels())), Ok(Purpose::Continue)),
        (open(shipped(order(1, 2), parcels(), 1)), Ok(Purpose::Correct)),
        (
            open(shipped(order(1, 2), parcels(), 2)),
            Err(Cannot::NoCorrection),
        ),
        (open(refunded), Err(Cannot::Refunded)),
        (open(closed), Err(Cannot::Closed)),
        (open(unknown), Err(Cannot::StateUnknown(9))),
        (with_shipment(State::Queued), Err(Cannot::OnItsWay)),
        (
            with_shipment(State::Unclear(Doubt::Restart)),
            Err(Cannot::OnItsWay),
        ),
        (
            with_shipment(State::NeedsPerson(Why::Ambiguous)),
            Err(Cannot::Undecided),
        ),
        (with_shipment(State::Cancelled), Ok(Purpose::First)),
    ] {
        assert_eq!(purpose(&open), expected, "{:?}", open.order.state);
    }
}

#[track_caller]
fn check_entry(state: State, parts: &[&str], decisions: usize, can_cancel: bool) {
    let entry = entry(
        Lang::ZhCn,
        &shipment(state),
        &Outbox::default(),
        &couriers(),
        now(),
    );
    let all = [
        &*entry.what,
        &*entry.detail,
        &*entry.since,
        &*entry.next,
        &*entry.course,
        &*entry.small,
    ]
    .join(" ");
    for part in parts {
        assert!(all.contains(part), "{part} is not in {all}");
    }
    assert_eq!((entry.decisions.len(), entry.can_cancel), (decisions, can_cancel));
}

#[test]
fn the_journal_says_what_happens_next_and_when() {
    let unclear = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let parcel = "中通快递 75312345678901";
    check_entry(State::Queued, &[parcel, "10:06:00", "查询并发送"], 0, true);
    check_entry(State::Waiting, &["微信还查不到", "10:06:00", "没有发送"], 0, true);
    check_entry(State::Sending, &["等待微信应答"], 0, false);
    check_entry(
        State::Unclear(unclear),
        &[
            "自 10:00:00 起",
            "10:06:00",
            "不会再次发送",
            "作数的查询",
            "重新发送",
        ],
        0,
        false,
    );
    check_entry(State::Shipped { found: true }, &["没有重复发送"], 0, false);
    check_entry(State::NeedsPerson(Why::ShippedElsewhere), &["。"], 3, false);
    let refusal = Refusal {
        errcode: 10_060_004,
        rid: Some("6543abcd".into()),
        refunded: false,
    };
    check_entry(State::Rejected(refusal), &["10060004", "6543abcd"], 2, false);
}

#[test]
fn every_decision_has_words_in_both_languages() {
    for lang in Lang::ALL {
        for decision in [Decision::AcceptAsItIs, Decision::TryAgain, Decision::Drop] {
            assert!(!journal::decision_name(lang, decision).starts_with("detail-"));
        }
    }
}

#[test]
fn the_payer_is_shown_short_and_copied_whole() {
    let detail = detail(
        Lang::ZhCn,
        &open(order(1, 2)),
        &Outbox::default(),
        &couriers(),
        now(),
    );
    let payer = detail.facts.iter().find(|fact| fact.name == "付款人").unwrap();
    assert_eq!(payer.value, "oUpF…eS6o");
    assert_eq!(payer.copy.as_deref(), Some("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
}

#[test]
fn a_parcel_names_its_courier_and_a_plain_delivery_its_way() {
    let order = shipped(order(1, 2), vec![held("SF", "SF1424780001234")], 1);
    let card = detail(
        Lang::ZhCn,
        &open(order.clone()),
        &Outbox::default(),
        &couriers(),
        now(),
    )
    .parcels
    .remove(0);
    assert_eq!(card.carrier, "顺丰速运");
    let mut plain = order;
    plain.shipping.logistics_type = 4;
    let card = detail(Lang::En, &open(plain), &Outbox::default(), &couriers(), now())
        .parcels
        .remove(0);
    assert_eq!(
        card.carrier,
        crate::i18n::text(Lang::En, "logistics-type-pick-up")
    );
}

#[test]
fn another_order_is_never_shown_in_the_place_of_the_one_asked_for() {
    let (first, second) = (order(1, 2), order(2, 2).transaction_id);
    let known = || open(first.clone());
    let failure = CallFailure::of(FailureKind::Offline);
    for (remote, word) in [
        (Remote::Nothing, "loading"),
        (Remote::Ready(known()), "loading"),
        (
            Remote::Waiting {
                previous: Some(known()),
            },
            "loading",
        ),
        (
            Remote::Failed {
                previous: Some(known()),
                failure,
            },
            "failed",
        ),
    ] {
        let found = match shown(Lang::ZhCn, &remote, Some(&second)) {
            Shown::Nothing => "nothing",
            Shown::Loading(_) => "loading",
            Shown::Failed { .. } => "failed",
            Shown::Order { .. } => "order",
        };
        assert_eq!(found, word);
        let same = shown(Lang::ZhCn, &remote, Some(&first.transaction_id));
        let is_known = remote.value().is_some();
        assert_eq!(
            matches!(same, Shown::Order { .. }),
            is_known,
            "it stays while it is read"
        );
    }
}
