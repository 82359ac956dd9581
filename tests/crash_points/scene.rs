//! A small shop with everything that can go wrong at the server, two files, a folder, and the real command line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use fahuo::sim::{
    Answer, Fault, Happening, Order, SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator, What,
};
use serde_json::Value;

use super::chance::Chance;

pub const UPLOAD: &str = "upload_shipping_info";
/// The quiet time of these runs in milliseconds; no commit is later than half of it.
const QUIET_MS: u64 = 400;
/// Orders in the two files.
const FIRST_FILE: usize = 8;
const SECOND_FILE: usize = 3;

/// One run's world.
pub struct Scene {
    pub wechat: Simulator,
    pub dir: tempfile::TempDir,
    /// What each order of the files should hold afterwards: tracking numbers.
    pub ships: BTreeMap<String, Vec<String>>,
    /// One that can be reminded and one that can be reported, for the window.
    pub errands: [String; 2],
    /// Two more orders, for the window.
    pub spare: Vec<Order>,
    /// Processes that were killed so far.
    pub kills: usize,
}

/// How a process ended.
#[derive(Clone, Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub err: String,
}

impl Ended {
    /// It died instead of ending with one of its exit codes.
    pub fn died(&self) -> bool {
        !matches!(self.status.code(), Some(0..=3))
    }
}

