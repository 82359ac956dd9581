//! Files that go out from the command line: rows with what became of them, and WeChat's own template. Apart from
//! `batch`, which checks and sends.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::running::Running;
use super::{Exit, Fail};
use crate::domain::{RowsOut, ShipmentId, State};
use crate::engine::{BatchView, Command, Notice, ResultFile};
use crate::i18n::{explain_not_saved, explain_saved, result_words};

/// How long a file may take to be written.
const WRITE_LIMIT: Duration = Duration::from_mins(5);

/// Files of results.
#[derive(Debug, Default, Args)]
pub struct SaveArgs {
    /// Where the rows go that have to be repaired.
    #[arg(long, value_name = "FILE")]
    pub failures: Option<PathBuf>,
    /// Where the rows go that WeChat holds.
    #[arg(long, value_name = "FILE")]
    pub successes: Option<PathBuf>,
    /// Files that are there may be replaced.
    #[arg(long)]
    pub force: bool,
}

/// `template`.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// Where to; `.xlsx` or `.csv`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A file that is there may be replaced.
    #[arg(long)]
    pub force: bool,
}

/// Before anything is sent: the files that are to be written have a place, and there is one imported file to fill
/// them.
///
/// # Errors
/// What stands in the way.
pub fn may_save(running: &Running, save: &SaveArgs, files: &[PathBuf]) -> Result<(), Fail> {
    let wished: Vec<&Path> = [&save.failures, &save.successes]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    let console = running.console;
    if !wished.is_empty() && files.len() > 1 {
        return Err(Fail::cannot_run(console.text("cli-save-one-file", &[])));
    }
    for path in wished {
        let name = path.display().to_string();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            let words = console.text("cli-save-no-folder", &[("name", name.into())]);
            return Err(Fail::cannot_run(words));
        }
        if path.exists() && !save.force {
            return Err(exists(running, path));
        }
    }
    Ok(())
}

pub(super) fn exists(running: &Running, path: &Path) -> Fail {
    let name = path.display().to_string();
    Fail::cannot_run(running.console.text("cli-save-exists", &[("name", name.into())]))
}

/// Writes the files that were asked for.
pub fn save(running: &mut Running, wish: &SaveArgs, batch: &BatchView) -> Exit {
    let wishes = [
        (RowsOut::Failures, &wish.failures),
        (RowsOut::Successes, &wish.successes),
    ];
    let mut worst = Exit::Done;
    for (out, path) in wishes {
        if let Some(path) = path {
            worst = worst.max(save_rows(running, batch, out, path, wish.force));
        }
    }
    worst
}

fn save_rows(running: &mut Running, batch: &BatchView, out: RowsOut, path: &Path, replace: bool) -> Exit {
    let console = running.console;
    if batch.results(out).next().is_none() {
        let id = match out {
            RowsOut::Failures => "cli-save-no-failures",
            RowsOut::Successes => "cli-save-no-successes",
        };
        console.say(id, &[("name", path.display().to_string().into())]);
        return Exit::Done;
    }
    running.send(Command::SaveResults(ResultFile {
        batch: batch.id,
        path: path.to_owned(),
        replace,
        out,
        words: result_words(console.lang),
    }));
    written(running)
}

/// Writes the orders that WeChat refused into its own template.
///
/// # Errors
/// When it cannot run.
pub fn template(running: &mut Running, args: &TemplateArgs) -> Result<Exit, Fail> {
    if args.file.exists() && !args.force {
        return Err(exists(running, &args.file));
    }
    let refused = |state: &State| matches!(state, State::Rejected(refusal) if !refusal.refunded);
    let rows = Arc::clone(&running.snapshot().outbox.rows);
    let shipments: Vec<ShipmentId> = rows
        .iter()
        .filter(|shipment| refused(&shipment.state))
        .map(|shipment| shipment.id)
        .collect();
    if shipments.is_empty() {
        running.console.say("cli-template-none", &[]);
        return Ok(Exit::Done);
    }
    running.send(Command::SaveTemplate {
        path: args.file.clone(),
        replace: args.force,
        shipments,
    });
    let exit = written(running);
    if exit == Exit::Done {
        running.console.say("cli-template-next", &[]);
    }
    Ok(exit)
}

/// Waits until the file is written, and says how it went.
pub(super) fn written(running: &mut Running) -> Exit {
    let console = running.console;
    let said = running.wait_out(WRITE_LIMIT, |_, notices| {
        notices.iter().find_map(|notice| {
            if let Notice::FileSaved(saved) = notice {
                Some((Exit::Done, explain_saved(console.lang, saved)))
            } else if let Notice::FileNotSaved { name, why } = notice {
                Some((Exit::CannotRun, explain_not_saved(console.lang, name, why)))
            } else {
                None
            }
        })
    });
    match said {
        Ok((exit, words)) => {
            super::output::say(&words);
            exit
        }
        Err(halt) => {
            super::output::say(&running.fail(halt).words);
            Exit::CannotRun
        }
    }
}
