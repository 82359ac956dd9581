//! What lies in the watched folder, as its files say themselves; runs beside the loop, because a share that is gone
//! answers nobody. Apart from `watching`, which decides what to make of it.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::arrived::{Glance, WatchTrouble};
use super::glance::Opened;
use crate::claims::hex;

/// Endings of the files that can be read.
const ENDINGS: [&str; 8] = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "htm", "html"];
/// A folder with more such files is no place where files arrive.
const MOST_FILES: usize = 1_000;

/// A file as it looks from outside: while this changes, somebody writes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size.
    pub bytes: u64,
    /// When it was changed, in milliseconds since 1970; 0 where the system does not say.
    pub modified_millis: u64,
}

impl Stamp {
    pub(super) fn of(about: &Metadata) -> Self {
        let modified = about.modified().ok();
        let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let millis = since.map_or(0, |since| since.as_millis());
        Self {
            bytes: about.len(),
            modified_millis: u64::try_from(millis).unwrap_or(u64::MAX),
        }
    }
}

/// A file of the folder by its name.
pub type Listed = (String, Stamp);

/// What reading a file gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The hex SHA-256 of its bytes.
    Whole(String),
    /// It changed while it was read.
    Changed,
    /// It is not there any more.
    Gone,
    /// It cannot be read now, for example because another program holds it.
    Held,
}

/// What the jobs of the watched folder bring back, each with the number of the watch that started it.
#[derive(Debug)]
pub enum WatchDone {
    /// The folder was listed.
    Listed(u64, Result<Vec<Listed>, WatchTrouble>),
    /// A file was read.
    Read(u64, Listed, Reading),
    /// The rows of a file, by its hex SHA-256, were read for a first look.
    Opened(u64, String, Box<Opened>),
    /// A first look has counted them.
    Counted(u64, String, Glance),
}

/// The files of a folder that may be shipping files, by name. What programs put beside the files that they work on
/// is left out, and so are folders.
///
/// # Errors
/// When the folder cannot be listed, or holds too much.
pub fn list(folder: &Path) -> Result<Vec<Listed>, WatchTrouble> {
    let trouble = |error: io::Error| {
        if error.kind() == ErrorKind::PermissionDenied {
            WatchTrouble::Denied
        } else {
            WatchTrouble::Missing
        }
    };
    if !folder.is_absolute() {
        return Err(WatchTrouble::Missing);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(trouble)? {
        let entry = entry.map_err(trouble)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_wanted(&name) {
            continue;
        }
        // A file that goes away between the listing and this question is simply not there.
        let Ok(about) = std::fs::metadata(entry.path()) else {
            continue;
        };
        if !about.is_file() || is_hidden(&about) {
            continue;
        }
        if files.len() >= MOST_FILES {
            return Err(WatchTrouble::TooMany);
        }
        files.push((name, Stamp::of(&about)));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

/// The name of a file that a person may mean: not `~$周一.xlsx`, `.~lock.周一.csv#`, `周一.csv.part` or `周一.tmp`.
fn is_wanted(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !name.starts_with(['.', '~']) && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

#[cfg(windows)]
fn is_hidden(about: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt as _;
    const HIDDEN: u32 = 0x2;
    about.file_attributes() & HIDDEN != 0
}

#[cfg(not(windows))]
fn is_hidden(_about: &Metadata) -> bool {
    false // a leading dot says it
}

/// Reads a file from its beginning to its end, and makes sure that it is still the one that was listed.
pub fn read(path: &Path, listed: Stamp) -> Reading {
    let hash = || -> io::Result<Option<String>> {
        let mut file = File::open(path)?;
        if Stamp::of(&file.metadata()?) != listed {
            return Ok(None);
        }
        let mut sha256 = Sha256::new();
        let mut block = vec![0; 64 * 1024];
        let mut bytes: u64 = 0;
        loop {
            let count = file.read(&mut block)?;
            let Some(read) = block.get(..count).filter(|read| !read.is_empty()) else {
                break;
            };
            sha256.update(read);
            bytes = bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
            if bytes > listed.bytes {
                return Ok(None);
            }
        }
        let same = bytes == listed.bytes && Stamp::of(&std::fs::metadata(path)?) == listed;
        Ok(same.then(|| hex(&sha256.finalize())))
    };
    match hash() {
        Ok(Some(sha256)) => Reading::Whole(sha256),
        Ok(None) => Reading::Changed,
        Err(error) if error.kind() == ErrorKind::NotFound => Reading::Gone,
        Err(_held) => Reading::Held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_put_beside_their_files_is_no_file_that_arrived() {
        for name in ["周一.csv", "a.XLSX", "发货单 (2).xls", "a.b.txt", "导出.html"] {
            assert!(is_wanted(name), "{name}");
        }
        for name in [
            "~$周一.xlsx",
            ".~lock.周一.csv#",
            ".周一.csv",
            "周一.csv.part",
            "周一.csv.crdownload",
            "周一.tmp",
            "~WRL0001.tmp",
            "~周一.xlsx",
            "照片.jpg",
            "csv",
            "",
        ] {
            assert!(!is_wanted(name), "{name}");
        }
    }

    #[test]
    fn a_folder_shows_its_files_and_says_why_it_cannot() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("b.csv"), "12").unwrap();
        std::fs::write(dir.path().join("a.xlsx"), "").unwrap();
        std::fs::create_dir(dir.path().join("c.csv")).unwrap();
        let files = list(dir.path()).unwrap();
        let found: Vec<(&str, u64)> = files.iter().map(|(name, s)| (name.as_str(), s.bytes)).collect();
        assert_eq!(found, [("a.xlsx", 0), ("b.csv", 2)]);
        assert_eq!(list(&dir.path().join("none")), Err(WatchTrouble::Missing));
        assert_eq!(list(Path::new("relative")), Err(WatchTrouble::Missing));
        for n in 0..MOST_FILES {
            std::fs::write(dir.path().join(format!("{n}.csv")), "").unwrap();
        }
        assert_eq!(list(dir.path()), Err(WatchTrouble::TooMany));
    }

    #[test]
    fn only_a_file_that_is_still_as_it_was_listed_counts_as_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        std::fs::write(&path, "abc").unwrap();
        let (_, stamp) = list(dir.path()).unwrap().remove(0);
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(read(&path, stamp), Reading::Whole(sha256.into()));
        for other in [
            Stamp { bytes: 2, ..stamp },
            Stamp {
                modified_millis: 1,
                ..stamp
            },
        ] {
            assert_eq!(read(&path, other), Reading::Changed);
        }
        assert_eq!(read(&dir.path().join("b.csv"), stamp), Reading::Gone);
    }
}
