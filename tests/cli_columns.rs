//! What is said on the command line about the columns of a file: a remembered mapping by its name, and a file
//! without a header. And Ctrl-C while a file is checked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use desk::Desk;
use fahuo::domain::{Field, Timestamp};
use fahuo::import::Mappings;
use fahuo::store::Store;

/// What a person has decided in the window about files of other headings, two of them under a name.
fn remembered(desk: &Desk) {
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|word| (*word).to_owned()).collect() };
    let decided = vec![
        ("单子甲".to_owned(), Some(Field::TransactionId)),
        ("丙".to_owned(), Some(Field::Courier)),
        ("号码乙".to_owned(), Some(Field::TrackingNo)),
    ];
    let mut mappings = Mappings::default();
    for (last, name) in [("备注", "East warehouse"), ("仓位", "East shop"), ("其他", "")] {
        mappings.remember(&words(&["单子甲", "丙", "号码乙", last]), decided.clone());
        let key = mappings.list()[0].key.clone();
        mappings.rename(&key, name.to_owned());
    }
    let (mut store, _) = Store::open(&desk.dir.path().join("data"), Timestamp::from_secs(0)).unwrap();
    let text = serde_json::to_string(&mappings).unwrap();
    store.set_setting("mappings", &text).unwrap();
}

/// The rows of `a.csv` without its header, under another one.
fn with_header(desk: &Desk, name: &str, header: &str) {
    let text = std::fs::read_to_string(desk.dir.path().join("a.csv")).unwrap();
    let (_, rows) = text.split_once('\n').unwrap();
    std::fs::write(desk.dir.path().join(name), format!("{header}{rows}")).unwrap();
}

#[test]
fn columns_are_read_as_the_mapping_of_this_name_says() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    with_header(&desk, "odd.csv", "单子甲,丙,号码乙,商品信息\n");
    let run = desk.run(&["check", "odd.csv", "--mapping", "East", "--lang", "en"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("none has a name yet"), "{}", run.err);
    remembered(&desk);
    let json = desk.json(&["check", "odd.csv"], 1);
    assert_eq!(
        json["files"][0]["counts"]["ready"], 0,
        "nothing else tells its columns"
    );
    for (file, name, lang, told) in [
        (
            "odd.csv",
            "West",
            "en",
            &["\"West\"", "East warehouse", "East shop"][..],
        ),
        ("odd.csv", "西", "zh-CN", &["“西”", "East warehouse", "East shop"]),
        (
            "odd.csv",
            "east",
            "en",
            &["Several", "East warehouse", "East shop"],
        ),
        (
            "odd.csv",
            "east",
            "zh-CN",
            &["有多个", "East warehouse", "East shop"],
        ),
        ("a.csv", "East shop", "en", &["a.csv", "none of the columns"]),
        ("a.csv", "East shop", "zh-CN", &["a.csv", "没有发送任何内容"]),
    ] {
        for command in [&["check"][..], &["ship", "--yes"]] {
            let run = desk.run(&[command, &[file, "--mapping", name, "--lang", lang]].concat());
            assert_eq!(run.code, 2, "{name} {}", run.err);
            assert!(told.iter().all(|part| run.err.contains(part)), "{}", run.err);
        }
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let json = desk.json(&["check", "odd.csv", "--mapping", "east w"], 0);
    assert_eq!(json["files"][0]["counts"]["ready"], 2);
    assert_eq!(json["files"][0]["mapping"]["号码乙"], "tracking_no");
    let json = desk.json(&["ship", "odd.csv", "--yes", "--mapping", "East shop"], 0);
    assert_eq!(json["files"][0]["counts"]["shipped"], 2);
    assert_eq!(desk.wechat.ledger().all_committed_uploads(), 2);
    assert_eq!(desk.run(&["check", "odd.csv"]).code, 1, "it was said for one run");
}

#[test]
fn a_file_without_a_header_is_shipped_once_its_columns_are_confirmed() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    with_header(&desk, "bare.csv", "");
    for (lang, told) in [
        ("en", ["A = WeChat", "C = ", "--confirm-columns"]),
        ("zh-CN", ["A 列 = ", "C 列 = ", "--confirm-columns"]),
    ] {
        let run = desk.run(&["ship", "bare.csv", "--yes", "--lang", lang]);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(told.iter().all(|part| run.err.contains(part)), "{}", run.err);
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let run = desk.run(&["check", "bare.csv", "--confirm-columns", "--lang", "en"]);
    assert!(run.err.contains("remembered"), "{}", run.err);
    // Where WeChat does not name the goods, the file would have to, and values do not tell that column.
    let json = desk.json(&["ship", "bare.csv", "--yes"], run.code);
    let shipped = json["files"][0]["counts"]["shipped"].as_u64().unwrap();
    assert!(shipped > 0, "{json}");
    for row in json["files"][0]["rows"].as_array().unwrap() {
        let lacks = row["problems"].as_array().unwrap().iter();
        let lacks = lacks
            .into_iter()
            .any(|problem| problem["kind"] == "item_desc_missing");
        assert_ne!(row["status"] == "shipped", lacks, "{row}");
    }
    // What the values leave open is confirmed by nobody.
    std::fs::write(
        desk.dir.path().join("open.csv"),
        "1787748538458427,中通,78768264502666\n1787748538458428,中通,78768264502667\n",
    )
    .unwrap();
    let run = desk.run(&["ship", "open.csv", "--yes", "--confirm-columns", "--lang", "en"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("first row"), "{}", run.err);
    assert_eq!(desk.wechat.ledger().write_calls() as u64, shipped);
}

/// While it is read, while its order is asked for, and while the rows are compared.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_a_check_in_every_phase_and_nothing_is_sent() {
    use fahuo::sim::{Fault, What, When};

    let desk = Desk::open();
    let row = |n: usize| format!("4300000000000000000000000001,顺丰,SF{n:013},明前龙井 250g*1\n");
    let rows: String = (0..60_000).map(row).collect();
    let text = format!("订单号,快递公司,快递单号,商品信息\n{rows}");
    std::fs::write(desk.dir.path().join("big.csv"), text).unwrap();
    for phase in ["reading", "looking up", "comparing"] {
        desk.wechat.clear_faults();
        if phase == "looking up" {
            let late = What::DelayReply { ms: 600_000 };
            desk.wechat
                .push_fault(Fault::new("get_order", When::Always, late));
        }
        let asked = desk.wechat.ledger().requests("get_order");
        let mut child = desk
            .command(&["ship", "big.csv", "--yes", "--lang", "en"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let is_open = || {
            let open = std::fs::read_dir(format!("/proc/{}/fd", child.id()));
            open.is_ok_and(|mut open| {
                open.any(|one| {
                    let to = one.and_then(|one| std::fs::read_link(one.path()));
                    to.is_ok_and(|to| to.ends_with("big.csv"))
                })
            })
        };
        let begun = std::time::Instant::now();
        while !(if phase == "reading" {
            is_open()
        } else {
            desk.wechat.ledger().requests("get_order") > asked
        }) {
            assert!(begun.elapsed() < std::time::Duration::from_mins(2), "{phase}");
            std::thread::yield_now();
        }
        assert!(child.try_wait().unwrap().is_none(), "{phase}");
        desk::interrupt(&child);
        let pressed = std::time::Instant::now();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{phase}: {said}");
        assert!(said.contains("Nothing was sent"), "{phase}: {said}");
        assert!(pressed.elapsed() < std::time::Duration::from_secs(20), "{phase}");
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
}
