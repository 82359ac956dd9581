//! Looks for words in every byte that runs have left behind, in every form in which a byte can hide: as it is, in
//! base64, in hex, in UTF-16, and inside ZIP files.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// A place where a word was found: the file and the form.
pub type Hit = (String, &'static str);

/// All files below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// What a file holds: its bytes, and those of what is packed in it.
pub fn contents(path: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(path).unwrap();
    let mut all = Vec::new();
    if bytes.starts_with(b"PK")
        && let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(&bytes))
    {
        for index in 0..zip.len() {
            let mut inner = Vec::new();
            zip.by_index(index).unwrap().read_to_end(&mut inner).unwrap();
            all.push(inner);
        }
    }
    all.push(bytes);
    all
}

/// A word in every form; those of base64 without the signs that what stands beside it may change.
pub fn forms(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap();
    let hex: String = word
        .bytes()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect();
    let mut forms = vec![
        ("plain", word.as_bytes().to_vec()),
        ("HEX", hex.to_uppercase().into_bytes()),
        ("hex", hex.into_bytes()),
        ("utf-16", word.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (
            "utf-16 be",
            word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
    ];
    for before in 0..3_usize {
        let padded = [vec![b'.'; before], word.as_bytes().to_vec()].concat();
        for alphabet in [STANDARD.encode(&padded), URL_SAFE.encode(&padded)] {
            let whole = (padded.len() * 8).div_euclid(6);
            let start = (before * 8).div_ceil(6);
            forms.push(("base64", alphabet.as_bytes()[start..whole].to_vec()));
        }
    }
    forms
}

/// Every place below a folder where one of these words stands.
pub fn scan(folder: &Path, words: &[String]) -> Vec<Hit> {
    let wanted: Vec<_> = words.iter().flat_map(|word| forms(word)).collect();
    // One pass over each byte: what begins with two bytes of no word costs one look into a table.
    let mut by_beginning: HashMap<[u8; 2], Vec<&(&'static str, Vec<u8>)>> = HashMap::new();
    let mut begins = vec![false; 1 << 16];
    for form in &wanted {
        let beginning = [form.1[0], form.1[1]];
        begins[usize::from(u16::from_le_bytes(beginning))] = true;
        by_beginning.entry(beginning).or_default().push(form);
    }
    let mut hits = BTreeSet::new();
    for path in files(folder) {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        for content in contents(&path) {
            for (at, two) in content.windows(2).enumerate() {
                let beginning = [two[0], two[1]];
                if !begins[usize::from(u16::from_le_bytes(beginning))] {
                    continue;
                }
                for (form, bytes) in &by_beginning[&beginning] {
                    if content[at..].starts_with(bytes) {
                        hits.insert((name.clone(), *form));
                    }
                }
            }
        }
    }
    hits.into_iter().collect()
}

/// Whole phone numbers: eleven digits that begin with 13 to 19 and have neither digit nor letter beside them (a hash
/// has such runs by chance).
pub fn phones(folder: &Path) -> Vec<Hit> {
    let mut hits = Vec::new();
    for path in files(folder) {
        for content in contents(&path) {
            let runs = content.split(|byte| !byte.is_ascii_alphanumeric());
            let is_phone = |run: &&[u8]| {
                let digits = run.len() == 11 && run.iter().all(u8::is_ascii_digit);
                digits && run[0] == b'1' && (b'3'..=b'9').contains(&run[1])
            };
            if let Some(found) = runs.into_iter().find(is_phone) {
                let name = path.strip_prefix(folder).unwrap().display();
                hits.push((format!("{name}: {}", String::from_utf8_lossy(found)), "phone"));
            }
        }
    }
    hits
}

#[test]
fn the_scanner_finds_each_form_and_nothing_that_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let word = String::from("CANARY-5a4db0c5-secret");
    fs::write(
        dir.path().join("planted-near"),
        "CANARY-5a4db0c5-secre t 138 1234 5678",
    )
    .unwrap();
    assert_eq!(scan(dir.path(), std::slice::from_ref(&word)), []);
    assert_eq!(phones(dir.path()), []);
    for (index, (form, bytes)) in forms(&word).into_iter().enumerate() {
        let name = format!("planted-{index}");
        fs::write(
            dir.path().join(&name),
            [&b"before "[..], &bytes, &b" after"[..]].concat(),
        )
        .unwrap();
        let hits = scan(dir.path(), std::slice::from_ref(&word));
        assert!(hits.contains(&(name.clone(), form)), "{form}: {hits:?}");
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    for shift in ["", "x", "xy"] {
        let text = STANDARD.encode(format!("{shift}{word} and more"));
        fs::write(dir.path().join("planted-json"), text).unwrap();
        assert_eq!(
            scan(dir.path(), std::slice::from_ref(&word)),
            [("planted-json".into(), "base64")]
        );
    }
    let mut zip = zip::ZipWriter::new(fs::File::create(dir.path().join("planted-json")).unwrap());
    zip.start_file("inner", zip::write::SimpleFileOptions::default())
        .unwrap();
    std::io::Write::write_all(
        &mut zip,
        format!("{} {word} 13812345678", "x".repeat(500)).as_bytes(),
    )
    .unwrap();
    zip.finish().unwrap();
    assert_eq!(scan(dir.path(), &[word]), [("planted-json".into(), "plain")]);
    assert_eq!(
        phones(dir.path()),
        [("planted-json: 13812345678".into(), "phone")]
    );
}
