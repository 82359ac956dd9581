//! One run: a world, a job, a death, a recovery that may die too, and the checks.

use std::fmt;
use std::process::{Command, Stdio};

use super::audit::{Audit, audit};
use super::chance::Chance;
use super::jobs::Job;
use super::scene::{Scene, UPLOAD};
use fahuo::sim::{Fault, What, When};

/// How the process of the job dies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Death {
    /// By itself, at a visit of a step.
    At { step: String, visit: usize },
    /// From outside, while the server holds requests that it carries out later.
    Outside,
}

/// A run can be told by three words, and played again from them.
#[derive(Clone)]
pub struct Run {
    pub job: &'static Job,
    pub death: Death,
    pub seed: u64,
}

/// What a run came to.
#[derive(Debug)]
pub struct Played {
    /// The process died where it should; otherwise it had ended before, and the run is no kill.
    pub reached: bool,
    pub kills: usize,
    pub audit: Audit,
}

impl Death {
    pub fn place(&self) -> String {
        match self {
            Self::At { step, .. } => step.clone(),
            Self::Outside => "outside".into(),
        }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let visit = match &self.death {
            Death::At { visit, .. } => *visit,
            Death::Outside => 0,
        };
        write!(
            f,
            "{}/{}:{visit}/{}",
            self.job.name,
            self.death.place(),
            self.seed
        )
    }
}

impl Run {
    /// The run of a seed at a step, in one of the jobs that pass it, at one of the visits.
    pub fn at_step(step: &str, jobs: &[(&'static str, usize)], seed: u64) -> Self {
        let chance = &mut Chance::of(seed, step);
        // The first seed takes the first job and visit, which every machine reaches.
        let (job, visits) = jobs[if seed == 0 { 0 } else { chance.below(jobs.len()) }];
        let visit = if seed == 0 { 1 } else { 1 + chance.below(visits) };
        Self {
            job: Job::named(job),
            death: Death::At {
                step: step.to_owned(),
                visit,
            },
            seed,
        }
    }

    /// Reads what a failure has printed.
    pub fn parse(words: &str) -> Self {
        let parts: Vec<&str> = words.split('/').collect();
        let (step, visit) = parts[1].split_once(':').unwrap();
        Self {
            job: Job::named(parts[0]),
            death: match step {
                "outside" => Death::Outside,
                step => Death::At {
                    step: step.to_owned(),
                    visit: visit.parse().unwrap(),
                },
            },
            seed: parts[2].parse().unwrap(),
        }
    }

    pub fn play(&self) -> Played {
        let chance = &mut Chance::of(self.seed, &self.to_string());
        let mut scene = Scene::open(chance);
        let mut command = self.job.prepare(&mut scene, chance);
        let reached = match &self.death {
            Death::At { step, visit } => {
                let ended = scene.run(command.env("FAHUO_CRASH_AT", format!("{step}:{visit}")));
                ended.died()
            }
            Death::Outside => die_from_outside(&mut scene, &mut command, chance),
        };
        // Every third recovery dies as well, somewhere.
        if self.job.sends && chance.below(3) == 0 {
            let places = [
                "after-restart:1",
                "before-wire:2",
                "after-look:1",
                "after-record:1",
                "after-answer:1",
            ];
            let place = places[chance.below(places.len())];
            let mut resume = scene.command(&["resume"]);
            scene.run(resume.env("FAHUO_CRASH_AT", place));
        }
        self.job.recover(&mut scene);
        scene.check_shipped_once();
        let audit = audit(&scene.wechat, &scene.data());
        Played {
            reached,
            kills: scene.kills,
            audit,
        }
    }
}

/// Bytes are on the wire and the server has not acted yet: the process is killed, and the server acts all the same.
fn die_from_outside(scene: &mut Scene, command: &mut Command, chance: &mut Chance) -> bool {
    let held = What::Delay {
        ms: 100 + chance.next() % 100,
    };
    scene.wechat.push_fault(Fault::new(UPLOAD, When::Next(20), held));
    let uploads = scene.wechat.ledger().write_calls() + 1 + chance.below(5);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    while scene.wechat.ledger().write_calls() < uploads {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    let killed = !matches!(child.wait().unwrap().code(), Some(0..=3));
    scene.kills += usize::from(killed);
    killed
}
