//! Takes a tracking cell apart: several numbers in one cell, the courier's name beside the number, blanks inside
//! a number. Apart from `rows`, because every separator here is also a character of something else.

use super::clean;
use super::numbers::is_mangled;
use super::words::is_not_shipped;

/// Shorter tokens are groups of digits, not whole numbers.
const WHOLE_NUMBER: usize = 10;
/// Letters with which numbers begin: a token of just these is part of the number and no courier.
const NUMBER_LETTERS: [&str; 7] = ["SF", "YT", "JT", "JD", "STO", "DPK", "KY"];

/// One number of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The courier that stands beside it, by id.
    pub(super) courier: Option<String>,
    /// The number, upper case, without blanks.
    pub(super) number: String,
    /// It was changed by more than taking off wrappers.
    pub(super) changed: bool,
}

/// The numbers of a cell; `find` knows the couriers. Nothing is checked here.
pub(super) fn split(cell: &str, find: &dyn Fn(&str) -> Option<String>) -> Vec<Part> {
    let clean = clean::id(cell);
    if is_one_number(&clean.text) {
        let number = clean.text.to_ascii_uppercase();
        return vec![Part {
            courier: None,
            changed: clean.changed || number != clean.text,
            number,
        }];
    }
    if is_mangled(&clean.text) {
        return vec![Part {
            courier: None,
            number: clean.text,
            changed: false,
        }];
    }
    let mut parts: Vec<Part> = Vec::new();
    let pieces = clean.text.split([';', ',', '、', '|', '\n', '\r', '\t', '。']);
    let pieces: Vec<&str> = pieces
        .flat_map(at_slashes)
        .filter(|piece| !piece.trim().is_empty() && !is_not_shipped(piece))
        .collect();
    let is_name = |piece: &str| !piece.contains(|c: char| c.is_ascii_digit());
    // `顺丰速运,SF123…`: a name alone is that of the numbers behind it.
    let mut named: Option<String> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let before_number = pieces
            .get(index.saturating_add(1))
            .is_some_and(|next| !is_name(next));
        if let Some(id) = (before_number && is_name(piece)).then(|| find(piece)).flatten() {
            named = Some(id);
            continue;
        }
        for mut part in numbers(piece, clean.changed, find) {
            part.courier = part.courier.or_else(|| named.clone());
            if !parts.iter().any(|known| known.number == part.number) {
                parts.push(part);
            }
        }
    }
    parts
}

/// Letters and digits in one, of which no part could be anything else, as most cells are.
fn is_one_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
        && !is_mangled(text)
}

/// A slash separates only whole numbers: some numbers contain one.
fn at_slashes(piece: &str) -> Vec<&str> {
    let sides: Vec<&str> = piece.split('/').collect();
    if sides.iter().all(|side| side.trim().len() >= WHOLE_NUMBER) {
        sides
    } else {
        vec![piece]
    }
}

/// The numbers of a piece without separators.
fn numbers(piece: &str, changed: bool, find: &dyn Fn(&str) -> Option<String>) -> Vec<Part> {
    let mut courier = None;
    let mut tokens: Vec<String> = Vec::new();
    let words: Vec<&str> = piece
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | '[' | ']' | '【' | '】'))
        .filter(|word| !word.is_empty())
        .flat_map(at_script)
        .collect();
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index.saturating_add(1)).copied().unwrap_or_default();
        let upper = word.to_ascii_uppercase();
        let begins_number = NUMBER_LETTERS.contains(&upper.as_str())
            && next.starts_with(|c: char| c.is_ascii_digit())
            && !piece.contains(':');
        let is_number = word.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let may_be_name = words.len() > 1 && !begins_number && !is_number;
        match may_be_name.then(|| find(word)).flatten() {
            Some(id) if courier.is_none() => courier = Some(id),
            Some(id) if courier.as_ref() == Some(&id) => {}
            Some(_) | None => tokens.push(upper),
        }
    }
    let whole =
        |token: &String| token.len() >= WHOLE_NUMBER && token.bytes().filter(u8::is_ascii_digit).count() >= 8;
    let numbers = if tokens.len() > 1 && !tokens.iter().all(whole) {
        vec![tokens.concat()]
    } else {
        tokens
    };
    numbers
        .into_iter()
        .map(|number| Part {
            courier: courier.clone(),
            changed: changed || !piece.contains(number.as_str()),
            number,
        })
        .collect()
}

