//! The pretend WeChat: a second, independent reading of the documents that shares no type with the client.
//!
//! Separate, and importing nothing of the crate, so that a field the client misspells is not misspelt
//! here too. Start one with [`Simulator::start`]; it serves 127.0.0.1 until it is dropped.
//!
//! From the inside out: [`world`] carries requests out ([`calls`]) by the rules of [`upload_form`], [`judge`],
//! [`life`], [`query`], [`token`] and [`limits`]; [`seed`] fills it with orders; [`fault`] is what may
//! go wrong; [`ledger`] writes down what arrived; [`http`] is the only place with sockets and a clock.

mod calls;
pub mod clock;
pub mod config;
mod control;
pub mod couriers;
pub mod endpoint;
pub mod fault;
pub mod fault_file;
mod fields;
pub mod global;
mod goods;
mod http;
pub mod judge;
pub mod ledger;
mod life;
pub mod limits;
mod link;
mod lint;
pub mod order;
mod order_json;
mod parcel_form;
pub mod platform;
pub mod push;
mod query;
mod received;
pub mod reply;
mod rng;
pub mod seed;
mod shared;
pub mod token;
mod upload_form;
mod upload_time;
mod user_order;
mod user_order_form;
pub mod view;
mod wire;
pub mod world;

pub use clock::Clock;
pub use config::{
    Policy, SANDBOX_APP_SECRET, SANDBOX_APPID, SANDBOX_COMPONENT_APPID, SANDBOX_COMPONENT_SECRET,
    SANDBOX_COMPONENT_TICKET, SANDBOX_REFRESH_TOKEN, SimConfig,
};
pub use fault::{Answer, Fault, Happening, What, When};
pub use judge::Partial;
pub use ledger::Entry;
pub use limits::Limits;
pub use order::{Order, Parcel, Shipping};
pub use platform::Platform;
pub use user_order::{Shopping, ShoppingRecord};
pub use user_order_form::Key as ShoppingKey;
pub use view::LedgerView;
pub use world::World;

use shared::Shared;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A running pretend WeChat on a thread of its own. Dropping it stops the server and cuts its connections.
#[derive(Debug)]
pub struct Simulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Starts the server; fails when the port is taken or the system has no thread or socket left.
    pub fn start(config: SimConfig) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, config.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let world = World::new(&config, config.clock.now());
        let shared = Arc::new(Shared::new(world, config.clock));
        let door = {
            let _inside = runtime.enter();
            link::Door::new(tokio::net::TcpListener::from_std(listener)?)
        };
        let router = http::router(shared.clone());
        let service = router.into_make_service_with_connect_info::<link::Link>();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("wechat-sim".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    tokio::select! {
                        _ = axum::serve(door, service) => {}
                        _ = stopped => {}
                    }
                });
            })?;
        Ok(Self {
            shared,
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// `http://127.0.0.1:PORT`, to be used in place of `https://api.weixin.qq.com`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has arrived and what has been done, always up to date.
    pub fn ledger(&self) -> LedgerView {
        LedgerView::new(self.shared.clone())
    }

    /// Adds a fault behind those already set.
    pub fn push_fault(&self, fault: Fault) {
        self.shared.with(|state| state.faults.push(fault));
    }

    /// Forgets all faults.
    pub fn clear_faults(&self) {
        self.shared.with(|state| state.faults.clear());
    }

    /// Adds an order, or takes the place of the one with the same `transaction_id`.
    pub fn add_order(&self, order: Order) {
        self.shared.with(|state| state.world.put_order(order));
    }

    /// Everything that WeChat would push about the world's orders by now, oldest first.
    pub fn pushes(&self) -> Vec<serde_json::Value> {
        let now = self.clock().now();
        let mut all: Vec<_> = self
            .orders()
            .iter()
            .flat_map(|order| push::messages(order, now))
            .collect();
        all.sort_by_key(|message| message.get("CreateTime").and_then(serde_json::Value::as_i64));
        all
    }

    /// Copies of all orders, by `transaction_id`.
    pub fn orders(&self) -> Vec<Order> {
        self.shared.with(|state| state.world.orders().cloned().collect())
    }

    /// Works on the payments of the pretend WeChat Pay Global between two requests.
    pub fn with_global<T>(&self, work: impl FnOnce(&mut global::Global) -> T) -> T {
        self.shared.with(|state| work(&mut state.global))
    }

    /// Works on the world between two requests.
    pub fn with_world<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        self.shared.with(|state| work(&mut state.world))
    }

    /// The clock of the server.
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// Waits until the server ends by itself, which it only does when its socket breaks.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread's panic has been printed already; there is nothing to add.
            drop(thread.join());
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // The server takes a lost sender for the word to stop.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
