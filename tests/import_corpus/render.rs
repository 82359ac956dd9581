//! Puts a described table into files: text in every encoding, delimiter and line end, web pages, and workbooks.

use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::describe::Cell;
use crate::old;
use crate::soil::as_shown;

/// A form in which the table is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Encoding, with a mark at its beginning, delimiter, line ends, and a first line `sep=`.
    Text(&'static str, bool, char, &'static [&'static str], bool),
    /// A web page in this encoding.
    Page(&'static str),
    /// A new workbook; `true` with other sheets around.
    Book(bool),
    /// An old workbook.
    OldBook,
}

/// All forms.
pub const FORMS: &[Form] = &[
    Form::Text("utf-8", false, ',', &["\n"], false),
    Form::Text("utf-8", true, ',', &["\r\n"], false),
    Form::Text("gb18030", false, ',', &["\r\n"], false),
    Form::Text("gb18030", false, '\t', &["\n"], false),
    Form::Text("utf-16le", true, '\t', &["\r\n"], false),
    Form::Text("utf-16be", true, ';', &["\r"], false),
    Form::Text("utf-16le", false, ',', &["\n"], false),
    Form::Text("utf-8", false, '|', &["\n", "\r\n", "\r"], false),
    Form::Text("utf-8", true, ';', &["\r\n"], true),
    Form::Text("gb18030", false, ',', &["\r"], false),
    Form::Text("gb18030", false, '|', &["\r\n"], false),
    Form::Text("gb18030", false, '，', &["\r\n"], false),
    Form::Text("utf-8", true, '，', &["\n"], false),
    Form::Page("utf-8"),
    Form::Page("gb18030"),
    Form::Book(false),
    Form::Book(true),
    Form::OldBook,
];

impl Form {
    /// Numbers and formulas stay what they are.
    pub fn is_book(self) -> bool {
        matches!(self, Self::Book(_) | Self::OldBook)
    }

    /// The name of the encoding as the reader tells it.
    pub fn encoding(self) -> &'static str {
        match self {
            Self::Text(encoding, ..) | Self::Page(encoding) => encoding,
            Self::Book(_) => "xlsx",
            Self::OldBook => "xls",
        }
    }

    /// The file.
    pub fn render(self, table: &[Vec<Cell>]) -> Vec<u8> {
        match self {
            Self::Text(encoding, mark, delimiter, ends, named) => {
                let mut text = String::new();
                if named {
                    text = format!("sep={delimiter}\r\n");
                }
                for (row, cells) in table.iter().enumerate() {
                    let cells: Vec<String> = cells.iter().map(|c| quoted(&shown(c), delimiter)).collect();
                    text += &cells.join(&delimiter.to_string());
                    text += ends[row % ends.len()];
                }
                encoded(&text, encoding, mark)
            }
            Self::Page(encoding) => encoded(&page(table), encoding, false),
            Self::Book(others) => book(table, others),
            Self::OldBook => old::book(table),
        }
    }
}

/// What a text file holds of a cell.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Formula(text) => text.clone(),
        Cell::Typed(digits) => as_shown(digits),
    }
}

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn encoded(text: &str, encoding: &str, mark: bool) -> Vec<u8> {
    let text = if mark {
        format!("\u{feff}{text}")
    } else {
        text.to_owned()
    };
    match encoding {
        "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.into_bytes(),
    }
}

fn page(table: &[Vec<Cell>]) -> String {
    let mut text = String::from(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td{mso-number-format:\"\\@\"}</style></head>\n<body><table border=1>\n",
    );
    for cells in table {
        text += "<tr>";
        for cell in cells {
            let inner = shown(cell)
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('\u{a0}', "&nbsp;")
                .replace('\n', "<br/>");
            text += &format!("<td class=\"x\">{inner}</td>");
        }
        text += "</tr>\n";
    }
    text + "</table></body></html>"
}

fn book(table: &[Vec<Cell>], others: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    if others {
        let sheet = book.add_worksheet().set_name("填写说明").unwrap();
        sheet
            .write_string(0, 0, "请在第二页填写订单号与快递单号")
            .unwrap();
        sheet.write_string(1, 0, "快递公司请按对照表填写").unwrap();
    }
    let sheet = book.add_worksheet();
    let text_format = Format::new().set_num_format("@");
    for (row, cells) in table.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet
                        .write_string_with_format(row, column, text, &text_format)
                        .unwrap();
                }
                Cell::Typed(digits) => {
                    sheet
                        .write_number(row, column, digits.parse::<f64>().unwrap())
                        .unwrap();
                }
                Cell::Formula(result) => {
                    let formula = Formula::new("=Z1").set_result(result);
                    sheet.write_formula(row, column, formula).unwrap();
                }
            }
        }
    }
    if others {
        let sheet = book.add_worksheet().set_name("快递公司编码对照").unwrap();
        for (row, (name, code)) in [("快递公司", "快递公司编码"), ("顺丰速运", "SF")]
            .iter()
            .enumerate()
        {
            let row = u32::try_from(row).unwrap();
            sheet.write_string(row, 0, *name).unwrap();
            sheet.write_string(row, 1, *code).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
