//! Shopping orders from the command to the pretend WeChat's record, with faults and restarts: nothing is told twice,
//! nothing in doubt is called done, and nothing personal stays on disk.

use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

use fahuo::domain::shopping::{ShoppingContent, ShoppingNotice};
use fahuo::domain::{
    CallFailure, Doubt, FailureKind, Happened, HistoryLine, ShoppingDraft, ShoppingRecord, ShoppingState,
};
use fahuo::engine::snapshot::Gate;
use fahuo::engine::{self, Command, Notice, ShoppingAsk, ShoppingSource, Snapshot};
use fahuo::sim::{
    Answer, Fault, Happening, SANDBOX_APPID, ShoppingKey, ShoppingRecord as Told, What, endpoint,
};

use super::common::{Shop, config};
use super::make::{OPENID, PHONE, details, question, shipping};

const DETAILS: &str = "combine-orders";
const SHIP: &str = "shippings";

fn send(shop: &Shop, drafts: &[ShoppingDraft]) {
    shop.engine
        .send(Command::Shopping(ShoppingAsk::Send(drafts.to_vec())));
}

fn newest(snapshot: &Snapshot, draft: &ShoppingDraft) -> Option<Arc<ShoppingRecord>> {
    let kept = draft.kept();
    let mut rows = snapshot.shopping.rows.iter();
    rows.find(|record| *record.draft == kept).cloned()
}

#[track_caller]
fn ended(shop: &mut Shop, draft: &ShoppingDraft) -> ShoppingRecord {
    let found = shop.until("the end of a call", |s| {
        newest(s, draft).filter(|record| !record.state.is_open())
    });
    ShoppingRecord::clone(&found)
}

#[track_caller]
fn told(shop: &mut Shop, drafts: &[ShoppingDraft]) -> (usize, usize, usize) {
    send(shop, drafts);
    loop {
        for notice in shop.engine.notices() {
            if let Notice::Shopping(ShoppingNotice::Queued {
                queued,
                already,
                wrong,
            }) = notice
            {
                return (queued, already, wrong);
            }
        }
        shop.engine.wait(Duration::from_secs(1));
    }
}

fn known(shop: &Shop, parent: &str) -> Told {
    let key = ShoppingKey::Transaction(parent.into());
    shop.wechat
        .with_world(|world| world.shopping.record(&key).cloned().unwrap_or_default())
}

fn restarted(shop: Shop) -> Shop {
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
    Shop { wechat, dir, engine }
}

/// The bodies that came to a path.
fn bodies(shop: &Shop, path: &str) -> Vec<serde_json::Value> {
    let entries = shop.wechat.ledger().entries();
    let found = entries.into_iter().filter(|entry| entry.path == path);
    found.map(|entry| entry.body).collect()
}

#[test]
fn details_then_verification_then_shipping_are_told_once_and_kept() {
    let mut shop = Shop::open();
    let all = [details("42", SANDBOX_APPID), question("42"), shipping("42")];
    assert_eq!(told(&mut shop, &all), (3, 0, 0));
    assert_eq!(ended(&mut shop, &all[0]).state, ShoppingState::Accepted);
    assert_eq!(
        ended(&mut shop, &all[1]).state,
        ShoppingState::Said("success".into())
    );
    assert_eq!(ended(&mut shop, &all[2]).state, ShoppingState::Accepted);
    assert_eq!(
        (
            known(&shop, "42").details_uploads,
            known(&shop, "42").shipping_uploads
        ),
        (1, 1)
    );
    assert_eq!(shop.wechat.ledger().warnings(), Vec::<String>::new());

    // The same again is not sent, in this run and in the next; a question may be asked again.
    assert_eq!(told(&mut shop, &all), (1, 2, 0));
    ended(&mut shop, &all[1]);
    let mut shop = restarted(shop);
    shop.until("the record", |s| (s.shopping.rows.len() == 4).then_some(()));
    assert_eq!(told(&mut shop, &all[..1]), (0, 1, 0));
    assert_eq!(
        (
            shop.wechat.ledger().requests(DETAILS),
            shop.wechat.ledger().requests(SHIP)
        ),
        (1, 1)
    );

    // Other content is an update, with a later time.
    let mut other = details("42", SANDBOX_APPID);
    if let ShoppingContent::Details(subs) = &mut other.content {
        subs[0].items[0].quantity = "3".into();
    }
    let key = ShoppingKey::Transaction("42".into());
    shop.wechat.with_world(|world| world.shopping.await_payment(key));
    assert_eq!(told(&mut shop, from_ref(&other)), (1, 0, 0));
    assert_eq!(ended(&mut shop, &other).state, ShoppingState::Accepted);
    assert_eq!(known(&shop, "42").details_uploads, 2);
}

