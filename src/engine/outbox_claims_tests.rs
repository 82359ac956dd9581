//! The team's folder before every send: whose an order is, what its silence stops, what a person may do.

use super::super::outbox::tests::{at, letters, order, outbox, shipment};
use super::*;

const OURS: ClaimAnswer = ClaimAnswer::Ours { taken_over: false };
const ID: ShipmentId = ShipmentId(1);

fn team(shipments: impl IntoIterator<Item = Shipment>) -> Outbox {
    let mut outbox = outbox(shipments);
    outbox.team = Team::new(TeamMode::Claiming, false);
    outbox
}

fn colleague() -> Claimant {
    Claimant {
        pc: "other".into(),
        ..Claimant::default()
    }
}

#[test]
fn an_order_is_claimed_then_looked_at_then_sent() {
    let mut outbox = team([shipment(1, 0)]);
    assert_eq!(letters(&outbox.pump(at(0)).0), "c");
    assert_eq!(letters(&outbox.claimed(ID, OURS, at(1))), "rl");
    assert_eq!(letters(&outbox.looked(ID, Ok(order(1, false)), at(2))), "sru");
}

#[test]
fn what_the_folder_said_long_ago_is_asked_again() {
    let mut outbox = team([shipment(1, 0)]);
    outbox.pump(at(0));
    outbox.claimed(ID, OURS, at(1));
    assert_eq!(letters(&outbox.looked(ID, Ok(order(1, false)), at(61))), "s");
    assert_eq!(letters(&outbox.pump(at(62)).0), "c");
}

#[test]
fn a_colleagues_order_is_for_a_person_and_is_sent_late_after_it_was_taken_over() {
    let mut outbox = team([shipment(1, 0)]);
    outbox.pump(at(0));
    assert_eq!(
        letters(&outbox.claimed(ID, ClaimAnswer::Theirs(colleague()), at(1))),
        "r"
    );
    let claimed = State::NeedsPerson(Why::ClaimedElsewhere(colleague()));
    assert_eq!(outbox.get(ID).unwrap().state, claimed);
    outbox.decide(ID, Decision::TakeOver, at(2)).unwrap();
    let (effects, _) = outbox.pump(at(3));
    assert!(
        matches!(effects.as_slice(), [Effect::Claim(_, _, Some(from))] if *from == colleague()),
        "{effects:?}"
    );
    let taken = ClaimAnswer::Ours { taken_over: true };
    assert_eq!(
        letters(&outbox.claimed(ID, taken.clone(), at(4))),
        "r",
        "no look yet"
    );
    assert_eq!(letters(&outbox.pump(at(123)).0), "");
    assert_eq!(letters(&outbox.pump(at(124)).0), "c");
    assert_eq!(letters(&outbox.claimed(ID, taken, at(125))), "l");
}

#[test]
fn a_folder_that_is_away_stops_sends_alone_and_is_asked_again_by_itself() {
    let mut doubtful = shipment(3, 0);
    doubtful.state = State::Sending;
    let mut outbox = team([shipment(1, 0), shipment(2, 1)]);
    outbox.restart(vec![doubtful], at(0));
    outbox.pump(at(0));
    let away = ClaimAnswer::Blocked(ClaimsTrouble::Unreachable);
    assert_eq!(letters(&outbox.claimed(ID, away.clone(), at(1))), "");
    outbox.claimed(ShipmentId(2), away, at(1));
    assert_eq!(
        outbox.team.trouble().map(|(_, until, tries)| (until, tries)),
        Some((at(6).local, 1))
    );
    assert_eq!(letters(&outbox.pump(at(5)).0), "l", "the unclear one");
    assert_eq!(letters(&outbox.pump(at(6)).0), "c", "one asks for all");
    outbox.claimed(ID, OURS, at(7));
    assert_eq!(outbox.team.trouble(), None);
    outbox.team_is(&Team::new(TeamMode::NoKey, true));
    assert_eq!(outbox.team.trouble(), None, "a person goes on without claims");
}

#[test]
fn an_order_that_was_taken_back_goes_back_to_the_team_before_it_is_asked_for_again() {
    let first = shipment(1, 0);
    let mut outbox = team([first.clone()]);
    assert_eq!(letters(&outbox.cancel(ID, at(1)).unwrap()), "rx");
    let again = Shipment::queued(
        ShipmentId(2),
        Arc::clone(&first.intent),
        first.deadline,
        at(2).local,
        at(2).local,
    );
    outbox.add([again]);
    assert_eq!(letters(&outbox.pump(at(3)).0), "");
    outbox.released(first.intent.transaction_id());
    assert_eq!(letters(&outbox.pump(at(5)).0), "c");
}
