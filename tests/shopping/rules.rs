//! The pretend WeChat's own reading of the documents: one right body, one change each, one code. And the two families:
//! neither takes the body of the other.

use fahuo::domain::{Draft, Intent, OpenId, ParcelDraft, Rules, Timestamp};
use fahuo::sim::endpoint::{COMBINE_ORDERS, COMBINE_SHIPPINGS, SHOPPING_VERIFY, UPLOAD, UPLOAD_COMBINED};
use fahuo::sim::world::{Request, World};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, ShoppingKey, SimConfig};
use fahuo::wechat::{ShoppingUpload, upload_body};
use serde_json::{Value, json};

use super::make::{OPENID, checked, details, shipping};

struct Shop {
    world: World,
    token: String,
    now: jiff::Timestamp,
}

impl Shop {
    fn open() -> Self {
        let now: jiff::Timestamp = "2026-11-21T06:00:00Z".parse().unwrap();
        let mut shop = Self {
            world: World::new(&SimConfig::default(), now),
            token: String::new(),
            now,
        };
        let credentials =
            json!({"grant_type": "client_credential", "appid": SANDBOX_APPID, "secret": SANDBOX_APP_SECRET});
        let reply = shop.ask("/cgi-bin/stable_token", &credentials);
        reply["access_token"]
            .as_str()
            .unwrap()
            .clone_into(&mut shop.token);
        shop
    }

    fn ask(&mut self, path: &str, body: &Value) -> Value {
        let text = body.to_string();
        let request = Request {
            method: "POST",
            path,
            access_token: Some(&self.token),
            body: text.as_bytes(),
        };
        self.world.apply(&request, self.now).body
    }

    fn code(&mut self, path: &str, body: &Value) -> i64 {
        self.ask(path, body)["errcode"].as_i64().unwrap()
    }
}

fn at(secs: i64) -> Timestamp {
    Timestamp::from_millis(1_763_704_800_120 + secs * 1000)
}

fn details_body(secs: i64) -> Value {
    let upload = ShoppingUpload::of(&checked(&details("42", SANDBOX_APPID)), at(secs)).unwrap();
    serde_json::from_str(upload.text()).unwrap()
}

fn shipping_body(secs: i64) -> Value {
    let upload = ShoppingUpload::of(&checked(&shipping("42")), at(secs)).unwrap();
    serde_json::from_str(upload.text()).unwrap()
}

/// The code for a body with one change; `None` takes the field away.
fn after(path: &str, mut body: Value, pointer: &str, value: Option<Value>) -> i64 {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
    match (parent, value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(name.into(), value)),
        (Value::Object(fields), None) => drop(fields.remove(name).unwrap()),
        (Value::Array(list), Some(value)) => list[name.parse::<usize>().unwrap()] = value,
        (other, _) => panic!("{pointer} {other}"),
    }
    Shop::open().code(path, &body)
}

#[test]
fn what_the_client_sends_is_taken() {
    let mut shop = Shop::open();
    assert_eq!(shop.code(COMBINE_ORDERS, &details_body(0)), 0);
    assert_eq!(shop.code(COMBINE_SHIPPINGS, &shipping_body(1)), 0);
    let question =
        json!({"order_key": {"order_number_type": 2, "transaction_id": "42"}, "payer": {"openid": OPENID}});
    assert_eq!(shop.ask(SHOPPING_VERIFY, &question)["verify_result"], "success");
    let record = shop
        .world
        .shopping
        .record(&ShoppingKey::Transaction("42".into()))
        .unwrap();
    assert_eq!((record.details_uploads, record.shipping_uploads), (1, 1));
}

