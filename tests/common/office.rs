//! LibreOffice, where it is installed: opens a file and saves it, as a person does who corrects something in it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "shared by tests, which say it by failing and use what they need"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The file as LibreOffice saves it in another form: `xlsx`, `csv` (in UTF-8, every cell as it is shown) or `ods`.
/// `encoding` is that of a text file. `None` where LibreOffice is missing, which is said.
pub fn saved_by_office(file: &Path, encoding: &str, to: &str) -> Option<PathBuf> {
    let home = tempfile::tempdir().unwrap();
    let out = file.parent().unwrap().join(format!("saved-{to}"));
    let profile = format!("-env:UserInstallation=file://{}", home.path().display());
    let mut soffice = Command::new("soffice");
    soffice.args([profile.as_str(), "--headless", "--norestore"]);
    if file.extension().is_some_and(|ending| ending == "csv") {
        // Commas, quotes, and the encoding as LibreOffice numbers it.
        let number = match encoding {
            "gb18030" => 85,
            _ => 76,
        };
        soffice.arg(format!("--infilter=CSV:44,34,{number},1"));
    }
    let target = match to {
        "csv" => "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
        other => other,
    };
    soffice
        .args(["--convert-to", target, "--outdir"])
        .arg(&out)
        .arg(file);
    let run = match soffice.output() {
        Ok(run) => run,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: LibreOffice (soffice) is not installed, so this proves nothing here");
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let saved = out.join(file.with_extension(to).file_name().unwrap());
    assert!(saved.is_file(), "{run:?}");
    Some(saved)
}
