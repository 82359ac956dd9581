//! Combined orders: checked at their fields, asked about, and sent as a whole or not at all.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{OpenId, Order};
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::ErrandsView;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

use super::fixtures::shop;
use super::{open, set, to_ship, with};

#[test]
fn a_combined_order_is_checked_asked_about_and_sent_as_a_whole() {
    let mut h = open(shop(), Page::Combined, Lang::En);
    h.get_by_label_contains("as a rule one by one");
    set(&mut h, "Ship 2 sub-orders together");
    let parent = "The combined order has no number, or that of a sub-order";
    let told = h.get_by_label_contains(parent).rect();
    let field = h
        .get_by_role_and_label(Role::TextInput, "WeChat Pay number of the combined payment")
        .rect();
    assert!(
        told.min.y > field.max.y && told.min.y < field.max.y + 24.0,
        "it stands at its field"
    );
    assert_eq!(
        h.query_all_by_label_contains("No courier is given").count(),
        2,
        "at each sub-order"
    );
    assert_eq!(h.query_all_by_label_contains("This row").count(), 0);
    assert!(h.state().commands().is_empty());
    let type_into = |h: &mut Harness<'static, App>, name: &str, words: &str| {
        h.get_by_role_and_label(Role::TextInput, name).focus();
        h.run_steps(2);
        h.event(egui::Event::Text(words.into()));
        h.run_steps(2);
    };
    type_into(&mut h, "WeChat Pay number of the combined payment", "42000000");
    assert!(h.query_by_label_contains(parent).is_none(), "repaired");
    for n in 1..=2 {
        type_into(
            &mut h,
            &format!("WeChat Pay number of sub-order {n}"),
            &format!("4200000{n}"),
        );
        let place = format!("Sub-order {n} 1");
        type_into(&mut h, &format!("{place} Courier"), "ZTO");
        h.key_press(Key::Enter);
        h.run_steps(2);
        type_into(
            &mut h,
            &format!("{place} Tracking number"),
            &format!("780000000{n}"),
        );
        type_into(&mut h, &format!("{place} Goods"), "茶");
    }
    set(&mut h, "Ship 2 sub-orders together");
    h.get_by_label_contains("All of them are sent, or none");
    let buttons: Vec<_> = h
        .get_all_by_role_and_label(Role::Button, "Ship 2 sub-orders together")
        .collect();
    buttons.last().unwrap().click_accesskit();
    h.run_steps(3);
    let sent = h.state().commands().iter().find_map(|command| {
        if let Command::ShipCombined(draft) = command {
            Some(draft.clone())
        } else {
            None
        }
    });
    let sent = sent.expect("a combined order");
    assert_eq!((sent.parent.as_str(), sent.subs.len()), ("42000000", 2));
    assert_eq!(sent.subs[1].parcels[0].tracking_no, "7800000002");
    assert_eq!(sent.subs[1].parcels[0].courier, "ZTO");
}

#[test]
fn sub_orders_of_two_buyers_are_named_before_anything_is_sent() {
    let rows: Vec<Arc<Order>> = [(1, "oAlice"), (2, "oBob")]
        .map(|(number, payer)| {
            let mut order = to_ship(number);
            Arc::make_mut(&mut order).openid = OpenId(payer.into());
            order
        })
        .to_vec();
    let mut h = open(
        with(rows.clone(), ErrandsView::default()),
        Page::Combined,
        Lang::En,
    );
    for (n, order) in rows.iter().enumerate() {
        let name = format!("WeChat Pay number of sub-order {}", n + 1);
        h.get_by_role_and_label(Role::TextInput, &name).focus();
        h.run_steps(2);
        h.event(egui::Event::Text(order.transaction_id.as_str().into()));
        h.run_steps(2);
    }
    set(&mut h, "Ship 2 sub-orders together");
    h.get_by_label_contains(&format!("Paid by another buyer: {}", rows[1].transaction_id));
    assert!(h.state().commands().is_empty());
}
