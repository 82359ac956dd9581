//! `fahuoctl data …`: how long personal data is kept, deleting it now, everything as one file.

use std::fs;
use std::io::Read as _;

use serde_json::Value;

use super::desk::{Desk, finish};
use super::scan::scan;

fn read(zip: &mut zip::ZipArchive<fs::File>, name: &str) -> String {
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn everything_that_the_record_holds_is_in_one_file_that_a_program_can_read() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 3);
    desk.json(&["ship", "--yes", "a.csv"], 0);
    assert_eq!(desk.run(&["data", "export", "all.zip"]).code, 0);
    let mut zip = zip::ZipArchive::new(fs::File::open(desk.dir.path().join("all.zip")).unwrap()).unwrap();
    let about: Value = serde_json::from_str(&read(&mut zip, "about.json")).unwrap();
    let lines = |text: String| -> Vec<Value> {
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    for (table, count) in about["rows"].as_object().unwrap() {
        let found = lines(read(&mut zip, &format!("{table}.jsonl")));
        assert_eq!(found.len() as u64, count.as_u64().unwrap(), "{table}");
    }
    assert!(!about["rows"].as_object().unwrap().contains_key("sealed"));
    let shipments = lines(read(&mut zip, "shipment.jsonl"));
    let ids: Vec<_> = shipments
        .iter()
        .map(|row| row["transaction_id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 3);
    assert!(
        orders
            .iter()
            .all(|order| ids.contains(&order.transaction_id.as_str()))
    );
    assert!(
        shipments[0]["intent"].is_object(),
        "JSON inside is JSON: {}",
        shipments[0]
    );
    assert!(!desk.dir.path().join("data/export.tmp").exists());
    // A file that is there stays unless it is said.
    let again = desk.run(&["data", "export", "all.zip", "--lang", "en"]);
    assert!(again.code == 2 && again.err.contains("--force"), "{}", again.err);
    assert_eq!(desk.run(&["data", "export", "all.zip", "--force"]).code, 0);
}

#[test]
fn a_purge_on_request_asks_first_and_takes_only_what_is_old() {
    let desk = Desk::open();
    let orders = desk.file("a.csv", 2);
    desk.json(&["ship", "--yes", "a.csv"], 0);
    let nobody = desk.run(&["data", "purge", "--older-than", "1"]);
    assert_eq!(nobody.code, 2, "nobody is there to be asked: {}", nobody.err);
    assert_eq!(desk.run(&["data", "purge", "--older-than", "0", "--yes"]).code, 2);
    let deleted = desk.json(&["data", "purge", "--older-than", "1", "--yes"], 0);
    assert_eq!(deleted["deleted"]["orders"], 0, "nothing is a day old");
    let data = desk.dir.path().join("data");
    assert!(!scan(&data, &[orders[0].transaction_id.clone()]).is_empty());
}

#[test]
fn the_days_are_kept_for_each_account_within_their_limits() {
    let desk = Desk::open();
    assert_eq!(desk.json(&["data", "show"], 0)["keep_days"], 180);
    assert_eq!(desk.json(&["data", "keep", "90"], 0)["keep_days"], 90);
    assert_eq!(desk.json(&["data", "show"], 0)["keep_days"], 90);
    for wrong in ["29", "3651", "-1", "x"] {
        assert_eq!(desk.run(&["data", "keep", wrong]).code, 2, "{wrong}");
    }
    let mut other = desk.command(&["data", "show", "--format", "json"]);
    let other = finish(other.env("FAHUO_APPID", "wxffffffffffffffff"));
    assert!(other.out.contains("180"), "{} {}", other.out, other.err);
    assert_eq!(desk.json(&["data", "keep", "0"], 0)["keep_days"], 0);
}
