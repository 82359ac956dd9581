//! `data`: how long personal data is kept, deleting it now, and everything as one file.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::expected::{Expected, whole};
use super::output;
use super::running::Running;
use super::saving::{exists, written};
use super::{Exit, Fail, question};
use crate::engine::command::DataAsk;
use crate::engine::retention::{LEAST_DAYS, MOST_DAYS};
use crate::engine::snapshot::Purged;
use crate::engine::{Command, Notice};
use crate::i18n::format;

/// How long the deleting may take.
const LIMIT: Duration = Duration::from_mins(30);

/// `data …`.
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// How long personal data is kept.
    Show,
    /// Keep it so long.
    Keep(KeepArgs),
    /// Delete what is older now.
    Purge(PurgeArgs),
    /// Write everything into one file.
    Export(ExportAllArgs),
}

/// `data keep`.
#[derive(Clone, Copy, Debug, Args)]
pub struct KeepArgs {
    /// Days; 0 for ever.
    #[arg(value_name = "DAYS", value_parser = read_days)]
    pub days: u32,
}

/// `data purge`.
#[derive(Clone, Copy, Debug, Args)]
pub struct PurgeArgs {
    /// What ended longer ago than so many days.
    #[arg(long, value_name = "DAYS", value_parser = whole::<u32>(1, MOST_DAYS.into()))]
    pub older_than: u32,
    /// Delete without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `data export`.
#[derive(Clone, Debug, Args)]
pub struct ExportAllArgs {
    /// Where to; a ZIP file.
    #[arg(value_name = "FILE.zip")]
    pub file: PathBuf,
    /// A file that is there may be replaced.
    #[arg(long)]
    pub force: bool,
}

fn read_days(typed: &str) -> Result<u32, Expected> {
    let days: Option<u32> = typed.trim().parse().ok();
    days.filter(|days| *days == 0 || (LEAST_DAYS..=MOST_DAYS).contains(days))
        .ok_or(Expected::Days {
            least: LEAST_DAYS,
            most: MOST_DAYS,
        })
}

/// Runs the command.
///
/// # Errors
/// When it cannot run.
pub fn run(running: &mut Running, command: &DataCommand) -> Result<Exit, Fail> {
    let about_an_account = matches!(command, DataCommand::Keep(_) | DataCommand::Purge(_));
    if about_an_account && running.snapshot().session.current.is_none() {
        return Err(Fail::cannot_run(running.console.text("cli-need-account", &[])));
    }
    match command {
        DataCommand::Show => show(running),
        DataCommand::Keep(args) => keep(running, *args),
        DataCommand::Purge(args) => purge(running, *args),
        DataCommand::Export(args) => export(running, args),
    }
}

fn show(running: &mut Running) -> Result<Exit, Fail> {
    let session = running.snapshot().session;
    let console = running.console;
    let mut out = io::stdout().lock();
    let (days, folder) = (session.data.keep_days, session.data_dir.display().to_string());
    if console.is_json() {
        writeln!(out, "{}", json!({ "keep_days": days, "data_dir": folder }))?;
        return Ok(Exit::Done);
    }
    let words = if days == 0 {
        console.text("settings-keep-forever", &[])
    } else {
        console.text("settings-keep-days", &[("days", days.into())])
    };
    writeln!(out, "{}: {words}", console.text("settings-keep", &[]))?;
    writeln!(out, "{folder}")?;
    Ok(Exit::Done)
}

fn keep(running: &mut Running, args: KeepArgs) -> Result<Exit, Fail> {
    running.send(Command::Data(DataAsk::KeepDays(args.days)));
    let limit = Some(Duration::from_secs(30));
    let kept = running.wait_for(limit, |snapshot, _| {
        (snapshot.session.data.keep_days == args.days).then_some(())
    });
    kept.map_err(|halt| running.fail(halt))?;
    show(running)
}

fn purge(running: &mut Running, args: PurgeArgs) -> Result<Exit, Fail> {
    let console = running.console;
    let days = [("days", args.older_than.into())];
    if !args.yes {
        output::say(&console.text("settings-delete-body", &[]));
        let ask = console.text("settings-delete-title", &days);
        if !question::confirm(console, &running.interrupt, &ask)? {
            let words = console.text("cli-nothing-deleted", &[]);
            return Err(Fail {
                exit: Exit::Stopped,
                words,
            });
        }
    }
    running.send(Command::Data(DataAsk::Purge {
        older_than_days: args.older_than,
    }));
    let purged = running.wait_for(Some(LIMIT), |_, notices| notices.iter().find_map(purged_of));
    let purged = purged.map_err(|halt| running.fail(halt))?;
    say(running, &purged)?;
    Ok(Exit::Done)
}

fn purged_of(notice: &Notice) -> Option<Purged> {
    if let Notice::Purged(purged) = notice {
        Some(*purged)
    } else {
        None
    }
}

fn say(running: &Running, purged: &Purged) -> io::Result<()> {
    let console = running.console;
    let mut out = io::stdout().lock();
    if console.is_json() {
        let counts = json!({
            "orders": purged.orders, "errands": purged.errands, "rows": purged.rows,
            "answers": purged.answers, "deeds": purged.deeds, "listed": purged.listed,
        });
        return writeln!(out, "{}", json!({ "deleted": counts }));
    }
    let args = [
        ("orders", format::count(purged.orders).into()),
        ("others", format::count(purged.others()).into()),
    ];
    writeln!(out, "{}", console.text("notice-purged", &args))
}

fn export(running: &mut Running, args: &ExportAllArgs) -> Result<Exit, Fail> {
    if args.file.exists() && !args.force {
        return Err(exists(running, &args.file));
    }
    running.send(Command::Data(DataAsk::Export {
        path: args.file.clone(),
        replace: args.force,
    }));
    Ok(written(running))
}
