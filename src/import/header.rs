//! Finds the row that names the columns. Apart from `columns`, which reads it: titles stand above it, merged files
//! repeat it, and the best sheet of a workbook is the one with the best header.

use super::aliases::{is_ours, normal, role};
use super::clean;
use super::grid::{Cell, RawRow};
use crate::domain::shapes;

/// The header stands within the first so many rows.
pub(super) const WITHIN: usize = 20;
/// A row that scores less is no header, unless the row below it clearly is data.
const ENOUGH: u32 = 5;
/// So many of the headings that only we write make a row the header, whatever else stands in it.
const OUR_HEADINGS: usize = 3;
/// What such a row scores.
const OURS: u32 = 1_000;
/// A header has at most so many rows.
const MAX_LINES: usize = 3;

/// How much a row looks like a header: 0 when it does not.
pub(super) fn score(row: &RawRow) -> u32 {
    if row.cells.iter().filter(|cell| is_ours(&cell.text)).count() >= OUR_HEADINGS {
        return OURS;
    }
    let mut seen = Vec::new();
    let mut score: u32 = 0;
    let mut hits: u32 = 0;
    for cell in &row.cells {
        let Some(role) = role(&cell.text) else { continue };
        hits = hits.saturating_add(1);
        if !seen.contains(&role) {
            score = score.saturating_add(role.weight());
            seen.push(role);
        }
    }
    if hits >= 2 {
        score
    } else {
        score.min(ENOUGH.saturating_sub(1))
    }
}

/// Where the header stands among the first rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The index of its first row.
    pub(super) first: usize,
    /// The index of its last row.
    pub(super) last: usize,
    /// How much it looks like a header.
    pub(super) score: u32,
}

/// The header among the first rows. It may stand in up to three rows: cells merged downwards keep their heading in
/// the upper one, and names of groups stand above those of columns.
pub(super) fn find(rows: &[RawRow]) -> Option<Found> {
    let rows = rows.get(..WITHIN.min(rows.len())).unwrap_or_default();
    let mut best: Option<Found> = None;
    let mut better = |first: usize, last: usize, score: u32| {
        if score > 0 && best.is_none_or(|before| score > before.score) {
            best = Some(Found { first, last, score });
        }
    };
    for (index, row) in rows.iter().enumerate() {
        better(index, index, score(row));
    }
    for lines in 2..=MAX_LINES {
        for (first, lines) in rows.windows(lines).enumerate() {
            if lines.iter().all(has_headings_only) {
                let last = first.saturating_add(lines.len()).saturating_sub(1);
                better(first, last, score(&joined(lines)));
            }
        }
    }
    best.filter(|found| found.score >= ENOUGH)
        .or_else(|| unknown_headings(rows))
}

/// At least one heading, and nothing that is data: no long numbers.
fn has_headings_only(row: &RawRow) -> bool {
    let numbered = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= 6;
    row.cells.iter().any(|cell| role(&cell.text).is_some())
        && !row.cells.iter().any(|cell| numbered(&cell.text))
}

/// The rows of a header as one: what stands lowest counts, with the name of its group where that makes it clearer
/// (`发件人` above `电话`).
pub(super) fn joined(lines: &[RawRow]) -> RawRow {
    let Some((lowest, above)) = lines.split_last() else {
        return RawRow {
            row: 0,
            cells: Vec::new(),
        };
    };
    let above = if above.is_empty() {
        Vec::new()
    } else {
        joined(above).cells
    };
    let width = lowest.cells.len().max(above.len());
    let cells = (0..width).map(|column| {
        let own = lowest.cells.get(column).filter(|cell| !cell.is_blank());
        let upper = above.get(column).filter(|cell| !cell.is_blank());
        let Some(own) = own else {
            return upper.cloned().unwrap_or_else(|| Cell::text(""));
        };
        // The name of a group stands over its first column only.
        let left = above.get(..=column).unwrap_or(&above);
        let group = left.iter().rev().find(|cell| !cell.is_blank());
        let both = group.map(|group| format!("{}{}", group.text.trim(), own.text.trim()));
        both.filter(|both| role(both).is_some())
            .map_or_else(|| own.clone(), Cell::text)
    });
    RawRow {
        row: lowest.row,
        cells: cells.collect(),
    }
}

