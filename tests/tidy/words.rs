//! Checks of the Fluent files: both languages say the same things, and the code uses what they say.
//! Apart from the other checks, because words have a format of their own.

use super::source::{File, has_extension, literals, strip};
use std::collections::{BTreeMap, BTreeSet};

/// Functions and macros whose first text argument is the id of a message.
pub const HELPERS: &[&str] = &["text", "text_args", "t", "tr", "t_args", "say", "msg"];

/// Beginnings of ids that code puts together at run time and that no `format!` shows.
pub const GENERATED: &[&str] = &[];

/// One message or attribute: its id (`id` or `id.attribute`), its words and the variables in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Name of the file, without its folder.
    pub file: String,
    /// The words as written.
    pub words: String,
    /// Names after `$`.
    pub variables: BTreeSet<String>,
}

/// The messages of one language; an id that stands twice, or says nothing, becomes a complaint.
pub fn messages(files: &[File], folder: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    let mut complaints = Vec::new();
    for file in files
        .iter()
        .filter(|f| f.path.starts_with(folder) && has_extension(&f.path, "ftl"))
    {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        for (id, words) in entries(&file.text) {
            let message = Message {
                file: name.to_owned(),
                variables: variables(&words),
                words,
            };
            if let Some(first) = all.insert(id.clone(), message) {
                complaints.push(format!(
                    "{folder}{name}: {id} stands twice, first in {}",
                    first.file
                ));
            }
        }
    }
    // A message may consist of attributes only.
    let has_parts = |id: &String| all.keys().any(|other| other.starts_with(&format!("{id}.")));
    let silent = all.iter().filter(|(id, m)| m.words.is_empty() && !has_parts(id));
    complaints.extend(silent.map(|(id, m)| format!("{folder}{}: {id} is empty", m.file)));
    (all, complaints)
}

/// Ids and words of one Fluent file, in order; an attribute has the id of its message before a dot.
fn entries(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut message = String::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let indented = line.starts_with([' ', '\t', '}', '*', '[']);
        let pair = line.split_once('=').map(|(id, words)| (id.trim(), words.trim()));
        let attribute = pair.and_then(|(id, words)| Some((id.strip_prefix('.')?, words)));
        if let (Some((id, words)), false) = (pair.filter(|p| is_id(p.0)), indented) {
            id.clone_into(&mut message);
            found.push((id.to_owned(), words.to_owned()));
        } else if let Some((id, words)) = attribute.filter(|a| is_id(a.0)) {
            found.push((format!("{message}.{id}"), words.to_owned()));
        } else if let Some((_, words)) = found.last_mut() {
            *words += line.trim();
        }
    }
    found
}

/// A message id, or, with a dash before it, the id of a term.
fn is_id(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name = text.trim_start_matches('-');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(part)
}

fn variables(words: &str) -> BTreeSet<String> {
    let name = |s: &str| -> String {
        s.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect()
    };
    words
        .split('$')
        .skip(1)
        .map(name)
        .filter(|n| !n.is_empty())
        .collect()
}

