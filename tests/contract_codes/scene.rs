//! A shop, a client of it, and one good request of each call, which the tests then spoil.
//!
//! Separate because a code counts as provoked only when the same request was good before.

use fahuo::domain::{
    Answer, CallFailure, Doubt, ErrandKind, FailureKind, Hold, OrderKey, OrderQuery, Timestamp,
};
use fahuo::i18n::{Explained, Lang, explain_doubt, explain_failure, explain_refusal};
use fahuo::sim::world::Request;
use fahuo::sim::{Simulator, World};
use fahuo::wechat::{Client, Upload};
use serde_json::{Value, json};

use super::calls::Call;
use crate::wire::simulated;

/// The time of the first upload.
pub const FIRST: &str = "2025-11-21T00:00:00.120+08:00";
/// A later one.
pub const LATER: &str = "2025-11-21T00:00:01.120+08:00";

/// Everything a request is made of; rules and tests change what they need.
pub struct Scene {
    pub wechat: Simulator,
    pub client: Client,
    /// The order that is meant, still to be shipped unless the call wants it otherwise.
    pub order: String,
    /// The body of a write.
    pub body: Value,
    /// The bytes of a write in place of its body.
    pub raw: Option<Vec<u8>>,
    pub key: OrderKey,
    pub query: OrderQuery,
    pub cursor: Option<&'static str>,
    pub cgi_path: &'static str,
}

/// What came of a call: the word of its class, its code, and how people are told of it.
pub struct Seen {
    pub word: &'static str,
    pub code: Option<i64>,
    pub told: Option<[Explained; 2]>,
}

impl Scene {
    /// A good request of this call, with a token at hand.
    pub async fn of(call: Call) -> Self {
        let (wechat, client) = simulated::start(60);
        client.token_check().await.unwrap();
        let ids = simulated::to_ship(&wechat);
        let (order, second) = (ids[0].clone(), ids[1].clone());
        let openid = wechat.with_world(|world| {
            let openid = world.order(&order).unwrap().openid.clone();
            world.order_mut(&second).unwrap().openid.clone_from(&openid);
            openid
        });
        let body = match call {
            Call::UploadCombined => json!({
                "order_key": {"order_number_type": 2, "transaction_id": "4200000000000000000000009999"},
                "sub_orders": [shipment(&order), shipment(&second)],
                "upload_time": FIRST,
                "payer": {"openid": openid},
            }),
            Call::Remind => json!({"transaction_id": order, "received_time": 0}),
            Call::JumpPath => json!({"path": "pages/order/detail"}),
            Call::Report => json!({"order_id": order, "type": 2}),
            Call::Upload
            | Call::GetOrder
            | Call::GetOrderList
            | Call::IsManaged
            | Call::IsConfirmed
            | Call::Couriers
            | Call::Quota
            | Call::Token => {
                let mut body = shipment(&order);
                body["upload_time"] = FIRST.into();
                body["payer"] = json!({ "openid": openid });
                body
            }
        };
        let mut scene = Self {
            key: simulated::key(&order),
            wechat,
            client,
            order,
            body,
            raw: None,
            query: OrderQuery::default(),
            cursor: None,
            cgi_path: "/wxa/sec/order/get_order",
        };
        if call == Call::Remind {
            scene.shipped_an_hour_ago();
        }
        scene
    }

    /// The shipment in the body: of a combined order its first sub-order.
    pub fn shipment(&mut self) -> &mut Value {
        if self.body.get("sub_orders").is_some() {
            &mut self.body["sub_orders"][0]
        } else {
            &mut self.body
        }
    }

