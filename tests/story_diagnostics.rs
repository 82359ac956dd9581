//! What a person asks about WeChat itself: request ids, quotas, their reset, and the bundle for support, from the
//! command to the simulator's ledger and to the file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::io::Read as _;
use std::time::Duration;

use common::{Shop, config, draft};
use fahuo::domain::{FailureKind, ResetState, TransactionId};
use fahuo::engine::snapshot::RidAnswer;
use fahuo::engine::{self, Command, DiagnosticsAsk, DiagnosticsSaid, Notice};
use fahuo::sim::{Answer, Fault, Limits, Order, SANDBOX_APP_SECRET, What, endpoint};

const PHONE: &str = "13812341234";

fn ask(shop: &Shop, ask: DiagnosticsAsk) {
    shop.engine.send(Command::Diagnose(ask));
}

fn waiting(shop: &Shop) -> Vec<Order> {
    let now = shop.wechat.clock().now().as_second();
    let mut orders = shop.wechat.orders();
    orders.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.visible_at <= now);
    orders
}

fn id(order: &Order) -> TransactionId {
    TransactionId::parse(&order.transaction_id).unwrap()
}

/// Ships an order and is refused; the rid of the refusal.
fn refused_rid(shop: &mut Shop) -> (Order, String) {
    shop.fetched();
    let order = waiting(shop).remove(0);
    shop.wechat
        .push_fault(Fault::next("upload_shipping_info", What::errcode(10_060_014)));
    let mut draft = draft(&id(&order), "SF", "SF1234567890");
    draft.parcels[0].receiver_contact = PHONE.into();
    shop.engine.send(Command::Ship(draft));
    let rid = shop.until("the refusal", |s| {
        s.outbox.rows.iter().find_map(|row| {
            if let fahuo::domain::State::Rejected(refusal) = &row.state {
                refusal.rid.clone()
            } else {
                None
            }
        })
    });
    (order, rid)
}

#[track_caller]
fn rid_answer(shop: &mut Shop) -> RidAnswer {
    shop.until("the rid", |s| {
        let answer = s.diagnostics.rid.clone();
        let open = matches!(answer, RidAnswer::Nothing | RidAnswer::Asking(_));
        (!open).then_some(answer)
    })
}

#[test]
fn a_rid_shows_what_wechat_received_and_nothing_secret_of_it() {
    let mut shop = Shop::open();
    let (order, rid) = refused_rid(&mut shop);
    ask(
        &shop,
        DiagnosticsAsk::Rid(format!(" rid: {} ", rid.to_uppercase())),
    );
    let RidAnswer::Found { rid: found, record } = rid_answer(&mut shop) else {
        panic!("{:?}", shop.engine.snapshot().diagnostics.rid);
    };
    assert_eq!(found, rid);
    assert!(record.request.contains(&order.transaction_id), "{record:?}");
    assert!(record.response.contains("10060014"));
    assert_eq!(record.url, "access_token=***");
    let all = format!("{record:?}");
    let token = shop.wechat.with_world(|world| {
        let now = fahuo::sim::Clock::system().now();
        world.tokens.current(now).0
    });
    for secret in [order.openid.as_str(), PHONE, token.as_str()] {
        assert!(!all.contains(secret), "{all}");
    }
    assert_eq!(shop.wechat.ledger().write_calls(), 1, "only the upload itself");
}

#[test]
fn what_is_no_rid_is_not_asked_and_an_unknown_one_says_why() {
    let mut shop = Shop::open();
    ask(&shop, DiagnosticsAsk::Rid("订单号".into()));
    assert_eq!(rid_answer(&mut shop), RidAnswer::NoRid("订单号".into()));
    assert_eq!(shop.wechat.ledger().requests(endpoint::RID_GET), 0);
    ask(&shop, DiagnosticsAsk::Rid("65f1a2b3-0a1b2c3d-4e5f6071".into()));
    let failure = shop.until("the refusal", |s| {
        if let RidAnswer::Failed { failure, .. } = &s.diagnostics.rid {
            Some(failure.clone())
        } else {
            None
        }
    });
    assert_eq!(
        (failure.kind, failure.errcode),
        (FailureKind::Refused, Some(76_001))
    );
}

