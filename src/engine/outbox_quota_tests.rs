//! A storm of busy answers, and a day whose quota is used up, in virtual time.

use std::collections::{BTreeMap, BTreeSet};

use super::super::outbox::tests::{at, order, outbox, shipment, upload};
use super::*;
use crate::domain::{Answer, Doubt, Hold, Policy, Shipment, ShipmentId, State};
use crate::engine::pace::Limits;

#[test]
fn the_quota_of_uploads_does_not_stop_looks_at_what_is_unclear() {
    let mut sending = shipment(1, 0);
    sending.state = State::Sending;
    let mut outbox = outbox([]);
    outbox.restart(vec![sending, shipment(2, 0)], at(0));
    outbox.gates.quotas.keep(Api::Upload, at(9000).server, at(0));
    assert!(matches!(
        outbox.pump(at(3)).0.as_slice(),
        [Effect::Look(ShipmentId(1), _)]
    ));
    assert!(outbox.resume(at(4).local));
    assert!(matches!(
        outbox.pump(at(4)).0.as_slice(),
        [Effect::Look(ShipmentId(2), _)]
    ));
}

/// What the pretended WeChat does.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Fine,
    /// -1 to everything.
    Busy,
    /// 45009 to uploads.
    NoMoreUploads,
}

/// A WeChat and a computer that lose nothing but what is in flight when the program dies.
struct World {
    outbox: Outbox,
    disk: BTreeMap<ShipmentId, Shipment>,
    rests: BTreeMap<Api, Timestamp>,
    shipped: BTreeSet<ShipmentId>,
    calls: Vec<(Api, i64)>,
    under_way: Vec<(i64, Api, ShipmentId, Mood)>,
    millis: i64,
}

const ANSWERS_IN_MILLIS: i64 = 100;

impl World {
    fn with(count: i64) -> Self {
        let shipments: Vec<Shipment> = (1..=count).map(|id| shipment(id, id)).collect();
        Self {
            outbox: outbox(shipments.clone()),
            disk: shipments.into_iter().map(|s| (s.id, s)).collect(),
            rests: BTreeMap::new(),
            shipped: BTreeSet::new(),
            calls: Vec::new(),
            under_way: Vec::new(),
            millis: 0,
        }
    }

    fn now(&self) -> Now {
        let moment = Timestamp::from_millis(at(0).local.millis() + self.millis);
        Now {
            local: moment,
            server: moment,
        }
    }

    /// The program dies and is started again.
    fn restart(&mut self) {
        let now = self.now();
        self.under_way.clear();
        self.outbox = Outbox::new(Policy::default(), Limits::WECHAT, now.local);
        for (api, until) in &self.rests {
            self.outbox.gates.quotas.keep(*api, *until, now);
        }
        let open = self
            .disk
            .values()
            .filter(|s| s.state.is_open())
            .cloned()
            .collect();
        let effects = self.outbox.restart(open, now);
        self.perform(effects, Mood::Fine);
    }

    fn perform(&mut self, effects: Vec<Effect>, mood: Mood) {
        for effect in effects {
            let (api, id) = match effect {
                Effect::Record(shipment, _) => {
                    self.disk.insert(shipment.id, Shipment::clone(&shipment));
                    continue;
                }
                Effect::Pause(api, until) => {
                    self.rests.insert(api, until);
                    continue;
                }
                Effect::Seen(_) | Effect::Claim(..) | Effect::Release(_) | Effect::UploadCombined(..) => {
                    continue;
                }
                Effect::Look(id, _) => (Api::GetOrder, id),
                Effect::Upload(id, _) => (Api::Upload, id),
            };
            self.calls.push((api, self.millis));
            if api == Api::Upload && mood == Mood::Fine {
                assert!(self.shipped.insert(id), "{id:?} was shipped twice");
            }
            self.under_way
                .push((self.millis + ANSWERS_IN_MILLIS, api, id, mood));
        }
    }

    /// Lets `secs` seconds pass.
    fn pass(&mut self, secs: i64, mood: Mood) {
        let end = self.millis + secs * 1000;
        while self.millis < end {
            let (_, next) = self.step(mood);
            let next = next.map_or(end, |at| at.millis() - at_zero());
            let answer = self.under_way.iter().map(|call| call.0).min().unwrap_or(end);
            self.millis = next.min(answer).max(self.millis + 1).min(end);
        }
    }

