//! The door: an HTTP receiver on this computer's loopback address, for a relay of the merchant that passes WeChat's
//! deliveries on. Apart from the reading so that this is the one file with a socket.
//!
//! `success` is answered only after the message was taken in by the one who asked for this door; else WeChat, which
//! repeats what was not answered, gets another chance.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use super::{Keys, MAX_BODY_BYTES, Query, Read, read_push, url_check};
use crate::domain::PushRefusal;

/// WeChat waits five seconds; what is not taken in by then is refused, so that it comes again.
const ANSWER_IN: Duration = Duration::from_secs(4);
/// Deliveries that wait to be taken in at once; more are told to come again.
const MOST_WAITING: usize = 64;
/// Characters of an address line that are looked at.
const MAX_QUERY_BYTES: usize = 4096;

/// A delivery, and where to say that it was taken in. Dropping it says that it was not.
#[derive(Debug)]
pub struct Delivery {
    /// What it says, or why it is refused.
    pub read: Result<Read, PushRefusal>,
    /// What is to be told when it was taken in.
    pub taken: oneshot::Sender<()>,
}

/// A receiver at work. Dropping it closes the door.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    work: Option<JoinHandle<()>>,
}

struct Door {
    keys: Keys,
    waiting: Semaphore,
    deliver: Box<dyn Fn(Delivery) + Send + Sync>,
}

impl Receiver {
    /// Opens the door on 127.0.0.1; port 0 takes a free one. `deliver` gets every delivery that is no check of the
    /// address, and must not block.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn open(
        port: u16,
        keys: Keys,
        deliver: impl Fn(Delivery) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let address = listener.local_addr()?;
        let door = Arc::new(Door {
            keys,
            waiting: Semaphore::new(MOST_WAITING),
            deliver: Box::new(deliver),
        });
        let router = Router::new().fallback(answer).with_state(door);
        let (stop, stopped) = oneshot::channel::<()>();
        let work = tokio::spawn(async move {
            tokio::select! {
                _ = axum::serve(listener, router) => {}
                _ = stopped => {}
            }
        });
        Ok(Self {
            address,
            stop: Some(stop),
            work: Some(work),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes the door and waits until the port is free.
    pub async fn close(mut self) {
        drop(self.stop.take());
        if let Some(work) = self.work.take() {
            // A task that panicked has let go of its port as well.
            drop(work.await);
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.stop.take());
    }
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response {
    let work = respond(&door, request);
    let (status, text) = tokio::time::timeout(ANSWER_IN, work)
        .await
        .unwrap_or((StatusCode::SERVICE_UNAVAILABLE, String::new()));
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    response
}

async fn respond(door: &Door, request: Request) -> (StatusCode, String) {
    let (head, body) = request.into_parts();
    let query = query_of(head.uri.query().unwrap_or_default());
    if head.method == Method::GET {
        return match url_check(&door.keys, &query) {
            Ok(echostr) => (StatusCode::OK, echostr),
            Err(_) => (StatusCode::FORBIDDEN, String::new()),
        };
    }
    if head.method != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, String::new());
    }
    let Ok(_place) = door.waiting.try_acquire() else {
        return (StatusCode::SERVICE_UNAVAILABLE, String::new());
    };
    let read = match to_bytes(body, MAX_BODY_BYTES).await {
        Ok(body) => read_push(&door.keys, &query, &body),
        Err(_) => Err(PushRefusal::TooLarge),
    };
    let refusal = read.as_ref().err().copied();
    let (taken, was_taken) = oneshot::channel();
    (door.deliver)(Delivery { read, taken });
    // Also a refusal keeps its place until it was counted: a flood of forgeries fills no more than these places.
    match (was_taken.await, refusal) {
        (_, Some(refusal)) => (status_of(refusal), String::new()),
        (Ok(()), None) => (StatusCode::OK, String::from("success")),
        (Err(_), None) => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
    }
}

fn status_of(refusal: PushRefusal) -> StatusCode {
    match refusal {
        PushRefusal::Signature => StatusCode::FORBIDDEN,
        PushRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        PushRefusal::NoKey
        | PushRefusal::NotEncrypted
        | PushRefusal::Undecryptable
        | PushRefusal::OtherAppId
        | PushRefusal::Malformed
        | PushRefusal::Doctype => StatusCode::BAD_REQUEST,
    }
}

fn query_of(line: &str) -> Query {
    let mut query = Query::default();
    if line.len() <= MAX_QUERY_BYTES {
        for pair in line.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query.put(name, &super::paste::decoded(value));
        }
    }
    query
}
