//! The page of the guided probe: what it costs, one button for each step, and what was found.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    Fen, Finding, Now, Order, OrderState, Probe, ProbeAnswer, ProbeAnswers, ProbeRefusal, ProbeState,
    ProbeStep, Question, Shipping,
};
use fahuo::engine::command::{DiagnosticsAsk, ProbeAsk};
use fahuo::engine::snapshot::{DiagnosticsView, ProbeTrouble, ProbeView, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

use super::fixtures::{ago, now, order, themed};
use super::{asked, open, press, with};

fn own_order() -> Order {
    Order {
        state: OrderState::ToShip,
        in_complaint: false,
        paid_amount: Fen(1),
        pay_time: ago(600),
        shipping: Shipping::default(),
        ..order(1)
    }
}

fn probe(step: ProbeStep, state: ProbeState) -> Probe {
    let now = Now {
        local: now(),
        server: now(),
    };
    let mut probe = Probe::begin(&own_order(), "ZTO", now).unwrap();
    probe.step = step;
    probe.state = state;
    if !probe.is_open() {
        probe.locked = None;
    }
    probe
}

fn probing(probe: Option<Probe>, trouble: Option<ProbeTrouble>) -> Snapshot {
    let answer = |question, finding| ProbeAnswer {
        question,
        finding,
        rid: None,
        at: ago(3600),
    };
    with(DiagnosticsView {
        probe: ProbeView {
            probe: probe.map(Arc::new),
            busy: false,
            trouble,
        },
        answers: Arc::new(ProbeAnswers {
            known: vec![
                answer(Question::PageSize, Finding::Number(100)),
                answer(Question::UnfinishedState, Finding::Number(1)),
                answer(Question::SecondList, Finding::Replaces),
                answer(Question::ParcelLimit, Finding::Number(15)),
            ],
        }),
        ..DiagnosticsView::default()
    })
}

fn probe_page(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    let mut h = open(snapshot, lang);
    let name = if lang == Lang::En {
        "Open the guided probe"
    } else {
        "打开接口实测"
    };
    press(&mut h, name);
    h
}

#[test]
fn the_probe_says_what_it_costs_before_it_looks_at_an_order() {
    let mut h = probe_page(probing(None, None), Lang::En);
    for words in [
        "at most 9 times",
        "the only correction of that order may be spent",
        "cannot be shipped",
    ] {
        h.get_by_label_contains(words);
    }
    h.get_by_role_and_label(Role::TextInput, "Order (WeChat Pay number)")
        .focus();
    h.run_steps(2);
    h.event(egui::Event::Text("4200000000000000000000000001".into()));
    h.run_steps(2);
    press(&mut h, "Look at this order");
    let order = fahuo::domain::TransactionId::parse("4200000000000000000000000001").unwrap();
    assert_eq!(asked(&h), [DiagnosticsAsk::Probe(ProbeAsk::Start(order))]);
    let refused = ProbeTrouble::Refused(ProbeRefusal::TooDear);
    h.state_mut().set_snapshot(probing(None, Some(refused)));
    h.run_steps(3);
    h.get_by_label_contains("more than 1 yuan");
    press(&mut h, "Back to settings");
    h.get_by_role_and_label(Role::Button, "Open the guided probe");
}

#[test]
fn every_step_waits_for_its_button_and_the_last_asks_again() {
    let mut h = probe_page(
        probing(Some(probe(ProbeStep::First, ProbeState::Ready)), None),
        Lang::En,
    );
    h.get_by_label("Step 1 of 9");
    h.get_by_label_contains("Sends 1 parcel");
    assert!(
        h.query_by_label("Leave this step out").is_none(),
        "without it nothing can be asked"
    );
    let end = |h: &Harness<'static, App>| h.get_by_role_and_label(Role::Button, "End the probe").rect();
    let place = end(&h);
    press(&mut h, "Send this step");
    assert_eq!(asked(&h), [DiagnosticsAsk::Probe(ProbeAsk::Go(ProbeStep::First))]);

    let mut h = probe_page(
        probing(Some(probe(ProbeStep::SecondList, ProbeState::Ready)), None),
        Lang::En,
    );
    assert!((end(&h).min.x - place.min.x).abs() < 1.0, "it stays where it was");
    press(&mut h, "Leave this step out");
    press(&mut h, "End the probe");
    h.key_press(Key::Escape);
    h.run_steps(3);
    press(&mut h, "End the probe");
    h.get_by_label_contains("nothing was uploaded");
    h.get_by_role_and_label(Role::Button, "End it").click();
    h.run_steps(3);
    let asks = [ProbeAsk::Skip(ProbeStep::SecondList), ProbeAsk::Stop];
    assert_eq!(asked(&h), asks.map(DiagnosticsAsk::Probe));

    let mut h = probe_page(
        probing(Some(probe(ProbeStep::Identical, ProbeState::Ready)), None),
        Lang::En,
    );
    let spend = "Send; this may spend the only correction";
    press(&mut h, spend);
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(asked(&h).is_empty(), "closing means No");
    press(&mut h, spend);
    let buttons: Vec<_> = h.get_all_by_role_and_label(Role::Button, spend).collect();
    buttons.last().unwrap().click();
    h.run_steps(3);
    assert_eq!(
        asked(&h),
        [DiagnosticsAsk::Probe(ProbeAsk::Go(ProbeStep::Identical))]
    );
}

#[test]
fn nothing_can_be_pressed_while_a_step_is_under_way() {
    for state in [
        ProbeState::Sending,
        ProbeState::Looking {
            not_before: now(),
            looks: 0,
        },
    ] {
        let mut h = probe_page(probing(Some(probe(ProbeStep::NewerTime, state)), None), Lang::En);
        for button in ["Send this step", "Leave this step out", "End the probe"] {
            h.get_by_role_and_label(Role::Button, button).click();
            h.run_steps(2);
        }
        assert!(asked(&h).is_empty(), "{state:?}");
    }
}

#[test]
fn what_was_found_is_shown_where_it_is_used_in_both_languages() {
    for (lang, words) in [
        (
            Lang::ZhCn,
            ["替换原来的包裹", "待发货（1）", "已用于本店每单包裹数"],
        ),
        (
            Lang::En,
            [
                "Replaces the parcels",
                "To ship (1)",
                "Used for the parcels per order",
            ],
        ),
    ] {
        for theme in ["light", "dark"] {
            let mut h = themed(probing(None, None), lang, Page::Settings, theme);
            h.run_steps(4);
            for words in words {
                h.get_by_label_contains(words);
            }
        }
    }
}
