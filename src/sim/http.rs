//! The HTTP edge: bytes become requests, replies and mishaps become bytes, and everything is written down.
//!
//! Separate because only here are clock, sockets and tasks; a request is carried out in a task of
//! its own, so that a client that gives up does not stop the server, as it would not in the world.

use super::endpoint::Endpoint;
use super::fault::{Answer, Chosen, Happening, What};
use super::global;
use super::life;
use super::link::Link;
use super::order::Actor;
use super::received::{self, Received};
use super::reply::{Done, Reply};
use super::shared::Shared;
use super::wire::{self, Way, Wire};
use super::world::{Request, World};
use super::{control, ledger, lint};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Requests larger than this are cut off; the largest real one is far smaller.
const MAX_BODY_BYTES: usize = 4 << 20;

/// All routes: WeChat's paths, and the control routes under `/__sandbox`.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/__sandbox/ledger", get(control::ledger))
        .route(
            "/__sandbox/orders",
            get(control::orders).post(control::put_orders),
        )
        .route("/__sandbox/faults", post(control::push_faults))
        .route("/__sandbox/clock", post(control::move_clock))
        .route("/__sandbox/push", post(control::push))
        .route("/v3/global/transactions/id/{id}", get(global::by_id))
        .route(
            "/v3/global/transactions/out-trade-no/{out_trade_no}",
            get(global::by_trade_no),
        )
        .route("/v3/global/certificates", get(global::certificates))
        .fallback(answer)
        .with_state(shared)
}

/// One request, as owned values for its task.
struct Call {
    seq: u64,
    method: String,
    path: String,
    access_token: Option<String>,
    body: Vec<u8>,
    transaction_ids: Vec<String>,
}

/// Takes a request off the list of those under way, also when the client goes away first.
struct UnderWay {
    shared: Arc<Shared>,
    seq: u64,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.shared.with(|state| state.ledger.leave(self.seq));
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_BODY_BYTES).await else {
        return status_only(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let query = Query::<HashMap<String, String>>::try_from_uri(&head.uri);
    let access_token = query
        .ok()
        .and_then(|Query(mut query)| query.remove(token_parameter(head.uri.path())));
    let call = arrive(
        &shared,
        head.method.as_str(),
        head.uri.path(),
        access_token,
        body.to_vec(),
    );
    let under_way = UnderWay {
        shared: shared.clone(),
        seq: call.seq,
    };
    let seq = call.seq;
    let (at, request) = (shared.clock.now(), received::text_of(&call.body));
    let work = tokio::spawn(work(shared.clone(), call));
    let Ok(Some(wire)) = work.await else {
        link.cut();
        return status_only(StatusCode::OK);
    };
    shared.with(|state| {
        state.world.received.keep(Received {
            at,
            cost_ms: shared
                .clock
                .now()
                .as_millisecond()
                .saturating_sub(at.as_millisecond()),
            query: head.uri.query().unwrap_or_default().to_owned(),
            request,
            response: received::text_of(&wire.body),
        });
    });
    let response = send(&shared, &link, wire, seq).await;
    drop(under_way);
    response
}

fn token_parameter(path: &str) -> &'static str {
    let endpoint = Endpoint::at(path);
    endpoint
        .and_then(Endpoint::token_parameter)
        .unwrap_or("access_token")
}

/// Writes the request down.
fn arrive(shared: &Shared, method: &str, path: &str, access_token: Option<String>, body: Vec<u8>) -> Call {
    let kept = ledger::masked(&body);
    let warnings = lint::warnings(&body);
    let now = shared.clock.now();
    let (seq, transaction_ids) = shared.with(|state| {
        let transaction_ids = state.world.transactions_of(&kept);
        let seq = state
            .ledger
            .arrive(now, path, transaction_ids.clone(), kept, warnings);
        (seq, transaction_ids)
    });
    Call {
        seq,
        method: method.to_owned(),
        path: path.to_owned(),
        access_token,
        body,
        transaction_ids,
    }
}

/// What becomes of a request; `None` closes the connection without an answer.
async fn work(shared: Arc<Shared>, call: Call) -> Option<Wire> {
    let chosen = meet(&shared, &call);
    let Some(mishap) = chosen.mishap else {
        return Some(carry_out(&shared, &call));
    };
    match mishap {
        What::DropBeforeApply => None,
        What::DropReplyAfterApply => {
            carry_out(&shared, &call);
            None
        }
        What::ApplyLate { ms } => {
            tokio::spawn(async move {
                pause(ms).await;
                carry_out(&shared, &call);
            });
            None
        }
        What::Delay { ms } => {
            pause(ms).await;
            Some(carry_out(&shared, &call))
        }
        What::DelayReply { ms } => {
            let wire = carry_out(&shared, &call);
            pause(ms).await;
            Some(wire)
        }
        What::Answer { applied, answer } => Some(instead(&shared, &call, applied, &answer)),
        What::Happen(_) => Some(carry_out(&shared, &call)),
    }
}

