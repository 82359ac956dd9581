//! Named steps at which a crash would hurt most. Apart because every module may have some: where the program is
//! built for the crash tests, the environment names a step and the visit at which the process dies there
//! (`FAHUO_CRASH_AT=after-record:20`), as if the power had failed.

/// Dies here when the environment says so.
#[cfg(feature = "crash-points")]
pub fn at(name: &str) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static VISITS: AtomicUsize = AtomicUsize::new(0);
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

/// Nothing, in every build but those of the crash tests.
#[cfg(not(feature = "crash-points"))]
pub fn at(_name: &str) {}