#[test]
fn each_rule_of_the_details_has_its_code() {
    let long = |bytes: usize| Some(json!("x".repeat(bytes)));
    for (pointer, value, code) in [
        ("/order_key/order_number_type", Some(json!(3)), 268_485_194),
        ("/order_key/transaction_id", None, 268_485_195),
        ("/payer", None, 268_485_192),
        ("/payer/openid", Some(json!("付款人")), 268_457_013),
        ("/payer/openid", Some(json!("0000")), 268_457_014),
        ("/upload_time", None, 268_485_214),
        (
            "/upload_time",
            Some(json!("2021-05-20T13:29:35.120 08:00")),
            268_485_216,
        ),
        ("/sub_orders", None, 268_435_461),
        (
            "/sub_orders/0/order_key",
            Some(json!({"order_number_type": 1, "mchid": "1", "out_trade_no": "2"})),
            268_485_253,
        ),
        (
            "/sub_orders/0/order_key",
            Some(json!({"order_number_type": 1, "out_trade_no": "2"})),
            268_485_196,
        ),
        (
            "/sub_orders/0/order_key",
            Some(json!({"order_number_type": 1, "mchid": "1"})),
            268_485_197,
        ),
        (
            "/sub_orders/0/order_key",
            Some(json!({"order_number_type": 1, "mchid": "商户", "out_trade_no": "2"})),
            268_485_217,
        ),
        ("/sub_orders/0/merchant_order_no", None, 268_485_201),
        ("/sub_orders/0/merchant_order_no", long(65), 268_435_461),
        (
            "/sub_orders/0/order_detail_jump_link/type",
            Some(json!("APP")),
            268_485_202,
        ),
        ("/sub_orders/0/order_detail_jump_link/appid", None, 268_485_204),
        (
            "/sub_orders/0/order_detail_jump_link/appid",
            Some(json!("wxother")),
            268_435_461,
        ),
        ("/sub_orders/0/order_detail_jump_link/path", None, 268_485_205),
        (
            "/sub_orders/0/order_detail_jump_link/path",
            long(513),
            268_435_461,
        ),
        (
            "/sub_orders/0/order_detail_jump_link",
            Some(json!({"type": "URL"})),
            268_485_206,
        ),
    ] {
        assert_eq!(
            after(COMBINE_ORDERS, details_body(0), pointer, value),
            code,
            "{pointer}"
        );
    }
}

#[test]
fn each_rule_of_the_items_has_its_code() {
    let long = |bytes: usize| Some(json!("x".repeat(bytes)));
    let images = |count: usize| Some(json!(vec!["https://a/1.png"; count]));
    let one =
        serde_json::from_str::<Value>(&details_body(0)["sub_orders"][1]["item_list"][0].to_string()).unwrap();
    let items = |count: usize| Some(json!(vec![one.clone(); count]));
    for (pointer, value, code) in [
        ("/sub_orders/0/item_list", None, 268_485_211),
        ("/sub_orders/1/item_list", items(50), 0),
        ("/sub_orders/1/item_list", items(51), 268_435_461),
        ("/sub_orders/0/item_list/0/merchant_item_id", None, 268_485_213),
        ("/sub_orders/0/item_list/0/name", None, 268_485_207),
        ("/sub_orders/0/item_list/0/name", long(257), 268_435_461),
        ("/sub_orders/0/item_list/0/unit_price", None, 268_485_208),
        ("/sub_orders/0/item_list/0/quantity", None, 268_485_209),
        ("/sub_orders/0/item_list/0/image_url", images(0), 268_485_210),
        ("/sub_orders/0/item_list/0/image_url", images(3), 0),
        ("/sub_orders/0/item_list/0/image_url", images(4), 268_435_461),
        (
            "/sub_orders/0/item_list/0/item_detail_jump_link",
            None,
            268_485_272,
        ),
        ("/sub_orders/0/logistics_type", Some(json!(4)), 268_435_461),
        ("/sub_orders/0/logistics_type", None, 0),
        ("/sub_orders/0/delivery_mode", Some(json!(1)), 47_001),
    ] {
        assert_eq!(
            after(COMBINE_ORDERS, details_body(0), pointer, value),
            code,
            "{pointer}"
        );
    }
}

