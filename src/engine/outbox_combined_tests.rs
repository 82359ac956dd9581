//! Groups without a network: nobody goes alone, and a part that ended otherwise stops the rest.

use super::super::outbox::tests::at;
use super::*;
use crate::domain::{
    CombinedDraft, Draft, Fen, Order, OrderState, ParcelDraft, Policy, Rules, Shipping, TransactionId,
};
use crate::engine::pace::Limits;

fn order(number: usize) -> Order {
    Order {
        transaction_id: TransactionId::parse(&format!("42{number}")).unwrap(),
        mchid: String::new(),
        out_trade_no: String::new(),
        sub_mchid: String::new(),
        description: String::new(),
        paid_amount: Fen(1),
        openid: OpenId("o1".into()),
        pay_time: at(0).local,
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

fn outbox() -> Outbox {
    let sub = |number: usize| Draft {
        transaction_id: format!("42{number}"),
        parcels: vec![ParcelDraft {
            courier: "YTO".into(),
            tracking_no: format!("YT{number}"),
            item_desc: "茶".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let draft = CombinedDraft {
        parent: "42".into(),
        subs: vec![sub(1), sub(2)],
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let now = at(0).local;
    let mut outbox = Outbox::new(Policy::default(), Limits::WECHAT, now);
    let intents = draft.check(&rules).unwrap();
    outbox.add(intents.into_iter().enumerate().map(|(i, intent)| {
        let id = ShipmentId(i64::try_from(i).unwrap() + 1);
        Shipment::queued(id, Arc::new(intent), now, now, now)
    }));
    outbox
}

fn look(outbox: &mut Outbox, number: usize, order: Order, secs: i64) -> Vec<Effect> {
    let id = ShipmentId(i64::try_from(number).unwrap());
    outbox.flights.insert(id, Flight::Look);
    outbox.looked(id, Ok(order), at(secs))
}

fn uploads(effects: &[Effect]) -> Vec<usize> {
    let sent = effects.iter().filter_map(|effect| {
        if let Effect::UploadCombined(ids, body) = effect {
            assert!(!body.is_empty());
            Some(ids.len())
        } else {
            assert!(!matches!(effect, Effect::Upload(..)), "nobody goes alone");
            None
        }
    });
    sent.collect()
}

#[test]
fn a_group_goes_out_with_one_request_when_every_look_allows_it() {
    let mut outbox = outbox();
    let first = look(&mut outbox, 1, order(1), 1);
    assert!(uploads(&first).is_empty());
    let second = look(&mut outbox, 2, order(2), 2);
    assert_eq!(uploads(&second), [2]);
    let times: Vec<_> = [1, 2]
        .map(|id| outbox.get(ShipmentId(id)).unwrap().clone())
        .iter()
        .map(|shipment| {
            (
                shipment.state.clone(),
                shipment.upload_time,
                shipment.body_sha256.clone(),
            )
        })
        .collect();
    assert_eq!(times[0].0, State::Sending);
    assert_eq!(times[0], times[1], "one time and one body");
}

#[test]
fn a_look_that_is_old_does_not_count() {
    let mut outbox = outbox();
    look(&mut outbox, 1, order(1), 1);
    assert!(uploads(&look(&mut outbox, 2, order(2), 30)).is_empty());
    assert_eq!(uploads(&look(&mut outbox, 1, order(1), 31)), [2]);
}

#[test]
fn a_part_that_ended_otherwise_stops_the_rest() {
    let mut outbox = outbox();
    let refunded = Order {
        state: OrderState::Refunded,
        ..order(1)
    };
    assert!(uploads(&look(&mut outbox, 1, refunded, 1)).is_empty());
    assert!(uploads(&look(&mut outbox, 2, order(2), 2)).is_empty());
    let second = outbox.get(ShipmentId(2)).unwrap();
    assert_eq!(second.state, State::NeedsPerson(Why::CombinedInPart));
}