/// `顺丰SF123…` is a name and a number.
fn at_script(word: &str) -> Vec<&str> {
    let ascii = |text: &str| text.is_ascii() && text.bytes().filter(u8::is_ascii_digit).count() >= 8;
    let after_name = word
        .char_indices()
        .rfind(|(_, c)| !c.is_ascii())
        .map(|(at, c)| at.saturating_add(c.len_utf8()));
    if let Some((name, number)) = after_name.and_then(|at| word.split_at_checked(at))
        && ascii(number)
    {
        return vec![name, number];
    }
    let before_name = word.char_indices().find(|(_, c)| !c.is_ascii()).map(|(at, _)| at);
    if let Some((number, name)) = before_name.and_then(|at| word.split_at_checked(at))
        && ascii(number)
    {
        return vec![name, number];
    }
    vec![word]
}

/// The couriers of a cell, one for each of several numbers when there are as many.
pub(super) fn couriers(cell: &str, count: usize) -> Vec<&str> {
    if count > 1 {
        let names: Vec<&str> = cell
            .split([';', '；', ',', '，', '、', '/', '\n'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        if names.len() == count {
            return names;
        }
    }
    vec![cell]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(word: &str) -> Option<String> {
        let id = match word.to_ascii_uppercase().as_str() {
            "顺丰" | "顺丰速运" | "SF" => "SF",
            "中通" | "中通快递" | "ZTO" => "ZTO",
            "EMS" => "EMS",
            "J&T极兔" => "JTSD",
            _ => return None,
        };
        Some(id.to_owned())
    }

    #[track_caller]
    fn check(cell: &str, expected: &[&str]) {
        let found: Vec<String> = split(cell, &find)
            .into_iter()
            .map(|part| match part.courier {
                Some(courier) => format!("{courier}={}", part.number),
                None => part.number,
            })
            .collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn several_numbers_in_one_cell_come_apart() {
        let both = ["78768264502666", "78768264502667"];
        for separator in [
            ";", "；", ",", "，", "、", "/", " ", "\n", " ; ", ";\n", "\u{3000}", "\t",
        ] {
            check(&both.join(separator), &both);
        }
        check("78768264502666;78768264502666", &["78768264502666"]);
        check("78768264502666;", &["78768264502666"]);
        check("78768264502666;无", &["78768264502666"]);
    }

    #[test]
    fn a_number_with_blanks_inside_stays_one() {
        check("SF 1234 5678 90123", &["SF1234567890123"]);
        check("SF1234567890123 ", &["SF1234567890123"]);
        check("1234 5678 9012", &["123456789012"]);
        check("sf1234567890123", &["SF1234567890123"]);
        check("ＳＦ１２３４５６７８９０１２３", &["SF1234567890123"]);
        check("JDVA00123456789-1-2-", &["JDVA00123456789-1-2-"]);
        check("1234/5678", &["1234/5678"]);
    }

    #[test]
    fn a_courier_beside_the_number_is_taken_off() {
        check("顺丰:SF1234567890123", &["SF=SF1234567890123"]);
        check("顺丰：SF1234567890123", &["SF=SF1234567890123"]);
        check("顺丰速运 SF1234567890123", &["SF=SF1234567890123"]);
        check("顺丰SF1234567890123", &["SF=SF1234567890123"]);
        check("SF1234567890123(顺丰)", &["SF=SF1234567890123"]);
        check("SF SF1234567890123", &["SF=SF1234567890123"]);
        check(
            "中通 78768264502666;顺丰 SF1234567890123",
            &["ZTO=78768264502666", "SF=SF1234567890123"],
        );
        check("EMS 1234567890123", &["EMS=1234567890123"]);
        check("J&T极兔JT1234567890123", &["JTSD=JT1234567890123"]);
    }

    #[test]
    fn what_is_no_number_is_left_for_the_check() {
        check("4.2E+27", &["4.2E+27"]);
        check("78,768,264,502,666", &["78,768,264,502,666"]);
        check("飞鸽 12345678901", &["飞鸽12345678901"]);
        check("", &[]);
        check("SF", &["SF"]);
    }

    #[test]
    fn couriers_are_paired_only_when_the_count_is_right() {
        assert_eq!(couriers("顺丰;中通", 2), ["顺丰", "中通"]);
        assert_eq!(couriers("顺丰;中通", 1), ["顺丰;中通"]);
        assert_eq!(couriers("顺丰", 2), ["顺丰"]);
    }
}