#[test]
fn what_is_wrong_never_leaves() {
    let mut shop = Shop::open();
    let mut wrong = details("42", SANDBOX_APPID);
    if let ShoppingContent::Details(subs) = &mut wrong.content {
        let item = subs[0].items[0].clone();
        subs[0].items = vec![item; 51];
    }
    let foreign = details("43", "wxother0000000000");
    assert_eq!(
        told(&mut shop, &[wrong, foreign, details("44", SANDBOX_APPID)]),
        (1, 0, 2)
    );
    ended(&mut shop, &details("44", SANDBOX_APPID));
    assert_eq!(shop.wechat.ledger().requests(DETAILS), 1);
}

#[test]
fn an_answer_that_is_lost_is_told_as_unclear_and_the_second_try_is_byte_for_byte_the_same() {
    let mut shop = Shop::open();
    let draft = details("42", SANDBOX_APPID);
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::DropReplyAfterApply));
    assert_eq!(told(&mut shop, from_ref(&draft)), (1, 0, 0));
    let first = ended(&mut shop, &draft);
    assert!(matches!(first.state, ShoppingState::Unclear(_)), "{first:?}");
    // Nothing is sent again by itself.
    assert_eq!(told(&mut shop, &[question("42")]), (1, 0, 0));
    assert_eq!(
        ended(&mut shop, &question("42")).state,
        ShoppingState::Said("success".into())
    );
    assert_eq!(shop.wechat.ledger().requests(DETAILS), 1);

    assert_eq!(told(&mut shop, from_ref(&draft)), (1, 0, 0));
    let second = shop.until("the second try", |s| {
        newest(s, &draft).filter(|record| record.attempts == 2 && !record.state.is_open())
    });
    let compared = matches!(
        second.state,
        ShoppingState::Unclear(Doubt::Compare {
            errcode: 268_485_216,
            ..
        })
    );
    assert!(compared && second.id == first.id, "{second:?}");
    let sent = bodies(&shop, endpoint::COMBINE_ORDERS);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    assert_eq!(known(&shop, "42").details_uploads, 1);

    // A person ends it; the same is not sent a third time.
    shop.engine.send(Command::Shopping(ShoppingAsk::Settle(first.id)));
    shop.until("the word of a person", |s| {
        newest(s, &draft).filter(|record| record.state == ShoppingState::Settled)
    });
    assert_eq!(told(&mut shop, &[draft]), (0, 1, 0));
    assert_eq!(shop.wechat.ledger().requests(DETAILS), 2);
}

#[test]
fn a_request_that_is_lost_is_sent_again_by_a_person_also_after_a_restart() {
    let mut shop = Shop::open();
    let draft = shipping("42");
    shop.wechat.push_fault(Fault::next(SHIP, What::DropBeforeApply));
    send(&shop, from_ref(&draft));
    let first = ended(&mut shop, &draft);
    assert!(matches!(first.state, ShoppingState::Unclear(_)));
    let mut shop = restarted(shop);
    shop.until("the record", |s| newest(s, &draft));
    assert_eq!(shop.wechat.ledger().requests(SHIP), 1, "a restart sends nothing");
    assert_eq!(told(&mut shop, from_ref(&draft)), (1, 0, 0));
    let second = shop.until("the second try", |s| {
        newest(s, &draft).filter(|record| record.state == ShoppingState::Accepted)
    });
    assert_eq!((second.upload_time, second.id), (first.upload_time, first.id));
    let sent = bodies(&shop, endpoint::COMBINE_SHIPPINGS);
    assert_eq!(sent[0], sent[1]);
    assert_eq!(known(&shop, "42").shipping_uploads, 1);
}

