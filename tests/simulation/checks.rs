//! The invariants of reliability 2.9: some before every send, the rest when everything is quiet.

use std::collections::BTreeMap;

use fahuo::domain::{Decision, Intent, LogisticsType, Shipment, ShipmentId, State, Why};
use fahuo::store::JournalEntry;

use super::calls::sha;
use super::desk::Shown;
use super::run::Run;
use super::server::{By, Commit};
use super::wire::{Reply, Request};

/// After the last trouble, an order is decided within quiet time, second look and some slack (I14). The slack
/// covers a person's next visit and the slowest pace.
const DECIDED_WITHIN: i64 = 100_000 + 60_000;

/// What must hold when an upload is about to leave.
pub fn before_a_send(run: &mut Run, request: &Request, shipment: &Shipment, shown: Option<&Shown>) {
    let disk = &run.desks[request.desk].journal.disk;
    let told = disk.last_line(request.shipment).cloned();
    let hash = sha(&request.body);
    let durable = told.as_ref().is_some_and(|line| {
        matches!(&*line.entry, JournalEntry::Sending { attempt, body_sha256, .. }
            if *attempt == shipment.attempts && *body_sha256 == hash)
    });
    if !durable {
        run.violated(
            "I4",
            format!("{:?} leaves without a durable intent", request.shipment),
        );
    }
    if let Some(line) = told.filter(|_| durable)
        && !run.left.insert((request.lineage, line.seq))
    {
        run.violated(
            "I4",
            format!("{:?} leaves twice for one intent", request.shipment),
        );
    }
    if let Some(grant) = shipment.intent.reship() {
        let holds =
            shown.is_some_and(|s| s.parcels == grant.seen && s.finish_count == grant.seen_finish_count);
        if !holds {
            run.violated(
                "I11",
                format!("{:?} spends a permission for another view", request.shipment),
            );
        }
    }
    of_the_order(run, request);
}

/// I5 and I6: what other requests for the same order say about this one.
pub fn of_the_order(run: &mut Run, request: &Request) {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let others = run.requests.iter().enumerate();
    for (index, other) in others.filter(|(_, o)| o.owner == request.owner && o.order == request.order) {
        let under_way = other.arrives_at.is_some_and(|arrives| arrives >= run.now)
            || (!other.answered && other.boot == request.boot && other.desk == request.desk);
        if under_way {
            found.push((
                "I5",
                format!("order {}: request {index} is still under way", request.order),
            ));
        }
        let same_wish = (other.lineage, other.shipment, other.epoch)
            == (request.lineage, request.shipment, request.epoch);
        if same_wish && other.body != request.body {
            found.push((
                "I6",
                format!("{:?} is sent again with other bytes", request.shipment),
            ));
        }
        let landed = other.errcode == Some(0);
        if !same_wish && landed && request.upload_millis <= other.upload_millis {
            found.push((
                "I6",
                format!("order {}: a stamp that is not later", request.order),
            ));
        }
    }
    for (invariant, text) in found {
        run.violated(invariant, text);
    }
}

/// What must hold when faults are over and everything is quiet.
pub fn at_the_end(run: &mut Run) {
    let mut found = Vec::new();
    committed_once(run, &mut found);
    nothing_open(run, &mut found);
    states_are_true(run, &mut found);
    races_are_told(run, &mut found);
    for (invariant, text) in found {
        run.violated(invariant, text);
    }
}

