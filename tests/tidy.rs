//! Holds the architecture: what may import what, how long a file may be, that both languages say the same.
//! A test program of its own, because it reads the repository as text and needs nothing of the library.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "tidy/faults.rs"]
mod faults;
#[path = "tidy/imports.rs"]
mod imports;
#[path = "tidy/imports_cases.rs"]
mod imports_cases;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/style.rs"]
mod style;
#[path = "tidy/words.rs"]
mod words;

use source::{File, files, read, rust_files, strip};
use std::collections::{BTreeMap, BTreeSet};
use words::Message;

/// Fails with every complaint at once, so that one run shows all there is to mend.
fn none(complaints: impl IntoIterator<Item = String>) {
    let all: Vec<String> = complaints.into_iter().collect();
    assert!(all.is_empty(), "\n  {}\n", all.join("\n  "));
}

fn is_in(file: &File, module: &str) -> bool {
    file.path == format!("src/{module}.rs") || file.path.starts_with(&format!("src/{module}/"))
}

fn siblings() -> BTreeSet<String> {
    let lib = strip(&read("src/lib.rs"), false);
    let modules = lib.lines().filter_map(|l| l.trim().strip_prefix("pub mod "));
    modules.map(|m| m.trim_end_matches(';').to_owned()).collect()
}

fn externals() -> BTreeSet<String> {
    let manifest = read("Cargo.toml");
    let mut all = imports::crates(&manifest, "dependencies");
    all.extend(imports::crates(&manifest, "dev-dependencies"));
    all.extend(imports::crates(&manifest, "target.'cfg(unix)'.dependencies"));
    all
}

fn language(folder: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let found = words::messages(&files(), &format!("assets/i18n/{folder}/"));
    assert!(!found.0.is_empty(), "no words in assets/i18n/{folder}");
    found
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let rows = imports::table(&read("ARCHITECTURE.md"));
    let (externals, siblings) = (externals(), siblings());
    none(
        rust_files(&["src/"])
            .iter()
            .flat_map(|f| match imports::row_of(&rows, &f.path) {
                Some(row) => imports::breaches(&f.path, &f.text, row, &externals, &siblings),
                None => vec![format!("{} has no row in the import table", f.path)],
            }),
    );
}

#[test]
fn the_import_table_speaks_of_what_exists() {
    let rows = imports::table(&read("ARCHITECTURE.md"));
    let (externals, siblings) = (externals(), siblings());
    let known = |name: &String| {
        let first = name.split("::").next().unwrap_or_default();
        first == "std" || externals.contains(first) || siblings.contains(first)
    };
    none(rows.iter().flat_map(|row| {
        let unknown = row.may.union(&row.never).filter(|n| !known(n));
        let unknown = unknown.map(|n| format!("{:?} names `{n}`, which is no crate or module", row.modules));
        let both = row.may.intersection(&row.never);
        let both = both.map(|n| format!("{:?} both allows and forbids `{n}`", row.modules));
        unknown.chain(both).collect::<Vec<_>>()
    }));
    let listed: BTreeSet<&String> = rows.iter().flat_map(|r| &r.modules).collect();
    none(
        siblings
            .iter()
            .filter(|s| !listed.contains(s))
            .map(|s| format!("`{s}` has no row")),
    );
}

#[test]
fn domain_is_pure() {
    let banned = [
        "tokio",
        "reqwest",
        "rusqlite",
        "egui",
        "async",
        "await",
        "SystemTime",
        "Instant",
    ];
    let outside = ["fs", "net", "process", "thread", "env", "io"];
    none(rust_files(&["src/domain"]).iter().flat_map(|f| {
        let words = banned.iter().filter(|w| style::names_word(&f.text, w));
        let words = words.map(|w| format!("{} names {w}", f.path));
        let paths = imports::paths(&strip(&f.text, false)).into_iter();
        let reaches =
            |p: &Vec<String>| p[0] == "std" && p.get(1).is_some_and(|m| outside.contains(&m.as_str()));
        let paths = paths
            .filter(reaches)
            .map(|p| format!("{} names {}", f.path, p.join("::")));
        words.chain(paths).collect::<Vec<_>>()
    }));
}

