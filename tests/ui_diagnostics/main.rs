//! Drives the diagnostics by role and label: request ids, quotas and their reset, the bundle for support, and in
//! `probe` the page of the guided probe.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "../ui/fixtures.rs"]
mod fixtures;
mod probe;

use std::path::PathBuf;
use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{CallFailure, CallQuota, DayQuota, FailureKind, Refusal, RidRecord, State};
use fahuo::engine::command::{Command, DiagnosticsAsk};
use fahuo::engine::snapshot::{
    Bundle, BundlePart, DiagnosticsView, Leak, Outbox, RidAnswer, Shape, Snapshot,
};
use fahuo::i18n::Lang;
use fahuo::ui::file_picker::FilePicker;
use fahuo::ui::{App, Page};
use fixtures::{ago, now, shipment, shop, window};

const RID: &str = "65f1a2b3-0a1b2c3d-4e5f6071";

fn with(view: DiagnosticsView) -> Snapshot {
    Snapshot {
        diagnostics: Arc::new(view),
        ..shop()
    }
}

fn open(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    let mut h = window(snapshot, lang, Page::Settings);
    h.run_steps(4);
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).scroll_to_me();
    h.run_steps(4);
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
}

fn asked(h: &Harness<'static, App>) -> Vec<DiagnosticsAsk> {
    let commands = h.state().commands().iter();
    let asks = commands.filter_map(|command| {
        if let Command::Diagnose(ask) = command {
            Some(ask.clone())
        } else {
            None
        }
    });
    asks.collect()
}

fn quotas() -> DiagnosticsView {
    let day = |used, remain| {
        Ok(DayQuota {
            daily_limit: used + remain,
            used,
            remain,
            rate: Some((1000, 60)),
        })
    };
    let refused = CallFailure {
        errcode: Some(76_022),
        ..CallFailure::of(FailureKind::Refused)
    };
    DiagnosticsView {
        quotas: vec![
            CallQuota {
                path: "/wxa/sec/order/upload_shipping_info",
                answer: day(4_900, 100),
            },
            CallQuota {
                path: "/wxa/sec/order/get_order",
                answer: Err(refused),
            },
        ]
        .into(),
        quotas_at: Some(ago(60)),
        ..DiagnosticsView::default()
    }
}

#[test]
fn quotas_have_their_bars_and_a_refusal_its_words_in_both_languages() {
    for (lang, line, refused) in [
        (
            Lang::ZhCn,
            "上传发货: 已用 4,900 / 5,000，剩 100",
            "这个账号的令牌不能查询这个接口",
        ),
        (
            Lang::En,
            "Upload of a shipment: 4,900 of 5,000 used, 100 left",
            "The token of this account may not ask about this call",
        ),
    ] {
        let mut h = open(with(quotas()), lang);
        h.get_by_label(line);
        h.get_by_label(refused);
        let refresh = if lang == Lang::En {
            "Ask for the quotas"
        } else {
            "查询额度"
        };
        press(&mut h, refresh);
        assert_eq!(asked(&h), [DiagnosticsAsk::Quotas]);
    }
}

#[test]
fn a_reset_needs_ten_typed_and_closing_means_no() {
    let mut h = open(with(quotas()), Lang::En);
    press(&mut h, "Reset the quotas…");
    h.get_by_label_contains("10 resets per month");
    let yes = "Reset, using 1 of 10 per month";
    h.get_by_role_and_label(Role::Button, yes).click();
    h.run_steps(3);
    assert!(asked(&h).is_empty(), "nothing was typed");
    h.key_press(Key::Escape);
    h.run_steps(3);
    press(&mut h, "Reset the quotas…");
    h.get_by_role_and_label(
        Role::TextInput,
        "To go on, type the number of resets per month: 10",
    )
    .focus();
    h.run_steps(2);
    h.event(egui::Event::Text("10".into()));
    h.run_steps(3);
    h.get_by_role_and_label(Role::Button, yes).click();
    h.run_steps(3);
    assert_eq!(asked(&h), [DiagnosticsAsk::ResetQuotas { typed: "10".into() }]);
}

