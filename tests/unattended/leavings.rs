//! What runs leave behind, scanned: data folder, log, backups, exports, temporary files, and everything that was
//! printed, with every kind of call, at the most talkative level.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::desk::{Desk, finish};
use super::scan::{files, phones, scan};
use fahuo::sim::{Answer, Fault, SANDBOX_APP_SECRET, What, When};

const TOKEN: &str = "CANARY-token-71c0ffee";
const AES_KEY: &str = "CANARYdefghijklmnopqrstuvwxyz0123456789ABCD";
const API_KEY: &str = "CANARY-api-v3-key-0123456789abcd";
const TEAM_KEY: &str = "CANARY-team-key-5f3759df-0123456789";
const PHONES: [&str; 3] = ["13812345678", "+86 159 8765 4321", "１７７００００１２３４"];

/// The runs write into `left`, the files that staff bring lie in `in`, and what they asked to be written in `out`.
struct Scene {
    desk: Desk,
}

impl Scene {
    fn open() -> Self {
        let desk = Desk::open();
        for folder in ["left/home", "left/tmp", "in", "out"] {
            fs::create_dir_all(desk.dir.path().join(folder)).unwrap();
        }
        Self { desk }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.desk.dir.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.desk.command(&[args, &["--data-dir", "left/data"]].concat());
        command
            .env("FAHUO_LOG", "trace")
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .env("SSLKEYLOGFILE", self.path("left/tls-keys"))
            .env("HOME", self.path("left/home"))
            .env("TMPDIR", self.path("left/tmp"))
            .env("XDG_DATA_HOME", self.path("left/home/data"))
            .env("XDG_CACHE_HOME", self.path("left/home/cache"));
        command
    }

    /// Runs and keeps what it printed.
    fn run(&self, args: &[&str], codes: &[i32]) -> String {
        self.keep(args, &mut self.command(args), codes)
    }

    fn keep(&self, args: &[&str], command: &mut Command, codes: &[i32]) -> String {
        let run = finish(command);
        assert!(
            codes.contains(&run.code),
            "{args:?}: {} {} {}",
            run.code,
            run.out,
            run.err
        );
        let number = files(&self.path("left")).len();
        let name = format!("printed-{number}-{}.txt", args[0]);
        // The payer of an order stands in the JSON that a script asks for, because `--payer` takes it; nowhere else.
        let asked_for = args.contains(&"json") && args[0].starts_with("order");
        let out = if asked_for { "out" } else { "left" };
        fs::write(self.path(out).join(&name), &run.out).unwrap();
        fs::write(
            self.path("left").join(format!("err-{name}")),
            format!("{args:?}\n{}", run.err),
        )
        .unwrap();
        run.out
    }

    /// A file of shipments with phones in every shape, for orders of the pretend shop.
    fn table(&self) -> Vec<fahuo::sim::Order> {
        let orders = self.desk.file("in/plain.csv", 9);
        let mut text = String::from("订单号,快递公司,物流单号,商品信息,收件人电话\n");
        for (index, order) in orders.iter().enumerate() {
            let phone = PHONES[index % PHONES.len()];
            let line = format!(
                "{},顺丰速运,SF10000000{index:04},送 {phone} 的茶,{phone}\n",
                order.transaction_id
            );
            text.push_str(&line);
        }
        fs::write(self.path("in/a.csv"), text).unwrap();
        orders
    }
}

