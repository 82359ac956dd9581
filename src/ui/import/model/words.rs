//! What is wrong with a row or a file, in words.

use crate::domain::{Column, CourierList, FileRow, Problem, Severity, column_letters};
use crate::engine::snapshot::BatchView;
use crate::i18n::explain::Names;
use crate::i18n::{Lang, explain_problem};

/// One problem of the chosen row, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemWords {
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub title: String,
    /// What that means for sending.
    pub detail: String,
    /// How to repair it.
    pub action: String,
    /// The cell: column letter and heading.
    pub place: String,
    /// The value as it stands in the file.
    pub value: String,
    /// The column of the cell.
    pub column: Option<usize>,
}

/// Everything that was found in a row, heaviest first.
pub fn problems(batch: &BatchView, index: usize, couriers: &CourierList, lang: Lang) -> Vec<ProblemWords> {
    let Some(planned) = batch.plan.get(index) else {
        return Vec::new();
    };
    in_words(&planned.problems, &batch.file.columns, couriers, lang)
}

/// What is wrong with the file as a whole.
pub fn file_problems(batch: &BatchView, couriers: &CourierList, lang: Lang) -> Vec<ProblemWords> {
    in_words(&batch.file.problems, &batch.file.columns, couriers, lang)
}

fn in_words(
    problems: &[Problem],
    columns: &[Column],
    couriers: &CourierList,
    lang: Lang,
) -> Vec<ProblemWords> {
    let names = Names { couriers };
    let mut all: Vec<ProblemWords> = problems
        .iter()
        .map(|problem| {
            let words = explain_problem(lang, problem, &names);
            let place = problem.column.map_or_else(String::new, |column| {
                let heading = columns.get(column).map_or("", |column| column.heading.as_str());
                place(column, heading)
            });
            ProblemWords {
                severity: problem.what.severity(),
                title: words.title,
                detail: words.detail,
                action: words.action,
                place,
                value: problem.value.clone().unwrap_or_default(),
                column: problem.column,
            }
        })
        .collect();
    all.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    all
}

/// The place of a cell: its column as a spreadsheet names it, and the heading. A column without a heading goes by its
/// letters alone.
pub fn place(column: usize, heading: &str) -> String {
    let letters = column_letters(column);
    if heading == letters {
        return letters;
    }
    format!("{letters} {}", crate::domain::plain_text::cell(heading))
        .trim()
        .to_owned()
}

/// What stands in the file where the order's number should.
pub(super) fn in_file(row: &FileRow) -> Option<String> {
    let column = row.order_column.filter(|_| row.ignored.is_none())?;
    row.cells.get(column).map(|cell| cell.trim().to_owned())
}