#[test]
fn a_request_id_is_typed_or_comes_with_an_error() {
    let mut h = open(shop(), Lang::En);
    press(&mut h, "What did WeChat receive");
    h.get_by_role_and_label(Role::TextInput, "rid").focus();
    h.run_steps(2);
    h.event(egui::Event::Text(RID.into()));
    h.run_steps(2);
    h.get_by_role_and_label(Role::Button, "Look up").click();
    h.run_steps(3);
    assert_eq!(asked(&h), [DiagnosticsAsk::Rid(RID.into())]);
    let record = RidRecord {
        invoked_at: Some(ago(60)),
        cost_millis: 30,
        url: "access_token=***".into(),
        request: "{\"order_key\":1}".into(),
        response: "{\"errcode\":10060014}".into(),
        client_ip: "113.108.1.2".into(),
    };
    let found = RidAnswer::Found {
        rid: RID.into(),
        record: Arc::new(record),
    };
    h.state_mut().set_snapshot(with(DiagnosticsView {
        rid: found,
        ..DiagnosticsView::default()
    }));
    h.run_steps(3);
    for shown in ["access_token=***", "{\"errcode\":10060014}", "113.108.1.2"] {
        h.get_by_label_contains(shown);
    }
    h.get_by_role_and_label(Role::Button, "Copy all");
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.query_by_label("access_token=***").is_none());

    // From the outbox, with one press.
    let refused = State::Rejected(Refusal {
        errcode: 10_060_014,
        rid: Some(RID.into()),
        refunded: false,
    });
    let rows = vec![Arc::new(shipment(1, refused, ago(60)))];
    let snapshot = Snapshot {
        outbox: Arc::new(Outbox {
            rejected: 1,
            rows: rows.into(),
            ..Outbox::default()
        }),
        ..shop()
    };
    let mut h = window(snapshot, Lang::En, Page::Outbox);
    h.run_steps(4);
    h.key_press(Key::ArrowDown);
    h.run_steps(3);
    h.get_by_role_and_label(Role::Button, "What did WeChat receive")
        .click();
    h.run_steps(3);
    assert_eq!(asked(&h), [DiagnosticsAsk::Rid(RID.into())]);
}

fn bundle(leak: Option<Leak>) -> DiagnosticsView {
    let part = |name, text: &str| BundlePart {
        name,
        text: text.to_owned(),
    };
    DiagnosticsView {
        bundle: Some(Arc::new(Bundle {
            at: now(),
            parts: vec![
                part("program.json", "{\n  \"version\": \"0.1.0\"\n}"),
                part("log.json", "{\n  \"newest_first\": true\n}"),
            ],
            leak,
        })),
        ..DiagnosticsView::default()
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a person may close the dialog without a choice"
)]
fn place(_: &fahuo::ui::file_picker::Request) -> Option<PathBuf> {
    Some(PathBuf::from("support.zip"))
}

#[test]
fn a_bundle_is_read_before_it_is_saved_and_a_leak_cannot_be_saved() {
    let mut h = open(shop(), Lang::En);
    h.state_mut().set_snapshot(shop());
    let app = std::mem::replace(
        h.state_mut(),
        App::with_snapshot(shop(), Lang::En).on(Page::Settings),
    );
    *h.state_mut() = app.with_picker(FilePicker::with(place));
    press(&mut h, "Save a support bundle…");
    assert_eq!(asked(&h), [DiagnosticsAsk::PreviewBundle]);
    let save = |h: &mut Harness<'static, App>| {
        h.get_by_role_and_label(Role::Button, "Save this bundle").click();
        h.run_steps(3);
    };
    save(&mut h);
    assert_eq!(asked(&h).len(), 1, "there is nothing to read yet");
    let leak = Leak {
        part: "log.json".into(),
        shape: Shape::Token,
    };
    h.state_mut().set_snapshot(with(bundle(Some(leak))));
    h.run_steps(3);
    h.get_by_label_contains("It cannot be saved: something in log.json");
    save(&mut h);
    assert_eq!(asked(&h).len(), 1);
    h.state_mut().set_snapshot(with(bundle(None)));
    h.run_steps(3);
    // Half of a small screen: what is read scrolls, and what is decided stays.
    h.set_size(egui::vec2(640.0, 400.0));
    h.run_steps(3);
    let rect = h.get_by_role_and_label(Role::Button, "Save this bundle").rect();
    assert!(rect.top() > 0.0 && rect.bottom() < 400.0, "{rect:?}");
    h.get_by_label_contains("Checked: no secret");
    h.get_by_label("  \"version\": \"0.1.0\"");
    h.get_by_role_and_label(Role::Button, "What was done and asked lately (1 KB)")
        .click();
    h.run_steps(3);
    h.get_by_label_contains("newest_first");
    save(&mut h);
    for _ in 0..200 {
        h.run_steps(1);
        if asked(&h).len() > 1 {
            break;
        }
        std::thread::yield_now();
    }
    let saved = DiagnosticsAsk::SaveBundle {
        path: PathBuf::from("support.zip"),
        replace: true,
    };
    assert_eq!(asked(&h).last(), Some(&saved));
}
