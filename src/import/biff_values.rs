//! The numbers, dates and errors of an old workbook. Apart from `biff`, because each is packed in a way of its own
//! and none needs to know of sheets.

use super::grid::{Cell, Kind};

/// A float of a record, little-endian.
pub(super) fn float_at(data: &[u8], at: usize) -> Option<f64> {
    let piece = data.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(piece.try_into().ok()?))
}

/// A number packed into 30 bits: a whole one or the front of a float, perhaps a hundredfold.
pub(super) fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

/// A cell that holds yes, no, or an error.
pub(super) fn truth_or_error(data: &[u8]) -> Option<Cell> {
    let (value, is_error) = (*data.get(6)?, *data.get(7)?);
    Some(match (is_error, value) {
        (0, 0) => Cell::text("FALSE"),
        (0, _) => Cell::text("TRUE"),
        _ => error(value),
    })
}

/// A formula that failed, by its code.
pub(super) fn error(code: u8) -> Cell {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell {
        text: text.to_owned(),
        kind: Kind::Error,
    }
}

/// The pattern of a format has a day or a year outside quotes and brackets.
pub(super) fn shows_date(pattern: &str) -> bool {
    let mut quoted = false;
    let mut bracket = false;
    pattern.chars().any(|c| {
        match c {
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
        !quoted && !bracket && matches!(c, 'y' | 'Y' | 'd' | 'D')
    })
}

/// Days since the beginning of 1900 or 1904 as a date, with the time when there is one.
pub(super) fn date(value: f64, starts_1904: bool) -> Option<String> {
    let first = if starts_1904 {
        jiff::civil::date(1904, 1, 1)
    } else {
        jiff::civil::date(1899, 12, 30)
    };
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    let seconds = std::time::Duration::try_from_secs_f64((value * 86_400.0).round()).ok()?;
    let time = first.at(0, 0, 0, 0).checked_add(seconds).ok()?;
    let shown = time.strftime("%Y-%m-%d %H:%M:%S").to_string();
    Some(shown.trim_end_matches(" 00:00:00").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        for (packed, value) in [
            ((123 << 2) | 2, 123.0),
            ((12_345 << 2) | 3, 123.45),
            (0x3ff0_0000, 1.0),
            (0xffff_fffe, -1.0),
        ] {
            assert_eq!(unpacked(packed).to_string(), value.to_string());
        }
    }

    #[test]
    fn dates_are_shown_as_dates() {
        assert_eq!(date(46_222.0, false).as_deref(), Some("2026-07-19"));
        assert_eq!(date(46_222.5, false).as_deref(), Some("2026-07-19 12:00:00"));
        assert_eq!(date(-1.0, false), None);
        assert_eq!(date(f64::NAN, false), None);
        assert!(shows_date("yyyy/m/d"));
        assert!(!shows_date("0.00\"days\""));
        assert!(!shows_date("[Red]0"));
    }
}
