//! The window: reads the few arguments, starts the engine (and for the sandbox the pretend WeChat), opens
//! the window.

use std::process::ExitCode;

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
    // Dropped last: the engine may still wait for answers of the pretend WeChat.
    let sandbox = args.sandbox.then(sandbox).transpose()?;
    let ctx = egui::Context::default();
    let waker = ctx.clone();
    let fresh = sandbox.as_ref().map(|(_, folder)| folder.path().to_owned());
    let config = Config {
        data_dir: fresh.or(args.data_dir).map_or_else(engine_folder, Ok)?,
        base_url: sandbox.as_ref().map(|(sim, _)| sim.base_url()).or(args.api_base),
        sandbox: args.sandbox,
        credentials: args.sandbox.then(|| Credentials {
            appid: SANDBOX_APPID.to_owned(),
            secret: Secret::new(SANDBOX_APP_SECRET.to_owned()),
            access_token: None,
            sender_contact: Some("13800001234".to_owned()),
        }),
        quiet: None,
        key_store: if args.sandbox {
            KeyStoreChoice::Memory
        } else {
            KeyStoreChoice::System
        },
        resume_at_start: false,
    };
    let handle = engine::start(config, move || waker.request_repaint())
        .map_err(|error| ui::explain_start_error(&error))?;
    ui::open(handle, &ctx, lang).map_err(|error| error.to_string())
}
