//! Processes that die at every named step, with real SQLite and real sockets; afterwards every order is shipped once,
//! and the journal has an attempt for every request that the server saw. Needs the feature `crash-points`.
//!
//! `cargo test` kills once at every step. `KILLS=1000 cargo test --features crash-points --test crash_points kills`
//! kills so many processes; `KILL=job/step:visit/seed` with the same command plays one run again.
#![cfg(feature = "crash-points")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "../common/audit.rs"]
mod audit;
mod chance;
mod jobs;
mod run;
mod scene;
mod steps;
mod window;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use jobs::JOBS;
use run::{Death, Run};

/// What all runs together came to.
#[derive(Default)]
struct Tally {
    audit: audit::Audit,
    kills: usize,
    runs: usize,
    /// Kills at each step.
    at: BTreeMap<String, usize>,
    failures: Vec<String>,
}

/// Plays runs, several at once, until `enough` says so.
fn play(runs: &[Run], enough: impl Fn(&Tally) -> bool + Sync) -> Tally {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        // A run mostly waits, so more of them than cores are under way.
        for _ in 0..cores * 6 {
            scope.spawn(|| {
                while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if enough(&tally.lock().unwrap()) {
                        return;
                    }
                    let played = catch_unwind(AssertUnwindSafe(|| run.play()));
                    let mut tally = tally.lock().unwrap();
                    tally.runs += 1;
                    match played {
                        Ok(played) => tally.add(run, &played),
                        Err(_said) => tally.failures.push(run.to_string()),
                    }
                }
            });
        }
    });
    tally.into_inner().unwrap()
}

impl Tally {
    fn add(&mut self, run: &Run, played: &run::Played) {
        self.audit.attempts += played.audit.attempts;
        self.audit.requests += played.audit.requests;
        self.audit.cut_off += played.audit.cut_off;
        self.kills += played.kills;
        let at = self.at.entry(run.death.place()).or_default();
        *at += usize::from(played.reached);
    }

    /// Says what was done; fails when a run failed or a step was never reached.
    #[track_caller]
    fn conclude(&self, begun: Instant) {
        let (fewest, most) = (self.at.values().min(), self.at.values().max());
        eprintln!(
            "{} processes killed in {} runs at {} steps, each {} to {} times, in {} s; \
             {} attempts in the journals, {} requests at the servers, {} cut off before them; {} runs failed",
            self.kills,
            self.runs,
            self.at.len(),
            fewest.unwrap_or(&0),
            most.unwrap_or(&0),
            begun.elapsed().as_secs(),
            self.audit.attempts,
            self.audit.requests,
            self.audit.cut_off,
            self.failures.len(),
        );
        let again =
            |run: &String| format!("KILL={run} cargo test --features crash-points --test crash_points kills");
        let failures: Vec<String> = self.failures.iter().map(again).collect();
        assert!(
            failures.is_empty(),
            "play them again with\n{}",
            failures.join("\n")
        );
        let never: Vec<&String> = self
            .at
            .iter()
            .filter(|(_, at)| **at == 0)
            .map(|(at, _)| at)
            .collect();
        assert!(never.is_empty(), "no run died at {never:?}");
    }
}

/// Kills at every step, or as many as `KILLS` says, or the one run that `KILL` names.
#[test]
fn kills_at_every_step_lose_nothing_and_ship_nothing_twice() {
    let begun = Instant::now();
    if let Ok(one) = std::env::var("KILL") {
        let run = Run::parse(&one);
        let played = run.play();
        eprintln!("{run}: {played:?}");
        return;
    }
    let passed = steps::passed_by_jobs();
    let unreached: Vec<String> = steps::named_in_sources()
        .into_iter()
        .filter(|step| !passed.contains_key(step))
        .collect();
    assert!(
        unreached.is_empty(),
        "no job of the crash tests reaches {unreached:?}"
    );
    let wanted: Option<usize> = std::env::var("KILLS").ok().map(|number| number.parse().unwrap());
    let mut runs = Vec::new();
    for round in 0..wanted.map_or(1, |wanted| wanted.div_ceil(passed.len())) {
        let seed = u64::try_from(round).unwrap();
        runs.extend(passed.iter().map(|(step, jobs)| Run::at_step(step, jobs, seed)));
        runs.extend(JOBS.iter().filter(|job| job.sends).map(|job| Run {
            job,
            death: Death::Outside,
            seed,
        }));
    }
    // Rounds come one after the other, so whenever it is enough every step has had its turn.
    let tally = play(&runs, |tally| wanted.is_some_and(|wanted| tally.kills >= wanted));
    tally.conclude(begun);
    assert!(
        tally.kills >= wanted.unwrap_or(passed.len()),
        "{} kills",
        tally.kills
    );
}

/// The part of the window, when this program was started to play it; see `window.rs`.
#[test]
fn a_window_plays_its_part() {
    assert_eq!(window::TEST, "a_window_plays_its_part");
    if let Ok(part) = std::env::var(window::PART) {
        window::play(&part);
    }
}
