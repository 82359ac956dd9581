//! The columns that a file of results gets beside the file's own.

use super::{Explained, Names, explain_problem, explain_shipment};
use crate::domain::{FileNotSaved, FileSaved, Problem, ProblemKind, RowResult, RowWords, State};
use crate::i18n::{Lang, format, row_status_name, text, text_with};

/// The words of a file of results in a language.
pub fn result_words(lang: Lang) -> RowWords {
    RowWords {
        headings: result_headings(lang),
        of_row: match lang {
            Lang::ZhCn => |row, couriers| result_notes(Lang::ZhCn, row, &Names { couriers }),
            Lang::En => |row, couriers| result_notes(Lang::En, row, &Names { couriers }),
        },
    }
}

/// The headings of the added columns. The reader knows them by the name of the program at their beginning.
pub fn result_headings(lang: Lang) -> Vec<String> {
    [
        "result-row",
        "result-status",
        "result-code",
        "result-reason",
        "result-action",
        "result-rid",
    ]
    .map(|id| text(lang, id))
    .into()
}

/// The cells of a row under [`result_headings`].
pub fn result_notes(lang: Lang, row: &RowResult<'_>, names: &Names<'_>) -> Vec<String> {
    let blocking = || row.problems.iter().filter(|problem| problem.blocks());
    let said: Vec<Explained> = blocking()
        .map(|problem| explain_in_file(lang, problem, names))
        .chain(row.state.and_then(|state| explain_end(lang, state)))
        .collect();
    let code = match row.errcode() {
        Some(code) => code.to_string(),
        None => blocking()
            .next()
            .map_or(String::new(), |problem| problem.what.word()),
    };
    let join = |part: &dyn Fn(&Explained) -> String| -> String {
        let mut parts: Vec<String> = Vec::new();
        for words in said.iter().map(part).filter(|words| !words.is_empty()) {
            if !parts.contains(&words) {
                parts.push(words);
            }
        }
        parts.join(&text(lang, "result-join")).replace(['\n', '\r'], " ")
    };
    vec![
        row.row.to_string(),
        row_status_name(lang, row.status),
        code,
        join(&|words| match words.detail.as_str() {
            "" => words.title.clone(),
            detail => {
                let args = [("title", (&words.title).into()), ("detail", detail.into())];
                text_with(lang, "result-told", &args)
            }
        }),
        join(&|words| words.action.clone()),
        row.rid().unwrap_or_default().to_owned(),
    ]
}

/// A problem in words for somebody who has the file of results before them, where rows stand together that did not.
fn explain_in_file(lang: Lang, problem: &Problem, names: &Names<'_>) -> Explained {
    let mut words = explain_problem(lang, problem, names);
    if matches!(problem.what, ProblemKind::DuplicateConflict { .. }) {
        words.action = text(lang, "result-conflict-action");
    }
    words
}

/// Why a shipment has stopped.
fn explain_end(lang: Lang, state: &State) -> Option<Explained> {
    let stopped = matches!(state, State::Rejected(_) | State::NeedsPerson(_));
    stopped.then(|| explain_shipment(lang, state))
}

/// A file was put down.
pub fn explain_saved(lang: Lang, saved: &FileSaved) -> String {
    let id = match (saved.masked, saved.encoding) {
        (true, _) => "file-saved-masked",
        (false, Some(_)) => "file-saved-encoding",
        (false, None) => "file-saved",
    };
    let args = [
        ("name", (&saved.name).into()),
        ("count", format::count(saved.rows).into()),
        (
            "encoding",
            saved.encoding.unwrap_or_default().to_uppercase().into(),
        ),
    ];
    text_with(lang, id, &args)
}

/// A file was not put down.
pub fn explain_not_saved(lang: Lang, name: &str, why: &FileNotSaved) -> String {
    let (id, told) = match why {
        FileNotSaved::Exists => ("file-not-saved-exists", ""),
        FileNotSaved::IsTheSource => ("file-not-saved-source", ""),
        FileNotSaved::NoRows => ("file-not-saved-no-rows", ""),
        FileNotSaved::TooMuch => ("file-not-saved-too-much", ""),
        FileNotSaved::Closed => ("file-not-saved-closed", ""),
        FileNotSaved::HoldsSecret => ("file-not-saved-secret", ""),
        FileNotSaved::Failed(why) => ("file-not-saved", why.as_str()),
    };
    text_with(lang, id, &[("name", name.into()), ("why", told.into())])
}
