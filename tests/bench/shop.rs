//! An engine on a pretend WeChat, as the benchmarks start it.

use std::path::Path;
use std::time::Duration;

use fahuo::engine::pace::Limits;
use fahuo::engine::{self, Command, Config, Credentials, Fetch, KeyStoreChoice, Secret};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID};

/// Calls in flight at most, of the engine and of the bare loop.
pub const IN_FLIGHT: usize = 16;
/// A pace that holds nothing back: what is measured is the program and not the limits of WeChat.
pub const UNBOUND: Limits = Limits {
    start_per_sec: 1e6,
    cap_per_sec: 1e6,
    max_in_flight: IN_FLIGHT,
    first_break: Duration::from_secs(1),
};

/// An engine on this server, in this folder.
pub fn engine(base_url: &str, folder: &Path, pace: Option<Limits>) -> engine::Handle {
    let config = Config {
        data_dir: folder.to_owned(),
        base_url: Some(base_url.to_owned()),
        sandbox: true,
        credentials: Some(Credentials {
            appid: SANDBOX_APPID.into(),
            secret: Secret::new(SANDBOX_APP_SECRET.into()),
            ..Credentials::default()
        }),
        quiet: Some(Duration::from_millis(600)),
        key_store: KeyStoreChoice::Memory,
        team_key: None,
        resume_at_start: true,
    };
    engine::start_at_pace(config, pace, || {}).unwrap()
}

/// Fetches the list of orders; the numbers of those that can be shipped, sorted.
pub fn fetch(engine: &mut engine::Handle) -> Vec<String> {
    engine.send(Command::RefreshOrders(fahuo::domain::OrderQuery::default()));
    loop {
        engine.wait(Duration::from_secs(1));
        let orders = engine.snapshot().orders;
        if matches!(orders.fetch, Fetch::Complete { .. }) {
            let open = orders.rows.iter().filter(|order| order.can_ship());
            let mut open: Vec<String> = open
                .map(|order| order.transaction_id.as_str().to_owned())
                .collect();
            open.sort();
            return open;
        }
    }
}
