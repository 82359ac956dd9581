//! How time and memory are read: the system's own accounting of a process, and medians of runs in alternation.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Ticks of the processor's clock in a second; the same on every Linux.
const TICKS_PER_SEC: f64 = 100.0;

/// The median; of an even number the mean of the two in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (below, above) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(below, above)
}

/// The median of figure / baseline, pair by pair.
pub fn median_ratio(pairs: &[(f64, f64)]) -> f64 {
    let ratios: Vec<f64> = pairs.iter().map(|(figure, baseline)| figure / baseline).collect();
    median(&ratios)
}

/// The medians of both sides.
pub fn medians(pairs: &[(f64, f64)]) -> (f64, f64) {
    let (figures, baselines): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    (median(&figures), median(&baselines))
}

/// Seconds that something takes.
pub fn secs<T>(act: impl FnOnce() -> T) -> (f64, T) {
    let begun = Instant::now();
    let value = act();
    (begun.elapsed().as_secs_f64(), value)
}

/// Seconds of processor time that something takes in this thread; where the system does not tell, by the clock.
pub fn thread_secs<T>(act: impl FnOnce() -> T) -> (f64, T) {
    let ran = || {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanos: f64 = stat.split(' ').next()?.parse().ok()?;
        Some(nanos / 1e9)
    };
    let before = ran();
    let (clock, value) = secs(act);
    let time = before.zip(ran()).map_or(clock, |(before, after)| after - before);
    (time, value)
}

/// Seconds of processor time that a process has used, its threads together.
pub fn cpu_secs(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program may hold blanks; behind its bracket the fields are counted.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_ascii_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / TICKS_PER_SEC
}

/// A line of a process's status, in KiB.
pub fn status_kib(process: &str, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let number = line.and_then(|line| line.split_ascii_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// Runs a part in a process of its own; the numbers that it prints behind `figures`.
pub fn in_a_child(args: &[&str]) -> Vec<f64> {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("child")
        .args(args)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let figures = said.lines().find_map(|line| line.strip_prefix("figures "));
    let Some(figures) = figures else {
        panic!("{args:?} said {said}{errors}")
    };
    figures.split(' ').map(|number| number.parse().unwrap()).collect()
}

/// Prints what [`in_a_child`] reads.
pub fn tell(figures: &[f64]) {
    let words: Vec<String> = figures.iter().map(|figure| format!("{figure}")).collect();
    println!("figures {}", words.join(" "));
}

/// A number from the environment, for shorter runs while something is being changed.
pub fn wish(name: &str, usual: usize) -> usize {
    let typed = std::env::var(name).ok();
    typed.and_then(|typed| typed.parse().ok()).unwrap_or(usual)
}

/// Waits without work.
pub fn rest(time: Duration) {
    let (_sender, nobody) = std::sync::mpsc::channel::<()>();
    assert!(nobody.recv_timeout(time).is_err() || time.is_zero());
}

/// The newest program of this name beside this one; cargo adds a sum to the names of benchmarks.
pub fn beside(name: &str) -> Option<std::path::PathBuf> {
    let own = std::env::current_exe().ok()?;
    let folder = own.parent().unwrap_or(Path::new("."));
    let found = std::fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| {
            let file = entry.file_name().to_string_lossy().into_owned();
            let plain = file.strip_suffix(".exe").unwrap_or(&file);
            plain
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|sum| sum.bytes().all(|byte| byte.is_ascii_hexdigit()))
        });
    let newest = found.max_by_key(|entry| entry.metadata().and_then(|meta| meta.modified()).ok());
    newest.map(|entry| entry.path())
}
