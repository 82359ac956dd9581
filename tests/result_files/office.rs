//! The way through LibreOffice, where it is installed: opened, saved, and read again. Without it these tests say so and
//! prove nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use fahuo::import::Form;

use crate::make::{encodings, table, text, workbook};
use crate::template::{EXPECTED, asked, written};
use crate::{Imported, own_cells, read};

/// Text in UTF-8, GB18030 or UTF-16 with commas, as LibreOffice numbers them.
fn filter(encoding: &str) -> Option<&'static str> {
    match encoding {
        "utf-8" => Some("--infilter=CSV:44,34,76,1"),
        "gb18030" => Some("--infilter=CSV:44,34,85,1"),
        "utf-16le" => Some("--infilter=CSV:44,34,65535,1"),
        _ => None,
    }
}

/// Opens a file and saves it, as a person would who corrects something else in it. `None` without LibreOffice.
fn saved_by_office(file: &Path, encoding: &str, to: &str) -> Option<PathBuf> {
    let home = tempfile::tempdir().unwrap();
    let out = file.parent().unwrap().join(format!("saved-{to}"));
    let profile = format!("-env:UserInstallation=file://{}", home.path().display());
    let mut soffice = Command::new("soffice");
    soffice.args([profile.as_str(), "--headless", "--norestore"]);
    if file.extension().is_some_and(|ending| ending == "csv") {
        soffice.args(filter(encoding));
    }
    // Text out as UTF-8, every cell as it is shown, which is what a person's *Save* does.
    let target = if to == "csv" {
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    } else {
        to
    };
    soffice
        .args(["--convert-to", target, "--outdir"])
        .arg(&out)
        .arg(file);
    let run = match soffice.output() {
        Ok(run) => run,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: LibreOffice (soffice) is not installed");
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let saved = out.join(file.with_extension(to).file_name().unwrap());
    assert!(saved.is_file(), "{run:?}");
    Some(saved)
}

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
