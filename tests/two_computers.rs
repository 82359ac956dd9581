//! Two data folders, the same file, the same account: with claims nothing goes out twice, without them every
//! race is told, and without the team's folder nothing is sent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use std::process::{Child, Command, Stdio};

use desk::{Desk, Run, finish};
use fahuo::sim::{Fault, Order, What, When};
use serde_json::Value;

const KEY: &str = "eight tea leaves";

/// One of the two computers: a data folder of its own, the same everything else.
fn computer(desk: &Desk, name: &str, args: &[&str]) -> Command {
    let mut command = desk.command(&[args, &["--data-dir", name]].concat());
    command
        .args(["--lang", "en", "--format", "json"])
        .env("FAHUO_TEAM_KEY", KEY);
    command
}

#[track_caller]
fn team(desk: &Desk, name: &str, folder: &str, said: &str) {
    let run = finish(&mut computer(
        desk,
        name,
        &["team", "join", folder, "--operator", name],
    ));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains(said), "{}", run.err);
}

fn start(mut command: Command) -> Child {
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Both ship the same file at once.
fn ship_both(desk: &Desk) -> [Run; 2] {
    let both = ["left", "right"].map(|name| {
        let mut ship = computer(desk, name, &["ship", "a.csv", "--yes"]);
        // A look must come back within the quiet time, or what the folder said before is too old.
        ship.env("FAHUO_QUIET_SECS", "4");
        start(ship)
    });
    both.map(|child| {
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    })
}

fn row(run: &Run, order: &Order) -> Value {
    let json: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{} {}", run.out, run.err));
    let rows = json["files"][0]["rows"].as_array().unwrap();
    let found = rows
        .iter()
        .find(|row| row["transaction_id"] == order.transaction_id.as_str());
    found.unwrap_or_else(|| panic!("{json}")).clone()
}

fn kinds(row: &Value) -> Vec<String> {
    let problems = row["problems"].as_array().unwrap().iter();
    problems.map(|p| p["kind"].as_str().unwrap().to_owned()).collect()
}

/// Looks take so long that both computers look before either sends.
fn slow_looks(desk: &Desk) {
    let slow = What::DelayReply { ms: 800 };
    desk.wechat
        .push_fault(Fault::new("get_order", When::Always, slow));
}

#[test]
fn with_claims_every_order_goes_out_once_and_the_other_computer_says_whose_it_is() {
    let met = (0..8).any(|_| both_ship_with_claims());
    assert!(met, "they never met");
}

/// Both computers of a team ship the same file; `false`: one of them started when the other was done.
fn both_ship_with_claims() -> bool {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 12);
    std::fs::create_dir(desk.dir.path().join("shared")).unwrap();
    team(&desk, "left", "shared", "the first of the team");
    team(&desk, "right", "shared", "joined the team");
    slow_looks(&desk);
    let runs = ship_both(&desk);
    for order in &orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
        let mut told: Vec<(String, Vec<String>)> = runs
            .iter()
            .map(|run| row(run, order))
            .map(|row| (row["status"].as_str().unwrap().to_owned(), kinds(&row)))
            .collect();
        told.sort();
        let (other, shipped) = (&told[0], &told[1]);
        assert_eq!(shipped.0, "shipped", "{told:?}");
        let claimed = other.0 == "needs_person" && other.1 == ["claimed_elsewhere"];
        let found = ["shipped", "already_done"].contains(&other.0.as_str());
        assert!(claimed || found, "{told:?}");
    }
    let all = orders
        .iter()
        .flat_map(|order| runs.iter().map(|run| row(run, order)));
    let claimed: Vec<Value> = all.filter(|row| row["status"] == "needs_person").collect();
    if claimed.is_empty() {
        return false;
    }
    assert!(
        runs.iter().any(|run| run.code == 1),
        "exit codes {:?}",
        runs.each_ref().map(|r| r.code)
    );
    for row in claimed {
        let words = row["problems"][0]["message"].as_str().unwrap();
        assert!(words.contains("left") || words.contains("right"), "{words}");
    }
    true
}

#[test]
fn without_claims_no_race_is_silent() {
    // On a busy machine one of them may start so late that it finds everything shipped: then they meet again.
    let raced = (0..8).any(|_| a_race_is_told());
    assert!(raced, "they never looked both before either sent");
}

/// Both computers ship the same file. Every order that was sent twice must be told; `false`: none was.
fn a_race_is_told() -> bool {
    let desk = Desk::open();
    desk.wechat
        .with_world(|world| world.policy.refuse_unchanged = false);
    let orders = desk.file("a.csv", 6);
    slow_looks(&desk);
    let runs = ship_both(&desk);
    let ledger = desk.wechat.ledger();
    let twice = |order: &&Order| ledger.committed_uploads(&order.transaction_id) > 1;
    let raced: Vec<&Order> = orders.iter().filter(twice).collect();
    for order in &raced {
        let told = runs.each_ref().map(|run| (run.code, kinds(&row(run, order))));
        let race = |(code, kinds): &(i32, Vec<String>)| {
            *code == 1
                && kinds
                    .iter()
                    .any(|kind| kind == "race" || kind == "shipped_elsewhere")
        };
        assert!(told.iter().any(race), "{}: {told:?}", order.transaction_id);
    }
    !raced.is_empty()
}

