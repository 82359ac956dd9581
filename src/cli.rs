//! The command line: arguments become commands, snapshots become text or JSON.
//!
//! Apart from the window because it has no frames: each command here is a short story with an exit code.

mod account_args;
mod account_secrets;
mod accounts;
mod ahead;
mod args;
mod args_words;
mod batch;
mod batch_json;
mod batch_rows;
mod batch_text;
mod columns;
mod combined;
mod combined_form;
mod data;
mod doctor;
mod earlier;
mod env_credentials;
mod errand_args;
mod errand_lines;
mod errands;
mod errands_left;
mod events;
mod events_args;
mod expected;
mod failures;
mod follow;
mod history;
mod inbox;
mod interrupt;
mod json_place;
mod jump_path;
mod misuse;
mod opening;
mod orders;
mod output;
mod pay;
mod probe;
mod question;
mod report;
mod running;
mod sandbox;
mod saving;
mod secret_file;
mod setup;
mod shell;
mod shipments;
mod shopping;
mod table;
mod team;
mod verify;
mod waits;
mod window;

use std::cell::RefCell;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use args::{AccountCommand, Cli, Command, TeamCommand};
use errand_args::JumpPathCommand;
use events_args::EventsCommand;
use output::Console;
use pay::PayCommand;
use running::Running;
use setup::Purpose;

pub use setup::default_data_dir;
pub use window::{Pictures, WindowArgs};

use crate::engine::TeamEdit;
use crate::i18n::Lang;
use crate::logbook::{self, Field, Level, Log};

/// How a run ended, as scripts see it. The larger the number, the more somebody must care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// 0: everything done.
    Done,
    /// 1: some rows were blocked, refused or need a person; the rest is done.
    SomeRows,
    /// 2: could not run (usage, settings, file, account).
    CannotRun,
    /// 3: stopped before the end; `resume` goes on.
    Stopped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::SomeRows => Self::from(1),
            Exit::CannotRun => Self::from(2),
            Exit::Stopped => Self::from(3),
        }
    }
}

/// The end of a run that has to be explained.
#[derive(Debug)]
struct Fail {
    /// The exit code.
    exit: Exit,
    /// For stderr; may be empty.
    words: String,
}

impl Fail {
    /// It could not run.
    fn cannot_run(words: String) -> Self {
        Self {
            exit: Exit::CannotRun,
            words,
        }
    }
}

impl From<io::Error> for Fail {
    fn from(error: io::Error) -> Self {
        // Whoever reads our results may have enough of them (`fahuoctl … | head`).
        let words = if error.kind() == io::ErrorKind::BrokenPipe {
            String::new()
        } else {
            error.to_string()
        };
        Self::cannot_run(words)
    }
}

/// Runs the command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = misuse::early_lang(&args);
    let cli = match args::parse(&args, lang) {
        Ok(cli) => cli,
        Err(error) => return misuse::answer(lang, &error).into(),
    };
    if let Some(level) = cli.global.log_level {
        logbook::set_level(level);
    }
    let log = RefCell::new(None);
    let exit = match dispatch(cli, lang, &log) {
        Ok(exit) => exit,
        Err(fail) => {
            if !fail.words.is_empty() {
                output::say(&fail.words);
            }
            fail.exit
        }
    };
    if let Some(log) = log.take() {
        note_end(&log, exit);
    }
    exit.into()
}

/// The last line of a run in the log: how it ended, as the scheduler sees it.
fn note_end(log: &Log, exit: Exit) {
    let level = match exit {
        Exit::Done => Level::Info,
        Exit::SomeRows | Exit::Stopped => Level::Warn,
        Exit::CannotRun => Level::Error,
    };
    let code = [("exit", Field::Number(exit as i64))];
    log.note(output::now(), level, "ended", &code);
}

