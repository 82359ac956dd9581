//! Uploads against the pretend WeChat: its ledger knows what arrived and what was done.
//!
//! Separate from the reads because here the answer is only half of the truth, the ledger is the other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::collections::BTreeSet;

use fahuo::domain::{
    Answer, DeliveryMode, Doubt, Draft, FailureKind, Hold, LogisticsType, OrderState, ParcelDraft, ParcelId,
};
use fahuo::sim::{self, Fault, Happening, What, When};
use fahuo::wechat::UPLOAD_PATH;
use wire::simulated::{draft, key, parcel, ship, shipped_ids, start, to_ship};

#[tokio::test]
async fn each_kind_of_shipment_arrives_as_it_was_meant() {
    let (simulator, client) = start(60);
    let ids = to_ship(&simulator);
    let plain = |logistics_type, id: &str| Draft {
        logistics_type,
        ..draft(
            id,
            vec![ParcelDraft {
                item_desc: "会员卡".into(),
                ..ParcelDraft::default()
            }],
        )
    };
    let drafts = [
        draft(&ids[0], vec![parcel("SF", "SF0000000001")]),
        draft(&ids[1], vec![parcel("YTO", "YT0000000001")]),
        Draft {
            delivery_mode: DeliveryMode::Split,
            complete: true,
            ..draft(&ids[2], vec![parcel("ZTO", "ZT1"), parcel("SF", "SF2")])
        },
        plain(LogisticsType::SameCity, &ids[3]),
        plain(LogisticsType::Virtual, &ids[4]),
        plain(LogisticsType::PickUp, &ids[5]),
    ];
    for draft in &drafts {
        let upload = ship(&client, draft).await;
        assert_eq!(upload.answer, Answer::Accepted, "{draft:?}");
        let order = client.get_order(&key(&draft.transaction_id)).await.unwrap();
        assert_eq!(order.state, OrderState::Shipped);
        assert_eq!(order.shipping.logistics_type, draft.logistics_type.code());
        assert_eq!(order.shipping.delivery_mode, draft.delivery_mode.code());
        assert_eq!(order.shipping.parcels.len(), draft.parcels.len());
        for (shown, sent) in order.shipping.parcels.iter().zip(&draft.parcels) {
            assert_eq!(shown.tracking_no, sent.tracking_no);
            assert_eq!(shown.goods_desc, sent.item_desc);
        }
    }
    assert_eq!(simulator.ledger().warnings(), Vec::<String>::new());
    assert_eq!(simulator.ledger().requests(UPLOAD_PATH), drafts.len());
    assert_eq!(simulator.ledger().all_committed_uploads(), drafts.len());
}

#[tokio::test]
async fn an_unfinished_split_goes_on_with_the_full_list() {
    let (simulator, client) = start(60);
    let id = to_ship(&simulator).remove(0);
    let part = |complete, parcels| Draft {
        delivery_mode: DeliveryMode::Split,
        complete,
        ..draft(&id, parcels)
    };
    let (one, two) = (parcel("ZTO", "ZT1"), parcel("YTO", "YT2"));
    assert_eq!(
        ship(&client, &part(false, vec![one.clone()])).await.answer,
        Answer::Accepted
    );
    let order = client.get_order(&key(&id)).await.unwrap();
    assert!(order.partly_shipped());
    assert_eq!(
        ship(&client, &part(true, vec![one, two])).await.answer,
        Answer::Accepted
    );
    let expected = [ParcelId::new("ZTO", "ZT1"), ParcelId::new("YTO", "YT2")];
    assert_eq!(shipped_ids(&client, &id).await, BTreeSet::from(expected));
    assert_eq!(simulator.ledger().order(&id).unwrap().finish_count, 1);
}

#[tokio::test]
async fn a_second_upload_of_the_same_is_to_be_compared_and_changes_nothing() {
    let (simulator, client) = start(60);
    let id = to_ship(&simulator).remove(0);
    let same = draft(&id, vec![parcel("YTO", "YT1")]);
    assert_eq!(ship(&client, &same).await.answer, Answer::Accepted);
    let again = ship(&client, &same).await;
    assert!(
        matches!(
            &again.answer,
            Answer::Unclear(Doubt::Compare {
                errcode: 10_060_023,
                rid: Some(_)
            })
        ),
        "{again:?}"
    );
    assert_eq!(simulator.ledger().committed_uploads(&id), 1);
}

