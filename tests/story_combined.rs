//! Combined orders, from the command to the simulator's ledger: all of them with one request, and each looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::{Shop, draft};
use fahuo::domain::{CombinedDraft, State, TransactionId, Why};
use fahuo::engine::{Command, Snapshot};
use fahuo::sim::{Answer, Fault, Happening, Order, What};

const COMBINED: &str = "upload_combined_shipping_info";

/// Two orders of one payer that wait for shipment.
fn two(shop: &Shop) -> [Order; 2] {
    let mut orders = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    orders.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.visible_at <= now);
    let [first, mut second] = [orders[0].clone(), orders[1].clone()];
    second.openid.clone_from(&first.openid);
    shop.wechat.with_world(|world| world.put_order(second.clone()));
    [first, second]
}

fn ship(shop: &Shop, orders: &[Order; 2]) {
    let sub = |(i, order): (usize, &Order)| {
        let id = TransactionId::parse(&order.transaction_id).unwrap();
        draft(&id, "ZTO", &format!("780000000{i}"))
    };
    shop.engine.send(Command::ShipCombined(CombinedDraft {
        parent: "4200009999202600000000000001".into(),
        subs: orders.iter().enumerate().map(sub).collect(),
    }));
}

fn states(snapshot: &Snapshot, orders: &[Order; 2]) -> Option<[State; 2]> {
    let state = |order: &Order| {
        let of = |s: &&std::sync::Arc<fahuo::domain::Shipment>| {
            s.intent.transaction_id().as_str() == order.transaction_id
        };
        let newest = snapshot.outbox.rows.iter().filter(of).max_by_key(|s| s.id)?;
        (!newest.state.is_open()).then(|| newest.state.clone())
    };
    Some([state(&orders[0])?, state(&orders[1])?])
}

#[track_caller]
fn ended(shop: &mut Shop, orders: &[Order; 2]) -> [State; 2] {
    shop.until("both parts", |s| states(s, orders))
}

#[track_caller]
fn committed(shop: &Shop, orders: &[Order; 2], expected: usize) {
    for order in orders {
        assert_eq!(
            shop.wechat.ledger().committed_uploads(&order.transaction_id),
            expected
        );
    }
}

#[test]
fn both_parts_go_out_with_one_request_after_a_look_at_each() {
    let mut shop = Shop::open();
    let orders = two(&shop);
    ship(&shop, &orders);
    let states = ended(&mut shop, &orders);
    assert!(
        states.iter().all(|state| matches!(state, State::Shipped { .. })),
        "{states:?}"
    );
    committed(&shop, &orders, 1);
    assert_eq!(shop.wechat.ledger().requests(COMBINED), 1);
    assert_eq!(shop.wechat.ledger().requests("upload_shipping_info"), 0);
    let entries = shop.wechat.ledger().entries();
    let sent = entries.iter().position(|e| e.path.ends_with(COMBINED)).unwrap();
    for order in &orders {
        let looked = entries[..sent]
            .iter()
            .any(|e| e.path.ends_with("get_order") && e.transaction_ids.contains(&order.transaction_id));
        assert!(looked, "{}", order.transaction_id);
    }
    let body = &entries[sent].body;
    assert_eq!(
        body["order_key"]["transaction_id"],
        "4200009999202600000000000001"
    );
    assert_eq!(body["sub_orders"][1]["order_key"]["order_number_type"], 2);
    assert!(entries[sent].warnings.is_empty(), "{:?}", entries[sent].warnings);
}

#[test]
fn an_answer_that_is_lost_is_found_by_the_looks_and_one_that_never_arrived_is_sent_again() {
    let busy_after = What::Answer {
        applied: true,
        answer: Answer::Errcode(-1),
    };
    for (what, requests) in [
        (What::DropReplyAfterApply, 1),
        (busy_after, 1),
        (What::DropBeforeApply, 2),
        (What::errcode(-1), 2),
    ] {
        let mut shop = Shop::open();
        let orders = two(&shop);
        shop.wechat.push_fault(Fault::next(COMBINED, what));
        ship(&shop, &orders);
        let states = ended(&mut shop, &orders);
        assert!(
            states.iter().all(|state| matches!(state, State::Shipped { .. })),
            "{states:?}"
        );
        committed(&shop, &orders, 1);
        assert_eq!(shop.wechat.ledger().requests(COMBINED), requests);
        let entries = shop.wechat.ledger().entries();
        let mut bodies: Vec<_> = entries.iter().filter(|e| e.path.ends_with(COMBINED)).collect();
        let first = bodies.remove(0);
        assert!(
            bodies.iter().all(|again| again.body == first.body),
            "byte for byte the same"
        );
    }
}

#[test]
fn a_part_that_somebody_else_ships_stops_the_other_and_both_say_so() {
    let mut shop = Shop::open();
    let orders = two(&shop);
    let other = Happening::SomeoneElseShips {
        express_company: "YTO".into(),
        tracking_no: "YT123456789".into(),
    };
    let fault = Fault::next("get_order", What::Happen(other));
    shop.wechat
        .push_fault(fault.for_orders([orders[0].transaction_id.clone()]));
    ship(&shop, &orders);
    let states = ended(&mut shop, &orders);
    assert_eq!(
        states,
        [
            State::NeedsPerson(Why::ShippedElsewhere),
            State::NeedsPerson(Why::CombinedInPart)
        ]
    );
    assert_eq!(shop.wechat.ledger().requests(COMBINED), 0);
}

#[test]
fn the_first_part_that_wechat_refuses_decides_for_all() {
    let mut shop = Shop::open();
    let orders = two(&shop);
    shop.wechat
        .push_fault(Fault::next(COMBINED, What::Happen(Happening::Refund)));
    ship(&shop, &orders);
    for state in ended(&mut shop, &orders) {
        let State::Rejected(refusal) = state else {
            panic!("{state:?}");
        };
        assert_eq!(refusal.errcode, 10_060_004);
    }
    committed(&shop, &orders, 0);
}
