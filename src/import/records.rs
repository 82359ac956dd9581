//! Splits delimited text into records of fields, on bytes. Apart from `text`, which knows encodings; and by hand,
//! because blank lines must count as rows and one unclosed quote may neither eat the file nor the memory.

use std::borrow::Cow;

use super::delimiter::Delimiter;
use super::grid::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROW_BYTES, Stop};
use super::source::Window;

/// Quotes that never close, after which the file is given up.
const MAX_UNCLOSED: u32 = 1_000;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The row as a spreadsheet numbers it, from 1.
    pub(super) row: u32,
    /// The fields without their quotes.
    pub(super) fields: Vec<Cow<'a, [u8]>>,
    /// The field whose quote never closes.
    pub(super) unclosed: Option<usize>,
}

/// An iterator over the records of a text. Line ends and quotes are single bytes below 0x30, which in UTF-8 and in
/// GB18030 are never a part of another character; of its delimiter [`Delimiter`] knows it.
#[derive(Debug)]
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: Delimiter,
    row: u32,
    unclosed: u32,
}

/// How a field ended.
enum End {
    Field,
    Record,
}

impl<'a> Records<'a> {
    /// Reads from the beginning of `bytes`.
    pub(super) fn new(bytes: &'a [u8], delimiter: Delimiter) -> Self {
        Self::behind(bytes, delimiter, 0, 0)
    }

    /// Reads the bytes that stand behind a `row`, up to which so many quotes were not closed.
    fn behind(bytes: &'a [u8], delimiter: Delimiter, row: u32, unclosed: u32) -> Self {
        Self {
            bytes,
            at: 0,
            delimiter,
            row,
            unclosed,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// One record, or `None` behind the last one.
    fn record(&mut self) -> Option<Result<Record<'a>, Stop>> {
        self.peek()?;
        self.row = self.row.saturating_add(1);
        let row = self.row;
        let start = self.at;
        let mut fields = Vec::new();
        let mut unclosed = None;
        loop {
            let (field, end, closed) = self.field(unclosed.is_none());
            if !closed {
                unclosed = Some(fields.len());
                self.unclosed = self.unclosed.saturating_add(1);
            }
            let used = self.at.saturating_sub(start);
            if field.len() > MAX_CELL_BYTES
                || used > MAX_ROW_BYTES
                || fields.len() >= MAX_COLUMNS.saturating_mul(4)
                || self.unclosed > MAX_UNCLOSED
            {
                return Some(Err(Stop::TooLarge { row }));
            }
            fields.push(field);
            match end {
                End::Field => {}
                End::Record => {
                    return Some(Ok(Record {
                        row,
                        fields,
                        unclosed,
                    }));
                }
            }
        }
    }

    /// One field and what stands behind it. The last value is `false` when its quote never closed and it was
    /// read again as if there were no quotes.
    fn field(&mut self, quotes: bool) -> (Cow<'a, [u8]>, End, bool) {
        if quotes {
            let start = self.at;
            let blanks = self
                .rest()
                .iter()
                .take_while(|b| matches!(b, b' ' | b'\t') && char::from(**b) != self.delimiter.sign())
                .count();
            self.at = self.at.saturating_add(blanks);
            if self.peek() == Some(b'"') {
                self.at = self.at.saturating_add(1);
                if let Some(field) = self.quoted() {
                    let end = self.end();
                    return (field, end, true);
                }
                self.at = start;
                let field = self.bare();
                let end = self.end();
                return (Cow::Borrowed(field), end, false);
            }
            self.at = start;
        }
        let field = self.bare();
        let end = self.end();
        (Cow::Borrowed(field), end, true)
    }

    /// Behind an opening quote: the text to the closing one and what stands between it and the delimiter.
    /// `None` when no quote closes it within the longest record.
    fn quoted(&mut self) -> Option<Cow<'a, [u8]>> {
        let limit = self.at.saturating_add(MAX_ROW_BYTES).min(self.bytes.len());
        let mut whole: Cow<'a, [u8]> = Cow::Borrowed(&[]);
        loop {
            let window = self.bytes.get(self.at..limit)?;
            let length = window.iter().position(|b| *b == b'"')?;
            let piece = window.get(..length).unwrap_or_default();
            append(&mut whole, piece);
            self.at = self.at.saturating_add(length).saturating_add(1);
            if self.peek() == Some(b'"') {
                append(&mut whole, b"\"");
                self.at = self.at.saturating_add(1);
            } else {
                break;
            }
        }
        let tail = self.bare();
        if !tail.iter().all(u8::is_ascii_whitespace) {
            append(&mut whole, tail);
        }
        Some(whole)
    }

    /// Everything up to the next delimiter or line end.
    fn bare(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = self.delimiter.next(rest).unwrap_or(rest.len());
        self.at = self.at.saturating_add(length);
        rest.get(..length).unwrap_or_default()
    }

