//! WeChat's push messages through door, engine and simulator: each is taken once and causes a look, in any order and form;
//! what is forged changes nothing; and nothing is lost between the answer and the record.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::net::{Ipv4Addr, SocketAddr};

use common::{Shop, config};
use fahuo::domain::{EventKind, OrderState, PushPhase, PushRefusal};
use fahuo::engine::snapshot::{EventLook, EventWay, ReceiverStanding, ReceiverTrouble, ReceiverView};
use fahuo::engine::{self, Command, EventsAsk, EventsSaid, Notice, ReceiverEdit, Secret};
use fahuo::sim::push::Push;
use fahuo::sim::{SANDBOX_APPID, SimConfig};
use serde_json::{Value, json};

const TOKEN: &str = "shopToken9";
const AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const GET_ORDER: &str = "/wxa/sec/order/get_order";

const DOCTYPE: &str = "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///nothing-of-this\">]><xml><MsgType>event</MsgType>\
    <Event>trade_manage_remind_shipping</Event><merchant_trade_no>&e;</merchant_trade_no></xml>";

fn shop() -> Shop {
    Shop::with(SimConfig {
        orders: 40,
        ..SimConfig::default()
    })
}

fn edit(aes_key: Option<&str>) -> ReceiverEdit {
    let secret = |text: &str| Secret::new(text.to_owned());
    ReceiverEdit {
        on: true,
        port: 0,
        token: Some(secret(TOKEN)),
        aes_key: aes_key.map(secret),
        forget_keys: false,
    }
}

/// Opens the door.
#[track_caller]
fn open(shop: &mut Shop, aes_key: Option<&str>) -> Push {
    shop.engine.send(Command::Events(EventsAsk::Listen));
    shop.engine
        .send(Command::Events(EventsAsk::SaveReceiver(edit(aes_key))));
    push_to(shop, aes_key)
}

#[track_caller]
fn push_to(shop: &mut Shop, aes_key: Option<&str>) -> Push {
    let port = shop.until("an open door", |s| {
        if let ReceiverStanding::Open(port) = s.events.receiver.standing {
            Some(port)
        } else {
            None
        }
    });
    Push {
        to: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        token: TOKEN.into(),
        aes_key: aes_key.map(str::to_owned),
        appid: SANDBOX_APPID.into(),
        xml: false,
        twice: false,
        reversed: false,
    }
}

/// Orders that nobody shipped for two days, as the simulator pushes them.
fn late(shop: &Shop) -> Vec<Value> {
    let late = "trade_manage_remind_shipping";
    let mut all = shop.wechat.pushes();
    all.retain(|message| message["Event"] == late);
    assert!(!all.is_empty(), "the shop has late orders");
    all
}

fn reads(shop: &Shop) -> usize {
    shop.wechat.ledger().requests(GET_ORDER)
}

#[track_caller]
fn looked(shop: &mut Shop, count: usize) {
    shop.until("all looks", |s| {
        let list = &s.events.list;
        let done = list.iter().filter(|record| record.look != EventLook::Waiting);
        (list.len() == count && done.count() == count).then_some(())
    });
}

#[test]
fn a_message_causes_one_look_and_nothing_of_it_is_believed() {
    let mut shop = shop();
    let push = open(&mut shop, None);
    let late = late(&shop);
    let id = late[0]["transaction_id"].as_str().unwrap();
    // It says that the money was settled; WeChat says that the order is to be shipped.
    let lie = json!({ "CreateTime": 1_714_036_504, "MsgType": "event", "Event": "trade_manage_order_settlement",
        "transaction_id": id, "settlement_time": 1_714_036_000, "msg": "13812345678" });
    let answers = push.send(std::slice::from_ref(&lie)).unwrap();
    assert_eq!(answers, [(200, "success".into())]);
    looked(&mut shop, 1);
    let events = shop.engine.snapshot().events;
    let record = &events.list[0];
    assert_eq!(record.event.phase(), Some(PushPhase::Settled));
    assert_eq!(record.way, EventWay::Pushed);
    let EventLook::Seen { state, .. } = record.look else {
        panic!("{record:?}");
    };
    assert_eq!(state, OrderState::ToShip);
    let known = shop.engine.snapshot().orders;
    let known = known.rows.iter().find(|o| o.transaction_id.as_str() == id);
    assert_eq!(known.map(|o| o.state), Some(OrderState::ToShip));
    assert_eq!((reads(&shop), shop.wechat.ledger().write_calls()), (1, 0));
    assert!(
        !format!("{events:?}").contains("13812345678"),
        "the text of a message is not kept"
    );
}