/// What one language says and the other does not, or says with other variables or in another file.
pub fn differences(a: &BTreeMap<String, Message>, b: &BTreeMap<String, Message>) -> Vec<String> {
    let ids: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let compare = |id: &String| match (a.get(id), b.get(id)) {
        (Some(x), Some(y)) if x.file != y.file => Some(format!("{id} is in {} and in {}", x.file, y.file)),
        (Some(x), Some(y)) if x.variables != y.variables => Some(format!(
            "{id} ({}) has {:?} and {:?}",
            x.file, x.variables, y.variables
        )),
        (Some(x), None) | (None, Some(x)) => Some(format!("{id} ({}) is in one language only", x.file)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    ids.into_iter().filter_map(compare).collect()
}

/// Ids that code asks for through one of the helpers, with the line.
pub fn asked(code: &str) -> Vec<(usize, String)> {
    let shown = strip(code, true);
    let hidden = strip(code, false);
    let mut found = Vec::new();
    for (at, _) in hidden.match_indices('(') {
        let before = hidden[..at].trim_end_matches('!');
        let name = before
            .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default();
        let defines = before.trim_end_matches(name).trim_end().ends_with("fn");
        if !HELPERS.contains(&name) || defines {
            continue;
        }
        // Only plain arguments may stand before the id: `lang`, `cx.words`, `&self.lang`.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | '&' | ' ' | '\n');
        let rest = &hidden[at + 1..];
        let quote = rest.find(|c| !plain(c)).filter(|&q| rest[q..].starts_with('"'));
        if let Some(quote) = quote {
            let line = hidden[..at].matches('\n').count() + 1;
            // Blanking keeps characters, not bytes: count them.
            let skip = hidden[..at + 1 + quote].chars().count();
            let tail: String = shown.chars().skip(skip).collect();
            let first = literals(&tail).into_iter().next();
            found.extend(first.map(|(_, id)| (line, id)).filter(|(_, id)| is_id(id)));
        }
    }
    found
}

/// Messages that no code can show: neither their id nor a beginning of it stands in a literal.
pub fn unused(ids: &BTreeSet<String>, literals: &BTreeSet<String>) -> Vec<String> {
    let beginning = |s: &String| -> Option<String> {
        let (start, _) = s.split_once('{')?;
        let is_id = start.len() > 3
            && start
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        is_id.then(|| start.to_owned())
    };
    let beginnings: BTreeSet<String> = literals.iter().filter_map(beginning).collect();
    let shown = |id: &String| {
        let message = id.split('.').next().unwrap_or(id);
        literals.contains(message)
            || beginnings.iter().any(|b| id.starts_with(b.as_str()))
            || GENERATED.iter().any(|b| id.starts_with(b))
    };
    ids.iter()
        .filter(|id| !id.starts_with('-') && !shown(id))
        .cloned()
        .collect()
}

#[cfg(test)]
fn ftl(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn messages_attributes_and_variables_are_read() {
    let text = "# a = b\none = 1 { $n }\n    and { $m }\ntwo =\n    .tip = Tip\nthree = { $k ->\n    [one] x = y\n   *[other] z\n}\n";
    let (all, complaints) = messages(&[ftl("en/a.ftl", text)], "en/");
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(all.keys().collect::<Vec<_>>(), ["one", "three", "two", "two.tip"]);
    assert_eq!(all["one"].variables, ["m", "n"].map(str::to_owned).into());
    assert_eq!(all["three"].variables, ["k".to_owned()].into());
}

#[test]
fn an_empty_message_and_a_second_one_are_found() {
    let files = [ftl("en/a.ftl", "one = 1\nnone =\n"), ftl("en/b.ftl", "one = 2\n")];
    let (_, complaints) = messages(&files, "en/");
    assert_eq!(complaints.len(), 2, "{complaints:?}");
}

#[test]
fn what_one_language_lacks_is_found() {
    let read = |file: &str, text: &str| messages(&[ftl(&format!("x/{file}"), text)], "x/").0;
    let both = |a: &str, b: &str| differences(&read("a.ftl", a), &read("a.ftl", b));
    assert_eq!(both("one = { $n }\n", "one = { $n } !\n"), Vec::<String>::new());
    assert_eq!(both("one = { $n }\n", "one = { $m }\n").len(), 1);
    assert_eq!(both("one = 1\n", "two = 2\n").len(), 2);
    assert_eq!(
        differences(&read("a.ftl", "one = 1\n"), &read("b.ftl", "one = 1\n")).len(),
        1
    );
}

#[test]
fn ids_are_found_in_calls_and_nowhere_else() {
    let ids = |code: &str| asked(code).into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    assert_eq!(ids("text(lang, \"send-title\")"), ["send-title"]);
    assert_eq!(ids("cx.words\n  .t(\"send-title\")"), ["send-title"]);
    assert_eq!(ids("tr!(\"发\", \"a\"); t(&cx.lang, \"b\")"), ["b"]);
    assert_eq!(
        ids("text(f(1), \"no\"); context(\"no\"); fn t(x: &str) {} // t(\"no\")"),
        Vec::<String>::new()
    );
    assert_eq!(asked("\n\nt(\"a\")"), [(3, "a".to_owned())]);
}

#[test]
fn an_unused_message_is_found_and_a_generated_one_is_not() {
    let set = |all: &[&str]| all.iter().map(|&s| s.to_owned()).collect::<BTreeSet<_>>();
    let ids = set(&["used", "used.tip", "state-queued", "lost", "-brand"]);
    assert_eq!(unused(&ids, &set(&["used", "state-{name}", "{x}"])), ["lost"]);
}
