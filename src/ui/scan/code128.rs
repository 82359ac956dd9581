//! Barcodes of the kind Code 128, as widths of bars and gaps (ISO/IEC 15417, code set B). Written here, because it is
//! one table and a sum.

/// Widths of three bars and three gaps for each value, as digits.
const WIDTHS: [u32; 106] = [
    212_222, 222_122, 222_221, 121_223, 121_322, 131_222, 122_213, 122_312, 132_212, 221_213, 221_312,
    231_212, 112_232, 122_132, 122_231, 113_222, 123_122, 123_221, 223_211, 221_132, 221_231, 213_212,
    223_112, 312_131, 311_222, 321_122, 321_221, 312_212, 322_112, 322_211, 212_123, 212_321, 232_121,
    111_323, 131_123, 131_321, 112_313, 132_113, 132_311, 211_313, 231_113, 231_311, 112_133, 112_331,
    132_131, 113_123, 113_321, 133_121, 313_121, 211_331, 231_131, 213_113, 213_311, 213_131, 311_123,
    311_321, 331_121, 312_113, 312_311, 332_111, 314_111, 221_411, 431_111, 111_224, 111_422, 121_124,
    121_421, 141_122, 141_221, 112_214, 112_412, 122_114, 122_411, 142_112, 142_211, 241_211, 221_114,
    413_111, 241_112, 134_111, 111_242, 121_142, 121_241, 114_212, 124_112, 124_211, 411_212, 421_112,
    421_211, 212_141, 214_121, 412_121, 111_143, 111_341, 131_141, 114_113, 114_311, 411_113, 411_311,
    113_141, 114_131, 311_141, 411_131, 211_412, 211_214, 211_232,
];
/// The value that begins code set B.
const START_B: usize = 104;
/// The end: four bars and three gaps.
const STOP: u32 = 2_331_112;

/// The widths of bars and gaps in turn, a bar first; `None` for characters that the set does not have.
pub(super) fn widths(text: &str) -> Option<Vec<u8>> {
    let values: Option<Vec<usize>> = text
        .bytes()
        .map(|byte| {
            (32..=126)
                .contains(&byte)
                .then(|| usize::from(byte).saturating_sub(32))
        })
        .collect();
    let values = values.filter(|values| !values.is_empty())?;
    let sum = (1_usize..).zip(&values).fold(START_B, |sum, (place, value)| {
        sum.saturating_add(place.saturating_mul(*value))
    });
    let symbols = [START_B].into_iter().chain(values).chain([sum % 103]);
    let mut widths = Vec::new();
    for symbol in symbols {
        widths.extend(digits(*WIDTHS.get(symbol)?));
    }
    widths.extend(digits(STOP));
    Some(widths)
}

fn digits(number: u32) -> Vec<u8> {
    number
        .to_string()
        .bytes()
        .map(|b| b.saturating_sub(b'0'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ScanCode;

    /// Reads widths back, as a scanner does.
    fn read(widths: &[u8]) -> Option<String> {
        let (symbols, stop) = widths.split_at(widths.len().checked_sub(7)?);
        assert_eq!(stop, [2, 3, 3, 1, 1, 1, 2]);
        let values: Vec<usize> = symbols
            .chunks(6)
            .map(|six| {
                let number = six.iter().fold(0, |n, w| n * 10 + u32::from(*w));
                WIDTHS.iter().position(|widths| *widths == number).unwrap()
            })
            .collect();
        let [START_B, values @ .., check] = values.as_slice() else {
            return None;
        };
        let sum: usize = values.iter().enumerate().map(|(i, v)| (i + 1) * v).sum();
        assert_eq!((START_B + sum) % 103, *check);
        Some(
            values
                .iter()
                .map(|v| char::from(u8::try_from(v + 32).unwrap()))
                .collect(),
        )
    }

    #[test]
    fn every_symbol_is_eleven_wide_and_no_two_are_alike() {
        for (index, widths) in WIDTHS.iter().enumerate() {
            assert_eq!(digits(*widths).iter().map(|w| u32::from(*w)).sum::<u32>(), 11);
            assert!(!WIDTHS[index + 1..].contains(widths));
            // Three bars are even together in every symbol.
            let bars: u8 = digits(*widths).iter().step_by(2).sum();
            assert_eq!(bars % 2, 0, "{widths}");
        }
    }

    #[test]
    fn a_known_barcode_has_its_known_widths() {
        // The usual example: begun in code set A its check symbol is 54, and B begins one higher.
        let widths = widths("PJJ123C").unwrap();
        assert_eq!(widths[..6], [2, 1, 1, 2, 1, 4]);
        assert_eq!(widths[widths.len() - 13..widths.len() - 7], [3, 1, 1, 3, 2, 1]);
        assert_eq!(read(&widths).as_deref(), Some("PJJ123C"));
    }

    #[test]
    fn the_commands_can_be_read_back() {
        for code in ScanCode::ALL {
            let widths = widths(code.barcode()).unwrap();
            assert_eq!(read(&widths).as_deref(), Some(code.barcode()));
        }
        assert_eq!(widths("茶"), None);
        assert_eq!(widths(""), None);
    }
}
