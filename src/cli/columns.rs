//! What somebody says on the command line about the columns of a file: that they are to be read as it was decided
//! once, or that a file without a header is understood rightly. Apart from `batch`, which checks and sends.

use clap::Args;

use super::Fail;
use super::output::Console;
use super::running::Running;
use crate::domain::{Column, Field, ProblemKind};
use crate::engine::{BatchPhase, BatchView, Command, RememberedMapping};
use crate::i18n::field_name;

/// What is said about columns.
#[derive(Debug, Default, Args)]
pub struct ColumnArgs {
    /// A remembered mapping, by its name or by how only one of them begins.
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// A file without a header is read as its values tell.
    #[arg(long)]
    pub confirm_columns: bool,
}

/// The mapping that was asked for.
///
/// # Errors
/// When there is none of this name, or several begin like it; says which there are.
pub fn wished(running: &mut Running, args: &ColumnArgs) -> Result<Option<RememberedMapping>, Fail> {
    let Some(typed) = args.mapping.as_deref().map(str::trim) else {
        return Ok(None);
    };
    let known = running.snapshot().mappings;
    let console = running.console;
    match find(typed, &known).as_slice() {
        [mapping] => Ok(Some((*mapping).clone())),
        [] => {
            let named: Vec<&RememberedMapping> = known.iter().filter(|one| !one.name.is_empty()).collect();
            let id = if named.is_empty() {
                "cli-mapping-none"
            } else {
                "cli-mapping-unknown"
            };
            Err(refusal(console, id, typed, &named))
        }
        several => Err(refusal(console, "cli-mapping-ambiguous", typed, several)),
    }
}

/// Those of exactly this name, and if there are none those whose name begins like it.
fn find<'a>(typed: &str, known: &'a [RememberedMapping]) -> Vec<&'a RememberedMapping> {
    let typed = typed.to_lowercase();
    let all = |fits: &dyn Fn(&str) -> bool| -> Vec<&'a RememberedMapping> {
        let named = known.iter().filter(|one| !one.name.is_empty());
        named.filter(|one| fits(&one.name.to_lowercase())).collect()
    };
    if typed.is_empty() {
        return Vec::new();
    }
    let exactly = all(&|name| name == typed);
    if exactly.is_empty() {
        all(&|name| name.starts_with(&typed))
    } else {
        exactly
    }
}

fn refusal(console: Console, id: &str, typed: &str, choice: &[&RememberedMapping]) -> Fail {
    let separator = console.text("list-separator", &[]);
    let names: Vec<&str> = choice.iter().map(|one| one.name.as_str()).collect();
    let args = [("name", typed.into()), ("known", names.join(&separator).into())];
    Fail::cannot_run(console.text(id, &args))
}

/// A mapping that names no column of the file cannot be meant for it.
///
/// # Errors
/// When it is so.
pub fn must_fit(console: Console, mapping: &RememberedMapping, batch: &BatchView) -> Result<(), Fail> {
    let columns = &batch.file.columns;
    let named = |(heading, _): &(String, Option<Field>)| columns.iter().any(|one| one.heading == *heading);
    if columns.is_empty() || mapping.mapping.iter().any(named) {
        return Ok(());
    }
    let args = [
        ("name", (&mapping.name).into()),
        ("file", (&batch.file.name).into()),
    ];
    Err(Fail::cannot_run(console.text("cli-mapping-other-file", &args)))
}

/// The file has no header and waits for somebody to say what its columns hold.
pub fn waits_for_word(batch: &BatchView) -> bool {
    let asks = |kind: &ProblemKind| *kind == ProblemKind::NoHeader;
    batch.phase == BatchPhase::Unusable && batch.file.problems.iter().any(|problem| asks(&problem.what))
}

/// Says how the columns of such a file are understood. The result is what confirms it; `None` when the values leave
/// open where the order or the parcel stands, or nobody has confirmed it.
pub fn confirm(console: Console, batch: &BatchView, args: &ColumnArgs) -> Option<Command> {
    let columns = &batch.file.columns;
    let has = |fields: &[Field]| {
        let of = |column: &Column| column.field.is_some_and(|field| fields.contains(&field));
        columns.iter().any(of)
    };
    let clear = has(&[Field::TransactionId, Field::OutTradeNo]) && has(&[Field::TrackingNo]);
    let id = match (clear, args.confirm_columns) {
        (false, _) => "cli-columns-open",
        (true, false) => "cli-columns-ask",
        (true, true) => "cli-columns-confirmed",
    };
    let words = [
        ("file", (&batch.file.name).into()),
        ("columns", told(console, columns).into()),
    ];
    console.say(id, &words);
    (clear && args.confirm_columns).then(|| Command::RememberMapping {
        headings: columns.iter().map(|column| column.heading.clone()).collect(),
        mapping: columns
            .iter()
            .map(|column| (column.heading.clone(), column.field))
            .collect(),
    })
}

/// `A = tracking number`, for those that are used.
fn told(console: Console, columns: &[Column]) -> String {
    let used = columns.iter().filter_map(|column| {
        let args = [
            ("column", (&column.heading).into()),
            ("field", field_name(console.lang, column.field?).into()),
        ];
        Some(console.text("cli-column-is", &args))
    });
    used.collect::<Vec<_>>()
        .join(&console.text("list-separator", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_found_by_its_name_or_by_how_it_alone_begins() {
        let known: Vec<RememberedMapping> = ["East", "east 2", "East 21", "西仓", "", "西店"]
            .map(|name| RememberedMapping {
                name: name.to_owned(),
                ..RememberedMapping::default()
            })
            .into();
        for (typed, expected) in [
            ("east", &["East"][..]),
            ("EAST 2", &["east 2"]),
            ("eas", &["East", "east 2", "East 21"]),
            ("西", &["西仓", "西店"]),
            ("西仓", &["西仓"]),
            ("西仓库", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = find(typed, &known).iter().map(|one| one.name.as_str()).collect();
            assert_eq!(found, expected, "{typed}");
        }
    }
}