type Found = Vec<(&'static str, String)>;

fn ours(run: &Run, commit: &Commit) -> Option<usize> {
    match commit.by {
        By::Us(request) => Some(request).filter(|request| *request < run.requests.len()),
        By::Foreign => None,
    }
}

/// I1: every wish is carried out once, and nobody spends the re-shipment without a permission. The one thing
/// that no client can prevent: somebody else ships between what our last look showed and our commit.
fn committed_once(run: &Run, found: &mut Found) {
    for (order, known) in run.server.orders.iter().enumerate() {
        let mut wishes: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (nth, commit) in known.commits.iter().enumerate() {
            let Some(index) = ours(run, commit) else { continue };
            let request = &run.requests[index];
            let times = wishes.entry((request.owner, &request.wish)).or_default();
            *times += 1;
            if *times > 1 {
                found.push((
                    "I1",
                    format!("order {order}: a wish was carried out {times} times"),
                ));
            }
            let since = request.looked_as_of.unwrap_or(request.sent_at);
            let in_the_window = known.commits[..nth].iter().any(|before| {
                let other = ours(run, before).is_none_or(|other| run.requests[other].owner != request.owner);
                other && before.at >= since
            });
            // Computers that claim never meet, however close they come.
            let colleague = run.folder.is_some()
                && known.commits[..nth].iter().any(|before| {
                    ours(run, before).is_some_and(|other| run.requests[other].owner != request.owner)
                });
            if colleague && commit.reship && !request.granted {
                found.push(("I1", format!("order {order}: two computers of a team sent it")));
            }
            if commit.reship && !request.granted && !in_the_window {
                found.push((
                    "I1",
                    format!("order {order}: the re-shipment was spent without a permission"),
                ));
            }
        }
    }
}

/// I2 and I14: nothing is left open, and not for longer than faults and pauses explain. I10: the counts of the
/// window are those of the journal.
fn nothing_open(run: &Run, found: &mut Found) {
    if !run.violations.is_empty() {
        return;
    }
    for (desk, place) in run.desks.iter().enumerate() {
        for shipment in place
            .journal
            .disk
            .shipments
            .values()
            .filter(|s| s.state.is_open())
        {
            found.push((
                "I2",
                format!("desk {desk}: {:?} stays {}", shipment.id, shipment.state.word()),
            ));
        }
        let Some(process) = &place.process else { continue };
        for word in [
            "queued",
            "waiting",
            "sending",
            "unclear",
            "shipped",
            "rejected",
            "needs_person",
            "cancelled",
        ] {
            let kept = place
                .journal
                .disk
                .shipments
                .values()
                .filter(|s| s.state.word() == word)
                .count();
            if kept != process.outbox.count(word) {
                let shown = process.outbox.count(word);
                found.push((
                    "I10",
                    format!("desk {desk}: {shown} shown as {word}, {kept} kept"),
                ));
            }
        }
    }
    let late = run.busy_at - run.owed_until;
    if late > DECIDED_WITHIN {
        found.push(("I14", format!("decided {} s after the last trouble", late / 1000)));
    }
}

/// I3: what a person is told is so.
fn states_are_true(run: &Run, found: &mut Found) {
    for (desk, place) in run.desks.iter().enumerate() {
        let disk = &place.journal.disk;
        for shipment in disk.shipments.values() {
            let decided = disk.last_line(shipment.id).and_then(|line| match &*line.entry {
                JournalEntry::Decided { decision } => Some(*decision),
                _ => None,
            });
            let order = run.order_of(shipment.intent.transaction_id());
            let commits = &run.server.orders[order].commits;
            let own = (disk.lineage, shipment.id, disk.epoch(shipment.id));
            let carried_out = commits.iter().any(|commit| {
                ours(run, commit).is_some_and(|index| {
                    let request = &run.requests[index];
                    (request.lineage, request.shipment, request.epoch) == own
                })
            });
            let untrue = match &shipment.state {
                State::Shipped { .. } => {
                    decided != Some(Decision::AcceptAsItIs)
                        && !commits.iter().any(|c| holds(c, &shipment.intent))
                }
                State::Rejected(refusal) => !refusal.refunded && (carried_out || was_no_no(run, own)),
                // What may have been sent is taken back with a word about that.
                State::Cancelled => carried_out && decided.is_none() && !shipment.may_have_been_sent(),
                State::NeedsPerson(why) => {
                    carried_out && matches!(why, Why::ThreeAttempts | Why::NotVisible | Why::TimeNotAccepted)
                }
                State::Queued | State::Waiting | State::Sending | State::Unclear(_) => false,
            };
            if untrue {
                let state = &shipment.state;
                found.push(("I3", format!("desk {desk}, order {order}: {state:?} is not true")));
            }
        }
    }
}

/// The server's own last answer to a shipment spoke of the order's state: that is no no (reliability 2.3).
fn was_no_no(run: &Run, own: (u64, ShipmentId, usize)) -> bool {
    let asked = run.requests.iter().rev();
    let last = asked
        .filter(|request| (request.lineage, request.shipment, request.epoch) == own)
        .find(|request| request.answered);
    last.is_some_and(|request| {
        let compares = matches!(
            request.errcode,
            Some(10_060_002 | 10_060_003 | 10_060_023 | 268_485_216)
        );
        compares && matches!(request.reply, Reply::Own)
    })
}

/// A commit holds what an intent asks for.
fn holds(commit: &Commit, intent: &Intent) -> bool {
    if intent.logistics_type() != LogisticsType::Express {
        // Two texts for the same delivery without a courier are told apart by the time alone, or not at all.
        return commit.logistics_type == intent.logistics_type().code();
    }
    intent.parcel_ids().is_subset(&commit.parcels) && (commit.complete || !intent.completes())
}

/// I15: when we shipped over what somebody else had shipped, a person is told.
fn races_are_told(run: &Run, found: &mut Found) {
    for (order, known) in run.server.orders.iter().enumerate() {
        for (nth, commit) in known.commits.iter().enumerate() {
            let Some(index) = ours(run, commit) else { continue };
            let request = &run.requests[index];
            if request.granted || !commit.reship {
                continue; // a person saw it, or it goes on with an unfinished order
            }
            let before = known.commits[..nth].last();
            let colleague = before
                .and_then(|before| ours(run, before))
                .map(|other| run.requests[other].owner)
                .filter(|owner| *owner != request.owner);
            // The same parcels from somebody else are no loss to anybody but the chance.
            let over_others = before.is_some_and(|before| {
                before.parcels != commit.parcels
                    && ours(run, before).is_none_or(|other| run.requests[other].owner != request.owner)
            });
            // Two computers of one account that do not talk: one of them says so, whatever the parcels are.
            let told = |owner: usize| run.reported.contains(&(owner, order));
            let silent = colleague.is_some_and(|other| !told(other) && !told(request.owner));
            let lost_folder = run.desks[request.desk].journal.disk.lineage != request.lineage;
            let refunded = known.view.state == 5; // nobody cares any more, and nothing else is shown
            let untold = over_others && !told(request.owner) || silent;
            if untold && !lost_folder && !refunded {
                found.push((
                    "I15",
                    format!("order {order}: shipped over somebody else, silently"),
                ));
            }
        }
    }
}
