//! The import table of ARCHITECTURE.md, read as data, against the paths that the code names.
//! Apart from the other checks, because reading paths out of Rust is work of its own.

use super::source::{split_tests, strip};
use std::collections::BTreeSet;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Module names or file patterns of the first column.
    pub modules: Vec<String>,
    /// Siblings (`domain`), parts of siblings (`engine::command`) and crates that may be named.
    pub may: BTreeSet<String>,
    /// What must not be named, not even by tests.
    pub never: BTreeSet<String>,
    /// The row says "anything": a file that only wires things together.
    pub anything: bool,
}

/// The rows of the table under the heading "The import table".
pub fn table(markdown: &str) -> Vec<Row> {
    let section = markdown
        .split("\n## ")
        .find(|s| s.starts_with("The import table"));
    let lines = section.unwrap_or_default().lines().filter(|l| l.starts_with('|'));
    lines
        .skip(2)
        .map(|line| {
            let cell = |n: usize| line.split('|').nth(n).unwrap_or_default();
            let names = |n: usize| cell(n).split('`').skip(1).step_by(2).map(str::to_owned);
            Row {
                modules: names(1).collect(),
                may: names(2).collect(),
                never: names(3).collect(),
                anything: cell(2).contains("anything"),
            }
        })
        .collect()
}

/// The row that governs a file under `src/`.
pub fn row_of<'t>(rows: &'t [Row], path: &str) -> Option<&'t Row> {
    let inner = path.strip_prefix("src/")?;
    let is_model = inner.starts_with("ui/") && (inner.ends_with("/model.rs") || inner.contains("/model/"));
    let top = inner.split('/').next()?.trim_end_matches(".rs");
    let wanted = if is_model {
        "ui/*/model.rs"
    } else if rows.iter().any(|r| r.modules.iter().any(|m| m == inner)) {
        inner
    } else {
        top
    };
    rows.iter().find(|r| r.modules.iter().any(|m| m == wanted))
}

/// Names of crates in the given section of a manifest, as code writes them.
pub fn crates(manifest: &str, section: &str) -> BTreeSet<String> {
    let body = manifest
        .split("\n[")
        .find(|s| s.starts_with(&format!("{section}]")));
    let names = body.unwrap_or_default().lines().filter_map(|l| l.split_once('='));
    names
        .map(|(name, _)| name.trim().replace('-', "_"))
        .filter(|name| !name.starts_with('#'))
        .collect()
}

/// Paths as the code writes them, `use` trees taken apart; from stripped code.
pub fn paths(stripped: &str) -> Vec<Vec<String>> {
    let tokens = tokens(stripped);
    let (mut found, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let after = i
            .checked_sub(1)
            .and_then(|j| tokens.get(j))
            .map_or("", |t| t.as_str());
        if is_name(&tokens[i]) && after != "." {
            let in_use = after == "use";
            let next = tree(&tokens, i, &[], &mut found);
            let single = found.last().is_some_and(|p: &Vec<String>| p.len() == 1);
            if single && !in_use && next == i + 1 {
                found.pop();
            }
            i = next.max(i + 1);
        } else {
            i += 1;
        }
    }
    found
}

fn tokens(stripped: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut glued = false;
    for ch in stripped.chars() {
        let word = ch.is_alphanumeric() || ch == '_';
        match found.last_mut() {
            Some(last) if glued && word && is_word(last) => last.push(ch),
            Some(last) if glued && ch == ':' && last == ":" => last.push(':'),
            _ if ch.is_whitespace() => {}
            _ => found.push(ch.to_string()),
        }
        glued = !ch.is_whitespace();
    }
    found
}

