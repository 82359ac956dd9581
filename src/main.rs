//! The window: reads the few arguments, starts the engine, opens the window.
// Windows opens a console beside a program that does not say that it needs none.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use fahuo::cli::{Pictures, WindowArgs};
use fahuo::domain::OrderQuery;
use fahuo::engine::command::{Command, Preference};
use fahuo::sound::Speaker;
use fahuo::ui::practice::{Mode, Running, Starter};
use fahuo::ui::{self, App, Page, Window};

fn main() -> ExitCode {
    fahuo::process::leave_nothing_behind();
    let args = match WindowArgs::try_parse() {
        Ok(args) => args,
        // The help and the version were asked for.
        Err(asked) if !asked.use_stderr() => {
            drop(asked.print());
            return ExitCode::SUCCESS;
        }
        Err(misuse) => return fail(&misuse.to_string()),
    };
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => fail(&words),
    }
}

/// Says why there is no window, in the terminal and, where there is none, in a dialog.
fn fail(words: &str) -> ExitCode {
    let words = words.trim_end();
    // A standard error that is closed must not hide the dialog.
    drop(writeln!(std::io::stderr(), "{words}"));
    ui::no_window::say(words);
    ExitCode::from(2)
}

fn run(args: WindowArgs) -> Result<(), String> {
    if args.pictures().pages {
        return print_pages();
    }
    // Before anything is started: without a display the way to work is the terminal.
    ui::check_display().map_err(|error| error.to_string())?;
    let lang = args.lang();
    let window = Window::default();
    let again = args.clone();
    let wake = Arc::new(window.waker());
    let start = move |args: WindowArgs| {
        let wake = Arc::clone(&wake);
        args.start(move || wake())
    };
    let can_change = !args.is_sandbox();
    let (file, pictures) = (args.file(), args.pictures().clone());
    let (handle, _sandbox) = start(args)?;
    let mut app = App::new(handle, lang).with_speaker(Speaker::system());
    if can_change {
        app = app.with_starter(Starter::new(move |mode| {
            let args = match mode {
                Mode::Work => again.clone(),
                Mode::Practice => again.practising(),
            };
            let (handle, sandbox) = start(args)?;
            let keeps = Box::new(sandbox);
            Ok(Running { handle, keeps })
        }));
    }
    show_first(&mut app, file, pictures)?;
    window.open(app).map_err(|error| error.to_string())
}

/// The names that `--page` takes, one on a line.
fn print_pages() -> Result<(), String> {
    let mut out = std::io::stdout();
    for page in Page::ALL {
        writeln!(out, "{}", page.word()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What was asked for on the command line.
fn show_first(app: &mut App, file: Option<PathBuf>, pictures: Pictures) -> Result<(), String> {
    if let Some(name) = pictures.page {
        let page = Page::ALL.iter().find(|page| page.word() == name);
        let page = page.ok_or_else(|| format!("there is no page {name}"))?;
        app.open_page(*page);
        app.ask(Command::RefreshOrders(OrderQuery::default()));
    }
    if let Some(theme) = pictures.theme {
        app.ask(Command::Prefer(Preference::Theme(theme)));
    }
    if let Some(zoom) = pictures.zoom {
        app.ask(Command::Prefer(Preference::ZoomPercent(zoom)));
    }
    if let Some(file) = file {
        app.ask(Command::OpenFile(file));
        app.open_page(Page::Import);
    }
    Ok(())
}
