//! The pretend WeChat over real sockets: answers, answers that never come, and the ledger that knows better.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod answers;
mod shop;
mod world;
