//! scratch
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
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::snapshot::*;
use fahuo::i18n::Lang;
use fahuo::ui::Page;
use fixtures::*;
use std::sync::Arc;

fn take(
    name: &str,
    snapshot: &Snapshot,
    page: Page,
    act: impl Fn(&mut egui_kittest::Harness<'static, fahuo::ui::App>),
) {
    let only = std::env::var("LOOK").unwrap_or_default();
    if !only.is_empty() && !name.contains(&only) {
        return;
    }
    for (lang, theme) in [(Lang::ZhCn, "light"), (Lang::En, "dark")] {
        let mut h = themed(snapshot.clone(), lang, page, theme);
        h.run_steps(4);
        act(&mut h);
        h.run_steps(4);
        h.render()
            .unwrap()
            .save(format!("/tmp/look/{name}-{}-{theme}.png", lang.tag()))
            .unwrap();
    }
}

#[test]
fn look() {
    std::fs::create_dir_all("/tmp/look").unwrap();
    let mut s = shop();
    take("import-choose", &s, Page::Import, |_| ());
    s.batch = Some(Arc::new(file(500, BatchPhase::Checked)));
    take("import-checked", &s, Page::Import, |_| ());
    take("import-detail", &s, Page::Import, |h| {
        let rows: Vec<_> = h
            .get_all_by_role(egui::accesskit::Role::Row)
            .map(|n| n.rect())
            .collect();
        let c = rows[3].center();
        h.hover_at(c);
        h.drag_at(c);
        h.drop_at(c);
    });

    use fahuo::domain::*;
    let mut s = shop();
    take("outbox-empty", &s, Page::Outbox, |_| ());
    let doubt = Doubt::Failure(CallFailure {
        kind: FailureKind::NoAnswer,
        errcode: None,
        rid: None,
        http_status: Some(502),
    });
    let mut un = shipment(4, State::Unclear(doubt), ago(70));
    un.not_before = now().plus(std::time::Duration::from_secs(20));
    let rows = vec![
        shipment(1, State::Queued, ago(600)),
        shipment(2, State::Queued, ago(600)),
        shipment(3, State::Sending, ago(2)),
        un,
        shipment(5, State::NeedsPerson(Why::ShippedElsewhere), ago(3700)),
        shipment(
            6,
            State::Rejected(Refusal {
                errcode: 10060004,
                rid: Some("65a1b2c3-1d2e3f".into()),
                refunded: false,
            }),
            ago(300),
        ),
        shipment(7, State::Shipped { found: false }, ago(90)),
        shipment(8, State::Shipped { found: true }, ago(95)),
        shipment(9, State::Waiting, ago(400)),
    ];
    s.outbox = Arc::new(Outbox {
        gate: Gate::Interrupted,
        queued: 12547,
        waiting: 1,
        sending: 1,
        unclear: 4,
        needs_person: 1,
        rejected: 1,
        shipped: 7412,
        rows: rows.into_iter().map(Arc::new).collect::<Vec<_>>().into(),
        calls_per_sec: 3.2,
        remaining_secs: Some(1200),
    });
    let session = Arc::make_mut(&mut s.session);
    session.sandbox = true;
    let mut o = order(5);
    o.shipping = Shipping {
        parcels: vec![ShippedParcel {
            tracking_no: "SF1234567890123".into(),
            express_company: "SF".into(),
            goods_desc: "龙井".into(),
            upload_time: Some(ago(5000)),
            ..ShippedParcel::default()
        }],
        ..Shipping::default()
    };
    s.open_order = Arc::new(Remote::Ready(OpenOrder {
        order: Arc::new(o),
        read_at: ago(30),
        shipments: vec![],
    }));
    take("outbox-rows", &s, Page::Outbox, |_| ());
    take("outbox-detail", &s, Page::Outbox, |h| {
        let c = h
            .get_all_by_role(egui::accesskit::Role::Row)
            .next()
            .unwrap()
            .rect()
            .center();
        h.hover_at(c);
        h.drag_at(c);
        h.drop_at(c);
    });
    take("outbox-confirm", &s, Page::Outbox, |h| {
        let c = h
            .get_all_by_role(egui::accesskit::Role::Row)
            .next()
            .unwrap()
            .rect()
            .center();
        h.hover_at(c);
        h.drag_at(c);
        h.drop_at(c);
        h.run_steps(4);
        h.get_all_by_role(egui::accesskit::Role::Button)
            .filter(|n| {
                use egui_kittest::kittest::NodeT as _;
                let l = n.accesskit_node().label().unwrap_or_default();
                l == "Drop it" || l == "放弃这一单"
            })
            .next()
            .unwrap()
            .click();
        h.run_steps(3);
    });
    let mut b = file(500, BatchPhase::Sending);
    b.counts = Counts {
        rows: 500,
        shipped: 120,
        waiting: 230,
        unclear: 2,
        needs_person: 3,
        refused: 3,
        blocked: 72,
        ignored: 35,
        already_done: 35,
        ..Counts::default()
    };
    s.outbox = Arc::new(Outbox {
        gate: Gate::Holding {
            until: now().plus(std::time::Duration::from_secs(8)),
        },
        queued: 358,
        ..(*s.outbox).clone()
    });
    s.batch = Some(Arc::new(b.clone()));
    take("import-holding", &s, Page::Import, |_| ());
    s.outbox = Arc::new(Outbox {
        gate: Gate::Open,
        ..(*s.outbox).clone()
    });
    take("import-sending", &s, Page::Import, |_| ());
    b.phase = BatchPhase::Done;
    s.batch = Some(Arc::new(b));
    take("import-done", &s, Page::Import, |_| ());

    let mut s = shop();
    take("settings-plain", &s, Page::Settings, |_| ());
    let session = Arc::make_mut(&mut s.session);
    session.key_store = KeyStore::SessionOnly { locked: true };
    session.doctor = Doctor {
        running: false,
        at: Some(ago(60)),
        checks: vec![
            (CheckKind::Network, CheckResult::Passed),
            (CheckKind::Clock, CheckResult::Passed),
            (
                CheckKind::Credentials,
                CheckResult::Failed(CallFailure {
                    kind: FailureKind::IpNotAllowed {
                        ip: Some("203.0.113.7".into()),
                    },
                    errcode: Some(40164),
                    rid: Some("65a1b2c3-1d2e3f".into()),
                    http_status: Some(200),
                }),
            ),
            (CheckKind::ServiceOpened, CheckResult::NotRun),
            (CheckKind::SettlementConfirmed, CheckResult::NotRun),
            (CheckKind::Couriers, CheckResult::NotRun),
        ],
    };
    take("settings-doctor", &s, Page::Settings, |_| ());
    take("frame-keys", &s, Page::Outbox, |h| h.key_press(egui::Key::F1));
    take("frame-toasts", &s, Page::Outbox, |h| {
        h.state_mut().say(&fahuo::engine::Notice::NotSaved(vec![]));
        h.state_mut().say(&fahuo::engine::Notice::Unclear(order_id(3)));
        h.state_mut().say(&fahuo::engine::Notice::Saved);
    });
}
