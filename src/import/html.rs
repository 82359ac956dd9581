//! Reads the table of a web page that was saved as `.xls`, as many shop systems do. Apart from `text`, because it is
//! markup; only tables are understood, and nothing is ever fetched or run.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::charset::Charset;
use super::grid::{Cell, Kind, MAX_CELL_BYTES, MAX_COLUMNS, RawRow, Sink, Stop};
use super::source::Window;

/// A tag ends within so many bytes.
const LONGEST_TAG: usize = 16 * 1024;

/// Delivers the rows of all tables, one table after the other as a spreadsheet shows them.
pub(super) fn read(mut window: Window<'_, '_>, charset: Charset, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut page = Page {
        charset,
        row: 0,
        cells: None,
        cell: None,
        down: BTreeMap::new(),
    };
    loop {
        let rest = window.at_least(LONGEST_TAG)?;
        let text = rest.iter().position(|b| *b == b'<').unwrap_or(rest.len());
        if text > 0 {
            page.text(rest.get(..text).unwrap_or_default())?;
            window.step(text);
            continue;
        }
        if rest.is_empty() {
            break;
        }
        if rest.starts_with(b"<!--") {
            skip_to(&mut window, b"-->")?;
            window.step(3);
            continue;
        }
        let (tag, length) = tag(rest);
        window.step(length);
        if page.tag(&tag, sink)?.is_break() {
            return Ok(());
        }
        if !tag.closes && matches!(tag.name.as_str(), "script" | "style" | "xml") {
            skip_to(&mut window, format!("</{}", tag.name).as_bytes())?;
        }
    }
    page.end_cell()?;
    let _finished = page.end_row(sink);
    if page.row == 0 {
        Err(Stop::Unsupported)
    } else {
        Ok(())
    }
}

/// Steps to the next `word`, whatever its case, or to the end.
fn skip_to(window: &mut Window<'_, '_>, word: &[u8]) -> Result<(), Stop> {
    loop {
        let rest = window.at_least(LONGEST_TAG)?;
        let found = rest
            .windows(word.len())
            .position(|w| w.eq_ignore_ascii_case(word));
        if let Some(at) = found {
            window.step(at);
            return Ok(());
        }
        // The word may begin in the last bytes.
        let length = rest.len();
        if length < LONGEST_TAG {
            window.step(length);
            return Ok(());
        }
        window.step(length.saturating_sub(word.len()));
    }
}

/// One tag.
struct Tag {
    /// Lower case, without a prefix.
    name: String,
    /// `</…>`.
    closes: bool,
    /// Everything behind the name.
    attributes: String,
}

impl Tag {
    /// A small number in an attribute.
    fn number(&self, name: &str) -> usize {
        let value = self.attributes.split_once(name).map(|(_, value)| value);
        let digits = value.map(|value| {
            value
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''))
                .chars()
                .take_while(char::is_ascii_digit)
                .take(6)
                .collect::<String>()
        });
        digits.and_then(|digits| digits.parse().ok()).unwrap_or(1)
    }
}

/// The tag at the beginning of the text, and its length in bytes. A quoted `>` does not end it.
fn tag(text: &[u8]) -> (Tag, usize) {
    let window = text.get(..LONGEST_TAG.min(text.len())).unwrap_or_default();
    let mut quote = None;
    let end = window.iter().position(|b| match (quote, b) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(*b);
            false
        }
        (Some(open), b) if open == *b => {
            quote = None;
            false
        }
        _ => false,
    });
    // A quote that never closes ends with the next tag.
    let end = end
        .or_else(|| window.iter().position(|b| *b == b'>'))
        .unwrap_or(window.len());
    let inside = text.get(1..end).unwrap_or_default();
    let closes = inside.first() == Some(&b'/');
    let inside = String::from_utf8_lossy(inside).to_ascii_lowercase();
    let inside = inside.trim_start_matches('/');
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let tag = Tag {
        name: name.trim_end_matches('/').to_owned(),
        closes,
        attributes: attributes.to_owned(),
    };
    (tag, end.saturating_add(1))
}

/// A cell that is being read.
struct Open {
    bytes: Vec<u8>,
    rows: usize,
    columns: usize,
}

struct Page {
    charset: Charset,
    row: u32,
    cells: Option<Vec<Cell>>,
    cell: Option<Open>,
    /// By column: a cell that stands for rows below too, and how many are left.
    down: BTreeMap<usize, (Cell, usize)>,
}

