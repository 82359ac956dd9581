//! What is left behind, searched for every secret that a test uses: by a run of our own, or, when
//! `packaging/supply/leavings.sh` has kept the files, by the whole suite.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::desk::{Desk, finish};
use super::scan::{Hit, contents, files, scan};
use fahuo::sim::{
    SANDBOX_APP_SECRET, SANDBOX_COMPONENT_SECRET, SANDBOX_COMPONENT_TICKET, SANDBOX_REFRESH_TOKEN,
};

/// How every other secret of the tests begins.
const CANARY: &str = "CANARY";
/// How an access token of the simulator begins, and how long it is at least.
const TOKEN: (&[u8], usize) = (b"86_", 100);

/// What tests bring as input, and the program that documentation tests are made into: there a secret belongs.
const BROUGHT: [&str; 3] = ["secret", "token.txt", "rust_out"];
/// How the files begin in which the tests of the search itself plant their words.
const PLANTED: &str = "planted";

/// Access tokens, whichever the simulators have handed out.
fn tokens(folder: &Path) -> Vec<Hit> {
    let is_token = |run: &[u8]| run.len() >= TOKEN.1 && run.windows(3).any(|three| three == TOKEN.0);
    let holds = |path: &Path| {
        contents(path)
            .iter()
            .flat_map(|content| content.split(|byte| !byte.is_ascii_alphanumeric() && !b"_-".contains(byte)))
            .any(is_token)
    };
    let found = files(folder).into_iter().filter(|path| holds(path));
    found.map(|path| (name(folder, &path), "token")).collect()
}

fn name(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap().display().to_string()
}

fn hits(folder: &Path) -> BTreeSet<Hit> {
    let secrets = [
        SANDBOX_APP_SECRET,
        SANDBOX_COMPONENT_SECRET,
        SANDBOX_COMPONENT_TICKET,
        SANDBOX_REFRESH_TOKEN,
        CANARY,
    ];
    let mut hits = scan(folder, &secrets.map(String::from));
    hits.extend(tokens(folder));
    hits.into_iter().filter(|(name, _)| !is_brought(name)).collect()
}

/// A run of our own, or what the whole suite has left.
#[test]
fn what_tests_leave_holds_no_secret() {
    let own = Desk::open();
    let kept = env::var_os("FAHUO_KEPT").map(PathBuf::from);
    let folder = kept.clone().unwrap_or_else(|| {
        own.file("a.csv", 3);
        let run = finish(own.command(&["ship", "--yes", "a.csv"]).env("FAHUO_LOG", "trace"));
        assert_eq!(run.code, 0, "{}", run.err);
        own.dir.path().to_owned()
    });
    let log = |path: &PathBuf| {
        let is_log = path.display().to_string().contains("fahuo.log");
        is_log && contents(path).iter().any(|text| has(text, br#""level":"trace""#))
    };
    let all = files(&folder);
    let talkative = all.iter().filter(|path| log(path)).count();
    say(&format!(
        "{} files, {talkative} logs at the most talkative level",
        all.len()
    ));
    assert!(talkative > if kept.is_some() { 100 } else { 0 }, "{talkative}");

    // The control: a search that finds nothing finds what is planted.
    let planted = folder.join("control");
    let token = format!("86_{}", "x".repeat(133));
    fs::write(&planted, format!("{SANDBOX_APP_SECRET} {CANARY} {token}")).unwrap();
    let mut found = hits(&folder);
    fs::remove_file(planted).unwrap();
    for form in ["plain", "token"] {
        assert!(found.remove(&("control".into(), form)), "the control, {form}");
    }
    for (name, form) in &found {
        say(&format!("found: {name} ({form})"));
    }
    assert!(found.is_empty(), "{} places hold a secret", found.len());
}

/// The name as its test wrote it, behind the numbers that keeping it has put before it.
fn is_brought(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let own = file.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '-');
    BROUGHT.contains(&own) || own.starts_with(PLANTED)
}

#[expect(
    clippy::print_stdout,
    reason = "a person starts this and reads what was found"
)]
fn say(line: &str) {
    println!("{line}");
}

fn has(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part == word)
}
