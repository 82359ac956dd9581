//! Steps taken back and made again, and drafts that come back only where they fit.

use std::sync::Arc;

use super::*;
use crate::domain::{Fen, OpenId, Order, OrderState, ShippedParcel, Shipping, Timestamp, TransactionId};
use crate::engine::OpenOrder;

fn open(number: u32, held: &[&str]) -> OpenOrder {
    let parcels = held.iter().map(|number| ShippedParcel {
        tracking_no: (*number).to_owned(),
        express_company: "ZTO".into(),
        ..ShippedParcel::default()
    });
    let order = Order {
        transaction_id: TransactionId::parse(&format!("42000009252026112012849{number:05}")).unwrap(),
        mchid: String::new(),
        out_trade_no: String::new(),
        sub_mchid: String::new(),
        description: "茶".into(),
        paid_amount: Fen(1),
        openid: OpenId(String::new()),
        pay_time: Timestamp::from_secs(0),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping {
            parcels: parcels.collect(),
            ..Shipping::default()
        },
    };
    OpenOrder {
        order: Arc::new(order),
        read_at: Timestamp::from_secs(9),
        shipments: Vec::new(),
        timeline: Arc::default(),
    }
}

fn form(number: u32) -> Form {
    Form::new(&open(number, &[]), Purpose::First, None)
}

#[test]
fn typing_in_one_field_is_one_step_and_every_step_comes_back() {
    let mut form = form(1);
    let mut edits = Edits::default();
    edits.observe(&form);
    let start = form.content();
    for typed in ["7", "75", "753"] {
        typed.clone_into(&mut form.parcels[0].tracking_no);
        assert!(edits.observe(&form));
    }
    "ZTO".clone_into(&mut form.parcels[0].courier);
    edits.observe(&form);
    form.choose(Way::Split);
    form.add_parcel();
    edits.observe(&form);
    let end = form.content();
    assert!(!edits.observe(&form));
    edits.undo(&mut form);
    assert_eq!((form.way, form.parcels.len()), (Way::Unified, 1));
    edits.undo(&mut form);
    assert_eq!(form.parcels[0].courier, "");
    edits.undo(&mut form);
    assert_eq!(form.content(), start, "three keys were one step");
    assert!(!edits.can_undo() && edits.can_redo());
    for _ in 0..3 {
        edits.redo(&mut form);
    }
    assert_eq!(form.content(), end);
    assert!(!edits.can_redo() && !edits.observe(&form));
    edits.undo(&mut form);
    "1".clone_into(&mut form.parcels[0].tracking_no);
    edits.observe(&form);
    assert!(!edits.can_redo(), "a new step ends what could be made again");
}

#[test]
fn a_draft_comes_back_masked_and_only_where_it_fits() {
    let mut typed = form(1);
    typed.parcels[0].tracking_no = "75312345678901".into();
    typed.parcels[0].receiver_contact = "13812341234".into();
    typed.parcels[0].consignor_contact = "1381".into();
    typed.parcels[0].item_desc = "茶，送前打 13812341234".into();
    typed.plain_text = "75312345678902 收件人 138 1234 1234".into();
    let mut drafts = Drafts::default();
    drafts.keep(&typed);
    let text = drafts.text();
    assert!(!text.contains("13812341234") && text.contains("138****1234"));
    assert!(!text.contains("1234 1234") && !text.contains("送前"), "{text}");
    let drafts = Drafts::read(&text);
    let mut fresh = form(1);
    fresh.restore(drafts.find(&fresh).unwrap());
    assert_eq!(fresh.parcels[0].tracking_no, "75312345678901");
    assert_eq!(fresh.parcels[0].consignor_contact, "");
    assert!(drafts.find(&form(2)).is_none(), "another order");
    let more = open(1, &["75300000000001"]);
    let continued = Form::new(&more, Purpose::Continue, None);
    assert!(
        drafts.find(&continued).is_none(),
        "WeChat holds something else now"
    );
    let mut forgotten = drafts.clone();
    forgotten.forget(&fresh);
    assert_eq!(forgotten.text(), "");
    assert_eq!(Drafts::read("{"), Drafts::default());
}

#[test]
fn drafts_are_bounded_and_the_oldest_give_way() {
    let mut drafts = Drafts::default();
    for number in 0..40 {
        drafts.keep(&form(number));
    }
    assert!(drafts.find(&form(9)).is_none() && drafts.find(&form(10)).is_some());
    let mut long = form(50);
    long.plain_text = "茶".repeat(30_000);
    drafts.keep(&long);
    assert!(drafts.text().len() <= MOST_BYTES);
}
