//! The long-number guard: tells numbers that a spreadsheet or a program has damaged. Apart, because an id that
//! slips through here can ship another buyer's order.

/// Digits that Excel keeps of a number.
const KEPT_DIGITS: usize = 15;
/// Digits that an `f64` can show.
const FLOAT_DIGITS: usize = 17;
/// From this length on no generator of ids makes what a float prints; shorter ones need a whole column to tell.
const CERTAIN_DIGITS: usize = 20;
/// How unlikely (as a power of two) it must be that sound numbers look like floats before a column is doubted.
const ENOUGH_BITS: u32 = 7;
/// Snowflake ids of a quiet shop have twelve zero bits at their end and are floats by birth.
const SNOWFLAKE_STEP: u64 = 4096;

/// The cell of a workbook that holds a number, as text; `false` when digits are lost for good.
pub(super) fn number_cell(value: f64) -> (String, bool) {
    let whole = value.fract() == 0.0 && value.abs() < 1e15;
    if whole {
        (format!("{value:.0}"), value >= 0.0)
    } else {
        (format!("{value}"), false)
    }
}

/// A value that was damaged, by its own look: scientific notation in any spelling, a decimal point, thousands
/// marks, a column that was too narrow (`####`), and long numbers of which only 15 digits are left.
pub(super) fn is_mangled(text: &str) -> bool {
    let bare: String;
    let text = if text.contains(char::is_whitespace) {
        bare = text.chars().filter(|c| !c.is_whitespace()).collect();
        bare.as_str()
    } else {
        text
    };
    if text.is_empty() {
        return false;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return is_cut(text) || is_long_float(text);
    }
    // Nothing but letters and digits can only be damaged by an exponent.
    if text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'e' | b'E'))
    {
        return false;
    }
    if text.chars().all(|c| c == '#') {
        return true;
    }
    is_scientific(text) || is_decimal(text) || has_thousands(text) || is_cut(text) || is_long_float(text)
}

/// Digits and where they end.
fn digits(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (text.len().saturating_sub(rest.len()), rest)
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// `4.2E+27`, `4.2e27`, `4,2E+27`, `4E27`, `4.2×10^27`, `4.2E+` cut off.
fn is_scientific(text: &str) -> bool {
    let (whole, mut rest) = digits(unsigned(text));
    let mut pointed = false;
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        pointed = true;
        rest = digits(fraction).1;
    }
    if whole == 0 && !pointed {
        return false;
    }
    let exponent = ["E", "e", "×10^", "x10^", "X10^", "*10^", "×10", "*10"]
        .iter()
        .find_map(|mark| rest.strip_prefix(*mark));
    let Some(exponent) = exponent else { return false };
    let (_, rest) = digits(unsigned(exponent));
    rest.is_empty() && (!exponent.is_empty() || pointed)
}

/// `4200.0`, `78768264502666.00`.
fn is_decimal(text: &str) -> bool {
    let (whole, rest) = digits(unsigned(text));
    let Some(fraction) = rest.strip_prefix('.') else {
        return false;
    };
    let (_, rest) = digits(fraction);
    whole > 0 && rest.is_empty()
}

/// `78,768,264,502,666`.
fn has_thousands(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut count: usize = 0;
    let rest = groups.all(|group| {
        count = count.saturating_add(1);
        let group = group.split_once('.').map_or(group, |(whole, _)| whole);
        group.len() == 3 && is_number(group)
    });
    count >= 2 && rest && first.len() <= 3 && is_number(first)
}

/// 16 digits or more, and nothing but zeros after the 15th.
fn is_cut(text: &str) -> bool {
    let all_digits = text.bytes().all(|b| b.is_ascii_digit());
    all_digits
        && text.len() > KEPT_DIGITS
        && text
            .get(KEPT_DIGITS..)
            .is_some_and(|tail| tail.bytes().all(|b| b == b'0'))
}

/// So long a number that is exactly what a float prints was a float once.
fn is_long_float(text: &str) -> bool {
    let all_digits = text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits || text.len() < CERTAIN_DIGITS || text.starts_with('0') {
        return false;
    }
    let zeros = |from: usize| {
        text.get(from..)
            .is_some_and(|tail| tail.bytes().all(|b| b == b'0'))
    };
    let rounded = text.len() >= FLOAT_DIGITS.saturating_add(5) && zeros(FLOAT_DIGITS);
    rounded || is_exactly_a_float(text)
}

