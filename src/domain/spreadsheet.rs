//! What spreadsheets do to cells: which text they take for a formula, which they turn into a number or a date, and the
//! form in which a table survives being pasted into one.

use unicode_normalization::UnicodeNormalization as _;

/// Longest whole number that a spreadsheet shows and saves digit by digit.
const SAFE_DIGITS: usize = 11;
/// A spreadsheet reads `MAR1` and `Dec-26` as dates.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A spreadsheet may take a cell that begins like this for a formula or for a command.
pub fn is_dangerous(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| {
        matches!(c, '\t' | '\r' | '\n' | '\0')
            || c.nfkc().next().is_some_and(|c| "=+-@".contains(c))
            || c == '−'
    })
}

/// A spreadsheet that opens a text file turns the cell into a number, a date or a truth value, and saves something
/// else than it has read.
pub fn is_fragile(text: &str) -> bool {
    let folded: String = text.trim().nfkc().collect();
    if folded.eq_ignore_ascii_case("true") || folded.eq_ignore_ascii_case("false") {
        return true;
    }
    if !folded.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let month = |month: &&str| {
        folded
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case(month))
    };
    if MONTHS.iter().any(month) {
        return true;
    }
    let plain = text.len() <= SAFE_DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    if plain && (text.len() == 1 || !text.starts_with('0')) {
        return false;
    }
    folded.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_ascii_punctuation()
            || c.is_whitespace()
            || "eEaApPmM¥￥€£年月日时時分秒点上下午".contains(c)
    })
}

/// An amount such as `128.00`, or a moment such as `2026-11-21 14:03:59`: a spreadsheet reads it as what it is, and
/// people want to add it up and sort by it.
fn is_calculable(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_amount = cell
        .trim_start_matches('-')
        .split_once('.')
        .is_some_and(|(yuan, fen)| {
            digits(yuan) && yuan.len() <= SAFE_DIGITS && digits(fen) && fen.len() == 2
        });
    let parts: Vec<&str> = cell.split(['-', ' ', ':']).collect();
    let is_moment = cell.len() == 19 && parts.len() == 6 && parts.into_iter().all(digits);
    is_amount || is_moment
}

/// A table as text to be pasted, tabs between the cells. Long numbers end in a no-break space, which keeps
/// them text in every spreadsheet, is not seen elsewhere, and is taken off by whatever trims what it is given.
pub fn pasted<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> String {
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push('\t');
            }
            let cell: String = cell
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            if is_dangerous(cell.trim_start_matches('\'')) {
                text.push('\'');
            }
            text.push_str(&cell);
            if is_fragile(&cell) && !is_calculable(&cell) {
                text.push('\u{a0}');
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_table_keeps_its_numbers_its_cells_and_runs_no_formula() {
        let row = |cells: &[&str]| -> Vec<String> { cells.iter().map(|cell| (*cell).to_owned()).collect() };
        let rows = [
            row(&["微信支付单号", "商品", "数量"]),
            row(&["4200000925202101284997714292", "茶\t叶\n盒", "3"]),
            row(&["0123", "=A1", "2026-11-21 14:03:59"]),
            row(&["128.00", "2026-11-21", "99999999999999.00"]),
            row(&["SF1234567890123", "'=A", ""]),
        ];
        assert_eq!(
            pasted(rows.iter().map(Vec::as_slice)),
            "微信支付单号\t商品\t数量\r\n\
             4200000925202101284997714292\u{a0}\t茶 叶 盒\t3\r\n\
             0123\u{a0}\t'=A1\t2026-11-21 14:03:59\r\n\
             128.00\t2026-11-21\u{a0}\t99999999999999.00\u{a0}\r\n\
             SF1234567890123\t''=A\t\r\n"
        );
    }
}