    fn step(&mut self, mood: Mood) -> (usize, Option<Timestamp>) {
        let due: Vec<_> = self
            .under_way
            .extract_if(.., |call| call.0 <= self.millis)
            .collect();
        for (_, api, id, then) in due {
            let busy = CallFailure::of(FailureKind::Busy);
            let now = self.now();
            let effects = match (api, then) {
                (Api::Upload, Mood::Fine) => self.outbox.answered(id, upload(Answer::Accepted), now),
                (Api::Upload, Mood::Busy) => {
                    let doubt = Answer::Unclear(Doubt::Failure(busy));
                    self.outbox.answered(id, upload(doubt), now)
                }
                (Api::Upload, Mood::NoMoreUploads) => {
                    self.outbox
                        .answered(id, upload(Answer::NotProcessed(Hold::Day)), now)
                }
                (_, Mood::Busy) => self.outbox.looked(id, Err(busy), now),
                (_, Mood::Fine | Mood::NoMoreUploads) => {
                    let shown = order(id.0, self.shipped.contains(&id));
                    self.outbox.looked(id, Ok(shown), now)
                }
            };
            self.perform(effects, mood);
        }
        let now = self.now();
        let (effects, next) = self.outbox.pump(now);
        let count = effects.len();
        self.perform(effects, mood);
        (count, next)
    }

    fn calls_of(&self, wanted: Api) -> usize {
        self.calls.iter().filter(|(api, _)| *api == wanted).count()
    }
}

fn at_zero() -> i64 {
    at(0).local.millis()
}

#[test]
fn ten_minutes_of_busy_answers_cost_few_calls_and_end_by_themselves() {
    // In the middle of a batch, so that uploads and looks are in flight when it begins.
    let mut world = World::with(300);
    world.pass(10, Mood::Fine);
    let before = world.calls.len();
    assert!(world.shipped.len() > 10, "the batch was under way");
    world.pass(600, Mood::Busy);
    let in_storm = world.calls.len() - before;
    assert!((2..=40).contains(&in_storm), "{in_storm} calls in ten minutes");
    world.pass(1200, Mood::Fine);
    assert_eq!(world.shipped.len(), 300);
    assert!(world.outbox.is_idle(), "it went on by itself");
}

#[test]
fn a_used_up_day_costs_no_call_more_than_were_in_flight_over_three_restarts() {
    let mut world = World::with(300);
    world.pass(10, Mood::Fine);
    let before = world.calls_of(Api::Upload);
    world.pass(60, Mood::NoMoreUploads);
    for _ in 0..3 {
        world.restart();
        world.pass(300, Mood::NoMoreUploads);
    }
    let refused = world.calls_of(Api::Upload) - before;
    assert!(
        (1..=16).contains(&refused),
        "{refused} uploads after the quota was used up"
    );
    let midnight = at(10).server.next_china_midnight().millis() - at_zero();
    let to_midnight = (midnight - world.millis) / 1000;
    world.pass(to_midnight, Mood::NoMoreUploads);
    assert_eq!(
        world.calls_of(Api::Upload) - before,
        refused,
        "not one before midnight"
    );
    world.pass(900, Mood::Fine);
    assert_eq!(world.shipped.len(), 300);
    assert!(world.outbox.is_idle(), "it went on by itself");
    let resumed = world.calls.iter().filter(|(_, millis)| *millis > midnight);
    assert!(
        resumed.clone().all(|(_, millis)| *millis > midnight + 60_000),
        "not on the stroke"
    );
}

#[test]
fn the_last_calls_of_a_day_are_kept_for_looks() {
    let mut world = World::with(40);
    let quota = |remain| Quota {
        daily_limit: 1000,
        used: 1000 - remain,
        remain,
        rate: None,
    };
    world.outbox.know_quota(Api::Upload, quota(12), at(0));
    world.outbox.know_quota(Api::GetOrder, quota(900), at(0));
    world.pass(60, Mood::Fine);
    // One less for each upload that was in flight when it stopped: it might have to be sent again.
    let shipped = world.shipped.len();
    assert!((8..12).contains(&shipped), "{shipped}");
    assert!(world.rests.contains_key(&Api::Upload), "kept over restarts");
    let open = |s: &&Shipment| matches!(s.state, State::Queued);
    assert_eq!(world.disk.values().filter(open).count(), 40 - shipped);
}

#[test]
fn a_limit_that_wechat_names_bounds_the_pace() {
    let mut outbox = outbox([]);
    let rate = crate::wechat::RateLimit {
        calls: 60,
        period_secs: 60,
    };
    outbox.know_quota(
        Api::Upload,
        Quota {
            daily_limit: 1000,
            used: 0,
            remain: 1000,
            rate: Some(rate),
        },
        at(0),
    );
    assert!(outbox.per_sec() <= OUR_SHARE);
}
