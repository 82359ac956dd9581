//! Folders among the files of `check` and `ship`, and where finished files go: what a scheduled job needs, on systems
//! whose scheduler knows no `*` as well.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::output::Console;
use super::{Exit, Fail};

/// The kinds of files that are taken from a folder.
const ENDINGS: [&str; 7] = ["csv", "txt", "tsv", "xlsx", "xls", "htm", "html"];

/// The files that are meant: a folder stands for the tables in it, by their names; not for folders below.
///
/// # Errors
/// When a folder cannot be read.
pub fn expand(console: Console, named: &[PathBuf]) -> Result<Vec<PathBuf>, Fail> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let found = tables(path).map_err(|error| {
            let args = [
                ("name", path.display().to_string().into()),
                ("why", error.to_string().into()),
            ];
            Fail::cannot_run(console.text("cli-folder-unreadable", &args))
        })?;
        if found.is_empty() {
            console.say("cli-folder-empty", &[("name", path.display().to_string().into())]);
        }
        files.extend(found);
    }
    Ok(files)
}

fn tables(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // What spreadsheets leave beside an open file, and what is hidden.
        let is_other = name.starts_with('.') || name.starts_with("~$") || name.starts_with(".~");
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        let is_table = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
        if is_table && !is_other && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Moves a file of which nothing is left to do into a folder. One of the same name there stays, and this one gets a
/// number.
pub fn move_finished(console: Console, file: &Path, folder: &Path) -> Exit {
    match moved(file, folder) {
        Ok(to) => {
            let args = [
                ("name", file.display().to_string().into()),
                ("to", to.display().to_string().into()),
            ];
            console.say("cli-moved", &args);
            Exit::Done
        }
        Err(error) => {
            let args = [
                ("name", file.display().to_string().into()),
                ("why", error.to_string().into()),
            ];
            console.say("cli-not-moved", &args);
            Exit::SomeRows
        }
    }
}

fn moved(file: &Path, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let stem = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let ending = file
        .extension()
        .map(|ending| ending.to_string_lossy().into_owned());
    let named = |number: u32| {
        let stem = if number == 0 {
            stem.clone()
        } else {
            format!("{stem}-{number}")
        };
        folder.join(
            ending
                .as_ref()
                .map_or(stem.clone(), |ending| format!("{stem}.{ending}")),
        )
    };
    let free = (0..1000).map(named).find(|to| fs::symlink_metadata(to).is_err());
    let to = free.ok_or(io::ErrorKind::AlreadyExists)?;
    match fs::rename(file, &to) {
        // The folder lies on another disk.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            fs::copy(file, &to)?;
            fs::remove_file(file)?;
        }
        other => other?,
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::super::args::Format;
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_folder_stands_for_the_tables_in_it_by_their_names() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.XLSX", ".hidden.csv", "~$a.xlsx", "notes.pdf", "c.txt"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        fs::create_dir(dir.path().join("done")).unwrap();
        fs::write(dir.path().join("done/old.csv"), "x").unwrap();
        let console = Console::plain(Lang::En, Format::Text);
        let single = dir.path().join("gone.csv");
        let files = expand(console, &[dir.path().to_owned(), single.clone()]).unwrap();
        let expected = ["a.XLSX", "b.csv", "c.txt"].map(|name| dir.path().join(name));
        assert_eq!(files[..3], expected);
        assert_eq!(files[3..], [single], "what is no folder is told as always");
    }

    #[test]
    fn a_finished_file_replaces_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let done = dir.path().join("done");
        for (text, name) in [("1", "a.csv"), ("2", "a-1.csv"), ("3", "a-2.csv")] {
            fs::write(dir.path().join("a.csv"), text).unwrap();
            let console = Console::plain(Lang::En, Format::Text);
            assert_eq!(
                move_finished(console, &dir.path().join("a.csv"), &done),
                Exit::Done
            );
            assert_eq!(fs::read_to_string(done.join(name)).unwrap(), text);
        }
        let console = Console::plain(Lang::En, Format::Text);
        assert_eq!(
            move_finished(console, &dir.path().join("a.csv"), &done),
            Exit::SomeRows
        );
    }
}
