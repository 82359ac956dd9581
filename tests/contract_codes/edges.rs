//! The edges of the documents' numbers, to the second and to the piece, as the pretend WeChat and the client see them.
//!
//! Separate because a code says that something is refused, and these say from where on.

use serde_json::json;

use super::calls::Call;
use super::scene::Scene;

const DAY: i64 = 86_400;

#[tokio::test]
async fn a_pre_sale_lies_more_than_15_and_at_most_330_days_after_the_payment() {
    for (secs, expected) in [
        (15 * DAY, "refused"),
        (15 * DAY + 1, "accepted"),
        (330 * DAY, "accepted"),
        (330 * DAY + 1, "refused"),
    ] {
        let mut scene = Scene::of(Call::Report).await;
        let paid = scene.world(|world| world.order(&scene.order).unwrap().pay_time);
        scene.body["type"] = 1.into();
        scene.body["delay_to"] = (paid + secs).into();
        let seen = scene.make(Call::Report).await;
        assert_eq!(seen.word, expected, "{secs}");
        let code = if expected == "refused" { 268_546_001 } else { 0 };
        assert_eq!(seen.code, Some(code), "{secs}");
    }
}

#[tokio::test]
async fn a_buyer_is_reminded_once_of_a_parcel_signed_for_after_it_was_shipped() {
    for (secs, code) in [(-1, 10_060_029), (0, 10_060_029), (1, 0)] {
        let mut scene = Scene::of(Call::Remind).await;
        let shipped_at = scene
            .world(|world| world.order(&scene.order).unwrap().shipped_at)
            .unwrap();
        scene.body["received_time"] = (shipped_at + secs).into();
        assert_eq!(scene.make(Call::Remind).await.code, Some(code), "{secs}");
        let again = scene.make(Call::Remind).await.code;
        assert_eq!(again, Some(if code == 0 { 10_060_030 } else { code }), "{secs}");
    }
}

#[tokio::test]
async fn an_upload_takes_as_many_parcels_bytes_and_characters_as_the_documents_say() {
    for (parcels, code) in [(10, 0), (11, 10_060_024)] {
        let mut scene = Scene::of(Call::Upload).await;
        let list: Vec<_> = (0..parcels)
            .map(|n| json!({"tracking_no": format!("Z{n}"), "express_company": "ZTO", "item_desc": "茶"}))
            .collect();
        scene.body["shipping_list"] = list.into();
        scene.body["delivery_mode"] = 2.into();
        scene.body["is_all_delivered"] = true.into();
        assert_eq!(
            scene.make(Call::Upload).await.code,
            Some(code),
            "{parcels} parcels"
        );
    }
    for (field, text, code) in [
        ("tracking_no", "1".repeat(128), 0),
        ("tracking_no", "1".repeat(129), 10_060_026),
        ("express_company", "Z".repeat(128), 0),
        ("express_company", "Z".repeat(129), 10_060_025),
        ("item_desc", "茶".repeat(120), 0),
        ("item_desc", "茶".repeat(121), 10_060_009),
    ] {
        let mut scene = Scene::of(Call::Upload).await;
        scene.body["shipping_list"][0][field] = text.as_str().into();
        let seen = scene.make(Call::Upload).await;
        assert_eq!(seen.code, Some(code), "{field} {}", text.chars().count());
    }
}
