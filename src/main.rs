//! The window: reads the few arguments, starts the engine, opens the window.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use fahuo::cli::WindowArgs;
use fahuo::sound::Speaker;
use fahuo::ui::practice::{Mode, Running, Starter};
use fahuo::ui::{self, App, Window};

fn main() -> ExitCode {
    match run(WindowArgs::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{}", words.trim_end());
            ExitCode::from(2)
        }
    }
}

fn run(args: WindowArgs) -> Result<(), String> {
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
    window.open(app).map_err(|error| error.to_string())
}
