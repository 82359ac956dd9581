//! Texts that others wrote (buyers, shops, files, servers) made safe to show: on one line, of bounded length, without
//! signs that hide, turn the direction or grow over their neighbours. What is taken away leaves a mark, so that nobody
//! takes the text for what it is not. Only what is shown is changed; what is kept, sent and copied stays as it is.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Characters of a table's cell; more than fits into the widest column.
pub const CELL_CHARS: usize = 240;
/// Characters of a text that may need several lines.
pub const LINE_CHARS: usize = 2000;
/// Stands for a sign that cannot be seen.
const HIDDEN: char = '□';
/// Stands for the end of a line.
const LINE_END: char = '¶';
/// Marks above and below one character; no written language needs more.
const MARKS: usize = 2;
/// So many characters are read for one that is shown, at most.
const READ: usize = 4;

/// The text as it may be shown on one line, in at most `chars` characters. Reads no more of it than that needs.
pub fn one_line(text: &str, chars: usize) -> Cow<'_, str> {
    let short = text.len() <= chars || text.chars().nth(chars).is_none();
    if short && text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(cleaned(text, chars))
}

/// The text as a cell of a table may show it.
pub fn cell(text: &str) -> Cow<'_, str> {
    one_line(text, CELL_CHARS)
}

/// The text where it may need several lines.
pub fn line(text: &str) -> Cow<'_, str> {
    one_line(text, LINE_CHARS)
}

/// The beginning of a text for a field in which it is sent on: signs that hide or turn it are left out, so that what is
/// sent is what was seen.
pub fn visible(text: &str, chars: usize) -> String {
    let shown = one_line(text, chars.saturating_add(1));
    let shown = match shown {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text.replace([HIDDEN, LINE_END], " "),
    };
    let whole: String = shown.chars().take(chars).collect();
    whole.trim().to_owned()
}

/// Most text is of this kind, and is shown as it is.
fn is_harmless(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}')
        || matches!(c, '·' | '×' | '…' | '—' | '–' | '“' | '”' | '‘' | '’' | '¥' | '℃')
}

fn cleaned(text: &str, chars: usize) -> String {
    let mut out = String::new();
    let (mut count, mut marks) = (0_usize, 0_usize);
    let mut last = None;
    let mut rest = text.chars().peekable();
    let budget = chars.saturating_mul(READ);
    for _ in 0..budget {
        let Some(c) = rest.next() else {
            return out;
        };
        let is_mark = is_combining_mark(c);
        marks = if is_mark { marks.saturating_add(1) } else { 0 };
        let shown = if is_mark && marks <= MARKS && last.is_some() {
            c
        } else if is_mark {
            HIDDEN
        } else if c == '\u{200d}' && is_pictorial(last) && is_pictorial(rest.peek().copied()) {
            c // part of one picture: a family, a profession
        } else {
            match c {
                '\r' if rest.peek() == Some(&'\n') => continue,
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => LINE_END,
                '\t' => ' ',
                c if is_hidden(c) => HIDDEN,
                c if c.is_whitespace() && c != '\u{3000}' => ' ',
                c => c,
            }
        };
        // A row of hidden signs is one mark, and so is a row of line ends.
        if last == Some(shown) && matches!(shown, HIDDEN | LINE_END) {
            continue;
        }
        if count >= chars.saturating_sub(1) && rest.peek().is_some() {
            break;
        }
        out.push(shown);
        last = Some(shown);
        count = count.saturating_add(1);
    }
    out.push('…');
    out
}

/// A sign without a shape of its own, or one that acts on the text around it.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
        // Private use: our own icons lie there, and nobody else may show them. The rest are no characters.
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
        || matches!(u32::from(c) & 0xfffe, 0xfffe)
}

/// A picture, or what stands at its end.
fn is_pictorial(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2300}'..='\u{23ff}')
            || matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{21ff}' | '\u{2b00}'..='\u{2bff}')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_hides_or_turns_is_seen_and_usual_text_stays() {
        for (text, shown) in [
            ("明前龙井 250g×2（礼盒）", "明前龙井 250g×2（礼盒）"),
            ("café naïve Ω русский", "café naïve Ω русский"),
            ("茶\n叶", "茶¶叶"),
            ("茶\r\n\r\n\n叶", "茶¶叶"),
            ("茶\t叶\u{a0}盒", "茶 叶 盒"),
            ("\u{202e}gpj.exe", "□gpj.exe"),
            ("42\u{200b}\u{feff}\u{2060}00", "42□00"),
            ("a\u{0}\u{1b}[31mb", "a□[31mb"),
            ("e\u{301}\u{302}\u{303}\u{304}x", "e\u{301}\u{302}□x"),
            ("\u{301}x", "□x"),
            ("👩\u{200d}🌾 🍎\u{fe0f}", "👩\u{200d}🌾 🍎\u{fe0f}"),
            ("a\u{200d}b", "a□b"),
            ("\u{e5cd} 关闭", "□ 关闭"),
            ("\u{e0041}\u{fdd0}\u{1ffff}", "□"),
            ("　", "　"),
            ("", ""),
        ] {
            assert_eq!(one_line(text, 40), shown, "{text:?}");
        }
    }

    #[test]
    fn what_is_sent_on_is_what_was_seen() {
        for (text, sent) in [
            ("明前龙井 250g", "明前龙井 250g"),
            ("茶\n叶\u{202e}", "茶 叶"),
            ("一二三四五六七八九十甲", "一二三四五六七八九十"),
        ] {
            assert_eq!(visible(text, 10), sent, "{text:?}");
        }
    }

    #[test]
    fn long_text_ends_in_dots_after_so_many_characters() {
        assert_eq!(one_line("一二三四五", 5), "一二三四五");
        assert_eq!(one_line("一二三四五六", 5), "一二三四…");
        assert_eq!(one_line("一\n三四五六", 5), "一¶三四…");
        assert_eq!(one_line("一二三四\u{202e}", 5), "一二三四□");
    }

    #[test]
    fn no_text_is_read_further_than_it_is_shown() {
        // Each of these would take long or give much if all of it counted.
        for piece in [
            "茶",
            "\u{200b}",
            "\n",
            "e\u{301}\u{301}\u{301}\u{301}",
            "\u{202e}a",
            "👩\u{200d}",
        ] {
            let text = piece.repeat(1_000_000 / piece.len());
            let shown = cell(&text).into_owned();
            assert!(shown.chars().count() <= CELL_CHARS, "{piece:?}");
            assert!(shown.ends_with('…'), "{piece:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_is_one_bounded_line_of_visible_signs(text in any::<String>(), chars in 2_usize..60) {
            let shown = one_line(&text, chars).into_owned();
            prop_assert!(shown.chars().count() <= chars);
            let pictures = |c: char| c == '\u{200d}';
            prop_assert!(shown.chars().all(|c| pictures(c) || !is_hidden(c)));
            prop_assert!(!shown.contains(['\n', '\r', '\t']));
            let mut marks = 0;
            for c in shown.chars() {
                marks = if is_combining_mark(c) { marks + 1 } else { 0 };
                prop_assert!(marks <= MARKS);
            }
        }
    }
}
