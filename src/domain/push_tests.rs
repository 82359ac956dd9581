//! What a message means by the times that it carries, and what its repetitions share.

use super::*;

fn event(kind: EventKind) -> PushEvent {
    PushEvent {
        event: kind,
        create_time: Timestamp::from_secs(1_700_000_000),
        transaction_id: TransactionId::parse("4200000925202101284997714292"),
        merchant_id: "1900000109".into(),
        sub_merchant_id: String::new(),
        merchant_trade_no: "SY1".into(),
        pay_time: None,
        shipped_time: None,
        estimated_settlement_time: None,
        confirm_receive_method: None,
        confirm_receive_time: None,
        settlement_time: None,
    }
}

#[test]
fn the_times_tell_the_phase() {
    let at = Some(Timestamp::from_secs(1_700_000_000));
    let shipped = PushEvent {
        shipped_time: at,
        estimated_settlement_time: at,
        ..event(EventKind::Settlement)
    };
    let received = PushEvent {
        confirm_receive_method: Some(2),
        confirm_receive_time: at,
        ..shipped.clone()
    };
    let settled = PushEvent {
        settlement_time: at,
        ..received.clone()
    };
    for (event, phase) in [
        (event(EventKind::Settlement), Some(PushPhase::Shipped)),
        (shipped, Some(PushPhase::Shipped)),
        (received, Some(PushPhase::Received)),
        (settled, Some(PushPhase::Settled)),
        (event(EventKind::RemindShipping), None),
        (event(EventKind::RemindAccess), None),
    ] {
        assert_eq!(event.phase(), phase, "{event:?}");
    }
}

#[test]
fn repetitions_share_name_order_and_time_and_nothing_else() {
    let one = event(EventKind::Settlement);
    let richer = PushEvent {
        pay_time: Some(Timestamp::from_secs(1)),
        ..one.clone()
    };
    assert_eq!(one.key(), richer.key());
    let others = [
        event(EventKind::RemindShipping),
        PushEvent {
            create_time: Timestamp::from_secs(1_700_000_001),
            ..one.clone()
        },
        PushEvent {
            transaction_id: None,
            ..one.clone()
        },
    ];
    for other in others {
        assert_ne!(one.key(), other.key(), "{other:?}");
    }
}

#[test]
fn an_order_is_looked_at_by_the_surest_number() {
    let one = event(EventKind::Settlement);
    assert!(matches!(one.order_key(), Some(OrderKey::Transaction(_))));
    let by_shop = PushEvent {
        transaction_id: None,
        sub_merchant_id: "1900000200".into(),
        ..one
    };
    let Some(OrderKey::Merchant { mchid, out_trade_no }) = by_shop.order_key() else {
        panic!("{by_shop:?}");
    };
    assert_eq!((mchid.as_str(), out_trade_no.as_str()), ("1900000200", "SY1"));
    let nobody = PushEvent {
        merchant_trade_no: String::new(),
        ..by_shop
    };
    assert_eq!(nobody.order_key(), None);
}

#[test]
fn what_is_kept_comes_back_under_the_names_of_the_documents() {
    let one = event(EventKind::RemindShipping);
    let text = serde_json::to_string(&one).unwrap();
    assert!(
        text.contains(r#""event":"trade_manage_remind_shipping""#),
        "{text}"
    );
    assert_eq!(serde_json::from_str::<PushEvent>(&text).unwrap(), one);
    for kind in EventKind::ALL {
        assert_eq!(EventKind::of_word(kind.word()), Some(kind));
        assert_eq!(
            serde_json::to_string(&kind).unwrap(),
            format!("\"{}\"", kind.word())
        );
    }
    assert_eq!(EventKind::of_word("TRADE_MANAGE_REMIND_SHIPPING"), None);
}
