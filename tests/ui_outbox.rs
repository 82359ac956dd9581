//! Drives the outbox by labels: why nothing is sent, what a person may decide, and that closing means No.
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

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    CallFailure, Claimant, ClaimsTrouble, Decision, Doubt, FailureKind, Refusal, Shipment, ShipmentId,
    ShippedParcel, Shipping, State, Why,
};
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::{Gate, OpenOrder, Outbox, Remote, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, now, order, order_id, shipment, shop, window};

fn outbox(rows: Vec<Shipment>) -> Outbox {
    Outbox {
        rows: rows.into_iter().map(Arc::new).collect::<Vec<_>>().into(),
        ..Outbox::default()
    }
}

fn open(outbox: Outbox, lang: Lang) -> Harness<'static, App> {
    let snapshot = Snapshot {
        outbox: Arc::new(outbox),
        ..shop()
    };
    let mut h = window(snapshot, lang, Page::Outbox);
    h.run();
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
}

fn choose(h: &mut Harness<'static, App>) {
    h.get_by_role(Role::Row).click();
    h.run_steps(3);
}

#[test]
fn an_empty_outbox_says_so_and_leads_to_the_import() {
    for (lang, title, button) in [
        (Lang::ZhCn, "发件箱是空的", "导入文件"),
        (Lang::En, "The outbox is empty", "Import a file"),
    ] {
        let mut h = open(Outbox::default(), lang);
        h.get_by_label(title);
        press(&mut h, button);
        assert_eq!(h.state().page(), Page::Import);
    }
}

#[test]
fn every_gate_says_why_nothing_is_sent_and_offers_the_one_thing_to_do() {
    let until = now().plus(Duration::from_secs(42));
    let secret = CallFailure::of(FailureKind::WrongSecret);
    for (gate, words, button, command) in [
        (Gate::Paused, "Paused", Some("Continue"), Some(Command::Resume)),
        (
            Gate::Interrupted,
            "The program ended in the middle of sending",
            Some("Continue"),
            Some(Command::Resume),
        ),
        (
            Gate::Holding { until },
            "Sending starts in 42 seconds",
            None,
            None,
        ),
        (
            Gate::Quarantine { until },
            "New data folder: looking only, until 14:03",
            None,
            None,
        ),
        (
            Gate::Account(secret),
            "",
            Some("Try again"),
            Some(Command::Resume),
        ),
        (
            Gate::DailyQuota { until },
            "WeChat's daily quota is used up",
            None,
            None,
        ),
        (
            Gate::Recovering { until },
            "WeChat or the network does not answer",
            None,
            None,
        ),
        (Gate::StoreFailed, "The journal cannot be written", None, None),
    ] {
        let mut h = open(
            Outbox {
                gate,
                ..Outbox::default()
            },
            Lang::En,
        );
        if !words.is_empty() {
            h.get_by_label(words);
        }
        if let Some(button) = button {
            press(&mut h, button);
        }
        assert_eq!(h.state().commands(), command.as_slice());
    }
}

#[test]
fn an_account_failure_leads_to_the_checks() {
    let gate = Gate::Account(CallFailure::of(FailureKind::WrongSecret));
    let mut h = open(
        Outbox {
            gate,
            ..Outbox::default()
        },
        Lang::En,
    );
    press(&mut h, "Check the account");
    assert_eq!(h.state().page(), Page::Settings);
}

#[test]
fn an_unclear_shipment_says_what_happens_next_and_offers_no_button_that_sends() {
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let mut unclear = shipment(4, State::Unclear(doubt), ago(70));
    unclear.not_before = now().plus(Duration::from_mins(2));
    let mut h = open(outbox(vec![unclear]), Lang::En);
    choose(&mut h);
    h.get_by_label_contains("Nothing is sent again before that is known");
    assert!(h.get_all_by_label("In 2 min (14:05:00): looked at again").count() >= 2);
    for button in ["Try again", "Drop it", "Accept what WeChat shows", "Take back"] {
        assert!(h.query_by_label(button).is_none(), "{button}");
    }
}

#[test]
fn each_decision_is_asked_about_and_then_sent() {
    for (button, decision) in [
        ("Accept what WeChat shows", Decision::AcceptAsItIs),
        ("Try again", Decision::TryAgain),
        ("Drop it", Decision::Drop),
    ] {
        let stopped = shipment(5, State::NeedsPerson(Why::ShippedElsewhere), ago(3700));
        let mut h = open(outbox(vec![stopped]), Lang::En);
        choose(&mut h);
        h.get_by_role_and_label(Role::Button, button).scroll_to_me();
        h.run_steps(3);
        press(&mut h, button);
        h.key_press(Key::Escape);
        h.run_steps(3);
        assert!(h.state().commands().is_empty(), "escape means no");
        press(&mut h, button);
        h.get_all_by_role_and_label(Role::Button, button)
            .last()
            .unwrap()
            .click();
        h.run_steps(3);
        assert_eq!(h.state().commands(), [Command::Decide(ShipmentId(5), decision)]);
    }
}