/// Every kind of call, each with its way to fail.
fn every_kind_of_run(scene: &Scene) {
    let orders = scene.table();
    let refuse = |code| What::Answer {
        applied: false,
        answer: Answer::Errcode(code),
    };
    let wechat = &scene.desk.wechat;
    let of = |index: usize| [orders[index].transaction_id.clone()];
    wechat.push_fault(Fault::new("upload_shipping_info", When::Always, refuse(10_060_009)).for_orders(of(1)));
    wechat.push_fault(Fault::new("upload_shipping_info", When::Next(1), refuse(40_001)));
    scene.run(&["check", "in/a.csv", "--format", "json"], &[0, 1]);
    let out = ["--failures", "out/f.csv", "--successes", "out/s.xlsx"];
    let ship = [&["ship", "--yes", "in/a.csv"], &out[..]].concat();
    scene.run(&ship, &[0, 1]);
    scene.run(&["ship", "--yes", "in/a.csv", "--format", "text"], &[0, 1]);
    scene.run(&["resume"], &[0, 1]);
    let id = orders[0].transaction_id.as_str();
    scene.run(&["orders", "--format", "json"], &[0]);
    scene.run(&["orders", "--format", "text"], &[0]);
    scene.run(&["order", "--transaction-id", id, "--format", "json"], &[0]);
    scene.run(&["order", "--transaction-id", id, "--format", "text"], &[0]);
    scene.run(&["couriers"], &[0]);
    scene.run(&["doctor"], &[0, 1, 2]);
    scene.run(&["remind", id, "--yes"], &[0, 1, 2]);
    scene.run(
        &["report", "presale", id, "--ship-by", "2030-01-01", "--yes"],
        &[0, 1, 2],
    );
    scene.run(&["jump-path", "set", "pages/order", "--yes"], &[0, 1, 2]);
    scene.run(&["template", "out/t.xlsx"], &[0, 1, 2]);
    let messages = serde_json::to_string(&scene.desk.wechat.pushes()).unwrap();
    fs::write(scene.path("in/events.json"), messages).unwrap();
    let mut events = scene.command(&["events", "add", "in/events.json"]);
    events
        .env("FAHUO_PUSH_TOKEN", TOKEN)
        .env("FAHUO_PUSH_AES_KEY", AES_KEY);
    scene.keep(&["events"], &mut events, &[0, 1, 2]);
    let mut pay = scene.command(&["pay", "query", "--transaction-id", id]);
    pay.env("FAHUO_PAY_MCHID", "1900000001")
        .env("FAHUO_PAY_API_V3_KEY", API_KEY);
    scene.keep(&["pay"], &mut pay, &[0, 1, 2]);
    fs::create_dir(scene.path("in/team")).unwrap();
    let mut team = scene.command(&["team", "join", "in/team"]);
    scene.keep(&["team"], team.env("FAHUO_TEAM_KEY", TEAM_KEY), &[0, 1, 2]);
    let mut wrong = scene.command(&["doctor"]);
    wrong.env("FAHUO_APP_SECRET", "CANARY-of-the-wrong-secret-00000");
    scene.keep(&["wrong"], &mut wrong, &[0, 1, 2]);
    let mut bare = scene.command(&["orders"]);
    bare.env_remove("FAHUO_APP_SECRET")
        .env("FAHUO_ACCESS_TOKEN", TOKEN);
    scene.keep(&["token"], &mut bare, &[0, 1, 2, 3]);
    scene.run(&["history", "--format", "json"], &[0]);
    scene.run(&["history", "--words", "茶", "--format", "json"], &[0]);
    scene.run(&["export", "left/history.csv"], &[0]);
    scene.run(&["export", "left/history.xlsx"], &[0]);
    scene.run(&["data", "export", "left/everything.zip"], &[0]);
    scene.run(&["account", "list"], &[0]);
}

#[test]
fn nothing_that_runs_leave_behind_holds_a_secret_or_a_person() {
    let scene = Scene::open();
    every_kind_of_run(&scene);
    let left = scene.path("left");
    let log = fs::read_to_string(left.join("data/logs/fahuo.log")).unwrap();
    assert!(
        log.contains("\"level\":\"trace\"") && log.contains("\"errcode\":10060009"),
        "{log}"
    );
    let uploads = scene.desk.wechat.ledger().write_calls();
    assert!(uploads >= 9, "the runs did their work: {uploads}");

    let mut secrets: Vec<String> = [SANDBOX_APP_SECRET, TOKEN, AES_KEY, API_KEY, TEAM_KEY]
        .map(String::from)
        .into();
    secrets.push("CANARY-of-the-wrong-secret-00000".into());
    // The token that all of these runs used: the desk gives out the same one as long as it lasts.
    let now = jiff::Timestamp::now();
    let token = scene
        .desk
        .wechat
        .with_world(|world| (world.tokens.current(now).0, world.tokens.issued()));
    assert_eq!(token.1, 1, "no other token was handed out");
    secrets.push(token.0);
    let mut payers: Vec<String> = scene
        .desk
        .wechat
        .orders()
        .into_iter()
        .map(|order| order.openid)
        .collect();
    payers.sort();
    payers.dedup();
    assert!(payers.len() > 10);

    // The control: a scanner that finds nothing finds what is planted.
    let planted = left.join("data/planted");
    fs::write(&planted, format!("{} {} {}", secrets[0], payers[0], PHONES[0])).unwrap();
    let control = |hits: Vec<(String, &'static str)>| {
        assert!(
            hits.iter().any(|(name, _)| name.starts_with("data/planted")),
            "{hits:?}"
        );
    };
    control(scan(&left, &secrets));
    control(scan(&left, &payers));
    control(phones(&left));
    fs::remove_file(planted).unwrap();

    assert_eq!(scan(&left, &secrets), [], "a secret");
    assert_eq!(
        scan(&scene.path("out"), &secrets),
        [],
        "a secret in a file of results"
    );
    assert_eq!(scan(&left, &payers), [], "a payer");
    assert_eq!(phones(&left), [], "a phone");
    assert!(
        !left.join("tls-keys").exists(),
        "the keys of the connection were written down"
    );
}

