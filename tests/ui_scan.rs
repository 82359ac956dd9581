//! The scanner station by synthetic keys: a hundred orders through the real window on a real engine, and each wrong
//! scan refused in words, colour and sound.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;
#[path = "ui/scan_desk.rs"]
mod desk;
#[path = "ui/scan_job.rs"]
mod job;
#[path = "ui/scan_safety.rs"]
mod safety;
#[path = "ui/sample_shop.rs"]
mod shop;

use std::sync::Arc;

use desk::{Desk, End};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key};
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{Order, OrderState, State};
use fahuo::engine::Notice;
use fahuo::engine::command::{Command, Preference};
use fahuo::i18n::Lang;
use fahuo::sound::Sound;
use fahuo::ui::Page;

const ZTO: &str = "75312345678901";

#[test]
fn an_order_and_its_parcel_are_shipped_without_looking() {
    for end in [End::Enter, End::Tab] {
        let mut desk = Desk::of(20, Lang::ZhCn);
        let order = shop::order(2);
        desk.scan(order.transaction_id.as_str(), end);
        assert_eq!(desk.heard(), [Sound::Taken]);
        assert!(desk.says("请扫包裹") && desk.says(&order.description));
        desk.scan(ZTO, end);
        assert_eq!(desk.heard(), [Sound::Done]);
        assert!(desk.says("请扫订单"));
        let mut draft = shop::draft(&order, &[("ZTO", ZTO)]);
        draft.complete = true;
        assert_eq!(desk.commands(), [Command::ShipAfter { draft, hold_secs: 10 }]);
    }
}

#[test]
fn wrong_scans_are_refused_aloud_and_send_nothing() {
    let shipped = shop::shipped(
        shop::order(3),
        vec![shop::held("ZTO", "75300000000003", "茶", 9)],
        1,
    );
    let refunded = Order {
        state: OrderState::Refunded,
        ..shop::order(4)
    };
    let plain = shop::order(2);
    let id = |order: &Order| order.transaction_id.as_str().to_owned();
    let orders = || vec![shop::order(2), shipped.clone(), refunded.clone(), shop::order(5)];
    for (first, wrong, words) in [
        (None, id(&shipped), "这笔订单已经发货"),
        (None, id(&refunded), "这笔订单已退款"),
        (None, "SF1234567890123".into(), "这是包裹的单号，现在要扫订单"),
        (None, "75300000000003".into(), "这是包裹的单号，现在要扫订单"),
        (None, "茶叶".into(), "读不出单号"),
        (None, "FAHUOFINISH".into(), "还没有扫订单"),
        (Some(&plain), id(&shop::order(5)), "这是订单号，现在要扫包裹"),
        (
            Some(&plain),
            shop::order(5).out_trade_no,
            "这是订单号，现在要扫包裹",
        ),
        (Some(&plain), "75300000000003".into(), "这个包裹已经用在订单"),
        // The slip of an order that the list does not hold yet.
        (
            Some(&plain),
            shop::order(77).out_trade_no,
            "这像本店的订单号，现在要扫包裹",
        ),
        (Some(&plain), "7530000".into(), "单号不完整"),
        (Some(&plain), "SF12345678901O3".into(), "字母 O"),
    ] {
        let mut desk = Desk::with(orders(), Lang::ZhCn);
        if let Some(order) = first {
            desk.scan(order.transaction_id.as_str(), End::Enter);
            assert_eq!(desk.heard(), [Sound::Taken]);
        }
        desk.scan(&wrong, End::Enter);
        assert_eq!(desk.heard(), [Sound::Refusal], "{wrong}");
        assert!(desk.says(words), "{wrong}: {words}");
        assert!(desk.commands().is_empty(), "{wrong}");
        // The right scan goes on where it was.
        if first.is_some() {
            desk.scan(ZTO, End::Enter);
            assert_eq!(desk.heard(), [Sound::Done], "after {wrong}");
        }
    }
}

#[test]
fn a_parcel_and_an_order_are_taken_once_in_a_session() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let (one, two) = (shop::order(2), shop::order(3));
    // All of it within one frame, as a fast scanner types it.
    let burst = [
        one.transaction_id.as_str(),
        ZTO,
        one.transaction_id.as_str(),
        two.transaction_id.as_str(),
        ZTO,
    ];
    for text in burst {
        desk.type_keys(text, End::Enter);
    }
    desk.run();
    let expected = [
        Sound::Taken,
        Sound::Done,
        Sound::Refusal,
        Sound::Taken,
        Sound::Refusal,
    ];
    assert_eq!(desk.heard(), expected);
    assert!(desk.says(&format!("这个包裹已经用在订单 {} 上", one.out_trade_no)));
    assert_eq!(desk.commands().len(), 1);
}

