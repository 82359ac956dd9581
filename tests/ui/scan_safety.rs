//! What keeps the station from sending what nobody meant: echoes, another account, a number that is never answered.

use std::sync::Arc;

use fahuo::domain::State;
use fahuo::engine::command::AccountId;
use fahuo::i18n::Lang;
use fahuo::sound::Sound;

use super::desk::{Desk, End};
use super::{ZTO, shop};

#[test]
fn a_bouncing_trigger_neither_decides_nor_takes_back_twice() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    desk.scan(shop::order(2).transaction_id.as_str(), End::Enter);
    desk.scan("FAHUONEXT", End::Enter);
    desk.scan(ZTO, End::Enter);
    desk.scan("75312345678902", End::Enter);
    desk.heard();
    for text in ["FAHUOUNDO", "FAHUOUNDO", "SF1234567890123", "SF1234567890123"] {
        desk.type_keys(text, End::Enter);
    }
    desk.run();
    assert_eq!(desk.heard(), [Sound::Warning, Sound::Warning]);
    let open = desk.window.state().scan().station().desk().open().unwrap();
    assert_eq!(open.parcels.len(), 1, "one parcel was taken back");
    assert!(open.question.is_some(), "nobody has decided");
    // A person's second scan comes later, and decides.
    desk.window.run_steps(4);
    desk.scan("SF1234567890123", End::Enter);
    desk.scan("FAHUOFINISH", End::Enter);
    assert_eq!(desk.drafts()[0].parcels[1].courier, "ZTO");
}

#[test]
fn the_station_begins_anew_with_another_account() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    desk.scan(shop::order(2).transaction_id.as_str(), End::Enter);
    let mut snapshot = shop::shop(20);
    snapshot.preferences = Desk::snapshot_of(Vec::new()).preferences;
    Arc::make_mut(&mut snapshot.session).current = Some(AccountId(2));
    desk.window.state_mut().set_snapshot(snapshot);
    desk.scan(ZTO, End::Enter);
    assert!(desk.drafts().is_empty(), "nothing of one shop goes to another");
}

#[test]
fn asking_ends_by_barcode_and_by_patience() {
    for waits in [false, true] {
        let mut desk = Desk::of(20, Lang::ZhCn);
        desk.scan("SY2026999", End::Enter);
        desk.scan(ZTO, End::Enter);
        if waits {
            let later = shop::now().plus(std::time::Duration::from_secs(61));
            desk.window.state_mut().set_now(later);
            desk.run();
            assert!(desk.says("没能向微信查询 SY2026999"));
        } else {
            desk.press("放下这一单");
            assert!(desk.says("不再查询 SY2026999"));
        }
        desk.heard();
        desk.scan(shop::order(2).transaction_id.as_str(), End::Enter);
        assert_eq!(desk.heard(), [Sound::Taken]);
        assert!(desk.drafts().is_empty());
    }
}

#[test]
fn an_order_that_wechat_refused_is_shipped_again_with_its_own_parcel() {
    let mut desk = Desk::of(20, Lang::ZhCn);
    let order = shop::order(2);
    desk.scan(order.transaction_id.as_str(), End::Enter);
    desk.scan(ZTO, End::Enter);
    let refusal = fahuo::domain::Refusal {
        errcode: 10_060_004,
        rid: None,
        refunded: false,
    };
    let draft = desk.drafts()[0].clone();
    desk.show(vec![shop::shipment(7, &draft, State::Rejected(refusal))]);
    desk.scan(order.transaction_id.as_str(), End::Enter);
    desk.scan(ZTO, End::Enter);
    assert_eq!(desk.drafts().len(), 2);
}
