//! The pretend WeChat without a network: orders, tokens and settings, and `apply(request) -> reply`.
//!
//! Separate from HTTP so that every rule can be tested with a value in and a value out.

use super::calls;
use super::config::{Policy, SimConfig};
use super::endpoint::Endpoint;
use super::fields::Fields;
use super::judge;
use super::life;
use super::limits::{Limits, Usage};
use super::order::{Actor, Order, Parcel};
use super::platform::Platform;
use super::query::Wanted;
use super::received::Memory;
use super::reply::{Done, Refusal, Reply};
use super::rng::Rng;
use super::seed;
use super::token::{self, Credentials, TokenDesk};
use super::upload_form::{self, FormLimits, Key, Shipment};
use super::user_order::Shopping;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// One request as the edge received it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `POST` as a rule.
    pub method: &'a str,
    /// The path without the query.
    pub path: &'a str,
    /// The query parameter `access_token`.
    pub access_token: Option<&'a str>,
    /// The body as it came.
    pub body: &'a [u8],
}

/// Everything the pretend WeChat knows.
#[derive(Debug)]
pub struct World {
    /// Appid and secret.
    pub credentials: Credentials,
    /// The tokens handed out.
    pub tokens: TokenDesk,
    /// A third-party platform that may act for the account.
    pub platform: Platform,
    /// How often may be called.
    pub limits: Limits,
    /// The undocumented parts.
    pub policy: Policy,
    /// Parcels in one upload.
    pub max_parcels: usize,
    /// False answers 48001 to everything of the service.
    pub service_opened: bool,
    /// The answer of (VII).
    pub is_trade_managed: bool,
    /// The answer of (VIII).
    pub confirmation_completed: bool,
    /// When set, every call answers 40164 and names this address.
    pub refused_ip: Option<String>,
    /// What (VI) stored.
    pub msg_jump_path: Option<String>,
    /// Resets of the quotas that are left in this month.
    pub resets_left: u32,
    pub(super) received: Memory,
    /// The other family.
    pub shopping: Shopping,
    pub(super) usage: Usage,
    rids: Rng,
    pub(super) orders: BTreeMap<String, Order>,
    pub(super) by_trade_no: HashMap<String, Vec<String>>,
}

impl World {
    /// A shop made from the settings; ages of orders count from `now`.
    pub fn new(config: &SimConfig, now: Timestamp) -> Self {
        let mut world = Self {
            credentials: Credentials {
                appid: config.appid.clone(),
                secret: config.secret.clone(),
                wrong_secret_errcode: 40125,
            },
            tokens: TokenDesk::new(config.seed),
            platform: Platform::new(config.seed),
            limits: config.limits.clone(),
            policy: config.policy,
            max_parcels: config.max_parcels,
            service_opened: true,
            is_trade_managed: true,
            confirmation_completed: true,
            refused_ip: None,
            msg_jump_path: None,
            resets_left: 10,
            received: Memory::default(),
            shopping: Shopping::open(config.max_parcels),
            usage: Usage::default(),
            rids: Rng::for_index(config.seed, u64::MAX ^ 1),
            orders: BTreeMap::new(),
            by_trade_no: HashMap::new(),
        };
        for order in seed::seed_orders(config.seed, config.orders, now) {
            world.put_order(order);
        }
        world
    }

    /// Adds an order, or takes the place of the one with the same `transaction_id`.
    pub fn put_order(&mut self, order: Order) {
        let id = order.transaction_id.clone();
        self.remove_order(&id);
        self.by_trade_no
            .entry(order.out_trade_no.clone())
            .or_default()
            .push(id.clone());
        self.orders.insert(id, order);
    }

    /// Takes an order away.
    pub fn remove_order(&mut self, transaction_id: &str) -> Option<Order> {
        let order = self.orders.remove(transaction_id)?;
        if let Some(ids) = self.by_trade_no.get_mut(&order.out_trade_no) {
            ids.retain(|id| id != transaction_id);
        }
        Some(order)
    }

    /// One order.
    pub fn order(&self, transaction_id: &str) -> Option<&Order> {
        self.orders.get(transaction_id)
    }

    /// One order, to be changed by a test; its numbers must stay.
    pub fn order_mut(&mut self, transaction_id: &str) -> Option<&mut Order> {
        self.orders.get_mut(transaction_id)
    }

    /// Changes each of these orders; numbers that are not known are passed over.
    pub fn each(&mut self, transaction_ids: &[String], mut change: impl FnMut(&mut Order)) {
        for id in transaction_ids {
            if let Some(order) = self.orders.get_mut(id) {
                change(order);
            }
        }
    }

