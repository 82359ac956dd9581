//! Drives the history page, the timeline and the checklist by labels.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    CallFailure, Changed, Facts, FailureKind, FromFile, Happened, HistoryKind, HistoryLine, HistoryQuery,
    JournalEntry, OrderState, State,
};
use fahuo::engine::command::{Command, HistoryWish};
use fahuo::engine::snapshot::{Collected, History, OpenOrder, Outbox, Remote, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, order, order_id, shipment, shop, themed, window};

fn line(number: u32, secs: u64, entry: JournalEntry) -> HistoryLine {
    let shipment = shipment(number, State::Queued, ago(secs));
    HistoryLine {
        at: ago(secs),
        kind: HistoryKind::Shipment,
        order: Some(order_id(number)),
        shipment: Some(shipment.id),
        intent: Some(Arc::clone(&shipment.intent)),
        file: Some(FromFile {
            batch: 3,
            name: "周一发货.xlsx".into(),
            rows: vec![number + 2],
        }),
        by: "小王".into(),
        happened: Happened::Record { attempt: 1, entry },
        raw: String::new(),
    }
}

fn answered(class: &str, errcode: i64) -> JournalEntry {
    JournalEntry::Answered {
        class: class.into(),
        errcode: Some(errcode),
        http_status: Some(200),
        rid: Some("65f1a2b3-0a1b2c3d".into()),
        millis: 80,
    }
}

fn lines() -> Vec<Arc<HistoryLine>> {
    let facts = |state| Facts {
        state,
        ..Facts::of(&order(4))
    };
    let queued = JournalEntry::Queued {
        intent_sha256: String::new(),
    };
    let mut refused = line(2, 40, answered("rejected", 10_060_004));
    refused.raw = r#"{"errcode":10060004,"errmsg":"order not shippable rid: 65f1a2b3-0a1b2c3d"}"#.into();
    let changed = HistoryLine {
        kind: HistoryKind::WeChat,
        intent: None,
        file: None,
        by: String::new(),
        happened: Happened::Changed(Changed {
            before: facts(OrderState::Shipped),
            now: facts(OrderState::Received),
        }),
        ..line(4, 20, JournalEntry::Cancelled)
    };
    [
        changed,
        refused,
        line(1, 60, answered("shipped", 0)),
        line(3, 90, JournalEntry::Cancelled),
        line(1, 120, queued),
    ]
    .map(Arc::new)
    .to_vec()
}

fn with(history: History) -> Snapshot {
    Snapshot {
        history: Arc::new(history),
        ..shop()
    }
}

fn found(lines: Vec<Arc<HistoryLine>>) -> History {
    History {
        asked: true,
        lines: lines.into(),
        ..History::default()
    }
}

fn asked(h: &Harness<'static, App>) -> Vec<HistoryQuery> {
    let wishes = h.state().commands().iter();
    wishes
        .filter_map(|command| {
            if let Command::History(HistoryWish::Search(query)) = command {
                Some(query.clone())
            } else {
                None
            }
        })
        .collect()
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
}

fn picture(h: &mut Harness<'static, App>, name: &str) {
    if let Some(folder) = std::env::var_os("FAHUO_PICTURES")
        && let Ok(image) = h.render()
    {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        image.save(path).unwrap();
    }
}

#[test]
fn the_page_asks_at_once_and_shows_what_was_found_in_both_languages() {
    for (lang, what, pic) in [
        (Lang::ZhCn, "微信已接受", "history-zh"),
        (Lang::En, "WeChat has accepted it", "history-en"),
    ] {
        let mut h = window(with(History::default()), lang, Page::History);
        h.run();
        assert_eq!(asked(&h), [HistoryQuery::default()]);
        h.state_mut().set_snapshot(with(found(lines())));
        h.run();
        assert_eq!(h.query_all_by_role(Role::Row).count(), 5);
        assert!(h.query_all_by_label_contains(what).count() > 0);
        picture(&mut h, pic);
        assert_eq!(asked(&h).len(), 1, "nothing is asked twice");
    }
}

