//! Whole files through the reader: every shape of header that was seen in the wild, in every encoding, delimiter and
//! line end and as a workbook, with the verdict of each row. A test program of its own, because it knows only the
//! public reader.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "import_files/headless.rs"]
mod headless;
#[path = "import_files/hostile.rs"]
mod hostile;
#[path = "import_files/make.rs"]
mod make;
#[path = "import_files/mangled.rs"]
mod mangled;
#[path = "import_files/old.rs"]
mod old;
#[path = "import_files/shapes.rs"]
mod shapes;
#[path = "import_files/workbooks.rs"]
mod workbooks;

use fahuo::domain::{FileRow, ImportedFile, LogisticsType};
use fahuo::import::{ReadOptions, built_in_couriers, read_bytes};

/// Reads bytes with the built-in couriers.
pub fn read(bytes: &[u8]) -> ImportedFile {
    let couriers = built_in_couriers();
    let options = ReadOptions {
        couriers: &couriers,
        knows: &|_| false,
        cancelled: &|| false,
        progress: &|_| {},
    };
    read_bytes("file.csv", bytes, &options)
}

/// One row in one line: `2 S1 SF=SF123 茶叶*1 !missing_courier`, or `5 totals`.
pub fn verdict(row: &FileRow) -> String {
    let mut words = vec![row.row.to_string()];
    if let Some(ignored) = row.ignored {
        words.push(
            serde_json::to_value(ignored)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned(),
        );
        return words.join(" ");
    }
    words.push(row.order_number.clone().unwrap_or("?".into()));
    for parcel in &row.parcels {
        words.push(format!(
            "{}={}",
            parcel.courier.as_deref().unwrap_or("?"),
            parcel.tracking_no
        ));
    }
    if row.logistics_type != LogisticsType::Express {
        words.push(format!("{:?}", row.logistics_type));
    }
    words.extend(row.split.then(|| "split".to_owned()));
    words.extend(row.more_follows.then(|| "more".to_owned()));
    words.extend(row.item_desc.clone());
    words.extend(row.receiver_contact.as_ref().map(|c| c.as_str().to_owned()));
    words.extend(row.mchid.as_ref().map(|mchid| format!("@{mchid}")));
    for problem in &row.problems {
        let column = problem
            .column
            .map_or(String::new(), |column| format!("@{column}"));
        let mark = if problem.blocks() { "!" } else { "~" };
        words.push(format!("{mark}{}{column}", problem.what.word()));
    }
    words.join(" ")
}

/// All rows, and before them what is wrong with the file.
pub fn verdicts(file: &ImportedFile) -> Vec<String> {
    let problems = file
        .problems
        .iter()
        .map(|problem| format!("file: {}", problem.what.word()));
    problems.chain(file.rows.iter().map(verdict)).collect()
}

#[track_caller]
pub fn expect(text: &str, expected: &[&str]) {
    assert_eq!(verdicts(&read(text.as_bytes())), expected, "{text}");
}
