//! Fahuo (发货台): a shipping console for merchants who sell through WeChat Mini Programs.
//!
//! One library under two thin binaries: `fahuo` (the window) and `fahuoctl` (the command line).
//! ARCHITECTURE.md is the map; start reading at [`domain`].
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod claims;
pub mod cli;
pub mod domain;
pub mod engine;
pub mod events;
pub mod i18n;
pub mod import;
pub mod logbook;
pub mod process;
pub mod secrets;
pub mod sim;
pub mod sound;
pub mod step;
pub mod store;
pub mod ui;
pub mod wechat;
