//! What is left of a number that a spreadsheet has damaged, and whether another number may have been it. Apart from
//! `candidates`, which weighs everything else that a row says.

use unicode_normalization::UnicodeNormalization as _;

/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;
/// Digits that tell two floats apart.
const FLOAT_DIGITS: usize = 17;
/// Fewer readable characters than this tell nothing.
const FEWEST: usize = 4;

/// What is left of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// `4.2E+27`: the digits that are shown, without zeros at their end, and the power of ten of the first one.
    Scientific {
        /// The digits.
        digits: String,
        /// The power of ten.
        exponent: usize,
    },
    /// Digits, some of which may be zeros in place of others.
    Digits(String),
    /// Characters before and after a part that cannot be read.
    Ends(String, String),
    /// Nothing that could be compared.
    Nothing,
}

impl Left {
    /// Reads a cell as it stood in the file.
    pub(super) fn of(cell: &str) -> Self {
        let text: String = cell
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '`' | '"' | '=' | '+' | ','))
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
            .flat_map(char::to_uppercase)
            .collect();
        let text = text
            .replace("×10^", "E")
            .replace("X10^", "E")
            .replace("*10^", "E");
        if let Some((before, after)) = text.split_once(char::REPLACEMENT_CHARACTER) {
            let after = after.trim_start_matches(char::REPLACEMENT_CHARACTER);
            let readable = before.len().saturating_add(after.len());
            return if readable >= FEWEST && !after.contains(char::REPLACEMENT_CHARACTER) {
                Self::Ends(before.to_owned(), after.to_owned())
            } else {
                Self::Nothing
            };
        }
        if let Some((mantissa, exponent)) = text.split_once('E')
            && let Some(scientific) = scientific(mantissa, exponent)
        {
            return scientific;
        }
        let whole = text.split_once('.').map_or(text.as_str(), |(whole, _)| whole);
        if all_digits(whole) && whole.len() >= FEWEST {
            Self::Digits(whole.to_owned())
        } else {
            Self::Nothing
        }
    }

    /// How many digits say that `number` was damaged into this; `None` when it cannot have been.
    pub(super) fn trace(&self, number: &str) -> Option<usize> {
        match self {
            Self::Scientific { digits, exponent } => trace_scientific(digits, *exponent, number),
            Self::Digits(digits) => trace_digits(digits, number),
            Self::Ends(before, after) => {
                let readable = before.len().saturating_add(after.len());
                let number = number.to_uppercase();
                (number.len() > readable
                    && number.starts_with(before.as_str())
                    && number.ends_with(after.as_str()))
                .then_some(readable)
            }
            Self::Nothing => None,
        }
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn scientific(mantissa: &str, exponent: &str) -> Option<Left> {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !all_digits(whole) || !(fraction.is_empty() || all_digits(fraction)) {
        return None;
    }
    let shift = whole.len().checked_sub(1)?;
    let exponent = exponent.parse::<usize>().ok()?.checked_add(shift)?;
    let digits = format!("{whole}{fraction}");
    Some(Left::Scientific {
        digits: digits.trim_end_matches('0').to_owned(),
        exponent,
    })
}

/// The number as a float, when it is digits only, or digits with a letter E between them (`219E24`).
fn value(number: &str) -> Option<f64> {
    let shaped = number
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'e' | b'E'));
    number
        .parse()
        .ok()
        .filter(|value: &f64| shaped && value.is_finite())
}

/// Digits and power of ten of a value that is shown with so many digits.
fn shown(value: f64, digits: usize) -> (String, Option<usize>) {
    let text = format!("{value:.*e}", digits.saturating_sub(1));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, ""));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    (digits.trim_end_matches('0').to_owned(), exponent.parse().ok())
}

/// The most digits with which the number is shown like this. What is not shown so with few digits is not with more.
fn trace_scientific(digits: &str, exponent: usize, number: &str) -> Option<usize> {
    let value = value(number)?;
    // Most numbers are far off, which is told without writing them out.
    let least = format!("0.{digits}e{}", exponent.saturating_add(1))
        .parse::<f64>()
        .ok()?;
    if !(0.6 * least..=1.6 * least).contains(&value) {
        return None;
    }
    (digits.len().max(1)..=FLOAT_DIGITS)
        .take_while(|count| shown(value, *count) == (digits.to_owned(), Some(exponent)))
        .last()
}

fn trace_digits(digits: &str, number: &str) -> Option<usize> {
    if all_digits(number) && number.trim_start_matches('0') == digits.trim_start_matches('0') {
        return Some(digits.len());
    }
    if all_digits(number) && (digits.len() <= KEPT_DIGITS || number.len() != digits.len()) {
        return None;
    }
    let (before, after) = (value(number)?, value(digits)?);
    let same_float = before.to_bits() == after.to_bits();
    if !all_digits(number) {
        return same_float.then_some(digits.len());
    }
    if same_float {
        return Some(KEPT_DIGITS.saturating_add(1));
    }
    let kept = digits.get(..KEPT_DIGITS)?;
    let zeros = digits.get(KEPT_DIGITS..)?.bytes().all(|b| b == b'0');
    let rounded = shown(before, KEPT_DIGITS) == shown(after, KEPT_DIGITS);
    (zeros && (number.starts_with(kept) || rounded)).then_some(KEPT_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, number: &str, digits: Option<usize>) {
        assert_eq!(Left::of(cell).trace(number), digits, "{cell} {number}");
    }

    #[test]
    fn what_a_spreadsheet_leaves_is_traced_back() {
        let id = "4200000925202101284997714292";
        check("4.2E+27", id, Some(6));
        check("'4.2e27", id, Some(6));
        check("4.2×10^27", id, Some(6));
        check("42E26", id, Some(6));
        check("4.2000009252021E+27", id, Some(15));
        check("4200000925202100000000000000", id, Some(15));
        check(id, id, Some(28));
        check("4.3179E+27", id, None);
        check("4.2E+26", id, None);
        check("1.78775E+18", "1787748538458427394", Some(6));
        check("1787748538458427392", "1787748538458427394", Some(16));
        check("1787748538458427400", "1787748538458427394", Some(16));
        check("1787748538458427390", "1787748538458427394", Some(16));
        check("1787748538458420000", "1787748538458427394", Some(15));
        check("123456789012", "0123456789012", Some(12));
        check("123456789012.0", "0123456789012", Some(12));
        check("123,456,789,012", "123456789012", Some(12));
        check("2.19E+26", "219E24", Some(17));
        check("42\u{fffd}92", id, Some(4));
        check("1E+16", "9999999999999999", Some(17));
    }

    #[test]
    fn what_tells_nothing_traces_nothing() {
        for cell in [
            "",
            "####",
            "#REF!",
            "12",
            "订单",
            "\u{fffd}",
            "E",
            "1E+999999999999999999999",
        ] {
            check(cell, "4200000925202101284997714292", None);
            check(cell, "", None);
        }
    }
}