#[test]
fn all_forms_and_modes_twice_and_backwards_give_the_same_list() {
    let mut lists = Vec::new();
    for (aes_key, xml, twice, reversed) in [
        (None, false, false, false),
        (None, true, true, true),
        (Some(AES_KEY), false, true, false),
        (Some(AES_KEY), true, false, true),
    ] {
        let mut shop = shop();
        let push = Push {
            xml,
            twice,
            reversed,
            ..open(&mut shop, aes_key)
        };
        assert_eq!(
            push.check().unwrap(),
            (200, "4711".into()),
            "the check of the address"
        );
        let messages = late(&shop);
        let answers = push.send(&messages).unwrap();
        assert!(
            answers.iter().all(|answer| *answer == (200, "success".into())),
            "{answers:?}"
        );
        looked(&mut shop, messages.len());
        let events = shop.engine.snapshot().events;
        if twice {
            shop.until("repetitions", |s| (s.events.repeated > 0).then_some(()));
        }
        let list = events.list.iter();
        let list: Vec<_> = list
            .map(|r| (r.event.clone(), matches!(r.look, EventLook::Seen { .. })))
            .collect();
        assert!(
            list.iter()
                .all(|(event, seen)| event.event == EventKind::RemindShipping && *seen)
        );
        lists.push(list);
    }
    // The worlds begin at different seconds; what is in them is the same.
    let orders = |list: &Vec<(fahuo::domain::PushEvent, bool)>| {
        let numbers = list.iter().map(|(event, _)| event.merchant_trade_no.clone());
        numbers.collect::<Vec<_>>()
    };
    for list in &lists {
        assert_eq!(orders(list), orders(&lists[0]));
    }
}

#[test]
fn what_is_forged_replayed_oversized_or_tangled_changes_nothing() {
    let mut shop = shop();
    let push = open(&mut shop, Some(AES_KEY));
    let messages = late(&shop)[..1].to_vec();
    let one = |push: Push| push.send(&messages).unwrap()[0].0;
    let huge = json!({ "Event": "trade_manage_remind_shipping", "msg": "x".repeat(80_000) });
    let open_text = Push {
        aes_key: None,
        ..push.clone()
    };
    let refused = [
        one(Push {
            token: "guessed00".into(),
            ..push.clone()
        }),
        one(open_text.clone()),
        one(Push {
            aes_key: Some(AES_KEY.replacen('a', "b", 1)),
            ..push.clone()
        }),
        one(Push {
            appid: "wx1".into(),
            ..push.clone()
        }),
        push.send(&[huge]).unwrap()[0].0,
        push.send(&[json!({"hello": 1})]).unwrap()[0].0,
        push.send_text(DOCTYPE).unwrap().0,
        open_text.send_text(DOCTYPE).unwrap().0,
    ];
    assert_eq!(refused, [403, 400, 400, 400, 413, 400, 400, 400]);
    let counts = shop.until("all refusals", |s| {
        let refused = &s.events.refused;
        (refused.iter().map(|(_, count)| count).sum::<u64>() == 8).then(|| refused.clone())
    });
    let expected = [
        PushRefusal::Signature,
        PushRefusal::NotEncrypted,
        PushRefusal::Undecryptable,
        PushRefusal::OtherAppId,
        PushRefusal::TooLarge,
        PushRefusal::Malformed,
        PushRefusal::Doctype,
    ];
    // The declaration outside of the encryption is refused like every other one.
    let doctype = |refusal| if refusal == PushRefusal::Doctype { 2 } else { 1 };
    assert_eq!(counts, expected.map(|refusal| (refusal, doctype(refusal))));
    assert!(shop.engine.snapshot().events.list.is_empty());
    assert_eq!(reads(&shop), 0);
    // A true delivery that is played again is known.
    for _ in 0..3 {
        assert_eq!(one(push.clone()), 200);
    }
    looked(&mut shop, 1);
    shop.until("both repetitions", |s| (s.events.repeated == 2).then_some(()));
    // On disk: the reasons, and nothing of what was delivered.
    let Shop { dir, engine, .. } = shop;
    drop(engine);
    let copy = std::fs::read(dir.path().join("journal.copy")).unwrap();
    let copy = String::from_utf8_lossy(&copy);
    assert!(copy.contains("event_refused"), "the reasons are written down");
    for secret in [
        TOKEN,
        AES_KEY,
        "订单超过48小时未发货",
        "xxxxxxxxxxxxxxxx",
        "nothing-of-this",
    ] {
        assert!(!copy.contains(secret), "{secret}");
    }
}