    /// All orders by `transaction_id`.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Another system of the merchant, or the web console, ships an order with one parcel.
    pub fn someone_else_ships(
        &mut self,
        transaction_id: &str,
        express_company: &str,
        tracking_no: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let parcel = Parcel {
            tracking_no: tracking_no.to_owned(),
            express_company: express_company.to_owned(),
            item_desc: "后台发货".to_owned(),
            ..Parcel::default()
        };
        let shipment = Shipment {
            key: Key::Transaction(transaction_id.to_owned()),
            logistics_type: 1,
            delivery_mode: 1,
            all_delivered: true,
            parcels: vec![parcel],
        };
        let policy = self.judge_policy();
        let order = self.orders.get_mut(transaction_id).ok_or_else(not_found)?;
        let verdict = judge::judge(order, &shipment, now, now, policy)?;
        judge::commit(order, verdict, Actor::SomeoneElse, now);
        Ok(())
    }

    /// Carries a request out, or refuses it.
    pub fn apply(&mut self, request: &Request<'_>, now: Timestamp) -> Reply {
        let outcome = self.route(request, now);
        let rid = self.next_rid(now);
        Reply::new(outcome, &rid)
    }

    /// A request id in WeChat's form; never the same twice.
    pub fn next_rid(&mut self, now: Timestamp) -> String {
        let secs = now.as_second() & 0xffff_ffff;
        let random = self.rids.next_u64();
        format!("{secs:08x}-{:08x}-{:08x}", random >> 32, random & 0xffff_ffff)
    }

    /// The orders a body speaks of, by whatever names, for the ledger and the fault script.
    pub fn transactions_of(&self, body: &Value) -> Vec<String> {
        match body.get("sub_orders").and_then(Value::as_array) {
            Some(subs) => subs.iter().filter_map(|sub| self.transaction_of(sub)).collect(),
            None => self.transaction_of(body).into_iter().collect(),
        }
    }

