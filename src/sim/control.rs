//! The control routes under `/__sandbox`: look at the ledger, add orders, set faults, move the clock.
//!
//! Separate from WeChat's paths because the real WeChat has none of them. The server listens on
//! loopback only, so they need no password.

use super::config::SANDBOX_APPID;
use super::fault_file;
use super::order_json;
use super::push::{Push, messages};
use super::shared::Shared;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /__sandbox/ledger`: totals and every request.
pub async fn ledger(State(shared): State<Arc<Shared>>) -> Response {
    let body = shared.with(|state| {
        let ledger = &state.ledger;
        let entries: Vec<Value> = ledger.entries().iter().map(super::ledger::Entry::to_json).collect();
        json!({
            "requests": entries.len(),
            "write_calls": ledger.write_calls(),
            "token_calls": ledger.token_calls(),
            "tokens_issued": state.world.tokens.issued(),
            "committed_uploads": state.world.orders().map(super::order::Order::committed_uploads).sum::<usize>(),
            "max_in_flight": ledger.max_in_flight(),
            "max_in_flight_of_order": ledger.max_in_flight_of_order(),
            "entries": entries,
        })
    });
    reply(StatusCode::OK, &body)
}

/// `GET /__sandbox/orders`: every order with its history.
pub async fn orders(State(shared): State<Arc<Shared>>) -> Response {
    let body = shared.with(|state| {
        let sent = |id: &str| state.ledger.uploads_sent(id);
        let list: Vec<Value> = state
            .world
            .orders()
            .map(|order| order_json::record(order, sent(&order.transaction_id)))
            .collect();
        Value::Array(list)
    });
    reply(StatusCode::OK, &body)
}

/// `POST /__sandbox/orders`: adds or replaces one order or a list of them.
pub async fn put_orders(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let now = shared.clock.now();
    let parsed = parse(&body).and_then(|value| order_json::read_all(&value, now));
    match parsed {
        Ok(orders) => {
            let count = orders.len();
            shared.with(|state| orders.into_iter().for_each(|order| state.world.put_order(order)));
            reply(StatusCode::OK, &json!({"orders": count}))
        }
        Err(problem) => reply(StatusCode::BAD_REQUEST, &json!({"problem": problem})),
    }
}

/// `POST /__sandbox/faults`: adds one fault or a list of them; `[]` changes nothing, `"clear"` forgets all.
pub async fn push_faults(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let value = match parse(&body) {
        Ok(value) => value,
        Err(problem) => return reply(StatusCode::BAD_REQUEST, &json!({"problem": problem})),
    };
    if value.as_str() == Some("clear") {
        shared.with(|state| state.faults.clear());
        return reply(StatusCode::OK, &json!({"faults": 0}));
    }
    match fault_file::read(&value) {
        Ok(faults) => {
            let count = faults.len();
            shared.with(|state| faults.into_iter().for_each(|fault| state.faults.push(fault)));
            reply(StatusCode::OK, &json!({"faults": count}))
        }
        Err(problem) => reply(StatusCode::BAD_REQUEST, &json!({"problem": problem.to_string()})),
    }
}

/// `POST /__sandbox/clock`: `{"advance_ms":…}` moves the time, `{"date_skew_secs":…}` spoils the `Date` header.
pub async fn move_clock(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let value = match parse(&body) {
        Ok(value) => value,
        Err(problem) => return reply(StatusCode::BAD_REQUEST, &json!({"problem": problem})),
    };
    if let Some(ms) = value.get("advance_ms").and_then(Value::as_i64) {
        shared.clock.advance_ms(ms);
    }
    if let Some(secs) = value.get("date_skew_secs").and_then(Value::as_i64) {
        shared.clock.set_date_skew_secs(secs);
    }
    reply(StatusCode::OK, &json!({"now": shared.clock.now().to_string()}))
}

/// `POST /__sandbox/push`: `{"port":8089,"token":"…"}` pushes what WeChat would by now to this port of this computer;
/// also `aes_key`, `appid`, `xml`, `twice`, `reversed`, and `transaction_id` for the messages of one order.
pub async fn push(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let value = match parse(&body) {
        Ok(value) => value,
        Err(problem) => return reply(StatusCode::BAD_REQUEST, &json!({"problem": problem})),
    };
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let yes = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
    let port = value.get("port").and_then(Value::as_u64);
    let port = port.and_then(|port| u16::try_from(port).ok());
    let (Some(port), Some(token)) = (port, text("token")) else {
        let problem = "a port and a token are needed";
        return reply(StatusCode::BAD_REQUEST, &json!({"problem": problem}));
    };
    let push = Push {
        to: (std::net::Ipv4Addr::LOCALHOST, port).into(),
        token,
        aes_key: text("aes_key"),
        appid: text("appid").unwrap_or_else(|| SANDBOX_APPID.to_owned()),
        xml: yes("xml"),
        twice: yes("twice"),
        reversed: yes("reversed"),
    };
    let only = text("transaction_id");
    let now = shared.clock.now();
    let messages: Vec<Value> = shared.with(|state| {
        let orders = state.world.orders();
        let wanted = orders.filter(|order| only.as_ref().is_none_or(|id| *id == order.transaction_id));
        wanted.flat_map(|order| messages(order, now)).collect()
    });
    // The receiver asks this server while it is being asked: both must go on.
    let sent = tokio::task::spawn_blocking(move || push.send(&messages)).await;
    match sent {
        Ok(Ok(answers)) => {
            let statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
            reply(StatusCode::OK, &json!({"answers": statuses}))
        }
        Ok(Err(problem)) => reply(StatusCode::BAD_GATEWAY, &json!({"problem": problem.to_string()})),
        Err(problem) => reply(StatusCode::BAD_GATEWAY, &json!({"problem": problem.to_string()})),
    }
}

fn parse(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|problem| format!("not JSON: {problem}"))
}

fn reply(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        body.to_string(),
    )
        .into_response()
}
