//! From a file to its file of results and back, in every form.

use fahuo::domain::{Field, Ignored};
use fahuo::i18n::Lang;
use fahuo::import::{Form, Mappings};
use proptest::prelude::*;

use crate::make::{encodings, table, text, workbook};
use crate::{Imported, meaning, own_cells, put, read_known};

/// Everything that makes trouble in a cell.
fn troubles() -> Vec<Vec<String>> {
    let long = "4200000925202101284997714292";
    table(&[
        &["订单号", "快递公司", "快递单号", "备注", "数量", "收货人手机"],
        &[long, "顺丰", "SF1234567890123", "=1+1", "1", "13800138000"],
        &[
            "\tS20260719001",
            "飞马",
            "78768264502666",
            "@cmd",
            "01",
            "+86 13800138001",
        ],
        &[" S20260719002 ", "中通", "078768264502667", "－1", "1.50", ""],
        &["'S20260719003", "中通", "无效号码?", "2026/7/19", "-1", "1"],
        &["S20260719004", "中通", "4.2E+13", "a \"b\", c;d|e\tf", "", ""],
        &[
            "S20260719005",
            "",
            "SF1234567890124",
            "两行\n第二行",
            "'=1",
            "''+1",
        ],
        &["S20260719006", "中通", "78768264502668\t", "MAR1", "TRUE", "４２"],
    ])
}

#[test]
fn every_form_comes_back_with_the_same_cells() {
    let table = troubles();
    let width = table[0].len();
    for (delimiter, named) in [
        (',', false),
        ('\t', false),
        (';', false),
        (';', true),
        (',', true),
    ] {
        for end in ["\r\n", "\n"] {
            let mut source = text(&table, delimiter, end);
            if named {
                source = format!("sep={delimiter}{end}{source}");
            }
            for (encoding, bytes) in encodings(&source) {
                let first = Imported::new("周一.csv", &bytes);
                assert_eq!(first.file.encoding, encoding);
                let written = first.write(Form::Text);
                let place = format!("{encoding} {delimiter:?} {end:?} {named}");
                assert_eq!((written.encoding, written.original), (encoding, true), "{place}");
                let again = first.again(Form::Text);
                assert_eq!(
                    own_cells(&again.file, width),
                    own_cells(&first.file, width),
                    "{place}"
                );
                assert_eq!(meaning(&again.file), meaning(&first.file), "{place}");
                assert_eq!(again.file.encoding, encoding, "{place}");
                let plain = decoded(&written.bytes, encoding);
                assert_eq!(plain.starts_with("sep="), named, "{place}");
                assert!(plain.contains(&format!("订单号{delimiter}快递公司")), "{place}");
                assert_eq!(plain.contains("\r\n"), end == "\r\n", "{place}");
                if delimiter != ',' || named {
                    continue;
                }
                // And as a workbook, when a person wishes so.
                let book = first.again(Form::Workbook);
                assert_eq!(
                    own_cells(&book.file, width),
                    own_cells(&first.file, width),
                    "{place}"
                );
            }
        }
    }
    let first = Imported::new("周一.xlsx", &workbook(&table));
    let again = first.again(Form::Workbook);
    assert_eq!(again.file.encoding, "xlsx");
    assert_eq!(own_cells(&again.file, width), own_cells(&first.file, width));
    assert_eq!(meaning(&again.file), meaning(&first.file));
}

fn decoded(bytes: &[u8], encoding: &str) -> String {
    let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
    let (text, _, bad) = encoding.decode(bytes);
    assert!(!bad);
    text.into_owned()
}

#[test]
fn the_file_itself_is_given_back_and_not_our_record_of_it() {
    let first = Imported::new("周一.csv", text(&troubles(), ',', "\n").as_bytes());
    let kept = first.file.rows[0].cells[5].clone();
    assert_ne!(kept, "13800138000", "the record holds a masked phone");
    let plain = decoded(&first.write(Form::Text).bytes, "utf-8");
    assert!(plain.contains(",13800138000,"), "{plain}");
    // Changed since, or gone: the record is used, and it is said.
    std::fs::write(&first.path, "something else").unwrap();
    let written = first.write(Form::Text);
    assert!(!written.original);
    assert!(!decoded(&written.bytes, "utf-8").contains("13800138000"));
    let written = first.write_from(None, Form::Workbook, Lang::En);
    assert!(!written.original);
    let again = Imported::new("again.xlsx", &written.bytes);
    assert_eq!(again.file.rows[0].cells[5], kept, "never masked twice");
    assert_eq!(meaning(&again.file), meaning(&first.file));
}