impl Page {
    fn text(&mut self, text: &[u8]) -> Result<(), Stop> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.bytes.extend_from_slice(text);
        if cell.bytes.len() > MAX_CELL_BYTES {
            return Err(Stop::TooLarge {
                row: self.row.saturating_add(1),
            });
        }
        Ok(())
    }

    fn tag(&mut self, tag: &Tag, sink: &mut Sink<'_>) -> Result<ControlFlow<()>, Stop> {
        match (tag.name.as_str(), tag.closes) {
            ("td" | "th", false) => {
                self.end_cell()?;
                self.cells.get_or_insert_default();
                self.cell = Some(Open {
                    bytes: Vec::new(),
                    rows: tag.number("rowspan").max(1),
                    columns: tag.number("colspan").clamp(1, MAX_COLUMNS),
                });
            }
            ("td" | "th", true) => self.end_cell()?,
            ("tr", false) => {
                self.end_cell()?;
                let flow = self.end_row(sink);
                self.cells = Some(Vec::new());
                return Ok(flow);
            }
            ("tr" | "table", true) => {
                self.end_cell()?;
                let flow = self.end_row(sink);
                if tag.name == "table" {
                    self.down.clear();
                }
                return Ok(flow);
            }
            ("br", _) | ("p" | "div" | "li", true) => self.text(b"\x0b")?,
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes the cell into the row, behind those that reach down from rows above.
    fn end_cell(&mut self) -> Result<(), Stop> {
        let Some(open) = self.cell.take() else {
            return Ok(());
        };
        let cell = self.cell_of(&open.bytes);
        let cells = self.cells.get_or_insert_default();
        from_above(cells, &mut self.down);
        let column = cells.len();
        if column > MAX_COLUMNS.saturating_mul(2) {
            return Err(Stop::TooLarge {
                row: self.row.saturating_add(1),
            });
        }
        if open.rows > 1 {
            self.down
                .insert(column, (cell.clone(), open.rows.saturating_sub(1)));
        }
        cells.push(cell);
        for _ in 1..open.columns {
            cells.push(Cell::text(""));
        }
        Ok(())
    }

    fn end_row(&mut self, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let Some(mut cells) = self.cells.take() else {
            return ControlFlow::Continue(());
        };
        from_above(&mut cells, &mut self.down);
        self.row = self.row.saturating_add(1);
        sink(RawRow { row: self.row, cells })
    }

    fn cell_of(&self, bytes: &[u8]) -> Cell {
        let (text, kind) = match self.charset.decode(bytes) {
            Some(text) => (text.into_owned(), Kind::Text),
            None => (self.charset.decode_lossy(bytes), Kind::Unreadable),
        };
        // Line ends of the source mean nothing; only `<br>` is one.
        let text: Vec<String> = text
            .split('\u{b}')
            .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        Cell {
            text: entities(text.join("\n").trim_matches('\n')),
            kind,
        }
    }
}

/// Puts the cells that reach down from rows above at the next free columns.
fn from_above(cells: &mut Vec<Cell>, down: &mut BTreeMap<usize, (Cell, usize)>) {
    while let Some((cell, left)) = down.get_mut(&cells.len()) {
        let column = cells.len();
        cells.push(cell.clone());
        *left = left.saturating_sub(1);
        if *left == 0 {
            down.remove(&column);
        }
    }
}

/// The text with its entities resolved; unknown ones stay as they are.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let known = behind.split_once(';').filter(|(name, _)| name.len() <= 8);
        if let Some((c, behind)) = known.and_then(|(name, behind)| Some((entity(name)?, behind))) {
            out.push(c);
            rest = behind;
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
    });
    match (number, name) {
        (Some(code), _) => char::from_u32(code?),
        (None, "nbsp") => Some('\u{a0}'),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::with_window;
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&[&str]]) {
        let mut rows = Vec::new();
        let mut sink = |row: RawRow| {
            rows.push(row.cells.into_iter().map(|cell| cell.text).collect::<Vec<_>>());
            ControlFlow::Continue(())
        };
        with_window(page.as_bytes(), Charset::Utf8, |window| {
            read(window, Charset::Utf8, &mut sink).unwrap();
        });
        assert_eq!(rows, expected, "{page}");
    }

    #[test]
    fn tables_become_rows() {
        check(
            "<html><style>td{a:b}</style><table border=1><tr><th>订单号</th><th>快递单号</th></tr>\n\
             <tr><TD style=\"mso-number-format:'\\@'\">4200</TD><td> SF1\n 2 </td></tr></table></html>",
            &[&["订单号", "快递单号"], &["4200", "SF1 2"]],
        );
        check(
            "<table><tr><td>a<td>b<tr><td>c&amp;d&#33;&nbsp;&x;</table>",
            &[&["a", "b"], &["c&d!\u{a0}&x;"]],
        );
        check(
            "<table><tr><td>a<br/>b</td><td><p>c</p><!-- <td>x</td> --></td></tr></table>",
            &[&["a\nb", "c"]],
        );
        check("<table><tr><td title=\">\">a</td></tr></table>", &[&["a"]]);
    }

    #[test]
    fn cells_that_reach_over_rows_and_columns_keep_the_others_in_place() {
        check(
            "<table><tr><td colspan=2>t</td></tr><tr><td rowspan=2>S1</td><td>1</td></tr><tr><td>2</td></tr>\
             <tr><td>S2</td><td>3</td></tr></table>",
            &[&["t", ""], &["S1", "1"], &["S1", "2"], &["S2", "3"]],
        );
    }

    #[test]
    fn a_broken_page_ends_somewhere() {
        check("<table><tr><td>a", &[&["a"]]);
        check("<table><tr><td>a</td><td title=\"x>b</td></tr>", &[&["a", "b"]]);
        let mut sink = |_: RawRow| ControlFlow::Continue(());
        let outcome = with_window(b"<html><b>", Charset::Utf8, |window| {
            read(window, Charset::Utf8, &mut sink)
        });
        assert_eq!(outcome, Err(Stop::Unsupported));
    }
}
