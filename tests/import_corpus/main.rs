//! A corpus of files with the expected verdict of every row, made from one description that knows nothing of the
//! reader: every set of headings, dressed in every way, in every form a file has, clean and damaged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::format_push_string,
    clippy::missing_panics_doc,
    clippy::wildcard_enum_match_arm,
    clippy::too_many_lines,
    missing_docs,
    reason = "tests say it by failing"
)]

mod chance;
mod describe;
mod dirt;
mod old;
mod render;
mod sets;
mod soil;

use fahuo::domain::{FileRow, ImportedFile};
use fahuo::import::{ReadOptions, built_in_couriers, read_bytes};

use describe::{Case, TOPS, describe};
use render::FORMS;
use sets::SETS;

/// Reads bytes with the built-in couriers.
pub fn read(bytes: &[u8]) -> ImportedFile {
    let couriers = built_in_couriers();
    let options = ReadOptions {
        couriers: &couriers,
        knows: &|_| false,
        cancelled: &|| false,
        progress: &|_| {},
    };
    read_bytes("file", bytes, &options)
}

/// One row in one line: `2 S1 SF=SF123 茶叶*1 !missing_courier@2`, or `5 totals`.
fn verdict(row: &FileRow) -> String {
    let mut words = vec![row.row.to_string()];
    if let Some(ignored) = row.ignored {
        let word = serde_json::to_value(ignored).unwrap();
        words.push(word.as_str().unwrap().to_owned());
        return words.join(" ");
    }
    words.push(row.order_number.clone().unwrap_or("?".into()));
    for parcel in &row.parcels {
        let courier = parcel.courier.as_deref().unwrap_or("?");
        words.push(format!("{courier}={}", parcel.tracking_no));
    }
    words.extend(row.item_desc.clone());
    words.extend(row.receiver_contact.as_ref().map(|c| c.as_str().to_owned()));
    words.extend(row.mchid.as_ref().map(|mchid| format!("@{mchid}")));
    for problem in &row.problems {
        let column = problem.column.map_or(String::new(), |c| format!("@{c}"));
        let mark = if problem.blocks() { "!" } else { "~" };
        words.push(format!("{mark}{}{column}", problem.what.word()));
    }
    words.join(" ")
}

fn verdicts(file: &ImportedFile) -> Vec<String> {
    let problems = file.problems.iter().map(|p| format!("file: {}", p.what.word()));
    problems.chain(file.rows.iter().map(verdict)).collect()
}

#[test]
fn every_file_of_the_corpus_gets_the_verdicts_of_its_description() {
    let mut files = 0;
    let mut failures = Vec::new();
    for set in 0..SETS.len() {
        for (at, form) in FORMS.iter().enumerate() {
            for dirty in [false, true] {
                let top = TOPS[(set + at + usize::from(dirty)) % TOPS.len()];
                let seed = u64::try_from((set * 100 + at) * 2 + usize::from(dirty)).unwrap();
                let described = describe(&Case {
                    set,
                    top,
                    dirty,
                    book: form.is_book(),
                    seed,
                });
                let file = read(&form.render(&described.table));
                let found = verdicts(&file);
                files += 1;
                let same = found == described.expected
                    && usize::try_from(file.header_row).unwrap() == described.header_row
                    && file.encoding == form.encoding();
                if same {
                    continue;
                }
                let differ: Vec<String> = described
                    .expected
                    .iter()
                    .filter(|line| !found.contains(line))
                    .map(|line| format!("    expected {line}"))
                    .chain(
                        found
                            .iter()
                            .filter(|line| !described.expected.contains(line))
                            .map(|line| format!("    found    {line}")),
                    )
                    .take(8)
                    .collect();
                failures.push(format!(
                    "{} {form:?}: header {} for {}, {} for {}\n{}",
                    described.about,
                    file.header_row,
                    described.header_row,
                    file.encoding,
                    form.encoding(),
                    differ.join("\n")
                ));
            }
        }
    }
    assert!(files >= 150, "{files}");
    assert!(
        failures.is_empty(),
        "{} of {files} files:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
