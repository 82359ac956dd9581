//! Files without a header: nothing is sent by their values alone, a person confirms the columns, and what was
//! confirmed holds for the next file only while its values fit.

use fahuo::domain::{Field, ImportedFile};
use fahuo::import::{Mappings, ReadOptions, built_in_couriers, read_remembering};

use crate::{read, verdicts};

const FILE: &str = "7月19日\n\
    S20260719001,顺丰,SF1234567890123,茶叶\n\
    S20260719002,中通,78768264502666,茶叶\n\
    合计,,,2\n";

fn fields(file: &ImportedFile) -> Vec<(&str, Option<Field>)> {
    let columns = file.columns.iter();
    columns
        .map(|column| (column.heading.as_str(), column.field))
        .collect()
}

fn read_with(known: &Mappings, text: &str) -> ImportedFile {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    std::fs::write(&path, text).unwrap();
    let couriers = built_in_couriers();
    read_remembering(&path, &ReadOptions::new(&couriers), known)
}

#[test]
fn values_propose_what_a_person_then_confirms() {
    let file = read(FILE.as_bytes());
    assert_eq!(
        verdicts(&file),
        [
            "file: no_header",
            "1 title",
            "2 S20260719001 SF=SF1234567890123",
            "3 S20260719002 ZTO=78768264502666",
            "4 totals",
        ]
    );
    let proposed = [
        ("A", Some(Field::OutTradeNo)),
        ("B", Some(Field::Courier)),
        ("C", Some(Field::TrackingNo)),
        ("D", None),
    ];
    assert_eq!((file.header_row, fields(&file)), (0, proposed.to_vec()));

    let mut known = Mappings::default();
    let mut confirmed = proposed;
    confirmed[3].1 = Some(Field::ItemDesc);
    let headings = confirmed.map(|(letter, _)| letter.to_owned());
    known.remember(
        &headings,
        confirmed
            .map(|(letter, field)| (letter.to_owned(), field))
            .to_vec(),
    );
    let file = read_with(&known, FILE);
    assert_eq!((file.header_row, fields(&file)), (0, confirmed.to_vec()));
    assert_eq!(
        verdicts(&file),
        [
            "1 title",
            "2 S20260719001 SF=SF1234567890123 茶叶",
            "3 S20260719002 ZTO=78768264502666 茶叶",
            "4 totals",
        ]
    );

    // The same columns in another order: what was confirmed is not believed.
    let other = "SF1234567890123,顺丰,S20260719001,茶叶\n";
    assert_eq!(verdicts(&read_with(&known, other))[0], "file: no_header");
}

#[test]
fn words_without_a_number_are_no_shipments() {
    assert_eq!(
        verdicts(&read("你好,世界\n再见,世界\n".as_bytes())),
        ["file: no_header", "1 title", "2 title"]
    );
}