#[test]
fn kinds_and_words_narrow_the_search_once_nobody_types() {
    let mut h = window(with(found(lines())), Lang::En, Page::History);
    h.run();
    h.get_by_label("Files").click();
    h.run();
    let field = h.get_by_role_and_label(
        Role::TextInput,
        "Order, tracking number, file, rid, courier, person…",
    );
    field.focus();
    field.type_text("YT88");
    h.run_steps(2);
    h.input_mut().time = Some(60.0);
    h.run_steps(3);
    let last = asked(&h).pop().unwrap();
    assert_eq!((last.text.as_str(), last.kind), ("YT88", Some(HistoryKind::File)));
    press(&mut h, "Clear the filters");
    assert_eq!(asked(&h).pop().unwrap(), HistoryQuery::default());
}

#[test]
fn a_line_shows_its_answer_and_leads_to_its_order() {
    let mut h = themed(with(found(lines())), Lang::ZhCn, Page::History, "dark");
    h.run();
    h.query_all_by_role(Role::Row).nth(1).unwrap().click();
    h.run_steps(3);
    press(&mut h, "微信的原始答复");
    assert!(h.query_all_by_label_contains("order not shippable").count() > 0);
    picture(&mut h, "history-detail-dark");
    press(&mut h, "复制给技术支持");
    press(&mut h, "打开订单");
    assert_eq!(
        h.state().commands().last(),
        Some(&Command::OpenOrder(order_id(2)))
    );
    assert_eq!(h.state().page(), Page::Orders);
}

#[test]
fn a_search_that_stopped_says_how_far_it_came_and_goes_on_only_when_asked() {
    let history = History {
        more: true,
        searched_to: Some(ago(86_400)),
        ..found(Vec::new())
    };
    let mut h = window(with(history), Lang::En, Page::History);
    h.run();
    let more = |h: &Harness<'static, App>| {
        let wish = Command::History(HistoryWish::More);
        h.state()
            .commands()
            .iter()
            .filter(|command| **command == wish)
            .count()
    };
    assert_eq!(more(&h), 0);
    press(&mut h, "Search further back");
    assert_eq!(more(&h), 1);
    // A list that has more is fetched before its end is reached, once.
    let history = History {
        more: true,
        ..found(lines())
    };
    let mut h = window(with(history), Lang::En, Page::History);
    h.run();
    h.run_steps(3);
    assert_eq!(more(&h), 1);
}

#[test]
fn lines_that_were_gathered_are_written_once() {
    let collected = Collected {
        serial: 1,
        to: Some("x.csv".into()),
        lines: lines().into(),
        cut: false,
    };
    let history = History {
        collected: Some(Arc::new(collected)),
        ..found(lines())
    };
    let mut h = window(with(history), Lang::ZhCn, Page::Orders);
    h.run();
    h.run_steps(3);
    let written: Vec<_> = h
        .state()
        .commands()
        .iter()
        .filter_map(|command| {
            if let Command::SaveTable(table) = command {
                Some(table.clone())
            } else {
                None
            }
        })
        .collect();
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].rows.len(), 5);
    assert!(
        written[0]
            .rows
            .iter()
            .all(|row| row.len() == written[0].headings.len())
    );
}

#[test]
fn the_open_order_has_one_timeline_with_proofs_and_marks_what_differs() {
    for (lang, accepted, missing, pic) in [
        (Lang::ZhCn, "微信已接受", "已发送但微信上没有", "timeline-zh"),
        (
            Lang::En,
            "WeChat has accepted it",
            "Sent, but not at WeChat",
            "timeline-en",
        ),
    ] {
        let mut timeline: Vec<HistoryLine> = lines().iter().rev().map(|line| (**line).clone()).collect();
        for line in &mut timeline {
            line.order = Some(order_id(2));
        }
        let shipped = shipment(2, State::Shipped { found: false }, ago(60));
        let mut snapshot = shop();
        snapshot.open_order = Arc::new(Remote::Ready(OpenOrder {
            order: Arc::new(order(2)),
            read_at: ago(10),
            shipments: vec![Arc::new(shipped)],
            timeline: timeline.into(),
        }));
        let mut h = window(snapshot, lang, Page::Orders);
        h.run();
        assert!(h.query_all_by_label_contains(accepted).count() > 0);
        assert!(h.query_all_by_label_contains(missing).count() > 0);
        picture(&mut h, pic);
    }
}

