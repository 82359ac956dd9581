//! Holds what is shipped as data: couriers and their spellings, the template, the fonts, the icon.
//! A test program of its own, because it reads the assets as they lie there, not as the program reads them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
    std::fs::read(path).unwrap_or_else(|err| panic!("assets/{name}: {err}"))
}

fn rows(name: &str, header: &[&str]) -> Vec<Vec<String>> {
    let data = bytes(name);
    let mut reader = csv::Reader::from_reader(data.as_slice());
    assert_eq!(reader.headers().unwrap(), header, "assets/{name}");
    let row = |r: Result<csv::StringRecord, csv::Error>| r.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

/// How spellings are compared: full-width and case do not count, nor does space.
fn folded(text: &str) -> String {
    let visible = text.nfkc().filter(|c| !c.is_whitespace());
    visible.flat_map(char::to_lowercase).collect()
}

fn couriers() -> Vec<Vec<String>> {
    rows("couriers.csv", &["delivery_id", "name", "grade"])
}

fn aliases() -> Vec<Vec<String>> {
    rows("courier-aliases.csv", &["alias", "delivery_id", "kind"])
}

#[test]
fn every_courier_stands_once_with_a_known_grade() {
    let all = couriers();
    assert_eq!(all.len(), 98);
    let ids: BTreeSet<&String> = all.iter().map(|r| &r[0]).collect();
    let names: BTreeSet<&String> = all.iter().map(|r| &r[1]).collect();
    assert_eq!((ids.len(), names.len()), (98, 98));
    for row in &all {
        assert!(["1", "2", "3"].contains(&row[2].as_str()), "{row:?}");
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        assert!(row[0].chars().all(plain), "{row:?}");
        assert_eq!(row[1].trim(), row[1]);
    }
}

#[test]
fn every_spelling_means_one_courier_of_the_list() {
    let couriers = couriers();
    let mut meaning: BTreeMap<String, &String> = BTreeMap::new();
    for row in &couriers {
        for own in [&row[0], &row[1]] {
            let before = meaning.insert(folded(own), &row[0]);
            assert!(
                before.is_none_or(|id| *id == row[0]),
                "{own} means {before:?} too"
            );
        }
    }
    let aliases = aliases();
    assert!(aliases.len() >= 150);
    for row in &aliases {
        assert!(
            couriers.iter().any(|c| c[0] == row[1]),
            "{row:?}: no such courier"
        );
        assert!(
            ["name", "code", "system-code"].contains(&row[2].as_str()),
            "{row:?}"
        );
        let before = meaning.insert(folded(&row[0]), &row[1]);
        assert!(before.is_none(), "{row:?} means {before:?} already");
    }
}

#[test]
fn what_could_mean_two_couriers_is_not_a_spelling() {
    let aliases = aliases();
    for doubtful in [
        "中国邮政",
        "邮政",
        "邮政快递",
        "百世",
        "安能",
        "中通物流",
        "联邦快递",
        "顺丰同城",
        "国际快递",
    ] {
        let found = aliases.iter().find(|r| r[0] == doubtful);
        assert_eq!(found, None, "{doubtful} must be asked about");
    }
}

#[test]
fn the_template_opens_in_excel_and_its_sample_row_is_marked() {
    let data = bytes("import-template.csv");
    let text = std::str::from_utf8(data.strip_prefix(b"\xEF\xBB\xBF").expect("a byte order mark")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("订单号,快递公司,快递单号,商品信息,备注"));
    assert!(lines.next().unwrap().starts_with("例:"));
    assert_eq!(lines.next(), None);
}

/// All code points of a font that have a glyph, read from the 32-bit table of its `cmap`.
fn characters(font: &[u8]) -> BTreeSet<u32> {
    let short = |at: usize| u32::from(u16::from_be_bytes([font[at], font[at + 1]]));
    let long = |at: usize| (short(at) << 16) | short(at + 2);
    let offset = |at: usize| usize::try_from(long(at)).unwrap();
    let tables = (0..short(4) as usize).map(|n| 12 + 16 * n);
    let cmap = tables
        .clone()
        .find(|&t| &font[t..t + 4] == b"cmap")
        .map(|t| offset(t + 8))
        .unwrap();
    let subtables = (0..short(cmap + 2) as usize).map(|n| cmap + offset(cmap + 8 + 8 * n));
    let full = subtables
        .clone()
        .find(|&s| short(s) == 12)
        .expect("a table for all of Unicode");
    let groups = (0..offset(full + 12)).map(|n| full + 16 + 12 * n);
    groups.flat_map(|g| long(g)..=long(g + 4)).collect()
}

/// The 7,445 characters of GB2312.
fn gb2312() -> BTreeSet<u32> {
    let rows = (0xA1..=0xF7u8).filter(|row| !(0xAA..=0xAF).contains(row));
    let pairs = rows.flat_map(|row| (0xA1..=0xFEu8).map(move |cell| [row, cell]));
    // Six letters of pinyin came with GBK and are no part of GB2312.
    let pairs = pairs.filter(|pair| !(pair[0] == 0xA8 && (0xBB..=0xC0).contains(&pair[1])));
    let decoded = pairs.filter_map(|pair| {
        let (text, _, bad) = encoding_rs::GBK.decode(&pair);
        text.chars().next().filter(|_| !bad).map(u32::from)
    });
    // The web's table also fills cells that GB2312 left free; those are not of interest here.
    decoded.filter(|c| !(0xE000..=0xF8FF).contains(c)).collect()
}

#[test]
fn both_fonts_show_every_character_of_gb2312() {
    let wanted = gb2312();
    assert!(wanted.len() >= 7445, "{}", wanted.len());
    let interface = "¥￥…–—“”‘’·✓×←→↑↓■□●○▲▼◆★、。《》【】（）：；！？￥％°№①⑳Ⅻ─│┌┘々〇ぁンヶㄅ㎡";
    for name in ["Regular", "SemiBold"] {
        let shown = characters(&bytes(&format!("fonts/NotoSansSC-{name}-subset.ttf")));
        let ascii_and_latin = (0x20..=0x7E).chain(0xA0..=0xFF);
        let signs = interface.chars().map(u32::from);
        let all = wanted.iter().copied().chain(ascii_and_latin).chain(signs);
        let lost: String = all
            .filter(|c| !shown.contains(c))
            .filter_map(char::from_u32)
            .collect();
        assert_eq!(lost, "", "{name} lacks characters");
        assert!(
            !shown.contains(&u32::from('😀')),
            "the reading of the font is wrong"
        );
    }
}

#[test]
fn emoji_of_goods_have_a_font_on_a_bare_system() {
    let shown = characters(&bytes("fonts/NotoEmoji-Regular.ttf"));
    for sign in "🍌🍎💡🎁🔥📦🍵👶".chars() {
        assert!(shown.contains(&u32::from(sign)), "{sign}");
    }
}

#[test]
fn the_licence_of_the_font_lies_beside_it() {
    let text = String::from_utf8(bytes("fonts/OFL.txt")).unwrap();
    assert!(text.starts_with("Copyright 2014-2021 Adobe"));
    assert!(text.contains("(Noto Emoji)"));
    assert!(text.contains("SIL OPEN FONT LICENSE Version 1.1"));
}

#[test]
fn every_picture_of_the_icon_has_the_size_of_its_name() {
    for size in [16u32, 32, 48, 128, 256, 512] {
        let data = bytes(&format!("icon/icon-{size}.png"));
        let edge = |at: usize| u32::from_be_bytes(data[at..at + 4].try_into().unwrap());
        assert_eq!(&data[..4], b"\x89PNG");
        assert_eq!((edge(16), edge(20)), (size, size));
    }
}

/// The words of every message of a language, with what is filled in cut out: `发送 { $count } 单` is `["发送 ", " 单"]`.
fn words(lang: &str) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/i18n")
        .join(lang);
    let files = std::fs::read_dir(folder).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mut all = Vec::new();
    for text in texts {
        for line in text.lines() {
            // A message, or one form of it for a number.
            let after = line.split_once(" = ").or_else(|| line.split_once("] "));
            let Some((_, said)) = after else { continue };
            let parts = said
                .split('{')
                .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
            all.push(parts.map(str::to_owned).collect());
        }
    }
    all
}