/// The bits of a float's significand.
const SIGNIFICANT_BITS: u32 = 53;

/// A whole number that a float holds without rounding: it has so few bits between its first and its last one.
fn is_exactly_a_float(digits: &str) -> bool {
    match digits.parse::<u128>() {
        Ok(0) => true,
        Ok(number) => {
            let bits = u128::BITS
                .saturating_sub(number.leading_zeros())
                .saturating_sub(number.trailing_zeros());
            bits <= SIGNIFICANT_BITS
        }
        // Longer than 38 digits: only writing it out tells.
        Err(_) => float_print(digits).is_some_and(|print| print.exact),
    }
}

/// How a number relates to the floats.
struct FloatPrint {
    /// It is exactly a float.
    exact: bool,
    /// It is what a program prints for a float.
    shortest: bool,
    /// The distance between floats here, as a power of two.
    spacing_bits: u32,
}

fn float_print(text: &str) -> Option<FloatPrint> {
    let value: f64 = text.parse().ok()?;
    let bits = value.to_bits() >> 52;
    let exponent = u32::try_from(bits).unwrap_or_default().saturating_sub(1023);
    Some(FloatPrint {
        exact: format!("{value:.0}") == text,
        shortest: format!("{value}") == text,
        spacing_bits: exponent.saturating_sub(52),
    })
}

/// What the numbers of one column have in common; only a whole column can tell that 19 digits were a float, or
/// that leading zeros are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    floats: bool,
    zero_led: Option<usize>,
}

