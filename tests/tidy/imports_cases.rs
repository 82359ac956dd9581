//! Cases that prove that the import check finds what it must find.
//! Apart from the check, so that each file stays one thing.

use super::imports::{Row, breaches, crates, paths, row_of, table};
use std::collections::BTreeSet;

const TABLE: &str = "# Map\n\n## The import table\n\nText.\n
| module | may import | must never import |
| --- | --- | --- |
| `domain` | `serde` | `tokio`, `egui`, every sibling |
| `ui` | `domain`, `engine::command`, `egui` | `store` |
| `ui/*/model.rs` | `domain` | **`egui`** |
| `main.rs`, `bin/tool.rs` | anything | |

## Next\n\n| `sim` | `domain` | |\n";

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&n| n.to_owned()).collect()
}

fn found(path: &str, text: &str) -> Vec<String> {
    let rows = table(TABLE);
    let row = row_of(&rows, path).unwrap();
    let externals = set(&["serde", "tokio", "egui", "proptest"]);
    breaches(
        path,
        text,
        row,
        &externals,
        &set(&["domain", "ui", "engine", "store"]),
    )
}

fn check(path: &str, text: &str, offender: &str) {
    let all = found(path, text);
    let hit = all.iter().any(|m| m.contains(&format!("`{offender}`")));
    assert!(hit, "{offender} not found in {text:?}: {all:?}");
}

fn passes(path: &str, text: &str) {
    assert_eq!(found(path, text), Vec::<String>::new(), "{text:?}");
}

#[test]
fn the_table_ends_with_its_section() {
    let rows = table(TABLE);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].may, set(&["serde"]));
    assert_eq!(rows[2].never, set(&["egui"]));
    assert!(rows[3].anything && !rows[0].anything);
}

#[test]
fn every_kind_of_file_has_its_row() {
    let rows = table(TABLE);
    let first = |path: &str| row_of(&rows, path).map(|r: &Row| r.modules[0].clone());
    assert_eq!(first("src/domain.rs").as_deref(), Some("domain"));
    assert_eq!(first("src/domain/time.rs").as_deref(), Some("domain"));
    assert_eq!(first("src/ui/orders.rs").as_deref(), Some("ui"));
    assert_eq!(first("src/ui/orders/model.rs").as_deref(), Some("ui/*/model.rs"));
    assert_eq!(
        first("src/ui/orders/model/cells.rs").as_deref(),
        Some("ui/*/model.rs")
    );
    assert_eq!(first("src/bin/tool.rs").as_deref(), Some("main.rs"));
    assert_eq!(first("src/unknown.rs"), None);
}

#[test]
fn forbidden_paths_are_found_however_they_are_written() {
    check("src/domain/a.rs", "use crate::store::Store;", "store::Store");
    check(
        "src/domain/a.rs",
        "use crate::{domain::X, store::{self, Y}};",
        "store::Y",
    );
    check(
        "src/domain/a.rs",
        "fn f() { crate::engine::start(); }",
        "engine::start",
    );
    check(
        "src/domain/a.rs",
        "fn f() { super::super::store::open(); }",
        "store::open",
    );
    check("src/domain/a.rs", "use tokio::time;", "tokio");
    check("src/domain/a.rs", "fn f() { ::tokio::spawn(x) }", "tokio");
    check("src/domain/a.rs", "use tokio as t;", "tokio");
    check(
        "src/ui/a.rs",
        "use crate::engine::outbox::Due;",
        "engine::outbox::Due",
    );
    check("src/ui/a.rs", "use crate::engine::outbox;", "engine::outbox");
}

#[test]
fn models_reach_neither_the_toolkit_nor_the_panes() {
    check("src/ui/a/model.rs", "fn f(ui: &egui::Ui) {}", "egui");
    check("src/ui/a/model.rs", "use crate::ui::theme;", "ui::theme");
    check("src/ui/a/model.rs", "use super::paint;", "ui::a::paint");
    passes("src/ui/a/model.rs", "use crate::ui::b::model::Draft;");
    passes(
        "src/ui/a/model.rs",
        "#[cfg(test)]\nmod tests { use super::*; use super::Draft; }",
    );
}

#[test]
fn tests_may_use_test_crates_but_no_forbidden_ones() {
    passes(
        "src/domain/a.rs",
        "#[cfg(test)]\nmod tests { use proptest::prelude::*; }",
    );
    check("src/domain/a.rs", "use proptest::prelude::*;", "proptest");
    passes("src/domain/a_tests.rs", "use proptest::prelude::*;");
    passes("src/domain/test_support.rs", "use tempfile::tempdir;");
    check("src/domain/a_tests.rs", "use tokio::time;", "tokio");
    check("src/domain/a_tests.rs", "use crate::store::S;", "store::S");
    check(
        "src/domain/a.rs",
        "#[cfg(test)]\nmod tests { use tokio::time; }",
        "tokio",
    );
    check(
        "src/domain/a.rs",
        "#[cfg(test)]\nmod tests { use crate::store::S; }",
        "store::S",
    );
}

#[test]
fn what_is_allowed_passes() {
    passes(
        "src/domain/a.rs",
        "// use tokio::time;\nconst X: &str = \"crate::store::Y\";",
    );
    passes(
        "src/domain/a.rs",
        "use serde::Serialize;\nuse super::b::C;\nuse std::fmt;",
    );
    passes("src/domain/a.rs", "fn f(x: X) { x.tokio(); let store = 1; }");
    passes(
        "src/ui/a.rs",
        "use crate::engine::command::Ship;\nuse crate::engine::Command;",
    );
    passes(
        "src/ui/a.rs",
        "use crate::domain::Order; use egui::Ui; use crate::ui::theme;",
    );
    passes("src/bin/tool.rs", "use crate::store::S; use tokio::main;");
}

#[test]
fn trees_are_taken_apart() {
    let all = paths("use a::{b, c::{d, e as f}, g::*};");
    let joined: Vec<String> = all.iter().map(|p| p.join("::")).collect();
    assert_eq!(joined, ["a::b", "a::c::d", "a::c::e", "a::g"]);
}

#[test]
fn crates_are_read_from_the_manifest() {
    let manifest = "[package]\nname = \"x\"\n\n[dependencies]\n# why\negui-notify = \"1\"\ncsv = { a = 1 }\n\n[dev-dependencies]\nproptest = \"1\"\n";
    assert_eq!(crates(manifest, "dependencies"), set(&["egui_notify", "csv"]));
    assert_eq!(crates(manifest, "dev-dependencies"), set(&["proptest"]));
}
