//! `fahuoctl data …`: how long personal data is kept, deleting it now, everything as one file.

use std::fs;
use std::io::Read as _;

use std::time::Duration;

use fahuo::domain::{Draft, Intent, ParcelDraft, Rules, Shipment, State, Timestamp, TransactionId};
use fahuo::sim::SANDBOX_APPID;
use fahuo::store::{Change, Enqueued, JournalEntry, NewShipment, Store};
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

/// A data folder as a run long ago left it: one order was shipped.
fn left_long_ago(desk: &Desk, order: &str, keep_days: Option<&str>) {
    let now = Timestamp::from_millis(jiff::Timestamp::now().as_millisecond());
    let past = now.minus(Duration::from_hours(24 * 200));
    let (mut store, _) = Store::open(&desk.dir.path().join("data"), past).unwrap();
    if let Some(days) = keep_days {
        let key = format!("retention.days.{SANDBOX_APPID}");
        store.set_setting(&key, days).unwrap();
    }
    let draft = Draft {
        transaction_id: TransactionId::parse(order).unwrap().as_str().to_owned(),
        complete: true,
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: "78000000000000".into(),
            item_desc: "货".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let new = NewShipment {
        intent: &intent,
        deadline: past,
        not_before: past,
        batch: None,
    };
    let queued = store.enqueue(SANDBOX_APPID, &[new], past).unwrap();
    let [Enqueued::New(id)] = queued[..] else {
        panic!("{queued:?}")
    };
    let shipment = Shipment {
        state: State::Shipped { found: false },
        attempts: 1,
        upload_time: Some(past),
        ..store.shipment(SANDBOX_APPID, id).unwrap().unwrap()
    };
    let change = Change {
        shipment: &shipment,
        entry: &JournalEntry::Restarted,
        at: past,
    };
    store.record(SANDBOX_APPID, &[change]).unwrap();
    store.close(past).unwrap();
}

#[test]
fn what_is_older_than_half_a_year_goes_at_the_next_start_and_is_shipped_no_second_time() {
    for (keep_days, stays) in [
        (None, false),
        (Some("0"), true),
        (Some("365"), true),
        (Some("90"), false),
    ] {
        let desk = Desk::open();
        let order = desk.file("a.csv", 1).remove(0).transaction_id;
        left_long_ago(&desk, &order, keep_days);
        let data = desk.dir.path().join("data");
        let word = [order.clone()];
        assert!(!scan(&data, &word).is_empty());
        assert_eq!(desk.run(&["data", "show"]).code, 0);
        assert_eq!(
            !scan(&data, &word).is_empty(),
            stays,
            "{keep_days:?} {:?}",
            scan(&data, &word)
        );
        let log = fs::read_to_string(data.join("logs/fahuo.log")).unwrap();
        assert_eq!(log.contains("personal_data_deleted"), !stays, "{log}");
        // The pretend WeChat knows nothing of that time; the mark alone says that it was shipped.
        let again = desk.json(&["ship", "--yes", "a.csv"], 0);
        assert_eq!(again["files"][0]["counts"]["already_done"], 1, "{again}");
        assert_eq!(desk.wechat.ledger().uploads_sent(&order), 0);
    }
}
