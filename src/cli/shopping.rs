//! `shopping …`: details, shipping and verification of shopping orders from a file, and what came of earlier ones.

mod lines;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::expected::{Expected, count};
use super::running::{Halt, Running};
use super::{Exit, Fail, output, question, saving};
use crate::domain::shopping::{FileTrouble, sample};
use crate::domain::{ShoppingCall, ShoppingRecord, ShoppingState};
use crate::engine::{Command, Gate, ShoppingAsk, ShoppingFileView, ShoppingSource, TableFile};
use crate::i18n::{Lang, explain_shopping_trouble, format, shopping_call_name, text};

/// How long the reading of a file may take.
const READ_LIMIT: Duration = Duration::from_mins(2);
/// How long answers on their way are waited for after Ctrl-C.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// `shopping …`.
#[derive(Debug, Subcommand)]
pub enum ShoppingCommand {
    /// Upload combined shopping details.
    Details(ShoppingArgs),
    /// Upload combined shipping.
    Ship(ShoppingArgs),
    /// Ask how uploaded details came out.
    Verify(ShoppingArgs),
    /// List earlier calls.
    Results(ShoppingResultsArgs),
    /// Write a sample table.
    Sample(ShoppingSampleArgs),
}

/// A file of shopping orders.
#[derive(Debug, Args)]
pub struct ShoppingArgs {
    /// The file.
    #[arg(id = "shopping_file", value_name = "FILE")]
    pub file: PathBuf,
    /// Only check it.
    #[arg(id = "shopping_check", long = "check")]
    pub check: bool,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `shopping results`.
#[derive(Debug, Args)]
pub struct ShoppingResultsArgs {
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = count::<usize>())]
    pub limit: usize,
}

/// `shopping sample`.
#[derive(Debug, Args)]
pub struct ShoppingSampleArgs {
    /// Of which call.
    #[arg(id = "shopping_call", value_name = "details|ship|verify", value_parser = read_call)]
    pub call: ShoppingCall,
    /// The file.
    #[arg(id = "shopping_to", value_name = "FILE")]
    pub to: PathBuf,
}

fn read_call(typed: &str) -> Result<ShoppingCall, Expected> {
    let words = || Expected::Words(ShoppingCall::ALL.map(ShoppingCall::word).join(", "));
    ShoppingCall::of_word(typed.trim()).ok_or_else(words)
}

impl ShoppingCommand {
    /// It changes what buyers see, and nobody has agreed to that yet.
    pub fn asks(&self) -> bool {
        match self {
            Self::Details(args) | Self::Ship(args) => !args.check && !args.yes,
            Self::Verify(_) | Self::Results(_) | Self::Sample(_) => false,
        }
    }
}

/// Does what was asked.
///
/// # Errors
/// When it cannot run.
pub fn run(running: &mut Running, command: &ShoppingCommand) -> Result<Exit, Fail> {
    match command {
        ShoppingCommand::Details(args) => tell(running, ShoppingCall::Details, args),
        ShoppingCommand::Ship(args) => tell(running, ShoppingCall::Ship, args),
        ShoppingCommand::Verify(args) => tell(running, ShoppingCall::Verify, args),
        ShoppingCommand::Results(args) => {
            let console = running.console;
            let rows = Arc::clone(&running.snapshot().shopping.rows);
            let shown: Vec<Arc<ShoppingRecord>> = rows.iter().take(args.limit).cloned().collect();
            lines::results(console, &shown)?;
            Ok(Exit::Done)
        }
        ShoppingCommand::Sample(args) => write_sample(running, args),
    }
}

fn write_sample(running: &mut Running, args: &ShoppingSampleArgs) -> Result<Exit, Fail> {
    if args.to.exists() {
        return Err(saving::exists(running, &args.to));
    }
    let lang = running.console.lang;
    let (headings, rows) = sample(args.call, lang == Lang::ZhCn);
    running.send(Command::SaveTable(TableFile {
        path: args.to.clone(),
        replace: false,
        sheet: text(lang, "shopping-sample-sheet"),
        headings,
        rows,
    }));
    Ok(saving::written(running))
}

