//! How many calls now, and when to try again. Pure: the answers go in, a permission comes out. The pace grows
//! while answers are clean and shrinks at the first refusal (additive increase, multiplicative decrease), so
//! that two computers on one account come to an understanding without talking (reliability 2.7).

use std::collections::VecDeque;
use std::time::Duration;

use crate::domain::Timestamp;

/// How fast it may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Calls per second at the start.
    pub start_per_sec: f64,
    /// Calls per second at most.
    pub cap_per_sec: f64,
    /// Calls in flight at most.
    pub max_in_flight: usize,
    /// The first pause of the breaker; doubled up to [`MAX_BREAK_FACTOR`] times.
    pub first_break: Duration,
}

/// The longest pause of the breaker, as a multiple of the first: 30 s become 10 minutes.
const MAX_BREAK_FACTOR: u32 = 20;
/// Never slower than this.
const FLOOR_PER_SEC: f64 = 0.2;
/// Clean answers between two steps upwards.
const STEP: u32 = 20;
/// Answers that the breaker looks back on, and how many it needs at least.
const MEMORY: usize = 20;
const ENOUGH: usize = 5;

impl Limits {
    /// For WeChat: gentle, because the shop's own server shares the quota.
    pub const WECHAT: Self = Self {
        start_per_sec: 4.0,
        cap_per_sec: 50.0,
        max_in_flight: 16,
        first_break: Duration::from_secs(30),
    };

    /// For a loopback server, which nobody shares: just below the 100 calls a second that WeChat allows.
    pub const LOOPBACK: Self = Self {
        start_per_sec: 40.0,
        cap_per_sec: 90.0,
        ..Self::WECHAT
    };
}

/// What an answer says about the pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A proper answer, whatever it says about the order.
    Clean,
    /// Busy, no answer, garbled, or no connection.
    Bad,
    /// Too many calls in a second.
    TooFastSecond,
    /// Too many calls in a minute.
    TooFastMinute,
}

/// The pace of one account.
#[derive(Clone, Debug)]
pub struct Pace {
    limits: Limits,
    per_sec: f64,
    window: usize,
    /// No refusal so far: doubles instead of adding.
    slow_start: bool,
    clean: u32,
    /// Permissions that are saved up, at most one second's worth.
    saved: f64,
    refilled: Timestamp,
    not_before: Timestamp,
    recent: VecDeque<bool>,
    break_factor: u32,
    /// After a break one call goes first; the others wait for its answer.
    probing: bool,
}

impl Pace {
    /// A new pace at `now`.
    pub fn new(limits: Limits, now: Timestamp) -> Self {
        Self {
            per_sec: limits.start_per_sec,
            window: 2,
            slow_start: true,
            clean: 0,
            saved: 1.0,
            refilled: now,
            not_before: now,
            recent: VecDeque::new(),
            break_factor: 0,
            probing: false,
            limits,
        }
    }

    /// Calls per second at which it works now.
    pub fn per_sec(&self) -> f64 {
        self.per_sec
    }

    /// Takes a permission for one call.
    ///
    /// # Errors
    /// The moment at which to ask again; `None` when an answer must come first.
    pub fn take(&mut self, now: Timestamp, in_flight: usize) -> Result<(), Option<Timestamp>> {
        if now < self.not_before {
            return Err(Some(self.not_before));
        }
        let window = if self.probing { 1 } else { self.window };
        if in_flight >= window {
            return Err(None);
        }
        let elapsed = now.since(self.refilled).as_secs_f64();
        self.saved = (self.saved + elapsed * self.per_sec).min(self.per_sec.max(1.0));
        self.refilled = now;
        if self.saved < 1.0 {
            let wait = Duration::from_secs_f64((1.0 - self.saved) / self.per_sec);
            return Err(Some(now.plus(wait.max(Duration::from_millis(1)))));
        }
        self.saved -= 1.0;
        Ok(())
    }

    /// WeChat names a limit of its own, in calls per second.
    pub fn at_most(&mut self, per_sec: f64) {
        self.limits.cap_per_sec = self.limits.cap_per_sec.min(per_sec.max(FLOOR_PER_SEC));
        self.per_sec = self.per_sec.min(self.limits.cap_per_sec);
    }

    /// A call that had to be made at once takes its permission afterwards.
    pub fn spend(&mut self) {
        self.saved -= 1.0;
    }

    /// The breaker is open until this moment.
    pub fn broken_until(&self, now: Timestamp) -> Option<Timestamp> {
        (self.break_factor > 0 && now < self.not_before).then_some(self.not_before)
    }

    /// Learns from an answer.
    pub fn learn(&mut self, sign: Sign, now: Timestamp) {
        match sign {
            Sign::Clean => self.learn_clean(),
            Sign::Bad => self.learn_bad(now),
            Sign::TooFastSecond => {
                self.slow_down(0.7);
                self.window = (self.window / 2).max(1);
                self.wait_until(now.plus(Duration::from_millis(1500)));
            }
            Sign::TooFastMinute => {
                self.slow_down(0.5);
                let into_minute = u64::try_from(now.secs().rem_euclid(60)).unwrap_or(0);
                // Two seconds past the minute: two computers' clocks never agree exactly.
                self.wait_until(now.plus(Duration::from_secs(62_u64.saturating_sub(into_minute))));
            }
        }
    }

