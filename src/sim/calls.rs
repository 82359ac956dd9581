//! What each endpoint does with a body that is JSON.
//!
//! Separate from the world because the world is what there is, and these are the things one can ask of it.

use super::couriers;
use super::endpoint::Endpoint;
use super::fields::Fields;
use super::judge::{self, Verdict};
use super::life;
use super::order::Actor;
use super::query::{KEY_NAMES, ListRequest, Wanted};
use super::reply::{Done, Refusal};
use super::upload_form::Upload;
use super::world::{World, not_found};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

impl World {
    pub(super) fn upload(&mut self, upload: &Upload, now: Timestamp) -> Result<Done, Refusal> {
        let policy = self.judge_policy();
        let mut verdicts: Vec<(String, Verdict)> = Vec::new();
        for shipment in &upload.shipments {
            let id = self.find_for_upload(&shipment.key, now)?;
            let order = self.orders.get(&id).ok_or_else(not_found)?;
            if order.openid != upload.openid {
                return Err(Refusal::new(10_060_031, "payer openid does not match"));
            }
            verdicts.push((id, judge::judge(order, shipment, upload.stamp, now, policy)?));
        }
        for (id, verdict) in verdicts {
            if let Some(order) = self.orders.get_mut(&id) {
                judge::commit(order, verdict, Actor::Api, now);
            }
        }
        Ok(Done::empty())
    }

    pub(super) fn get_order(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let wanted = Wanted::read(Fields::of(body, &KEY_NAMES)?)?;
        let partial_is_shipped = self.policy.partial_is_shipped;
        let order = self.find(&wanted, now)?;
        let mut fields = Map::new();
        fields.insert("order".into(), order.to_reply(partial_is_shipped).into());
        Ok(Done::with(fields))
    }

    pub(super) fn get_order_list(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let request = ListRequest::read(body, self.policy.max_page_size, self.policy.refuse_large_pages)?;
        let partial_is_shipped = self.policy.partial_is_shipped;
        for order in self.orders.values_mut() {
            life::pass_time(order, now);
        }
        let visible = self
            .orders
            .values()
            .filter(|order| order.visible_at <= now.as_second());
        let (page, last_index, has_more) = request.page(visible, partial_is_shipped);
        let list: Vec<Value> = page
            .iter()
            .map(|order| order.to_reply(partial_is_shipped).into())
            .collect();
        let mut fields = Map::new();
        fields.insert("last_index".into(), last_index.into());
        fields.insert("has_more".into(), has_more.into());
        fields.insert("order_list".into(), list.into());
        Ok(Done::with(fields))
    }

    pub(super) fn notify_confirm_receive(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let mut known = KEY_NAMES.to_vec();
        known.push("received_time");
        let fields = Fields::of(body, &known)?;
        let received_time = fields.number("received_time")?;
        let wanted = Wanted::read(fields)?;
        let received_time =
            received_time.ok_or_else(|| Refusal::new(10_060_014, "invalid parameter: received_time"))?;
        life::remind(self.find(&wanted, now)?, received_time, now)?;
        Ok(Done::empty())
    }

    pub(super) fn special_order(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let fields = Fields::of(body, &["order_id", "type", "delay_to"])?;
        let order_id = fields.text("order_id")?.unwrap_or_default();
        let (kind, delay_to) = (fields.number("type")?, fields.number("delay_to")?);
        let known = self.orders.contains_key(order_id).then(|| order_id.to_owned());
        let id = known.or_else(|| {
            self.by_trade_no
                .get(order_id)
                .and_then(|ids| ids.first().cloned())
        });
        let order = id
            .and_then(|id| self.orders.get_mut(&id))
            .filter(|order| order.visible_at <= now.as_second());
        life::report_special(order, kind, delay_to, now)?;
        Ok(Done::empty())
    }

    pub(super) fn quota_get(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let path = Fields::of(body, &["cgi_path"])?
            .text("cgi_path")?
            .unwrap_or_default();
        if !path.starts_with('/') || path.contains("//") || path.contains('?') {
            return Err(Refusal::new(76003, "cgi_path is malformed"));
        }
        if Endpoint::at(path).is_none() {
            return Err(Refusal::new(76021, "cgi_path not found"));
        }
        let (limit, used) = (self.limits.daily_limit(path), self.usage.used(path, now));
        let mut fields = Map::new();
        let remain = limit.saturating_sub(used);
        fields.insert(
            "quota".into(),
            json!({"daily_limit": limit, "used": used, "remain": remain}),
        );
        if let Some(per_minute) = self.limits.per_minute {
            fields.insert(
                "rate_limit".into(),
                json!({"call_count": per_minute, "refresh_second": 60}),
            );
        }
        Ok(Done::with(fields))
    }

    pub(super) fn clear_quota(&mut self, body: &Value) -> Result<Done, Refusal> {
        let appid = Fields::of(body, &["appid"])?.filled("appid")?;
        if appid != Some(self.credentials.appid.as_str()) {
            return Err(Refusal::new(40013, "invalid appid"));
        }
        self.resets_left = self
            .resets_left
            .checked_sub(1)
            .ok_or_else(|| Refusal::new(48006, "forbid to clear quota because of reaching the limit"))?;
        self.usage = super::limits::Usage::default();
        Ok(Done::empty())
    }

    pub(super) fn about_account(&self, body: &Value, name: &str, answer: bool) -> Result<Done, Refusal> {
        let appid = Fields::of(body, &["appid"])?.filled("appid")?;
        match appid {
            None => Err(Refusal::new(40097, "invalid args")),
            Some(appid) if appid != self.credentials.appid => Err(Refusal::new(40013, "invalid appid")),
            Some(_) => Ok(Done::with(Map::from_iter([(name.to_owned(), answer.into())]))),
        }
    }
}

/// The couriers, without a question.
pub fn delivery_list() -> Done {
    let list: Vec<Value> = couriers::all()
        .into_iter()
        .map(|(id, name)| json!({"delivery_id": id, "delivery_name": name}))
        .collect();
    let mut fields = Map::new();
    fields.insert("count".into(), list.len().into());
    fields.insert("delivery_list".into(), list.into());
    Done::with(fields)
}