#[test]
fn without_the_teams_folder_nothing_is_sent_and_it_goes_on_when_the_folder_is_back() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 3);
    let shared = desk.dir.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    team(&desk, "left", "shared", "the first of the team");
    std::fs::rename(&shared, desk.dir.path().join("away")).unwrap();
    let run = finish(&mut computer(&desk, "left", &["ship", "a.csv", "--yes"]));
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(
        run.err.contains("The team's folder cannot be reached"),
        "{}",
        run.err
    );
    assert_eq!(row(&run, &orders[0])["status"], "waiting");
    assert_eq!(desk.wechat.ledger().write_calls(), 0);

    std::fs::rename(desk.dir.path().join("away"), &shared).unwrap();
    let mut other_key = computer(&desk, "left", &["resume"]);
    let run = finish(other_key.env("FAHUO_TEAM_KEY", "eight tea leafs"));
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("The team key does not fit"), "{}", run.err);
    let run = finish(computer(&desk, "left", &["resume"]).env_remove("FAHUO_TEAM_KEY"));
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("The team key is not on this computer"),
        "{}",
        run.err
    );
    // The folder is there and nothing is tried again by itself: no moment, and nothing about folder or account.
    for words in ["tried again", "1970", "cannot be asked"] {
        assert!(!run.err.contains(words), "{words} is in {}", run.err);
    }
    let left: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(left["shipments"][0]["held_by"], "team_key", "{left}");
    let text = ["resume", "--format", "text", "--data-dir", "left", "--lang", "en"];
    let run = desk.run(&text);
    let said = [run.out.contains("team key"), run.err.contains("FAHUO_TEAM_KEY")];
    assert_eq!(said, [true, true], "{} {}", run.out, run.err);
    assert!(!run.out.contains("account"), "{}", run.out);
    assert_eq!(desk.wechat.ledger().write_calls(), 0);

    let run = finish(&mut computer(&desk, "left", &["resume"]));
    assert_eq!(run.code, 0, "{}", run.err);
    for order in &orders {
        assert_eq!(desk.wechat.ledger().uploads_sent(&order.transaction_id), 1);
    }
}

#[test]
fn a_reminder_needs_no_team_key_because_nobody_claims_it() {
    let desk = Desk::open();
    std::fs::create_dir(desk.dir.path().join("shared")).unwrap();
    team(&desk, "left", "shared", "the first of the team");
    let mut remind = computer(&desk, "left", &["remind", "--all", "--yes"]);
    let run = finish(remind.env_remove("FAHUO_TEAM_KEY"));
    assert_eq!(run.code, 0, "{} {}", run.out, run.err);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    let sent = desk.wechat.ledger().requests("notify_confirm_receive");
    assert!(
        sent > 0 && told["errands"].as_array().unwrap().len() == sent,
        "{told}"
    );
    // And none that waits beside them keeps them back.
    desk.file("a.csv", 1);
    let mut ship = computer(&desk, "left", &["ship", "a.csv", "--yes"]);
    assert_eq!(finish(ship.env_remove("FAHUO_TEAM_KEY")).code, 2);
    let order = desk.file("b.csv", 2).remove(1).transaction_id;
    let report = ["report", "test", &order, "--confirm-count", "1"];
    let run = finish(computer(&desk, "left", &report).env_remove("FAHUO_TEAM_KEY"));
    assert_eq!(run.code, 0, "{} {}", run.out, run.err);
    assert_eq!(desk.wechat.ledger().requests("upload_shipping_info"), 0);
}

#[test]
fn a_person_may_send_without_the_folder_and_is_warned() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    let shared = desk.dir.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    team(&desk, "left", "shared", "the first of the team");
    std::fs::remove_dir_all(&shared).unwrap();
    let run = finish(&mut computer(
        &desk,
        "left",
        &["ship", "a.csv", "--yes", "--without-claims"],
    ));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("without asking the team's folder"),
        "{}",
        run.err
    );
    assert_eq!(desk.wechat.ledger().write_calls(), 2);
}

#[test]
fn a_team_is_left_and_shown_and_its_key_stands_nowhere() {
    let desk = Desk::open();
    std::fs::create_dir(desk.dir.path().join("shared")).unwrap();
    team(&desk, "left", "shared", "the first of the team");
    let json = |args: &[&str]| -> Value {
        let run = finish(&mut computer(&desk, "left", args));
        assert_eq!(run.code, 0, "{}", run.err);
        serde_json::from_str(&run.out).unwrap_or_default()
    };
    assert!(
        json(&["team", "show"])["team"]["folder"]
            .as_str()
            .unwrap()
            .ends_with("shared")
    );
    let mut folders = vec![desk.dir.path().join("left"), desk.dir.path().join("shared")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(path).unwrap();
            assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
        }
    }
    json(&["team", "leave"]);
    assert_eq!(json(&["team", "show"])["team"]["folder"], Value::Null);
}
