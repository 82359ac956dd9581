//! One function for each parser that a fuzzer could call, and a seeded loop that calls them with damaged files of the
//! corpus: nothing panics, and nothing is read that may not be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::format_push_string,
    clippy::wildcard_enum_match_arm,
    clippy::too_many_lines,
    dead_code,
    missing_docs,
    reason = "tests say it by failing, and use of the corpus what they need"
)]

#[path = "import_corpus/chance.rs"]
mod chance;
#[path = "import_corpus/describe.rs"]
mod describe;
#[path = "import_corpus/dirt.rs"]
mod dirt;
#[path = "import_corpus/old.rs"]
mod old;
#[path = "import_corpus/render.rs"]
mod render;
#[path = "import_corpus/sets.rs"]
mod sets;
#[path = "import_corpus/soil.rs"]
mod soil;

use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;

use chance::Chance;
use describe::{Case, TOPS, describe};
use fahuo::domain::CourierList;
use fahuo::import::{ReadOptions, built_in_couriers, read_bytes};
use render::{FORMS, Form};

/// Inputs of each loop.
const INPUTS: usize = 3_000;

static COURIERS: LazyLock<CourierList> = LazyLock::new(built_in_couriers);

/// A parser, and what a fuzzer gives it.
type Parser = fn(&[u8]);

/// Any bytes: every parser is reached by what they begin with.
fn any_file(data: &[u8]) {
    let file = read_bytes("fuzz", data, &ReadOptions::new(&COURIERS));
    let mut last = 0;
    for row in &file.rows {
        assert!(row.row > last, "rows in order");
        last = row.row;
        let ids = row
            .order_number
            .iter()
            .chain(row.parcels.iter().map(|p| &p.tracking_no));
        for id in ids {
            let odd = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
            assert!(!id.is_empty() && !id.contains(odd), "{id:?}");
        }
        for courier in row.parcels.iter().filter_map(|p| p.courier.as_ref()) {
            assert!(COURIERS.get(courier).is_some(), "{courier}");
        }
    }
}

/// Delimited text.
fn text(data: &[u8]) {
    any_file(&[b"sep=,\n", data].concat());
}

/// A web page.
fn page(data: &[u8]) {
    any_file(&[b"<html><table>", data].concat());
}

/// A sheet of a new workbook.
fn sheet(data: &[u8]) {
    any_file(&with_part("xl/worksheets/sheet1.xml", data));
}

/// The table of texts of a new workbook.
fn shared_texts(data: &[u8]) {
    any_file(&with_part("xl/sharedStrings.xml", data));
}

/// The stream of an old workbook.
fn old_stream(data: &[u8]) {
    any_file(&old::container(data));
}

static BOOK: LazyLock<Vec<u8>> = LazyLock::new(|| seed(Form::Book(false), 3));

fn seed(form: Form, set: usize) -> Vec<u8> {
    let described = describe(&Case {
        set,
        top: TOPS[set % TOPS.len()],
        dirty: false,
        book: form.is_book(),
        seed: 1,
    });
    form.render(&described.table[..described.table.len().min(6)])
}

fn part(book: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut out).unwrap();
    out
}

/// The workbook with one part in place of its own.
fn with_part(replaced: &str, data: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(BOOK.as_slice())).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        writer.start_file(name.as_str(), options).unwrap();
        writer
            .write_all(if name == replaced { data } else { &bytes })
            .unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What breaks parsers.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x81\x30",
    b"<",
    b">",
    b"</td>",
    b"<td rowspan=999999>",
    b"colspan=\"999999\"",
    b"<!--",
    b"<script>",
    b"&#x110000;",
    b"&",
    b";",
    b"4.2E+27",
    b"=",
    b"<row r=\"1048577\">",
    b"<c r=\"XFD1048576\" t=\"s\"><v>99</v></c>",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b"r=\"A0\"",
    b"<v>1e400</v>",
    b"<f>A1</f>",
    b"\xfc\x00\xff\xff",
    b"\x3c\x00\x00\x00",
    b"\x09\x08\x10\x00",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x80",
];

fn damaged(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            3 => {
                for slot in bytes.iter_mut().skip(at).take(4) {
                    *slot = chance.next() as u8;
                }
            }
            4 => {
                if let Some(slot) = bytes.get_mut(at) {
                    *slot ^= 1 << chance.below(8);
                }
            }
            _ => {
                let token = chance.of(TOKENS);
                bytes.splice(at..at, token.iter().copied());
            }
        }
    }
    bytes
}

fn run(seed_of_chance: u64) {
    let mut seeds: Vec<(Parser, Vec<u8>)> = Vec::new();
    for (at, form) in FORMS.iter().enumerate() {
        let bytes = seed(*form, at);
        seeds.push((any_file, bytes.clone()));
        match form {
            Form::Text(..) => seeds.push((text, bytes)),
            Form::Page(_) => seeds.push((page, bytes)),
            Form::Book(_) | Form::OldBook => {}
        }
    }
    seeds.push((sheet, part(&BOOK, "xl/worksheets/sheet1.xml")));
    seeds.push((shared_texts, part(&BOOK, "xl/sharedStrings.xml")));
    let table = describe(&Case {
        set: 1,
        top: TOPS[3],
        dirty: false,
        book: true,
        seed: 2,
    })
    .table;
    seeds.push((old_stream, old::stream(&table[..5])));
    for (parser, seed) in &seeds {
        parser(seed);
    }
    let mut chance = Chance::new(seed_of_chance);
    for _ in 0..INPUTS {
        let at = chance.below(seeds.len());
        let (parser, seed) = &seeds[at];
        parser(&damaged(seed, &mut chance));
    }
}

#[test]
fn damaged_files_of_every_kind_are_read_without_a_panic() {
    run(20_260_719);
}

#[test]
fn other_damaged_files_are_read_without_a_panic() {
    run(7);
}
