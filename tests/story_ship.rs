//! One order through engine and simulator: on a good day, and on every kind of bad one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use common::{Shop, draft};
use fahuo::domain::{State, TransactionId};
use fahuo::engine::Command;
use fahuo::sim::{Answer, Fault, What};

const UPLOAD: &str = "/wxa/sec/order/upload_shipping_info";

/// Ships the first shippable order while `faults` wait at the server; checks that exactly one upload counts,
/// and whether an answer or a look ended it.
#[track_caller]
fn check(faults: Vec<Fault>, sent: usize, found: bool) {
    let mut shop = Shop::open();
    let order = shop
        .fetched()
        .into_iter()
        .find(|o| o.can_ship() && !o.in_complaint)
        .unwrap();
    for fault in faults {
        shop.wechat.push_fault(fault);
    }
    shop.engine.send(Command::Ship(draft(
        &order.transaction_id,
        "YTO",
        "YT1234567890123",
    )));
    shop.settled(1);
    let state = shop.engine.snapshot().outbox.rows[0].state.clone();
    // Found means: it was unclear, and a look showed it there.
    assert_eq!(state, State::Shipped { found });
    let ledger = shop.wechat.ledger();
    let id = order.transaction_id.as_str();
    assert_eq!(ledger.committed_uploads(id), 1, "committed");
    assert_eq!(ledger.uploads_sent(id), sent, "sent");
    let fate = ledger.order(id).unwrap();
    assert_eq!(fate.finish_count, 1);
}

#[test]
fn an_order_is_shipped_with_one_upload() {
    check(vec![], 1, false);
}

#[test]
fn a_commit_whose_answer_is_lost_is_found_by_a_look() {
    check(vec![Fault::next(UPLOAD, What::DropReplyAfterApply)], 1, true);
}

#[test]
fn a_request_that_is_lost_is_sent_again_after_two_looks() {
    check(vec![Fault::next(UPLOAD, What::DropBeforeApply)], 2, false);
}

#[test]
fn busy_after_the_commit_is_found_by_a_look() {
    check(vec![Fault::next(UPLOAD, What::errcode_after_apply(-1))], 1, true);
}

#[test]
fn busy_before_the_commit_is_sent_again_after_two_looks() {
    check(vec![Fault::next(UPLOAD, What::errcode(-1))], 2, false);
}

#[test]
fn a_page_of_html_is_no_answer() {
    let html = Answer::Html(200);
    check(vec![Fault::next(UPLOAD, What::answer(html))], 1, true);
}

#[test]
fn an_order_that_is_not_there_is_told_and_sends_nothing() {
    let mut shop = Shop::open();
    shop.fetched();
    let nowhere = TransactionId::parse("4200000000000000000000000000").unwrap();
    shop.engine
        .send(Command::Ship(draft(&nowhere, "YTO", "YT1234567890123")));
    shop.until("waiting", |s| (s.outbox.waiting == 1).then_some(()));
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
}

#[test]
fn an_order_number_is_never_sent_as_a_tracking_number() {
    let mut shop = Shop::open();
    let orders = shop.fetched();
    let mut plain = orders.iter().filter(|o| o.can_ship() && !o.in_complaint);
    let (order, other) = (plain.next().unwrap(), plain.next().unwrap());
    let slip = draft(&order.transaction_id, "YTO", &other.out_trade_no);
    shop.engine.send(Command::Ship(slip));
    shop.engine.send(Command::Ship(draft(
        &other.transaction_id,
        "YTO",
        "YT1234567890123",
    )));
    shop.settled(1);
    let rows = shop.engine.snapshot().outbox.rows.clone();
    assert_eq!(rows.len(), 1);
    let ledger = shop.wechat.ledger();
    assert_eq!(ledger.uploads_sent(order.transaction_id.as_str()), 0);
}

#[test]
fn an_order_that_is_held_can_be_taken_back_and_goes_out_by_itself() {
    let mut shop = Shop::open();
    let orders = shop.fetched();
    let mut plain = orders.iter().filter(|o| o.can_ship() && !o.in_complaint);
    let (kept, sent) = (plain.next().unwrap(), plain.next().unwrap());
    for (order, number, hold_secs) in [(kept, "YT1234567890123", 600), (sent, "YT1234567890124", 1)] {
        shop.engine.send(Command::ShipAfter {
            draft: draft(&order.transaction_id, "YTO", number),
            hold_secs,
        });
    }
    let id = shop.until("the held one", |s| {
        let rows = s.outbox.rows.iter();
        let mut held = rows.filter(|row| *row.intent.transaction_id() == kept.transaction_id);
        held.next()
            .map(|row| (row.id, row.not_before.since(row.queued_at)))
    });
    assert_eq!(id.1, std::time::Duration::from_mins(10));
    shop.until("the other one", |s| (s.outbox.shipped == 1).then_some(()));
    shop.engine.send(Command::CancelShipment(id.0));
    shop.until("taken back", |s| {
        s.outbox
            .rows
            .iter()
            .any(|row| row.state == State::Cancelled)
            .then_some(())
    });
    let ledger = shop.wechat.ledger();
    assert_eq!(ledger.uploads_sent(kept.transaction_id.as_str()), 0);
    assert_eq!(ledger.uploads_sent(sent.transaction_id.as_str()), 1);
}