    fn learn_clean(&mut self) {
        self.remember(false);
        if self.probing {
            self.probing = false;
            self.recent.clear();
        }
        self.clean = self.clean.saturating_add(1);
        if self.clean >= STEP {
            self.clean = 0;
            self.break_factor = 0;
            let faster = if self.slow_start {
                self.per_sec * 2.0
            } else {
                self.per_sec + 1.0
            };
            self.per_sec = faster.min(self.limits.cap_per_sec);
            self.window = self.window.saturating_add(1).min(self.limits.max_in_flight);
        }
    }

    fn learn_bad(&mut self, now: Timestamp) {
        self.remember(true);
        self.slow_start = false;
        self.clean = 0;
        self.window = (self.window / 2).max(1);
        let bad = self.recent.iter().filter(|bad| **bad).count();
        let tripped = bad >= ENOUGH && bad.saturating_mul(2) >= self.recent.len();
        // Calls that were under way when it broke say nothing new.
        if now >= self.not_before && (self.probing || tripped) {
            self.break_factor = self.break_factor.saturating_mul(2).clamp(1, MAX_BREAK_FACTOR);
            self.wait_until(now.plus(self.limits.first_break.saturating_mul(self.break_factor)));
            self.probing = true;
        }
    }

    fn remember(&mut self, bad: bool) {
        self.recent.push_back(bad);
        if self.recent.len() > MEMORY {
            self.recent.pop_front();
        }
    }

    fn slow_down(&mut self, factor: f64) {
        self.slow_start = false;
        self.clean = 0;
        self.per_sec = (self.per_sec * factor).max(FLOOR_PER_SEC);
    }

    fn wait_until(&mut self, until: Timestamp) {
        self.not_before = self.not_before.max(until);
    }

    /// A person asks to go on now: the waits of the breaker end.
    pub fn go_on(&mut self, now: Timestamp) {
        self.not_before = now;
        self.recent.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp::from_secs(1_000_000);

    /// Calls that get a permission within `secs`, each answered at once with `sign`.
    fn calls(pace: &mut Pace, from: Timestamp, secs: u64, sign: impl Fn(usize) -> Sign) -> usize {
        let mut now = from;
        let end = from.plus(Duration::from_secs(secs));
        let mut count = 0;
        while now < end {
            match pace.take(now, 0) {
                Ok(()) => {
                    pace.learn(sign(count), now);
                    count += 1;
                }
                Err(Some(at)) => now = at,
                Err(None) => unreachable!("nothing is in flight"),
            }
        }
        count
    }

    #[test]
    fn clean_answers_reach_the_cap_within_a_minute_and_keep_to_it() {
        let mut pace = Pace::new(Limits::WECHAT, T0);
        calls(&mut pace, T0, 60, |_| Sign::Clean);
        assert!(
            pace.per_sec() >= 0.9 * Limits::WECHAT.cap_per_sec,
            "{}",
            pace.per_sec()
        );
        let steady = calls(&mut pace, T0.plus(Duration::from_mins(1)), 10, |_| Sign::Clean);
        assert!((450..=550).contains(&steady), "{steady}");
    }

    #[test]
    fn a_storm_of_busy_answers_costs_few_calls_and_ends_by_itself() {
        let mut pace = Pace::new(Limits::WECHAT, T0);
        let stormy = calls(&mut pace, T0, 600, |_| Sign::Bad);
        assert!(stormy <= 40, "{stormy}");
        let after = calls(&mut pace, T0.plus(Duration::from_mins(20)), 60, |_| Sign::Clean);
        assert!(after > 100, "{after}");
    }

    #[test]
    fn a_refusal_slows_down_and_waits() {
        let mut pace = Pace::new(Limits::WECHAT, T0);
        pace.learn(Sign::TooFastSecond, T0);
        assert!(pace.per_sec() < Limits::WECHAT.start_per_sec);
        assert_eq!(pace.take(T0, 0), Err(Some(T0.plus(Duration::from_millis(1500)))));
        let mut pace = Pace::new(Limits::WECHAT, T0);
        pace.learn(Sign::TooFastMinute, T0);
        let Err(Some(until)) = pace.take(T0, 0) else {
            panic!("must wait")
        };
        assert_eq!((until.secs() - 2) % 60, 0, "waits to the next minute");
    }

    #[test]
    fn the_window_bounds_what_is_in_flight() {
        let mut pace = Pace::new(Limits::WECHAT, T0);
        assert_eq!(pace.take(T0, 2), Err(None));
        assert_eq!(pace.take(T0, 1), Ok(()));
    }

    #[test]
    fn calls_that_were_under_way_when_it_broke_do_not_lengthen_the_break() {
        let mut pace = Pace::new(Limits::WECHAT, T0);
        for _ in 0..16 {
            pace.learn(Sign::Bad, T0);
        }
        assert_eq!(pace.broken_until(T0), Some(T0.plus(Limits::WECHAT.first_break)));
    }
}
