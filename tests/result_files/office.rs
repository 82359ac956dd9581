//! The way through LibreOffice, where it is installed: opened, saved, and read again. Without it these tests say so and
//! prove nothing.

use fahuo::import::Form;

use crate::libre::saved_by_office;
use crate::make::{encodings, table, text, workbook};
use crate::template::{EXPECTED, asked, written};
use crate::{Imported, own_cells, read};

fn troubled() -> Vec<Vec<String>> {
    table(&[
        &["订单号", "快递公司", "快递单号", "备注", "数量", "日期"],
        &[
            "4200000925202101284997714292",
            "飞马",
            "78768264502666",
            "=1+1",
            "1",
            "2026/7/19",
        ],
        &[
            "\t1787748538458427394",
            "飞马",
            "0078768264502",
            "@SUM(A1)",
            "01",
            "2026-07-19 10:30:00",
        ],
        &[
            "20260719102030000123",
            "飞马",
            "219E01",
            "－1 元",
            "1.50",
            "7月19日",
        ],
        &[
            "S20260719004",
            "飞马",
            "SF1234567890123",
            "两行\n第二行",
            "-3",
            "MAR1",
        ],
        &[
            "S20260719005",
            "飞马",
            "464123456789012\t",
            "say \"yes\", please",
            "TRUE",
            "12 PM",
        ],
    ])
}

#[test]
fn no_cell_that_nobody_touched_changes_on_the_way_through_a_spreadsheet() {
    let width = troubled()[0].len();
    let mut sources: Vec<Imported> = encodings(&text(&troubled(), ',', "\r\n"))
        .into_iter()
        .filter(|(encoding, _)| ["utf-8", "gb18030"].contains(encoding))
        .map(|(_, bytes)| Imported::new("周一.csv", &bytes))
        .collect();
    sources.push(Imported::new("周一.xlsx", &workbook(&troubled())));
    for first in sources {
        for form in [Form::Text, Form::Workbook] {
            let failures = first.again(form);
            for to in ["xlsx", "csv"] {
                let Some(saved) = saved_by_office(&failures.path, &failures.file.encoding, to) else {
                    return;
                };
                let again = read(&saved);
                let place = format!("{} {form:?} {to}", first.file.encoding);
                assert_eq!(again.problems, [], "{place}");
                assert_eq!(own_cells(&again, width), own_cells(&first.file, width), "{place}");
            }
        }
    }
}

#[test]
fn the_template_opens_with_its_numbers_as_text() {
    let template = Imported::new("模板.xlsx", &written(Form::Workbook).bytes);
    for to in ["xlsx", "csv", "ods"] {
        let Some(saved) = saved_by_office(&template.path, "xlsx", to) else {
            return;
        };
        if to == "ods" {
            let numbers = std::fs::File::open(&saved).unwrap();
            let mut zip = zip::ZipArchive::new(numbers).unwrap();
            let mut content = String::new();
            std::io::Read::read_to_string(&mut zip.by_name("content.xml").unwrap(), &mut content).unwrap();
            assert!(content.contains("4200000925202101284997714201"));
            assert!(!content.contains("office:value-type=\"float\""), "{content}");
            assert!(content.contains("发货单模板"));
            continue;
        }
        assert_eq!(asked(&read(&saved)), EXPECTED, "{to}");
    }
}