/// A header of words never seen before: short words without numbers, and numbers of orders or parcels below them.
fn unknown_headings(rows: &[RawRow]) -> Option<Found> {
    rows.windows(2).enumerate().find_map(|(index, pair)| {
        let [above, below] = pair else { return None };
        let words: Vec<&str> = above
            .cells
            .iter()
            .filter(|cell| !cell.is_blank())
            .map(|cell| cell.text.as_str())
            .collect();
        let all_headings = words.len() >= 2
            && words.iter().all(|word| {
                word.chars().count() <= 24 && word.chars().filter(char::is_ascii_digit).count() < 6
            });
        let numbered = below
            .cells
            .iter()
            .filter(|cell| {
                let id = clean::id(&cell.text).text;
                shapes::may_be_tracking(&id) || shapes::is_wechat_number(&id)
            })
            .count();
        (all_headings && numbered >= 1 && below.cells.len() >= 2).then_some(Found {
            first: index,
            last: index,
            score: 1,
        })
    })
}

/// The headings in the form in which they are compared, without empty ones at the end.
pub(super) fn normals(row: &RawRow) -> Vec<String> {
    let mut words: Vec<String> = row.cells.iter().map(|cell| normal(&cell.text)).collect();
    while words.last().is_some_and(String::is_empty) {
        words.pop();
    }
    words
}

/// What a row further down is to the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// An ordinary row.
    No,
    /// The same header once more.
    Same,
    /// Another header: what follows stands in other columns.
    Other,
}

/// Compares a row with the header and with each of its lines.
pub(super) fn again(row: &RawRow, header: &[String], lines: &[Vec<String>]) -> Again {
    // Headings have no long numbers, and rows of data nearly always do.
    let numbered = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= 8;
    if row.cells.iter().any(|cell| numbered(&cell.text)) {
        return Again::No;
    }
    let cells = normals(row);
    if lines.contains(&cells) {
        return Again::Same;
    }
    let named = header.iter().filter(|heading| !heading.is_empty()).count();
    let same = header
        .iter()
        .zip(&cells)
        .filter(|(heading, cell)| !heading.is_empty() && heading == cell)
        .count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if same > 0 && same == filled && same.saturating_mul(2) >= named {
        return Again::Same;
    }
    // A header in its own right: most of its cells are headings, and it names an order or a parcel.
    let known = row.cells.iter().filter(|cell| role(&cell.text).is_some()).count();
    let heads = known >= 3 && known.saturating_mul(3) >= filled.saturating_mul(2) && score(row) >= ENOUGH;
    if !heads {
        return Again::No;
    }
    let moved = header
        .iter()
        .zip(&cells)
        .any(|(heading, cell)| heading != cell && role(heading) != role(cell))
        || filled > named;
    if moved { Again::Other } else { Again::Same }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> RawRow {
        RawRow {
            row: 1,
            cells: text.split(',').map(Cell::text).collect(),
        }
    }

    #[track_caller]
    fn check(rows: &[&str], expected: Option<usize>) {
        let rows: Vec<RawRow> = rows.iter().map(|r| row(r)).collect();
        assert_eq!(find(&rows).map(|found| found.last), expected, "{rows:?}");
    }

    #[test]
    fn the_header_is_found_below_titles() {
        check(&["订单号,快递公司,快递单号", "1,2,3"], Some(0));
        check(
            &[
                "发货信息整理,,",
                "",
                "导出时间:2026-07-19,,",
                "订单编号,快递公司,运单号",
            ],
            Some(3),
        );
        check(&["订单号,物流单号"], Some(0));
        check(
            &["编号甲,单子乙", "4200000925202101284997714292,SF1234567890123"],
            Some(0),
        );
    }

    #[test]
    fn rows_of_data_are_no_header() {
        check(&[], None);
        check(&["", ""], None);
        check(
            &[
                "S20260719001,顺丰,SF1234567890123",
                "S20260719002,顺丰,SF1234567890124",
            ],
            None,
        );
        check(&["你好,世界", "再见,世界"], None);
    }

    #[test]
    fn a_header_further_down_is_recognised() {
        let header = normals(&row("订单号,快递公司,快递单号"));
        for (text, expected) in [
            ("订单号,快递公司,快递单号", Again::Same),
            (" 订单号 ,快递公司,快递单号（必填）", Again::Same),
            ("订单号,快递单号,快递公司", Again::Other),
            ("订单号,收件人,快递公司,快递单号", Again::Other),
            ("S1,顺丰,SF1234567890123", Again::No),
            ("S1,快递,无", Again::No),
        ] {
            assert_eq!(again(&row(text), &header, &[]), expected, "{text}");
        }
    }
}
