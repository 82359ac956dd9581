//! What a file may cost: each is read in a process of its own, which says how much its memory has grown. Files that
//! are large on disk or endless in memory are refused, or read in a window.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    missing_docs,
    reason = "tests say it by failing, and the child says what it saw"
)]

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use fahuo::import::{ReadOptions, built_in_couriers, read_rows};

/// Most growth while a file is read, in KiB.
const MOST_KIB: u64 = 64 * 1024;
/// Tells the child what to read.
const FILE: &str = "FAHUO_TEST_FILE";

fn status_kib(name: &str) -> u64 {
    let mut text = String::new();
    let mut status = File::open("/proc/self/status").unwrap();
    status.read_to_string(&mut text).unwrap();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
}

/// In the child: reads the file and prints the growth in KiB, the rows, and what is wrong with the file.
#[test]
fn read_in_a_process_of_its_own() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    let couriers = built_in_couriers();
    let before = status_kib("VmRSS");
    let mut rows = 0u64;
    let file = read_rows(Path::new(&path), &ReadOptions::new(&couriers), &[], &mut |_row| {
        rows += 1;
        ControlFlow::Continue(())
    });
    let grown = status_kib("VmHWM").saturating_sub(before);
    let problems: Vec<String> = file.problems.iter().map(|p| format!("{:?}", p.what)).collect();
    println!("grown {grown} rows {rows} {}", problems.join(";"));
}

#[track_caller]
fn check(name: &str, write: impl FnOnce(&mut BufWriter<File>), expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(name);
    let mut out = BufWriter::new(File::create(&path).unwrap());
    write(&mut out);
    out.flush().unwrap();
    drop(out);
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "read_in_a_process_of_its_own",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FILE, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find_map(|line| line.split_once("grown "));
    let Some((_, line)) = line else {
        panic!("{name}: {said}")
    };
    let (grown, found) = line.split_once(' ').unwrap();
    assert_eq!(found.trim(), expected, "{name}");
    assert!(
        grown.parse::<u64>().unwrap() < MOST_KIB,
        "{name} grew by {grown} KiB"
    );
}

const HEADER: &str = "订单号,快递公司,快递单号,备注\n";

#[test]
fn many_rows_are_read_in_a_window() {
    let remark = "备".repeat(3_000);
    check(
        "many.csv",
        |out| {
            out.write_all(HEADER.as_bytes()).unwrap();
            for row in 0..8_000 {
                writeln!(out, "S{row},顺丰,SF{row:013},{remark}").unwrap();
            }
        },
        "rows 8000",
    );
    check(
        "many.xls",
        |out| {
            out.write_all(b"<html><table><tr><td>order_no</td><td>tracking_no</td><td>x</td></tr>")
                .unwrap();
            for row in 0..8_000 {
                write!(
                    out,
                    "<tr><td>S{row}</td><td>SF{row:013}</td><td>{remark}</td></tr>"
                )
                .unwrap();
            }
        },
        "rows 8000",
    );
}

#[test]
fn a_quote_that_never_closes_is_refused_with_its_row() {
    check(
        "quote.csv",
        |out| {
            out.write_all(HEADER.as_bytes()).unwrap();
            out.write_all(b"S1,\"").unwrap();
            for _ in 0..300 {
                out.write_all(&vec![b'x'; 1024 * 1024]).unwrap();
            }
        },
        "rows 0 FileTooLarge { row: 2 }",
    );
}

#[test]
fn a_file_of_two_gigabytes_is_refused_at_its_beginning() {
    let sparse = |length: u64| {
        move |out: &mut BufWriter<File>| {
            out.write_all(HEADER.as_bytes()).unwrap();
            out.seek(SeekFrom::Start(0)).unwrap();
            out.get_ref().set_len(length).unwrap();
        }
    };
    check(
        "zeros.csv",
        sparse(2 * 1024 * 1024 * 1024),
        "rows 0 FileUnsupported",
    );
    check(
        "huge.csv",
        sparse(2 * 1024 * 1024 * 1024 + 1),
        "rows 0 FileTooLarge { row: 0 }",
    );
}

#[test]
fn a_million_columns_are_refused_with_their_row() {
    let columns = "x,".repeat(1_000_000);
    check(
        "wide.csv",
        |out| write!(out, "{HEADER}S1,顺丰,SF1234567890123\n{columns}\n").unwrap(),
        "rows 1 FileTooLarge { row: 3 }",
    );
}

#[test]
fn workbooks_that_swell_are_refused_before_they_are_parsed() {
    for part in [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/comments1.xml",
    ] {
        check(
            "bomb.xlsx",
            |out| {
                let mut writer = zip::ZipWriter::new(out);
                let options = zip::write::SimpleFileOptions::default();
                writer.start_file(part, options).unwrap();
                for _ in 0..100 {
                    writer.write_all(&vec![b' '; 1024 * 1024]).unwrap();
                }
                writer.finish().unwrap();
            },
            "rows 0 FileTooLarge { row: 0 }",
        );
    }
}

#[test]
fn a_far_cell_costs_nothing() {
    check(
        "far.xlsx",
        |out| {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            for (column, heading) in ["订单号", "快递单号"].iter().enumerate() {
                sheet
                    .write_string(0, u16::try_from(column).unwrap(), *heading)
                    .unwrap();
            }
            sheet.write_string(1_048_575, 16_383, "x").unwrap();
            out.write_all(&book.save_to_buffer().unwrap()).unwrap();
        },
        "rows 0 FileTooLarge { row: 1048576 }",
    );
}