    fn transaction_of(&self, body: &Value) -> Option<String> {
        let key = body.get("order_key").unwrap_or(body);
        let text = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| key.get(name).and_then(Value::as_str))
                .filter(|text| !text.is_empty())
        };
        let known = text(&["transaction_id", "order_id"]).filter(|id| self.orders.contains_key(*id));
        if let Some(id) = known {
            return Some(id.to_owned());
        }
        let trade_no = text(&["out_trade_no", "merchant_trade_no", "order_id"])?;
        let mchid = text(&["mchid", "merchant_id"]);
        let fits = |id: &&String| {
            let order = self.orders.get(id.as_str());
            mchid.is_none()
                || order
                    .is_some_and(|o| Some(o.mchid.as_str()) == mchid || o.sub_mchid == mchid.unwrap_or(""))
        };
        self.by_trade_no.get(trade_no)?.iter().find(fits).cloned()
    }

    fn route(&mut self, request: &Request<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let Some(endpoint) = Endpoint::at(request.path) else {
            return Err(Refusal::new(40066, "invalid url"));
        };
        if request.method != "POST" {
            return Err(Refusal::new(43002, "require POST method"));
        }
        let for_merchant = self.caller(endpoint, request.access_token, now)?;
        if let Some(ip) = &self.refused_ip {
            if for_merchant || (endpoint.is_about_tokens() && endpoint != Endpoint::StableToken) {
                let text = format!("access clientip is not registered requestIP: {ip}");
                return Err(Refusal::new(61004, text));
            }
            let text = format!("invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist");
            return Err(Refusal::new(40164, text));
        }
        if for_merchant {
            self.platform.permission(endpoint)?;
        }
        self.permission(endpoint)?;
        // A reset must be possible when everything is used up.
        if endpoint != Endpoint::ClearQuota {
            self.usage.take(request.path, &self.limits, now)?;
        }
        let body = upload_form::parse(request.body)?;
        match endpoint {
            Endpoint::StableToken => token::stable_token(&mut self.tokens, &self.credentials, &body, now),
            Endpoint::ComponentToken => self.platform.component_token(&body, now),
            Endpoint::AuthorizerToken => self
                .platform
                .authorizer_token(&self.credentials.appid, &body, now),
            Endpoint::AuthorizerList => self.platform.authorizer_list(&self.credentials.appid, &body),
            Endpoint::DeliveryList => Fields::of(&body, &[]).map(|_| calls::delivery_list()),
            Endpoint::QuotaGet => self.quota_get(&body, now),
            Endpoint::RidGet => {
                let rid = Fields::of(&body, &["rid"])?.filled("rid")?.unwrap_or_default();
                self.received.tell(rid, now)
            }
            Endpoint::ClearQuota => self.clear_quota(&body),
            Endpoint::Upload => {
                let upload = upload_form::single(&body, self.form_limits())?;
                self.upload(&upload, now)
            }
            Endpoint::UploadCombined => {
                let upload = upload_form::combined(&body, self.form_limits())?;
                self.upload(&upload, now)
            }
            Endpoint::GetOrder => self.get_order(&body, now),
            Endpoint::GetOrderList => self.get_order_list(&body, now),
            Endpoint::NotifyConfirmReceive => self.notify_confirm_receive(&body, now),
            Endpoint::SetMsgJumpPath => {
                let path = Fields::of(&body, &["path"])?.text("path")?;
                self.msg_jump_path = path.map(str::to_owned);
                Ok(Done::empty())
            }
            Endpoint::IsTradeManaged => self.about_account(&body, "is_trade_managed", self.is_trade_managed),
            Endpoint::IsConfirmationCompleted => {
                self.about_account(&body, "completed", self.confirmation_completed)
            }
            Endpoint::SpecialOrder => self.special_order(&body, now),
            Endpoint::CombineOrders => self.shopping_details(&body),
            Endpoint::CombineShippings => self.shopping_shipping(&body),
            Endpoint::ShoppingVerify => self.shopping_verify(&body),
        }
    }

    /// Whose token this is: the merchant's own, or, with `true`, one of a platform that acts for it.
    fn caller(&self, endpoint: Endpoint, token: Option<&str>, now: Timestamp) -> Result<bool, Refusal> {
        match endpoint.token_parameter() {
            None => Ok(false),
            Some("component_access_token") => {
                self.platform.component_tokens.check(token, now).map(|()| false)
            }
            Some(_) if token.is_some_and(|given| self.platform.merchant_tokens.knows(given)) => {
                self.platform.merchant_tokens.check(token, now).map(|()| true)
            }
            Some(_) => self.tokens.check(token, now).map(|()| false),
        }
    }

    /// 48001 when the service was never opened; tokens, couriers, quotas and shopping orders are not part of it.
    fn permission(&self, endpoint: Endpoint) -> Result<(), Refusal> {
        let part_of_service = !endpoint.is_about_tokens()
            && !matches!(
                endpoint,
                Endpoint::DeliveryList
                    | Endpoint::QuotaGet
                    | Endpoint::RidGet
                    | Endpoint::ClearQuota
                    | Endpoint::CombineOrders
                    | Endpoint::CombineShippings
                    | Endpoint::ShoppingVerify
            );
        if part_of_service && !self.service_opened {
            return Err(Refusal::new(48001, "api unauthorized"));
        }
        Ok(())
    }

    /// The order of an upload key; with a service-provider payment `mchid` is the sub-merchant.
    pub(super) fn find_for_upload(&mut self, key: &Key, now: Timestamp) -> Result<String, Refusal> {
        let id = match key {
            Key::Transaction(id) => Some(id.clone()),
            Key::Merchant { mchid, out_trade_no } => self.by_trade_no.get(out_trade_no).and_then(|ids| {
                let owner = |order: &Order| {
                    if order.sub_mchid.is_empty() {
                        order.mchid == *mchid
                    } else {
                        order.sub_mchid == *mchid
                    }
                };
                ids.iter()
                    .find(|id| self.orders.get(*id).is_some_and(owner))
                    .cloned()
            }),
        };
        let order = id
            .and_then(|id| self.orders.get_mut(&id))
            .filter(|order| order.visible_at <= now.as_second());
        let order = order.ok_or_else(not_found)?;
        life::pass_time(order, now);
        Ok(order.transaction_id.clone())
    }

    /// The order of a query key.
    pub(super) fn find(&mut self, wanted: &Wanted, now: Timestamp) -> Result<&mut Order, Refusal> {
        let id = match wanted {
            Wanted::Transaction(id) => Some(id.clone()),
            Wanted::Merchant {
                merchant_trade_no, ..
            } => {
                let ids = self.by_trade_no.get(merchant_trade_no);
                let fits = |id: &&String| self.orders.get(*id).is_some_and(|order| wanted.fits(order));
                ids.and_then(|ids| ids.iter().find(fits).cloned())
            }
        };
        let order = id
            .and_then(|id| self.orders.get_mut(&id))
            .filter(|order| order.visible_at <= now.as_second());
        let order = order.ok_or_else(not_found)?;
        life::pass_time(order, now);
        Ok(order)
    }

    fn form_limits(&self) -> FormLimits {
        FormLimits {
            max_parcels: self.max_parcels,
            refuse_zero_millis: self.policy.refuse_zero_millis,
            utf16_texts: self.policy.utf16_texts,
        }
    }

    pub(super) fn judge_policy(&self) -> judge::Policy {
        judge::Policy {
            partial: self.policy.partial,
            echo_upload_time: self.policy.echo_upload_time,
            refuse_unchanged: self.policy.refuse_unchanged,
            unchanged_is_free: self.policy.unchanged_is_free,
            unchanged_before_time: self.policy.unchanged_before_time,
            any_time: self.policy.any_time,
        }
    }
}

/// 10060001.
pub(super) fn not_found() -> Refusal {
    Refusal::new(10_060_001, "order does not exist")
}