    /// Steps over a delimiter or a line end of any of the three kinds.
    fn end(&mut self) -> End {
        let (end, width) = match self.rest() {
            [b'\r', b'\n', ..] => (End::Record, 2),
            [b'\r' | b'\n', ..] => (End::Record, 1),
            [_, ..] => (End::Field, self.delimiter.width()),
            [] => (End::Record, 0),
        };
        self.at = self.at.saturating_add(width);
        end
    }
}

/// The records of a whole file, of which only a window is in memory.
pub(super) struct FileRecords<'a, 's> {
    window: Window<'a, 's>,
    delimiter: Delimiter,
    row: u32,
    unclosed: u32,
    /// Bytes of the record before, to be stepped over.
    used: usize,
}

impl<'a, 's> FileRecords<'a, 's> {
    /// Enough for the longest record, and behind it the longest look for a closing quote.
    pub(super) const AHEAD: usize = 2 * MAX_ROW_BYTES + 4;

    /// Reads what is left of the file.
    pub(super) fn new(window: Window<'a, 's>, delimiter: Delimiter) -> Self {
        Self {
            window,
            delimiter,
            row: 0,
            unclosed: 0,
            used: 0,
        }
    }

    /// The next record; `None` behind the last one.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>, Stop> {
        self.window.step(self.used);
        let bytes = self.window.at_least(Self::AHEAD)?;
        let mut records = Records::behind(bytes, self.delimiter, self.row, self.unclosed);
        let record = records.record().transpose()?;
        (self.row, self.unclosed, self.used) = (records.row, records.unclosed, records.at);
        Ok(record)
    }
}

fn append<'a>(whole: &mut Cow<'a, [u8]>, piece: &'a [u8]) {
    if whole.is_empty() {
        *whole = Cow::Borrowed(piece);
    } else {
        whole.to_mut().extend_from_slice(piece);
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Stop>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.record();
        if matches!(record, Some(Err(_))) {
            self.at = self.bytes.len();
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comma() -> Delimiter {
        Delimiter::of(',', super::super::charset::Charset::Utf8)
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let found: Vec<Vec<String>> = Records::new(text.as_bytes(), comma())
            .map(|record| {
                let fields = record.unwrap().fields;
                fields
                    .iter()
                    .map(|f| String::from_utf8(f.to_vec()).unwrap())
                    .collect()
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn fields_and_records_end_where_a_spreadsheet_ends_them() {
        check("", &[]);
        check("a,b\nc,d", &[&["a", "b"], &["c", "d"]]);
        check("a,b\r\nc,d\r\n", &[&["a", "b"], &["c", "d"]]);
        check("a,b\rc,d\r", &[&["a", "b"], &["c", "d"]]);
        check(
            "a\n\nb\r\rc\r\nd",
            &[&["a"], &[""], &["b"], &[""], &["c"], &["d"]],
        );
        check("a,\n,", &[&["a", ""], &["", ""]]);
        check("\"a,1\",\"b\nc\"\nd,e", &[&["a,1", "b\nc"], &["d", "e"]]);
        check("\"say \"\"yes\"\"\",x", &[&["say \"yes\"", "x"]]);
        check("\"\"\"\",x", &[&["\"", "x"]]);
        check("=\"42\",x", &[&["=\"42\"", "x"]]);
        check("5\" inch,x", &[&["5\" inch", "x"]]);
        check("a, \"b\" ,c", &[&["a", "b", "c"]]);
        check("\"a\"b,c", &[&["ab", "c"]]);
    }

    #[test]
    fn a_quote_that_never_closes_costs_one_row() {
        let text = "a,b\n1,\"x\n2,y\n3,z\n";
        let records: Vec<Record<'_>> = Records::new(text.as_bytes(), comma())
            .map(Result::unwrap)
            .collect();
        assert_eq!(records.len(), 4);
        assert_eq!(records[1].unclosed, Some(1));
        assert_eq!(records[1].fields[1].as_ref(), b"\"x");
        assert_eq!((records[2].row, records[2].fields[1].as_ref()), (3, &b"y"[..]));
    }

    #[test]
    fn limits_stop_the_reading_at_their_row() {
        let long = format!("a\nb\n{}\nc", "x".repeat(MAX_CELL_BYTES + 1));
        let last = Records::new(long.as_bytes(), comma()).last();
        assert_eq!(last, Some(Err(Stop::TooLarge { row: 3 })));
        let wide = format!("a\n{}\nc", "x,".repeat(140_000));
        assert_eq!(
            Records::new(wide.as_bytes(), comma()).last(),
            Some(Err(Stop::TooLarge { row: 2 }))
        );
        let hostile = "\"\n".repeat(3) + &"x,\n".repeat(200_000);
        assert!(Records::new(hostile.as_bytes(), comma()).count() > 199_000);
    }
}
