//! Files that are broken or meant to break: nothing panics, nothing is read wrongly, no phone is kept.

use std::cell::Cell;
use std::fmt::Write as _;

use fahuo::domain::{ImportedFile, ProblemKind};
use fahuo::import::{ReadOptions, built_in_couriers, read, read_bytes};
use proptest::prelude::*;

use crate::make::{encodings, table, workbook};
use crate::{expect, read as read_text, verdicts};

#[track_caller]
fn check_file(bytes: &[u8], expected: &str) {
    assert_eq!(verdicts(&read_text(bytes)), [expected]);
}

#[test]
fn files_that_are_none_are_refused_as_a_whole() {
    check_file(b"", "file: file_empty");
    check_file(b"\n\n\n", "file: file_empty");
    check_file("\u{feff}".as_bytes(), "file: file_empty");
    check_file("订单号,快递单号\n".as_bytes(), "file: file_empty");
    check_file(b"%PDF-1.7 ...", "file: file_unsupported");
    check_file(b"PK\x03\x04 broken", "file: file_unsupported");
    check_file(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
        "file: file_unsupported",
    );
    check_file(&[0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0], "file: file_unsupported");
    let no_header = read_text("甲,乙\n丙,丁\n".as_bytes());
    assert_eq!(verdicts(&no_header)[0], "file: no_header");
    assert_eq!(no_header.header_row, 0);
}

#[test]
fn files_that_cannot_be_opened_say_so() {
    let couriers = built_in_couriers();
    let options = ReadOptions {
        couriers: &couriers,
        knows: &|_| false,
        cancelled: &|| false,
        progress: &|_| {},
    };
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none.csv"), folder.path().to_owned()] {
        let file = read(&path, &options);
        assert_eq!(
            file.problems[0].what,
            ProblemKind::FileUnreadable { locked: false }
        );
    }
    let path = folder.path().join("发货.csv");
    std::fs::write(&path, "订单号,快递单号\nS1,SF1234567890123\n").unwrap();
    let file = read(&path, &options);
    assert_eq!(file.name, "发货.csv");
    assert_eq!(file.sha256.len(), 64);
    assert_eq!(file.rows.len(), 1);
}

#[test]
fn an_undecodable_byte_blocks_its_row_and_no_other() {
    for (_, bytes) in encodings("订单号,商品,快递单号\nS1,茶叶,SF1234567890123\nS2,茶?叶,SF1234567890124\n")
    {
        let at = bytes.iter().position(|b| *b == b'?').unwrap();
        let mut bad = bytes.clone();
        let wide = bytes.contains(&0);
        if wide {
            // A lone surrogate in either byte order.
            let high = if bytes.get(at + 1) == Some(&0) && at % 2 == 0 {
                at + 1
            } else {
                at - 1
            };
            bad[high] = 0xd8;
        } else {
            bad[at] = 0xff;
        }
        let found = verdicts(&read_text(&bad));
        assert_eq!(found[0], "2 S1 ?=SF1234567890123 茶叶");
        assert!(found[1].contains("!unreadable@1"), "{found:?}");
    }
    let mut bytes = "订单号,快递单号\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"S\xff1,SF1234567890123\n");
    assert_eq!(
        verdicts(&read_text(&bytes)),
        ["2 ? ?=SF1234567890123 !unreadable@0"]
    );
    expect(
        "订单号,快递单号\nS\u{fffd}1,SF1234567890123\n",
        &["2 ? ?=SF1234567890123 !unreadable@0"],
    );
}

#[test]
fn quotes_and_breaks_inside_cells_do_not_shift_the_rows() {
    expect(
        "订单号,商品,快递单号\nS1,\"茶\n叶\",SF1234567890123\n\nS2,5\" 盒,SF1234567890124\nS3,\"红茶,SF1234567890125\nS4,茶,SF1234567890126\n",
        &[
            "2 S1 ?=SF1234567890123 茶；叶",
            "3 blank",
            "4 S2 ?=SF1234567890124 5\" 盒",
            "5 S3 ?=SF1234567890125 \"红茶 !unreadable@1",
            "6 S4 ?=SF1234567890126 茶",
        ],
    );
    expect(
        "sep=;\r\n订单号;快递单号\rS1;SF1234567890123\nS2;SF1234567890124\r\n",
        &["2 S1 ?=SF1234567890123", "3 S2 ?=SF1234567890124"],
    );
    expect(
        "订单号,地址,快递单号\nS1,浙江,杭州,SF1234567890123\nS2\n",
        &["2 S1 ~cell_count !tracking_characters@2", "3 S2 ~cell_count"],
    );
}