    /// Works on the world.
    pub fn world<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        self.wechat.with_world(work)
    }

    /// The body of now was uploaded before; the next one is later.
    pub fn uploaded(&mut self, path: &str) {
        let bytes = self.body.to_string();
        let now = self.wechat.clock().now();
        let errcode = self.world(|world| {
            let token = world.tokens.current(now).0;
            let request = Request {
                method: "POST",
                path,
                access_token: Some(&token),
                body: bytes.as_bytes(),
            };
            world.apply(&request, now).errcode
        });
        assert_eq!(errcode, Some(0), "{bytes}");
        self.body["upload_time"] = LATER.into();
    }

    fn shipped_an_hour_ago(&mut self) {
        let now = self.wechat.clock().now();
        self.world(|world| world.someone_else_ships(&self.order, "ZTO", "Z1", now))
            .unwrap();
        let shipped_at = now.as_second() - 3600;
        self.world(|world| world.order_mut(&self.order).unwrap().shipped_at = Some(shipped_at));
        self.body["received_time"] = (shipped_at + 60).into();
    }

    /// Makes the call.
    pub async fn make(&self, call: Call) -> Seen {
        let client = &self.client;
        let bytes = self
            .raw
            .clone()
            .unwrap_or_else(|| self.body.to_string().into_bytes());
        let at = Timestamp::from_secs(0);
        match call {
            Call::Upload => written(&client.upload_shipping_info(&bytes).await),
            Call::UploadCombined => written(&client.upload_combined_shipping_info(&bytes).await),
            Call::Remind => written(
                &client
                    .errand(ErrandKind::Remind { received_at: at }, &bytes)
                    .await,
            ),
            Call::Report => written(&client.errand(ErrandKind::TestOrder, &bytes).await),
            Call::JumpPath => written(&client.set_msg_jump_path(&bytes).await),
            Call::GetOrder => read(client.get_order(&self.key).await),
            Call::GetOrderList => read(client.get_order_list(&self.query, self.cursor, 50).await),
            Call::IsManaged => read(client.is_trade_managed().await),
            Call::IsConfirmed => read(client.is_trade_management_confirmation_completed().await),
            Call::Couriers => read(client.get_delivery_list().await),
            Call::Quota => read(client.quota(self.cgi_path).await),
            Call::Token => read(client.token_check().await),
        }
    }
}

fn shipment(order: &str) -> Value {
    json!({
        "order_key": {"order_number_type": 2, "transaction_id": order},
        "logistics_type": 1,
        "delivery_mode": 1,
        "shipping_list": [{"tracking_no": format!("Z{order}"), "express_company": "ZTO", "item_desc": "茶叶*1"}],
    })
}

fn both(explain: impl Fn(Lang) -> Explained) -> [Explained; 2] {
    Lang::ALL.map(explain)
}

/// What came of a write.
pub fn written(upload: &Upload) -> Seen {
    let (word, told) = match &upload.answer {
        Answer::Accepted => ("accepted", None),
        Answer::NotVisible => ("wait", None),
        Answer::Refused(refusal) => {
            assert!(!refusal.refunded && Some(refusal.errcode) == upload.errcode);
            assert_eq!(refusal.rid, upload.rid);
            ("refused", Some(both(|lang| explain_refusal(lang, refusal))))
        }
        Answer::Unclear(doubt) => {
            let word = match doubt {
                Doubt::Compare { .. } => "compare",
                Doubt::Failure(_) => "unknown",
                Doubt::Restart => "restart",
            };
            (word, Some(both(|lang| explain_doubt(lang, doubt))))
        }
        Answer::NotProcessed(hold) => match hold {
            Hold::Connection => ("connection", None),
            Hold::Token => ("token", None),
            Hold::Second => ("second", None),
            Hold::Minute => ("minute", None),
            Hold::Day => ("day", None),
            Hold::Account(failure) if failure.kind == FailureKind::Refused => {
                ("shape", Some(both(|lang| explain_failure(lang, failure))))
            }
            Hold::Account(failure) => (kind(failure), Some(both(|lang| explain_failure(lang, failure)))),
        },
    };
    Seen {
        word,
        code: upload.errcode,
        told,
    }
}

/// What came of a question.
pub fn read<T>(answer: Result<T, CallFailure>) -> Seen {
    match answer {
        Ok(_) => Seen {
            word: "accepted",
            code: Some(0),
            told: None,
        },
        Err(failure) => Seen {
            word: kind(&failure),
            code: failure.errcode,
            told: Some(both(|lang| explain_failure(lang, &failure))),
        },
    }
}

fn kind(failure: &CallFailure) -> &'static str {
    match &failure.kind {
        FailureKind::Busy => "busy",
        FailureKind::WrongAppId => "appid",
        FailureKind::WrongSecret | FailureKind::SecretFrozen => "secret",
        FailureKind::IpNotAllowed { .. } => "ip",
        FailureKind::IpNeedsConfirmation => "confirm",
        FailureKind::TokenRefused => "token",
        FailureKind::ServiceNotOpened => "service",
        FailureKind::NotAuthorised => "authorise",
        FailureKind::PlatformCredentials => "platform",
        FailureKind::AccountLimited => "limited",
        FailureKind::TooFast if failure.errcode == Some(44_990) => "second",
        FailureKind::TooFast => "minute",
        FailureKind::DailyQuota => "day",
        FailureKind::OrderNotVisible => "wait",
        FailureKind::BadCursor => "cursor",
        FailureKind::Refused => "refused",
        FailureKind::Offline
        | FailureKind::NoAnswer
        | FailureKind::Tls
        | FailureKind::NotWeChat
        | FailureKind::Garbled
        | FailureKind::ClockOff { .. }
        | FailureKind::NotForPlatforms
        | FailureKind::NoToken(_)
        | FailureKind::NoCredentials => "no code",
    }
}