#[test]
fn what_was_answered_with_success_is_there_after_a_restart_and_known_as_repeated() {
    let mut shop = shop();
    let messages = late(&shop);
    let push = open(&mut shop, None);
    push.send(&messages).unwrap();
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let mut shop = Shop {
        engine: engine::start(config(&wechat, dir.path()), || {}).unwrap(),
        wechat,
        dir,
    };
    looked(&mut shop, messages.len());
    assert_eq!(
        shop.engine.snapshot().events.receiver.standing,
        ReceiverStanding::Closed,
        "nobody listens yet"
    );
    // Pasted by a person it is the same message.
    shop.engine
        .send(Command::Events(EventsAsk::Paste(messages[0].to_string())));
    shop.until("a repetition", |s| (s.events.repeated == 1).then_some(()));
    assert_eq!(shop.engine.snapshot().events.list.len(), messages.len());
}

#[test]
fn a_person_pastes_or_opens_a_file_and_is_told_what_became_of_it() {
    let mut shop = shop();
    let messages = late(&shop);
    let text: String = messages
        .iter()
        .map(|m| format!("{m}\n"))
        .collect::<Vec<_>>()
        .concat();
    let file = shop.dir.path().join("事件.txt");
    std::fs::write(
        &file,
        format!("{text}<xml><MsgType>text</MsgType></xml>\n<!DOCTYPE a><xml></xml>"),
    )
    .unwrap();
    shop.engine.send(Command::Events(EventsAsk::File(file)));
    looked(&mut shop, messages.len());
    let read = |new, known, others, refused: &[PushRefusal]| {
        Notice::Events(EventsSaid::Read {
            new,
            known,
            others,
            refused: refused.to_vec(),
        })
    };
    let told = shop.engine.notices();
    assert!(
        told.contains(&read(messages.len(), 0, 1, &[PushRefusal::Doctype])),
        "{told:?}"
    );
    shop.engine.send(Command::Events(EventsAsk::Paste(text)));
    shop.until("repetitions", |s| (s.events.repeated > 0).then_some(()));
    assert!(shop.engine.notices().contains(&read(0, messages.len(), 0, &[])));
    shop.engine
        .send(Command::Events(EventsAsk::File("nowhere.txt".into())));
    shop.until("a refusal", |s| {
        let count = s
            .events
            .refused
            .iter()
            .find(|(why, _)| *why == PushRefusal::Malformed);
        count.map(|_| ())
    });
}

#[test]
fn the_door_opens_only_with_a_token_for_somebody_who_listens_and_closes_again() {
    let mut shop = shop();
    let receiver = |shop: &mut Shop, standing: ReceiverStanding| -> ReceiverView {
        shop.until("the door", |s| {
            let receiver = &s.events.receiver;
            (receiver.standing == standing).then(|| receiver.clone())
        })
    };
    for (token, aes_key, trouble) in [
        ("ab", None, ReceiverTrouble::Token),
        ("with blank", None, ReceiverTrouble::Token),
        ("fine", Some("short"), ReceiverTrouble::AesKey),
    ] {
        let secret = |text: &str| Secret::new(text.to_owned());
        shop.engine
            .send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
                token: Some(secret(token)),
                aes_key: aes_key.map(secret),
                ..edit(None)
            })));
        let said = Notice::Events(EventsSaid::ReceiverNotSaved(trouble));
        while !shop.engine.notices().contains(&said) {
            shop.engine.wait(std::time::Duration::from_millis(50));
        }
    }
    shop.engine.send(Command::Events(EventsAsk::Listen));
    shop.engine
        .send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
            token: None,
            ..edit(None)
        })));
    assert!(!receiver(&mut shop, ReceiverStanding::NoToken).has_token);
    let push = open(&mut shop, None);
    let taken = Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
        port: shop.wechat.address().port(),
        ..edit(None)
    }));
    shop.engine.send(taken);
    receiver(&mut shop, ReceiverStanding::PortTaken);
    assert!(push.check().is_err(), "the door before is closed");
    let push = open(&mut shop, None);
    assert!(push.check().is_ok());
    shop.engine
        .send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
            forget_keys: true,
            ..ReceiverEdit::default()
        })));
    let closed = receiver(&mut shop, ReceiverStanding::Closed);
    assert_eq!((closed.has_token, closed.has_aes_key), (false, false));
    while push.check().is_ok() {
        shop.engine.wait(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_look_that_fails_is_made_again() {
    use fahuo::sim::{Answer, Fault, What, When};
    let mut shop = shop();
    let busy = What::Answer {
        applied: false,
        answer: Answer::Errcode(-1),
    };
    shop.wechat.push_fault(Fault::new(GET_ORDER, When::Next(5), busy));
    shop.engine
        .send(Command::Events(EventsAsk::Paste(late(&shop)[0].to_string())));
    looked(&mut shop, 1);
    let events = shop.engine.snapshot().events;
    assert!(
        matches!(events.list[0].look, EventLook::Seen { .. }),
        "{:?}",
        events.list[0].look
    );
}
