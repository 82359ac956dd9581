//! Named steps at which a crash would hurt most. Apart because every module may have some: where the program is
//! built for the crash tests, the environment names a step and the visit at which the process dies there
//! (`FAHUO_CRASH_AT=after-record:20`), as if the power had failed.
//!
//! The crash tests find the names by themselves: a new step needs no list, and one that no job of theirs reaches
//! fails them.

/// Dies here when the environment says so (`FAHUO_CRASH_AT`); before that, writes its name into the file that
/// the environment names (`FAHUO_STEPS`), from which the tests learn which steps a job passes and how often.
#[cfg(feature = "crash-points")]
pub fn at(name: &str) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static VISITS: AtomicUsize = AtomicUsize::new(0);
    if let Some(path) = std::env::var_os("FAHUO_STEPS") {
        write_down(path.as_ref(), name);
    }
    let Ok(wanted) = std::env::var("FAHUO_CRASH_AT") else {
        return;
    };
    let (place, visit) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    if place == name
        && VISITS
            .fetch_add(1, Ordering::Relaxed)
            .saturating_add(1)
            .to_string()
            == visit
    {
        std::process::abort();
    }
}

/// One line in one write, so that the lines of several threads stay apart.
#[cfg(feature = "crash-points")]
fn write_down(path: &std::path::Path, name: &str) {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    let written = file.and_then(|mut file| file.write_all(format!("{name}\n").as_bytes()));
    if let Err(error) = written {
        eprintln!("the step {name} could not be written down: {error}");
    }
}

/// Nothing, in every build but those of the crash tests.
#[cfg(not(feature = "crash-points"))]
pub fn at(_name: &str) {}