#[test]
fn the_quotas_of_all_calls_are_told_with_what_was_used() {
    let mut shop = Shop::open();
    shop.wechat.with_world(|world| {
        world.limits = Limits {
            per_second: None,
            daily: 5000,
            ..Limits::default()
        };
        world.limits.daily_by_path.insert(endpoint::UPLOAD.into(), 7);
    });
    shop.fetched();
    ask(&shop, DiagnosticsAsk::Quotas);
    let quotas = shop.until("the quotas", |s| {
        let view = &s.diagnostics;
        (!view.asking_quotas && !view.quotas.is_empty()).then(|| view.quotas.to_vec())
    });
    assert_eq!(quotas.len(), 7);
    let of = |path: &str| {
        let found = quotas.iter().find(|quota| quota.path == path).unwrap();
        *found.answer.as_ref().unwrap()
    };
    assert_eq!(
        (of(endpoint::UPLOAD).daily_limit, of(endpoint::UPLOAD).used),
        (7, 0)
    );
    assert!(of(endpoint::GET_ORDER_LIST).used > 0);
    let left = shop.engine.snapshot().outbox.uploads_left.unwrap();
    assert_eq!((left.remain, left.daily_limit), (7, 7), "the outbox knows it too");
}

#[track_caller]
fn reset(shop: &mut Shop, typed: &str) -> ResetState {
    ask(shop, DiagnosticsAsk::ResetQuotas { typed: typed.into() });
    loop {
        for notice in shop.engine.notices() {
            if let Notice::Diagnostics(DiagnosticsSaid::Reset(state)) = notice {
                return state;
            }
        }
        shop.engine.wait(Duration::from_secs(1));
    }
}

#[test]
fn a_reset_needs_its_price_typed_and_ends_the_rest_of_the_day() {
    let mut shop = Shop::open();
    let (order, _) = refused_rid(&mut shop);
    for typed in ["", "yes", "1", "100"] {
        ask(&shop, DiagnosticsAsk::ResetQuotas { typed: typed.into() });
    }
    // A used-up quota rests, and only the reset ends that.
    shop.wechat
        .push_fault(Fault::next("upload_shipping_info", What::errcode(45_009)));
    let other = waiting(&shop)
        .into_iter()
        .find(|o| o.transaction_id != order.transaction_id)
        .unwrap();
    shop.engine
        .send(Command::Ship(draft(&id(&other), "ZTO", "ZT9876543210")));
    shop.until("the rest", |s| {
        matches!(s.outbox.gate, engine::Gate::DailyQuota { .. }).then_some(())
    });
    assert_eq!(shop.wechat.ledger().requests(endpoint::CLEAR_QUOTA), 0);
    assert_eq!(reset(&mut shop, " 10 "), ResetState::Done);
    assert_eq!(shop.wechat.ledger().requests(endpoint::CLEAR_QUOTA), 1);
    shop.until("the shipment", |s| (s.outbox.shipped > 0).then_some(()));
    assert_eq!(shop.engine.snapshot().diagnostics.resets.at.len(), 1);
}

#[test]
fn a_reset_that_was_refused_costs_nothing_and_one_without_an_answer_is_not_repeated() {
    let mut shop = Shop::open();
    shop.wechat.with_world(|world| world.resets_left = 0);
    let ResetState::Failed(failure) = reset(&mut shop, "10") else {
        panic!();
    };
    assert_eq!(failure.errcode, Some(48_006));
    assert!(shop.engine.snapshot().diagnostics.resets.at.is_empty());
    shop.wechat.with_world(|world| world.resets_left = 3);
    shop.wechat
        .push_fault(Fault::next("clear_quota", What::DropReplyAfterApply));
    assert_eq!(reset(&mut shop, "10"), ResetState::Unclear);
    assert_eq!(shop.wechat.ledger().requests(endpoint::CLEAR_QUOTA), 2);
    // The next run knows of it.
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.until("the record", |s| {
        (s.diagnostics.resets.at.len() == 1).then_some(())
    });
    assert_eq!(shop.wechat.with_world(|world| world.resets_left), 2);
}

