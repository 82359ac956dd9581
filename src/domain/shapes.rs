//! What a number looks like: WeChat's own, a tracking number, one courier's. Apart, because shapes only propose
//! and warn; nothing is ever decided by digits alone.

/// The beginnings that belong to one courier: letters, how many digits follow, the courier's id, and the ids of
/// the same house that use them too. Rules as data, since couriers change them.
const PREFIXES: &[(&str, std::ops::RangeInclusive<usize>, &str, &[&str])] = &[
    ("SF", 12..=15, "SF", &["SF"]),
    ("YT", 13..=13, "YTO", &["YTO", "CND"]),
    ("JT", 13..=13, "JTSD", &["JTSD"]),
    ("STO", 10..=12, "STO", &["STO"]),
    ("DPK", 10..=14, "DBL", &["DBL", "DBLKY"]),
    ("JDVA", 10..=15, "JD", &["JD", "JDKY"]),
    ("JDVB", 10..=15, "JD", &["JD", "JDKY"]),
    ("JDVC", 10..=15, "JD", &["JD", "JDKY"]),
    ("JDVE", 10..=15, "JD", &["JD", "JDKY"]),
    ("JDX", 10..=15, "JD", &["JD", "JDKY"]),
    ("JDK", 10..=15, "JD", &["JD", "JDKY"]),
    ("JD", 10..=15, "JD", &["JD", "JDKY"]),
];
/// Posts of the world share one form of number.
const POSTS: &[&str] = &[
    "EMS", "EMSGJ", "YZPY", "YZBK", "GJYZ", "GJEYB", "XGYZ", "AOMENYZ", "TAIWANYZ", "JP", "USPS", "ZYKD",
    "CNPEX",
];

/// Weights of the eight digits before a postal check digit.
const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];

/// Mostly the year, with which a shop's order numbers begin.
const LEADING_DIGITS: usize = 4;

fn digits_only(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// WeChat's number of a payment: 28 digits, the first a 4.
pub fn is_wechat_number(text: &str) -> bool {
    text.len() == 28 && text.starts_with('4') && digits_only(text)
}

/// Shaped like this order number of a shop: as long, and with the same letters or four digits before it. A number
/// whose letters tell a courier is that courier's.
pub fn is_like_order_number(text: &str, order_number: &str) -> bool {
    if text.len() != order_number.len() || looks_like(text).is_some() {
        return false;
    }
    let letters = order_number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let lead = letters.max(LEADING_DIGITS);
    let head = |number: &str| number.as_bytes().get(..lead).map(<[u8]>::to_ascii_uppercase);
    head(text).is_some_and(|its| Some(its) == head(order_number))
}

/// A mobile number, which no courier uses for a parcel.
pub fn is_mobile(text: &str) -> bool {
    text.len() == 11
        && digits_only(text)
        && text.starts_with('1')
        && !text.starts_with("10")
        && !text.starts_with("11")
        && !text.starts_with("12")
}

/// May be a tracking number: up to five letters and 8 to 20 digits, or a post's.
pub fn may_be_tracking(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.len().saturating_sub(rest.len());
    let shaped = letters <= 5 && digits_only(rest) && (8..=20).contains(&rest.len());
    (shaped || is_postal(text)) && !is_mobile(text)
}

/// The last word of a cell may be a tracking number; the courier's name may stand before it.
pub fn ends_in_tracking(cell: &str) -> bool {
    let last = cell
        .rsplit([' ', ':', '：', ';', ',', '\n'])
        .next()
        .unwrap_or(cell);
    let number = last.trim_start_matches(|c: char| !c.is_ascii());
    may_be_tracking(number)
}

/// `[A-Z]{2}\d{9}[A-Z]{2}` with the right check digit (UPU S10).
fn is_postal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [a, b, digits @ .., y, z] = bytes else {
        return false;
    };
    if ![a, b, y, z].iter().all(|c| c.is_ascii_uppercase())
        || digits.len() != 9
        || !digits.iter().all(u8::is_ascii_digit)
    {
        return false;
    }
    let value = |digit: &u8| u32::from(digit.saturating_sub(b'0'));
    let sum = digits.iter().zip(WEIGHTS).fold(0u32, |sum, (digit, weight)| {
        sum.saturating_add(value(digit).saturating_mul(weight))
    });
    let check = match 11u32.saturating_sub(sum % 11) {
        10 => 0,
        11 => 5,
        other => other,
    };
    digits.last().map(value) == Some(check)
}

/// The courier whose numbers look so, when the one that is given is not of that house.
pub fn disagrees(tracking_no: &str, courier: &str) -> Option<&'static str> {
    if is_postal(tracking_no) {
        return (tracking_no.ends_with("CN") && !POSTS.contains(&courier)).then_some("EMS");
    }
    let (_, _, id, house) = PREFIXES.iter().find(|(letters, count, _, _)| {
        tracking_no
            .strip_prefix(letters)
            .is_some_and(|rest| digits_only(rest) && count.contains(&rest.len()))
    })?;
    (!house.contains(&courier)).then_some(*id)
}