#[test]
fn several_parcels_and_the_rest_later_by_barcodes() {
    let mut desk = Desk::of(20, Lang::En);
    let order = shop::order(2);
    for text in [
        order.transaction_id.as_str(),
        "FAHUONEXT",
        ZTO,
        "75312345678902",
        "FAHUOLATER",
    ] {
        desk.scan(text, End::Enter);
    }
    assert_eq!(desk.heard().last(), Some(&Sound::Done));
    let drafts = desk.drafts();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].parcels.len(), 2);
    assert!(!drafts[0].complete);
    assert!(desk.says("In the outbox: 2 now, the rest later"));
}

#[test]
fn a_partly_shipped_order_is_sent_with_all_its_parcels() {
    let order = shop::partly(
        shop::order(6),
        vec![shop::held("ZTO", "75300000000001", "陶瓷壶", 20)],
    );
    let mut desk = Desk::with(vec![order.clone()], Lang::ZhCn);
    desk.scan(&order.out_trade_no, End::Enter);
    desk.scan(ZTO, End::Enter);
    assert!(desk.commands().is_empty(), "it is not finished by habit");
    desk.scan("FAHUOFINISH", End::Enter);
    let drafts = desk.drafts();
    let numbers: Vec<&str> = drafts[0].parcels.iter().map(|p| p.tracking_no.as_str()).collect();
    assert_eq!(numbers, ["75300000000001", ZTO]);
    assert!(drafts[0].complete && drafts[0].reship.is_none());
}

#[test]
fn a_courier_of_another_shape_is_asked_about_and_the_station_says_both_ways() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let order = shop::order(2);
    desk.scan(order.transaction_id.as_str(), End::Enter);
    desk.heard();
    desk.scan("SF1234567890123", End::Enter);
    assert_eq!(desk.heard(), [Sound::Warning]);
    assert!(desk.says("像是顺丰速运的单号") && desk.says("仍用中通快递"));
    desk.press("按单号换快递");
    assert_eq!(desk.drafts()[0].parcels[0].courier, "SF");
    assert_eq!(desk.drafts()[0].parcels[0].consignor_contact, "139****5678");
}

#[test]
fn before_a_courier_is_chosen_no_parcel_is_taken_and_the_number_proposes_one() {
    let mut snapshot = shop::shop(20);
    Arc::make_mut(&mut snapshot.preferences).ui.clear();
    let mut desk = Desk::on(snapshot, Lang::ZhCn);
    desk.scan(shop::order(2).transaction_id.as_str(), End::Enter);
    desk.heard();
    desk.scan("YT1234567890123", End::Enter);
    assert_eq!(desk.heard(), [Sound::Refusal]);
    assert!(desk.says("还没有选快递公司，这个单号像圆通速递"));
    desk.press("用圆通速递");
    desk.scan("YT1234567890123", End::Enter);
    assert_eq!(desk.drafts()[0].parcels[0].courier, "YTO");
    let kept = desk.commands().iter().any(|command| {
        matches!(command, Command::Prefer(Preference::Ui { key, value }) if key == "scan" && value.contains("YTO"))
    });
    assert!(kept, "the choice is remembered");
}

#[test]
fn a_piece_of_a_broken_scan_is_left_out_and_said() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let id = shop::order(2).transaction_id;
    desk.type_keys(&id.as_str()[..9], End::None);
    desk.run();
    // The harness's clock runs a quarter of a second each frame: this is a pause.
    for _ in 0..4 {
        desk.window.step();
    }
    desk.scan(id.as_str(), End::Enter);
    assert_eq!(desk.heard(), [Sound::Taken, Sound::Warning]);
    assert!(desk.says("前面没扫完整的") && desk.says("请扫包裹"));
}

#[test]
fn an_input_method_gets_nothing_and_takes_nothing() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: None,
        })
    };
    let order = shop::order(2);
    desk.run();
    desk.window.event(preedit("ni"));
    for c in order.transaction_id.as_str().chars() {
        desk.window.event(Event::Text(c.to_string()));
        desk.window.event(preedit("hao"));
    }
    desk.window.event(preedit(""));
    desk.window.key_press(Key::Enter);
    desk.run();
    assert_eq!(desk.heard(), [Sound::Taken]);
    let ime = desk.window.output().platform_output.ime;
    assert!(ime.is_none(), "the input method is off in this field");
    // A scan that an input method has swallowed and gives back whole.
    desk.window.event(preedit(ZTO));
    desk.window.event(Event::Ime(ImeEvent::Commit(ZTO.into())));
    desk.window.key_press(Key::Enter);
    desk.run();
    assert_eq!(desk.drafts().len(), 1);
}

