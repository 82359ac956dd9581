//! Shopping orders from the bytes on the wire to the window: the contract, the pretend WeChat, stories with faults and
//! restarts, the command line, and the page by its labels.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../desk/mod.rs"]
mod desk;
#[path = "../ui/fixtures.rs"]
mod fixtures;
#[path = "../wire/mod.rs"]
mod wire;

mod command;
mod contract;
mod make;
mod rules;
mod story;
mod window;