/// Asks the script and lets happen what happens before the request.
fn meet(shared: &Shared, call: &Call) -> Chosen {
    let now = shared.clock.now();
    shared.with(|state| {
        let chosen = state.faults.choose(&call.path, &call.transaction_ids, now);
        for happening in &chosen.happenings {
            happen(shared, &mut state.world, happening, &call.transaction_ids, now);
        }
        let happened = chosen.happenings.first().map(|_| "happen");
        let word = chosen.mishap.as_ref().map(What::word).or(happened);
        state.ledger.note(call.seq, |entry| entry.fault = word);
        chosen
    })
}

/// What happens to the account, or to every order of the request.
fn happen(shared: &Shared, world: &mut World, happening: &Happening, ids: &[String], now: Timestamp) {
    match happening {
        Happening::KillToken => {
            world.tokens.kill();
            world.platform.merchant_tokens.kill();
        }
        Happening::PlatformRevoked => world.platform.authorised = false,
        Happening::TicketExpired => world.platform.ticket_expired = true,
        Happening::AuthorisedAgain => world.platform.authorise_again(),
        Happening::IpNotAllowed(ip) => world.refused_ip = Some(ip.clone()),
        Happening::ServiceClosed => world.service_opened = false,
        Happening::DateSkew { secs } => shared.clock.set_date_skew_secs(*secs),
        Happening::SomeoneElseShips {
            express_company,
            tracking_no,
        } => {
            for id in ids {
                // An order that cannot be shipped stays as it is, for the other system as for us.
                drop(world.someone_else_ships(id, express_company, tracking_no, now));
            }
        }
        Happening::Refund => world.each(ids, |order| life::refund(order, false, now)),
        Happening::BuyerConfirms => world.each(ids, |order| life::confirm(order, 1, Actor::Buyer, now)),
        Happening::NotVisible { secs } => {
            world.each(ids, |order| {
                order.visible_at = now.as_second().saturating_add(*secs);
            });
        }
        Happening::ReportState(state) => world.each(ids, |order| order.reported_state = Some(*state)),
    }
}

/// Carries the request out and notes what came of it.
fn carry_out(shared: &Shared, call: &Call) -> Wire {
    wire::truth(&call.path, &apply(shared, call))
}

fn apply(shared: &Shared, call: &Call) -> Reply {
    let now = shared.clock.now();
    let request = Request {
        method: &call.method,
        path: &call.path,
        access_token: call.access_token.as_deref(),
        body: &call.body,
    };
    shared.with(|state| {
        let reply = state.world.apply(&request, now);
        state.ledger.note(call.seq, |entry| entry.applied = reply.applied);
        reply
    })
}

/// Another answer than the true one.
fn instead(shared: &Shared, call: &Call, applied: bool, answer: &Answer) -> Wire {
    let now = shared.clock.now();
    let rid = shared.with(|state| state.world.next_rid(now));
    let reply = if applied {
        apply(shared, call)
    } else {
        Reply::new(Ok(Done::empty()), &rid)
    };
    wire::spoiled(answer, &call.path, &reply, &rid)
}

/// Sends the answer, whole or past the HTTP library.
async fn send(shared: &Shared, link: &Link, wire: Wire, seq: u64) -> Response {
    shared.with(|state| {
        state.ledger.note(seq, |entry| {
            entry.errcode = wire.errcode;
            entry.status = Some(wire.status);
        });
    });
    let date = shared.clock.date_header(shared.clock.now());
    if wire.way == Way::Whole {
        return whole(wire, &date);
    }
    let head = wire.raw_head(&date);
    // The client may close at any time; then there is nobody left to tell.
    drop(send_raw(link, &head, &wire).await);
    link.cut();
    status_only(StatusCode::OK)
}

async fn send_raw(link: &Link, head: &str, wire: &Wire) -> std::io::Result<()> {
    link.write_raw(head.as_bytes()).await?;
    match wire.way {
        Way::Whole => link.write_raw(&wire.body).await,
        Way::Cut => {
            link.write_raw(wire.body.get(..wire.body.len() / 2).unwrap_or_default())
                .await
        }
        Way::Drip { ms } => link.drip(&wire.body, Duration::from_millis(ms)).await,
        Way::Endless => {
            let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x1_0000));
            loop {
                link.write_raw(chunk.as_bytes()).await?;
                tokio::task::yield_now().await;
            }
        }
    }
}

fn whole(wire: Wire, date: &str) -> Response {
    let mut response = Response::new(Body::from(wire.body));
    *response.status_mut() = StatusCode::from_u16(wire.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(wire.content_type));
    for (name, value) in [
        (header::DATE, Some(date)),
        (header::LOCATION, wire.location.as_deref()),
    ] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

fn status_only(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