#[test]
fn what_waits_in_line_at_the_end_was_not_sent_and_says_so() {
    let mut shop = Shop::open();
    let draft = details("42", SANDBOX_APPID);
    shop.engine.send(Command::Pause);
    assert_eq!(told(&mut shop, from_ref(&draft)), (1, 0, 0));
    let mut shop = restarted(shop);
    assert_eq!(ended(&mut shop, &draft).state, ShoppingState::Left);
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    assert_eq!(told(&mut shop, from_ref(&draft)), (1, 0, 0));
    shop.until("the upload", |s| {
        newest(s, &draft).filter(|record| record.state == ShoppingState::Accepted)
    });
    // And what a person takes back was not sent either.
    shop.engine.send(Command::Pause);
    let other = details("43", SANDBOX_APPID);
    assert_eq!(told(&mut shop, from_ref(&other)), (1, 0, 0));
    shop.engine.send(Command::Shopping(ShoppingAsk::CancelAll));
    assert_eq!(ended(&mut shop, &other).state, ShoppingState::Left);
    assert_eq!(shop.wechat.ledger().requests(DETAILS), 1);
}

#[test]
fn a_refusal_is_of_one_order_and_what_holds_for_the_account_stops_those_behind_it() {
    let mut shop = Shop::open();
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::errcode(268_457_013)));
    let [first, second] = ["42", "43"].map(|number| details(number, SANDBOX_APPID));
    send(&shop, &[first.clone(), second.clone()]);
    let refused = ended(&mut shop, &first);
    assert!(matches!(&refused.state, ShoppingState::Refused(refusal) if refusal.errcode == 268_457_013));
    assert_eq!(ended(&mut shop, &second).state, ShoppingState::Accepted);

    let [third, fourth] = ["44", "45"].map(|number| details(number, SANDBOX_APPID));
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::errcode(48_001)));
    send(&shop, &[third.clone(), fourth.clone()]);
    for draft in [&third, &fourth] {
        let stopped = ended(&mut shop, draft);
        let ShoppingState::NotSent(CallFailure { kind, .. }) = &stopped.state else {
            panic!("{stopped:?}");
        };
        assert_eq!(*kind, FailureKind::ServiceNotOpened);
    }
    assert_eq!(shop.wechat.ledger().requests(DETAILS), 3);
    // What is missing for this product is not missing for shipments.
    assert_eq!(shop.engine.snapshot().outbox.gate, Gate::Open);
}

#[test]
fn too_fast_waits_a_killed_token_is_renewed_and_an_odd_answer_is_unclear() {
    let mut shop = Shop::open();
    let fast = details("42", SANDBOX_APPID);
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::errcode(45_011)));
    send(&shop, from_ref(&fast));
    assert_eq!(ended(&mut shop, &fast).state, ShoppingState::Accepted);
    let killed = details("43", SANDBOX_APPID);
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::Happen(Happening::KillToken)));
    send(&shop, from_ref(&killed));
    assert_eq!(ended(&mut shop, &killed).state, ShoppingState::Accepted);
    for (number, answer) in [
        ("44", Answer::Errcode(-1)),
        ("45", Answer::NoErrcode),
        ("46", Answer::Html(200)),
        ("47", Answer::Status(502)),
        ("48", Answer::ErrcodeAsString),
    ] {
        let draft = details(number, SANDBOX_APPID);
        shop.wechat
            .push_fault(Fault::next(DETAILS, What::answer(answer.clone())));
        send(&shop, from_ref(&draft));
        let record = ended(&mut shop, &draft);
        assert!(
            matches!(record.state, ShoppingState::Unclear(_)),
            "{answer:?} {record:?}"
        );
        assert_eq!(record.attempts, 1, "{answer:?}");
    }
}