#[test]
fn each_rule_of_the_shipping_has_its_code() {
    let split = "/sub_orders/0/shipping_list/0";
    for (pointer, value, code) in [
        ("/sub_orders/0/delivery_mode", None, 268_485_224),
        ("/sub_orders/0/delivery_mode", Some(json!(1)), 268_485_228),
        ("/sub_orders/0/shipping_list", Some(json!([])), 268_485_229),
        ("/sub_orders/0/shipping_list/0/tracking_no", None, 268_485_226),
        ("/sub_orders/0/shipping_list/0/express_company", None, 268_485_227),
        (
            "/sub_orders/0/shipping_list/0/express_company",
            Some(json!("顺丰")),
            268_435_461,
        ),
        ("/sub_orders/0/shipping_list/0/contact", None, 268_435_461),
        ("/sub_orders/0/shipping_list/0/item_list", None, 268_485_232),
        (
            "/sub_orders/0/shipping_list/0/item_list/0/merchant_item_id",
            Some(json!("")),
            268_485_230,
        ),
        (
            "/sub_orders/1/shipping_list/0/item_list",
            Some(json!([{"merchant_item_id": "3"}])),
            268_485_231,
        ),
        (
            "/sub_orders/1/order_key/order_number_type",
            Some(json!(1)),
            268_485_196,
        ),
        (
            "/upload_time",
            Some(json!("2021-05-20T13:29:35.000+08:00")),
            268_485_216,
        ),
        ("/sub_orders/0/logistics_type", Some(json!(1)), 47_001),
        (&format!("{split}/item_desc"), Some(json!("茶")), 47_001),
    ] {
        assert_eq!(
            after(COMBINE_SHIPPINGS, shipping_body(0), pointer, value),
            code,
            "{pointer}"
        );
    }
}

#[test]
fn time_payment_product_and_program_decide_about_a_second_upload() {
    let key = || ShoppingKey::Transaction("42".into());
    let mut shop = Shop::open();
    shop.world.shopping.await_payment(key());
    assert_eq!(shop.code(COMBINE_ORDERS, &details_body(10)), 0);
    assert_eq!(shop.code(COMBINE_ORDERS, &details_body(10)), 268_485_216);
    assert_eq!(shop.code(COMBINE_ORDERS, &details_body(11)), 0);
    let question =
        json!({"order_key": {"order_number_type": 2, "transaction_id": "42"}, "payer": {"openid": OPENID}});
    assert_eq!(
        shop.ask(SHOPPING_VERIFY, &question)["verify_result"],
        "order is not paid"
    );
    assert_eq!(shop.code(COMBINE_SHIPPINGS, &shipping_body(12)), 268_435_461);
    shop.world.shopping.pay(key());
    assert_eq!(shop.code(COMBINE_ORDERS, &details_body(13)), 268_435_461);
    assert_eq!(shop.code(COMBINE_SHIPPINGS, &shipping_body(12)), 0);
    assert_eq!(shop.code(COMBINE_SHIPPINGS, &shipping_body(12)), 268_485_216);
    shop.world.shopping.told_by_another(&key());
    assert_eq!(shop.code(COMBINE_SHIPPINGS, &shipping_body(20)), 268_485_275);
    shop.world.shopping.opened = false;
    for (path, body) in [
        (COMBINE_ORDERS, details_body(30)),
        (COMBINE_SHIPPINGS, shipping_body(30)),
        (SHOPPING_VERIFY, question),
    ] {
        assert_eq!(shop.code(path, &body), 268_485_184);
    }
}

#[test]
fn neither_family_takes_the_body_of_the_other() {
    let draft = Draft {
        transaction_id: "42".into(),
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: "78000000001".into(),
            item_desc: "茶".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let shipment = upload_body(&intent, &OpenId(OPENID.into()), at(0));
    let shipment: Value = serde_json::from_slice(&shipment).unwrap();
    let mut shop = Shop::open();
    for path in [COMBINE_ORDERS, COMBINE_SHIPPINGS, SHOPPING_VERIFY] {
        assert_eq!(shop.code(path, &shipment), 47_001, "{path}");
    }
    for path in [UPLOAD, UPLOAD_COMBINED] {
        assert_eq!(shop.code(path, &details_body(0)), 47_001, "{path}");
        assert_ne!(shop.code(path, &shipping_body(0)), 0, "{path}");
    }
    // And a path of neither is none.
    assert_eq!(
        shop.code("/user-order/combine-orders/shipping", &shipping_body(0)),
        40_066
    );
    assert!(shop.world.shopping.records().next().is_none());
}
