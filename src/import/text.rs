//! Reads delimited text: which delimiter, which charset for each field. Apart from `records`, which splits bytes,
//! and from `sniff`, which looks at whole files.

use std::ops::ControlFlow;

use super::charset::Charset;
use super::delimiter::Delimiter;
use super::grid::{Cell, Kind, RawRow, Sink, Stop};
use super::header;
use super::records::{FileRecords, Record, Records};
use super::sheet_out::Dialect;
use super::source::Window;

/// Delimiters in the order of preference; the last ones are what a Chinese keyboard types for the first.
const DELIMITERS: [char; 6] = [',', '\t', ';', '|', '，', '；'];
/// Rows by which the delimiter is chosen.
const TRIED_ROWS: usize = 40;

/// Delivers the rows of a text.
pub(super) fn read(mut window: Window<'_, '_>, charset: Charset, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let head = window.at_least(FileRecords::AHEAD)?;
    let (text, named) = named_delimiter(head);
    let delimiter = delimiter_of(text, named, charset);
    let first_line = head.len().saturating_sub(text.len());
    window.step(first_line);
    let mut records = FileRecords::new(window, delimiter);
    let mut width: usize = 0;
    while let Some(record) = records.next()? {
        width = width.max(record.fields.len());
        if let ControlFlow::Break(()) = sink(row(&record, charset, delimiter, width)) {
            break;
        }
    }
    Ok(())
}

/// How a text is written, so that another one can be written like it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn dialect(mut window: Window<'_, '_>, charset: Charset) -> Result<Dialect, Stop> {
    let (text, named) = named_delimiter(window.at_least(FileRecords::AHEAD)?);
    let delimiter = delimiter_of(text, named, charset);
    let end = text.iter().position(|b| matches!(b, b'\n' | b'\r'));
    let line_end = match end.and_then(|end| text.get(end..)) {
        Some([b'\r', b'\n', ..]) | None => "\r\n",
        Some([b'\r', ..]) => "\r",
        Some(_) => "\n",
    };
    Ok(Dialect {
        encoding: charset.name(),
        delimiter: delimiter.sign(),
        named: named.is_some(),
        line_end,
    })
}

/// The first line `sep=;`, which a spreadsheet does not count as a row.
fn named_delimiter(text: &[u8]) -> (&[u8], Option<u8>) {
    let end = text
        .iter()
        .position(|b| matches!(b, b'\n' | b'\r'))
        .unwrap_or(text.len());
    let line = text.get(..end).unwrap_or_default();
    let line: Vec<u8> = line
        .iter()
        .filter(|b| **b != b'"')
        .map(u8::to_ascii_lowercase)
        .collect();
    let delimiter = match line.as_slice() {
        [b's', b'e', b'p', b'=', delimiter] if !delimiter.is_ascii_alphanumeric() => *delimiter,
        [b's', b'e', b'p', b'=', delimiter, rest @ ..] if rest.iter().all(|b| b == delimiter) => *delimiter,
        _ => return (text, None),
    };
    if delimiter >= 0x30 && !matches!(delimiter, b';' | b'|') {
        return (text, None);
    }
    let behind = text.get(end..).unwrap_or_default();
    let behind = behind
        .strip_prefix(b"\r\n")
        .or_else(|| behind.strip_prefix(b"\n"))
        .or_else(|| behind.strip_prefix(b"\r"))
        .unwrap_or(behind);
    (behind, Some(delimiter))
}

fn delimiter_of(text: &[u8], named: Option<u8>, charset: Charset) -> Delimiter {
    match named {
        Some(sign) => Delimiter::of(char::from(sign), charset),
        None => best_delimiter(text, charset),
    }
}

/// The delimiter with which the first rows show the best header; among equals the one that cuts them most evenly.
fn best_delimiter(text: &[u8], charset: Charset) -> Delimiter {
    let mut best = (Delimiter::of(',', charset), (0u32, 0usize));
    for delimiter in DELIMITERS.map(|sign| Delimiter::of(sign, charset)) {
        let rows: Vec<RawRow> = Records::new(text, delimiter)
            .take(TRIED_ROWS)
            .map_while(Result::ok)
            .map(|record| row(&record, charset, delimiter, usize::MAX))
            .filter(|row| !row.is_blank())
            .collect();
        let header = header::find(&rows).map_or(0, |found| found.score);
        let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let even = rows
            .iter()
            .filter(|row| row.cells.len() == widest && widest > 1)
            .count();
        if (header, even) > best.1 {
            best = (delimiter, (header, even));
        }
    }
    best.0
}

/// A record as a row of cells. A cell that cannot be read, or whose quote never closes or has swallowed whole lines
/// of the file, is marked.
fn row(record: &Record<'_>, charset: Charset, delimiter: Delimiter, width: usize) -> RawRow {
    let mixed = charset == Charset::Gb18030 && is_utf8_after_all(record);
    let cells = record
        .fields
        .iter()
        .enumerate()
        .map(|(column, field)| {
            let swallowed = swallows(field, delimiter, width);
            if mixed && !field.is_ascii() || swallowed || record.unclosed == Some(column) {
                return Cell {
                    text: charset.decode_lossy(field),
                    kind: Kind::Unreadable,
                };
            }
            match charset.decode(field) {
                Some(text) => Cell::text(text),
                None => Cell {
                    text: charset.decode_lossy(field),
                    kind: Kind::Unreadable,
                },
            }
        })
        .collect();
    RawRow {
        row: record.row,
        cells,
    }
}

