//! What was found damaged is found damaged again: writing a file repairs nothing by accident.

use fahuo::import::Form;
use rust_xlsxwriter::{Formula, Workbook};

use crate::{Imported, meaning, put};

#[track_caller]
fn stays_blocked(first: &Imported, rows: usize) {
    let blocked = |file: &fahuo::domain::ImportedFile| -> Vec<String> {
        let rows = file
            .rows
            .iter()
            .filter(|row| row.problems.iter().any(fahuo::domain::Problem::blocks));
        rows.map(|row| format!("{:?} {:?}", row.order_number, row.parcels))
            .collect()
    };
    assert_eq!(blocked(&first.file).len(), rows, "{:#?}", first.file);
    for form in [Form::Text, Form::Workbook] {
        let again = first.again(form);
        assert_eq!(blocked(&again.file).len(), rows, "{form:?} {:#?}", again.file);
        let once_more = again.again(form);
        assert_eq!(
            blocked(&once_more.file).len(),
            rows,
            "{form:?} {:#?}",
            once_more.file
        );
    }
    // The same when the imported file is gone.
    for form in [Form::Text, Form::Workbook] {
        let written = first.write_from(None, form, fahuo::i18n::Lang::ZhCn);
        let again = Imported::new("again.csv", &written.bytes);
        assert_eq!(blocked(&again.file).len(), rows, "{form:?} {:#?}", again.file);
    }
}

#[test]
fn numbers_of_a_workbook_that_lost_their_digits_stay_lost() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["订单号", "快递公司", "快递单号"].iter().enumerate() {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *heading)
            .unwrap();
    }
    sheet
        .write_number(1, 0, 4_200_000_925_202_101_284_997_714_292.0)
        .unwrap();
    sheet.write_string(1, 1, "中通").unwrap();
    sheet.write_string(1, 2, "78768264502666").unwrap();
    sheet.write_string(2, 0, "S20260719001").unwrap();
    sheet.write_string(2, 1, "中通").unwrap();
    sheet.write_number(2, 2, 1_787_748_538_458_427_394.0).unwrap();
    sheet
        .write_formula(3, 0, Formula::new("=1+1").set_result("17877485384584"))
        .unwrap();
    sheet.write_string(3, 1, "中通").unwrap();
    sheet.write_string(3, 2, "78768264502667").unwrap();
    let first = Imported::new("周一.xlsx", &book.save_to_buffer().unwrap());
    stays_blocked(&first, 3);
}

#[test]
fn a_column_of_numbers_that_lost_their_digits_together_stays_lost() {
    let lines = (100..120).map(|n| format!("1787748538{n}20000,中通,78768264502{n}\n"));
    let source: String = std::iter::once("订单号,快递公司,快递单号\n".to_owned())
        .chain(lines)
        .collect();
    let first = Imported::new("周一.csv", source.as_bytes());
    let damaged = meaning(&first.file);
    assert!(
        damaged.iter().all(|row| row.contains("mangled_id")),
        "{damaged:?}"
    );
    stays_blocked(&first, 20);
    // One of them alone could pass for sound.
    let mut rows = first.rows(fahuo::i18n::Lang::ZhCn);
    rows.truncate(1);
    for (form, source) in [
        (Form::Text, Some(first.path.as_path())),
        (Form::Workbook, Some(first.path.as_path())),
        (Form::Text, None),
    ] {
        let written = put(
            &first.file,
            &|index| first.row(index),
            source,
            &fahuo::i18n::result_headings(fahuo::i18n::Lang::ZhCn),
            &rows,
            form,
        );
        let alone = Imported::new("again.csv", &written.bytes);
        assert_eq!(alone.file.rows.len(), 1);
        assert!(
            meaning(&alone.file)[0].contains("mangled_id"),
            "{form:?} {:?}",
            alone.file.rows
        );
    }
}

#[test]
fn what_could_not_be_read_is_not_readable_because_we_wrote_it() {
    // Two stray quotes far apart have swallowed a row: with the second one's number the first order would be shipped.
    let source = "订单号,商品,快递公司,快递单号\nS1001,\"茶叶,中通,78768264502661\nS1002,b,中通,78768264502662\nS1003,c\",中通,78768264502663\nS1004,d,中通,78768264502664\n";
    stays_blocked(&Imported::new("周一.csv", source.as_bytes()), 1);
    let mut bytes = "订单号,商品,快递公司,快递单号,备注\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"S1001,\xff\xfe,SF,SF1234567890123,a\n");
    bytes.extend_from_slice(b"S1002,tea,SF,SF1234567890124,\xff\n");
    bytes.extend_from_slice("S1003,茶叶,SF,SF1234567890125,a\n".as_bytes());
    stays_blocked(&Imported::new("周一.csv", &bytes), 2);
}