#[cfg(unix)]
#[test]
fn whatever_the_umask_everything_is_for_this_user_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let scene = Scene::open();
    scene.table();
    let program = env!("CARGO_BIN_EXE_fahuoctl");
    let base = scene.desk.wechat.base_url();
    let line = format!("umask 000; exec {program} \"$@\" --data-dir left/data --api-base {base}");
    for args in [
        &["ship", "--yes", "in/a.csv", "--failures", "left/f.csv"][..],
        &["export", "left/history.csv"],
        &["data", "export", "left/all.zip"],
        &["data", "purge", "--older-than", "1", "--yes"],
    ] {
        let typed = scene.command(&[]);
        let mut command = Command::new("sh");
        command
            .current_dir(scene.desk.dir.path())
            .arg("-c")
            .arg(&line)
            .arg("sh")
            .args(args);
        for (name, value) in typed.get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        let run = finish(command.stdin(Stdio::null()));
        assert!(run.code < 2, "{args:?} {}", run.err);
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = scene.path("left/data");
    let all = files(&data);
    assert!(all.len() >= 4, "{all:?}");
    for file in all.iter().chain(&files(&scene.path("left"))) {
        let printed = file.file_name().unwrap().to_string_lossy().contains("printed-");
        assert!(
            printed || mode(file) == 0o600,
            "{} {:o}",
            file.display(),
            mode(file)
        );
        let folder = file.parent().unwrap();
        if folder.starts_with(&data) {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
    }
}

/// While it runs: its arguments hold no secret, and it may leave no core file.
#[cfg(target_os = "linux")]
#[test]
fn the_secret_is_in_no_argument_and_a_dying_process_leaves_no_core() {
    let scene = Scene::open();
    scene.table();
    let secret = scene.path("in/secret");
    fs::write(&secret, format!("{SANDBOX_APP_SECRET}\n")).unwrap();
    fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let mut command = scene.command(&["ship", "--yes", "--hold", "60", "in/a.csv", "--format", "text"]);
    command
        .env_remove("FAHUO_APP_SECRET")
        .env("FAHUO_APP_SECRET_FILE", &secret)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // The report of the check is written when everything is at hand; the file then waits.
    let mut first = [0; 1];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    let about = |name: &str| fs::read(format!("/proc/{}/{name}", child.id())).unwrap();
    let has = |bytes: &[u8], word: &str| String::from_utf8_lossy(bytes).contains(word);
    let (arguments, environment, limits) = (about("cmdline"), about("environ"), about("limits"));
    assert!(has(&arguments, "in/a.csv") && !has(&arguments, SANDBOX_APP_SECRET));
    assert!(has(&environment, "FAHUO_APP_SECRET_FILE") && !has(&environment, SANDBOX_APP_SECRET));
    let limits = String::from_utf8_lossy(&limits).into_owned();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert_eq!(
        core.split_whitespace().filter(|word| *word == "0").count(),
        2,
        "{core}"
    );
    child.kill().unwrap();
    child.wait().unwrap();
    let typed = scene
        .command(&["orders", "--secret", "x", "--lang", "en"])
        .output()
        .unwrap();
    assert_eq!(typed.status.code(), Some(2), "there is no option for a secret");
}
