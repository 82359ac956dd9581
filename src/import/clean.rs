//! Takes the dirt off a cell: wrappers, blanks, invisible and full-width characters. Apart, because what counts
//! as dirt is the same for every field and must never change what an id means.

use unicode_normalization::UnicodeNormalization as _;

/// An id without its dirt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clean {
    /// What is left.
    pub(super) text: String,
    /// More was taken away than wrappers and blanks at the ends.
    pub(super) changed: bool,
}

/// Takes no room and means nothing: zero-width characters, direction marks, byte order marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '\0'..='\u{1f}')
}

/// Takes off what Excel users and exporters put around a value so that it stays text: blanks, a leading `'` or
/// back-tick, `="…"`, a pair of quotes.
pub(super) fn unwrap(raw: &str) -> &str {
    let mut text = raw.trim_matches(is_edge);
    loop {
        let inner = text
            .strip_prefix("=\"")
            .and_then(|t| t.strip_suffix('"'))
            .or_else(|| text.strip_prefix('"').and_then(|t| t.strip_suffix('"')))
            .or_else(|| text.strip_prefix('“').and_then(|t| t.strip_suffix('”')))
            .or_else(|| text.strip_prefix(['\'', '`', '‘', '’', '＇', '｀']))
            .map(|t| t.trim_matches(is_edge));
        match inner {
            Some(inner) if inner.len() < text.len() => text = inner,
            _ => return text,
        }
    }
}

/// NFKC leaves the text as it is, and nothing in it is invisible: ASCII and the usual Chinese characters, which is what
/// nearly every cell consists of.
fn is_settled(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// An id: wrappers off, NFKC, nothing invisible inside. Blanks inside stay: what they mean depends on the field.
pub(super) fn id(raw: &str) -> Clean {
    let bare = unwrap(raw);
    if is_settled(bare) {
        return Clean {
            text: bare.to_owned(),
            changed: false,
        };
    }
    let folded: String = bare.nfkc().filter(|c| !is_invisible(*c)).collect();
    let text = unwrap(&folded).to_owned();
    Clean {
        changed: text != bare,
        text,
    }
}

/// A word to be compared: NFKC, lower case, nothing invisible, no blanks at all.
pub(super) fn folded(raw: &str) -> String {
    let bare = unwrap(raw);
    if is_settled(bare) {
        let mut folded = String::with_capacity(bare.len());
        let plain = bare
            .chars()
            .filter(|c| !c.is_ascii_whitespace() && !c.is_ascii_control());
        folded.extend(plain.map(|c| c.to_ascii_lowercase()));
        return folded;
    }
    bare.nfkc()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text that people read: wrappers off, line breaks as `；`, no controls and no direction marks. The joiner
/// inside an emoji stays.
pub(super) fn prose(raw: &str) -> String {
    if is_settled(raw) && !raw.contains(|c: char| c.is_ascii_control()) {
        let line = unwrap(raw).trim().trim_end_matches(';');
        return line.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for line in unwrap(raw).split(['\n', '\r']) {
        let line: String = line
            .chars()
            .filter(|c| *c == '\u{200d}' || !is_invisible(*c))
            .map(|c| {
                if c.is_control() || c == '\u{a0}' || c == '\u{3000}' {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let line = line.trim().trim_end_matches(['；', ';']);
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('；');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, text: &str, changed: bool) {
        let expected = Clean {
            text: text.to_owned(),
            changed,
        };
        assert_eq!(id(raw), expected, "{raw:?}");
    }

    #[test]
    fn wrappers_come_off_without_a_word() {
        check("4200", "4200", false);
        check("'4200", "4200", false);
        check("`4200", "4200", false);
        check("\t4200\t", "4200", false);
        check("=\"4200\"", "4200", false);
        check(" '=\"4200\" ", "4200", false);
        check("\"4200\"", "4200", false);
        check("\u{a0}\u{3000}4200\u{feff}", "4200", false);
        check("\u{feff}", "", false);
        check("'", "", false);
        check("\"", "\"", false);
    }

    #[test]
    fn what_changes_inside_is_told() {
        check("４２００", "4200", true);
        check("ＳＦ1234", "SF1234", true);
        check("42\u{200b}00", "4200", true);
        check("42\u{feff}00", "4200", true);
        check("42 00", "42 00", false);
        check("42\u{a0}00", "42 00", true);
    }

    #[test]
    fn prose_is_one_line_without_controls() {
        for (raw, text) in [
            ("苹果*2\n梨*1", "苹果*2；梨*1"),
            (" 茶叶 \r\n\r\n", "茶叶"),
            ("a\u{202e}b\tc", "ab c"),
            ("👨\u{200d}👩", "👨\u{200d}👩"),
            ("", ""),
        ] {
            assert_eq!(prose(raw), text, "{raw:?}");
        }
    }

    #[test]
    fn words_are_compared_without_case_width_or_blanks() {
        assert_eq!(folded(" ＳＦ 速运\u{200b}"), "sf速运");
    }
}