fn says(parts: &[String], label: &str) -> bool {
    let Some(mut rest) = label.strip_prefix(parts[0].as_str()) else {
        return false;
    };
    for part in &parts[1..] {
        let Some((_, after)) = rest.split_once(part.as_str()) else {
            return false;
        };
        rest = after;
    }
    rest.is_empty() || parts.len() > 1 && parts.last().is_some_and(String::is_empty)
}

#[test]
fn every_name_in_the_manual_stands_in_the_window() {
    for lang in ["zh-CN", "en"] {
        let words = words(lang);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets/manual")
            .join(lang);
        let (mut names, mut lost) = (0, Vec::new());
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|kind| kind != "md") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // What is bold is the name of a page, a button or a state.
            for label in text.split("**").skip(1).step_by(2) {
                names += 1;
                let known = words
                    .iter()
                    .any(|parts| !parts.concat().is_empty() && says(parts, label));
                if !known {
                    lost.push(format!("{}: {label}", path.display()));
                }
            }
        }
        assert!(lost.is_empty(), "not in the window: {lost:#?}");
        assert!(names > 60, "{lang} names {names}");
    }
}

#[test]
fn the_version_is_the_same_wherever_a_system_reads_it() {
    let packaging = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging");
    let version = env!("CARGO_PKG_VERSION");
    for (file, written) in [
        (
            "linux/io.github.fahuo.Fahuo.metainfo.xml",
            format!("<release version=\"{version}\""),
        ),
        (
            "windows/fahuo.manifest",
            format!("name=\"io.github.fahuo.Fahuo\" version=\"{version}.0\""),
        ),
    ] {
        let text = std::fs::read_to_string(packaging.join(file)).unwrap();
        assert!(text.contains(&written), "packaging/{file} lacks {written}");
    }
}