#[test]
fn the_checklist_opens_from_the_outbox_and_from_an_order_that_is_not_there() {
    let waiting = shipment(2, State::Waiting, ago(3600));
    let snapshot = Snapshot {
        outbox: Arc::new(Outbox {
            rows: vec![Arc::new(waiting)].into(),
            waiting: 1,
            ..Outbox::default()
        }),
        ..shop()
    };
    let mut h = window(snapshot, Lang::ZhCn, Page::Outbox);
    h.run();
    h.get_by_role(Role::Row).click();
    h.run_steps(3);
    press(&mut h, "按清单核对…");
    h.run_steps(10); // until the dialog has its size
    assert!(h.query_all_by_label_contains("聚合支付").count() > 0);
    assert!(
        h.query_all_by_label_contains("已检查：用的是微信支付单号")
            .count()
            > 0
    );
    picture(&mut h, "checklist-zh");
    press(&mut h, "运行账号体检");
    assert_eq!(h.state().commands().last(), Some(&Command::TestAccount));
    press(&mut h, "关闭");
    assert!(h.query_all_by_label_contains("聚合支付").count() == 0);

    let mut snapshot = shop();
    snapshot.open_order = Arc::new(Remote::Failed {
        previous: None,
        failure: CallFailure::of(FailureKind::OrderNotVisible),
    });
    let mut h = window(snapshot, Lang::En, Page::Orders);
    h.run();
    press(&mut h, "Go through the checklist…");
    assert!(h.query_all_by_label_contains("seven possible reasons").count() > 0);
    picture(&mut h, "checklist-en");
}

#[test]
fn the_outbox_is_searched_and_put_into_a_file() {
    let rows = (0..6).map(|n| Arc::new(shipment(n, State::Queued, ago(60))));
    let snapshot = Snapshot {
        outbox: Arc::new(Outbox {
            rows: rows.collect::<Vec<_>>().into(),
            queued: 6,
            ..Outbox::default()
        }),
        ..shop()
    };
    let mut h = window(snapshot, Lang::En, Page::Outbox);
    h.run();
    assert_eq!(h.query_all_by_role(Role::Row).count(), 6);
    let field = h.get_by_role_and_label(Role::TextInput, "Order, tracking number, courier, goods, code…");
    field.focus();
    field.type_text(order_id(3).as_str());
    h.run();
    assert_eq!(h.query_all_by_role(Role::Row).count(), 1);
    picture(&mut h, "outbox-search-en");
    let field = h.get_by_role_and_label(Role::TextInput, "Order, tracking number, courier, goods, code…");
    field.type_text("nothing");
    h.run();
    assert_eq!(h.query_all_by_role(Role::Row).count(), 0);
    press(&mut h, "Show all");
    assert_eq!(h.query_all_by_role(Role::Row).count(), 6);
}

#[test]
fn no_sign_in_a_line_or_in_an_answer_hides_or_turns_text() {
    let mut odd = line(2, 40, answered("rejected", 10_060_004));
    odd.by = "小\u{202e}王".into();
    odd.file.as_mut().unwrap().name = "周一\u{202e}发货.xlsx".into();
    odd.raw = "{\n\"errmsg\": \"order\u{202e} x\"}".into();
    let mut h = window(with(found(vec![Arc::new(odd)])), Lang::En, Page::History);
    h.run_steps(3);
    h.get_all_by_role(Role::Row).next().unwrap().click();
    h.run_steps(3);
    press(&mut h, "WeChat's answer as it came");
    let mut painted = String::new();
    for clipped in &h.output().shapes {
        if let egui::Shape::Text(text) = &clipped.shape {
            painted.push_str(text.galley.text());
        }
    }
    assert!(painted.contains("\"errmsg\": \"order□"), "{painted}");
    assert!(painted.contains("小□王"), "{painted}");
    assert!(!painted.contains('\u{202e}'));
}
