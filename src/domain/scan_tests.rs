//! What each scan is taken for, as tables of cases.

use super::*;

#[test]
fn commands_are_known_in_any_case_and_are_no_numbers() {
    for code in ScanCode::ALL {
        let text = code.barcode();
        assert_eq!(ScanCode::of(text), Some(code));
        assert_eq!(ScanCode::of(&text.to_lowercase()), Some(code));
        assert!(!is_whole(text), "{text} could be sent as a parcel");
        assert!(text.bytes().all(|b| b.is_ascii_uppercase()));
    }
    assert_eq!(ScanCode::of("FAHUO"), None);
    assert_eq!(ScanCode::of("FAHUONEXT1"), None);
}

#[test]
fn what_scanners_add_is_taken_off() {
    for (raw, text) in [
        ("75312345678901", "75312345678901"),
        (" 75312345678901\r\n", "75312345678901"),
        ("]C175312345678901", "75312345678901"),
        ("\u{1d}75312345678901\u{0}", "75312345678901"),
        ("７５３１２３４５６７８９０１", "75312345678901"),
        ("]C", "]C"),
        ("", ""),
    ] {
        assert_eq!(tidy(raw), text, "{raw:?}");
    }
}

#[test]
fn numbers_are_found_in_what_slips_print_around_them() {
    for (text, found) in [
        ("SY20261120001", vec!["SY20261120001"]),
        ("订单号：SY20261120001 张三", vec!["SY20261120001"]),
        (
            "https://shop.example/o?id=4200000925202101284997714292&s=1",
            vec![
                "https",
                "shop",
                "example",
                "o",
                "id",
                "4200000925202101284997714292",
                "s",
                "1",
            ],
        ),
        ("XD_1|a", vec!["XD_1|a"]),
        ("茶", vec![]),
    ] {
        assert_eq!(numbers(text), found, "{text}");
    }
}

#[test]
fn the_tracking_number_is_found_or_none() {
    for (text, number) in [
        ("75312345678901", Some("75312345678901")),
        ("sf1234567890123", Some("SF1234567890123")),
        ("SF 1234 5678 90123", Some("SF1234567890123")),
        ("JDVA01234567890-1-2-", Some("JDVA01234567890")),
        (
            "MMM={'k1':'755WF','k4':'T4','k5':'SF1234567890123'}",
            Some("SF1234567890123"),
        ),
        ("SF1234567890123;SF1234567890124", None),
        ("张三", None),
        ("", None),
    ] {
        assert_eq!(parcel_number(text).as_deref(), number, "{text}");
    }
}

#[test]
fn pieces_and_phones_are_no_parcels() {
    for (number, whole) in [
        ("75312345678901", true),
        ("SF1234567890123", true),
        ("1Z999AA10123456784", true),
        ("7531234", false),
        ("SF12345678", false),
        ("13812341234", false),
        ("ABCDEFGHIJ", false),
    ] {
        assert_eq!(is_whole(number), whole, "{number}");
    }
}

/// Keys that came one by one, each so many milliseconds after the one before.
fn keys(pieces: &[(usize, u64, u64)]) -> Rhythm {
    let mut rhythm = Rhythm::default();
    let (mut chars, mut millis) = (0, 0);
    for (count, pause, gap) in pieces {
        millis += pause;
        for _ in 0..*count {
            chars += 1;
            millis += gap;
            rhythm.beat(chars, millis);
        }
    }
    rhythm
}

#[test]
fn a_piece_left_by_a_broken_scan_is_told_from_typing() {
    for (pieces, left, what) in [
        (vec![(14, 0, 5)], 0, "one scan"),
        (vec![(7, 0, 5), (14, 900, 5)], 7, "half a scan, then a whole one"),
        (vec![(3, 0, 5), (4, 900, 5), (14, 900, 5)], 7, "two pieces"),
        (vec![(7, 0, 5), (14, 200, 5)], 0, "a slow scanner"),
        (vec![(7, 0, 150), (7, 900, 150)], 0, "a person who thinks"),
        (vec![(7, 0, 5), (3, 900, 5)], 0, "a person mends the end"),
    ] {
        assert_eq!(keys(&pieces).left_over(), left, "{what}");
    }
    let mut rhythm = keys(&[(7, 0, 5), (14, 900, 5)]);
    rhythm.clear();
    assert_eq!(rhythm.left_over(), 0);
    // All characters of a burst at once, as the window may see them.
    rhythm.beat(7, 0);
    rhythm.beat(21, 900);
    assert_eq!(rhythm.left_over(), 7);
}