#[test]
fn a_second_round_replaces_the_added_columns() {
    for (name, bytes, form) in [
        ("周一.csv", text(&troubles(), ',', "\n").into_bytes(), Form::Text),
        ("周一.xlsx", workbook(&troubles()), Form::Workbook),
    ] {
        let first = Imported::new(name, &bytes);
        let second = first.again(form);
        let third = second.again(form);
        assert_eq!(second.file.columns.len(), 12);
        assert_eq!(third.file.columns, second.file.columns);
        assert_eq!(own_cells(&third.file, 6), own_cells(&first.file, 6));
        assert_eq!(meaning(&third.file), meaning(&first.file));
    }
}

#[test]
fn rows_that_stood_apart_are_no_neighbours_afterwards() {
    let source =
        "订单号,快递公司,快递单号\nS1001,中通,1\nS1002,中通,78768264502666\nS1001,中通,2\nS1001,中通,3\n";
    let first = Imported::new("周一.csv", source.as_bytes());
    let mut rows = first.rows(Lang::ZhCn);
    rows.remove(1);
    let written = put(
        &first.file,
        &|index| first.row(index),
        Some(&first.path),
        &fahuo::i18n::result_headings(Lang::ZhCn),
        &rows,
        Form::Text,
    );
    let second = Imported::new("again.csv", &written.bytes);
    let third = second.again(Form::Workbook);
    for file in [&second.file, &third.file] {
        let rows = &file.rows;
        let origins: Vec<Option<u32>> = rows.iter().map(|row| row.origin).collect();
        assert_eq!(origins, [Some(2), Some(4), Some(5)]);
        assert!(!rows[1].follows(&rows[0]) && rows[2].follows(&rows[1]));
    }
}

#[test]
fn both_languages_are_known_again_and_tell_nothing() {
    let first = Imported::new("周一.csv", text(&troubles(), ',', "\n").as_bytes());
    for lang in Lang::ALL {
        let written = first.write_from(Some(&first.path), Form::Text, lang);
        let again = Imported::new("again.csv", &written.bytes);
        assert!(
            again.file.columns[6..]
                .iter()
                .all(|column| column.field.is_none())
        );
        assert_eq!(again.file.columns[..6], first.file.columns[..]);
        let last = again.file.rows.last().unwrap();
        assert_eq!(
            (last.cells[6].as_str(), last.origin),
            ("8", Some(8)),
            "the row of the imported file"
        );
        let named = again.file.columns[6..].iter().all(|column| {
            let heading = column.heading.to_lowercase();
            heading.starts_with("fahuo") || heading.starts_with("发货台")
        });
        assert!(named);
    }
}

#[test]
fn titles_sums_and_blank_rows_stay_behind_and_short_and_long_rows_come_along() {
    let source =
        "七月发货,,\n订单号,快递公司,快递单号\nS1001,中通\n\nS1002,中通,78768264502666,多了,一格\n合计,,2\n";
    let first = Imported::new("周一.csv", source.as_bytes());
    assert_eq!(first.file.header_row, 2);
    let again = first.again(Form::Text);
    assert_eq!(again.file.header_row, 1);
    let problems = |file: &fahuo::domain::ImportedFile| -> Vec<(Option<Ignored>, Vec<String>)> {
        let rows = file.rows.iter().filter(|row| row.order_number.is_some());
        rows.map(|row| (row.ignored, row.problems.iter().map(|p| p.what.word()).collect()))
            .collect()
    };
    let (before, after) = (problems(&first.file), problems(&again.file));
    assert_eq!(before.len(), 2);
    assert_eq!(before[1], (None, vec!["cell_count".to_owned()]));
    assert_eq!(after.last(), before.last(), "a row that is too long still is");
    let third = again.again(Form::Text).again(Form::Workbook);
    assert_eq!(problems(&third.file).last(), before.last());
    let cells = &third.file.rows.last().unwrap().cells;
    assert_eq!(cells[..5], ["S1002", "中通", "78768264502666", "多了", "一格"]);
}

