//! Messages in any order, again and again, and more than there is room for.

use super::*;
use crate::domain::TransactionId;

fn event(order: u32, secs: i64) -> PushEvent {
    PushEvent {
        event: EventKind::Settlement,
        create_time: Timestamp::from_secs(secs),
        transaction_id: TransactionId::parse(&format!("4200{order:024}")),
        merchant_id: "1900000109".into(),
        sub_merchant_id: String::new(),
        merchant_trade_no: String::new(),
        pay_time: None,
        shipped_time: None,
        estimated_settlement_time: None,
        confirm_receive_method: None,
        confirm_receive_time: None,
        settlement_time: None,
    }
}

fn record(event: PushEvent) -> EventRecord {
    EventRecord {
        event,
        received_at: Timestamp::from_secs(0),
        way: EventWay::Pushed,
        look: EventLook::Waiting,
    }
}

fn settled(order: u32, secs: i64) -> PushEvent {
    PushEvent {
        settlement_time: Some(Timestamp::from_secs(secs)),
        ..event(order, secs)
    }
}

#[test]
fn any_order_of_arrival_gives_the_same_list() {
    let all = [
        event(1, 10),
        event(2, 10),
        settled(3, 10),
        event(1, 30),
        event(2, 20),
    ];
    let mut lists = Vec::new();
    for turn in 0..all.len() {
        let mut events = Events::default();
        let mut arrivals = all.to_vec();
        arrivals.rotate_left(turn);
        for event in arrivals {
            events.put(record(event));
        }
        let view = events.view(ReceiverView::default());
        lists.push(view.list.iter().map(|r| r.event.clone()).collect::<Vec<_>>());
    }
    assert!(lists.iter().all(|list| *list == lists[0]), "{lists:?}");
    let times: Vec<i64> = lists[0].iter().map(|e| e.create_time.secs()).collect();
    assert_eq!(times, [30, 20, 10, 10, 10]);
    assert_eq!(lists[0][2], settled(3, 10), "the later phase stands above");
}

#[test]
fn a_repetition_is_known_and_everything_is_bounded() {
    let mut events = Events::default();
    assert!(!events.knows(&event(1, 1)));
    events.put(record(event(1, 1)));
    assert!(events.knows(&event(1, 1)));
    assert!(!events.knows(&event(1, 2)));
    for number in 0..6_000 {
        let next = event(number, i64::from(number));
        events.put(record(next.clone()));
        events.want(next);
    }
    assert_eq!(events.view(ReceiverView::default()).list.len(), SHOWN);
    assert_eq!(events.seen.len(), REMEMBERED);
    assert_eq!(events.waiting.len(), MOST_WAITING);
    let now = Timestamp::from_secs(1_000_000);
    let kept = (0..MOST_KEPT_A_DAY + 5).filter(|_| events.may_keep(now)).count();
    assert_eq!(kept, MOST_KEPT_A_DAY);
    assert!(events.may_keep(now.plus(DAY)), "another day");
}

#[test]
fn one_look_serves_all_messages_of_an_order() {
    let mut events = Events::default();
    for next in [event(1, 10), settled(1, 20), event(2, 15)] {
        events.put(record(next.clone()));
        events.want(next);
    }
    assert_eq!(events.waiting.len(), 2);
    let seen = EventLook::Seen {
        state: OrderState::Complete,
        at: Timestamp::from_secs(30),
    };
    events.looked(&event(1, 10), &seen);
    let view = events.view(ReceiverView::default());
    let looks: Vec<bool> = view.list.iter().map(|r| r.look == seen).collect();
    assert_eq!(looks, [true, false, true]);
}

#[test]
fn a_look_that_fails_is_made_three_times_at_most() {
    let mut events = Events::default();
    events.want(event(1, 1));
    let mut tries = 0;
    while let Some(wanted) = events.waiting.pop_front() {
        tries += 1;
        let again = events.want_again(wanted);
        assert_eq!(again, tries < 3);
    }
    assert_eq!(tries, 3);
}

#[test]
fn a_flood_of_refusals_is_counted_and_written_down_once_an_hour() {
    let mut events = Events::default();
    let start = Timestamp::from_secs(0);
    let written = (0..7_200_u64)
        .filter(|secs| events.refuse(PushRefusal::Signature, start.plus(Duration::from_secs(*secs))));
    assert_eq!(written.count(), 2);
    assert_eq!(events.refused(PushRefusal::Signature), 7_200);
    assert!(events.refuse(PushRefusal::Doctype, start));
}
