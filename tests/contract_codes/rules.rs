//! How each code is met where the pretend WeChat's rules lead to it (contract 10.3 and 10.4).
//!
//! Separate because every line spoils one thing in a request that was good; what has no line here is met by the fault
//! script.

use fahuo::domain::{OpenId, OrderKey, OrderState, Timestamp};
use fahuo::wechat::{Client, ClientConfig};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::calls::Call;
use super::scene::{FIRST, Scene};
use crate::wire;

const NOBODYS: &str = "4200000000000000000000000000";

/// Spoils the request or the world so that this code is the true answer; false when only a fault script gives it.
pub fn provoke(call: Call, code: i64, scene: &mut Scene) -> bool {
    at_the_door(call, code, scene)
        || match call {
            Call::Upload | Call::UploadCombined => {
                form(code, scene)
                    || parcel(code, scene)
                    || tail(call, code, scene)
                    || state(call, code, scene)
            }
            Call::GetOrder | Call::GetOrderList | Call::Quota => question(call, code, scene),
            Call::Remind => remind(code, scene),
            Call::Report => report(code, scene),
            Call::IsManaged | Call::IsConfirmed if code == 40_013 => {
                scene.client = client_of_another(scene);
                true
            }
            Call::IsManaged | Call::IsConfirmed | Call::JumpPath | Call::Couriers | Call::Token => false,
        }
}

/// The token of this account with the AppID of another.
fn client_of_another(scene: &Scene) -> Client {
    let now = scene.wechat.clock().now();
    let token = scene.world(|world| world.tokens.current(now).0);
    let config = ClientConfig {
        base_url: scene.wechat.base_url(),
        appid: "wx0000000000000000".into(),
        secret: None,
        access_token: Some(Zeroizing::new(token)),
    };
    Client::with_timing(config, wire::quick()).unwrap()
}

fn at_the_door(call: Call, code: i64, scene: &mut Scene) -> bool {
    let service = !matches!(call, Call::Couriers | Call::Quota);
    match code {
        // A write is not repeated with the new token, so its first refusal is what is seen; a read would succeed.
        40_001 if call.is_write() => scene.world(|world| world.tokens.kill()),
        40_164 => scene.world(|world| world.refused_ip = Some("203.0.113.7".into())),
        44_002 if call.is_write() => scene.raw = Some(Vec::new()),
        44_990 => scene.world(|world| world.limits.per_second = Some(0)),
        45_011 => scene.world(|world| world.limits.per_minute = Some(0)),
        45_009 => scene.world(|world| world.limits.daily = 0),
        47_001 if call.is_write() => scene.raw = Some(b"{\"order_key\":".to_vec()),
        48_001 if service => scene.world(|world| world.service_opened = false),
        _ => return false,
    }
    true
}

fn form(code: i64, scene: &mut Scene) -> bool {
    let shipment = scene.shipment();
    let one = shipment["shipping_list"][0].clone();
    let split = |shipment: &mut Value| {
        shipment["delivery_mode"] = 2.into();
        shipment["is_all_delivered"] = true.into();
    };
    match code {
        268_485_194 => shipment["order_key"]["order_number_type"] = 3.into(),
        268_485_195 => shipment["order_key"] = json!({"order_number_type": 2}),
        268_485_196 => shipment["order_key"] = json!({"order_number_type": 1, "out_trade_no": "1"}),
        268_485_197 => shipment["order_key"] = json!({"order_number_type": 1, "mchid": "1"}),
        10_060_005 => shipment["logistics_type"] = 9.into(),
        268_485_224 => shipment["delivery_mode"] = 3.into(),
        10_060_006 => {
            split(shipment);
            shipment["logistics_type"] = 2.into();
        }
        10_060_007 => shipment["delivery_mode"] = 2.into(),
        10_060_014 => shipment["shipping_list"] = json!([]),
        268_485_228 => shipment["shipping_list"] = json!([one, one]),
        10_060_024 => {
            split(shipment);
            shipment["shipping_list"] = vec![one; 11].into();
        }
        _ => return false,
    }
    true
}

fn parcel(code: i64, scene: &mut Scene) -> bool {
    let parcel = &mut scene.shipment()["shipping_list"][0];
    match code {
        268_485_226 => parcel["tracking_no"] = "".into(),
        10_060_026 => parcel["tracking_no"] = "1".repeat(129).into(),
        268_485_227 => parcel["express_company"] = "".into(),
        10_060_025 => parcel["express_company"] = "Z".repeat(129).into(),
        10_060_008 => parcel["item_desc"] = "".into(),
        10_060_009 => parcel["item_desc"] = "茶".repeat(121).into(),
        _ => return false,
    }
    true
}

