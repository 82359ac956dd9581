//! Shopping orders to work with.

use fahuo::domain::shopping::{
    ItemDraft, KeyDraft, LinkDraft, LinkKind, ShoppingContent, ShoppingLogistics, ShoppingParcelDraft,
    SubDetailsDraft, SubShipDraft,
};
use fahuo::domain::{DeliveryMode, ShoppingDraft, ShoppingOrder, ShoppingRules};

pub const OPENID: &str = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
pub const PHONE: &str = "18912341234";

pub fn key(number: &str) -> KeyDraft {
    KeyDraft {
        transaction_id: number.into(),
        ..KeyDraft::default()
    }
}

pub fn page(appid: &str) -> LinkDraft {
    LinkDraft {
        appid: appid.into(),
        path: "/path/index/index".into(),
        ..LinkDraft::default()
    }
}

pub fn web(url: &str) -> LinkDraft {
    LinkDraft {
        kind: LinkKind::Url,
        url: url.into(),
        ..LinkDraft::default()
    }
}

pub fn item(id: &str, appid: &str) -> ItemDraft {
    ItemDraft {
        merchant_item_id: id.into(),
        name: "iPhoneX 256G".into(),
        description: "Image形象店-深圳腾大-QQ公仔".into(),
        unit_price: "8288".into(),
        quantity: "2".into(),
        image_urls: vec!["https://qpic.cn/xxx".into(), "https://qpic.cn/yyy".into()],
        link: page(appid),
    }
}

/// Details with two sub-orders, of two items and of one.
pub fn details(parent: &str, appid: &str) -> ShoppingDraft {
    let sub = |number: &str, items: Vec<ItemDraft>, logistics| SubDetailsDraft {
        key: key(&format!("{parent}{number}")),
        merchant_order_no: "2343454667633".into(),
        link: page(appid),
        items,
        logistics,
    };
    ShoppingDraft {
        key: key(parent),
        openid: OPENID.into(),
        content: ShoppingContent::Details(vec![
            sub(
                "a",
                vec![item("1", appid), item("2", appid)],
                ShoppingLogistics::Virtual,
            ),
            sub("b", vec![item("3", appid)], ShoppingLogistics::Express),
        ]),
    }
}

fn parcel(courier: &str, number: &str, ids: &[&str]) -> ShoppingParcelDraft {
    ShoppingParcelDraft {
        courier: courier.into(),
        tracking_no: number.into(),
        item_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..ShoppingParcelDraft::default()
    }
}

/// The shipping of the same: one sub-order split, one unified.
pub fn shipping(parent: &str) -> ShoppingDraft {
    let split = SubShipDraft {
        key: key(&format!("{parent}a")),
        mode: DeliveryMode::Split,
        parcels: vec![
            ShoppingParcelDraft {
                receiver_contact: PHONE.into(),
                ..parcel("SF", "SF1000000001", &["1"])
            },
            parcel("ZTO", "78000000001", &["2", "1"]),
        ],
    };
    let unified = SubShipDraft {
        key: key(&format!("{parent}b")),
        mode: DeliveryMode::Unified,
        parcels: vec![parcel("ZTO", "78000000002", &[])],
    };
    ShoppingDraft {
        key: key(parent),
        openid: OPENID.into(),
        content: ShoppingContent::Ship(vec![split, unified]),
    }
}

pub fn question(parent: &str) -> ShoppingDraft {
    ShoppingDraft {
        key: key(parent),
        openid: OPENID.into(),
        content: ShoppingContent::Verify,
    }
}

/// What is sent of a draft.
pub fn checked(draft: &ShoppingDraft) -> ShoppingOrder {
    let rules = ShoppingRules {
        couriers: None,
        appid: "",
        max_parcels: 10,
    };
    draft.check(&rules).unwrap()
}
