//! The pretend WeChat obeys the documents: every rule with its errcode, in the documents' order of checks.
//!
//! One program in four files, so that it is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod form;
mod queries;
mod shipping;
mod shop;