#[tokio::test]
async fn a_refunded_order_is_refused() {
    let (simulator, client) = start(60);
    let id = simulator
        .orders()
        .into_iter()
        .find(|order| order.order_state == 5)
        .unwrap()
        .transaction_id;
    let upload = ship(&client, &draft(&id, vec![parcel("YTO", "YT1")])).await;
    let Answer::Refused(refusal) = upload.answer else {
        panic!("{:?}", upload.answer);
    };
    assert_eq!((refusal.errcode, refusal.refunded), (10_060_004, false));
    assert!(refusal.rid.is_some());
}

#[tokio::test]
async fn what_breaks_on_the_way_is_sent_once_and_left_unclear() {
    for (what, committed) in [
        (What::DropReplyAfterApply, 1),
        (What::DropBeforeApply, 0),
        (What::errcode(-1), 0),
        (What::errcode_after_apply(-1), 1),
        (What::answer(sim::Answer::ErrcodeAsString), 1),
        (What::answer(sim::Answer::NoErrcode), 1),
        (What::answer(sim::Answer::Html(200)), 1),
        (What::answer(sim::Answer::Html(502)), 1),
        (What::answer(sim::Answer::Status(500)), 1),
        (
            What::answer(sim::Answer::Redirect("http://127.0.0.1:1/".into())),
            1,
        ),
        (What::answer(sim::Answer::Body("{\"errcode\":0".into())), 1),
        (What::answer(sim::Answer::Empty), 1),
        (What::answer(sim::Answer::Truncated), 1),
        (What::answer(sim::Answer::CutBody), 1),
        (What::answer(sim::Answer::Endless), 1),
    ] {
        let (simulator, client) = start(60);
        let id = to_ship(&simulator).remove(0);
        simulator.push_fault(Fault::new("upload_shipping_info", When::Always, what.clone()));
        let upload = ship(&client, &draft(&id, vec![parcel("YTO", "YT1")])).await;
        assert!(
            matches!(upload.answer, Answer::Unclear(Doubt::Failure(_))),
            "{what:?}: {upload:?}"
        );
        let fate = simulator.ledger().order(&id).unwrap();
        assert_eq!(
            (fate.uploads_sent, fate.committed_uploads),
            (1, committed),
            "{what:?}"
        );
    }
}

#[tokio::test]
async fn a_token_killed_by_another_system_costs_one_token_call() {
    let (simulator, client) = start(60);
    let id = to_ship(&simulator).remove(0);
    let shipment = draft(&id, vec![parcel("YTO", "YT1")]);
    client.token_check().await.unwrap();
    simulator.push_fault(Fault::next(
        "upload_shipping_info",
        What::Happen(Happening::KillToken),
    ));
    let upload = ship(&client, &shipment).await;
    assert_eq!(upload.answer, Answer::NotProcessed(Hold::Token));
    assert_eq!(simulator.ledger().uploads_sent(&id), 1);
    assert_eq!(ship(&client, &shipment).await.answer, Answer::Accepted);
    assert_eq!(simulator.ledger().token_calls(), 2);

    simulator.push_fault(Fault::next("get_order", What::Happen(Happening::KillToken)));
    client.get_order(&key(&id)).await.unwrap();
    assert_eq!(simulator.ledger().token_calls(), 3);
}

#[tokio::test]
async fn limits_hold_the_next_upload_back() {
    let (simulator, client) = start(60);
    let id = to_ship(&simulator).remove(0);
    for (code, hold) in [
        (44_990, Hold::Second),
        (45_011, Hold::Minute),
        (45_009, Hold::Day),
    ] {
        simulator.push_fault(Fault::next("upload_shipping_info", What::errcode(code)));
        let upload = ship(&client, &draft(&id, vec![parcel("YTO", "YT1")])).await;
        assert_eq!(upload.answer, Answer::NotProcessed(hold), "{code}");
    }
    assert_eq!(simulator.ledger().committed_uploads(&id), 0);
}

#[tokio::test]
async fn a_closed_service_stops_the_account() {
    let (simulator, client) = start(60);
    let id = to_ship(&simulator).remove(0);
    simulator.push_fault(Fault::next(
        "upload_shipping_info",
        What::Happen(Happening::ServiceClosed),
    ));
    let upload = ship(&client, &draft(&id, vec![parcel("YTO", "YT1")])).await;
    let Answer::NotProcessed(Hold::Account(failure)) = upload.answer else {
        panic!("{:?}", upload.answer);
    };
    assert_eq!(failure.kind, FailureKind::ServiceNotOpened);
}
