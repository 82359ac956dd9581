//! Hides phone numbers wherever they stand in a file, before anything of it is kept. Apart, because it is the one
//! place that sees them whole.

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::MaskedContact;

use super::clean::unwrap;

/// What stands between two phones in one cell.
const BETWEEN_PHONES: [char; 7] = [',', '，', '/', ';', '；', '、', '\n'];

/// The masked phone of a phone cell; a name or a note around the number is left out.
pub(super) fn contact(cell: &str) -> Option<MaskedContact> {
    if is_plain_number(cell) {
        return MaskedContact::mask(cell);
    }
    let text: String = cell.nfkc().collect();
    text.split(BETWEEN_PHONES).find_map(|one| {
        MaskedContact::mask(unwrap(one)).or_else(|| {
            let text: Vec<char> = one.chars().collect();
            let (start, end) = mobile(&text, 0)?;
            let run: String = text.get(start..end)?.iter().collect();
            MaskedContact::mask(&run)
        })
    })
}

/// Nothing but the digits of one mobile number.
fn is_plain_number(cell: &str) -> bool {
    cell.len() == 11 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// A phone cell as it may be shown: only the first three and the last four digits of every number.
pub(super) fn hide_cell(cell: &str) -> String {
    let single = MaskedContact::mask(unwrap(cell)).filter(|_| !cell.contains(BETWEEN_PHONES));
    if let Some(masked) = single {
        return masked.as_str().to_owned();
    }
    let text: Vec<char> = cell.chars().collect();
    let mut out = String::with_capacity(cell.len());
    let mut at = 0;
    while let Some(c) = text.get(at) {
        let run = text
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|c| digit(**c).is_some() || matches!(c, ' ' | '-' | '\u{a0}' | '\u{3000}'))
            .count();
        let piece = text.get(at..at.saturating_add(run)).unwrap_or_default();
        if piece.iter().filter(|c| digit(**c).is_some()).count() >= 7 {
            hide_run(piece, &mut out);
            at = at.saturating_add(run);
        } else {
            out.push(*c);
            at = at.saturating_add(1);
        }
    }
    out
}

/// There is no mobile number in the text, which takes no look at its parts to know: fewer than eleven digits, or a
/// number that is one with the letters around it. Most cells end here.
fn is_harmless(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // The bytes of a full-width digit: what is not ASCII may hold some.
    let wide = bytes.windows(2).filter(|pair| **pair == [0xef, 0xbc]).count();
    if digits.saturating_add(wide) < 11 {
        return true;
    }
    let in_one = bytes.iter().all(u8::is_ascii_alphanumeric);
    in_one && (digits < bytes.len() || !matches!(digits, 11 | 13 | 15))
}

/// [`hide`] for a text that nobody else needs.
pub(super) fn hidden(text: String) -> String {
    if is_harmless(&text) { text } else { hide(&text) }
}

/// Any text with its mobile numbers hidden.
pub(super) fn hide(text: &str) -> String {
    if is_harmless(text) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, end)) = mobile(&chars, at) {
        out.extend(chars.get(at..start).unwrap_or_default());
        hide_run(chars.get(start..end).unwrap_or_default(), &mut out);
        at = end;
    }
    out.extend(chars.get(at..).unwrap_or_default());
    out
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        ('０'..='９')
            .contains(&c)
            .then(|| u32::from(c).saturating_sub(u32::from('０')))
    })
}

/// The next mobile number from `from` on: 11 digits from 13 to 19, or `86` before them, plain or as 3-4-4, with no
/// digit or letter that would make it part of something longer.
fn mobile(text: &[char], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while at < text.len() {
        if text.get(at).copied().and_then(digit).is_none() {
            at = at.saturating_add(1);
            continue;
        }
        let glued = at
            .checked_sub(1)
            .and_then(|before| text.get(before))
            .is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
        let end = run_end(text, at);
        if !glued && let Some(start) = mobile_start(text, at, end) {
            return Some((start, end));
        }
        if !glued && let Some(end) = spaced_mobile(text, at) {
            return Some((at, end));
        }
        at = end.max(at.saturating_add(1));
    }
    None
}

fn run_end(text: &[char], at: usize) -> usize {
    let digits = text
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|c| digit(**c).is_some())
        .count();
    at.saturating_add(digits)
}