impl Scene {
    pub fn open(chance: &mut Chance) -> Self {
        let wechat = Simulator::start(SimConfig {
            seed: chance.next() % 1000,
            orders: 140,
            ..SimConfig::default()
        })
        .unwrap();
        wechat.with_world(|world| world.limits.per_second = None);
        let now = wechat.clock().now().as_second();
        let mut plain = wechat.orders();
        let remind = plain.iter().find(|o| {
            let express = o
                .shipping
                .as_ref()
                .is_some_and(|s| s.logistics_type == 1 && s.finish);
            let long_ago = o.shipped_at.is_some_and(|at| at < now - 60);
            o.order_state == 2 && o.reported_state.is_none() && !o.reminder_used && express && long_ago
        });
        let remind = remind.expect("an order to remind").transaction_id.clone();
        plain.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.in_complaint != Some(true));
        plain.retain(|o| o.visible_at <= now && o.sub_mchid.is_empty() && o.pay_time < now - 600);
        chance.shuffle(&mut plain);
        let dir = tempfile::tempdir().unwrap();
        let spare = plain.split_off(FIRST_FILE + SECOND_FILE);
        let mut scene = Self {
            wechat,
            dir,
            ships: BTreeMap::new(),
            errands: [remind, spare[2].transaction_id.clone()],
            spare,
            kills: 0,
        };
        scene.write("a.csv", &plain[..FIRST_FILE], 0);
        scene.write("b.csv", &plain[FIRST_FILE..], FIRST_FILE);
        scene.spoil(&plain, chance);
        scene
    }

    /// A file; its third order has three parcels, its second is named by the shop's own number.
    fn write(&mut self, name: &str, orders: &[Order], first: usize) {
        let mut text = String::from("订单号,快递公司,物流单号,商品信息\n");
        for (i, order) in orders.iter().enumerate() {
            let number = if i == 1 {
                &order.out_trade_no
            } else {
                &order.transaction_id
            };
            let parcels = if i == 2 { 3 } else { 1 };
            for parcel in 0..parcels {
                let tracking = format!("78{:0>10}{parcel}", first + i);
                writeln!(text, "{number},中通快递,{tracking},茶").unwrap();
                self.ships
                    .entry(order.transaction_id.clone())
                    .or_default()
                    .push(tracking);
            }
        }
        std::fs::write(self.dir.path().join(name), text).unwrap();
    }

    /// Each mishap meets one order, so that every run has all of them.
    fn spoil(&self, orders: &[Order], chance: &mut Chance) {
        let mut orders: Vec<&Order> = orders.iter().collect();
        chance.shuffle(&mut orders);
        let mut ms = |most: u64| 1 + chance.next() % most;
        let busy_after = What::Answer {
            applied: true,
            answer: Answer::Errcode(-1),
        };
        let mishaps = [
            (UPLOAD, What::DropReplyAfterApply),
            (UPLOAD, What::DropBeforeApply),
            (UPLOAD, What::errcode(-1)),
            (UPLOAD, busy_after),
            (UPLOAD, What::ApplyLate { ms: ms(QUIET_MS / 2) }),
            (UPLOAD, What::Delay { ms: ms(QUIET_MS / 2) }),
            (UPLOAD, What::DelayReply { ms: ms(QUIET_MS / 2) }),
            (UPLOAD, What::Happen(Happening::KillToken)),
        ];
        for ((path, what), order) in mishaps.into_iter().zip(&orders) {
            let fault = Fault::next(path, what).for_orders([order.transaction_id.clone()]);
            self.wechat.push_fault(fault);
        }
        // It becomes visible only while it is being sent: the upload itself is told that there is no such order.
        let late = Fault::next(UPLOAD, What::errcode(10_060_001));
        let late = late.for_orders([orders[8].transaction_id.clone()]);
        self.wechat.push_fault(late);
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The real command line.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fahuoctl"));
        command
            .args(["--data-dir", "data", "--api-base", &self.wechat.base_url()])
            .args(args);
        self.surround(&mut command);
        command
    }

    /// The engine as the window runs it, without its pixels: this test program again, playing one part.
    pub fn window(&self, part: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", super::window::TEST, "--nocapture"])
            .env(super::window::PART, part)
            .env(super::window::SERVER, self.wechat.base_url())
            .env(super::window::ERRANDS, self.errands.join(","))
            .env(
                super::window::ORDERS,
                format!(
                    "{},{}",
                    self.spare[0].transaction_id, self.spare[1].transaction_id
                ),
            );
        self.surround(&mut command);
        command
    }

    fn surround(&self, command: &mut Command) {
        command
            .current_dir(self.dir.path())
            .env("FAHUO_APPID", SANDBOX_APPID)
            .env("FAHUO_APP_SECRET", SANDBOX_APP_SECRET)
            .env("FAHUO_QUIET_SECS", format!("0.{QUIET_MS}"))
            .env("FAHUO_TEAM_KEY", "eight tea leaves")
            .env_remove("FAHUO_ACCESS_TOKEN")
            .env_remove("FAHUO_CRASH_AT")
            .env_remove("FAHUO_STEPS")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
    }

    /// Runs to the end, whichever it is.
    pub fn run(&mut self, command: &mut Command) -> Ended {
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let ended = Ended {
            status: output.status,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        self.kills += usize::from(ended.died());
        ended
    }

    /// Runs to one of these exit codes.
    #[track_caller]
    pub fn ends(&mut self, command: &mut Command, codes: &[i32]) -> i32 {
        let ended = self.run(command);
        let code = ended.status.code().unwrap_or(-1);
        assert!(
            codes.contains(&code),
            "{command:?} ended with {:?}: {}\n{}",
            ended.status,
            ended.err,
            self.not_shipped()
        );
        code
    }

    /// What the journal and the server know of whatever did not ship, for a failure.
    fn not_shipped(&self) -> String {
        let mut check = self.command(&["check", "a.csv", "b.csv", "--format", "json"]);
        let check = check.stdout(Stdio::piped()).output().unwrap();
        let check: Value = serde_json::from_slice(&check.stdout).unwrap_or_default();
        let rows = check["files"].as_array().into_iter().flatten();
        let rows = rows.flat_map(|file| file["rows"].as_array().into_iter().flatten());
        let rows = rows.filter(|row| row["status"] != "already_done" && row["status"] != "ignored");
        let told = rows.map(|row| {
            let order = row["transaction_id"].as_str().unwrap_or_default();
            let requests = self.wechat.ledger().entries().into_iter();
            let requests = requests.filter(|entry| entry.transaction_ids.iter().any(|id| id == order));
            let requests: Vec<Value> = requests.map(|entry| entry.to_json()).collect();
            format!("{row}\n{requests:#?}\n")
        });
        told.collect::<Vec<String>>().join("\n")
    }

    /// Orders of the files that hold what they should.
    pub fn shipped(&self) -> usize {
        let ledger = self.wechat.ledger();
        let is_shipped = |order: &&String| ledger.committed_uploads(order) > 0;
        self.ships.keys().filter(is_shipped).count()
    }

    /// Each order of the files was shipped by exactly one upload, with its parcels and no others.
    #[track_caller]
    pub fn check_shipped_once(&self) {
        let ledger = self.wechat.ledger();
        for (order, parcels) in &self.ships {
            let fate = ledger.order(order).unwrap();
            assert_eq!(fate.committed_uploads, 1, "order {order}");
            let mut held: Vec<String> = fate.parcels.iter().map(|p| p.tracking_no.clone()).collect();
            held.sort();
            assert_eq!(held, *parcels, "order {order}");
            assert_eq!(fate.finish_count, 1, "order {order}");
        }
    }
}
