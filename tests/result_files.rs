//! Files that go out and come back: rows of a file in its own form with what became of them, and WeChat's template. A
//! spreadsheet in between, LibreOffice where it is installed, changes no cell that nobody touched.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc,
    dead_code,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "result_files/damage.rs"]
mod damage;
#[path = "common/office.rs"]
mod libre;
#[path = "import_files/make.rs"]
mod make;
#[path = "result_files/office.rs"]
mod office;
#[path = "result_files/round.rs"]
mod round;
#[path = "result_files/template.rs"]
mod template;

use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fahuo::domain::{FileRow, ImportedFile, RowResult, RowStatus};
use fahuo::i18n::explain::Names;
use fahuo::i18n::{Lang, result_headings, result_notes};
use fahuo::import::{
    Form, Mappings, ReadOptions, Results, built_in_couriers, read_remembering, write_results,
};

/// A folder with a file in it that was imported.
pub struct Imported {
    pub dir: tempfile::TempDir,
    pub path: PathBuf,
    pub file: ImportedFile,
}

impl Imported {
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let file = read(&path);
        Self { dir, path, file }
    }

    /// The rows below the header, with what is told about each.
    pub fn rows(&self, lang: Lang) -> Vec<(usize, Vec<String>)> {
        let couriers = built_in_couriers();
        let names = Names { couriers: &couriers };
        let rows = self.file.rows.iter().enumerate();
        rows.filter(|(_, row)| row.ignored.is_none())
            .map(|(index, row)| {
                let result = RowResult {
                    row: row.origin.unwrap_or(row.row),
                    status: RowStatus::Blocked,
                    problems: &row.problems,
                    state: None,
                };
                (index, result_notes(lang, &result, &names))
            })
            .collect()
    }

    /// A row by its index.
    pub fn row(&self, index: usize) -> Option<Arc<FileRow>> {
        self.file.rows.get(index).cloned().map(Arc::new)
    }

    /// Writes all rows below the header.
    pub fn write(&self, form: Form) -> Put {
        self.write_from(Some(&self.path), form, Lang::ZhCn)
    }

    pub fn write_from(&self, source: Option<&Path>, form: Form, lang: Lang) -> Put {
        let rows = self.rows(lang);
        put(
            &self.file,
            &|index| self.row(index),
            source,
            &result_headings(lang),
            &rows,
            form,
        )
    }

    /// Writes them and reads what was written.
    #[must_use]
    pub fn again(&self, form: Form) -> Self {
        let name = match form {
            Form::Text => "again.csv",
            Form::Workbook => "again.xlsx",
        };
        Self::new(name, &self.write(form).bytes)
    }
}

/// A file that was written.
pub struct Put {
    pub bytes: Vec<u8>,
    pub encoding: &'static str,
    pub original: bool,
}

/// Writes rows with what is told about each.
pub fn put(
    file: &ImportedFile,
    row: &dyn Fn(usize) -> Option<Arc<FileRow>>,
    source: Option<&Path>,
    headings: &[String],
    rows: &[(usize, Vec<String>)],
    form: Form,
) -> Put {
    let indices: Vec<usize> = rows.iter().map(|(index, _)| *index).collect();
    let folder = tempfile::tempdir().unwrap();
    let results = Results {
        file,
        row,
        source,
        headings,
        rows: &indices,
        notes: &|index| rows.iter().find(|(row, _)| *row == index).unwrap().1.clone(),
        folder: folder.path(),
    };
    let mut out = tempfile::tempfile().unwrap();
    // Whatever was in it is gone.
    out.write_all(b"before").unwrap();
    let written = write_results(&results, form, &mut out).unwrap();
    let mut bytes = Vec::new();
    out.rewind().unwrap();
    out.read_to_end(&mut bytes).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    Put {
        bytes,
        encoding: written.encoding,
        original: written.original,
    }
}

pub fn read(path: &Path) -> ImportedFile {
    read_known(path, &Mappings::default())
}

pub fn read_known(path: &Path, known: &Mappings) -> ImportedFile {
    let couriers = built_in_couriers();
    let options = ReadOptions {
        knows: &|_| false,
        couriers: &couriers,
        cancelled: &|| false,
        progress: &|_| {},
    };
    read_remembering(path, &options, known)
}

/// The cells of the rows that are shipments, in the file's own `width` columns.
pub fn own_cells(file: &ImportedFile, width: usize) -> Vec<Vec<String>> {
    let rows = file.rows.iter().filter(|row| row.ignored.is_none());
    rows.map(|row| {
        let mut cells = row.cells.to_vec();
        cells.resize(cells.len().max(width), String::new());
        cells.truncate(width);
        cells
    })
    .collect()
}

/// What a row asks for, and what is wrong with it.
pub fn meaning(file: &ImportedFile) -> Vec<String> {
    let rows = file.rows.iter().filter(|row| row.ignored.is_none());
    rows.map(|row| {
        let problems: Vec<String> = row.problems.iter().map(|p| p.what.word()).collect();
        let parcels: Vec<String> = row
            .parcels
            .iter()
            .map(|p| format!("{}={}", p.courier.as_deref().unwrap_or("?"), p.tracking_no))
            .collect();
        format!(
            "{} {} {} {}",
            row.order_number.as_deref().unwrap_or("?"),
            parcels.join(" "),
            row.item_desc.as_deref().unwrap_or(""),
            problems.join(" ")
        )
    })
    .collect()
}
