//! What a seed means: which orders, which faults, how often, and until when. Apart from the run so that a
//! printed scenario explains a failure.

use super::rng::Rng;

/// How an order is to be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One parcel.
    Unified,
    /// Two parcels at once.
    Split,
    /// One parcel now, and a later file with both.
    Parts,
    /// No courier.
    Plain,
}

/// One order and what others do to it. Moments are milliseconds after the start.
#[derive(Clone, Debug)]
pub struct OrderPlan {
    /// How it is delivered.
    pub kind: Kind,
    /// WeChat shows it from here on.
    pub visible_at: i64,
    /// Somebody else ships it, unless it is finished by then.
    pub foreign_at: Option<i64>,
    /// It is refunded.
    pub refund_at: Option<i64>,
    /// The buyer confirms the receipt, once it is shipped.
    pub confirm_at: Option<i64>,
}

/// What the documents leave open about the server (contract U-1 to U-4, C-30), and what we assume at worst.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five open questions, each with two answers"
)]
pub struct Rules {
    /// An `upload_time` that is not later than the last one is refused with 268485216.
    pub time_rule: bool,
    /// The same content again is refused with 10060023; else it spends the re-shipment.
    pub refuses_unchanged: bool,
    /// Parcels show our `upload_time`; else the server's clock.
    pub echoes_time: bool,
    /// A second list is added to an unfinished one; else it takes its place.
    pub union: bool,
    /// An unfinished split order is shown as shipped.
    pub partial_is_shipped: bool,
}

/// One schedule. Chances are in a thousand.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// WeChat's time at the start.
    pub start: i64,
    /// The orders.
    pub orders: Vec<OrderPlan>,
    /// Computers that ship the same orders.
    pub desks: usize,
    /// Milliseconds after the start from which on nothing new goes wrong.
    pub faults_until: i64,
    /// An upload meets a fault.
    pub upload_faults: u64,
    /// A read meets a fault.
    pub read_faults: u64,
    /// A read is served by a copy that lags up to ten seconds.
    pub stale: u64,
    /// The process dies at a boundary between effects.
    pub crash: u64,
    /// Deaths at any time.
    pub random_crashes: u64,
    /// The computer sleeps with everything in flight.
    pub sleeps: u64,
    /// The data folder is lost or an old copy put back, at a start.
    pub disasters: u64,
    /// The computer's clock jumps between two starts.
    pub clock_jumps: u64,
    /// A commit fails (disk full).
    pub store_faults: u64,
    /// The daily quota may run out.
    pub quota_faults: bool,
    /// Somebody else ships just while our upload is on its way.
    pub race: u64,
    /// What a person does besides files: decisions, cancelling, corrections.
    pub person: u64,
    /// Files that are imported again.
    pub reimports: u64,
    /// The program goes on by itself after a start.
    pub resumes: bool,
    /// The server's undocumented parts.
    pub rules: Rules,
}

impl Scenario {
    /// The schedule of a seed.
    pub fn of(rng: &mut Rng) -> Self {
        let faults_until = rng.between(20_000, 240_000);
        // Half of the schedules have only a few kinds of trouble, so that each kind is seen alone too.
        let calm = rng.chance(300);
        let mut some = |permille: u64, choices: &[u64]| {
            let value = rng.pick(choices);
            if rng.chance(if calm { permille / 3 } else { permille }) {
                value
            } else {
                0
            }
        };
        let upload_faults = some(850, &[100, 300, 600, 900]);
        let read_faults = some(500, &[50, 200, 400]);
        let stale = some(500, &[100, 400, 800]);
        let crash = some(500, &[20, 80, 200]);
        let random_crashes = some(500, &[1, 2, 4]);
        let sleeps = some(200, &[1, 2]);
        let disasters = some(300, &[200, 500]);
        let clock_jumps = some(450, &[500, 1000]);
        let store_faults = some(100, &[20, 100]);
        let race = some(200, &[100, 400]);
        let person = some(600, &[150, 500]);
        let reimports = some(600, &[1, 2, 3]);
        let start = 1_795_000_000_000 + rng.between(0, 86_400_000);
        let count = rng.pick(&[1, 1, 2, 2, 3, 4, 6]);
        Self {
            start,
            orders: (0..count).map(|_| OrderPlan::of(rng, faults_until)).collect(),
            desks: if rng.chance(200) { 2 } else { 1 },
            faults_until,
            upload_faults,
            read_faults,
            stale,
            crash,
            random_crashes,
            sleeps,
            disasters,
            clock_jumps,
            store_faults,
            quota_faults: rng.chance(100),
            race,
            person,
            reimports,
            resumes: rng.chance(500),
            rules: Rules {
                time_rule: rng.chance(700),
                refuses_unchanged: rng.chance(500),
                echoes_time: rng.chance(500),
                union: rng.chance(300),
                partial_is_shipped: rng.chance(500),
            },
        }
    }
}

impl OrderPlan {
    fn of(rng: &mut Rng, until: i64) -> Self {
        let kind = rng.pick(&[
            Kind::Unified,
            Kind::Unified,
            Kind::Unified,
            Kind::Split,
            Kind::Parts,
            Kind::Plain,
        ]);
        Self {
            kind,
            visible_at: rng.sometimes(100, 1_000, 300_000).unwrap_or(i64::MIN / 2),
            foreign_at: rng.sometimes(150, 0, until),
            refund_at: rng.sometimes(70, 0, until),
            confirm_at: rng.sometimes(80, 0, until),
        }
    }
}