#[test]
fn sim_stands_alone() {
    let siblings = siblings();
    let all = rust_files(&["src/sim"]);
    none(all.iter().flat_map(|f| {
        let named = imports::paths(&strip(&f.text, false));
        let crossing = named
            .into_iter()
            .filter(|p| p[0] == "crate" && p.get(1).is_none_or(|s| s != "sim" && siblings.contains(s)));
        crossing
            .map(|p| format!("{} names {}", f.path, p.join("::")))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn models_are_pure() {
    let is_model = |f: &&File| f.path.ends_with("/model.rs") || f.path.contains("/model/");
    let all = rust_files(&["src/ui"]);
    let toolkit = ["egui", "eframe", "egui_extras"];
    none(all.iter().filter(is_model).flat_map(|f| {
        let named = toolkit.iter().filter(|w| style::names_word(&f.text, w));
        named.map(|w| format!("{} names {w}", f.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn only_the_window_names_the_toolkit() {
    let all = rust_files(&["src/"]);
    let outside = all.iter().filter(|f| !is_in(f, "ui"));
    none(
        outside
            .filter(|f| style::names_word(&f.text, "egui") || style::names_word(&f.text, "eframe"))
            .map(|f| format!("{} names the toolkit", f.path)),
    );
}

#[test]
fn only_the_store_names_the_database() {
    let all = rust_files(&["src/"]);
    let outside = all.iter().filter(|f| !is_in(f, "store"));
    none(
        outside
            .filter(|f| style::names_word(&f.text, "rusqlite"))
            .map(|f| format!("{} names rusqlite", f.path)),
    );
}

#[test]
fn files_stay_short_and_say_what_they_are() {
    let all = rust_files(&["src/", "tests/"]);
    none(
        all.iter()
            .flat_map(|f| {
                [
                    style::too_long(&f.path, &f.text),
                    style::no_header(&f.path, &f.text),
                ]
            })
            .flatten(),
    );
    none(
        style::LONGER
            .iter()
            .filter(|(path, why)| why.len() < 20 || !all.iter().any(|f| f.path == *path))
            .map(|(path, _)| format!("{path}: the exception has no reason or no file")),
    );
}

#[test]
fn colours_live_in_the_theme() {
    let all = rust_files(&["src/"]);
    none(
        all.iter()
            .filter(|f| f.path != "src/ui/theme.rs")
            .flat_map(|f| style::colours(&f.path, &f.text)),
    );
}

#[test]
fn tests_neither_sleep_nor_are_skipped() {
    none(
        rust_files(&["src/", "tests/"])
            .iter()
            .flat_map(|f| style::idle_tests(&f.path, &f.text)),
    );
}

#[test]
fn nothing_of_one_machine_and_nothing_left_open() {
    none(
        files()
            .iter()
            .flat_map(|f| style::foreign_words(&f.path, &f.text)),
    );
}

#[test]
fn the_top_level_stays_quiet() {
    none(
        files()
            .iter()
            .filter_map(|f| style::stray(&f.path))
            .collect::<BTreeSet<_>>(),
    );
}

#[test]
fn both_languages_say_the_same_things() {
    let ((chinese, mut complaints), (english, more)) = (language("zh-CN"), language("en"));
    complaints.extend(more);
    complaints.extend(words::differences(&chinese, &english));
    none(complaints);
}

#[test]
fn every_id_the_code_asks_for_has_words() {
    let (english, _) = language("en");
    let all = rust_files(&["src/ui", "src/cli", "src/i18n"]);
    none(all.iter().flat_map(|f| {
        let lost = words::asked(&f.text)
            .into_iter()
            .filter(|(_, id)| !english.contains_key(id));
        lost.map(|(line, id)| format!("{}:{line} asks for `{id}`", f.path))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn every_message_is_shown_somewhere() {
    let ids: BTreeSet<String> = language("en").0.into_keys().collect();
    let all = rust_files(&["src/"]);
    let literals = all.iter().flat_map(|f| source::literals(&strip(&f.text, true)));
    none(
        words::unused(&ids, &literals.map(|(_, text)| text).collect())
            .into_iter()
            .map(|id| format!("{id} is shown nowhere")),
    );
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let code = code_without_comments();
    let exists = |name: &String| is_a_test(&code, name);
    let all = style::invariants(&read("ARCHITECTURE.md"));
    assert!(all.len() > 10, "the map has lost its invariants");
    none(
        all.iter()
            .filter(|(_, tests)| tests.is_empty())
            .map(|(line, _)| format!("nothing holds: {line}")),
    );
    let lost = all.iter().flat_map(|(_, tests)| tests).filter(|t| !exists(t));
    none(lost.map(|t| format!("no test is called {t}")));
}

#[test]
fn every_fault_names_a_test_that_exists_or_says_what_is_not_covered() {
    let code = code_without_comments();
    let all = faults::table(&read("ARCHITECTURE.md"));
    let numbers: Vec<&str> = all.iter().map(|fault| fault.number.as_str()).collect();
    let expected: Vec<String> = faults::numbers().collect();
    assert_eq!(numbers, expected, "one line for each fault, in their order");
    let silent = |fault: &&faults::Fault| fault.tests.is_empty() && !fault.says_what_is_not_covered;
    none(
        all.iter()
            .filter(silent)
            .map(|fault| format!("nothing proves {}", fault.number)),
    );
    let lost = all
        .iter()
        .flat_map(|fault| &fault.tests)
        .filter(|name| !is_a_test(&code, name));
    none(lost.map(|name| format!("no test is called {name}")));
}

fn code_without_comments() -> Vec<String> {
    let files = rust_files(&["src/", "tests/"]);
    files.iter().map(|file| strip(&file.text, false)).collect()
}

fn is_a_test(code: &[String], test: &str) -> bool {
    code.iter().any(|text| text.contains(&format!("fn {test}(")))
}
