//! The window: reads the few arguments, starts the engine (and for the sandbox the pretend WeChat), opens
//! the window.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use fahuo::engine::{self, Config, Credentials, KeyStoreChoice, Secret};
use fahuo::i18n::Lang;
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use fahuo::ui::{self, Args};

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprint!("{words}");
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<(), String> {
    ui::check_display().map_err(|error| error.to_string())?;
    let lang = args.lang.unwrap_or_else(Lang::system);
    let folder = args.data_dir.or_else(fahuo::cli::default_data_dir);
    let mut config = Config {
        data_dir: folder.ok_or_else(|| ui::explain_start_error(&engine::StartError::System("HOME")))?,
        base_url: args.api_base,
        sandbox: args.sandbox,
        credentials: None,
        quiet: None,
        key_store: KeyStoreChoice::System,
        resume_at_start: false,
    };
    // Dropped after the engine, which may still wait for answers of the pretend WeChat.
    let mut _sandbox = None;
    if args.sandbox {
        let no_sandbox = |_io| ui::explain_start_error(&engine::StartError::System("127.0.0.1"));
        let simulator = Simulator::start(SimConfig::default()).map_err(no_sandbox)?;
        let fresh =
            tempfile::tempdir().map_err(|io| ui::explain_start_error(&engine::StartError::Folder(io)))?;
        config.base_url = Some(simulator.base_url());
        fresh.path().clone_into(&mut config.data_dir);
        config.credentials = Some(Credentials {
            appid: SANDBOX_APPID.to_owned(),
            secret: Secret::new(SANDBOX_APP_SECRET.to_owned()),
            access_token: None,
            sender_contact: None,
        });
        config.quiet = Some(Duration::from_secs(2));
        config.key_store = KeyStoreChoice::Memory;
        _sandbox = Some((simulator, fresh));
    }
    let ctx = egui::Context::default();
    let waker = ctx.clone();
    let handle = engine::start(config, move || waker.request_repaint())
        .map_err(|error| ui::explain_start_error(&error))?;
    ui::open(handle, &ctx, lang).map_err(|error| error.to_string())
}
