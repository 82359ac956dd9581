//! A checked or sent file as JSON, streamed row by row: 200,000 rows never stand in memory a second time.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::ahead::NextJson;
use super::batch_rows::{ParcelJson, RowView, Said, rows, say_problem};
use super::failures;
use super::output::{self, Console};
use crate::domain::CallFailure;
use crate::engine::{BatchPhase, BatchView, Snapshot};
use crate::i18n::explain::Names;
use crate::i18n::{Explained, Lang};

/// Writes the object around all files, and one file after another into it.
pub struct FilesJson<W: Write> {
    out: W,
    files: usize,
}

#[derive(Serialize)]
struct ProblemJson {
    kind: String,
    column: Option<String>,
    value: Option<String>,
    message: String,
    action: String,
}

#[derive(Serialize)]
struct RowJson<'a> {
    row: u32,
    status: &'static str,
    transaction_id: Option<&'a str>,
    parcels: Vec<ParcelJson<'a>>,
    problems: Vec<ProblemJson>,
    errcode: Option<i64>,
    rid: Option<&'a str>,
    #[serde(flatten)]
    next: NextJson,
}

impl<W: Write> FilesJson<W> {
    /// Opens the object.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"files\":[")?;
        Ok(Self { out, files: 0 })
    }

    /// Writes one file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, console: Console, batch: &BatchView, seen: &Snapshot) -> io::Result<()> {
        let lang = console.lang;
        let couriers = &seen.couriers;
        let names = Names { couriers };
        let problems: Vec<ProblemJson> = batch
            .file
            .problems
            .iter()
            .map(|problem| problem_json(lang, say_problem(lang, problem, batch, names)))
            .collect();
        let mut head = json!({
            "file": batch.file.name,
            "batch": if batch.id.0 == 0 { String::new() } else { batch.id.0.to_string() },
            "header_row": batch.file.header_row,
            "encoding": batch.file.encoding,
            "mapping": mapping(batch),
            "counts": batch.counts,
            "problems": problems,
        });
        if let (BatchPhase::Failed(failure), Some(head)) = (&batch.phase, head.as_object_mut()) {
            head.insert("failure".to_owned(), failure_json(lang, failure));
        }
        let head = head.to_string();
        let separator = if self.files > 0 { ",\n" } else { "\n" };
        self.files = self.files.saturating_add(1);
        self.out.write_all(separator.as_bytes())?;
        // The rows go inside the object that the head is: its last brace comes after them.
        let open = head.strip_suffix('}').unwrap_or(&head);
        self.out.write_all(open.as_bytes())?;
        self.out.write_all(b",\"rows\":[")?;
        for (index, row) in rows(batch).enumerate() {
            self.out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
            serde_json::to_writer(&mut self.out, &row_json(lang, &row, batch, seen))?;
        }
        self.out.write_all(b"]}")?;
        self.out.flush()
    }

    /// Closes the object.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }
}

fn row_json<'a>(lang: Lang, row: &'a RowView, batch: &BatchView, seen: &Snapshot) -> RowJson<'a> {
    let said = row.said(lang, batch, &seen.couriers, &seen.outbox);
    let next = row
        .shipment
        .as_deref()
        .map(|shipment| NextJson::of(shipment, &seen.outbox, output::now()));
    RowJson {
        row: row.row.row,
        status: row.status.word(),
        transaction_id: row.transaction_id(),
        parcels: row.parcels(),
        problems: said.into_iter().map(|said| problem_json(lang, said)).collect(),
        errcode: row.result().errcode(),
        rid: row.result().rid(),
        next: next.unwrap_or_default(),
    }
}

fn problem_json(lang: Lang, said: Said) -> ProblemJson {
    ProblemJson {
        kind: said.kind,
        column: said.column,
        value: said.value,
        message: message(lang, &said.words),
        action: said.words.action,
    }
}

/// Title and detail as one text.
pub fn message(lang: Lang, words: &Explained) -> String {
    let stop = match lang {
        Lang::ZhCn => "。",
        Lang::En => ". ",
    };
    if words.detail.is_empty() {
        words.title.clone()
    } else {
        format!("{}{stop}{}", words.title, words.detail)
    }
}

/// A failed call.
pub fn failure_json(lang: Lang, failure: &CallFailure) -> Value {
    let words = failures::explain(lang, failure);
    let kind = match serde_json::to_value(&failure.kind) {
        Ok(Value::Object(named)) => named.keys().next().cloned().map(Value::from),
        Ok(word) => Some(word),
        Err(_) => None,
    };
    json!({
        "kind": kind,
        "message": message(lang, &words),
        "action": words.action,
        "errcode": failure.errcode,
        "rid": failure.rid,
    })
}

/// Headings and the fields they are used for.
fn mapping(batch: &BatchView) -> Value {
    let mapped = batch.file.columns.iter().filter_map(|column| {
        let field = serde_json::to_value(column.field?).ok()?;
        Some((column.heading.clone(), field))
    });
    Value::Object(mapped.collect::<Map<String, Value>>())
}
