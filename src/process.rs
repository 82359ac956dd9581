//! What a process does for itself before anything else: no memory of it is left on the disk when it dies.
//! Apart from both shells, because it holds for each of them.

use std::panic::{Location, set_hook};

/// Makes a dying process leave nothing behind that could hold a secret: no core file, and no text of a panic
/// beyond its place, for the text may hold what was worked on.
pub fn leave_nothing_behind() {
    forbid_core_files();
    set_hook(Box::new(|info| eprintln!("{}", told(info.location()))));
}

#[cfg(unix)]
fn forbid_core_files() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // A system that refuses this goes on doing what it does.
    setrlimit(Resource::Core, none).unwrap_or_default();
}

#[cfg(not(unix))]
fn forbid_core_files() {}

/// Only the place: what a panic says may be made from what was worked on.
fn told(place: Option<&Location<'_>>) -> String {
    let place = place.map(|place| format!("{}:{}", place.file(), place.line()));
    let place = place.unwrap_or_default();
    format!("发货台内部错误，已停止 · Fahuo stopped because of a fault of its own ({place})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_tells_its_place_and_nothing_else() {
        let words = told(Some(Location::caller()));
        assert!(
            words.contains("process.rs:") && words.contains("fault of its own"),
            "{words}"
        );
        assert!(told(None).contains("()"));
    }
}
