//! The real command line in a folder of its own, with the pretend WeChat before it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "shared by tests, which say it by failing and use what they need"
)]

#[cfg(unix)]
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
#[cfg(unix)]
use std::process::Child;
use std::process::{Command, Output, Stdio};

use fahuo::sim::{Order, SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use serde_json::Value;

/// The pretend WeChat and a folder; nothing of the system's settings.
pub struct Desk {
    pub wechat: Simulator,
    pub dir: tempfile::TempDir,
}

/// What a run left behind.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn open() -> Self {
        let wechat = Simulator::start(SimConfig::default()).unwrap();
        wechat.with_world(|world| world.limits.per_second = None);
        let dir = tempfile::tempdir().unwrap();
        Self { wechat, dir }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(self.dir.path(), args);
        if !args.contains(&"--data-dir") {
            command.args(["--data-dir", "data"]);
        }
        command
            .args(["--api-base", &self.wechat.base_url()])
            .env("FAHUO_APPID", SANDBOX_APPID)
            .env("FAHUO_APP_SECRET", SANDBOX_APP_SECRET)
            .env("FAHUO_QUIET_SECS", "0.3");
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        finish(&mut self.command(args))
    }

    #[track_caller]
    pub fn json(&self, args: &[&str], code: i32) -> Value {
        let run = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(run.code, code, "{} {}", run.out, run.err);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
    }

    /// A run that is stopped by Ctrl-C before it has sent anything; the file's orders wait in the journal.
    #[cfg(unix)]
    pub fn stop_before_sending(&self, name: &str, hold_secs: &str) {
        let mut child = self
            .command(&["ship", name, "--yes", "--hold", hold_secs, "--format", "text"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The report of the check comes first; after it the file waits for so long, also in later runs.
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains(name), "{line}");
        interrupt(&child);
        out.read_to_string(&mut line).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(3));
    }

    /// A file that ships the first so many plain orders.
    pub fn file(&self, name: &str, orders: usize) -> Vec<Order> {
        let mut plain = self.wechat.orders();
        plain.retain(|order| order.order_state == 1 && order.shipping.is_none());
        plain.retain(|order| order.in_complaint != Some(true));
        plain.sort_by_key(|order| order.visible_at);
        plain.truncate(orders);
        assert_eq!(plain.len(), orders);
        let rows = plain.iter().enumerate();
        let rows = rows.map(|(i, order)| format!("{},中通快递,7800000000{i:04},货\n", order.transaction_id));
        let text = format!("订单号,快递公司,物流单号,商品信息\n{}", rows.collect::<String>());
        std::fs::write(self.dir.path().join(name), text).unwrap();
        plain
    }
}

/// Presses Ctrl-C.
#[cfg(unix)]
pub fn interrupt(child: &Child) {
    let pressed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(pressed.success());
}

/// The program without anything set in its environment.
pub fn bare(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fahuoctl"));
    for name in [
        "FAHUO_APPID",
        "FAHUO_APP_SECRET",
        "FAHUO_ACCESS_TOKEN",
        "FAHUO_SENDER_CONTACT",
        "FAHUO_QUIET_SECS",
        "FAHUO_TEAM_KEY",
    ] {
        command.env_remove(name);
    }
    command.current_dir(dir).args(args).stdin(Stdio::null());
    command
}

pub fn finish(command: &mut Command) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Run {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}
