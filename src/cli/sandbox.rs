//! `sandbox`: the simulator as a server of its own, until it is stopped.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::expected::{count, whole};
use super::interrupt::Interrupt;
use super::output::Console;
use super::{Exit, Fail};
use crate::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator, fault_file};

/// `sandbox`.
#[derive(Debug, Args)]
pub struct SandboxArgs {
    /// The TCP port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0, value_parser = whole::<u16>(0, 65_535))]
    pub port: u16,
    /// How many orders the pretend shop has.
    #[arg(long, value_name = "N", value_parser = count::<usize>())]
    pub orders: Option<usize>,
    /// The pretend shop is made from this number.
    #[arg(long, value_name = "N", value_parser = count::<u64>())]
    pub seed: Option<u64>,
    /// A script of faults.
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
}

/// Serves until Ctrl-C.
///
/// # Errors
/// When the port is taken or the faults cannot be read.
pub fn serve(console: Console, args: &SandboxArgs) -> Result<Exit, Fail> {
    let defaults = SimConfig::default();
    let config = SimConfig {
        port: args.port,
        orders: args.orders.unwrap_or(defaults.orders),
        seed: args.seed.unwrap_or(defaults.seed),
        ..defaults
    };
    let mut faults = Vec::new();
    if let Some(path) = &args.faults {
        let refuse = |why: String| {
            let file = path.display().to_string();
            Fail::cannot_run(console.text(
                "cli-faults-unreadable",
                &[("file", file.into()), ("why", why.into())],
            ))
        };
        let script = std::fs::read_to_string(path).map_err(|error| refuse(error.to_string()))?;
        faults = fault_file::parse(&script).map_err(|error| refuse(error.to_string()))?;
    }
    let interrupt = Interrupt::listen();
    let simulator = Simulator::start(config).map_err(|error| {
        let args = [("port", args.port.into()), ("why", error.to_string().into())];
        Fail::cannot_run(console.text("cli-sandbox-no-port", &args))
    })?;
    for fault in faults {
        simulator.push_fault(fault);
    }
    print(console, &simulator.base_url())?;
    while !interrupt.asked() {
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(Exit::Done)
}

fn print(console: Console, base_url: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let ledger = format!("{base_url}/__sandbox/ledger");
    if console.is_json() {
        let place = json!({
            "base_url": base_url,
            "appid": SANDBOX_APPID,
            "app_secret": SANDBOX_APP_SECRET,
            "ledger": ledger,
        });
        writeln!(out, "{place}")?;
        return out.flush();
    }
    let args = [
        ("url", base_url.into()),
        ("appid", SANDBOX_APPID.into()),
        ("secret", SANDBOX_APP_SECRET.into()),
        ("ledger", ledger.into()),
    ];
    writeln!(out, "{}\n", console.text("cli-sandbox-serving", &args))?;
    let who = format!("FAHUO_APPID={SANDBOX_APPID} FAHUO_APP_SECRET={SANDBOX_APP_SECRET}");
    writeln!(out, "  {who} fahuoctl --api-base {base_url} orders")?;
    writeln!(out, "  {who} fahuoctl --api-base {base_url} check FILE")?;
    writeln!(out, "\n{}", console.text("cli-sandbox-until", &[]))?;
    out.flush()
}
