//! Cases of the outbox's model; beside it, because it is long enough without them.

use std::time::Duration;

use super::*;
use crate::domain::{CallFailure, Doubt, Draft, FailureKind, Intent, ParcelDraft, Refusal, Rules, Timestamp};

const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);

fn shipment(id: i64, state: State) -> Arc<Shipment> {
    let draft = Draft {
        transaction_id: format!("420000{id}"),
        complete: true,
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: format!("785{id}"),
            item_desc: "茶".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let mut shipment = Shipment::queued(ShipmentId(id), Arc::new(intent), NOW, NOW, NOW);
    shipment.state = state;
    Arc::new(shipment)
}

fn doubt() -> Doubt {
    Doubt::Failure(CallFailure::of(FailureKind::NoAnswer))
}

fn refusal() -> Refusal {
    Refusal {
        errcode: 10_060_004,
        rid: None,
        refunded: false,
    }
}

fn outbox() -> Arc<Outbox> {
    let rows = vec![
        shipment(1, State::Queued),
        shipment(2, State::Unclear(doubt())),
        shipment(3, State::NeedsPerson(Why::Ambiguous)),
        shipment(4, State::Shipped { found: true }),
        shipment(5, State::Rejected(refusal())),
        shipment(6, State::Waiting),
        shipment(7, State::Cancelled),
    ];
    Arc::new(Outbox {
        queued: 1,
        unclear: 1,
        needs_person: 1,
        rejected: 1,
        waiting: 1,
        // None in this run.
        shipped: 0,
        shipped_held: 1,
        cancelled: 1,
        rows: rows.into(),
        ..Outbox::default()
    })
}

#[track_caller]
fn check(filter: Filter, expected: &[i64]) {
    let outbox = outbox();
    let mut model = Model {
        filter,
        ..Model::default()
    };
    let ids: Vec<i64> = model
        .visible(&outbox, &CourierList::default())
        .iter()
        .map(|shipment| shipment.id.0)
        .collect();
    assert_eq!(ids, expected, "{filter:?}");
    assert_eq!(filter.count(&outbox), expected.len(), "{filter:?}");
}

#[test]
fn a_counter_shows_what_it_counts_and_what_needs_a_person_comes_first() {
    check(Filter::All, &[3, 5, 2, 1, 6, 4, 7]);
    check(Filter::NeedsPerson, &[3, 5]);
    check(Filter::Unclear, &[2]);
    check(Filter::Queued, &[1]);
    check(Filter::Waiting, &[6]);
    check(Filter::Shipped, &[4]);
    check(Filter::Sending, &[]);
}

#[test]
fn only_decisions_that_the_state_machine_takes_are_offered() {
    use crate::domain::{Event, Now, Policy, transition::next};
    let now = Now {
        local: NOW,
        server: NOW,
    };
    let whys = [
        Why::ShippedElsewhere,
        Why::Ambiguous,
        Why::Unproven,
        Why::Race,
        Why::ThreeAttempts,
        Why::NotVisible,
        Why::TimeNotAccepted,
        Why::StateUnknown,
        Why::RecordDamaged,
    ];
    let states = whys.map(State::NeedsPerson).into_iter().chain([
        State::Rejected(refusal()),
        State::Queued,
        State::Waiting,
        State::Sending,
        State::Unclear(doubt()),
        State::Shipped { found: false },
        State::Cancelled,
    ]);
    for state in states {
        let shipment = shipment(9, state.clone());
        for decision in decisions(&state) {
            let event = Event::Decided(*decision);
            assert!(
                next(&shipment, event, now, &Policy::default()).is_ok(),
                "{state:?}"
            );
        }
        let cancelled = next(&shipment, Event::Cancelled, now, &Policy::default()).is_ok();
        assert_eq!(can_cancel(&state), cancelled, "{state:?}");
    }
}

#[test]
fn an_unclear_shipment_says_when_it_is_looked_at_again() {
    let mut later = (*shipment(1, State::Unclear(doubt()))).clone();
    later.not_before = Timestamp::parse("2026-11-21T14:06:00+08:00").unwrap();
    let now = later.not_before.minus(Duration::from_millis(20_400));
    let outbox = Outbox::default();
    let (words, changes) = next_step(&later, &outbox, None, Lang::En, now);
    assert_eq!(words, "In 21 s (14:06:00): looked at again");
    assert_eq!(
        changes,
        Some(Duration::from_millis(400)),
        "painted again when it says 20 s"
    );
    let (due, changes) = next_step(&later, &outbox, None, Lang::En, later.not_before);
    assert!(!due.contains("14:06") && changes.is_none(), "{due}");
}

#[test]
fn a_queued_shipment_does_not_promise_to_be_sent_while_the_gate_is_shut() {
    let queued = shipment(1, State::Queued);
    let say = |gate| {
        let outbox = Outbox {
            gate,
            ..Outbox::default()
        };
        next_step(&queued, &outbox, None, Lang::En, NOW).0
    };
    assert_ne!(say(Gate::Open), say(Gate::Paused));
}

#[test]
fn a_place_in_the_line_is_only_given_when_the_whole_line_is_known() {
    let mut first = (*shipment(8, State::Queued)).clone();
    first.deadline = NOW.minus(Duration::from_hours(1));
    let second = shipment(2, State::Queued);
    let of = |queued| {
        let rows = vec![
            Arc::clone(&second),
            Arc::new(first.clone()),
            shipment(3, State::Waiting),
        ];
        let outbox = Arc::new(Outbox {
            queued,
            rows: rows.into(),
            calls_per_sec: 2.0,
            ..Outbox::default()
        });
        let mut model = Model::default();
        model.visible(&outbox, &CourierList::default());
        model
    };
    let place = |place, secs| Some(Place { place, secs });
    assert_eq!(
        of(2).place(&first),
        place(1, Some(1)),
        "the earlier deadline goes first"
    );
    assert_eq!(of(2).place(&second), place(2, Some(2)));
    assert_eq!(of(2).place(&shipment(3, State::Waiting)), None);
    assert_eq!(of(2_000).place(&second), None);
}

#[test]
fn every_gate_but_the_open_one_says_why_nothing_is_sent() {
    let until = NOW.plus(Duration::from_secs(42));
    let gates = [
        Gate::Paused,
        Gate::Interrupted,
        Gate::Holding { until },
        Gate::Quarantine { until },
        Gate::Account(CallFailure::of(FailureKind::WrongSecret)),
        Gate::DailyQuota { until },
        Gate::Recovering { until },
        Gate::StoreFailed,
    ];
    for lang in Lang::ALL {
        assert!(gate(&Outbox::default(), lang, NOW).is_none());
        for shut in &gates {
            let outbox = Outbox {
                gate: shut.clone(),
                queued: 12_547,
                ..Outbox::default()
            };
            let words = gate(&outbox, lang, NOW).unwrap();
            assert!(
                !words.title.is_empty() && !words.title.starts_with("outbox-"),
                "{shut:?}"
            );
            assert!(
                !words.detail.is_empty() && !words.detail.starts_with("outbox-"),
                "{shut:?}"
            );
        }
    }
}
