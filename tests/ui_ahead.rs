//! What the window says about what has not ended: in the list, beside it, in the file, at the bottom; and what
//! the engine did not take, in its own place.
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
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{
    CallFailure, Doubt, FailureKind, Field, Pause, Problem, ProblemKind, RowStatus, Shipment, State, Why,
};
use fahuo::engine::Notice;
use fahuo::engine::snapshot::{Ahead, BatchPhase, Gate, Outbox, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, file, now, shipment, shop, window};

fn unclear() -> Shipment {
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let mut unclear = shipment(3, State::Unclear(doubt), ago(20));
    unclear.not_before = now().plus(Duration::from_secs(20));
    unclear.attempts = 1;
    unclear
}

fn snapshot(rows: Vec<Shipment>, gate: Gate) -> Snapshot {
    let count = |word: &str| rows.iter().filter(|row| row.state.word() == word).count();
    let look = rows.iter().find(|row| row.state.word() == "unclear");
    let outbox = Outbox {
        gate,
        unclear: count("unclear"),
        queued: count("queued"),
        ahead: Ahead {
            next_look: look.map(|row| row.not_before),
            ..Ahead::default()
        },
        calls_per_sec: 4.0,
        rows: rows.into_iter().map(Arc::new).collect::<Vec<_>>().into(),
        ..Outbox::default()
    };
    Snapshot {
        outbox: Arc::new(outbox),
        ..shop()
    }
}

#[track_caller]
fn says(h: &Harness<'static, App>, words: &str) {
    let found = h.query_all_by_label_contains(words).next().is_some();
    assert!(found, "{words}");
}

#[test]
fn every_page_says_how_many_are_unclear_and_when_the_next_is_looked_at() {
    for (lang, words) in [
        (Lang::En, "1 unclear, next look 14:03:20"),
        (Lang::ZhCn, "1 单待确认，下次查询 14:03:20"),
    ] {
        for page in [Page::Orders, Page::Import, Page::Settings] {
            let mut h = window(snapshot(vec![unclear()], Gate::Open), lang, page);
            h.run();
            h.get_by_role_and_label(Role::Label, words);
        }
    }
    // Without an account nothing is looked at, and no moment is promised.
    let account = Gate::Account(CallFailure::of(FailureKind::WrongSecret));
    let mut h = window(snapshot(vec![unclear()], account), Lang::En, Page::Orders);
    h.run();
    h.get_by_label("1 unclear, not looked at now");
}

#[test]
fn an_unclear_shipment_tells_its_whole_course_beside_the_list() {
    let mut h = window(snapshot(vec![unclear()], Gate::Open), Lang::En, Page::Outbox);
    h.run();
    h.get_by_role(Role::Row).click();
    h.run_steps(6);
    for words in [
        "Since 14:02:40, for 20 s",
        "WeChat may or may not have it",
        "In 20 s (14:03:20): looked at again",
        "Until 14:03:40 the shipment may still arrive late",
        "try 2 of 3, not before 14:03:50",
        "Nothing for you to do.",
    ] {
        says(&h, words);
    }
    assert!(h.query_by_label("Take back").is_none());
}

#[test]
fn a_row_of_a_file_says_what_its_shipment_waits_for() {
    let mut person = shipment(4, State::NeedsPerson(Why::ShippedElsewhere), ago(60));
    person.attempts = 1;
    let shipments = [unclear(), person];
    let mut batch = file(20, BatchPhase::Sending);
    let mut status = batch.status.to_vec();
    (status[0], status[1]) = (RowStatus::Unclear, RowStatus::NeedsPerson);
    batch.status = status.into();
    batch.row_shipments = Arc::new(shipments.iter().map(|s| s.id).enumerate().collect());
    let kept = shipments.iter().map(|s| (s.id, Arc::new(s.clone())));
    batch.shipments = Arc::new(kept.collect());
    let mut with_file = snapshot(vec![unclear()], Gate::Open);
    with_file.batch = Some(Arc::new(batch));
    let mut h = window(with_file, Lang::En, Page::Import);
    h.run();
    h.get_by_role_and_label(Role::Label, "In 20 s (14:03:20): looked at again");
    says(&h, "This order was shipped elsewhere with other parcels");
    h.get_by_role_and_label(Role::Row, "Row 2: Unclear").click();
    h.run_steps(6);
    for words in [
        "Since 14:02:40",
        "try 2 of 3, not before 14:03:50",
        "Nothing for you to do.",
    ] {
        says(&h, words);
    }
}

#[test]
fn a_checked_file_says_how_long_sending_takes() {
    let mut checked = snapshot(Vec::new(), Gate::Open);
    let mut batch = file(20, BatchPhase::Checked);
    batch.orders_to_send = 480;
    checked.batch = Some(Arc::new(batch));
    for (lang, words) in [
        (Lang::En, "about 4 min at the present pace (960 calls to WeChat)"),
        (Lang::ZhCn, "约需 4 分钟（向微信调用 960 次）"),
    ] {
        let mut h = window(checked.clone(), lang, Page::Import);
        h.run();
        says(&h, words);
    }
}

#[test]
fn used_up_calls_put_looks_off_and_the_list_says_until_when() {
    let until = now().next_china_midnight();
    let mut snapshot = snapshot(vec![unclear()], Gate::DailyQuota { until });
    Arc::make_mut(&mut snapshot.outbox).ahead.looks_closed = Some((until, Pause::DailyQuota));
    let mut h = window(snapshot, Lang::En, Page::Outbox);
    h.run();
    says(&h, "(11-22 00:00): today's calls are used up");
    h.get_by_label("1 unclear, next look 11-22 00:00");
    says(&h, "Not sending until 11-22 00:00");
}

#[test]
fn an_account_that_was_not_saved_comes_back_with_the_reason_at_its_field() {
    let mut h = window(Snapshot::default(), Lang::En, Page::Settings);
    h.run();
    for (role, label, text) in [
        (Role::TextInput, "Name", "Tea shop"),
        (Role::TextInput, "AppID", "wx0123456789abcdef"),
        (
            Role::PasswordInput,
            "AppSecret",
            "0123456789abcdef0123456789abcdef",
        ),
    ] {
        let field = h.get_by_role_and_label(role, label);
        field.focus();
        field.type_text(text);
        h.run_steps(3);
    }
    h.get_by_role_and_label(Role::Button, "Save").scroll_to_me();
    h.run_steps(3);
    h.get_by_role_and_label(Role::Button, "Save").click();
    h.run_steps(3);
    let taken = Problem::of(ProblemKind::AppIdTaken, Field::AppId);
    h.state_mut().say(&Notice::NotSaved(vec![taken]));
    h.run_steps(3);
    says(&h, "Another account has this AppID · Change that account");
    let name = h.get_by_role_and_label(Role::TextInput, "Name");
    assert_eq!(name.accesskit_node().value().as_deref(), Some("Tea shop"));
}
