//! What people do: open files, send them, decide, take back, correct, and say *go on*. Files go through the
//! real `plan`, so that importing again is what the product makes of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use fahuo::domain::{
    Courier, CourierList, Decision, DeliveryMode, Draft, FileRow, Grant, Intent, Known, LogisticsType, Look,
    OrderAnswer, OrderNumber, ParcelDraft, PlanOptions, PlannedShipment, Prior, RowParcel, RowStatus, Rules,
    ShipmentId, State, Timestamp, TransactionId, Why, plan,
};

use super::effects::tells_of_others;
use super::mutants::Mutant;
use super::run::{Event, File, Run};
use super::scenario::Kind;
use super::server::transaction_id;

/// Corrections that people try in one schedule.
const CORRECTIONS: u32 = 4;

fn couriers() -> CourierList {
    CourierList::new(["YTO", "JD"].map(|id| Courier {
        id: id.into(),
        name: id.into(),
    }))
}

fn tracking(order: usize, edition: u32, parcel: usize) -> String {
    format!("YT{order}E{edition}P{parcel}")
}

impl Run {
    /// The moments at which a person opens files and looks at the window.
    pub fn plan_person(&mut self, desk: usize, boot: i64) {
        let until = self.scenario.start + self.scenario.faults_until;
        let edition = self.desks[desk].edition;
        let mut file = File {
            edition,
            whole: false,
            reship: false,
        };
        let moment = boot + self.rng.between(100, 10_000);
        self.at(moment, Event::Import(desk, file));
        for _ in 0..self.scenario.reimports {
            let moment = self.rng.between(boot, until.max(boot));
            file.whole = self.rng.chance(500);
            file.edition = if self.rng.chance(self.scenario.person / 2) {
                edition + 1
            } else {
                edition
            };
            file.reship = self.rng.chance(200) && file.edition != edition;
            self.at(moment, Event::Import(desk, file));
        }
        // The rest of what comes in parts.
        file = File {
            edition,
            whole: true,
            reship: false,
        };
        let moment = self.rng.between(boot, until.max(boot) + 20_000);
        self.at(moment, Event::Import(desk, file));
        self.at(boot + 3_000, Event::Visit(desk));
    }

    fn rows(&self, file: File) -> Vec<FileRow> {
        let mut rows = Vec::new();
        for (order, plan) in self.scenario.orders.iter().enumerate() {
            let (parcels, more) = match plan.kind {
                Kind::Unified => (1, false),
                Kind::Split => (2, false),
                Kind::Parts => (if file.whole { 2 } else { 1 }, !file.whole),
                Kind::Plain => (0, false),
            };
            let parcel = |parcel| RowParcel {
                courier: Some(String::from("YTO")),
                tracking_no: tracking(order, file.edition, parcel),
            };
            rows.push(FileRow {
                row: u32::try_from(order).unwrap_or(0) + 2,
                order_number: Some(transaction_id(order).as_str().to_owned()),
                parcels: (0..parcels).map(parcel).collect(),
                item_desc: Some(format!("茶叶{}", file.edition)),
                logistics_type: if parcels == 0 {
                    LogisticsType::Virtual
                } else {
                    LogisticsType::Express
                },
                split: parcels > 1 || more,
                more_follows: more,
                ..FileRow::default()
            });
        }
        rows
    }

