//! Reads the repository as text: which files there are, and code without its comments and strings.
//! Apart from the checks, because every check needs the same view of a file.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the repository.
pub struct File {
    /// Path from the top, with `/` on every system.
    pub path: String,
    /// The text; empty when the file is not UTF-8.
    pub text: String,
}

/// The top folder of the repository.
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of one file that must be there.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(top().join(path)).unwrap_or_else(|err| panic!("{path}: {err}"))
}

/// Every file of the project: what git tracks or would track, or, without git, what lies in the folder.
pub fn files() -> Vec<File> {
    let mut paths = tracked().unwrap_or_else(|| walk(top()));
    paths.sort();
    let files = paths.into_iter().filter_map(|path| {
        let bytes = std::fs::read(top().join(&path)).ok()?;
        Some(File {
            path,
            text: String::from_utf8(bytes).unwrap_or_default(),
        })
    });
    files.collect()
}

/// Whether the path ends in a dot and `extension`.
pub fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == extension)
}

/// The Rust files whose path starts with one of `places`.
pub fn rust_files(places: &[&str]) -> Vec<File> {
    let found: Vec<File> = files()
        .into_iter()
        .filter(|f| has_extension(&f.path, "rs") && places.iter().any(|p| f.path.starts_with(p)))
        .collect();
    assert!(!found.is_empty(), "no Rust file under {places:?}");
    found
}

fn tracked() -> Option<Vec<String>> {
    let out = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others"])
        .arg("--exclude-standard")
        .current_dir(top())
        .output()
        .ok()?;
    let paths: Vec<String> = String::from_utf8(out.stdout)
        .ok()?
        .split('\0')
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect();
    (out.status.success() && !paths.is_empty()).then_some(paths)
}

fn walk(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            let path = folder.join(&name);
            let built = folder.as_os_str().is_empty() && (name.starts_with("target") || name == ".git");
            if built {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found
}

/// The same text with every comment blanked, and with the inside of every string blanked too
/// unless `keep_strings`. Line ends stay, so line numbers stay true.
pub fn strip(text: &str, keep_strings: bool) -> String {
    let c: Vec<char> = text.chars().collect();
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let blank = |ch: char| if ch == '\n' { '\n' } else { ' ' };
    let mut i = 0;
    while i < c.len() {
        let end = if at(i) == '/' && at(i + 1) == '/' {
            (i..c.len()).find(|&j| at(j) == '\n').unwrap_or(c.len())
        } else if at(i) == '/' && at(i + 1) == '*' {
            block_comment_end(&c, i)
        } else {
            i
        };
        if end > i {
            out.extend((i..end).map(|j| blank(at(j))));
            i = end;
            continue;
        }
        let end = literal_end(&c, i);
        if end > i {
            let inside = |j: usize| j > i && j + 1 < end;
            let show = |j: usize| {
                if keep_strings || !inside(j) {
                    at(j)
                } else {
                    blank(at(j))
                }
            };
            out.extend((i..end).map(show));
            i = end;
        } else {
            out.push(at(i));
            i += 1;
        }
    }
    out
}

fn block_comment_end(c: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut i = start;
    while i < c.len() {
        match (c[i], c.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    c.len()
}

/// Where the string or character literal that starts at `i` ends; `i` itself when none starts there.
fn literal_end(c: &[char], i: usize) -> usize {
    let at = |j: usize| c.get(j).copied().unwrap_or('\0');
    let word = |ch: char| ch.is_alphanumeric() || ch == '_';
    let prefixed = i > 0 && word(at(i - 1)) && !matches!(at(i - 1), 'b' | 'c');
    if at(i) == 'r' && matches!(at(i + 1), '"' | '#') && !prefixed {
        let hashes = (i + 1..c.len()).take_while(|&j| at(j) == '#').count();
        if at(i + 1 + hashes) != '"' {
            return i;
        }
        let closes = |j: usize| at(j) == '"' && (1..=hashes).all(|k| at(j + k) == '#');
        let quote = (i + 2 + hashes..c.len()).find(|&j| closes(j));
        return quote.map_or(c.len(), |j| j + 1 + hashes);
    }
    // A lifetime has no closing quote two or more characters on; a character literal has.
    let quote = at(i);
    let is_char = quote == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'');
    if quote != '"' && !is_char {
        return i;
    }
    let mut j = i + 1;
    while j < c.len() && at(j) != quote {
        j += if at(j) == '\\' { 2 } else { 1 };
    }
    (j + 1).min(c.len())
}

/// Code of the program and code of the `#[cfg(test)] mod …` at its end, from stripped text.
pub fn split_tests(stripped: &str) -> (&str, &str) {
    let is_module = |at: &usize| {
        let after = stripped[at + "#[cfg(test)]".len()..].trim_start();
        after.starts_with("mod ") && after.find('{') < after.find(';').or(Some(usize::MAX))
    };
    let found = stripped
        .match_indices("#[cfg(test)]")
        .map(|(at, _)| at)
        .find(is_module);
    stripped.split_at(found.unwrap_or(stripped.len()))
}

/// Every string literal of text whose comments are blanked, with the line it starts on.
pub fn literals(commentless: &str) -> Vec<(usize, String)> {
    let c: Vec<char> = commentless.chars().collect();
    let (mut found, mut i, mut line) = (Vec::new(), 0, 1);
    while i < c.len() {
        let end = literal_end(&c, i).max(i + 1);
        let text: String = c[i..end].iter().collect();
        if end > i + 1 && !text.starts_with('\'') {
            let inner = text.trim_start_matches('r').trim_matches('#').trim_matches('"');
            found.push((line, inner.to_owned()));
        }
        line += text.matches('\n').count();
        i = end;
    }
    found
}

#[test]
fn comments_and_strings_are_blanked_and_lines_stay() {
    let check = |code: &str, gone: &str, kept: &str| {
        let out = strip(code, false);
        assert!(!out.contains(gone), "{gone:?} is still in {out:?}");
        assert!(out.contains(kept), "{kept:?} is lost from {out:?}");
        assert_eq!(out.matches('\n').count(), code.matches('\n').count());
    };
    check("a(); // egui\nb();", "egui", "b();");
    check("/* one /* egui */ two */ kept()", "two", "kept()");
    check("f(\"egui \\\" // x\"); kept()", "egui", "kept()");
    check("f(r#\"egui \" \"#); kept()", "egui", "kept()");
    check("f(b\"egui\"); kept()", "egui", "kept()");
    check("fn x<'a>(y: &'a str) { '\"'; kept() } // egui", "egui", "kept()");
    check("let q = '\\''; kept()", "\\", "kept()");
    check("let for_r = \"egui\"; kept()", "egui", "for_r");
}

#[test]
fn the_test_module_is_told_from_the_program() {
    let (code, tests) = split_tests("fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }");
    assert!(code.contains("fn a") && tests.contains("fn b"));
    let (code, tests) = split_tests("#[cfg(test)]\nuse x;\nfn a() {}");
    assert!(code.contains("fn a") && tests.is_empty());
    let (code, _) = split_tests("#[cfg(test)]\nmod tests;\nfn a() { }");
    assert!(code.contains("fn a"));
}

#[test]
fn literals_carry_their_lines() {
    let found = literals("a(\"one\");\nb('x', r\"two\");");
    assert_eq!(found, [(1, "one".to_owned()), (2, "two".to_owned())]);
}
