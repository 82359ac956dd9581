//! Files of results from the real command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod desk;

use desk::Desk;
use fahuo::sim::{Answer, Fault, What, When};

/// A file with three good rows and a damaged one.
fn with_damage(desk: &Desk) -> String {
    desk.file("a.csv", 3);
    let path = desk.dir.path().join("a.csv");
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("4.2E+27,中通快递,78768264502666,货\n");
    std::fs::write(&path, &text).unwrap();
    text
}

#[test]
fn failures_and_successes_are_written_and_come_back() {
    let desk = Desk::open();
    with_damage(&desk);
    let read = |name: &str| std::fs::read_to_string(desk.dir.path().join(name)).unwrap();
    let wish = [
        "ship",
        "a.csv",
        "--yes",
        "--failures",
        "bad.csv",
        "--successes",
        "good.xlsx",
        "--lang",
        "en",
    ];
    let json = desk.json(&wish, 1);
    assert_eq!(json["files"][0]["counts"]["shipped"], 3);
    let bad = read("bad.csv");
    let lines: Vec<&str> = bad.lines().collect();
    assert_eq!(lines.len(), 2, "{bad}");
    assert!(
        lines[0].starts_with("\u{feff}订单号,快递公司,物流单号,商品信息,Fahuo row,Fahuo result,"),
        "{bad}"
    );
    assert!(
        lines[1].starts_with("4.2E+27\t,中通快递,78768264502666\t,货,5,"),
        "{bad}"
    );
    assert!(lines[1].contains(",mangled_id,"), "{bad}");
    assert!(!bad.contains('\r'), "the line ends of the input");
    let good = desk.json(&["check", "good.xlsx"], 0);
    assert_eq!(good["files"][0]["counts"]["already_done"], 3);
    // Repaired by hand, the file of failures ships its one row.
    let order = desk.wechat.orders().into_iter().find(|order| {
        order.order_state == 1
            && order.shipping.is_none()
            && order.in_complaint != Some(true)
            && order.visible_at <= desk.wechat.clock().now().as_second()
            && desk.wechat.ledger().committed_uploads(&order.transaction_id) == 0
    });
    let order = order.unwrap().transaction_id;
    std::fs::write(
        desk.dir.path().join("bad.csv"),
        bad.replacen("4.2E+27", &order, 1),
    )
    .unwrap();
    let json = desk.json(&["ship", "bad.csv", "--yes", "--failures", "worse.csv"], 0);
    assert_eq!(json["files"][0]["counts"]["shipped"], 1);
    assert!(!desk.dir.path().join("worse.csv").exists(), "no row failed");
    assert_eq!(desk.wechat.ledger().all_committed_uploads(), 4);
}

#[test]
fn a_file_in_the_way_stops_the_run_before_anything_is_sent() {
    let desk = Desk::open();
    let text = with_damage(&desk);
    for (args, name) in [
        (&["ship", "a.csv", "--yes", "--failures", "a.csv"][..], "a.csv"),
        (&["check", "a.csv", "--failures", "no/bad.csv"][..], "bad.csv"),
        (
            &["ship", "a.csv", "a.csv", "--yes", "--failures", "b.csv"][..],
            "--failures",
        ),
    ] {
        let run = desk.run(args);
        assert_eq!(run.code, 2, "{args:?} {}", run.err);
        assert!(run.err.contains(name), "{}", run.err);
    }
    assert_eq!(desk.wechat.ledger().write_calls(), 0);
    let read = || std::fs::read_to_string(desk.dir.path().join("a.csv")).unwrap();
    assert_eq!(read(), text);
    // Not even with --force is the imported file itself replaced.
    let run = desk.run(&["check", "a.csv", "--failures", "a.csv", "--force"]);
    assert_eq!((run.code, read()), (2, text));
    // Without a verdict there is nothing to write.
    let run = desk.run(&["check", "gone.csv", "--failures", "b.csv"]);
    assert_eq!((run.code, desk.dir.path().join("b.csv").exists()), (2, false));
    assert_eq!(desk.run(&["check", "a.csv", "--failures", "b.csv"]).code, 1);
    assert_eq!(desk.run(&["check", "a.csv", "--failures", "b.csv"]).code, 2);
    assert_eq!(
        desk.run(&["check", "a.csv", "--failures", "b.csv", "--force"])
            .code,
        1
    );
}

#[test]
fn refused_orders_go_into_the_template_of_wechat() {
    let desk = Desk::open();
    desk.file("a.csv", 2);
    assert_eq!(desk.run(&["template", "t.xlsx"]).code, 0);
    assert!(!desk.dir.path().join("t.xlsx").exists(), "nothing was refused");
    let refuse = What::Answer {
        applied: false,
        answer: Answer::Errcode(10_060_009),
    };
    desk.wechat
        .push_fault(Fault::new("upload_shipping_info", When::Next(1), refuse));
    let json = desk.json(&["ship", "a.csv", "--yes"], 1);
    assert_eq!(json["files"][0]["counts"]["refused"], 1);
    let run = desk.run(&["template", "t.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = desk.json(&["check", "t.xlsx"], 0);
    assert_eq!(json["files"][0]["counts"]["rows"], 1);
    assert_eq!(json["files"][0]["mapping"]["交易单号"], "transaction_id");
    assert_eq!(desk.run(&["template", "t.xlsx"]).code, 2, "it is there already");
}