    /// A person opens a file: orders are read, every row gets its verdict, and what is ready is sent a little
    /// later.
    pub fn import(&mut self, desk: usize, file: File) {
        if self.desks[desk].process.is_none() {
            return self.at(self.now + 20_000, Event::Import(desk, file));
        }
        let rows = self.rows(file);
        let mut orders: HashMap<OrderNumber, OrderAnswer> = HashMap::new();
        let mut priors: HashMap<TransactionId, Prior> = HashMap::new();
        for order in 0..rows.len() {
            let id = transaction_id(order);
            let stale = self.staleness();
            if let Ok(read) = self.read(order, self.now - stale) {
                let number = OrderNumber {
                    number: id.as_str().to_owned(),
                    mchid: None,
                };
                orders.insert(number, OrderAnswer::Found(Arc::new(read)));
            }
            if self.mutant != Mutant::Reimport && self.mutant != Mutant::NoGuard {
                let prior = self.desks[desk].journal.disk.prior(&id);
                priors.extend(prior.map(|prior| (id, prior)));
            }
        }
        let Some(process) = &self.desks[desk].process else {
            return;
        };
        let known = Known {
            orders: &|number| orders.get(number).cloned(),
            names_an_order: &|_| false,
            journal: &priors,
            columns: &[],
            couriers: &couriers(),
            options: &PlanOptions {
                reship: file.reship,
                ..PlanOptions::default()
            },
            now: process.local(self.now),
        };
        let planned = plan(&rows, &known).shipments;
        self.same_again(&planned, &priors);
        self.say(|| format!("desk {desk} opens {file:?}: {} to send", planned.len()));
        self.desks[desk].openings += 1;
        let (boot, opening) = (self.desks[desk].boots, self.desks[desk].openings);
        let (wait, hold) = (self.rng.between(200, 20_000), self.rng.pick(&[0, 0, 10_000]));
        self.at(self.now + wait, Event::Send(desk, boot, opening, planned, hold));
    }

    /// I7: what the journal has open or shipped is not planned again.
    fn same_again(&mut self, planned: &[PlannedShipment], priors: &HashMap<TransactionId, Prior>) {
        for shipment in planned {
            let Some(prior) = priors.get(shipment.intent.transaction_id()) else {
                continue;
            };
            let lives = matches!(
                prior.status,
                RowStatus::Queued
                    | RowStatus::Waiting
                    | RowStatus::Sending
                    | RowStatus::Unclear
                    | RowStatus::Shipped
            );
            // A new permission is a new wish.
            let granted = shipment.intent.reship().is_some();
            if lives && !granted && prior.fingerprint == shipment.intent.fingerprint() {
                self.violated(
                    "I7",
                    format!("{} is planned again", shipment.intent.transaction_id()),
                );
            }
        }
    }

    /// A person presses *send*.
    pub fn enqueue(&mut self, desk: usize, planned: &[PlannedShipment], hold: i64) {
        let (now, place) = (self.now, &mut self.desks[desk]);
        let Some(process) = &mut place.process else { return };
        if process.outbox.gates.store_failed {
            return;
        }
        let local = process.local(now);
        let not_before = local.plus(Duration::from_millis(hold.unsigned_abs()));
        let mut added = Vec::new();
        for shipment in planned {
            added.extend(
                place
                    .journal
                    .enqueue(&shipment.intent, shipment.deadline, local, not_before),
            );
        }
        if self.mutant == Mutant::NotAlone {
            for shipment in &mut added {
                shipment.since = Timestamp::default();
            }
        }
        process.outbox.add(added);
        self.owe(now + hold);
        self.pump(desk);
    }