#[test]
fn what_only_the_values_told_is_remembered_for_the_failing_rows() {
    let lines = (0..9).map(|n| format!("42000009252021012849977142{n:02},中通 7876826450266{n},茶\n"));
    let mut source: String = std::iter::once("甲号,乙号,说明\n".to_owned())
        .chain(lines)
        .collect();
    source += "4.2E+27,也许,茶\n";
    let first = Imported::new("周一.csv", source.as_bytes());
    let fields: Vec<Option<Field>> = first.file.columns.iter().map(|c| c.field).collect();
    assert_eq!(
        fields,
        [Some(Field::TransactionId), Some(Field::TrackingNo), None]
    );
    let mut rows = first.rows(Lang::ZhCn);
    rows.retain(|(index, _)| *index == 9);
    let written = put(
        &first.file,
        &|index| first.row(index),
        Some(&first.path),
        &fahuo::i18n::result_headings(Lang::ZhCn),
        &rows,
        Form::Text,
    );
    let path = first.dir.path().join("失败行.csv");
    std::fs::write(&path, &written.bytes).unwrap();
    let asks = |file: &fahuo::domain::ImportedFile| file.problems.iter().any(fahuo::domain::Problem::blocks);
    assert!(
        asks(&read_known(&path, &Mappings::default())),
        "the values are not enough any more"
    );
    let mut known = Mappings::default();
    known.remember_read(&first.file.columns);
    let again = read_known(&path, &known);
    assert_eq!(again.problems, []);
    let fields: Vec<Option<Field>> = again.columns.iter().map(|c| c.field).take(3).collect();
    assert_eq!(
        fields,
        [Some(Field::TransactionId), Some(Field::TrackingNo), None]
    );
}

#[test]
fn a_character_that_the_encoding_lacks_is_not_lost() {
    let source = "订单号,快递公司,快递单号,备注\nS1001,飞马,78768264502666,茶\n";
    let bytes = encoding_rs::GB18030.encode(source).0.into_owned();
    let first = Imported::new("周一.csv", &bytes);
    assert_eq!(first.file.encoding, "gb18030");
    let mut rows = first.rows(Lang::ZhCn);
    rows[0].1[3] = "\u{e5e5}".to_owned();
    let written = put(
        &first.file,
        &|index| first.row(index),
        Some(&first.path),
        &fahuo::i18n::result_headings(Lang::ZhCn),
        &rows,
        Form::Text,
    );
    assert_eq!(written.encoding, "utf-8");
    assert!(written.bytes.starts_with("\u{feff}订单号".as_bytes()));
    assert!(decoded(&written.bytes, "utf-8").contains('\u{e5e5}'));
}

#[test]
fn characters_that_a_workbook_cannot_hold_come_back_too() {
    for cell in [
        "a\u{1}b",
        "\0x",
        "_x0041_",
        "a_x000D_b",
        "\u{fffe}",
        "a\u{b}",
        "\u{7f}",
        "  a  ",
        "a\r\nb",
    ] {
        let table = table(&[
            &["订单号", "快递公司", "快递单号", "说明", "备注"],
            &[
                "S20260719001",
                "飞马快递公司没有这家",
                "78768264502666",
                cell,
                "这里有很多字，控制字符只占一点点，否则就不像文本了",
            ],
        ]);
        let first = Imported::new("周一.csv", text(&table, ',', "\n").as_bytes());
        assert_eq!(first.file.rows.len(), 1, "{cell:?}");
        for form in [Form::Text, Form::Workbook] {
            let again = first.again(form);
            assert_eq!(
                own_cells(&again.file, 5),
                own_cells(&first.file, 5),
                "{form:?} {cell:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]
    /// Whatever stands in a cell that is not used for anything: no program runs it, and it comes back.
    #[test]
    fn any_cell_comes_back_and_none_is_a_formula(cell in "\\PC{0,12}|[=+@'\t0-9-]{1,6}", encoding in 0usize..7) {
        let table = table(&[
            &["订单号", "快递公司", "快递单号", "说明"],
            &["S20260719001", "飞马", "78768264502666", &cell],
        ]);
        let (_, bytes) = encodings(&text(&table, ',', "\n")).swap_remove(encoding);
        let first = Imported::new("周一.csv", &bytes);
        prop_assume!(first.file.rows.len() == 1 && first.file.columns.len() == 4);
        for form in [Form::Text, Form::Workbook] {
            let written = first.write(form);
            if form == Form::Text {
                let plain = decoded(&written.bytes, written.encoding);
                let mut reader = csv::ReaderBuilder::new();
                let mut reader = reader.has_headers(false).flexible(true).from_reader(plain.as_bytes());
                for record in reader.records() {
                    for start in record.unwrap().iter().filter_map(|cell| cell.chars().next()) {
                        prop_assert!(!"=+-@\t\0＝＋－＠".contains(start), "{plain}");
                    }
                }
            }
            let again = first.again(form);
            prop_assert_eq!(own_cells(&again.file, 4), own_cells(&first.file, 4));
        }
    }
}