fn is_word(token: &str) -> bool {
    token.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn is_name(token: &str) -> bool {
    is_word(token) && !token.starts_with(|c: char| c.is_ascii_digit()) && token != "use"
}

/// Reads one path, or a tree of paths, from `i`; returns where reading goes on.
fn tree(tokens: &[String], mut i: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let at = |j: usize| tokens.get(j).map_or("", |t| t.as_str());
    loop {
        if at(i) == "{" && !path.is_empty() {
            i += 1;
            while i < tokens.len() && at(i) != "}" {
                i = if is_name(at(i)) {
                    tree(tokens, i, &path, found)
                } else {
                    i + 1
                };
            }
            return i + 1;
        }
        if is_name(at(i)) {
            path.push(at(i).to_owned());
            i += 1;
        }
        if at(i) != "::" || !(is_name(at(i + 1)) || at(i + 1) == "{") {
            found.push(path);
            let renamed = at(i) == "as" && at(i + 2) != "::";
            return if renamed { i + 2 } else { i };
        }
        i += 1;
    }
}

/// What a file names that its row does not allow, as sentences. `externals` are all crates of the manifest.
pub fn breaches(
    path: &str,
    text: &str,
    row: &Row,
    externals: &BTreeSet<String>,
    siblings: &BTreeSet<String>,
) -> Vec<String> {
    if row.anything {
        return Vec::new();
    }
    let stripped = strip(text, false);
    // Tests that fill a file of their own are named for it.
    let all_tests = path.ends_with("_tests.rs") || path.ends_with("/test_support.rs");
    let (code, tests) = if all_tests {
        ("", stripped.as_str())
    } else {
        split_tests(&stripped)
    };
    let mut home: Vec<String> = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    let mut found = BTreeSet::new();
    for (part, is_test) in [(code, false), (tests, true)] {
        if is_test {
            home.push("tests".to_owned());
        }
        for named in paths(part) {
            if let Some(what) = breach(&named, &home, row, is_test, externals, siblings) {
                found.insert(format!(
                    "{path} names `{what}`, which its row of the import table does not allow"
                ));
            }
        }
    }
    found.into_iter().collect()
}

fn breach(
    named: &[String],
    home: &[String],
    row: &Row,
    is_test: bool,
    externals: &BTreeSet<String>,
    siblings: &BTreeSet<String>,
) -> Option<String> {
    let first = named.first()?;
    if externals.contains(first) && !siblings.contains(first) {
        let allowed = if is_test {
            !row.never.contains(first)
        } else {
            row.may.contains(first)
        };
        return (!allowed).then(|| first.clone());
    }
    let full = absolute(named, home)?;
    let own = home.first()?;
    let sibling = full.first().filter(|s| siblings.contains(*s))?;
    let is_model = row.modules.iter().any(|m| m.ends_with("model.rs"));
    let allowed = if sibling == own {
        !is_model || full.iter().any(|s| s == "model")
    } else {
        may_reach(&full, row)
    };
    (!allowed).then(|| full.join("::"))
}

/// The path from the root of the crate, when it starts with `crate`, `self` or `super`.
fn absolute(named: &[String], home: &[String]) -> Option<Vec<String>> {
    let ups = named.iter().take_while(|s| *s == "super").count();
    let keep = match named.first()?.as_str() {
        "crate" => 0,
        "self" => home.len(),
        "super" => home.len().checked_sub(ups)?,
        _ => return None,
    };
    let rest = named.iter().skip(ups.max(1)).cloned();
    Some(home.iter().take(keep).cloned().chain(rest).collect())
}

/// `engine` in a row opens all of it; `engine::command` opens that part and the names re-exported on top.
fn may_reach(full: &[String], row: &Row) -> bool {
    let sibling = &full[0];
    let parts: Vec<&str> = row
        .may
        .iter()
        .filter_map(|m| m.strip_prefix(&format!("{sibling}::")))
        .collect();
    let reexported = |name: &String| name.starts_with(char::is_uppercase);
    let in_part = full
        .get(1)
        .is_some_and(|p| reexported(p) || parts.contains(&p.as_str()));
    row.may.contains(sibling) || (!parts.is_empty() && in_part)
}