#[test]
fn letters_of_a_scan_never_act_as_keys_and_find_the_field_by_themselves() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    desk.window.get_by_label("关闭声音").focus();
    desk.run();
    desk.scan("bsr/FAHUOFINISH", End::Enter);
    assert_eq!(desk.window.state().page(), Page::Scan);
    assert_eq!(
        desk.heard(),
        [Sound::Taken],
        "it was read as one number and asked for"
    );
    assert_eq!(desk.commands(), [Command::FindOrder("bsr/FAHUOFINISH".into())]);
}

#[test]
fn a_number_that_is_not_known_here_is_asked_for_and_scans_wait_for_it() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let order = shop::order(77);
    desk.scan(&order.out_trade_no, End::Enter);
    assert!(desk.says("正在向微信查询"));
    desk.scan(ZTO, End::Enter);
    assert_eq!(desk.commands(), [Command::FindOrder(order.out_trade_no.clone())]);
    let mut snapshot = Desk::snapshot_of(vec![order.clone()]);
    snapshot.orders = Arc::new(fahuo::engine::Orders {
        rows: vec![Arc::new(order.clone())].into(),
        ..Default::default()
    });
    desk.window.state_mut().set_snapshot(snapshot);
    desk.run();
    assert_eq!(desk.drafts()[0].transaction_id, order.transaction_id.as_str());
    assert_eq!(desk.heard(), [Sound::Taken, Sound::Taken, Sound::Done]);
}

#[test]
fn what_wechat_does_not_know_either_is_refused_with_all_that_waited() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    desk.scan("SY2026999", End::Enter);
    desk.scan(ZTO, End::Enter);
    desk.heard();
    desk.window
        .state_mut()
        .say(&Notice::OrderNotFound("SY2026999".into()));
    desk.run();
    assert_eq!(desk.heard(), [Sound::Refusal]);
    assert!(desk.says("微信里没有 SY2026999 这个单号"));
    assert!(desk.drafts().is_empty());
}

#[test]
fn the_last_order_is_taken_back_by_barcode_while_it_waits() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let order = shop::order(2);
    desk.scan(order.transaction_id.as_str(), End::Enter);
    desk.scan(ZTO, End::Enter);
    // Before the journal shows it, the wish is kept.
    desk.scan("FAHUOUNDO", End::Enter);
    let draft = desk.drafts()[0].clone();
    let held = shop::shipment(7, &draft, State::Queued);
    desk.show(vec![held.clone()]);
    assert_eq!(desk.commands().last(), Some(&Command::CancelShipment(held.id)));
    desk.show(vec![shop::shipment(7, &draft, State::Cancelled)]);
    assert!(desk.says("已撤回"));
    // It can be scanned again then.
    desk.heard();
    desk.scan(order.transaction_id.as_str(), End::Enter);
    assert_eq!(desk.heard(), [Sound::Taken]);
}

#[test]
fn an_order_that_stops_later_is_said_aloud() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let order = shop::order(2);
    desk.scan(order.transaction_id.as_str(), End::Enter);
    desk.scan(ZTO, End::Enter);
    desk.heard();
    let refusal = fahuo::domain::Refusal {
        errcode: 10_060_004,
        rid: None,
        refunded: false,
    };
    let draft = desk.drafts()[0].clone();
    desk.show(vec![shop::shipment(7, &draft, State::Rejected(refusal))]);
    assert_eq!(desk.heard(), [Sound::Refusal]);
    assert!(desk.says(&format!("{} 没有发成", order.out_trade_no)));
}

#[test]
fn sound_can_be_switched_off_and_the_sheet_shows_every_command() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    desk.press("关闭声音");
    desk.scan("茶叶", End::Enter);
    assert!(desk.heard().is_empty());
    desk.press("命令条码");
    for code in fahuo::domain::ScanCode::ALL {
        let (name, _) = fahuo::ui::scan::model::words::code_words(Lang::ZhCn, code);
        desk.window.get_by_role_and_label(Role::Image, &name);
        let page = fahuo::ui::scan::sheet::page(Lang::ZhCn);
        assert!(page.contains(code.barcode()) && page.contains(&name));
    }
    // It can be scanned from the screen.
    desk.scan("FAHUOFINISH", End::Enter);
    assert!(desk.says("还没有扫订单"));
    desk.window.key_press(Key::Escape);
    desk.run();
    assert!(!desk.says("保存后打印"));
}