/// The courier whose numbers look so; `None` where digits alone say nothing.
pub fn looks_like(tracking_no: &str) -> Option<&'static str> {
    disagrees(tracking_no, "")
}

/// The letters of one courier with too few digits behind them: a scanner has read a part of the number.
pub fn is_cut_off(tracking_no: &str) -> bool {
    let rest = tracking_no.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = tracking_no.strip_suffix(rest).unwrap_or_default();
    let own = PREFIXES.iter().find(|(begin, ..)| *begin == letters);
    own.is_some_and(|(_, count, ..)| digits_only(rest) && rest.len() < *count.start())
}

/// A letter stands where a digit belongs: `O` for 0, `I` or `L` for 1.
pub fn has_letter_for_digit(tracking_no: &str) -> bool {
    if !tracking_no.contains(['O', 'I', 'L']) || is_postal(tracking_no) {
        return false;
    }
    let mended: String = tracking_no
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if mended == tracking_no {
        return false;
    }
    // Behind the letters of a known courier, or with digits only around it.
    let known = PREFIXES.iter().any(|(letters, count, _, _)| {
        tracking_no.strip_prefix(letters).is_some_and(|rest| {
            let length = rest.len();
            count.contains(&length)
                && !digits_only(rest)
                && mended
                    .get(mended.len().saturating_sub(length)..)
                    .is_some_and(digits_only)
        })
    });
    let starts_with_digit = tracking_no.starts_with(|c: char| c.is_ascii_digit());
    known || (starts_with_digit && mended.len() >= 10 && digits_only(&mended))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_by_the_length_and_the_beginning_of_the_shops_numbers() {
        for (text, order_number, like) in [
            ("SY20261121000999", "SY20261120000001", true),
            ("sy20261121000999", "SY20261120000001", true),
            ("2026112100012345", "2026112000000001", true),
            ("2025112100012345", "2026112000000001", false),
            ("75312345678901", "20261120000001", false),
            ("2026112100012", "2026112000000001", false),
            ("SF1234567890123", "SF9876543210987", false),
            ("ABC", "ABD", false),
        ] {
            assert_eq!(
                is_like_order_number(text, order_number),
                like,
                "{text} {order_number}"
            );
        }
    }

    #[test]
    fn letters_tell_the_courier_and_digits_do_not() {
        for (number, courier, looks_like) in [
            ("SF1234567890123", "SF", None),
            ("SF1234567890123", "ZTO", Some("SF")),
            ("YT1234567890123", "YD", Some("YTO")),
            ("YT1234567890123", "YTO", None),
            ("JT1234567890123", "JTSD", None),
            ("JDVA00123456789", "JD", None),
            ("JD0012345678901", "JDKY", None),
            ("JD000123456789012345", "DHL", None),
            ("DPK1234567890", "DBLKY", None),
            ("DPK1234567890", "SF", Some("DBL")),
            ("78768264502666", "SF", None),
            ("464123456789012", "STO", None),
            ("EA123456785CN", "EMS", None),
            ("EA123456785CN", "SF", Some("EMS")),
            ("EA123456784CN", "SF", None),
        ] {
            assert_eq!(disagrees(number, courier), looks_like, "{number} {courier}");
        }
    }

    #[test]
    fn a_part_of_a_number_is_told_from_the_whole() {
        for (number, cut) in [
            ("SF12345678901", true),
            ("SF123456789012", false),
            ("YT123456789012", true),
            ("JDVA012345678", true),
            ("75312345678901", false),
            ("SF1234567890A", false),
            ("XX1234", false),
        ] {
            assert_eq!(is_cut_off(number), cut, "{number}");
        }
        assert_eq!(looks_like("YT1234567890123"), Some("YTO"));
        assert_eq!(looks_like("75312345678901"), None);
    }

    #[test]
    fn a_letter_among_digits_is_noticed() {
        for (number, found) in [
            ("SF12345678901O3", true),
            ("YT123456789O123", true),
            ("7876826450266O", true),
            ("SF1234567890123", false),
            ("STO1234567890", false),
            ("EO123456785CN", false),
            ("JDVA00123456789", false),
            ("OL1234", false),
            ("1Z999AA10123456784", false),
        ] {
            assert_eq!(has_letter_for_digit(number), found, "{number}");
        }
    }

    #[test]
    fn shapes_are_told_apart() {
        assert!(is_wechat_number("4200000925202101284997714292"));
        assert!(!is_wechat_number("1787748538458427394"));
        for (text, may) in [
            ("SF1234567890123", true),
            ("78768264502666", true),
            ("EA123456785CN", true),
            ("13812341234", false),
            ("4200000925202101284997714292", false),
            ("茶叶", false),
            ("1234567", false),
            ("2026-07-19", false),
        ] {
            assert_eq!(may_be_tracking(text), may, "{text}");
        }
    }
}
