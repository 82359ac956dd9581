//! The files of the log: for this user only, each of bounded size, a few of them.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use super::FILE;

/// A file is at most so long, in bytes.
#[cfg(not(test))]
const MAX_BYTES: u64 = 1024 * 1024;
/// The tests must reach it.
#[cfg(test)]
const MAX_BYTES: u64 = 2048;
/// Files that are kept beside the one that is written.
const OLDER: u32 = 4;

/// Where lines go.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    open: Option<(File, u64)>,
}

impl Files {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, open: None }
    }

    /// Appends a line, in a new file when this one is full; what cannot be written is dropped.
    pub(super) fn append(&mut self, line: &str) {
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.open.is_none() {
            self.open = self.open_newest();
        }
        if self
            .open
            .as_ref()
            .is_some_and(|(_, bytes)| bytes.saturating_add(length) > MAX_BYTES)
        {
            self.open = None; // Windows renames no open file
            self.rotate();
            self.open = self.open_newest();
        }
        if let Some((file, bytes)) = &mut self.open {
            // One call for the whole line, so that lines of two processes do not mix.
            if file.write_all(line.as_bytes()).is_ok() {
                *bytes = bytes.saturating_add(length);
            } else {
                self.open = None;
            }
        }
    }

    fn open_newest(&self) -> Option<(File, u64)> {
        if !self.folder.is_dir() {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(&self.folder).ok()?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(self.folder.join(FILE)).ok()?;
        let bytes = file.metadata().ok()?.len();
        Some((file, bytes))
    }

    /// Moves each file one further; the oldest goes. What cannot be moved is written on.
    fn rotate(&self) {
        let older = |age: u32| self.folder.join(format!("fahuo.{age}.log"));
        for age in (1..OLDER).rev() {
            drop(fs::rename(older(age), older(age.saturating_add(1))));
        }
        drop(fs::rename(self.folder.join(FILE), older(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_files_of_bounded_size_for_this_user_only() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = Files::of(dir.path().join("logs"));
        let line = |n: usize| format!("{n:04} {}\n", "x".repeat(194));
        for n in 0..196 {
            files.append(&line(n));
        }
        let mut found: Vec<_> = fs::read_dir(dir.path().join("logs")).unwrap().flatten().collect();
        found.sort_by_key(std::fs::DirEntry::file_name);
        assert_eq!(found.len(), 5);
        for file in &found {
            assert!(file.metadata().unwrap().len() <= MAX_BYTES);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
        let newest = fs::read_to_string(dir.path().join("logs").join(FILE)).unwrap();
        assert!(
            newest.ends_with(&line(195)),
            "the newest line stands in the newest file"
        );
        let before = fs::read_to_string(dir.path().join("logs/fahuo.1.log")).unwrap();
        let last = |text: &str| {
            text.lines()
                .last()
                .unwrap()
                .split_once(' ')
                .unwrap()
                .0
                .parse::<usize>()
                .unwrap()
        };
        let first = newest.split_once(' ').unwrap().0.parse::<usize>().unwrap();
        assert_eq!(last(&before) + 1, first, "nothing is lost between two files");
        // Another run goes on with the file, which has room for a short line.
        Files::of(dir.path().join("logs")).append("more\n");
        let grown = fs::read_to_string(dir.path().join("logs").join(FILE)).unwrap();
        assert_eq!(grown, format!("{newest}more\n"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_stops_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("logs"), "a file stands in its place").unwrap();
        Files::of(dir.path().join("logs")).append("line\n");
        assert!(dir.path().join("logs").is_file());
    }
}