fn tail(call: Call, code: i64, scene: &mut Scene) -> bool {
    match code {
        10_060_031 => scene.body["payer"]["openid"] = "oSomebodyElse".into(),
        268_485_253 => {
            scene.body["sub_orders"][1]["order_key"] =
                json!({"order_number_type": 1, "mchid": "1", "out_trade_no": "1"});
        }
        10_060_013 => {
            let first = scene.shipment().clone();
            scene.body["sub_orders"][1] = first;
        }
        // Well formed and not later than the last one, which is the case that a look decides.
        268_485_216 => {
            scene.uploaded(path(call));
            scene.body["upload_time"] = FIRST.into();
        }
        _ => return false,
    }
    true
}

fn state(call: Call, code: i64, scene: &mut Scene) -> bool {
    let order = scene.order.clone();
    match code {
        10_060_001 => scene.shipment()["order_key"]["transaction_id"] = NOBODYS.into(),
        10_060_004 => scene.world(|world| world.order_mut(&order).unwrap().order_state = 5),
        10_060_002 => {
            scene.uploaded(path(call));
            let shipment = scene.shipment();
            shipment["delivery_mode"] = 2.into();
            shipment["is_all_delivered"] = false.into();
        }
        10_060_023 => scene.uploaded(path(call)),
        10_060_003 => {
            scene.uploaded(path(call));
            scene.world(|world| world.order_mut(&order).unwrap().reship_used = true);
            scene.shipment()["shipping_list"][0]["tracking_no"] = "Z2".into();
        }
        _ => return false,
    }
    true
}

fn question(call: Call, code: i64, scene: &mut Scene) -> bool {
    match (call, code) {
        (Call::GetOrder, 10_060_001) => scene.key = wire::simulated::key(NOBODYS),
        (Call::GetOrder, 10_060_014) => {
            scene.key = OrderKey::Merchant {
                mchid: "1".into(),
                out_trade_no: String::new(),
            };
        }
        (Call::GetOrderList, 10_060_011) => scene.cursor = Some("of no page"),
        (Call::GetOrderList, 10_060_014) => {
            scene.query.state = Some(OrderState::Unknown(9));
            scene.query.openid = Some(OpenId("o".into()));
        }
        (Call::Quota, 76_003) => scene.cgi_path = "wxa/sec/order/get_order",
        (Call::Quota, 76_021) => scene.cgi_path = "/wxa/sec/order/nothing_here",
        _ => return false,
    }
    true
}

fn remind(code: i64, scene: &mut Scene) -> bool {
    let order = scene.order.clone();
    let change = |change: fn(&mut fahuo::sim::Order)| {
        scene.world(|world| change(world.order_mut(&order).unwrap()));
    };
    match code {
        10_060_001 => scene.body["transaction_id"] = NOBODYS.into(),
        10_060_014 => scene.body = json!({"received_time": 1}),
        10_060_028 => change(|order| order.order_state = 1),
        // One second too early: the very second of shipping.
        10_060_029 => {
            let at = scene.body["received_time"].as_i64().unwrap() - 60;
            scene.body["received_time"] = at.into();
        }
        10_060_030 => change(|order| order.reminder_used = true),
        10_060_032 => change(|order| order.shipping.as_mut().unwrap().logistics_type = 2),
        _ => return false,
    }
    true
}

fn report(code: i64, scene: &mut Scene) -> bool {
    match code {
        268_546_000 => scene.body["type"] = 3.into(),
        268_546_001 => {
            let paid = scene.world(|world| world.order(&scene.order).unwrap().pay_time);
            scene.body["type"] = 1.into();
            scene.body["delay_to"] = Timestamp::from_secs(paid + 15 * 86_400).secs().into();
        }
        268_546_002 => scene.world(|world| world.order_mut(&scene.order).unwrap().order_state = 2),
        _ => return false,
    }
    true
}

fn path(call: Call) -> &'static str {
    if call == Call::UploadCombined {
        fahuo::sim::endpoint::UPLOAD_COMBINED
    } else {
        fahuo::sim::endpoint::UPLOAD
    }
}