#[test]
fn no_phone_survives_in_a_row() {
    let text = "订单号,收件人,手机,联系电话,备注,商品,快递公司,快递单号,未知\n\
        S1,张三13812341234,13812341234,0571-87654321,请打 138-1234-1234,茶 13812341234,飞鸽13812341234,SF1234567890123,+8613812341234\n\
        合计 13812341234,,,,,,,,\n";
    let title = format!("客服 13812341234\n{text}");
    for (_, bytes) in encodings(&title) {
        let file = read_text(&bytes);
        let kept = format!("{:?}", file.rows);
        for phone in ["13812341234", "138-1234-1234", "87654321"] {
            assert!(!kept.contains(phone), "{phone} in {kept}");
        }
        assert!(file.rows.iter().any(|row| row.receiver_contact.is_some()));
    }
}

#[test]
fn reading_can_be_cancelled_and_tells_how_far_it_is() {
    let mut text = "订单号,快递单号\n".to_owned();
    for n in 0..5_000 {
        writeln!(text, "S{n},SF{n:013}").unwrap();
    }
    let couriers = built_in_couriers();
    let told = Cell::new(0);
    let read_with = |cancelled: &dyn Fn() -> bool| -> ImportedFile {
        let options = ReadOptions {
            couriers: &couriers,
            knows: &|_| false,
            cancelled,
            progress: &|far| told.set(far.rows),
        };
        read_bytes("x.csv", text.as_bytes(), &options)
    };
    assert_eq!(read_with(&|| false).rows.len(), 5_000);
    assert_eq!(told.get(), 5_001);
    assert!(read_with(&|| true).rows.is_empty());
    assert!(told.get() < 1_000);
}

#[test]
fn limits_are_told_with_their_row() {
    let wide = format!("订单号,快递单号\nS1,SF1234567890123\nS2{}x\n", ",".repeat(300));
    let file = read_text(wide.as_bytes());
    assert_eq!(file.problems[0].what, ProblemKind::FileTooLarge { row: 3 });
    let long = format!("订单号,快递单号\nS1,{}\n", "x".repeat(70_000));
    let file = read_text(long.as_bytes());
    assert_eq!(file.problems[0].what, ProblemKind::FileTooLarge { row: 2 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_bytes_make_the_reader_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        at in 0usize..4_000,
        cut in 0usize..4_000,
    ) {
        let _plain = read_text(&bytes);
        let text = "订单号,快递公司,快递单号,商品,数量,手机\nS1,顺丰,SF1234567890123,\"茶\n叶\",2,13812341234\n";
        let mut files: Vec<Vec<u8>> = encodings(text).into_iter().map(|(_, bytes)| bytes).collect();
        files.push(workbook(&table(&[&["订单号", "快递公司", "快递单号"], &["S1", "顺丰", "SF1234567890123"]])));
        for mut file in files {
            let at = at % file.len();
            file.truncate(file.len() - cut % file.len() / 4);
            for (offset, byte) in bytes.iter().take(6).enumerate() {
                if let Some(slot) = file.get_mut(at + offset) {
                    *slot = *byte;
                }
            }
            let read = read_text(&file);
            for row in read.rows {
                let ids = row.order_number.iter().chain(row.parcels.iter().map(|p| &p.tracking_no));
                for id in ids {
                    let marked = id.contains(char::REPLACEMENT_CHARACTER);
                    prop_assert!(!marked);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_the_same_in_every_encoding(
        cells in prop::collection::vec("[a-z0-9茶叶顺丰;:/ \"\n\u{3000}-]{0,12}", 6..24),
    ) {
        let mut text = "订单号,快递公司,快递单号\n".to_owned();
        for row in cells.chunks(3) {
            let quoted: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        let expected = verdicts(&read_text(text.as_bytes()));
        for (encoding, bytes) in encodings(&text) {
            prop_assert_eq!(&verdicts(&read_text(&bytes)), &expected, "{}", encoding);
        }
    }
}

/// The container of a workbook with a password: a list of streams with these names.
fn container(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 3];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    bytes[48] = 1;
    for place in [60, 68] {
        bytes[place..place + 4].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    }
    bytes[76..512].fill(0xff);
    bytes[76..80].fill(0);
    bytes[512..1024].fill(0xff);
    bytes[512..516].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    bytes[516..520].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    let entries = std::iter::once(("Root Entry", 5)).chain(names.iter().map(|name| (*name, 2)));
    for (at, (name, kind)) in entries.enumerate() {
        let entry = &mut bytes[1024 + at * 128..1152 + at * 128];
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[66] = kind;
    }
    bytes
}

#[test]
fn a_workbook_with_a_password_is_told_apart_from_what_is_none() {
    check_file(
        &container(&["EncryptionInfo", "EncryptedPackage"]),
        "file: file_protected",
    );
    check_file(&container(&["WordDocument"]), "file: file_unsupported");
}
