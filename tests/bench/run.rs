//! The benchmarks: each measures the program against the bare work in the same run and prints the ratio.
//! `cargo bench --locked` runs all of them, `cargo bench --locked -- check` one; README.md says what each means.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "benchmarks say it by failing, and print what they measured"
)]

mod check;
mod frames;
mod measure;
mod report;
mod sending;
mod shop;
mod window;

use report::Report;

type Bench = fn(&mut Report);

/// What can be asked for by name, in the order in which all are run.
const ALL: [(&str, Bench); 4] = [
    ("check", check::run),
    ("sending", sending::run),
    ("frames", frames::run),
    ("window", window::run),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("child", rest)) = args.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return child(rest);
    }
    // `cargo test --all-targets` starts this program too, and no test measures.
    if !args.iter().any(|arg| arg == "--bench") {
        println!("nothing is measured by tests: use cargo bench --locked");
        return;
    }
    let chosen: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    let mut report = Report::default();
    for (name, run) in ALL {
        if chosen.is_empty() || chosen.iter().any(|chosen| *chosen == name) {
            run(&mut report);
        }
    }
    report.end();
}

/// A part that is measured in a process of its own, so that its memory and its processor time are nobody else's.
fn child(args: &[String]) {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["bare", file] => check::bare(file.as_ref()),
        ["check", file, base_url] => check::ours(file.as_ref(), base_url),
        other => panic!("no part is called {other:?}"),
    }
}