fn looks_mobile(digits: &[u32]) -> bool {
    matches!(digits, [1, 3..=9, ..]) && digits.len() == 11
}

fn mobile_start(text: &[char], at: usize, end: usize) -> Option<usize> {
    if text
        .get(end)
        .is_some_and(|c| c.is_ascii_alphabetic() || *c == '_')
    {
        return None;
    }
    let digits: Vec<u32> = text.get(at..end)?.iter().filter_map(|c| digit(*c)).collect();
    for skip in [0, 2, 4] {
        let country = digits.get(..skip)?;
        if matches!(country, [] | [8, 6] | [0, 0, 8, 6]) && looks_mobile(digits.get(skip..)?) {
            return Some(at.saturating_add(skip));
        }
    }
    None
}

/// `138 1234 1234`, `138-1234-1234`.
fn spaced_mobile(text: &[char], at: usize) -> Option<usize> {
    let mut digits = Vec::with_capacity(11);
    let mut here = at;
    for (group, width) in [3usize, 4, 4].into_iter().enumerate() {
        if group > 0 {
            if !matches!(text.get(here), Some(' ' | '-' | '\u{a0}')) {
                return None;
            }
            here = here.saturating_add(1);
        }
        let end = run_end(text, here);
        if end.saturating_sub(here) != width {
            return None;
        }
        digits.extend(text.get(here..end)?.iter().filter_map(|c| digit(*c)));
        here = end;
    }
    looks_mobile(&digits).then_some(here)
}

/// Writes a run of digits with all but the first three and the last four as `*`; short ones keep the last four.
fn hide_run(run: &[char], out: &mut String) {
    let total = run.iter().filter(|c| digit(**c).is_some()).count();
    let kept = if total >= 11 { 3 } else { 0 };
    let tail = total.saturating_sub(4);
    let mut seen: usize = 0;
    for c in run {
        if digit(*c).is_none() {
            out.push(*c);
            continue;
        }
        seen = seen.saturating_add(1);
        out.push(if seen > kept && seen <= tail { '*' } else { *c });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mobile_numbers_are_hidden_in_any_text() {
        for (text, hidden) in [
            ("13812341234", "138****1234"),
            ("张三 13812341234 收", "张三 138****1234 收"),
            ("+8613812341234", "+86138****1234"),
            ("138 1234 1234", "138 **** 1234"),
            ("138-1234-1234", "138-****-1234"),
            ("１３８１２３４１２３４", "１３８****１２３４"),
            ("13812341234/13912341234", "138****1234/139****1234"),
            ("13812341234-8008", "138****1234-8008"),
            ("4200000925202101284997714292", "4200000925202101284997714292"),
            ("SF13812341234", "SF13812341234"),
            ("茶叶*1", "茶叶*1"),
            ("", ""),
        ] {
            assert_eq!(hide(text), hidden, "{text}");
        }
    }

    #[test]
    fn phone_cells_never_show_a_whole_number() {
        for (text, hidden) in [
            ("13812341234", "138****1234"),
            ("021-12345678", "021-****5678"),
            ("138****1234", "138****1234"),
            ("张三13812341234", "张三138****1234"),
            ("13812341234,13912341234", "138****1234,139****1234"),
            ("无", "无"),
            ("", ""),
        ] {
            assert_eq!(hide_cell(text), hidden, "{text}");
        }
    }

    #[test]
    fn a_contact_is_found_beside_a_name() {
        for (cell, masked) in [
            ("13812341234", Some("138****1234")),
            ("张三 13812341234", Some("138****1234")),
            ("13812341234/13912341234", Some("138****1234")),
            ("13812341234，13912341234", Some("138****1234")),
            ("`13812341234", Some("138****1234")),
            ("张三", None),
            ("", None),
        ] {
            assert_eq!(
                contact(cell).as_ref().map(MaskedContact::as_str),
                masked,
                "{cell}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_mobile_number_is_ever_left(
            before in "[ ,;:：\u{4e00}-\u{4e20}]{0,6}",
            phone in "1[3-9][0-9]{9}",
            after in "[ ,;:：\u{4e00}-\u{4e20}]{0,6}",
        ) {
            let text = format!("{before}{phone}{after}");
            prop_assert!(!hide(&text).contains(&phone));
            prop_assert!(!hide_cell(&text).contains(&phone));
        }
    }
}
