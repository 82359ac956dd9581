//! The window: reads the few arguments, starts the engine, opens the window.

use std::process::ExitCode;

use clap::Parser as _;
use fahuo::engine::{self, Config, KeyStoreChoice};
use fahuo::i18n::Lang;
use fahuo::ui::{self, Args};

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprint!("{words}");
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<(), String> {
    let ctx = egui::Context::default();
    let waker = ctx.clone();
    let config = Config {
        data_dir: args.data_dir.unwrap_or_default(),
        base_url: args.api_base,
        sandbox: args.sandbox,
        credentials: None,
        quiet: None,
        key_store: KeyStoreChoice::System,
        resume_at_start: false,
    };
    let handle = engine::start(config, move || waker.request_repaint())
        .map_err(|error| ui::explain_start_error(&error))?;
    ui::open(handle, &ctx, args.lang.unwrap_or_else(Lang::system)).map_err(|error| error.to_string())
}