#[test]
fn a_click_outside_of_the_dialog_means_no() {
    let stopped = shipment(5, State::NeedsPerson(Why::NotVisible), ago(3700));
    let mut h = open(outbox(vec![stopped]), Lang::En);
    choose(&mut h);
    press(&mut h, "Drop it");
    assert_eq!(h.get_all_by_role_and_label(Role::Button, "Drop it").count(), 2);
    let corner = egui::pos2(30.0, 780.0);
    h.hover_at(corner);
    h.drag_at(corner);
    h.drop_at(corner);
    h.run_steps(3);
    assert_eq!(h.get_all_by_role_and_label(Role::Button, "Drop it").count(), 1);
    assert!(h.state().commands().is_empty());
}

#[test]
fn what_wechat_shows_stands_beside_ours_with_the_difference_marked() {
    let stopped = shipment(5, State::NeedsPerson(Why::Ambiguous), ago(3700));
    let ours = stopped.intent.parcels()[0].tracking_no.as_str().to_owned();
    let mut snapshot = Snapshot {
        outbox: Arc::new(outbox(vec![stopped])),
        ..shop()
    };
    let mut h = window(snapshot.clone(), Lang::En, Page::Outbox);
    h.run();
    choose(&mut h);
    h.get_by_label("Not read yet. Read it before you decide.");
    press(&mut h, "Read now");
    assert_eq!(h.state().commands(), [Command::OpenOrder(order_id(5))]);

    let parcel = |courier: &str, number: &str| ShippedParcel {
        express_company: courier.into(),
        tracking_no: number.into(),
        ..ShippedParcel::default()
    };
    let mut shown = order(5);
    shown.shipping = Shipping {
        parcels: vec![parcel("ZTO", &ours), parcel("SF", "SF999")],
        ..Shipping::default()
    };
    snapshot.open_order = Arc::new(Remote::Ready(OpenOrder {
        order: Arc::new(shown),
        read_at: ago(10),
        shipments: Vec::new(),
        timeline: Arc::default(),
    }));
    h.state_mut().set_snapshot(snapshot);
    h.run();
    h.get_by_label("same");
    h.get_by_label("different");
    h.get_by_label("SF999");
}

#[test]
fn what_was_not_sent_can_be_taken_back() {
    let mut h = open(outbox(vec![shipment(1, State::Queued, ago(60))]), Lang::En);
    choose(&mut h);
    press(&mut h, "Take back");
    h.get_all_by_role_and_label(Role::Button, "Take back")
        .last()
        .unwrap()
        .click();
    h.run_steps(3);
    assert_eq!(h.state().commands(), [Command::CancelShipment(ShipmentId(1))]);
}

#[test]
fn taking_everything_back_carries_the_number_and_is_asked_about() {
    let mut all = outbox(vec![shipment(1, State::Queued, ago(60))]);
    all.queued = 12_547;
    let mut h = open(all, Lang::ZhCn);
    press(&mut h, "撤回全部 12,547 单");
    h.get_by_label("撤回 12,547 单？");
    press(&mut h, "保留");
    assert!(h.state().commands().is_empty());
    press(&mut h, "撤回全部 12,547 单");
    h.get_all_by_role_and_label(Role::Button, "撤回全部 12,547 单")
        .last()
        .unwrap()
        .click();
    h.run_steps(3);
    assert_eq!(h.state().commands(), [Command::CancelAll]);
}

#[test]
fn a_refusal_is_explained_with_its_code_last() {
    let refusal = Refusal {
        errcode: 10_060_004,
        rid: Some("65a1b2c3".into()),
        refunded: false,
    };
    let mut h = open(
        outbox(vec![shipment(6, State::Rejected(refusal), ago(60))]),
        Lang::En,
    );
    choose(&mut h);
    h.get_by_label_contains("65a1b2c3");
    h.get_by_role_and_label(Role::Button, "Try again");
    assert!(h.query_by_label("Accept what WeChat shows").is_none());
}

#[test]
fn a_claimed_order_says_whose_it_is_and_is_taken_over_only_after_a_question() {
    let holder = Claimant {
        pc: "BACK-ROOM".into(),
        operator: "小李".into(),
        since: ago(300),
        folder_id: "1".into(),
    };
    for (lang, title, take, ask) in [
        (
            Lang::En,
            "A colleague's computer has claimed this order",
            "Take it over",
            "BACK-ROOM",
        ),
        (Lang::ZhCn, "同事的电脑已认领这个订单", "接手", "BACK-ROOM"),
    ] {
        let state = State::NeedsPerson(Why::ClaimedElsewhere(holder.clone()));
        let mut h = open(outbox(vec![shipment(1, state, ago(300))]), lang);
        choose(&mut h);
        h.get_by_label(title);
        assert!(h.query_all_by_label_contains(ask).next().is_some());
        press(&mut h, take);
        assert!(h.state().commands().is_empty(), "asked first");
        h.key_press(Key::Escape);
        h.run_steps(3);
        assert!(h.state().commands().is_empty());
    }
}

#[test]
fn without_the_teams_folder_the_page_says_so_and_sending_without_it_is_asked_about() {
    let gate = Gate::Claims {
        trouble: ClaimsTrouble::Unreachable,
        until: now().plus(Duration::from_secs(20)),
        tries: 2,
    };
    let mut h = open(
        Outbox {
            gate,
            queued: 3,
            ..outbox(vec![])
        },
        Lang::En,
    );
    h.get_by_label("The team's folder cannot be reached");
    press(&mut h, "Send without claims");
    h.get_by_label("Send without asking the team's folder?");
    assert!(h.state().commands().is_empty());
    press(&mut h, "Wait for the folder");
    assert!(h.state().commands().is_empty());
}
