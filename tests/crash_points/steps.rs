//! The named steps: which there are, from the sources, and which job passes which and how often, from the jobs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::chance::Chance;
use super::jobs::JOBS;
use super::scene::Scene;

/// For each step the jobs whose process passes it, and how often it does.
pub type Passed = BTreeMap<String, Vec<(&'static str, usize)>>;

/// Plays every job once without a death.
pub fn passed_by_jobs() -> Passed {
    let traces: Vec<_> = std::thread::scope(|scope| {
        let traced = JOBS.iter().map(|job| scope.spawn(|| (job.name, trace(job))));
        let traced: Vec<_> = traced.collect();
        traced.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let mut passed = Passed::new();
    for (job, visits) in traces {
        for (step, count) in visits {
            passed.entry(step).or_default().push((job, count));
        }
    }
    passed
}

fn trace(job: &'static super::jobs::Job) -> BTreeMap<String, usize> {
    let chance = &mut Chance::of(0, job.name);
    let mut scene = Scene::open(chance);
    let mut command = job.prepare(&mut scene, chance);
    let path = scene.dir.path().join("steps");
    let code = scene.ends(command.env("FAHUO_STEPS", &path), &[0]);
    assert_eq!(code, 0);
    job.recover(&mut scene);
    let mut visits = BTreeMap::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        *visits.entry(line.to_owned()).or_default() += 1;
    }
    visits
}

/// Every name in `step::at("…")` of the program.
pub fn named_in_sources() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
    assert!(names.len() >= 40, "the steps have gone: {names:?}");
    names
}

fn collect(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, names);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for after in text.split("step::at(").skip(1) {
                let name = after
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|rest| rest.split_once('"'));
                let (name, _) = name.unwrap_or_else(|| panic!("{}: a step without a name", path.display()));
                names.insert(name.to_owned());
            }
        }
    }
}
