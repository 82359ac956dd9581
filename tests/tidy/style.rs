//! Checks of one file's text: length, header, colours, sleeping tests, words that do not belong.
//! Apart from the list of tests, because each check is a function with its own bad example.

use super::source::{has_extension, literals, split_tests, strip};

/// Most lines a Rust file may have.
pub const MOST_LINES: usize = 400;

/// Files that may be longer, each with the reason why it is still one thing.
pub const LONGER: &[(&str, &str)] = &[];

/// What may lie at the top of the repository, next to files whose name starts with a dot.
pub const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "assets",
    "tests",
    "packaging",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
];

/// A file that grew beyond what one thing needs.
pub fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    let excused = LONGER.iter().any(|(long, _)| *long == path);
    (lines > MOST_LINES && !excused)
        .then(|| format!("{path} has {lines} lines, at most {MOST_LINES}: split it"))
}

/// A file that does not say what it is.
pub fn no_header(path: &str, text: &str) -> Option<String> {
    let first = text.lines().next().unwrap_or_default();
    let says = first
        .strip_prefix("//! ")
        .is_some_and(|rest| rest.split(' ').count() > 1);
    (!says).then(|| format!("{path} does not begin with a `//!` sentence that says what it is"))
}

/// Colours made outside the one file that holds them.
pub fn colours(path: &str, text: &str) -> Vec<String> {
    const MADE: &[&str] = &[
        "Color32::",
        "Rgba::",
        "Hsva::",
        "from_rgb",
        "from_gray",
        "from_black_alpha",
        "from_white_alpha",
        "hex_color!",
    ];
    let code = strip(text, false);
    let made = MADE
        .iter()
        .filter(|m| code.contains(**m))
        .map(|m| (*m).to_owned());
    let hex = literals(&strip(text, true))
        .into_iter()
        .map(|(_, s)| s)
        .filter(|s| is_hex_colour(s));
    made.chain(hex)
        .map(|what| format!("{path} makes a colour ({what}); colours live in src/ui/theme.rs"))
        .collect()
}

fn is_hex_colour(literal: &str) -> bool {
    let digits = literal.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// Tests that wait for the clock, or that nobody runs.
pub fn idle_tests(path: &str, text: &str) -> Vec<String> {
    let stripped = strip(text, false);
    let (program, tests) = split_tests(&stripped);
    let tests = if path.starts_with("tests/") {
        &stripped
    } else {
        tests
    };
    let mut found = Vec::new();
    if tests.contains("thread::sleep") {
        found.push(format!("{path} sleeps in a test: wait for the event instead"));
    }
    if [program, tests].iter().any(|t| t.contains("#[ignore")) {
        found.push(format!(
            "{path} has a test that is never run: mend it or delete it"
        ));
    }
    found
}

/// Paths of one machine, in any text file; work left open, in code.
pub fn foreign_words(path: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file does not find itself.
    let paths = [concat!("/wo", "rk/"), concat!("/tm", "p/"), concat!("/ro", "ot/")];
    let open = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    let is_code = has_extension(path, "rs");
    let words = paths.iter().chain(open.iter().filter(|_| is_code));
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(n, line)| {
            words
                .clone()
                .filter(move |w| line.contains(**w))
                .map(move |w| (n + 1, w))
        })
        .map(|(n, word)| format!("{path}:{n} contains {word}"))
        .collect()
}

/// A name at the top that nobody asked for.
pub fn stray(path: &str) -> Option<String> {
    let name = path.split('/').next().unwrap_or_default();
    let fine = name.starts_with('.') || TOP.contains(&name);
    (!fine).then(|| format!("{name} does not belong at the top level"))
}

/// A word of code outside comments and strings, as a whole word.
pub fn names_word(text: &str, word: &str) -> bool {
    let stripped = strip(text, false);
    stripped
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|w| w == word)
}

