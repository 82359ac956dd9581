//! Makes files out of tables: every encoding, delimiter, line end, and workbooks.

use rust_xlsxwriter::Workbook;

/// Rows of cells.
pub type Table = [Vec<String>];

/// A table out of words.
pub fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
    let row = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    rows.iter().map(row).collect()
}

/// Delimited text, quoted where it must be.
pub fn text(table: &Table, delimiter: char, end: &str) -> String {
    let cell = |cell: &String| {
        if cell.contains([delimiter, '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let line = |row: &Vec<String>| {
        row.iter()
            .map(cell)
            .collect::<Vec<_>>()
            .join(&delimiter.to_string())
    };
    table.iter().map(line).map(|line| line + end).collect()
}

/// The text in every encoding that is read.
pub fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |mark: bool, le: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        let units = mark.into_iter().chain(text.encode_utf16());
        let bytes = |unit: u16| {
            if le {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        units.flat_map(bytes).collect()
    };
    vec![
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8", format!("\u{feff}{text}").into_bytes()),
        ("gb18030", encoding_rs::GB18030.encode(text).0.into_owned()),
        ("utf-16le", utf16(true, true)),
        ("utf-16le", utf16(false, true)),
        ("utf-16be", utf16(true, false)),
        ("utf-16be", utf16(false, false)),
    ]
}

/// A workbook of text cells.
pub fn workbook(table: &Table) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in table.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            if !cell.is_empty() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}
