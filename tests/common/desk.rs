//! The desk of the unattended user: the real `fahuoctl` in a folder with a Monday's file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "shared by tests, which say it by failing"
)]

use std::process::{Command, Output, Stdio};

use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use serde_json::Value;

use super::warehouse::{Warehouse, monday};

/// A Monday's file in a folder of its own, a pretend WeChat, and the real command line between them.
pub struct Desk {
    pub wechat: Simulator,
    pub warehouse: Warehouse,
    pub dir: tempfile::TempDir,
}

impl Desk {
    pub fn open() -> Self {
        let wechat = Simulator::start(SimConfig {
            orders: 900,
            ..SimConfig::default()
        })
        .unwrap();
        wechat.with_world(|world| world.limits.per_second = None);
        let warehouse = monday(&wechat);
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("周一.csv"), &warehouse.bytes).unwrap();
        Self {
            wechat,
            warehouse,
            dir,
        }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fahuoctl"));
        command
            .current_dir(self.dir.path())
            .args(["--data-dir", "data", "--api-base", &self.wechat.base_url()])
            .args(args)
            .env("FAHUO_APPID", SANDBOX_APPID)
            .env("FAHUO_APP_SECRET", SANDBOX_APP_SECRET)
            .env("FAHUO_QUIET_SECS", "1")
            .env_remove("FAHUO_ACCESS_TOKEN")
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end; the exit code and the JSON.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> (i32, Value) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        let json = serde_json::from_slice(&stdout).unwrap_or_else(|error| {
            panic!(
                "{error}: {} {}",
                String::from_utf8_lossy(&stdout),
                String::from_utf8_lossy(&stderr)
            )
        });
        (status.code().unwrap(), json)
    }
}