impl Habits {
    /// Looks at the first values of a column, cleaned.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut bits: u32 = 0;
        let mut all_floats = true;
        let mut all_snowflakes = true;
        let mut zero_lengths: Vec<usize> = Vec::new();
        for text in values {
            if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            if text.starts_with('0') {
                zero_lengths.push(text.len());
            }
            if text.len() < FLOAT_DIGITS || is_mangled(text) {
                continue;
            }
            let Some(print) = float_print(text) else { continue };
            all_floats &= print.exact || print.shortest;
            all_snowflakes &= text.parse::<u64>().is_ok_and(|n| n % SNOWFLAKE_STEP == 0);
            bits = bits.saturating_add(print.spacing_bits);
        }
        zero_lengths.dedup();
        Self {
            floats: all_floats && !all_snowflakes && bits >= ENOUGH_BITS,
            zero_led: match zero_lengths.as_slice() {
                [length] if *length >= 8 => Some(*length),
                _ => None,
            },
        }
    }

    /// Couriers have numbers of different lengths, so a short one there has not lost a zero.
    pub(super) fn forget_zeros(&mut self) {
        self.zero_led = None;
    }

    /// They doubt something at all.
    pub(super) fn may_doubt(&self) -> bool {
        self.floats || self.zero_led.is_some()
    }

    /// The value is damaged in the way its column is.
    pub(super) fn doubt(&self, text: &str) -> bool {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let float = self.floats
            && text.len() >= FLOAT_DIGITS
            && float_print(text).is_some_and(|print| print.exact || print.shortest);
        let zeros_lost = self
            .zero_led
            .is_some_and(|length| text.len() < length && !text.starts_with('0'));
        float || zeros_lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damaged_numbers_are_told_by_their_look() {
        for text in [
            "4.2E+27",
            "4.2e27",
            "4.3179E+27",
            "1.78775E+18",
            "4,2E+27",
            "4.2E 27",
            "4E+27",
            "4E27",
            "219E01",
            "4.2×10^27",
            "4.2E+",
            "4200000925202100000000000000",
            "4317902476202602000000000000",
            "1787748538458420000",
            "20260719102030000000",
            "1234567890123450",
            "78768264502666.0",
            "78768264502666.00",
            "4200000925202101284997714292.0",
            "78,768,264,502,666",
            "1,601,959,334.00",
            "4200000925202101519052177408",
            "4200000925202101200000000000",
            "########",
            "-4.2E+27",
        ] {
            assert!(is_mangled(text), "{text}");
        }
    }

    #[test]
    fn sound_numbers_pass() {
        for text in [
            "",
            "4200000925202101284997714292",
            "4317902476202602135735632644",
            "1787748538458427394",
            "78768264502666",
            "464123456789012",
            "100000000000000",
            "20260719102030000123",
            "0123456789012",
            "219E01BE",
            "E12345",
            "SF1234567890123",
            "JD0000000000000000000",
            "S20210128170702357723",
            "2026071910203012",
            "ORDER_TEST_001",
            "1-2",
            "12,34",
        ] {
            assert!(!is_mangled(text), "{text}");
        }
    }

    #[test]
    fn a_number_cell_keeps_what_can_be_kept() {
        assert_eq!(number_cell(78_768_264_502_666.0), ("78768264502666".into(), true));
        assert_eq!(
            number_cell(464_123_456_789_012.0),
            ("464123456789012".into(), true)
        );
        assert_eq!(number_cell(1.0), ("1".into(), true));
        assert!(!number_cell(1e15).1);
        assert!(!number_cell(4.2e27).1);
        assert!(!number_cell(12.5).1);
        assert!(!number_cell(-5.0).1);
    }

    #[test]
    fn a_column_of_float_prints_is_doubted_and_a_column_of_ids_is_not() {
        let doubts = |values: &[&str]| -> Vec<bool> {
            let habits = Habits::of(values.iter().copied());
            values.iter().map(|v| habits.doubt(v)).collect()
        };
        // 19 digits through JavaScript: 17 digits and zeros.
        assert_eq!(
            doubts(&["1787748538458427400", "1787748538458531800"]),
            [true, true]
        );
        // 19 digits through a float and `%.0f`.
        assert_eq!(
            doubts(&["1787748538458427648", "1787748538458531840"]),
            [true, true]
        );
        // Ids of a quiet shop: no sequence, so twelve zero bits.
        assert_eq!(
            doubts(&["1787748538458427392", "1787748538462621696"]),
            [false, false]
        );
        // One sound number clears its column.
        assert_eq!(
            doubts(&["1787748538458427400", "1787748538458427394"]),
            [false, false]
        );
        assert_eq!(
            doubts(&["0123456789012", "0223456789012", "323456789012"]),
            [false, false, true]
        );
        assert_eq!(doubts(&["0123456789012", "01234", "323456789012"]), [false; 3]);
    }

    proptest! {
        #[test]
        fn no_long_number_survives_a_spreadsheet(digits in "[1-9][0-9]{15,27}", shown in 0usize..12) {
            let value: f64 = digits.parse().unwrap();
            let scientific = format!("{value:.shown$e}");
            prop_assert!(is_mangled(&scientific), "{scientific}");
            prop_assert!(is_mangled(&scientific.replace('e', "E+")), "{scientific}");
            let kept: String = digits.chars().enumerate().map(|(i, c)| if i < 15 { c } else { '0' }).collect();
            prop_assert!(is_mangled(&kept), "{kept}");
            let decimal = format!("{digits}.0");
            prop_assert!(is_mangled(&decimal));
            prop_assert!(!number_cell(value).1);
        }

        #[test]
        fn no_number_of_twenty_digits_survives_a_float(digits in "[1-9][0-9]{19,27}") {
            let value: f64 = digits.parse().unwrap();
            let print = format!("{value:.0}");
            prop_assert!(is_mangled(&print), "{print}");
        }

        #[test]
        fn a_column_of_nineteen_digits_through_a_float_is_doubted(
            numbers in prop::collection::vec(1_000_000_000_000_000_000u64..9_000_000_000_000_000_000, 8..20),
            shortest: bool,
        ) {
            let prints: Vec<String> = numbers
                .iter()
                .map(|n| {
                    let value: f64 = n.to_string().parse().unwrap();
                    if shortest { format!("{value}") } else { format!("{value:.0}") }
                })
                .collect();
            let habits = Habits::of(prints.iter().map(String::as_str));
            for print in &prints {
                prop_assert!(is_mangled(print) || habits.doubt(print), "{print}");
            }
        }
    }
}
