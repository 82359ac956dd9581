//! Everything that the record holds, as one ZIP file of JSON lines: for people who leave, for an inspection, for a
//! program that reads it. Secrets are not in it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::results::{name_of, put_down_with};
use super::run::Engine;
use crate::domain::{FileNotSaved, FileSaved, Timestamp};
use crate::store::{EXPORTED, Everything, StoreError};

impl Engine {
    /// Writes the file beside the loop, from a copy.
    pub(super) fn export_everything(&mut self, path: PathBuf, replace: bool) {
        let name = name_of(&path);
        self.audit("everything_exported", &json!({ "file": name }));
        let Some(everything) = self.tell_store(|store, _| store.everything()) else {
            let why = FileNotSaved::Failed(String::from("the record cannot be copied"));
            return self.not_saved(name, why);
        };
        let at = self.clock.now();
        self.jobs.save(move || {
            put_down_with(&path, replace, |file| write(file, &everything, at))
                .map(|rows| FileSaved {
                    name: name.clone(),
                    rows,
                    encoding: None,
                    masked: false,
                })
                .map_err(|why| (name, why))
        });
    }
}

/// What stops a table from being written.
enum Stop {
    Disk(io::Error),
    Record(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Record(error)
    }
}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Disk(error) => error,
            Stop::Record(error) => Self::other(error.to_string()),
        }
    }
}

fn write(file: &mut File, everything: &Everything, at: Timestamp) -> io::Result<usize> {
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default()
        .unix_permissions(0o600)
        .large_file(true);
    let mut tables = serde_json::Map::new();
    let mut all: usize = 0;
    for table in EXPORTED {
        zip.start_file(format!("{table}.jsonl"), options)?;
        let rows = everything
            .rows(table, |row| writeln!(zip, "{row}").map_err(Stop::Disk))
            .map_err(io::Error::from)?;
        tables.insert(table.to_owned(), rows.into());
        all = all.saturating_add(rows);
    }
    zip.start_file("about.json", options)?;
    let about = json!({
        "program": "fahuo",
        "version": env!("CARGO_PKG_VERSION"),
        "exported_at": at.rfc3339(),
        "form": "one JSON object on a line for each row; times are milliseconds since 1970 UTC, money is in cents",
        "left_out": "AppSecrets and keys (sealed), openids (never kept whole), phones (masked before they are kept)",
        "rows": tables,
    });
    writeln!(zip, "{about:#}")?;
    zip.finish()?;
    Ok(all)
}
