//! Tables whose columns line up although Chinese characters are two places wide.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::output::{Console, Tone};

/// One cell: its words and their colour.
#[derive(Clone, Debug)]
pub struct Cell {
    words: String,
    tone: Tone,
}

impl Cell {
    /// A cell with a colour. Control characters become blanks, so that a value from outside cannot steer
    /// the terminal.
    pub fn new(words: &str, tone: Tone) -> Self {
        let words = words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        Self { words, tone }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::new(&words, Tone::Plain)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::new(words, Tone::Plain)
    }
}

/// Rows under a heading.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with its heading.
    pub fn new(heading: impl IntoIterator<Item = String>) -> Self {
        let heading = heading
            .into_iter()
            .map(|words| Cell::new(&words, Tone::Faint))
            .collect();
        Self { rows: vec![heading] }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Nothing stands under the heading.
    pub fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// Writes the table.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write, console: Console) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (index, cell) in row.iter().enumerate() {
                let width = cell.words.width();
                match widths.get_mut(index) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        for row in &self.rows {
            let last = row.iter().rposition(|cell| !cell.words.is_empty());
            for (index, cell) in row
                .iter()
                .enumerate()
                .take(last.map_or(0, |last| last.saturating_add(1)))
            {
                write!(out, "{}", console.paint(cell.tone, &cell.words))?;
                if Some(index) != last {
                    let widest = widths.get(index).copied().unwrap_or(0);
                    let gap = widest.saturating_sub(cell.words.width()).saturating_add(2);
                    write!(out, "{:gap$}", "")?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Format;
    use crate::i18n::Lang;

    #[test]
    fn columns_line_up_below_chinese_headings() {
        let mut table = Table::new(["行".to_owned(), "结果".to_owned()]);
        table.push(vec!["1200".into(), "ok".into()]);
        table.push(vec!["7".into(), "".into(), "".into()]);
        let mut out = Vec::new();
        table
            .write(&mut out, Console::plain(Lang::ZhCn, Format::Text))
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "行    结果\n1200  ok\n7\n");
    }

    #[test]
    fn a_value_from_outside_cannot_steer_the_terminal() {
        assert_eq!(Cell::from("a\x1b[2Jb\nc").words, "a [2Jb c");
    }
}