/// In a file of GB18030 a row that is UTF-8 throughout, with Chinese characters: from another file.
fn is_utf8_after_all(record: &Record<'_>) -> bool {
    let mut chinese: usize = 0;
    for field in record.fields.iter().filter(|field| !field.is_ascii()) {
        let Ok(text) = std::str::from_utf8(field) else {
            return false;
        };
        let three_bytes = text
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
            .count();
        chinese = chinese.saturating_add(three_bytes);
    }
    chinese >= 2
}

/// A quoted cell with a line inside that would be a row of the file on its own: two stray quotes far apart.
fn swallows(field: &[u8], delimiter: Delimiter, width: usize) -> bool {
    width >= 3
        && field.contains(&b'\n')
        && field
            .split(|b| matches!(b, b'\n' | b'\r'))
            .any(|line| delimiter.fields(line) >= width)
}

#[cfg(test)]
mod tests {
    use super::super::source::with_window;
    use super::*;

    fn rows(bytes: &[u8], charset: Charset) -> Vec<RawRow> {
        let mut rows = Vec::new();
        let mut sink = |row: RawRow| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        with_window(bytes, charset, |window| read(window, charset, &mut sink).unwrap());
        rows
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let found: Vec<Vec<String>> = rows(text.as_bytes(), Charset::Utf8)
            .into_iter()
            .map(|row| row.cells.into_iter().map(|cell| cell.text).collect())
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_header() {
        check("订单号,快递单号\n1,2", &[&["订单号", "快递单号"], &["1", "2"]]);
        check(
            "订单号\t快递单号\n1,1\t2",
            &[&["订单号", "快递单号"], &["1,1", "2"]],
        );
        check(
            "订单号;快递单号\n1;2,3",
            &[&["订单号", "快递单号"], &["1", "2,3"]],
        );
        check(
            "订单号，快递公司，快递单号\n1,5，顺丰，SF1",
            &[&["订单号", "快递公司", "快递单号"], &["1,5", "顺丰", "SF1"]],
        );
        check("sep=;\r\n甲;乙\r\n1;2", &[&["甲", "乙"], &["1", "2"]]);
        check("sep=\t\n甲\t乙", &[&["甲", "乙"]]);
        check(
            "订单号,快递单号（多个使用;分隔）\n1,2;3;4;5",
            &[&["订单号", "快递单号（多个使用;分隔）"], &["1", "2;3;4;5"]],
        );
        check("只有一列", &[&["只有一列"]]);
    }

    #[test]
    fn a_character_with_the_byte_of_the_delimiter_stays_whole() {
        let text = "订单号|收货人|快递单号\n1|王弢|SF1\n2|渱|SF2\n";
        let found = rows(&encoding_rs::GB18030.encode(text).0, Charset::Gb18030);
        let cells: Vec<&str> = found[1].cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(cells, ["1", "王弢", "SF1"]);
        assert_eq!(found[2].cells[1], Cell::text("渱"));
    }

    #[test]
    fn bytes_that_are_no_text_mark_their_cell() {
        let bytes = "订单号,快递单号\n1,\u{0}2\n".replace('\u{0}', "");
        let mut bytes = bytes.into_bytes();
        bytes.extend_from_slice(b"3,\xff4\n5,6\n");
        let rows = rows(&bytes, Charset::Utf8);
        let kinds: Vec<Vec<Kind>> = rows
            .iter()
            .map(|r| r.cells.iter().map(|c| c.kind).collect())
            .collect();
        assert_eq!(kinds[2], [Kind::Text, Kind::Unreadable]);
        assert_eq!(kinds[3], [Kind::Text, Kind::Text]);
    }

    #[test]
    fn a_row_in_another_charset_is_marked() {
        let mut bytes = encoding_rs::GB18030.encode("订单号,商品\n1,茶叶\n").0.to_vec();
        bytes.extend_from_slice("2,茶叶\n".as_bytes());
        let rows = rows(&bytes, Charset::Gb18030);
        assert_eq!(rows[1].cells[1], Cell::text("茶叶"));
        assert_eq!(rows[2].cells[1].kind, Kind::Unreadable);
    }

    #[test]
    fn two_stray_quotes_do_not_hide_the_rows_between_them() {
        let text = "订单号,商品,快递单号\n1,\"茶叶,A1\n2,b,A2\n3,c\",A3\n4,d,A4\n";
        let rows = rows(text.as_bytes(), Charset::Utf8);
        assert_eq!(rows[1].cells[1].kind, Kind::Unreadable);
        assert_eq!(rows.last().unwrap().cells[0].text, "4");
    }
}