fn dispatch(cli: Cli, lang: Lang, log: &RefCell<Option<Log>>) -> Result<Exit, Fail> {
    let Cli { global, command, .. } = cli;
    let console = Console::new(lang, global.format);
    let start = |purpose| {
        let running = Running::start(console, &global, purpose)?;
        log.replace(Some(running.log()));
        Ok::<_, Fail>(running)
    };
    match command {
        Command::Check(args) => batch::check(&mut start(Purpose::Work)?, &args),
        Command::Ship(args) => {
            question::may_ask(console, args.yes)?;
            let mut running = start(Purpose::Work)?;
            team::allow_without_claims(&running, args.without_claims);
            batch::ship(&mut running, &args)
        }
        Command::Resume(args) => {
            let mut running = start(Purpose::Resume)?;
            team::allow_without_claims(&running, args.without_claims);
            shipments::resume(&mut running)
        }
        Command::Cancel => earlier::cancel(&mut start(Purpose::Work)?),
        Command::Template(args) => saving::template(&mut start(Purpose::Work)?, &args),
        Command::Orders(args) => orders::list(&mut start(Purpose::Work)?, args),
        Command::Order(args) => orders::show(&mut start(Purpose::Work)?, &args),
        Command::Account(command) => account(console, &start, command),
        Command::Team(command) => in_team(console, &start, command),
        Command::Doctor(args) => doctor::run(&mut start(Purpose::Work)?, &args),
        Command::Couriers => orders::couriers(&mut start(Purpose::Work)?),
        Command::History(args) if args.find.is_empty() => {
            shipments::history(&mut start(Purpose::Work)?, &args)
        }
        Command::History(args) => history::lines(&mut start(Purpose::Work)?, &args.find, args.limit),
        Command::Export(args) => history::export(&mut start(Purpose::Work)?, &args),
        Command::Remind(args) => errands::remind(&mut start(Purpose::Work)?, &args),
        Command::ShipCombined(args) => {
            question::may_ask(console, args.yes)?;
            combined::ship(&mut start(Purpose::Work)?, &args)
        }
        Command::Report(command) => errands::report(&mut start(Purpose::Work)?, &command),
        Command::JumpPath(JumpPathCommand::Show) => jump_path::show(&mut start(Purpose::Work)?),
        Command::JumpPath(JumpPathCommand::Set(args)) => {
            question::may_ask(console, args.yes)?;
            jump_path::set(&mut start(Purpose::Work)?, &args)
        }
        Command::Shopping(command) => {
            question::may_ask(console, !command.asks())?;
            shopping::run(&mut start(Purpose::Work)?, &command)
        }
        Command::Pay(PayCommand::Query(args)) => {
            let given = pay::given_by(&setup::process_env);
            pay::query(&mut start(Purpose::Work)?, &args, given)
        }
        Command::Pay(PayCommand::Setup(args)) => pay::setup(&mut start(Purpose::Accounts)?, args),
        Command::Events(EventsCommand::List(args)) => events::list(&mut start(Purpose::Work)?, &args),
        Command::Events(EventsCommand::Add(args)) => {
            let keys = events::keys_from(&setup::process_env);
            events::add(&mut start(Purpose::Work)?, &args, keys)
        }
        Command::Events(EventsCommand::Listen(args)) => {
            let keys = events::keys_from(&setup::process_env);
            events::listen(&mut start(Purpose::Work)?, &args, keys)
        }
        Command::Events(EventsCommand::Keys) => events::keys(&mut start(Purpose::Accounts)?),
        Command::Sandbox(args) => sandbox::serve(console, &args),
        Command::Data(command) => {
            if let data::DataCommand::Purge(args) = &command {
                question::may_ask(console, args.yes)?;
            }
            data::run(&mut start(Purpose::Work)?, &command)
        }
        Command::Completions(args) => shell::completions(console, args),
        Command::Man(args) => shell::man(console, &args),
    }
}

/// Starts the engine for a command.
type Start<'a> = &'a dyn Fn(Purpose) -> Result<Running, Fail>;

fn account(console: Console, start: Start<'_>, command: AccountCommand) -> Result<Exit, Fail> {
    match command {
        AccountCommand::Add(args) => {
            let edit = accounts::read_edit(console, *args)?;
            accounts::add(&mut start(Purpose::Accounts)?, edit)
        }
        AccountCommand::Renew(args) => accounts::renew(&mut start(Purpose::Accounts)?, &args),
        AccountCommand::List => accounts::list(&mut start(Purpose::Accounts)?),
        AccountCommand::Remove(args) => accounts::remove(&mut start(Purpose::Accounts)?, &args),
        AccountCommand::Test(args) => {
            let mut running = start(Purpose::Work)?;
            if let Some(name) = &args.name {
                running.select_account(name)?;
            }
            accounts::doctor(&mut running)
        }
    }
}

fn in_team(console: Console, start: Start<'_>, command: TeamCommand) -> Result<Exit, Fail> {
    match command {
        TeamCommand::Join(args) => {
            let edit = team::read_edit(console, &args, &setup::process_env)?;
            team::save(&mut start(Purpose::Accounts)?, edit)
        }
        TeamCommand::Leave => team::save(&mut start(Purpose::Accounts)?, TeamEdit::default()),
        TeamCommand::Show => team::show(&mut start(Purpose::Accounts)?),
    }
}
