//! A hundred orders at the scanner station, through the real window, engine and store, to the pretend WeChat.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use egui::{Event, ImeEvent};
use fahuo::domain::{Order, OrderQuery};
use fahuo::engine::command::{Command, Preference};
use fahuo::engine::{self, Fetch};
use fahuo::sim::{SimConfig, Simulator};
use fahuo::sound::Sound;

use super::common;
use super::desk::{Desk, End, couriers};

/// The hundred orders: some by WeChat's number, some by the shop's, some inside a QR code, every other one while an
/// input method composes.
#[test]
fn a_hundred_orders_are_shipped_at_the_station() {
    let wechat = Simulator::start(SimConfig {
        orders: 400,
        ..SimConfig::default()
    })
    .unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    let dir = tempfile::tempdir().unwrap();
    let (wake, woken) = mpsc::channel();
    let mut handle = engine::start(common::config(&wechat, dir.path()), move || {
        // After the window is gone nobody listens any more.
        wake.send(()).unwrap_or(());
    })
    .unwrap();
    handle.send(Command::Prefer(Preference::HoldSecs(1)));
    handle.send(Command::Prefer(couriers()));
    handle.send(Command::RefreshOrders(OrderQuery::default()));
    let start = Instant::now();
    while !matches!(handle.snapshot().orders.fetch, Fetch::Complete { .. }) {
        assert!(start.elapsed() < Duration::from_mins(1), "the list");
        handle.wait(Duration::from_secs(1));
    }
    let orders: Vec<Arc<Order>> = handle.snapshot().orders.rows.to_vec();
    let mut plain = orders
        .iter()
        .filter(|o| o.can_ship() && !o.partly_shipped() && !o.in_complaint);
    let hundred: Vec<Arc<Order>> = plain.by_ref().take(100).cloned().collect();
    assert_eq!(hundred.len(), 100);
    let mut desk = Desk::live(handle);
    for (index, order) in hundred.iter().enumerate() {
        if index % 2 == 0 {
            desk.window.event(Event::Ime(ImeEvent::Preedit {
                text: "fa huo".into(),
                active_range_chars: None,
            }));
        }
        let text = match index % 3 {
            0 => order.transaction_id.as_str().to_owned(),
            1 => order.out_trade_no.clone(),
            _ => format!("https://example.com/o?id={}&f=1", order.transaction_id),
        };
        desk.scan(&text, End::Enter);
        let end = if index % 5 == 0 { End::Tab } else { End::Enter };
        desk.scan(&format!("7531234{index:07}"), end);
    }
    let heard = desk.heard();
    assert_eq!(heard.iter().filter(|sound| **sound == Sound::Done).count(), 100);
    assert!(!heard.contains(&Sound::Refusal));
    desk.scan(hundred[3].transaction_id.as_str(), End::Enter);
    assert_eq!(desk.heard(), [Sound::Refusal], "a second time is refused aloud");
    let start = Instant::now();
    while desk.tally().shipped < 100 {
        assert!(start.elapsed() < Duration::from_secs(90), "{:?}", desk.tally());
        woken.recv_timeout(Duration::from_millis(100)).unwrap_or(());
        desk.window.run_steps(2);
    }
    let ledger = wechat.ledger();
    for order in &hundred {
        let id = order.transaction_id.as_str();
        assert_eq!(
            (ledger.committed_uploads(id), ledger.uploads_sent(id)),
            (1, 1),
            "{id}"
        );
        assert_eq!(
            ledger.order(id).unwrap().finish_count,
            1,
            "no correction was spent"
        );
    }
    let before = ledger.write_calls();
    desk.scan(hundred[7].transaction_id.as_str(), End::Enter);
    assert_eq!(desk.heard(), [Sound::Refusal]);
    assert_eq!(wechat.ledger().write_calls(), before);
}