/// Every `**Invariant:**` of the map, with the names of the tests that hold it.
pub fn invariants(markdown: &str) -> Vec<(String, Vec<String>)> {
    let lines = markdown.lines().filter(|l| l.contains("**Invariant:**"));
    let held = |line: &str| -> Vec<String> {
        let names = line.split("held by").nth(1).unwrap_or_default();
        names
            .split('`')
            .skip(1)
            .step_by(2)
            .map(|n| n.rsplit("::").next().unwrap_or(n).to_owned())
            .collect()
    };
    lines.map(|l| (l.trim().to_owned(), held(l))).collect()
}

#[test]
fn a_file_of_401_lines_is_too_long() {
    assert!(too_long("src/a.rs", &"x\n".repeat(401)).is_some());
    assert!(too_long("src/a.rs", &"x\n".repeat(400)).is_none());
}

#[test]
fn a_file_without_a_sentence_on_top_is_found() {
    assert!(no_header("a.rs", "use x;\n//! Late header here.").is_some());
    assert!(no_header("a.rs", "//! Orders.\n").is_some());
    assert!(no_header("a.rs", "").is_some());
    assert!(no_header("a.rs", "//! Orders and their keys.\n").is_none());
}

#[test]
fn a_colour_is_found_however_it_is_made() {
    let check = |code: &str| assert_eq!(colours("src/ui/a.rs", code).len(), 1, "{code}");
    check("let c = Color32::RED;");
    check(
        "let c = egui::Rgba::from_gray_alpha;"
            .replace("from_gray_alpha", "X")
            .as_str(),
    );
    check("let c = \"#13897a\";");
    check("let c = \"#13897aff\";");
    check("let c = make::from_gray(3);");
    let none = "// Color32::RED\nfn f(c: Color32) { \"#42\"; \"Color32::RED\" }";
    assert!(colours("src/ui/a.rs", none).is_empty());
}

#[test]
fn sleeping_and_ignored_tests_are_found() {
    let sleep = "std::thread::sleep(d);";
    assert_eq!(idle_tests("tests/a.rs", sleep).len(), 1);
    assert_eq!(
        idle_tests("src/a.rs", &format!("#[cfg(test)]\nmod tests {{ {sleep} }}")).len(),
        1
    );
    assert_eq!(idle_tests("src/a.rs", sleep).len(), 0);
    assert_eq!(
        idle_tests("tests/a.rs", "// thread::sleep is not for us").len(),
        0
    );
    assert_eq!(
        idle_tests("tests/a.rs", "#[ignore = \"slow\"]\nfn a() {}").len(),
        1
    );
}

#[test]
fn a_path_of_one_machine_is_found_with_its_line() {
    let folder = concat!("/tm", "p/");
    assert_eq!(
        foreign_words("a.md", &format!("one\n{folder}x")),
        [format!("a.md:2 contains {folder}")]
    );
    let open = concat!("// TO", "DO later");
    assert_eq!(foreign_words("a.rs", open).len(), 1);
    assert!(foreign_words("a.md", open).is_empty());
    assert!(foreign_words("a.rs", "let path = \"temporary/x\";").is_empty());
}

#[test]
fn a_stray_name_at_the_top_is_found() {
    assert!(stray("notes.txt").is_some());
    assert!(stray("benches/a.rs").is_some());
    assert!(stray("src/main.rs").is_none() && stray(".ci/run").is_none());
}

#[test]
fn a_word_is_found_only_as_a_whole_word_of_code() {
    assert!(names_word("use egui::Ui;", "egui"));
    assert!(!names_word("// egui\nlet egui_like = \"egui\";", "egui"));
}

#[test]
fn invariants_carry_the_names_of_their_tests() {
    let map =
        "- **Invariant:** all is well (held by `tests/a.rs::all_is_well`, `tidy::b`).\n**Invariant:** hope.";
    let found = invariants(map);
    assert_eq!(found[0].1, ["all_is_well", "b"]);
    assert!(found[1].1.is_empty());
}