/// Reads a file, says what is wrong in it, asks, sends the rest and waits for every answer.
fn tell(running: &mut Running, call: ShoppingCall, args: &ShoppingArgs) -> Result<Exit, Fail> {
    let console = running.console;
    if !args.check {
        running.need_credentials()?;
    }
    let view = read(running, call, args)?;
    if let Some(trouble) = &view.file.trouble {
        if console.is_json() {
            lines::file(console, &view, &[])?;
        }
        let words = explain_shopping_trouble(console.lang, trouble);
        let exit = if *trouble == FileTrouble::Empty {
            Exit::SomeRows
        } else {
            Exit::CannotRun
        };
        return Err(Fail {
            exit,
            words: output::lines(&words),
        });
    }
    lines::say_problems(console, &view);
    if args.check || view.ready == 0 {
        if view.ready == 0 {
            console.say("cli-shopping-none", &[]);
        }
        lines::file(console, &view, &running.snapshot().shopping.rows)?;
        return Ok(if view.wrong > 0 {
            Exit::SomeRows
        } else {
            Exit::Done
        });
    }
    if call.is_write() && !args.yes {
        let words = [
            ("call", shopping_call_name(console.lang, call).into()),
            ("count", format::count(view.ready).into()),
        ];
        let question = console.text("cli-ask-shopping", &words);
        if !question::confirm(console, &running.interrupt, &question)? {
            return Err(Fail {
                exit: Exit::Stopped,
                words: console.text("cli-stopped-nothing-sent", &[]),
            });
        }
    }
    send(running, &view)
}

fn read(
    running: &mut Running,
    call: ShoppingCall,
    args: &ShoppingArgs,
) -> Result<Arc<ShoppingFileView>, Fail> {
    let from = ShoppingSource::File(args.file.clone());
    running.send(Command::Shopping(ShoppingAsk::Read { call, from }));
    let read = running.wait_for(Some(READ_LIMIT), |snapshot, _| snapshot.shopping.file.clone());
    read.map_err(|halt| running.fail(halt))
}

/// Sends what is ready. Ctrl-C takes back what has not left; the answers on their way are waited for.
fn send(running: &mut Running, view: &ShoppingFileView) -> Result<Exit, Fail> {
    let console = running.console;
    running.send(Command::Shopping(ShoppingAsk::SendFile(view.serial)));
    let mut progress = console.progress();
    let end = running.wait_for(None, |snapshot, _| {
        let shopping = &snapshot.shopping;
        // The file counts as sent in the very snapshot that has its orders in line.
        let is_sent = shopping.file.as_ref().is_some_and(|file| file.sent);
        if is_sent && shopping.open > 0 {
            let args = [
                (
                    "done",
                    format::count(view.ready.saturating_sub(shopping.open)).into(),
                ),
                ("open", format::count(shopping.open).into()),
            ];
            progress.show(&console.text("cli-shopping-progress", &args));
        }
        let is_stuck = snapshot.outbox.gate == Gate::StoreFailed;
        (is_stuck || (is_sent && shopping.open == 0)).then_some(())
    });
    progress.clear();
    let is_stopped = match end {
        Ok(()) => false,
        Err(Halt::Interrupted) => {
            console.say("cli-stopping", &[]);
            running.send(Command::Shopping(ShoppingAsk::CancelAll));
            // What is not answered by then is unclear in the journal.
            running
                .wait_out(ANSWER_LIMIT, |snapshot, _| {
                    (snapshot.shopping.open == 0).then_some(())
                })
                .ok();
            true
        }
        Err(halt) => return Err(running.fail(halt)),
    };
    let snapshot = running.snapshot();
    lines::file(console, view, &snapshot.shopping.rows)?;
    if snapshot.outbox.gate == Gate::StoreFailed {
        return Err(Fail::cannot_run(console.text("cli-end-store-failed", &[])));
    }
    if is_stopped {
        return Ok(Exit::Stopped);
    }
    let is_done = |state: &ShoppingState| state.is_there() || matches!(state, ShoppingState::Said(_));
    let mut found = view
        .file
        .ready()
        .map(|order| lines::record_of(order, &snapshot.shopping.rows));
    let all = found.all(|record| record.is_some_and(|record| is_done(&record.state)));
    Ok(if all && view.wrong == 0 {
        Exit::Done
    } else {
        Exit::SomeRows
    })
}
