//! The settings of a pretend WeChat: how it starts and which of the undocumented ways it takes.
//!
//! Separate because tests, the command line and the window fill them in without knowing the world.

use super::clock::Clock;
use super::judge::Partial;
use super::limits::Limits;

/// The appid of the demo account.
pub const SANDBOX_APPID: &str = "wx5a4db0c5fa400d00";
/// The secret of the demo account. Public on purpose: it opens nothing but the simulator.
pub const SANDBOX_APP_SECRET: &str = "5a4db0c50000demo0000only0000f400";
/// The appid of the demo platform that acts for the demo account.
pub const SANDBOX_COMPONENT_APPID: &str = "wx5a4db0c5c0300e01";
/// Its secret; as public as the other one.
pub const SANDBOX_COMPONENT_SECRET: &str = "5a4db0c5000platform000only000c03";
/// The ticket that was pushed to it last.
pub const SANDBOX_COMPONENT_TICKET: &str = "ticket@@@5a4db0c50000demo0000only0000ticket";
/// The refresh token with which the demo account has authorised it.
pub const SANDBOX_REFRESH_TOKEN: &str = "refreshtoken@@@5a4db0c50000demo0000only0000refresh";

/// How a simulator starts.
#[derive(Clone)]
pub struct SimConfig {
    /// The shop is made from this number.
    pub seed: u64,
    /// How many orders it has.
    pub orders: usize,
    /// The TCP port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The Mini Program.
    pub appid: String,
    /// Its secret.
    pub secret: String,
    /// Parcels in one upload: 10 in the documents' older text, 15 in the newer.
    pub max_parcels: usize,
    /// How the undocumented parts behave.
    pub policy: Policy,
    /// How often may be called.
    pub limits: Limits,
    /// Where the time comes from.
    pub clock: Clock,
}

impl Default for SimConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            orders: 240,
            port: 0,
            appid: SANDBOX_APPID.to_owned(),
            secret: SANDBOX_APP_SECRET.to_owned(),
            max_parcels: 10,
            policy: Policy::default(),
            limits: Limits::default(),
            clock: Clock::system(),
        }
    }
}

impl std::fmt::Debug for SimConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SimConfig")
            .field("seed", &self.seed)
            .field("orders", &self.orders)
            .field("port", &self.port)
            .field("appid", &self.appid)
            .finish_non_exhaustive()
    }
}

/// Which way the pretend WeChat takes where the documents are silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "open questions, each with two answers"
)]
pub struct Policy {
    /// What a second list does to an unfinished split shipment.
    pub partial: Partial,
    /// Report an unfinished split shipment in state 2 instead of 1.
    pub partial_is_shipped: bool,
    /// Refuse an `upload_time` whose milliseconds are zero, as staff said the server does.
    pub refuse_zero_millis: bool,
    /// Read parcels back with the merchant's `upload_time` instead of the server's clock.
    pub echo_upload_time: bool,
    /// The same content again is refused with 10060023; else it spends the chance to ship again.
    pub refuse_unchanged: bool,
    /// The same content again is accepted and spends nothing; only without `refuse_unchanged`.
    pub unchanged_is_free: bool,
    /// The same content is noticed before a time that is not later.
    pub unchanged_before_time: bool,
    /// An upload may be older than the last one.
    pub any_time: bool,
    /// 120 characters are counted in units of UTF-16, of which an emoji has two; else in characters.
    pub utf16_texts: bool,
    /// Orders on one page at most.
    pub max_page_size: usize,
    /// A larger page is refused with 10060014; else it is cut.
    pub refuse_large_pages: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            partial: Partial::Replace,
            partial_is_shipped: false,
            refuse_zero_millis: true,
            echo_upload_time: true,
            refuse_unchanged: true,
            unchanged_is_free: false,
            unchanged_before_time: false,
            any_time: false,
            utf16_texts: false,
            max_page_size: 100,
            refuse_large_pages: false,
        }
    }
}
