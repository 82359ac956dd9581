//! A test in a process of its own, for what is read from the environment once.
//!
//! Separate because a process may not change its own environment while threads run.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say it by failing")]

use std::path::Path;
use std::process::Command;

/// Set in these processes.
const CHILD: &str = "FAHUO_TEST_CHILD";

/// Whether this is such a process.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Runs one test of the same file with these variables; proxies and roots of the system are not seen.
#[track_caller]
pub fn in_a_process(test: &str, variables: &[(&str, &Path)]) {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test"));
    command.args(["--exact", test]).env(CHILD, "1");
    for name in [
        "SSL_CERT_DIR",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    let run = command
        .envs(variables.iter().copied())
        .output()
        .expect("a process");
    let printed = String::from_utf8_lossy(&run.stdout);
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{printed}{errors}");
    assert!(printed.contains("1 passed"), "{printed}");
}