#[test]
fn a_file_is_checked_first_and_sent_once() {
    let mut shop = Shop::open();
    let text = "合单号,openid,子单号,快递公司,快递单号,收件人电话\n\
        42,oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,42a,中通快递,78000000001,\n\
        43,oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,43a,顺丰,SF1,18912341234\n\
        44,oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,44a,顺丰,SF2,\n";
    let path = shop.dir.path().join("合单物流.csv");
    std::fs::write(&path, text).unwrap();
    let read = |shop: &Shop| {
        let from = ShoppingSource::File(path.clone());
        let call = fahuo::domain::ShoppingCall::Ship;
        shop.engine
            .send(Command::Shopping(ShoppingAsk::Read { call, from }));
    };
    read(&shop);
    let view = shop.until("the file", |s| s.shopping.file.clone());
    assert_eq!((view.ready, view.already, view.wrong), (2, 0, 1));
    assert_eq!(shop.wechat.ledger().write_calls(), 0);
    shop.engine
        .send(Command::Shopping(ShoppingAsk::SendFile(view.serial)));
    shop.engine
        .send(Command::Shopping(ShoppingAsk::SendFile(view.serial))); // a second click
    shop.until("the answers", |s| {
        let there = s.shopping.rows.iter().filter(|row| row.state.is_there());
        (there.count() == 2).then_some(())
    });
    assert_eq!(shop.wechat.ledger().requests(SHIP), 2);
    let sent = shop.engine.snapshot().shopping.rows[0].source.clone();
    assert_eq!(sent, "合单物流.csv");
    read(&shop);
    let again = shop.until("the file again", |s| {
        s.shopping.file.clone().filter(|file| file.serial > view.serial)
    });
    assert_eq!((again.ready, again.already, again.wrong), (0, 2, 1));
}

#[test]
fn an_answer_stands_in_the_timelines_of_the_orders_it_is_about() {
    let mut shop = Shop::open();
    let order = shop.fetched()[0].transaction_id.clone();
    let mut draft = details("42", SANDBOX_APPID);
    if let ShoppingContent::Details(subs) = &mut draft.content {
        order.as_str().clone_into(&mut subs[0].key.transaction_id);
    }
    send(&shop, from_ref(&draft));
    ended(&mut shop, &draft);
    send(&shop, &[question("42")]);
    ended(&mut shop, &question("42"));
    shop.engine.send(Command::OpenOrder(order));
    shop.until("the timeline", |s| {
        let open = s.open_order.value()?;
        let said = |line: &&HistoryLine| match &line.happened {
            Happened::Did { what, details } => {
                what == "shopping_answered" && details.word("said") == Some("success")
            }
            Happened::Record { .. } | Happened::Changed(_) | Happened::Errand { .. } => false,
        };
        open.timeline.iter().find(said).map(|_| ())
    });
}

#[test]
fn nothing_personal_stays_on_disk() {
    let mut shop = Shop::open();
    let all = [details("42", SANDBOX_APPID), shipping("42"), question("42")];
    shop.wechat
        .push_fault(Fault::next(DETAILS, What::DropReplyAfterApply));
    assert_eq!(told(&mut shop, &all), (3, 0, 0));
    for draft in &all {
        ended(&mut shop, draft);
    }
    let shop = restarted(shop);
    drop(shop.engine);
    let mut read = 0;
    let mut folders = vec![shop.dir.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for private in [OPENID, PHONE] {
                let found = bytes
                    .windows(private.len())
                    .any(|part| part == private.as_bytes());
                assert!(!found, "{private} in {}", path.display());
            }
            read += 1;
        }
    }
    assert!(read > 1);
}