/// The text of all files in an archive, with its bytes.
fn contents(path: &std::path::Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn a_bundle_holds_what_support_needs_and_exactly_what_was_shown() {
    let mut shop = Shop::open();
    let (order, rid) = refused_rid(&mut shop);
    shop.engine.send(Command::TestAccount);
    shop.until("the checks", |s| s.session.doctor.at);
    ask(&shop, DiagnosticsAsk::PreviewBundle);
    let bundle = shop.until("the bundle", |s| s.diagnostics.bundle.clone());
    assert_eq!(bundle.leak, None);
    let path = shop.dir.path().join("support.zip");
    ask(
        &shop,
        DiagnosticsAsk::SaveBundle {
            path: path.clone(),
            replace: false,
        },
    );
    loop {
        let said = shop.engine.notices();
        if said.contains(&Notice::Diagnostics(DiagnosticsSaid::BundleSaved(
            "support.zip".into(),
        ))) {
            break;
        }
        assert!(
            !said
                .iter()
                .any(|notice| matches!(notice, Notice::FileNotSaved { .. })),
            "{said:?}"
        );
        shop.engine.wait(Duration::from_secs(1));
    }
    let saved = contents(&path);
    let shown: Vec<(String, String)> = bundle
        .parts
        .iter()
        .map(|part| (part.name.to_owned(), part.text.clone()))
        .collect();
    assert_eq!(saved, shown);
    let all: String = saved.iter().map(|(_, text)| text.as_str()).collect();
    for needed in [
        env!("CARGO_PKG_VERSION"),
        rid.as_str(),
        "10060014",
        "\"rejected\": 1",
        "ServiceOpened",
        "upload_shipping_info",
    ] {
        assert!(all.contains(needed), "{needed}: {all}");
    }
    for secret in [
        SANDBOX_APP_SECRET,
        PHONE,
        order.openid.as_str(),
        order.transaction_id.as_str(),
        "SF1234567890",
        shop.dir.path().to_str().unwrap(),
    ] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn a_bundle_that_would_hold_a_known_secret_is_neither_called_clean_nor_written() {
    let wechat = fahuo::sim::Simulator::start(fahuo::sim::SimConfig::default()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    // Not practice: then the secrets at hand are real ones. This one stands in every bundle as the version's key.
    let mut config = config(&wechat, dir.path());
    config.sandbox = false;
    let credentials = config.credentials.as_mut().unwrap();
    credentials.secret = fahuo::engine::Secret::new("people_and_program".into());
    let engine = engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    ask(&shop, DiagnosticsAsk::PreviewBundle);
    let bundle = shop.until("the bundle", |s| s.diagnostics.bundle.clone());
    assert_eq!(bundle.leak.as_ref().unwrap().part, "log.json");
    let path = shop.dir.path().join("support.zip");
    ask(
        &shop,
        DiagnosticsAsk::SaveBundle {
            path: path.clone(),
            replace: false,
        },
    );
    loop {
        let said = shop.engine.notices();
        if said
            .iter()
            .any(|notice| matches!(notice, Notice::FileNotSaved { .. }))
        {
            break;
        }
        shop.engine.wait(Duration::from_secs(1));
    }
    assert!(!path.exists());
}

#[test]
fn answers_that_are_spoiled_are_told_as_failures_and_nothing_is_asked_twice() {
    let mut shop = Shop::open();
    let spoiled = What::Answer {
        applied: false,
        answer: Answer::Html(200),
    };
    shop.wechat.push_fault(Fault::next("rid/get", spoiled));
    ask(&shop, DiagnosticsAsk::Rid("65f1".into()));
    let RidAnswer::Failed { failure, .. } = rid_answer(&mut shop) else {
        panic!();
    };
    assert_eq!(failure.kind, FailureKind::NotWeChat);
    assert_eq!(shop.wechat.ledger().requests(endpoint::RID_GET), 1);
}