    /// A person looks at the window and does what is to be done.
    pub fn visit(&mut self, desk: usize) {
        let since = self.now - (self.scenario.start + self.scenario.faults_until);
        let next = if since < 300_000 {
            self.rng.between(5_000, 30_000)
        } else {
            since / 4
        };
        self.at(self.now + next, Event::Visit(desk));
        let now = self.now;
        let busy = since < 0;
        let chance = if busy { self.scenario.person } else { 0 };
        let (pauses, corrects) = (self.rng.chance(chance / 10), self.rng.chance(chance / 2));
        let Some(process) = &mut self.desks[desk].process else {
            return;
        };
        let local = process.local(now);
        let was_reset = process.outbox.resume(local);
        process.outbox.gates.paused = pauses;
        let clocks = process.now(now);
        if was_reset {
            self.desks[desk].journal.rests.clear(); // a person says that the quota is whole again
        }
        self.refresh(desk);
        let Some(process) = &mut self.desks[desk].process else {
            return;
        };
        let ids: Vec<(ShipmentId, State, TransactionId)> = process
            .outbox
            .newest_first()
            .map(|s| (s.id, s.state.clone(), s.intent.transaction_id().clone()))
            .collect();
        for (id, state, order) in ids {
            let order = self.order_of(&order);
            let decision = self.rng.pick(&[
                Decision::TryAgain,
                Decision::TryAgain,
                Decision::AcceptAsItIs,
                Decision::Drop,
            ]);
            let (decides, cancels) = (self.rng.chance(chance), self.rng.chance(chance / 10));
            // A colleague's order: asked again, given up, or taken over.
            let decision = match (&state, &mut self.folder) {
                (State::NeedsPerson(Why::ClaimedElsewhere(_)), Some(folder)) => {
                    folder
                        .rng
                        .pick(&[Decision::TakeOver, Decision::TryAgain, Decision::Drop])
                }
                _ => decision,
            };
            let Some(process) = &mut self.desks[desk].process else {
                return;
            };
            let done = match state {
                State::NeedsPerson(_) | State::Rejected(_) if decides => {
                    process.outbox.decide(id, decision, clocks)
                }
                State::Queued | State::Waiting if cancels => process.outbox.cancel(id, clocks),
                _ => continue,
            };
            if let Ok(effects) = done {
                if tells_of_others(&state) {
                    let told = (self.desks[desk].owner, order);
                    self.reported.insert(told);
                }
                self.owe(now + 60_000);
                self.say(|| format!("desk {desk}: a person decides about {id:?} ({decision:?} or cancel)"));
                self.perform(desk, effects);
            }
        }
        if corrects && self.corrections < CORRECTIONS {
            self.correct(desk);
        }
        self.pump(desk);
    }

    /// The list of orders is read anew.
    pub fn refresh(&mut self, desk: usize) {
        if self.mutant == Mutant::NotSeen {
            return;
        }
        let now = self.now;
        for order in 0..self.scenario.orders.len() {
            let stale = self.staleness();
            let Ok(read) = self.read(order, now - stale) else {
                continue;
            };
            let Some(process) = &mut self.desks[desk].process else {
                return;
            };
            let clocks = process.now(now);
            let effects = process.outbox.seen(&read, clocks);
            self.perform(desk, effects);
        }
    }

    /// How old what a read shows is.
    fn staleness(&mut self) -> i64 {
        if self.troubled() && self.rng.chance(self.scenario.stale) {
            self.rng.between(0, 10_000)
        } else {
            0
        }
    }

    /// A person corrects a shipped order from the form, mostly with the permission that this needs.
    fn correct(&mut self, desk: usize) {
        let order = self.rng.index(self.scenario.orders.len());
        let stale = self.staleness();
        let Ok(read) = self.read(order, self.now - stale) else {
            return;
        };
        let grants = self.rng.chance(800);
        if grants && (read.corrections_left() == 0 || read.shipping.parcels.is_empty()) {
            return;
        }
        self.corrections += 1;
        let place = &mut self.desks[desk];
        let Some(process) = &mut place.process else { return };
        let local = process.local(self.now);
        let look = Look::of(&read, local);
        let grant = Grant {
            at: local,
            seen: look.parcels,
            seen_finish_count: look.finish_count,
        };
        let draft = Draft {
            transaction_id: read.transaction_id.as_str().to_owned(),
            delivery_mode: DeliveryMode::Unified,
            parcels: vec![ParcelDraft {
                courier: String::from("YTO"),
                tracking_no: tracking(order, 50 + self.corrections, 0),
                item_desc: String::from("茶叶"),
                ..ParcelDraft::default()
            }],
            reship: grants.then_some(grant),
            ..Draft::default()
        };
        let rules = Rules {
            max_parcels: 10,
            couriers: Some(&couriers()),
        };
        let Ok((intent, _)) = Intent::check(&draft, &rules) else {
            return;
        };
        if process.outbox.gates.store_failed {
            return;
        }
        let mut queued = place.journal.enqueue(&intent, read.deadline(), local, local);
        if let Some(queued) = queued.as_mut().filter(|_| self.mutant == Mutant::NotAlone) {
            queued.since = Timestamp::default();
        }
        process.outbox.add(queued);
        self.owe(self.now);
        self.say(|| format!("desk {desk}: a person corrects order {order}, permission {grants}"));
    }
}
