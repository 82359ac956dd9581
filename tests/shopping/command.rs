//! `fahuoctl shopping`: what is checked, asked, sent and printed, and how a run ends.

use fahuo::domain::ShoppingCall;
use fahuo::sim::{Fault, What};
use serde_json::Value;

use super::desk::{Desk, bare, finish};

fn sample(desk: &Desk, call: ShoppingCall) -> String {
    let name = format!("{}.csv", call.word());
    let run = desk.run(&["shopping", "sample", call.word(), &name]);
    assert_eq!(run.code, 0, "{}", run.err);
    name
}

fn counts(json: &Value) -> [u64; 4] {
    ["orders", "ready", "already_there", "wrong"].map(|name| json["counts"][name].as_u64().unwrap())
}

fn state(json: &Value) -> &str {
    json["orders"][0]["result"]["state"].as_str().unwrap_or_default()
}

#[test]
fn each_sample_is_checked_sent_once_verified_and_listed() {
    let desk = Desk::open();
    let details = sample(&desk, ShoppingCall::Details);
    let checked = desk.json(&["shopping", "details", &details, "--check"], 0);
    assert_eq!(counts(&checked), [1, 1, 0, 0]);
    assert_eq!(desk.wechat.ledger().write_calls(), 0);

    let sent = desk.json(&["shopping", "details", &details, "--yes"], 0);
    assert_eq!(
        (
            state(&sent),
            sent["orders"][0]["problems"].as_array().unwrap().len()
        ),
        ("accepted", 0)
    );
    let again = desk.json(&["shopping", "details", &details, "--yes"], 0);
    assert_eq!((counts(&again), state(&again)), ([1, 0, 1, 0], "accepted"));
    assert_eq!(desk.wechat.ledger().requests("combine-orders"), 1);

    let ship = sample(&desk, ShoppingCall::Ship);
    assert_eq!(
        state(&desk.json(&["shopping", "ship", &ship, "--yes"], 0)),
        "accepted"
    );
    let verify = sample(&desk, ShoppingCall::Verify);
    let said = desk.json(&["shopping", "verify", &verify], 0);
    assert_eq!(said["orders"][0]["result"]["verify_result"], "success");
    let listed = desk.json(&["shopping", "results", "--limit", "2"], 0);
    let calls: Vec<&str> = listed["shopping"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["call"].as_str())
        .collect();
    assert_eq!(calls, ["verify", "ship"]);
    // A sample never takes the place of a file.
    assert_eq!(desk.run(&["shopping", "sample", "ship", &ship]).code, 2);
}

#[test]
fn nobody_to_ask_sends_nothing_and_problems_have_their_places() {
    let desk = Desk::open();
    let details = sample(&desk, ShoppingCall::Details);
    assert_eq!(desk.run(&["shopping", "details", &details]).code, 2);
    let text = "合单号,openid,子单号,快递公司,快递单号\n42,oA1,42a,中通,7800001\n43,oA1,43a,大雁,7800002\n";
    std::fs::write(desk.dir.path().join("b.csv"), text).unwrap();
    let json = desk.json(&["shopping", "ship", "b.csv", "--yes"], 1);
    assert_eq!(counts(&json), [2, 1, 0, 1]);
    let problem = &json["orders"][1]["problems"][0];
    assert_eq!(
        (problem["at"].as_u64(), problem["kind"].as_str()),
        (Some(3), Some("unknown_courier"))
    );
    assert_eq!(desk.wechat.ledger().requests("shippings"), 1);
    let run = desk.run(&[
        "shopping", "ship", "b.csv", "--check", "--format", "text", "--lang", "en",
    ]);
    assert!(
        run.code == 1 && run.err.contains("Row 3") && run.err.contains("list of couriers"),
        "{}",
        run.err
    );

    std::fs::write(desk.dir.path().join("c.json"), "[\n{").unwrap();
    let json = desk.json(&["shopping", "details", "c.json", "--yes"], 2);
    assert_eq!(json["trouble"], "not_json");
    assert_eq!(desk.run(&["shopping", "details", "none.csv", "--yes"]).code, 2);
}

#[test]
fn what_is_refused_or_unclear_is_no_success_and_comes_first_in_the_next_run() {
    let desk = Desk::open();
    let details = sample(&desk, ShoppingCall::Details);
    desk.wechat
        .push_fault(Fault::next("combine-orders", What::DropReplyAfterApply));
    let json = desk.json(&["shopping", "details", &details, "--yes"], 1);
    assert_eq!(state(&json), "unclear");
    let json = desk.json(&["shopping", "details", &details, "--yes"], 1);
    let result = &json["orders"][0]["result"];
    assert_eq!(
        (result["state"].as_str(), result["errcode"].as_i64()),
        (Some("unclear"), Some(268_485_216))
    );
    let ship = sample(&desk, ShoppingCall::Ship);
    desk.wechat.with_world(|world| world.shopping.opened = false);
    let json = desk.json(&["shopping", "ship", &ship, "--yes"], 1);
    let result = &json["orders"][0]["result"];
    assert_eq!(
        (result["state"].as_str(), result["errcode"].as_i64()),
        (Some("refused"), Some(268_485_184))
    );
    let run = desk.run(&["shopping", "results", "--format", "text", "--lang", "en"]);
    assert!(
        run.code == 0 && run.out.contains("Refused") && run.out.contains("Not known"),
        "{}",
        run.out
    );
}

#[test]
fn the_help_says_what_it_is_for_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    for (lang, word) in [("zh-CN", "不放款"), ("en", "Releases no money")] {
        let run = finish(&mut bare(dir.path(), &["--lang", lang, "help", "shopping"]));
        assert!(run.code == 0 && run.out.contains(word), "{}", run.out);
        let run = finish(&mut bare(
            dir.path(),
            &["--lang", lang, "shopping", "details", "--help"],
        ));
        assert!(run.code == 0 && run.out.contains("--check"), "{}", run.out);
    }
}
