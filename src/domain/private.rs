//! Hides what belongs to a person in text that is kept or shown: phone numbers keep their first and last digits,
//! payers their ends, and tokens nothing. For text from outside whose parts are not known by their names.

use super::{MaskedContact, OpenId};

/// No word of a person is so long; tokens and keys are.
const TOKEN_CHARS: usize = 64;
/// An openid of WeChat has so many characters and begins with `o`.
const OPENID_CHARS: usize = 28;
/// Parts into which people write a phone number: `138 1234 5678`, `+86 138-1234-5678`.
const PHONE_PARTS: usize = 4;

/// There is something in the text that [`hide_private`] hides.
pub fn is_private(text: &str) -> bool {
    hide_private(text) != text.chars().map(plain_digit).collect::<String>()
}

/// The text with every phone number, payer and token in it hidden. What is hidden already stays as it is.
pub fn hide_private(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().map(plain_digit) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') {
            word.push(c);
        } else {
            push_word(&mut out, &word);
            word.clear();
            out.push(c);
        }
    }
    push_word(&mut out, &word);
    hide_phones(&out)
}

fn push_word(out: &mut String, word: &str) {
    let chars = word.len(); // ASCII only
    if (OPENID_CHARS..TOKEN_CHARS).contains(&chars)
        && let Some((before, openid, after)) = glued_openid(word)
    {
        out.push_str(before);
        push_word(out, openid);
        push_word(out, after);
        return;
    }
    if chars == OPENID_CHARS && word.starts_with('o') {
        out.push_str(&OpenId(word.to_owned()).short());
    } else if chars >= TOKEN_CHARS && word.bytes().any(|b| b.is_ascii_alphabetic()) {
        out.push_str("***");
    } else {
        out.push_str(word);
    }
}

/// An openid that stands between `-` or `_` with something before or after it.
fn glued_openid(word: &str) -> Option<(&str, &str, &str)> {
    let joins = |c: Option<char>| c.is_none_or(|c| matches!(c, '-' | '_'));
    word.match_indices('o').find_map(|(from, _)| {
        let to = from.checked_add(OPENID_CHARS)?;
        let (before, openid, after) = (word.get(..from)?, word.get(from..to)?, word.get(to..)?);
        let alone = before.is_empty() && after.is_empty();
        let stands = joins(before.chars().next_back()) && joins(after.chars().next());
        (!alone && stands).then_some((before, openid, after))
    })
}

/// Full-width digits as plain ones.
fn plain_digit(c: char) -> char {
    let digit = u32::from(c)
        .checked_sub(u32::from('０'))
        .filter(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

/// A run of digits in the text, and the text from the end of the run before it.
struct Run<'a> {
    before: &'a str,
    digits: &'a str,
}

fn hide_phones(text: &str) -> String {
    let (runs, tail) = runs(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        out.push_str(run.before);
        let parts = (1..=PHONE_PARTS).rev().find_map(|parts| {
            let parts = runs.get(at..at.checked_add(parts)?)?;
            Some((parts.len(), phone(parts)?))
        });
        if let Some((parts, hidden)) = parts {
            out.push_str(&hidden);
            at = at.saturating_add(parts);
        } else {
            out.push_str(run.digits);
            at = at.saturating_add(1);
        }
    }
    out.push_str(tail);
    out
}

fn runs(text: &str) -> (Vec<Run<'_>>, &str) {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(from);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        runs.push(Run { before, digits });
        rest = after;
    }
    (runs, rest)
}

/// People put it between the parts of a phone number.
fn is_separator(c: char) -> bool {
    matches!(c, '-' | '－' | ')' | ' ' | '\u{a0}' | '\u{3000}')
}

/// People put it between the parts of a mobile number, and between those of other numbers too.
fn may_separate(c: char) -> bool {
    is_separator(c) || matches!(c, '.' | '/' | '·')
}

/// The parts as one hidden phone number; `None` when they are none.
fn phone(parts: &[Run<'_>]) -> Option<String> {
    let between = |is: fn(char) -> bool| {
        parts.iter().skip(1).all(|run| {
            let mut chars = run.before.chars();
            (1..=2).contains(&chars.clone().count()) && chars.all(is)
        })
    };
    // No address of a computer has a part of four digits.
    let ends_long = parts.last().is_some_and(|run| run.digits.len() >= 4);
    let plainly = between(is_separator);
    if parts.len() > 1 && !plainly && !(ends_long && between(may_separate)) {
        return None;
    }
    let digits: String = parts.iter().map(|run| run.digits).collect();
    let local = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"))
        .filter(|local| local.len() == 11)
        .unwrap_or(&digits);
    let is_mobile = match local.as_bytes() {
        [b'1', second, rest @ ..] => rest.len() == 9 && (b'3'..=b'9').contains(second),
        _ => false,
    };
    let is_land_line = plainly
        && parts.len() > 1
        && digits.starts_with('0')
        && (10..=12).contains(&digits.len())
        && !is_mobile;
    if !(is_mobile || is_land_line) {
        return None;
    }
    Some(MaskedContact::mask(&digits)?.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_person_is_hidden_and_nothing_else() {
        for (text, hidden) in [
            ("", ""),
            ("请放门口", "请放门口"),
            ("电话13812341234", "电话138****1234"),
            ("13812341234，13987654321", "138****1234，139****4321"),
            ("１３８１２３４１２３４", "138****1234"),
            ("138 1234 1234", "138****1234"),
            ("138-1234-1234 收", "138****1234 收"),
            ("138.1234.1234", "138****1234"),
            ("138/1234/1234", "138****1234"),
            ("138  1234  1234", "138****1234"),
            ("138\u{a0}1234\u{a0}1234", "138****1234"),
            ("138\u{3000}1234\u{3000}1234", "138****1234"),
            ("139.196.123.45", "139.196.123.45"),
            ("138****1234", "138****1234"),
            ("uid-oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "uid-oUpF…eS6o"),
            ("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o_1-x", "oUpF…eS6o_1-x"),
            ("4200000925202101284997714292", "4200000925202101284997714292"),
            (
                "4200000925202101284997714292 13812341234",
                "4200000925202101284997714292 138****1234",
            ),
            ("SF1381234123456", "SF1381234123456"),
            ("2026-11-21 14:00:00", "2026-11-21 14:00:00"),
            ("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "oUpF…eS6o"),
            ("payer oUpF8uMuAJO_M2pxb1Q9zNjWeS6o.", "payer oUpF…eS6o."),
            (
                "rid: 65f1a2b3-0a1b2c3d-4e5f6071",
                "rid: 65f1a2b3-0a1b2c3d-4e5f6071",
            ),
        ] {
            assert_eq!(hide_private(text), hidden, "{text}");
            assert_eq!(hide_private(hidden), hidden, "never hidden twice");
        }
        assert_eq!(hide_private(&format!("t={}", "aB3_".repeat(40))), "t=***");
        assert!(!hide_private("0571-88123456").contains("88123456"));
    }

    #[test]
    fn no_phone_gets_through_whatever_stands_around_it() {
        let mut seed: u64 = 7;
        let mut next = |end: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % end
        };
        let around = [
            "", " ", "，", "电话", "tel:", "/", "#", "x", "(", "：", "\n", "4200 ",
        ];
        for _ in 0..2000 {
            let phone = format!("1{}{:09}", 3 + next(7), next(1_000_000_000));
            let pick = |n: u64| around[usize::try_from(n).unwrap()];
            let (before, after) = (pick(next(12)), pick(next(11)));
            let text = format!("{before}{phone}{after}");
            assert!(!hide_private(&text).contains(&phone), "{text}");
        }
    }
}
