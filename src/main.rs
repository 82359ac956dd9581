//! The window: reads the few arguments, starts the engine, opens the window.

use std::process::ExitCode;

use clap::Parser as _;
use fahuo::cli::WindowArgs;
use fahuo::ui::{self, Window};

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
    let (handle, _sandbox) = args.start(window.waker())?;
    window.open(handle, lang).map_err(|error| error.to_string())
}
